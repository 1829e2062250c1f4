//! The command line: help pages, messages, exit codes, colours, pipes, and where the index is.
//!
//! Help pages and messages are snapshots: `INSTA_UPDATE=always cargo test --release cli` writes them again.

pub(crate) mod pipes;
mod stats;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde::Deserialize;

use crate::workspace::{Run, Workspace};

pub(crate) const COMMANDS: [&str; 16] = [
    "index",
    "search",
    "show",
    "kwic",
    "timeline",
    "analyze",
    "glossary",
    "stats",
    "delete",
    "optimize",
    "verify",
    "eval",
    "bench",
    "demo",
    "completions",
    "man",
];

/// Runs each command line and puts what it printed under it.
fn transcript(workspace: &Workspace, lines: &[&[&str]]) -> String {
    let run = |line: &&[&str]| format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(workspace));
    lines.iter().map(run).collect()
}

/// A workspace with one short article in each of the four languages.
fn with_four_articles() -> Workspace {
    let workspace = Workspace::new();
    let articles = [
        ("en-1", "Ports reopen", "The harbour was closed for a week. The harbour is open again."),
        ("de-1", "Hafen öffnet", "Der südkoreanische Hafen war eine Woche lang geschlossen und ist nun wieder offen."),
        ("ko-1", "항구 재개", "두 나라는 무역 협정을 맺었다. 항구는 다시 열렸다."),
        ("zh-1", "港口重開", "兩國簽署了自由貿易協定，港口重新開放。"),
    ];
    workspace.index(&[workspace.write_articles("news.jsonl", &articles)]);
    workspace
}

#[test]
fn help_pages() {
    let workspace = Workspace::new();
    let help = workspace.run(&["--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("help", help.stdout);
    for command in COMMANDS {
        let help = workspace.run(&[command, "--help"]);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""), "{command}");
        insta::assert_snapshot!(format!("help_{command}"), help.stdout);
    }
}

#[test]
fn every_command_has_its_help_page_here() {
    let help = Workspace::new().run(&["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let listed = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let listed: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    let expected: Vec<&str> = COMMANDS.into_iter().chain(["help"]).collect();
    assert_eq!(listed, expected);
}

#[test]
fn version_and_bare_program() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["--version"]).stdout, format!("tradewire {}\n", env!("CARGO_PKG_VERSION")));
    let bare = workspace.run::<&str>(&[]);
    assert_eq!((bare.code, bare.stdout.as_str()), (2, ""));
    assert_eq!(bare.stderr, workspace.run(&["--help"]).stdout);
}

#[test]
fn messages_about_arguments() {
    let lines: &[&[&str]] = &[
        &["frobnicate"],
        &["index"],
        &["index", "--threads", "0", "news"],
        &["search"],
        &["search", "--lang", "fr", "commerce"],
        &["search", "--lang", "en,", "trade"],
        &["search", "--by", "page", "trade"],
        &["search", "--format", "xml", "trade"],
        &["search", "--color", "sometimes", "trade"],
        &["search", "-n", "ten", "trade"],
        &["search", "--queries", "topics.tsv", "trade"],
        &["search", "--country", "Korea", "trade"],
        &["search", "--pair", "kr/cn", "trade"],
        &["search", "--frob", "trade"],
        &["analyze"],
        &["analyze", "--lang", "klingon", "trade"],
        &["stats", "--format", "xml"],
        &["eval"],
        &["eval", "--topics", "t", "--qrels", "q", "--by", "page"],
    ];
    let workspace = Workspace::new();
    insta::assert_snapshot!("messages_about_arguments", transcript(&workspace, lines));
    for line in lines {
        assert_eq!(workspace.run(line).code, 2, "{line:?}");
    }
}

#[test]
fn messages_without_an_index() {
    let workspace = Workspace::new();
    workspace.write("file", "not a folder");
    let lines: &[&[&str]] = &[&["search", "trade"], &["stats"], &["search", "--index", "file", "trade"]];
    insta::assert_snapshot!("messages_without_an_index", transcript(&workspace, lines));
}

#[test]
fn messages_about_queries() {
    let lines: &[&[&str]] = &[
        &["search", "port \"closed again"],
        &["search", "항구 「협정"],
        &["search", "„Hafen"],
        &["search", ""],
        &["search", "?! …"],
        &["search", "\"\""],
        &["analyze", "?! …"],
        &["search", "--queries", "missing.tsv"],
        &["search", "--queries", "."],
    ];
    insta::assert_snapshot!("messages_about_queries", transcript(&with_four_articles(), lines));
}

#[test]
fn exit_codes_tell_hits_from_none_from_errors() {
    let workspace = with_four_articles();
    let cases: &[(&[&str], i32)] = &[
        (&["search", "harbour"], 0),
        (&["search", "harbour", "submarine"], 0),
        (&["search", "submarine"], 1),
        (&["search", "\"果\""], 1),
        (&["search", "港", "--lang", "en,de"], 1),
        (&["search", "harbour", "--offset", "1"], 1),
        (&["search", "harbour", "-n", "0"], 1),
        (&["search", "\"harbour"], 2),
        (&["search", "!"], 2),
        (&["search", "harbour", "--index", "elsewhere"], 2),
        (&["search", "harbour", "-n", "0", "--facets", "lang"], 0),
        (&["search", "submarine", "-n", "0", "--facets", "lang"], 1),
        (&["search", "harbour", "--facets", "lang", "--format", "trec"], 2),
        (&["timeline", "harbour"], 0),
        (&["timeline"], 0),
        (&["timeline", "submarine"], 1),
        (&["timeline", "\"harbour"], 2),
        (&["analyze", "harbour"], 0),
        (&["analyze", "!"], 1),
        (&["stats"], 0),
        (&["stats", "--index", "elsewhere"], 2),
        (&["index", "news.jsonl"], 0),
        (&["index", "nowhere", "news.jsonl"], 2),
    ];
    for (line, code) in cases {
        let run = workspace.run(line);
        assert_eq!(run.code, *code, "{line:?}: {}", run.stderr);
        assert_eq!(run.stdout.is_empty(), *code != 0 || line[0] == "index", "{line:?} prints results only");
        // No hit is no error: one line says why.
        let says_why = *code == 1 && line[0] != "analyze";
        assert!(!says_why || run.stderr.lines().count() <= 1, "{line:?} complained: {}", run.stderr);
    }
}

#[test]
fn an_argument_that_is_not_text_is_refused_without_a_panic() {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let workspace = with_four_articles();
        let run = workspace.run(&[std::ffi::OsStr::new("search"), std::ffi::OsStr::from_bytes(b"\xFF\xFE")]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("UTF-8"), "{}", run.stderr);
    }
}

#[test]
fn the_index_is_where_the_option_the_variable_or_the_data_directory_says() {
    let workspace = Workspace::new();
    let article = |name: &str| workspace.write(&format!("{name}.txt"), format!("Title of {name}\nharbour"));
    let titles = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = workspace.command();
        command.env_remove("TRADEWIRE_INDEX").env_remove("XDG_DATA_HOME").env("HOME", workspace.path());
        command.envs(variables.iter().copied()).args(arguments);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let data = workspace.path().join("data").display().to_string();
    let in_data: &[(&str, &str)] = &[("XDG_DATA_HOME", &data)];
    let in_variable: &[(&str, &str)] = &[("XDG_DATA_HOME", &data), ("TRADEWIRE_INDEX", "by-variable")];
    let index = |name: &str, options: &[&str], variables: &[(&str, &str)], expected: &str| {
        let path = article(name).display().to_string();
        let line: Vec<&str> = ["index", &path].into_iter().chain(options.iter().copied()).collect();
        assert_eq!(titles(&line, variables).0, Some(0), "{name}");
        assert!(workspace.path().join(expected).join("manifest.json").is_file(), "{name} is not in {expected}");
        let line: Vec<&str> = ["search", "harbour"].into_iter().chain(options.iter().copied()).collect();
        let (code, shown) = titles(&line, variables);
        assert!(code == Some(0) && shown.contains(&format!("Title of {name}")), "{name}: {shown}");
        assert!(shown.contains("1-1 of 1") || shown.contains("1 of 1"), "{name} is not alone: {shown}");
    };
    index("home", &[], &[], ".local/share/tradewire/index");
    index("data", &[], in_data, "data/tradewire/index");
    index("variable", &[], in_variable, "by-variable");
    index("option", &["--index", "by-option"], in_variable, "by-option");
}

#[test]
fn a_batch_is_read_from_a_file_or_standard_input() {
    let workspace = with_four_articles();
    let queries = "\u{feff}q1\tharbour\r\n\r\n  \nq2\t自由贸易协定\nq 3 \t submarine \nq4\t\"무역협정\"\tko\n";
    workspace.write("queries.tsv", queries);
    let line = ["search", "--no-expand", "--format", "trec", "--queries"];
    let from_file = workspace.run(&[&line[..], &["queries.tsv"]].concat());
    let from_input = workspace.run_with_input(&[&line[..], &["-"]].concat(), queries);
    assert_eq!((from_file.code, from_file.stderr.as_str()), (0, ""));
    assert_eq!(from_file.stdout, from_input.stdout);
    let found: Vec<(&str, &str)> = from_file
        .stdout
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>())
        .map(|columns| (columns[0], columns[2]))
        .collect();
    assert_eq!(found, [("q1", "en-1"), ("q2", "zh-1"), ("q4", "ko-1")]);
    let trec =
        "<top>\n<num> Number: q1\n<title> harbour\n</top>\n<top><num>q2</num><title>自由贸易协定</title></top>\n";
    let from_trec = workspace.run_with_input(&[&line[..], &["-"]].concat(), trec);
    assert_eq!(from_trec.stdout.lines().collect::<Vec<_>>(), from_file.stdout.lines().take(2).collect::<Vec<_>>());
    let run = workspace.run_with_input(&[&line[..], &["-"]].concat(), "q1\tsubmarine\n\n");
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (1, "", ""));
    assert_eq!(workspace.run_with_input(&[&line[..], &["-"]].concat(), "").code, 1);
}

#[test]
fn bad_lines_of_a_batch_are_reported_and_the_rest_is_answered() {
    let workspace = with_four_articles();
    let queries =
        b"q1\tharbour\nno tab here\n\tno id\nq4\t\nq5\t\"open\nq6\t\xFF\n\x1b]0;x\x07\nq8\tharbour\nq9\ttwo\ttabs\n";
    workspace.write("queries.tsv", queries);
    let run = workspace.run(&["search", "--format", "trec", "--queries", "queries.tsv"]);
    assert_eq!(run.code, 2);
    let answered: Vec<&str> = run.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(answered, ["q1", "q8"]);
    insta::assert_snapshot!("messages_about_batches", run.stderr);
    for (message, line) in run.stderr.lines().zip([2, 3, 4, 5, 6, 7, 9]) {
        assert!(message.starts_with(&format!("tradewire: queries.tsv:{line}: ")), "{message}");
    }
    assert_eq!(run.stderr.lines().count(), 7);
}

fn first_column(line: &str) -> String {
    line.split('\t').next().unwrap_or_default().to_owned()
}

#[test]
fn analyze_shows_the_tokens_of_every_chain_that_applies() {
    let workspace = Workspace::new();
    let text = "Straßen-Zölle 무역협정을 限韓令 ＦＴＡ";
    let lines: &[&[&str]] =
        &[&["analyze", "Zölle 협정을"], &["analyze", "--lang", "de", "Zölle 협정을"], &["analyze", "two", "words"]];
    insta::assert_snapshot!("analyze", transcript(&workspace, lines));
    for (lang, expected) in [
        ("en", &["en"][..]),
        ("de", &["de"]),
        ("ko", &["ko"]),
        ("zh", &["zh"]),
        // Its chain leaves CJK characters to the bigrams.
        ("und", &["chars", "und"]),
    ] {
        let shown = workspace.run(&["analyze", "--lang", lang, text]).stdout;
        let chains: BTreeSet<String> = shown.lines().map(first_column).collect();
        assert_eq!(chains, expected.iter().map(|&chain| chain.to_owned()).collect(), "{shown}");
    }
    let chains: BTreeSet<String> = workspace.run(&["analyze", text]).stdout.lines().map(first_column).collect();
    assert_eq!(chains, ["chars", "de", "en", "ko", "und", "zh"].map(str::to_owned).into());
    for line in workspace.run(&["analyze", text]).stdout.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let (start, end) = columns[2].split_once("..").unwrap();
        assert_eq!(&text[start.parse().unwrap()..end.parse().unwrap()], columns[4], "{line}");
    }
}

#[test]
fn the_demo_shows_a_marked_hit_in_each_language_from_anywhere() {
    let elsewhere = Workspace::new();
    let run = elsewhere.run(&["demo"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let searches: Vec<&str> = run.stdout.split("$ tradewire search ").skip(1).collect();
    assert_eq!(searches.len(), 4);
    for (shown, lang) in searches.iter().zip(["en", "de", "ko", "zh"]) {
        let hit = shown.split("\n\n").find(|hit| hit.contains(&format!(" · {lang} · {lang}-")));
        let hit = hit.unwrap_or_else(|| panic!("no {lang} hit in {shown}"));
        assert!(hit.matches('*').count() >= 2, "nothing is marked in {hit}");
    }
    let left: Vec<_> = std::fs::read_dir(elsewhere.path()).unwrap().collect();
    assert!(left.is_empty(), "the demo left {left:?} in the current folder");
    assert!(elsewhere.run(&["demo", "--color", "always"]).stdout.contains("\x1b["));
}
