//! Queries by document, whose operands may stand in different passages.

use tradewire::SearchOptions;
use tradewire::search_types::ResultUnit;

use crate::workspace::{Workspace, as_typed};

#[test]
fn by_document_and_and_not_hold_for_the_article() {
    let workspace = Workspace::new();
    let filler = |language: &str| match language {
        "en" => "The report describes at length how prices developed over the last year and why. ".repeat(12),
        "de" => "Der Bericht beschreibt ausführlich, wie sich die Preise im letzten Jahr entwickelten. ".repeat(12),
        "ko" => "이 보고서는 지난해 가격이 어떻게 변했는지 자세히 설명한다. ".repeat(20),
        _ => "报告详细描述了去年价格的变化及其原因。".repeat(30),
    };
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
