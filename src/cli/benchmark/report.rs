//! The report of a benchmark: plain data, and the JSON object that a later run is compared with.
//!
//! Later versions only add keys, and unknown ones are skipped, so reports can be compared across versions. Languages
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
use super::stages::STAGES;
use super::throughput::Throughput;
use tradewire::Config;
use tradewire::internals::evaluation::Topic;
use tradewire::internals::index::{IndexStats, NewsIndex};
use tradewire::internals::query::{QueryAst, read_query};

/// The version of [`Report`] that is written, and the only one that is read.
pub(crate) const REPORT_VERSION: u32 = 1;

/// The mode of a benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// Queries in one process that has opened the index.
    Warm,
    /// Whole processes, one for each query.
    Cold,
}

impl Mode {
    /// The name of the mode, `warm` or `cold`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mode::Warm => "warm",
            Mode::Cold => "cold",
        }
    }
}

/// The options of a benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Options {
    /// The most results that are shown of each query.
    pub(crate) hits: usize,
    /// True if queries were read as plain words.
    pub(crate) plain: bool,
    /// True if the glossary expanded queries. Reports from before the glossary lack the key: false.
    #[serde(default)]
    pub(crate) expand: bool,
    /// Minimum time of each measurement in seconds.
    pub(crate) seconds: f64,
    /// Minimum time of the warm-up in seconds; `None` for processes.
    pub(crate) warm_up_seconds: Option<f64>,
}

/// The setting of a benchmark: everything that a report states beside the measurements.
pub(crate) struct Setting<'a> {
    /// The mode.
    pub(crate) mode: Mode,
    /// The options.
    pub(crate) options: Options,
    /// All queries, including those that were refused.
    pub(crate) topics: &'a [Topic],
    /// The index.
    pub(crate) index: &'a NewsIndex,
    /// The configuration of the index.
    pub(crate) config: &'a Config,
}

/// The facts about the searched index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IndexFacts {
    /// The folder, as given.
    pub(crate) path: String,
    /// Version of the index format.
    pub(crate) format: u32,
    /// The fingerprint of the analysis; see [`Config::fingerprint`].
    pub(crate) fingerprint: String,
    /// Number of passages.
    pub(crate) passages: u64,
    /// Number of documents.
    pub(crate) documents: u64,
    /// Size of all files in bytes.
    pub(crate) bytes: u64,
}

/// The facts about the queries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QueryFacts {
    /// SHA-256, in hexadecimal, of ids, queries and stated languages, whatever format the file has.
    pub sha256: String,
    /// Number of queries that were measured.
    pub(crate) measured: usize,
    /// Number of queries that were refused.
    pub(crate) refused: usize,
    /// Number of measured queries without hits.
    pub(crate) without_hits: usize,
}

/// The peak memory of processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MemoryFigures {
    /// The median over all processes, in bytes.
    pub p50_bytes: u64,
    /// The maximum, in bytes.
    pub(crate) max_bytes: u64,
}

/// The figures of one query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct QueryFigures {
    /// Id of the query.
    pub(crate) id: String,
    /// Kind of the query, a [`QueryKind::name`].
    pub(crate) kind: String,
    /// Code of the language that the query counts for.
    pub(crate) lang: String,
    /// Median latency in microseconds.
    pub p50_us: f64,
    /// Number of matching passages.
    pub(crate) hits: u64,
}

/// The report of a benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// [`REPORT_VERSION`].
    pub(crate) version: u32,
    /// Version of the tradewire that was measured.
    pub(crate) tradewire: String,
    /// The mode.
    pub(crate) mode: Mode,
    /// The machine.
    pub(crate) machine: Machine,
    /// The index.
    pub(crate) index: IndexFacts,
    /// The queries.
    pub(crate) queries: QueryFacts,
    /// The options.
    pub(crate) options: Options,
    /// How often each query was measured for its latency.
    pub(crate) rounds: u64,
    /// Latencies of all queries; all latencies are those of one thread.
    pub(crate) overall: LatencyFigures,
    /// Latencies by language code; languages without a query are left out.
    pub(crate) languages: BTreeMap<String, LatencyFigures>,
    /// Latencies by [`QueryKind::name`]; kinds without a query are left out.
    pub(crate) kinds: BTreeMap<String, LatencyFigures>,
    /// Latencies of each stage of all queries, by the names of [`STAGES`]; empty for processes, and in reports from before stages
    /// were measured.
    #[serde(default)]
    pub(crate) stages: BTreeMap<String, LatencyFigures>,
    /// Throughput by number of threads, ascending; empty for processes.
    pub(crate) throughput: Vec<Throughput>,
    /// Memory of processes; `None` where the system does not report it.
    pub(crate) memory: Option<MemoryFigures>,
    /// Histogram of all latencies.
    pub(crate) histogram: Vec<Bucket>,
    /// Each query that was measured, in the order of the list.
    pub(crate) measured_queries: Vec<QueryFigures>,
    /// Each query that was refused, in the same order.
    pub(crate) refused_queries: Vec<RefusedQuery>,
}

impl Report {
    /// Makes the report of measurements. A query counts for the language that its topic states or, if it states none, for that of
    /// its text. Queries whose hits were not counted count as having none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn new(measured: Measurements, setting: Setting<'_>) -> Result<Report> {
        let mut overall = Latencies::new();
        let mut languages: BTreeMap<String, Latencies> = BTreeMap::new();
        let mut kinds: BTreeMap<String, Latencies> = BTreeMap::new();
        let mut stages: BTreeMap<String, Latencies> = BTreeMap::new();
        let mut queries = Vec::new();
        for query in &measured.queries {
            let figures = describe(query, &setting);
            overall.add_query(&query.latencies);
            languages.entry(figures.lang.clone()).or_default().add_query(&query.latencies);
            kinds.entry(figures.kind.clone()).or_default().add_query(&query.latencies);
            for (at, name) in STAGES.into_iter().enumerate().filter(|_| !query.stages.is_empty()) {
                let of_stage: Vec<u64> = query.stages.iter().map(|stages| stages[at]).collect();
                stages.entry(name.to_owned()).or_default().add_query(&of_stage);
            }
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
            stages: figures(stages),
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
    // Measured queries are valid.
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

/// The SHA-256 of a list of queries. No id has a tab and no query a line break, so different lists give different hashes.
fn digest(topics: &[Topic]) -> String {
    let mut hasher = Sha256::new();
    for topic in topics {
        let lang = topic.lang.map_or("", |lang| lang.code());
        hasher.update(format!("{}\t{}\t{lang}\n", topic.id, topic.query));
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
