//! Search results as plain data, for printing and for programs.

use crate::engine::StoredPassage;
use crate::query::plan::{Expansion, WildcardCut};
use crate::search::explain::{Explanation, ScorePart};
use crate::search::facets::Facet;
use crate::search::story::HitStory;
use crate::text::country::CountryCode;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// The results of a query: the requested hits, and the counts and explanations that were asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchResults {
    /// Number of all passages, documents or stories that match, of which `hits` are some. `None` if neither counting
    /// nor facets were requested, and if they are more than were to be counted.
    pub total: Option<u64>,
    /// The number of passages that were to be counted at most, if more than these match.
    pub more_than: Option<u64>,
    /// The names that words of the query were expanded by.
    pub expansions: Vec<Expansion>,
    /// The words with wildcards that more surface forms match than were searched.
    pub cuts: Vec<WildcardCut>,
    /// The hits in the requested order, from the requested rank.
    pub hits: Vec<Hit>,
    /// The explanation of the query, if requested.
    pub explanation: Option<Explanation>,
    /// The facets over all results, in the order in which they were requested.
    pub facets: Vec<Facet>,
}

/// A hit: one result, with its best passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Rank among all results, from 1.
    pub rank: usize,
    /// Sum of the scoring clauses; comparable within one query only.
    pub score: f64,
    /// The document that the passage is of.
    pub document: HitDocument,
    /// The passage that matches.
    pub passage: HitPassage,
    /// The text of the passage.
    pub text: String,
    /// Matches in the title, as byte ranges: sorted, disjoint, on grapheme boundaries. Empty if highlights were not requested.
    pub title_highlights: Vec<ByteRange>,
    /// Matches in the text, as byte ranges: sorted, disjoint, on grapheme boundaries. Empty if highlights were not requested.
    pub highlights: Vec<ByteRange>,
    /// The ranges of `title_highlights` that are names which the glossary added to the query.
    pub title_expanded: Vec<ByteRange>,
    /// The ranges of `highlights` that are names which the glossary added to the query.
    pub expanded: Vec<ByteRange>,
    /// The summands of the score, largest first, if requested.
    pub score_parts: Option<Vec<ScorePart>>,
    /// The other documents of its story, if stories were requested.
    pub story: Option<HitStory>,
}

/// The document of a hit, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitDocument {
    /// Id, unique in the index.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Language of most of its text.
    pub lang: Language,
    /// Code of another language that the document states, such as `es`.
    pub declared_lang: Option<String>,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Outlet, as the document states it.
    pub source: Option<String>,
    /// Names of its authors, as stated; empty where they are unknown.
    pub authors: Vec<String>,
    /// Sections of the outlet that it is in, as stated; empty where they are unknown.
    pub sections: Vec<String>,
    /// Its length: words, and single characters of Korean and Chinese, without the title.
    pub words: u64,
    /// Web address of the document.
    pub url: Option<String>,
    /// The file that it was read from; `-` for standard input.
    pub path: String,
    /// Countries that the document names anywhere, in order.
    pub countries: Vec<CountryCode>,
    /// Ids of the glossary's concepts that the document names anywhere, in order.
    pub concepts: Vec<String>,
}

/// The passage of a hit, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitPassage {
    /// Number of the passage in its document, from 0.
    pub number: u32,
    /// Language of the passage's text.
    pub lang: Language,
    /// Its byte range in the document's body.
    pub range: ByteRange,
    /// Countries that the passage or the document's title names, in order.
    pub countries: Vec<CountryCode>,
}

/// Splits a stored passage into its document's values and its own.
pub(super) fn of_stored(stored: StoredPassage) -> (HitDocument, HitPassage) {
    let StoredPassage {
        id,
        title,
        document_lang,
        declared_lang,
        lang,
        date,
        source,
        authors,
        sections,
        words,
        concepts,
        url,
        path,
        number,
        range,
        countries,
        document_countries,
        place: _,
    } = stored;
    let passage = HitPassage { number, lang, range, countries };
    let (lang, countries) = (document_lang, document_countries);
    let document = HitDocument {
        id,
        title,
        lang,
        declared_lang,
        date,
        source,
        authors,
        sections,
        words,
        url,
        path,
        countries,
        concepts,
    };
    (document, passage)
}
