//! Whole articles as they were read, with marks as in search results; pagers; links.

use std::collections::BTreeMap;

use serde_json::Value;
use tradewire::search_types::QueryOptions;
use tradewire::{Config, Index, Query};

use crate::workspace::{Workspace, seeds};

/// The sample articles: id and body.
fn bodies() -> BTreeMap<String, String> {
    let files =
        std::fs::read_dir(seeds()).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    let mut bodies = BTreeMap::new();
    for line in files.collect::<Vec<_>>().iter().flat_map(|file| file.lines()) {
        let article: Value = serde_json::from_str(line).unwrap();
        bodies.insert(article["id"].as_str().unwrap().to_owned(), article["body"].as_str().unwrap().to_owned());
    }
    assert!(bodies.len() > 50);
    bodies
}

#[test]
fn the_paragraphs_are_those_of_the_article() {
    let workspace = Workspace::with_seeds();
    let searcher = Index::open(workspace.index_dir(), &Config::default()).unwrap().searcher();
    for (id, body) in bodies() {
        let article = searcher.article(&id, None).unwrap().unwrap();
        let paragraphs = article.paragraphs();
        let shown: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let expected: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(shown, expected, "{id}");
        for paragraph in &paragraphs {
            assert_eq!(body[paragraph.start..][..paragraph.text.len()], paragraph.text, "{id}");
        }
    }
}

#[test]
fn a_long_paragraph_is_one_again() {
    let sentences = |sentence: &str| sentence.repeat(60).trim().to_owned();
    let bodies = [
        ("en", sentences("The ministry raised the duty on flat steel from Korea. ")),
        ("de", sentences("Das Ministerium hob den Zoll auf Flachstahl aus Korea an. ")),
        ("ko", sentences("산업부는 중국산 판재의 관세를 다시 올린다고 밝혔다. ")),
        ("zh", sentences("商务部宣布再次提高对韩国钢板征收的关税，并称将继续磋商。")),
    ];
    let workspace = Workspace::new();
    let articles: Vec<(&str, &str, String)> =
        bodies.iter().map(|(id, long)| (*id, "Steel", format!("{long}\nShort.\n{long}\n\n{long}"))).collect();
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, title, body)| (*id, *title, body.as_str())).collect();
    workspace.index(&[workspace.write_articles("long.jsonl", &articles)]);
    let searcher = Index::open(workspace.index_dir(), &Config::default()).unwrap().searcher();
    for (id, long) in &bodies {
        let query = Query::parse("steel OR Zoll OR 관세 OR 关税").unwrap();
        let options = QueryOptions { expand: false, ..QueryOptions::default() };
        let article = searcher.article(id, Some((&query, &options))).unwrap().unwrap();
        assert!(article.passages.len() > 3, "{id}");
        let paragraphs = article.paragraphs();
        let shown: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(shown, [long.as_str(), "Short.", long, long], "{id}");
        for paragraph in &paragraphs {
            let marked = paragraph.highlights.iter().map(|mark| mark.slice(&paragraph.text));
            let marked: Vec<&str> = marked.collect();
            let expected = if paragraph.text == "Short." { 0 } else { 60 };
            assert_eq!(marked.len(), expected, "{id}: {marked:?}");
            assert!(marked.iter().all(|mark| ["steel", "Zoll", "관세", "关税"].contains(mark)), "{id}: {marked:?}");
        }
    }
}

/// The marks of an article are those that a search has in the same passages.
#[test]
fn marks_are_those_of_a_search() {
    let workspace = Workspace::with_seeds();
    for query in
        ["tariff NEAR/8 steel", "Zölle", "\"무역협정\"", "关税 NOT 稀土", "lead:Korea", "ATLEAST/3 Zoll", "title:FTA"]
    {
        let run = workspace.run(&["search", "-n", "1000", "--format", "jsonl", query]);
        let mut marks: BTreeMap<(String, u64), Value> = BTreeMap::new();
        for line in run.stdout.lines() {
            let hit: Value = serde_json::from_str(line).unwrap();
            let place =
                (hit["document"]["id"].as_str().unwrap().to_owned(), hit["passage"]["number"].as_u64().unwrap());
            marks.insert(place, hit["highlights"].clone());
        }
        assert!(!marks.is_empty(), "{query}");
        for id in bodies().into_keys() {
            let run = workspace.run(&["show", &id, "--query", query, "--format", "json"]);
            let article: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
            for passage in article["passages"].as_array().unwrap() {
                let place = (id.clone(), passage["number"].as_u64().unwrap());
                let expected = marks.get(&place).cloned().unwrap_or_else(|| Value::Array(Vec::new()));
                assert_eq!(passage["highlights"], expected, "{query} in {place:?}");
            }
        }
    }
}

#[test]
fn articles_for_reading() {
    let workspace = Workspace::with_seeds();
    let lines: [&[&str]; 6] = [
        &["show", "en-001", "--query", "services NEAR/6 talks"],
        &["show", "de-005", "--query", "Zölle", "--at", "1000"],
        &["show", "ko-010", "--query", "협정", "--no-expand", "--at", "0"],
        &["show", "zh-010", "--query", "关税"],
        &["show", "zh-010", "--format", "json", "--query", "\"关税\"", "--no-expand"],
        &["show", "--help"],
    ];
    let run = |line: &[&str]| format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(&workspace));
    let shown: String = lines[..4].iter().map(|line| run(line)).collect();
    insta::assert_snapshot!("articles_for_reading", shown);
    insta::assert_snapshot!("an_article_as_json", run(lines[4]));
}

#[test]
fn messages_about_articles() {
    let workspace = Workspace::with_seeds();
    workspace.index(&[workspace.write_articles("more.jsonl", &[("2026/plain", "No address", "Text.")]), seeds()]);
    let lines: [&[&str]; 10] = [
        &["show", "en-0001"],
        &["show", "EN-001"],
        &["show", "nothing like it"],
        &["show", ""],
        &["show", "en-001", "--at", "999999"],
        &["show", "en-001", "--query", "\"open"],
        &["show", "en-001", "--query", "?!"],
        &["show", "2026/plain", "--open"],
        &["show", "en-001", "--open", "--query", "x"],
        &["show"],
    ];
    let run = |line: &&[&str]| {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line:?}");
        format!("$ tradewire {}\n{}\n", line.join(" "), run.snapshot(&workspace))
    };
    insta::assert_snapshot!("messages_about_articles", lines.iter().map(run).collect::<String>());
}

#[test]
#[cfg(unix)]
fn the_address_is_opened() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::with_seeds();
    let script = workspace.write("bin/xdg-open", "#!/bin/sh\nprintf %s \"$1\" > opened\n");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", workspace.path().join("bin").display(), std::env::var("PATH").unwrap());
    let output = workspace.command().env("PATH", path).args(["show", "ko-005", "--open"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "tradewire: opening https://example.org/ko-005\n");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let opened = workspace.path().join("opened");
    // The program is started, not waited for, where the desktop is asked.
    let read = || std::fs::read_to_string(&opened).unwrap_or_default();
    for _ in 0..100 {
        if !read().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(read(), "https://example.org/ko-005");
}

#[cfg(unix)]
mod on_a_terminal {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::cli::pipes::run_on_terminal;

    /// Pagers that say that they were there.
    const MARKING: &str = "sed s/^/P:/";

    #[test]
    fn the_pager_is_that_of_the_environment() {
        let workspace = Workspace::with_seeds();
        for line in [&["show", "ko-010"][..], &["search", "관세"], &["search", "关税", "-n", "1"]] {
            let is_paged = |more: &[&str], variables: &[(&str, &str)]| {
                let shown = run_on_terminal(&workspace, &[line, more].concat(), variables);
                assert!(shown.contains("example.org") || shown.contains(" · "), "{line:?} {variables:?}: {shown}");
                shown.lines().all(|line| line.starts_with("P:"))
            };
            assert!(is_paged(&[], &[("TRADEWIRE_PAGER", MARKING)]), "{line:?}");
            assert!(is_paged(&[], &[("PAGER", MARKING)]));
            assert!(is_paged(&[], &[("PAGER", "no-such-pager"), ("TRADEWIRE_PAGER", MARKING)]));
            assert!(is_paged(&[], &[("PAGER", "cat | sed 's/^/P:/'")]), "a command of a shell");
            assert!(!is_paged(&["--no-pager"], &[("PAGER", MARKING)]));
            assert!(!is_paged(&[], &[("PAGER", MARKING), ("TRADEWIRE_PAGER", "")]));
            assert!(!is_paged(&[], &[("PAGER", MARKING), ("TRADEWIRE_PAGER", "cat")]));
            assert!(!is_paged(&[], &[("PAGER", "no-such-pager")]));
            assert!(!is_paged(&[], &[("PAGER", MARKING), ("TERM", "dumb")]));
        }
        let shown = run_on_terminal(&workspace, &["search", "관세", "--format", "jsonl"], &[("PAGER", MARKING)]);
        assert!(shown.starts_with('{'), "formats for programs have no pager: {shown}");
        let mut command = workspace.command();
        let output = command.args(["show", "ko-010"]).env("PAGER", MARKING).output().unwrap();
        assert!(!String::from_utf8(output.stdout).unwrap().contains("P:"), "no pager into a pipe");
    }

    #[test]
    fn less_opens_at_the_line() {
        let workspace = Workspace::with_seeds();
        let script = workspace.write("bin/less", "#!/bin/sh\necho \"[$LESS $*]\"; cat\n");
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", workspace.path().join("bin").display(), std::env::var("PATH").unwrap());
        for pager in [None, Some("less"), Some("less -S")] {
            let mut variables = vec![("PATH", path.as_str())];
            variables.extend(pager.map(|pager| ("TRADEWIRE_PAGER", pager)));
            // The tests have an empty PAGER, so that no test waits for a key.
            let program = if pager.is_none() { "less -FRX" } else { "" };
            variables.extend(pager.is_none().then_some(("TRADEWIRE_PAGER", program)));
            let shown =
                run_on_terminal(&workspace, &["show", "de-005", "--at", "1000", "--color", "never"], &variables);
            let mut lines = shown.lines().map(|line| line.trim_end_matches('\r'));
            let first = lines.next().unwrap();
            let number: usize = first.rsplit('+').next().unwrap().trim_end_matches(']').parse().unwrap();
            assert!(first.starts_with("[FRX ") && first.contains("-j.3 +"), "{first}");
            assert!(lines.nth(number - 1).unwrap().starts_with("> "), "{number}: {shown}");
        }
    }

    #[test]
    fn a_reader_who_leaves_the_pager_early_is_no_error() {
        let workspace = Workspace::with_seeds();
        let line = ["search", "-n", "300", "관세 tariff Zoll 关税"];
        let shown = run_on_terminal(&workspace, &line, &[("TRADEWIRE_PAGER", "head -n 1")]);
        assert_eq!(shown.lines().count(), 1, "{shown}");
    }

    #[test]
    fn titles_are_links_on_a_terminal() {
        let workspace = Workspace::with_seeds();
        let link = "\x1b]8;id=1;https://example.org/ko-005\x1b\\";
        let line = ["show", "ko-005"];
        assert!(run_on_terminal(&workspace, &line, &[]).contains(link));
        assert!(!run_on_terminal(&workspace, &line, &[("TERM", "dumb")]).contains("\x1b]8"));
        assert!(
            !run_on_terminal(&workspace, &[&line[..], &["--hyperlinks", "never"]].concat(), &[]).contains("\x1b]8")
        );
        assert!(!workspace.run(&line).stdout.contains('\x1b'));
    }
}

/// Links of everything that is hostile: what reaches the terminal are our own sequences and plain text.
#[test]
fn links_are_safe_and_lead_to_the_address_or_the_file() {
    const HOSTILE: &str = "a\u{1b}]8;;evil\u{7}b\u{9b}2Jc\u{202e}d";
    let workspace = Workspace::new();
    let article = |id: &str, url: &str| {
        serde_json::json!({"id": id, "title": format!("harbour {HOSTILE}"), "body": "harbour 港口", "url": url})
            .to_string()
    };
    let lines = [
        article("web", &format!("https://example.org/관세 x{HOSTILE}")),
        article("script", "javascript:alert(1)"),
        article("none", ""),
    ];
    workspace.write("news/Zölle 1.jsonl", lines.join("\n"));
    assert_eq!(workspace.run(&["index", "news"]).code, 0);
    let run = workspace.run(&["search", "harbour", "--hyperlinks", "always"]);
    let links = regex::Regex::new("\x1b\\]8;id=[0-9]+;([!-~]+)\x1b\\\\|\x1b\\]8;;\x1b\\\\").unwrap();
    let targets: Vec<&str> =
        links.captures_iter(&run.stdout).filter_map(|found| found.get(1)).map(|target| target.as_str()).collect();
    let files =
        targets.iter().filter(|target| target.starts_with("file:///") && target.ends_with("/Z%C3%B6lle%201.jsonl"));
    assert_eq!(files.count(), 2, "{targets:?}");
    assert!(
        targets.iter().any(|target| target.starts_with("https://example.org/%EA%B4%80%EC%84%B8%20x")),
        "{targets:?}"
    );
    let rest = links.replace_all(&run.stdout, "");
    let bad = rest.chars().find(|&character| tradewire::output::is_unsafe(character) && character != '\n');
    assert_eq!(bad, None, "{rest:?}");
    for id in ["web", "script", "none"] {
        let run = workspace.run(&["show", id, "--hyperlinks", "always", "--query", "harbour"]);
        let rest = links.replace_all(&run.stdout, "");
        assert!(rest.contains("*harbour*"), "{rest:?}");
        let bad = rest.chars().find(|&character| tradewire::output::is_unsafe(character) && character != '\n');
        assert_eq!(bad, None, "{rest:?}");
    }
}
