//! Word patterns: surface forms with wildcards, and how one is matched letter by letter. The lexicon of an index searches its terms
//! with the same steps.

use std::collections::BTreeSet;

use crate::text::analysis::Chain;

/// A `?`, as a letter that stands for it while a word is cut: one that no text of the four languages has, and that folding keeps.
pub(crate) const ONE_LETTER: char = '𐐨';
/// A `*`, likewise.
pub(crate) const ANY_LETTERS: char = '𐐩';
/// A `?` beside a digit, as a digit: words are cut between letters and digits.
pub(crate) const ONE_DIGIT: char = '𐒠';
/// A `*` beside a digit, likewise.
pub(crate) const ANY_DIGITS: char = '𐒡';

/// Greatest length of a pattern, so that a set of its places is one number.
pub(crate) const MAX_LETTERS: usize = 100;

/// True for the letters and digits that stand for a wildcard.
pub(crate) fn is_wildcard(character: char) -> bool {
    matches!(character, ONE_LETTER | ANY_LETTERS | ONE_DIGIT | ANY_DIGITS)
}

/// True for those that stand for a `*`.
pub(crate) fn is_star(character: char) -> bool {
    matches!(character, ANY_LETTERS | ANY_DIGITS)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    This(char),
    One,
    Any,
}

/// A surface form with wildcards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordPattern {
    letters: Vec<Letter>,
    /// The places of `*`, a bit each.
    stars: u128,
    /// True if ae, oe, ue and ss are one letter as well: in German texts they are also ä, ö, ü and ß.
    has_pairs: bool,
    /// The first letters of terms of matching words that begin otherwise.
    other_firsts: Vec<char>,
}

/// The places of a pattern up to which the letters read so far match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Places {
    reached: u128,
    /// Places of a `?` that has taken the a, o or u of a spelled-out umlaut.
    before_e: u128,
    /// Places of a `?` that has taken the first s of a spelled-out ß.
    before_s: u128,
    /// True if a u after the last letter is none of a spelled-out ü, as in neue and Quelle.
    keeps_u: bool,
}

impl WordPattern {
    /// The pattern of a surface form in which letters stand for wildcards.
    pub(crate) fn new(chain: Chain, surface: &str) -> WordPattern {
        let mut letters: Vec<Letter> = Vec::new();
        for character in surface.chars() {
            letters.push(match character {
                ANY_LETTERS | ANY_DIGITS if letters.last() == Some(&Letter::Any) => continue,
                ANY_LETTERS | ANY_DIGITS => Letter::Any,
                ONE_LETTER | ONE_DIGIT => Letter::One,
                letter => Letter::This(letter),
            });
        }
        letters.truncate(u128::BITS as usize - 1);
        let stars = letters.iter().enumerate().filter(|(_, letter)| **letter == Letter::Any);
        let stars = stars.fold(0, |stars, (at, _)| stars | 1 << at);
        WordPattern { letters, stars, has_pairs: chain.spells_out_letters(), other_firsts: Vec::new() }
    }

    /// The pattern, of which words can match that have one of these terms although the terms begin otherwise.
    pub(crate) fn with_terms(self, terms: &BTreeSet<String>) -> WordPattern {
        WordPattern { other_firsts: terms.iter().filter_map(|term| term.chars().next()).collect(), ..self }
    }

    /// True if the term of a matching word can begin with this letter.
    pub(crate) fn may_begin(&self, letter: char) -> bool {
        match self.letters.first() {
            Some(Letter::This(first)) => *first == letter || self.other_firsts.contains(&letter),
            Some(Letter::One | Letter::Any) | None => true,
        }
    }

    /// True if the surface form matches.
    pub fn matches(&self, surface: &str) -> bool {
        let mut places = self.start();
        for letter in surface.chars() {
            places = self.step(places, letter);
            if places.is_empty() {
                return false;
            }
        }
        self.is_match(places)
    }

    /// The places before anything is read.
    pub(crate) fn start(&self) -> Places {
        Places { reached: self.behind_stars(1), before_e: 0, before_s: 0, keeps_u: false }
    }

    /// The places after a further letter.
    pub(crate) fn step(&self, places: Places, letter: char) -> Places {
        let keeps_u = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q');
        let mut next = Places { reached: 0, before_e: 0, before_s: 0, keeps_u };
        let is_umlaut = match letter {
            'a' | 'o' => true,
            'u' => !places.keeps_u,
            _ => false,
        };
        for at in bits(places.reached) {
            match self.letters.get(at) {
                Some(Letter::This(this)) if *this == letter => next.reached |= 1 << (at + 1),
                Some(Letter::One) if letter.is_alphanumeric() || !letter.is_ascii() => {
                    next.reached |= 1 << (at + 1);
                    if self.has_pairs {
                        next.before_e |= u128::from(is_umlaut) << at;
                        next.before_s |= u128::from(letter == 's') << at;
                    }
                }
                Some(Letter::Any) => next.reached |= 1 << at,
                Some(Letter::This(_) | Letter::One) | None => {}
            }
        }
        if letter == 'e' {
            next.reached |= places.before_e << 1;
        }
        if letter == 's' {
            next.reached |= places.before_s << 1;
        }
        next.reached = self.behind_stars(next.reached);
        next
    }

    /// True if what was read is a whole match.
    pub(crate) fn is_match(&self, places: Places) -> bool {
        places.reached >> self.letters.len() & 1 == 1
    }

    /// The places, and those behind a star that stands at one of them: it may stand for nothing.
    fn behind_stars(&self, reached: u128) -> u128 {
        reached | (reached & self.stars) << 1
    }
}

impl Places {
    /// Places that no further letter makes a match of.
    pub(crate) const NONE: Places = Places { reached: 0, before_e: 0, before_s: 0, keeps_u: false };

    /// True if no further letter can make a match.
    pub(crate) fn is_empty(self) -> bool {
        self.reached == 0 && self.before_e == 0 && self.before_s == 0
    }
}

/// The places of a set, in order.
fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(chain: Chain, typed: &str) -> WordPattern {
        let surface: String = typed
            .chars()
            .map(|sign| match sign {
                '?' => ONE_LETTER,
                '*' => ANY_LETTERS,
                letter => letter,
            })
            .collect();
        WordPattern::new(chain, &surface)
    }

    #[test]
    fn letter_by_letter() {
        for (typed, matching, others) in [
            ("wom?n", &["woman", "women"][..], &["womn", "womaen", "woman's", "womans"][..]),
            ("*zoll", &["zoll", "schutzzoll"], &["zolls", "zol", ""]),
            ("st*l", &["stl", "steel", "stall"], &["st", "tl", "steels"]),
            ("organi?ation", &["organisation", "organization"], &["organiation"]),
            ("?*n", &["an", "seen"], &["n"]),
            ("a*b*c", &["abc", "axbxc", "abbcc"], &["acb", "abcd"]),
            ("p?t", &["pot"], &["poet", "pt", "p.t"]),
            ("торг?вля", &["торговля"], &["торгвля"]),
        ] {
            let pattern = pattern(Chain::English, typed);
            matching.iter().for_each(|surface| assert!(pattern.matches(surface), "{typed} {surface}"));
            others.iter().for_each(|surface| assert!(!pattern.matches(surface), "{typed} {surface}"));
        }
    }

    #[test]
    fn one_letter_of_german_may_be_spelled_out() {
        let is = |typed: &str, surface: &str| pattern(Chain::German, typed).matches(surface);
        assert!(is("z?lle", "zoelle") && is("z?lle", "zolle") && is("gr?sse", "groesse"));
        assert!(is("gro?handel", "grosshandel") && is("?rzte", "aerzte") && is("m?glich*", "moegliche"));
        assert!(!is("q?lle", "quelle") && !is("n?", "neue") && !is("z?lle", "zooelle"));
    }
}
