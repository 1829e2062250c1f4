//! A plain reading of words with wildcards: letter by letter, in every way that a wildcard can be taken.

use tradewire::internals::analysis::{Chain, Segmented};

use super::Oracle;
use super::spelling::surfaces;
use super::wanted::{Want, Wanted};
use crate::laws::text::is_cjk;

/// A word with wildcards as a chain reads it.
pub(super) fn read<'a>(oracle: &'a Oracle<'_>, typed: &str, chain: Chain) -> Wanted<'a> {
    let mut any = Vec::new();
    for spelled in spellings(&Segmented::new(typed).text().replace("\\?", "\u{1}").chars().collect::<Vec<char>>()) {
        let text = Segmented::new(&spelled);
        let stems = oracle.row(chain, &text);
        let mut row = Vec::new();
        for (unit, stem) in text.units().iter().zip(stems) {
            let form = text.form(unit);
            let is_sign = |letter: char| SIGNS.iter().any(|signs| signs.contains(&letter));
            if !form.contains(is_sign) {
                row.push(stem);
            } else if form.chars().all(is_sign) {
                // Among CJK characters: a star there is at an end, and says nothing.
                row.extend(form.chars().filter(|&sign| as_typed(sign) == '?').map(|_| Want::AnyChar));
            } else {
                let wanted: Vec<char> = surfaces(form).swap_remove(0).chars().map(as_typed).collect();
                let is_german = chain == Chain::German;
                row.push(Want::Form(oracle.like(Box::new(move |surface| {
                    let surface: Vec<char> = surface.chars().collect();
                    is_like(&wanted, &surface, 0, is_german)
                }))));
            }
        }
        any.push(Wanted::Row(row));
    }
    Wanted::Any(any)
}

/// Letters and digits that stand for `?` and `*` while a word is cut.
const SIGNS: [[char; 2]; 2] = [['ꮖ', 'ꮗ'], ['𞥐', '𞥑']];

fn as_typed(letter: char) -> char {
    match letter {
        'ꮖ' | '𞥐' => '?',
        'ꮗ' | '𞥑' => '*',
        other => other,
    }
}

/// The text with a letter or a digit in place of each wildcard: every way that is next to none of the other kind alone.
fn spellings(typed: &[char]) -> Vec<String> {
    // What is typed as \? stands here as one character, and is a wildcard wherever it is.
    let is_mark = |at: usize| {
        let next = typed[at..].iter().find(|next| **next != '?');
        typed[at] == '?' && !next.is_some_and(|next| next.is_alphanumeric() || ['*', '\u{1}'].contains(next))
    };
    // The generator types no question mark at the end.
    let is_wildcard = |at: usize| match typed[at] {
        '*' | '\u{1}' => true,
        '?' => !is_mark(at) || at + 1 == typed.len(),
        _ => false,
    };
    let mut texts = vec![String::new()];
    let mut at = 0;
    while at < typed.len() {
        if !is_wildcard(at) {
            texts.iter_mut().for_each(|text| text.push(typed[at]));
            at += 1;
            continue;
        }
        let end = (at..typed.len()).find(|&next| !is_wildcard(next)).unwrap_or(typed.len());
        let beside: Vec<char> =
            [at.checked_sub(1), Some(end)].into_iter().flatten().filter_map(|at| typed.get(at).copied()).collect();
        let has_digit = beside.iter().any(|letter| letter.is_numeric());
        let has_letter = beside.iter().any(|letter| letter.is_alphabetic() && !is_cjk(*letter));
        let kinds = match (has_digit, has_letter) {
            (true, true) => vec![0, 1],
            (true, false) => vec![1],
            (false, _) => vec![0],
        };
        let spelled = |kind: usize| -> String {
            typed[at..end].iter().map(|sign| SIGNS[kind][usize::from(*sign == '*')]).collect()
        };
        texts = texts
            .iter()
            .flat_map(|text| kinds.iter().map(move |&kind| (text, kind)))
            .map(|(text, kind)| format!("{text}{}", spelled(kind)))
            .collect();
        at = end;
    }
    texts
}

/// True if a word is like a wanted one: `?` is one letter, in German also one that is spelled out; `*` any number.
fn is_like(wanted: &[char], word: &[char], at: usize, is_german: bool) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return at == word.len();
    };
    let next = word.get(at).copied();
    match first {
        '*' => (at..=word.len()).any(|to| is_like(rest, word, to, is_german)),
        '?' => {
            let is_letter = next.is_some_and(|letter| letter != '.' && letter != ',' && letter != '-');
            let before = at.checked_sub(1).map(|before| word[before]);
            let is_pair = match (next, word.get(at + 1)) {
                (Some('a' | 'o'), Some('e')) | (Some('s'), Some('s')) => true,
                (Some('u'), Some('e')) => before.is_none_or(|before| !"aeiouyq".contains(before)),
                _ => false,
            };
            (is_letter && is_like(rest, word, at + 1, is_german))
                || (is_german && is_pair && is_like(rest, word, at + 2, is_german))
        }
        letter => next == Some(*letter) && is_like(rest, word, at + 1, is_german),
    }
}
