//! The public library: documents of a program's own hold what documents from files do, errors are values, and the examples run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tradewire::index_types::{IndexOptions, Progress};
use tradewire::internals::engine::Engine;
use tradewire::internals::index::{NewsIndex, index_paths};
use tradewire::internals::query::{Filters, QueryPlan};
use tradewire::search_types::{QueryOptions, ResultUnit, TimelineOptions};
use tradewire::{Config, Document, Error, Index, IndexWriter, Query, Remedy, SearchOptions, Searcher};

use crate::workspace::{Workspace, seeds};

#[path = "../../examples/custom_output.rs"]
#[allow(dead_code, reason = "its main is for cargo alone")]
mod custom_output;
#[path = "../../examples/index_and_search.rs"]
#[allow(dead_code, reason = "its main is for cargo alone")]
mod index_and_search;
#[path = "../../examples/own_documents.rs"]
#[allow(dead_code, reason = "its main is for cargo alone")]
mod own_documents;

fn written(folder: &Path, documents: &[Document]) {
    let mut writer = IndexWriter::create(folder, &Config::default()).unwrap();
    documents.iter().for_each(|document| writer.add(document.clone()).unwrap());
    writer.finish().unwrap();
}

fn ids(folder: &Path, query: &str) -> Vec<String> {
    let index = Index::open(folder, &Config::default()).unwrap();
    let options = SearchOptions { limit: 1000, unit: ResultUnit::Document, ..SearchOptions::default() };
    let results = index.searcher().search(&Query::parse(query).unwrap(), &options).unwrap();
    let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.document.id).collect();
    ids.sort();
    ids
}

/// Every passage, as it is stored, by document and number.
fn passages(folder: &Path) -> BTreeMap<(String, u32), String> {
    let index = NewsIndex::open(folder, &Config::default()).unwrap();
    let mut passages = BTreeMap::new();
    let all = index.prepare(&QueryPlan::of_filters(&Filters::default())).unwrap().passages().unwrap();
    for (mut stored, text) in index.fetch(&all).unwrap() {
        // The one difference that there may be.
        stored.path = String::new();
        passages.insert((stored.id.clone(), stored.number), format!("{stored:?} {text}"));
    }
    passages
}

#[test]
fn own_documents_become_the_passages_that_their_file_becomes() {
    let workspace = Workspace::new();
    workspace.index(&[seeds()]);
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(seeds()).unwrap() {
        for line in std::fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| record[key].as_str().map(str::to_owned);
            let names = |key: &str| text(key).iter().flat_map(|text| text.split(", ").map(str::to_owned)).collect();
            documents.push(Document {
                id: text("id").unwrap(),
                title: text("title").unwrap_or_default(),
                body: text("body").unwrap_or_default(),
                lang: record["lang"].as_str().and_then(tradewire::Language::from_tag),
                declared_lang: None,
                date: text("date"),
                source: text("source"),
                authors: names("author"),
                sections: names("section"),
                url: text("url"),
                path: String::new(),
            });
        }
    }
    assert!(documents.len() > 50, "{}", documents.len());
    let own = workspace.path().join("own");
    written(&own, &documents);
    assert_eq!(passages(&own), passages(&workspace.index_dir()));
}

#[test]
fn documents_are_replaced_by_id_and_nothing_is_seen_before_its_commit() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::default();
    written(folder.path(), &[Document::new("a", "a harbour"), Document::new("b", "a harbour")]);
    assert_eq!(ids(folder.path(), "harbour"), ["a", "b"]);
    let mut writer = IndexWriter::open(folder.path(), &config).unwrap();
    // Deleted and added again as it was; replaced twice; new and deleted; as it was.
    assert!(writer.delete("a").unwrap() && !writer.delete("a").unwrap() && !writer.delete("none").unwrap());
    writer.add(Document::new("a", "a harbour")).unwrap();
    writer.add(Document::new("b", "a lighthouse")).unwrap();
    writer.add(Document::new("b", "a breakwater")).unwrap();
    writer.add(Document::new("c", "a harbour")).unwrap();
    assert!(writer.delete("c").unwrap());
    assert_eq!(ids(folder.path(), "harbour"), ["a", "b"], "nothing is committed");
    writer.commit().unwrap();
    assert_eq!(ids(folder.path(), "harbour"), ["a"]);
    assert_eq!(ids(folder.path(), "lighthouse"), [""; 0]);
    assert_eq!(ids(folder.path(), "breakwater"), ["b"]);
    writer.add(Document::new("a", "a lighthouse")).unwrap();
    writer.add(Document::new("d", "a harbour")).unwrap();
    drop(writer);
    assert_eq!(ids(folder.path(), "harbour"), ["a"], "what was not committed is gone");
    let mut writer = IndexWriter::open(folder.path(), &config).unwrap();
    writer.add(Document::new("a", "a harbour")).unwrap();
    writer.finish().unwrap();
    assert_eq!(passages(folder.path()).len(), 2);
}

#[test]
fn a_document_of_a_file_that_was_replaced_comes_back_with_its_file() {
    let workspace = Workspace::new();
    let file = workspace.write_articles("a.jsonl", &[("a", "", "a harbour")]);
    workspace.index(std::slice::from_ref(&file));
    let mut writer = IndexWriter::open(workspace.index_dir(), &Config::default()).unwrap();
    writer.add(Document::new("a", "a lighthouse")).unwrap();
    writer.finish().unwrap();
    assert_eq!(ids(&workspace.index_dir(), "lighthouse"), ["a"]);
    // Pruning leaves alone what is from no file.
    let mut writer = IndexWriter::open(workspace.index_dir(), &Config::default()).unwrap();
    writer.add(Document::new("own", "a lighthouse")).unwrap();
    writer.finish().unwrap();
    let options = IndexOptions { prune: true, ..IndexOptions::default() };
    index_paths(&workspace.index_dir(), &[file], &Config::default(), &options, &mut |_| {}).unwrap();
    assert_eq!(ids(&workspace.index_dir(), "harbour"), ["a"], "the later of the two wins");
    assert_eq!(ids(&workspace.index_dir(), "lighthouse"), ["own"]);
}

#[test]
fn what_cannot_be_indexed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = IndexWriter::create(folder.path(), &Config::default()).unwrap();
    let long = "x".repeat(5000);
    let bad = [
        Document::new(" ", "x"),
        Document::new(&long, "x"),
        Document::new("blank", " \n"),
        Document { date: Some("soon".to_owned()), ..Document::new("undated", "x") },
        Document::new("huge", "x".repeat(40 << 20)),
    ];
    let reasons = bad.map(|document| match writer.add(document) {
        Err(error @ Error::InvalidDocument { .. }) => format!("{error}\n"),
        other => panic!("{other:?}"),
    });
    insta::assert_snapshot!("refused_documents", reasons.concat());
    writer.add(Document::new("good", "a harbour")).unwrap();
    writer.finish().unwrap();
    assert_eq!(ids(folder.path(), "harbour"), ["good"]);
}

#[test]
fn errors_are_values() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::default();
    let none = Index::open(folder.path(), &config).err().unwrap();
    assert!(matches!(&none, Error::NoIndex { index } if index == folder.path()), "{none:?}");
    assert_eq!(none.remedy(), Some(Remedy::CreateIndex));
    assert!(matches!(IndexWriter::open(folder.path(), &config), Err(Error::NoIndex { .. })));

    let writer = IndexWriter::create(folder.path(), &config).unwrap();
    assert!(matches!(IndexWriter::create(folder.path(), &config), Err(Error::Locked { .. })));
    writer.finish().unwrap();
    assert!(matches!(IndexWriter::create(folder.path(), &config), Err(Error::IndexExists { .. })));

    let mut other = config.clone();
    other.passages.join_below += 1;
    let refused = Index::open(folder.path(), &other).err().unwrap();
    assert!(matches!(&refused, Error::OtherAnalysis { remedy: Remedy::Rebuild(_), .. }), "{refused:?}");

    let query = Query::parse("\"\" OR").unwrap_err();
    assert!(matches!(Error::from(query), Error::InvalidQuery(_)));
    let searcher = Index::open(folder.path(), &config).unwrap().searcher();
    let signs = searcher.search(&Query::plain("?!").unwrap(), &SearchOptions::default());
    assert!(matches!(signs, Err(Error::InvalidQuery(_))), "{signs:?}");

    assert!(matches!(Config::from_dir(folder.path()), Err(Error::Config { .. })));
    for file in std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()) {
        if file.file_name().is_some_and(|name| name == "manifest.json") {
            std::fs::write(&file, "{").unwrap();
        }
    }
    let damaged = Index::open(folder.path(), &config).err().unwrap();
    assert!(matches!(&damaged, Error::Damaged { remedy: Remedy::DeleteAndRebuild { .. }, .. }), "{damaged:?}");
}

#[test]
fn a_searcher_is_shared_between_threads_and_outlives_its_index() {
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), &[Document::new("a", "a harbour"), Document::new("b", "두 항구가 다시 열렸다")]);
    let searcher: Searcher = Index::open(folder.path(), &Config::default()).unwrap().searcher();
    is_shared(&searcher);
    let found = |searcher: Searcher, query: &'static str| {
        std::thread::spawn(move || {
            searcher.search(&Query::parse(query).unwrap(), &SearchOptions::default()).unwrap().hits.len()
        })
    };
    let threads: Vec<_> = ["harbour", "항구", "lighthouse"].map(|query| found(searcher.clone(), query)).into();
    let counts: Vec<usize> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(counts, [1, 1, 0]);
}

#[test]
fn files_are_indexed_counted_and_deleted_as_by_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let (files, dir) = (folder.path().join("files"), folder.path().join("index"));
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("ferry.txt"), "The ferry carries machine parts to the harbour.").unwrap();
    let lines = "{\"id\": \"a\", \"body\": \"항구가 커진다.\", \"date\": \"2025-03-02\"}\nno record\n\
                 {\"id\": \"b\", \"body\": \"港口扩建。\", \"date\": \"2025-05-02\"}\n";
    std::fs::write(files.join("notes.jsonl"), lines).unwrap();
    let config = Config::default();
    let update = |options: &IndexOptions, paths: &[PathBuf]| {
        let mut places = Vec::new();
        let report = Index::update(&dir, paths, &config, options, &mut |progress| {
            if let Progress::Problem(problem) = progress {
                places.push(problem.place.rsplit('/').next().unwrap().to_owned());
            }
        });
        (report, places)
    };
    let strict = IndexOptions { strict: true, ..IndexOptions::default() };
    let (stopped, _) = update(&strict, std::slice::from_ref(&files));
    assert!(matches!(&stopped, Err(Error::StoppedByProblem(problem)) if problem.place.ends_with("notes.jsonl:2")));
    let (report, places) = update(&IndexOptions::default(), std::slice::from_ref(&files));
    let report = report.unwrap();
    assert_eq!((report.documents, report.lost, places), (3, 1, vec!["notes.jsonl:2".to_owned()]));

    let index = Index::open(&dir, &config).unwrap();
    assert_eq!((index.stats().unwrap().documents, index.stats().unwrap().languages["ko"]), (3, 1));
    let (searcher, options) = (index.searcher(), QueryOptions::default());
    let query = |text: &str| Query::parse(text).unwrap();
    assert_eq!(searcher.documents(&query("항구 OR 港口"), &options).unwrap(), ["a", "b"]);
    assert!(matches!(searcher.documents(&query("!"), &options), Err(Error::InvalidQuery(_))));
    let timeline = searcher.timeline(&query("항구 OR 港口"), &TimelineOptions::default()).unwrap();
    let periods: Vec<String> = timeline.periods.iter().map(|(period, _)| period.to_string()).collect();
    assert_eq!((periods.first().unwrap().as_str(), timeline.total.count, timeline.total.all), ("2025-03", 2, 3));
    let everything = searcher.timeline_of_everything(&TimelineOptions::default()).unwrap();
    assert_eq!((everything.total.count, everything.unknown.count), (3, 1));

    assert_eq!(Index::delete(&dir, &["a".to_owned(), "none".to_owned()], &config).unwrap(), 1);
    assert!(!index.refreshed().unwrap().unwrap().has_document("a").unwrap());
    let rebuild = IndexOptions { rebuild: true, ..IndexOptions::default() };
    let (unreadable, _) = update(&rebuild, &[files.join("no such file.txt")]);
    assert!(matches!(unreadable, Err(Error::InvalidInput { .. })), "{unreadable:?}");
    let no_folder = Index::open(files.join("ferry.txt"), &config);
    assert!(matches!(no_folder, Err(Error::Io { .. })), "{:?}", no_folder.err());
}

#[test]
fn the_examples_run() {
    let mut printed = Vec::new();
    index_and_search::run(&mut printed).unwrap();
    printed.push(b'\n');
    own_documents::run(&mut printed).unwrap();
    printed.push(b'\n');
    custom_output::run(&mut printed).unwrap();
    insta::assert_snapshot!("examples", String::from_utf8(printed).unwrap());
}
