//! The lexicon: what the compiler asks of an index. Four questions decide how a query is compiled; queries can be
//! compiled for anything that answers them.

use std::cell::RefCell;
use std::collections::HashMap;

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::query::plan::field_id::FieldId;
use crate::query::plan::field_statistics::FieldStatistics;
use crate::query::plan::pattern::{Pattern, SurfaceTerms};
use crate::query::syntax::{MAX_SURFACES, WordPattern};
use crate::text::analysis::Chain;

/// The lexicon of an index: its terms and their statistics.
pub trait Lexicon {
    /// The number of passages with each of the terms, without deleted passages; in one round trip.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn passages_with(&self, terms: &[(FieldId, &str)]) -> Result<Vec<u64>>;

    /// The statistics of a field; zeros for a field that the index does not have.
    fn statistics(&self, field: FieldId) -> FieldStatistics;

    /// The surface forms within `edits` edits (letters inserted, left out, replaced or swapped) of `surface`. Some may be terms that
    /// occur in no text as they are; looked up as surfaces, these find nothing.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn surfaces_like(&self, chain: Chain, surface: &str, edits: u8) -> Result<SurfaceTerms>;

    /// The surface forms that match a pattern; if more than `most` do, those that most passages have.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn surfaces_matching(&self, chain: Chain, pattern: &WordPattern, most: usize) -> Result<MatchingSurfaces>;

    /// True if any passage contains the pattern in the field.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn has_any(&self, field: FieldId, pattern: &Pattern) -> Result<bool>;
}

/// The surface forms that match a word with wildcards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatchingSurfaces {
    /// The surface forms; as with `surfaces_like`, some may occur in no text.
    pub surfaces: SurfaceTerms,
    /// Number of all surface forms that match.
    pub matching: usize,
}

/// A cache of term counts, so that the lexicon is asked once for each term of a query: the number of passages decides
/// whether a term is known, matches, ranks, and with what weight.
pub(crate) struct TermCounts<'a> {
    lexicon: &'a dyn Lexicon,
    passages: RefCell<HashMap<FieldId, HashMap<String, u64, RandomState>, RandomState>>,
}

impl<'a> TermCounts<'a> {
    pub(crate) fn new(lexicon: &'a dyn Lexicon) -> TermCounts<'a> {
        TermCounts { lexicon, passages: RefCell::default() }
    }

    /// Counts terms in one round trip and caches the counts.
    pub(crate) fn count(&self, terms: &[(FieldId, &str)]) -> Result<()> {
        let counted = self.lexicon.passages_with(terms)?;
        let mut passages = self.passages.borrow_mut();
        for (&(field, term), count) in terms.iter().zip(counted) {
            passages.entry(field).or_default().insert(term.to_owned(), count);
        }
        Ok(())
    }

    /// The number of passages with a term.
    pub(crate) fn passages(&self, field: FieldId, term: &str) -> Result<u64> {
        let known = self.passages.borrow().get(&field).and_then(|terms| terms.get(term)).copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let counted = self.lexicon.passages_with(&[(field, term)])?.first().copied().unwrap_or(0);
        self.passages.borrow_mut().entry(field).or_default().insert(term.to_owned(), counted);
        Ok(counted)
    }

    /// True if some passage contains a term in a chain's field of title and text.
    pub(crate) fn is_known(&self, chain: Chain, term: &str) -> Result<bool> {
        Ok(self.passages(FieldId::Text(chain), term)? > 0)
    }

    pub(crate) fn statistics(&self, field: FieldId) -> FieldStatistics {
        self.lexicon.statistics(field)
    }

    pub(crate) fn surfaces_like(&self, chain: Chain, surface: &str, edits: u8) -> Result<SurfaceTerms> {
        self.lexicon.surfaces_like(chain, surface, edits)
    }

    pub(crate) fn surfaces_matching(&self, chain: Chain, pattern: &WordPattern) -> Result<MatchingSurfaces> {
        self.lexicon.surfaces_matching(chain, pattern, MAX_SURFACES)
    }

    pub(crate) fn has_any(&self, field: FieldId, pattern: &Pattern) -> Result<bool> {
        self.lexicon.has_any(field, pattern)
    }
}
