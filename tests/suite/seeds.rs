//! The sample corpus: its articles, topics and judgements are whole, and the topics find what was judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tradewire::config::Config;
use tradewire::index::NewsIndex;
use tradewire::ingest::{main_language, split_passages};
use tradewire::language::Language;
use tradewire::query::parse_query;
use tradewire::search::{NewsSearcher, ResultUnit, SearchOptions};
use unicode_width::UnicodeWidthStr;

use crate::workspace::{Workspace, project, seeds};

const CODES: [&str; 4] = ["en", "de", "ko", "zh"];

/// The articles of a language, as JSON.
fn articles(code: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(seeds().join(format!("{code}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Topics by id.
fn topics() -> BTreeMap<String, String> {
    let text = fs::read_to_string(project().join("seeds/topics.tsv")).unwrap();
    let pairs: Vec<(String, String)> = text
        .lines()
        .map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab in {line}")))
        .map(|(id, query)| (id.to_owned(), query.to_owned()))
        .collect();
    let topics: BTreeMap<String, String> = pairs.iter().cloned().collect();
    assert_eq!(topics.len(), pairs.len(), "the ids of topics are unique");
    topics
}

/// Grades by topic and document.
fn judgements() -> BTreeMap<String, BTreeMap<String, u8>> {
    let text = fs::read_to_string(project().join("seeds/qrels.tsv")).unwrap();
    let mut judgements: BTreeMap<String, BTreeMap<String, u8>> = BTreeMap::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [topic, _, document, grade] = columns[..] else { panic!("not four columns: {line}") };
        let grade = grade.parse().unwrap_or_else(|_| panic!("no grade: {line}"));
        let judged = judgements.entry(topic.to_owned()).or_default().insert(document.to_owned(), grade);
        assert_eq!(judged, None, "judged twice: {line}");
    }
    judgements
}

#[test]
fn articles_are_whole() {
    let mut ids = BTreeSet::new();
    for code in CODES {
        let articles = articles(code);
        assert!(articles.len() >= 14, "{} in {code}", articles.len());
        for article in articles {
            let text = |key: &str| article[key].as_str().unwrap_or_else(|| panic!("no {key} in {article}")).to_owned();
            let (id, title, body) = (text("id"), text("title"), text("body"));
            assert!(id.starts_with(&format!("{code}-")), "{id}");
            assert!(title.width() >= 12 && body.width() >= 300, "{id} is too short");
            assert_eq!(text("lang").split('-').next(), Some(code), "{id}");
            assert!(text("date").parse::<jiff::civil::Date>().is_ok(), "{id}: {}", text("date"));
            let source = text("source").to_lowercase();
            let marks = ["sample", "specimen", "muster", "beispiel", "견본", "样本", "樣本", "示例", "范例"];
            assert!(marks.iter().any(|mark| source.contains(mark)), "the source of {id} is not marked: {source}");
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
    }
    let here: BTreeSet<String> =
        fs::read_dir(seeds()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(here, CODES.map(|code| format!("{code}.jsonl")).into());
}

#[test]
fn chinese_is_there_in_both_scripts() {
    let count = |characters: [char; 4]| {
        let uses = |article: &&serde_json::Value| {
            let body = article["body"].as_str().unwrap();
            characters.iter().filter(|&&character| body.contains(character)).count() >= 2
        };
        articles("zh").iter().filter(uses).count()
    };
    let (simplified, traditional) = (count(['贸', '国', '对', '关']), count(['貿', '國', '對', '關']));
    assert!(simplified >= 5 && traditional >= 5, "{simplified} simplified and {traditional} traditional");
}

#[test]
fn the_stated_language_is_the_detected_one() {
    let config = Config::builtin().unwrap();
    for code in CODES {
        for article in articles(code) {
            let body = article["body"].as_str().unwrap().to_owned();
            let document = tradewire::document::Document { body, ..Default::default() };
            let detected = main_language(&split_passages(&document, &config));
            assert_eq!(Some(detected), Language::from_tag(code), "{}", article["id"]);
        }
    }
}

#[test]
fn topics_and_judgements_are_whole() {
    let (topics, judgements) = (topics(), judgements());
    let ids: BTreeSet<String> = CODES
        .iter()
        .flat_map(|code| articles(code))
        .map(|article| article["id"].as_str().unwrap().to_owned())
        .collect();
    let mut by_language: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, query) in &topics {
        let parts: Vec<&str> = id.split('-').collect();
        let [code, kind, number] = parts[..] else { panic!("{id} is not LANG-KIND-NN") };
        assert!(CODES.contains(&code) && number.len() == 2 && number.parse::<u8>().is_ok(), "{id}");
        assert!(!query.trim().is_empty() && !query.contains('\t'), "{id}");
        assert!(parse_query(query).is_ok(), "{id}: {query}");
        *by_language.entry(code).or_default() += 1;
        kinds.entry(kind).or_default().insert(code);
        let judged = judgements.get(id).unwrap_or_else(|| panic!("{id} is not judged"));
        assert!(judged.values().any(|&grade| grade == 2), "{id} has no document of grade 2");
    }
    for code in CODES {
        assert!(by_language[code] >= 25, "{} topics in {code}", by_language[code]);
    }
    for kind in ["keyword", "question", "phrase", "name", "char", "hanja", "compound", "spacing", "mixed"] {
        assert!(kinds.contains_key(kind), "no {kind} among {kinds:?}");
    }
    for (topic, judged) in &judgements {
        assert!(topics.contains_key(topic), "{topic} is judged and no topic");
        for (document, grade) in judged {
            assert!(ids.contains(document), "{topic} judges {document}, which is no article");
            assert!((1..=2).contains(grade) || *grade == 0, "{topic} {document}: grade {grade}");
        }
    }
}

#[test]
fn topics_find_a_judged_document_among_the_first_ten() {
    let (workspace, config) = (Workspace::with_seeds(), Config::builtin().unwrap());
    let index = NewsIndex::open(&workspace.index_dir(), &config).unwrap();
    let searcher = NewsSearcher::new(&index, &config);
    let options = SearchOptions { unit: ResultUnit::Document, ..SearchOptions::default() };
    let (topics, judgements) = (topics(), judgements());
    for code in CODES {
        let of_language: Vec<(&String, &String)> =
            topics.iter().filter(|(id, _)| id.starts_with(&format!("{code}-"))).collect();
        let fails = |(id, query): &&(&String, &String)| {
            let results = searcher.search(&parse_query(query).unwrap(), &options).unwrap().unwrap_or_default();
            let relevant = |document: &String| judgements[*id].get(document).is_some_and(|&grade| grade > 0);
            !results.hits.iter().any(|hit| relevant(&hit.passage.id))
        };
        let failing: Vec<_> = of_language.iter().filter(fails).collect();
        let found = of_language.len() - failing.len();
        assert!(found * 100 >= of_language.len() * 80, "{code}: {found} of {}; not {failing:#?}", of_language.len());
    }
}

#[test]
fn the_seeds_index_without_a_problem() {
    let workspace = Workspace::new();
    let report = workspace.index(&[seeds()]);
    let articles: usize = CODES.iter().map(|code| articles(code).len()).sum();
    assert_eq!((report.documents, report.lost, report.noted), (articles as u64, 0, 0));
    assert!(articles >= 60);
}
