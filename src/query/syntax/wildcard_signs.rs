//! The signs of wildcards in a word: `?` for one letter, `*` for any number of letters, anywhere in a word (`wom?n`, `*zoll`).
//!
//! A question mark is one more often than it is a wildcard: it is a wildcard only before a letter or digit, or with a `\` before it.
//! In an address, and in a run of more Chinese or Korean characters than a word has, it is a question mark even there. An asterisk
//! before an ending for all genders (`Exporteur*innen`) belongs to the word, as wherever texts are cut into words.

use crate::query::syntax::word_pattern::{ONE_LETTER, is_wildcard};
use crate::text::analysis::{Folded, Segmented, char_script};

/// Greatest number of CJK characters in a run in which a question mark between two of them is a wildcard; longer runs are
/// sentences.
const LONGEST_RUN: usize = 8;

/// True for a text with a wildcard.
pub(crate) fn has_wildcards(typed: &str) -> bool {
    signs_of(Folded::new(typed).text()).is_some()
}

/// True for the signs of wildcards, in any width.
pub(crate) fn is_wildcard_sign(character: char) -> bool {
    matches!(character, '?' | '？' | '﹖' | '*' | '＊' | '﹡')
}

/// A character of a word that may have wildcards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A `?`.
    One,
    /// A `\?`, a wildcard wherever it stands.
    EscapedOne,
    /// A `*`.
    Any,
    /// Any character that is no wildcard.
    Other(char),
}

/// The characters of a folded text, if any of them is a wildcard.
pub(crate) fn signs_of(folded: &str) -> Option<Vec<Sign>> {
    if !folded.contains(['?', '*']) || folded.contains(is_wildcard) {
        return None;
    }
    let mut signs: Vec<Sign> = Vec::with_capacity(folded.len());
    for character in folded.chars() {
        let is_escaped = matches!(character, '?' | '*') && signs.last() == Some(&Sign::Other('\\'));
        if is_escaped {
            signs.pop();
        }
        signs.push(match character {
            '?' if is_escaped => Sign::EscapedOne,
            '?' => Sign::One,
            '*' => Sign::Any,
            other => Sign::Other(other),
        });
    }
    let marks = (0..signs.len()).filter(|&at| signs[at] == Sign::One && is_question_mark(&signs, at));
    for at in marks.collect::<Vec<usize>>() {
        signs[at] = Sign::Other('?');
    }
    keep_gender_signs(&mut signs);
    signs.iter().any(|sign| !matches!(sign, Sign::Other(_))).then_some(signs)
}

/// True for a `?` that ends a word, and for one in an address or a sentence.
fn is_question_mark(signs: &[Sign], at: usize) -> bool {
    let after = signs[at..].iter().find(|sign| **sign != Sign::One);
    let before = signs[..at].iter().rfind(|sign| **sign != Sign::One);
    let is_before_letter = match after {
        Some(Sign::Other(other)) => other.is_alphanumeric(),
        Some(Sign::Any | Sign::EscapedOne) => true,
        Some(Sign::One) | None => false,
    };
    let is_char = |sign: &Sign| matches!(sign, Sign::Other(other) if char_script(*other).is_some());
    let is_in_address = signs[..at].contains(&Sign::Other('/'))
        || signs[at..].iter().any(|sign| matches!(sign, Sign::Other('=' | '&')));
    let is_in_sentence = (before.is_some_and(is_char) || after.is_some_and(is_char))
        && signs.iter().filter(|sign| is_char(sign)).count() > LONGEST_RUN;
    !is_before_letter || is_in_address || is_in_sentence
}

/// Makes letters of the asterisks before endings for all genders.
fn keep_gender_signs(signs: &mut [Sign]) {
    let text: String = signs
        .iter()
        .map(|sign| match sign {
            Sign::One | Sign::EscapedOne => ONE_LETTER,
            Sign::Any => '*',
            Sign::Other(other) => *other,
        })
        .collect();
    let segmented = Segmented::new(&text);
    let is_inside = |at: usize| segmented.units().iter().any(|unit| unit.folded.start <= at && at < unit.folded.end);
    let inside: Vec<bool> = segmented.text().match_indices('*').map(|(at, _)| is_inside(at)).collect();
    let stars = signs.iter_mut().filter(|sign| **sign == Sign::Any);
    for (star, _) in stars.zip(inside).filter(|(_, inside)| *inside) {
        *star = Sign::Other('*');
    }
}
