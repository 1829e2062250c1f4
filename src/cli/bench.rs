//! `tradewire bench`: measures query latencies, in this process or in one process per query.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use tradewire::Config;
use tradewire::internals::evaluation::{Topic, read_topics};
use tradewire::internals::index::NewsIndex;
use tradewire::internals::search::Searcher;

use crate::cli::benchmark::{
    Answerer, Comparison, Effort, Measurements, Mode, Options, Program, Report, Setting, ThreadCounts,
    find_differences, measure_cold, measure_warm, read_report, write_benchmark_json, write_benchmark_table,
};
use crate::cli::target::Target;
use crate::cli::topics::TopicArgs;
use crate::cli::{Outcome, ReportFormat, complain, count, read_input, width};

/// Measure how long your queries take on your index: percentiles overall, by language, by kind and by stage, and queries per second.
///
/// Each query is measured from its text to its printed hits, as `tradewire search` answers it, in a process that has opened the
/// index and answered every query before. Whole rounds over the file are measured, five at least (fewer for more
/// than 2,000 queries), so each query counts equally often. Latencies are those of one thread; with more threads, each
/// walks the same list from another start.
///
/// The kind of a query is that of its most costly operator: filter (nothing else), word, words, phrase (or exact form), boolean,
/// near, prefix, fuzzy. Its language is that in the file's third column, or else that of its text, which is `und` for names and
/// numbers. The stages of an answer: compiled (the query read and planned), found (the best results ranked), read (their texts),
/// marked (the matches in these), counted (all matching passages), printed (with the choice of fragments). Invalid queries are reported and left out. Exits with 2 if there are any.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Queries: lines of ID<TAB>QUERY or ID<TAB>QUERY<TAB>LANG, or TREC topics; `-` for standard input
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,

    #[command(flatten)]
    target: Target,

    /// Results to fetch, highlight and print for each query
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    limit: usize,

    #[command(flatten)]
    taken: TopicArgs,

    /// Numbers of threads to measure besides one: a list such as 3,6, or the largest, such as 8 for 2, 4 and 8 [default: the
    /// number of cores]
    #[arg(long, value_name = "LIST|N", conflicts_with = "cold")]
    threads: Option<ThreadCounts>,

    /// Minimum seconds of measuring, for each number of threads
    #[arg(long, value_name = "S", default_value = "5", value_parser = seconds, allow_negative_numbers = true)]
    seconds: Duration,

    /// Minimum seconds of the warm-up [default: 1]
    #[arg(long, value_name = "S", value_parser = seconds, allow_negative_numbers = true, conflicts_with = "cold")]
    warmup: Option<Duration>,

    /// Measure whole processes of `tradewire search`, one for each query, from start to exit, and their memory. Only the
    /// process is cold: an unmeasured round before fills the system's file cache
    #[arg(long)]
    cold: bool,

    /// Show the ratio of each figure to that in an earlier result of `--format json`; `-` for standard input
    #[arg(long, value_name = "OLD.json")]
    compare: Option<PathBuf>,

    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "terminal")]
    format: ReportFormat,
}

/// The default length of the warm-up.
const WARM_UP: Duration = Duration::from_secs(1);
/// The largest number of seconds that is accepted.
const MAX_SECONDS: f64 = 86_400.0;

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.0..=MAX_SECONDS).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| format!("expected seconds, from 0 to {MAX_SECONDS}"))
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let config = args.target.config()?;
    let old = args.read_old()?;
    let topics = args.read_queries()?;
    let index = Arc::new(NewsIndex::open(&args.target.index_dir()?, &config)?);
    let answerer = Answerer::new(
        Searcher::new(index.clone(), &config.analysis, &config.ranking, &config.glossary),
        args.limit,
        args.taken.options(),
    );
    let mut measured = if args.cold {
        measure_cold(&args.program(&index)?, &topics, args.seconds)?
    } else {
        measure_warm(&answerer, &topics, &args.effort())?
    };
    answerer.count_hits(&mut measured)?;
    args.complain_about_queries(&measured);
    if measured.queries.is_empty() {
        bail!(
            "nothing was measured: every query in `{}` was refused; `tradewire help query` explains the query language",
            args.queries.display()
        );
    }
    let report = Report::new(measured, args.setting(&topics, &index, &config))?;
    if report.queries.without_hits == report.queries.measured {
        complain(&format!("no query has a hit; is `{}` the right index?", index.dir().display()));
    }
    let comparison = old.map(|old| {
        for difference in find_differences(&report, &old) {
            complain(&format!("not the same as in `{}`: {difference}", args.compare_name().display()));
        }
        Comparison::new(&report, &old)
    });
    match args.format {
        ReportFormat::Json => write_benchmark_json(&report, comparison.as_ref(), out)?,
        ReportFormat::Terminal => write_benchmark_table(&report, comparison.as_ref(), width(), out)?,
    }
    Ok(if report.refused_queries.is_empty() { Outcome::Done } else { Outcome::Problems })
}

impl Args {
    fn read_queries(&self) -> Result<Vec<Topic>> {
        let topics = read_topics(&read_input(&self.queries, "queries")?)
            .map_err(|error| anyhow!("{}:{error}", self.queries.display()))?;
        if topics.is_empty() {
            bail!("{}: no query in it, expected lines of ID<TAB>QUERY or TREC topics", self.queries.display());
        }
        Ok(topics)
    }

    /// The earlier result to compare with; read before anything is measured.
    fn read_old(&self) -> Result<Option<Report>> {
        let Some(path) = &self.compare else {
            return Ok(None);
        };
        let is_stream = |path: &Path| path.as_os_str() == "-";
        if is_stream(path) && is_stream(&self.queries) {
            bail!("--queries and --compare cannot both be standard input; name a file for one of them");
        }
        let report = read_report(&read_input(path, "earlier result")?);
        report.map(Some).with_context(|| format!("comparing with `{}`", path.display()))
    }

    fn compare_name(&self) -> &Path {
        self.compare.as_deref().unwrap_or(Path::new("-"))
    }

    fn effort(&self) -> Effort {
        let cores = || ThreadCounts::up_to(thread::available_parallelism().map_or(1, usize::from));
        Effort {
            measure: self.seconds,
            warm_up: self.warmup.unwrap_or(WARM_UP),
            threads: self.threads.clone().unwrap_or_else(cores),
        }
    }

    fn setting<'a>(&self, topics: &'a [Topic], index: &'a NewsIndex, config: &'a Config) -> Setting<'a> {
        let taken = self.taken.options();
        let warm_up = (!self.cold).then(|| self.warmup.unwrap_or(WARM_UP).as_secs_f64());
        Setting {
            mode: if self.cold { Mode::Cold } else { Mode::Warm },
            options: Options {
                hits: self.limit,
                plain: taken.plain,
                expand: taken.expand,
                seconds: self.seconds.as_secs_f64(),
                warm_up_seconds: warm_up,
            },
            topics,
            index,
            config,
        }
    }

    /// This program, with the arguments of a search that does the same.
    fn program(&self, index: &NewsIndex) -> Result<Program> {
        let option = |name: &str, value: &OsStr| {
            let mut option = OsString::from(name);
            option.push("=");
            option.push(value);
            option
        };
        let mut arguments = vec!["search".into(), option("--index", index.dir().as_os_str())];
        arguments.extend(self.target.config_dir().map(|dir| option("--config", dir.as_os_str())));
        arguments.push(format!("--limit={}", self.limit).into());
        let taken = self.taken.options();
        arguments.extend(taken.plain.then(|| "--plain".into()));
        arguments.extend((!taken.expand).then(|| "--no-expand".into()));
        arguments.push("--".into());
        Ok(Program { executable: env::current_exe().context("finding this program, to start it again")?, arguments })
    }

    fn complain_about_queries(&self, measured: &Measurements) {
        for refused in &measured.refused {
            let message = format!("{}:{}: {}", self.queries.display(), refused.line, refused.reason);
            message.lines().for_each(complain);
        }
        if !measured.refused.is_empty() && !measured.queries.is_empty() {
            let number = count(measured.refused.len() as u64, "query", "queries");
            complain(&format!("{number} refused and left out of every figure"));
        }
    }
}
