//! Law 7, of what is skipped: the best N are those that summing every hit gives, to the last bit, whatever the query, the number,
//! and where passages lie. Blocks of postings are skipped only where there are some, so the collection is larger than the samples.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tradewire::internals::engine::{
    Candidate, CandidateOptions, Candidates, ClauseList, Engine, PassageKey, ResultUnit, SortOrder,
};
use tradewire::internals::query::{QueryAst, QueryOptions, compile_query};

use super::queries::Vocabulary;
use super::{Corpus, Verdict, holds};
use crate::workspace::{Workspace, seeds};

/// Numbers of results that are asked for.
const LIMITS: [usize; 4] = [1, 3, 10, 40];

/// Checks the best of one query, by itself and with every word required.
fn check_best(corpus: &Corpus, query: &QueryAst) -> Verdict {
    let Corpus { config, index, analyzer, .. } = corpus;
    for (expand, require_all) in [(true, false), (false, true)] {
        let options = QueryOptions { expand, require_all, ..QueryOptions::default() };
        let plan =
            compile_query(query, &options, false, &**index, analyzer, &config.ranking, &config.glossary).unwrap();
        let Some(plan) = plan else {
            continue;
        };
        let prepared = index.prepare(&plan).unwrap();
        let hits = prepared.passages().unwrap();
        let number = hits.len() as u64;
        for limit in [u64::MAX, number, number.saturating_sub(1), number / 2] {
            let expected = (number <= limit).then_some(number);
            prop_assert_eq!(prepared.count(limit).unwrap(), expected, "`{}` counted up to {}", query, limit);
        }
        let mut scores = vec![0.0; hits.len()];
        prepared.clause_scores(ClauseList::Scoring, &hits, &mut |_, at, score| scores[at] += score).unwrap();
        let place = |key: PassageKey| {
            let stored = &corpus.passages[corpus.passages.binary_search_by_key(&key, |stored| stored.key).unwrap()];
            (&stored.passage.id, stored.passage.number)
        };
        let mut expected: Vec<(f64, PassageKey)> = scores.into_iter().zip(hits).collect();
        expected.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| place(left.1).cmp(&place(right.1))));
        let mut documents = BTreeSet::new();
        let by_document: Vec<_> =
            expected.iter().filter(|&&(_, key)| documents.insert(place(key).0)).copied().collect();
        for limit in LIMITS {
            let best = |unit, counted| {
                let options = CandidateOptions { limit, order: SortOrder::Score, unit, counted };
                prepared.candidates(&options).unwrap()
            };
            let scored = |best: &Candidate| (best.score, best.key);
            let passages: Vec<_> = best(ResultUnit::Passage, false).ranked.iter().map(scored).collect();
            prop_assert_eq!(&passages, &expected[..limit.min(expected.len())], "the best {} of `{}`", limit, query);
            let Candidates { mut ranked, groups, .. } = best(ResultUnit::Document, true);
            let mut seen = BTreeSet::new();
            ranked.retain(|best| seen.insert(best.group) && seen.len() <= limit);
            let best: Vec<_> = ranked.iter().map(scored).collect();
            let expected = &by_document[..limit.min(by_document.len())];
            prop_assert_eq!(&best, expected, "the best {} documents of `{}`", limit, query);
            prop_assert_eq!(groups, by_document.len() as u64, "the documents of `{}`", query);
        }
    }
    Ok(())
}

/// Passages in all languages, of words from the samples, of which some are in many passages and most in few.
fn collection() -> Corpus {
    let samples = Corpus::of_seeds();
    let mut sentences: Vec<(&str, Vec<&str>)> = Vec::new();
    for stored in &samples.passages {
        let code = stored.passage.lang.code();
        sentences.push((code, stored.text.split_inclusive(['.', '。', ' ', '，']).collect()));
    }
    let mut random = 20_260_107_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let mut articles = Vec::new();
    for at in 0..9000 {
        let (code, pieces) = &sentences[next(sentences.len())];
        let mut body = String::new();
        for _ in 0..4 + next(12) {
            // The first pieces come often.
            let most = 1 + next(pieces.len());
            body.push_str(pieces[next(most)]);
        }
        articles.push(serde_json::json!({
            "id": format!("{:05}", at * 7919 % 9000), "title": pieces[next(pieces.len())], "body": body, "lang": code,
            "date": format!("2025-{:02}-{:02}", 1 + next(12), 1 + next(28)), "source": format!("Paper {}", next(5)),
        }));
    }
    let workspace = Workspace::new();
    let write = |name: &str, articles: &[serde_json::Value]| {
        let lines: Vec<String> = articles.iter().map(ToString::to_string).collect();
        workspace.index(&[workspace.write(name, lines.join("\n"))]);
    };
    // Later ones replace some of those before them.
    write("first.jsonl", &articles[..6000]);
    write("second.jsonl", &articles[6000..]);
    let replaced: Vec<serde_json::Value> = articles[5900..6100]
        .iter()
        .map(|article| {
            let mut article = article.clone();
            article["body"] = "Steel tariffs. 철강 관세. 钢铁关税。 Zölle.".into();
            article
        })
        .collect();
    write("third.jsonl", &replaced);
    Corpus::indexed(workspace, &[seeds()])
}

#[test]
fn the_best_are_those_that_summing_every_hit_gives() {
    let corpus = collection();
    let vocabulary = Vocabulary::of(&corpus);
    let bag = proptest::collection::vec(vocabulary.leaf(), 1..8).prop_map(QueryAst::Bag);
    let query = prop_oneof![2 => vocabulary.query(), 2 => bag, 1 => vocabulary.leaf()];
    holds(400, &query, |query| check_best(&corpus, &query));
}
