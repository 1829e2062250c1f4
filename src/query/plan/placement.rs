//! Placement: which terms of a field a pattern stands for, and how far apart. CJK characters are kept in pairs, so a row of
//! units is not a row of terms.

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

/// True if a field of the chain keeps what the pattern could be found in: places for all but single terms.
pub(crate) fn can_be_found(chain: Chain, pattern: &Pattern) -> bool {
    chain.has_positions() || matches!(pattern, Pattern::Term(_) | Pattern::CompoundPart(_))
}

/// The terms that make up a pattern, each with its offset from the first unit, where these say all of it. `None` for a pattern
/// that is more than a row of single terms.
pub(crate) fn single_terms(chain: Chain, pattern: &Pattern) -> Option<Vec<(u32, String)>> {
    match pattern {
        Pattern::Term(term) => Some(vec![(0, term.clone())]),
        Pattern::CompoundPart(term) => Some(vec![(0, part_term(term))]),
        Pattern::Sequence(units) if chain.has_positions() && !units.is_empty() => {
            let single = |(offset, placed)| match placed {
                PlacedTerms::Term(term) => Some((offset, term)),
                PlacedTerms::Opened(_) | PlacedTerms::Form(_) => None,
            };
            place_units(units).into_iter().map(single).collect()
        }
        Pattern::Sequence(_) | Pattern::Any(_) | Pattern::Near { .. } => None,
    }
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
