//! Gaps of a test collection: topics without judgements, judgements without a topic, judged documents that are not in
//! the index.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::evaluation::qrels::Qrels;
use crate::evaluation::topic::Topic;
use crate::index::NewsIndex;

/// The gaps between topics, judgements and index. Ids of topics are in the order of the topics, others are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Topics for which nothing was judged: they are not scored.
    pub unjudged_topics: Vec<String>,
    /// Topics for which no document was judged relevant: they are not scored, as no ranking could be better than another.
    pub topics_without_relevant: Vec<String>,
    /// Judged ids that no topic has: they are not scored.
    pub judged_without_topic: Vec<String>,
    /// Documents judged for one of the topics that are not in the index: the relevant ones count as not found.
    pub missing_documents: Vec<String>,
    /// The number of missing documents that are relevant to a topic.
    pub missing_relevant: usize,
    /// The number of documents, missing or not, that are relevant to a topic. If all are missing, there is nothing to score.
    pub relevant: usize,
}

impl Gaps {
    /// True if there are no gaps.
    pub fn is_empty(&self) -> bool {
        let lists =
            [&self.unjudged_topics, &self.topics_without_relevant, &self.judged_without_topic, &self.missing_documents];
        lists.iter().all(|list| list.is_empty())
    }
}

/// Finds the gaps by looking up every id. Without topics or judgements, everything is a gap.
///
/// # Errors
///
/// When the index cannot be read.
pub fn find_gaps(index: &NewsIndex, topics: &[Topic], qrels: &Qrels) -> Result<Gaps> {
    let mut gaps = Gaps::default();
    let mut documents: BTreeMap<&str, bool> = BTreeMap::new();
    for topic in topics {
        let Some(judged) = qrels.of(&topic.id) else {
            gaps.unjudged_topics.push(topic.id.clone());
            continue;
        };
        if !qrels.has_relevant(&topic.id) {
            gaps.topics_without_relevant.push(topic.id.clone());
        }
        for (document, &grade) in judged {
            *documents.entry(document).or_default() |= grade > 0;
        }
    }
    let asked: BTreeSet<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
    gaps.judged_without_topic = qrels.topics().filter(|topic| !asked.contains(topic)).map(str::to_owned).collect();
    for (document, is_relevant) in documents {
        gaps.relevant += usize::from(is_relevant);
        if !index.has_document(document)? {
            gaps.missing_relevant += usize::from(is_relevant);
            gaps.missing_documents.push(document.to_owned());
        }
    }
    Ok(gaps)
}
