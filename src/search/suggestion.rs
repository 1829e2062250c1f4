//! Suggestions for a query without hits: the clause that emptied the result, and the most similar query that has hits.
//!
//! Every query that differs in one place is tried: first those that loosen a clause (a phrase to words near each other,
//! an exact form to any, a misspelt word to a fuzzy one), then those that leave one out.

#![deny(clippy::wildcard_enum_match_arm)]

use anyhow::Result;

use crate::query::syntax::{
    DateRange, Filters, MAX_NEAR_PARTS, Nearness, QueryAst, QueryOptions, Restricted, WordCount,
};
use crate::search::looser_words::{like, without_wildcards};
use crate::search::relaxation::{Change, Relaxation, Suggestion};

/// Greatest number of queries that are tried.
const MAX_TRIES: usize = 30;
/// Distance in words that is still worth suggesting for a phrase.
const NEARBY: u32 = 5;

struct Variant {
    relaxation: Relaxation,
    ast: QueryAst,
    options: QueryOptions,
    change: Change,
}

/// The most similar query with hits, if there is one. `count` counts the hits of a query.
///
/// # Errors
///
/// When `count` fails.
pub(crate) fn suggest_query(
    ast: &QueryAst,
    options: &QueryOptions,
    count: &mut dyn FnMut(&QueryAst, &QueryOptions) -> Result<u64>,
) -> Result<Option<Suggestion>> {
    let mut variants = Vec::new();
    vary(ast, &mut |clause, ast, change| {
        variants.push(Variant {
            relaxation: Relaxation::Clause(clause.to_string()),
            ast,
            options: options.clone(),
            change,
        });
    });
    for (relaxation, options) in without_an_option(options) {
        variants.push(Variant { relaxation, ast: ast.clone(), options, change: Change::LeftOut });
    }
    variants.sort_by_key(|variant| variant.change);
    variants.truncate(MAX_TRIES);
    let mut words = Vec::new();
    collect_words(ast, &mut words);
    variants.push(Variant {
        relaxation: Relaxation::Clause(ast.to_string()),
        ast: QueryAst::Bag(words),
        options: QueryOptions { expand: options.expand, today: options.today, ..QueryOptions::default() },
        change: Change::OnlyWords,
    });
    let mut best: Option<Suggestion> = None;
    for Variant { relaxation, ast, options, change } in variants {
        if best.as_ref().is_some_and(|best| best.change != change) {
            break;
        }
        let passages = count(&ast, &options)?;
        if passages > best.as_ref().map_or(0, |best| best.passages) {
            best = Some(Suggestion { relaxation, query: ast.to_string(), passages, change });
        }
    }
    Ok(best)
}

/// Collects the words of a query that may match, each by itself.
fn collect_words(ast: &QueryAst, words: &mut Vec<QueryAst>) {
    match ast {
        QueryAst::Bag(items) | QueryAst::And(items) | QueryAst::Or(items) | QueryAst::Near { operands: items, .. } => {
            items.iter().for_each(|item| collect_words(item, words));
        }
        QueryAst::Title(inner) | QueryAst::Within { inner, .. } | QueryAst::AtLeast { operand: inner, .. } => {
            collect_words(inner, words);
        }
        QueryAst::Restricted(restricted) => {
            restricted.required.iter().chain(&restricted.rest).for_each(|item| collect_words(item, words));
        }
        QueryAst::Phrase(text) | QueryAst::Exact(text) | QueryAst::Caps(text) | QueryAst::Proximity { text, .. } => {
            let plain = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
            words.extend(plain.map(|word| QueryAst::Word(word.to_owned())));
        }
        QueryAst::Word(_) | QueryAst::Prefix(_) | QueryAst::Wildcard(_) | QueryAst::Fuzzy { .. } => {
            words.push(ast.clone());
        }
        QueryAst::Not(_) | QueryAst::Filter(_) => {}
    }
}

fn without_an_option(options: &QueryOptions) -> Vec<(Relaxation, QueryOptions)> {
    let mut variants = Vec::new();
    let mut add = |relaxation: Relaxation, is_set: bool, change: &dyn Fn(&mut QueryOptions)| {
        if is_set {
            let mut without = options.clone();
            change(&mut without);
            variants.push((relaxation, without));
        }
    };
    let Filters { languages, dates, sources, authors, sections, words, concepts, countries, pairs } = &options.filters;
    add(Relaxation::AnyLanguage, !languages.is_empty(), &|options| options.filters.languages.clear());
    add(Relaxation::AnyDate, *dates != DateRange::default(), &|options| options.filters.dates = DateRange::default());
    add(Relaxation::AnySource, !sources.is_empty(), &|options| options.filters.sources.clear());
    add(Relaxation::AnyAuthor, !authors.is_empty(), &|options| options.filters.authors.clear());
    add(Relaxation::AnySection, !sections.is_empty(), &|options| options.filters.sections.clear());
    add(Relaxation::AnyLength, *words != WordCount::default(), &|options| options.filters.words = WordCount::default());
    add(Relaxation::AnyConcept, !concepts.is_empty(), &|options| options.filters.concepts.clear());
    add(Relaxation::AnyCountry, !countries.is_empty(), &|options| options.filters.countries.clear());
    add(Relaxation::AnyPair, !pairs.is_empty(), &|options| options.filters.pairs.clear());
    add(Relaxation::Expand, !options.expand, &|options| options.expand = true);
    add(Relaxation::AnyWord, options.require_all, &|options| options.require_all = false);
    variants
}

/// Calls `add` with each clause of a query and the whole query with that clause changed.
fn vary(ast: &QueryAst, add: &mut dyn FnMut(&QueryAst, QueryAst, Change)) {
    for looser in loosened(ast) {
        add(ast, looser, Change::Loosened);
    }
    match ast {
        QueryAst::Bag(items) => vary_items(items, QueryAst::Bag, add),
        QueryAst::Or(items) => vary_items(items, QueryAst::Or, add),
        QueryAst::And(items) => {
            vary_items(items, and_of, add);
            for at in 0..items.len() {
                let mut rest = items.clone();
                let left_out = rest.remove(at);
                if rest.iter().any(|item| !matches!(item, QueryAst::Not(_))) {
                    add(&left_out, and_of(rest), Change::LeftOut);
                }
            }
        }
        QueryAst::Not(_) => {}
        QueryAst::Title(inner) => vary(inner, &mut |of, ast, change| add(of, QueryAst::Title(Box::new(ast)), change)),
        QueryAst::Within { extent, inner } => {
            let within = |ast| QueryAst::Within { extent: *extent, inner: Box::new(ast) };
            vary(inner, &mut |of, ast, change| add(of, within(ast), change));
        }
        QueryAst::Restricted(restricted) => vary_restricted(restricted, add),
        QueryAst::Near { .. }
        | QueryAst::AtLeast { .. }
        | QueryAst::Word(_)
        | QueryAst::Phrase(_)
        | QueryAst::Proximity { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Wildcard(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Exact(_)
        | QueryAst::Caps(_)
        | QueryAst::Filter(_) => {}
    }
}

fn and_of(mut items: Vec<QueryAst>) -> QueryAst {
    if items.len() == 1 { items.remove(0) } else { QueryAst::And(items) }
}

fn vary_items(
    items: &[QueryAst],
    rebuild: impl Fn(Vec<QueryAst>) -> QueryAst,
    add: &mut dyn FnMut(&QueryAst, QueryAst, Change),
) {
    for (at, item) in items.iter().enumerate() {
        vary(item, &mut |clause, ast, change| {
            let mut changed = items.to_vec();
            changed[at] = ast;
            add(clause, rebuild(changed), change);
        });
    }
}

fn vary_restricted(restricted: &Restricted, add: &mut dyn FnMut(&QueryAst, QueryAst, Change)) {
    type ClauseList = fn(&mut Restricted) -> &mut Vec<QueryAst>;
    let parts: [ClauseList; 3] = [|whole| &mut whole.required, |whole| &mut whole.filters, |whole| &mut whole.excluded];
    for part in parts {
        let mut whole = restricted.clone();
        for at in 0..part(&mut whole).len() {
            let mut rest = restricted.clone();
            let left_out = part(&mut rest).remove(at);
            if let Some(ast) = simplest(rest) {
                let is_excluded = restricted.excluded.contains(&left_out);
                let clause = if is_excluded { QueryAst::Not(Box::new(left_out.clone())) } else { left_out.clone() };
                add(&clause, ast, Change::LeftOut);
            }
            vary(&left_out, &mut |clause, ast, change| {
                let mut changed = restricted.clone();
                part(&mut changed)[at] = ast;
                add(clause, QueryAst::Restricted(Box::new(changed)), change);
            });
        }
    }
    if let Some(rest) = &restricted.rest {
        vary(rest, &mut |clause, ast, change| {
            let changed = Restricted { rest: Some(ast), ..restricted.clone() };
            add(clause, QueryAst::Restricted(Box::new(changed)), change);
        });
        let without = Restricted { rest: None, ..restricted.clone() };
        if !without.filters.is_empty()
            && let Some(ast) = simplest(without)
        {
            add(rest, ast, Change::LeftOut);
        }
    }
}

/// A restricted query in its simplest form: unwrapped if nothing restricts it any more, `None` if it has nothing left to match.
fn simplest(restricted: Restricted) -> Option<QueryAst> {
    let Restricted { required, excluded, filters, rest } = &restricted;
    match (required.as_slice(), excluded.is_empty() && filters.is_empty(), rest) {
        ([], true, rest) => rest.clone(),
        ([only], true, None) => Some(only.clone()),
        ([], _, None) if filters.is_empty() => None,
        _ => Some(QueryAst::Restricted(Box::new(restricted))),
    }
}

/// The variants of a clause that require a little less.
fn loosened(ast: &QueryAst) -> Vec<QueryAst> {
    let words = |text: &str| text.split_whitespace().count();
    match ast {
        QueryAst::Word(word) => like(word, None),
        QueryAst::Fuzzy { word, edits: Some(1) } => like(word, Some(2)),
        QueryAst::Phrase(text) if (2..=MAX_NEAR_PARTS).contains(&words(text)) => {
            vec![QueryAst::Proximity { text: text.clone(), distance: NEARBY }]
        }
        QueryAst::Phrase(text) => like(text, None),
        QueryAst::Exact(text) => [vec![QueryAst::Phrase(text.clone())], like(text, None)].concat(),
        QueryAst::Caps(text) => vec![QueryAst::Exact(text.clone())],
        QueryAst::Wildcard(text) => without_wildcards(text),
        QueryAst::Title(inner) | QueryAst::Within { inner, .. } | QueryAst::AtLeast { operand: inner, .. } => {
            vec![(**inner).clone()]
        }
        QueryAst::Near { operands, nearness } => {
            let any_order = Nearness::any_order(nearness.distance);
            let in_any_order =
                nearness.in_order.then(|| QueryAst::Near { operands: operands.clone(), nearness: any_order });
            Vec::from_iter(in_any_order.into_iter().chain([QueryAst::And(operands.clone())]))
        }
        QueryAst::Proximity { text, distance } if *distance < NEARBY => {
            vec![QueryAst::Proximity { text: text.clone(), distance: NEARBY }]
        }
        QueryAst::Bag(_)
        | QueryAst::And(_)
        | QueryAst::Or(_)
        | QueryAst::Not(_)
        | QueryAst::Restricted(_)
        | QueryAst::Proximity { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Filter(_) => Vec::new(),
    }
}
