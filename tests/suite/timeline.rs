//! Hits over time: what an independent recount of all hits says, in every format.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::facets::{all_hits, corpus, hits_by, holds, queries, result_of};
use crate::workspace::Workspace;

/// Every passage.
const EVERYTHING: &str = "lang:en,de,ko,zh,und";

/// Results by period; unknown days under `unknown`, all under `total`.
fn by_period(hits: &[Value], unit: &str, length: usize) -> BTreeMap<String, u64> {
    let mut results: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for hit in hits {
        let period = hit["document"]["date"].as_str().map_or("unknown", |date| &date[..length]);
        for period in [period, "total"] {
            results.entry(period.to_owned()).or_default().insert(result_of(hit, unit));
        }
    }
    results.into_iter().map(|(period, results)| (period, results.len() as u64)).collect()
}

#[test]
fn counts_are_those_of_all_hits_and_of_all_that_passes_the_options() {
    let workspace = corpus();
    let by = select(vec![("day", 10), ("month", 7), ("year", 4)]);
    let case = (queries(), prop::option::weighted(0.9, Just(())), select(vec!["passage", "document"]), by);
    holds(60, &case, |((query, options), has_query, unit, (by, length))| {
        let query = has_query.map_or(EVERYTHING, |()| query.as_str());
        let mut line = vec!["timeline", "--format", "json", "--by", by, "--unit", unit];
        line.extend(has_query.map(|()| query));
        line.extend(&options);
        let run = workspace.run(&line);
        let printed: Value = serde_json::from_str(&run.stdout).unwrap();
        let hits = by_period(&hits_by(&workspace, query, &options, unit), unit, length);
        let all = by_period(&all_hits(&workspace, EVERYTHING, &options), unit, length);
        assert_eq!(run.code, i32::from(hits.is_empty()), "{line:?}");
        let check = |period: &str, tally: &Value| {
            let of = |counts: &BTreeMap<String, u64>| counts.get(period).copied().unwrap_or(0);
            assert_eq!(
                (tally["count"].as_u64(), tally["all"].as_u64()),
                (Some(of(&hits)), Some(of(&all))),
                "{period}: {line:?}"
            );
            let share = (of(&all) > 0).then(|| of(&hits) as f64 * 100.0 / of(&all) as f64);
            let is_close = |(left, right): (f64, f64)| (left - right).abs() < 1e-3;
            assert_eq!(share.is_some(), tally["share"].is_f64(), "{period}: {line:?}");
            assert!(share.zip(tally["share"].as_f64()).is_none_or(is_close), "{period}: {line:?}");
        };
        let periods: Vec<&str> =
            printed["periods"].as_array().unwrap().iter().map(|period| period["period"].as_str().unwrap()).collect();
        for period in printed["periods"].as_array().unwrap() {
            check(period["period"].as_str().unwrap(), period);
        }
        check("unknown", &printed["unknown"]);
        check("total", &printed["total"]);
        // Every period with hits, and from the first of them to the last each that there is.
        let with_hits: Vec<&str> =
            hits.keys().map(String::as_str).filter(|period| !["unknown", "total"].contains(period)).collect();
        assert!(with_hits.iter().all(|period| periods.contains(period)), "{line:?}");
        assert_eq!((periods.first(), periods.last()), (with_hits.first(), with_hits.last()), "{line:?}");
        assert!(periods.is_sorted_by(|left, right| left < right), "{line:?}");
        if by == "month" {
            let months =
                |period: &str| period[..4].parse::<usize>().unwrap() * 12 + period[5..].parse::<usize>().unwrap();
            assert!(periods.windows(2).all(|two| months(two[0]) + 1 == months(two[1])), "{line:?}");
        }
    });
}

#[test]
fn every_format_and_its_defaults() {
    let workspace = corpus();
    let lines: &[&[&str]] = &[
        &["timeline", "tariff"],
        &["timeline", "tariff", "--by", "year", "--unit", "document"],
        &["timeline", "tariff", "--by", "month", "--since", "2025", "--lang", "en"],
        &["timeline", "Handel", "--format", "csv"],
        &["timeline", "Handel", "--format", "csv", "--by", "year", "--source", "yonhap"],
        &["timeline", "id:x-2 OR id:x-3", "--format", "json"],
        &["timeline", "id:x-2", "OR", "id:x-5"],
        &["timeline", "--country", "jp", "--by", "year"],
        &["timeline", "--pair", "cn-kr", "title:tariff"],
        &["timeline", "id:x-1"],
        &["timeline", "id:x-1", "--format", "csv"],
    ];
    insta::assert_snapshot!("formats_of_timelines", transcript(&workspace, lines));
}

#[test]
fn messages_about_timelines() {
    let workspace = corpus();
    let lines: &[&[&str]] = &[
        &["timeline", "tariff", "--by", "week"],
        &["timeline", "tariff", "--unit", "page"],
        &["timeline", "tariff", "--format", "jsonl"],
        &["timeline", "(tariff"],
        &["timeline", "?!"],
        &["timeline", ""],
        &["timeline", "tariff", "--since", "2026", "--until", "2025"],
        &["timeline", "tarif"],
        &["timeline", "xyzzyqq", "--format", "csv"],
        &["timeline", "xyzzyqq", "--format", "json"],
        &["timeline", "--source", "nobody"],
        &["timeline", "tariff", "--country", "zz"],
        &["timeline", "tariff", "--index", "elsewhere"],
    ];
    insta::assert_snapshot!("messages_about_timelines", transcript(&workspace, lines));
}

#[test]
fn nothing_of_a_query_or_a_document_reaches_the_terminal() {
    const HOSTILE: &str = "harbour \u{1b}[31m\u{9b}2J\u{202e}";
    let workspace = Workspace::with_articles(&[("a", HOSTILE, HOSTILE)]);
    for format in ["terminal", "csv", "json"] {
        let run = workspace.run(&["timeline", HOSTILE, "--format", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let bad = run
            .stdout
            .chars()
            .find(|&character| tradewire::internals::output::is_unsafe(character) && character != '\n');
        assert_eq!(bad, None, "{format}: {}", run.stdout);
    }
}

#[test]
fn bars_fit_the_terminal() {
    let workspace = corpus();
    for width in [20_usize, 60, 80, 110] {
        let mut command = workspace.command();
        let output = command.args(["timeline", "trade"]).env("COLUMNS", width.to_string()).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(stdout.contains('█'), "{stdout}");
        // Figures come first, and a bar of a few columns at least.
        assert!(stdout.lines().all(|line| line.chars().count() <= width.max(54)), "{width}: {stdout}");
    }
}

fn transcript(workspace: &Workspace, lines: &[&[&str]]) -> String {
    let run = |line: &&[&str]| format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(workspace));
    lines.iter().map(run).collect()
}
