//! From a pattern to a tantivy query: tantivy's own where it has one, else one over collected positions.

use anyhow::Result;
use tantivy::Searcher;
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::analysis::{Chain, part_term, push_pair};
use crate::index::Fields;
use crate::query::collected::CollectedQuery;
use crate::query::pattern::{Form, Pattern, PatternUnit};
use crate::query::positions::PositionFields;

/// What has to stand at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PlacedTerms {
    /// This term.
    Term(String),
    /// Any term that a CJK character opens: itself, or a pair with whatever stands after it.
    Opened(String),
    /// A word by its surface.
    Form(Form),
}

/// The query for a pattern in the field with title and text, or in that with the title alone. `None`: the chain keeps
/// nothing that the pattern could be found in.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn pattern_query(
    chain: Chain,
    pattern: &Pattern,
    in_title: bool,
    fields: &Fields,
    searcher: &Searcher,
) -> Result<Option<Box<dyn Query>>> {
    let field = if in_title { fields.title_of(chain) } else { fields.text_of(chain) };
    match pattern {
        Pattern::Morpheme(term) => return Ok(Some(term_query(field, term))),
        Pattern::Part(term) => return Ok(Some(term_query(field, &part_term(term)))),
        Pattern::Row(units) if chain.has_positions() => {
            let placed = place_units(units);
            if let Some(query) = placed_query(field, &placed) {
                return Ok(Some(query));
            }
        }
        _ => {}
    }
    let Some(forms) = fields.forms_of(chain) else {
        return Ok(None);
    };
    let fields = PositionFields { terms: field, forms, title_only: in_title };
    Ok(Some(Box::new(CollectedQuery::collect(pattern, fields, searcher)?)))
}

pub(super) fn term_query(field: Field, term: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
}

/// What a row of units is looked up by, each with its offset from the first unit: words as they are, characters by
/// the pairs that they are kept in. A last character that no pair ends in is looked up by all pairs that it opens.
pub(super) fn place_units(units: &[PatternUnit]) -> Vec<(u32, PlacedTerms)> {
    let mut placed = Vec::new();
    let mut at = 0;
    while at < units.len() {
        match &units[at] {
            PatternUnit::Word(term) => placed.push((at as u32, PlacedTerms::Term(term.clone()))),
            PatternUnit::Form(form) => placed.push((at as u32, PlacedTerms::Form(form.clone()))),
            PatternUnit::Char(_) => {
                let run: Vec<&str> = units[at..]
                    .iter()
                    .map_while(|unit| match unit {
                        PatternUnit::Char(form) => Some(form.as_str()),
                        PatternUnit::Word(_) | PatternUnit::Form(_) => None,
                    })
                    .collect();
                place_run(&run, at, at + run.len() == units.len(), &mut placed);
                at += run.len();
                continue;
            }
        }
        at += 1;
    }
    placed
}

/// Every second pair and the last one cover a run. Before a word, the last character is also the last of its run in
/// the text, which stands there by itself.
fn place_run(run: &[&str], from: usize, is_last: bool, placed: &mut Vec<(u32, PlacedTerms)>) {
    let last = run.len() - 1;
    let firsts = if run.len() > 1 { 0..run.len() } else { 0..0 };
    for at in firsts.step_by(2) {
        // The last pair may overlap the one before it.
        let at = at.min(last - 1);
        let mut pair = String::new();
        push_pair(run[at], run[at + 1], &mut pair);
        placed.push(((from + at) as u32, PlacedTerms::Term(pair)));
    }
    let character = run[last].to_owned();
    if !is_last {
        placed.push(((from + last) as u32, PlacedTerms::Term(character)));
    } else if run.len() == 1 {
        placed.push(((from + last) as u32, PlacedTerms::Opened(character)));
    }
}

/// tantivy's query, where all is single terms.
fn placed_query(field: Field, placed: &[(u32, PlacedTerms)]) -> Option<Box<dyn Query>> {
    let mut terms: Vec<(usize, Term)> = Vec::with_capacity(placed.len());
    for (offset, placed) in placed {
        let PlacedTerms::Term(term) = placed else {
            return None;
        };
        terms.push((*offset as usize, Term::from_field_text(field, term)));
    }
    match terms.as_slice() {
        [] => None,
        [(_, term)] => Some(Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs))),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    }
}
