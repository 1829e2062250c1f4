//! Speed of each operator beside that of a word and of NEAR, on an open index with warm pages and dictionaries: parsing, compiling,
//! ranking and fetching ten hits, without highlights.

mod corpus;
mod measure;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use tradewire::internals::config::Config;
use tradewire::internals::index::NewsIndex;
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{SearchOptions, Searcher};

/// Two frequent words of each language.
const WORDS: [(&str, &str, &str); 4] =
    [("en", "tariffs", "exports"), ("de", "Zölle", "China"), ("ko", "관세", "수출"), ("zh", "关税", "出口")];

/// The queries of two words, each with the name of its kind.
fn queries(one: &str, other: &str) -> [(&'static str, String); 8] {
    [
        ("word", one.to_owned()),
        ("NEAR", format!("{one} NEAR/5 {other}")),
        ("BEFORE", format!("{one} BEFORE/5 {other}")),
        ("lead", format!("lead:{one}")),
        ("FIRST", format!("FIRST/50 {one}")),
        ("ATLEAST", format!("ATLEAST/3 {one}")),
        ("ATLEAST phrase", format!("ATLEAST/2 \"{one} {other}\"")),
        ("ATLEAST alternatives", format!("ATLEAST/3 ({one} OR {other})")),
    ]
}

fn operators(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let query = QueryOptions { expand: false, ..QueryOptions::default() };
    let options = SearchOptions { highlight: false, query, ..SearchOptions::default() };
    let mut group = measure::group(criterion, "operators", 100);
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let index = NewsIndex::open(&corpus::tradewire_index(&file), &config).expect("the index is whole");
        let searcher = Searcher::new(Arc::new(index), &config.analysis, &config.ranking, &config.glossary);
        for (code, one, other) in WORDS {
            // In turn, so that other load on the machine affects all of them.
            measure::in_turn(|round| {
                for (kind, query) in queries(one, other) {
                    let case = format!("{passages} passages, {code} {kind}");
                    group.bench_with_input(measure::named("tradewire", round, &case), &query, |bencher, query| {
                        bencher.iter(|| {
                            let ast = parse_query(black_box(query)).expect("the query is well formed");
                            searcher.answer(&ast, &options).expect("the index is whole")
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
