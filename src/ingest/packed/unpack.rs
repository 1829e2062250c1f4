//! What is packed, as a stream of what is in it: gzip and zstd, known by their first bytes, and guarded against files that are
//! made to unpack to more than any disk holds.

mod gunzip;
mod rewound;

use std::cell::Cell;
use std::fmt::{self, Display};
use std::io::{self, Read};
use std::rc::Rc;

use crate::ingest::limits::{Limits, size_text};
pub(crate) use crate::ingest::packed::unpack::gunzip::Gunzip;
use crate::ingest::sink::Meter;

/// How something is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapper {
    Gzip,
    Zstd,
    Zip,
}

impl Wrapper {
    pub(crate) const ALL: [Wrapper; 3] = [Wrapper::Gzip, Wrapper::Zstd, Wrapper::Zip];

    /// Endings of file names, in lower case, without the dot.
    pub(crate) fn extensions(self) -> &'static [&'static str] {
        match self {
            Wrapper::Gzip => &["gz", "gzip"],
            Wrapper::Zstd => &["zst", "zstd"],
            Wrapper::Zip => &["zip"],
        }
    }

    /// By the first bytes.
    pub(crate) fn of(head: &[u8]) -> Option<Wrapper> {
        match head {
            // Of methods, gzip has only deflate.
            [0x1F, 0x8B, 8, ..] => Some(Wrapper::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Wrapper::Zstd),
            // Skippable frames may come first.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Wrapper::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Wrapper::Zip),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Wrapper::Gzip => "gzip",
            Wrapper::Zstd => "zstd",
            Wrapper::Zip => "zip",
        }
    }
}

/// Why something could not be unpacked to its end. What came before it is sound.
#[derive(Debug)]
pub(crate) struct UnpackError {
    reason: String,
}

impl Display for UnpackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)
    }
}

impl std::error::Error for UnpackError {}

/// The reason why unpacking stopped, if that is what an error says.
pub(crate) fn unpack_error(error: &io::Error) -> Option<&UnpackError> {
    error.get_ref()?.downcast_ref()
}

/// Guards what is unpacked: counts it, and says of errors whose they are.
pub(crate) struct Unpacked<R> {
    inner: R,
    wrapper: Wrapper,
    limits: Limits,
    meter: Rc<Meter>,
    /// Packed bytes that it is made of.
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

impl<R: Read> Unpacked<R> {
    pub(crate) fn new(
        inner: R,
        wrapper: Wrapper,
        limits: Limits,
        meter: Rc<Meter>,
        packed: Rc<Cell<u64>>,
    ) -> Unpacked<R> {
        Unpacked { inner, wrapper, limits, meter, packed, unpacked: 0 }
    }

    pub(crate) fn inner(&self) -> &R {
        &self.inner
    }

    fn error(&self, error: io::Error) -> io::Error {
        // What is packed in it, or what it is packed in, has said why; and a disk that fails is no damaged file.
        if unpack_error(&error).is_some() || error.raw_os_error().is_some() {
            return error;
        }
        let name = self.wrapper.name();
        let reason = match error.kind() {
            io::ErrorKind::UnexpectedEof => format!("the {name} data ends too early; what came before is kept"),
            _ => format!("the {name} data is damaged; what came before is kept"),
        };
        io::Error::new(io::ErrorKind::InvalidData, UnpackError { reason })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match self.inner.read(buffer) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => return Err(self.error(error)),
        };
        self.unpacked += count as u64;
        self.meter.unpacked.set(self.meter.unpacked.get() + count as u64);
        let is_too_much = |unpacked, packed: u64| is_bomb(&self.limits, unpacked, packed);
        if is_too_much(self.unpacked, self.packed.get())
            || is_too_much(self.meter.unpacked.get(), self.meter.packed.get())
        {
            let reason = bomb_reason(&self.limits);
            self.meter.bombs.set(self.meter.bombs.get() + 1);
            return Err(io::Error::new(io::ErrorKind::InvalidData, UnpackError { reason }));
        }
        Ok(count)
    }
}

/// True if so many bytes may not be unpacked of so many.
pub(crate) fn is_bomb(limits: &Limits, unpacked: u64, packed: u64) -> bool {
    unpacked > limits.unpack_start.saturating_add(packed.saturating_mul(limits.unpack_ratio))
}

pub(crate) fn bomb_reason(limits: &Limits) -> String {
    let Limits { unpack_ratio, unpack_start, .. } = *limits;
    format!(
        "it unpacks to more than {} and {unpack_ratio} times its size, the limits `unpack_start` and `unpack_ratio`; --limit \
         NAME=VALUE raises one; what came before is kept",
        size_text(unpack_start)
    )
}
