//! What was found in an index, for reading.

use std::io::Write;

use anyhow::Result;
use tradewire::internals::index::{Finding, Verification};
use tradewire::internals::output::one_line;

/// A line for each figure and each finding, and what to do.
///
/// # Errors
///
/// When `out` cannot be written to.
pub(crate) fn write_verification_lines(found: &Verification, out: &mut dyn Write) -> Result<()> {
    let mut line = |text: &str| writeln!(out, "{}", one_line(text));
    line(&format!("files      {} with {} bytes", found.files, found.bytes))?;
    // Records of damaged files are not read.
    if found.documents > 0 || found.is_whole() {
        line(&format!("documents  {} in {} passages", found.documents, found.passages))?;
        line(&format!("           {} doubled, {} incomplete", found.documents_doubled, found.documents_incomplete))?;
    }
    for Finding { place, reason } in &found.noted {
        line(&format!("note       {place} {reason}"))?;
    }
    for Finding { place, reason } in &found.damaged {
        line(&format!("damaged    {place} {reason}"))?;
    }
    if found.omitted > 0 {
        line(&format!("           and {} more", found.omitted))?;
    }
    if found.is_whole() {
        line("nothing is damaged")?;
    } else {
        line(&format!("this mends it: {}", found.mend_command))?;
    }
    Ok(())
}
