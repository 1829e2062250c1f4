//! The measurement of a case: tradewire and bare tantivy in turn, in short rounds, so that other load on the machine affects
//! both equally. `ratios` takes the median of the rounds.

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion};

const ROUNDS: usize = 3;

/// A benchmark group in which each side of a case is measured for the given time per round.
pub(crate) fn group<'a>(criterion: &'a mut Criterion, name: &str, milliseconds: u64) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    let time = Duration::from_millis(milliseconds);
    group.sample_size(10).nresamples(1_001).warm_up_time(time / 3).measurement_time(time);
    group
}

/// Measures a case: `round` measures both sides, under the names that [`named`] makes of the number of the round.
pub(crate) fn in_turn(round: impl FnMut(usize)) {
    (1..=ROUNDS).for_each(round);
}

/// The name of one side of a case in a round.
pub(crate) fn named(side: &str, round: usize, case: &str) -> BenchmarkId {
    BenchmarkId::new(format!("{side} {round}"), case)
}
