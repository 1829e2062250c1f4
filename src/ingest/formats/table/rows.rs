//! Rows of a table, one at a time: a stream, of which no more than one row is held in memory.

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::ingest::formats::table::blocks::Blocks;
use crate::ingest::formats::table::dialect::{Dialect, is_drawn_line};
use crate::ingest::formats::table::escapes::{count_hidden_lines, reveal};
use crate::ingest::formats::table::quotation::{stray, swallows_rows};

/// Fields of a row at most; no table of articles has as many.
pub(crate) const MAX_FIELDS: usize = 4096;

/// A reader of the rows of a table.
pub(crate) struct Rows<'a> {
    blocks: Blocks<'a>,
    reader: Reader,
    dialect: Dialect,
    limit: usize,
    /// Lines that were read, and one.
    pub(crate) line: usize,
    /// True behind a carriage return, which ends one line with the line feed behind it.
    after_return: bool,
    /// The row as it is in the input, unless it is longer than the limit.
    raw: Vec<u8>,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// A row that was read; its text is in the reader's buffers.
pub(crate) enum Row {
    /// A row that begins in this line.
    Whole(usize),
    /// A row that is longer than the limit, and was skipped.
    TooLong(usize),
    /// A row with a quotation that began in this line and had no end; it comes again, the mark taken as text.
    Again(usize),
    /// A row that ends with the input, within a quotation that began in the second line.
    Open(usize, usize),
    End,
}

impl Rows<'_> {
    pub(crate) fn new(input: &mut dyn BufRead, dialect: Dialect, limit: usize) -> Rows<'_> {
        let mut rows = Rows {
            blocks: Blocks::new(input, dialect),
            reader: Reader::new(),
            dialect,
            limit,
            line: 1,
            after_return: false,
            raw: Vec::new(),
            text: vec![0; 1 << 12],
            ends: Vec::new(),
        };
        rows.reset();
        rows
    }

    fn reset(&mut self) {
        self.reader = ReaderBuilder::new().delimiter(self.dialect.delimiter).build();
    }

    /// Reads a row of a table with this number of columns, 0 if that is not known. The lines of a table that is drawn with signs are
    /// no rows.
    pub(crate) fn next(&mut self, columns: usize) -> io::Result<Row> {
        loop {
            let row = self.next_line(columns)?;
            if !(matches!(row, Row::Whole(_)) && self.dialect.is_drawn && is_drawn_line(&self.raw)) {
                return Ok(row);
            }
        }
    }

    fn next_line(&mut self, columns: usize) -> io::Result<Row> {
        if !self.skip_blank_lines()? {
            return Ok(Row::End);
        }
        let start = self.line;
        self.raw.clear();
        // One huge row must not hold its memory for all that follow.
        self.raw.shrink_to(1 << 20);
        let (mut filled, mut fields, mut is_too_long) = (0, 0, false);
        loop {
            let block = self.blocks.fill()?;
            let (result, read, written, ended) =
                self.reader.read_record(block, &mut self.text[filled..], &mut self.ends[fields..]);
            self.line += count_lines(&block[..read], self.dialect, &mut self.after_return);
            if self.raw.len() <= self.limit {
                self.raw.extend_from_slice(&block[..read]);
            }
            self.blocks.consume(read);
            (filled, fields) = (filled + written, fields + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() < self.limit => {
                    let length = (2 * self.text.len()).clamp(1 << 12, self.limit);
                    self.text.resize(length, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MAX_FIELDS => self.ends.resize(MAX_FIELDS, 0),
                // Read on to its end, over what was read of it.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    (filled, fields, is_too_long) = (0, 0, true);
                }
                ReadRecordResult::Record | ReadRecordResult::End => {
                    self.ends.truncate(fields);
                    return Ok(if is_too_long { Row::TooLong(start) } else { self.checked(start, columns) });
                }
            }
        }
    }

    /// The row that was read, unless a quotation mark took in what follows it.
    fn checked(&mut self, start: usize, columns: usize) -> Row {
        // Most rows are a line, or have nothing in quotation marks.
        let row = self.raw.trim_ascii_end();
        if self.raw.len() > self.limit || memchr::memchr2(b'\n', b'\r', row).is_none() {
            return Row::Whole(start);
        }
        let Some(stray) = stray(&self.raw, self.dialect.delimiter) else { return Row::Whole(start) };
        let line = start + count_lines(&self.raw[..stray.at], self.dialect, &mut false);
        if stray.is_open && !swallows_rows(&self.raw[stray.at..], self.dialect.delimiter, columns) {
            return Row::Open(start, line);
        }
        let mut again = std::mem::take(&mut self.raw);
        // Within a quotation that ends at once, two marks are one, and what follows it belongs to its field.
        again.splice(stray.at..stray.at, *b"\"\"\"");
        self.blocks.push_back(again);
        self.reset();
        (self.line, self.after_return) = (start, false);
        Row::Again(line)
    }

    /// Skips empty lines; false at the end of the input.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        self.ends.resize(64.max(self.ends.len()), 0);
        loop {
            let block = self.blocks.fill()?;
            if block.is_empty() {
                return Ok(false);
            }
            let blank = block.iter().take_while(|&&byte| byte == b'\n' || byte == b'\r').count();
            self.line += count_lines(&block[..blank], self.dialect, &mut self.after_return);
            let is_end = blank < block.len();
            self.blocks.consume(blank);
            if is_end {
                return Ok(true);
            }
        }
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = String> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| {
            let field = self.text.get(start..end).unwrap_or_default();
            if self.dialect.escapes {
                return String::from_utf8_lossy(&reveal(field, self.dialect.delimiter)).into_owned();
            }
            let field = if self.dialect.is_drawn { field.trim_ascii() } else { field };
            String::from_utf8_lossy(field).into_owned()
        })
    }
}

/// Ends of lines: a line feed, a carriage return, or both.
fn count_lines(bytes: &[u8], dialect: Dialect, after_return: &mut bool) -> usize {
    let mut count = if dialect.escapes { count_hidden_lines(bytes) } else { 0 };
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let is_second = bytes[at] == b'\n' && if at == 0 { *after_return } else { bytes[at - 1] == b'\r' };
        count += usize::from(!is_second);
    }
    if let Some(last) = bytes.last() {
        *after_return = *last == b'\r';
    }
    count
}
