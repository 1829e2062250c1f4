//! Limits of reading: how much of one file is taken in, so that no file fills memory or takes for ever.
//!
//! In: the table `[limits]` of `default.toml`, and `NAME=VALUE` from the command line. Out: numbers above zero. Invariant: a
//! limit decides no token, so none is part of the fingerprint; a file is read again when one has changed.

use anyhow::{Result, bail};
use serde::{Deserialize, Deserializer, Serialize};

/// Limits of reading. What is beyond a limit is reported and skipped; what follows it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one document's text, of one line of JSON Lines, one record of JSON and one row of a table.
    #[serde(deserialize_with = "size")]
    pub document: usize,
    /// Bytes of one HTML page or feed, before its text is taken out.
    #[serde(deserialize_with = "size")]
    pub markup: usize,
    /// Elements inside each other in markup.
    pub markup_depth: usize,
    /// Bytes that one packed byte may become, beyond `unpack_start`.
    pub unpack_ratio: u64,
    /// Bytes that may be unpacked from a file, however small it is.
    #[serde(deserialize_with = "size")]
    pub unpack_start: u64,
    /// Entries of one archive.
    pub archive_entries: u64,
    /// How often something may be packed: `a.txt.gz` once, in an archive twice.
    pub archive_depth: usize,
}

/// The keys of `[limits]`.
const NAMES: [&str; 7] =
    ["document", "markup", "markup_depth", "unpack_ratio", "unpack_start", "archive_entries", "archive_depth"];
/// Units of sizes. Powers of 1024 for both spellings, as they mostly are.
const UNITS: [(&str, u64); 7] =
    [("", 1), ("kib", 1 << 10), ("kb", 1 << 10), ("mib", 1 << 20), ("mb", 1 << 20), ("gib", 1 << 30), ("gb", 1 << 30)];
/// So much no text, line or page may be allowed to have: positions in a passage are 32 bits wide.
const MAX_BYTES: u64 = 1 << 30;

impl Limits {
    /// Sets one limit from `NAME=VALUE`, as the command line has it: a number, or a size like `64MiB`.
    ///
    /// # Errors
    ///
    /// When there is no such limit, or the value is not a number above zero that it may have; says what was expected.
    pub fn set(&mut self, assignment: &str) -> Result<()> {
        let Some((name, value)) = assignment.split_once('=') else {
            bail!("`{assignment}` is not a limit, expected NAME=VALUE, such as document=64MiB");
        };
        let name = name.trim();
        let Some(number) = parse_size(value) else {
            bail!("`{value}` is not a value for the limit `{name}`, expected a whole number or a size like 64MiB");
        };
        let length = usize::try_from(number).unwrap_or(usize::MAX);
        let mut changed = *self;
        match name {
            "document" => changed.document = length,
            "markup" => changed.markup = length,
            "markup_depth" => changed.markup_depth = length,
            "unpack_ratio" => changed.unpack_ratio = number,
            "unpack_start" => changed.unpack_start = number,
            "archive_entries" => changed.archive_entries = number,
            "archive_depth" => changed.archive_depth = length,
            _ => bail!("there is no limit `{name}`, expected one of {}", NAMES.join(", ")),
        }
        changed.check()?;
        *self = changed;
        Ok(())
    }

    pub(super) fn check(&self) -> Result<()> {
        let Limits { document, markup, markup_depth, unpack_ratio, unpack_start, archive_entries, archive_depth } =
            *self;
        let numbers = [
            ("document", document as u64, MAX_BYTES),
            ("markup", markup as u64, MAX_BYTES),
            ("markup_depth", markup_depth as u64, 100_000),
            ("unpack_ratio", unpack_ratio, 1 << 30),
            ("unpack_start", unpack_start, 1 << 50),
            ("archive_entries", archive_entries, 1 << 32),
            ("archive_depth", archive_depth as u64, 16),
        ];
        for (name, number, most) in numbers {
            if !(1..=most).contains(&number) {
                bail!("[limits] {name} = {number}: expected a number from 1 to {most}");
            }
        }
        Ok(())
    }
}

/// Bytes, in the largest unit that leaves a whole number.
pub(crate) fn size_text(bytes: u64) -> String {
    match bytes {
        _ if bytes >= 1 << 30 && bytes.is_multiple_of(1 << 30) => format!("{} GiB", bytes >> 30),
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let unit = text[digits..].trim().to_ascii_lowercase();
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
    text[..digits].parse::<u64>().ok()?.checked_mul(*factor)
}

/// A number of bytes, or a text like `16 MiB`.
fn size<'de, D: Deserializer<'de>, N: TryFrom<u64>>(deserializer: D) -> Result<N, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected a whole number, or a size like \"16 MiB\"")]
    enum Size {
        Bytes(u64),
        Text(String),
    }
    let bytes = match Size::deserialize(deserializer)? {
        Size::Bytes(bytes) => Some(bytes),
        Size::Text(text) => parse_size(&text),
    };
    bytes
        .and_then(|bytes| N::try_from(bytes).ok())
        .ok_or_else(|| serde::de::Error::custom("expected a whole number, or a size like \"16 MiB\""))
}
