//! Operators over the whole article: how often something occurs in it, in its lead, among its first words.

use tradewire::SearchOptions;
use tradewire::search_types::ResultUnit;

use crate::workspace::{Workspace, as_typed};

/// Sentences in four languages that say nothing of what is searched for.
fn filler(language: &str) -> String {
    match language {
        "en" => "The report describes at length how prices developed over the last year and why. ".repeat(12),
        "de" => "Der Bericht beschreibt ausführlich, wie sich die Preise im letzten Jahr entwickelten. ".repeat(12),
        "ko" => "이 보고서는 지난해 가격이 어떻게 변했는지 자세히 설명한다. ".repeat(20),
        _ => "报告详细描述了去年价格的变化及其原因。".repeat(30),
    }
}

/// A word of letters for each number; with digits it would be two words.
fn word(at: u32) -> String {
    let letters = "bcdfghjklmnpqrtvwxz".as_bytes();
    let letter = |at: u32| char::from(letters[at as usize % letters.len()]);
    format!("{}x{}{}q", letter(at / 361), letter(at / 19), letter(at))
}

/// The documents that a query finds by passage and by document, each as ids, and the passages as `id.number`.
fn found(workspace: &Workspace, query: &str) -> [String; 2] {
    [ResultUnit::Passage, ResultUnit::Document].map(|unit| {
        let options = SearchOptions { unit, limit: 100, ..as_typed() };
        let hits = workspace.search(query, &options).hits;
        for hit in &hits {
            let marks = hit.highlights.len() + hit.title_highlights.len();
            assert!(marks > 0, "{query} marks nothing in {} {}", hit.document.id, hit.passage.number);
        }
        let mut names: Vec<String> = hits
            .iter()
            .map(|hit| match unit {
                ResultUnit::Passage => format!("{}.{}", hit.document.id, hit.passage.number),
                ResultUnit::Document | ResultUnit::Story => hit.document.id.clone(),
            })
            .collect();
        names.sort();
        names.join(" ")
    })
}

#[test]
fn so_often_in_the_whole_article() {
    let article = |language: &str, parts: [&str; 3]| {
        let filler = filler(language);
        parts.map(|part| format!("{part} {filler}")).join("\n\n")
    };
    let articles = [
        ("en3", "Nickel", article("en", ["Nickel was mined.", "Copper was not.", "Nickel it was."])),
        ("en2", "", article("en", ["Nickel was mined.", "Copper was not.", "Nickel it was."])),
        ("enx", "Nickel nickel", article("en", ["Tin was mined.", "Copper was not.", "Zinc it was."])),
        ("de", "Zölle", article("de", ["Die Stahlzölle steigen.", "Der Zoll bleibt.", "Von Zöllen war die Rede."])),
        ("ko", "", article("ko", ["관세를 올렸다. 관세가 오른다.", "수출이 줄었다.", "관세는 그대로다."])),
        ("zh", "关税", article("zh", ["关税提高。", "出口下降。", "关税、关税。"])),
        (
            "mix",
            "",
            format!(
                "{}\n\n{}\n\nTariffs rose. {}",
                article("ko", ["관세", "", ""]),
                article("zh", ["关税", "", ""]),
                filler("en")
            ),
        ),
        ("e", "", "관세👩‍🌾관세 ＦＴＡ FTA ㅋㅋ 貿易".to_owned()),
    ];
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, title, body)| (*id, *title, body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    for (query, by_passage, by_document) in [
        // The title counts once, though each of the passages has it.
        ("ATLEAST/3 nickel", "en3.0 en3.1 en3.2", "en3"),
        ("ATLEAST/2 nickel", "en2.0 en2.2 en3.0 en3.1 en3.2 enx.0 enx.1 enx.2", "en2 en3 enx"),
        ("ATLEAST/4 nickel", "", ""),
        ("ATLEAST/1000 nickel", "", ""),
        ("ATLEAST/2 \"nickel was\"", "", ""),
        ("ATLEAST/4 (nickel OR copper)", "en3.0 en3.1 en3.2", "en3"),
        (
            "ATLEAST/3 (\"nickel was\" OR nickel OR mined)",
            "en2.0 en2.2 en3.0 en3.1 en3.2 enx.0 enx.1 enx.2",
            "en2 en3 enx",
        ),
        ("ATLEAST/2 (nickel NEAR/3 was)", "en2.0 en2.2 en3.0 en3.2", "en2 en3"),
        ("ATLEAST/2 title:nickel", "!", ""),
        ("title:ATLEAST/2 nickel", "enx.0 enx.1 enx.2", "enx"),
        ("ATLEAST/3 nickel AND copper", "en3.1", "en3"),
        ("copper NOT ATLEAST/3 nickel", "en2.1 enx.1", "en2 enx"),
        ("ATLEAST/2 nickel NOT ATLEAST/3 nickel", "en2.0 en2.2 enx.0 enx.1 enx.2", "en2 enx"),
        ("ATLEAST/3 nickel OR ATLEAST/4 Zoll", "de.0 de.1 de.2 en3.0 en3.1 en3.2", "de en3"),
        ("ATLEAST/4 Zoll", "de.0 de.1 de.2", "de"),
        ("ATLEAST/3 관세", "ko.0 ko.2", "ko"),
        ("ATLEAST/2 \"关税\"", "zh.0 zh.1 zh.2", "zh"),
        ("ATLEAST/4 关税 date:2025", "", ""),
        ("ATLEAST/3 (tariff OR 관세 OR 关税) lang:en", "mix.6", "mix"),
        ("ATLEAST/2 (관세 OR FTA)", "e.0 ko.0 ko.2", "e ko"),
        ("ATLEAST/4 (관세 OR FTA)", "e.0", "e"),
        ("ATLEAST/5 (관세 OR FTA)", "", ""),
        ("ATLEAST/2 qwertyzuiop", "", ""),
    ] {
        if by_passage == "!" {
            assert!(tradewire::internals::query::parse_query(query).is_err(), "{query}");
            continue;
        }
        assert_eq!(found(&workspace, query), [by_passage, by_document], "{query}");
    }
    // What was deleted is counted no more, and what replaced it is.
    workspace
        .index(&[workspace.write_articles("articles.jsonl", &[("en3", "", "Nickel. Nickel, and nickel: nickel.")])]);
    assert_eq!(found(&workspace, "ATLEAST/4 nickel"), ["en3.0", "en3"]);
    assert_eq!(found(&workspace, "ATLEAST/5 nickel"), ["", ""]);
}

#[test]
fn the_lead_and_the_first_words() {
    let first = "Ministers from both countries met in Geneva on Monday to speak about steel, and they agreed to meet again in the spring.";
    let zh = "两国部长周一在日内瓦会面，讨论钢铁贸易问题，双方同意明年春天再次举行会谈，并继续就关税问题交换意见，推动协定尽快生效。";
    let ko = "양국 장관은 월요일 제네바에서 만나 철강 문제를 논의했으며 내년 봄에 다시 만나 관세 문제를 계속 협의하기로 합의했다고 밝혔다.";
    let de = "Die Minister beider Länder trafen sich am Montag in Genf, um über Stahl zu sprechen, und sie wollen sich im Frühling wieder treffen.";
    let article =
        |language: &str, before: &str, lead: &str, after: &str| format!("{before}{lead}\n{after} {}", filler(language));
    let articles = [
        ("en", "Talks on copper", article("en", "By Jane Roe\nJan. 4, 2026\n", first, "Nickel was not mentioned.")),
        ("de", "Gespräche", article("de", "Von Max Muster\n", de, "Über Nickel sprach niemand.")),
        ("ko", "회담", article("ko", "홍길동 기자\n", ko, "니켈은 언급되지 않았다.")),
        ("zh", "会谈", article("zh", "本报记者 王某\n", zh, "没有提到镍矿。")),
        ("t", "Steel alone in a title", String::new()),
    ];
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, title, body)| (*id, *title, body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    for (query, expected) in [
        ("lead:steel", "en t"),
        ("lead:nickel", ""),
        ("nickel", "de en"),
        ("lead:copper", "en"),
        ("lead:Roe", "en"),
        ("lead:(steel AND copper)", "en"),
        ("lead:(steel NOT copper)", "t"),
        ("lead:(Geneva NEAR/2 Monday)", "en"),
        ("lead:(again BEFORE/9 nickel)", ""),
        ("lead:\"again in the spring\"", "en"),
        ("lead:\"spring nickel\"", ""),
        ("lead:Stahl lead:Nickel", "de"),
        ("lead:trafen OR lead:countr*", "de en"),
        ("lead:철강", "ko"),
        ("lead:니켈", ""),
        ("lead:钢铁", "zh"),
        ("lead:\"钢铁贸易\"", "zh"),
        ("lead:镍矿", ""),
        ("title:lead:steel", "t"),
        // The byline has three words, the date three.
        ("FIRST/7 \"from\"", ""),
        ("FIRST/8 \"from\"", "en"),
        ("FIRST/3 Roe", "en"),
        ("FIRST/2 Roe", ""),
        ("FIRST/50 copper", ""),
        ("FIRST/50 (steel AND Roe)", "en"),
        ("FIRST/12 (Ministers NEAR/4 met)", "en"),
        ("FIRST/10 (Ministers NEAR/4 met)", ""),
        ("FIRST/50 Nickel", "de en"),
        ("FIRST/28 Nickel", "de"),
        ("FIRST/2 홍길", "ko"),
        ("FIRST/1 홍길", ""),
        ("FIRST/4 记者", "zh"),
        ("FIRST/3 记者", ""),
        ("FIRST/50 ATLEAST/2 in", "en"),
        ("lead:ATLEAST/3 in", ""),
        ("steel NOT lead:steel", ""),
        ("nickel NOT lead:nickel", "de en"),
    ] {
        let [by_passage, by_document] = found(&workspace, query);
        assert_eq!(by_document, expected, "{query}: {by_passage}");
    }
    assert_eq!(workspace.marks("lead:(steel OR again OR nickel)"), ["en again", "en steel"]);
    assert_eq!(workspace.marks("FIRST/9 (in OR both OR from)"), ["en both", "en from"]);
}

#[test]
fn the_first_words_reach_into_further_passages() {
    let body = (0..400).map(word).collect::<Vec<String>>();
    let body = body.chunks(20).map(|words| format!("{}.", words.join(" "))).collect::<Vec<String>>().join("\n\n");
    let workspace = Workspace::with_articles(&[("a", "A title of five words", &body)]);
    for first in [1, 20, 99, 100, 101, 180, 399] {
        let query = |at: u32| format!("FIRST/{first} {}", word(at));
        assert_eq!(workspace.documents(&query(first - 1)), ["a"], "{first}");
        assert_eq!(workspace.documents(&query(first)), Vec::<String>::new(), "{first}");
    }
    assert_eq!(workspace.documents(&format!("FIRST/400 {}", word(399))), ["a"]);
    assert_eq!(workspace.documents("FIRST/400 title"), Vec::<String>::new());
    assert_eq!(workspace.documents(&format!("lead:{}", word(19))), ["a"]);
    assert_eq!(workspace.documents(&format!("lead:{}", word(20))), Vec::<String>::new());
}
