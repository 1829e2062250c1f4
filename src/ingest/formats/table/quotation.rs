//! Stray quotation marks of a table, which begin a quotation without an end: they would take in all rows up to the next mark.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// A quotation mark that begins a field and is none of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stray {
    /// The byte of the row where it stands.
    pub(crate) at: usize,
    /// True if the input ends inside the quotation; else it ended at a mark that plainly begins another one.
    pub(crate) is_open: bool,
}

/// The state of reading within a row, as in csv's core.
enum State {
    FieldStart,
    Field,
    Quoted,
    /// Behind a mark within a quotation: its end, or the first of two that are one.
    Mark,
}

/// The mark that begins a quotation over the end of a line which has no end of its own, in the bytes of a row as it was read.
pub(crate) fn stray(row: &[u8], delimiter: u8) -> Option<Stray> {
    let is_end = |byte: u8| byte == b'\r' || byte == b'\n';
    let mut state = State::FieldStart;
    let (mut start, mut over_lines) = (0, false);
    for (at, &byte) in row.iter().enumerate() {
        state = match state {
            State::FieldStart if byte == b'"' => {
                (start, over_lines) = (at, false);
                State::Quoted
            }
            State::Quoted if byte == b'"' => State::Mark,
            State::Quoted => {
                over_lines |= is_end(byte);
                State::Quoted
            }
            State::Mark if byte == b'"' => State::Quoted,
            State::FieldStart | State::Field | State::Mark if byte == delimiter || is_end(byte) => State::FieldStart,
            State::Mark => {
                // `,"text`: what ends a quotation stands behind text and before a delimiter, and this the other way round.
                let begins_field = row[..at - 1].last().is_some_and(|&before| before == delimiter || is_end(before));
                if over_lines && begins_field {
                    return Some(Stray { at: start, is_open: false });
                }
                State::Field
            }
            State::FieldStart | State::Field => State::Field,
        };
    }
    let is_open = matches!(state, State::Quoted) && over_lines && !row[start + 1..].trim_ascii().is_empty();
    is_open.then_some(Stray { at: start, is_open })
}

/// True if at least half of the lines behind an open quotation's own are rows of this number of columns by themselves. Of a file that
/// was cut short within a text they are not.
pub(crate) fn swallows_rows(quotation: &[u8], delimiter: u8, columns: usize) -> bool {
    let lines = quotation.split(|&byte| byte == b'\r' || byte == b'\n').skip(1);
    let (mut count, mut rows) = (0_usize, 0_usize);
    for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
        count += 1;
        rows += usize::from(count_fields(line, delimiter) == columns);
    }
    columns > 1 && rows > 0 && 2 * rows >= count
}

fn count_fields(mut line: &[u8], delimiter: u8) -> usize {
    let mut reader: Reader = ReaderBuilder::new().delimiter(delimiter).build();
    let (mut output, mut fields) = ([0; 256], 0);
    loop {
        let (result, read, _) = reader.read_field(line, &mut output);
        line = &line[read..];
        match result {
            // The reader learns of the end of a line by an empty input.
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                fields += 1;
                if record_end {
                    return fields;
                }
            }
            ReadFieldResult::End => return fields,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_no_end_is_stray() {
        for row in [
            "a,\"b\nc\",d\n",
            "a,\"b\n\"\"c\"\"\",d",
            "a,b\"\nc",
            "a,\"b\" c\n",
            "\"a,\"b\n",
            "a,\"\n",
            "a,\"\"\n\"b\"",
        ] {
            assert_eq!(stray(row.as_bytes(), b','), None, "{row}");
        }
        assert_eq!(stray(b"a,\"b\nc,d\n", b','), Some(Stray { at: 2, is_open: true }));
        assert_eq!(stray(b"a,\"b\nc,\"d\"\n", b','), Some(Stray { at: 2, is_open: false }));
        assert_eq!(stray(b"\"a\"\t\"b\n\"c\"\t\"d\"\n", b'\t'), Some(Stray { at: 4, is_open: false }));
    }

    #[test]
    fn lines_of_a_text_are_no_rows() {
        assert!(swallows_rows(b"\"b\nc,d\n\"e,f\",g\nh", b',', 2));
        assert!(!swallows_rows(b"\"b\nSo it is, he said, and left.\nThe end", b',', 2));
        assert!(!swallows_rows(b"\"b\nc\nd", b',', 1));
    }
}
