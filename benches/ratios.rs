//! Prints what criterion has measured as a table: each median, that of bare tantivy beside it, and how many times as long
//! tradewire takes. `cargo bench --bench ratios` after the others.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Result, Write, stdout};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What criterion writes of a measurement; there is more.
#[derive(Deserialize)]
struct Benchmark {
    group_id: String,
    function_id: Option<String>,
    value_str: Option<String>,
    throughput: Option<Throughput>,
}

#[derive(Deserialize)]
struct Throughput {
    #[serde(rename = "Bytes")]
    bytes: Option<f64>,
}

#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    /// Nanoseconds.
    point_estimate: f64,
}

/// Both sides of a case.
#[derive(Default)]
struct Pair {
    tradewire: Option<f64>,
    bare: Option<f64>,
    bytes: Option<f64>,
}

fn main() -> Result<()> {
    let mut groups: BTreeMap<String, BTreeMap<(u64, String), Pair>> = BTreeMap::new();
    for folder in measurements(&criterion_folder()) {
        let benchmark: Benchmark = read(&folder.join("benchmark.json"))?;
        let estimates: Estimates = read(&folder.join("estimates.json"))?;
        let (Some(side), Some(case)) = (benchmark.function_id, benchmark.value_str) else {
            continue;
        };
        // Sizes in their order as numbers.
        let size = case.split(' ').next().and_then(|size| size.parse().ok()).unwrap_or(0);
        let pair = groups.entry(benchmark.group_id).or_default().entry((size, case)).or_default();
        pair.bytes = benchmark.throughput.and_then(|throughput| throughput.bytes);
        match side.as_str() {
            "tradewire" => pair.tradewire = Some(estimates.median.point_estimate),
            "bare" => pair.bare = Some(estimates.median.point_estimate),
            _ => {}
        }
    }
    let mut out = stdout().lock();
    for (group, cases) in &groups {
        writeln!(out, "\n### {group}\n\n| | tradewire | bare tantivy | ratio |\n|---|---|---|---|")?;
        for ((_, case), pair) in cases {
            if let (Some(tradewire), Some(bare)) = (pair.tradewire, pair.bare) {
                let show = |nanoseconds| shown(nanoseconds, pair.bytes);
                writeln!(out, "| {case} | {} | {} | {:.2} |", show(tradewire), show(bare), tradewire / bare)?;
            }
        }
    }
    Ok(())
}

/// Where criterion keeps what it measured: beside the folder for temporary files.
fn criterion_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("criterion")
}

/// The folders of the newest measurement of every case.
fn measurements(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for entry in entries.into_iter().filter(|entry| entry.is_dir()) {
        if entry.ends_with("new") {
            found.push(entry);
        } else {
            found.extend(measurements(&entry));
        }
    }
    found
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T> {
    Ok(serde_json::from_reader(File::open(file)?)?)
}

/// A time, or a speed where it is known how much was read, in three digits.
fn shown(nanoseconds: f64, bytes: Option<f64>) -> String {
    let (value, unit) = match bytes {
        Some(bytes) => (bytes / nanoseconds * 1e3, "MB/s"),
        None if nanoseconds < 1e6 => (nanoseconds / 1e3, "µs"),
        None => (nanoseconds / 1e6, "ms"),
    };
    let decimals = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.decimals$} {unit}")
}
