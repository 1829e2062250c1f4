//! Speed of highlighting ten hits and choosing their fragments; compared with tantivy's `SnippetGenerator` over the same texts
//! and terms, which highlights single words by its own analysers.

mod bare;
mod corpus;
mod measure;
mod queries;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::snippet::SnippetGenerator;
use tradewire::internals::analysis::Analyzer;
use tradewire::internals::config::Config;
use tradewire::internals::engine::{PassagePlace, StoredPassage};
use tradewire::internals::highlight::{Locator, choose_fragments};
use tradewire::internals::index::NewsIndex;
use tradewire::internals::query::{QueryOptions, compile_query, parse_query};
use tradewire::internals::search::{Hit, SearchOptions, Searcher};

use crate::bare::Bare;
use crate::queries::QUERIES;

const PASSAGES: usize = 10_000;
/// The width of a snippet, in columns: three lines of a terminal.
const COLUMNS: usize = 240;

fn highlighting(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let analyzer = Analyzer::for_queries(&config.analysis);
    let file = corpus::mixed(PASSAGES);
    let index = Arc::new(NewsIndex::open(&corpus::tradewire_index(&file), &config).expect("the index is whole"));
    let bare = Bare::open(&bare::same_tokens::index(&file, &config));
    let mut group = measure::group(criterion, "highlighting", 150);
    for queries in &QUERIES {
        for (kind, query) in [("words", queries.words), ("phrase", queries.phrase)] {
            let ast = parse_query(query).expect("the query is well formed");
            let as_typed = QueryOptions { expand: false, ..QueryOptions::default() };
            let options = SearchOptions { highlight: false, query: as_typed.clone(), ..SearchOptions::default() };
            let found = Searcher::new(index.clone(), &config.analysis, &config.ranking, &config.glossary)
                .answer(&ast, &options)
                .expect("the index is whole");
            let hits = found.expect("the query has words").hits;
            let compiled = compile_query(&ast, &as_typed, false, &*index, &analyzer, &config.ranking, &config.glossary);
            let plan = compiled.expect("the index is whole").expect("the query has words").highlight;
            group.throughput(Throughput::Bytes(hits.iter().map(|hit| hit.text.len() as u64).sum()));
            let stored: Vec<(StoredPassage, String)> = hits.iter().map(|hit| (stored(hit), hit.text.clone())).collect();
            let case = format!("{} {kind}", queries.code);
            let query = bare::same_tokens::query(&bare, &analyzer, queries.code, query);
            let [_, text_field] = bare.fields.of(queries.code);
            measure::in_turn(|round| {
                group.bench_function(measure::named("tradewire", round, &case), |bencher| {
                    bencher.iter(|| {
                        let locator = Locator::new(&plan, &analyzer);
                        let fragments = |(stored, text): &(StoredPassage, String)| {
                            let matches =
                                locator.locate(stored, text, &BTreeSet::new()).expect("the dictionaries are whole");
                            choose_fragments(text, &matches.text, COLUMNS)
                        };
                        stored.iter().map(fragments).collect::<Vec<_>>()
                    });
                });
                group.bench_function(measure::named("bare", round, &case), |bencher| {
                    bencher.iter(|| {
                        let generator = SnippetGenerator::create(&bare.searcher, &*query, text_field);
                        let mut generator = generator.expect("the index is whole");
                        generator.set_max_num_chars(COLUMNS);
                        hits.iter().map(|hit| generator.snippet(&hit.text)).collect::<Vec<_>>()
                    });
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, highlighting);
criterion_main!(benches);

/// A passage as the index stores it.
fn stored(hit: &Hit) -> StoredPassage {
    let (document, passage) = (hit.document.clone(), hit.passage.clone());
    StoredPassage {
        id: document.id,
        title: document.title,
        document_lang: document.lang,
        declared_lang: document.declared_lang,
        lang: passage.lang,
        date: document.date,
        source: document.source,
        authors: document.authors,
        sections: document.sections,
        words: document.words,
        concepts: document.concepts,
        url: document.url,
        path: document.path,
        number: passage.number,
        range: passage.range,
        countries: passage.countries,
        document_countries: document.countries,
        place: PassagePlace::default(),
    }
}
