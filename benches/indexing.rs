//! How fast articles become an index: reading, analysis, writing, merging, of all of `seeds/` at once.
//!
//! The dictionaries are warm: one run goes before the measurement.

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tradewire::config::Config;

/// Bytes of the sample articles.
fn seed_bytes() -> u64 {
    let entries = std::fs::read_dir(corpus::seeds()).expect("the sample articles are in the checkout");
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}

fn index_seeds(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let folder = tempfile::tempdir().expect("a temporary folder");
    corpus::index_seeds(folder.path(), &config);
    let mut group = criterion.benchmark_group("indexing");
    group.throughput(Throughput::Bytes(seed_bytes())).sample_size(10);
    group.bench_function("seeds", |bencher| bencher.iter(|| corpus::index_seeds(folder.path(), &config)));
    group.finish();
}

criterion_group!(benches, index_seeds);
criterion_main!(benches);
