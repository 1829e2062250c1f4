//! Sinks: where everything that is read goes. Every document, problem and byte of progress passes here, whatever its format.
//!
//! In: documents as their formats state them. Out: events. Invariant: a document that leaves has an id, a text, and a length
//! within the limits; progress is counted in bytes of the file, packed as it may be.

use std::ops::ControlFlow;
use std::rc::Rc;

use crate::ingest::bylines::{Bylines, sections};
use crate::ingest::date::DateReader;
use crate::ingest::date::page::PageDates;
use crate::ingest::event::{FileState, Problem, ProblemKind, ReadEvent, Reason};
use crate::ingest::limits::{Limits, size_text};
use crate::ingest::meter::Meter;
use crate::text::document::Document;

/// Longer ids than any archive uses. The index could not find a document by one of more than 65,530 bytes.
pub(crate) const MAX_ID_BYTES: usize = 4096;

/// True for an input that was read to its end.
pub(crate) type Complete = bool;

/// A receiver of read events. Any `FnMut(ReadEvent) -> ControlFlow<()>` is one that knows no file.
pub trait ReadSink {
    /// Takes an event; breaks off to stop the reading.
    fn event(&mut self, event: ReadEvent) -> ControlFlow<()>;

    /// The known state of a file, by its absolute path: a file that still has it is not read again.
    fn known_state(&self, _path: &str) -> Option<FileState> {
        None
    }
}

impl<F: FnMut(ReadEvent) -> ControlFlow<()>> ReadSink for F {
    fn event(&mut self, event: ReadEvent) -> ControlFlow<()> {
        self(event)
    }
}

/// A document as its format states it: not yet checked, without a date, and with authors as their bylines are written.
#[derive(Debug, Default)]
pub(crate) struct StatedDocument {
    pub(crate) document: Document,
    /// The day of publication as it is written.
    pub(crate) date: Option<String>,
    /// Parts of the document that could not be used.
    pub(crate) unusable: Vec<Reason>,
}

/// The sink of one file: checks and dates documents, and counts the bytes of the file.
pub(crate) struct FileSink<'a> {
    events: &'a mut dyn ReadSink,
    pub(crate) dates: &'a DateReader,
    bylines: &'a Bylines,
    limits: &'a Limits,
    pub(crate) meter: Rc<Meter>,
    /// Bytes of the file that were reported as progress.
    reported: u64,
}

impl<'a> FileSink<'a> {
    pub(crate) fn new(
        events: &'a mut dyn ReadSink,
        dates: &'a DateReader,
        bylines: &'a Bylines,
        limits: &'a Limits,
        meter: Rc<Meter>,
    ) -> FileSink<'a> {
        FileSink { events, dates, bylines, limits, meter, reported: 0 }
    }

    /// Hands on a document with its date, and what could not be used of it.
    pub(crate) fn document(&mut self, place: &str, stated: StatedDocument) -> ControlFlow<()> {
        self.page(place, (stated, PageDates::default()))
    }

    /// Hands on a document as [`FileSink::document`] does, with the dates of the web page that it is from.
    pub(crate) fn page(&mut self, place: &str, page: (StatedDocument, PageDates)) -> ControlFlow<()> {
        let (stated, page) = page;
        let StatedDocument { mut document, date, mut unusable } = stated;
        document.authors = self.bylines.authors(std::mem::take(&mut document.authors));
        document.sections = sections(std::mem::take(&mut document.sections));
        let Document { id, title, body, .. } = &document;
        let (bytes, limit) = (title.len() + body.len(), self.limits.document);
        if id.len() > MAX_ID_BYTES {
            return self.lost(place, format!("the `id` has {} bytes, expected at most {MAX_ID_BYTES}", id.len()));
        }
        if bytes > limit {
            let before = format!("the text has {bytes} bytes, ");
            return self.lost(place, Reason::beyond_limit(before, "document", size_text(limit as u64)));
        }
        unusable.extend(self.dates.date(&mut document, date.as_deref(), &page).map(Reason::from));
        for reason in unusable {
            self.noted(place, reason)?;
        }
        if document.title.trim().is_empty() && document.body.trim().is_empty() {
            return self.noted(place, "there is no text, so there is nothing to index");
        }
        self.event(ReadEvent::Document(document))?;
        self.progress()
    }

    /// True for a text that is a date.
    pub(crate) fn is_date(&self, text: &str) -> bool {
        self.dates.stated(text).is_some()
    }

    pub(crate) fn lost(&mut self, place: &str, reason: impl Into<Reason>) -> ControlFlow<()> {
        self.problem(ProblemKind::Lost, place, reason)
    }

    pub(crate) fn noted(&mut self, place: &str, reason: impl Into<Reason>) -> ControlFlow<()> {
        self.problem(ProblemKind::Noted, place, reason)
    }

    pub(crate) fn skipped(&mut self, place: &str, reason: impl Into<Reason>) -> ControlFlow<()> {
        self.problem(ProblemKind::Skipped, place, reason)
    }

    fn problem(&mut self, kind: ProblemKind, place: &str, reason: impl Into<Reason>) -> ControlFlow<()> {
        self.event(ReadEvent::Problem(Problem::new(kind, place, reason)))
    }

    pub(crate) fn event(&mut self, event: ReadEvent) -> ControlFlow<()> {
        self.events.event(event)
    }

    /// Reports the bytes of the file that were read since the last report.
    pub(crate) fn progress(&mut self) -> ControlFlow<()> {
        let read = self.meter.packed.get();
        if read > self.reported {
            let bytes = read - self.reported;
            self.reported = read;
            self.event(ReadEvent::Progress(bytes))?;
        }
        ControlFlow::Continue(())
    }
}
