//! Laws 3 and 4 by document: AND, OR, NOT, signs and filters are set algebra over the documents that each operand finds; every
//! hit is a passage with something to mark, and what is marked are the operands that made its document a hit.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tradewire::internals::engine::Engine;
use tradewire::internals::highlight::Locator;
use tradewire::internals::query::QueryAst;

use super::operators::merged;
use super::queries::{Algebra, Vocabulary, as_term};
use super::{Corpus, Verdict, holds};

fn check(algebra: &Algebra<'_>, query: &QueryAst) -> Verdict {
    let Some(plan) = algebra.compile(query) else {
        return Ok(());
    };
    let corpus = algebra.corpus;
    let prepared = corpus.index.prepare(&plan).unwrap();
    let keys = prepared.passages().unwrap();
    let hits: BTreeSet<_> = keys.iter().copied().collect();
    let expected = algebra.expected(query, false);
    prop_assert_eq!(&algebra.closed(hits.clone()), &expected, "`{}`: {:?}", query, query);
    let ids: BTreeSet<&str> = corpus
        .passages
        .iter()
        .filter(|stored| expected.contains(&stored.key))
        .map(|stored| stored.passage.id.as_str())
        .collect();
    prop_assert_eq!(prepared.documents().unwrap(), Vec::from_iter(ids), "`{}`", query);
    // What is marked, of some of the hits.
    let branches = prepared.branches(&keys).unwrap();
    let locator = Locator::new(&plan.highlight, &corpus.analyzer);
    for (key, branches) in keys.iter().zip(&branches).step_by(keys.len().div_ceil(5).max(1)) {
        let stored = corpus.passages.iter().find(|stored| stored.key == *key).unwrap();
        let mut live = Vec::new();
        algebra.live(query, false, *key, &mut live);
        let plans: Vec<_> = live.iter().map(|leaf| Algebra::new(corpus, false).compile(leaf).unwrap()).collect();
        let marks_in = |stored| -> (Vec<_>, Vec<_>) {
            let (title, text): (Vec<_>, Vec<_>) = plans.iter().map(|plan| corpus.marks(plan, stored)).unzip();
            (merged(title.concat()), merged(text.concat()))
        };
        let marks = locator.locate(&stored.passage, &stored.text, branches).unwrap();
        prop_assert_eq!(
            &(marks.title.clone(), marks.text.clone()),
            &marks_in(stored),
            "`{}` in {}",
            query,
            stored.name()
        );
        let has_marks = |marks: &(Vec<_>, Vec<_>)| !marks.0.is_empty() || !marks.1.is_empty();
        let of_article = corpus.passages.iter().filter(|other| other.passage.id == stored.passage.id);
        if !has_marks(&(marks.title, marks.text)) {
            let marked = of_article.filter(|other| has_marks(&marks_in(other))).count();
            prop_assert_eq!(marked, 0, "`{}` shows {}, and other passages have marks", query, stored.name());
        }
    }
    Ok(())
}

pub(super) fn check_queries(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let [algebra, required] = [false, true].map(|require_all| Algebra::by_article(corpus, require_all));
    let filter = vocabulary.filter().prop_map(QueryAst::Filter);
    let case = (vocabulary.query(), vocabulary.leaf(), vocabulary.leaf(), filter);
    holds(cases, &case, |(query, left, right, filter)| {
        let not = |ast: &QueryAst| QueryAst::Not(Box::new(ast.clone()));
        let (both, but) =
            (QueryAst::And(vec![left.clone(), right.clone()]), QueryAst::And(vec![left.clone(), not(&right)]));
        check(&required, &as_term(&query, false))?;
        for ast in [
            as_term(&query, false),
            both.clone(),
            but.clone(),
            QueryAst::Or(vec![both, but.clone()]),
            QueryAst::And(vec![left.clone(), filter.clone()]),
            QueryAst::And(vec![left.clone(), not(&filter)]),
            QueryAst::And(vec![right, not(&but)]),
            QueryAst::Or(vec![QueryAst::And(vec![left, filter.clone()]), filter]),
        ] {
            check(&algebra, &ast)?;
        }
        Ok(())
    });
}

#[test]
fn queries_by_document() {
    let corpus = Corpus::of_seeds();
    let ids: BTreeSet<&str> = corpus.passages.iter().map(|stored| stored.passage.id.as_str()).collect();
    assert!(corpus.passages.len() > ids.len() * 2, "{} passages of {}", corpus.passages.len(), ids.len());
    check_queries(&corpus, 100);
}
