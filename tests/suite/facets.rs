//! Counts over all hits: they are what an independent recount of all hits says, and every format shows them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config as Cases, RngSeed, TestRunner};
use serde_json::Value;
use tradewire::internals::output::{Page, QueryHead};
use tradewire::internals::search::{Facet, FacetField, FacetValue, SearchOptions, SearchResults};
use unicode_width::UnicodeWidthStr;

use crate::output::{any_text, assert_safe, seeded};
use crate::terminal::formats;
use crate::workspace::{Workspace, seeds};

/// More hits than any query has here.
const ALL: &str = "1000000";

/// The seeds and articles of which something is not known, of the distant past, or replaced later.
pub(crate) fn corpus() -> Workspace {
    let workspace = Workspace::new();
    let article = |id: &str, body: &str, date: Option<&str>, source: Option<&str>| {
        let long = format!("{body} {}\n\n{body} China.", "Trade talks went on. ".repeat(60));
        serde_json::json!({"id": id, "title": "Tariff", "body": long, "date": date, "source": source}).to_string()
    };
    let first = [
        article("x-1", "Korea and Japan talk about trade.", None, None),
        article("x-2", "무역 협정. 한국과 미국.", Some("2025-12-30"), None),
        article("x-3", "Handel mit Südkorea.", None, Some("Yonhap")),
        article("x-4", "Trade with nobody.", Some("1999-01-31"), Some("yonhap")),
        article("x-5", "Trade", Some("2025-12-30"), Some("Old Wire")),
    ];
    workspace.index(&[workspace.write("first.jsonl", first.join("\n")), seeds()]);
    let again = [article("x-5", "Trade of Germany.", Some("2026-01-01"), Some("New Wire"))];
    workspace.index(&[workspace.write("again.jsonl", again.join("\n"))]);
    workspace
}

const OPERANDS: [&str; 23] = [
    "trade",
    "tariff",
    "Handel",
    "Zoll",
    "무역",
    "협정",
    "关税",
    "自由贸易",
    "FTA",
    "China",
    "Korea",
    "\"free trade\"",
    "stahl*",
    "title:tariff",
    "lang:ko",
    "source:yonhap",
    "country:kr",
    "pair:cn-kr",
    "date:2025",
    "id:x-*",
    "id:x-1",
    "rare NEAR/5 earths",
    "xyzzyqq",
];

const JOINS: [&str; 4] = [" ", " OR ", " AND ", " NOT "];

/// Queries with many hits and few, of every language, with and without filters.
pub(crate) fn queries() -> impl Strategy<Value = (String, Vec<&'static str>)> {
    let options: [&[&str]; 6] = [
        &[],
        &[],
        &["--lang", "en,ko"],
        &["--since", "2025-06"],
        &["--country", "cn"],
        &["--source", "sample", "--pair", "cn-kr"],
    ];
    let query = (select(OPERANDS.to_vec()), select(JOINS.to_vec()), select(OPERANDS.to_vec()), any::<bool>());
    let query =
        query.prop_map(|(one, join, other, both)| if both { format!("{one}{join}{other}") } else { one.to_owned() });
    (query, select(options.map(<[&str]>::to_vec).to_vec()))
}

/// Checks a law in this number of cases, the same in every run.
pub(crate) fn holds<S: Strategy>(cases: u32, case: &S, law: impl Fn(S::Value)) {
    let seeded = Cases { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_208), ..Cases::default() };
    let checked = TestRunner::new(seeded).run(case, |case| {
        law(case);
        Ok(())
    });
    checked.unwrap();
}

/// All hits, passage by passage.
pub(crate) fn all_hits(workspace: &Workspace, query: &str, options: &[&str]) -> Vec<Value> {
    let line = [&["search", "--format", "jsonl", "-n", ALL, query], options].concat();
    let run = workspace.run(&line);
    assert!(run.code < 2, "{query}: {}", run.stderr);
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn is_filter(operand: &str) -> bool {
    operand.contains(':') && !operand.starts_with("title:")
}

/// The operands of a query of two, and what joins them.
fn operands(query: &str) -> Option<(&str, &str, &str)> {
    OPERANDS.iter().find_map(|left| {
        let rest = query.strip_prefix(left)?;
        let join =
            JOINS.iter().rev().find(|join| rest.starts_with(**join) && OPERANDS.contains(&&rest[join.len()..]))?;
        Some((&query[..left.len()], *join, &rest[join.len()..]))
    })
}

/// All hits by a unit, passage by passage. By document, AND, NOT and filters in the query hold for the document; its hits are the
/// passages with an operand that is no filter, if there is one, and of these those that pass the filters, if there are any.
pub(crate) fn hits_by(workspace: &Workspace, query: &str, options: &[&str], unit: &str) -> Vec<Value> {
    let joined = operands(query).filter(|(left, join, right)| match *join {
        " AND " | " NOT " => true,
        " " => is_filter(left) || is_filter(right),
        _ => false,
    });
    let (Some((left, join, right)), "document") = (joined, unit) else {
        return all_hits(workspace, query, options);
    };
    // Beside an operator a word is one term; beside a filter it is still a bag.
    let sign = if join == " " { "" } else { "+" };
    let [of_left, of_right] = [left, right].map(|operand| all_hits(workspace, &format!("{sign}{operand}"), options));
    let documents = |hits: &[Value]| hits.iter().map(|hit| result_of(hit, "document")).collect::<BTreeSet<String>>();
    let is_excluding = join == " NOT ";
    let found = match is_excluding {
        true => &documents(&of_left) - &documents(&of_right),
        false => &documents(&of_left) & &documents(&of_right),
    };
    let required = [(left, of_left), (right, of_right)].into_iter().take(if is_excluding { 1 } else { 2 });
    let (filters, texts): (Vec<_>, Vec<_>) = required.partition(|(operand, _)| is_filter(operand));
    let keys = |hits: &[Value]| hits.iter().map(|hit| result_of(hit, "passage")).collect::<BTreeSet<String>>();
    let passing = filters.iter().map(|(_, hits)| keys(hits)).reduce(|one, other| &one & &other);
    let shown = if texts.is_empty() { filters } else { texts };
    let mut by_document: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for hit in shown.into_iter().flat_map(|(_, hits)| hits).filter(|hit| found.contains(&result_of(hit, "document"))) {
        by_document.entry(result_of(&hit, "document")).or_default().insert(result_of(&hit, "passage"), hit);
    }
    if let Some(passing) = passing {
        for passages in by_document.values_mut() {
            if passages.keys().any(|key| passing.contains(key)) {
                passages.retain(|key, _| passing.contains(key));
            }
        }
    }
    by_document.into_values().flat_map(BTreeMap::into_values).collect()
}

/// The key of the result that a hit belongs to.
pub(crate) fn result_of(hit: &Value, unit: &str) -> String {
    let id = hit["document"]["id"].as_str().unwrap();
    if unit == "document" { id.to_owned() } else { format!("{id} {}", hit["passage"]["number"]) }
}

fn values_of(hit: &Value, field: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let date = |length: usize| hit["document"]["date"].as_str().map(|date| date[..length].to_owned());
    match field {
        "lang" => text(&hit["passage"]["lang"]).into_iter().collect(),
        "source" => text(&hit["document"]["source"]).into_iter().collect(),
        "country" => hit["passage"]["countries"].as_array().unwrap().iter().filter_map(text).collect(),
        "year" => date(4).into_iter().collect(),
        "month" => date(7).into_iter().collect(),
        "day" => date(10).into_iter().collect(),
        _ => panic!("{field}"),
    }
}

/// Counts by a field, most frequent first, and results without a value.
fn recount(hits: &[Value], field: &str, unit: &str) -> (Vec<(String, u64)>, u64) {
    let mut of_result: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for hit in hits {
        let values = values_of(hit, if field == "pair" { "country" } else { field });
        of_result.entry(result_of(hit, unit)).or_default().extend(values);
    }
    let (mut counts, mut unknown) = (BTreeMap::<String, u64>::new(), 0);
    for values in of_result.into_values() {
        let values: Vec<String> = if field == "pair" {
            let pairs = |one: &String| {
                values.range(one.clone()..).skip(1).map(|other| format!("{one}-{other}")).collect::<Vec<_>>()
            };
            values.iter().flat_map(pairs).collect()
        } else {
            values.into_iter().collect()
        };
        unknown += u64::from(values.is_empty());
        values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (counts, unknown)
}

#[test]
fn counts_are_those_of_all_hits() {
    let workspace = corpus();
    let case =
        (queries(), select(vec!["passage", "document"]), select(vec![0_usize, 1, 3, 10]), select(vec!["0", "2"]));
    holds(60, &case, |((query, options), unit, limit, shown)| {
        let fields = "month,lang,pair,source,year,country,day";
        let limit_argument = limit.to_string();
        let asked = ["search", "--format", "json", "--by", unit, "-n", shown, "--facets", fields];
        let line = [&asked[..], &["--facet-limit", &limit_argument, &query], &options].concat();
        let run = workspace.run(&line);
        let printed: Value = serde_json::from_str(&run.stdout).unwrap();
        let printed = &printed["results"][0];
        let hits = hits_by(&workspace, &query, &options, unit);
        let results: BTreeSet<String> = hits.iter().map(|hit| result_of(hit, unit)).collect();
        assert_eq!(printed["total"], results.len(), "{line:?}");
        assert_eq!(run.code, i32::from(results.is_empty()), "{line:?}");
        let named: Vec<&str> =
            printed["facets"].as_array().unwrap().iter().map(|facet| facet["field"].as_str().unwrap()).collect();
        assert_eq!(named.join(","), fields);
        for facet in printed["facets"].as_array().unwrap() {
            let field = facet["field"].as_str().unwrap();
            let (mut counts, unknown) = recount(&hits, field, unit);
            let all = counts.len();
            counts.truncate(if limit == 0 { all } else { limit });
            let read = |value: &Value| (value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap());
            let values: Vec<(String, u64)> = facet["values"].as_array().unwrap().iter().map(read).collect();
            assert_eq!(values, counts, "{field}: {line:?}");
            assert_eq!(facet["unknown"], unknown, "{field}: {line:?}");
            assert_eq!(facet["other"], all - counts.len(), "{field}: {line:?}");
        }
    });
}

/// Hits are the same with counts as without.
#[test]
fn counting_changes_no_hit() {
    let workspace = corpus();
    for unit in ["passage", "document"] {
        let line = ["search", "trade 무역", "--by", unit, "--format", "jsonl"];
        let plain = workspace.run(&line).stdout;
        let counted = workspace.run(&[&line[..], &["--facets", "lang"]].concat()).stdout;
        assert_eq!(counted.lines().count(), plain.lines().count() + 1);
        assert!(counted.starts_with(&plain), "{counted}");
    }
}

fn transcript(workspace: &Workspace, lines: &[&[&str]]) -> String {
    let run = |line: &&[&str]| format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(workspace));
    lines.iter().map(run).collect()
}

#[test]
fn every_format_of_counts() {
    let workspace = corpus();
    workspace.write("topics.tsv", "q1\ttariff\nq2\txyzzyqq\n");
    let alone = ["search", "tariff", "-n", "0", "--facets", "lang,source,country,pair,month", "--facet-limit", "2"];
    let with = |more: &[&'static str]| [&alone[..], more].concat();
    let lines = [
        with(&[]),
        with(&["--by", "document"]),
        with(&["--format", "json"]),
        with(&["--format", "jsonl"]),
        with(&["--format", "csv"]),
        with(&["--format", "tsv"]),
        vec!["search", "id:x-2", "-n", "1", "--facets", "lang,lang,day", "--color", "always"],
        vec!["search", "xyzzyqq", "--facets", "lang"],
        vec!["search", "xyzzyqq", "--facets", "lang", "--format", "json"],
        vec!["search", "--queries", "topics.tsv", "-n", "0", "--facets", "year"],
        vec!["search", "--queries", "topics.tsv", "-n", "0", "--facets", "year", "--format", "csv"],
    ];
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!("formats_of_counts", transcript(&workspace, &lines).replace('\x1b', "␛"));
}

#[test]
fn messages_about_counts() {
    let workspace = corpus();
    let lines: &[&[&str]] = &[
        &["search", "tariff", "--facets", "topic"],
        &["search", "tariff", "--facets", "lang", "--facet-limit", "few"],
        &["search", "tariff", "--facets", "lang", "--format", "csv"],
        &["search", "tariff", "--facets", "lang", "--format", "tsv", "-n", "1"],
        &["search", "tariff", "--facets", "lang", "--format", "trec"],
        &["search", "tariff", "--facets", "lang", "--format", "paths", "-n", "0"],
    ];
    insta::assert_snapshot!("messages_about_counts", transcript(&workspace, lines));
    assert!(lines.iter().all(|line| workspace.run(line).code == 2));
}

#[test]
fn the_library_counts_nothing_unless_asked() {
    let workspace = corpus();
    let results = workspace.search("tariff", &SearchOptions::default());
    assert_eq!((results.facets.len(), results.total), (0, None));
    let empty = Workspace::new();
    empty.index(&[empty.write("blank.jsonl", "\n")]);
    let options = SearchOptions { facets: FacetField::ALL.to_vec(), ..SearchOptions::default() };
    let results = empty.search("tariff", &options);
    assert_eq!((results.facets.len(), results.total), (10, Some(0)));
    assert!(results.facets.iter().all(|facet| facet.values.is_empty() && facet.unknown + facet.other == 0));
}

proptest! {
    #![proptest_config(seeded(256))]

    /// Law 10, and no line wider than the terminal, whatever sources are called.
    #[test]
    fn counts_are_printed_safely(
        names in prop::collection::vec((any_text(), any::<u32>()), 0..4),
        unknown in 0..2_u64,
        width in 0..200_usize,
    ) {
        let values = names.iter().map(|(value, count)| FacetValue { value: value.clone(), count: u64::from(*count) }).collect();
        let facets = vec![Facet { field: FacetField::Source, values, other: 12, unknown }];
        let results = SearchResults { total: Some(9), facets, ..SearchResults::default() };
        for format in formats().filter(|format| format.shows_facets(true)) {
            let mut out = Vec::new();
            let mut writer = (format.writer)(&mut out, Page { colour: false, columns: width, hyperlinks: false });
            writer.write(&QueryHead { id: "1", query: "x", is_batch: false, unit_name: "passages" }, &results).unwrap();
            writer.finish().unwrap();
            drop(writer);
            let printed = String::from_utf8(out).unwrap();
            assert_safe(format, false, &printed);
            if format.name == "terminal" {
                let widest = printed.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
                prop_assert!(widest <= width.max(20), "{} columns on {}: {}", widest, width, printed);
            }
        }
    }
}
