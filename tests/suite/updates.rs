//! What happens to an index over time: documents replaced, the whole rebuilt, two writers, a killed writer, readers
//! meanwhile, and indexes of other versions or damaged ones. Law 8 is proved here.

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
    for field in stats["fields"].as_object_mut().unwrap().values_mut() {
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
fn a_document_is_replaced_whole_by_its_id() {
    let workspace = Workspace::new();
    let long = |last: &str| format!("{}\n\n{}\n\n{last}", "The harbour. ".repeat(60), "두 나라의 항구. ".repeat(60));
    let (before, after) = (long("The lighthouse."), "Only one paragraph is left, about a harbour.".to_owned());
    let keep = ("other", "Lighthouse", "stays");
    workspace.index(&[workspace.write_articles("news.jsonl", &[("a", "Old title", &long("The lighthouse.")), keep])]);
    let passages = count(&workspace, "passages");
    assert!(passages > 3, "{passages}");
    assert_eq!(workspace.documents("lighthouse"), ["a", "other"]);
    workspace.index(&[workspace.write_articles("news.jsonl", &[("a", "New title", &after)])]);
    assert_eq!(workspace.documents("lighthouse"), ["other"], "a removed paragraph is gone");
    assert_eq!(workspace.documents("항구"), Vec::<String>::new());
    assert_eq!(workspace.documents("old"), Vec::<String>::new());
    assert_eq!(workspace.documents("harbour"), ["a"]);
    assert_eq!((count(&workspace, "documents"), count(&workspace, "passages")), (2, 2));
    workspace.index(&[workspace.write_articles("news.jsonl", &[("a", "Old title", &before)])]);
    assert_eq!(count(&workspace, "passages"), passages);
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

#[test]
fn unusual_ids_are_ids_like_others() {
    let long = "나".repeat(1000);
    let ids =
        [" a ", "a", "A", "a/b\\c", "'\"`", "\u{0}\u{1b}[31m\t\n", "-", "--rebuild", "号外 🎉", "e\u{301}", "é", &long];
    let workspace = Workspace::new();
    for text in ["first harbour", "second harbour"] {
        let articles: Vec<(&str, &str, &str)> = ids.iter().map(|&id| (id, "", text)).collect();
        workspace.index(&[workspace.write_articles("news.jsonl", &articles)]);
    }
    let expected: BTreeSet<String> = ids.map(str::to_owned).into();
    assert_eq!(BTreeSet::from_iter(workspace.documents("second")), expected);
    assert_eq!(workspace.documents("first"), Vec::<String>::new());
    assert_eq!(count(&workspace, "documents"), ids.len() as u64);
}

/// tantivy drops terms of more than 65,530 bytes, so such a document could never be replaced.
#[test]
fn an_id_beyond_all_bounds_is_refused_rather_than_indexed_twice() {
    let workspace = Workspace::new();
    workspace.write_articles("news.jsonl", &[(&"x".repeat(70_000), "", "harbour"), ("b", "", "harbour")]);
    for _ in 0..2 {
        let run = workspace.run(&["index", "news.jsonl"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.starts_with("tradewire: news.jsonl:1: "), "{}", run.stderr);
        assert!(run.stderr.len() < 1000, "the message repeats the id");
    }
    assert_eq!(count(&workspace, "documents"), 1);
}

#[test]
fn of_one_id_twice_in_a_run_the_last_wins() {
    for threads in [1, 4] {
        let workspace = Workspace::new();
        let texts: Vec<(String, String)> = (0..400)
            .map(|number| {
                (format!("id {}", number % 7), format!("harbour version{number} {}", "text ".repeat(number % 50)))
            })
            .collect();
        let articles: Vec<(&str, &str, &str)> =
            texts.iter().map(|(id, text)| (id.as_str(), "", text.as_str())).collect();
        let paths = [
            workspace.write_articles("1.jsonl", &articles[..200]),
            workspace.write_articles("2.jsonl", &articles[200..]),
        ];
        workspace.index_with(&paths, &IndexOptions { threads, ..IndexOptions::default() });
        assert_eq!(count(&workspace, "documents"), 7, "{threads} threads");
        for number in 393..400 {
            let found = workspace.documents(&format!("version{number}"));
            assert_eq!(found, [format!("id {}", number % 7)], "{threads} threads");
        }
        assert_eq!(workspace.documents("version392"), Vec::<String>::new(), "{threads} threads");
    }
}

#[test]
fn of_one_id_twice_in_a_batch_or_in_several_runs_the_last_wins() {
    let workspace = Workspace::new();
    let short: Vec<(String, String)> = (0..6)
        .map(|number| {
            (format!("id {}", number / 2), format!("harbour short{number}\n\n{}", "두 나라의 항구. ".repeat(60)))
        })
        .collect();
    let articles: Vec<(&str, &str, &str)> = short.iter().map(|(id, text)| (id.as_str(), "", text.as_str())).collect();
    let path = workspace.write_articles("news.jsonl", &articles);
    // A new index, one that has the documents, and one that has them twice over.
    for _ in 0..3 {
        workspace.index(&[path.clone(), path.clone()]);
        assert_eq!(count(&workspace, "documents"), 3);
        for number in 0..6 {
            let expected = if number % 2 == 0 { Vec::new() } else { vec![format!("id {}", number / 2)] };
            assert_eq!(workspace.documents(&format!("short{number}")), expected);
        }
    }
    // One of them again, beside others that the index does not have.
    workspace.index(&[workspace.write_articles(
        "more.jsonl",
        &[("id 3", "", "harbour"), ("id 1", "", "harbour changed"), ("id 4", "", "harbour")],
    )]);
    assert_eq!(count(&workspace, "documents"), 5);
    assert_eq!(workspace.documents("changed"), ["id 1"]);
    assert_eq!(workspace.documents("short3"), Vec::<String>::new());
}

#[test]
fn a_document_is_replaced_that_was_committed_on_the_way() {
    let workspace = Workspace::new();
    let mut child = workspace.command().args(["index", "-"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for text in ["harbour early", "harbour late"] {
        for number in 0..3 {
            writeln!(input, "{}", json!({"id": format!("small {number}"), "body": text})).unwrap();
        }
        write_large(&mut input);
    }
    drop(input);
    assert!(child.wait_with_output().unwrap().status.success());
    assert_eq!(count(&workspace, "documents"), 27);
    assert_eq!(workspace.documents("early"), Vec::<String>::new());
    assert_eq!(workspace.documents("late").len(), 3);
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

/// Waits until something is so.
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A writer that holds the index until its input is closed.
fn waiting_writer(workspace: &Workspace, options: &[&str]) -> Child {
    let child = workspace.command().args(["index", "-"]).args(options).spawn().unwrap();
    let folders = || fs::read_dir(workspace.index_dir()).into_iter().flatten().flatten();
    wait_until("the writer has begun", || {
        folders().filter(|entry| entry.path().join("meta.json").exists()).count() > 1
    });
    child
}

#[test]
fn a_second_writer_is_refused_and_readers_go_on() {
    let workspace = Workspace::new();
    workspace.index(&[workspace.write_articles("old.jsonl", &[("old", "", "harbour")])]);
    let mut first = waiting_writer(&workspace, &["--rebuild"]);
    let mut input = first.stdin.take().unwrap();
    writeln!(input, "{}", json!({"id": "new", "body": "harbour"})).unwrap();
    let second = workspace.run(&["index", "old.jsonl"]);
    assert_eq!(second.code, 2);
    let expected = "tradewire: another tradewire is writing to the index in `[DIR]/index`, or checking it; wait until it is done\n";
    assert_eq!(second.stderr.replace(&workspace.path().display().to_string(), "[DIR]"), expected);
    assert_eq!(workspace.run(&["search", "harbour", "--format", "trec"]).stdout.split(' ').nth(2), Some("old"));
    drop(input);
    assert!(first.wait().unwrap().success());
    assert_eq!(workspace.documents("harbour"), ["new"]);
    index(&workspace, &["old.jsonl"]);
    assert_eq!(workspace.documents("harbour"), ["new", "old"]);
}

/// Articles with a title and 13 MB of nothing: enough of them that a writer commits on the way.
fn write_large(input: &mut impl Write) {
    let blank = " ".repeat(13 << 20);
    for number in 0..24 {
        writeln!(input, "{{\"id\":\"large {number}\",\"title\":\"harbour\",\"body\":\"{blank}\"}}").unwrap();
    }
    input.flush().unwrap();
}

#[test]
fn strict_leaves_the_index_alone_however_much_came_before() {
    let workspace = Workspace::new();
    workspace.index(&[workspace.write_articles("old.jsonl", &[("old", "", "harbour")])]);
    let mut child = workspace.command().args(["index", "--strict", "-"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    write_large(&mut input);
    writeln!(input, "broken").unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("tradewire: -:25: "), "{stderr}");
    assert_eq!(workspace.documents("harbour"), ["old"], "{stderr}");
}

#[test]
fn a_rebuild_is_not_seen_before_it_is_complete() {
    let workspace = Workspace::new();
    workspace.index(&[workspace.write_articles("old.jsonl", &[("old", "", "harbour")])]);
    let mut child = waiting_writer(&workspace, &["--rebuild"]);
    let mut input = child.stdin.take().unwrap();
    write_large(&mut input);
    for _ in 0..10 {
        assert_eq!(workspace.documents("harbour"), ["old"], "half an index took the place of a whole one");
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(workspace.documents("harbour"), ["old"]);
}

/// The ids of all articles of [`write_many`] in the index, each once.
fn ids(workspace: &Workspace) -> BTreeSet<String> {
    let shown = workspace.run(&["search", "harbour", "-n", "100000", "--format", "trec"]);
    let ids: Vec<&str> = shown.stdout.lines().filter_map(|line| line.split(' ').nth(2)).collect();
    let once: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(once.len(), ids.len(), "a document is there twice");
    once
}

/// Kills the indexer at several moments of a run, each time on an index with articles in it, and runs it again.
fn kill_and_run_again(options: &[&str]) {
    const ARTICLES: usize = 3000;
    let whole = Workspace::new();
    write_many(&whole, "news.jsonl", 0..ARTICLES);
    let start = Instant::now();
    index(&whole, &["news.jsonl"]);
    let duration = start.elapsed();
    let (expected_counts, expected_ids) = (counts(&whole), ids(&whole));
    assert_eq!(expected_ids.len(), ARTICLES);

    for percent in [3, 20, 45, 70, 85, 95, 99] {
        let workspace = Workspace::new();
        write_many(&workspace, "some.jsonl", 0..200);
        write_many(&workspace, "news.jsonl", 0..ARTICLES);
        index(&workspace, &["some.jsonl"]);
        let before = ids(&workspace);
        let line = [&["index", "news.jsonl"][..], options].concat();
        for _ in 0..2 {
            let mut child = workspace.command().args(&line).spawn().unwrap();
            std::thread::sleep(duration * percent / 100);
            child.kill().unwrap();
            child.wait().unwrap();
            let after = ids(&workspace);
            assert!(after.is_superset(&before), "killed at {percent} %, {} of {}", after.len(), before.len());
        }
        let run = workspace.run(&line);
        assert_eq!(run.code, 0, "killed at {percent} %: {}", run.stderr);
        assert_eq!(ids(&workspace), expected_ids, "killed at {percent} %");
        assert_eq!(counts(&workspace)["fields"], expected_counts["fields"], "killed at {percent} %");
        assert_eq!(counts(&workspace)["documents"], expected_counts["documents"], "killed at {percent} %");
        let left: Vec<PathBuf> =
            fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left.iter().filter(|path| path.is_dir()).count(), 1, "debris: {left:?}");
    }
}

#[test]
fn a_killed_update_is_completed_by_running_it_again() {
    kill_and_run_again(&[]);
}

#[test]
fn a_killed_rebuild_is_completed_by_running_it_again() {
    kill_and_run_again(&["--rebuild"]);
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

struct SetWhenDropped<'a>(&'a AtomicBool);

impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn readers_keep_answering_while_an_index_is_written_and_rebuilt() {
    let (workspace, config) = (Workspace::new(), Config::builtin().unwrap());
    let news = [write_many(&workspace, "news.jsonl", 0..60)];
    workspace.index(&news);
    let dir = workspace.index_dir();
    let expected = search_once(&dir, &config).unwrap();
    assert_eq!(expected.len(), 60);
    let opened = Arc::new(NewsIndex::open(&dir, &config).unwrap());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut searches = 0;
            while !done.load(Ordering::Relaxed) || searches < 20 {
                assert_eq!(search_once(&dir, &config).unwrap(), expected, "a new reader");
                assert_eq!(search_opened(&opened, &config).unwrap(), expected, "a reader from the start");
                searches += 1;
            }
            searches
        });
        // Also when indexing fails, or the reader would go on for ever.
        let _done = SetWhenDropped(&done);
        for rebuild in [false, true, false, true, true, false, true, true, true, true] {
            workspace.index_with(&news, &IndexOptions { rebuild, ..IndexOptions::default() });
            if reading.is_finished() {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
        assert!(reading.join().unwrap() >= 20);
    });
}

#[test]
fn what_has_not_changed_is_neither_read_nor_written() {
    let workspace = Workspace::new();
    let lines = workspace.write_articles("news/1.jsonl", &[("a", "", "harbour"), ("b", "", "harbour")]);
    workspace.write("news/two.txt", "Two\nharbour");
    let news = [workspace.path().join("news")];
    let first = workspace.index(&news);
    assert_eq!((first.documents, first.unchanged, first.files.read), (3, 0, 2));
    let state = |workspace: &Workspace| {
        let mut files: Vec<_> =
            fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        files.iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect::<Vec<_>>()
    };
    let before = state(&workspace);
    let again = workspace.index(&news);
    assert_eq!((again.documents, again.unchanged, again.files.unchanged), (0, 3, 2));
    assert_eq!(again.bytes, first.bytes, "progress counts what is skipped");
    assert_eq!(state(&workspace), before, "nothing is written where nothing is new");
    // A file that grew by a line costs that line.
    let mut text = fs::read_to_string(&lines).unwrap();
    text.push_str("\n{\"id\":\"c\",\"body\":\"harbour\"}");
    fs::write(&lines, text).unwrap();
    let grown = workspace.index(&news);
    assert_eq!((grown.documents, grown.unchanged), (1, 3), "{grown:?}");
    assert_eq!(workspace.documents("harbour"), ["a", "b", "c", "two.txt"]);
    let rebuilt = workspace.index_with(&news, &IndexOptions { rebuild: true, ..IndexOptions::default() });
    assert_eq!((rebuilt.documents, rebuilt.unchanged), (4, 0));
}

/// The index is always that of reading everything: with any changes between runs over any of some files.
#[test]
fn skipping_changes_nothing() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..6 {
        let workspace = Workspace::new();
        let mut expected: std::collections::BTreeMap<String, String> = Default::default();
        let mut files: Vec<Vec<(String, String)>> = vec![Vec::new(); 4];
        for step in 0..8 {
            for (number, articles) in files.iter_mut().enumerate() {
                if random.bool() {
                    let article =
                        |random: &mut fastrand::Rng| (format!("id{}", random.u8(..5)), format!("w{}", random.u8(..3)));
                    *articles = (0..random.usize(1..4)).map(|_| article(&mut random)).collect();
                    let lines: Vec<(&str, &str, &str)> =
                        articles.iter().map(|(id, word)| (id.as_str(), "", word.as_str())).collect();
                    workspace.write_articles(&format!("{number}.jsonl"), &lines);
                }
            }
            let mut named: Vec<usize> = (0..4).filter(|&at| !files[at].is_empty()).collect();
            random.shuffle(&mut named);
            named.truncate(random.usize(1..4));
            let paths: Vec<PathBuf> = named.iter().map(|at| workspace.path().join(format!("{at}.jsonl"))).collect();
            if paths.is_empty() {
                continue;
            }
            workspace.index(&paths);
            expected.extend(named.iter().flat_map(|&at| files[at].clone()));
            for word in ["w0", "w1", "w2"] {
                let ids: Vec<&String> = expected.iter().filter(|(_, at)| *at == word).map(|(id, _)| id).collect();
                assert_eq!(workspace.documents(word).iter().collect::<Vec<_>>(), ids, "step {step}: {word}");
            }
        }
        assert_eq!(workspace.run(&["verify"]).code, 0);
    }
}

#[test]
fn without_what_it_knows_of_files_an_index_is_read_again_and_stays_the_same() {
    let workspace = Workspace::new();
    let news = [workspace.write_articles("1.jsonl", &[("a", "", "harbour"), ("b", "", "harbour")])];
    workspace.index(&news);
    let side_file = workspace.index_dir().join("files");
    let whole = fs::read(&side_file).unwrap();
    for damaged in [&[][..], &whole[..whole.len() - 1], b"something else"] {
        fs::write(&side_file, damaged).unwrap();
        let report = workspace.index(&news);
        assert_eq!((report.files.read, report.documents, report.unchanged), (1, 0, 2));
        assert_eq!(workspace.index(&news).files.unchanged, 1);
    }
    // Of another index.
    fs::copy(&side_file, workspace.path().join("kept")).unwrap();
    workspace.index_with(&news, &IndexOptions { rebuild: true, ..IndexOptions::default() });
    fs::copy(workspace.path().join("kept"), &side_file).unwrap();
    assert_eq!(workspace.index(&news).files.read, 1);
}

/// Files of an index on disk, and its segments.
fn size_of(workspace: &Workspace) -> (usize, usize) {
    let folder =
        fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
    let files = fs::read_dir(folder.unwrap()).unwrap().count();
    (files, workspace.open().segments())
}

#[test]
fn a_thousand_small_updates_leave_few_files() {
    let workspace = Workspace::new();
    for number in 0..1000 {
        let articles = [
            (format!("new {number}"), format!("harbour word{number}")),
            (format!("old {}", number % 10), format!("harbour version{number}")),
        ];
        let articles: Vec<(&str, &str, &str)> =
            articles.iter().map(|(id, text)| (id.as_str(), "", text.as_str())).collect();
        workspace.index(&[workspace.write_articles("news.jsonl", &articles)]);
        if number % 250 == 249 {
            let (files, segments) = size_of(&workspace);
            assert!(files < 40 && segments <= 2, "{files} files, {segments} segments after {number}");
        }
    }
    assert_eq!(count(&workspace, "documents"), 1010);
    assert_eq!(workspace.documents("version999"), ["old 9"]);
    assert_eq!(workspace.documents("version989"), Vec::<String>::new());
    assert_eq!(workspace.run(&["verify"]).code, 0);
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

/// A large segment keeps the few passages that were deleted from it, and these must not count in any ranking (law 7).
#[test]
fn what_was_replaced_in_a_large_segment_leaves_no_trace() {
    let body = |number: usize, version: &str| {
        format!(
            "harbour {} quay{} {version} {}",
            ["freight", "항구 협정", "港口 协定", "Fracht"][number % 4],
            number % 9,
            "ship ".repeat(number % 5)
        )
    };
    let mut texts: Vec<(String, String)> =
        (0..20_300).map(|number| (format!("id {number}"), body(number, "first"))).collect();
    let workspace = Workspace::new();
    fn as_articles(texts: &[(String, String)]) -> Vec<(&str, &str, &str)> {
        texts.iter().map(|(id, text)| (id.as_str(), "Title", text.as_str())).collect()
    }
    let two_threads = IndexOptions { threads: 2, ..IndexOptions::default() };
    workspace.index_with(&[workspace.write_articles("news.jsonl", &as_articles(&texts))], &two_threads);
    for at in (0..300).step_by(10) {
        texts[at].1 = body(at + 1, "second");
    }
    workspace.write_articles("changed.jsonl", &as_articles(&texts[..300]));
    let report = workspace.index(&[workspace.path().join("changed.jsonl")]);
    assert_eq!(report.documents, 300, "they are from another file now");
    // One merge later: only the few, one by one.
    for at in (0..40).step_by(4) {
        texts[at].1 = body(at + 2, "third");
        workspace.write_articles("one.jsonl", &as_articles(&texts[at..=at]));
        workspace.index(&[workspace.path().join("one.jsonl")]);
    }
    let index = workspace.open();
    let deleted = index.deleted_passages();
    assert!((1..=64).contains(&deleted), "{deleted} deleted passages");
    let fresh = Workspace::new();
    fresh.index_with(&[fresh.write_articles("news.jsonl", &as_articles(&texts))], &two_threads);
    for query in [
        "quay3 freight",
        "\"quay4 second\"",
        "first 항구",
        "港口",
        "港",
        "fracht third",
        "secon*",
        "ship harbour",
        "협정 -first",
    ] {
        let scores = |workspace: &Workspace| -> Vec<(String, u64)> {
            let hits = workspace.search(query, &SearchOptions { limit: 40, ..as_typed() }).hits;
            hits.into_iter().map(|hit| (hit.document.id, hit.score.to_bits())).collect()
        };
        let found = scores(&workspace);
        assert!(!found.is_empty(), "{query}");
        assert_eq!(found, scores(&fresh), "{query}");
    }
    assert_eq!(counts(&workspace)["languages"], counts(&fresh)["languages"]);
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

#[test]
fn files_are_read_again_when_the_words_of_dates_change() {
    let workspace = Workspace::new();
    let config = crate::config::copy_of_the_configuration(&workspace);
    let config = config.to_str().unwrap();
    workspace.write("news/a.txt", "Title\n\nPublished 12 March 2024\n\nThe harbour took freight.");
    let date = || workspace.run(&["search", "harbour", "--config", config, "--format", "trec", "date:2024-03"]).code;
    index(&workspace, &["--config", config, "news"]);
    assert_eq!(date(), 0);
    let path = Path::new(config).join("dates.toml");
    let words = fs::read_to_string(&path).unwrap().replace("\"march\"", "\"harch\"");
    fs::write(&path, words).unwrap();
    index(&workspace, &["--config", config, "news"]);
    assert_eq!(date(), 1);
}

#[test]
fn of_one_id_in_two_files_the_later_wins_and_that_is_said() {
    let workspace = Workspace::new();
    workspace.write("de/a.txt", "Eins\n\nharbour eins");
    workspace.write("en/a.txt", "One\n\nharbour one");
    let run = index(&workspace, &["de", "en"]);
    assert!(
        run.stderr.contains("1 document has the id of a document in another file and replaced it"),
        "{}",
        run.stderr
    );
    assert_eq!(workspace.documents("one"), ["a.txt"]);
    assert_eq!(workspace.documents("eins"), Vec::<String>::new());
}
