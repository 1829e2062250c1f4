//! `tradewire bench`: what is measured and how it is counted, in this process and in processes of their own, comparisons,
//! and every message. Nothing here depends on how fast anything is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tradewire::internals::output::is_unsafe;
use unicode_width::UnicodeWidthStr;

use crate::benchmark::{Comparison, find_differences, read_report, write_benchmark_json, write_benchmark_table};
use crate::workspace::{Run, Workspace};

/// What scripts may rely on in `bench --format json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    version: u32,
    tradewire: String,
    mode: String,
    machine: Machine,
    index: Index,
    queries: Queries,
    options: Options,
    rounds: u64,
    overall: Figures,
    languages: BTreeMap<String, Figures>,
    kinds: BTreeMap<String, Figures>,
    stages: BTreeMap<String, Figures>,
    throughput: Vec<Throughput>,
    memory: Option<Memory>,
    histogram: Vec<Bucket>,
    measured_queries: Vec<Query>,
    refused_queries: Vec<Refused>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratios: Option<serde_json::Value>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Machine {
    os: String,
    arch: String,
    cores: usize,
    cpu: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    path: String,
    format: u32,
    fingerprint: String,
    passages: u64,
    documents: u64,
    bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Queries {
    sha256: String,
    measured: usize,
    refused: usize,
    without_hits: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    hits: usize,
    plain: bool,
    expand: bool,
    seconds: f64,
    warm_up_seconds: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    queries: u64,
    samples: u64,
    p50_us: f64,
    p95_us: f64,
    p99_us: f64,
    max_us: f64,
    mean_us: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Throughput {
    threads: usize,
    queries: u64,
    seconds: f64,
    queries_per_second: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Memory {
    p50_bytes: u64,
    max_bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bucket {
    from_us: f64,
    below_us: f64,
    samples: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    id: String,
    kind: String,
    lang: String,
    p50_us: f64,
    hits: u64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    id: String,
    line: usize,
    reason: String,
}

fn with_four_articles() -> Workspace {
    let articles = [
        ("en-1", "Ports reopen", "The harbour was closed for a week. The harbour is open again."),
        ("de-1", "Hafen öffnet", "Der südkoreanische Hafen war eine Woche lang geschlossen und ist nun wieder offen."),
        ("ko-1", "항구 재개", "두 나라는 무역 협정을 맺었다. 항구는 다시 열렸다."),
        ("zh-1", "港口重開", "兩國簽署了自由貿易協定，港口重新開放。"),
    ];
    Workspace::with_articles(&articles)
}

/// Writes queries and measures them as briefly as can be.
fn bench(workspace: &Workspace, queries: &str, options: &[&str]) -> Run {
    workspace.write("queries", queries);
    let brief: &[&str] =
        if options.contains(&"--cold") { &["--seconds", "0"] } else { &["--seconds", "0", "--warmup", "0"] };
    workspace.run(&[&["bench", "--queries", "queries"], brief, options].concat())
}

/// Reads the JSON and checks all that holds of any.
fn read_json(run: &Run) -> Whole {
    let whole: Whole = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error} in {}", run.stdout));
    // No key is missing, not even one that may be null.
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(serde_json::to_value(&whole).unwrap(), value);
    let measured = whole.measured_queries.len();
    assert_eq!((whole.queries.measured, whole.queries.refused), (measured, whole.refused_queries.len()));
    assert_eq!(whole.overall.queries, measured as u64);
    assert_eq!(whole.overall.samples, measured as u64 * whole.rounds, "each query is measured equally often");
    for groups in [&whole.languages, &whole.kinds] {
        assert_eq!(groups.values().map(|figures| figures.queries).sum::<u64>(), whole.overall.queries);
        assert_eq!(groups.values().map(|figures| figures.samples).sum::<u64>(), whole.overall.samples);
    }
    for figures in whole.languages.values().chain(whole.kinds.values()).chain([&whole.overall]) {
        let ascending = [figures.p50_us, figures.p95_us, figures.p99_us, figures.max_us];
        assert!(ascending.is_sorted() && figures.p50_us > 0.0 && figures.mean_us <= figures.max_us, "{figures:?}");
    }
    assert_eq!(whole.histogram.iter().map(|bucket| bucket.samples).sum::<u64>(), whole.overall.samples);
    assert!(whole.histogram.windows(2).all(|pair| pair[0].below_us == pair[1].from_us));
    for throughput in &whole.throughput {
        let rate = throughput.queries as f64 / throughput.seconds;
        assert!((throughput.queries_per_second / rate - 1.0).abs() < 1e-6, "{throughput:?}");
    }
    assert_eq!(whole.queries.without_hits, whole.measured_queries.iter().filter(|query| query.hits == 0).count());
    whole
}

const QUERIES: &str = "en\tthe harbour is open\nde\tder Hafen und die Woche\nko\t협정\nzh\t\"自由贸易\"\nstated\tHafen\tde\n\
    und\tseoul\nall\tharbour OR hafen OR 港口\nnear\tharbour NEAR/5 closed\nprefix\tharb*\nfuzzy\tharbuor~\n\
    filter\tlang:ko\n";

#[test]
fn the_json_has_every_figure() {
    let workspace = with_four_articles();
    let run = bench(&workspace, QUERIES, &["--format", "json", "--threads", "3", "-n", "2", "--no-expand"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let whole = read_json(&run);
    assert_eq!((whole.version, whole.mode.as_str(), whole.rounds), (1, "warm", 5));
    assert_eq!((whole.tradewire.as_str(), whole.machine.cores > 0), (env!("CARGO_PKG_VERSION"), true));
    assert_eq!((whole.index.passages, whole.index.documents, whole.index.bytes > 0), (4, 4, true));
    assert_eq!((whole.options.hits, whole.options.plain, whole.options.expand), (2, false, false));
    assert_eq!(whole.options.warm_up_seconds, Some(0.0));
    assert!(whole.memory.is_none() && whole.ratios.is_none());
    let threads: Vec<usize> = whole.throughput.iter().map(|throughput| throughput.threads).collect();
    assert_eq!(threads, [1, 2, 3]);
    assert!(whole.throughput.iter().all(|throughput| throughput.queries >= 11), "each walks the whole list");
    let queries: Vec<String> = whole
        .measured_queries
        .iter()
        .map(|query| format!("{} {} {} {}", query.id, query.lang, query.kind, query.hits))
        .collect();
    assert_eq!(
        queries,
        [
            "en en words 1",
            "de de words 1",
            "ko ko word 1",
            "zh zh phrase 1",
            "stated de word 1",
            "und und word 0",
            "all zh boolean 3",
            "near und near 1",
            "prefix und prefix 1",
            "fuzzy und fuzzy 1",
            "filter und filter 1",
        ]
    );
    assert_eq!(whole.queries.without_hits, 1);
    let stages: Vec<&str> = whole.stages.keys().map(String::as_str).collect();
    assert_eq!(stages, ["compiled", "counted", "found", "marked", "printed", "read"]);
    assert!(whole.stages.values().all(|figures| figures.samples == whole.overall.samples));
    let sum: f64 = whole.stages.values().map(|figures| figures.mean_us).sum();
    // All but what the clocks themselves take, and the rounding of each figure.
    assert!((0.5..1.01).contains(&(sum / whole.overall.mean_us)), "{sum} of {}", whole.overall.mean_us);
}

#[test]
fn the_list_is_known_by_its_hash_whatever_its_format() {
    let workspace = with_four_articles();
    let hash = |queries: &str| read_json(&bench(&workspace, queries, &["--format", "json"])).queries.sha256;
    let lines = hash("1\tharbour\n2\tport\n");
    assert_eq!(lines.len(), 64);
    assert_eq!(lines, hash("<top><num>1<title>harbour</top>\n<top><num>2<title>port</top>\n"));
    assert_ne!(lines, hash("1\tharbour\ten\n2\tport\n"));
    assert_ne!(lines, hash("2\tport\n1\tharbour\n"));
    let line = ["bench", "--queries", "-", "--seconds", "0", "--warmup", "0", "--format", "json"];
    assert_eq!(lines, read_json(&workspace.run_with_input(&line, "1\tharbour\n2\tport\n")).queries.sha256);
}

#[test]
fn refused_queries_are_reported_and_the_rest_is_measured() {
    let workspace = with_four_articles();
    let queries = "q1\tharbour\n\nq2\tharbour AND (open\nq3\t!\nq4\t-n\nq5\t--help\n";
    for mode in [&["--format", "json"][..], &["--format", "json", "--cold"]] {
        let run = bench(&workspace, queries, mode);
        let whole = read_json(&run);
        assert_eq!((run.code, whole.measured_queries.len()), (2, 1), "{mode:?} {}", run.stderr);
        let refused: Vec<(&str, usize)> =
            whole.refused_queries.iter().map(|query| (query.id.as_str(), query.line)).collect();
        assert_eq!(refused, [("q2", 3), ("q3", 4), ("q4", 5), ("q5", 6)]);
        insta::assert_snapshot!(format!("bench_refused_{}", whole.mode), run.stderr);
        // As words, only the one without any is refused.
        let run = bench(&workspace, queries, &[mode, &["--plain"]].concat());
        let whole = read_json(&run);
        assert_eq!((run.code, whole.measured_queries.len(), whole.options.plain), (2, 4, true), "{}", run.stderr);
    }
}

#[test]
fn processes_are_counted_and_measured() {
    let workspace = with_four_articles();
    let queries = "q1\tharbour\nq2\t협정\nnone\tzzz\n";
    let run = bench(&workspace, queries, &["--cold", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let whole = read_json(&run);
    assert_eq!((whole.mode.as_str(), whole.rounds, whole.overall.samples), ("cold", 5, 15));
    assert_eq!((whole.throughput.len(), whole.options.warm_up_seconds), (0, None));
    let hits: Vec<u64> = whole.measured_queries.iter().map(|query| query.hits).collect();
    assert_eq!(hits, [1, 1, 0]);
    if cfg!(target_os = "linux") {
        let memory = whole.memory.unwrap();
        assert!(0 < memory.p50_bytes && memory.p50_bytes <= memory.max_bytes);
    }
    let table = bench(&workspace, queries, &["--cold"]).stdout;
    assert!(table.contains(", cold\n") && !table.contains("threads"), "{table}");
}

#[test]
fn processes_search_as_they_are_told_to() {
    let workspace = with_four_articles();
    let defaults = env!("CARGO_MANIFEST_DIR").to_owned() + "/index-config";
    // The index that the environment names is not the one that is asked for.
    std::fs::rename(workspace.index_dir(), workspace.path().join("-other index")).unwrap();
    let options = ["--cold", "--index=-other index", "--config", &defaults, "-n", "1", "--format", "json"];
    let run = bench(&workspace, "q1\tharbour\n", &options);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(read_json(&run).index.path, "-other index");
}

#[test]
fn nothing_found_is_suspicious() {
    let workspace = with_four_articles();
    let run = bench(&workspace, "q1\tzzz\nq2\tyyy\n", &["--index", "index"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "tradewire: no query has a hit; is `index` the right index?\n"));
    assert!(run.stdout.contains("\nno hits    2 of 2\n"), "{}", run.stdout);
}

#[test]
fn a_result_is_compared_with_an_earlier_one() {
    let workspace = with_four_articles();
    let first = bench(&workspace, QUERIES, &["--format", "json"]);
    workspace.write("old.json", &first.stdout);
    let again = bench(&workspace, QUERIES, &["--format", "json", "--compare", "old.json"]);
    assert_eq!((again.code, again.stderr.as_str()), (0, ""));
    let (whole, old) = (read_json(&again), read_json(&first));
    let ratios = whole.ratios.unwrap();
    let p50 = ratios["overall"]["p50"].as_f64().unwrap();
    assert!((p50 - whole.overall.p50_us / old.overall.p50_us).abs() <= 1e-4);
    assert_eq!(ratios["kinds"].as_object().unwrap().len(), whole.kinds.len());
    assert_eq!(ratios["languages"].as_object().unwrap().len(), whole.languages.len());
    assert_eq!(ratios["throughput"].as_array().unwrap().len(), whole.throughput.len());

    // A result with ratios is a result, and so is one with keys of a later version.
    let mut edited: serde_json::Value = serde_json::from_str(&again.stdout).unwrap();
    edited["later"] = serde_json::json!({"key": 1});
    edited["kinds"]["later"] = edited["overall"].clone();
    edited["index"]["passages"] = 5.into();
    edited["machine"]["cores"] = 999.into();
    workspace.write("old.json", edited.to_string());
    let run = bench(&workspace, "q1\tharbour\n", &["-n", "3", "--compare", "old.json"]);
    assert_eq!(run.code, 0);
    let cores = format!("cores: 999 before, {} now", whole.machine.cores);
    let start = "tradewire: not the same as in `old.json`: other ";
    for what in
        ["queries (SHA-256)", "passages of the index: 5 before, 4 now", "results shown (-n): 10 before, 3 now", &cores]
    {
        assert!(run.stderr.lines().any(|line| line.starts_with(&format!("{start}{what}"))), "{what}: {}", run.stderr);
    }
    assert_eq!(run.stderr.lines().count(), 4, "{}", run.stderr);
    assert!(run.stdout.contains("/old"), "{}", run.stdout);
}

/// Made up, with figures of every size.
fn made_up(factor: f64, cold: bool) -> String {
    let figures = |queries: u64, us: f64| {
        let us = us * factor;
        serde_json::json!({"queries": queries, "samples": queries * 5, "p50_us": us, "p95_us": us * 2.5, "p99_us": us * 31.0, "max_us": us * 999.0, "mean_us": us * 1.1})
    };
    let bucket = |from: f64, below: f64, samples: u64| serde_json::json!({"from_us": from, "below_us": below, "samples": samples});
    let query =
        |id: &str, us: f64| serde_json::json!({"id": id, "kind": "word", "lang": "en", "p50_us": us, "hits": 1});
    let throughput = |threads: u64, rate: f64| serde_json::json!({"threads": threads, "queries": 100, "seconds": 100.0 / rate, "queries_per_second": rate});
    serde_json::json!({
        "version": 1, "tradewire": "0.1.0", "mode": if cold { "cold" } else { "warm" },
        "machine": {"os": "linux", "arch": "x86_64", "cores": 2, "cpu": "Some CPU\u{1b}[31m"},
        "index": {"path": "some/index\u{9b}", "format": 3, "fingerprint": "f".repeat(64), "passages": 1_234_567, "documents": 1000, "bytes": 123_456_789},
        "queries": {"sha256": "a".repeat(64), "measured": 1234, "refused": 1, "without_hits": 7},
        "options": {"hits": 10, "plain": cold, "seconds": 5.0, "warm_up_seconds": 1.0},
        "rounds": 5, "overall": figures(1234, 250.0),
        "languages": {"de": figures(1000, 1234.0), "en": figures(200, 99.96), "zh": figures(34, 0.5)},
        "stages": if cold { serde_json::json!({}) } else { serde_json::json!({"compiled": figures(1234, 12.5), "found": figures(1234, 200.0), "printed": figures(1234, 37.5)}) },
        "kinds": {"boolean": figures(1, 99999.0), "words": figures(33, 3.25), "a later kind": figures(1200, 1.0)},
        "throughput": if cold { vec![] } else { vec![throughput(1, 812.3 / factor), throughput(2, 1544.0), throughput(8, 12345.6)] },
        "memory": if cold { serde_json::json!({"p50_bytes": (31_000_000.0 * factor) as u64, "max_bytes": 62_000_000}) } else { serde_json::Value::Null },
        "histogram": [bucket(0.0, 1.0, 3), bucket(100.0, 150.0, 4000), bucket(150.0, 200.0, 0), bucket(200.0, 300.0, 2167)],
        "measured_queries": [query("q1", 100.0 * factor), query("q2", 100.0), query("q\u{7}3", 50.0 / factor)],
        "refused_queries": [{"id": "bad", "line": 3, "reason": "x"}],
    })
    .to_string()
}

#[test]
fn tables() {
    let mut shown = String::new();
    for cold in [false, true] {
        let (old, new) = (made_up(2.0, cold), made_up(1.0, cold));
        let (old, new) = (read_report(old.as_bytes()).unwrap(), read_report(new.as_bytes()).unwrap());
        assert_eq!(find_differences(&new, &old), Vec::<String>::new());
        let comparison = Comparison::new(&new, &old);
        for comparison in [None, Some(&comparison)] {
            for columns in [80, 40] {
                let mut out = Vec::new();
                write_benchmark_table(&new, comparison, columns, &mut out).unwrap();
                let table = String::from_utf8(out).unwrap();
                assert!(table.lines().all(|line| line.width() <= 80), "{table}");
                assert!(!table.contains(|sign: char| sign != '\n' && is_unsafe(sign)));
                if columns == 80 {
                    shown += &format!("{table}\n---\n");
                }
            }
        }
        let mut out = Vec::new();
        write_benchmark_json(&new, Some(&comparison), &mut out).unwrap();
        assert_eq!(read_report(&out).unwrap(), new, "what is written is read back");
    }
    insta::assert_snapshot!("bench_tables", shown);
}

#[test]
fn the_table_has_a_row_for_each_language_and_kind() {
    let workspace = with_four_articles();
    let run = bench(&workspace, QUERIES, &["--threads", "2,"]);
    assert_eq!(run.code, 2, "a list has a number behind each comma");
    let run = bench(&workspace, QUERIES, &["--threads", "2"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let names: Vec<&str> = run.stdout.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let expected = [
        "index",
        "queries",
        "no",
        "machine",
        "tradewire",
        "latency",
        "overall",
        "en",
        "de",
        "ko",
        "zh",
        "und",
        "filter",
        "word",
        "words",
        "phrase",
        "boolean",
        "near",
        "prefix",
        "fuzzy",
        "stage",
        "compiled",
        "found",
        "read",
        "marked",
        "counted",
        "printed",
        "threads",
        "1",
        "2",
        "from",
    ];
    assert_eq!(names[..expected.len()], expected);
}

#[test]
fn messages() {
    let workspace = with_four_articles();
    let version_2 = made_up(1.0, false).replace("\"version\":1", "\"version\":2");
    let no_mode = made_up(1.0, false).replace("\"mode\":", "\"modus\":");
    let files = [
        ("empty", " \n"),
        ("refused", "q1\t(\nq2\t!\n"),
        ("twice", "q1\tharbour\nq1\tport\n"),
        ("no-tab", "q1 harbour\n"),
        ("queries", "q1\tharbour\n"),
        ("version-2.json", &version_2),
        ("no-mode.json", &no_mode),
        ("hits.json", "{\"version\":1,\"results\":[]}\n"),
    ];
    for (name, content) in files {
        workspace.write(name, content);
    }
    let lines: &[&[&str]] = &[
        &[],
        &["--queries", "missing"],
        &["--queries", "."],
        &["--queries", "empty"],
        &["--queries", "refused"],
        &["--queries", "refused", "--cold"],
        &["--queries", "twice"],
        &["--queries", "no-tab"],
        &["--queries", "queries", "--index", "nowhere"],
        &["--queries", "queries", "--threads", "0"],
        &["--queries", "queries", "--threads", "2,x"],
        &["--queries", "queries", "--threads", "2", "--cold"],
        &["--queries", "queries", "--warmup", "2", "--cold"],
        &["--queries", "queries", "--seconds", "soon"],
        &["--queries", "queries", "--seconds", "-1"],
        &["--queries", "queries", "--compare", "missing"],
        &["--queries", "queries", "--compare", "queries"],
        &["--queries", "queries", "--compare", "version-2.json"],
        &["--queries", "queries", "--compare", "no-mode.json"],
        &["--queries", "queries", "--compare", "hits.json"],
        &["--queries", "-", "--compare", "-"],
    ];
    let mut shown = String::new();
    for line in lines {
        let run = workspace.run(&[&["bench"], *line].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{line:?}");
        shown += &format!("$ tradewire bench {}\n{}\n", line.join(" "), run.stderr);
    }
    insta::assert_snapshot!("bench_messages", shown.replace(&workspace.path().display().to_string(), "[DIR]"));
}

#[test]
fn nothing_from_the_files_reaches_the_terminal_as_it_is() {
    const HOSTILE: &str = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}";
    let workspace = with_four_articles();
    let queries = format!("q{HOSTILE}\tharbour {HOSTILE}\nr{HOSTILE}\t\"{HOSTILE}\nn\tx\0y\n");
    let old = bench(&workspace, "q1\tharbour\n", &["--format", "json"]).stdout;
    let mut old: serde_json::Value = serde_json::from_str(&old).unwrap();
    old["measured_queries"][0]["id"] = format!("q{HOSTILE}").into();
    old["machine"]["cpu"] = HOSTILE.into();
    old["queries"]["sha256"] = HOSTILE.into();
    workspace.write("old", old.to_string());
    workspace.write("bad", format!("{{\"version\":1,\"mode\":{}}}", serde_json::json!(HOSTILE)));
    for options in [&["--compare", "old"][..], &["--format", "json"], &["--compare", "bad"], &["--cold"]] {
        let run = bench(&workspace, &queries, options);
        assert_eq!(run.code, 2);
        let shown = run.stdout + &run.stderr;
        assert!(shown.contains('x') && !shown.contains(|sign: char| sign != '\n' && is_unsafe(sign)), "{shown:?}");
    }
}
