//! What is reported of a measurement: plain data, which is also the JSON object that a later run is compared with.
//!
//! Later versions only add keys, and unknown ones are passed over, so reports can be compared across versions. Languages
//! and kinds are strings for the same reason.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::benchmark::kind::QueryKind;
use crate::benchmark::language::query_language;
use crate::benchmark::latency::{Bucket, Latencies, LatencyFigures, median, microseconds};
use crate::benchmark::machine::Machine;
use crate::benchmark::rounds::{MeasuredQuery, Measurements, RefusedQuery};
use crate::benchmark::throughput::Throughput;
use crate::config::Config;
use crate::evaluation::Topic;
use crate::index::{IndexStats, NewsIndex};
use crate::query::syntax::{QueryAst, read_query};

/// The version of [`Report`] that is written, and the only one that is read.
pub const REPORT_VERSION: u32 = 1;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Queries in one process, which has the index open.
    Warm,
    /// Whole processes, one for each query.
    Cold,
}

impl Mode {
    /// `warm` or `cold`.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Warm => "warm",
            Mode::Cold => "cold",
        }
    }
}

/// How it was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// Results shown of each query, at most.
    pub hits: usize,
    /// Whether queries were taken as plain words.
    pub plain: bool,
    /// Whether queries were widened by the glossary; in a report without it, they were not.
    #[serde(default)]
    pub expand: bool,
    /// How long each measurement took at least, in seconds.
    pub seconds: f64,
    /// How long the warm-up took at least, in seconds; `None` for processes.
    pub warm_up_seconds: Option<f64>,
}

/// What decides a report beside the measurements.
pub struct Setting<'a> {
    /// What was measured.
    pub mode: Mode,
    /// How.
    pub options: Options,
    /// The whole list of queries, with those that were refused.
    pub topics: &'a [Topic],
    /// The index that was searched.
    pub index: &'a NewsIndex,
    /// Its configuration.
    pub config: &'a Config,
}

/// The index that was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexFacts {
    /// Its folder, as it was named.
    pub path: String,
    /// Version of the index format.
    pub format: u32,
    /// What decides the tokens on disk; see [`Config::fingerprint`].
    pub fingerprint: String,
    /// Passages.
    pub passages: u64,
    /// Documents.
    pub documents: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

/// The queries that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryFacts {
    /// SHA-256, in hexadecimal, of ids, queries and stated languages, whatever format the file has.
    pub sha256: String,
    /// Queries that were measured.
    pub measured: usize,
    /// Queries that were refused.
    pub refused: usize,
    /// Queries that were measured and found nothing.
    pub without_hits: usize,
}

/// The most memory that processes had at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryFigures {
    /// The median over all processes, in bytes.
    pub p50_bytes: u64,
    /// The largest.
    pub max_bytes: u64,
}

/// One query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueryFigures {
    /// Its id.
    pub id: String,
    /// [`QueryKind::name`].
    pub kind: String,
    /// The code of the language that it counts for.
    pub lang: String,
    /// Its median latency in microseconds.
    pub p50_us: f64,
    /// Passages that match.
    pub hits: u64,
}

/// Everything that is reported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_VERSION`].
    pub version: u32,
    /// Version of the tradewire that was measured.
    pub tradewire: String,
    /// What was measured.
    pub mode: Mode,
    /// On what.
    pub machine: Machine,
    /// In which index.
    pub index: IndexFacts,
    /// Which queries.
    pub queries: QueryFacts,
    /// How.
    pub options: Options,
    /// How often each query was measured for its latency.
    pub rounds: u64,
    /// Over all queries; with one thread, as all latencies.
    pub overall: LatencyFigures,
    /// By language code; languages without a query are left out.
    pub languages: BTreeMap<String, LatencyFigures>,
    /// By [`QueryKind::name`]; kinds without a query are left out.
    pub kinds: BTreeMap<String, LatencyFigures>,
    /// By number of threads, ascending; empty for processes.
    pub throughput: Vec<Throughput>,
    /// Of processes, where the system tells it.
    pub memory: Option<MemoryFigures>,
    /// How all latencies are spread.
    pub histogram: Vec<Bucket>,
    /// Each query that was measured, in the order of the list.
    pub measured_queries: Vec<QueryFigures>,
    /// Each query that was refused, in the same order.
    pub refused_queries: Vec<RefusedQuery>,
}

impl Report {
    /// Sums measurements up. A query counts for the language that its topic states or, if it states none, for that of
    /// its text. Queries whose hits are not counted count as without.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn new(measured: Measurements, setting: Setting<'_>) -> Result<Report> {
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
