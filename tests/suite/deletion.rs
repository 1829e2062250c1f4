//! `tradewire delete` and `tradewire optimize`.

use serde_json::Value;

use crate::workspace::{Workspace, as_typed};

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write_articles(
        "news.jsonl",
        &[
            ("a", "", "The harbour took freight."),
            ("b 1", "", "Der Hafen nahm Fracht an. harbour"),
            ("항구", "", "항구에서 협정을 맺었다. harbour"),
            ("ships", "", "A quay."),
            ("d", "", "Of ships."),
        ],
    );
    let run = workspace.run(&["index", "news.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    workspace
}

fn all(workspace: &Workspace) -> Vec<String> {
    workspace.documents("harbour OR quay OR ships")
}

#[test]
fn a_document_is_removed_by_its_id() {
    let workspace = workspace();
    for (what, left) in [("b 1", 4), ("항구", 3), ("ships", 2)] {
        let run = workspace.run(&["delete", what]);
        assert_eq!((run.code, run.stderr.as_str()), (0, "tradewire: 1 document removed\n"), "{what}");
        assert_eq!(all(&workspace).len(), left, "{what}");
    }
    assert_eq!(all(&workspace), ["a", "d"]);
    let run = workspace.run(&["delete", "--id", "harbour"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(all(&workspace), ["a", "d"]);
    assert_eq!(workspace.run(&["verify"]).code, 0);
}

#[test]
fn what_a_query_finds_is_listed_first_and_removed_when_confirmed() {
    let workspace = workspace();
    let run = workspace.run(&["delete", "harbour", "NOT", "hafen"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout, "a\n항구\n");
    assert_eq!(run.stderr, "tradewire: 2 documents found; nothing was removed, add --yes to remove\n");
    assert_eq!(all(&workspace).len(), 5);
    let run = workspace.run(&["delete", "--yes", "harbour", "NOT", "hafen"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "tradewire: 2 documents removed\n"));
    assert_eq!(all(&workspace), ["b 1", "d", "ships"]);
    // As a query, although there is such an id.
    assert_eq!(workspace.run(&["delete", "--query", "--yes", "ships"]).code, 0);
    assert_eq!(all(&workspace), ["b 1", "ships"]);
}

#[test]
fn queries_of_other_systems_are_read_and_what_they_became_is_said() {
    let workspace = workspace();
    let run = workspace.run(&["delete", "--syntax", "nexis", "harbo! and not hafen"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, "a\n항구\n"), "{}", run.stderr);
    assert!(run.stderr.starts_with("tradewire: searching for: harbo* NOT hafen\n"), "{}", run.stderr);
    let run = workspace.run(&["delete", "--syntax", "factiva", "--yes", "협정 same 항구"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.ends_with("tradewire: 1 document removed\n"), "{}", run.stderr);
    assert_eq!(all(&workspace), ["a", "b 1", "d", "ships"]);
    let run = workspace.run(&["delete", "--syntax", "nexis", "harbour w/999 quay"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

#[test]
fn nothing_found_and_no_query_are_said() {
    let workspace = workspace();
    let run = workspace.run(&["delete", "--yes", "lighthouse"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let run = workspace.run(&["delete", "(harbour"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let empty = Workspace::new();
    assert_eq!(empty.run(&["delete", "a"]).code, 2);
    assert_eq!(empty.run(&["optimize"]).code, 2);
    assert!(!empty.index_dir().exists(), "nothing is created");
}

/// A deletion by hand survives an update while the file is as it was.
#[test]
fn a_removed_document_comes_back_when_its_file_changes() {
    let workspace = workspace();
    assert_eq!(workspace.run(&["delete", "a"]).code, 0);
    assert_eq!(workspace.run(&["index", "news.jsonl"]).code, 0);
    assert_eq!(all(&workspace).len(), 4);
    let path = workspace.path().join("news.jsonl");
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("\n{\"id\":\"e\",\"body\":\"harbour\"}\n");
    std::fs::write(path, text).unwrap();
    assert_eq!(workspace.run(&["index", "news.jsonl"]).code, 0);
    assert_eq!(all(&workspace).len(), 6);
}

/// What was deleted leaves no trace in the ranking (law 7).
#[test]
fn the_ranking_after_a_deletion_is_that_of_an_index_without_the_document() {
    let texts: Vec<(String, String)> = (0..60)
        .map(|number| (format!("{number:02}"), format!("harbour {} freight {number}", "quay ".repeat(number % 7))))
        .collect();
    let articles: Vec<(&str, &str, &str)> =
        texts.iter().map(|(id, text)| (id.as_str(), "Ship", text.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    for id in 0..20 {
        assert_eq!(workspace.run(&["delete", &format!("{id:02}")]).code, 0);
    }
    let fresh = Workspace::with_articles(&articles[20..]);
    for query in ["quay harbour", "\"quay freight\"", "fre*", "ship quay"] {
        let scores = |workspace: &Workspace| -> Vec<(String, u64)> {
            let hits = workspace.search(query, &as_typed()).hits;
            hits.into_iter().map(|hit| (hit.document.id, hit.score.to_bits())).collect()
        };
        assert_eq!(scores(&workspace), scores(&fresh), "{query}");
    }
}

#[test]
fn an_optimized_index_is_one_segment_and_says_the_same() {
    let workspace = workspace();
    let before = workspace.run(&["search", "harbour", "--format", "trec"]).stdout;
    let run = workspace.run(&["optimize"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.starts_with("tradewire: 1 segment before, 1 now; "), "{}", run.stderr);
    assert_eq!(workspace.run(&["search", "harbour", "--format", "trec"]).stdout, before);
    let run = workspace.run(&["verify", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&found["documents"], &found["noted"]), (&Value::from(5), &Value::Array(Vec::new())));
    // The files that it knows are still known.
    let run = workspace.run(&["index", "news.jsonl"]);
    assert!(run.stderr.contains("; 5 unchanged"), "{}", run.stderr);
}

#[test]
fn several_ids_are_several_documents_and_never_a_query() {
    let workspace = workspace();
    let run = workspace.run(&["delete", "--yes", "ships", "harbour"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(
        run.stderr,
        "tradewire: some of these are ids, but no document has the id `harbour`; use --id or --query to say which is meant\n"
    );
    assert_eq!(all(&workspace).len(), 5);
    let run = workspace.run(&["delete", "ships", "d"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "tradewire: 2 documents removed\n"));
    let run = workspace.run(&["delete", "--id", "a", "none"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, "tradewire: no document has the id `none`\ntradewire: 1 document removed\n")
    );
    assert_eq!(all(&workspace), ["b 1", "항구"]);
}
