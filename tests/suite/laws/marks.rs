//! Law 4 for queries of all operators: what is marked in a hit is what those parts of the query mark that made it a
//! hit, each as if it were asked for alone; nothing of what is excluded, or of an AND that lacks its other half.

use std::cell::RefCell;
use std::collections::HashMap;

use anyhow::Context;
use proptest::prelude::*;
use tradewire::internals::document::ByteRange;
use tradewire::internals::query::{QueryAst, QueryPlan};

use super::operators::merged;
use super::queries::{Algebra, Vocabulary, as_term};
use super::{Corpus, Stored, Verdict, holds, verdict};
use crate::checks::check_marks;

/// Hits of a query that are looked at.
const HITS: usize = 6;

struct Marker<'a> {
    algebra: Algebra<'a>,
    leaves: RefCell<HashMap<String, QueryPlan>>,
}

impl Marker<'_> {
    fn of_leaf(&self, leaf: &QueryAst, stored: &Stored) -> (Vec<ByteRange>, Vec<ByteRange>) {
        let mut leaves = self.leaves.borrow_mut();
        let compiled = leaves.entry(format!("{leaf:?}")).or_insert_with(|| self.algebra.compile(leaf).unwrap());
        self.algebra.corpus.marks(compiled, stored)
    }

    fn check(&self, query: &QueryAst) -> Verdict {
        let corpus = self.algebra.corpus;
        let Some(compiled) = self.algebra.compile(query) else {
            return Ok(());
        };
        let hits = corpus.hits_of(&compiled);
        let found = corpus.passages.iter().filter(|stored| hits.contains(&stored.key));
        for stored in found.step_by(hits.len().div_ceil(HITS).max(1)) {
            let context = || format!("`{query}` in {}: {:?} {:?}", stored.name(), stored.passage.title, stored.text);
            let mut live = Vec::new();
            self.algebra.live(query, false, stored.key, &mut live);
            let (mut title, mut text) = (Vec::new(), Vec::new());
            for leaf in &live {
                let (in_title, in_text) = self.of_leaf(leaf, stored);
                prop_assert!(in_title.len() + in_text.len() > 0, "no mark of {}: {}", leaf, context());
                title.extend(in_title);
                text.extend(in_text);
            }
            prop_assert!(!query.is_filter() || live.is_empty(), "{}", context());
            let marks = corpus.marks(&compiled, stored);
            let slices = |text: &str, marks: &[ByteRange]| -> Vec<String> {
                marks.iter().map(|mark| mark.slice(text).to_owned()).collect()
            };
            let marked = [slices(&stored.passage.title, &marks.0), slices(&stored.text, &marks.1)];
            prop_assert_eq!(&marks, &(merged(title), merged(text)), "{:?}: {}", marked, context());
            verdict(check_marks(&stored.passage.title, &marks.0).with_context(context))?;
            verdict(check_marks(&stored.text, &marks.1).with_context(context))?;
        }
        // Passages that are no hits have no marks.
        let missed = corpus.passages.iter().filter(|stored| !hits.contains(&stored.key));
        for stored in missed.step_by(corpus.passages.len().div_ceil(HITS).max(1)) {
            let (title, text) = corpus.marks(&compiled, stored);
            prop_assert!(title.is_empty() && text.is_empty(), "`{}` marks what it misses: {}", query, stored.name());
        }
        Ok(())
    }
}

/// Whole queries, and an operand beside a part that may or may not hold.
pub(super) fn check_queries(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let marker = Marker { algebra: Algebra::new(corpus, false), leaves: RefCell::default() };
    let [first, second, third] = [vocabulary.leaf(), vocabulary.leaf(), vocabulary.leaf()];
    let filter = vocabulary.filter().prop_map(QueryAst::Filter);
    holds(cases, &(vocabulary.query(), first, second, third, filter), |(query, first, second, third, filter)| {
        marker.check(&as_term(&query, false))?;
        let both = QueryAst::And(vec![second.clone(), third.clone()]);
        let but = QueryAst::And(vec![second.clone(), QueryAst::Not(Box::new(third))]);
        let filtered = QueryAst::And(vec![second, filter.clone()]);
        for alternative in [both, but, filtered, filter] {
            marker.check(&QueryAst::Or(vec![first.clone(), alternative]))?;
        }
        Ok(())
    });
}

#[test]
fn queries_of_every_operator() {
    check_queries(&Corpus::of_seeds(), 120);
    check_queries(&Corpus::of_other_languages(), 80);
}
