//! What is not quite JSON, and JSON under another name: read, or said.

use serde_json::json;

use crate::reading::{Found, read};

const TITLES: [&str; 4] = ["Panes \"A\" get dearer", "Scheiben, {neu}", "유리 값이 오른다 // 봄", "玻璃涨价"];

fn record(title: &str) -> String {
    json!({"id": title, "title": title, "text": "It isn't over: [1, 2] /* ends */."}).to_string()
}

fn records(between: &str) -> String {
    TITLES.map(record).join(between)
}

fn check(name: &str, bytes: &[u8]) -> Found {
    let found = read(name, bytes);
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
    assert_eq!(found.ids(), TITLES, "{name} {shown}: {}", found.lines());
    assert_eq!(found.lines(), "", "{name} {shown}");
    for document in &found.documents {
        assert_eq!(document.body, "It isn't over: [1, 2] /* ends */.", "{name} {shown}");
    }
    found
}

#[test]
fn what_programs_and_people_write_for_json_is_read() {
    let list = format!("[{}]", records(","));
    for (name, text) in [
        ("a.json", format!("// export\n/* of \" the {{ desk\n */ [\n{}\n] // end", records(", // next\n"))),
        ("a.json", format!("[{},]", records(",").replace('}', ",}").replace("{neu,}", "{neu}"))),
        ("a.json", format!("callback({list});")),
        ("a.json", format!("window.YTD.news.part0 = {list}\n")),
        ("a.json", format!("var news = {list};")),
        ("a.json", format!("data[\"news\"] = {list};")),
        ("a.json", format!(")]}}'\n{list}")),
        ("a.json", format!("while(1);{list}")),
        ("a.json", records("")),
        ("a.jsonl", format!("\u{FEFF}\n\n{},\n\n", records(",\n\n"))),
        ("a.jsonl", records("")),
        ("a.txt", format!("{}\n", records("\n"))),
        ("a.txt", format!(" \n{list}")),
        ("a", list.clone()),
        ("a", format!("{}\n", records("\n"))),
        ("a.jsonl", list.replace("},{", "},\n{")),
    ] {
        check(name, text.as_bytes());
    }
}

#[test]
fn keys_and_texts_may_be_written_as_scripts_do() {
    let body = "It isn't over: [1, 2] /* ends */.";
    let own = |title: &str, quote: fn(&str) -> String| {
        format!("{{id: {0}, title: {0}, text: {1}, n: 1e5, ok: True, none: None,}}", quote(title), quote(body))
    };
    let single = |text: &str| format!("'{}'", text.replace('\'', "\\'"));
    let double = |text: &str| serde_json::to_string(text).unwrap();
    let python =
        |text: &str| format!("u{}", if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") });
    for quote in [single, double as fn(&str) -> String, python] {
        let rows = TITLES.map(|title| own(title, quote));
        check("a.json", format!("[{}]", rows.join(",\n")).as_bytes());
        check("a.json", format!("// news\n{{articles: [{}],}}", rows.join(",\n")).as_bytes());
        check("a.jsonl", rows.join("\n").as_bytes());
        let quoted = rows.map(|row| row.replace("id:", "'id':").replace("title:", "'title':"));
        check("a.json", format!("[{}]", quoted.join(", ")).as_bytes());
    }
    let shell = "{ \"_id\" : ObjectId(\"65f0\"), \"title\" : \"Panes\", \"text\" : \"Quotas\", \"date\" : ISODate(\"2026-02-03T08:00:00Z\"), \"n\" : NumberLong(5) }\n";
    let found = read("a.json", shell.repeat(2).as_bytes());
    assert_eq!(found.ids(), ["65f0", "65f0"], "{}", found.lines());
    assert_eq!(found.documents[0].date.as_deref(), Some("2026-02-03"));
}

#[test]
fn texts_are_read_in_utf_16_with_a_mark_or_without() {
    let list = format!("[{}]", records(","));
    let lines = records("\n");
    for (name, text) in [("a.json", &list), ("a.jsonl", &lines)] {
        for mark in ["\u{FEFF}", ""] {
            let text = format!("{mark}{text}");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(name, &little);
            check(name, &big);
        }
    }
}

/// What is wrong is said as it was, in its line, and costs no other record.
#[test]
fn a_mistake_costs_no_more_than_its_record() {
    let text = format!("// export\n[\n{},\n{{id: 5 6}},\n{}\n]", record("one"), record("two"));
    let found = read("a.json", text.as_bytes());
    assert_eq!((found.ids(), found.lost()), (vec!["one", "two"], 1), "{}", found.lines());
    assert!(found.lines().contains("a.json:4:"), "{}", found.lines());
    let found = read("a.jsonl", format!("{{id: 'x'}}\n{}\nnonsense here\n", record("one")).as_bytes());
    assert_eq!((found.ids(), found.lost()), (vec!["one"], 2), "{}", found.lines());
}

#[test]
fn rows_in_lines_have_their_names_or_are_known_by_content() {
    let long = "The commission will open quotas for panes in the spring of each year, and importers have to declare their stocks.";
    let row = |number: usize| {
        json!([
            format!("r-{number}"),
            format!("Panes get dearer {number}"),
            format!("{long} {number}"),
            "2026-02-03",
            format!("https://x.example/{number}")
        ])
        .to_string()
    };
    let rows = (0..5).map(row).collect::<Vec<_>>();
    let named = json!(["기사 ID", "제목", "본문", "날짜", "링크"]).to_string();
    let types = json!(["String", "String", "Nullable(String)", "Date", "String"]).to_string();
    for (name, text) in [
        ("a.jsonl", format!("{named}\n{}\n", rows.join("\n"))),
        ("a.jsonl", format!("{named}\n{types}\n{}\n", rows.join("\n"))),
        ("a.jsonl", format!("{}\n", rows.join("\n"))),
        ("a.json", format!("[{}]", rows.join(",\n"))),
        ("a.json", format!("[{named},{}]", rows.join(","))),
        ("a", format!("{}\n", rows.join("\n"))),
    ] {
        let found = read(name, text.as_bytes());
        assert_eq!((found.documents.len(), found.lost()), (5, 0), "{text}: {}", found.lines());
        for (number, document) in found.documents.iter().enumerate() {
            assert_eq!(document.id, format!("r-{number}"), "{}", found.lines());
            assert_eq!(document.title, format!("Panes get dearer {number}"));
            assert_eq!(document.body, format!("{long} {number}"));
            assert_eq!(document.date.as_deref(), Some("2026-02-03"));
            assert_eq!(document.url, Some(format!("https://x.example/{number}")));
        }
        let is_said = found.lines().contains("the rows have no names");
        assert_eq!(is_said, !text.contains("제목"), "{}", found.lines());
    }
}
