//! SIGINT and SIGTERM: a run ends in order, and says what became of what it had read.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use crate::workspace::Workspace;

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), child.id().to_string()]).status().unwrap().success());
}

/// Starts a run over standard input, sends `count` articles and a signal, and one article more, which ends the waiting.
fn interrupted(workspace: &Workspace, options: &[&str], count: usize, name: &str) -> (i32, String) {
    let mut child = workspace.command().args(["index", "-"]).args(options).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // Together far more than the beginning by which the encoding is known.
    let body = "harbour ".repeat(500);
    for number in 0..count {
        writeln!(input, "{{\"id\":\"{number}\",\"body\":\"{body}\"}}").unwrap();
    }
    // So that they are read before the signal comes.
    thread::sleep(Duration::from_millis(500));
    signal(&child, name);
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    err.read_line(&mut line).unwrap();
    assert_eq!(line, "tradewire: interrupted: finishing cleanly; interrupt again to stop at once\n");
    writeln!(input, "{{\"id\":\"last\",\"body\":\"harbour\"}}").unwrap();
    drop(input);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut err, &mut rest).unwrap();
    (child.wait().unwrap().code().unwrap(), rest)
}

#[test]
fn what_was_read_is_committed() {
    for name in ["INT", "TERM"] {
        let workspace = Workspace::new();
        let (code, message) = interrupted(&workspace, &[], 50, name);
        assert_eq!(code, 130, "{message}");
        let count = workspace.documents("harbour").len();
        // The last may still have been on their way.
        assert!((25..=50).contains(&count), "{count} documents");
        let expected = format!(
            "interrupted: {count} documents were committed; run the same command again to continue, with the whole of standard input\n"
        );
        assert_eq!(message, format!("tradewire: {expected}"));
        assert_eq!(workspace.run(&["verify"]).code, 0);
    }
}

#[test]
fn a_whole_that_is_not_complete_is_rolled_back() {
    for option in ["--rebuild", "--strict"] {
        let workspace = Workspace::with_articles(&[("old", "", "harbour")]);
        let (code, message) = interrupted(&workspace, &[option], 50, "INT");
        assert_eq!(code, 130, "{message}");
        assert!(message.contains("interrupted: the index is unchanged"), "{message}");
        assert_eq!(workspace.documents("harbour"), ["old"]);
    }
}

#[test]
fn a_second_interrupt_ends_at_once() {
    let workspace = Workspace::with_articles(&[("old", "", "harbour")]);
    let mut child = workspace.command().args(["index", "-"]).spawn().unwrap();
    let _input = child.stdin.take().unwrap();
    thread::sleep(Duration::from_millis(300));
    signal(&child, "INT");
    let mut err = BufReader::new(child.stderr.take().unwrap());
    err.read_line(&mut String::new()).unwrap();
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130), "although its input is still open");
    assert_eq!(workspace.documents("harbour"), ["old"]);
    // Its lock went with it.
    workspace.index(&[workspace.write_articles("new.jsonl", &[("new", "", "harbour")])]);
    assert_eq!(workspace.documents("harbour"), ["new", "old"]);
}

#[test]
fn a_run_of_files_goes_on_where_it_was_interrupted() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use tradewire::internals::config::Config;
    use tradewire::internals::index::{IndexOptions, Progress, RunOutcome, index_paths};
    let workspace = Workspace::new();
    for number in 0..20 {
        workspace.write(&format!("news/{number:02}.txt"), "Title\nharbour");
    }
    let stop = Arc::new(AtomicBool::new(false));
    let options = IndexOptions { stop: Some(Arc::clone(&stop)), ..IndexOptions::default() };
    let paths = [workspace.path().join("news")];
    let (config, mut files) = (Config::builtin().unwrap(), 0);
    let report = index_paths(&workspace.index_dir(), &paths, &config, &options, &mut |progress| {
        files += usize::from(matches!(progress, Progress::Bytes(_)));
        stop.store(files == 7, Ordering::Relaxed);
    });
    let report = report.unwrap();
    assert_eq!((report.outcome, report.documents), (RunOutcome::Interrupted, 7));
    assert_eq!(workspace.documents("harbour").len(), 7);
    let report = workspace.index(&paths);
    assert_eq!(report.outcome, RunOutcome::Done);
    assert_eq!(report.documents + report.unchanged, 20, "{report:?}");
    assert!(report.files.unchanged >= 6, "what was read to its end is not read again: {report:?}");
    assert_eq!(workspace.documents("harbour").len(), 20);
}
