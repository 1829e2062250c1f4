//! Tables in JSON: rows beneath a heading are a stream, columns are held up to a limit; references between objects.

use serde_json::json;
use tradewire::internals::ingest::ReadOptions;

use crate::reading::{read, read_within};

/// Rows are read in the memory of one of them, wherever the heading stands before them.
#[test]
fn rows_beneath_a_heading_are_a_stream() {
    let row = |number: usize| format!("[\"Steel {number}\",\"{}\",\"https://x.example/{number}\"]", "duty ".repeat(50));
    let cells = |number: usize| {
        format!(
            "{{\"f\":[{{\"v\":\"Steel {number}\"}},{{\"v\":\"{}\"}},{{\"v\":\"https://x.example/{number}\"}}]}}",
            "duty ".repeat(50)
        )
    };
    let rows = |row: &dyn Fn(usize) -> String| (0..1000).map(row).collect::<Vec<_>>().join(",");
    for text in [
        format!("{{\"columns\":[\"제목\",\"본문\",\"링크\"],\"data\":[{}]}}", rows(&row)),
        format!(
            "{{\"schema\":{{\"fields\":[{{\"name\":\"title\"}},{{\"name\":\"text\"}},{{\"name\":\"url\"}}]}},\"rows\":[{}]}}",
            rows(&cells)
        ),
        format!("{{\"values\":[[\"Titel\",\"Volltext\",\"Link\"],{}]}}", rows(&row)),
        format!("[[\"标题\",\"正文\",\"链接\"],{}]", rows(&row)),
    ] {
        let found = read_within(&["document=2KiB"], ReadOptions::default(), "a.json", text.as_bytes());
        assert_eq!((found.documents.len(), found.lost()), (1000, 0), "{}", found.lines());
        assert_eq!(found.documents[999].title, "Steel 999");
        assert_eq!(found.documents[999].id, "https://x.example/999");
    }
}

#[test]
fn columns_beyond_the_limit_are_said() {
    let column = |value: &dyn Fn(usize) -> String| {
        (0..100).map(|row| (row.to_string(), json!(value(row)))).collect::<serde_json::Map<_, _>>()
    };
    let text = json!({"title": column(&|row| format!("Steel {row}")), "text": column(&|row| format!("Duties {row}"))})
        .to_string();
    assert_eq!(read("a.json", text.as_bytes()).documents.len(), 100);
    let found = read_within(&["document=2KiB"], ReadOptions::default(), "a.json", text.as_bytes());
    assert_eq!((found.documents.len(), found.lost()), (0, 1), "{}", found.lines());
    assert!(found.lines().contains("document"), "{}", found.lines());
}

/// What looks like a table and is none is read as it was.
#[test]
fn a_record_is_no_table() {
    for text in [
        json!({"title": {"rendered": "Steel"}, "content": {"rendered": "Duties"}}),
        json!({"title": ["Steel"], "text": ["Duties"]}),
        json!({"title": "Steel", "paragraphs": [["Duties", "start"], ["Importers", "declare"]]}),
    ]
    .map(|text| text.to_string())
    .into_iter()
    .chain([
        "{\"title\": \"Steel\", \"text\": \"Duties\", \"data\": [[\"title\", \"text\"], [\"a\", \"b\"]]}".to_owned()
    ]) {
        let found = read("a.json", text.as_bytes());
        assert_eq!((found.documents.len(), found.lost()), (1, 0), "{text}: {}", found.lines());
        assert_eq!(found.documents[0].title, "Steel", "{text}");
    }
}

#[test]
fn rows_that_do_not_fit_are_read_and_said() {
    let text = json!({"columns": ["title", "text", "url"], "data": [["Steel", "Duties", "https://x.example/1"], ["铜", "关税"], ["구리", "관세", "https://x.example/3", 4], 5]});
    let found = read("a.json", text.to_string().as_bytes());
    assert_eq!(found.documents.len(), 3, "{}", found.lines());
    assert_eq!(found.lost(), 1, "{}", found.lines());
    assert_eq!(found.lines().matches("its heading").count(), 2, "{}", found.lines());
}

#[test]
fn cells_that_were_cut_are_said() {
    let text = json!({"rows": [{"row": {"title": "Steel", "text": "Duties"}, "truncated_cells": ["text"]}, {"row": {"title": "Zoll", "text": "Draht"}, "truncated_cells": []}]});
    let found = read("a.json", text.to_string().as_bytes());
    assert_eq!(found.documents.len(), 2);
    assert!(found.lines().contains("1 record whose text was cut short"), "{}", found.lines());
}

/// More records wait for a name than may, and one that nothing names keeps its host.
#[test]
fn references_are_resolved_wherever_the_name_stands() {
    let article = |number: usize| json!({"@type": "NewsArticle", "@id": format!("https://x.example/{number}"), "headline": format!("Steel {number}"), "articleBody": "Duties", "publisher": {"@id": "https://x.example/#org"}});
    let name = json!({"@type": "Organization", "@id": "https://x.example/#org", "name": "Example Wire"});
    for (count, named) in [(1, 1), (16, 16), (40, 16)] {
        let mut graph: Vec<_> = (0..count).map(article).collect();
        graph.push(name.clone());
        let found = read("a.json", json!({"@graph": graph}).to_string().as_bytes());
        assert_eq!(found.documents.len(), count, "{}", found.lines());
        let is_named = |source: &Option<String>| source.as_deref() == Some("Example Wire");
        assert_eq!(found.documents.iter().filter(|document| is_named(&document.source)).count(), named);
        assert_eq!(found.documents[0].title, "Steel 0", "in their order");
    }
}
