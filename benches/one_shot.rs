//! Time of one search as a process, from start to exit, with the index in the page cache; compared with bare tantivy and its own
//! analysers: this program, started again with special arguments. It is small, since it
//! embeds nothing and indexes by the command, so its start costs what a bare program's does.

mod bare;
mod corpus;
mod measure;
mod queries;

use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{Criterion, SamplingMode};

use crate::bare::Bare;
use crate::queries::QUERIES;

/// The first argument that starts the bare program.
const BARE: &str = "bare-tantivy-search";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, first, dir, code, query] = arguments.as_slice()
        && first == BARE
    {
        return search_bare(Path::new(dir), code, query);
    }
    let mut criterion = Criterion::default().configure_from_args();
    one_shot(&mut criterion);
    criterion.final_summary();
}

fn search_bare(dir: &Path, code: &str, query: &str) {
    let bare = Bare::open(dir);
    let mut out = stdout().lock();
    for document in bare.search(&*bare::stock::any_of(&bare, code, query)) {
        let [title, text] = bare.stored(&document);
        writeln!(out, "{title}\n{text}\n").expect("the output is open");
    }
}

fn one_shot(criterion: &mut Criterion) {
    let mut group = measure::group(criterion, "one_shot", 400);
    group.sampling_mode(SamplingMode::Flat);
    let this = std::env::current_exe().expect("a program knows its path");
    for passages in corpus::sizes() {
        let file = corpus::mixed(passages);
        let dir = corpus::tradewire_index(&file);
        let made_by =
            concat!(include_str!("bare/mod.rs"), include_str!("bare/stock.rs"), include_str!("bare/stemmer.rs"));
        let bare_dir = corpus::kept_index(&file, "stock", made_by, |dir| {
            bare::stock::index_documents(dir, corpus::documents(&file).into_iter(), 2);
        });
        for queries in &QUERIES {
            for (kind, query) in [("word", queries.word), ("words", queries.words)] {
                let case = format!("{passages} passages, {} {kind}", queries.code);
                measure::in_turn(|round| {
                    group.bench_function(measure::named("tradewire", round, &case), |bencher| {
                        bencher.iter(|| {
                            // The bare program has no glossary.
                            let mut command = Command::new(env!("CARGO_BIN_EXE_tradewire"));
                            run(command.args(["search", "--no-expand", "--index"]).arg(&dir).arg(black_box(query)));
                        });
                    });
                    group.bench_function(measure::named("bare", round, &case), |bencher| {
                        bencher.iter(|| {
                            run(Command::new(&this).arg(BARE).arg(&bare_dir).args([queries.code, black_box(query)]));
                        });
                    });
                });
            }
        }
    }
    group.finish();
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("the program is there").success(), "there are hits");
}
