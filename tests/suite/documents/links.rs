//! Links: every relative link of the documents leads to a file, and to a heading where it names one; every page of the guide
//! stands in its table of contents.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::pages;
use crate::workspace::project;

/// The documents beside the guide.
const DOCUMENTS: [&str; 9] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "index-config/README.md",
    "benches/README.md",
    "fuzz/README.md",
    "docs/src/SUMMARY.md",
];

/// The text of a document, with the files in place that the guide takes in by `{{#include …}}`.
fn text_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().map(|line| {
        let included = line.strip_prefix("{{#include ").and_then(|rest| rest.strip_suffix("}}"));
        included.map_or_else(|| line.to_owned(), |name| text_of(&path.parent().unwrap().join(name)))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The addresses of all links and pictures.
fn links(text: &str) -> Vec<String> {
    let address = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    events(text).filter_map(address).collect()
}

/// The names by which a link can lead to the headings, as GitHub and mdBook make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let (mut anchors, mut heading) = (BTreeSet::new(), None);
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take().map(|words| anchor(&words))),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    anchors
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// What is wrong with a link in the document at `path`.
fn problem(path: &Path, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
    let target = if file.is_empty() { path.to_path_buf() } else { path.parent().unwrap().join(file) };
    let missing = match heading {
        _ if !target.exists() => "there is no such file".to_owned(),
        Some(heading) if !anchors(&text_of(&target)).contains(heading) => format!("no heading is called {heading}"),
        _ => return None,
    };
    Some(format!("{}: {link}: {missing}", path.strip_prefix(project()).unwrap().display()))
}

#[test]
fn every_link_leads_somewhere() {
    let mut documents: Vec<PathBuf> = DOCUMENTS.map(|name| project().join(name)).into();
    documents.extend(pages());
    let (mut problems, mut number) = (BTreeSet::new(), 0);
    for path in documents {
        // The text of an included file is looked at where that file is.
        for link in links(&fs::read_to_string(&path).unwrap()) {
            number += 1;
            problems.extend(problem(&path, &link));
        }
    }
    assert!(number >= 50, "{number} links");
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_page_of_the_guide_is_in_its_table_of_contents() {
    let summary = project().join("docs/src/SUMMARY.md");
    let listed: BTreeSet<PathBuf> =
        links(&text_of(&summary)).iter().map(|link| summary.parent().unwrap().join(link)).collect();
    let here: BTreeSet<PathBuf> = pages().into_iter().filter(|page| *page != summary).collect();
    assert_eq!(listed, here);
}

#[test]
fn headings_become_anchors() {
    let text = "# What `[limits]` bound, and why\n\n## One question, four languages\n";
    let expected = ["what-limits-bound-and-why", "one-question-four-languages"];
    assert_eq!(anchors(text), expected.map(str::to_owned).into());
    assert!(problem(&project().join("README.md"), "nowhere.md").is_some());
    assert!(problem(&project().join("README.md"), "benches/README.md#no-such-heading").is_some());
}
