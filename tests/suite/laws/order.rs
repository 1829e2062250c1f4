//! Law 7. Hits come by score, then document id, then passage number; and the same documents give the same ranking to
//! the last bit, whatever the number of threads, the order they were added in, the number of segments, and whether
//! they replaced themselves. By date, hits are the same with the same scores before refinements, the latest first.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tradewire::internals::index::IndexOptions;
use tradewire::internals::query::parse_query;
use tradewire::internals::search::{ResultUnit, SearchOptions, Searcher, SortOrder};

use super::{holds, seeded};
use crate::workspace::{Workspace, project, seeds};

/// Queries of every kind: words, phrases, one character, a character after a word, mixed scripts, stop words only.
const QUERIES: [&str; 16] = [
    "trade",
    "Zölle China",
    "무역 협정",
    "\"무역\"",
    "韓",
    "\"中\"",
    "自由贸易协定",
    "限韓令 THAAD",
    "\"FTA 협\"",
    "\"년 1\"",
    "the of",
    "die der und",
    "2025",
    "\"free trade agreement\"",
    "中国 한국 China Korea",
    "관세 tariff 关税",
];

/// A ranking, with scores as bits.
type Ranking = Vec<(String, u32, u64)>;

/// How each query is asked; those by score first.
const ASKED: [(usize, ResultUnit, SortOrder); 7] = [
    (50, ResultUnit::Passage, SortOrder::Score),
    (3, ResultUnit::Passage, SortOrder::Score),
    (5, ResultUnit::Document, SortOrder::Score),
    (5, ResultUnit::Story, SortOrder::Score),
    (7, ResultUnit::Passage, SortOrder::Date),
    (5, ResultUnit::Document, SortOrder::Date),
    (5, ResultUnit::Story, SortOrder::Date),
];

fn rankings(workspace: &Workspace, queries: &[String]) -> Vec<Ranking> {
    let config = tradewire::internals::config::Config::builtin().unwrap();
    let index = workspace.open();
    let searcher = Searcher::new(index, &config.analysis, &config.ranking, &config.glossary);
    let mut rankings = Vec::new();
    for query in queries {
        for (limit, unit, sort) in ASKED {
            let options = SearchOptions { limit, unit, sort, ..SearchOptions::default() };
            let results = searcher.answer(&parse_query(query).unwrap(), &options).unwrap().unwrap_or_default();
            let hits = results.hits.iter();
            rankings.push(hits.map(|hit| (hit.document.id.clone(), hit.passage.number, hit.score.to_bits())).collect());
        }
    }
    rankings
}

fn queries() -> Vec<String> {
    let topics = fs::read_to_string(project().join("seeds/topics.tsv")).unwrap();
    let topics = topics.lines().filter_map(|line| Some(line.split_once('\t')?.1.to_owned())).step_by(4);
    QUERIES.iter().map(|query| (*query).to_owned()).chain(topics).collect()
}

/// The lines of all seeds.
fn lines() -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(seeds()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn assert_same(expected: &[Ranking], found: &[Ranking], queries: &[String], how: &str) {
    for (at, (expected, found)) in expected.iter().zip(found).enumerate() {
        assert_eq!(expected, found, "`{}` {how}", queries[at / ASKED.len()]);
    }
}

#[test]
fn hits_come_by_score_then_document_then_passage() {
    let workspace = Workspace::with_seeds();
    let mut hits = 0;
    let rankings = rankings(&workspace, &queries());
    let by_score = rankings.iter().zip(ASKED.iter().cycle()).filter(|(_, asked)| asked.2 == SortOrder::Score);
    for (ranking, _) in by_score {
        hits += ranking.len();
        for pair in ranking.windows(2) {
            let score = |bits: u64| f64::from_bits(bits);
            let (first, second) = (&pair[0], &pair[1]);
            let in_order = score(first.2) > score(second.2)
                || (first.2 == second.2 && (&first.0, first.1) < (&second.0, second.1));
            assert!(in_order, "{first:?} before {second:?}");
        }
    }
    assert!(hits > 1000, "{hits} hits");
}

#[test]
fn by_date_hits_are_those_by_score_with_the_latest_first() {
    let workspace = Workspace::new();
    // Some dates are equal and some unknown, whatever the samples have.
    let lines = lines().into_iter().enumerate().map(|(at, line)| {
        let mut article: serde_json::Value = serde_json::from_str(&line).unwrap();
        article["date"] = (at % 3 > 0).then(|| format!("2025-12-{:02}", 1 + at % 7)).into();
        article.to_string()
    });
    let lines: Vec<String> = lines.collect();
    for lines in lines.chunks(lines.len() / 2) {
        workspace.index(&[workspace.write("some.jsonl", lines.join("\n"))]);
    }
    let (mut hits, mut unknown) = (0, 0);
    for (query, unit) in
        queries().iter().flat_map(|query| [(query, ResultUnit::Passage), (query, ResultUnit::Document)])
    {
        let ranked = |sort, limit, offset| {
            let options = SearchOptions { limit, offset, unit, sort, highlight: false, ..SearchOptions::default() };
            let hits = workspace.search_refining(0, query, &options).hits.into_iter();
            hits.map(|hit| (hit.document.date, hit.document.id, hit.passage.number, hit.score.to_bits()))
                .collect::<Vec<_>>()
        };
        let mut expected = ranked(SortOrder::Score, 10_000, 0);
        // No date is before all dates.
        expected.sort_by(|left, right| right.0.cmp(&left.0));
        for (limit, offset) in [(10_000, 0), (10, 0), (1, 0), (7, 5), (10, 90), (0, 0)] {
            let page: Vec<_> = expected.iter().skip(offset).take(limit).cloned().collect();
            assert_eq!(ranked(SortOrder::Date, limit, offset), page, "`{query}` by {unit:?}, {limit} from {offset}");
        }
        hits += expected.len();
        unknown += expected.iter().filter(|hit| hit.0.is_none()).count();
    }
    assert!(hits > 1000 && unknown > 100, "{hits} hits, {unknown} without a date");
}

#[test]
fn equal_passages_come_by_id_and_pages_do_not_depend_on_where_they_lie() {
    let workspace = Workspace::new();
    let articles: Vec<(String, String, String)> = (0..300)
        .map(|at| (format!("{:03}", (at * 7) % 300), "News".to_owned(), "Tariffs on steel.".to_owned()))
        .collect();
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, title, body)| (id.as_str(), title.as_str(), body.as_str())).collect();
    let file = workspace.write_articles("equal.jsonl", &articles);
    workspace.index(&[file]);
    let ids = |offset: usize, unit: ResultUnit| -> Vec<String> {
        let options = SearchOptions { limit: 10, offset, unit, ..SearchOptions::default() };
        workspace.search("tariffs", &options).hits.into_iter().map(|hit| hit.document.id).collect()
    };
    for unit in [ResultUnit::Passage, ResultUnit::Document, ResultUnit::Story] {
        for offset in [0, 1, 9, 150, 290] {
            let expected: Vec<String> = (offset..offset + 10).map(|id| format!("{id:03}")).collect();
            assert_eq!(ids(offset, unit), expected);
        }
        assert_eq!(ids(295, unit).len(), 5);
        assert_eq!(ids(300, unit), Vec::<String>::new());
    }
}

#[test]
fn threads_order_runs_and_replacing_change_nothing() {
    let queries = queries();
    let lines = lines();
    let one_go = Workspace::new();
    let whole = one_go.write("all.jsonl", lines.join("\n"));
    one_go.index(std::slice::from_ref(&whole));
    let expected = rankings(&one_go, &queries);
    assert!(expected.iter().filter(|ranking| !ranking.is_empty()).count() > 80);

    one_go.index(std::slice::from_ref(&whole));
    assert_same(&expected, &rankings(&one_go, &queries), &queries, "after replacing all by themselves");

    for threads in [2, 4] {
        let workspace = Workspace::new();
        workspace.index_with(std::slice::from_ref(&whole), &IndexOptions { threads, ..IndexOptions::default() });
        assert_same(&expected, &rankings(&workspace, &queries), &queries, "with several threads");
    }
    let shuffle = Just(lines.clone()).prop_shuffle();
    let law = |lines: Vec<String>| {
        let workspace = Workspace::new();
        for (run, lines) in lines.chunks(lines.len() / 2).enumerate() {
            let file = workspace.write(&format!("{run}.jsonl"), lines.join("\n"));
            workspace.index(&[file]);
        }
        assert_same(&expected, &rankings(&workspace, &queries), &queries, "shuffled and in several runs");
        Ok(())
    };
    holds(3, &shuffle, law);
}

/// A large segment is not merged with a small one, so this index has two; and replacing documents of the large one
/// leaves deletions behind, if it is not rewritten.
#[test]
fn segments_change_nothing() {
    let filler: Vec<String> = (0..20_100)
        .map(|at| serde_json::json!({"id": format!("filler-{at}"), "title": "", "lang": "zh", "body": format!("关税{}", at % 97)}))
        .map(|line| line.to_string())
        .collect();
    let lines = lines();
    let short = &lines[..20];
    let queries: Vec<String> = QUERIES.iter().map(|query| (*query).to_owned()).collect();

    let one_go = Workspace::new();
    let whole = one_go.write("all.jsonl", format!("{}\n{}", short.join("\n"), filler.join("\n")));
    one_go.index(&[whole]);
    assert_eq!(one_go.open().segments(), 1);
    let expected = rankings(&one_go, &queries);

    let two = Workspace::new();
    let large = two.write("large.jsonl", filler.join("\n"));
    let small = two.write("small.jsonl", short.join("\n"));
    two.index(&[large]);
    two.index(std::slice::from_ref(&small));
    assert_eq!(two.open().segments(), 2);
    assert_same(&expected, &rankings(&two, &queries), &queries, "in two segments");

    let few = two.write("few.jsonl", filler[..50].join("\n"));
    two.index(&[few, small]);
    assert_same(&expected, &rankings(&two, &queries), &queries, "after replacing some of the large segment");
}

/// One character after a word is looked up as every pair that the character opens, and a passage can hold many.
#[test]
fn scores_of_open_phrases_do_not_depend_on_the_order_of_adding() {
    let endings = ["협정", "협상", "협의", "협력", "협약", "협회", "협조"];
    let articles: Vec<String> = (0..40_usize)
        .map(|at| {
            let held: Vec<String> = endings
                .iter()
                .enumerate()
                .filter(|(ending, _)| (at >> (ending % 6)) & 1 == 1 || at % 7 == *ending)
                .map(|(_, ending)| format!("FTA {ending}을 맺었다. "))
                .collect();
            serde_json::json!({"id": format!("{at:02}"), "title": "", "body": held.concat()}).to_string()
        })
        .collect();
    let queries = ["\"FTA 협\"".to_owned(), "\"협\"".to_owned()];
    let mut expected: Option<Vec<Ranking>> = None;
    let law = |lines: Vec<String>| {
        let workspace = Workspace::new();
        let file = workspace.write("all.jsonl", lines.join("\n"));
        workspace.index(&[file]);
        Ok(rankings(&workspace, &queries))
    };
    let mut random = TestRunner::new(seeded(1));
    for _ in 0..5 {
        let lines = Just(articles.clone()).prop_shuffle().new_tree(&mut random).unwrap().current();
        let found: Result<Vec<Ranking>, TestCaseError> = law(lines);
        let found = found.unwrap();
        assert!(found[0].len() > 30);
        let expected = expected.get_or_insert_with(|| found.clone());
        assert_same(expected, &found, &queries, "shuffled");
    }
}
