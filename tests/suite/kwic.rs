//! Concordances and collocates on the command line: every format, alignment, streaming, what is refused.

use std::io::{BufRead, BufReader};

use proptest::prelude::*;
use serde_json::Value;
use tradewire::analytics_types::ConcordanceLine;
use tradewire::internals::document::ByteRange;
use tradewire::internals::language::Language;
use tradewire::output::{ConcordanceCsv, ConcordanceHtml, ConcordanceJsonl, ConcordanceWriter, Page, is_unsafe};
use unicode_width::UnicodeWidthStr;

use crate::output::{any_text, seeded};
use crate::terminal::concordance::{ConcordanceLines, Layout};
use crate::workspace::Workspace;

/// A query with hits in all four languages.
const QUERY: &str = "tariffs OR Zölle OR 관세 OR 关税";

fn transcript(workspace: &Workspace, lines: &[&[&str]]) -> String {
    let run = |line: &&[&str]| format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(workspace));
    lines.iter().map(run).collect()
}

#[test]
fn lines_in_every_format() {
    let workspace = Workspace::with_seeds();
    let lines: &[&[&str]] = &[
        &["kwic", "\"free trade\""],
        &["kwic", "Sonderzölle OR Strafzölle", "--no-expand", "--sort", "1L,2L"],
        &["kwic", "무역협정", "--no-expand", "--width", "30"],
        &["kwic", "自由贸易协定", "--no-expand", "--sort", "date"],
        &["kwic", "steel NEAR/5 quota", "--left", "3", "--right", "2", "--sort", "1R"],
        &["kwic", "관세", "--sample", "4", "--seed", "7", "--format", "csv", "--no-expand"],
        &["kwic", "Harnstoff", "--format", "jsonl", "--width", "20", "--lang", "de"],
        &["kwic", "\"<free\" OR \"rare earths\"", "--sample", "3", "--format", "html"],
        &["kwic", "title:FTA"],
        &["kwic", "submarine"],
        &["kwic", "submarine", "--format", "csv"],
    ];
    insta::assert_snapshot!("lines_in_every_format", transcript(&workspace, lines));
}

#[test]
fn collocates_in_every_format() {
    let workspace = Workspace::with_seeds();
    let beside = |more: &[&'static str]| [&["kwic", "--no-expand", "--collocates"][..], more].concat();
    let lines: [Vec<&str>; 7] = [
        beside(&[QUERY, "-n", "8", "--min", "3"]),
        beside(&[QUERY, "-n", "6", "--measure", "ll", "--window", "3", "--within", "sentence", "--min", "2"]),
        beside(&["관세", "--min", "3", "-n", "5", "--lang", "ko", "--format", "csv"]),
        beside(&["关税", "--measure", "pmi", "-n", "3", "--lang", "zh", "--format", "jsonl", "--min", "2"]),
        beside(&["Zölle", "--stop-words", "-n", "2", "--lang", "de", "--format", "html"]),
        beside(&["关税", "--min", "500"]),
        beside(&["submarine"]),
    ];
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let lines = lines.as_slice();
    insta::assert_snapshot!("collocates_in_every_format", transcript(&workspace, lines));
}

#[test]
fn messages_about_concordances() {
    let workspace = Workspace::with_seeds();
    let lines: &[&[&str]] = &[
        &["kwic"],
        &["kwic", "?!"],
        &["kwic", "\"open"],
        &["kwic", "x", "--sort", "0R"],
        &["kwic", "x", "--sort", "sideways"],
        &["kwic", "x", "--sample", "0"],
        &["kwic", "x", "--seed", "3"],
        &["kwic", "x", "--width", "20", "--left", "3"],
        &["kwic", "x", "--window", "3"],
        &["kwic", "x", "--collocates", "--window", "0"],
        &["kwic", "x", "--collocates", "--sort", "date"],
        &["kwic", "x", "--collocates", "--measure", "tf"],
    ];
    insta::assert_snapshot!("messages_about_concordances", transcript(&workspace, lines));
    assert!(lines.iter().all(|line| workspace.run(line).code == 2));
}

/// Every hit begins at the same column, and no line is wider than the terminal.
#[test]
fn hits_stand_below_each_other() {
    let workspace = Workspace::with_seeds();
    for width in [40_usize, 80, 100, 110] {
        let mut command = workspace.command();
        let output = command.args(["kwic", QUERY, "--no-expand"]).env("COLUMNS", width.to_string()).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = stdout.lines().take_while(|line| !line.is_empty()).collect();
        assert!(lines.len() > 50, "{stdout}");
        let columns: Vec<usize> = lines.iter().map(|line| line[..line.find('*').unwrap()].width()).collect();
        assert!(columns.iter().all(|column| *column == columns[0]), "{width}: {columns:?}");
        assert!(lines.iter().all(|line| line.width() <= width), "{width}: {stdout}");
    }
}

/// The bytes of a line are those of the hit in the article.
#[test]
fn a_line_leads_to_its_place_in_the_article() {
    let workspace = Workspace::with_seeds();
    let run = workspace.run(&["kwic", QUERY, "--no-expand", "--format", "jsonl", "--sample", "12"]);
    assert_eq!(run.stdout.lines().count(), 12);
    for line in run.stdout.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let (id, at) = (line["id"].as_str().unwrap(), line["byte_start"].to_string());
        let article = workspace.run(&["show", id, "--at", &at, "--query", QUERY, "--no-expand"]).stdout;
        let pointed: Vec<&str> = article.lines().filter(|line| line.starts_with("> ")).collect();
        let hit = line["hit"].as_str().unwrap();
        // A hit can be broken over two lines.
        let begins: String = hit.chars().take(1).collect();
        assert!(pointed.len() == 1 && pointed[0].contains(&format!("*{begins}")), "{line}: {article}");
    }
}

/// The first line comes before the last passage is read.
#[test]
fn lines_come_as_they_are_found() {
    let workspace = Workspace::new();
    let article = |number: usize| {
        let body = format!("The harbour number {number} is open again. ").repeat(40);
        serde_json::json!({"id": format!("a{number}"), "title": "Ports", "body": body}).to_string()
    };
    let articles: Vec<String> = (0..400).map(article).collect();
    let file = workspace.write("ports.jsonl", articles.join("\n"));
    workspace.index(&[file]);
    for format in ["terminal", "csv", "jsonl", "html"] {
        let mut child = workspace.command().args(["kwic", "harbour", "--format", format]).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        while !first.contains("harbour") {
            assert!(stdout.read_line(&mut first).unwrap() > 0, "{first}");
        }
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.len()),
            (Some(0), 0),
            "{format}: a reader that leaves is no error"
        );
    }
    let run = workspace.run(&["kwic", "harbour", "--format", "csv"]);
    assert_eq!(run.stdout.lines().count(), 1 + 400 * 40, "none is left out");
    let sorted = workspace.run(&["kwic", "harbour", "--format", "csv", "--sort", "2R"]);
    let number = |line: &str| line.split(" number ").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    let numbers: Vec<String> =
        sorted.stdout.lines().skip(1).filter_map(|line| number(line.split("harbour,").nth(1)?)).collect();
    assert!(numbers.is_sorted() && numbers.len() > 15_000, "{} numbers", numbers.len());
}

fn any_line() -> impl Strategy<Value = ConcordanceLine> {
    (prop::collection::vec(any_text(), 8), any::<bool>(), 0..1000_usize).prop_map(|(texts, is_expanded, start)| {
        let [id, date, source, url, path, left, hit, right] = texts.try_into().unwrap();
        ConcordanceLine {
            id,
            date: Some(date),
            lang: Language::Undetermined,
            source: Some(source),
            url: Some(url),
            path,
            left,
            hit,
            right,
            range: ByteRange::new(start, start + 9),
            is_expanded,
        }
    })
}

proptest! {
    #![proptest_config(seeded(256))]

    /// Laws 9 and 10, and alignment, for lines of any text.
    #[test]
    fn no_line_breaks_the_table(line in any_line(), width in 20..200_usize) {
        let print = |write: &dyn Fn(&mut Vec<u8>)| {
            let mut out = Vec::new();
            write(&mut out);
            String::from_utf8(out).unwrap()
        };
        let is_safe = |text: &str| !text.chars().any(|character| is_unsafe(character) && character != '\n');
        let colours = regex::Regex::new("\x1b\\[[0-9;]*m").unwrap();
        for colour in [false, true] {
            let page = Page { colour, columns: width, hyperlinks: false };
            let layout = Layout::new(width, None);
            let text = print(&|out| ConcordanceLines::new(out, page, layout).line(&line).unwrap());
            let text = colours.replace_all(&text, "").into_owned();
            prop_assert!(is_safe(&text), "{text:?}");
            prop_assert_eq!(text.lines().count(), 1);
            prop_assert!(text.trim_end_matches('\n').width() <= width.max(40), "{} columns of {}: {}", text.width(), width, text);
        }
        let csv = print(&|out| {
            let mut writer = ConcordanceCsv::new(out);
            writer.line(&line).and_then(|()| writer.finish()).unwrap();
        });
        prop_assert!(is_safe(&csv) && csv.lines().count() == 2, "{csv:?}");
        let row = csv::Reader::from_reader(csv.as_bytes()).records().next().unwrap().unwrap();
        prop_assert_eq!(&row[5], &tradewire::output::one_line(&line.hit)[..]);
        let jsonl = print(&|out| ConcordanceJsonl::new(out).line(&line).unwrap());
        prop_assert!(is_safe(&jsonl) && jsonl.lines().count() == 1, "{jsonl:?}");
        let record: Value = serde_json::from_str(&jsonl).unwrap();
        prop_assert_eq!(record["hit"].as_str(), Some(line.hit.as_str()));
        let html = print(&|out| {
            let mut writer = ConcordanceHtml::new(out, &line.left);
            writer.line(&line).and_then(|()| writer.finish()).unwrap();
        });
        let tags = regex::Regex::new("</?(?:html|head|meta|title|style|body|h1|table|thead|tbody|tr|th|td|mark|a)(?: [a-z]+=\"[^\"<>]*\")*>|<!DOCTYPE html>").unwrap();
        let rest = tags.replace_all(&html, "");
        prop_assert!(is_safe(&html) && !rest.contains(['<', '>']), "{rest:?}");
    }
}
