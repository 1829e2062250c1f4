//! JSON Lines: one record a line. A line is never held in memory beyond the limit, and one that is wrong loses no other.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use memchr::memchr2;

use crate::ingest::event::Reason;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::record::read_record;
use crate::ingest::limits::size_text;
use crate::ingest::sink::{Complete, FileSink};

/// A line that was read.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    /// A whole line; it is in the buffer, without its end.
    Whole,
    /// A line that was longer than the limit, and is skipped.
    TooLong,
    /// No line: the input has ended.
    End,
}

/// Reads JSON Lines.
pub(crate) fn read_lines(
    input: &mut dyn BufRead,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let limit = context.limits.document;
    let (mut line, mut after_return) = (Vec::new(), false);
    let mut number = 0_usize;
    loop {
        number += 1;
        match read_line(input, &mut line, limit, &mut after_return) {
            Ok(Line::End) => break,
            Ok(Line::Whole) => {}
            Ok(Line::TooLong) => {
                let reason = Reason::beyond_limit("the line is longer: ", "document", size_text(limit as u64));
                sink.lost(&context.line(number), reason)?;
                sink.progress()?;
                continue;
            }
            Err(error) => {
                sink.lost(&context.line(number), Reason::of_io(&error))?;
                return ControlFlow::Continue(false);
            }
        }
        let text = String::from_utf8_lossy(&line);
        let record = text.trim();
        if record.is_empty() {
            continue;
        }
        match read_record(record) {
            Ok(mut stated) => {
                context.origin.path.clone_into(&mut stated.document.path);
                sink.document(&context.line(number), stated)?;
            }
            Err(error) => {
                let column = error.at.map_or(String::new(), |(_, column)| format!("column {column}: "));
                sink.lost(&context.line(number), format!("{column}{}", error.reason))?;
            }
        }
    }
    if number == 1 {
        sink.noted(&context.origin.path, "the file is empty, so there is nothing to index")?;
    }
    ControlFlow::Continue(true)
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
        let part = &block[..end.unwrap_or(block.len())];
        if line.len() + part.len() > limit {
            is_too_long = true;
            line.clear();
        } else if !is_too_long {
            line.extend_from_slice(part);
        }
        let taken = part.len() + usize::from(end.is_some());
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
    fn long_lines_are_skipped_whatever_the_blocks() {
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
