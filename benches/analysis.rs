//! Speed of each analysis chain on text of its language: a query, a passage, and 100 KB at once; compared with tantivy's own
//! analyser for the language. Dictionaries are warm.

mod bare;
mod corpus;
mod measure;
mod queries;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tradewire::internals::analysis::{Analyzer, Chain};
use tradewire::internals::config::Config;

use crate::queries::QUERIES;

const LONG_BYTES: usize = 100_000;

fn chains(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let analyzer = Analyzer::for_indexing(&config.analysis);
    let mut group = measure::group(criterion, "analysis", 150);
    for queries in &QUERIES {
        let documents = corpus::documents(&corpus::of_language(queries.code, 300));
        let passage = bare::paragraphs(&documents[0]).next().expect("an article has paragraphs").to_owned();
        let mut long = String::new();
        for document in &documents {
            if long.len() >= LONG_BYTES {
                break;
            }
            long.push_str(&document.body);
            long.push_str("\n\n");
        }
        let own = bare::same_tokens::chain(queries.code);
        let has_characters = !own.has_positions();
        let chains = [Some(own), has_characters.then_some(Chain::Characters)];
        for (length, text) in [("query", queries.words), ("passage", &passage), ("100 KB", &long)] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            for chain in chains.into_iter().flatten() {
                let case = match chain {
                    Chain::Characters => format!("{} pairs of characters, {length}", queries.code),
                    _ => format!("{}, {length}", queries.code),
                };
                let mut stock = bare::stock::analyzer(queries.code);
                measure::in_turn(|round| {
                    group.bench_with_input(measure::named("tradewire", round, &case), text, |bencher, text| {
                        bencher.iter(|| analyzer.tokens(chain, black_box(text)).expect("the dictionaries are whole"));
                    });
                    group.bench_with_input(measure::named("bare", round, &case), text, |bencher, text| {
                        bencher.iter(|| {
                            let mut tokens = Vec::new();
                            stock.token_stream(black_box(text)).process(&mut |token| tokens.push(token.clone()));
                            tokens
                        });
                    });
                });
            }
        }
    }
    group.finish();
}

criterion_group!(benches, chains);
criterion_main!(benches);
