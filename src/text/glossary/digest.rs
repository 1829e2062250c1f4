//! What of the tables decides which countries a text names, as one number: part of an index's fingerprint.
//!
//! Of the tables in the binary the build script makes it, so this file knows nothing of the crate.

use sha2::{Digest, Sha256};

use super::layout::{Line, lines};

/// True for a line that decides which countries a text names: by naming one, or by seeming to.
pub(crate) fn has_countries(line: Line<'_>) -> bool {
    let names_one = line.cells().nth(2).is_some_and(|countries| !countries.trim().is_empty());
    names_one || matches!(line.kind(), "not" | "company" | "place" | "region")
}

/// A hexadecimal SHA-256 over these lines, in the order of the tables.
pub(crate) fn countries_digest(tables: &[&str]) -> String {
    let mut digest = Sha256::new();
    for line in tables.iter().flat_map(|table| lines(table)).filter(|line| has_countries(*line)) {
        digest.update(line.text);
        digest.update(b"\n");
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
