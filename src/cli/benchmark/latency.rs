//! Latencies: recorded in nanoseconds, reported in microseconds.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// The number of significant digits that are kept of a latency.
const DIGITS: u8 = 3;
/// The longest latency in nanoseconds, an hour; longer ones count as this.
const LONGEST: u64 = 3_600_000_000_000;
/// The lower bounds of the buckets in each power of ten.
const STEPS: [u64; 6] = [10, 15, 20, 30, 50, 70];

/// A histogram of latencies with three significant digits. Its memory does not grow with their number.
pub(crate) struct Latencies {
    histogram: Histogram<u64>,
    queries: u64,
}

/// The figures of a set of latencies. Percentiles are by nearest rank; each figure is at most 0.1 % too high.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct LatencyFigures {
    /// Number of queries that were measured.
    pub(crate) queries: u64,
    /// Number of measurements of all queries together.
    pub(crate) samples: u64,
    /// The median in microseconds. Without measurements, all figures are 0.
    pub p50_us: f64,
    /// The 95th percentile.
    pub p95_us: f64,
    /// The 99th percentile.
    pub p99_us: f64,
    /// The maximum.
    pub(crate) max_us: f64,
    /// The arithmetic mean.
    pub(crate) mean_us: f64,
}

/// A bucket of a histogram: the number of latencies between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bucket {
    /// The lower bound in microseconds, inclusive.
    pub(crate) from_us: f64,
    /// The upper bound in microseconds, exclusive.
    pub(crate) below_us: f64,
    /// Number of latencies in the bucket.
    pub(crate) samples: u64,
}

impl Latencies {
    /// An empty set.
    pub(crate) fn new() -> Latencies {
        let histogram = Histogram::new_with_bounds(1, LONGEST, DIGITS).expect("the bounds and digits are valid");
        Latencies { histogram, queries: 0 }
    }

    /// Adds the latencies of a query in nanoseconds. A latency of more than an hour counts as an hour.
    pub(crate) fn add_query(&mut self, nanoseconds: &[u64]) {
        self.queries += 1;
        nanoseconds.iter().for_each(|&latency| self.histogram.saturating_record(latency));
    }

    /// The figures of these latencies.
    pub(crate) fn figures(&self) -> LatencyFigures {
        let quantile = |quantile| microseconds(self.histogram.value_at_quantile(quantile));
        LatencyFigures {
            queries: self.queries,
            samples: self.histogram.len(),
            p50_us: quantile(0.5),
            p95_us: quantile(0.95),
            p99_us: quantile(0.99),
            max_us: microseconds(self.histogram.max()),
            mean_us: microseconds(self.histogram.mean().round() as u64),
        }
    }

    /// The buckets from the fastest to the slowest latency, with the empty ones between; six buckets per power of ten.
    /// Empty without latencies.
    pub(crate) fn buckets(&self) -> Vec<Bucket> {
        let mut buckets: Vec<Bucket> = Vec::new();
        let mut bounds = bucket_bounds();
        for value in self.histogram.iter_recorded() {
            let latency = self.histogram.lowest_equivalent(value.value_iterated_to());
            let is_open = |bucket: &Bucket| microseconds(latency) < bucket.below_us;
            if !buckets.last().is_some_and(is_open) {
                for (from, below) in bounds.by_ref() {
                    let (from_us, below_us) = (microseconds(from), microseconds(below));
                    // Buckets below the fastest latency are left out.
                    if below > latency || !buckets.is_empty() {
                        buckets.push(Bucket { from_us, below_us, samples: 0 });
                    }
                    if below > latency {
                        break;
                    }
                }
            }
            if let Some(bucket) = buckets.last_mut() {
                bucket.samples += value.count_at_value();
            }
        }
        buckets
    }
}

impl Default for Latencies {
    fn default() -> Latencies {
        Latencies::new()
    }
}

/// The bounds of all buckets in nanoseconds, ascending; the first begins at 0, the last reaches over [`LONGEST`].
fn bucket_bounds() -> impl Iterator<Item = (u64, u64)> {
    let powers = (2..13).map(|exponent| 10_u64.pow(exponent));
    let starts = || powers.clone().flat_map(|power| STEPS.map(|step| step * power));
    std::iter::once(0).chain(starts()).zip(starts())
}

/// Converts nanoseconds to microseconds.
pub(crate) fn microseconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e3
}

/// A duration in nanoseconds, at most the largest number (more than 500 years).
pub(crate) fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// The median by nearest rank; 0 without values.
pub(crate) fn median(values: &[u64]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_made_up_latencies() {
        let mut latencies = Latencies::new();
        let thousand: Vec<u64> = (1..=1000).map(|number| number * 1000).collect();
        latencies.add_query(&thousand[..400]);
        latencies.add_query(&thousand[400..]);
        let figures = latencies.figures();
        assert_eq!((figures.queries, figures.samples), (2, 1000));
        for (figure, exact) in [
            (figures.p50_us, 500.0),
            (figures.p95_us, 950.0),
            (figures.p99_us, 990.0),
            (figures.max_us, 1000.0),
            (figures.mean_us, 500.5),
        ] {
            assert!((figure / exact - 1.0).abs() <= 1e-3, "{figure} is not {exact}");
        }
        assert_eq!(Latencies::new().figures(), LatencyFigures::default());
    }

    #[test]
    fn buckets_hold_every_latency_once() {
        assert_eq!(Latencies::new().buckets(), []);
        let mut latencies = Latencies::new();
        latencies.add_query(&[10_000, 14_900, 15_000, 69_000, u64::MAX, 0]);
        let buckets = latencies.buckets();
        assert_eq!(buckets.iter().map(|bucket| bucket.samples).sum::<u64>(), 6);
        assert_eq!(buckets[0], Bucket { from_us: 0.0, below_us: 1.0, samples: 1 });
        assert!(buckets.windows(2).all(|pair| pair[0].below_us == pair[1].from_us));
        let of = |from: f64| buckets.iter().find(|bucket| bucket.from_us == from).map(|bucket| bucket.samples);
        assert_eq!((of(10.0), of(15.0), of(20.0), of(50.0)), (Some(2), Some(1), Some(0), Some(1)));
        assert_eq!(buckets.last().map(|bucket| bucket.samples), Some(1), "what is longer counts as an hour");
    }

    #[test]
    fn medians_are_by_nearest_rank() {
        assert_eq!((median(&[]), median(&[3]), median(&[9, 1]), median(&[3, 1, 2])), (0, 3, 1, 2));
    }
}
