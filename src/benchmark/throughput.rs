//! Queries per second, with several threads that share one searcher.

use std::panic::resume_unwind;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::benchmark::answer::Answerer;
use crate::benchmark::warm::expect_answer;
use crate::evaluation::Topic;

/// How many queries a number of threads answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Throughput {
    /// The threads.
    pub threads: usize,
    /// Queries that they answered, all together.
    pub queries: u64,
    /// How long that took, in seconds.
    pub seconds: f64,
    /// The one by the other.
    pub queries_per_second: f64,
}

impl Throughput {
    pub(super) fn new(threads: usize, queries: u64, elapsed: Duration) -> Throughput {
        // No clock is too coarse for a division.
        let seconds = elapsed.max(Duration::from_nanos(1)).as_secs_f64();
        Throughput { threads, queries, seconds, queries_per_second: queries as f64 / seconds }
    }
}

/// Lets each thread walk the same list, from starts that are spread over it, for at least so long and until all together
/// have answered the whole list. There must be a query.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read.
pub(super) fn measure_throughput(
    answerer: &Answerer<'_>,
    topics: &[&Topic],
    threads: usize,
    at_least: Duration,
) -> Result<Throughput> {
    let share = topics.len().div_ceil(threads);
    // The threads and this one.
    let ready = Barrier::new(threads + 1);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let first = topics.len() * thread / threads;
                let ready = &ready;
                scope.spawn(move || {
                    ready.wait();
                    walk(answerer, topics[first..].iter().chain(&topics[..first]).copied(), share, at_least)
                })
            })
            .collect();
        ready.wait();
        let start = Instant::now();
        let mut queries = 0;
        for worker in workers {
            queries += worker.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        }
        Ok(Throughput::new(threads, queries, start.elapsed()))
    })
}

/// Answers queries, again and again, until the time is over and at least so many are answered. Returns how many.
fn walk<'a>(
    answerer: &Answerer<'_>,
    topics: impl Iterator<Item = &'a Topic> + Clone,
    at_least_queries: usize,
    at_least: Duration,
) -> Result<u64> {
    let start = Instant::now();
    let mut page = Vec::new();
    let mut queries = 0;
    for (answered, topic) in topics.cycle().enumerate() {
        if answered >= at_least_queries && start.elapsed() >= at_least {
            break;
        }
        expect_answer(answerer.answer(topic, &mut page)?)?;
        queries += 1;
    }
    Ok(queries)
}
