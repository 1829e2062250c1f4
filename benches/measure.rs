//! How a case is measured: tradewire and bare tantivy in turn, in short rounds, so that what else the machine does meets
//! both alike. `ratios` takes the median of the rounds.

use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion};

/// Criterion keeps what has the same name apart by a number.
const ROUNDS: usize = 3;

/// A group in which each side of each case is measured for so long in a round.
pub(crate) fn group<'a>(criterion: &'a mut Criterion, name: &str, milliseconds: u64) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    let time = Duration::from_millis(milliseconds);
    group.sample_size(10).nresamples(1_000).warm_up_time(time / 3).measurement_time(time);
    group
}

/// Measures a case: `round` has both sides.
pub(crate) fn in_turn(mut round: impl FnMut()) {
    (0..ROUNDS).for_each(|_| round());
}
