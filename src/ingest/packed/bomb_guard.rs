//! The guard of an archive against bombs: entries made to unpack to more than any disk holds.

use std::rc::Rc;

use crate::ingest::limits::Limits;
use crate::ingest::meter::Meter;
use crate::ingest::packed::unpacked::is_bomb;

/// Bombs after which an archive is read no further.
const MAX_BOMBS: usize = 8;

/// What the file had unpacked before the archive, and before its present entry.
pub(super) struct BombGuard<'a> {
    limits: &'a Limits,
    meter: Rc<Meter>,
    bombs_before_archive: usize,
    bombs_before_entry: usize,
    unpacked_before_entry: u64,
}

impl<'a> BombGuard<'a> {
    pub(super) fn new(limits: &'a Limits, meter: &Rc<Meter>) -> BombGuard<'a> {
        let bombs = meter.bombs.get();
        BombGuard {
            limits,
            meter: Rc::clone(meter),
            bombs_before_archive: bombs,
            bombs_before_entry: bombs,
            unpacked_before_entry: meter.unpacked.get(),
        }
    }

    /// Begins an entry.
    pub(super) fn begin(&mut self) {
        self.bombs_before_entry = self.meter.bombs.get();
        self.unpacked_before_entry = self.meter.unpacked.get();
    }

    /// Ends an entry; false if the archive is to be read no further.
    pub(super) fn may_go_on(&self) -> bool {
        let Meter { packed, unpacked, bombs } = &*self.meter;
        if bombs.get() > self.bombs_before_entry {
            // It is over, and must not be held against the others.
            unpacked.set(self.unpacked_before_entry);
        }
        bombs.get() < self.bombs_before_archive + MAX_BOMBS && !is_bomb(self.limits, unpacked.get(), packed.get())
    }
}
