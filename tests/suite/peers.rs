//! What goes wrong for users of comparable tools, each a query of the table in `docs/src/comparison.md`, and what is found and
//! marked here.

use tradewire::internals::search::SearchOptions;

use crate::documents::document;
use crate::workspace::{Workspace, as_typed};

/// Articles with what trips other tools up: words across dictionary borders, particles, scripts, spellings, long words.
fn articles() -> Workspace {
    let long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    let workspace = Workspace::new();
    let file = workspace.write_articles(
        "articles.jsonl",
        &[
            ("zh-hans", "协定", "中韩自由贸易协定的第二阶段谈判，税率不变。"),
            ("zh-hant", "自由", "人民自由往來，貿易順差擴大。"),
            ("ko", "회담", "한국은 중국과 무역 협정을 맺었다. 여한구 본부장이 서명했다."),
            ("ko-nfd", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "무역협\u{110c}\u{1165}\u{11bc} 소식."),
            ("de", "Straße des Handels", &format!("Das {long} gilt. Die Zölle stiegen, die Minister tagten.")),
            (
                "en",
                "Free trade",
                "The ministers met. Trade was free of duties; free trade was the aim. Semiconductors led.",
            ),
            (
                "de-fta",
                "Korea",
                "Das Freihandelsabkommen gilt nicht für die Dienstleistungen und auch nicht für den Rest.",
            ),
            ("wide", "ＦＴＡ news", "The ＦＴＡ entered into force."),
        ],
    );
    workspace.index(&[file]);
    workspace
}

/// Query, the articles that it finds, and what is marked in the first of these (title and text, in order).
const QUERIES: [(&str, &str, &str); 18] = [
    ("\"易协\"", "zh-hans", "易协"),
    ("\"역협\"", "ko ko-nfd", "역 협"),
    ("自由贸易协定", "zh-hans zh-hant", "自由贸易协定"),
    ("\"税\"", "zh-hans", "税"),
    ("关税 NOT 自由贸易协定", "", ""),
    ("自由 NOT 自由贸易协定", "zh-hant", "自由 自由"),
    ("minister", "de en", "Minister"),
    ("한국", "ko ko-nfd", "한국"),
    ("무역협정", "ko ko-nfd", "무역 협정"),
    ("\"여한구\"", "ko", "여한구"),
    ("strasse", "de", "Straße"),
    ("zoelle", "de", "Zölle"),
    ("\"自由貿易\"", "zh-hans", "自由贸易"),
    ("fta", "wide", "ＦＴＡ ＦＴＡ"),
    ("\"free trade\"", "en", "Free trade free trade"),
    ("semiconducter~", "en", "Semiconductors"),
    ("Abkommen", "de-fta", "abkommen"),
    ("Rindfleischetikettierung*", "de", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"),
];

#[test]
fn what_peers_get_wrong() {
    let workspace = articles();
    for (query, ids, marks) in QUERIES {
        assert_eq!(workspace.documents(query).join(" "), ids, "{query}");
        let hits = workspace.search(query, &SearchOptions { limit: 100, ..as_typed() }).hits;
        let Some(hit) = ids.split(' ').next().and_then(|id| hits.iter().find(|hit| hit.document.id == id)) else {
            continue;
        };
        let in_title = hit.title_highlights.iter().map(|range| range.slice(&hit.document.title));
        let in_text = hit.highlights.iter().map(|range| range.slice(&hit.text));
        assert_eq!(in_title.chain(in_text).collect::<Vec<_>>().join(" "), marks, "{query}");
    }
}

/// The table in the guide is this one.
#[test]
fn every_query_of_the_table_in_the_guide_is_tested() {
    let page = document("docs/src/comparison.md");
    let section = page.split("## What others get wrong").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let shown: Vec<&str> = rows.map(|row| row.split('`').nth(1).unwrap()).collect();
    let tested: Vec<&str> = QUERIES.iter().map(|(query, _, _)| *query).collect();
    assert!(shown.len() >= 12, "{shown:?}");
    for query in shown {
        assert!(tested.contains(&query), "{query} is not tested");
    }
}
