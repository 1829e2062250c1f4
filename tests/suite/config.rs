//! Every file in `index-config/` is loaded, every mistake in one is refused by file and key, and an index knows which
//! changes it survives.

use std::fs;
use std::path::{Path, PathBuf};

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::index::Settings;
use tradewire::internals::ingest::split_passages;

use crate::workspace::{Run, Workspace, project};

/// Files below a folder, relative to it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_owned())
        .collect()
}

/// A copy of `index-config/` in the workspace.
pub(crate) fn copy_of_the_configuration(workspace: &Workspace) -> PathBuf {
    let original = project().join("index-config");
    for file in files(&original) {
        let name = Path::new("my config").join(&file);
        workspace.write(name.to_str().unwrap(), fs::read(original.join(file)).unwrap());
    }
    workspace.path().join("my config")
}

/// Replaces every line of default.toml that begins so by another; returns the number of the first.
fn edit(folder: &Path, line: &str, by: &str) -> usize {
    edit_file(folder, "default.toml", line, by)
}

fn edit_file(folder: &Path, name: &str, line: &str, by: &str) -> usize {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    let is_edited = |candidate: &&str| candidate.starts_with(line);
    assert!(text.lines().any(|candidate| is_edited(&candidate)), "no line begins with {line}");
    let edited: Vec<&str> = text.lines().map(|old| if is_edited(&old) { by } else { old }).collect();
    fs::write(path, edited.join("\n")).unwrap();
    text.lines().take_while(|old| !is_edited(old)).count() + 1
}

/// The command that a message ends in, run by a shell.
#[cfg(unix)]
fn run_named_command(workspace: &Workspace, message: &str) -> Run {
    let (_, command) = message.split_once("rebuild it: ").unwrap_or_else(|| panic!("no command in {message}"));
    let script = format!("tradewire() {{ '{}' \"$@\"; }}\n{command}", env!("CARGO_BIN_EXE_tradewire"));
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(workspace.path()).output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn every_shipped_file_is_loaded() {
    let shipped = files(&project().join("index-config"));
    assert!(shipped.len() >= 5, "{shipped:?}");
    // The query language is the same for all indexes; a test beside the dialect loads its words.
    let others = ["README.md", "factiva.toml"].map(Path::new);
    // General text is part of the binary: it says the same whatever is configured.
    let is_loaded = |file: &PathBuf| !others.contains(&file.as_path()) && !file.starts_with("frequencies");
    for file in shipped.into_iter().filter(is_loaded) {
        let workspace = Workspace::new();
        let folder = copy_of_the_configuration(&workspace);
        Config::from_dir(&folder).unwrap();
        fs::remove_file(folder.join(&file)).unwrap();
        if file.starts_with("glossary") {
            let concepts = |config: Config| config.glossary.concepts().unwrap().len();
            let (some, all) = (Config::from_dir(&folder).unwrap(), Config::builtin().unwrap());
            assert!(concepts(some) < concepts(all), "{file:?}");
        } else {
            let error = Config::from_dir(&folder).expect_err("a file that nobody misses is never read");
            assert!(format!("{error:#}").contains(&file.display().to_string()), "{file:?}: {error:#}");
        }
        fs::write(folder.join(&file), b"\xFF\xFE").unwrap();
        let error = Config::from_dir(&folder).expect_err("not text");
        assert!(format!("{error:#}").contains(&file.display().to_string()), "{file:?}: {error:#}");
    }
}

#[test]
fn the_built_in_configuration_is_the_shipped_folder() {
    let (builtin, shipped) = (Config::builtin().unwrap(), Config::from_dir(&project().join("index-config")).unwrap());
    assert_eq!(format!("{:?}", builtin.ranking), format!("{:?}", shipped.ranking));
    assert_eq!(format!("{:?}", builtin.passages), format!("{:?}", shipped.passages));
    assert_eq!(format!("{:?}", builtin.analysis.korean), format!("{:?}", shipped.analysis.korean));
    assert_eq!(Settings::from(&builtin).fingerprint(), Settings::from(&shipped).fingerprint());
}

#[test]
fn the_fingerprint_is_stable_and_knows_what_decides_the_tokens() {
    let fingerprint = || Settings::from(&Config::builtin().unwrap()).fingerprint();
    let first = fingerprint();
    assert!(first.len() == 64 && first.chars().all(|digit| digit.is_ascii_hexdigit()), "{first}");
    assert_eq!(first, fingerprint());
    let workspace = Workspace::new();
    let folder = copy_of_the_configuration(&workspace);
    let with = |line: &str, by: &str| {
        copy_of_the_configuration(&workspace);
        edit(&folder, line, by);
        Settings::from(&Config::from_dir(&folder).unwrap()).fingerprint()
    };
    assert_eq!(with("hangul", "hangul = 0.7"), first);
    assert_eq!(with("shared", "shared = 0.7"), first, "how sketches are compared changes none of them");
    assert_ne!(with("sketch", "sketch = 128"), first);
    assert_ne!(with("words = 3", "words = 4"), first);
    assert_ne!(with("join_below", "join_below = 300"), first);
    assert_ne!(with("cut_above", "cut_above = 1700"), first);
    assert_ne!(with("dropped_tags", "dropped_tags = [\"E\", \"J\"]"), first);
    let (one, other) = (with("dropped_tags", "dropped_tags = [\"E\", \"J\"]"), "dropped_tags = [\"J\", \"E\", \"J\"]");
    assert_eq!(with("dropped_tags", other), one, "the order of tags changes no token");
}

/// Whoever has an index with a configuration's fingerprint can use it with that configuration.
#[test]
fn configurations_with_one_fingerprint_cut_texts_alike() {
    let german = "Die Minister und die Verbände sind nicht dafür, aber auch nicht gegen das Abkommen mit der Union.";
    let document = Document { body: german.to_owned(), ..Document::default() };
    let workspace = Workspace::new();
    let folder = copy_of_the_configuration(&workspace);
    for (code, words) in [("de", ""), ("en", "die\nund\nsind\nnicht\ndafür\naber\nauch\nmit\nder\ngegen\ndas\n")] {
        fs::write(folder.join(format!("stopwords/{code}.txt")), words).unwrap();
    }
    let (builtin, other) = (Config::builtin().unwrap(), Config::from_dir(&folder).unwrap());
    let same_passages = split_passages(&document, &builtin.passages, &builtin.analysis)
        == split_passages(&document, &other.passages, &other.analysis);
    assert!(
        same_passages || Settings::from(&builtin).fingerprint() != Settings::from(&other).fingerprint(),
        "stop words decided a passage's language"
    );
}

#[test]
fn mistakes_are_refused_by_file_and_key() {
    let cases = [
        ("version", "version = 2", "version 2"),
        ("version", "", "line 1: missing field `version`"),
        ("version", "vers = 1", "`vers`"),
        ("join_below", "join_belov = 400", "[LINE]: unknown field `join_belov`"),
        ("join_below", "join_below = \"400\"", "[LINE]: invalid type"),
        ("join_below", "join_below = -1", "[LINE]: invalid value"),
        ("join_below", "join_below = 1601", "join_below = 1601"),
        ("join_below", "join_below =", "[LINE]"),
        ("cut_above", "cut_above = 79", "cut_above = 79"),
        ("dropped_tags", "dropped_tags = [1]", "[LINE]: invalid type"),
        ("dropped_tags", "dropped_tags = [\"\"]", "dropped_tags"),
        ("    # people", "    \"FTA 법\",", "found `FTA 법`"),
        ("[ranking.ko]", "[ranking.ja]", "[LINE]: unknown field `ja`"),
        ("[korean]", "[corean]", "[LINE]: unknown field `corean`"),
        ("hangul", "hangul = -0.1", "[ranking.chars] hangul = -0.1"),
        ("pieces", "pieces = nan", "[ranking.chars] pieces = NaN"),
        ("en = ", "en = 1", "en = 1, de = 4"),
        ("words = 20", "words = 0", "words = 0, characters = 40"),
        ("characters = 40", "characters = 150", "characters = 150"),
        ("refined", "refined = 10001", "[ranking] refined = 10001"),
        ("keeps_s", "keeps_s = [\"Rise\",", "found `Rise`"),
        ("length = 1.0", "length = 0.0", "[ranking.en] length = 0"),
        ("words = 3", "words = 0", "words = 0, characters = 5"),
        ("characters = 5", "characters = 21", "words = 3, characters = 21"),
        ("sketch", "sketch = 2000", "shortest = 40, sketch = 2000"),
        ("shortest", "shortest = 65", "shortest = 65, sketch = 64"),
        ("shared", "shared = 0.0", "[stories] shared = 0"),
        ("length = 0.4", "length = 1.5", "[stories] length = 1.5"),
        ("probes", "probes = 0", "[stories] probes = 0"),
        ("neighbours", "neighbours = 5000", "[stories] neighbours = 5000"),
        ("other_language", "other_language = 1.5", "[ranking] other_language = 1.5"),
        ("document", "document = 0", "[limits] document = 0"),
        ("archive_depth", "archive_depth = 17", "[limits] archive_depth = 17"),
        ("markup = ", "markup = \"64 PB\"", "[LINE]: expected a whole number, or a size"),
        ("compound_parts", "compound_parts = -0.5", "[ranking] compound_parts = -0.5"),
        ("text", "text = 1001.0", "[ranking.en] text = 1001"),
        ("title = 0", "title = inf", "[ranking.en] title = inf"),
        ("stopwords = true", "stopwords = 1", "[LINE]: invalid type"),
    ];
    let workspace = Workspace::new();
    let mut messages = String::new();
    for (line, by, expected) in cases {
        let folder = copy_of_the_configuration(&workspace);
        let number = edit(&folder, line, by);
        let run = workspace.run(&["analyze", "--config", "my config", "무역"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{by} was accepted");
        let message = run.stderr.replace(&format!("line {number}:"), "[LINE]:");
        assert!(message.contains("default.toml") && message.contains(expected), "{by}: {}", run.stderr);
        assert!(!message.contains(" | "), "a drawing squeezed into one line: {message}");
        messages.push_str(&message);
    }
    for (line, by, expected) in [
        ("    \"언어\", ", "    \"언어\", \"BODY\",", "`BODY` stands under `body` already"),
        ("    \"언어\", ", "    \"언어\", \" \",", "[parts] lang in fields.toml"),
        ("    \"언어\", ", "    \"언어\", \"Lang\",", "`Lang` stands there twice"),
        ("[languages]", "[tongues]", "unknown field `tongues`"),
        ("en = [", "fr = [\"french\"]", "`fr` is not a language of the index"),
        ("version", "version = 2", "fields.toml of the configuration has version 2"),
    ] {
        let folder = copy_of_the_configuration(&workspace);
        let number = edit_file(&folder, "fields.toml", line, by);
        let run = workspace.run(&["analyze", "--config", "my config", "무역"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{by} was accepted");
        let message = run.stderr.replace(&format!("line {number}:"), "[LINE]:");
        assert!(message.contains("fields.toml") && message.contains(expected), "{by}: {}", run.stderr);
        messages.push_str(&message);
    }
    let folder = copy_of_the_configuration(&workspace);
    let number = edit_file(&folder, "abbreviations.txt", "Mrs", "U.S.");
    let run = workspace.run(&["analyze", "--config", "my config", "무역"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    messages.push_str(&run.stderr.replace(&format!("line {number} "), "[LINE] "));
    let run = workspace.run(&["search", "--config", "no such folder", "x"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!("messages_about_configurations", messages + &run.stderr);
}

#[test]
fn a_folder_in_place_of_the_built_in_one() {
    let workspace = Workspace::new();
    let folder = copy_of_the_configuration(&workspace);
    workspace
        .write_articles("news.jsonl", &[("ko-1", "항구", "무역협정을 맺었다."), ("en-1", "Harbour", "the harbour")]);
    let built = workspace.run(&["index", "--config", "my config", "news.jsonl"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    // The same options: with and without the folder it is the same index.
    assert_eq!(workspace.run(&["search", "협정"]).code, 0);
    assert_eq!(workspace.run(&["search", "--config", "my config", "협정"]).code, 0);
    let score = |arguments: &[&str]| {
        let shown = workspace.run(&[&["search", "harbour", "--format", "trec"][..], arguments].concat()).stdout;
        shown.split(' ').nth(4).map(|score| score.parse::<f64>().unwrap())
    };
    let usual = score(&[]).unwrap();
    assert_eq!(score(&["--config", "my config"]), Some(usual));
    edit(&folder, "title = 0.75", "title = 75.0");
    let weighty = score(&["--config", "my config"]).unwrap();
    assert!(weighty > usual * 2.0, "the weight of titles changes {usual} to {weighty} without rebuilding");
    fs::write(folder.join("stopwords/en.txt"), "# none\nharbour # a comment\n").unwrap();
    assert!(
        Config::from_dir(&folder)
            .unwrap()
            .analysis
            .is_stopword(tradewire::internals::analysis::Chain::English, "harbour")
    );
}

/// What the index stores of sentences and what marks their words follow one list.
#[test]
fn sentences_end_by_the_abbreviations_of_the_configuration() {
    let workspace = Workspace::new();
    let folder = copy_of_the_configuration(&workspace);
    workspace.write_articles(
        "news.jsonl",
        &[
            ("en", "", "Quotas of the Terr. Administration were filled early."),
            ("de", "", "Die Quoten der Gebv. Verwaltung waren früh erschöpft."),
            ("ko", "", "수출은 Terr. 행정부가 할당량을 정한다."),
            ("zh", "", "出口 Terr. 管理局规定配额。"),
        ],
    );
    let queries =
        ["quotas SENTENCE administration", "quoten SENTENCE verwaltung", "수출 SENTENCE 할당량", "出口 SENTENCE 配额"];
    let found = |config: &[&str]| {
        assert_eq!(workspace.run(&[&["index", "--rebuild", "news.jsonl"], config].concat()).code, 0);
        queries.map(|query| workspace.run(&[&["search", query][..], config].concat()).code)
    };
    assert_eq!(found(&[]), [1; 4], "no hit");
    let text = fs::read_to_string(folder.join("abbreviations.txt")).unwrap();
    fs::write(folder.join("abbreviations.txt"), text + "Terr\nGebv\n").unwrap();
    assert_eq!(found(&["--config", "my config"]), [0; 4]);
    let refused = workspace.run(&["search", "quotas"]);
    assert_eq!(refused.code, 2, "an index with other sentences is searched: {}", refused.stdout);
}

#[test]
#[cfg(unix)]
fn other_passages_are_refused_with_the_command_that_mends_it() {
    let workspace = Workspace::new();
    let folder = copy_of_the_configuration(&workspace);
    let news = workspace.write_articles("my news/it's.jsonl", &[("a", "Harbour", "harbour")]);
    workspace.index(&[news]);
    edit(&folder, "cut_above", "cut_above = 800");
    let line = ["search", "--config", "my config", "harbour"];
    for refused in [&line[..], &["stats", "--config", "my config"], &["index", "--config", "my config", "my news"]] {
        let run = workspace.run(refused);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{refused:?}");
        assert!(run.stderr.contains("tradewire index --rebuild --index "), "{refused:?}: {}", run.stderr);
    }
    let refused = workspace.run(&line);
    let mended = run_named_command(&workspace, &refused.stderr);
    assert_eq!(mended.code, 0, "{}", mended.stderr);
    let run = workspace.run(&line);
    assert_eq!(run.code, 0, "the named command did not mend it: {}{}", refused.stderr, run.stderr);
    // And back: now the built-in configuration is the other one.
    let refused = workspace.run(&["search", "harbour"]);
    assert_eq!(refused.code, 2);
    assert_eq!(run_named_command(&workspace, &refused.stderr).code, 0);
    assert_eq!(workspace.run(&["search", "harbour"]).code, 0);
}
