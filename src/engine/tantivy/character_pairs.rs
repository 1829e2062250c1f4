//! Pairs of CJK characters that a character closes: an automaton walks the terms, since no pair is listed by its second character.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use anyhow::Result;
use tantivy::InvertedIndexReader;

use crate::engine::tantivy::letters::LetterAutomaton;
use crate::engine::tantivy::wildcard::each_term;
use crate::text::analysis::{char_script, closes_pair, may_stand_before_second};

/// The terms of a segment that are a pair of CJK characters of which this is the second.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn pairs_closed_by(inverted: &InvertedIndexReader, character: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    each_term(inverted, &Pairs(character), &mut |term, _| {
        if closes_pair(character, term) {
            found.push(term.to_owned());
        }
    })?;
    Ok(found)
}

/// The automaton of pairs of CJK characters of which the second may be this one.
struct Pairs<'a>(&'a str);

/// True if a letter that can stand before a second character may begin with these bytes.
fn may_begin_before_second(bytes: &[u8]) -> bool {
    static BEGINNINGS: LazyLock<BTreeSet<Vec<u8>>> = LazyLock::new(|| {
        let letters = ('\0'..='\u{FFFF}').filter(|&letter| may_stand_before_second(letter));
        letters
            .flat_map(|letter| {
                (1..letter.len_utf8()).map(move |length| letter.to_string().as_bytes()[..length].to_vec())
            })
            .collect()
    });
    BEGINNINGS.contains(bytes)
}

/// Letters of a second character that are compared; a character may have any number of marks.
const MOST_LETTERS: usize = 31;

/// How much of a pair is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum PairPart {
    Nothing,
    /// The first character or its beginning, with the numbers of letters of the second character that were read behind it, a bit for
    /// each: a first character of several letters can go on as the second begins.
    First(u32),
}

impl LetterAutomaton for Pairs<'_> {
    type State = PairPart;

    fn start(&self) -> PairPart {
        PairPart::Nothing
    }

    fn step(&self, state: &PairPart, letter: char) -> PairPart {
        let PairPart::First(read) = *state else {
            return PairPart::First(u32::from(char_script(letter).is_some()));
        };
        let second = self.0.chars().take(MOST_LETTERS).enumerate();
        let goes_on = second.filter(|&(at, of_second)| read >> at & 1 == 1 && of_second == letter);
        let read_on = goes_on.fold(0, |read_on, (at, _)| read_on | 1 << (at + 1));
        // Whoever asks compares the whole character.
        let whole = read & 1 << MOST_LETTERS;
        PairPart::First(read_on | whole | (read & u32::from(may_stand_before_second(letter))))
    }

    fn is_match(&self, state: &PairPart) -> bool {
        matches!(*state, PairPart::First(read) if read >> self.0.chars().count().min(MOST_LETTERS) & 1 == 1)
    }

    fn can_match(&self, state: &PairPart) -> bool {
        *state != PairPart::First(0)
    }

    fn may_begin(&self, state: &PairPart, bytes: &[u8]) -> bool {
        match *state {
            PairPart::First(1) => self.0.as_bytes().starts_with(bytes) || may_begin_before_second(bytes),
            PairPart::Nothing | PairPart::First(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy_fst::Automaton;

    use super::*;
    use crate::engine::tantivy::letters::ByBytes;
    use crate::text::analysis::push_pair;

    fn accepts(automaton: &impl Automaton, term: &str) -> bool {
        let mut state = automaton.start();
        term.bytes().all(|byte| {
            state = automaton.accept(&state, byte);
            automaton.can_match(&state)
        }) && automaton.is_match(&state)
    }

    #[test]
    fn pairs_that_a_character_closes() {
        let long = format!("か{}", "\u{3099}".repeat(50));
        let characters = [
            &long,
            "关",
            "税",
            "か",
            "か\u{3099}",
            "한",
            "\u{1112}",
            "\u{1161}",
            "\u{1112}\u{1161}\u{11AB}",
            "㐀",
            "𠮷",
        ];
        for second in characters {
            let pairs = Pairs(second);
            let automaton = ByBytes::new(&pairs);
            for first in characters {
                assert!(!accepts(&automaton, first), "{first} alone");
                for closing in characters {
                    let mut term = String::new();
                    push_pair(first, closing, &mut term);
                    assert!(accepts(&automaton, &term) || !closes_pair(second, &term), "{second} closes {term:?}");
                }
            }
        }
        assert!(!accepts(&ByBytes::new(&Pairs("关")), "关税"));
    }
}
