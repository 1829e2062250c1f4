//! Abbreviations: words after which a full stop ends no sentence.

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

use anyhow::{Result, bail};

/// The name of the list in the configuration.
pub(crate) const FILE: &str = "abbreviations.txt";
/// The list that is compiled in.
pub(crate) const BUILTIN: &str = include_str!("../../../index-config/abbreviations.txt");

/// A list of abbreviations, parsed on first use: one on each line, in the case in which it is written and without its full stop.
/// Blank lines and lines that begin with `#` are skipped.
#[derive(Debug)]
pub(crate) struct Abbreviations {
    text: String,
    words: OnceLock<BTreeSet<String>>,
}

impl Abbreviations {
    pub(crate) fn new(text: String) -> Abbreviations {
        Abbreviations { text, words: OnceLock::new() }
    }

    /// The list that is compiled in, by which fragments of hits are cut: they are shown alike whatever the index knows.
    pub(crate) fn builtin() -> &'static Abbreviations {
        static LIST: LazyLock<Abbreviations> = LazyLock::new(|| Abbreviations::new(BUILTIN.to_owned()));
        &LIST
    }

    /// True if a full stop after the word ends no sentence. The word is what stands before the stop, up to the last character that
    /// is neither letter nor digit.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words().contains(word)
    }

    /// Checks that each entry is a single word, since nothing else is ever looked up.
    ///
    /// # Errors
    ///
    /// Names file, line and entry.
    pub(crate) fn check(&self) -> Result<()> {
        for (line, entry) in entries(&self.text) {
            if !entry.chars().all(char::is_alphanumeric) {
                bail!(
                    "line {line} of {FILE}: expected one word of letters and digits, without its full stop, found `{entry}`"
                );
            }
        }
        Ok(())
    }

    /// The words, for an index's fingerprint: they decide where the sentences of its texts begin.
    pub(crate) fn words(&self) -> &BTreeSet<String> {
        self.words.get_or_init(|| entries(&self.text).map(|(_, entry)| entry.to_owned()).collect())
    }
}

/// The entries of a list with the numbers of their lines, from 1.
fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
