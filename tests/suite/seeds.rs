//! The sample corpus: its articles, topics and judgements are whole, and how well the topics find what was judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tradewire::internals::config::Config;
use tradewire::internals::evaluation::{Evaluation, Qrels, Topic, TopicOptions, evaluate, find_gaps, read_topics};
use tradewire::internals::ingest::{main_language, split_passages};
use tradewire::internals::language::Language;
use tradewire::internals::query::parse_query;
use tradewire::internals::search::Searcher;
use unicode_width::UnicodeWidthStr;

use crate::documents::document;
use crate::terminal::write_evaluation_table;
use crate::workspace::{Workspace, project, seeds};

const CODES: [&str; 4] = ["en", "de", "ko", "zh"];

/// The articles of a language, as JSON.
fn articles(code: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(seeds().join(format!("{code}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The topics in a folder, and their judgements.
fn judged_topics(folder: &str) -> (Vec<Topic>, Qrels) {
    let read = |name: &str| fs::read(project().join(folder).join(name)).unwrap();
    (read_topics(&read("topics.tsv")).unwrap(), Qrels::read(&read("qrels.tsv")).unwrap())
}

/// The languages of the articles by id, as the beginnings of ids have them.
fn language_of(document: &str) -> &str {
    document.split('-').next().unwrap_or_default()
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
            let document = tradewire::internals::document::Document { body, ..Default::default() };
            let detected = main_language(&split_passages(&document, &config.passages, &config.analysis));
            assert_eq!(Some(detected), Language::from_tag(code), "{}", article["id"]);
        }
    }
}

#[test]
fn topics_and_judgements_are_whole() {
    let (topics, qrels) = judged_topics("seeds");
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

#[test]
fn topics_across_languages_are_whole() {
    let (topics, qrels) = judged_topics("seeds/cross");
    assert!(topics.len() >= 40);
    for Topic { id, query, lang, .. } in &topics {
        let code = id.split('-').nth(1).unwrap();
        assert_eq!(lang.map(Language::code), Some(code), "{id}");
        assert!(parse_query(query).is_ok(), "{id}: {query}");
        let judged = qrels.of(id).unwrap_or_else(|| panic!("{id} is not judged"));
        let relevant = judged.iter().filter(|&(_, &grade)| grade == 2).map(|(document, _)| language_of(document));
        let others: BTreeSet<&str> = relevant.filter(|language| *language != code).collect();
        assert!(others.len() >= 2, "{id} has relevant articles in {others:?} alone");
    }
    for code in CODES {
        assert!(topics.iter().filter(|topic| topic.lang.is_some_and(|lang| lang.code() == code)).count() >= 10);
    }
}

/// Scores topics, with a line for each, and makes sure that a page of the guide shows the table.
fn scores_of(folder: &str, page: &str, taken: TopicOptions) -> (Evaluation, String) {
    let (workspace, config) = (Workspace::with_seeds(), Config::builtin().unwrap());
    let (index, (topics, qrels)) = (workspace.open(), judged_topics(folder));
    assert!(find_gaps(&index, &topics, &qrels).unwrap().is_empty());
    let searcher = Searcher::new(index.clone(), &config.analysis, &config.ranking, &config.glossary);
    let evaluation = evaluate(&index, &searcher, &topics, &qrels, taken, &mut |_, _| Ok(())).unwrap();
    assert_eq!((evaluation.topics.len(), evaluation.refused.len()), (topics.len(), 0));
    let mut table = Vec::new();
    write_evaluation_table(&evaluation, false, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    assert!(document(page).contains(&table), "{page} shows another table than\n{table}");
    let mut shown = table + "\n";
    for topic in &evaluation.topics {
        let first = topic.first_relevant_rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        shown += &format!("{} {first} {:.4}\n", topic.id, topic.scores.ndcg_at_10);
    }
    (evaluation, shown)
}

/// Pins the ranking: what a change of it does to each topic shows in the difference of the snapshot.
/// `INSTA_UPDATE=always cargo test --release relevance` writes it again.
#[test]
fn relevance_of_the_ranking() {
    let (evaluation, shown) = scores_of("seeds", "docs/src/ranking.md", TopicOptions::default());
    for topic in &evaluation.topics {
        assert!(topic.id.starts_with(topic.lang.name()), "{topic:?} counts for its own language");
    }
    insta::assert_snapshot!("relevance", shown);
}

/// The same of topics with relevant articles in other languages, as they are asked and as they are typed.
#[test]
fn relevance_across_languages() {
    let (expanded, shown) = scores_of("seeds/cross", "docs/src/four-languages.md", TopicOptions::default());
    insta::assert_snapshot!("relevance_across_languages", shown);
    let (narrow, shown) = scores_of(
        "seeds/cross",
        "docs/src/four-languages.md",
        TopicOptions { expand: false, ..TopicOptions::default() },
    );
    insta::assert_snapshot!("relevance_across_languages_as_typed", shown);
    let recall = |evaluation: &Evaluation| {
        evaluation.topics.iter().map(|topic| topic.scores.recall_at_100).sum::<f64>() / evaluation.topics.len() as f64
    };
    assert!(recall(&expanded) > 2.0 * recall(&narrow));
}

/// A name in Latin letters weighs in a Korean or Chinese question what it says: what only asks says nothing. Each line of the
/// table has the article that comes first, and the question.
#[test]
fn latin_names_decide_questions_among_cjk_characters() {
    let workspace = Workspace::with_seeds();
    let table = fs::read_to_string(project().join("seeds/latin.tsv")).unwrap();
    let mut missed = Vec::new();
    for line in table.lines() {
        let (article, question) = line.split_once('\t').unwrap();
        let run = workspace.run(&["search", question, "-n", "1", "--format", "jsonl"]);
        let hit: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_default();
        if hit["document"]["id"] != article {
            missed.push(format!("{question}: {}", hit["document"]["id"]));
        }
    }
    assert_eq!(table.lines().count(), 40);
    assert!(missed.len() <= 3, "{missed:#?}");
}

#[test]
fn the_seeds_index_without_a_problem() {
    let workspace = Workspace::new();
    let report = workspace.index(&[seeds()]);
    let articles: usize = CODES.iter().map(|code| articles(code).len()).sum();
    assert_eq!((report.documents, report.lost, report.noted), (articles as u64, 0, 0));
    assert!(articles >= 60);
}
