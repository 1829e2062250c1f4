//! What is reported of a measurement: plain data, which is also the JSON object that a later run is compared with.
//!
//! Later versions only add keys, and unknown ones are passed over, so reports can be compared across versions. Languages
//! and kinds are strings for the same reason.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::kind::QueryKind;
use super::language::query_language;
use super::latency::{Bucket, Latencies, LatencyFigures, median, microseconds};
use super::machine::Machine;
use super::rounds::{MeasuredQuery, Measurements, RefusedQuery};
use super::throughput::Throughput;
use tradewire::Config;
use tradewire::internals::evaluation::Topic;
use tradewire::internals::index::{IndexStats, NewsIndex};
use tradewire::internals::query::{QueryAst, read_query};

/// The version of [`Report`] that is written, and the only one that is read.
pub(crate) const REPORT_VERSION: u32 = 1;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// Queries in one process, which has the index open.
    Warm,
    /// Whole processes, one for each query.
    Cold,
}

impl Mode {
    /// `warm` or `cold`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mode::Warm => "warm",
            Mode::Cold => "cold",
        }
    }
}

/// How it was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Options {
    /// Results shown of each query, at most.
    pub(crate) hits: usize,
    /// Whether queries were taken as plain words.
    pub(crate) plain: bool,
    /// Whether queries were widened by the glossary; in a report without it, they were not.
    #[serde(default)]
    pub(crate) expand: bool,
    /// How long each measurement took at least, in seconds.
    pub(crate) seconds: f64,
    /// How long the warm-up took at least, in seconds; `None` for processes.
    pub(crate) warm_up_seconds: Option<f64>,
}

/// What decides a report beside the measurements.
pub(crate) struct Setting<'a> {
    /// What was measured.
    pub(crate) mode: Mode,
    /// How.
    pub(crate) options: Options,
    /// The whole list of queries, with those that were refused.
    pub(crate) topics: &'a [Topic],
    /// The index that was searched.
    pub(crate) index: &'a NewsIndex,
    /// Its configuration.
    pub(crate) config: &'a Config,
}

/// The index that was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IndexFacts {
    /// Its folder, as it was named.
    pub(crate) path: String,
    /// Version of the index format.
    pub(crate) format: u32,
    /// What decides the tokens on disk; see [`Config::fingerprint`].
    pub(crate) fingerprint: String,
    /// Passages.
    pub(crate) passages: u64,
    /// Documents.
    pub(crate) documents: u64,
    /// Bytes of all files.
    pub(crate) bytes: u64,
}

/// The queries that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QueryFacts {
    /// SHA-256, in hexadecimal, of ids, queries and stated languages, whatever format the file has.
    pub sha256: String,
    /// Queries that were measured.
    pub(crate) measured: usize,
    /// Queries that were refused.
    pub(crate) refused: usize,
    /// Queries that were measured and found nothing.
    pub(crate) without_hits: usize,
}

/// The most memory that processes had at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MemoryFigures {
    /// The median over all processes, in bytes.
    pub p50_bytes: u64,
    /// The largest.
    pub(crate) max_bytes: u64,
}

/// One query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct QueryFigures {
    /// Its id.
    pub(crate) id: String,
    /// [`QueryKind::name`].
    pub(crate) kind: String,
    /// The code of the language that it counts for.
    pub(crate) lang: String,
    /// Its median latency in microseconds.
    pub p50_us: f64,
    /// Passages that match.
    pub(crate) hits: u64,
}

/// Everything that is reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// [`REPORT_VERSION`].
    pub(crate) version: u32,
    /// Version of the tradewire that was measured.
    pub(crate) tradewire: String,
    /// What was measured.
    pub(crate) mode: Mode,
    /// On what.
    pub(crate) machine: Machine,
    /// In which index.
    pub(crate) index: IndexFacts,
    /// Which queries.
    pub(crate) queries: QueryFacts,
    /// How.
    pub(crate) options: Options,
    /// How often each query was measured for its latency.
    pub(crate) rounds: u64,
    /// Over all queries; with one thread, as all latencies.
    pub(crate) overall: LatencyFigures,
    /// By language code; languages without a query are left out.
    pub(crate) languages: BTreeMap<String, LatencyFigures>,
    /// By [`QueryKind::name`]; kinds without a query are left out.
    pub(crate) kinds: BTreeMap<String, LatencyFigures>,
    /// By number of threads, ascending; empty for processes.
    pub(crate) throughput: Vec<Throughput>,
    /// Of processes, where the system tells it.
    pub(crate) memory: Option<MemoryFigures>,
    /// How all latencies are spread.
    pub(crate) histogram: Vec<Bucket>,
    /// Each query that was measured, in the order of the list.
    pub(crate) measured_queries: Vec<QueryFigures>,
    /// Each query that was refused, in the same order.
    pub(crate) refused_queries: Vec<RefusedQuery>,
}

impl Report {
    /// Sums measurements up. A query counts for the language that its topic states or, if it states none, for that of
    /// its text. Queries whose hits are not counted count as without.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn new(measured: Measurements, setting: Setting<'_>) -> Result<Report> {
        let mut overall = Latencies::new();
        let mut languages: BTreeMap<String, Latencies> = BTreeMap::new();
        let mut kinds: BTreeMap<String, Latencies> = BTreeMap::new();
        let mut queries = Vec::new();
        for query in &measured.queries {
            let figures = describe(query, &setting);
            overall.add_query(&query.latencies);
            languages.entry(figures.lang.clone()).or_default().add_query(&query.latencies);
            kinds.entry(figures.kind.clone()).or_default().add_query(&query.latencies);
            queries.push(figures);
        }
        let figures = |groups: BTreeMap<String, Latencies>| -> BTreeMap<String, LatencyFigures> {
            groups.into_iter().map(|(name, latencies)| (name, latencies.figures())).collect()
        };
        let stats = IndexStats::take(setting.index)?;
        Ok(Report {
            version: REPORT_VERSION,
            tradewire: env!("CARGO_PKG_VERSION").to_owned(),
            mode: setting.mode,
            machine: Machine::detect(),
            index: IndexFacts {
                path: setting.index.dir().display().to_string(),
                format: stats.format,
                fingerprint: stats.fingerprint,
                passages: stats.passages,
                documents: stats.documents,
                bytes: stats.bytes,
            },
            queries: QueryFacts {
                sha256: digest(setting.topics),
                measured: queries.len(),
                refused: measured.refused.len(),
                without_hits: queries.iter().filter(|query| query.hits == 0).count(),
            },
            options: setting.options,
            rounds: measured.rounds,
            overall: overall.figures(),
            languages: figures(languages),
            kinds: figures(kinds),
            memory: memory(&measured.queries),
            throughput: measured.throughput,
            histogram: overall.buckets(),
            measured_queries: queries,
            refused_queries: measured.refused,
        })
    }
}

fn describe(query: &MeasuredQuery, setting: &Setting<'_>) -> QueryFigures {
    let topic = &query.topic;
    // What was answered can be parsed.
    let ast = read_query(&topic.query, setting.options.plain).unwrap_or_else(|_| QueryAst::plain(&topic.query));
    QueryFigures {
        id: topic.id.clone(),
        kind: QueryKind::of(&ast).name().to_owned(),
        lang: topic.lang.unwrap_or_else(|| query_language(&ast, setting.config)).code().to_owned(),
        p50_us: microseconds(median(&query.latencies)),
        hits: query.hits.unwrap_or(0),
    }
}

fn memory(queries: &[MeasuredQuery]) -> Option<MemoryFigures> {
    let peaks: Vec<u64> = queries.iter().flat_map(|query| query.peak_bytes.iter().copied()).collect();
    let max_bytes = peaks.iter().copied().max()?;
    Some(MemoryFigures { p50_bytes: median(&peaks), max_bytes })
}

/// No id holds a tab and no query a line break, so different lists differ.
fn digest(topics: &[Topic]) -> String {
    let mut hasher = Sha256::new();
    for topic in topics {
        let lang = topic.lang.map_or("", |lang| lang.code());
        hasher.update(format!("{}\t{}\t{lang}\n", topic.id, topic.query));
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
