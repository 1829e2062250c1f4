//! What is said once of all records of an input: texts that are not read, records without texts, texts that were cut short.

use std::ops::ControlFlow;

use crate::ingest::event::{Advice, Reason};
use crate::ingest::field_map::MappedPaths;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::json::record::ReadRecord;
use crate::ingest::formats::tally::{CUT, Tally};
use crate::ingest::sink::FileSink;

/// Kinds of unread texts that are named.
const MAX_UNREAD: usize = 20;
const UNIT: &str = "record";

/// The notes about the records of an input.
#[derive(Default)]
pub(crate) struct Notes {
    titles_only: Tally,
    cut: Tally,
    removed: Tally,
    /// By the path of the text.
    unread: Vec<(String, Tally)>,
    further: usize,
}

impl Notes {
    /// Notes a record that was read.
    pub(crate) fn add(&mut self, record: &ReadRecord, place: &str) {
        if record.is_title_only {
            self.titles_only.add(place);
        }
        if record.is_cut {
            self.cut.add(place);
        }
        for path in &record.unread {
            let at = match self.unread.iter().position(|(known, _)| known == path) {
                Some(at) => at,
                None if self.unread.len() == MAX_UNREAD => {
                    self.further += 1;
                    continue;
                }
                None => {
                    self.unread.push((path.clone(), Tally::default()));
                    self.unread.len() - 1
                }
            };
            self.unread[at].1.add(place);
        }
    }

    /// Notes a record that says itself that it has no text any more.
    pub(crate) fn removed(&mut self, place: &str) {
        self.removed.add(place);
    }

    /// Reports what was noted.
    pub(crate) fn report(
        self,
        mapped: &MappedPaths<'_>,
        context: &FormatContext<'_>,
        sink: &mut FileSink<'_>,
    ) -> ControlFlow<()> {
        for (path, count) in &self.unread {
            let fault = format!("`{path}` has text in {} and is not read", count.shown(UNIT));
            sink.noted(&count.first, Reason::from(fault).advising(Advice::MapFields))?;
        }
        if self.further > 0 {
            let fault = format!("{} further texts under other keys are not read", self.further);
            sink.noted(&context.origin.path, Reason::from(fault).advising(Advice::MapFields))?;
        }
        let Notes { titles_only, cut, removed, .. } = self;
        let counts = [
            (titles_only, "with a title only, by which it is found, the first here"),
            (cut, CUT),
            (removed, "without text, as it says itself (`[Removed]`), the first here; there is nothing to index"),
        ];
        for (count, what) in counts {
            count.report(UNIT, what, sink)?;
        }
        for fault in mapped.missing() {
            sink.lost(&context.origin.path, fault)?;
        }
        ControlFlow::Continue(())
    }
}
