//! Speed of the operators of place on an open index with warm pages, at growing sizes: ten hits of two frequent words in each language,
//! ranked, fetched and highlighted. Compared with the same words joined by NEAR/10, in turn.

mod corpus;
mod measure;
mod queries;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use tradewire::internals::config::Config;
use tradewire::internals::index::NewsIndex;
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{SearchOptions, Searcher};

use crate::queries::QUERIES;

const OPERATORS: [&str; 6] = ["BEFORE/10", "SENTENCE", "PARAGRAPH", "NOT NEAR/10", "NOT SENTENCE", "NOT PARAGRAPH"];

fn places(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let query = QueryOptions { expand: false, ..QueryOptions::default() };
    let options = SearchOptions { highlight: true, query, ..SearchOptions::default() };
    let mut group = measure::group(criterion, "places", 150);
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let index = NewsIndex::open(&corpus::tradewire_index(&file), &config).expect("the index is whole");
        let searcher = Searcher::new(Arc::new(index), &config.analysis, &config.ranking, &config.glossary);
        let answer = |query: &str| {
            let ast = parse_query(query).expect("the query is well formed");
            searcher.answer(&ast, &options).expect("the index is whole").expect("the query has words")
        };
        for queries in &QUERIES {
            let near = queries.boolean.replace("AND", "NEAR/10");
            for operator in OPERATORS {
                let query = queries.boolean.replace("AND", operator);
                let case = format!("{passages} passages, {} {operator}", queries.code);
                measure::in_turn(|round| {
                    for (side, query) in [("tradewire", &query), ("near", &near)] {
                        group.bench_with_input(measure::named(side, round, &case), query, |bencher, query| {
                            bencher.iter(|| answer(black_box(query)));
                        });
                    }
                });
            }
        }
    }
    group.finish();
}

criterion_group!(benches, places);
criterion_main!(benches);
