//! The stages of an answer, from the query's text to its printed results.

use std::time::Duration;

use super::latency::nanoseconds;
use tradewire::internals::search::{Stage, StageTimes};

/// The names of the stages in reports, in their order.
pub(crate) const STAGES: [&str; 6] = ["compiled", "found", "read", "marked", "counted", "printed"];

/// The nanoseconds of each stage of an answer, in the order of [`STAGES`].
pub(crate) type StageLatencies = [u64; STAGES.len()];

/// The latencies of the stages of an answer that took a time until it was printed. Reading the query's text is part of compiling it.
pub(crate) fn stage_latencies(times: &StageTimes, answering: Duration, printing: Duration) -> StageLatencies {
    let later = [Stage::Found, Stage::Read, Stage::Marked, Stage::Counted].map(|stage| times.of(stage));
    let compiling = answering.saturating_sub(later.iter().sum());
    let [found, read, marked, counted] = later;
    [compiling, found, read, marked, counted, printing].map(nanoseconds)
}
