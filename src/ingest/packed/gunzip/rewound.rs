//! Rewinding: an input that can go back to where a member of gzip began. A damaged one may be read far into the next, so these are looked
//! for from its beginning.

use std::io::{self, BufRead, Read};

/// Bytes behind the beginning that can be read again. A sound member is hardly longer than what is held of it unpacked.
const KEPT_BYTES: usize = 4 << 20;
/// Bytes of the mark that a member begins with: the magic number of gzip, its only method, and flags.
const MARK_BYTES: usize = 4;

/// An input that remembers what was read of it.
pub(crate) struct Rewound<R> {
    inner: R,
    /// Bytes that are read before the inner input goes on, and the number of them that was read.
    again: Vec<u8>,
    taken: usize,
    /// The bytes since the beginning of the member, if all of them are kept.
    kept: Vec<u8>,
    read: u64,
}

impl<R: BufRead> Rewound<R> {
    pub(crate) fn new(inner: R) -> Rewound<R> {
        Rewound { inner, again: Vec::new(), taken: 0, kept: Vec::new(), read: 0 }
    }

    /// Takes note that a member begins here.
    pub(crate) fn restart(&mut self) {
        self.kept.clear();
        self.read = 0;
    }

    /// Bytes that are read again when the input goes back.
    pub(crate) fn cost(&self) -> u64 {
        self.read + (self.again.len() - self.taken) as u64
    }

    /// Goes to where another member seems to begin, behind the first byte of the last. Returns how many bytes lie between, or
    /// `None` at the end.
    pub(crate) fn seek_member(&mut self) -> io::Result<Option<u64>> {
        let mut passed = self.read;
        if self.kept.len() as u64 == self.read {
            let rest = self.again.split_off(self.taken);
            self.again = std::mem::take(&mut self.kept);
            self.again.extend_from_slice(&rest);
            self.taken = self.again.len().min(1);
            passed = self.taken as u64;
        }
        let mut window = Vec::new();
        loop {
            if self.taken < self.again.len() {
                window.extend_from_slice(&self.again[self.taken..]);
            } else {
                let block = self.inner.fill_buf()?;
                if block.is_empty() {
                    return Ok(None);
                }
                window.extend_from_slice(block);
                let length = block.len();
                self.inner.consume(length);
            }
            self.again.clear();
            self.taken = 0;
            if let Some(at) = window.windows(MARK_BYTES).position(is_mark) {
                self.again = window.split_off(at);
                self.restart();
                return Ok(Some(passed + at as u64));
            }
            // The end may be the beginning of a mark.
            let gone = window.len() - window.len().min(MARK_BYTES - 1);
            window.drain(..gone);
            passed += gone as u64;
        }
    }
}

fn is_mark(bytes: &[u8]) -> bool {
    // Three flags are not used yet.
    matches!(bytes, [0x1F, 0x8B, 8, flags] if flags & 0xE0 == 0)
}

impl<R: BufRead> Read for Rewound<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Rewound<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.again.len() {
            return Ok(&self.again[self.taken..]);
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        let is_kept = self.kept.len() as u64 == self.read && self.kept.len() < KEPT_BYTES;
        self.read += count as u64;
        if self.taken < self.again.len() {
            if is_kept {
                self.kept.extend_from_slice(&self.again[self.taken..self.taken + count]);
            }
            self.taken += count;
            return;
        }
        // What is consumed was looked at, so it is there.
        if is_kept && let Ok(block) = self.inner.fill_buf() {
            self.kept.extend_from_slice(&block[..count]);
        }
        self.inner.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn marks_are_found_whatever_the_blocks() {
        let bytes = b"\x1f\x8b\x08\x00abc\x1f\x8b\x08\xff\x1f\x1f\x8b\x08\x01rest";
        for block in 1..20 {
            for read in 0..13 {
                let mut input = Rewound::new(BufReader::with_capacity(block, &bytes[..]));
                io::copy(&mut input.by_ref().take(read), &mut io::sink()).unwrap();
                let expected = if read == 0 { 0 } else { 12 };
                assert_eq!(input.seek_member().unwrap(), Some(expected), "{read} bytes in blocks of {block}");
                if read > 0 {
                    let mut rest = Vec::new();
                    input.read_to_end(&mut rest).unwrap();
                    assert_eq!(rest, &bytes[12..]);
                    assert_eq!(input.seek_member().unwrap(), None);
                }
            }
        }
    }
}
