//! Patterns as tantivy queries: a term query, a phrase query if the pattern is a sequence of single terms, else a query
//! that is materialized from positions.

use anyhow::Result;
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::engine::tantivy::sequence::PositionFields;
use crate::index::NewsIndex;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::single_terms;

/// The tantivy query for the passages that contain a pattern in a field. `None` if the chain keeps nothing that the
/// pattern could be found in.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn pattern_query(index: &NewsIndex, field: FieldId, pattern: &Pattern) -> Result<Option<Box<dyn Query>>> {
    let fields = index.fields();
    let Some(terms) = fields.of(field) else {
        return Ok(None);
    };
    if let Some(row) = single_terms(field.chain(), pattern) {
        let mut row: Vec<(usize, Term)> =
            row.iter().map(|(offset, term)| (*offset as usize, Term::from_field_text(terms, term))).collect();
        if row.len() > 1 {
            return Ok(Some(Box::new(PhraseQuery::new_with_offset(row))));
        }
        let only = row.pop().map(|(_, term)| TermQuery::new(term, IndexRecordOption::WithFreqs));
        return Ok(only.map(|query| Box::new(query) as Box<dyn Query>));
    }
    let Some(fields) = position_fields(index, field) else {
        return Ok(None);
    };
    Ok(Some(Box::new(MaterializedQuery::collect(pattern, fields, index.searcher())?)))
}

/// The fields in which the patterns of a field have their positions. `None` if the chain keeps none.
pub(crate) fn position_fields(index: &NewsIndex, field: FieldId) -> Option<PositionFields> {
    let fields = index.fields();
    let surfaces = fields.surface_field(field.chain())?;
    Some(PositionFields { terms: fields.of(field)?, surfaces, title_only: matches!(field, FieldId::Title(_)) })
}
