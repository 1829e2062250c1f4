//! Warm latencies: one open index and one searcher, with dictionaries and pages in memory.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use super::answer::Answerer;
use super::latency::nanoseconds;
use super::rounds::{MeasuredQuery, Measurements, RefusedQuery, measure_rounds};
use super::threads::ThreadCounts;
use super::throughput::{Throughput, measure_throughput};
use tradewire::internals::evaluation::Topic;

/// The effort of a benchmark: how long to measure, and with how many threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effort {
    /// Minimum time of measuring, for each number of threads.
    pub(crate) measure: Duration,
    /// Minimum time of the warm-up, which lasts until every query was answered once.
    pub(crate) warm_up: Duration,
    /// The numbers of threads.
    pub(crate) threads: ThreadCounts,
}

/// Measures warm latencies: warms up, measures each query with one thread, and then the throughput of each number of threads.
/// The warm-up finds the refused queries, which are left out.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read.
pub(crate) fn measure_warm(answerer: &Answerer, topics: &[Topic], effort: &Effort) -> Result<Measurements> {
    let mut measured = warm_up(answerer, topics, effort.warm_up)?;
    let mut page = Vec::new();
    let (rounds, elapsed) = measure_rounds(&mut measured.queries, effort.measure, &mut |query| {
        let start = Instant::now();
        let answer = answerer.answer(&query.topic, &mut page)?;
        query.latencies.push(nanoseconds(start.elapsed()));
        query.stages.extend(answer.as_ref().copied());
        expect_answer(answer)
    })?;
    measured.rounds = rounds;
    if measured.queries.is_empty() {
        return Ok(measured);
    }
    let answered = measured.queries.len() as u64 * rounds;
    measured.throughput.push(Throughput::new(1, answered, elapsed));
    let topics: Vec<&Topic> = measured.queries.iter().map(|query| &query.topic).collect();
    for threads in effort.threads.beyond_one() {
        measured.throughput.push(measure_throughput(answerer, &topics, threads, effort.measure)?);
    }
    Ok(measured)
}

/// Warms up: the first pass over the list finds the refused queries; more passes follow until the time is over.
fn warm_up(answerer: &Answerer, topics: &[Topic], at_least: Duration) -> Result<Measurements> {
    let mut measured = Measurements::default();
    let mut page = Vec::new();
    let start = Instant::now();
    for topic in topics {
        match answerer.answer(topic, &mut page)? {
            Ok(_) => measured.queries.push(MeasuredQuery::new(topic)),
            Err(reason) => measured.refused.push(RefusedQuery::new(topic, reason)),
        }
    }
    for query in measured.queries.iter().cycle() {
        if start.elapsed() >= at_least {
            break;
        }
        expect_answer(answerer.answer(&query.topic, &mut page)?)?;
    }
    Ok(measured)
}

/// Turns the refusal of a query that was answered before into an error.
pub(crate) fn expect_answer<T>(answer: Result<T, String>) -> Result<()> {
    answer.map(drop).map_err(|reason| anyhow!("answered before, and refused now: {reason}"))
}
