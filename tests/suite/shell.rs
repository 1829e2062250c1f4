//! What the shell has of the command: the user's own defaults, completions, manual pages.

use std::collections::BTreeSet;
use std::process::Stdio;

use crate::cli::COMMANDS;
use crate::workspace::{Run, Workspace};

/// A workspace with the samples and a file of defaults.
fn with_defaults(text: &str) -> Workspace {
    let workspace = Workspace::with_seeds();
    workspace.write("xdg/tradewire/config.toml", text);
    workspace
}

#[test]
fn the_command_line_comes_first_then_the_environment_then_the_file() {
    let workspace = with_defaults(
        "color = \"always\"\nindex = \"nowhere\"\n\n[search]\nlimit = 2\nlang = [\"ko\", \"zh\"]\nno-expand = true\n",
    );
    let shown = |line: &[&str]| {
        let run = workspace.run(line);
        assert_eq!(run.code, 0, "{line:?}: {}", run.stderr);
        run.stdout
    };
    let query = "关税 관세 tariff";
    let hits = |output: &str| output.matches(" · passage ").count();
    let by_file = shown(&["search", query]);
    assert!(by_file.contains('\x1b') && hits(&by_file) == 2, "{by_file}");
    assert!(!by_file.contains('≈'), "nothing is expanded: {by_file}");
    let by_option = shown(&["search", query, "-n", "5", "--color", "never", "--lang", "en"]);
    assert!(!by_option.contains('\x1b') && hits(&by_option) == 5 && by_option.contains(" · en · "), "{by_option}");
    let without = shown(&["search", query, "--no-config"]);
    assert!(!without.contains('\x1b') && hits(&without) == 10 && without.contains('≈'), "{without}");
    assert_eq!(shown(&["--no-config", "search", query]), without);
    // The tests name the index by the environment.
    let mut command = workspace.command();
    let run = Run::of(command.env_remove("TRADEWIRE_INDEX").args(["search", query]).output().unwrap());
    assert!(run.code == 2 && run.stderr.contains("nowhere"), "{}", run.stderr);
    // Other commands have what stands above all sections.
    let lines = shown(&["kwic", "관세", "--sample", "3"]);
    assert!(lines.contains('\x1b') && lines.contains('≈'), "{lines}");
    // Formats for programs have no colours, whatever the file says.
    assert!(!shown(&["search", query, "--format", "jsonl"]).contains('\x1b'));
    let help = shown(&["search", "--help"]);
    assert!(help.contains("[default: 2]"), "{help}");
}

#[test]
fn messages_about_defaults() {
    let mut shown = String::new();
    for text in [
        "colour = \"always\"",
        "[search]\n\nlimits = 3",
        "[serch]\nlimit = 3",
        "[search]\nlimit = \"ten\"",
        "[search]\nlimit = true",
        "[search]\nlimit = [1, 2]",
        "[search]\ncolor = \"sometimes\"",
        "[search]\nno-expand = \"yes\"",
        "[search]\nlang = [\"ko\", \"fr\"]",
        "[search]\nsince = 2025-01-32",
        "format = \"json\"",
        "[kwic]\nformat = \"csv\"",
        "[delete]\nyes = true",
        "[index]\nprune = true",
        "[index]\n# whatever\nrebuild = true",
        "strict = true",
        "[search\nlimit = 3",
        "a\u{1b}]0;x\u{7} = 1",
    ] {
        let workspace = Workspace::new();
        workspace.write("xdg/tradewire/config.toml", text);
        let run = workspace.run(&["search", "x"]);
        assert_eq!(run.code, 2, "{text}");
        assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
        let text = text.replace('\n', " ⏎ ");
        shown += &format!("{}\n{}\n", tradewire::output::one_line(&text), run.snapshot(&workspace));
    }
    insta::assert_snapshot!("messages_about_defaults", shown);
}

#[test]
fn dates_and_lists_are_values_of_defaults() {
    let workspace = with_defaults("[search]\nsince = 2025-06-01\nlang = \"ko,zh\"\n[kwic]\nsort = [\"1R\", \"2R\"]\n");
    let run = workspace.run(&["search", "-n", "50", "관세 关税"]);
    let facts: Vec<&str> = run.stdout.lines().filter(|line| line.contains(" · passage")).collect();
    assert!(facts.iter().all(|line| line.contains(" · ko · ") || line.contains(" · zh · ")), "{facts:?}");
    let has_day = |line: &&&str| line.contains("· 2025-") || line.contains("· 2026-");
    assert!(facts.len() > 3 && facts.iter().filter(has_day).count() == facts.len(), "{facts:?}");
    let sorted = workspace.run(&["kwic", "관세"]).stdout;
    assert_eq!(sorted, workspace.run(&["kwic", "관세", "--no-config", "--sort", "1R,2R"]).stdout);
}

/// What a shell gets for a line: its candidates, without descriptions.
fn completed(workspace: &Workspace, shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = workspace.command();
    let index = (words.len() - 1).to_string();
    command.env("TRADEWIRE_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", index).env("_CLAP_IFS", "\n");
    let output = command.arg("--").args(words).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    let shown = String::from_utf8(output.stdout).unwrap();
    let name = |line: &str| match shell {
        "zsh" => line.split_once(':').map_or(line, |(name, _)| name).to_owned(),
        "fish" => line.split('\t').next().unwrap_or(line).to_owned(),
        _ => line.to_owned(),
    };
    shown.lines().map(name).collect()
}

#[test]
fn every_command_and_option_is_completed() {
    let workspace = Workspace::new();
    for shell in ["bash", "zsh", "fish"] {
        let commands: BTreeSet<String> = completed(&workspace, shell, &["tradewire", ""]).into_iter().collect();
        for command in COMMANDS.iter().chain(&["help"]) {
            assert!(commands.contains(*command), "{shell}: {command} is not among {commands:?}");
        }
    }
    for command in COMMANDS {
        let options: BTreeSet<String> =
            completed(&workspace, "bash", &["tradewire", command, "--"]).into_iter().collect();
        for option in options_of(&workspace, command) {
            assert!(options.contains(&option), "{command}: {option} is not among {options:?}");
        }
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = workspace.run(&["completions", shell]);
        assert!(script.code == 0 && script.stdout.contains("TRADEWIRE_COMPLETE"), "{shell}: {}", script.stderr);
    }
    assert_eq!(workspace.run(&["completions", "tcsh"]).code, 2);
}

#[test]
fn values_are_completed_from_the_index_and_the_glossary() {
    let workspace = Workspace::with_seeds();
    let of = |words: &[&str]| completed(&workspace, "bash", &[&["tradewire", "search"][..], words].concat());
    assert_eq!(of(&["--lang", ""]), ["en", "de", "ko", "zh", "und"]);
    assert_eq!(of(&["--lang", "en,k"]), ["en,ko"]);
    assert!(of(&["--concept", "rare-"]).contains(&"rare-earths".to_owned()));
    let sources = of(&["--source", ""]);
    assert!(sources.iter().any(|source| source.contains("Tradewire\\ Sample")), "{sources:?}");
    assert_eq!(of(&["--source", "표본"]), ["표본경제\\ \\(Sample\\)"]);
    assert!(of(&["--country", "k"]).contains(&"kr".to_owned()));
    assert!(of(&["--color", ""]).contains(&"always".to_owned()));
    let sources = completed(&workspace, "zsh", &["tradewire", "timeline", "--source", "표본"]);
    assert_eq!(sources, ["표본경제 (Sample)"]);
    // Without an index there is nothing to complete, and no complaint.
    assert!(completed(&Workspace::new(), "bash", &["tradewire", "search", "--source", ""]).is_empty());
}

/// Law 10: a shell draws what it completes.
#[test]
fn no_control_character_is_completed() {
    let workspace = Workspace::new();
    let hostile = "Wire\u{1b}]0;x\u{7}\u{9b}2J";
    let article = serde_json::json!({"id": "a", "title": "Ports", "body": "harbour", "source": hostile});
    workspace.write("a.jsonl", article.to_string());
    assert_eq!(workspace.run(&["index", "a.jsonl"]).code, 0);
    for shell in ["bash", "zsh", "fish"] {
        let found = completed(&workspace, shell, &["tradewire", "search", "--source", ""]);
        assert!(found.iter().all(|value| !value.chars().any(tradewire::output::is_unsafe)), "{shell}: {found:?}");
    }
}

/// The long options on the help page of a command.
fn options_of(workspace: &Workspace, command: &str) -> Vec<String> {
    let help = workspace.run(&[command, "--help"]).stdout;
    let begins = regex::Regex::new(r"(?m)^ {2,6}(?:-\w, )?(--[a-z][a-z-]*)").unwrap();
    let options: Vec<String> = begins.captures_iter(&help).map(|found| found[1].to_owned()).collect();
    assert!(options.contains(&"--help".to_owned()), "{command}: {options:?}");
    options
}

#[test]
fn every_option_is_in_the_manual_pages() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["man", "--dir", "man"]).code, 0);
    let page = |name: &str| std::fs::read_to_string(workspace.path().join("man").join(name)).unwrap();
    let main = page("tradewire.1");
    for command in COMMANDS {
        assert!(main.contains(&format!("tradewire\\-{command}(1)")), "{command} is not in the page: {main}");
        let written = page(&format!("tradewire-{command}.1"));
        for option in options_of(&workspace, command) {
            assert!(written.contains(&option.replace('-', "\\-")), "{command}: {option} is not in its page");
        }
        assert_eq!(workspace.run(&["man", command]).stdout, written, "{command}");
    }
    assert_eq!(workspace.run(&["man"]).stdout, main);
    let run = workspace.run(&["man", "serch"]);
    assert!(run.code == 2 && run.stderr.contains("search"), "{}", run.stderr);
}
