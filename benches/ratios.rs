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

/// Both sides of a case: the median of each round.
#[derive(Default)]
struct Pair {
    tradewire: Vec<f64>,
    bare: Vec<f64>,
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
            "tradewire" => pair.tradewire.push(estimates.median.point_estimate),
            "bare" => pair.bare.push(estimates.median.point_estimate),
            _ => {}
        }
    }
    let mut out = stdout().lock();
    for (group, cases) in &groups {
        writeln!(out, "\n### {group}\n\n| | tradewire | bare tantivy | ratio |\n|---|---|---|---|")?;
        for ((_, case), pair) in cases {
            // Rounds are in the order of their names on both sides, so each ratio is of two neighbours in time.
            let ratios = pair.tradewire.iter().zip(&pair.bare).map(|(tradewire, bare)| tradewire / bare).collect();
            if let (Some(tradewire), Some(bare), Some(ratio)) =
                (median(pair.tradewire.clone()), median(pair.bare.clone()), median(ratios))
            {
                let show = |nanoseconds| shown(nanoseconds, pair.bytes);
                writeln!(out, "| {case} | {} | {} | {ratio:.2} |", show(tradewire), show(bare))?;
            }
        }
    }
    write_sizes(&mut out)
}

/// Writes how large the indexes are that the benches have kept, beside their files of articles.
fn write_sizes(out: &mut impl Write) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let mut sizes = BTreeMap::new();
    for file in files_in(&folder) {
        let [articles, tradewire, bare] =
            ["jsonl", "tradewire", "stock"].map(|name| bytes_in(&file.with_extension(name)));
        if file.extension().is_some_and(|extension| extension == "jsonl") && tradewire > 0 && bare > 0 {
            sizes.insert(articles, (tradewire, bare));
        }
    }
    writeln!(out, "\n### size\n\n| articles | tradewire | bare tantivy | ratio |\n|---|---|---|---|")?;
    for (articles, (tradewire, bare)) in sizes {
        let ratio = tradewire as f64 / bare as f64;
        let [articles, tradewire, bare] = [articles, tradewire, bare].map(|bytes| bytes as f64 / 1e6);
        writeln!(out, "| {articles:.1} MB | {tradewire:.1} MB | {bare:.1} MB | {ratio:.2} |")?;
    }
    Ok(())
}

/// Bytes of a file, or of all files below a folder.
fn bytes_in(path: &Path) -> u64 {
    if path.is_dir() {
        return files_in(path).iter().map(|file| bytes_in(file)).sum();
    }
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// What is in a folder, by name.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Where criterion keeps what it measured: beside the folder for temporary files.
fn criterion_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("criterion")
}

/// The folders of the newest measurement of every case.
fn measurements(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in files_in(folder).into_iter().filter(|entry| entry.is_dir()) {
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
