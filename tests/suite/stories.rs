//! Stories: which documents are copies of one text, whatever became of the index, and how results show one for all.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};
use tradewire::internals::index::{IndexOptions, NewsIndex};
use tradewire::internals::search::{ResultUnit, SearchOptions};

use crate::laws::holds;
use crate::workspace::{Workspace, seeds};

/// Ids of the documents of each story.
fn stories_of(index: &NewsIndex) -> BTreeSet<Vec<String>> {
    index.story_ids().unwrap().into_iter().collect()
}

fn stories(workspace: &Workspace) -> BTreeSet<Vec<String>> {
    stories_of(&workspace.open())
}

fn as_set(stories: &[&[&str]]) -> BTreeSet<Vec<String>> {
    stories.iter().map(|story| story.iter().map(|&id| id.to_owned()).collect()).collect()
}

/// Sentences that have nothing in common but their first words.
fn text(name: &str, sentences: std::ops::Range<usize>) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number).unwrap());
    let sentence = |at: usize| {
        let words: Vec<String> = (0..12).map(|word| format!("{name}{}x{}", letter(at), letter(word))).collect();
        format!("The harbour of {}.", words.join(" "))
    };
    sentences.map(sentence).collect::<Vec<_>>().join(" ")
}

fn article(id: &str, lang: &str, date: Option<&str>, source: Option<&str>, body: &str) -> String {
    let title = format!("Headline of {id}");
    json!({"id": id, "title": title, "lang": lang, "date": date, "source": source, "body": body}).to_string()
}

fn wire(id: &str, date: &str, source: &str, body: &str) -> String {
    article(id, "en", Some(date), Some(source), body)
}

/// Four documents of one story, one of another outlet alone, and two in another language.
fn newsroom() -> Vec<String> {
    let whole = text("quay", 0..12);
    vec![
        wire("a", "2025-12-02", "Harbour Bulletin", &format!("SEOUL (Wire) — {whole}")),
        wire("b", "2025-12-01", "Pacific Wire", &whole),
        wire("c", "2025-12-03", "Pacific Wire", &format!("{whole} {}", text("own", 0..3))),
        article("d", "en", None, None, &text("quay", 0..7)),
        wire("e", "2025-12-01", "Other Desk", &text("pier", 0..12)),
        article("f", "de", Some("2025-12-01"), Some("Dienst"), &whole),
        article("g", "de", Some("2025-12-02"), Some("Dienst"), &whole),
    ]
}

fn indexed(lines: &[String]) -> Workspace {
    let workspace = Workspace::new();
    let file = workspace.write("news.jsonl", lines.join("\n"));
    workspace.index(&[file]);
    workspace
}

/// de-017 and de-018 share two of three paragraphs, and of these every sentence is touched.
#[test]
fn rewrites_among_the_sample_articles() {
    let pairs: [&[&str]; 7] = [
        &["en-001", "en-002"],
        &["en-014", "en-015"],
        &["de-001", "de-002"],
        &["ko-001", "ko-002"],
        &["ko-016", "ko-017"],
        &["zh-007", "zh-008"],
        &["zh-013", "zh-020"], // Simplified and Traditional
    ];
    assert_eq!(stories(&Workspace::with_seeds()), as_set(&pairs));
}

#[test]
fn copies_are_found_within_a_language_and_in_order() {
    let expected = as_set(&[&["b", "a", "c", "d"], &["f", "g"]]);
    assert_eq!(stories(&indexed(&newsroom())), expected);
}

#[test]
fn what_is_not_a_story() {
    let (first, second) = (text("quay", 0..12), text("pier", 0..12));
    let half = format!("{} {}", text("quay", 0..6), text("own", 0..6));
    let digest = [text("quay", 0..4), text("pier", 0..12), text("mole", 0..24)].join(" ");
    let lines = [
        wire("first", "2025-12-01", "A", &first),
        wire("second", "2025-12-01", "B", &second),
        wire("half rewritten", "2025-12-01", "C", &half),
        wire("short item", "2025-12-01", "D", &text("quay", 0..4)),
        wire("round-up with the item", "2025-12-01", "E", &digest),
        wire("too short", "2025-12-01", "F", "The harbour of quayaxb is closed."),
        wire("too short again", "2025-12-01", "F", "The harbour of quayaxb is closed."),
        wire("empty", "2025-12-01", "F", ""),
        wire("empty again", "2025-12-01", "F", ""),
        wire("the same words again and again", "2025-12-01", "F", &"tariff ".repeat(500)),
        wire("and once more", "2025-12-01", "F", &"tariff ".repeat(400)),
    ];
    assert_eq!(stories(&indexed(&lines)), as_set(&[]));
}

#[test]
fn stories_are_a_function_of_the_documents() {
    let mut lines = newsroom();
    for name in ["en", "de", "ko", "zh"] {
        let seeds = fs::read_to_string(seeds().join(format!("{name}.jsonl"))).unwrap();
        lines.extend(seeds.lines().map(str::to_owned));
    }
    let expected = stories(&indexed(&lines));
    assert_eq!(expected.len(), 9);
    let law = |(lines, runs): (Vec<String>, usize)| {
        let workspace = Workspace::new();
        for (run, chunk) in lines.chunks(lines.len().div_ceil(runs)).enumerate() {
            let file = workspace.write(&format!("{run}.jsonl"), chunk.join("\n"));
            workspace.index_with(&[file], &IndexOptions { threads: runs, ..IndexOptions::default() });
        }
        prop_assert_eq!(&stories(&workspace), &expected);
        // Some of them replaced by themselves.
        let file = workspace.write("again.jsonl", lines[..lines.len() / 3].join("\n"));
        workspace.index(&[file]);
        prop_assert_eq!(&stories(&workspace), &expected);
        Ok(())
    };
    holds(4, &(Just(lines.clone()).prop_shuffle(), 1_usize..4), law);
}

/// Two segments, since a large one is not merged with a small one.
#[test]
fn stories_reach_over_segments() {
    let filler = (0..20_100).map(|at| json!({"id": format!("filler-{at}"), "lang": "zh", "body": format!("关税{at}")}));
    let mut large: Vec<String> = filler.map(|line| line.to_string()).collect();
    let lines = newsroom();
    large.extend_from_slice(&lines[..2]);
    let workspace = Workspace::new();
    for (name, lines) in [("large.jsonl", &large[..]), ("small.jsonl", &lines[2..])] {
        let file = workspace.write(name, lines.join("\n"));
        workspace.index(&[file]);
    }
    assert_eq!(workspace.open().segments(), 2);
    assert_eq!(stories(&workspace), as_set(&[&["b", "a", "c", "d"], &["f", "g"]]));
    let in_one = indexed(&lines);
    let shown = |workspace: &Workspace| workspace.run(&["search", "harbour", "--collapse", "--format", "paths"]).code;
    assert_eq!(shown(&workspace), 0);
    let hits = |workspace: &Workspace| {
        let results = workspace.search("harbour", &options(0, 10));
        let hits = results.hits.iter();
        let hits: Vec<_> = hits.map(|hit| (hit.document.id.clone(), hit.score.to_bits(), hit.story.clone())).collect();
        (results.total, hits)
    };
    assert_eq!(hits(&workspace), hits(&in_one));
}

#[test]
fn a_replaced_document_leaves_its_story() {
    let lines = newsroom();
    let workspace = indexed(&lines);
    let replace = |line: String| {
        let file = workspace.write("later.jsonl", line);
        workspace.index(&[file]);
        stories(&workspace)
    };
    let without_a = as_set(&[&["b", "c", "d"], &["f", "g"]]);
    assert_eq!(replace(wire("a", "2025-12-02", "Harbour Bulletin", &text("other", 0..9))), without_a);
    assert_eq!(replace(wire("g", "2025-12-02", "Dienst", &text("quay", 0..12))), as_set(&[&["b", "g", "c", "d"]]));
    lines.iter().for_each(|line| drop(replace(line.clone())));
    assert_eq!(stories(&workspace), as_set(&[&["b", "a", "c", "d"], &["f", "g"]]));
    // Rebuilt without them, they are gone.
    let file = workspace.write("few.jsonl", lines[3..6].join("\n"));
    workspace.index_with(&[file], &IndexOptions { rebuild: true, ..IndexOptions::default() });
    assert_eq!(stories(&workspace), as_set(&[]));
}

/// A writer that is killed after its commit leaves no file, or that of another state.
#[test]
fn what_is_missing_stale_or_damaged_is_computed_again() {
    let workspace = indexed(&newsroom()[..3]);
    let file = workspace.index_dir().join("stories");
    let of_three = fs::read(&file).unwrap();
    let more = workspace.write("more.jsonl", newsroom().join("\n"));
    workspace.index(&[more]);
    let (expected, of_all) = (stories(&workspace), fs::read(&file).unwrap());
    assert_eq!(expected.len(), 2);
    let cut = of_all[..of_all.len() - 1].to_vec();
    let mut wild = of_all.clone();
    let last = wild.len() - 12;
    wild[last..].fill(0xFF);
    for bytes in [of_three, Vec::new(), b"{}\n".to_vec(), cut, wild, [&of_all[..], b"x"].concat(), vec![0xFF; 50]] {
        fs::write(&file, &bytes).unwrap();
        assert_eq!(stories(&workspace), expected, "{}", String::from_utf8_lossy(&bytes));
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(stories(&workspace), expected);
    let run = workspace.run(&["search", "harbour", "--collapse", "--format", "trec"]);
    assert_eq!(run.code, 2);
    assert!(!file.exists(), "a search writes nothing");
}

fn options(offset: usize, limit: usize) -> SearchOptions {
    SearchOptions { limit, offset, unit: ResultUnit::Story, count: true, ..SearchOptions::default() }
}

#[test]
fn pages_of_stories_fit_together() {
    let workspace = Workspace::with_seeds();
    for query in ["trade", "Abkommen", "협정", "关税", "Korea China 中国"] {
        let all = workspace.search(query, &options(0, 1000));
        assert_eq!(all.total, Some(all.hits.len() as u64), "{query}");
        let documents = SearchOptions { unit: ResultUnit::Document, ..options(0, 1000) };
        let documents = workspace.search(query, &documents);
        let shown: u64 = all.hits.iter().map(|hit| hit.story.as_ref().unwrap().matching).sum();
        assert_eq!(documents.total, Some(shown), "{query}: every document is in one story");
        let best: Vec<&str> = documents.hits.iter().map(|hit| hit.document.id.as_str()).collect();
        let mut places = all.hits.iter().map(|hit| best.iter().position(|&id| id == hit.document.id).unwrap());
        assert!(places.clone().is_sorted() && places.next() == Some(0), "{query}: not by their best documents");
        let mut pages = Vec::new();
        for offset in (0..=all.hits.len()).step_by(4) {
            pages.extend(workspace.search(query, &options(offset, 4)).hits);
        }
        assert_eq!(pages, all.hits, "{query}");
    }
}

#[test]
fn a_hit_says_what_else_there_is_of_its_story() {
    let workspace = indexed(&newsroom());
    let run = workspace.run(&["search", "harbour", "--by", "story", "--format", "json"]);
    let results: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(results["results"][0]["total"], 3);
    let hits = results["results"][0]["hits"].as_array().unwrap();
    let story = |hit: &Value| (hit["document"]["id"].as_str().unwrap().to_owned(), hit["story"].clone());
    let alone = hits.iter().map(story).find(|(id, _)| id == "e").unwrap().1;
    assert_eq!(alone, json!({"documents": 1, "matching": 1, "others": []}));
    let run = workspace.run(&["search", "id:a harbour", "--collapse", "--format", "jsonl"]);
    let hit: Value = serde_json::from_str(&run.stdout).unwrap();
    let others = json!([
        {"id": "b", "source": "Pacific Wire", "date": "2025-12-01"},
        {"id": "c", "source": "Pacific Wire", "date": "2025-12-03"},
        {"id": "d", "source": null, "date": null},
    ]);
    assert_eq!(story(&hit), ("a".to_owned(), json!({"documents": 4, "matching": 1, "others": others})));
    let run = workspace.run(&["search", "harbour", "--by", "document", "--format", "jsonl"]);
    assert!(!run.stdout.contains("\"story\""), "only where stories are asked for");
}

#[test]
fn a_story_of_many_names_twenty() {
    let lines: Vec<String> =
        (0..30).map(|at| wire(&format!("{at:02}"), "2025-12-01", "Wire", &text("quay", 0..9))).collect();
    let hits = indexed(&lines).search("harbour", &options(0, 10)).hits;
    let story = hits[0].story.as_ref().unwrap();
    assert_eq!((hits.len(), story.documents, story.matching, story.others.len()), (1, 30, 30, 20));
}

#[test]
fn collapsed_results() {
    let workspace = indexed(&newsroom());
    let mut shown = String::new();
    for line in [
        &["--collapse", "-n", "2"][..],
        &["--collapse", "--source", "pacific"],
        &["--collapse", "--offset", "1", "-n", "1"],
        &["--by", "story", "--collapse", "--format", "paths"],
        &["--by", "document", "--collapse"],
        &["--by", "passage", "--collapse"],
        &["--by", "story", "--format", "trec"],
        &["--collapse", "--format", "trec"],
    ] {
        let run = workspace.run(&[&["search", "quaybxb pierbxb harbour"][..], line].concat());
        shown.push_str(&format!("$ {}\n{}\n", line.join(" "), run.snapshot(&workspace)));
    }
    insta::assert_snapshot!("collapsed_results", shown);
    let run = workspace.run(&["stats"]);
    assert!(run.stdout.contains("stories    2 of two or more documents\n"), "{}", run.stdout);
    let run = workspace.run(&["stats", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&run.stdout).unwrap()["stories"], 2);
}
