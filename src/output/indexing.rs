//! The JSON report of an indexing run.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::index::Report;
use crate::ingest::{Advice, Problem, ProblemKind};
use crate::output::safe::escape_json;

/// The most problems of each kind that are listed; further ones are only counted.
const MAX_PROBLEMS: usize = 10_000;

/// The problems of an indexing run, by kind.
#[derive(Debug, Default)]
pub struct ProblemLists {
    failed: Vec<Entry>,
    noted: Vec<Entry>,
    skipped: Vec<Entry>,
    omitted: u64,
}

#[derive(Debug, Serialize)]
struct Entry {
    place: String,
    reason: String,
}

impl ProblemLists {
    /// Adds a problem, or only counts it if there are too many of its kind. `words` words the advice for the user.
    pub fn push(&mut self, problem: &Problem, words: &dyn Fn(Advice) -> String) {
        let list = match problem.kind {
            ProblemKind::Lost => &mut self.failed,
            ProblemKind::Noted => &mut self.noted,
            ProblemKind::Skipped => &mut self.skipped,
        };
        if list.len() < MAX_PROBLEMS {
            list.push(Entry { place: problem.place.clone(), reason: problem.reason.worded(words) });
        } else {
            self.omitted += 1;
        }
    }
}

/// The JSON object; later versions only add keys.
#[derive(Serialize)]
struct RunReport<'a> {
    version: u32,
    index: &'a str,
    outcome: &'a str,
    /// The error of a failed run.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    seconds: f64,
    bytes: u64,
    documents: Documents,
    passages: u64,
    files: Files,
    /// Numbers of texts by encoding.
    encodings: &'a BTreeMap<&'static str, u64>,
    /// The number of byte sequences that are no character of the encoding.
    undecodable: u64,
    failed: &'a [Entry],
    noted: &'a [Entry],
    skipped: &'a [Entry],
    omitted: u64,
}

#[derive(Serialize)]
struct Documents {
    indexed: u64,
    unchanged: u64,
    removed: u64,
    superseding: u64,
}

#[derive(Serialize)]
struct Files {
    read: u64,
    unchanged: u64,
    skipped: u64,
    failed: u64,
}

/// Writes the JSON report of a run over the index in the folder `index`. For a failed run, `error` is its error and `report` is
/// empty.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_run_report(
    report: &Report,
    problems: &ProblemLists,
    index: &str,
    seconds: f64,
    error: Option<&str>,
    out: &mut dyn Write,
) -> Result<()> {
    let object = RunReport {
        version: 1,
        index,
        outcome: if error.is_some() { "failed" } else { report.outcome.name() },
        error,
        seconds,
        bytes: report.bytes,
        documents: Documents {
            indexed: report.documents,
            unchanged: report.unchanged,
            removed: report.removed,
            superseding: report.superseding,
        },
        passages: report.passages,
        files: Files {
            read: report.files.read,
            unchanged: report.files.unchanged,
            skipped: report.skipped,
            failed: report.files.failed,
        },
        encodings: &report.encodings,
        undecodable: report.undecodable,
        failed: &problems.failed,
        noted: &problems.noted,
        skipped: &problems.skipped,
        omitted: problems.omitted,
    };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&object)?))?;
    Ok(())
}
