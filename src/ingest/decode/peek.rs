//! Peeking: the beginning of an input, before it is read.

use std::io::{self, BufRead, Read};

/// Bytes by which a format and an encoding are known.
pub(crate) const HEAD_BYTES: usize = 4 << 10;

/// An input with its first bytes.
pub(crate) struct Peeked<R> {
    head: Vec<u8>,
    taken: usize,
    /// The error that ended the look; reported once the head is read.
    error: Option<io::Error>,
    inner: R,
}

impl<R: BufRead> Peeked<R> {
    /// Looks at the first `length` bytes, or as many as there are.
    pub(crate) fn new(mut inner: R, length: usize) -> Peeked<R> {
        let mut head = Vec::new();
        let error = inner.by_ref().take(length as u64).read_to_end(&mut head).err();
        Peeked { head, taken: 0, error, inner }
    }

    /// The first bytes, whether they were read since or not.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
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
