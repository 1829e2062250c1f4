//! Reaches: what some clauses can add to a passage at most. Clauses of different languages never meet in one passage, so of those
//! only the language with the most counts.

use crate::engine::tantivy::max_score::window::Marks;
use crate::text::analysis::Chain;

/// Number of languages that a passage can be in; each has a mark.
const LANGUAGES: usize = Chain::ALL.len() - 1;

/// The marks of all languages.
const ALL: Marks = (1 << LANGUAGES) - 1;

/// The language of a clause, by the number of its mark; `None` for clauses that passages in any language may have.
pub(super) type Language = Option<usize>;

/// The language of a field's passages.
pub(super) fn language_of(chain: Option<Chain>) -> Language {
    chain.filter(|chain| chain.language().is_some()).map(|chain| chain as usize)
}

/// The mark of a language.
pub(super) fn mark_of(language: Language) -> Marks {
    language.map_or(0, |language| 1 << language)
}

/// True if a passage with these marks cannot have a clause of this language.
pub(super) fn is_foreign(marks: Marks, language: Language) -> bool {
    let known = marks & ALL;
    known != 0 && language.is_some_and(|language| known & (1 << language) == 0)
}

/// What some clauses can add to a passage.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    shared: f64,
    own: [f64; LANGUAGES],
    most: f64,
}

impl Reach {
    /// Adds a clause with its bound.
    pub(super) fn add(&mut self, language: Language, bound: f64) {
        match language {
            None => self.shared += bound,
            Some(language) => self.own[language] += bound,
        }
        self.most = self.shared + self.own.iter().copied().fold(0.0, f64::max);
    }

    /// What they can add to any passage.
    pub(super) fn most(&self) -> f64 {
        self.most
    }

    /// What they can add to a passage with these marks.
    pub(super) fn of(&self, marks: Marks) -> f64 {
        match marks & ALL {
            0 => self.most,
            known if known.is_power_of_two() => self.shared + self.own[known.trailing_zeros() as usize],
            _ => self.shared + self.own.iter().sum::<f64>(),
        }
    }
}
