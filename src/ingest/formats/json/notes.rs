//! What is said once of all records of an input: texts that are not read, records without texts, texts that were cut short.

use std::ops::ControlFlow;

use crate::ingest::event::{Advice, Reason};
use crate::ingest::field_map::MappedPaths;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::json::record::ReadRecord;
use crate::ingest::formats::tally::{CUT, TITLES_ONLY, Tally};
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
    notices: Tally,
    /// Values whose keys say nothing, taken for a part by what they are; with the part.
    taken: Vec<(String, &'static str, Tally)>,
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
        for (path, part) in &record.taken {
            self.take(path, part.name(), place);
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

    /// Notes a message by which a service says what was done.
    pub(crate) fn notice(&mut self, place: &str) {
        self.notices.add(place);
    }

    fn take(&mut self, path: &str, part: &'static str, place: &str) {
        let known = self.taken.iter().position(|(known, of, _)| known == path && *of == part);
        match known {
            Some(at) => self.taken[at].2.add(place),
            None if self.taken.len() < MAX_UNREAD => {
                let mut tally = Tally::default();
                tally.add(place);
                self.taken.push((path.to_owned(), part, tally));
            }
            None => {}
        }
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
        for (path, part, count) in &self.taken {
            let fault =
                format!("no key names the {part} of {}; `{path}` is taken for it by what is in it", count.shown(UNIT));
            sink.noted(&count.first, Reason::from(fault).advising(Advice::MapFields))?;
        }
        if self.further > 0 {
            let fault = format!("{} further texts under other keys are not read", self.further);
            sink.noted(&context.origin.path, Reason::from(fault).advising(Advice::MapFields))?;
        }
        let Notes { titles_only, cut, removed, notices, .. } = self;
        let counts = [
            (titles_only, TITLES_ONLY),
            (cut, CUT),
            (removed, "without text, as it says itself (`[Removed]`), the first here; there is nothing to index"),
            (
                notices,
                "that are notices of the program that wrote the file, by their `type`, the first here; they are no articles",
            ),
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
