//! How fast are queries? The user's own queries against the user's own index.
//!
//! In: topics, as [`crate::evaluation`] reads them, and an index. [`measure_warm`] answers each query in this process as
//! `tradewire search` does (`warm`, with `answer`; `throughput` with several `threads`), [`measure_cold`] starts a process
//! for each (`cold`). Both go over the list in whole `rounds`, so each query is measured equally often. Out: a [`Report`]
//! (`report`) with latencies (`latency`) of all queries, by language (`language`) and by kind (`kind`), on which `machine`,
//! which [`Comparison`] sets beside an earlier one (`compare`). Nothing here prints to a terminal.

mod answer;
mod cold;
mod compare;
mod kind;
mod language;
mod latency;
mod machine;
mod report;
mod rounds;
mod threads;
mod throughput;
mod warm;

pub use crate::benchmark::answer::Answerer;
pub use crate::benchmark::cold::{Program, measure_cold};
pub use crate::benchmark::compare::{
    Comparison, LatencyRatios, MemoryRatios, QueryRatio, ThroughputRatio, find_differences, read_report,
};
pub use crate::benchmark::kind::QueryKind;
pub use crate::benchmark::language::query_language;
pub use crate::benchmark::latency::{Bucket, Latencies, LatencyFigures};
pub use crate::benchmark::machine::Machine;
pub use crate::benchmark::report::{
    IndexFacts, MemoryFigures, Mode, Options, QueryFacts, QueryFigures, REPORT_VERSION, Report, Setting,
};
pub use crate::benchmark::rounds::{MeasuredQuery, Measurements, RefusedQuery};
pub use crate::benchmark::threads::{MAX_THREADS, ThreadCounts};
pub use crate::benchmark::throughput::Throughput;
pub use crate::benchmark::warm::{Effort, measure_warm};
