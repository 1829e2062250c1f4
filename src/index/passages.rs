//! A document as the passages that tantivy indexes: analysed, packed, with what a hit shows stored once.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::index::changes::Incoming;
use crate::index::entry::Entry;
use crate::index::schema::{Fields, TITLE_GAP};
use crate::index::settings::Settings;
use crate::index::stories::Sketcher;
use crate::index::terms::PackedTerms;
use crate::text::analysis::{Analyzer, Chain, Segmented, TokenSink, WordForm};
use crate::text::country::CountryCode;
use crate::text::document::{ByteRange, Passage};
use crate::text::glossary::CountryNames;
use crate::text::language::Language;
use crate::text::passage::{detect_language, main_language, split_passages};

/// What is stored of a passage beside its text. Short keys: they stand in every passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPassage {
    /// Id of the document.
    #[serde(rename = "i")]
    pub id: String,
    /// Title of the document.
    #[serde(rename = "t")]
    pub title: String,
    /// Language of the document.
    #[serde(rename = "dl")]
    pub document_lang: Language,
    /// Language of the passage.
    #[serde(rename = "l")]
    pub lang: Language,
    /// Publication day, `YYYY-MM-DD`.
    #[serde(rename = "d", skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Outlet.
    #[serde(rename = "s", skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Address.
    #[serde(rename = "u", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// File that it came from.
    #[serde(rename = "p")]
    pub path: String,
    /// Number of the passage in its document, from 0.
    #[serde(rename = "n")]
    pub number: u32,
    /// Where the passage stands in the document's body.
    #[serde(rename = "r")]
    pub range: ByteRange,
    /// Countries that the passage or its document's title names, in order.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryCode>,
    /// Countries that the document names anywhere, in order.
    #[serde(rename = "dc", default, skip_serializing_if = "Vec::is_empty")]
    pub document_countries: Vec<CountryCode>,
}

/// Cuts and analyses a document. A document with a title and no body is one empty passage, so that its title is found.
///
/// # Errors
///
/// When an embedded dictionary cannot be read.
pub(crate) fn index_documents_of(
    incoming: &Incoming,
    analyzer: &Analyzer,
    settings: &Settings<'_>,
    fields: &Fields,
    names: &CountryNames,
) -> Result<Vec<Entry>> {
    let Incoming { document, file, content, .. } = incoming;
    let mut passages = split_passages(document, settings.passages, settings.analysis);
    if passages.is_empty() {
        let lang = document.lang.or_else(|| detect_language(&document.title, settings.analysis));
        let lang = lang.unwrap_or(Language::Undetermined);
        passages.push(Passage { number: 0, lang, range: ByteRange::new(0, 0) });
    }
    let document_lang = document.lang.unwrap_or_else(|| main_language(&passages));
    let title = Segmented::new(&document.title);
    // The title is read once by each chain that its passages need.
    let mut titles: Vec<(Chain, bool, Packed)> = Vec::new();
    let mut stored = StoredPassage {
        id: document.id.clone(),
        title: document.title.clone(),
        document_lang,
        lang: document_lang,
        date: document.date.clone(),
        source: document.source.clone(),
        url: document.url.clone(),
        path: document.path.clone(),
        number: 0,
        range: ByteRange::new(0, 0),
        countries: Vec::new(),
        document_countries: Vec::new(),
    };
    let mut named = Vec::with_capacity(passages.len());
    // The countries of the title, as each language of its passages reads it.
    let mut of_titles: Vec<(Language, BTreeSet<CountryCode>)> = Vec::new();
    let mut entries = Vec::with_capacity(passages.len());
    let mut sketcher = Sketcher::new(&settings.stories, document_lang);
    for passage in &passages {
        (stored.lang, stored.number) = (passage.lang, passage.number);
        let text = passage.range.slice(&document.body);
        let mut indexed = known_fields(&stored, text, fields);
        let body = Segmented::new(text);
        let known = of_titles.iter().position(|(lang, _)| *lang == passage.lang).unwrap_or_else(|| {
            of_titles.push((passage.lang, names.named_in(&title, &document.title, passage.lang, analyzer)));
            of_titles.len() - 1
        });
        let mut countries = of_titles[known].1.clone();
        countries.extend(names.named_in(&body, text, passage.lang, analyzer));
        countries.iter().for_each(|country| indexed.add(fields.country, country.as_str()));
        named.push(countries);
        sketcher.read(&body);
        for chain in chains_of(passage.lang, &title, &body) {
            let readings = has_readings(chain, passage.lang);
            let known = titles.iter().position(|&(read_by, with, _)| (read_by, with) == (chain, readings));
            let known = match known {
                Some(known) => known,
                None => {
                    let mut packed = Packed::new(chain);
                    analyzer.each_token(chain, &title, readings, &mut packed)?;
                    titles.push((chain, readings, packed));
                    titles.len() - 1
                }
            };
            let of_title = &titles[known].2;
            let mut packed = of_title.continued(title.units().len() as u32 + TITLE_GAP, &body);
            analyzer.each_token(chain, &body, readings, &mut packed)?;
            let Packed { terms, forms, beginnings, .. } = packed;
            let of_chain = [
                (Some(fields.text_of(chain)), terms),
                (Some(fields.title_of(chain)), of_title.terms.clone()),
                (fields.forms_of(chain), forms),
                (fields.beginnings_of(chain), beginnings),
            ];
            for (field, packed) in of_chain {
                if let Some(field) = field
                    && !packed.is_empty()
                {
                    indexed.add(field, packed.into_string());
                }
            }
        }
        entries.push(indexed);
    }
    // Only now are the countries of the whole document known, which the record of each passage has.
    let of_document: BTreeSet<CountryCode> = named.iter().flatten().copied().collect();
    stored.document_countries = of_document.into_iter().collect();
    for ((passage, entry), countries) in passages.iter().zip(&mut entries).zip(named) {
        (stored.lang, stored.number, stored.range) = (passage.lang, passage.number, passage.range);
        stored.countries = countries.into_iter().collect();
        entry.add(fields.stored, serde_json::to_string(&stored)?);
    }
    if let Some(first) = entries.first_mut() {
        first.add(fields.file, &**file);
        first.add(fields.content, *content);
        sketcher.finish().into_iter().for_each(|hash| first.add(fields.sketch, u64::from(hash)));
    }
    Ok(entries)
}

/// The fields that are no chain's: all but the record and the countries.
fn known_fields(stored: &StoredPassage, text: &str, fields: &Fields) -> Entry {
    let mut entry = Entry::default();
    entry.add(fields.id, stored.id.as_str());
    entry.add(fields.number, u64::from(stored.number));
    entry.add(fields.lang, stored.lang.code());
    if let Some(day) = stored.date.as_deref().and_then(days_since_epoch) {
        entry.add(fields.date, day);
    }
    if let Some(source) = &stored.source {
        entry.add(fields.source, source.as_str());
    }
    entry.add(fields.text, text);
    entry
}

/// What one chain makes of a title, and then of a text after it.
struct Packed {
    chain: Chain,
    /// Added to positions.
    start: u32,
    terms: PackedTerms,
    forms: PackedTerms,
    beginnings: PackedTerms,
}

impl Packed {
    fn new(chain: Chain) -> Packed {
        let [terms, forms, beginnings] = Default::default();
        Packed { chain, start: 0, terms, forms, beginnings }
    }

    /// The same again, to go on with a text from a position.
    fn continued(&self, start: u32, body: &Segmented) -> Packed {
        // About what it will take, so that it need not grow: a pair of characters has nine bytes with its position.
        let of_a_unit = if self.chain.keeps_characters() { 6 } else { 2 };
        let (bytes, units) = (body.text().len(), body.units().len());
        let terms = self.terms.continued(bytes + of_a_unit * units);
        let forms = self.forms.continued(if self.chain.has_positions() { bytes / 2 } else { 0 });
        let beginnings = self.beginnings.continued(if self.chain.has_prefixes() { bytes / 2 } else { 0 });
        Packed { chain: self.chain, start, terms, forms, beginnings }
    }
}

impl TokenSink for Packed {
    fn token(&mut self, term: &str, position: u32, _: ByteRange) {
        self.terms.push(&[term], if self.chain.has_positions() { self.start + position } else { 0 });
    }

    fn form(&mut self, form: &WordForm, position: u32) {
        if self.chain.has_positions() {
            self.forms.push_form(&form.term, &form.surface, form.second.as_deref(), self.start + position);
        }
    }

    fn prefix(&mut self, prefix: &str) {
        if self.chain.has_prefixes() {
            self.beginnings.push(&[prefix], 0);
        }
    }
}

/// The chains by which a passage is indexed: that of its language, and the character evidence unless that chain has positions
/// and there is no CJK character.
pub(crate) fn chains_of(lang: Language, title: &Segmented, body: &Segmented) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Chain::of(lang).into_iter().collect();
    // Without positions a chain cannot tell phrases.
    let words_are_enough = chains.iter().any(|chain| chain.has_positions());
    if !words_are_enough || title.has_chars() || body.has_chars() {
        chains.push(Chain::Characters);
    }
    chains
}

/// In Korean passages hanja are found by their readings too. Elsewhere they are Chinese, and a Hangul query is not
/// about them.
pub(crate) fn has_readings(chain: Chain, lang: Language) -> bool {
    chain.keeps_characters() && Chain::of(lang).is_some_and(Chain::has_hanja_readings)
}

/// Days from 1970-01-01 to a `YYYY-MM-DD`, negative before; `None` for anything else.
pub(crate) fn days_since_epoch(date: &str) -> Option<i64> {
    date.parse().ok().map(days_of)
}

/// Days from 1970-01-01 to a date, negative before.
pub(crate) fn days_of(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

#[cfg(test)]
mod tests {
    use super::days_since_epoch;

    #[test]
    fn days_are_counted_from_the_epoch() {
        assert_eq!(days_since_epoch("1970-01-01"), Some(0));
        assert_eq!(days_since_epoch("1969-12-31"), Some(-1));
        assert_eq!(days_since_epoch("2025-12-30"), Some(20_452));
        assert_eq!(days_since_epoch("soon"), None);
    }
}
