//! The checks of operators against the oracle: any leaf, NEAR of NEAR, and few words in any order over and over.

use super::*;
use crate::laws::queries::is_blank;

fn check(oracle: &Oracle<'_>, algebra: &Algebra<'_>, leaf: &QueryAst, in_title: bool) -> Verdict {
    let query = as_term(leaf, in_title);
    let Some(compiled) = algebra.compile(&query) else {
        return Ok(());
    };
    let hits = oracle.corpus.hits_of(&compiled);
    let is_near = matches!(leaf, QueryAst::Near { .. } | QueryAst::Proximity { .. });
    for (stored, readings) in &oracle.passages {
        let mut allowed: [Vec<ByteRange>; 2] = [Vec::new(), Vec::new()];
        let mut choices: [Vec<Vec<ByteRange>>; 2] = [Vec::new(), Vec::new()];
        for reading in readings {
            let has_chars = |text: &str| Segmented::new(text).has_chars();
            for at in if in_title { 0..1 } else { 0..2 } {
                let units = &reading.texts[at];
                // Of a query with CJK characters, words alone are no reading.
                if reading.chain != Chain::Characters && texts_of(leaf).into_iter().any(has_chars) && !has_or(leaf) {
                    continue;
                }
                for found in oracle.find(leaf, reading.chain, units) {
                    allowed[at].extend(&found.parts);
                    choices[at].push(found.parts);
                }
            }
        }
        let is_hit = hits.contains(&stored.key);
        let context = || format!("{query} in {}: {:?} {:?}", stored.name(), stored.passage.title, stored.text);
        let expected = choices.iter().any(|choices| !choices.is_empty());
        prop_assert_eq!(is_hit, expected, "{:?}: {}", leaf, context());
        if !is_hit {
            continue;
        }
        let (all, near) = oracle.hits.get();
        oracle.hits.set((all + 1, near + usize::from(choices.concat().iter().any(|choice| choice.len() > 1))));
        let (title, text) = oracle.corpus.marks(&compiled, stored);
        for (at, marks) in [title, text].into_iter().enumerate() {
            if !is_near {
                prop_assert_eq!(&marks, &merged(allowed[at].clone()), "{:?}: {}", leaf, context());
                continue;
            }
            let inside = |mark: &ByteRange, part: &ByteRange| mark.start <= part.start && part.end <= mark.end;
            for mark in &marks {
                let parts = allowed[at].iter().filter(|part| inside(mark, part)).copied().collect();
                prop_assert_eq!(merged(parts), vec![*mark], "{:?} marked: {}", mark, context());
            }
            let is_marked = |part: &ByteRange| marks.iter().any(|mark| inside(mark, part));
            let complete = choices[at].iter().any(|choice| choice.iter().all(is_marked));
            prop_assert!(complete || choices[at].is_empty(), "{:?}: {}", marks, context());
        }
    }
    Ok(())
}

pub(super) fn has_or(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Or(_) => true,
        QueryAst::Near { operands, .. } => operands.iter().any(has_or),
        _ => false,
    }
}

pub(super) fn texts_of(ast: &QueryAst) -> Vec<&str> {
    match ast {
        QueryAst::Word(text) | QueryAst::Phrase(text) | QueryAst::Prefix(text) | QueryAst::Exact(text) => vec![text],
        QueryAst::Wildcard(text) | QueryAst::Caps(text) => vec![text],
        QueryAst::Proximity { text, .. } | QueryAst::Fuzzy { word: text, .. } => vec![text],
        QueryAst::Near { operands: items, .. } | QueryAst::Or(items) => items.iter().flat_map(texts_of).collect(),
        _ => Vec::new(),
    }
}

/// The oracle has no reading of a single run that the dictionaries cut, nor of a word that is found by a morpheme.
pub(super) fn is_read(leaf: &QueryAst) -> bool {
    match leaf {
        QueryAst::Word(text) => matches!(Segmented::new(text).units(), [unit] if unit.kind == UnitKind::Word),
        QueryAst::Proximity { text, .. } => text.split_whitespace().filter(|word| !is_blank(word)).count() > 1,
        _ => true,
    }
}

pub(in crate::laws) fn check_leaves(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let oracle = Oracle::new(corpus);
    let algebra = Algebra::new(corpus, false);
    let leaf = prop_oneof![
        1 => vocabulary.word().prop_map(QueryAst::Word),
        1 => vocabulary.phrase().prop_map(QueryAst::Phrase),
        2 => vocabulary.prefix(),
        3 => vocabulary.wildcard(),
        2 => vocabulary.caps(),
        2 => vocabulary.fuzzy(),
        2 => vocabulary.exact(),
        3 => vocabulary.proximity(),
        4 => vocabulary.near(),
    ];
    let leaf = leaf.prop_filter("not read", is_read);
    holds(cases, &(leaf, prop::bool::weighted(0.2)), |(leaf, in_title)| check(&oracle, &algebra, &leaf, in_title));
    let (hits, near) = oracle.hits.get();
    assert!(hits > cases as usize && near > cases as usize / 10, "little was found: {hits} hits, {near} of NEAR");
}

/// NEAR of NEAR: the inner one stands from its first to its last word.
pub(in crate::laws) fn check_nested_near(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let oracle = Oracle::new(corpus);
    let algebra = Algebra::new(corpus, false);
    let word = || vocabulary.word().prop_map(QueryAst::Word);
    let near = prop_oneof![vocabulary.near(), vocabulary.proximity()].prop_filter("not read", is_read);
    let distance = 0_u32..40;
    let case = (near, prop_oneof![word(), vocabulary.near()], distance, prop::bool::ANY);
    holds(cases, &case, |(left, right, distance, in_order)| {
        check(
            &oracle,
            &algebra,
            &QueryAst::Near { operands: vec![left, right], nearness: Nearness { distance, in_order } },
            false,
        )
    });
}

#[test]
fn leaves_find_and_mark_what_a_plain_reading_finds() {
    check_leaves(&Corpus::of_seeds(), 350);
}

#[test]
fn words_with_capitals_find_and_mark_what_a_plain_reading_finds() {
    for corpus in [Corpus::of_seeds(), Corpus::of_other_languages()] {
        let (oracle, algebra) = (Oracle::new(&corpus), Algebra::new(&corpus, false));
        let leaf = Vocabulary::of(&corpus).caps();
        holds(500, &(leaf, prop::bool::weighted(0.2)), |(leaf, in_title)| check(&oracle, &algebra, &leaf, in_title));
        let (hits, _) = oracle.hits.get();
        assert!(hits > 500, "little was found: {hits} hits");
    }
}

#[test]
fn words_with_wildcards_find_and_mark_what_a_plain_reading_finds() {
    for corpus in [Corpus::of_seeds(), Corpus::of_other_languages()] {
        let (oracle, algebra) = (Oracle::new(&corpus), Algebra::new(&corpus, false));
        let leaf = Vocabulary::of(&corpus).wildcard();
        holds(500, &(leaf, prop::bool::weighted(0.2)), |(leaf, in_title)| check(&oracle, &algebra, &leaf, in_title));
        let (hits, _) = oracle.hits.get();
        assert!(hits > 250, "little was found: {hits} hits");
    }
}

#[test]
fn leaves_in_other_languages() {
    let corpus = Corpus::of_other_languages();
    check_leaves(&corpus, 400);
    check_nested_near(&corpus, 60);
}

#[test]
fn what_is_near_something_near() {
    check_nested_near(&Corpus::of_seeds(), 60);
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
    check_leaves(&corpus, 250);
    check_nested_near(&corpus, 150);
}
