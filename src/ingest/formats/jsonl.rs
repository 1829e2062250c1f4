//! JSON Lines: one record a line. A line is never held in memory beyond the limit, and one that is wrong loses no other.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use memchr::memchr2;

use crate::ingest::DocumentReader;
use crate::ingest::files::file::{Complete, Place};
use crate::ingest::formats::record::read_record;
use crate::ingest::limits::{beyond, size_text};
use crate::ingest::sink::Delivery;

/// What was read of a line.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    /// It is in the buffer, without its end.
    Whole,
    /// It was longer than the limit, and passed over.
    TooLong,
    /// There was no other.
    End,
}

impl DocumentReader {
    /// Reads JSON Lines.
    pub(crate) fn read_lines(
        &self,
        input: &mut dyn BufRead,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        let limit = self.limits.document;
        let (mut line, mut after_return) = (Vec::new(), false);
        let mut number = 0_usize;
        loop {
            number += 1;
            match read_line(input, &mut line, limit, &mut after_return) {
                Ok(Line::End) => break,
                Ok(Line::Whole) => {}
                Ok(Line::TooLong) => {
                    let reason = format!("the line is longer: {}", beyond("document", size_text(limit as u64)));
                    delivery.lost(&format!("{}:{number}", place.path), &reason)?;
                    delivery.progress()?;
                    continue;
                }
                Err(error) => {
                    self.broken(&error, &format!("{}:{number}", place.path), delivery)?;
                    return ControlFlow::Continue(false);
                }
            }
            let text = String::from_utf8_lossy(&line);
            let record = text.trim();
            if record.is_empty() {
                continue;
            }
            let place_of_line = format!("{}:{number}", place.path);
            match read_record(record) {
                Ok(mut read) => {
                    place.path.clone_into(&mut read.document.path);
                    let (stated, unusable) = (read.stated.as_deref(), read.unusable);
                    delivery.document(self, &place_of_line, read.document, stated, unusable)?;
                }
                Err(error) => {
                    let column = error.at.map_or(String::new(), |(_, column)| format!("column {column}: "));
                    delivery.lost(&place_of_line, &format!("{column}{}", error.reason))?;
                }
            }
        }
        if number == 1 {
            delivery.noted(&place.path, "the file is empty, so there is nothing to index")?;
        }
        ControlFlow::Continue(true)
    }
}

/// Reads a line, without its end, of no more than `limit` bytes. A line feed behind the carriage return that ended the line
/// before is no line; it may not have been there to be seen.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize, after_return: &mut bool) -> io::Result<Line> {
    line.clear();
    // One huge line must not hold its memory for all that follow.
    line.shrink_to(1 << 20);
    let mut is_too_long = false;
    let mut is_first = true;
    loop {
        let block = input.fill_buf()?;
        if block.is_empty() {
            return Ok(match (is_first, is_too_long) {
                (true, _) => Line::End,
                (false, false) => Line::Whole,
                (false, true) => Line::TooLong,
            });
        }
        if std::mem::take(after_return) && block[0] == b'\n' {
            input.consume(1);
            continue;
        }
        is_first = false;
        let end = memchr2(b'\n', b'\r', block);
        *after_return = end.is_some_and(|end| block[end] == b'\r');
        let piece = &block[..end.unwrap_or(block.len())];
        if line.len() + piece.len() > limit {
            is_too_long = true;
            line.clear();
        } else if !is_too_long {
            line.extend_from_slice(piece);
        }
        let taken = piece.len() + usize::from(end.is_some());
        input.consume(taken);
        if end.is_some() {
            return Ok(if is_too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn long_lines_are_passed_over_whatever_the_blocks() {
        let text = "abc\n\n0123456789\nd\r\ne\r\rf\r\n\r\n01234567";
        for block in 1..12 {
            let mut input = BufReader::with_capacity(block, text.as_bytes());
            let mut found = Vec::new();
            let (mut line, mut after_return) = (Vec::new(), false);
            loop {
                match read_line(&mut input, &mut line, 8, &mut after_return).unwrap() {
                    Line::End => break,
                    Line::Whole => found.push(String::from_utf8(line.clone()).unwrap()),
                    Line::TooLong => found.push("too long".to_owned()),
                }
            }
            assert_eq!(found, ["abc", "", "too long", "d", "e", "", "f", "", "01234567"], "blocks of {block}");
        }
    }
}
