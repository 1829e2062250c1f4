//! Options of stories: what is kept of a document to know its copies by, and when two are of one story.
//!
//! In: the table `[stories]` of `default.toml`. Out: numbers within their bounds. Invariant: what decides the bytes on disk is
//! in [`StoryOptions::of_sketches`] and so in the fingerprint; the rest only decides how they are compared.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// Hashes of a document that are kept at most.
const MAX_SKETCH: usize = 1024;
/// Units of a shingle at most.
const MAX_SHINGLE: usize = 20;

/// What is kept of a document to know its copies by, and what makes them copies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryOptions {
    /// Units in a shingle that begins with a word.
    pub words: usize,
    /// Units in a shingle that begins with a CJK character.
    pub characters: usize,
    /// Hashes of shingles that are kept of a document at most.
    pub sketch: usize,
    /// Documents with fewer different shingles are in no story; at most `sketch`.
    pub shortest: usize,
    /// Share of the shorter document's shingles that the longer must have.
    pub shared: f64,
    /// Share of the longer document's number of shingles that the shorter must have.
    pub length: f64,
    /// The number of its smallest hashes that a document is looked up by: documents that share one are compared.
    pub probes: usize,
    /// The greatest number of documents sharing a hash that each is compared with.
    pub neighbours: usize,
}

impl StoryOptions {
    pub(crate) fn check(&self) -> Result<()> {
        let StoryOptions { words, characters, sketch, shortest, shared, length, probes, neighbours } = *self;
        if !(1..=MAX_SHINGLE).contains(&words) || !(1..=MAX_SHINGLE).contains(&characters) {
            bail!(
                "[stories] in default.toml: expected shingles of 1 to {MAX_SHINGLE} units, found words = {words}, characters = {characters}"
            );
        }
        if shortest == 0 || shortest > sketch || sketch > MAX_SKETCH {
            bail!(
                "[stories] in default.toml: expected 1 <= shortest <= sketch <= {MAX_SKETCH}, found shortest = {shortest}, sketch = {sketch}"
            );
        }
        for (key, share) in [("shared", shared), ("length", length)] {
            if !(0.01..=1.0).contains(&share) {
                bail!("[stories] {key} = {share} in default.toml: expected a number from 0.01 to 1");
            }
        }
        for (key, number) in [("probes", probes), ("neighbours", neighbours)] {
            if !(1..=MAX_SKETCH).contains(&number) {
                bail!("[stories] {key} = {number} in default.toml: expected a number from 1 to {MAX_SKETCH}");
            }
        }
        Ok(())
    }

    /// The numbers that decide what is kept of a document.
    pub(crate) fn of_sketches(&self) -> [usize; 4] {
        [self.words, self.characters, self.sketch, self.shortest]
    }
}
