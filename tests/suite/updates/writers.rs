//! Writers and readers at once, and writers that are killed: a second writer is refused, readers go on, and the same run
//! again completes what was begun (law 8).

use super::*;

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
