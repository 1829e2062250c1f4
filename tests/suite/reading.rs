//! Bytes read as if they were a file, and all that came of it.

use std::ops::ControlFlow;

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{DocumentReader, Problem, ProblemKind, Read, ReadOptions};

/// What was read: documents, problems without those of what is passed over by rule, and how texts were decoded.
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
            format!("{kind}: {}: {}\n", problem.place, problem.reason)
        };
        self.problems.iter().map(line).collect()
    }

    pub(crate) fn lost(&self) -> usize {
        self.problems.iter().filter(|problem| problem.kind == ProblemKind::Lost).count()
    }

    fn take(&mut self, read: Read) {
        match read {
            Read::Document(document) => self.documents.push(document),
            Read::Problem(problem) if problem.kind == ProblemKind::Skipped => self.skipped.push(problem),
            Read::Problem(problem) => self.problems.push(problem),
            Read::Decoded { encoding, undecodable } => self.decoded.push((encoding, undecodable)),
            Read::Begin(_) | Read::End(_) | Read::Unread(_) | Read::Unchanged(_) | Read::Progress(_) => {}
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
    let _ = reader.read_bytes(name, bytes, &mut |read| {
        found.take(read);
        ControlFlow::Continue(())
    });
    found
}
