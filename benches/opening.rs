//! How long it takes to open an index, at growing sizes, before the first query. Beside it, bare tantivy.

mod bare;
mod corpus;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tradewire::config::Config;
use tradewire::index::NewsIndex;

use crate::bare::Bare;

fn opening(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let mut group = criterion.benchmark_group("opening");
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let case = format!("{passages} passages");
        let dir = corpus::tradewire_index(&file);
        group.bench_function(BenchmarkId::new("tradewire", &case), |bencher| {
            bencher.iter(|| NewsIndex::open(&dir, &config).expect("the index is whole"));
        });
        let dir = bare::same_tokens::index(&file, &config);
        group.bench_function(BenchmarkId::new("bare", &case), |bencher| bencher.iter(|| Bare::open(&dir)));
    }
    group.finish();
}

criterion_group!(benches, opening);
criterion_main!(benches);
