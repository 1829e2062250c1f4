//! The bytes of a table, block by block: those that are read again before the input goes on, and escapes hidden where the table has
//! them.

use std::io::{self, BufRead};

use crate::ingest::formats::table::dialect::Dialect;
use crate::ingest::formats::table::escapes::hide;

/// The bytes of a table in the order of reading.
pub(crate) struct Blocks<'a> {
    input: &'a mut dyn BufRead,
    dialect: Dialect,
    /// Bytes that come before the input goes on, the next last; each with the number that was read.
    ahead: Vec<(Vec<u8>, usize)>,
    /// A backslash at the end of a block, until the next one shows what it escapes.
    held: Vec<u8>,
}

impl Blocks<'_> {
    pub(crate) fn new(input: &mut dyn BufRead, dialect: Dialect) -> Blocks<'_> {
        Blocks { input, dialect, ahead: Vec::new(), held: Vec::new() }
    }

    /// The bytes that come next; none at the end.
    pub(crate) fn fill(&mut self) -> io::Result<&[u8]> {
        while self.ahead.pop_if(|(bytes, taken)| *taken == bytes.len()).is_some() {}
        if self.ahead.is_empty() && self.dialect.escapes {
            self.unescape()?;
        }
        match self.ahead.last() {
            Some((bytes, taken)) => Ok(&bytes[*taken..]),
            None => self.input.fill_buf(),
        }
    }

    /// Takes a block from the input and hides what is escaped in it.
    fn unescape(&mut self) -> io::Result<()> {
        loop {
            let block = self.input.fill_buf()?;
            let length = block.len();
            let mut bytes = std::mem::take(&mut self.held);
            bytes.extend_from_slice(block);
            self.input.consume(length);
            if length > 0 {
                self.held = hide(&mut bytes, self.dialect.delimiter);
            }
            if !bytes.is_empty() {
                self.ahead.push((bytes, 0));
                return Ok(());
            }
            if length == 0 {
                return Ok(());
            }
        }
    }

    pub(crate) fn consume(&mut self, count: usize) {
        match self.ahead.last_mut() {
            Some((_, taken)) => *taken += count,
            None => self.input.consume(count),
        }
    }

    /// Has bytes that were read come again.
    pub(crate) fn push_back(&mut self, bytes: Vec<u8>) {
        self.ahead.push((bytes, 0));
    }
}
