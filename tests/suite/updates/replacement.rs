//! Documents are replaced by id: whole, also with unusual ids, and of one id twice the last wins.

use super::*;

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
