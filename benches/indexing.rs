//! Speed of indexing a file of articles: reading, analysis, writing and merging, including loading the dictionaries, as in
//! every run; compared with bare tantivy and its own analysers on the same file, merged to one segment.

mod bare;
mod corpus;
#[allow(dead_code, reason = "one round is enough where a run takes a second")]
mod measure;

use std::path::{Path, PathBuf};

use criterion::{BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use tempfile::TempDir;
use tradewire::internals::config::Config;
use tradewire::internals::index::{IndexOptions, index_paths};

/// The cases: about 4 MB of all languages with one thread and with two, and 1.5 MB of each language with one.
const MIXED_PASSAGES: usize = 5_000;
const PASSAGES_OF_ONE: usize = 2_000;

fn indexing(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let mut group = measure::group(criterion, "indexing", 300);
    group.sampling_mode(SamplingMode::Flat);
    let mut files = vec![("mixed", corpus::mixed(MIXED_PASSAGES))];
    files.extend(bare::LANGUAGES.map(|code| (code, corpus::of_language(code, PASSAGES_OF_ONE))));
    for (name, file) in &files {
        group.throughput(Throughput::Bytes(corpus::text_bytes(file)));
        let threads: &[usize] = if *name == "mixed" { &[1, 2] } else { &[1] };
        for &threads in threads {
            let case = format!("{name}, threads: {threads}");
            let options = IndexOptions { rebuild: true, threads, strict: true, ..IndexOptions::default() };
            group.bench_function(BenchmarkId::new("tradewire", &case), |bencher| {
                bencher.iter_batched(folder, |dir| index(&dir, file, &config, &options), BatchSize::PerIteration);
            });
            group.bench_function(BenchmarkId::new("bare", &case), |bencher| {
                bencher.iter_batched(folder, |dir| index_bare(&dir, file, threads), BatchSize::PerIteration);
            });
        }
    }
    group.finish();
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn index(dir: &TempDir, file: &Path, config: &Config, options: &IndexOptions) {
    let paths = [PathBuf::from(file)];
    index_paths(dir.path(), &paths, config, options, &mut |_| {}).expect("the corpus can be indexed");
}

fn index_bare(dir: &TempDir, file: &Path, threads: usize) {
    bare::stock::index_documents(dir.path(), corpus::documents(file).into_iter(), threads);
}

criterion_group!(benches, indexing);
criterion_main!(benches);
