//! The checks of operators against the oracle: leaves of each operator, operators of place in each other, and few words in any order
//! over and over.

use proptest::prelude::*;
use tradewire::internals::document::ByteRange;
use tradewire::internals::query::{QueryAst, Within};

use super::kinds::{self, Kind, is_read};
use super::{Oracle, Places, merged};
use crate::laws::queries::{Algebra, Vocabulary, as_term, nearness};
use crate::laws::{Corpus, Stored, Verdict, holds};

/// Random leaves of each operator that are compared over the samples.
const LEAVES: u32 = 500;
/// Hits of a leaf whose marks are compared.
const MARKED: usize = 10;

fn check(oracle: &Oracle<'_>, algebra: &Algebra<'_>, leaf: &QueryAst, in_title: bool) -> Verdict {
    let query = as_term(leaf, in_title);
    let Some(compiled) = algebra.compile(&query) else {
        return Ok(());
    };
    // Of a word with very many forms, those that most passages have are searched.
    if !compiled.cuts.is_empty() {
        return Ok(());
    }
    let hits = oracle.corpus.hits_of(&compiled);
    let mut found: Vec<(&Stored, Places)> = Vec::new();
    for (passage, mut places) in oracle.passages.iter().zip(oracle.places(leaf)) {
        let stored = passage.stored;
        if in_title {
            places[1].clear();
        }
        let expected = places.iter().any(|found| !found.is_empty());
        let context = || format!("{query} in {}: {:?} {:?}", stored.name(), stored.passage.title, stored.text);
        prop_assert_eq!(hits.contains(&stored.key), expected, "{:?}: {}", leaf, context());
        if expected {
            found.push((stored, places));
        }
    }
    oracle.count(leaf, !found.is_empty());
    let step = found.len().div_ceil(MARKED).max(1);
    let (stored, places): (Vec<&Stored>, Vec<Places>) = found.into_iter().step_by(step).unzip();
    let marks = oracle.corpus.marks_in(&compiled, &stored);
    for ((stored, places), marks) in stored.iter().zip(&places).zip(marks) {
        let context = || format!("{query} in {}: {:?} {:?}", stored.name(), stored.passage.title, stored.text);
        for (places, marks) in places.iter().zip([marks.0, marks.1]) {
            let allowed: Vec<ByteRange> = places.iter().flat_map(|found| found.parts.iter().copied()).collect();
            if !is_marked_in_part(leaf) {
                prop_assert_eq!(&marks, &merged(allowed), "{:?}: {}", leaf, context());
                continue;
            }
            let inside = |mark: &ByteRange, part: &ByteRange| mark.start <= part.start && part.end <= mark.end;
            for mark in &marks {
                let parts = allowed.iter().filter(|part| inside(mark, part)).copied().collect();
                prop_assert_eq!(merged(parts), vec![*mark], "{:?} marked: {}", mark, context());
            }
            let is_marked = |part: &ByteRange| marks.iter().any(|mark| inside(mark, part));
            let complete = places.iter().any(|choice| choice.parts.iter().all(is_marked));
            prop_assert!(complete || places.is_empty(), "{:?}: {}", marks, context());
        }
    }
    Ok(())
}

/// True for words that are near each other in several ways, of which not all are marked; of those in one sentence, all are.
fn is_marked_in_part(leaf: &QueryAst) -> bool {
    match leaf {
        QueryAst::Near { operands, nearness } => {
            operands.iter().any(is_marked_in_part)
                || operands.iter().any(|operand| matches!(operand, QueryAst::Near { .. }))
                || (!nearness.negated && matches!(nearness.within, Within::Units(_)))
        }
        QueryAst::Within { inner, .. } | QueryAst::AtLeast { operand: inner, .. } => is_marked_in_part(inner),
        leaf => matches!(leaf, QueryAst::Proximity { .. }),
    }
}

/// So many leaves of each kind, of which so many find something.
fn check_kinds(corpus: &Corpus, kinds: impl Fn(&Vocabulary) -> Vec<Kind>, leaves: u32, found: u32) {
    let (oracle, algebra) = (Oracle::new(corpus), Algebra::new(corpus, false));
    for (operator, leaf) in kinds(&Vocabulary::of(corpus)) {
        let is_of_articles = matches!(operator, "lead:" | "FIRST/n" | "ATLEAST/n");
        let in_title = prop::bool::weighted(if is_of_articles { 0.0 } else { 0.15 });
        // A few have nothing to look up.
        let cases = leaves + leaves.div_ceil(20);
        holds(cases, &(leaf, in_title), |(leaf, in_title)| check(&oracle, &algebra, &leaf, in_title));
        oracle.assert_counted(operator, leaves, found);
    }
}

/// So many leaves of each operator, over texts that may have nothing of a kind.
pub(in crate::laws) fn check_every_operator(corpus: &Corpus, leaves: u32) {
    check_kinds(corpus, kinds::words, leaves, 0);
    check_kinds(corpus, kinds::spellings_and_values, leaves, 0);
    check_kinds(corpus, kinds::places, leaves, 0);
    check_kinds(corpus, kinds::negated_places, leaves, 0);
    check_kinds(corpus, kinds::of_articles, leaves, 0);
}

/// An operator of place in another one: it stands from its first to its last word, and of what begins or ends alike is the shortest.
pub(in crate::laws) fn check_nested(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let (oracle, algebra) = (Oracle::new(corpus), Algebra::new(corpus, false));
    let near = || prop_oneof![3 => vocabulary.near(), 1 => vocabulary.proximity()].prop_filter("not read", is_read);
    let word = || vocabulary.word().prop_map(QueryAst::Word);
    let case = (near(), prop_oneof![word(), near()], nearness(), any::<bool>(), prop::bool::weighted(0.3));
    holds(cases, &case, |(left, right, nearness, negated, turned)| {
        let operands = if turned { vec![right, left] } else { vec![left, right] };
        let nearness = if negated { nearness.not() } else { nearness };
        check(&oracle, &algebra, &QueryAst::Near { operands, nearness }, false)
    });
}

#[test]
fn words_phrases_prefixes_and_what_is_like_them() {
    check_kinds(&Corpus::of_seeds(), kinds::words, 100, 20);
}

#[test]
fn wildcards_capitals_amounts_and_percentages() {
    check_kinds(&Corpus::of_seeds(), kinds::spellings_and_values, LEAVES, LEAVES / 8);
}

#[test]
fn near_before_in_one_sentence_and_in_one_paragraph() {
    check_kinds(&Corpus::of_seeds(), kinds::places, LEAVES, LEAVES / 8);
}

#[test]
fn not_near_not_before_not_in_one_sentence_or_paragraph() {
    check_kinds(&Corpus::of_seeds(), kinds::negated_places, LEAVES, LEAVES / 8);
}

#[test]
fn in_the_lead_among_the_first_words_and_so_often() {
    check_kinds(&Corpus::of_seeds(), kinds::of_articles, LEAVES, LEAVES / 8);
}

#[test]
fn operators_of_place_in_each_other() {
    check_nested(&Corpus::of_seeds(), 150);
}

#[test]
fn every_operator_in_other_languages() {
    let corpus = Corpus::of_other_languages();
    for kinds in [kinds::words, kinds::places, kinds::negated_places, kinds::of_articles] {
        check_kinds(&corpus, kinds, 60, 8);
    }
    check_nested(&corpus, 60);
}

#[test]
fn few_words_in_any_order_over_and_over() {
    let pick = |at: u64, of: &[&'static str]| of[usize::try_from(at).unwrap() % of.len()];
    let mut random: u64 = 1;
    let mut text = |words: &[&'static str], length: usize, joint: &str| {
        let mut step = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            pick(random >> 33, words)
        };
        (0..length).map(|_| step()).collect::<Vec<&str>>().join(joint)
    };
    let words = ["rice", "steel", "tariffs", "Zölle", "the", "U.S.", "oil"];
    let mut articles = Vec::new();
    for at in 0..20 {
        articles.push((format!("l{at}"), text(&words, at % 5, " "), text(&words, 9 + at, " ")));
        articles.push((
            format!("c{at}"),
            text(&["关", "税", "韓", "한", "FTA "], at % 4, ""),
            text(&["关", "税", "稀", "FTA"], 12, ""),
        ));
        articles.push((
            format!("k{at}"),
            text(&["관세", "협정을", "한국은"], 2, " "),
            text(&["관세를", "협정", "韓國", "한국"], 10, " "),
        ));
    }
    let corpus = Corpus::of_articles(&articles);
    for kinds in [kinds::words, kinds::places, kinds::negated_places, kinds::of_articles] {
        check_kinds(&corpus, kinds, 60, 8);
    }
    check_nested(&corpus, 200);
}
