//! Filters within a query.

use crate::workspace::Workspace;

#[test]
fn dates_and_lengths_within_what_is_excluded() {
    let workspace = Workspace::new();
    let lines: Vec<String> = (0..9)
        .map(|at| {
            let (date, more) = if at < 5 { ("", "") } else { (", \"date\": \"2025-03-01\"", " It grows and grows.") };
            format!("{{\"id\": \"a{at}\", \"body\": \"The harbour grows, step {at}.{more}\"{date}}}")
        })
        .collect();
    let file = workspace.write("articles.jsonl", lines.join("\n"));
    workspace.index(&[file]);
    for query in [
        "harbour NOT (date:2025 AND lang:en)",
        "harbour NOT (lang:en AND (date:2025 OR date:2024))",
        "harbour NOT ((date:2025 AND harbour) OR date:2024)",
        "harbour NOT (date:2025 OR lang:ko)",
        "harbour NOT date:2025",
        "harbour NOT (words:>6 AND lang:en)",
        "harbour NOT (lang:en AND (words:7..20 OR words:>20))",
        "harbour NOT ((words:>6 AND harbour) OR words:>20)",
        "harbour NOT (words:>6 OR lang:ko)",
        "harbour NOT (words:>6 AND date:2025)",
        "harbour NOT words:>6",
    ] {
        let mut ids = workspace.documents(query);
        ids.sort();
        assert_eq!(ids, ["a0", "a1", "a2", "a3", "a4"], "{query}");
    }
}

#[test]
fn filters_by_date_and_source() {
    let workspace = Workspace::new();
    let lines = [
        r#"{"id":"a","title":"Tariff","body":"tariff","date":"2025-11-30","source":"Yonhap News Agency"}"#,
        r#"{"id":"b","title":"Tariff","body":"tariff","date":"2025-12-01","source":"新華社"}"#,
        r#"{"id":"c","title":"Tariff","body":"tariff","date":"2026-01-01","source":"Süddeutsche Zeitung"}"#,
        r#"{"id":"d","title":"Tariff","body":"tariff"}"#,
    ];
    workspace.index(&[workspace.write("dated.jsonl", lines.join("\n"))]);
    for (arguments, expected) in [
        (&["tariff date:2025"][..], "a b"),
        (&["tariff date:2025-12"], "b"),
        (&["tariff date:2025-12-01..2026-01-31"], "b c"),
        (&["tariff date:>=2025-12"], "b c"),
        (&["tariff date:>2025"], "c"),
        (&["tariff date:<2025-12"], "a"),
        (&["tariff date:..2025-12"], "a b"),
        (&["tariff -date:2025"], "c d"),
        (&["--since", "2025-12", "tariff"], "b c"),
        (&["--until", "2025-12", "tariff"], "a b"),
        (&["--since", "2025-12", "--until", "2025-12-01", "tariff"], "b"),
        (&["tariff source:yonhap"], "a"),
        (&["tariff source:\"news agency\""], "a"),
        (&["tariff source:新华社"], "b"),
        (&["tariff source:sueddeutsche"], "c"),
        (&["--source", "Süddeutsche", "--source", "YONHAP", "tariff"], "a c"),
        (&["date:2025"], "a b"),
        (&["source:yon"], ""),
    ] {
        let run = workspace.run(&[&["search", "--format", "tsv"], arguments].concat());
        let mut ids: Vec<&str> = run.stdout.lines().skip(1).filter_map(|line| line.split('\t').nth(3)).collect();
        ids.sort_unstable();
        assert_eq!(ids.join(" "), expected, "{arguments:?}: {}", run.stderr);
    }
}
