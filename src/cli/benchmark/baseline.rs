//! The baseline: an earlier report that a new one is compared with. Reads it, and finds what makes the two incomparable.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::report::{REPORT_VERSION, Report};

/// The part of a report that every version has.
#[derive(Deserialize)]
struct AnyReport {
    version: u32,
}

/// Reads a report as `tradewire bench --format json` wrote it; unknown keys are skipped.
///
/// # Errors
///
/// When the bytes are not a report, or one of another version. The message does not name the file.
pub(crate) fn read_report(bytes: &[u8]) -> Result<Report> {
    let expected = "expected a result of `tradewire bench --format json`";
    let any: AnyReport = serde_json::from_slice(bytes).context(expected)?;
    if any.version != REPORT_VERSION {
        bail!(
            "{expected} in version {REPORT_VERSION}, found version {}; measure again with this tradewire, {}",
            any.version,
            env!("CARGO_PKG_VERSION")
        );
    }
    serde_json::from_slice(bytes).context(expected)
}

/// The differences that make two reports incomparable, a line each: queries, index, machine, mode, options. Empty if there
/// are none.
pub(crate) fn find_differences(new: &Report, old: &Report) -> Vec<String> {
    let processor = |report: &Report| report.machine.cpu.clone().unwrap_or_else(|| "unknown".to_owned());
    let pairs = [
        ("mode", old.mode.name().to_owned(), new.mode.name().to_owned()),
        ("queries (SHA-256)", start(&old.queries.sha256), start(&new.queries.sha256)),
        ("refused queries", old.queries.refused.to_string(), new.queries.refused.to_string()),
        ("analysis of the index (fingerprint)", start(&old.index.fingerprint), start(&new.index.fingerprint)),
        ("passages of the index", old.index.passages.to_string(), new.index.passages.to_string()),
        ("results shown (-n)", old.options.hits.to_string(), new.options.hits.to_string()),
        ("queries as plain words (--plain)", old.options.plain.to_string(), new.options.plain.to_string()),
        ("expansion by the glossary (--no-expand)", old.options.expand.to_string(), new.options.expand.to_string()),
        ("cores", old.machine.cores.to_string(), new.machine.cores.to_string()),
        ("processor", processor(old), processor(new)),
    ];
    let different = pairs.into_iter().filter(|(_, old, new)| old != new);
    different.map(|(what, old, new)| format!("other {what}: {old} before, {new} now")).collect()
}

/// The beginning of a hash, enough to tell it from another.
fn start(hash: &str) -> String {
    hash.chars().take(12).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::latency::LatencyFigures;
    use super::super::report::Mode;
    use super::*;

    pub(crate) fn figures(all: f64) -> LatencyFigures {
        let (samples, queries) = (20, 10);
        LatencyFigures { queries, samples, p50_us: all, p95_us: all, p99_us: all, max_us: all, mean_us: all }
    }

    /// Made up: every latency is 100 µs, and ten queries took 10, 20, … 100 µs.
    pub(crate) fn report() -> Report {
        let queries: Vec<serde_json::Value> = (1..=10)
            .map(|n| serde_json::json!({"id": format!("q{n:02}"), "kind": "word", "lang": "en", "p50_us": 10 * n, "hits": 1}))
            .collect();
        let report = serde_json::json!({
            "version": 1, "tradewire": "0.0.1", "mode": "warm", "a later key": [1],
            "machine": {"os": "linux", "arch": "x86_64", "cores": 2, "cpu": null, "a later key": 1},
            "index": {"path": "x", "format": 3, "fingerprint": "aa", "passages": 7, "documents": 3, "bytes": 9},
            "queries": {"sha256": "bb", "measured": 10, "refused": 0, "without_hits": 0},
            "options": {"hits": 10, "plain": false, "seconds": 5.0, "warm_up_seconds": 1.0},
            "rounds": 2,
            "overall": figures(100.0), "languages": {"en": figures(100.0)}, "kinds": {"word": figures(100.0)},
            "throughput": [{"threads": 1, "queries": 20, "seconds": 2.0, "queries_per_second": 10.0}],
            "memory": null, "histogram": [], "measured_queries": queries, "refused_queries": [],
        });
        read_report(report.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn every_difference_that_matters_is_found() {
        let old = report();
        assert_eq!(find_differences(&old, &old), Vec::<String>::new());
        let mut new = report();
        new.mode = Mode::Cold;
        new.queries.sha256 = "cc".to_owned();
        new.queries.refused = 1;
        new.index.fingerprint = "dd".to_owned();
        new.index.passages = 8;
        new.options.hits = 1;
        new.options.plain = true;
        new.machine.cores = 4;
        new.machine.cpu = Some("fast".to_owned());
        assert_eq!(
            find_differences(&new, &old),
            [
                "other mode: warm before, cold now",
                "other queries (SHA-256): bb before, cc now",
                "other refused queries: 0 before, 1 now",
                "other analysis of the index (fingerprint): aa before, dd now",
                "other passages of the index: 7 before, 8 now",
                "other results shown (-n): 10 before, 1 now",
                "other queries as plain words (--plain): false before, true now",
                "other cores: 2 before, 4 now",
                "other processor: unknown before, fast now",
            ]
        );
    }
}
