//! The lines of a text file, and errors that name a line.

use std::fmt;

/// The most characters of a line that a message quotes.
const QUOTED: usize = 60;

/// An error in a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// The line number, from 1.
    pub line: usize,
    /// The error: what was expected, what was found, and what to do.
    pub reason: String,
}

impl LineError {
    pub(super) fn new(line: usize, reason: impl Into<String>) -> LineError {
        LineError { line, reason: reason.into() }
    }
}

/// `LINE: REASON`, to be put after the name of the file and a colon.
impl fmt::Display for LineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.line, self.reason)
    }
}

impl std::error::Error for LineError {}

/// The lines that are not blank, with their numbers from 1, without line ends and byte order marks.
pub(super) fn filled_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split('\n').zip(1..);
    lines
        .map(|(line, number)| (number, line.trim_end_matches('\r').trim_start_matches('\u{FEFF}')))
        .filter(|(_, line)| !line.trim().is_empty())
}

/// The beginning of a text, quoted in a message.
pub(super) fn beginning(text: &str) -> String {
    let mut characters = text.chars();
    let mut beginning: String = characters.by_ref().take(QUOTED).collect();
    if characters.next().is_some() {
        beginning.push('…');
    }
    beginning
}
