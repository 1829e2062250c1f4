//! Phrases as tantivy queries: terms of a chain, or characters and words in the character evidence.

use anyhow::{Context, Result};
use tantivy::Searcher;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::analysis::{opens_pair, push_pair};
use crate::query::any_term::AnyTermQuery;
use crate::query::plan::PatternUnit;

/// Terms at consecutive positions. Needs at least one.
pub(crate) fn terms_query(field: Field, terms: &[String]) -> Box<dyn Query> {
    let placed = terms.iter().enumerate().map(|(at, term)| (at, Term::from_field_text(field, term))).collect();
    placed_query(placed)
}

/// Units at consecutive positions, looked up as the character evidence holds them: pairs, words, and for a last
/// character that stands alone here, all pairs that it opens in this index. `None`: no text of the index has it.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn phrase_query(field: Field, units: &[PatternUnit], searcher: &Searcher) -> Result<Option<Box<dyn Query>>> {
    let mut placed: Vec<(usize, Term)> = Vec::new();
    let mut open_end: Option<(usize, &str)> = None;
    let mut at = 0;
    while at < units.len() {
        match &units[at] {
            PatternUnit::Word(term) => {
                placed.push((at, Term::from_field_text(field, term)));
                at += 1;
            }
            PatternUnit::Char(_) => {
                let end = run_end(units, at);
                let is_last = end == units.len();
                place_run(field, units, at..end, is_last, &mut placed, &mut open_end);
                at = end;
            }
        }
    }
    let Some((at, character)) = open_end else {
        return Ok(Some(placed_query(placed)));
    };
    let terms = terms_with_prefix(field, character, searcher)?;
    if terms.is_empty() {
        return Ok(None);
    }
    if placed.is_empty() {
        return Ok(Some(Box::new(AnyTermQuery::new(field, terms))));
    }
    let endings = terms.into_iter().map(|term| {
        let mut with_ending = placed.clone();
        with_ending.push((at, term));
        placed_query(with_ending)
    });
    Ok(Some(Box::new(BooleanQuery::union(endings.collect()))))
}

fn run_end(units: &[PatternUnit], start: usize) -> usize {
    let length = units[start..].iter().take_while(|unit| matches!(unit, PatternUnit::Char(_))).count();
    start + length
}

/// Places a run of characters: every second pair and the last one cover it. Before a word, the last character is also
/// the last of its run in the text, which stands there by itself.
fn place_run<'a>(
    field: Field,
    units: &'a [PatternUnit],
    run: std::ops::Range<usize>,
    is_last: bool,
    placed: &mut Vec<(usize, Term)>,
    open_end: &mut Option<(usize, &'a str)>,
) {
    let character = |at: usize| match &units[at] {
        PatternUnit::Char(form) | PatternUnit::Word(form) => form.as_str(),
    };
    let mut pair_at = |at: usize| {
        let mut pair = String::new();
        push_pair(character(at), character(at + 1), &mut pair);
        placed.push((at, Term::from_field_text(field, &pair)));
    };
    let last = run.end - 1;
    if run.len() > 1 {
        for at in run.clone().step_by(2) {
            // The last pair may overlap the one before it.
            pair_at(at.min(last - 1));
        }
    }
    if !is_last {
        placed.push((last, Term::from_field_text(field, character(last))));
    } else if run.len() == 1 {
        *open_end = Some((last, character(last)));
    }
}

fn placed_query(mut placed: Vec<(usize, Term)>) -> Box<dyn Query> {
    placed.sort_by_key(|&(at, _)| at);
    match placed.as_slice() {
        [(_, term)] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
        _ => {
            // tantivy counts offsets from the first term.
            let first = placed.first().map_or(0, |&(at, _)| at);
            Box::new(PhraseQuery::new_with_offset(placed.into_iter().map(|(at, term)| (at - first, term)).collect()))
        }
    }
}

/// Every term of a field that begins with a unit of one character, in order.
fn terms_with_prefix(field: Field, character: &str, searcher: &Searcher) -> Result<Vec<Term>> {
    let mut terms: Vec<Term> = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).context("reading the terms of the index")?;
        let mut stream = inverted
            .terms()
            .range()
            .ge(character.as_bytes())
            .into_stream()
            .context("reading the terms of the index")?;
        while stream.advance() {
            if !stream.key().starts_with(character.as_bytes()) {
                break;
            }
            let term = std::str::from_utf8(stream.key()).context("a term of the index is not UTF-8; it is damaged")?;
            // The first unit of the pair may be a longer one, as an old syllable that begins with this consonant.
            if opens_pair(character, term) {
                terms.push(Term::from_field_text(field, term));
            }
        }
    }
    terms.sort();
    terms.dedup();
    Ok(terms)
}
