//! Numbers of records or rows of which the same is said, once for all of them.

use std::ops::ControlFlow;

use crate::ingest::sink::FileSink;

/// What is said of texts that end in the sign of those that were cut off.
pub(crate) const CUT: &str = "whose text was cut short (`[+1234 chars]`) before it came into the file, the first here; what there is of it is indexed";

/// What is said of records without a text.
pub(crate) const TITLES_ONLY: &str = "with a title only, by which it is found, the first here";

/// A number of records, and the place of the first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    count: usize,
    pub(crate) first: String,
}

impl Tally {
    pub(crate) fn add(&mut self, place: &str) {
        if self.count == 0 {
            place.clone_into(&mut self.first);
        }
        self.count += 1;
    }

    /// `1 record`, `3 records` and the like.
    pub(crate) fn shown(&self, unit: &str) -> String {
        if self.count == 1 { format!("1 {unit}") } else { format!("{} {unit}s", self.count) }
    }

    /// Says what is so, unless it is so of none.
    pub(crate) fn report(&self, unit: &str, what: &str, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        if self.count == 0 {
            return ControlFlow::Continue(());
        }
        sink.noted(&self.first, format!("{} {what}", self.shown(unit)))
    }
}
