//! The comparison of a report with an earlier one. A ratio is the new figure divided by the old one: for latencies lower is
//! better, for queries per second higher.

use std::collections::BTreeMap;

use serde::Serialize;

use super::latency::LatencyFigures;
use super::report::{QueryFigures, Report};

/// The most queries that are listed as slower, and as faster.
const NAMED: usize = 5;

/// The ratios of latencies; `None` where the old latency is 0 or missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct LatencyRatios {
    /// Ratio of the medians.
    pub p50: Option<f64>,
    /// Ratio of the 95th percentiles.
    pub p95: Option<f64>,
    /// Ratio of the 99th percentiles.
    pub p99: Option<f64>,
    /// Ratio of the maxima.
    pub(crate) max: Option<f64>,
    /// Ratio of the means.
    pub(crate) mean: Option<f64>,
}

/// The ratio of queries per second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct ThroughputRatio {
    /// Number of threads.
    pub(crate) threads: usize,
    /// The ratio; `None` where the old report does not have this number of threads.
    pub(crate) ratio: Option<f64>,
}

/// The ratios of peak memory.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct MemoryRatios {
    /// Ratio of the medians.
    pub p50: Option<f64>,
    /// Ratio of the maxima.
    pub(crate) max: Option<f64>,
}

/// The change of a query's median latency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct QueryRatio {
    /// Id of the query.
    pub(crate) id: String,
    /// The old median in microseconds.
    pub(crate) old_us: f64,
    /// The new median in microseconds.
    pub(crate) new_us: f64,
    /// The new median divided by the old one.
    pub(crate) ratio: f64,
}

/// All ratios of a comparison. Languages, kinds and numbers of threads are those of the new report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Comparison {
    /// Ratios over all queries.
    pub(crate) overall: LatencyRatios,
    /// Ratios by language code.
    pub(crate) languages: BTreeMap<String, LatencyRatios>,
    /// Ratios by kind of query.
    pub(crate) kinds: BTreeMap<String, LatencyRatios>,
    /// Ratios by stage of an answer.
    pub(crate) stages: BTreeMap<String, LatencyRatios>,
    /// Ratios of throughput by number of threads.
    pub(crate) throughput: Vec<ThroughputRatio>,
    /// Ratios of memory; `None` where one of the reports has no memory figures.
    pub(crate) memory: Option<MemoryRatios>,
    /// The queries of both reports that slowed down most, the largest ratio first; at most five.
    pub(crate) slower: Vec<QueryRatio>,
    /// The queries that sped up most; at most five.
    pub(crate) faster: Vec<QueryRatio>,
}

impl Comparison {
    /// Compares a new report with an old one.
    pub(crate) fn new(new: &Report, old: &Report) -> Comparison {
        let (slower, faster) = most_changed(&new.measured_queries, &old.measured_queries);
        Comparison {
            overall: latency_ratios(&new.overall, Some(&old.overall)),
            languages: group_ratios(&new.languages, &old.languages),
            kinds: group_ratios(&new.kinds, &old.kinds),
            stages: group_ratios(&new.stages, &old.stages),
            throughput: throughput_ratios(new, old),
            memory: new.memory.zip(old.memory).map(|(new, old)| MemoryRatios {
                p50: ratio(new.p50_bytes as f64, Some(old.p50_bytes as f64)),
                max: ratio(new.max_bytes as f64, Some(old.max_bytes as f64)),
            }),
            slower,
            faster,
        }
    }
}

/// The ratio of two figures, to four decimals.
fn ratio(new: f64, old: Option<f64>) -> Option<f64> {
    let ratio = new / old.filter(|&old| old > 0.0)?;
    Some((ratio * 1e4).round() / 1e4)
}

fn latency_ratios(new: &LatencyFigures, old: Option<&LatencyFigures>) -> LatencyRatios {
    LatencyRatios {
        p50: ratio(new.p50_us, old.map(|old| old.p50_us)),
        p95: ratio(new.p95_us, old.map(|old| old.p95_us)),
        p99: ratio(new.p99_us, old.map(|old| old.p99_us)),
        max: ratio(new.max_us, old.map(|old| old.max_us)),
        mean: ratio(new.mean_us, old.map(|old| old.mean_us)),
    }
}

fn group_ratios(
    new: &BTreeMap<String, LatencyFigures>,
    old: &BTreeMap<String, LatencyFigures>,
) -> BTreeMap<String, LatencyRatios> {
    new.iter().map(|(name, figures)| (name.clone(), latency_ratios(figures, old.get(name)))).collect()
}

fn throughput_ratios(new: &Report, old: &Report) -> Vec<ThroughputRatio> {
    let before = |threads: usize| {
        let same = old.throughput.iter().find(|throughput| throughput.threads == threads);
        same.map(|throughput| throughput.queries_per_second)
    };
    let ratios = new.throughput.iter().map(|throughput| ThroughputRatio {
        threads: throughput.threads,
        ratio: ratio(throughput.queries_per_second, before(throughput.threads)),
    });
    ratios.collect()
}

/// The queries that slowed down most, and those that sped up most; equal ratios in the order of ids.
fn most_changed(new: &[QueryFigures], old: &[QueryFigures]) -> (Vec<QueryRatio>, Vec<QueryRatio>) {
    let old: BTreeMap<&str, f64> = old.iter().map(|query| (query.id.as_str(), query.p50_us)).collect();
    let changes = new.iter().filter_map(|query| {
        let old_us = old.get(query.id.as_str()).copied();
        let ratio = ratio(query.p50_us, old_us)?;
        Some(QueryRatio { id: query.id.clone(), old_us: old_us?, new_us: query.p50_us, ratio })
    });
    let (mut slower, mut faster): (Vec<QueryRatio>, Vec<QueryRatio>) =
        changes.filter(|change| change.ratio != 1.0).partition(|change| change.ratio > 1.0);
    slower.sort_by(|left, right| right.ratio.total_cmp(&left.ratio).then_with(|| left.id.cmp(&right.id)));
    faster.sort_by(|left, right| left.ratio.total_cmp(&right.ratio).then_with(|| left.id.cmp(&right.id)));
    slower.truncate(NAMED);
    faster.truncate(NAMED);
    (slower, faster)
}

#[cfg(test)]
mod tests {
    use super::super::baseline::tests::{figures, report};
    use super::super::throughput::Throughput;
    use super::*;

    #[test]
    fn a_report_beside_itself_has_not_changed() {
        let report = report();
        let comparison = Comparison::new(&report, &report);
        assert_eq!(
            comparison.overall,
            LatencyRatios { p50: Some(1.0), p95: Some(1.0), p99: Some(1.0), max: Some(1.0), mean: Some(1.0) }
        );
        assert_eq!(comparison.languages["en"], comparison.overall);
        assert_eq!(comparison.throughput, [ThroughputRatio { threads: 1, ratio: Some(1.0) }]);
        assert_eq!((comparison.slower.len(), comparison.faster.len()), (0, 0));
    }

    #[test]
    fn ratios_are_new_by_old() {
        let old = report();
        let mut new = report();
        new.overall = LatencyFigures { p50_us: 150.0, p95_us: 50.0, ..figures(100.0) };
        new.kinds.insert("fuzzy".to_owned(), figures(1.0));
        new.throughput[0].queries_per_second = 25.0;
        new.throughput.push(Throughput { threads: 2, ..new.throughput[0] });
        // Seven become slower, the later the more; two become faster; one stays; one is new.
        for (at, query) in new.measured_queries.iter_mut().enumerate().take(9) {
            query.p50_us *= if at < 7 { 2.0 + at as f64 } else { 0.5 };
        }
        new.measured_queries.push(QueryFigures { id: "new".to_owned(), ..new.measured_queries[0].clone() });
        let comparison = Comparison::new(&new, &old);
        assert_eq!((comparison.overall.p50, comparison.overall.p95), (Some(1.5), Some(0.5)));
        assert_eq!(comparison.kinds["fuzzy"], LatencyRatios::default());
        let throughput: Vec<Option<f64>> = comparison.throughput.iter().map(|throughput| throughput.ratio).collect();
        assert_eq!(throughput, [Some(2.5), None]);
        let ids = |changes: &[QueryRatio]| changes.iter().map(|change| change.id.clone()).collect::<Vec<String>>();
        assert_eq!(ids(&comparison.slower), ["q07", "q06", "q05", "q04", "q03"]);
        assert_eq!(comparison.slower[0], QueryRatio { id: "q07".to_owned(), old_us: 70.0, new_us: 560.0, ratio: 8.0 });
        assert_eq!(ids(&comparison.faster), ["q08", "q09"]);
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        let new = report();
        let mut old = report();
        old.overall = LatencyFigures::default();
        old.measured_queries.iter_mut().for_each(|query| query.p50_us = 0.0);
        let comparison = Comparison::new(&new, &old);
        assert_eq!((comparison.overall, comparison.slower.len()), (LatencyRatios::default(), 0));
    }
}
