//! Collocates: the words that stand beside the hits of a query.
//!
//! A window is so many words before a hit and after it, within its passage, its paragraph or its sentence. A word that stands in
//! windows of several hits counts once, and words of a hit itself are not in any window, so that the counts are those of a table of four
//! cells: in windows or beyond, this word or another. Each language is counted by itself.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::analytics::association::{Counts, Measure};
use crate::analytics::in_order::each_in_order;
use crate::analytics::windows::{Beside, Within, words_beside};
use crate::analytics::words::words_of;
use crate::engine::PassageKey;
use crate::guard::guarded;
use crate::highlight::Locator;
use crate::query::plan::QueryPlan;
use crate::query::syntax::QueryOptions;
use crate::search::Searcher;
use crate::text::analysis::{Chain, Segmented};
use crate::text::language::Language;

/// Number of examples of each collocate.
const EXAMPLES: usize = 2;

/// Options of collocates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollocateOptions {
    /// Options of the query. Words are counted in all passages that pass its filters.
    pub query: QueryOptions,
    /// Number of words on each side of a hit.
    pub window: usize,
    /// The stretch of text that a window must not leave.
    pub within: Within,
    /// Least number of times that a word stands in windows.
    pub min: u64,
    /// The measure by which collocates are ordered.
    pub measure: Measure,
    /// Whether stop words are collocates too; they always count as words of a window.
    pub stopwords: bool,
    /// Greatest number of collocates.
    pub limit: usize,
}

impl Default for CollocateOptions {
    fn default() -> CollocateOptions {
        CollocateOptions {
            query: QueryOptions::default(),
            window: 5,
            within: Within::default(),
            min: 5,
            measure: Measure::default(),
            stopwords: false,
            limit: 50,
        }
    }
}

/// A word beside the hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// The word as it stands in windows most often.
    pub word: String,
    /// The language of the passages.
    pub lang: Language,
    /// The measure.
    pub score: f64,
    /// How often it stands in a window.
    pub observed: u64,
    /// How often it would stand in a window by chance.
    pub expected: f64,
    /// How often it stands in all passages of the language.
    pub frequency: u64,
    /// The first places where it stands beside a hit: the id of the article, and the hit and the word with all between them.
    pub examples: Vec<(String, String)>,
}

/// The collocates of a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collocates {
    /// Number of hits.
    pub hits: u64,
    /// Number of passages that match, also those that match by their title or a filter alone.
    pub passages: u64,
    /// Number of different words that stand in windows often enough, of which `words` are the best.
    pub found: u64,
    /// The collocates, the largest measure first.
    pub words: Vec<Collocate>,
}

/// What was counted of a word in the windows of a language.
#[derive(Default)]
struct InWindows {
    observed: u64,
    /// How often each written form stands there.
    surfaces: HashMap<String, u64, RandomState>,
    examples: Vec<(String, String)>,
}

/// What was counted in the windows of a language.
#[derive(Default)]
struct OfLanguage {
    hits: u64,
    in_windows: u64,
    words: HashMap<String, InWindows, RandomState>,
}

/// The windows of a passage.
struct Windows {
    id: String,
    lang: Language,
    hits: u64,
    beside: Vec<Beside>,
}

/// The number of occurrences of each candidate in a chunk, and of all words, by language.
type Occurrences = Vec<(Language, u64, HashMap<usize, u64, RandomState>)>;

impl Searcher {
    /// The collocates of a compiled query.
    ///
    /// # Errors
    ///
    /// When the index or an embedded dictionary cannot be read.
    pub(crate) fn collocates(&self, plan: &QueryPlan, options: &CollocateOptions) -> Result<Collocates> {
        guarded(|| {
            let (passages, mut languages) = self.windows(plan, options)?;
            let hits = languages.values().map(|language| language.hits).sum();
            for language in languages.values_mut() {
                language.words.retain(|_, word| word.observed >= options.min);
            }
            let frequencies = self.frequencies(&languages, options)?;
            let mut words = Vec::new();
            for (lang, of_language) in languages {
                let (all, of_words) = &frequencies[&lang];
                let mut in_order: Vec<(String, InWindows)> = of_language.words.into_iter().collect();
                in_order.sort_unstable_by(|left, right| left.0.cmp(&right.0));
                for (term, word) in in_order {
                    let counts = Counts {
                        observed: word.observed,
                        frequency: of_words.get(&term).copied().unwrap_or(0),
                        in_windows: of_language.in_windows,
                        all: *all,
                        hits: of_language.hits,
                    };
                    words.push(Collocate {
                        word: most_frequent(word.surfaces),
                        lang,
                        score: options.measure.of(counts),
                        observed: counts.observed,
                        expected: counts.expected(),
                        frequency: counts.frequency,
                        examples: word.examples,
                    });
                }
            }
            words.sort_by(|left, right| {
                let by_score = right.score.total_cmp(&left.score).then(right.observed.cmp(&left.observed));
                by_score.then_with(|| left.word.cmp(&right.word)).then(left.lang.cmp(&right.lang))
            });
            let found = words.len() as u64;
            words.truncate(options.limit);
            Ok(Collocates { hits, passages, found, words })
        })
    }

    /// Counts the words in the windows of all hits.
    fn windows(&self, plan: &QueryPlan, options: &CollocateOptions) -> Result<(u64, BTreeMap<Language, OfLanguage>)> {
        let prepared = self.engine.prepare(plan)?;
        let prepared = &*prepared;
        let locator = Locator::new(&plan.highlight, &self.analyzer);
        let work = |keys: &[PassageKey]| {
            let branches = prepared.branches(keys)?;
            let mut found = Vec::new();
            for ((stored, text), branches) in self.engine.fetch(keys)?.into_iter().zip(&branches) {
                let hits = locator.locate(&stored, &text, branches)?.text;
                if !hits.is_empty() {
                    let (window, within) = (options.window, options.within);
                    let beside = words_beside(&text, stored.lang, &hits, (window, within), &self.analyzer)?;
                    found.push(Windows { id: stored.id, lang: stored.lang, hits: hits.len() as u64, beside });
                }
            }
            Ok(found)
        };
        let mut languages: BTreeMap<Language, OfLanguage> = BTreeMap::new();
        let keys = prepared.passages()?;
        _ = each_in_order(&keys, &work, &mut |found: Vec<Windows>| {
            for Windows { id, lang, hits, beside } in found {
                let language = languages.entry(lang).or_default();
                language.hits += hits;
                language.in_windows += beside.len() as u64;
                for Beside { term, surface, is_stopword, example } in beside {
                    if is_stopword && !options.stopwords {
                        continue;
                    }
                    let word = language.words.entry(term).or_default();
                    word.observed += 1;
                    *word.surfaces.entry(surface).or_default() += 1;
                    if word.examples.len() < EXAMPLES {
                        word.examples.push((id.clone(), example));
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok((keys.len() as u64, languages))
    }

    /// Counts all words, and each candidate, in the passages that pass the filters.
    #[allow(clippy::type_complexity, reason = "the numbers of one caller")]
    fn frequencies(
        &self,
        languages: &BTreeMap<Language, OfLanguage>,
        options: &CollocateOptions,
    ) -> Result<BTreeMap<Language, (u64, HashMap<String, u64, RandomState>)>> {
        let mut numbered: BTreeMap<Language, (Vec<&str>, HashMap<&str, usize, RandomState>)> = BTreeMap::new();
        for (lang, language) in languages {
            let mut terms: Vec<&str> = language.words.keys().map(String::as_str).collect();
            terms.sort_unstable();
            let numbers = terms.iter().enumerate().map(|(number, term)| (*term, number)).collect();
            numbered.insert(*lang, (terms, numbers));
        }
        let mut filters = options.query.filters.clone();
        if filters.languages.is_empty() {
            filters.languages = languages.keys().copied().collect();
        }
        let everything = QueryPlan::of_filters(&filters);
        let keys = if languages.is_empty() { Vec::new() } else { self.engine.prepare(&everything)?.passages()? };
        let work = |keys: &[PassageKey]| {
            let mut found: Occurrences = Vec::new();
            for (stored, text) in self.engine.fetch(keys)? {
                let Some((_, numbers)) = numbered.get(&stored.lang) else {
                    continue;
                };
                let words = words_of(Chain::of(stored.lang), &Segmented::of_paragraphs(&text), &self.analyzer)?;
                let known = found.iter().position(|(lang, ..)| *lang == stored.lang).unwrap_or_else(|| {
                    found.push((stored.lang, 0, HashMap::default()));
                    found.len() - 1
                });
                let (_, all, counts) = &mut found[known];
                *all += words.len() as u64;
                for number in words.iter().filter_map(|word| numbers.get(word.term.as_str())) {
                    *counts.entry(*number).or_default() += 1;
                }
            }
            Ok(found)
        };
        let mut totals: BTreeMap<Language, (u64, Vec<u64>)> =
            numbered.iter().map(|(lang, (terms, _))| (*lang, (0, vec![0; terms.len()]))).collect();
        _ = each_in_order(&keys, &work, &mut |found: Occurrences| {
            for (lang, all, counts) in found {
                if let Some((total, of_words)) = totals.get_mut(&lang) {
                    *total += all;
                    // The order of additions changes nothing.
                    #[allow(clippy::iter_over_hash_type, reason = "sums are the same in any order")]
                    for (number, count) in counts {
                        of_words[number] += count;
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let of_language = |(lang, (all, counts)): (Language, (u64, Vec<u64>))| {
            let terms = numbered.get(&lang).map(|(terms, _)| terms.as_slice()).unwrap_or_default();
            (lang, (all, terms.iter().map(|term| (*term).to_owned()).zip(counts).collect()))
        };
        Ok(totals.into_iter().map(of_language).collect())
    }
}

/// The most frequent form; of equally frequent ones the first by its characters.
fn most_frequent(surfaces: HashMap<String, u64, RandomState>) -> String {
    let best = surfaces.into_iter().max_by(|left, right| left.1.cmp(&right.1).then_with(|| right.0.cmp(&left.0)));
    best.map(|(surface, _)| surface).unwrap_or_default()
}
