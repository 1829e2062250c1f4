//! The best results of each language, country, source and month, side by side.

use std::collections::BTreeMap;

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::workspace::Workspace;

/// The hits of each query of a batch, in the order in which they are printed.
fn groups(stdout: &str) -> Vec<(String, Vec<Value>)> {
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for line in stdout.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        let id = hit["query_id"].as_str().unwrap().to_owned();
        match groups.last_mut() {
            Some((last, hits)) if *last == id => hits.push(hit),
            _ => groups.push((id, vec![hit])),
        }
    }
    groups
}

fn place(hit: &Value) -> (String, u64, String) {
    let passage = &hit["passage"]["number"];
    (hit["document"]["id"].as_str().unwrap().to_owned(), passage.as_u64().unwrap(), hit["score"].to_string())
}

/// Each group is what a search with that filter finds.
#[test]
fn each_group_is_a_search_of_its_own() {
    let workspace = Workspace::with_seeds();
    for query in ["tariff Zölle 관세 关税", "FTA", "steel OR Stahl OR 철강 OR 钢铁"] {
        for (per, option) in
            [("lang", "--lang"), ("country", "--country"), ("month", "--since"), ("source", "--source")]
        {
            for unit in ["passage", "document"] {
                let line = ["search", "--format", "jsonl", "--by", unit, "-n", "3", query];
                let run = workspace.run(&[&line[..], &["--per", per, "--groups", "5"]].concat());
                assert_eq!(run.code, 0, "{}", run.stderr);
                let found = groups(&run.stdout);
                assert!(found.len() > 1 && found.len() <= 5, "{per}: {}", run.stdout);
                for (value, hits) in found {
                    let mut filtered = [&line[..], &[option, &value]].concat();
                    if per == "month" {
                        filtered.extend(["--until", &value]);
                    }
                    let expected = workspace.run(&filtered).stdout;
                    let expected: Vec<Value> =
                        expected.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                    let places = |hits: &[Value]| hits.iter().map(place).collect::<Vec<_>>();
                    assert_eq!(places(&hits), places(&expected), "{query} {per} {value} {unit}");
                    if per == "source" {
                        assert!(hits.iter().all(|hit| hit["document"]["source"] == value.as_str()), "{value}");
                    }
                }
            }
        }
    }
}

/// A source whose name is a part of another one's has its own results only.
#[test]
fn a_source_is_its_whole_name() {
    let workspace = Workspace::new();
    let article = |number: usize, source: &str| {
        let id = format!("a{number}");
        serde_json::json!({"id": id, "title": "Ports", "body": format!("The harbour number {number}"), "source": source})
    };
    let sources = ["Wire", "Wire Asia", "Wire Asia", "Wire", "Asia Wire News"];
    let lines: Vec<String> =
        sources.iter().enumerate().map(|(number, source)| article(number, source).to_string()).collect();
    workspace.index(&[workspace.write("a.jsonl", lines.join("\n"))]);
    let run = workspace.run(&["search", "harbour", "--per", "source", "-n", "2", "--format", "jsonl"]);
    let found: BTreeMap<String, usize> =
        groups(&run.stdout).into_iter().map(|(value, hits)| (value, hits.len())).collect();
    let expected = [("Wire", 2), ("Wire Asia", 2), ("Asia Wire News", 1)];
    assert_eq!(found, expected.map(|(source, hits)| (source.to_owned(), hits)).into());
}

#[test]
fn groups_for_reading_and_what_is_refused() {
    let workspace = Workspace::with_seeds();
    let mut shown = String::new();
    let lines: [&[&str]; 8] = [
        &["search", "--per", "lang", "-n", "1", "tariff Zölle 관세 关税"],
        &["search", "--per", "month", "-n", "1", "--groups", "2", "steel"],
        &["search", "--per", "source", "-n", "1", "--groups", "2", "--format", "csv", "title:FTA"],
        &["search", "--per", "lang", "submarine"],
        &["search", "--per", "weekday", "x"],
        &["search", "--per", "country", "--country", "kr", "x"],
        &["search", "--per", "lang", "--facets", "lang", "x"],
        &["search", "--groups", "3", "x"],
    ];
    for line in lines {
        shown += &format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(&workspace));
    }
    insta::assert_snapshot!("groups_for_reading", shown);
    for width in [40_usize, 75, 110] {
        let mut command = workspace.command();
        command.args(["search", "--per", "lang", "-n", "2", "관세 关税 tariff"]).env("COLUMNS", width.to_string());
        let stdout = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(stdout.lines().all(|line| line.width() <= width), "{width}: {stdout}");
    }
}
