//! Peeking: the beginning of an input, before it is read.

use std::io::{self, BufRead, Read};

/// Bytes by which a format and an encoding are known.
pub(crate) const HEAD_BYTES: usize = 4 << 10;

/// An input whose next bytes can be looked at.
pub(crate) struct Peeked<R> {
    head: Vec<u8>,
    taken: usize,
    /// The error that ended the look; reported once the head is read.
    error: Option<io::Error>,
    inner: R,
}

impl<R: BufRead> Peeked<R> {
    /// Looks at the first `length` bytes, or as many as there are.
    pub(crate) fn new(inner: R, length: usize) -> Peeked<R> {
        let mut peeked = Peeked { head: Vec::new(), taken: 0, error: None, inner };
        peeked.peek(length);
        peeked
    }

    /// The bytes that were looked at, and not read since.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head[self.taken..]
    }

    /// The next `length` bytes, or as many as there are.
    pub(crate) fn peek(&mut self, length: usize) -> &[u8] {
        if self.head().len() < length && self.error.is_none() {
            self.head.drain(..self.taken);
            self.taken = 0;
            let missing = (length - self.head.len()) as u64;
            self.error = self.inner.by_ref().take(missing).read_to_end(&mut self.head).err();
        }
        &self.head()[..self.head().len().min(length)]
    }

    pub(crate) fn inner(&self) -> &R {
        &self.inner
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.head.len() {
            return Ok(&self.head[self.taken..]);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.inner.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        if self.taken < self.head.len() {
            self.taken += count;
        } else {
            self.inner.consume(count);
        }
    }
}
