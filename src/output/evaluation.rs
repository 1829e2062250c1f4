//! The JSON object of an evaluation. Later versions of the object only add keys.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::evaluation::{Evaluation, Gaps, Means, TopicScores};
use crate::output::records::rounded;
use crate::output::safe::escape_json;

const VERSION: u32 = 1;

/// Writes an evaluation as one JSON object: means, topics, and the ids that did not match.
///
/// # Errors
///
/// When the output cannot be written.
pub fn write_evaluation_json(evaluation: &Evaluation, gaps: &Gaps, out: &mut dyn Write) -> Result<()> {
    let languages = evaluation.by_language();
    let refused = evaluation.refused.iter();
    let record = EvaluationRecord {
        version: VERSION,
        overall: evaluation.overall().map(MeansRecord::new),
        macro_mean: evaluation.macro_mean().map(MeansRecord::new),
        languages: languages.into_iter().map(|(lang, means)| (lang.name(), MeansRecord::new(means))).collect(),
        topics: evaluation.topics.iter().map(TopicRecord::new).collect(),
        refused_topics: refused.map(|topic| RefusedRecord { id: &topic.id, reason: &topic.reason }).collect(),
        unjudged_topics: &gaps.unjudged_topics,
        topics_without_relevant: &gaps.topics_without_relevant,
        judged_without_topic: &gaps.judged_without_topic,
        missing_documents: &gaps.missing_documents,
    };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))?;
    Ok(())
}

#[derive(Serialize)]
struct EvaluationRecord<'a> {
    version: u32,
    overall: Option<MeansRecord>,
    macro_mean: Option<MeansRecord>,
    languages: BTreeMap<&'static str, MeansRecord>,
    topics: Vec<TopicRecord<'a>>,
    refused_topics: Vec<RefusedRecord<'a>>,
    unjudged_topics: &'a [String],
    topics_without_relevant: &'a [String],
    judged_without_topic: &'a [String],
    missing_documents: &'a [String],
}

#[derive(Serialize)]
struct MeansRecord {
    topics: usize,
    mrr_at_10: f64,
    ndcg_at_10: f64,
    recall_at_10: f64,
    recall_at_100: f64,
}

impl MeansRecord {
    fn new(Means { topics, scores }: Means) -> MeansRecord {
        MeansRecord {
            topics,
            mrr_at_10: rounded(scores.reciprocal_rank),
            ndcg_at_10: rounded(scores.ndcg_at_10),
            recall_at_10: rounded(scores.recall_at_10),
            recall_at_100: rounded(scores.recall_at_100),
        }
    }
}

#[derive(Serialize)]
struct TopicRecord<'a> {
    id: &'a str,
    query: &'a str,
    lang: &'static str,
    first_relevant_rank: Option<usize>,
    reciprocal_rank_at_10: f64,
    ndcg_at_10: f64,
    recall_at_10: f64,
    recall_at_100: f64,
}

impl TopicRecord<'_> {
    fn new(topic: &TopicScores) -> TopicRecord<'_> {
        TopicRecord {
            id: &topic.id,
            query: &topic.query,
            lang: topic.lang.name(),
            first_relevant_rank: topic.first_relevant_rank,
            reciprocal_rank_at_10: rounded(topic.scores.reciprocal_rank),
            ndcg_at_10: rounded(topic.scores.ndcg_at_10),
            recall_at_10: rounded(topic.scores.recall_at_10),
            recall_at_100: rounded(topic.scores.recall_at_100),
        }
    }
}

#[derive(Serialize)]
struct RefusedRecord<'a> {
    id: &'a str,
    reason: &'a str,
}
