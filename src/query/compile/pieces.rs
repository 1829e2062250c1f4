//! Pieces of a word: the units of a string without white space, and which of them match by themselves in a bag.
//!
//! `AT&T`, `R&D`, `G20`, `F-16`, `5G` are names of pieces that say nothing alone: every text has a `t` or a 20. Such pieces match
//! where they stand together, as do `K-방산`, `E-Auto` and `A股` as a whole; 방산 and Auto match by themselves too.

use std::ops::Range;

use anyhow::Result;

use crate::query::compile::clause::LeafBuilder;
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::hyphenation::is_hyphen;
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::plan::GeneralText;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::{Pattern, PatternUnit};
use crate::query::plan::placement::single_terms;
use crate::text::analysis::{Chain, Segmented, UnitKind, umlauts_spelled_out};

/// Most letters of a name before a hyphen and a number: `COVID-19`, but `Release-20` is two words.
const MOST_BEFORE_NUMBER: usize = 5;
/// Most letters after a number and a hyphen: `7-nm`, but `10-year` is two words.
const MOST_AFTER_NUMBER: usize = 2;
/// Most letters of a piece that says nothing beside a single letter: `AT&T`.
const SHORT: usize = 2;

/// The units of a word, by whether they match by themselves in a bag.
pub(crate) struct Pieces {
    /// For each unit, false for a word that matches only together with its neighbours.
    alone: Vec<bool>,
    /// The units that are one name: letters and digits that touch, or that a hyphen joins.
    pub(crate) names: Vec<Range<usize>>,
    /// True if no word of it matches alone, and no name is a part of it.
    pub(crate) is_whole: bool,
}

impl Pieces {
    pub(crate) fn of(word: &Segmented) -> Pieces {
        let units = word.units();
        let mut alone = vec![true; units.len()];
        let is_word = |at: usize| units[at].kind == UnitKind::Word;
        let letters = |at: usize| letters_of(word.form(&units[at]));
        let mut names: Vec<Range<usize>> = Vec::new();
        for at in 1..units.len() {
            if !is_word(at - 1) || !is_word(at) || !are_one_name(word, at) {
                continue;
            }
            match names.last_mut() {
                Some(name) if name.end == at => name.end = at + 1,
                _ => names.push(at - 1..at + 1),
            }
        }
        names.iter().cloned().flatten().for_each(|at| alone[at] = false);
        let single: Vec<usize> =
            (0..units.len()).filter(|&at| units.len() > 1 && alone[at] && is_word(at) && letters(at) == 1).collect();
        single.iter().for_each(|&at| alone[at] = false);
        let is_short = |at: usize| is_word(at) && (!alone[at] || letters(at) <= SHORT);
        if !single.is_empty() && (0..units.len()).all(is_short) {
            alone.fill(false);
        }
        let is_whole = names.is_empty() && alone.iter().all(|alone| !alone);
        Pieces { alone, names, is_whole: is_whole && !units.is_empty() }
    }

    /// True if every unit matches by itself.
    pub(crate) fn all_match_alone(&self) -> bool {
        self.alone.iter().all(|alone| *alone)
    }

    pub(crate) fn matches_alone(&self, at: usize) -> bool {
        self.alone[at]
    }
}

/// True if the word at `at` and the one before it are one name: they touch, or a hyphen stands between letters and a number.
fn are_one_name(word: &Segmented, at: usize) -> bool {
    let (before, after) = (word.units()[at - 1], word.units()[at]);
    let gap = &word.text()[before.folded.end..after.folded.start];
    if gap.is_empty() {
        return true;
    }
    let (before, after) = (word.form(&before), word.form(&after));
    let is_number = |form: &str| form.starts_with(char::is_numeric);
    is_hyphen(gap)
        && match (is_number(before), is_number(after)) {
            (false, true) => letters_of(before) <= MOST_BEFORE_NUMBER,
            (true, false) => letters_of(after) <= MOST_AFTER_NUMBER,
            (true, true) | (false, false) => false,
        }
}

/// The number of letters of a word, the same for ö and oe.
fn letters_of(form: &str) -> usize {
    umlauts_spelled_out(form).chars().count()
}

/// The folded words of an item that match by themselves in a bag, with the indices of their units.
pub(crate) fn forms_alone<'w>(word: &'w Segmented, pieces: &Pieces) -> Vec<(usize, &'w str)> {
    let units = word.units().iter().enumerate();
    let alone = units.filter(|(at, unit)| unit.kind == UnitKind::Word && pieces.matches_alone(*at));
    alone.map(|(at, unit)| (at, word.form(unit))).collect()
}

impl Compiler<'_> {
    /// Looks up the names in a word of several pieces, and the whole word as one term.
    pub(crate) fn names_of_pieces(
        &self,
        context: Context<'_>,
        (word, pieces): (&Segmented, &Pieces),
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        for chain in self.chains_with_positions() {
            let names = pieces.names.iter().filter(|name| name.len() < word.units().len());
            let mut patterns: Vec<Pattern> = names.map(|name| self.sequence(chain, word, name.clone())).collect();
            patterns.extend(self.term_pattern(word, chain)?);
            for pattern in patterns.into_iter().filter(|_| chain.keeps_characters() || !word.has_chars()) {
                let factor = self.factor_of_words(chain) * self.rarity_of_name(chain, &pattern)?;
                self.look_up(context, &FieldClause { chain, pattern, factor, role: Role::Required }, leaf, plan)?;
            }
        }
        Ok(())
    }

    /// The factor by which a name of pieces weighs as if general text did not have its pieces: `e` and `auto` are common there, and
    /// say nothing of how common `E-Auto` is.
    fn rarity_of_name(&self, chain: Chain, pattern: &Pattern) -> Result<f32> {
        let (field, general) = (FieldId::Text(chain), self.ranking.general);
        let (statistics, without) = (self.lexicon.statistics(field), GeneralText { tokens: 0, ..general });
        let (mut as_counted, mut as_unseen) = (0.0, 0.0);
        for (_, term) in single_terms(chain, pattern).unwrap_or_default() {
            let passages = self.lexicon.passages(field, &term)?;
            as_counted += general.idf(field, statistics, &term, passages);
            as_unseen += without.idf(field, statistics, &term, passages);
        }
        Ok(if as_counted > 0.0 { (as_unseen / as_counted) as f32 } else { 1.0 })
    }

    /// Looks up the words that have signs of a name beside them (`C++`), with these signs.
    pub(crate) fn signed_words(
        &self,
        context: Context<'_>,
        word: &Segmented,
        role: Role,
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        for signed in (0..word.units().len()).filter_map(|at| word.signed_form(at)) {
            for chain in self.chains_with_positions() {
                let pattern = Pattern::Sequence(vec![PatternUnit::Word(signed.to_owned())]);
                self.look_up(
                    context,
                    &FieldClause { chain, pattern, factor: self.factor_of_words(chain), role },
                    leaf,
                    plan,
                )?;
            }
        }
        Ok(())
    }

    /// True if some passage has a word of a text with the signs that it has there (`C++`).
    pub(crate) fn is_known_with_signs(&self, word: &Segmented) -> Result<bool> {
        for signed in (0..word.units().len()).filter_map(|at| word.signed_form(at)) {
            for chain in self.chains_with_positions() {
                if self.lexicon.is_known(chain, signed)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The factor of names and spellings in the fields of a chain with positions. Among CJK characters these are in no other
    /// field, so they weigh at least as a word does in its own language.
    pub(crate) fn factor_of_words(&self, chain: Chain) -> f32 {
        let own = if chain.keeps_characters() { self.words.among_characters().max(1.0) } else { 1.0 };
        own * self.words.calibration(chain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(text: &str) -> Vec<String> {
        let word = Segmented::new(text);
        let pieces = Pieces::of(&word);
        let alone = word.units().iter().enumerate().filter(|(at, _)| pieces.matches_alone(*at));
        alone.map(|(_, unit)| word.form(unit).to_owned()).collect()
    }

    #[test]
    fn pieces_that_say_nothing_do_not_match_alone() {
        for name in [
            "AT&T", "R&D", "S&P", "M&A", "H&M", "F-16", "G20", "G-20", "KF-21", "3M", "5G", "7nm", "7-nm", "B2B",
            "COVID-19", "U-2",
        ] {
            assert_eq!(alone(name), Vec::<String>::new(), "{name}");
        }
        assert_eq!(alone("E-Auto"), ["auto"]);
        assert_eq!(alone("5G-Netz"), ["netz"]);
        assert_eq!(alone("K-방산"), ["방", "산"]);
        assert_eq!(alone("A股"), ["股"]);
        assert_eq!(alone("Ö-Auto").len(), alone("Oe-Auto").len());
        assert_eq!(alone("US-EU"), ["us", "eu"]);
        assert_eq!(alone("10-year"), ["10", "year"]);
        assert_eq!(alone("2024-2025"), ["2024", "2025"]);
        for single in ["T", "7", "C++", "trade", ""] {
            assert!(Pieces::of(&Segmented::new(single)).all_match_alone(), "{single}");
        }
    }
}
