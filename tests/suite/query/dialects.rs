//! Queries of Nexis and Factiva: every row of the guide's tables, and what is malformed.

use std::fmt::Write as _;

use tradewire::Dialect;
use tradewire::internals::query::{QueryAst, parse_query, translate};

use crate::workspace::Workspace;

const GUIDE: &str = include_str!("../../../docs/src/dialects.md");

/// The rows of the table after a heading, as cells.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, section) = GUIDE.split_once(&format!("## {heading}\n")).expect("the heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let lines = section.lines().filter(|line| line.starts_with('|')).skip(2);
    lines.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// The query in a cell; `None` for a dash.
fn code(cell: &'static str) -> Option<&'static str> {
    let code = cell.strip_prefix('`')?.strip_suffix('`');
    assert!(code.is_some(), "one query in a cell: {cell}");
    code
}

#[test]
fn each_row_of_the_guide_is_read() {
    let rows = rows("Side by side");
    assert!(rows.len() > 40, "{}", rows.len());
    for row in rows {
        let [_, nexis, factiva, ours] = row[..] else { panic!("four cells: {row:?}") };
        let ours = parse_query(code(ours).unwrap()).unwrap();
        let theirs = [(nexis, Dialect::Nexis), (factiva, Dialect::Factiva)];
        assert!(theirs.iter().any(|(cell, _)| code(cell).is_some()), "{row:?}");
        for (cell, dialect) in theirs {
            let Some(query) = code(cell) else {
                assert_eq!(cell, "–");
                continue;
            };
            let read = translate(query, dialect).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(read.ast, ours, "{dialect:?} {query} became {}", read.ast);
            assert_eq!(parse_query(&read.ast.to_string()).unwrap(), read.ast, "it prints as itself");
            // Signs are read in any case; what is searched is as typed.
            let loud = query.replace(" and ", " AND ").replace(" or ", " Or ").replace(" w/", " W/");
            assert_eq!(translate(&loud, dialect).unwrap().ast, ours, "{loud}");
        }
    }
}

#[test]
fn each_row_of_the_guide_is_refused() {
    for row in rows("Refused") {
        let [whose, query, refused, instead] = row[..] else { panic!("four cells: {row:?}") };
        let dialect = if whose == "Nexis" { Dialect::Nexis } else { Dialect::Factiva };
        let query = code(query).unwrap();
        let error = translate(query, dialect).expect_err(query);
        assert_eq!(error.at.slice(query), code(refused).unwrap());
        assert!(error.expected.contains(instead), "{query}: expected {}", error.expected);
    }
}

#[test]
fn what_is_malformed() {
    let mut listing = String::new();
    let nexis = [
        "(steel or tariff",
        "steel)",
        "()",
        "steel and",
        "or steel",
        "w/5 steel",
        "\"steel",
        "steel w/0 tariff",
        "atleast0(steel)",
        "(a1 and b1) w/5 c1",
        "date(soon)",
        "length(many)",
        "caps(a1 and b1)",
        "byline(a1 w/5 b1)",
        "and not steel",
        "language(french)",
    ];
    let factiva = [
        "[steel or tariff",
        "atleast5",
        "hd=",
        "date from soon",
        "steel same",
        "wc>many",
        "by=(a1 near2 b1)",
        "steel not",
        "re=(kr or zz)",
        "la=fr",
        "date from 20260131 to",
    ];
    for (dialect, queries) in [(Dialect::Nexis, &nexis[..]), (Dialect::Factiva, &factiva[..])] {
        for query in queries {
            let error = translate(query, dialect).expect_err(query);
            writeln!(listing, "{dialect:?} {query}\n  at {:?}: {error}", error.at.slice(query)).unwrap();
        }
    }
    insta::assert_snapshot!(listing);
}

#[test]
fn ordinary_words_are_no_fields() {
    let queries = [
        "the closing date is unclear",
        "the date",
        "length of the talks",
        "lead (zinc or copper)",
        "x = y",
        "R&D",
        "steel !",
    ];
    for query in queries {
        for dialect in [Dialect::Nexis, Dialect::Factiva] {
            let read = translate(query, dialect).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert!(!read.ast.is_filter() && !matches!(read.ast, QueryAst::And(_)), "{query} became {}", read.ast);
        }
    }
    for dialect in [Dialect::Nexis, Dialect::Factiva] {
        assert_eq!(translate(" \n", dialect).unwrap().ast, QueryAst::Bag(Vec::new()));
    }
}

#[test]
fn every_text_is_read_or_refused_in_its_place() {
    let pieces = "(steel|Zölle|무역|关税|\"free trade\"|「自由贸易」|and|or|not|and not|w/5|w/s|pre/3|same|adj4|/F50/|%|\\(|\\)|\\[|atleast3\\(|\
                  caps\\(|hd=|wc>|date|is|2026|!|\\?|\\*|\\$2|tar!|＞|（| |\u{301}|🚢){0,12}";
    proptest::proptest!(|(query in proptest::string::string_regex(pieces).unwrap())| {
        for dialect in [Dialect::Nexis, Dialect::Factiva] {
            match translate(&query, dialect) {
                Ok(read) => proptest::prop_assert_eq!(parse_query(&read.ast.to_string()).ok(), Some(read.ast)),
                Err(error) => {
                    proptest::prop_assert!(query.get(error.at.start..error.at.end).is_some(), "{:?}", error);
                    proptest::prop_assert!(!error.at.is_empty() || query.is_empty(), "{:?}", error);
                }
            }
        }
    });
}

#[test]
fn the_command_says_what_a_query_became() {
    let workspace = Workspace::with_articles(&[("a", "Steel", "The tariff on imported steel rose in May.")]);
    let found = workspace.run(&["search", "--syntax", "nexis", "tariff w/5 steel or aluminum and body(may)"]);
    insta::assert_snapshot!("what_a_query_became", found.stderr);
    let refused = workspace.run(&["search", "--syntax", "factiva", "tariff and co=posco"]);
    insta::assert_snapshot!("refused_in_its_place", refused.stderr);
}
