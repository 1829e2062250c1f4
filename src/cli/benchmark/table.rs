//! The output of a benchmark: tables for reading, or one JSON object. Later versions of the object only add keys.

use std::io::Write;

use anyhow::Result;
use indicatif::{HumanBytes, HumanCount};
use serde::Serialize;

use super::chart::write_histogram;
use super::figure::{duration, rate, ratio};
use super::{Comparison, LatencyFigures, LatencyRatios, QueryKind, QueryRatio, Report, STAGES};
use tradewire::Language;
use tradewire::output::{escape_json, one_line};

/// The width, in columns, of the names of facts.
const FACT_WIDTH: usize = 10;
/// The width, in columns, of the names of languages and kinds.
const NAME_WIDTH: usize = 8;
/// The heading of the ratios to the old figures.
const BY_OLD: &str = "/old";

/// Writes a report as tables: the setting, latencies overall, by language, by kind and by stage, throughput, memory and a histogram. Lines
/// are `columns` wide; the tables need 80. With a comparison, each figure has its ratio to the old one beside it, and the
/// queries that changed most come last.
///
/// # Errors
///
/// When the output cannot be written to.
pub(crate) fn write_benchmark_table(
    report: &Report,
    comparison: Option<&Comparison>,
    columns: usize,
    out: &mut dyn Write,
) -> Result<()> {
    write_facts(report, out)?;
    write_latencies(report, comparison, out)?;
    write_throughput(report, comparison, out)?;
    write_histogram(&report.histogram, columns, out)?;
    if let Some(comparison) = comparison {
        write_changes("slower", &comparison.slower, out)?;
        write_changes("faster", &comparison.faster, out)?;
    }
    Ok(())
}

fn write_facts(report: &Report, out: &mut dyn Write) -> Result<()> {
    let Report { machine, index, queries, options, .. } = report;
    let mut fact = |name: &str, value: &str| writeln!(out, "{name:<FACT_WIDTH$} {}", one_line(value));
    let (passages, bytes) = (HumanCount(index.passages), HumanBytes(index.bytes));
    fact("index", &format!("{}: {passages} passages, {bytes}", index.path))?;
    let (measured, plain) = (HumanCount(queries.measured as u64), if options.plain { ", as plain words" } else { "" });
    let (rounds, hits) = (HumanCount(report.rounds), HumanCount(options.hits as u64));
    fact("queries", &format!("{measured}, each {rounds} times, with up to {hits} hits{plain}"))?;
    if queries.refused > 0 {
        fact("refused", &HumanCount(queries.refused as u64).to_string())?;
    }
    fact("no hits", &format!("{} of {measured}", HumanCount(queries.without_hits as u64)))?;
    let cpu = machine.cpu.as_ref().map(|cpu| format!(", {cpu}")).unwrap_or_default();
    let cores = if machine.cores == 1 { "core" } else { "cores" };
    fact("machine", &format!("{} {cores}{cpu}, {} {}", machine.cores, machine.os, machine.arch))?;
    fact("tradewire", &format!("{}, {}", report.tradewire, report.mode.name()))?;
    Ok(())
}

fn write_latencies(report: &Report, comparison: Option<&Comparison>, out: &mut dyn Write) -> Result<()> {
    write_heading("latency", comparison, out)?;
    write_row("overall", &report.overall, comparison.map(|comparison| &comparison.overall), out)?;
    for lang in Language::ALL.map(Language::code) {
        if let Some(figures) = report.languages.get(lang) {
            write_row(lang, figures, comparison.and_then(|comparison| comparison.languages.get(lang)), out)?;
        }
    }
    for kind in QueryKind::ALL.map(QueryKind::name) {
        if let Some(figures) = report.kinds.get(kind) {
            write_row(kind, figures, comparison.and_then(|comparison| comparison.kinds.get(kind)), out)?;
        }
    }
    if !report.stages.is_empty() {
        write_heading("stage", comparison, out)?;
    }
    for stage in STAGES {
        if let Some(figures) = report.stages.get(stage) {
            write_row(stage, figures, comparison.and_then(|comparison| comparison.stages.get(stage)), out)?;
        }
    }
    if let Some(memory) = report.memory {
        let ratios = comparison.and_then(|comparison| comparison.memory);
        let ratio = |of: Option<f64>| if ratios.is_some() { format!(" {}", ratio(of)) } else { String::new() };
        let (p50, p50_ratio) = (HumanBytes(memory.p50_bytes), ratio(ratios.and_then(|ratios| ratios.p50)));
        let (max, max_ratio) = (HumanBytes(memory.max_bytes), ratio(ratios.and_then(|ratios| ratios.max)));
        writeln!(out, "\nmemory of a process at its peak: p50 {p50}{p50_ratio}, max {max}{max_ratio}")?;
    }
    Ok(())
}

fn write_heading(name: &str, comparison: Option<&Comparison>, out: &mut dyn Write) -> Result<()> {
    writeln!(out)?;
    write!(out, "{name:<NAME_WIDTH$}{:>7}", "queries")?;
    for name in ["p50", "p95", "p99", "max", "mean"] {
        write_cell(name, comparison.map(|_| BY_OLD), out)?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_row(name: &str, of: &LatencyFigures, ratios: Option<&LatencyRatios>, out: &mut dyn Write) -> Result<()> {
    write!(out, "{name:<NAME_WIDTH$}{:>7}", of.queries)?;
    let cells = [
        (of.p50_us, ratios.map(|ratios| ratios.p50)),
        (of.p95_us, ratios.map(|ratios| ratios.p95)),
        (of.p99_us, ratios.map(|ratios| ratios.p99)),
        (of.max_us, ratios.map(|ratios| ratios.max)),
        (of.mean_us, ratios.map(|ratios| ratios.mean)),
    ];
    for (microseconds, of_old) in cells {
        write_cell(&duration(microseconds), of_old.map(ratio).as_deref(), out)?;
    }
    writeln!(out)?;
    Ok(())
}

/// Writes a figure as one column; with a comparison, as two narrower columns.
fn write_cell(figure: &str, beside: Option<&str>, out: &mut dyn Write) -> Result<()> {
    match beside {
        Some(beside) => write!(out, "{figure:>8}{beside:>5}")?,
        None => write!(out, "{figure:>10}")?,
    }
    Ok(())
}

fn write_throughput(report: &Report, comparison: Option<&Comparison>, out: &mut dyn Write) -> Result<()> {
    let Some(one) = report.throughput.first() else {
        return Ok(());
    };
    let header = if comparison.is_some() { format!("  {BY_OLD:>5}") } else { String::new() };
    writeln!(out, "\nthreads  queries/s{header}  /one thread")?;
    for (at, throughput) in report.throughput.iter().enumerate() {
        let of_old = comparison.and_then(|comparison| comparison.throughput.get(at)).and_then(|old| old.ratio);
        let of_old = if comparison.is_some() { format!("  {:>5}", ratio(of_old)) } else { String::new() };
        let speed = rate(throughput.queries_per_second);
        let by_one = ratio(Some(throughput.queries_per_second / one.queries_per_second));
        writeln!(out, "{:>7}  {speed:>9}{of_old}  {by_one:>11}", throughput.threads)?;
    }
    Ok(())
}

fn write_changes(how: &str, changes: &[QueryRatio], out: &mut dyn Write) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BY_OLD:>5}       p50  queries that became {how} most")?;
    for change in changes {
        writeln!(out, "{:>5}  {:>8}  {}", ratio(Some(change.ratio)), duration(change.new_us), one_line(&change.id))?;
    }
    Ok(())
}

/// Writes a report as one JSON object, with the ratios under a key of their own if there is a comparison.
///
/// # Errors
///
/// When the output cannot be written to.
pub(crate) fn write_benchmark_json(
    report: &Report,
    comparison: Option<&Comparison>,
    out: &mut dyn Write,
) -> Result<()> {
    let record = BenchmarkRecord { report, ratios: comparison };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))?;
    Ok(())
}

#[derive(Serialize)]
struct BenchmarkRecord<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratios: Option<&'a Comparison>,
}
