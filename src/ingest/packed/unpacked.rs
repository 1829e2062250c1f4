//! Unpacked streams, guarded against files that are made to unpack to more than any disk holds.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::ingest::event::{Advice, Reason};
use crate::ingest::limits::{Limits, size_text};
use crate::ingest::meter::Meter;
use crate::ingest::packed::compression::Compression;

/// The consequence for an input that could not be unpacked to its end.
pub(super) const KEPT: &str = "what came before is kept";

/// An unpacked stream that counts its bytes, and says of errors whose they are.
pub(crate) struct Unpacked<R> {
    inner: R,
    compression: Compression,
    limits: Limits,
    meter: Rc<Meter>,
    /// Packed bytes that it is made of.
    packed: Rc<Cell<u64>>,
    unpacked: u64,
}

impl<R: Read> Unpacked<R> {
    pub(crate) fn new(
        inner: R,
        compression: Compression,
        limits: Limits,
        meter: Rc<Meter>,
        packed: Rc<Cell<u64>>,
    ) -> Unpacked<R> {
        Unpacked { inner, compression, limits, meter, packed, unpacked: 0 }
    }

    pub(crate) fn inner(&self) -> &R {
        &self.inner
    }

    fn error(&self, error: io::Error) -> io::Error {
        // What is packed in it, or what it is packed in, has said why; and a disk that fails is no damaged file.
        if Reason::within(&error).is_some() || error.raw_os_error().is_some() {
            return error;
        }
        let name = self.compression.name();
        let fault = match error.kind() {
            io::ErrorKind::UnexpectedEof => format!("the {name} data ends too early"),
            io::ErrorKind::OutOfMemory => format!("unpacking the {name} data takes more memory than any usual one"),
            _ => format!("the {name} data is damaged"),
        };
        io::Error::new(io::ErrorKind::InvalidData, Reason::from(fault).then(KEPT))
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
            self.meter.bombs.set(self.meter.bombs.get() + 1);
            return Err(io::Error::new(io::ErrorKind::InvalidData, bomb_reason(&self.limits)));
        }
        Ok(count)
    }
}

/// True if `packed` bytes may not be unpacked to `unpacked` bytes.
pub(crate) fn is_bomb(limits: &Limits, unpacked: u64, packed: u64) -> bool {
    unpacked > limits.unpack_start.saturating_add(packed.saturating_mul(limits.unpack_ratio))
}

pub(crate) fn bomb_reason(limits: &Limits) -> Reason {
    let Limits { unpack_ratio, unpack_start, .. } = *limits;
    let start = size_text(unpack_start);
    let fault = format!(
        "it unpacks to more than {start} and {unpack_ratio} times its size, the limits `unpack_start` and `unpack_ratio`"
    );
    Reason::from(fault).advising(Advice::RaiseUnpackLimit).then(KEPT)
}
