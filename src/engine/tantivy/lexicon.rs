//! The lexicon of a tantivy index.

use anyhow::{Context, Result};
use tantivy::query::EnableScoring;
use tantivy::schema::Term;
use tantivy::{DocSet, TERMINATED};

use crate::engine::tantivy::fuzzy::surfaces_like;
use crate::engine::tantivy::lookup::pattern_query;
use crate::engine::tantivy::wildcard::surfaces_matching;
use crate::index::NewsIndex;
use crate::query::compile::{Lexicon, MatchingSurfaces};
use crate::query::plan::{FieldId, FieldStatistics, Pattern, SurfaceTerms};
use crate::query::syntax::WordPattern;
use crate::text::analysis::Chain;

const LOOKING_UP: &str = "looking a pattern up";

impl Lexicon for NewsIndex {
    fn passages_with(&self, terms: &[(FieldId, &str)]) -> Result<Vec<u64>> {
        let count = |&(field, term): &(FieldId, &str)| match self.fields().of(field) {
            Some(field) => self.doc_freq(&Term::from_field_text(field, term)),
            None => Ok(0),
        };
        terms.iter().map(count).collect()
    }

    fn statistics(&self, field: FieldId) -> FieldStatistics {
        self.statistics().of(field)
    }

    fn surfaces_like(&self, chain: Chain, surface: &str, edits: u8) -> Result<SurfaceTerms> {
        let fields = self.fields();
        surfaces_like(surface, edits, fields.text_field(chain), fields.surface_field(chain), self.searcher())
    }

    fn surfaces_matching(&self, chain: Chain, pattern: &WordPattern, most: usize) -> Result<MatchingSurfaces> {
        surfaces_matching(self, chain, pattern, most)
    }

    fn has_any(&self, field: FieldId, pattern: &Pattern) -> Result<bool> {
        let Some(query) = pattern_query(self, field, pattern)? else {
            return Ok(false);
        };
        let searcher = self.searcher();
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).context(LOOKING_UP)?;
        for reader in searcher.segment_readers() {
            let mut found = weight.scorer(reader, 1.0).context(LOOKING_UP)?;
            while found.doc() != TERMINATED {
                if reader.alive_bitset().is_none_or(|alive| alive.is_alive(found.doc())) {
                    return Ok(true);
                }
                found.advance();
            }
        }
        Ok(false)
    }
}
