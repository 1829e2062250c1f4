//! Byte counters of reading: of one file, packed and unpacked, and of a single input.

use std::cell::Cell;
use std::io::{self, BufRead};
use std::rc::Rc;

/// Bytes of one file, as they are on disk and as they were unpacked.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Bytes read from the file.
    pub(crate) packed: Rc<Cell<u64>>,
    /// Bytes unpacked from them by all that is packed in the file, however deep.
    pub(crate) unpacked: Cell<u64>,
    /// The number of times that unpacking was stopped by the limits.
    pub(crate) bombs: Cell<usize>,
}

/// An input that counts what is taken from it.
pub(crate) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    pub(crate) fn new(inner: R) -> Counted<R> {
        Counted { inner, count: Rc::default() }
    }

    /// The counter itself, to be read while the input is in use elsewhere.
    pub(crate) fn count(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.count)
    }

    /// Bytes taken so far.
    pub(crate) fn taken(&self) -> u64 {
        self.count.get()
    }
}

impl<R: BufRead> io::Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count.set(self.count.get() + count as u64);
        self.inner.consume(count);
    }
}
