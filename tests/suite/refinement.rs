//! The final order of the best hits: it changes no hit and no mark, only ever adds to a score, and fits together across
//! the border between what is refined and what is not.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tradewire::internals::language::Language;
use tradewire::internals::query::{Filters, QueryOptions};
use tradewire::internals::search::{Hit, ResultUnit, SearchOptions};

use crate::workspace::{Workspace, as_typed};

/// Each with more hits than are refined here.
const QUERIES: [&str; 8] = [
    "China Korea trade agreement",
    "Zölle auf Stahl aus China",
    "한국과 중국의 무역 협정은",
    "中国和韩国的自由贸易协定",
    "tariff OR Zoll OR 관세 OR 关税",
    "trade AND (China OR Korea)",
    "Handelsabkommen FTA 협정",
    "the semiconductor exports of 2025",
];

fn search(workspace: &Workspace, refined: usize, query: &str, options: &SearchOptions) -> Vec<Hit> {
    workspace.search_refining(refined, query, options).hits
}

fn key(hit: &Hit) -> (String, u32) {
    (hit.document.id.clone(), hit.passage.number)
}

fn all() -> SearchOptions {
    SearchOptions { limit: 10_000, ..as_typed() }
}

#[test]
fn no_hit_and_no_mark_depends_on_it() {
    let seeds = Workspace::with_seeds();
    for query in QUERIES {
        let plain = search(&seeds, 0, query, &all());
        let refined = search(&seeds, 12, query, &all());
        assert!(plain.len() > 20, "{query} has {} hits", plain.len());
        let by_key = |hits: &[Hit]| {
            let mut hits: Vec<_> = hits.iter().map(|hit| (key(hit), hit.highlights.clone())).collect();
            hits.sort_by(|left, right| left.0.cmp(&right.0));
            hits
        };
        assert_eq!(by_key(&plain), by_key(&refined), "{query}");
        // The best twelve are the same, in an order of their own and with scores that are no lower.
        let (best, rest) = refined.split_at(12);
        for hit in best {
            let before = plain[..12].iter().find(|other| key(other) == key(hit));
            assert!(before.is_some_and(|before| before.score <= hit.score), "{query}: {:?}", key(hit));
        }
        assert!(best.iter().any(|hit| plain.iter().any(|before| key(before) == key(hit) && before.score < hit.score)));
        for (hit, before) in rest.iter().zip(&plain[12..]) {
            assert_eq!((key(hit), hit.score), (key(before), before.score), "{query}");
        }
        assert!(refined.windows(2).all(|pair| pair[0].score >= pair[1].score), "{query}");
    }
}

#[test]
fn pages_fit_together_across_its_border() {
    let seeds = Workspace::with_seeds();
    let german = Filters { languages: vec![Language::German, Language::English], ..Filters::default() };
    for unit in [ResultUnit::Passage, ResultUnit::Document] {
        for filters in [Filters::default(), german.clone()] {
            for query in ["China Korea trade agreement", "Handel Zölle China export"] {
                let options = |offset, limit| SearchOptions {
                    offset,
                    limit,
                    unit,
                    query: QueryOptions { filters: filters.clone(), ..as_typed().query },
                    ..as_typed()
                };
                let whole = search(&seeds, 12, query, &options(0, 10_000));
                assert!(whole.len() > 20, "{query}: {}", whole.len());
                for (offset, limit) in [(0, 1), (0, 11), (0, 12), (0, 13), (5, 9), (11, 1), (11, 2), (12, 5), (13, 5)] {
                    let page = search(&seeds, 12, query, &options(offset, limit));
                    assert_eq!(page, whole[offset..offset + limit], "{query} {unit:?} {offset} {limit}");
                }
            }
        }
    }
}

#[test]
fn a_document_has_the_score_of_its_best_passage() {
    let seeds = Workspace::with_seeds();
    for query in QUERIES {
        // By document, the operands of AND need not stand in one passage, and other passages are refined than by passage.
        let operands = query.split_once(" AND ");
        let refined = if operands.is_some() { 0 } else { 12 };
        let with_both = |hit: &Hit| {
            operands.is_none_or(|(left, right)| {
                let has =
                    |operand| search(&seeds, 0, operand, &all()).iter().any(|one| one.document.id == hit.document.id);
                has(left) && has(right)
            })
        };
        let either = operands.map_or_else(|| query.to_owned(), |(left, right)| format!("{left} OR {right}"));
        let passages = search(&seeds, refined, &either, &all());
        let documents = search(&seeds, refined, query, &SearchOptions { unit: ResultUnit::Document, ..all() });
        let mut best: Vec<&Hit> = Vec::new();
        for hit in &passages {
            if best.iter().all(|known| known.document.id != hit.document.id) && with_both(hit) {
                best.push(hit);
            }
        }
        let facts = |hit: &Hit| (key(hit), hit.score.to_bits());
        assert_eq!(
            documents.iter().map(facts).collect::<Vec<_>>(),
            best.into_iter().map(facts).collect::<Vec<_>>(),
            "{query}"
        );
    }
}

#[test]
fn an_explanation_sums_up_to_the_score() {
    let seeds = Workspace::with_seeds();
    let (mut close, mut beginnings) = (0, 0);
    for query in QUERIES {
        for unit in [ResultUnit::Passage, ResultUnit::Document] {
            let options = SearchOptions { limit: 30, explain: true, unit, ..as_typed() };
            for hit in search(&seeds, 12, query, &options) {
                let parts = hit.score_parts.as_ref().unwrap();
                let sum: f64 = parts.iter().map(|part| part.score).sum();
                assert!((sum - hit.score).abs() <= 1e-4 * hit.score.max(1.0), "{query}: {sum} is not {}", hit.score);
                close += parts.iter().filter(|part| part.pattern.starts_with("within ")).count();
                beginnings += parts.iter().filter(|part| part.field.starts_with("beginnings_")).count();
            }
        }
    }
    assert!(close > 20 && beginnings > 20, "{close} and {beginnings}");
}

#[test]
fn what_stands_close_together_and_what_begins_alike_comes_first() {
    let filler = "and then there is the long report of the committee that nobody has read so far in any detail today";
    let articles = [
        ("a-apart", "", format!("The tariff stays. {filler} {filler}. Some lithium was sold.")),
        ("b-close", "", format!("The lithium tariff stays. {filler} {filler}. Some was sold.")),
        ("c-other", "", format!("A text of other words only. {filler} {filler}.")),
        ("d-begins", "", format!("Semiconducting things wrote down {filler} and quota. {filler}.")),
        ("e-plain", "", format!("Observing things wrote down {filler} and quota. {filler}.")),
    ];
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, title, body)| (*id, *title, body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    let ids = |query: &str| -> Vec<String> {
        search(&workspace, 30, query, &all()).into_iter().map(|hit| hit.document.id).collect()
    };
    assert_eq!(ids("tariff on lithium"), ["b-close", "a-apart"]);
    // It has another stem, so it makes no hit, but it ranks one.
    assert_eq!(ids("semiconductors"), Vec::<String>::new());
    assert_eq!(ids("semiconductors quota"), ["d-begins", "e-plain"]);
}

/// tantivy passes over whole blocks of postings, by bounds that know nothing of our averages. Languages of very different
/// lengths in one index, words of very different frequencies.
#[test]
fn the_first_ten_are_the_first_ten_of_all() {
    let mut runner = TestRunner::deterministic();
    let case = proptest::collection::vec((0..3_usize, 0..40_usize, 0..60_usize), 2400);
    let passages = case.new_tree(&mut runner).unwrap().current();
    let articles: Vec<(String, String)> = passages
        .iter()
        .enumerate()
        .map(|(at, &(kind, often, filler))| {
            let often = if often < 25 { 1 } else { often - 24 };
            let (word, other, rest) = match kind {
                0 => ("tariff", "quota", "the report of the committee "),
                1 => ("Zoll", "Quote", "der Bericht des Ausschusses und "),
                _ => ("관세를", "할당은", "위원회의 보고서는 "),
            };
            let mut body = format!("{} {}", format!("{word} ").repeat(often), rest.repeat(filler % 23));
            if at % 3 == 0 {
                body.push_str(other);
            }
            (format!("d{at:04}"), body)
        })
        .collect();
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    for query in ["tariff", "tariff quota", "Zoll", "Zoll Quote", "관세", "관세 할당", "\"관세\"", "tariff Zoll 관세"]
    {
        let whole = search(&workspace, 0, query, &SearchOptions { highlight: false, ..all() });
        assert!(whole.len() > 500, "{query}: {}", whole.len());
        for limit in [1, 10, 50] {
            let first = search(&workspace, 0, query, &SearchOptions { limit, highlight: false, ..all() });
            let facts = |hits: &[Hit]| hits.iter().map(|hit| (key(hit), hit.score.to_bits())).collect::<Vec<_>>();
            assert_eq!(facts(&first), facts(&whole[..limit]), "{query}");
        }
    }
}

#[test]
fn keywords_rank_alike_in_any_order() {
    let seeds = Workspace::with_seeds();
    let scores = |query: &str| -> Vec<((String, u32), String)> {
        let hits = search(&seeds, 30, query, &all());
        let mut scores: Vec<_> = hits.iter().map(|hit| (key(hit), format!("{:.4}", hit.score))).collect();
        scores.sort();
        scores
    };
    for [one, other] in [
        ["심사 내 요소수", "요소수 내 심사"],
        ["관세 협상 반도체", "반도체 협상 관세"],
        ["FTA 협정 수출", "수출 FTA 협정"],
        ["semiconductor tariff Korea", "Korea tariff semiconductor"],
    ] {
        assert!(!scores(one).is_empty(), "{one}");
        assert_eq!(scores(one), scores(other), "{one}");
    }
}
