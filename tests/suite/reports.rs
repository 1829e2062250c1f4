//! `--report`, and how many problems are printed.

use std::fs;

use serde_json::{Value, json};

use crate::workspace::Workspace;

fn report(workspace: &Workspace) -> Value {
    serde_json::from_str(&fs::read_to_string(workspace.path().join("report.json")).unwrap()).unwrap()
}

#[test]
fn a_report_says_what_was_done() {
    let workspace = Workspace::new();
    workspace.write(
        "news/1.jsonl",
        "{\"id\":\"a\",\"body\":\"harbour\"}\nbroken\u{1b}[31m\n{\"id\":\"b\",\"body\":\"x\",\"date\":\"soon\"}\n",
    );
    workspace.write("news/two.txt", "Two\nharbour");
    workspace.write("news/photo.xyz", "no text");
    let line = ["index", "news", "--report", "report.json"];
    let run = workspace.run(&line);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let first = report(&workspace);
    assert_eq!(first["version"], 1);
    assert_eq!(first["outcome"], "done");
    assert_eq!(first["index"], workspace.index_dir().display().to_string());
    assert_eq!(first["documents"], json!({"indexed": 3, "unchanged": 0, "removed": 0, "superseding": 0}));
    assert_eq!(first["files"], json!({"read": 1, "unchanged": 0, "skipped": 1, "failed": 1}));
    let place = |list: &str| first[list][0]["place"].as_str().unwrap().to_owned();
    assert_eq!(place("failed"), "news/1.jsonl:2");
    assert_eq!(place("noted"), "news/1.jsonl:3");
    assert_eq!(place("skipped"), "news/photo.xyz");
    assert_eq!(first["omitted"], 0);
    assert!(first["encodings"].is_object() && first["undecodable"].is_u64());
    // A file with a problem is read again, so that the problem is reported again; its documents are as they were.
    let run = workspace.run(&line);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let second = report(&workspace);
    assert_eq!(second["documents"], json!({"indexed": 0, "unchanged": 3, "removed": 0, "superseding": 0}));
    assert_eq!(second["files"], json!({"read": 0, "unchanged": 1, "skipped": 1, "failed": 1}));
    assert_eq!(second["failed"], first["failed"]);
}

#[test]
fn a_report_can_go_to_standard_output() {
    let workspace = Workspace::new();
    workspace.write("two.txt", "Two\nharbour");
    let run = workspace.run(&["index", "two.txt", "--report", "-"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["documents"]["indexed"], 1);
    let run = workspace.run(&["index", "two.txt", "--report", "no/such/folder"]);
    assert_eq!(run.code, 2, "it is known before anything is read: {}", run.stderr);
    assert!(run.stderr.contains("writing the report `no/such/folder`"), "{}", run.stderr);
}

#[test]
fn a_flood_of_problems_is_counted() {
    let workspace = Workspace::new();
    workspace.write("many.jsonl", "broken\n".repeat(10_500));
    let run = workspace.run(&["index", "many.jsonl"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("tradewire: many.jsonl:")).count(), 100);
    assert!(
        run.stderr.contains("10,400 further problems are only counted; `--report FILE` lists them"),
        "{}",
        run.stderr
    );
    workspace.run(&["index", "many.jsonl", "--report", "report.json"]);
    let report = report(&workspace);
    assert_eq!(report["failed"].as_array().unwrap().len(), 10_000);
    assert_eq!(report["omitted"], 500);
}

#[test]
fn a_run_that_fails_has_a_report_and_until_then_the_last_one_stays() {
    let workspace = Workspace::new();
    workspace.write("report.json", "the last one");
    workspace.write_articles("good.jsonl", &[("a", "", "harbour")]);
    workspace.write("bad.jsonl", "{\"id\":\"b\"\n");
    let run = workspace.run(&["index", "--report", "nowhere/report.json", "good.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("writing the report `nowhere/report.json`"), "{}", run.stderr);
    assert_eq!(workspace.run(&["index", "--report", "report.json", "--limit", "no=1", "good.jsonl"]).code, 2);
    assert_eq!(fs::read_to_string(workspace.path().join("report.json")).unwrap(), "the last one");
    assert_eq!(workspace.run(&["index", "--strict", "--report", "report.json", "bad.jsonl"]).code, 2);
    let found = report(&workspace);
    assert_eq!(found["outcome"], "failed");
    assert!(found["error"].as_str().unwrap().contains("stopped because of --strict"), "{found}");
}
