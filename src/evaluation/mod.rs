//! Evaluation of the ranking: topics (queries with ids) are searched, and the results are compared with judgements.
//!
//! In: topics (`topics`, and `trec_topics` for the format of that name) and judgements (`qrels`), read from bytes whose
//! problems name their line (`line`). [`keyword_topic`] makes keywords of a question (`keywords`). [`find_gaps`] lists the ids that do not match (`gaps`), [`evaluate`] searches
//! and scores each topic (`run`) by the `measures`, and an [`Evaluation`] has the means (`report`). A topic without a
//! relevant document counts in no mean. Documents are the unit: each is ranked by its best passage.

mod gaps;
mod keywords;
mod line;
mod measures;
mod qrels;
mod report;
mod run;
mod topic;
mod topics;
mod trec_topics;

pub use crate::evaluation::gaps::{Gaps, find_gaps};
pub use crate::evaluation::keywords::keyword_topic;
pub use crate::evaluation::line::LineError;
pub use crate::evaluation::measures::{first_relevant_rank, ndcg, recall, reciprocal_rank};
pub use crate::evaluation::qrels::{Grade, MAX_GRADE, Qrels};
pub use crate::evaluation::report::{Evaluation, Means, RefusedTopic, Scores, TopicLanguage, TopicScores};
pub use crate::evaluation::run::{DEPTH, TopicOptions, evaluate};
pub use crate::evaluation::run::{search_topic, search_topic_timed};
pub use crate::evaluation::topic::Topic;
pub use crate::evaluation::topics::{read_each_topic, read_topics};
