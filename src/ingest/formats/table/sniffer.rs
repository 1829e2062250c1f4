//! Detection of the dialect of a table, by what the rows are like then; the ending of the file decides only where they leave it
//! open.

use crate::ingest::formats::format::InputFormat;
use crate::ingest::formats::table::cell;
use crate::ingest::formats::table::dialect::{DRAWN, Dialect, is_drawn_line};
use crate::ingest::formats::table::heading::{Headings, find_heading};
use crate::ingest::formats::table::sample::Sample;

/// Lines up to the first that is drawn.
const MAX_LINES_TO_RULE: usize = 8;
/// Rows by which a delimiter is chosen.
const MAX_ROWS: usize = 60;

impl Dialect {
    /// The dialect of a table that begins with this text; `is_whole` if it is all of it.
    pub(crate) fn of(text: &[u8], is_whole: bool, format: InputFormat, headings: Headings<'_>) -> Dialect {
        if let Some(delimiter) = stated_delimiter(text) {
            return Dialect::with(text, delimiter);
        }
        let delimiters = match format {
            InputFormat::Tsv => [b'\t', b',', b';', b'|'],
            _ => [b',', b';', b'\t', b'|'],
        };
        let fits = delimiters.map(|delimiter| {
            let dialect = Dialect::with(text, delimiter);
            (dialect, Fit::of(text, is_whole, dialect, headings))
        });
        // Of two that fit as well, the first.
        let better = |best: (Dialect, Fit), next: (Dialect, Fit)| if next.1.exceeds(&best.1) { next } else { best };
        let [first, others @ ..] = fits;
        others.into_iter().fold(first, better).0
    }

    fn with(text: &[u8], delimiter: u8) -> Dialect {
        Dialect { delimiter, escapes: has_escapes(text, delimiter), is_drawn: is_drawn(text, delimiter) }
    }
}

/// The delimiter that the first line states, as Excel reads it: `sep=;`.
pub(crate) fn stated_delimiter(text: &[u8]) -> Option<u8> {
    let line = text.trim_ascii_start().split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line.split_at_checked(4) {
        Some((name, &[delimiter])) if name.eq_ignore_ascii_case(b"sep=") && delimiter.is_ascii() => Some(delimiter),
        _ => None,
    }
}

/// How well a delimiter fits the first rows.
struct Fit {
    /// Columns whose heading is known.
    known: usize,
    /// The higher, the more rows are alike and the more fields are whole values.
    score: f64,
}

impl Fit {
    fn of(text: &[u8], is_whole: bool, dialect: Dialect, headings: Headings<'_>) -> Fit {
        let sample = Sample::new(text, is_whole, dialect, MAX_ROWS);
        let heading = find_heading(&sample.rows, headings);
        let share = match heading {
            Some(heading) => sample.share_of_width(heading.row + 1, sample.rows[heading.row].len()),
            None => sample.share_of_columns(),
        };
        let cells: Vec<&str> = sample.rows.iter().flatten().map(|cell| cell.trim()).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count().max(1);
        let typed = cells.iter().filter(|cell| cell::is_value(cell)).count();
        // No cell has a tab in it.
        let tabs = cells.iter().filter(|cell| cell.contains('\t')).count();
        let faults = faults(text, dialect) as f64 / sample.rows.len().max(1) as f64;
        Fit {
            known: heading.map_or(0, |heading| heading.known),
            score: share - 0.5 * faults.min(1.0) - tabs as f64 / filled as f64 + 0.5 * typed as f64 / filled as f64,
        }
    }

    fn exceeds(&self, other: &Fit) -> bool {
        (self.known, self.score) > (other.known, other.score)
    }
}

/// True for a table with a line under its heading or over it.
fn is_drawn(text: &[u8], delimiter: u8) -> bool {
    let mut lines =
        text.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).take(MAX_LINES_TO_RULE);
    delimiter == DRAWN && lines.any(is_drawn_line)
}

/// True if `\"` is a mark within a text: where it is not, the rows are the worse for taking it so.
fn has_escapes(text: &[u8], delimiter: u8) -> bool {
    let is_end = |byte: u8| byte == delimiter || matches!(byte, b'\r' | b'\n' | b'"');
    let mut marks = memchr::memmem::find_iter(text, b"\\\"").peekable();
    if marks.peek().is_none() {
        return false;
    }
    let [with, without] = [true, false].map(|escapes| faults(text, Dialect { delimiter, escapes, is_drawn: false }));
    let within_text = marks.any(|at| text.get(at + 2).is_some_and(|&next| !is_end(next)));
    with < without || with == without && within_text
}

/// The number of quotation marks that are none of a quotation, and no text that is escaped.
fn faults(text: &[u8], dialect: Dialect) -> usize {
    enum State {
        FieldStart,
        Field,
        Quoted,
        Mark,
    }
    let is_end = |byte: u8| byte == dialect.delimiter || matches!(byte, b'\r' | b'\n');
    let (mut state, mut count, mut is_escaped) = (State::FieldStart, 0, false);
    for &byte in text {
        if std::mem::take(&mut is_escaped) {
            state = if matches!(state, State::Quoted) { State::Quoted } else { State::Field };
            continue;
        }
        is_escaped = dialect.escapes && byte == b'\\';
        state = match state {
            State::FieldStart if byte == b'"' => State::Quoted,
            State::Quoted if byte == b'"' => State::Mark,
            State::Quoted => State::Quoted,
            State::Mark if byte == b'"' => State::Quoted,
            State::FieldStart | State::Field | State::Mark if is_end(byte) => State::FieldStart,
            State::Mark => {
                count += 1;
                State::Field
            }
            State::FieldStart | State::Field => {
                count += usize::from(byte == b'"');
                State::Field
            }
        };
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_escapes_where_rows_need_it() {
        for (text, expected) in [
            (r#"a,"he said \"yes, now\" twice",b"#, true),
            (r#"a,5\" pipe,b"#, true),
            (r#""C:\","b""#, false),
            (r#"a,"x \""y"" z",b"#, false),
            (r#"a,"x ""y"" z",b"#, false),
            (r#""a\\","b \"c\"""#, true),
        ] {
            assert_eq!(has_escapes(text.as_bytes(), b','), expected, "{text}");
        }
    }

    #[test]
    fn a_line_states_the_delimiter() {
        for (text, expected) in [
            ("sep=;\r\na;b", Some(b';')),
            ("SEP=|\na|b", Some(b'|')),
            ("\"sep=\t\"\na", Some(b'\t')),
            ("sep=", None),
            ("sep=;;\n", None),
            ("separator,b", None),
        ] {
            assert_eq!(stated_delimiter(text.as_bytes()), expected, "{text:?}");
        }
    }
}
