//! Queries that are refused, and what is said of them.

use std::fmt::Write as _;

use tradewire::internals::query::{
    MAX_COUNTS, MAX_DEPTH, MAX_EXTENTS, MAX_FILTERS, MAX_FUZZY, MAX_PREFIXES, MAX_QUANTITIES, MAX_QUERY_BYTES,
    MAX_WILDCARDS, parse_query,
};

use crate::workspace::Workspace;

#[test]
fn what_is_refused() {
    let workspace = Workspace::new();
    let nested = "(".repeat(MAX_DEPTH + 5);
    let mut said = String::new();
    for query in [
        "(tariff AND steel",
        "tariff) steel",
        "()",
        "tariff AND",
        "OR tariff",
        "tariff AND OR steel",
        "AND",
        "NOT tariff",
        "-관세",
        "tariff OR NOT steel",
        "tariff (NOT steel)",
        "무역 \"협정",
        "「自由贸易",
        "*",
        "a*",
        "*e",
        "？ ＊",
        "x-*-steel",
        "wom?n~1",
        "=wom?n",
        "关*税",
        "관???세",
        "a?1b?2c?3d?4",
        "무역~",
        "自由贸易~1",
        "steel~3",
        "EU~",
        "anti-dumping~",
        "\"a b\"~",
        "\"a b\"~100",
        "a NEAR/100 b",
        "NEAR b",
        "a NEAR",
        "a NEAR/2 b NEAR/3 c",
        "관세 BEFORE/2 „b c“ NEAR/2 (d OR e) tariff",
        "a NEAR b NEAR c BEFORE d",
        "a BEFORE/100 b",
        "BEFORE b",
        "a BEFORE",
        "a BEFORE title:b",
        "a SENTENCE b PARAGRAPH c",
        "a SENTENCE b NOT SENTENCE c",
        "a NEAR/3 b SENTENCE c",
        "a SENTENCE title:b",
        "a SENTENCE (b NOT c)",
        "a SENTENCE/5 b",
        "NOT NEAR/5 b",
        "a NOT NEAR/5",
        "a NOT NEAR/5 (b AND c)",
        "a SENTENCE b SENTENCE c SENTENCE d SENTENCE e SENTENCE f SENTENCE g SENTENCE h SENTENCE i",
        "(((a SENTENCE b) NEAR c) PARAGRAPH d) NOT NEAR e",
        "lead:",
        "lead: tariff",
        "lead:lang:ko",
        "lead:a NEAR/3 b",
        "FIRST/0 a",
        "FIRST/10001 a",
        "FIRST/50",
        "FIRST/50 lang:ko",
        "FIRST/50 (NOT a)",
        "a NEAR/3 FIRST/50 b",
        "ATLEAST a",
        "ATLEAST/0 a",
        "ATLEAST/1001 a",
        "ATLEAST/3",
        "ATLEAST/3 (a AND b)",
        "ATLEAST/3 title:a",
        "ATLEAST/3 ATLEAST/2 a",
        "ATLEAST/3 lang:ko",
        "ATLEAST/3 tariff NEAR/5 steel",
        "leed:a",
        "a NEAR (b AND c)",
        "a NEAR lang:ko",
        "\"a b c d e f g h i\"~5",
        "titel:tariff",
        "title:",
        "caps:",
        "caps:US*",
        "caps:(US AND WHO)",
        "caps:title:US",
        "caps:…",
        "title:lang:ko",
        "lang:",
        "lang:fr",
        "lang:ko;zh",
        "country:",
        "country:xyz",
        "country:kr,",
        "counrty:kr",
        "pair:",
        "pair:kr",
        "pair:kr-kr",
        "pair:kr-cn,us-us",
        "pair:kr-cn,cn-us-kr",
        "pairs:kr-cn",
        "date:gestern",
        "date:2025-13",
        "date:2026..2025",
        "source:…",
        "id:*",
        "amount:",
        "amount:viel",
        "amount:\"5 foos\"",
        "amount:\"5 zillion USD\"",
        "amount:60bn..50bn",
        "amount:\"50..60bn USD\"",
        "amount:50bn..",
        "amount:\"5 EUR..6 USD\"",
        "amount:>1..2",
        "amount:5%",
        "amuont:5bn",
        "percent:x",
        "percent:5..3",
        "percent:\"5 USD\"",
        "==",
        "=steel*",
        "=\"free trade\"~2",
        nested.as_str(),
        "\u{1b}[31m AND",
    ] {
        let run = workspace.run(&["search", "--", query]);
        assert_eq!(run.code, 2, "{query}: {}", run.stdout);
        writeln!(said, "{}", run.stderr.replace(&nested, "((((…")).unwrap();
    }
    insta::assert_snapshot!("what_is_refused", said);
}

#[test]
fn a_query_is_refused_before_an_index_is_opened() {
    let run = Workspace::new().run(&["search", "tariff AND"]);
    assert!(run.stderr.contains("nothing after it") && !run.stderr.contains("index in"), "{}", run.stderr);
}

#[test]
fn a_query_that_is_too_long_is_refused() {
    assert!(parse_query(&"a ".repeat(MAX_QUERY_BYTES / 2)).is_ok());
    let error = parse_query(&"무".repeat(MAX_QUERY_BYTES)).unwrap_err();
    assert!(error.to_string().contains("at most 65536"), "{error}");
}

#[test]
fn too_many_costly_leaves_and_operators_are_refused_at_the_first_too_many() {
    for (part, most) in [
        ("steel~ ", MAX_FUZZY),
        ("steel* ", MAX_PREFIXES),
        ("st?el ", MAX_WILDCARDS),
        ("percent:5 ", MAX_QUANTITIES),
        ("lang:ko ", MAX_FILTERS),
        ("ATLEAST/2 관세 ", MAX_COUNTS),
        ("lead:关税 ", MAX_EXTENTS),
        ("FIRST/9 Zoll ", MAX_EXTENTS),
    ] {
        assert!(parse_query(&part.repeat(most)).is_ok(), "{part}");
        let error = parse_query(&part.repeat(most + 1)).unwrap_err();
        assert!(error.expected.starts_with(&format!("at most {most} ")), "{part}: {error}");
        assert_eq!(error.at.start, part.len() * most, "{part}");
    }
}
