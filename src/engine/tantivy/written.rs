//! The writing of words: of the positions of a surface form, those at which the word is written in one way.

use anyhow::Result;
use tantivy::InvertedIndexReader;
use tantivy::schema::{Field, Term};

use crate::engine::tantivy::passage_positions::PassagePositions;
use crate::engine::tantivy::postings::each_passage;
use crate::index::{MIXED_WRITING, writing_term};
use crate::text::analysis::Writing;

/// The positions at which the field of surface forms says that a word has this writing.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn written(
    places: &PassagePositions<u32>,
    writing: &Writing,
    inverted: &InvertedIndexReader,
    field: Field,
) -> Result<PassagePositions<u32>> {
    // Nothing is said of words without capitals.
    let said = match writing_term(writing) {
        Some(term) => vec![term],
        None => {
            let capitals = [Writing::Title, Writing::Capitals].iter().filter_map(writing_term);
            capitals.chain([MIXED_WRITING.to_owned()]).collect()
        }
    };
    // Most words of a passage may be written so, so that only what is said of these places is kept.
    let mut found = Vec::new();
    for term in said {
        let mut places_of = places.reader();
        let passages = Some(places.passages());
        each_passage(inverted, &Term::from_field_text(field, &term), passages, &mut |passage, positions| {
            let places = places_of.places(passage);
            let are_said = positions.iter().filter(|position| places.binary_search(position).is_ok());
            found.extend(are_said.map(|&position| (passage, position)));
        })?;
    }
    let found = PassagePositions::of(found);
    let mut said = found.reader();
    let is_small = *writing == Writing::Small;
    Ok(places.filtered(|passage, position| said.places(passage).binary_search(&position).is_ok() != is_small))
}
