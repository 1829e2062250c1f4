//! What a file holds on its way out: every document passes here, whatever its format, and so does every problem.
//!
//! In: documents as their readers made them. Out: events. Invariant: a document that leaves has an id, a text, and a length
//! within the limits; progress is told in bytes of the file, packed as it may be.

use std::cell::Cell;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::ingest::limits::{beyond, size_text};
use crate::ingest::{Deliver, DocumentReader, Problem, ProblemKind, Read};
use crate::text::document::Document;

/// Longer ids than any archive uses. The index could not find a document by one of more than 65,530 bytes.
pub(crate) const MAX_ID_BYTES: usize = 4096;

/// Bytes of one file, as they are on disk and as they were unpacked.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// Read from the file.
    pub(crate) packed: Rc<Cell<u64>>,
    /// Made of them by all that is packed in the file, however deep.
    pub(crate) unpacked: Cell<u64>,
    /// How often unpacking was stopped by the limits.
    pub(crate) bombs: Cell<usize>,
}

/// Takes what is read from one file.
pub(crate) struct Delivery<'a, 'b> {
    deliver: &'a mut Deliver<'b>,
    pub(crate) meter: Rc<Meter>,
    told: u64,
}

impl<'a, 'b> Delivery<'a, 'b> {
    pub(crate) fn new(deliver: &'a mut Deliver<'b>, meter: Rc<Meter>) -> Delivery<'a, 'b> {
        Delivery { deliver, meter, told: 0 }
    }

    /// Hands on a document with its date, and what could not be used of it.
    pub(crate) fn document(
        &mut self,
        reader: &DocumentReader,
        place: &str,
        mut document: Document,
        stated: Option<&str>,
        mut unusable: Vec<String>,
    ) -> ControlFlow<()> {
        let Document { id, title, body, .. } = &document;
        let (bytes, limit) = (title.len() + body.len(), reader.limits.document);
        if id.len() > MAX_ID_BYTES {
            let reason = format!("the `id` has {} bytes, expected at most {MAX_ID_BYTES}", id.len());
            return self.lost(place, &reason);
        }
        if bytes > limit {
            let reason = beyond("document", size_text(limit as u64));
            return self.lost(place, &format!("the text has {bytes} bytes, {reason}"));
        }
        unusable.extend(reader.dates.date(&mut document, stated));
        for reason in unusable {
            self.noted(place, &reason)?;
        }
        if document.title.trim().is_empty() && document.body.trim().is_empty() {
            return self.noted(place, "there is no text, so there is nothing to index");
        }
        self.event(Read::Document(document))?;
        self.progress()
    }

    pub(crate) fn lost(&mut self, place: &str, reason: &str) -> ControlFlow<()> {
        self.problem(place, reason, ProblemKind::Lost)
    }

    pub(crate) fn noted(&mut self, place: &str, reason: &str) -> ControlFlow<()> {
        self.problem(place, reason, ProblemKind::Noted)
    }

    pub(crate) fn skipped(&mut self, place: &str, reason: &str) -> ControlFlow<()> {
        self.problem(place, reason, ProblemKind::Skipped)
    }

    fn problem(&mut self, place: &str, reason: &str, kind: ProblemKind) -> ControlFlow<()> {
        self.event(Read::Problem(Problem { place: place.to_owned(), reason: reason.to_owned(), kind }))
    }

    pub(crate) fn event(&mut self, event: Read) -> ControlFlow<()> {
        (self.deliver)(event)
    }

    /// Tells how many bytes of the file were read since this was last told.
    pub(crate) fn progress(&mut self) -> ControlFlow<()> {
        let read = self.meter.packed.get();
        if read > self.told {
            let bytes = read - self.told;
            self.told = read;
            self.event(Read::Progress(bytes))?;
        }
        ControlFlow::Continue(())
    }
}

/// Counts what is taken from an input.
pub(crate) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    pub(crate) fn new(inner: R) -> Counted<R> {
        Counted { inner, count: Rc::default() }
    }

    pub(crate) fn count(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.count)
    }

    /// How much was taken so far.
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
