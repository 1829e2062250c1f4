//! `--prune`: what vanished is removed, and nothing else.

use std::fs;
use std::path::PathBuf;

use tradewire::internals::index::{IndexOptions, Report};

use crate::workspace::Workspace;

fn pruning() -> IndexOptions {
    IndexOptions { prune: true, ..IndexOptions::default() }
}

/// Two folders, `a` with three files and `ab` with one, all indexed.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write_articles("a/1.jsonl", &[("1", "", "harbour"), ("2", "", "harbour")]);
    workspace.write("a/three.txt", "Three\nharbour");
    workspace.write("a/deep/four.txt", "Four\nharbour");
    workspace.write_articles("ab/5.jsonl", &[("5", "", "harbour")]);
    workspace.index(&[workspace.path().join("a"), workspace.path().join("ab")]);
    assert_eq!(workspace.documents("harbour"), ["1", "2", "5", "deep/four.txt", "three.txt"]);
    workspace
}

fn prune(workspace: &Workspace, names: &[&str]) -> Report {
    let paths: Vec<PathBuf> = names.iter().map(|name| workspace.path().join(name)).collect();
    workspace.index_with(&paths, &pruning())
}

#[test]
fn files_and_lines_that_are_gone_are_removed() {
    let workspace = workspace();
    fs::remove_file(workspace.path().join("a/three.txt")).unwrap();
    workspace.write_articles("a/1.jsonl", &[("2", "", "harbour"), ("6", "", "harbour")]);
    let report = prune(&workspace, &["a"]);
    assert_eq!((report.documents, report.removed), (1, 2), "{report:?}");
    assert_eq!(workspace.documents("harbour"), ["2", "5", "6", "deep/four.txt"]);
    // Nothing is left to be done.
    let report = prune(&workspace, &["a"]);
    assert_eq!((report.documents, report.unchanged, report.removed), (0, 3, 0), "{report:?}");
}

#[test]
fn without_the_option_nothing_is_removed() {
    let workspace = workspace();
    fs::remove_dir_all(workspace.path().join("a/deep")).unwrap();
    workspace.write_articles("a/1.jsonl", &[("2", "", "harbour")]);
    workspace.index(&[workspace.path().join("a")]);
    assert_eq!(workspace.documents("harbour").len(), 5);
}

#[test]
fn only_what_is_below_the_named_paths_is_removed() {
    let workspace = workspace();
    fs::remove_dir_all(workspace.path().join("ab")).unwrap();
    fs::remove_dir_all(workspace.path().join("a/deep")).unwrap();
    let run = workspace.run_with_input(&["index", "-"], "{\"id\":\"stdin\",\"body\":\"harbour\"}\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(prune(&workspace, &["a/1.jsonl"]).removed, 0);
    assert_eq!(prune(&workspace, &["a"]).removed, 1);
    assert_eq!(workspace.documents("harbour"), ["1", "2", "5", "stdin", "three.txt"]);
}

#[test]
fn a_path_without_files_removes_nothing_and_is_an_error() {
    let workspace = workspace();
    for empty_folder in [false, true] {
        let ab = workspace.path().join("ab");
        let _ = fs::remove_dir_all(&ab);
        if empty_folder {
            fs::create_dir(&ab).unwrap();
        }
        let run = workspace.run(&["index", "--prune", "ab", "a"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(
            run.stderr.contains("/ab: no file was found there, so pruning removed none of its documents"),
            "{}",
            run.stderr
        );
        assert_eq!(workspace.documents("harbour").len(), 5, "{}", run.stderr);
    }
    // An empty folder below one that has files is one whose files are gone.
    fs::remove_file(workspace.path().join("a/deep/four.txt")).unwrap();
    assert_eq!(prune(&workspace, &["a"]).removed, 1);
}

#[test]
fn what_cannot_be_read_is_kept() {
    let workspace = workspace();
    workspace.write("a/1.jsonl", "{\"id\":\"1\",\"body\":\"harbour\"}\n{\"id\":\"2\",\n");
    let report = prune(&workspace, &["a"]);
    assert_eq!((report.lost, report.removed), (1, 0), "{report:?}");
    assert_eq!(workspace.documents("harbour").len(), 5, "the line of document 2 is broken, not gone");
}

/// A document that moves to another file is there all the time.
#[test]
fn a_document_that_moves_is_kept() {
    let workspace = workspace();
    fs::rename(workspace.path().join("a/1.jsonl"), workspace.path().join("a/moved.jsonl")).unwrap();
    let report = prune(&workspace, &["a"]);
    assert_eq!((report.documents, report.removed), (2, 0), "{report:?}");
    assert_eq!(workspace.documents("harbour").len(), 5);
}

#[test]
fn a_run_that_is_cut_short_removes_nothing() {
    let workspace = workspace();
    fs::remove_file(workspace.path().join("a/three.txt")).unwrap();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let report = workspace.index_with(&[workspace.path().join("a")], &IndexOptions { stop: Some(stop), ..pruning() });
    assert_eq!(report.removed, 0);
    assert_eq!(workspace.documents("harbour").len(), 5);
}

#[test]
fn a_file_that_comes_back_is_indexed_again() {
    let workspace = workspace();
    let (here, away) = (workspace.path().join("a/three.txt"), workspace.path().join("three.txt"));
    fs::rename(&here, &away).unwrap();
    assert_eq!(prune(&workspace, &["a"]).removed, 1);
    fs::rename(&away, &here).unwrap();
    workspace.index(&[workspace.path().join("a")]);
    assert_eq!(workspace.documents("harbour"), ["1", "2", "5", "deep/four.txt", "three.txt"]);
}

#[test]
fn what_a_run_without_the_option_left_is_removed_later() {
    let workspace = workspace();
    workspace.write_articles("a/1.jsonl", &[("2", "", "harbour")]);
    workspace.index(&[workspace.path().join("a")]);
    assert_eq!(workspace.documents("harbour").len(), 5);
    assert_eq!(prune(&workspace, &["a"]).removed, 1);
    assert_eq!(workspace.documents("harbour"), ["2", "5", "deep/four.txt", "three.txt"]);
    let report = prune(&workspace, &["a"]);
    assert_eq!((report.files.unchanged, report.files.read), (3, 0), "now it is as it was");
}

#[test]
#[cfg(unix)]
fn a_folder_is_itself_however_it_is_named() {
    let workspace = workspace();
    std::os::unix::fs::symlink(workspace.path().join("a"), workspace.path().join("link")).unwrap();
    let report = prune(&workspace, &["a/../ab"]);
    assert_eq!((report.files.unchanged, report.removed), (1, 0), "{report:?}");
    let report = prune(&workspace, &["a"]);
    assert_eq!((report.files.unchanged, report.removed), (3, 0), "ab/5.jsonl is not below a: {report:?}");
    fs::remove_file(workspace.path().join("a/three.txt")).unwrap();
    assert_eq!(prune(&workspace, &["link"]).removed, 1);
    assert_eq!(workspace.documents("harbour"), ["1", "2", "5", "deep/four.txt"]);
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_whose_name_it_begins() {
    let workspace = workspace();
    workspace.write("a/three.txt-old.xyz", "no format");
    workspace.write("a/three.txt.gz", "no gzip");
    fs::remove_file(workspace.path().join("a/three.txt")).unwrap();
    assert_eq!(prune(&workspace, &["a"]).removed, 1);
}
