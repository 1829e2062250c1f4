//! Terms of the index, each counted once a query. How many passages have a term is asked for to know the words of the query, to
//! find hits, to rank and to weigh what stands close; and what no passage has need not be looked for again.

use std::cell::RefCell;
use std::collections::HashMap;

use anyhow::Result;
use tantivy::Searcher;
use tantivy::query::{Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::index::NewsIndex;

/// The look-ups of one query.
pub(crate) struct Terms<'a> {
    index: &'a NewsIndex,
    found: RefCell<HashMap<(Field, String), Option<FoundTerm>>>,
}

impl<'a> Terms<'a> {
    pub(crate) fn new(index: &'a NewsIndex) -> Terms<'a> {
        Terms { index, found: RefCell::default() }
    }

    pub(crate) fn searcher(&self) -> &'a Searcher {
        self.index.searcher()
    }

    /// A term of a field; `None` if no passage has it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn find(&self, field: Field, term: &str) -> Result<Option<FoundTerm>> {
        let key = (field, term.to_owned());
        if let Some(found) = self.found.borrow().get(&key) {
            return Ok(found.clone());
        }
        let term = Term::from_field_text(field, term);
        let passages = self.index.doc_freq(&term)?;
        let found = (passages > 0).then_some(FoundTerm { term, passages });
        self.found.borrow_mut().insert(key, found.clone());
        Ok(found)
    }

    /// Passages that have a term.
    ///
    /// # Errors
    ///
    /// As [`Terms::find`].
    pub(crate) fn passages(&self, field: Field, term: &str) -> Result<u64> {
        Ok(self.find(field, term)?.map_or(0, |found| found.passages))
    }
}

/// A term that some passages have.
#[derive(Clone)]
pub(crate) struct FoundTerm {
    pub(crate) term: Term,
    /// Passages that have it.
    pub(crate) passages: u64,
}

impl FoundTerm {
    /// A query for its passages.
    pub(crate) fn query(&self) -> Box<dyn Query> {
        Box::new(TermQuery::new(self.term.clone(), IndexRecordOption::WithFreqs))
    }
}
