//! What an indexing run did, as one JSON object for programs.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::index::Report;
use crate::ingest::{Advice, Problem, ProblemKind};
use crate::output::safe::escape_json;

/// Problems of each kind that are kept; more are only counted.
const MAX_PROBLEMS: usize = 10_000;

/// The problems of a run, as they come.
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
    /// Keeps a problem, or counts it where there are too many of its kind. `words` says what a user can do about it.
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

/// The object; later versions only add keys.
#[derive(Serialize)]
struct RunReport<'a> {
    version: u32,
    index: &'a str,
    outcome: &'a str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    seconds: f64,
    bytes: u64,
    documents: Documents,
    passages: u64,
    files: Files,
    /// Texts by the encoding that they were read in.
    encodings: &'a BTreeMap<&'static str, u64>,
    /// Sequences of bytes that no character could be made of.
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

/// Writes the report of a run over the index in a folder; `error` is why it failed, if it did, and the report then of nothing.
///
/// # Errors
///
/// When `out` cannot be written to.
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
