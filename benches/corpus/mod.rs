//! The corpus of the benches: articles generated from `seeds/`, or those of the folder in `TRADEWIRE_BENCH_CORPUS`.
//!
//! A corpus is written once, as JSON Lines in the target folder, under a name that depends on its sources.
//! Indexes of it are kept beside it until the corpus or the command changes.

#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod generator;
mod names;

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{DocumentReader, ReadEvent, ReadOptions};

use crate::corpus::generator::{Article, EDITIONS, Edition, Generator};

/// The assumed size in bytes of a passage of a foreign corpus.
const PASSAGE_BYTES: usize = 800;

/// The numbers of passages to measure at: 1,000, 10,000 and 100,000, or those in `TRADEWIRE_BENCH_PASSAGES`.
pub(crate) fn sizes() -> Vec<usize> {
    let sizes = std::env::var("TRADEWIRE_BENCH_PASSAGES").unwrap_or_else(|_| "1000,10000,100000".to_owned());
    sizes.split(',').map(|size| size.trim().parse().expect("TRADEWIRE_BENCH_PASSAGES is like 1000,10000")).collect()
}

/// A file of articles in all languages, with about the given number of passages.
pub(crate) fn mixed(passages: usize) -> PathBuf {
    written("mixed", &EDITIONS, passages)
}

/// A file as by [`mixed`], in one language only.
pub(crate) fn of_language(code: &str, passages: usize) -> PathBuf {
    let editions: Vec<Edition> = EDITIONS.into_iter().filter(|edition| edition.code() == code).collect();
    written(code, &editions, passages)
}

/// The articles in a file.
pub(crate) fn documents(file: &Path) -> Vec<Document> {
    let mut documents = Vec::new();
    let config = Config::builtin().expect("the shipped configuration is valid");
    let reader =
        DocumentReader::new(&config.ingest, ReadOptions::default()).expect("the shipped configuration is valid");
    let _ = reader.read(&[file.to_owned()], &mut |read: ReadEvent| {
        if let ReadEvent::Document(document) = read {
            documents.push(document);
        }
        ControlFlow::Continue(())
    });
    documents
}

/// The size in bytes of titles and texts in a file of articles.
pub(crate) fn text_bytes(file: &Path) -> u64 {
    documents(file).iter().map(|document| (document.title.len() + document.body.len()) as u64).sum()
}

/// The folder of an index of `file`, built by `tradewire index`.
pub(crate) fn tradewire_index(file: &Path) -> PathBuf {
    let command = env!("CARGO_BIN_EXE_tradewire");
    let metadata = fs::metadata(command).expect("cargo has built the command");
    let version = (metadata.len(), metadata.modified().expect("the file system knows times"));
    kept_index(file, "tradewire", version, |dir| {
        let mut index = Command::new(command);
        index.arg("index").arg("--rebuild").arg("--index").arg(dir).arg(file).stdout(Stdio::null());
        assert!(index.status().expect("the command runs").success(), "the corpus can be indexed");
    })
}

/// The folder of an index of `file`, made by `build` unless one of this `version` is there.
pub(crate) fn kept_index(file: &Path, name: &str, version: impl Hash, build: impl FnOnce(&Path)) -> PathBuf {
    let dir = file.with_extension(name);
    let note = dir.join("bench-version");
    let version = format!("{:x}", hash_of(version));
    if fs::read_to_string(&note).is_ok_and(|found| found == version) {
        return dir;
    }
    if dir.exists() {
        fs::remove_dir_all(&dir).expect("an old index can be removed");
    }
    fs::create_dir_all(&dir).expect("the target folder can be written to");
    build(&dir);
    fs::write(note, version).expect("the target folder can be written to");
    dir
}

fn written(name: &str, editions: &[Edition], passages: usize) -> PathBuf {
    let foreign = std::env::var_os("TRADEWIRE_BENCH_CORPUS").map(PathBuf::from);
    let made_from = match &foreign {
        Some(folder) => hash_of((folder, tradewire::internals::ingest::total_bytes(std::slice::from_ref(folder)))),
        None => hash_of((include_str!("generator.rs"), include_str!("names.rs"), samples())),
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let file = folder.join(format!("{name}-{passages}-{made_from:016x}.jsonl"));
    if file.exists() {
        return file;
    }
    fs::create_dir_all(&folder).expect("the target folder can be written to");
    // Under another name until it is whole.
    let partial = file.with_extension("partial");
    let mut out = BufWriter::new(File::create(&partial).expect("the target folder can be written to"));
    let mut write = |article: &Article| {
        serde_json::to_writer(&mut out, article).expect("an article is plain data");
        out.write_all(b"\n").expect("the disk has room");
    };
    match foreign {
        Some(folder) => repeated(&folder, (name != "mixed").then_some(name), passages, &mut write),
        None => Generator::new(&samples(), editions).articles(passages).for_each(|article| write(&article)),
    }
    out.flush().expect("the disk has room");
    drop(out);
    fs::rename(partial, &file).expect("a file can be renamed");
    file
}

/// The documents of a folder, as often as it takes, each time under new ids.
fn repeated(folder: &Path, language: Option<&str>, passages: usize, write: &mut impl FnMut(&Article)) {
    let mut documents = documents(folder);
    if let Some(code) = language {
        documents.retain(|document| document.lang.is_some_and(|lang| lang.code() == code));
    }
    let bytes: usize = documents.iter().map(|document| document.body.len()).sum();
    assert!(bytes > 0, "TRADEWIRE_BENCH_CORPUS has no document in {}", language.unwrap_or("any language"));
    let mut left = passages * PASSAGE_BYTES;
    for round in 0.. {
        for document in &documents {
            if left == 0 {
                return;
            }
            left = left.saturating_sub(document.body.len());
            write(&Article {
                id: format!("{}-{round}", document.id),
                title: document.title.clone(),
                body: document.body.clone(),
                lang: document.lang.map(|lang| lang.code().to_owned()),
                date: document.date.clone(),
                author: document.authors.first().cloned(),
                section: document.sections.first().cloned(),
            });
        }
    }
}

/// The sample articles: one JSON Lines file a language.
pub(crate) fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join("news");
    let read = |code: &str| fs::read_to_string(folder.join(format!("{code}.jsonl")));
    ["en", "de", "ko", "zh"].map(|code| read(code).expect("the sample articles are in the checkout")).to_vec()
}

fn hash_of(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
