//! The evaluation run: searches every topic and scores the results.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::evaluation::measures::{first_relevant_rank, ndcg, recall, reciprocal_rank};
use crate::evaluation::qrels::{Grade, Qrels};
use crate::evaluation::report::{Evaluation, RefusedTopic, Scores, TopicLanguage, TopicScores};
use crate::evaluation::topic::Topic;
use crate::index::NewsIndex;
use crate::query::syntax::{QueryOptions, read_query};
use crate::search::ResultUnit;
use crate::search::{SearchOptions, SearchResults, Searcher, StageTimes};

/// The number of documents searched for each topic.
pub const DEPTH: usize = 100;

/// Options for reading the queries of topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicOptions {
    /// True if queries are plain words without operators.
    pub plain: bool,
    /// True if the glossary expands them.
    pub expand: bool,
}

impl Default for TopicOptions {
    /// The same as in a search.
    fn default() -> TopicOptions {
        TopicOptions { plain: false, expand: true }
    }
}

/// Searches every topic for documents and scores the topics that have a relevant document. `each` gets the results of every topic
/// with a valid query, in order, to write a run. Without topics there are no scores.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read, or an error of `each`. An invalid query is not an error:
/// it is in [`Evaluation::refused`], and its scores are 0.
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
                query: topic.query.clone(),
                lang: language(index, topic, judged)?,
                first_relevant_rank: first_relevant_rank(&grades),
                scores: score(&grades, judged),
            });
        }
    }
    Ok(evaluation)
}

/// Searches for a topic's query, read as plain words if `plain`; the inner error says why the query is invalid.
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
    Ok(search_topic_timed(searcher, topic, plain, options)?.map(|(results, _)| results))
}

/// Searches for a topic's query as [`search_topic`] does, and says how long each stage took.
///
/// # Errors
///
/// As [`search_topic`].
pub fn search_topic_timed(
    searcher: &Searcher,
    topic: &Topic,
    plain: bool,
    options: &SearchOptions,
) -> Result<Result<(SearchResults, StageTimes), String>> {
    let ast = match read_query(&topic.query, plain) {
        Ok(ast) => ast,
        Err(error) => return Ok(Err(format!("query `{}`: {error}", topic.query))),
    };
    let results = searcher.answer_timed(&ast, options).with_context(|| format!("searching topic `{}`", topic.id))?;
    Ok(results.ok_or_else(|| format!("query `{}` has no word or character to search for", topic.query)))
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

/// The group that the scores of a topic count for.
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
