//! The stages of answering a query, and how long each takes.

use std::time::{Duration, Instant};

/// A stage of answering a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The query becomes a plan.
    Compiled,
    /// The best results are found, ranked and reranked.
    Found,
    /// Stored texts and records of the results that are shown are read.
    Read,
    /// Matches in them are marked.
    Marked,
    /// All results are counted, by facets too.
    Counted,
}

/// The time of each stage of one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StageTimes([Duration; 5]);

impl StageTimes {
    /// The time of a stage; zero for one that was not asked for.
    pub fn of(&self, stage: Stage) -> Duration {
        self.0[stage as usize]
    }
}

/// A clock of the stages, which may come in any order, and more than once.
pub(crate) struct StageClock {
    times: StageTimes,
    since: Instant,
}

impl StageClock {
    /// A clock that starts now.
    pub(crate) fn start() -> StageClock {
        StageClock { times: StageTimes::default(), since: Instant::now() }
    }

    /// Adds the time since the end of the last stage to a stage.
    pub(crate) fn ends(&mut self, stage: Stage) {
        let now = Instant::now();
        self.times.0[stage as usize] += now.duration_since(self.since);
        self.since = now;
    }

    pub(crate) fn times(&self) -> StageTimes {
        self.times
    }
}
