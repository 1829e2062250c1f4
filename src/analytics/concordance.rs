//! The concordance of a query: every hit in the middle of its line (key word in context).
//!
//! In: a query. Out: a line for each match that a search marks in the text of a passage, all of them, in the order of the index or sorted.
//! Matches in titles have no line, since a title has no text around it.

use std::ops::ControlFlow;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::analytics::context::ContextSize;
use crate::analytics::external_sort::ExternalSort;
use crate::analytics::in_order::each_in_order;
use crate::analytics::sample::{Sample, Sampler};
use crate::analytics::sort_key::{SortKey, SortedBy};
use crate::analytics::surroundings::Surroundings;
use crate::engine::{PassageKey, PreparedQuery, StoredPassage};
use crate::guard::guarded;
use crate::highlight::{Locator, Matches};
use crate::query::plan::{Expansion, QueryPlan, WildcardCut};
use crate::query::syntax::QueryOptions;
use crate::search::Searcher;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// Options of a concordance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcordanceOptions {
    /// Options of the query: filters, and whether every word is required.
    pub query: QueryOptions,
    /// How much of the text before a hit a line has.
    pub left: ContextSize,
    /// How much of the text after a hit a line has.
    pub right: ContextSize,
    /// By what lines are sorted, the first key first; in the order of the index if empty.
    pub sort: Vec<SortKey>,
    /// A sample in place of all lines.
    pub sample: Option<Sample>,
}

impl Default for ConcordanceOptions {
    fn default() -> ConcordanceOptions {
        let (query, size) = (QueryOptions::default(), ContextSize::Columns(60));
        ConcordanceOptions { query, left: size, right: size, sort: Vec::new(), sample: None }
    }
}

/// A line: a hit, with the text beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcordanceLine {
    /// Id of the article.
    pub id: String,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Language of the passage.
    pub lang: Language,
    /// Outlet, as the article states it.
    pub source: Option<String>,
    /// Web address of the article.
    pub url: Option<String>,
    /// The file that it was read from.
    pub path: String,
    /// The text before the hit, on one line.
    pub left: String,
    /// The hit, as it stands in the text: exactly what a search marks.
    pub hit: String,
    /// The text after the hit, on one line.
    pub right: String,
    /// The place of the hit in the text of the article, in bytes.
    pub range: ByteRange,
    /// True if the hit is a name that the glossary added to the query.
    pub is_expanded: bool,
}

/// The number of lines of a concordance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lines {
    /// Number of lines that were passed on.
    pub shown: u64,
    /// Number of all lines, of which a sample shows some.
    pub all: u64,
    /// Number of passages that match, also those that match by their title or a filter alone.
    pub passages: u64,
}

/// The concordance of a query, ready to be read.
pub struct Concordance {
    searcher: Searcher,
    plan: QueryPlan,
    options: ConcordanceOptions,
}

/// The lines of a passage, each with its sort key.
type KeyedLines = Vec<(Vec<u8>, ConcordanceLine)>;

impl Concordance {
    pub(crate) fn new(searcher: Searcher, plan: QueryPlan, options: ConcordanceOptions) -> Concordance {
        Concordance { searcher, plan, options }
    }

    /// The names that words of the query were expanded by.
    pub fn expansions(&self) -> &[Expansion] {
        &self.plan.expansions
    }

    /// The words with wildcards that more surface forms match than are searched.
    pub fn cuts(&self) -> &[WildcardCut] {
        &self.plan.cuts
    }

    /// Passes every line to `found`, until it breaks off.
    ///
    /// # Errors
    ///
    /// When the index or a temporary file cannot be read.
    pub(crate) fn each(&self, found: &mut dyn FnMut(ConcordanceLine) -> ControlFlow<()>) -> Result<Lines> {
        guarded(|| {
            let prepared = self.searcher.engine.prepare(&self.plan)?;
            let keys = prepared.passages()?;
            let locator = Locator::new(&self.plan.highlight, &self.searcher.analyzer);
            let reader = LineReader { concordance: self, prepared: &*prepared, locator };
            let mut lines = Lines { passages: keys.len() as u64, ..Lines::default() };
            let places = self.options.sample.map(|sample| reader.sample(&keys, sample, &mut lines)).transpose()?;
            let sampled: Option<Vec<PassageKey>> = places.as_ref().map(|places| {
                let mut passages: Vec<usize> = places.iter().map(|&(passage, _)| passage).collect();
                passages.dedup();
                passages.into_iter().map(|passage| keys[passage]).collect()
            });
            let chosen = places.map(|places| places.into_iter().map(|(passage, mark)| (keys[passage], mark)).collect());
            let chosen: Option<Vec<(PassageKey, usize)>> = chosen;
            let mut sort = ExternalSort::default();
            let is_sorted = !self.options.sort.is_empty();
            let work = |keys: &[PassageKey]| reader.lines(keys, chosen.as_deref());
            let keys = sampled.as_deref().unwrap_or(&keys);
            _ = each_in_order(keys, &work, &mut |of_chunk: KeyedLines| {
                for (key, line) in of_chunk {
                    lines.shown += 1;
                    if is_sorted {
                        sort.push(key, serde_json::to_vec(&line)?)?;
                    } else if found(line).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(ControlFlow::Continue(()))
            })?;
            _ =
                sort.finish(&mut |line| Ok(found(serde_json::from_slice(line).context("reading a temporary file")?)))?;
            lines.all = lines.all.max(lines.shown);
            Ok(lines)
        })
    }
}

/// Reads passages and makes lines of them, in any thread.
struct LineReader<'a> {
    concordance: &'a Concordance,
    prepared: &'a dyn PreparedQuery,
    locator: Locator<'a>,
}

impl LineReader<'_> {
    /// Reads passages, and passes each with its matches to `found`.
    fn each_passage(
        &self,
        keys: &[PassageKey],
        found: &mut dyn FnMut(PassageKey, StoredPassage, String, Matches) -> Result<()>,
    ) -> Result<()> {
        let engine = &self.concordance.searcher.engine;
        let branches = self.prepared.branches(keys)?;
        for ((key, (stored, text)), branches) in keys.iter().zip(engine.fetch(keys)?).zip(&branches) {
            let matches = self.locator.locate(&stored, &text, branches)?;
            found(*key, stored, text, matches)?;
        }
        Ok(())
    }

    /// The lines of passages; of those that are `chosen` only, if any are.
    fn lines(&self, keys: &[PassageKey], chosen: Option<&[(PassageKey, usize)]>) -> Result<KeyedLines> {
        let ConcordanceOptions { left, right, sort, .. } = &self.concordance.options;
        let (words_left, words_right) = SortKey::reach(sort);
        let mut lines = Vec::new();
        self.each_passage(keys, &mut |key, stored, text, matches| {
            let (Some(first), Some(last)) = (matches.text.first(), matches.text.last()) else {
                return Ok(());
            };
            let (before, after) = (&text[..first.start], &text[last.end..]);
            let needs_before =
                !left.is_filled_by(before) || before.unicode_words().take(words_left).count() < words_left;
            let needs_after =
                !right.is_filled_by(after) || after.unicode_words().take(words_right).count() < words_right;
            let engine = &*self.concordance.searcher.engine;
            let around = Surroundings::of(engine, key, (&stored, &text), (needs_before, needs_after))?;
            for (number, &mark) in matches.text.iter().enumerate() {
                if chosen.is_some_and(|chosen| chosen.binary_search(&(key, number)).is_err()) {
                    continue;
                }
                let (before, hit, after) = around.around(mark);
                let (date, source) = (stored.date.as_deref(), stored.source.as_deref());
                let sorted_by = SortedBy { before, hit, after, date, source };
                let sort_key = if sort.is_empty() { Vec::new() } else { SortKey::bytes_of(sort, &sorted_by) };
                let line = ConcordanceLine {
                    id: stored.id.clone(),
                    date: stored.date.clone(),
                    lang: stored.lang,
                    source: stored.source.clone(),
                    url: stored.url.clone(),
                    path: stored.path.clone(),
                    left: left.before(before),
                    hit: hit.to_owned(),
                    right: right.after(after),
                    range: ByteRange::new(stored.range.start + mark.start, stored.range.start + mark.end),
                    is_expanded: matches.text_expanded.binary_search(&mark).is_ok(),
                };
                lines.push((sort_key, line));
            }
            Ok(())
        })?;
        Ok(lines)
    }

    /// Counts all lines and chooses some: the index of the passage's key, and the number of the mark in the passage, in order.
    fn sample(&self, keys: &[PassageKey], sample: Sample, lines: &mut Lines) -> Result<Vec<(usize, usize)>> {
        let mut sampler = Sampler::new(sample);
        let mut passage = 0;
        let work = |keys: &[PassageKey]| {
            let mut found: Vec<(String, Vec<usize>)> = Vec::with_capacity(keys.len());
            self.each_passage(keys, &mut |_, stored, _, matches| {
                let starts = matches.text.iter().map(|mark| stored.range.start + mark.start).collect();
                found.push((stored.id, starts));
                Ok(())
            })?;
            Ok(found)
        };
        _ = each_in_order(keys, &work, &mut |found: Vec<(String, Vec<usize>)>| {
            for (id, starts) in found {
                lines.all += starts.len() as u64;
                starts.iter().enumerate().for_each(|(mark, &start)| sampler.consider(&id, start, (passage, mark)));
                passage += 1;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(sampler.places())
    }
}
