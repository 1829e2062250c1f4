//! From a pattern to what finds it: a term, tantivy's query where it has one, else one over collected positions.

use std::sync::Arc;

use anyhow::Result;
use tantivy::Score;
use tantivy::query::{PhraseQuery, Query};
use tantivy::schema::{Field, Term};

use crate::engine::tantivy::materialized::MaterializedQuery;
use crate::engine::tantivy::sequence::PositionFields;
use crate::engine::tantivy::statistics::WithStatistics;
use crate::engine::tantivy::terms::{FoundTerm, Terms};
use crate::index::{DeletedPassages, FieldStatistics, Fields};
use crate::query::plan::pattern::{Form, Pattern, PatternUnit};
use crate::text::analysis::{Chain, part_term, push_pair};

/// What has to stand at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlacedTerms {
    /// This term.
    Term(String),
    /// Any term that a CJK character opens: itself, or a pair with whatever stands after it.
    Opened(String),
    /// A word by its surface.
    Form(Form),
}

/// What finds a pattern.
pub(crate) enum Matcher {
    /// No passage has it.
    Nothing,
    /// A term.
    Term(FoundTerm),
    /// Anything else.
    Query(Box<dyn Query>),
}

impl Matcher {
    /// Matches the passages with the pattern; `None` if there are none.
    pub(crate) fn matches(&self) -> Option<Box<dyn Query>> {
        match self {
            Matcher::Nothing => None,
            Matcher::Term(term) => Some(term.query()),
            Matcher::Query(query) => Some(query.box_clone()),
        }
    }

    /// Scores them by the statistics of a field; `None` if there are none.
    pub(crate) fn scores(
        self,
        statistics: FieldStatistics,
        length: f32,
        weight: Score,
        deleted: &Arc<DeletedPassages>,
    ) -> Option<Box<dyn Query>> {
        match self {
            Matcher::Nothing => None,
            Matcher::Term(term) => Some(WithStatistics::weighted_term(&term, statistics, length, weight)),
            Matcher::Query(query) => Some(WithStatistics::weighted(query, statistics, length, weight, deleted)),
        }
    }
}

/// Finds a pattern in the field with title and text, or in that with the title alone. `None`: the chain keeps
/// nothing that the pattern could be found in.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn find_pattern(
    chain: Chain,
    pattern: &Pattern,
    in_title: bool,
    fields: &Fields,
    terms: &Terms<'_>,
) -> Result<Option<Matcher>> {
    let field = if in_title { fields.title_of(chain) } else { fields.text_of(chain) };
    let find = |term: &str| Ok(Some(terms.find(field, term)?.map_or(Matcher::Nothing, Matcher::Term)));
    match pattern {
        Pattern::Term(term) => return find(term),
        Pattern::CompoundPart(term) => return find(&part_term(term)),
        Pattern::Sequence(units) if chain.has_positions() => {
            let placed = place_units(units);
            if let Some(finder) = find_placed(field, &placed, terms)? {
                return Ok(Some(finder));
            }
        }
        _ => {}
    }
    let Some(forms) = fields.forms_of(chain) else {
        return Ok(None);
    };
    let fields = PositionFields { terms: field, forms, title_only: in_title };
    Ok(Some(Matcher::Query(Box::new(MaterializedQuery::collect(pattern, fields, terms.searcher())?))))
}

/// What a row of units is looked up by, each with its offset from the first unit: words as they are, characters by
/// the pairs that they are kept in. A last character that no pair ends in is looked up by all pairs that it opens.
pub(crate) fn place_units(units: &[PatternUnit]) -> Vec<(u32, PlacedTerms)> {
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
fn find_placed(field: Field, placed: &[(u32, PlacedTerms)], terms: &Terms<'_>) -> Result<Option<Matcher>> {
    let mut row: Vec<(usize, Term)> = Vec::with_capacity(placed.len());
    let mut last = None;
    let mut are_known = true;
    for (offset, placed) in placed {
        let PlacedTerms::Term(term) = placed else {
            return Ok(None);
        };
        last = terms.find(field, term)?;
        are_known &= last.is_some();
        row.push((*offset as usize, Term::from_field_text(field, term)));
    }
    Ok(match (row.len(), last) {
        (0, _) => None,
        (1, Some(term)) => Some(Matcher::Term(term)),
        (_, Some(_)) if are_known => Some(Matcher::Query(Box::new(PhraseQuery::new_with_offset(row)))),
        _ => Some(Matcher::Nothing),
    })
}
