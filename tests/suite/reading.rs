//! Bytes read as if they were a file, and all that came of it.

use std::ops::ControlFlow;

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{DocumentReader, Problem, ProblemKind, ReadEvent, ReadOptions, Reason};

/// A reason with the advice by its name, which each program words itself.
pub(crate) fn worded(reason: &Reason) -> String {
    reason.worded(&|advice| format!("{advice:?}"))
}

/// What was read: documents, problems without those of what is skipped by rule, and how texts were decoded.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) documents: Vec<Document>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) skipped: Vec<Problem>,
    pub(crate) decoded: Vec<(&'static str, u64)>,
}

impl Found {
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.documents.iter().map(|document| document.id.as_str()).collect()
    }

    /// Problems as lines, with what they mean.
    pub(crate) fn lines(&self) -> String {
        let line = |problem: &Problem| {
            let kind = if problem.kind == ProblemKind::Lost { "lost" } else { "noted" };
            format!("{kind}: {}: {}\n", problem.place, worded(&problem.reason))
        };
        self.problems.iter().map(line).collect()
    }

    pub(crate) fn lost(&self) -> usize {
        self.problems.iter().filter(|problem| problem.kind == ProblemKind::Lost).count()
    }

    fn take(&mut self, read: ReadEvent) {
        match read {
            ReadEvent::Document(document) => self.documents.push(document),
            ReadEvent::Problem(problem) if problem.kind == ProblemKind::Skipped => self.skipped.push(problem),
            ReadEvent::Problem(problem) => self.problems.push(problem),
            ReadEvent::Decoded { encoding, undecodable } => self.decoded.push((encoding, undecodable)),
            ReadEvent::FileStarted(_)
            | ReadEvent::FileEnded(_)
            | ReadEvent::NotRead(_)
            | ReadEvent::FileUnchanged(_)
            | ReadEvent::Progress(_) => {}
        }
    }
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Found {
    read_as(ReadOptions::default(), name, bytes)
}

pub(crate) fn read_as(options: ReadOptions, name: &str, bytes: &[u8]) -> Found {
    read_within(&[], options, name, bytes)
}

/// Reads with limits, each as `NAME=VALUE`.
pub(crate) fn read_within(limits: &[&str], options: ReadOptions, name: &str, bytes: &[u8]) -> Found {
    let mut config = Config::builtin().unwrap();
    limits.iter().for_each(|limit| config.ingest.limits.set(limit).unwrap());
    read_by(&DocumentReader::new(&config.ingest, options).unwrap(), name, bytes)
}

pub(crate) fn read_by(reader: &DocumentReader, name: &str, bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let _ = reader.read_bytes(name, bytes, &mut |read: ReadEvent| {
        found.take(read);
        ControlFlow::Continue(())
    });
    found
}
