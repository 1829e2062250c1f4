//! A plain reading of words with wildcards: letter by letter, in every way that a wildcard can be taken.

use super::*;

/// Everywhere that a word with wildcards stands in a text.
pub(super) fn find(oracle: &Oracle<'_>, typed: &str, chain: Chain, units: &[Unit]) -> Vec<Found> {
    let mut found = Vec::new();
    for spelled in spellings(&Segmented::new(typed).text().replace("\\?", "?").chars().collect::<Vec<char>>()) {
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
                row.push(Want::Form(Box::new(move |surface: &str| {
                    let surface: Vec<char> = surface.chars().collect();
                    is_like(&wanted, &surface, 0, is_german)
                })));
            }
        }
        found.extend(rows(&row, units));
    }
    found
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
    let is_mark = |at: usize| {
        typed[at] == '?'
            && !typed[at..].iter().find(|next| **next != '?').is_some_and(|next| next.is_alphanumeric() || *next == '*')
    };
    // What is typed as \? at the end is a wildcard too; the generator types no other question mark there.
    let is_wildcard = |at: usize| typed[at] == '*' || (typed[at] == '?' && (!is_mark(at) || at + 1 == typed.len()));
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
        let has_letter = beside.iter().any(|letter| letter.is_alphabetic() && !super::super::text::is_cjk(*letter));
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
