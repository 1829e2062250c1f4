//! JSON: a list of records, one record, or one after the other. Records are cut out of the text by their brackets alone and
//! then read one by one, so a file of any size takes the memory of one record, and a bad record loses no other.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::ingest::event::Reason;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::record::read_record;
use crate::ingest::limits::size_text;
use crate::ingest::sink::{Complete, FileSink};

/// A value of the list, or by itself.
struct Value {
    /// Line and column where it begins, both from 1; columns in bytes.
    line: usize,
    column: usize,
    /// `None` for one that is longer than the limit.
    text: Option<Vec<u8>>,
}

/// Cuts values out of a text.
struct Values<'a> {
    input: &'a mut dyn BufRead,
    limit: usize,
    line: usize,
    column: usize,
    /// Between the brackets of the list.
    in_list: bool,
    /// After a string without its end: the next record begins with a line.
    is_lost: bool,
}

/// The state of the search for the end of a value.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    is_broken: bool,
}

impl Scan {
    /// Goes on by a byte; true if the value ends with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            // No string goes over the end of a line: one that seems to lacks its end, and what follows may be sound.
            self.is_broken = byte == b'\n';
            return self.is_broken || !self.in_string && self.depth == 0;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

impl Values<'_> {
    fn next(&mut self) -> io::Result<Option<Value>> {
        let Some((line, column)) = self.seek()? else {
            return Ok(None);
        };
        let (mut text, mut is_too_long, mut scan) = (Vec::new(), false, Scan::default());
        let mut has_begun = false;
        loop {
            let block = self.input.fill_buf()?;
            let (mut length, mut has_ended) = (0, block.is_empty());
            for &byte in block {
                // What is neither in brackets nor in quotation marks ends before what follows it; a bracket that closes
                // nothing is a value by itself, or reading would never get past it.
                if has_begun && scan.depth == 0 && !scan.in_string && (is_between(byte) || byte == b']') {
                    has_ended = true;
                    break;
                }
                has_begun = true;
                length += 1;
                if byte == b'\n' {
                    (self.line, self.column) = (self.line + 1, 1);
                } else {
                    self.column += 1;
                }
                if scan.ends_with(byte) {
                    has_ended = true;
                    break;
                }
            }
            if text.len() + length > self.limit {
                is_too_long = true;
                text = Vec::new();
            } else if !is_too_long {
                text.extend_from_slice(&block[..length]);
            }
            self.input.consume(length);
            if has_ended {
                self.is_lost = scan.is_broken;
                return Ok(Some(Value { line, column, text: (!is_too_long).then_some(text) }));
            }
        }
    }

    /// Goes to where the next value begins.
    fn seek(&mut self) -> io::Result<Option<(usize, usize)>> {
        let mut begins_line = true;
        loop {
            let block = self.input.fill_buf()?;
            if block.is_empty() {
                return Ok(None);
            }
            let mut length = 0;
            let mut found = None;
            for &byte in block {
                if self.is_lost {
                    self.is_lost = !(begins_line && matches!(byte, b'{' | b']'));
                    begins_line = byte == b'\n' || begins_line && is_between(byte);
                }
                match byte {
                    _ if self.is_lost => {}
                    b'[' if !self.in_list => self.in_list = true,
                    b']' if self.in_list => self.in_list = false,
                    byte if is_between(byte) => {}
                    _ => {
                        found = Some((self.line, self.column));
                        break;
                    }
                }
                length += 1;
                if byte == b'\n' {
                    (self.line, self.column) = (self.line + 1, 1);
                } else {
                    self.column += 1;
                }
            }
            self.input.consume(length);
            if found.is_some() {
                return Ok(found);
            }
        }
    }
}

fn is_between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',')
}

/// Reads JSON.
pub(crate) fn read_json(
    input: &mut dyn BufRead,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let limit = context.limits.document;
    let mut values = Values { input, limit, line: 1, column: 1, in_list: false, is_lost: false };
    let mut count = 0_usize;
    loop {
        let value = match values.next() {
            Ok(Some(value)) => value,
            Ok(None) => break,
            Err(error) => {
                sink.lost(&context.line(values.line), Reason::of_io(&error))?;
                return ControlFlow::Continue(false);
            }
        };
        count += 1;
        let Value { line, column, text } = value;
        let Some(text) = text else {
            let before = format!("column {column}: the record is longer: ");
            sink.lost(&context.line(line), Reason::beyond_limit(before, "document", size_text(limit as u64)))?;
            continue;
        };
        match read_record(&String::from_utf8_lossy(&text)) {
            Ok(mut stated) => {
                context.origin.path.clone_into(&mut stated.document.path);
                sink.document(&context.line(line), stated)?;
            }
            Err(error) => {
                let (line, column) = match error.at {
                    Some((1, inside)) => (line, column + inside.max(1) - 1),
                    Some((below, inside)) => (line + below - 1, inside.max(1)),
                    None => (line, column),
                };
                sink.lost(&context.line(line), format!("column {column}: {}", error.reason))?;
            }
        }
    }
    if values.in_list {
        let reason = "the list has no end, expected `]`: the file may be cut short, what came before is kept";
        sink.lost(&context.line(values.line), reason)?;
    } else if count == 0 {
        sink.noted(&context.origin.path, "there is no record, so there is nothing to index")?;
    }
    ControlFlow::Continue(true)
}
