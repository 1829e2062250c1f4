//! Queries per second, with several threads that share one searcher.

use std::panic::resume_unwind;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::answer::Answerer;
use super::warm::expect_answer;
use tradewire::internals::evaluation::Topic;

/// The throughput of a number of threads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Throughput {
    /// Number of threads.
    pub(crate) threads: usize,
    /// Number of queries that they answered together.
    pub(crate) queries: u64,
    /// Time in seconds.
    pub(crate) seconds: f64,
    /// Queries per second.
    pub(crate) queries_per_second: f64,
}

impl Throughput {
    pub(crate) fn new(threads: usize, queries: u64, elapsed: Duration) -> Throughput {
        // At least one tick, so that a coarse clock never gives a division by 0.
        let seconds = elapsed.max(Duration::from_nanos(1)).as_secs_f64();
        Throughput { threads, queries, seconds, queries_per_second: queries as f64 / seconds }
    }
}

/// Measures throughput: each thread walks the same list from another start, for at least the given time and until all threads
/// together have answered as many queries as the list has. The list must not be empty.
///
/// # Errors
///
/// When the index or an embedded dictionary cannot be read.
pub(crate) fn measure_throughput(
    answerer: &Answerer,
    topics: &[&Topic],
    threads: usize,
    at_least: Duration,
) -> Result<Throughput> {
    let share = topics.len().div_ceil(threads);
    let ready = Barrier::new(threads);
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
        let walks = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        let walks = walks.collect::<Result<Vec<Walk>>>()?;
        let first_start = walks.iter().map(|walk| walk.start).min();
        let last_end = walks.iter().map(|walk| walk.end).max();
        let elapsed = last_end.zip(first_start).map_or(Duration::ZERO, |(end, start)| end.duration_since(start));
        Ok(Throughput::new(threads, walks.iter().map(|walk| walk.queries).sum(), elapsed))
    })
}

/// The work of one thread.
struct Walk {
    queries: u64,
    start: Instant,
    end: Instant,
}

/// Answers queries in a loop until the time is over and enough queries are answered.
fn walk<'a>(
    answerer: &Answerer,
    topics: impl Iterator<Item = &'a Topic> + Clone,
    at_least_queries: usize,
    at_least: Duration,
) -> Result<Walk> {
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
    Ok(Walk { queries, start, end: Instant::now() })
}
