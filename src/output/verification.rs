//! What was found in an index, as JSON.

use std::io::Write;

use anyhow::Result;

use crate::index::Verification;
use crate::output::safe::escape_json;

/// One JSON object.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_verification_json(found: &Verification, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(found)?))?;
    Ok(())
}
