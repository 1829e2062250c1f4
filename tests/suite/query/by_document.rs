//! Queries by document, whose operands may stand in different passages.

use tradewire::SearchOptions;
use tradewire::search_types::ResultUnit;

use crate::workspace::{Workspace, as_typed};

/// Sentences enough for a passage.
fn filler(language: &str) -> String {
    match language {
        "en" => "The report describes at length how prices developed over the last year and why. ".repeat(12),
        "de" => "Der Bericht beschreibt ausführlich, wie sich die Preise im letzten Jahr entwickelten. ".repeat(12),
        "ko" => "이 보고서는 지난해 가격이 어떻게 변했는지 자세히 설명한다. ".repeat(20),
        _ => "报告详细描述了去年价格的变化及其原因。".repeat(30),
    }
}

#[test]
fn by_document_and_and_not_hold_for_the_article() {
    let workspace = Workspace::new();
    let article = |id: &str, language: &str, first: &str, second: &str| {
        let body = format!("{first} {}\\n\\n{second} {}", filler(language), filler(language));
        format!("{{\"id\": \"{id}\", \"lang\": \"{language}\", \"body\": \"{body}\"}}")
    };
    let lines = [
        article("both", "en", "Nickel was mined here.", "Cobalt was found later."),
        article("one", "en", "Nickel was mined here.", "Copper was found later."),
        article("de", "de", "Kupfer wird hier abgebaut.", "Kobalt fand man später."),
        article("ko", "ko", "니켈을 채굴한다.", "코발트도 발견됐다."),
        article("zh", "zh", "这里开采镍矿。", "后来发现了钴矿。"),
    ];
    let file = workspace.write("articles.jsonl", lines.join("\n"));
    workspace.index(&[file]);
    for (query, by_document, by_passage) in [
        ("nickel NOT cobalt", "one", "both one"),
        ("nickel AND cobalt", "both", ""),
        ("+nickel +cobalt", "both", ""),
        ("nickel AND later", "both one", ""),
        ("nickel AND NOT (cobalt OR copper)", "", "both one"),
        ("Kupfer AND Kobalt", "de", ""),
        ("니켈 AND 코발트", "ko", ""),
        ("니켈 NOT 코발트", "", "ko"),
        ("镍矿 AND 钴矿", "zh", ""),
        ("镍矿 NOT 钴矿", "", "zh"),
        ("(nickel AND cobalt) OR (镍矿 AND 钴矿)", "both zh", ""),
        ("nickel AND (cobalt NOT copper)", "both", ""),
        ("nickel NEAR/99 cobalt", "", ""),
    ] {
        for (unit, expected) in
            [(ResultUnit::Passage, by_passage), (ResultUnit::Document, by_document), (ResultUnit::Story, by_document)]
        {
            let options = SearchOptions { unit, limit: 100, ..as_typed() };
            let hits = workspace.search(query, &options).hits;
            let mut ids: Vec<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.join(" "), expected, "{query} by {unit:?}");
            assert!(hits.iter().all(|hit| !hit.highlights.is_empty()), "{query} by {unit:?}");
        }
    }
}

#[test]
fn the_passage_that_is_shown_holds_something_of_the_query() {
    let text = |sentence: &str, language: &str| format!("{sentence} {}", filler(language));
    let body = |first: &str, second: &str| format!("{first}\n\n{second}");
    let articles = [
        ("a", body(&text("Nickel wird hier abgebaut.", "de"), &text("코발트도 발견됐다.", "ko"))),
        ("b", body(&text("니켈을 채굴한다.", "ko"), &text("Kobalt fand man später.", "de"))),
        ("c", body(&text("Nickel was mined here.", "en"), &text("后来发现了钴矿。", "zh"))),
        ("d", body(&text("这里开采镍矿。", "zh"), &text("Cobalt was found later.", "en"))),
    ];
    let articles: Vec<(&str, &str, &str)> = articles.iter().map(|(id, body)| (*id, "", body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    // A part that only ranks decides of no article, but its passage is shown, also where a filter passes another one.
    for (query, id, shown) in [
        ("+(xyzzy OR lang:de) 코발트", "a", "코발트도"),
        ("+(xyzzy OR lang:ko) Kobalt", "b", "Kobalt fand"),
        ("+(xyzzy OR lang:en) 钴矿", "c", "钴矿"),
        ("+(xyzzy OR lang:zh) cobalt", "d", "Cobalt was"),
    ] {
        for unit in [ResultUnit::Document, ResultUnit::Story] {
            let hits = workspace.search(query, &SearchOptions { unit, limit: 100, ..as_typed() }).hits;
            let hit = hits.iter().find(|hit| hit.document.id == id).unwrap_or_else(|| panic!("{query}"));
            assert!(hit.text.contains(shown) && !hit.highlights.is_empty(), "{query} by {unit:?}: {}", hit.text);
        }
    }
    // It is no hit by itself.
    assert_eq!(workspace.documents("+(xyzzy OR lang:de) 코발트 钴矿"), ["a", "b"]);
}
