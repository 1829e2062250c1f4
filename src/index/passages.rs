//! A document as the passages that tantivy indexes: cut, analysed (`analysed`), and packed into fields (`packing`).

use anyhow::Result;

use crate::config::Config;
use crate::index::analysed::AnalysedDocument;
use crate::index::changes::PendingDocument;
use crate::index::indexed_passage::IndexedPassage;
use crate::index::packing::pack;
use crate::index::schema::Fields;
use crate::text::analysis::Analyzer;
use crate::text::document::{ByteRange, Document, Passage};
use crate::text::glossary::CountryNames;
use crate::text::language::Language;
use crate::text::passage::{detect_language, main_language, split_passages};

/// What documents are made passages with.
pub(super) struct IndexingTools<'a> {
    pub(super) config: &'a Config,
    pub(super) analyzer: Analyzer,
    pub(super) countries: CountryNames,
}

/// A document and its passages.
pub(super) struct CutDocument<'a> {
    pub(super) document: &'a Document,
    /// As stated, or that of most of the text.
    pub(super) lang: Language,
    /// Never empty.
    pub(super) passages: Vec<Passage>,
}

/// Cuts, analyses and packs a document.
///
/// # Errors
///
/// When an embedded dictionary cannot be read.
pub(super) fn passages_of(
    pending: &PendingDocument,
    tools: &IndexingTools<'_>,
    fields: &Fields,
) -> Result<Vec<IndexedPassage>> {
    let cut = cut(&pending.document, tools.config);
    let analysed = AnalysedDocument::new(&cut, tools)?;
    pack(pending, &cut, analysed, fields)
}

/// Cuts a document. One with a title and no body is one empty passage, so that its title is found.
fn cut<'a>(document: &'a Document, config: &Config) -> CutDocument<'a> {
    let mut passages = split_passages(document, config);
    if passages.is_empty() {
        let lang = document.lang.or_else(|| detect_language(&document.title, config));
        let lang = lang.unwrap_or(Language::Undetermined);
        passages.push(Passage { number: 0, lang, range: ByteRange::new(0, 0) });
    }
    let lang = document.lang.unwrap_or_else(|| main_language(&passages));
    CutDocument { document, lang, passages }
}
