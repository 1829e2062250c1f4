//! Fuzzy search: the surface forms of a field within a few edits of a word. An automaton walks the field's terms and
//! turns back as soon as too many letters differ.

use std::sync::LazyLock;

use anyhow::{Context, Result};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher};
use tantivy_fst::Automaton;

use crate::engine::tantivy::postings::as_text;
use crate::index::split_form;
use crate::query::plan::SurfaceTerms;
use crate::text::analysis::is_part_mark;

/// Lead bytes of kana, Han and Hangul in UTF-8; fuzzy words have none of these.
const CJK_LEAD_BYTES: std::ops::RangeInclusive<u8> = 0xE3..=0xED;

/// Automata builders by number of edits; a transposition of neighbours counts as one edit.
static WITHIN_ONE: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static WITHIN_TWO: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// The surface forms within `edits` edits (letters inserted, left out, replaced or swapped) of `word`, each with the terms that the
/// index has it under. Some may be stems that occur in no text as they are; looked up as surfaces, these find nothing.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn surfaces_like(
    word: &str,
    edits: u8,
    terms: Field,
    surface_terms: Option<Field>,
    searcher: &Searcher,
) -> Result<SurfaceTerms> {
    let automaton = if edits == 1 { &WITHIN_ONE } else { &WITHIN_TWO }.build_dfa(word);
    let mut found = SurfaceTerms::new();
    for segment in searcher.segment_readers() {
        let terms = segment.inverted_index(terms).context("reading the terms of the index")?;
        each_match(&terms, FuzzyAutomaton(&automaton), &mut |term| {
            found.entry(term.to_owned()).or_default().insert(term.to_owned());
        })?;
        if let Some(surface_terms) = surface_terms {
            let surface_terms = segment.inverted_index(surface_terms).context("reading the terms of the index")?;
            // Terms of this field have the surface last.
            each_match(&surface_terms, tantivy_fst::automaton::AlwaysMatch, &mut |form| {
                let Some((term, surfaces)) = split_form(form) else {
                    return;
                };
                for surface in surfaces.filter(|surface| matches!(automaton.eval(surface), Distance::Exact(_))) {
                    found.entry(surface.to_owned()).or_default().insert(term.to_owned());
                }
            })?;
        }
    }
    Ok(found)
}

fn each_match<A: Automaton>(inverted: &InvertedIndexReader, automaton: A, found: &mut dyn FnMut(&str)) -> Result<()>
where
    A::State: Clone,
{
    let search = inverted.terms().search(automaton);
    let mut stream = search.into_stream().context("reading the terms of the index")?;
    while stream.advance() {
        found(as_text(stream.key())?);
    }
    Ok(())
}

/// The automaton of the words that a Levenshtein DFA accepts.
struct FuzzyAutomaton<'a>(&'a DFA);

impl Automaton for FuzzyAutomaton<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        // A CJK character would count as one letter replaced, and there are a hundred thousand bigrams of them. The
        // mark of a compound part would count as one too.
        if CJK_LEAD_BYTES.contains(&byte) || is_part_mark(byte) { SINK_STATE } else { self.0.transition(*state, byte) }
    }
}
