//! Whole rounds over a list of queries, so that each is measured equally often, in the same order.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::stages::StageLatencies;
use super::throughput::Throughput;
use tradewire::internals::evaluation::Topic;

/// The minimum number of rounds, unless the list is long.
const MIN_ROUNDS: usize = 5;
/// The number of measurements that is enough, however few rounds it takes.
const ENOUGH: usize = 10_000;

/// The measurements of a benchmark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measurements {
    /// The queries that were answered, in the order of the topics.
    pub(crate) queries: Vec<MeasuredQuery>,
    /// The queries that were refused, in the same order.
    pub(crate) refused: Vec<RefusedQuery>,
    /// Number of rounds, which each query was measured in; at least one, unless there is no query.
    pub(crate) rounds: u64,
    /// Throughput by number of threads, ascending, one thread first. Empty for processes.
    pub(crate) throughput: Vec<Throughput>,
}

/// A query and its latencies.
#[derive(Debug, Clone)]
pub(crate) struct MeasuredQuery {
    /// The query.
    pub(crate) topic: Topic,
    /// Number of matching passages; `None` until they are counted.
    pub(crate) hits: Option<u64>,
    /// Nanoseconds from the query's text to its printed results, one latency per round.
    pub(crate) latencies: Vec<u64>,
    /// The time of each stage, once per round; empty for processes.
    pub(crate) stages: Vec<StageLatencies>,
    /// Peak memory of each process in bytes; empty where it is not known.
    pub(crate) peak_bytes: Vec<u64>,
}

/// A query that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RefusedQuery {
    /// Id of the query.
    pub(crate) id: String,
    /// Line of the query in its file, from 1.
    pub(crate) line: usize,
    /// The query, and what is wrong with it; several lines where a process said so.
    pub(crate) reason: String,
}

impl MeasuredQuery {
    /// A query that has not been measured yet.
    pub(crate) fn new(topic: &Topic) -> MeasuredQuery {
        MeasuredQuery {
            topic: topic.clone(),
            hits: None,
            latencies: Vec::new(),
            stages: Vec::new(),
            peak_bytes: Vec::new(),
        }
    }
}

impl RefusedQuery {
    pub(crate) fn new(topic: &Topic, reason: String) -> RefusedQuery {
        RefusedQuery { id: topic.id.clone(), line: topic.line, reason }
    }
}

/// Measures every query in whole rounds, for at least the given time and at least five rounds; fewer if the list is so long that
/// ten thousand measurements are reached earlier. Returns the number of rounds and how long they took. Without queries there is
/// no round.
///
/// # Errors
///
/// The errors of `measure`.
pub(crate) fn measure_rounds(
    queries: &mut [MeasuredQuery],
    at_least: Duration,
    measure: &mut dyn FnMut(&mut MeasuredQuery) -> Result<()>,
) -> Result<(u64, Duration)> {
    if queries.is_empty() {
        return Ok((0, Duration::ZERO));
    }
    let min_rounds = (ENOUGH / queries.len()).clamp(1, MIN_ROUNDS) as u64;
    let start = Instant::now();
    let mut rounds = 0;
    while rounds < min_rounds || start.elapsed() < at_least {
        queries.iter_mut().try_for_each(&mut *measure)?;
        rounds += 1;
    }
    Ok((rounds, start.elapsed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounds_of(queries: usize) -> u64 {
        let topic = Topic { id: "q".to_owned(), query: "x".to_owned(), lang: None, line: 1 };
        let mut queries = vec![MeasuredQuery::new(&topic); queries];
        let (rounds, _) = measure_rounds(&mut queries, Duration::ZERO, &mut |query| {
            query.latencies.push(1);
            Ok(())
        })
        .unwrap();
        assert!(queries.iter().all(|query| query.latencies.len() as u64 == rounds));
        rounds
    }

    #[test]
    fn long_lists_take_fewer_rounds() {
        let table = [(0, 0), (1, 5), (2000, 5), (4000, 2), (10_000, 1), (10_001, 1)];
        for (queries, rounds) in table {
            assert_eq!(rounds_of(queries), rounds, "{queries} queries");
        }
    }
}
