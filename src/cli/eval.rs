//! `tradewire eval`: scores the ranking with topics and judgements.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use tradewire::internals::analysis::Analyzer;
use tradewire::internals::evaluation::{
    Evaluation, Gaps, Qrels, Topic, TopicOptions, evaluate, find_gaps, keyword_topic, read_topics,
};
use tradewire::internals::index::NewsIndex;
use tradewire::internals::search::Searcher;
use tradewire::output::{QueryHead, TREC, write_evaluation_json};

use crate::cli::target::Target;
use crate::cli::terminal::write_evaluation_table;
use crate::cli::topics::TopicArgs;
use crate::cli::{Outcome, ReportFormat, complain, count, read_input};

/// Score the ranking with topics and judgements: MRR@10, nDCG@10, recall@10 and @100, by language and overall.
///
/// Each topic is searched for 100 documents, each ranked by its best passage. nDCG uses the gain 2^grade - 1 (Järvelin
/// and Kekäläinen 2002). Topics without a relevant document are left out of the means; relevant documents that are not in the
/// index count as not found; an invalid query scores 0. Exits with 2 if a query is invalid or if nothing can be scored.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Queries: lines of ID<TAB>QUERY or ID<TAB>QUERY<TAB>LANG, or TREC topics; `-` for standard input
    #[arg(long, value_name = "FILE")]
    topics: PathBuf,

    /// Judgements: lines of TOPIC ITERATION DOCUMENT GRADE (TREC) or TOPIC<TAB>DOCUMENT<TAB>GRADE; `-` for standard input
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,

    #[command(flatten)]
    target: Target,

    /// Also write the results as a TREC run
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,

    #[command(flatten)]
    taken: TopicArgs,

    /// Ask keywords instead: of each query the two to four content words that the fewest passages contain, read as plain words
    #[arg(long)]
    keywords: bool,

    /// Show scores by language, or for each topic too; JSON has both
    #[arg(long, value_name = "UNIT", default_value = "language")]
    by: Unit,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: ReportFormat,

    /// Stop before searching unless the ids of topics, judgements and index all match
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Each language, and all topics
    Language,
    /// Each topic as well
    Topic,
}

/// The most ids that a message lists.
const LISTED: usize = 5;

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    args.check_files()?;
    let config = args.target.config()?;
    let (mut topics, qrels) = args.read()?;
    let index = Arc::new(NewsIndex::open(&args.target.index_dir()?, &config)?);
    let gaps = find_gaps(&index, &topics, &qrels)?;
    args.complain_about(&gaps);
    if gaps.relevant == 0 {
        bail!(
            "nothing can be scored: no topic in `{}` has a relevant document in `{}`; the two have to use the same ids",
            args.topics.display(),
            args.qrels.display()
        );
    }
    if gaps.relevant == gaps.missing_relevant {
        bail!(
            "nothing can be scored: no relevant document is in the index in `{}`; \
             index the documents that were judged, or name their index with --index",
            index.dir().display()
        );
    }
    if args.strict && !gaps.is_empty() {
        bail!("stopped, as --strict asks; complete the files, or leave out --strict to score what can be scored");
    }
    let mut taken = args.taken.options();
    if args.keywords {
        let analyzer = Analyzer::for_queries(&config.analysis);
        let keywords = topics.iter().map(|topic| keyword_topic(&*index, &analyzer, topic));
        topics = keywords.collect::<Result<Vec<Topic>>>()?;
        taken = TopicOptions { plain: true, ..taken };
    }
    let mut run = args.run.as_deref().map(create_run).transpose()?;
    let searcher = Searcher::new(index.clone(), &config.analysis, &config.ranking, &config.glossary);
    let evaluation = evaluate(&index, &searcher, &topics, &qrels, taken, &mut |topic, results| {
        let Some((run, path)) = &mut run else {
            return Ok(());
        };
        let head = QueryHead { id: &topic.id, query: &topic.query, is_batch: true, unit_name: "documents" };
        let written = TREC.plain_writer(run).write(&head, results);
        written.with_context(|| format!("writing the run to `{}`", path.display()))
    })?;
    if let Some((mut run, path)) = run {
        run.flush().with_context(|| format!("writing the run to `{}`", path.display()))?;
    }
    args.complain_about_queries(&evaluation);
    match args.format {
        ReportFormat::Json => write_evaluation_json(&evaluation, &gaps, out)?,
        ReportFormat::Terminal => write_evaluation_table(&evaluation, args.by == Unit::Topic, out)?,
    }
    Ok(if evaluation.refused.is_empty() { Outcome::Done } else { Outcome::Problems })
}

impl Args {
    /// Refuses two inputs from standard input, and a run that would overwrite an input.
    fn check_files(&self) -> Result<()> {
        let is_stream = |path: &Path| path.as_os_str() == "-";
        if is_stream(&self.topics) && is_stream(&self.qrels) {
            bail!("--topics and --qrels cannot both be standard input; name a file for one of them");
        }
        let Some(run) = &self.run else {
            return Ok(());
        };
        if is_stream(run) {
            bail!(
                "--run needs a file, as the scores go to standard output; \
                 `tradewire search --queries FILE --format trec` prints a run"
            );
        }
        for input in [&self.topics, &self.qrels] {
            if let (Ok(run), Ok(input)) = (fs::canonicalize(run), fs::canonicalize(input))
                && run == input
            {
                bail!("--run would overwrite `{}`, which is an input file; name another file", input.display());
            }
        }
        Ok(())
    }

    fn read(&self) -> Result<(Vec<Topic>, Qrels)> {
        let topics = read_topics(&read_input(&self.topics, "topics")?)
            .map_err(|error| anyhow!("{}:{error}", self.topics.display()))?;
        if topics.is_empty() {
            bail!("{}: no topic in it, expected lines of ID<TAB>QUERY or TREC topics", self.topics.display());
        }
        let qrels = Qrels::read(&read_input(&self.qrels, "judgements")?)
            .map_err(|error| anyhow!("{}:{error}", self.qrels.display()))?;
        if qrels.topics().next().is_none() {
            bail!(
                "{}: no judgement in it, expected lines of TOPIC ITERATION DOCUMENT GRADE or TOPIC<TAB>DOCUMENT<TAB>GRADE",
                self.qrels.display()
            );
        }
        Ok((topics, qrels))
    }

    /// Prints a line for each kind of ids that do not match, and how it affects the scores.
    fn complain_about(&self, gaps: &Gaps) {
        let not_in_topics = format!("not in `{}`", self.topics.display());
        let kinds = [
            (&gaps.unjudged_topics, "topic", "topics", "without a judgement"),
            (&gaps.topics_without_relevant, "topic", "topics", "without a relevant document"),
            (&gaps.judged_without_topic, "judged topic", "judged topics", not_in_topics.as_str()),
        ];
        for (ids, one, many, what) in kinds.into_iter().filter(|(ids, ..)| !ids.is_empty()) {
            let number = count(ids.len() as u64, one, many);
            complain(&format!("{number} {what}, left out of the means: {}", list(ids)));
        }
        if !gaps.missing_documents.is_empty() {
            let number = count(gaps.missing_documents.len() as u64, "judged document", "judged documents");
            let relevant = gaps.missing_relevant;
            let ids = list(&gaps.missing_documents);
            complain(&format!("{number} not in the index, the relevant ones ({relevant}) count as not found: {ids}"));
        }
    }

    fn complain_about_queries(&self, evaluation: &Evaluation) {
        for refused in &evaluation.refused {
            let is_scored = evaluation.topics.iter().any(|topic| topic.id == refused.id);
            let scored = if is_scored { "; it scores 0" } else { "" };
            complain(&format!("{}:{}: {}{scored}", self.topics.display(), refused.line, refused.reason));
        }
    }
}

/// The first few ids, and the number of the others.
fn list(ids: &[String]) -> String {
    let listed = ids[..ids.len().min(LISTED)].join(", ");
    match ids.len() - ids.len().min(LISTED) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

fn create_run(path: &Path) -> Result<(BufWriter<File>, &Path)> {
    let file = File::create(path).with_context(|| format!("creating the run `{}`", path.display()))?;
    Ok((BufWriter::new(file), path))
}
