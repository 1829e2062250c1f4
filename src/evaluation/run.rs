//! Searches topics and scores what is found.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::evaluation::measures::{first_relevant_rank, ndcg, recall, reciprocal_rank};
use crate::evaluation::qrels::{Grade, Qrels};
use crate::evaluation::report::{Evaluation, RefusedTopic, Scores, TopicLanguage, TopicScores};
use crate::evaluation::topic::Topic;
use crate::index::NewsIndex;
use crate::query::syntax::{QueryOptions, read_query};
use crate::search::ResultUnit;
use crate::search::{SearchOptions, SearchResults, Searcher};

/// Documents searched for each topic.
pub const DEPTH: usize = 100;

/// How the queries of topics are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicOptions {
    /// As words, whatever signs are in them.
    pub plain: bool,
    /// Widened by the glossary.
    pub expand: bool,
}

impl Default for TopicOptions {
    /// As queries are taken elsewhere.
    fn default() -> TopicOptions {
        TopicOptions { plain: false, expand: true }
    }
}

/// Searches every topic for documents and scores those that have a relevant one. `each` is given what every topic that was not refused found, in their order, to
/// write a run. Without topics there are no scores.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read, or what `each` returns. A query that is refused is none: it
/// is in [`Evaluation::refused`], and its scores are 0.
pub fn evaluate(
    index: &NewsIndex,
    searcher: &Searcher,
    topics: &[Topic],
    qrels: &Qrels,
    taken: TopicOptions,
    each: &mut dyn FnMut(&Topic, &SearchResults) -> Result<()>,
) -> Result<Evaluation> {
    let options = SearchOptions {
        limit: DEPTH,
        unit: ResultUnit::Document,
        query: QueryOptions { expand: taken.expand, ..QueryOptions::default() },
        highlight: false,
        ..SearchOptions::default()
    };
    let mut evaluation = Evaluation::default();
    for topic in topics {
        let ranking = match search_topic(searcher, topic, taken.plain, &options)? {
            Ok(results) => {
                each(topic, &results)?;
                results.hits.into_iter().map(|hit| hit.document.id).collect()
            }
            Err(reason) => {
                evaluation.refused.push(RefusedTopic { id: topic.id.clone(), line: topic.line, reason });
                Vec::new()
            }
        };
        if let Some(judged) = qrels.of(&topic.id).filter(|_| qrels.has_relevant(&topic.id)) {
            let grades: Vec<Grade> = ranking.iter().map(|id| judged.get(id).copied().unwrap_or(0)).collect();
            evaluation.topics.push(TopicScores {
                id: topic.id.clone(),
                lang: language(index, topic, judged)?,
                first_relevant_rank: first_relevant_rank(&grades),
                scores: score(&grades, judged),
            });
        }
    }
    Ok(evaluation)
}

/// Searches for a topic's query, with `plain` as words, or says why it is refused.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read.
pub fn search_topic(
    searcher: &Searcher,
    topic: &Topic,
    plain: bool,
    options: &SearchOptions,
) -> Result<Result<SearchResults, String>> {
    let ast = match read_query(&topic.query, plain) {
        Ok(ast) => ast,
        Err(error) => return Ok(Err(format!("query `{}`: {error}", topic.query))),
    };
    let results = searcher.answer(&ast, options).with_context(|| format!("searching topic `{}`", topic.id))?;
    Ok(results.ok_or_else(|| format!("query `{}` holds no word and no character to look up", topic.query)))
}

fn score(ranked: &[Grade], judged: &BTreeMap<String, Grade>) -> Scores {
    let grades: Vec<Grade> = judged.values().copied().collect();
    let relevant = grades.iter().filter(|&&grade| grade > 0).count();
    Scores {
        reciprocal_rank: reciprocal_rank(ranked, 10),
        ndcg_at_10: ndcg(ranked, &grades, 10),
        recall_at_10: recall(ranked, relevant, 10),
        recall_at_100: recall(ranked, relevant, 100),
    }
}

/// What the scores of a topic count for.
fn language(index: &NewsIndex, topic: &Topic, judged: &BTreeMap<String, Grade>) -> Result<TopicLanguage> {
    if let Some(language) = topic.lang {
        return Ok(TopicLanguage::One(language));
    }
    let mut common = None;
    for (document, _) in judged.iter().filter(|&(_, &grade)| grade > 0) {
        let Some(language) = index.document_language(document)? else {
            continue;
        };
        if common.is_some_and(|common| common != language) {
            return Ok(TopicLanguage::Mixed);
        }
        common = Some(language);
    }
    Ok(common.map_or(TopicLanguage::Mixed, TopicLanguage::One))
}
