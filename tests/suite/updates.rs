//! What happens to an index over time: documents replaced, the whole rebuilt, two writers, a killed writer, readers
//! meanwhile, and indexes of other versions or damaged ones. Law 8 is proved here.

mod replacement;
mod unchanged;
mod writers;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tradewire::internals::config::Config;
use tradewire::internals::index::{FORMAT, IndexOptions, NewsIndex};
use tradewire::internals::query::parse_query;
use tradewire::internals::search::{SearchOptions, Searcher};

use crate::faults::tries;
use crate::workspace::{Run, Workspace, as_typed, seeds};

/// The counts of an index that depend on its documents alone.
fn counts(workspace: &Workspace) -> Value {
    let run = workspace.run(&["stats", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut stats: Value = serde_json::from_str(&run.stdout).unwrap();
    let fields = stats["fields"].as_object_mut().unwrap();
    // One term for each file.
    fields.remove("file");
    for field in fields.values_mut() {
        field.as_object_mut().unwrap().remove("bytes");
    }
    let stats = stats.as_object().unwrap();
    json!({"documents": stats["documents"], "passages": stats["passages"], "languages": stats["languages"],
           "fields": stats["fields"], "segments": stats["segments"]})
}

fn count(workspace: &Workspace, key: &str) -> u64 {
    counts(workspace)[key].as_u64().unwrap()
}

fn index(workspace: &Workspace, arguments: &[&str]) -> Run {
    let run = workspace.run(&[&["index"][..], arguments].concat());
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    run
}

/// Writes one JSON Lines file of articles that all have the word "harbour" and one word of their own.
fn write_many(workspace: &Workspace, name: &str, range: std::ops::Range<usize>) -> PathBuf {
    let bodies =
        ["The harbour took freight.", "Der harbour im Hafen.", "harbour 항구에서 협정을 맺었다.", "harbour 港口協定。"];
    let lines = range.map(|number| {
        let body = format!("{} word{number}\n\n{}", bodies[number % 4], bodies[(number + 1) % 4].repeat(20));
        json!({"id": format!("article {number}"), "title": format!("Title {number}"), "body": body}).to_string() + "\n"
    });
    workspace.write(name, lines.collect::<String>())
}

/// Articles with a title and 13 MB of nothing: enough of them that a writer commits on the way.
fn write_large(input: &mut impl Write) {
    let blank = " ".repeat(13 << 20);
    for number in 0..24 {
        writeln!(input, "{{\"id\":\"large {number}\",\"title\":\"harbour\",\"body\":\"{blank}\"}}").unwrap();
    }
    input.flush().unwrap();
}

struct SetWhenDropped<'a>(&'a AtomicBool);

impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn indexing_the_same_folder_again_changes_no_count() {
    let workspace = Workspace::new();
    let seeds = seeds().display().to_string();
    index(&workspace, &[&seeds]);
    let first = counts(&workspace);
    assert!(first["documents"].as_u64() >= Some(60));
    let ranking = workspace.run(&["search", "FTA 협정", "--format", "trec", "-n", "100"]).stdout;
    for options in [&[][..], &["--threads", "4"], &["--rebuild"], &["--strict", "--threads", "1"]] {
        index(&workspace, &[&[seeds.as_str()], options].concat());
        assert_eq!(counts(&workspace), first, "{options:?}");
        let again = workspace.run(&["search", "FTA 협정", "--format", "trec", "-n", "100"]).stdout;
        assert_eq!(again, ranking, "{options:?}");
    }
}

#[test]
fn rebuilding_forgets_what_is_not_named() {
    let workspace = Workspace::new();
    workspace.write_articles("a.jsonl", &[("a", "A", "harbour")]);
    workspace.write_articles("b.jsonl", &[("b", "B", "harbour")]);
    index(&workspace, &["a.jsonl"]);
    index(&workspace, &["b.jsonl"]);
    assert_eq!(workspace.documents("harbour"), ["a", "b"]);
    index(&workspace, &["--rebuild", "b.jsonl"]);
    assert_eq!(workspace.documents("harbour"), ["b"]);
    let folders = fs::read_dir(workspace.index_dir()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), 1, "the old files are gone");
}

#[test]
fn rebuilding_from_nothing_readable_keeps_the_old_index() {
    let workspace = Workspace::new();
    index(&workspace, &[workspace.write_articles("a.jsonl", &[("a", "A", "harbour")]).to_str().unwrap()]);
    let run = workspace.run(&["index", "--rebuild", "a.jsnol"]);
    assert_eq!(run.code, 2);
    assert_eq!(workspace.documents("harbour"), ["a"], "a mistyped name emptied the index: {}", run.stderr);
    assert!(run.stderr.contains("a.jsnol: no such file or folder"), "{}", run.stderr);
    assert!(run.stderr.contains("the index is unchanged"), "{}", run.stderr);
}

/// Changes a key of the manifest and returns the message of a search.
fn message_after(workspace: &Workspace, key: &str, value: Value) -> String {
    let path = workspace.index_dir().join("manifest.json");
    let mut manifest: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert!(manifest.get(key).is_some(), "no {key} in {manifest}");
    manifest[key] = value;
    fs::write(&path, manifest.to_string()).unwrap();
    let run = workspace.run(&["search", "harbour"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{key}");
    assert_eq!(workspace.run(&["index", "my news"]).code, 2, "nothing is added to such an index either");
    run.stderr
}

#[test]
#[cfg(unix)]
fn an_index_of_another_version_is_refused_with_the_command_that_mends_it() {
    let workspace = Workspace::new();
    let paths = [
        workspace.write_articles("my news/it's.jsonl", &[("a", "", "harbour")]),
        workspace.write_articles("$HOME/*.jsonl", &[("b", "", "harbour")]),
    ];
    workspace.index(&paths);
    let mut messages = String::new();
    let formats = (0..FORMAT).chain([99]).map(|format| ("format", json!(format)));
    let others: Vec<_> = formats.chain([("fingerprint", json!("0".repeat(64)))]).collect();
    assert_eq!(others.len(), tries("an index of another format or analysis"));
    for (key, value) in others {
        let message = message_after(&workspace, key, value);
        let (_, command) = message.split_once("rebuild it: ").unwrap_or_else(|| panic!("{message}"));
        let script = format!("tradewire() {{ '{}' \"$@\"; }}\n{command}", env!("CARGO_BIN_EXE_tradewire"));
        let mended = std::process::Command::new("sh").args(["-c", &script]).current_dir("/").output().unwrap();
        assert!(mended.status.success(), "{command}: {}", String::from_utf8_lossy(&mended.stderr));
        assert_eq!(workspace.documents("harbour"), ["a", "b"], "{command}");
        let message = message.replace(&workspace.path().display().to_string(), "[DIR]");
        messages.push_str(&message.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
    }
    insta::assert_snapshot!("messages_about_other_versions", messages);
    // Another tradewire with the same format and analysis answers as this one does.
    let path = workspace.index_dir().join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(&path, manifest.replace(env!("CARGO_PKG_VERSION"), "77.0.0")).unwrap();
    assert_eq!(workspace.documents("harbour"), ["a", "b"]);
}

#[test]
fn a_damaged_index_is_refused_and_rebuilt() {
    let workspace = Workspace::new();
    let news = workspace.write_articles("news.jsonl", &[("a", "", "harbour")]);
    let manifest = workspace.index_dir().join("manifest.json");
    let incomplete = format!("{{\"format\": {FORMAT}}}");
    for damage in ["", "{\"format\": 1,", "[]", incomplete.as_str(), "{\"format\": \"one\"}", "\u{0}"] {
        workspace.index(std::slice::from_ref(&news));
        fs::write(&manifest, damage).unwrap();
        let run = workspace.run(&["search", "harbour"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{damage:?}");
        assert!(run.stderr.contains("manifest.json` is damaged; delete `"), "{damage:?}: {}", run.stderr);
        assert_eq!(workspace.run(&["index", "news.jsonl"]).code, 2, "{damage:?}");
        index(&workspace, &["--rebuild", "news.jsonl"]);
        assert_eq!(workspace.documents("harbour"), ["a"], "{damage:?}");
    }
    let mut inside = fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().path());
    fs::remove_dir_all(inside.find(|path| path.is_dir()).unwrap()).unwrap();
    let run = workspace.run(&["search", "harbour"]);
    assert!(run.code == 2 && run.stderr.contains("opening the index files in `"), "{}", run.stderr);
    index(&workspace, &["--rebuild", "news.jsonl"]);
    assert_eq!(workspace.documents("harbour"), ["a"]);
}

/// Searches an index that is opened for it, as each run of the command does.
fn search_once(dir: &Path, config: &Config) -> anyhow::Result<Vec<String>> {
    search_opened(&Arc::new(NewsIndex::open(dir, config)?), config)
}

fn search_opened(index: &Arc<NewsIndex>, config: &Config) -> anyhow::Result<Vec<String>> {
    let options = SearchOptions { limit: 1000, ..as_typed() };
    let searcher = Searcher::new(index.clone(), &config.analysis, &config.ranking, &config.glossary);
    let results = searcher.answer(&parse_query("harbour")?, &options)?.unwrap_or_default();
    let ids: BTreeSet<String> = results.hits.into_iter().map(|hit| hit.document.id).collect();
    Ok(ids.into_iter().collect())
}

#[test]
fn an_open_index_sees_newer_commits_when_it_is_refreshed() {
    let (workspace, config) = (Workspace::new(), Config::builtin().unwrap());
    workspace.index(&[workspace.write_articles("start.jsonl", &[("start", "", "harbour")])]);
    let done = AtomicBool::new(false);
    let dir = workspace.index_dir();
    let seen = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut index = Arc::new(NewsIndex::open(&dir, &config).unwrap());
            let mut seen = vec![search_opened(&index, &config).unwrap().len()];
            loop {
                let is_last = done.load(Ordering::Relaxed);
                if let Some(newer) = index.refreshed(&config).unwrap() {
                    index = Arc::new(newer);
                    seen.push(search_opened(&index, &config).unwrap().len());
                }
                if is_last {
                    assert!(index.refreshed(&config).unwrap().is_none(), "there is no newer one");
                    return seen;
                }
            }
        });
        let _done = SetWhenDropped(&done);
        for number in 0..50 {
            let id = number.to_string();
            workspace.index(&[workspace.write_articles("news.jsonl", &[(id.as_str(), "", "harbour")])]);
            if reading.is_finished() {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
        reading.join().unwrap()
    });
    assert!(seen.is_sorted() && seen.len() > 5, "{seen:?}");
    assert_eq!((seen.first(), seen.last()), (Some(&1), Some(&51)));
}

#[test]
fn rebuilding_from_an_emptied_folder_keeps_the_old_index() {
    let workspace = Workspace::new();
    workspace.write_articles("a/1.jsonl", &[("a", "", "harbour")]);
    workspace.write_articles("b/2.jsonl", &[("b", "", "harbour")]);
    index(&workspace, &["a", "b"]);
    fs::remove_file(workspace.path().join("b/2.jsonl")).unwrap();
    for removed in [false, true] {
        if removed {
            fs::remove_dir(workspace.path().join("b")).unwrap();
        }
        let run = workspace.run(&["index", "--rebuild", "a", "b"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("b: no file was found there, so pruning would remove"), "{}", run.stderr);
        assert_eq!(workspace.documents("harbour"), ["a", "b"]);
    }
}

#[test]
fn an_index_takes_no_folder_for_its_own_and_is_no_news() {
    let workspace = Workspace::new();
    workspace.write("segments-customers/a.txt", "Title\n\nharbour");
    workspace.write("segments-7/a.txt", "Title\n\nharbour");
    workspace.write_articles("1.jsonl", &[("a", "", "harbour")]);
    let inside = workspace.path().join("index");
    for index_dir in [inside.as_path(), workspace.path()] {
        for _ in 0..2 {
            let dir = index_dir.display().to_string();
            let run = workspace.run(&["index", "--strict", "--index", &dir, "segments-customers", "segments-7", "."]);
            // Where the index is the folder itself, its own files are seen.
            assert!(index_dir != inside || run.code == 0, "{}", run.stderr);
            assert!(workspace.path().join("segments-customers/a.txt").exists());
            assert!(workspace.path().join("segments-7/a.txt").exists());
        }
    }
}
