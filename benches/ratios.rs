//! Prints criterion's measurements as tables: each median, that of bare tantivy, and the ratio; several sizes have a column
//! each. `cargo bench --bench ratios` after the others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Result, Write, stdout};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The group whose cases are compared with NEAR.
const OPERATORS: &str = "operators";

/// The part of criterion's file about a measurement that is used.
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

/// The cases by name and size; 0 for a case without a size.
type Group = BTreeMap<String, BTreeMap<u64, Pair>>;

fn main() -> Result<()> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for folder in measurements(&criterion_folder()) {
        let benchmark: Benchmark = read(&folder.join("benchmark.json"))?;
        let estimates: Estimates = read(&folder.join("estimates.json"))?;
        let (Some(side), Some(case)) = (benchmark.function_id, benchmark.value_str) else {
            continue;
        };
        let (size, case) = size_and_case(&case);
        let cases = groups.entry(benchmark.group_id).or_default();
        let pair = cases.entry(case.to_owned()).or_default().entry(size).or_default();
        pair.bytes = benchmark.throughput.and_then(|throughput| throughput.bytes);
        match side.split(' ').next() {
            Some("tradewire") => pair.tradewire.push(estimates.median.point_estimate),
            Some("bare") => pair.bare.push(estimates.median.point_estimate),
            _ => {}
        }
    }
    if let Some(operators) = groups.get_mut(OPERATORS) {
        beside_near(operators);
    }
    let mut out = stdout().lock();
    for (name, cases) in &groups {
        let sizes: BTreeSet<u64> = cases.values().flat_map(BTreeMap::keys).copied().collect();
        let heads = sizes.iter().map(|&size| match size {
            0 => "tradewire | bare tantivy | ratio".to_owned(),
            _ if name == OPERATORS => format!("{size}: operator | NEAR | ratio"),
            _ => format!("{size}: tradewire | bare | ratio"),
        });
        writeln!(out, "\n### {name}\n\n| | {} |", heads.collect::<Vec<_>>().join(" | "))?;
        writeln!(out, "|---|{}", "---|".repeat(3 * sizes.len()))?;
        for (case, pairs) in cases {
            let cells = sizes.iter().map(|size| pairs.get(size).and_then(cells_of).unwrap_or_else(|| "| |".to_owned()));
            writeln!(out, "| {case} | {} |", cells.collect::<Vec<_>>().join(" | "))?;
        }
    }
    write_sizes(&mut out)
}

/// Puts NEAR on the other side of each operator of the same language and size, since bare tantivy has none of them.
fn beside_near(operators: &mut Group) {
    let mut near = BTreeMap::new();
    operators.retain(|case, pairs| match case.split_once(' ') {
        Some((language, "NEAR")) => near.insert(language.to_owned(), std::mem::take(pairs)).is_some(),
        _ => true,
    });
    for (case, pairs) in operators {
        let near = case.split(' ').next().and_then(|language| near.get(language));
        for (size, pair) in pairs {
            if let Some(near) = near.and_then(|near| near.get(size)) {
                pair.bare.clone_from(&near.tradewire);
            }
        }
    }
}

/// Splits `1000 passages, en word` into 1000 and `en word`; the number is 0 for a case without a size.
fn size_and_case(case: &str) -> (u64, &str) {
    let sized = case.split_once(" passages").and_then(|(size, rest)| Some((size.parse().ok()?, rest)));
    sized.map_or((0, case), |(size, rest)| (size, rest.trim_start_matches(", ")))
}

/// Both medians and their ratio; `None` where a side is missing.
fn cells_of(pair: &Pair) -> Option<String> {
    // Rounds are numbered, so their folders are in order on both sides, and each ratio is of two neighbours in time.
    let ratios = pair.tradewire.iter().zip(&pair.bare).map(|(tradewire, bare)| tradewire / bare).collect();
    let [tradewire, bare] = [&pair.tradewire, &pair.bare].map(|rounds| median(rounds.clone()));
    let [tradewire, bare] = [shown(tradewire?, pair.bytes), shown(bare?, pair.bytes)];
    Some(format!("{tradewire} | {bare} | {:.1}", median(ratios)?))
}

/// Writes the sizes of the indexes that the benches have kept, with those of their files of articles.
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

/// The size in bytes of a file, or of all files below a folder.
fn bytes_in(path: &Path) -> u64 {
    if path.is_dir() {
        return files_in(path).iter().map(|file| bytes_in(file)).sum();
    }
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// The entries of a folder, sorted by name.
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

/// The folder of criterion's measurements, beside that of temporary files.
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

/// A time, or a speed where the amount of text is known, with three digits.
fn shown(nanoseconds: f64, bytes: Option<f64>) -> String {
    let (value, unit) = match bytes {
        Some(bytes) => (bytes / nanoseconds * 1e3, "MB/s"),
        None if nanoseconds < 1e6 => (nanoseconds / 1e3, "µs"),
        None => (nanoseconds / 1e6, "ms"),
    };
    let decimals = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.decimals$} {unit}")
}
