//! The benchmark: the speed of the user's own queries on the user's own index.
//!
//! In: topics, as the evaluation reads them, and an index. [`measure_warm`] answers each query in this process as
//! `tradewire search` does (`warm`, with `answer`; `throughput` with several `threads`), [`measure_cold`] starts a process
//! for each (`cold`). Both go over the list in whole `rounds`, so each query is measured equally often. Out: a [`Report`]
//! (`report`) with latencies (`latency`) of all queries, by language (`language`), by kind (`kind`) and of the `stages`, on which `machine`,
//! which [`Comparison`] sets beside an earlier one (`compare`, `baseline`). `table` prints it, with `chart` and `figure`.

mod answer;
mod baseline;
mod chart;
mod cold;
mod compare;
mod figure;
mod kind;
mod language;
mod latency;
mod machine;
mod report;
mod rounds;
mod stages;
mod table;
mod threads;
mod throughput;
mod warm;

pub(crate) use self::answer::Answerer;
pub(crate) use self::baseline::{find_differences, read_report};
pub(crate) use self::cold::{Program, measure_cold};
pub(crate) use self::compare::{Comparison, LatencyRatios, QueryRatio};
pub(crate) use self::kind::QueryKind;
pub(crate) use self::latency::{Bucket, LatencyFigures};
pub(crate) use self::report::{Mode, Options, Report, Setting};
pub(crate) use self::rounds::Measurements;
pub(crate) use self::stages::STAGES;
pub(crate) use self::table::{write_benchmark_json, write_benchmark_table};
pub(crate) use self::threads::ThreadCounts;
pub(crate) use self::warm::{Effort, measure_warm};
