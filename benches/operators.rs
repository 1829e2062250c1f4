//! Speed of each operator and filter on an open index with warm pages, at growing sizes: ten hits of the same two frequent words in
//! each language, ranked, fetched and highlighted. Compared with the words joined by NEAR.

mod corpus;
mod measure;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use tradewire::internals::config::Config;
use tradewire::internals::index::NewsIndex;
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{SearchOptions, Searcher};
use tradewire::search_types::ResultUnit;

/// Two frequent words of each language that stand near each other in some texts, in this order, and wildcards: inside, at the end and
/// in front.
const WORDS: [(&str, [&str; 2], [&str; 3]); 4] = [
    ("en", ["China", "trade"], ["tr?de", "trad*", "*ports"]),
    ("de", ["China", "Zölle"], ["Z?lle", "Zöl*", "*zoll"]),
    ("ko", ["관세", "수출"], ["수?통제", "관세*", "?출통제"]),
    ("zh", ["中国", "出口"], ["出?管", "出口*", "?口管"]),
];

/// Operators over one or both of the words.
const OPERATORS: [(&str, &str); 15] = [
    ("word", "{one}"),
    ("AND", "{one} AND {other}"),
    ("NOT", "{one} NOT {other}"),
    ("BEFORE", "{one} BEFORE/5 {other}"),
    ("SENTENCE", "{one} SENTENCE {other}"),
    ("PARAGRAPH", "{one} PARAGRAPH {other}"),
    ("NOT NEAR", "{one} NOT NEAR/5 {other}"),
    ("NOT BEFORE", "{one} NOT BEFORE/5 {other}"),
    ("NOT SENTENCE", "{one} NOT SENTENCE {other}"),
    ("NOT PARAGRAPH", "{one} NOT PARAGRAPH {other}"),
    ("ATLEAST", "ATLEAST/3 {one}"),
    ("ATLEAST of alternatives", "ATLEAST/3 ({one} OR {other})"),
    ("lead:", "lead:{one}"),
    ("FIRST", "FIRST/50 {one}"),
    ("caps:", "caps:{one}"),
];

/// Filters and quantities, which read the same columns and terms in every language.
const FILTERS: [(&str, &str); 7] = [
    ("author:", "{one} author:lee"),
    ("section:", "{one} section:markets"),
    ("words:", "{one} words:>300"),
    ("concept:", "{one} concept:rare-earths"),
    ("date:", "{one} date:1000d.."),
    ("amount:", "amount:\">1bn\""),
    ("percent:", "percent:>25"),
];

/// What articles are found by as well as passages.
const OF_ARTICLES: [(&str, &str); 3] =
    [("AND", "{one} AND {other}"), ("NOT", "{one} NOT {other}"), ("section:", "{one} section:markets")];

/// The queries of a language, each with its kind and with what it finds; NEAR, which all are compared with, comes first.
fn queries(code: &str, [one, other]: [&str; 2], wildcards: [&str; 3]) -> Vec<(String, String, ResultUnit)> {
    let near = ("NEAR", "{one} NEAR/5 {other}");
    let wildcards = ["? inside", "* at the end", "* or ? in front"].into_iter().zip(wildcards);
    // One language shows what does not depend on it.
    let filters = if code == "en" { &FILTERS[..] } else { &[] };
    let by_passage = [near].into_iter().chain(OPERATORS).chain(wildcards).chain(filters.iter().copied());
    let by_passage = by_passage.map(|(kind, query)| (kind.to_owned(), query, ResultUnit::Passage));
    let by_document = OF_ARTICLES.map(|(kind, query)| (format!("{kind} by document"), query, ResultUnit::Document));
    let filled = |query: &str| query.replace("{one}", one).replace("{other}", other);
    by_passage.chain(by_document).map(|(kind, query, unit)| (kind, filled(query), unit)).collect()
}

fn operators(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    // Relative dates count from the end of the corpus.
    let query = QueryOptions { expand: false, today: Some(jiff::civil::date(2026, 1, 1)), ..QueryOptions::default() };
    let mut group = measure::group(criterion, "operators", 100);
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let index = NewsIndex::open(&corpus::tradewire_index(&file), &config).expect("the index is whole");
        let searcher = Searcher::new(Arc::new(index), &config.analysis, &config.ranking, &config.glossary);
        for (code, words, wildcards) in WORDS {
            let queries = queries(code, words, wildcards);
            // In turn, so that other load on the machine affects all of them.
            measure::in_turn(|round| {
                for (kind, text, unit) in &queries {
                    let options = SearchOptions {
                        highlight: true,
                        unit: *unit,
                        query: query.clone(),
                        ..SearchOptions::default()
                    };
                    let case = format!("{passages} passages, {code} {kind}");
                    group.bench_with_input(measure::named("tradewire", round, &case), text, |bencher, text| {
                        bencher.iter(|| {
                            let ast = parse_query(black_box(text)).expect("the query is well formed");
                            searcher.answer(&ast, &options).expect("the index is whole").expect("the query has words")
                        });
                    });
                }
            });
        }
    }
    group.finish();
}

criterion_group!(benches, operators);
criterion_main!(benches);
