//! Why nothing was found, and how scores come about.

use std::fmt::Write as _;

use super::articles;

#[test]
fn why_nothing_was_found() {
    let workspace = articles();
    let mut said = String::new();
    for arguments in [
        &["xyzzy AND 稀土"][..],
        &["\u{1b}[31mxyzzy AND 稀土"],
        &["semiconducter"],
        &["hal?leitet"],
        &["稀土吗？出口呢"],
        &["\"steel on tariff\""],
        &["=tarif"],
        &["caps:Tariff"],
        &["title:aluminium"],
        &["tariff SENTENCE trade"],
        &["free NOT PARAGRAPH trade"],
        &["traders NOT NEAR/99 free"],
        &["lead:=tarif"],
        &["FIRST/2 traders"],
        &["ATLEAST/9 tariff"],
        &["lang:ko ATLEAST/9 tariff"],
        &["tariff lang:ko"],
        &["tariff -tariffs"],
        &["--lang", "ko", "tariff"],
        &["--require", "all", "tariff Zoll"],
        &["--since", "2030", "稀土"],
        &["lang:ko date:2030 tariff"],
        &["xyzzy"],
        &["date:2025"],
        &["--explain", "关税 NOT 稀土"],
    ] {
        let run = workspace.run(&[&["search", "--no-expand"], arguments].concat());
        assert_eq!(run.code, 1, "{arguments:?}");
        writeln!(said, "{arguments:?}\n{}{}", run.stdout, run.stderr).unwrap();
    }
    insta::assert_snapshot!("why_nothing_was_found", said);
}

#[test]
fn explanations() {
    let workspace = articles();
    let mut shown = String::new();
    for query in [
        "무역협정을 협상",
        "tariff AND (steel OR halbleit*) NOT 稀土",
        "semiconducter~ \"free trade\"~2",
        "title:=tariffs",
        "(tariff OR duty) SENTENCE steel",
        "tariff NOT NEAR/3 trade",
        "lead:(tariff OR 관세) NOT ATLEAST/3 (tariff NEAR/3 steel)",
        "FIRST/5 ATLEAST/1 =tariff",
        "*leiter 自由?易",
        "caps:tariffs OR caps:Free",
    ] {
        let run = workspace.run(&["search", "--explain", "-n", "1", query]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{query}");
        writeln!(shown, "$ {query}\n{}", run.stdout).unwrap();
    }
    insta::assert_snapshot!("explanations", shown);

    let run = workspace.run(&["search", "--explain", "--format", "jsonl", "-n", "1", "tariff"]);
    let hit: serde_json::Value = serde_json::from_str(run.stdout.trim()).unwrap();
    let parts = hit["score_parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
    assert!((sum - hit["score"].as_f64().unwrap()).abs() < 1e-5, "{hit}");
    assert!(run.stderr.contains("text_en"), "{}", run.stderr);
    let run = workspace.run(&["search", "--explain", "--format", "json", "-n", "1", "tariff"]);
    let results: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(results["results"][0]["explanation"]["leaves"][0]["text"], "tariff");
}
