//! How words can be spelled: what a written word is found by, its capitals, and how far two words are apart.

use tradewire::internals::analysis::Chain;
use unicode_normalization::UnicodeNormalization;

/// What a word of a text can be typed as: the word, what an elided article or particle stands before, and in other languages what
/// stands before an apostrophe.
pub(super) fn forms(chain: Chain, word: &str) -> Vec<String> {
    let mut forms = surfaces(word);
    let is_long = |part: &str| surfaces(part)[0].chars().count() > 2;
    if let Some((before, after)) = word.split_once('\'') {
        let is_elided = "c d j l m n o s t qu all dall dell nell sull un".split(' ').any(|elided| elided == before);
        if is_elided && !after.contains('\'') && is_long(after) {
            forms.extend(surfaces(after));
        } else if chain == Chain::Undetermined && is_long(before) {
            forms.extend(surfaces(before));
        }
    }
    forms
}

/// What a folded word can be typed as: without apostrophes and the dots of acronyms; umlauts spelled out, or dropped.
pub(super) fn surfaces(word: &str) -> Vec<String> {
    let letters: Vec<&str> = word.split('.').collect();
    let is_acronym = letters.len() > 1
        && letters.iter().all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic));
    let mut plain = word.replace(['\'', '’', '＇'], "");
    if is_acronym {
        plain = plain.replace('.', "");
    }
    let spelled = |[a, o, u]: [&str; 3]| plain.replace('ä', a).replace('ö', o).replace('ü', u);
    let mut surfaces = vec![spelled(["ae", "oe", "ue"]), spelled(["a", "o", "u"])];
    surfaces.dedup();
    surfaces
}

/// The capitals of a word: none, the first letter, all letters if there are several, or else the very letters.
pub(super) fn capitals(word: &str) -> String {
    let letters: Vec<char> = word.nfkd().filter(|letter| letter.is_alphanumeric()).collect();
    let cased: Vec<bool> = letters
        .iter()
        .filter(|letter| **letter != 'ß' && (letter.is_uppercase() || letter.is_lowercase()))
        .map(|letter| letter.is_uppercase())
        .collect();
    let number = cased.iter().filter(|capital| **capital).count();
    match number {
        0 => "none".to_owned(),
        1 if cased[0] => "first".to_owned(),
        all if all == cased.len() => "all".to_owned(),
        _ => format!("as written: {}", String::from_iter(letters)),
    }
}

/// Letters inserted, left out, replaced, or two neighbours swapped; none touched twice.
pub(super) fn edit_distance(left: &[char], right: &[char]) -> usize {
    let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
    for at in 0..=left.len() {
        for other in 0..=right.len() {
            table[at][other] = if at == 0 || other == 0 {
                at + other
            } else {
                let replaced = table[at - 1][other - 1] + usize::from(left[at - 1] != right[other - 1]);
                let best = replaced.min(table[at - 1][other] + 1).min(table[at][other - 1] + 1);
                let is_swap =
                    at > 1 && other > 1 && left[at - 1] == right[other - 2] && left[at - 2] == right[other - 1];
                if is_swap { best.min(table[at - 2][other - 2] + 1) } else { best }
            };
        }
    }
    table[left.len()][right.len()]
}
