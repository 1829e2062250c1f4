//! Readings of single Han characters, from the hanja words of mecab-ko-dic.
//!
//! In go the dictionary's words; out comes the text of `hanja.tsv`. Only 1,775 characters are words of their own, but
//! 123,608 hanja words have a reading with one syllable for each character, which gives readings for some 6,600. A
//! reading counts once for every word that has it. The initial-sound rule is in the readings: 女 is 녀, and 여 where
//! it begins a word.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use unicode_script::{Script, UnicodeScript};

use crate::korean::{READING, Word};

/// Minimum number of words with a reading for it to be kept.
const ENOUGH_WORDS: usize = 3;
/// A reading with fewer words is kept too if at least one in this many of the character's words has it: mistakes in the dictionary
/// are rarer.
const WORDS_PER_SLIP: usize = 50;

/// The support for a reading of a character: the number of words that have it, and their lowest cost.
#[derive(Clone, Copy, Debug)]
struct ReadingSupport {
    words: usize,
    lowest_cost: i16,
}

/// The readings of characters, both in code point order.
#[derive(Debug, Default)]
pub(crate) struct HanjaReadings {
    characters: BTreeMap<char, BTreeMap<char, ReadingSupport>>,
}

impl HanjaReadings {
    /// Collects the readings from the dictionary's words.
    pub(crate) fn collect(words: &[Word<'_>]) -> Self {
        let mut readings = Self::default();
        for word in words {
            readings.add(&word.surface, word.features[READING], word.entry.cost);
        }
        readings
    }

    /// Adds one word, if it is all Han characters and its reading has one syllable for each.
    fn add(&mut self, surface: &str, reading: &str, cost: i16) {
        let aligned = surface.chars().count() == reading.chars().count()
            && surface.chars().all(|character| character.script() == Script::Han)
            && reading.chars().all(|syllable| ('가'..='힣').contains(&syllable));
        if !aligned {
            return;
        }
        for (character, syllable) in surface.chars().zip(reading.chars()) {
            let readings = self.characters.entry(character).or_default();
            let support = readings.entry(syllable).or_insert(ReadingSupport { words: 0, lowest_cost: cost });
            support.words += 1;
            support.lowest_cost = support.lowest_cost.min(cost);
        }
    }

    /// Returns how many characters have a reading.
    pub(crate) fn len(&self) -> usize {
        self.characters.len()
    }

    /// Returns the lines `CHARACTER<TAB>READING[<TAB>READING…]`, sorted by character, the commonest reading first.
    pub(crate) fn to_tsv(&self) -> String {
        let mut text = String::new();
        for (character, readings) in &self.characters {
            let words: usize = readings.values().map(|support| support.words).sum();
            let mut kept: Vec<(char, ReadingSupport)> = readings
                .iter()
                .map(|(&syllable, &support)| (syllable, support))
                .filter(|(_, support)| support.words >= ENOUGH_WORDS || support.words * WORDS_PER_SLIP >= words)
                .collect();
            kept.sort_by_key(|&(syllable, support)| (Reverse(support.words), support.lowest_cost, syllable));
            text.push(*character);
            for (syllable, _) in kept {
                text.push('\t');
                text.push(syllable);
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tsv(words: &[(&str, &str, i16)]) -> String {
        let mut readings = HanjaReadings::default();
        for (surface, reading, cost) in words {
            readings.add(surface, reading, *cost);
        }
        readings.to_tsv()
    }

    #[test]
    fn aligns_characters_with_syllables() {
        let words = [("女", "녀", 5), ("女子", "여자", 2), ("男女", "남녀", 9)];
        assert_eq!(tsv(&words), "女\t녀\t여\n子\t자\n男\t남\n");
    }

    #[test]
    fn breaks_ties_by_cost() {
        assert_eq!(tsv(&[("車", "차", 7), ("車", "거", 3)]), "車\t거\t차\n");
    }

    #[test]
    fn skips_what_does_not_align() {
        assert_eq!(tsv(&[("散樂", "사루가쿠", 1), ("如스", "여스", 1), ("如", "*", 1)]), "");
    }

    #[test]
    fn drops_slips() {
        let mut words = vec![("土", "토", 1); 99];
        words.extend([("土", "사", 1), ("土", "두", 1), ("土", "두", 1), ("土", "두", 1)]);
        assert_eq!(tsv(&words), "土\t토\t두\n");
    }
}
