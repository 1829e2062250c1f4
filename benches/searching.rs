//! Speed of queries on an open index with warm pages and dictionaries, at growing sizes: parsing, compiling, ranking and fetching
//! ten hits (`searching`), and highlighting them as well (`marking`).
//!
//! Compared with bare tantivy and the same tokens, made before the clock starts, in the fields of the query's language, which it
//! is given; and with tantivy's `SnippetGenerator` for highlights.

mod bare;
mod corpus;
mod measure;
mod queries;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use tantivy::query::Query;
use tantivy::snippet::SnippetGenerator;
use tradewire::internals::analysis::Analyzer;
use tradewire::internals::config::Config;
use tradewire::internals::index::NewsIndex;
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{SearchOptions, SearchResults, Searcher};

use crate::bare::Bare;
use crate::queries::QUERIES;

fn searching(criterion: &mut Criterion) {
    measure(criterion, "searching", false, &["word", "words", "phrase", "boolean", "prefix"]);
}

fn marking(criterion: &mut Criterion) {
    // tantivy highlights nothing for a prefix, and these two kinds stand for the others.
    measure(criterion, "marking", true, &["word", "words", "phrase"]);
}

fn measure(criterion: &mut Criterion, name: &str, highlight: bool, kinds: &[&str]) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let analyzer = Analyzer::for_queries(&config.analysis);
    // Bare tantivy has no glossary.
    let query = QueryOptions { expand: false, ..QueryOptions::default() };
    let options = SearchOptions { highlight, query, ..SearchOptions::default() };
    let mut group = measure::group(criterion, name, 100);
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let index = NewsIndex::open(&corpus::tradewire_index(&file), &config).expect("the index is whole");
        let searcher = Searcher::new(Arc::new(index), &config.analysis, &config.ranking, &config.glossary);
        let bare = Bare::open(&bare::same_tokens::index(&file, &config));
        for queries in &QUERIES {
            for (kind, query) in queries.kinds() {
                if !kinds.contains(&kind) {
                    continue;
                }
                let case = format!("{passages} passages, {} {kind}", queries.code);
                let same_query = bare::same_tokens::query(&bare, &analyzer, queries.code, query);
                let [_, text_field] = bare.fields.of(queries.code);
                measure::in_turn(|round| {
                    group.bench_with_input(measure::named("tradewire", round, &case), query, |bencher, query| {
                        bencher.iter(|| search(&searcher, black_box(query), &options));
                    });
                    group.bench_function(measure::named("bare", round, &case), |bencher| {
                        bencher.iter(|| {
                            let documents = bare.search(black_box(&*same_query));
                            if highlight {
                                marked(&bare, &*same_query, text_field, &documents)
                            } else {
                                documents.len()
                            }
                        });
                    });
                });
            }
        }
    }
    group.finish();
}

fn search(searcher: &Searcher, query: &str, options: &SearchOptions) -> SearchResults {
    let ast = parse_query(query).expect("the query is well formed");
    searcher.answer(&ast, options).expect("the index is whole").expect("the query has words")
}

fn marked(
    bare: &Bare,
    query: &dyn Query,
    field: tantivy::schema::Field,
    documents: &[tantivy::TantivyDocument],
) -> usize {
    let generator = SnippetGenerator::create(&bare.searcher, query, field).expect("the index is whole");
    documents.iter().map(|document| generator.snippet(bare.stored(document)[1]).highlighted().len()).sum()
}

criterion_group!(benches, searching, marking);
criterion_main!(benches);
