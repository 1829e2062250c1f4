//! Text analysis, without files and without an index: documents and their languages, the analysis chains, the glossary of
//! trade concepts, passages, sentences and paragraphs, and the record that is stored of a passage.

pub(crate) mod analysis;
pub(crate) mod bounds;
pub(crate) mod country;
pub(crate) mod day;
pub(crate) mod document;
pub(crate) mod glossary;
pub(crate) mod language;
pub(crate) mod paragraph;
pub(crate) mod passage;
pub(crate) mod sentence;
pub(crate) mod stored_passage;
