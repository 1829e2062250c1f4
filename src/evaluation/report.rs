//! The report of an evaluation: scores and their means, as plain data that `crate::output` prints.

use std::collections::BTreeMap;

use crate::text::language::Language;

/// The group that a topic's scores count for, in the order in which reports list the groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicLanguage {
    /// The language that the topic states or, if it states none, that all its relevant documents have.
    One(Language),
    /// The topic states no language, and its relevant documents have several, or none is in the index.
    Mixed,
}

impl TopicLanguage {
    /// The language's code, or `mixed`.
    pub fn name(self) -> &'static str {
        match self {
            TopicLanguage::One(language) => language.code(),
            TopicLanguage::Mixed => "mixed",
        }
    }
}

/// The measures over one topic, or their means over several; each from 0 to 1. `measures` defines them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scores {
    /// The reciprocal rank of the first relevant document, within the first 10. Its mean is MRR@10.
    pub reciprocal_rank: f64,
    /// nDCG@10.
    pub ndcg_at_10: f64,
    /// Share of the relevant documents within the first 10.
    pub recall_at_10: f64,
    /// Share of the relevant documents within the first 100.
    pub recall_at_100: f64,
}

/// The scores of one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicScores {
    /// Its id.
    pub id: String,
    /// Its query, as it was asked.
    pub query: String,
    /// The group that its scores count for.
    pub lang: TopicLanguage,
    /// Rank of the first relevant document, from 1; `None` when it is not among the documents searched for.
    pub first_relevant_rank: Option<usize>,
    /// Its scores.
    pub scores: Scores,
}

/// A topic whose query is invalid. If it has a relevant document, it counts with scores of 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedTopic {
    /// Its id.
    pub id: String,
    /// The line of its query.
    pub line: usize,
    /// The query, and what is wrong with it.
    pub reason: String,
}

/// The mean scores of several topics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Means {
    /// The number of topics; at least one.
    pub topics: usize,
    /// The arithmetic means.
    pub scores: Scores,
}

/// The result of an evaluation: the scores of every topic that has a relevant document, and the topics with invalid queries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// In the order of the topics.
    pub topics: Vec<TopicScores>,
    /// In the order of the topics, with or without a relevant document.
    pub refused: Vec<RefusedTopic>,
}

impl Evaluation {
    /// The means over all topics; `None` without any.
    pub fn overall(&self) -> Option<Means> {
        mean(self.topics.iter().map(|topic| topic.scores))
    }

    /// The means over the topics of each language; languages without any are left out.
    pub fn by_language(&self) -> BTreeMap<TopicLanguage, Means> {
        let mut scores: BTreeMap<TopicLanguage, Vec<Scores>> = BTreeMap::new();
        for topic in &self.topics {
            scores.entry(topic.lang).or_default().push(topic.scores);
        }
        scores.into_iter().filter_map(|(lang, scores)| Some((lang, mean(scores.into_iter())?))).collect()
    }

    /// The macro mean: the mean over the languages' means, so that each language counts the same whatever its number of
    /// topics. `topics` is the number of topics that count, without the mixed ones. `None` without any.
    pub fn macro_mean(&self) -> Option<Means> {
        let mut languages = self.by_language();
        languages.remove(&TopicLanguage::Mixed);
        let topics = languages.values().map(|means| means.topics).sum();
        let means = mean(languages.values().map(|means| means.scores))?;
        Some(Means { topics, ..means })
    }
}

fn mean(all: impl Iterator<Item = Scores>) -> Option<Means> {
    let mut sum = Scores::default();
    let mut topics = 0;
    for scores in all {
        sum.reciprocal_rank += scores.reciprocal_rank;
        sum.ndcg_at_10 += scores.ndcg_at_10;
        sum.recall_at_10 += scores.recall_at_10;
        sum.recall_at_100 += scores.recall_at_100;
        topics += 1;
    }
    let over = |sum: f64| sum / topics as f64;
    let scores = Scores {
        reciprocal_rank: over(sum.reciprocal_rank),
        ndcg_at_10: over(sum.ndcg_at_10),
        recall_at_10: over(sum.recall_at_10),
        recall_at_100: over(sum.recall_at_100),
    };
    (topics > 0).then_some(Means { topics, scores })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(lang: TopicLanguage, score: f64) -> TopicScores {
        let scores =
            Scores { reciprocal_rank: score, ndcg_at_10: score, recall_at_10: score / 2.0, recall_at_100: score };
        TopicScores { id: "q".to_owned(), query: String::new(), lang, first_relevant_rank: None, scores }
    }

    #[test]
    fn every_topic_counts_alike_overall_and_every_language_in_the_macro_mean() {
        let (english, korean) = (TopicLanguage::One(Language::English), TopicLanguage::One(Language::Korean));
        let topics =
            vec![topic(english, 1.0), topic(english, 1.0), topic(korean, 0.25), topic(TopicLanguage::Mixed, 0.0)];
        let evaluation = Evaluation { topics, refused: Vec::new() };
        let summary = |means: Means| (means.topics, means.scores.reciprocal_rank, means.scores.recall_at_10);
        assert_eq!(evaluation.overall().map(summary), Some((4, 0.5625, 0.28125)));
        assert_eq!(evaluation.macro_mean().map(summary), Some((3, 0.625, 0.3125)));
        let by_language: Vec<_> =
            evaluation.by_language().into_iter().map(|(lang, means)| (lang.name(), summary(means))).collect();
        assert_eq!(by_language, [("en", (2, 1.0, 0.5)), ("ko", (1, 0.25, 0.125)), ("mixed", (1, 0.0, 0.0))]);
    }

    #[test]
    fn no_topics_have_no_mean() {
        let evaluation = Evaluation::default();
        assert_eq!((evaluation.overall(), evaluation.macro_mean(), evaluation.by_language().len()), (None, None, 0));
        let mixed = Evaluation { topics: vec![topic(TopicLanguage::Mixed, 1.0)], refused: Vec::new() };
        assert_eq!(mixed.macro_mean(), None);
    }
}
