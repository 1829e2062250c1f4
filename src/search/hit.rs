//! Results as plain data, for printing and for programs.

use crate::engine::StoredPassage;
use crate::query::plan::Expansion;
use crate::search::explain::{Explanation, ScorePart};
use crate::search::facets::Facet;
use crate::search::story::HitStory;
use crate::text::country::CountryCode;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// The results of one query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchResults {
    /// All passages, documents or stories that match, of which `hits` are some. `None` when neither it nor facets were asked for.
    pub total: Option<u64>,
    /// What words of the query were widened by.
    pub expansions: Vec<Expansion>,
    /// Best first, from the rank that was asked for.
    pub hits: Vec<Hit>,
    /// What became of the query, if it was asked for.
    pub explanation: Option<Explanation>,
    /// Counts over all results, in the order in which they were asked for.
    pub facets: Vec<Facet>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place among all results, from 1.
    pub rank: usize,
    /// Sum of the evidence; comparable within one query only.
    pub score: f64,
    /// The document.
    pub document: HitDocument,
    /// The passage of it that was found.
    pub passage: HitPassage,
    /// The passage's text.
    pub text: String,
    /// What was matched in the title, as bytes of it: sorted, disjoint, on grapheme boundaries. Empty when
    /// highlights were not asked for.
    pub title_highlights: Vec<ByteRange>,
    /// What was matched in the text, as bytes of it: sorted, disjoint, on grapheme boundaries. Empty when
    /// highlights were not asked for.
    pub highlights: Vec<ByteRange>,
    /// Those of `title_highlights` that are names which the glossary added to the query.
    pub title_expanded: Vec<ByteRange>,
    /// Those of `highlights` that are names which the glossary added to the query.
    pub expanded: Vec<ByteRange>,
    /// What the score is the sum of, largest first, if it was asked for.
    pub score_parts: Option<Vec<ScorePart>>,
    /// The other documents of its story, if stories were asked for.
    pub story: Option<HitStory>,
}

/// A document that was found, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitDocument {
    /// Id, unique in the index.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Language of most of its text.
    pub lang: Language,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Outlet.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// File that it was read from; `-` for standard input.
    pub path: String,
    /// Countries that it names anywhere, in order.
    pub countries: Vec<CountryCode>,
}

/// A passage that was found, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitPassage {
    /// Number in its document, from 0.
    pub number: u32,
    /// Language of its text.
    pub lang: Language,
    /// Where it stands in the document's body.
    pub range: ByteRange,
    /// Countries that it or the document's title names, in order.
    pub countries: Vec<CountryCode>,
}

/// A stored passage as what is known of its document, and of itself.
pub(super) fn of_stored(stored: StoredPassage) -> (HitDocument, HitPassage) {
    let StoredPassage {
        id,
        title,
        document_lang,
        lang,
        date,
        source,
        url,
        path,
        number,
        range,
        countries,
        document_countries,
    } = stored;
    let passage = HitPassage { number, lang, range, countries };
    (HitDocument { id, title, lang: document_lang, date, source, url, path, countries: document_countries }, passage)
}
