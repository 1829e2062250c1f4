//! The scores of an evaluation as a table for reading.

use std::io::Write;

use anyhow::Result;
use tradewire::internals::evaluation::{Evaluation, Means, Scores, TopicScores};
use tradewire::output::one_line;
use unicode_width::UnicodeWidthStr;

/// The width, in columns, of the names of languages and means.
const NAME_WIDTH: usize = 10;

/// Writes the means by language and over all topics; with `each_topic`, a line for each topic before them.
///
/// # Errors
///
/// When the output cannot be written.
pub(crate) fn write_evaluation_table(evaluation: &Evaluation, each_topic: bool, out: &mut dyn Write) -> Result<()> {
    if each_topic {
        write_topics(&evaluation.topics, out)?;
        writeln!(out)?;
    }
    writeln!(out, "{:<NAME_WIDTH$} topics  MRR@10  nDCG@10  recall@10  recall@100", "language")?;
    let languages = evaluation.by_language().into_iter().map(|(lang, means)| (lang.name(), Some(means)));
    let all = [("overall", evaluation.overall()), ("macro mean", evaluation.macro_mean())];
    for (name, means) in languages.chain(all) {
        if let Some(Means { topics, scores }) = means {
            let Scores { reciprocal_rank, ndcg_at_10, recall_at_10, recall_at_100 } = scores;
            writeln!(
                out,
                "{name:<NAME_WIDTH$} {topics:>6}  {reciprocal_rank:.4}  {ndcg_at_10:>7.4}  {recall_at_10:>9.4}  {recall_at_100:>10.4}"
            )?;
        }
    }
    Ok(())
}

fn write_topics(topics: &[TopicScores], out: &mut dyn Write) -> Result<()> {
    let widest = topics.iter().map(|topic| one_line(&topic.id).width()).chain(["topic".len()]).max();
    let pad = |id: &str| " ".repeat(widest.unwrap_or_default().saturating_sub(id.width()));
    writeln!(out, "topic{}  lang   first   RR@10  nDCG@10", pad("topic"))?;
    for topic in topics {
        let id = one_line(&topic.id);
        let first = topic.first_relevant_rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let Scores { reciprocal_rank, ndcg_at_10, .. } = topic.scores;
        let (padding, lang) = (pad(&id), topic.lang.name());
        writeln!(out, "{id}{padding}  {lang:<5}  {first:>5}  {reciprocal_rank:.4}  {ndcg_at_10:>7.4}")?;
    }
    Ok(())
}
