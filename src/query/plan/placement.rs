//! Placement: the terms of a field that a pattern is looked up by, each with its offset. CJK characters are indexed as
//! overlapping bigrams, so a sequence of units is not simply a sequence of terms.

use crate::query::plan::pattern::{Form, Pattern, PatternUnit};
use crate::text::analysis::{Chain, part_term, push_pair};

/// The terms of which one has to stand at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TermChoice {
    /// Exactly one term.
    Term(String),
    /// Any term that begins with a CJK character: the character itself, or a bigram of it and its successor.
    Opened(String),
    /// A pair of a CJK character and any other.
    PairOpened(String),
    /// A pair of any CJK character and this one.
    PairClosed(String),
    /// A word, by its surface form.
    Form(Form),
}

/// True if the chain's fields keep enough to find the pattern: positions for everything but single terms.
pub(crate) fn can_be_found(chain: Chain, pattern: &Pattern) -> bool {
    chain.has_positions() || matches!(pattern, Pattern::Term(_) | Pattern::CompoundPart(_))
}

/// The terms of a pattern, each with its offset from the first unit, if the pattern is nothing but a sequence of single
/// terms; else `None`.
pub(crate) fn single_terms(chain: Chain, pattern: &Pattern) -> Option<Vec<(u32, String)>> {
    match pattern {
        Pattern::Term(term) => Some(vec![(0, term.clone())]),
        Pattern::CompoundPart(term) => Some(vec![(0, part_term(term))]),
        Pattern::Sequence(units) if chain.has_positions() && !units.is_empty() => {
            let single = |(offset, terms_at)| match terms_at {
                TermChoice::Term(term) => Some((offset, term)),
                TermChoice::Opened(_) | TermChoice::PairOpened(_) | TermChoice::PairClosed(_) | TermChoice::Form(_) => {
                    None
                }
            };
            terms_with_offsets(units).into_iter().map(single).collect()
        }
        Pattern::Sequence(_)
        | Pattern::Any(_)
        | Pattern::Near { .. }
        | Pattern::Apart { .. }
        | Pattern::Within { .. }
        | Pattern::Quantity(_) => None,
    }
}

/// The term of a word, of a part of a compound or of two CJK characters, with its number of units, by a chain with positions; `None` for
/// any other pattern.
pub(crate) fn sole_term(pattern: &Pattern) -> Option<(String, u32)> {
    match pattern {
        Pattern::CompoundPart(term) => Some((part_term(term), 1)),
        Pattern::Sequence(units) => match terms_with_offsets(units).as_slice() {
            [(0, TermChoice::Term(term))] => Some((term.clone(), units.len() as u32)),
            _ => None,
        },
        Pattern::Term(_)
        | Pattern::Any(_)
        | Pattern::Near { .. }
        | Pattern::Apart { .. }
        | Pattern::Within { .. }
        | Pattern::Quantity(_) => None,
    }
}

/// The character of a pattern that is nothing but a single CJK character.
pub(crate) fn sole_character(pattern: &Pattern) -> Option<&str> {
    match pattern {
        Pattern::Sequence(units) => match units.as_slice() {
            [PatternUnit::Char(character)] => Some(character),
            _ => None,
        },
        Pattern::Term(_)
        | Pattern::CompoundPart(_)
        | Pattern::Any(_)
        | Pattern::Near { .. }
        | Pattern::Apart { .. }
        | Pattern::Within { .. }
        | Pattern::Quantity(_) => None,
    }
}

/// The terms that a sequence of units is looked up by, each with its offset from the first unit: words as they are,
/// characters by the bigrams that cover them. A last character that no bigram ends with is looked up by all bigrams
/// that begin with it.
pub(crate) fn terms_with_offsets(units: &[PatternUnit]) -> Vec<(u32, TermChoice)> {
    let mut terms_at = Vec::new();
    let mut at = 0;
    while at < units.len() {
        match &units[at] {
            PatternUnit::Word(term) => terms_at.push((at as u32, TermChoice::Term(term.clone()))),
            PatternUnit::Form(form) => terms_at.push((at as u32, TermChoice::Form(form.clone()))),
            PatternUnit::Char(_) => {
                let run: Vec<&str> = units[at..].iter().map_while(given_char).collect();
                let ends_before = match units.get(at + run.len()) {
                    None => RunEnd::Pattern,
                    Some(PatternUnit::AnyChar) => RunEnd::AnyChar,
                    Some(_) => RunEnd::Word,
                };
                push_run(&run, at, ends_before, &mut terms_at);
                at += run.len();
                continue;
            }
            // The pair that the character before it opens says that it is there, or else the pair that the one after it closes.
            PatternUnit::AnyChar => {
                let is_opened = at.checked_sub(1).and_then(|before| given_char(&units[before])).is_some();
                if let Some(after) = units.get(at + 1).and_then(given_char).filter(|_| !is_opened) {
                    terms_at.push((at as u32, TermChoice::PairClosed(after.to_owned())));
                }
            }
        }
        at += 1;
    }
    terms_at
}

fn given_char(unit: &PatternUnit) -> Option<&str> {
    match unit {
        PatternUnit::Char(form) => Some(form),
        PatternUnit::AnyChar | PatternUnit::Word(_) | PatternUnit::Form(_) => None,
    }
}

/// What stands behind a run of given characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RunEnd {
    /// Nothing.
    Pattern,
    AnyChar,
    Word,
}

/// Places a run of characters: every second bigram and the last one cover it. Before a word, the last character of the
/// run is also the last of its run in the text, where it is indexed as a term of its own.
fn push_run(run: &[&str], from: usize, end: RunEnd, terms_at: &mut Vec<(u32, TermChoice)>) {
    let last = run.len() - 1;
    let firsts = if run.len() > 1 { 0..run.len() } else { 0..0 };
    for at in firsts.step_by(2) {
        // The last bigram may overlap the one before it.
        let at = at.min(last - 1);
        let mut pair = String::new();
        push_pair(run[at], run[at + 1], &mut pair);
        terms_at.push(((from + at) as u32, TermChoice::Term(pair)));
    }
    let character = run[last].to_owned();
    let last = (from + last) as u32;
    match end {
        RunEnd::Word => terms_at.push((last, TermChoice::Term(character))),
        RunEnd::AnyChar => terms_at.push((last, TermChoice::PairOpened(character))),
        RunEnd::Pattern if run.len() == 1 => terms_at.push((last, TermChoice::Opened(character))),
        RunEnd::Pattern => {}
    }
}
