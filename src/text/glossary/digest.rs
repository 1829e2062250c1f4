//! Digests of the glossary lines that decide which countries and which concepts a text names: part of an index's fingerprint.
//!
//! The build script computes it for the built-in tables and compiles this file too, so it uses nothing else of the crate.

use sha2::{Digest, Sha256};

use super::layout::{Line, lines};

/// True for a line that decides which countries a text mentions: its concept has a country, or its names may contain that of one.
pub(crate) fn has_countries(line: Line<'_>) -> bool {
    let names_one = line.cells().nth(2).is_some_and(|countries| !countries.trim().is_empty());
    names_one || matches!(line.kind(), "not" | "company" | "place" | "region")
}

/// The digest of the lines with [`has_countries`], in the order of the tables: a SHA-256, in hexadecimal.
pub(crate) fn countries_digest(tables: &[&str]) -> String {
    digest_of(tables, has_countries)
}

/// True for a line with a concept that documents can be filtered by.
pub(crate) fn is_filtered_by(line: Line<'_>) -> bool {
    !matches!(line.kind(), "short" | "not" | "country" | "demonym" | "spelling")
}

/// The digest of the lines with [`is_filtered_by`], likewise.
pub(crate) fn concepts_digest(tables: &[&str]) -> String {
    digest_of(tables, is_filtered_by)
}

fn digest_of(tables: &[&str], counts: fn(Line<'_>) -> bool) -> String {
    let mut digest = Sha256::new();
    for line in tables.iter().flat_map(|table| lines(table)).filter(|line| counts(*line)) {
        digest.update(line.text);
        digest.update(b"\n");
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
