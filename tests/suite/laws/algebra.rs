//! Law 3. Beside an operator a word or run is one term, and for such terms AND, OR, NOT, signs, filters and parentheses
//! are set algebra over their hits, in every mix of languages and operators.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tradewire::internals::query::{QueryAst, parse_query};

use super::queries::{Algebra, Hits, Vocabulary, as_term, is_plain_word};
use super::{Corpus, Verdict, holds};

/// Pairs of operands of every kind.
pub(super) fn check_pairs(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let operand = || prop_oneof![4 => vocabulary.leaf(), 1 => vocabulary.query()];
    let case = (operand(), operand(), vocabulary.filter(), vocabulary.filter());
    for algebra in [Algebra::new(corpus, false), Algebra::expanded(corpus)] {
        holds(cases / 2, &case, |(left, right, filter, other)| {
            check_pair(&algebra, &left, &right)?;
            let [filter, other] = [filter, other].map(QueryAst::Filter);
            check_filters(&algebra, &left, &filter, &other)
        });
    }
}

fn check_pair(algebra: &Algebra<'_>, left: &QueryAst, right: &QueryAst) -> Verdict {
    let both = |of: fn(Vec<QueryAst>) -> QueryAst| of(vec![left.clone(), right.clone()]);
    let not_right = QueryAst::Not(Box::new(right.clone()));
    let (of_left, of_right) = (algebra.hits(&as_term(left, false)), algebra.hits(&as_term(right, false)));
    let of = |ast: QueryAst| (algebra.hits(&ast), format!("`{ast}`: {ast:?}"));
    // What an operand finds by itself is what an operator has of it.
    let (with_itself, name) = of(QueryAst::And(vec![left.clone(), left.clone()]));
    prop_assert_eq!(&with_itself, &of_left, "{}", name);
    let (intersection, name) = of(both(QueryAst::And));
    prop_assert_eq!(&intersection, &(&of_left & &of_right), "{}", name);
    let (turned, name) = of(QueryAst::And(vec![right.clone(), left.clone()]));
    prop_assert_eq!(&turned, &intersection, "{}", name);
    let (union, name) = of(both(QueryAst::Or));
    prop_assert_eq!(&union, &(&of_left | &of_right), "{}", name);
    let (turned, name) = of(QueryAst::Or(vec![right.clone(), left.clone()]));
    prop_assert_eq!(&turned, &union, "{}", name);
    let (difference, name) = of(QueryAst::And(vec![left.clone(), not_right.clone()]));
    prop_assert_eq!(&difference, &(&of_left - &of_right), "{}", name);
    // What is taken away and what is left are all.
    prop_assert_eq!(&(&difference | &intersection), &of_left, "{}", name);
    // The same, typed. Filters are no words: with a sign they stay what they are.
    for (query, expected) in [
        (format!("({left}) AND ({right})"), &of_left & &of_right),
        (format!("({left}) OR ({right})"), &of_left | &of_right),
        (format!("({left}) NOT ({right})"), &of_left - &of_right),
        (format!("+({left}) +({right})"), &of_left & &of_right),
        (format!("+({left}) -({right})"), &of_left - &of_right),
        (format!("(({left})) NOT (({left}))"), BTreeSet::new()),
        (
            format!("+({left}) {}", one_item(right)),
            if right.is_filter() { &of_left & &of_right } else { of_left.clone() },
        ),
    ] {
        // A NOT alone has nothing that it is taken away from.
        let Ok(ast) = parse_query(&query) else {
            prop_assert!(has_not_alone(left) || has_not_alone(right), "{}: {:?}", query, parse_query(&query));
            continue;
        };
        if left.is_filter() && query.starts_with('+') && query.ends_with(&one_item(right)) && !right.is_filter() {
            continue;
        }
        prop_assert_eq!(&algebra.hits(&ast), &expected, "{}: {:?}", query, ast);
    }
    Ok(())
}

fn one_item(ast: &QueryAst) -> String {
    format!("({ast})")
}

/// True where something is only taken away.
fn has_not_alone(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Not(_) => true,
        QueryAst::And(items) => {
            items.iter().all(|item| matches!(item, QueryAst::Not(_)))
                || items.iter().any(|item| match item {
                    QueryAst::Not(inner) => has_not_alone(inner),
                    _ => has_not_alone(item),
                })
        }
        QueryAst::Bag(items) | QueryAst::Or(items) => items.iter().any(has_not_alone),
        QueryAst::Restricted(restricted) => {
            let all = || restricted.required.iter().chain(&restricted.filters).chain(&restricted.rest);
            all().next().is_none() || all().chain(&restricted.excluded).any(has_not_alone)
        }
        QueryAst::Title(inner) | QueryAst::Within { inner, .. } => has_not_alone(inner),
        _ => false,
    }
}

fn check_filters(algebra: &Algebra<'_>, operand: &QueryAst, filter: &QueryAst, other: &QueryAst) -> Verdict {
    if operand.is_filter() {
        return Ok(());
    }
    let admitted = algebra.expected(filter, false);
    let of_other = algebra.expected(other, false);
    let all = algebra.all();
    let bare = algebra.hits(operand);
    let term = algebra.hits(&as_term(operand, false));
    let in_title = algebra.hits(&QueryAst::Title(Box::new(operand.clone())));
    for (query, expected) in [
        (format!("{filter}"), admitted.clone()),
        (format!("NOT {filter}"), &all - &admitted),
        (format!("-{filter}"), &all - &admitted),
        (format!("{filter} {other}"), &admitted & &of_other),
        (format!("{filter} OR {other}"), &admitted | &of_other),
        (format!("NOT ({filter} OR {other})"), &(&all - &admitted) & &(&all - &of_other)),
        (format!("NOT ({filter} AND {other})"), &(&all - &admitted) | &(&all - &of_other)),
        // A filter is no operator: a bag stays one.
        (format!("{filter} ({operand})"), &bare & &admitted),
        (format!("({operand}) {filter} {other}"), &(&bare & &admitted) & &of_other),
        (format!("({operand}) -{filter}"), &bare - &admitted),
        (format!("({filter} OR {other}) ({operand})"), &bare & &(&admitted | &of_other)),
        (format!("title:(({operand}) {filter})"), &in_title & &admitted),
        (format!("title:({operand}) {filter}"), &in_title & &admitted),
        // Within alternatives it is one.
        (format!("{filter} AND ({operand})"), &term & &admitted),
        (format!("{filter} -({operand})"), &admitted - &term),
        (format!("({operand}) NOT ({filter} OR {other})"), &(&term - &admitted) - &of_other),
        (format!("({operand}) NOT ({filter} AND {other})"), &(&term - &admitted) | &(&term - &of_other)),
    ] {
        let Ok(ast) = parse_query(&query) else {
            prop_assert!(has_not_alone(operand), "{}: {:?}", query, parse_query(&query));
            continue;
        };
        prop_assert_eq!(&algebra.hits(&ast), &expected, "{}: {:?}", query, ast);
    }
    Ok(())
}

/// Whole queries, as deep as they come, with every word of a bag required or any.
pub(super) fn check_trees(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let any = Algebra::new(corpus, false);
    let every = Algebra::new(corpus, true);
    let expanded = Algebra::expanded(corpus);
    holds(cases, &(vocabulary.query(), vocabulary.leaf()), |(query, beside)| {
        for algebra in [&any, &every, &expanded] {
            let ast = QueryAst::Or(vec![query.clone(), beside.clone()]);
            prop_assert_eq!(&algebra.hits(&ast), &algebra.expected(&ast, false), "`{}`: {:?}", ast, ast);
        }
        // As typed. What stands alone is a bag still.
        if let Ok(typed) = parse_query(&query.to_string()) {
            prop_assert_eq!(&any.hits(&typed), &any.hits(&query), "`{}`: {:?}, typed {:?}", query, query, typed);
        }
        Ok(())
    });
}

/// Bags of which every word is required.
pub(super) fn check_required(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let any = Algebra::new(corpus, false);
    let every = Algebra::new(corpus, true);
    let case = proptest::collection::vec(vocabulary.word(), 1..4);
    holds(cases, &case, |words| {
        let bag = QueryAst::Bag(words.iter().cloned().map(QueryAst::Word).collect());
        let (of_all, of_any) = (every.hits(&bag), any.hits(&bag));
        prop_assert!(of_all.is_subset(&of_any), "{:?}", bag);
        let plain: Vec<&String> = words.iter().filter(|word| is_plain_word(corpus, word)).collect();
        if plain.len() == words.len() {
            let own = |word: &&String| any.hits(&QueryAst::Word((*word).clone()));
            let expected: Hits = plain.iter().map(own).fold(any.all(), |all, hits| &all & &hits);
            prop_assert_eq!(&of_all, &expected, "{:?}", bag);
        }
        Ok(())
    });
}

/// One term is found by a bag of it, and finds what it finds quoted.
pub(super) fn check_terms(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let algebra = Algebra::new(corpus, false);
    holds(cases, &vocabulary.word(), |word| {
        let term = algebra.hits(&as_term(&QueryAst::Word(word.clone()), false));
        let phrase = algebra.hits(&QueryAst::Phrase(word.clone()));
        prop_assert!(phrase.is_subset(&term), "{}", word);
        prop_assert!(term.is_subset(&algebra.hits(&QueryAst::Word(word.clone()))), "{}", word);
        Ok(())
    });
}

#[test]
fn pairs_of_operands() {
    check_pairs(&Corpus::of_seeds(), 150);
    check_pairs(&Corpus::of_other_languages(), 80);
}

#[test]
fn nested_queries() {
    check_trees(&Corpus::of_seeds(), 200);
    check_trees(&Corpus::of_other_languages(), 80);
}

#[test]
fn bags_of_required_words() {
    check_required(&Corpus::of_seeds(), 200);
    check_required(&Corpus::of_other_languages(), 80);
}

#[test]
fn terms_and_bags_of_them() {
    check_terms(&Corpus::of_seeds(), 300);
    check_terms(&Corpus::of_other_languages(), 100);
}
