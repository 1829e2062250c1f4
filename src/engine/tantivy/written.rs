//! The writing of words: of the positions of a surface form, those at which the word is written in one way.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::schema::{Field, Term};
use tantivy::{DocId, InvertedIndexReader};

use crate::engine::tantivy::postings::{PassagePositions, add_positions, positions_in, sorted};
use crate::index::{MIXED_WRITING, writing_term};
use crate::text::analysis::Writing;

/// Keeps the positions at which the field of surface forms says that a word has this writing.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn keep_written(
    places: &mut PassagePositions<u32>,
    writing: &Writing,
    inverted: &InvertedIndexReader,
    field: Field,
) -> Result<()> {
    let docs: Vec<DocId> = places.iter().map(|&(doc, _)| doc).collect();
    // Nothing is said of words without capitals.
    let said = match writing_term(writing) {
        Some(term) => vec![term],
        None => {
            let capitals = [Writing::Title, Writing::Capitals].iter().filter_map(writing_term);
            capitals.chain([MIXED_WRITING.to_owned()]).collect()
        }
    };
    let mut found = BTreeMap::new();
    for term in said {
        add_positions(inverted, &Term::from_field_text(field, &term), Some(&docs), &mut found)?;
    }
    let found = sorted(found);
    let is_small = *writing == Writing::Small;
    for (doc, positions) in places.iter_mut() {
        let said = positions_in(&found, *doc);
        positions.retain(|position| said.binary_search(position).is_ok() != is_small);
    }
    places.retain(|(_, positions)| !positions.is_empty());
    Ok(())
}
