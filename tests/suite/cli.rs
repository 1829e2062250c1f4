//! The command line: help pages, messages, exit codes, colours, pipes, and where the index is.
//!
//! Help pages and messages are snapshots: `INSTA_UPDATE=always cargo test --release cli` writes them again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde::Deserialize;

use crate::workspace::{Run, Workspace};

const COMMANDS: [&str; 11] =
    ["index", "search", "timeline", "analyze", "stats", "delete", "optimize", "verify", "eval", "bench", "demo"];

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

/// Runs a command line on a terminal of its own, and returns everything that reached the terminal.
#[cfg(unix)]
fn run_on_terminal(workspace: &Workspace, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    // The standard library cannot make a terminal; Python, which the set-up needs anyway, can.
    const SCRIPT: &str = "
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        break
    if not chunk:
        break
    os.write(1, chunk)
os.waitpid(child, 0)
";
    let mut command = std::process::Command::new(std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    command.args(["-c", SCRIPT, env!("CARGO_BIN_EXE_tradewire")]).args(arguments);
    command.env_remove("NO_COLOR").env("TERM", "xterm").env("COLUMNS", "80");
    command.env("TRADEWIRE_INDEX", workspace.index_dir()).envs(variables.iter().copied());
    let output = command.stdin(Stdio::null()).output().expect("Python is there, as the set-up needs it");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "the terminal could not be made");
    String::from_utf8(output.stdout).unwrap()
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
fn colours_when_asked_for_and_never_into_a_pipe_by_themselves() {
    let workspace = with_four_articles();
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = workspace.command();
        command.args(["search", "harbour"]).args(arguments).envs(variables.iter().copied());
        let output = command.stdin(Stdio::null()).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(stdout.contains("*harbour*"), !stdout.contains('\x1b'), "{stdout:?} is marked one way or the other");
        stdout.contains('\x1b')
    };
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&["--color", "auto"], &[]));
    assert!(!coloured(&["--color", "never"], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "the command line outdoes NO_COLOR");
    for format in ["json", "jsonl", "tsv", "csv", "trec", "paths"] {
        let run = workspace.run(&["search", "harbour", "--color", "always", "--format", format]);
        assert!(!run.stdout.is_empty() && !run.stdout.contains('\x1b'), "{format}: {}", run.stdout);
    }
}

#[test]
#[cfg(unix)]
fn colours_on_a_terminal_unless_refused() {
    let workspace = with_four_articles();
    let line = ["search", "harbour"];
    let shown = run_on_terminal(&workspace, &line, &[]);
    assert!(shown.contains("Ports reopen") && shown.contains("\x1b["), "{shown:?}");
    for (name, value, coloured) in [("NO_COLOR", "1", false), ("NO_COLOR", "", true), ("TERM", "dumb", false)] {
        let shown = run_on_terminal(&workspace, &line, &[(name, value)]);
        assert_eq!(shown.contains("\x1b["), coloured, "{name}={value}: {shown:?}");
    }
    let shown = run_on_terminal(&workspace, &["search", "harbour", "--color", "never"], &[]);
    assert!(!shown.contains('\x1b'), "{shown:?}");
}

/// Law 10 for what the user typed: argument errors quote it.
#[test]
#[cfg(unix)]
fn a_bad_argument_sends_no_control_character_to_the_terminal() {
    const HOSTILE: &str = "\u{1b}]0;title\u{7}\u{1b}[2Jx\u{9b}\u{202e}";
    let workspace = with_four_articles();
    let option = format!("--{HOSTILE}");
    let lines: &[&[&str]] = &[
        &[HOSTILE],
        &["search", "--lang", HOSTILE, "x"],
        &["search", "--format", HOSTILE, "x"],
        &["search", "-n", HOSTILE, "x"],
        &["search", &option, "x"],
        &["search", "--index", HOSTILE, "x"],
        &["search", "--config", HOSTILE, "x"],
        &["search", "--country", HOSTILE, "x"],
        &["search", "--pair", HOSTILE, "x"],
        &["search", "--facets", HOSTILE, "x"],
        &["timeline", "--by", HOSTILE, "x"],
        &["timeline", &format!("\"{HOSTILE}")],
        &["search", "--queries", HOSTILE],
        &["eval", "--topics", HOSTILE, "--qrels", "x"],
        &["search", &format!("\"{HOSTILE}")],
        &["index", HOSTILE],
        &["analyze", HOSTILE],
    ];
    for line in lines {
        let shown = run_on_terminal(&workspace, line, &[]);
        assert!(shown.contains('x'), "{line:?} printed nothing");
        for sign in ["\u{1b}]", "\u{1b}[2J", "\u{7}", "\u{9b}", "\u{202e}"] {
            assert!(!shown.contains(sign), "{line:?} sent {sign:?} in {shown:?}");
        }
    }
}

/// Files with long names, so that every format prints more than a pipe holds.
fn with_long_output() -> Workspace {
    let workspace = Workspace::new();
    for number in 0..1200 {
        workspace.write(&format!("news/{number:0>100}.txt"), "Harbour\nThe harbour is open again.");
    }
    workspace.index(&[workspace.path().join("news")]);
    workspace
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let workspace = with_long_output();
    let text = "harbour ".repeat(8_000);
    let mut lines: Vec<Vec<&str>> = ["terminal", "json", "jsonl", "tsv", "csv", "trec", "paths"]
        .map(|format| vec!["search", "harbour", "-n", "2000", "--format", format])
        .into();
    lines.push(vec!["analyze", &text]);
    for line in lines {
        let whole = workspace.run(&line).stdout.len();
        assert!(whole > 100_000, "{:?} prints {whole} bytes, fewer than a pipe may hold", &line[..2]);
        for read_first in [true, false] {
            let mut child = workspace.command().args(&line).spawn().unwrap();
            let mut stdout = BufReader::new(child.stdout.take().unwrap());
            if read_first {
                let mut first = String::new();
                stdout.read_line(&mut first).unwrap();
                assert!(!first.is_empty());
            }
            drop(stdout);
            let output = child.wait_with_output().unwrap();
            let what = line.get(5).unwrap_or(&line[0]);
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{what}");
            assert_eq!(output.status.code(), Some(0), "{what}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let workspace = with_four_articles();
    workspace.write("topics", "q1\tharbour");
    workspace.write("qrels", "q1 0 en-1 1");
    for line in [
        vec!["search", "harbour"],
        vec!["search", "harbour", "--format", "csv"],
        vec!["search", "harbour", "--format", "json"],
        vec!["search", "harbour", "-n", "0", "--facets", "lang"],
        vec!["timeline"],
        vec!["timeline", "--format", "csv"],
        vec!["stats"],
        vec!["eval", "--topics", "topics", "--qrels", "qrels"],
        vec!["analyze", "harbour"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = workspace.command().args(&line).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with("tradewire: ") && stderr.to_lowercase().contains("no space"), "{line:?}: {stderr}");
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
    for (lang, chain) in [("en", "en"), ("de", "de"), ("ko", "ko"), ("zh", "zh"), ("und", "chars")] {
        let shown = workspace.run(&["analyze", "--lang", lang, text]).stdout;
        assert!(!shown.is_empty() && shown.lines().all(|line| line.starts_with(&format!("{chain}\t"))), "{shown}");
    }
    let chains: BTreeSet<String> = workspace.run(&["analyze", text]).stdout.lines().map(first_column).collect();
    assert_eq!(chains, ["chars", "de", "en", "ko", "zh"].map(str::to_owned).into());
    for line in workspace.run(&["analyze", text]).stdout.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let (start, end) = columns[2].split_once("..").unwrap();
        assert_eq!(&text[start.parse().unwrap()..end.parse().unwrap()], columns[4], "{line}");
    }
}

/// What scripts may rely on in `stats --format json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that a key is there is all that is asked of some")]
struct Stats {
    documents: u64,
    stories: u64,
    passages: u64,
    languages: BTreeMap<String, u64>,
    fields: BTreeMap<String, Field>,
    stored_bytes: u64,
    bytes: u64,
    segments: u64,
    format: u32,
    fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    chain: String,
    passages: Option<u64>,
    terms: u64,
    tokens: u64,
    bytes: u64,
}

#[test]
fn stats_count_documents_passages_languages_and_fields() {
    let workspace = with_four_articles();
    let Run { code, stdout, stderr } = workspace.run(&["stats", "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let stats: Stats = serde_json::from_str(&stdout).unwrap();
    assert_eq!((stats.documents, stats.passages, stats.stories), (4, 4, 0));
    assert_eq!(stats.languages, ["de", "en", "ko", "zh"].map(|code| (code.to_owned(), 1)).into());
    assert_eq!(stats.fingerprint.len(), 64);
    let english = &stats.fields["text_en"];
    assert_eq!((english.passages, english.chain.as_str()), (Some(1), "en"));
    assert_eq!(stats.fields["forms_en"].passages, None);
    assert!(english.terms > 5 && english.tokens >= english.terms && english.bytes > 0);
    assert!(stats.bytes > stats.stored_bytes && stats.stored_bytes > 0);

    let table = workspace.run(&["stats"]).stdout;
    let row = |name: &str| table.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap().to_owned();
    assert_eq!(row("documents").split_whitespace().nth(1), Some("4"));
    assert_eq!(row("passages").split_whitespace().nth(1), Some("4"));
    assert_eq!(row("zh").split_whitespace().nth(1), Some("1"));
    assert_eq!(row("text_en").split_whitespace().nth(1), Some("1"));
    let empty = Workspace::new();
    empty.index(&[empty.write("blank.jsonl", "\n")]);
    assert_eq!(serde_json::from_str::<Stats>(&empty.run(&["stats", "--format", "json"]).stdout).unwrap().documents, 0);
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

#[test]
fn progress_goes_to_standard_error_and_draws_no_bar_into_a_pipe() {
    let workspace = with_four_articles();
    let mut child = workspace.command().args(["index", "news.jsonl"]).spawn().unwrap();
    let (mut stdout, mut stderr) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("tradewire: 0 documents in 0 passages from "), "{stderr}");
    assert!(stderr.ends_with("/s); 4 unchanged\n") && stderr.lines().count() == 1, "{stderr:?}");
    assert!(!stderr.contains(['\r', '\x1b']), "{stderr:?}");
}
