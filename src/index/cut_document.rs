//! Cut documents: a document and its passages.

use crate::index::settings::Settings;
use crate::text::document::{ByteRange, Document, Passage};
use crate::text::language::Language;
use crate::text::passage::lead::Lead;
use crate::text::passage::{detect_against_statement, detect_language, main_language, passages_and_lead};

/// A document and its passages.
pub(super) struct CutDocument<'a> {
    pub(super) document: &'a Document,
    /// The language as stated, or that of most of the text.
    pub(super) lang: Language,
    /// The passages in their order; never none.
    pub(super) passages: Vec<Passage>,
    pub(super) lead: Lead,
}

impl<'a> CutDocument<'a> {
    /// Cuts a document. One with a title and no body is one empty passage, so that its title is found.
    pub(super) fn new(document: &'a Document, settings: &Settings) -> CutDocument<'a> {
        let (mut passages, lead) = passages_and_lead(document, &settings.passages, &settings.analysis);
        if passages.is_empty() {
            let lang = document.lang.or_else(|| match document.declared_lang {
                Some(_) => detect_against_statement(&document.title, &settings.analysis),
                None => detect_language(&document.title, &settings.analysis),
            });
            let lang = lang.unwrap_or(Language::Undetermined);
            passages.push(Passage { number: 0, lang, range: ByteRange::new(0, 0) });
        }
        let lang = document.lang.unwrap_or_else(|| main_language(&passages));
        CutDocument { document, lang, passages, lead }
    }
}
