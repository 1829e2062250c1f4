//! Several queries over time, by source, language, country and pair: what an independent recount of all hits says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::facets::{all_hits, result_of};
use crate::workspace::{Workspace, project};

const EVERYTHING: &str = "lang:en,de,ko,zh,und";
const QUERIES: [(&str, &str); 4] =
    [("en", "tariff*"), ("de", "Zölle OR Strafzoll"), ("ko", "관세 SENTENCE 철강"), ("none", "submarine")];

/// The values of a hit.
fn values(hit: &Value, per: &str) -> Vec<String> {
    let countries = || -> Vec<String> {
        let countries = hit["passage"]["countries"].as_array().unwrap();
        countries.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
    };
    let or_unknown = |values: Vec<String>| if values.is_empty() { vec!["unknown".to_owned()] } else { values };
    match per {
        "" => vec![String::new()],
        "lang" => vec![hit["passage"]["lang"].as_str().unwrap().to_owned()],
        "source" => vec![hit["document"]["source"].as_str().unwrap_or("unknown").to_owned()],
        _ => or_unknown(countries()),
    }
}

/// By value and month, the results. The countries of a result are those of all its passages.
fn counted(hits: &[Value], per: &str, unit: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut results: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for hit in hits {
        if let Some(date) = hit["document"]["date"].as_str() {
            let place = (result_of(hit, unit), date[..7].to_owned());
            results.entry(place).or_default().extend(values(hit, per));
        }
    }
    let mut counted: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for ((result, month), mut values) in results {
        if values.len() > 1 {
            values.remove("unknown");
        }
        let values: Vec<String> = values.into_iter().collect();
        let pairs = || {
            let pairs =
                values.iter().enumerate().flat_map(|(at, one)| values[at + 1..].iter().map(move |other| (one, other)));
            pairs.filter(|(one, _)| *one != "unknown").map(|(one, other)| format!("{one}-{other}")).collect()
        };
        for value in if per == "pair" { pairs() } else { values.clone() } {
            counted.entry((value, month.clone())).or_default().insert(result.clone());
        }
    }
    counted
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn rows_are_what_a_recount_says() {
    let workspace = Workspace::with_seeds();
    let file: Vec<String> = QUERIES.iter().map(|(id, query)| format!("{id}\t{query}")).collect();
    workspace.write("queries.tsv", file.join("\n"));
    for per in ["", "lang", "source", "country", "pair"] {
        for (unit, of) in [("passage", None), ("document", None), ("passage", Some("Korea OR 한국 OR 韩国"))] {
            let mut line = vec!["timeline", "--queries", "queries.tsv", "--by", "month", "--unit", unit];
            line.extend(["--no-expand", "--format", "csv"]);
            if !per.is_empty() {
                line.extend(["--per", per]);
            }
            line.extend(of.iter().flat_map(|of| ["--of", of]));
            let run = workspace.run(&line);
            assert_eq!(run.code, 0, "{}", run.stderr);
            let expand: &[&str] = &["--no-expand"];
            let base = counted(&all_hits(&workspace, of.unwrap_or(EVERYTHING), expand), per, unit);
            let mut expected: BTreeMap<(String, String, String), (u64, u64)> = BTreeMap::new();
            for (id, query) in QUERIES {
                let hits = counted(&all_hits(&workspace, query, expand), per, unit);
                for (place, found) in hits {
                    let all = base.get(&place).cloned().unwrap_or_default();
                    let both = found.intersection(&all).count() as u64;
                    if both > 0 {
                        expected.insert((id.to_owned(), place.0, place.1), (both, all.len() as u64));
                    }
                }
            }
            let rows = rows(&run.stdout);
            let mut found = BTreeMap::new();
            for row in &rows {
                let (n, of_all): (u64, u64) = (row[3].parse().unwrap(), row[4].parse().unwrap());
                let share = if of_all == 0 {
                    String::new()
                } else {
                    ((n as f64 * 1e6 / of_all as f64).round() / 1e4).to_string()
                };
                assert_eq!(row[5], share, "{row:?}");
                let place = (row[0].clone(), row[1].clone(), row[2].clone());
                if n > 0 {
                    found.insert(place, (n, of_all));
                } else {
                    let all = base.get(&(row[1].clone(), row[2].clone())).map_or(0, BTreeSet::len);
                    assert_eq!(of_all, all as u64, "{row:?}");
                }
            }
            assert_eq!(found, expected, "{per} {unit} {of:?}");
            // Every series has the same periods, without a gap.
            let mut periods: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
            rows.iter()
                .for_each(|row| periods.entry((row[0].clone(), row[1].clone())).or_default().push(row[2].clone()));
            let each: BTreeSet<&Vec<String>> = periods.values().collect();
            assert_eq!(each.len(), 1, "{per}");
            assert!(each.first().unwrap().is_sorted());
        }
    }
}

#[test]
fn series_in_every_format() {
    let workspace = Workspace::with_seeds();
    workspace.write("queries.tsv", "<steel>\tsteel OR Stahl\ntariffs\ttariff* OR Zölle\n");
    workspace.write("bad.tsv", "one\tsteel\ntwo\t\"open\n");
    workspace.write("empty.tsv", "");
    let queries: &[&str] = &["timeline", "--queries", "queries.tsv", "--by", "year", "--no-expand"];
    let more: [&[&str]; 7] = [
        &[],
        &["--format", "csv", "--standardise"],
        &["--format", "json", "--per", "lang", "--lang", "de"],
        &["--format", "svg", "--per", "lang", "--lang", "en,de"],
        &["--standardise", "--per", "country"],
        &["--of", "\"open"],
        &["--per", "weekday"],
    ];
    let mut lines: Vec<Vec<&str>> = more.iter().map(|more| [queries, more].concat()).collect();
    lines.extend([
        vec!["timeline", "FTA", "--per", "lang"],
        vec!["timeline", "submarine", "--standardise"],
        vec!["timeline", "--per", "lang"],
        vec!["timeline", "--queries", "bad.tsv"],
        vec!["timeline", "--queries", "empty.tsv"],
        vec!["timeline", "--queries", "missing.tsv"],
        vec!["timeline", "--queries", "queries.tsv", "steel"],
    ]);
    let run =
        |line: &Vec<&str>| format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(&workspace));
    insta::assert_snapshot!("series_in_every_format", lines.iter().map(run).collect::<String>());
}

/// The lists of queries find something in the samples of their language, and nothing in them is malformed.
#[test]
fn the_sample_lists_of_queries_are_found_in_their_language() {
    let workspace = Workspace::with_seeds();
    for lang in ["en", "de", "ko", "zh"] {
        let file = project().join("seeds/queries").join(format!("{lang}.tsv"));
        let path = file.to_str().unwrap();
        let line =
            ["timeline", "--queries", path, "--lang", lang, "--unit", "document", "--format", "csv", "--by", "year"];
        let run = workspace.run(&line);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{lang}");
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        rows(&run.stdout)
            .iter()
            .for_each(|row| *counts.entry(row[0].clone()).or_default() += row[3].parse::<u64>().unwrap());
        let names: Vec<&str> = counts.keys().map(String::as_str).collect();
        assert!(
            ["controls", "duties", "talks", "uncertainty"].iter().all(|name| names.contains(name)),
            "{lang}: {counts:?}"
        );
        assert!(counts["uncertainty"] < counts["duties"] + counts["talks"], "{lang}: {counts:?}");
    }
}

/// Law 10.
#[test]
fn hostile_names_are_printed_safely() {
    const HOSTILE: &str = "x\u{1b}]0;title\u{7}<script>\u{9b}2J\u{202e}";
    let workspace = Workspace::new();
    let article =
        serde_json::json!({"id": "a", "title": "Ports", "body": "harbour", "source": HOSTILE, "date": "2025-01-02"});
    workspace.index(&[workspace.write("a.jsonl", article.to_string())]);
    workspace.write("queries.tsv", format!("{HOSTILE}\tharbour"));
    for format in ["terminal", "csv", "json", "svg"] {
        let run = workspace.run(&["timeline", "--queries", "queries.tsv", "--per", "source", "--format", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let bad = run.stdout.chars().find(|&character| tradewire::output::is_unsafe(character) && character != '\n');
        assert_eq!(bad, None, "{format}: {}", run.stdout);
        assert!(format != "svg" || !run.stdout.contains("<script"), "{}", run.stdout);
    }
}
