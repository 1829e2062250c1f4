//! The locator: finds a query's matches in a text. The text is analysed again by the chains that indexed it, the
//! patterns of the plan are searched in the result, and matches are dropped that belong to a node of the query that did
//! not match.
//!
//! In: a passage with its title and text, and the plan. Out: ranges of each, sorted, disjoint, on grapheme boundaries.
//! Overlapping matches become one range; matches that only touch stay apart.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::highlight::admits::admits;
use crate::highlight::analyzed_text::AnalyzedText;
use crate::query::plan::{HighlightNode, HighlightPlan, Pattern, PatternUnit};
use crate::text::analysis::{Analyzer, Chain, Segmented, WantedForms};
use crate::text::document::ByteRange;
use crate::text::passage::chains::{chains_of, has_hanja_readings};
use crate::text::stored_passage::{PassagePlace, StoredPassage};

/// The matches in a title and in a text, as byte ranges of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Matches in the title.
    pub title: Vec<ByteRange>,
    /// Matches in the text.
    pub text: Vec<ByteRange>,
    /// Matches in the title of names that the glossary added to the query.
    pub title_expanded: Vec<ByteRange>,
    /// Matches in the text of names that the glossary added to the query.
    pub text_expanded: Vec<ByteRange>,
}

/// The matches of a pattern, or all marks of one kind, as byte ranges.
#[derive(Clone, Default)]
struct MatchRanges {
    title: Vec<ByteRange>,
    text: Vec<ByteRange>,
}

/// The marks so far, of typed words and of added names.
#[derive(Default)]
struct Marked {
    typed: MatchRanges,
    expanded: MatchRanges,
}

/// The locator of one query's matches, in any number of passages.
pub struct Locator<'a> {
    plan: &'a HighlightPlan,
    analyzer: &'a Analyzer,
    chains: Vec<(Chain, ChainPatterns<'a>)>,
}

/// The patterns that are searched in the terms of one chain.
#[derive(Default)]
struct ChainPatterns<'a> {
    /// Indices of the patterns by their first term.
    by_first: HashMap<&'a str, Vec<usize>, RandomState>,
    /// These first terms, for a chain without positions.
    wanted: WantedForms<'a>,
    /// Indices of the patterns of compound parts, by term.
    by_part: HashMap<&'a str, Vec<usize>, RandomState>,
    /// Indices of the patterns that do not begin with a single term.
    others: Vec<usize>,
}

impl<'a> ChainPatterns<'a> {
    fn add(&mut self, chain: Chain, first: &'a str, pattern: usize) {
        let patterns = self.by_first.entry(first).or_insert_with(|| {
            if !chain.has_positions() {
                self.wanted.add(first);
            }
            Vec::new()
        });
        patterns.push(pattern);
    }
}

impl<'a> Locator<'a> {
    /// Prepares a locator for a query's plan.
    pub fn new(plan: &'a HighlightPlan, analyzer: &'a Analyzer) -> Locator<'a> {
        let mut chains: Vec<(Chain, ChainPatterns<'_>)> = Vec::new();
        for (at, (chain, pattern)) in plan.patterns.iter().enumerate() {
            let known = chains.iter().position(|(of, _)| of == chain).unwrap_or_else(|| {
                chains.push((*chain, ChainPatterns::default()));
                chains.len() - 1
            });
            let of_chain = &mut chains[known].1;
            match pattern {
                Pattern::CompoundPart(term) => of_chain.by_part.entry(term).or_default().push(at),
                Pattern::Term(term) => of_chain.add(*chain, term, at),
                Pattern::Sequence(units) => match units.first() {
                    Some(PatternUnit::Char(form) | PatternUnit::Word(form)) => of_chain.add(*chain, form, at),
                    Some(PatternUnit::Form(_) | PatternUnit::AnyChar) | None => of_chain.others.push(at),
                },
                Pattern::Any(_) | Pattern::Near { .. } | Pattern::Within { .. } => of_chain.others.push(at),
            }
        }
        Locator { plan, analyzer, chains }
    }

    /// The matches in the title and in the text of a passage. `branches` are the numbers of the plan's conditions on articles
    /// that the passage's article meets; none if the plan has no such condition.
    ///
    /// # Errors
    ///
    /// When an embedded dictionary cannot be read.
    pub fn locate(&self, passage: &StoredPassage, text: &str, branches: &BTreeSet<usize>) -> Result<Matches> {
        let title = Segmented::new(&passage.title);
        let body = Segmented::new(text);
        let mut found: Vec<MatchRanges> = vec![MatchRanges::default(); self.plan.patterns.len()];
        for chain in chains_of(passage.lang, &title, &body) {
            let with_readings = has_hanja_readings(chain, passage.lang);
            let title = (&title, passage.title.as_str(), None);
            for (segmented, original, place) in [title, (&body, text, Some(passage.place))] {
                self.find(chain, (segmented, original), (with_readings, place), &mut |pattern, range| {
                    let places = &mut found[pattern];
                    if place.is_none() { places.title.push(range) } else { places.text.push(range) }
                })?;
            }
        }
        let mut marked = Marked::default();
        Marker { found: &found, passage, branches }.mark(&self.plan.root, &mut marked);
        let (title, title_expanded) = join(marked.typed.title, marked.expanded.title);
        let (text, text_expanded) = join(marked.typed.text, marked.expanded.text);
        Ok(Matches { title, text, title_expanded, text_expanded })
    }

    /// Calls `report` with each match of each pattern of a chain in a text. `place` is `None` for a title.
    fn find(
        &self,
        chain: Chain,
        (text, original): (&Segmented, &str),
        (with_readings, place): (bool, Option<PassagePlace>),
        report: &mut dyn FnMut(usize, ByteRange),
    ) -> Result<()> {
        let Some((_, patterns)) = self.chains.iter().find(|(of, _)| *of == chain) else {
            return Ok(());
        };
        if !chain.has_positions() {
            let wanted = Some(&patterns.wanted);
            return self.analyzer.each_token_among(chain, text, false, wanted, &mut |term: &str, _, folded| {
                for &pattern in patterns.by_first.get(term).into_iter().flatten() {
                    report(pattern, text.original_range(folded));
                }
            });
        }
        let analyzed = AnalyzedText::new(chain, (text, original), (with_readings, place), self.analyzer);
        for at in 0..text.units().len() {
            analyzed.any_term(at, |term| {
                for &pattern in patterns.by_first.get(term).into_iter().flatten() {
                    if let Pattern::Sequence(units) = &self.plan.patterns[pattern].1
                        && let Some(span) = analyzed.sequence_at(at, units)
                    {
                        report(pattern, analyzed.range(span));
                    }
                }
                false
            });
            if !patterns.by_part.is_empty() {
                analyzed.each_part(at, &mut |term, range| {
                    patterns.by_part.get(term).into_iter().flatten().for_each(|&pattern| report(pattern, range));
                });
            }
        }
        for &pattern in &patterns.others {
            for found in analyzed.occurrences(&self.plan.patterns[pattern].1) {
                found.parts.into_iter().for_each(|part| report(pattern, part));
            }
        }
        Ok(())
    }
}

/// What decides which nodes of a query are marked in a passage.
struct Marker<'a> {
    /// The matches of each pattern.
    found: &'a [MatchRanges],
    passage: &'a StoredPassage,
    /// The conditions on articles that the passage's article meets.
    branches: &'a BTreeSet<usize>,
}

impl Marker<'_> {
    /// Adds the marks of a node of the query if the node matches the passage. Returns whether it does.
    fn mark(&self, node: &HighlightNode, marked: &mut Marked) -> bool {
        match node {
            HighlightNode::Leaf { in_title, is_expanded, patterns } => {
                let marked = if *is_expanded { &mut marked.expanded } else { &mut marked.typed };
                let mut matches = false;
                for &pattern in patterns {
                    let MatchRanges { title, text } = &self.found[pattern];
                    matches |= !title.is_empty() || (!in_title && !text.is_empty());
                    marked.title.extend(title);
                    if !in_title {
                        marked.text.extend(text);
                    }
                }
                matches
            }
            HighlightNode::Clauses { required, optional, excluded, branch } => {
                let mut inside = Marked::default();
                // Every optional node is evaluated, so that it is marked whether or not another has matched; where the article
                // decides, every required one as well.
                let matches = match branch {
                    Some(branch) => {
                        required.iter().for_each(|node| _ = self.mark(node, &mut inside));
                        optional.iter().for_each(|node| _ = self.mark(node, &mut inside));
                        self.branches.contains(branch)
                    }
                    None => {
                        let all = required.iter().all(|node| self.mark(node, &mut inside));
                        let any = optional.iter().fold(false, |any, node| self.mark(node, &mut inside) | any);
                        let none = !excluded.iter().any(|node| self.mark(node, &mut Marked::default()));
                        all && none && (any || !required.is_empty() || optional.is_empty())
                    }
                };
                if matches {
                    for (all, more) in [(&mut marked.typed, inside.typed), (&mut marked.expanded, inside.expanded)] {
                        all.title.extend(more.title);
                        all.text.extend(more.text);
                    }
                }
                matches
            }
            HighlightNode::Article(branch) => self.branches.contains(branch),
            HighlightNode::Filter(filter) => admits(filter, self.passage),
        }
    }
}

/// All marks, and those of added names. An added mark that overlaps a typed one is dropped, so that what was typed is
/// marked exactly.
fn join(typed: Vec<ByteRange>, expanded: Vec<ByteRange>) -> (Vec<ByteRange>, Vec<ByteRange>) {
    let mut all = merge_overlapping(typed);
    let overlaps = |range: &ByteRange| {
        let next = all.partition_point(|mark| mark.end <= range.start);
        all.get(next).is_some_and(|mark| mark.start < range.end)
    };
    let expanded = merge_overlapping(expanded.into_iter().filter(|range| !overlaps(range)).collect());
    all.extend(&expanded);
    all.sort_unstable();
    (all, expanded)
}

fn merge_overlapping(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut merged: Vec<ByteRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_ranges_become_one_and_touching_ones_stay() {
        let ranges = vec![ByteRange::new(4, 6), ByteRange::new(0, 2), ByteRange::new(1, 3), ByteRange::new(3, 4)];
        let expected = vec![ByteRange::new(0, 3), ByteRange::new(3, 4), ByteRange::new(4, 6)];
        assert_eq!(merge_overlapping(ranges), expected);
    }
}
