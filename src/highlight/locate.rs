//! Finding a query's matches in a text: the text is read again by the chains that indexed it, and the patterns of the
//! plan are looked for in what they read.
//!
//! In: a passage's title and text, and the plan. Out: ranges of each, sorted, disjoint, on grapheme boundaries.
//! Overlapping matches become one range; matches that only touch stay apart.

use anyhow::Result;

use crate::analysis::{Analyzer, Chain, Segmented, Token, UnitKind, unit_readings};
use crate::document::ByteRange;
use crate::index::{chains_of, has_readings};
use crate::language::Language;
use crate::query::{HighlightPlan, Pattern, PatternUnit};

/// The matches in the title and in the text of a passage.
///
/// # Errors
///
/// When an embedded dictionary cannot be read.
pub fn locate(
    title: &str,
    text: &str,
    lang: Language,
    plan: &HighlightPlan,
    analyzer: &Analyzer,
) -> Result<(Vec<ByteRange>, Vec<ByteRange>)> {
    let title = Segmented::new(title);
    let body = Segmented::new(text);
    let chains = chains_of(lang, &title, &body);
    let mut found = [Vec::new(), Vec::new()];
    for (ranges, segmented) in found.iter_mut().zip([&title, &body]) {
        for &chain in &chains {
            let readings = has_readings(chain, lang);
            let mut tokens: Option<Vec<Token>> = None;
            for pattern in &plan.patterns {
                match pattern {
                    Pattern::Units(units) if chain == Chain::Characters => {
                        find_units(segmented, units, readings, analyzer, ranges);
                    }
                    Pattern::Terms { chain: of, terms } if *of == chain => {
                        let tokens = match &mut tokens {
                            Some(tokens) => tokens,
                            None => tokens.insert(analyzer.tokens_of(chain, segmented, readings)?),
                        };
                        find_terms(tokens, terms, ranges);
                    }
                    Pattern::Units(_) | Pattern::Terms { .. } => {}
                }
            }
        }
    }
    let [in_title, in_text] = found;
    Ok((merge_overlapping(in_title), merge_overlapping(in_text)))
}

/// Every place where the terms stand at consecutive positions. Tokens are in the order of their positions.
fn find_terms(tokens: &[Token], terms: &[String], ranges: &mut Vec<ByteRange>) {
    let Some((first, rest)) = terms.split_first() else {
        return;
    };
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.term == *first) {
        let mut end = token.range.end;
        let mut complete = true;
        for (step, term) in rest.iter().enumerate() {
            let position = token.position + 1 + step as u32;
            let next = tokens[at..]
                .iter()
                .skip_while(|next| next.position < position)
                .take_while(|next| next.position == position)
                .find(|next| next.term == *term);
            match next {
                Some(next) => end = end.max(next.range.end),
                None => {
                    complete = false;
                    break;
                }
            }
        }
        if complete {
            ranges.push(ByteRange::new(token.range.start, end));
        }
    }
}

/// Every place where the units stand in a row.
fn find_units(
    segmented: &Segmented,
    pattern: &[PatternUnit],
    readings: bool,
    analyzer: &Analyzer,
    ranges: &mut Vec<ByteRange>,
) {
    let units = segmented.units();
    for window in units.windows(pattern.len().max(1)) {
        let matches = window.iter().zip(pattern).all(|(unit, wanted)| {
            let form = segmented.form(unit);
            match (wanted, unit.kind) {
                (PatternUnit::Char(wanted), UnitKind::Char(_)) => {
                    wanted == form || (readings && is_reading(wanted, unit_readings(segmented, unit)))
                }
                (PatternUnit::Word(term), UnitKind::Word) => analyzer.is_english_term_of(term, form),
                _ => false,
            }
        });
        if matches {
            let folded = ByteRange::new(window[0].folded.start, window[window.len() - 1].folded.end);
            ranges.push(segmented.original_range(folded));
        }
    }
}

fn is_reading(wanted: &str, readings: &[char]) -> bool {
    let mut characters = wanted.chars();
    matches!((characters.next(), characters.next()), (Some(only), None) if readings.contains(&only))
}

fn merge_overlapping(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut merged: Vec<ByteRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_ranges_become_one_and_touching_ones_stay() {
        let ranges = vec![ByteRange::new(4, 6), ByteRange::new(0, 2), ByteRange::new(1, 3), ByteRange::new(3, 4)];
        let expected = vec![ByteRange::new(0, 3), ByteRange::new(3, 4), ByteRange::new(4, 6)];
        assert_eq!(merge_overlapping(ranges), expected);
    }
}
