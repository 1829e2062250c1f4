//! The result of `tradewire verify`, for reading and as JSON.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use tradewire::index_types::{Finding, Verification};
use tradewire::output::{escape_json, one_line};

/// A verification, and the command that repairs a damaged index; later versions only add keys.
#[derive(Serialize)]
struct VerificationRecord<'a> {
    #[serde(flatten)]
    found: &'a Verification,
    mend_command: &'a str,
}

/// Writes a verification as one JSON object.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(crate) fn write_verification_json(found: &Verification, mend_command: &str, out: &mut dyn Write) -> Result<()> {
    let record = VerificationRecord { found, mend_command };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))?;
    Ok(())
}

/// Writes a line for each figure and each finding, and what to do.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(crate) fn write_verification_lines(found: &Verification, mend_command: &str, out: &mut dyn Write) -> Result<()> {
    let mut line = |text: &str| writeln!(out, "{}", one_line(text));
    line(&format!("files      {} with {} bytes", found.files, found.bytes))?;
    // Records of damaged files are not read.
    if found.documents > 0 || found.is_whole() {
        line(&format!("documents  {} in {} passages", found.documents, found.passages))?;
        line(&format!("           {} duplicated, {} incomplete", found.documents_doubled, found.documents_incomplete))?;
    }
    for Finding { place, reason, .. } in &found.noted {
        line(&format!("note       {place} {reason}"))?;
    }
    for Finding { place, reason, .. } in &found.damaged {
        line(&format!("damaged    {place} {reason}"))?;
    }
    if found.omitted > 0 {
        line(&format!("           and {} more", found.omitted))?;
    }
    if found.is_whole() {
        line("nothing is damaged")?;
    } else {
        line(&format!("to repair it: {}", mend_command))?;
    }
    Ok(())
}
