//! The keys of an input, each looked up once: records have the same ones over and over.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::ingest::field_lists::{JsonNames, KeyList};
use crate::ingest::field_names::{FieldNames, NamedPart};
use crate::ingest::part::Part;

/// Keys that are remembered at most; an object of articles by their ids has any number.
const MAX_KEYS: usize = 4096;

/// What is known of a key.
#[derive(Debug, Clone, Copy)]
struct Known {
    part: Option<NamedPart>,
    lists: [bool; KeyList::ALL.len()],
    within: [Option<usize>; Part::ALL.len()],
    is_in_language: bool,
}

/// The names of fields, with what was looked up of them.
pub(crate) struct Keys<'a> {
    pub(crate) names: &'a FieldNames,
    known: RefCell<HashMap<String, Known>>,
}

impl<'a> Keys<'a> {
    pub(crate) fn new(names: &'a FieldNames) -> Keys<'a> {
        Keys { names, known: RefCell::default() }
    }

    fn known(&self, key: &str) -> Known {
        if let Some(known) = self.known.borrow().get(key) {
            return *known;
        }
        let known = Known {
            part: self.names.find(key),
            lists: KeyList::ALL.map(|list| self.names.lists(list, key)),
            within: Part::ALL.map(|part| self.names.rank_within(part, key)),
            is_in_language: self.names.in_language(key).is_some(),
        };
        let mut all = self.known.borrow_mut();
        if all.len() == MAX_KEYS {
            all.clear();
        }
        all.insert(key.to_owned(), known);
        known
    }

    /// The part that a key stands for.
    pub(crate) fn find(&self, key: &str) -> Option<NamedPart> {
        self.known(key).part
    }

    /// True for a key or a type that is in a list of `[json]`.
    pub(crate) fn lists(&self, list: KeyList, key: &str) -> bool {
        self.known(key).lists[list as usize]
    }

    /// The rank of a key of an object that holds a part.
    pub(crate) fn rank_within(&self, part: Part, key: &str) -> Option<usize> {
        self.known(key).within[part as usize]
    }

    /// True for a key that says in which language a text is.
    pub(crate) fn is_in_language(&self, key: &str) -> bool {
        self.known(key).is_in_language
    }

    pub(crate) fn json(&self) -> &JsonNames {
        self.names.json()
    }
}

/// True for a key that people and places have as well as articles.
pub(crate) fn is_name(key: &str) -> bool {
    key.eq_ignore_ascii_case("name")
}
