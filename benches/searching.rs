//! How fast a query is answered by an open index whose pages and dictionaries are warm: parsing, compiling, ranking,
//! reading and marking ten hits. One query a language, as words and as a phrase.

mod corpus;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tradewire::config::Config;
use tradewire::index::NewsIndex;
use tradewire::query::parse_query;
use tradewire::search::{NewsSearcher, SearchOptions};

const QUERIES: [(&str, &str); 8] = [
    ("en/words", "export controls on rare earths"),
    ("en/phrase", "\"supply chain\""),
    ("de/words", "Ausfuhrkontrollen für Seltene Erden"),
    ("de/phrase", "\"Seltene Erden\""),
    ("ko/words", "희토류 수출 통제"),
    ("ko/phrase", "\"수출 통제\""),
    ("zh/words", "稀土出口管制"),
    ("zh/phrase", "\"出口管制\""),
];

fn warm_queries(criterion: &mut Criterion) {
    let config = Config::builtin().expect("the shipped configuration is valid");
    let folder = tempfile::tempdir().expect("a temporary folder");
    corpus::index_seeds(folder.path(), &config);
    let index = NewsIndex::open(folder.path(), &config).expect("the index can be opened");
    let searcher = NewsSearcher::new(&index, &config);
    let options = SearchOptions::default();
    let mut group = criterion.benchmark_group("searching");
    for (name, query) in QUERIES {
        group.bench_with_input(BenchmarkId::from_parameter(name), query, |bencher, query| {
            bencher.iter(|| {
                let ast = parse_query(black_box(query)).expect("the query is well formed");
                searcher.search(&ast, &options).expect("the index can be searched")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, warm_queries);
criterion_main!(benches);
