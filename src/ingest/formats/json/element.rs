//! What a stream of records is in the middle of: values, the brackets that are open in them, and what was found.

use std::rc::Rc;

use crate::ingest::formats::json::envelope::Context;

/// A record, or what stands in place of one.
#[derive(Debug)]
pub(crate) struct Found {
    /// Line and column where it begins, both from 1; columns in bytes.
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// `None` for one that is longer than the limit.
    pub(crate) text: Option<Vec<u8>>,
    /// Its key in the object around it, where that holds records by their ids.
    pub(crate) key: Option<String>,
    /// True if it is one of many, and not a value by itself.
    pub(crate) is_listed: bool,
    /// True if records were found within it and handed out before it.
    pub(crate) is_envelope: bool,
    /// What the objects around it say of all records.
    pub(crate) context: Rc<Context>,
}

/// A list or an object whose records are handed out.
pub(crate) struct Open {
    /// The value that it is in.
    pub(crate) around: Option<Element>,
    pub(crate) is_object: bool,
    /// True for an object whose keys are the ids of its articles.
    pub(crate) has_ids: bool,
    pub(crate) context: Rc<Context>,
}

/// A bracket that is open within a value.
pub(crate) struct Bracket {
    pub(crate) is_object: bool,
    /// Where it is in the text; `None` if the text was too long since.
    pub(crate) start: Option<usize>,
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// Objects in it that were looked at.
    pub(crate) judged: usize,
    /// The first object in it that looked like an article, by its start: an object is opened with the second.
    pub(crate) article: Option<usize>,
}

/// A value that is being read.
pub(crate) struct Element {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) key: Option<String>,
    pub(crate) text: Vec<u8>,
    pub(crate) brackets: Vec<Bracket>,
    /// Open brackets, with those that are too deep to be followed.
    pub(crate) depth: usize,
    pub(crate) in_string: bool,
    pub(crate) is_escaped: bool,
    pub(crate) is_too_long: bool,
    pub(crate) is_envelope: bool,
}
