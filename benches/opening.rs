//! Time of opening an index, at growing sizes, before the first query; compared with bare tantivy.

mod bare;
mod corpus;
mod measure;

use criterion::{Criterion, criterion_group, criterion_main};
use tradewire::internals::config::Config;
use tradewire::internals::index::NewsIndex;

use crate::bare::Bare;

fn opening(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let mut group = measure::group(criterion, "opening", 300);
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let case = format!("{passages} passages");
        let dir = corpus::tradewire_index(&file);
        let bare_dir = bare::same_tokens::index(&file, &config);
        measure::in_turn(|round| {
            group.bench_function(measure::named("tradewire", round, &case), |bencher| {
                bencher.iter(|| NewsIndex::open(&dir, &config).expect("the index is whole"));
            });
            group
                .bench_function(measure::named("bare", round, &case), |bencher| bencher.iter(|| Bare::open(&bare_dir)));
        });
    }
    group.finish();
}

criterion_group!(benches, opening);
criterion_main!(benches);
