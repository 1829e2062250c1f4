//! Transcripts: fenced blocks of the language `console`, with lines `$ tradewire …` and what the command prints.
//!
//! Each document has a folder of its own with a copy of `seeds/`; it begins with an index of `seeds/news`, unless the document
//! itself shows how to make it. The commands are run by `sh` in the order of the document, and what they print (both streams)
//! is compared. `[…]` stands for any text within a line, or alone for any number of lines. Durations are not compared. A block
//! that cannot be compared is marked ```` ```console,ignore ````.
//!
//! `TRADEWIRE_TRANSCRIPTS=write cargo test --test suite -- documents::transcripts` writes what is printed today
//! into the documents; what has `[…]` in it is only compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use regex::Regex;

use super::{document, pages};
use crate::workspace::{Run, Workspace, copy_folder, project};

/// What begins a block that is compared.
const FENCE: &str = "```console";
/// What is left out of the output that is shown.
const ELLIPSIS: &str = "[…]";

/// A command in a transcript, and what it is said to print.
struct Exchange {
    command: String,
    shown: String,
}

/// The exchanges between the fences of a block.
fn exchanges(block: &str) -> Vec<Exchange> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), exchanges.last_mut()) {
            (Some(command), _) => {
                exchanges.push(Exchange { command: command.to_owned(), shown: String::new() });
            }
            (None, Some(exchange)) => exchange.shown += &format!("{line}\n"),
            (None, None) => panic!("a transcript begins with `$ ` and a command, not with {line}"),
        }
    }
    for exchange in &mut exchanges {
        exchange.shown.truncate(exchange.shown.trim_end().len());
    }
    exchanges
}

/// A folder with the samples, and with an index of them unless `text` shows how to make it.
fn folder_for(text: &str) -> Workspace {
    let workspace = Workspace::new();
    copy_folder(&project().join("seeds"), &workspace.path().join("seeds"));
    if !text.contains("$ tradewire index seeds/news\n") {
        let made = workspace.run(&["index", "seeds/news"]);
        assert_eq!(made.code, 0, "{}", made.stderr);
    }
    workspace
}

/// What a line of a shell prints, errors as well, without the end of the last line.
fn printed(workspace: &Workspace, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_tradewire")).parent().unwrap();
    let mut paths = vec![program.to_path_buf()];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let script = format!("exec 2>&1; {command}");
    let mut shell = workspace.command_under(&["sh", "-c", &script]);
    shell.env("PATH", std::env::join_paths(paths).unwrap()).stdin(Stdio::null());
    Run::of(shell.output().unwrap()).stdout.trim_end().to_owned()
}

/// A text with the durations and speeds in it that no two runs have in common left out.
fn without_durations(text: &str) -> String {
    Regex::new(r"in \d[\d.,]* (ms|s) \([^)]*/s\)").unwrap().replace_all(text, "in [time]").into_owned()
}

/// True if `actual` is what `shown` says, where [`ELLIPSIS`] stands for anything.
fn is_shown(shown: &str, actual: &str) -> bool {
    if shown.is_empty() || actual.is_empty() {
        return shown == actual;
    }
    let mut pattern = "^".to_owned();
    for line in without_durations(shown).lines() {
        if line == ELLIPSIS {
            pattern += "(?:[^\n]*\n)*?";
        } else {
            pattern += &regex::escape(line).replace(&regex::escape(ELLIPSIS), "[^\n]*");
            pattern += "\n";
        }
    }
    Regex::new(&(pattern + "$")).unwrap().is_match(&(without_durations(actual) + "\n"))
}

/// A document with today's output in its transcripts, and what differs there now.
fn compared(name: &str, text: &str) -> (String, Vec<String>) {
    let workspace = folder_for(text);
    let (mut updated, mut differences, mut rest) = (String::new(), Vec::new(), text);
    let fence = format!("{FENCE}\n");
    while let Some(start) = rest.find(&fence) {
        let (before, opened) = rest.split_at(start + fence.len());
        let length = opened.find("\n```\n").unwrap_or_else(|| panic!("{name}: a transcript without its end"));
        updated += before;
        let mut lines = Vec::new();
        for Exchange { command, shown } in exchanges(&opened[..length]) {
            let actual = printed(&workspace, &command);
            let same = is_shown(&shown, &actual);
            if !same {
                differences.push(format!("{name}\n$ {command}\n--- shown\n{shown}\n--- printed\n{actual}\n"));
            }
            let kept = if same || shown.contains(ELLIPSIS) { shown } else { actual };
            lines.push(format!("$ {command}\n{kept}").trim_end().to_owned());
        }
        updated += &lines.join("\n\n");
        rest = &opened[length..];
    }
    (updated + rest, differences)
}

/// The documents with transcripts: README and the pages of the guide.
fn documents() -> Vec<PathBuf> {
    let mut documents = pages();
    documents.push(project().join("README.md"));
    documents
}

#[test]
fn every_transcript_is_what_the_command_prints() {
    let writes = std::env::var("TRADEWIRE_TRANSCRIPTS").is_ok_and(|how| how == "write");
    let (mut differences, mut transcripts) = (Vec::new(), 0);
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let number = text.matches(&format!("{FENCE}\n")).count();
        if number == 0 {
            continue;
        }
        transcripts += number;
        let name = path.strip_prefix(project()).unwrap().display().to_string();
        let (updated, mut different) = compared(&name, &text);
        if writes && updated != text {
            fs::write(&path, updated).unwrap();
            different.retain(|difference| difference.contains(ELLIPSIS));
        }
        differences.extend(different);
    }
    assert!(transcripts >= 20, "{transcripts} transcripts");
    assert!(
        differences.is_empty(),
        "run with TRADEWIRE_TRANSCRIPTS=write if this is meant to be so\n\n{}",
        differences.join("\n")
    );
}

/// So that no transcript escapes the comparison because its block is called something else.
#[test]
fn commands_with_a_prompt_stand_in_console_blocks() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let mut block: Option<&str> = None;
        for line in text.lines() {
            if let Some(language) = line.strip_prefix("```") {
                block = if block.is_some() { None } else { Some(language) };
            } else if line.starts_with("$ tradewire") {
                assert!(matches!(block, Some("console" | "console,ignore")), "{}: {line}", path.display());
            }
        }
    }
}

/// The picture in README keeps what it shows as its description; `make picture` makes both.
#[test]
fn the_picture_shows_what_the_command_prints() {
    let picture = document("docs/terminal.svg");
    let described = picture.split("<desc>").nth(1).unwrap().split("</desc>").next().unwrap();
    let described = described.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let workspace = folder_for("");
    let colours = Regex::new("\x1b\\[[0-9;]*m").unwrap();
    for Exchange { command, shown } in exchanges(&described) {
        let coloured = command.replacen("tradewire search", "tradewire search --color always", 1);
        let actual = printed(&workspace, &coloured);
        assert_eq!(colours.replace_all(&actual, ""), shown, "run `make picture`");
    }
}
