//! Machines that die in the middle: each fault is really done to the command, many times, and then the index is looked at.
//! Nothing may be lost, doubled or panic. Law 8 is proved here, beside `updates.rs`.
//!
//! [`FAULTS`] says how often each is tried; the table in `docs/src/reliability.md` is compared with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tradewire::internals::search::SearchOptions;

use crate::documents::document;
use crate::workspace::{Run, Workspace, as_typed, copy_folder};

/// What is done, and how often.
pub(crate) const FAULTS: [(&str, usize); 9] = [
    ("killed at a random moment of a run (SIGKILL)", 100),
    ("interrupted at a random moment of a run (SIGINT, SIGTERM)", 40),
    ("a full disk, at another place each time", 40),
    ("a folder that cannot be written to", 8),
    ("several writers at once", 40),
    ("a lock left by a killed process", 20),
    ("killed while a rebuilt index takes the old one's place", 30),
    ("a file of the index with a changed bit, or cut short", 200),
    ("an index of another format or analysis", 10),
];

/// How often a fault is tried.
pub(crate) fn tries(fault: &str) -> usize {
    let of_it = |(name, tries): &(&str, usize)| (*name == fault).then_some(*tries);
    FAULTS.iter().find_map(of_it).unwrap_or_else(|| panic!("no fault is called {fault:?}"))
}

#[test]
fn the_table_in_the_guide_is_what_is_tried() {
    let page = document("docs/src/reliability.md");
    for (name, tries) in FAULTS {
        let row = format!("| {name} | {tries} | 0 | 0 | 0 |");
        assert!(page.contains(&row), "docs/src/reliability.md has no line {row}");
    }
}

/// Articles in all four languages; each passage has the word "harbour", and says in which state of the article it was.
fn write_articles(workspace: &Workspace, name: &str, articles: Range<usize>, state: &str) -> PathBuf {
    let bodies = [
        "The harbour took freight while both governments talked about steel. ",
        "Der Hafen (harbour) nahm Fracht auf, während über Stahlzölle gesprochen wurde. ",
        "harbour 항구에서 두 나라가 철강 관세 협정을 맺었다. ",
        "harbour 兩國在港口簽署了鋼鐵關稅協定。",
    ];
    let lines = articles.map(|number| {
        let paragraphs: Vec<String> = (0..number % 4 + 1).map(|at| bodies[(number + at) % 4].repeat(12)).collect();
        let body = format!("{state} {}", paragraphs.join("\n\n"));
        json!({"id": format!("article {number}"), "title": format!("Title {number}"), "body": body}).to_string() + "\n"
    });
    workspace.write(name, lines.collect::<String>())
}

/// The ids of all articles in the index. Fails if one is there twice or not whole.
fn whole_articles(workspace: &Workspace) -> BTreeSet<String> {
    let options = SearchOptions { limit: 1_000_000, ..as_typed() };
    let mut passages: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for hit in workspace.search("harbour", &options).hits {
        passages.entry(hit.document.id).or_default().push(hit.passage.number);
    }
    for (id, numbers) in &mut passages {
        numbers.sort_unstable();
        let expected: Vec<u32> = (0..numbers.len() as u32).collect();
        assert_eq!(*numbers, expected, "{id} is there twice, or a part of it is missing");
        let article: usize = id.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(!numbers.is_empty() && numbers.len() <= article % 4 + 1, "{id}: {numbers:?}");
    }
    passages.into_keys().collect()
}

fn names(articles: Range<usize>) -> BTreeSet<String> {
    articles.map(|number| format!("article {number}")).collect()
}

/// The end of a command, which must not be a panic.
fn ended(what: &str, output: Output) -> Run {
    let run = Run::of(output);
    assert!(run.code != 101 && !run.stderr.contains("panicked at"), "{what}: {}", run.stderr);
    run
}

fn index(workspace: &Workspace, arguments: &[&str]) {
    let run = workspace.run(&[&["index"][..], arguments].concat());
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
}

/// A copy of a workspace with its index.
fn copy_of(workspace: &Workspace) -> Workspace {
    let copied = Workspace::new();
    copy_folder(workspace.path(), copied.path());
    copied
}

/// As after a kill between the two steps of a commit: tantivy counts its operations from the last commit, so the next run
/// gives the same name to what it notes as deleted.
#[test]
fn what_a_killed_commit_has_noted_as_deleted_is_in_nobodys_way() {
    let workspace = Workspace::new();
    write_articles(&workspace, "news.jsonl", 0..40, "early");
    index(&workspace, &["news.jsonl"]);
    let folder = workspace.index_dir().join("segments-1");
    let read = |name: &str| serde_json::from_slice::<Value>(&fs::read(folder.join(name)).unwrap()).unwrap();
    let segment = read("meta.json")["segments"][0]["segment_id"].as_str().unwrap().replace('-', "");
    let mut managed = read(".managed.json");
    for number in 0..500 {
        let name = format!("{segment}.{number}.del");
        fs::write(folder.join(&name), "").unwrap();
        managed.as_array_mut().unwrap().push(name.into());
    }
    fs::write(folder.join(".managed.json"), managed.to_string()).unwrap();
    write_articles(&workspace, "news.jsonl", 0..40, "late");
    index(&workspace, &["news.jsonl"]);
    assert_eq!(whole_articles(&workspace), names(0..40));
    assert_eq!(workspace.search("late", &as_typed()).hits.len(), 10, "as many as are asked for");
}

/// Kills runs at random moments. After each, the index has at least the articles that it had, each once and whole; and
/// the same command without a kill has all of them, in their last state.
fn kill_at_random(tries: usize, options: &[&str], articles: usize, seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let start = Workspace::new();
    write_articles(&start, "news.jsonl", 0..articles / 4, "early");
    index(&start, &["news.jsonl"]);
    let mut line = vec!["index", "news.jsonl", "more.jsonl"];
    line.extend(options);
    let write_all = |workspace: &Workspace| {
        write_articles(workspace, "news.jsonl", 0..articles / 2, "late");
        write_articles(workspace, "more.jsonl", articles / 2..articles, "late");
    };
    let measured = copy_of(&start);
    write_all(&measured);
    let clock = Instant::now();
    index(&measured, &line[1..]);
    let duration = clock.elapsed();
    assert_eq!(whole_articles(&measured), names(0..articles));

    let mut workspace = copy_of(&start);
    write_all(&workspace);
    let mut killed = 0;
    while killed < tries {
        let mut child = workspace.command().args(&line).spawn().unwrap();
        // Half of them in the last third, where it commits, merges and tidies up.
        let from = if random.bool() { 0.0 } else { 0.66 };
        std::thread::sleep(duration.mul_f64(from + (1.05 - from) * random.f64()));
        child.kill().unwrap();
        let ended_by_itself = child.wait().unwrap().success();
        let found = whole_articles(&workspace);
        assert!(found.is_superset(&names(0..articles / 4)), "kill {killed}: {} articles are left", found.len());
        if ended_by_itself {
            assert_eq!(found, names(0..articles), "after kill {killed}");
            workspace = copy_of(&start);
            write_all(&workspace);
            continue;
        }
        killed += 1;
        if killed % 10 == 0 {
            index(&workspace, &line[1..]);
            assert_eq!(whole_articles(&workspace), names(0..articles), "after kill {killed}");
            assert_eq!(workspace.documents("early"), Vec::<String>::new(), "after kill {killed}");
            workspace = copy_of(&start);
            write_all(&workspace);
        }
    }
}

#[test]
fn killed_at_a_random_moment() {
    kill_at_random(tries("killed at a random moment of a run (SIGKILL)"), &[], 600, 1);
}

#[test]
fn killed_while_a_rebuilt_index_takes_the_place_of_the_old_one() {
    kill_at_random(tries("killed while a rebuilt index takes the old one's place"), &["--rebuild"], 300, 2);
}

/// What is said of an interrupted run is what became of it: what was read is in the index, or all is as it was.
#[test]
#[cfg(unix)]
fn interrupted_at_a_random_moment() {
    const ARTICLES: usize = 400;
    let mut random = fastrand::Rng::with_seed(3);
    let start = Workspace::new();
    write_articles(&start, "news.jsonl", 0..ARTICLES / 4, "early");
    index(&start, &["news.jsonl"]);
    let before = whole_articles(&start);
    write_articles(&start, "news.jsonl", 0..ARTICLES, "late");
    let clock = Instant::now();
    index(&copy_of(&start), &["news.jsonl"]);
    let duration = clock.elapsed();
    let (mut ended_in_order, mut tried) = (0, 0);
    let tries = tries("interrupted at a random moment of a run (SIGINT, SIGTERM)");
    while tried < tries {
        let workspace = copy_of(&start);
        let is_whole = tried % 4 == 3;
        let options = if is_whole { &["--rebuild"][..] } else { &[] };
        let signal = if tried % 3 == 0 { "-TERM" } else { "-INT" };
        // Every other time while it still waits for articles, or it would nearly always have read them all.
        let is_reading = tried % 4 > 1;
        let mut command = workspace.command();
        command.args(["index", if is_reading { "-" } else { "news.jsonl" }]).args(options);
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let articles = fs::read(workspace.path().join("news.jsonl")).unwrap();
        let (first, rest) = articles.split_at(random.usize(..articles.len()));
        if is_reading {
            input.write_all(first).unwrap();
        }
        std::thread::sleep(duration.mul_f64(random.f64()));
        // It may be at its end already.
        Command::new("kill").args([signal, &child.id().to_string()]).output().unwrap();
        // What it does not read any more is not written.
        let _ = if is_reading { input.write_all(rest) } else { Ok(()) };
        drop(input);
        let run = ended("interrupted", child.wait_with_output().unwrap());
        let found = whole_articles(&workspace);
        let late = workspace.search("late", &SearchOptions { limit: 1_000_000, ..as_typed() }).hits;
        let late: BTreeSet<String> = late.into_iter().map(|hit| hit.document.id).collect();
        match run.code {
            // All was read when it came.
            0 => {
                assert_eq!(found, names(0..ARTICLES), "{}", run.stderr);
                if !run.stderr.contains("interrupted: ending in order") {
                    continue;
                }
            }
            130 if is_whole || run.stderr.contains("the index is unchanged") => {
                assert!(run.stderr.contains("the index is unchanged"), "{}", run.stderr);
                assert_eq!((&found, late.len()), (&before, 0), "{}", run.stderr);
                ended_in_order += 1;
            }
            130 => {
                let said = format!("interrupted: {} document", late.len());
                assert!(run.stderr.contains(&said), "{} are there, but: {}", late.len(), run.stderr);
                assert!(found.is_superset(&before), "{}", run.stderr);
                ended_in_order += 1;
            }
            // Before it could take note of it, the signal ended it.
            _ => assert_eq!((&found, late.len()), (&before, 0), "{}", run.stderr),
        }
        tried += 1;
        index(&workspace, &["news.jsonl"]);
        assert_eq!(whole_articles(&workspace), names(0..ARTICLES));
        assert_eq!(workspace.documents("early"), Vec::<String>::new());
        assert_eq!(workspace.run(&["verify"]).code, 0);
    }
    assert!(ended_in_order >= tries / 4, "{ended_in_order} of {tries} ended before the end");
}

/// Runs the command where no file can be longer than a number of blocks of 512 bytes, as on a full disk: a write then fails.
fn index_with_little_space(workspace: &Workspace, blocks: u64) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut command = workspace.command_under(&["sh", "-c", &script, "sh"]);
    ended(&format!("{blocks} blocks"), command.args(["index", "news.jsonl"]).output().unwrap())
}

#[test]
#[cfg(unix)]
fn a_full_disk() {
    let start = Workspace::new();
    write_articles(&start, "news.jsonl", 0..40, "early");
    index(&start, &["news.jsonl"]);
    let (mut failed, mut succeeded) = (0, 0);
    let tries = tries("a full disk, at another place each time");
    for number in 0..tries {
        let workspace = copy_of(&start);
        write_articles(&workspace, "news.jsonl", 0..400, "late");
        // From nothing at all to nearly enough.
        let blocks = (1.22_f64.powi(number as i32) - 1.0) as u64;
        let run = index_with_little_space(&workspace, blocks);
        let found = whole_articles(&workspace);
        if run.code == 0 {
            succeeded += 1;
            assert_eq!(found, names(0..400), "{blocks} blocks");
        } else {
            failed += 1;
            assert_eq!(run.code, 2, "{blocks} blocks: {}", run.stderr);
            assert!(found.is_superset(&names(0..40)), "{blocks} blocks: {} are left", found.len());
            assert!(run.stderr.contains("ile too large"), "{blocks} blocks: {}", run.stderr);
        }
        index(&workspace, &["news.jsonl"]);
        assert_eq!(whole_articles(&workspace), names(0..400), "{blocks} blocks");
        assert_eq!(workspace.documents("early"), Vec::<String>::new(), "{blocks} blocks");
    }
    assert!(failed > tries / 2 && succeeded > 0, "{failed} failed, {succeeded} did not");
}

/// What runs a command so that it cannot write to a folder, though the tests may run as root; `None` where nothing does.
#[cfg(unix)]
fn unable_to_write_to(folder: &Path) -> Option<Vec<String>> {
    let mut permissions = fs::metadata(folder).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder, permissions).unwrap();
    let folder = folder.display().to_string();
    let mount = format!("mount --bind '{folder}' '{folder}' && mount -o remount,ro,bind '{folder}' && exec \"$@\"");
    let ways = [vec![], vec!["unshare", "--mount", "sh", "-c", &mount, "sh"]];
    let works = |way: &&Vec<&str>| {
        let probe = format!("! touch '{folder}/probe'");
        let words = [way.as_slice(), &["sh", "-c", &probe]].concat();
        Command::new(words[0]).args(&words[1..]).output().is_ok_and(|output| output.status.success())
    };
    let way = ways.iter().find(works)?;
    Some(way.iter().map(|&word| word.to_owned()).collect())
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_to() {
    let workspace = Workspace::new();
    write_articles(&workspace, "news.jsonl", 0..20, "early");
    index(&workspace, &["news.jsonl"]);
    write_articles(&workspace, "news.jsonl", 0..30, "late");
    let Some(wrapper) = unable_to_write_to(&workspace.index_dir()) else {
        panic!("this test needs a user who is not root, or a root who may mount");
    };
    let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    let run =
        |arguments: &[&str]| ended("read-only", workspace.command_under(&wrapper).args(arguments).output().unwrap());
    for _ in 0..tries("a folder that cannot be written to") / 2 {
        for options in [&["index", "news.jsonl"][..], &["index", "--rebuild", "news.jsonl"]] {
            let refused = run(options);
            assert_eq!(refused.code, 2, "{options:?}: {}", refused.stderr);
            assert!(refused.stderr.contains("cannot be written to"), "{options:?}: {}", refused.stderr);
            let found = run(&["search", "harbour", "--format", "trec", "-n", "1000"]);
            assert_eq!((found.code, found.stdout.lines().count()), (0, 20), "{options:?}: {}", found.stderr);
        }
    }
}

#[test]
fn several_writers_at_once() {
    const WRITERS: usize = 4;
    for round in 0..tries("several writers at once") / WRITERS {
        let workspace = Workspace::new();
        let children: Vec<_> = (0..WRITERS)
            .map(|number| {
                let name = format!("{number}.jsonl");
                write_articles(&workspace, &name, number * 20..number * 20 + 20, "text");
                workspace.command().args(["index", &name]).spawn().unwrap()
            })
            .collect();
        let mut expected = BTreeSet::new();
        for (number, child) in children.into_iter().enumerate() {
            let run = ended("several writers", child.wait_with_output().unwrap());
            match run.code {
                0 => expected.extend(names(number * 20..number * 20 + 20)),
                2 => assert!(run.stderr.contains("another tradewire is writing to the index"), "{}", run.stderr),
                code => panic!("round {round}: {code} {}", run.stderr),
            }
        }
        assert!(!expected.is_empty(), "round {round}: each kept the others out");
        assert_eq!(whole_articles(&workspace), expected, "round {round}");
        index(&workspace, &["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl"]);
        assert_eq!(whole_articles(&workspace), names(0..80), "round {round}");
    }
}

#[test]
fn a_lock_left_by_a_killed_process() {
    let workspace = Workspace::new();
    write_articles(&workspace, "news.jsonl", 0..20, "text");
    index(&workspace, &["news.jsonl"]);
    let locks = || {
        let inside = fs::read_dir(workspace.index_dir()).unwrap().map(|entry| entry.unwrap().file_name());
        inside.filter(|name| name.to_string_lossy().contains("lock")).count()
    };
    for round in 0..tries("a lock left by a killed process") {
        let waiting = || workspace.command().args(["index", "-"]).spawn().unwrap();
        let mut child = waiting();
        let clock = Instant::now();
        while workspace.run(&["index", "news.jsonl"]).code == 0 {
            assert!(clock.elapsed() < Duration::from_secs(60), "the writer never began");
            // It came while the other was writing.
            if child.try_wait().unwrap().is_some() {
                child = waiting();
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(locks() > 0, "nothing was left to get in the way");
        index(&workspace, &["news.jsonl"]);
        assert_eq!(whole_articles(&workspace), names(0..20), "round {round}");
    }
}
