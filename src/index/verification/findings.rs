//! The result of a verification: what was read, and what is damaged.

use serde::Serialize;

use crate::error::Remedy;

/// Findings that are listed; more are only counted.
const MAX_FINDINGS: usize = 1000;

/// A finding of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, or the document in quotes.
    pub place: String,
    /// The damage, or the oddity.
    pub reason: String,
    /// What mends it, where that is not said of the whole index.
    #[serde(skip)]
    pub remedy: Option<Remedy>,
}

/// The result of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Files that were read.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Documents whose records were read.
    pub documents: u64,
    /// Passages whose records were read.
    pub passages: u64,
    /// Documents that are there more than once.
    pub documents_doubled: u64,
    /// Documents with a passage missing.
    pub documents_incomplete: u64,
    /// Findings of damage.
    pub damaged: Vec<Finding>,
    /// The number of findings that are not listed.
    pub omitted: u64,
    /// Findings that harm nothing.
    pub noted: Vec<Finding>,
    /// What mends a damaged index; `None` before everything was checked.
    #[serde(skip)]
    pub remedy: Option<Remedy>,
}

impl Verification {
    /// True if nothing is damaged.
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty()
    }

    pub(super) fn damage(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        if self.damaged.len() < MAX_FINDINGS {
            self.damaged.push(Finding { place: place.into(), reason: reason.into(), remedy: None });
        } else {
            self.omitted += 1;
        }
    }

    pub(super) fn note(&mut self, place: impl Into<String>, reason: &str, remedy: Option<Remedy>) {
        if self.noted.len() < MAX_FINDINGS {
            self.noted.push(Finding { place: place.into(), reason: reason.to_owned(), remedy });
        }
    }
}
