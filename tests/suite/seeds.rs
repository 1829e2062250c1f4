//! The sample corpus: its articles, topics and judgements are whole, and how well the topics find what was judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tradewire::config::Config;
use tradewire::evaluation::{Qrels, Topic, TopicOptions, evaluate, find_gaps, read_topics};
use tradewire::ingest::{main_language, split_passages};
use tradewire::language::Language;
use tradewire::output::write_evaluation_table;
use tradewire::query::parse_query;
use unicode_width::UnicodeWidthStr;

use crate::workspace::{Workspace, project, seeds};

const CODES: [&str; 4] = ["en", "de", "ko", "zh"];

/// The articles of a language, as JSON.
fn articles(code: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(seeds().join(format!("{code}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn topics() -> Vec<Topic> {
    read_topics(&fs::read(project().join("seeds/topics.tsv")).unwrap()).unwrap()
}

fn qrels() -> Qrels {
    Qrels::read(&fs::read(project().join("seeds/qrels.tsv")).unwrap()).unwrap()
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
    let (topics, qrels) = (topics(), qrels());
    let ids: BTreeSet<String> = CODES
        .iter()
        .flat_map(|code| articles(code))
        .map(|article| article["id"].as_str().unwrap().to_owned())
        .collect();
    let mut by_language: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Topic { id, query, .. } in &topics {
        let parts: Vec<&str> = id.split('-').collect();
        let [code, kind, number] = parts[..] else { panic!("{id} is not LANG-KIND-NN") };
        assert!(CODES.contains(&code) && number.len() == 2 && number.parse::<u8>().is_ok(), "{id}");
        assert!(!query.trim().is_empty(), "{id}");
        assert!(parse_query(query).is_ok(), "{id}: {query}");
        *by_language.entry(code).or_default() += 1;
        kinds.entry(kind).or_default().insert(code);
        let judged = qrels.of(id).unwrap_or_else(|| panic!("{id} is not judged"));
        assert!(judged.values().any(|&grade| grade == 2), "{id} has no document of grade 2");
    }
    for code in CODES {
        assert!(by_language[code] >= 25, "{} topics in {code}", by_language[code]);
    }
    for kind in ["keyword", "question", "phrase", "name", "char", "hanja", "compound", "spacing", "mixed"] {
        assert!(kinds.contains_key(kind), "no {kind} among {kinds:?}");
    }
    for topic in qrels.topics() {
        assert!(topics.iter().any(|asked| asked.id == topic), "{topic} is judged and no topic");
        for (document, grade) in qrels.of(topic).unwrap() {
            assert!(ids.contains(document), "{topic} judges {document}, which is no article");
            assert!(*grade <= 2, "{topic} {document}: grade {grade}");
        }
    }
}

/// Pins the ranking: what a change of it does to each topic shows in the difference of the snapshot.
/// `INSTA_UPDATE=always cargo test --release relevance` writes it anew.
#[test]
fn relevance_of_the_ranking() {
    let (workspace, config) = (Workspace::with_seeds(), Config::builtin().unwrap());
    let (index, topics, qrels) = (workspace.open(), topics(), qrels());
    assert!(find_gaps(&index, &topics, &qrels).unwrap().is_empty());
    let evaluation = evaluate(&index, &config, &topics, &qrels, TopicOptions::default(), &mut |_, _| Ok(())).unwrap();
    assert_eq!((evaluation.topics.len(), evaluation.refused.len()), (topics.len(), 0));
    for topic in &evaluation.topics {
        assert!(topic.id.starts_with(topic.lang.name()), "{topic:?} counts for its own language");
    }
    let mut table = Vec::new();
    write_evaluation_table(&evaluation, false, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    let readme = fs::read_to_string(project().join("README.md")).unwrap();
    assert!(readme.contains(&table), "README shows another table than\n{table}");
    let mut shown = table + "\n";
    for topic in &evaluation.topics {
        let first = topic.first_relevant_rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        shown += &format!("{} {first} {:.4}\n", topic.id, topic.scores.ndcg_at_10);
    }
    insta::assert_snapshot!("relevance", shown);
}

#[test]
fn the_seeds_index_without_a_problem() {
    let workspace = Workspace::new();
    let report = workspace.index(&[seeds()]);
    let articles: usize = CODES.iter().map(|code| articles(code).len()).sum();
    assert_eq!((report.documents, report.lost, report.noted), (articles as u64, 0, 0));
    assert!(articles >= 60);
}
