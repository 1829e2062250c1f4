//! Morphemes of mecab-ko-dic that a word contains without showing them: `올랐` is 오르 and 았.
//!
//! In go the dictionary's words; out comes the text of `lemmas.tsv`: a form on each line, sorted, with the first
//! characters of all words that contain it without showing it. A text with neither the form nor such a character does not contain
//! the form, which is known without segmenting the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::korean::{EXPRESSION, Word};

/// Collects the forms that are in a word's expression but not in its surface, each with the first characters of such words.
pub(crate) fn collect(words: &[Word<'_>]) -> BTreeMap<String, BTreeSet<char>> {
    let mut lemmas: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for word in words {
        let forms = word.features[EXPRESSION].split('+').filter_map(|morpheme| morpheme.split('/').next());
        for form in forms.filter(|form| !matches!(*form, "" | "*") && !word.surface.contains(form)) {
            lemmas.entry(form.to_owned()).or_default().extend(word.surface.chars().next());
        }
    }
    lemmas
}

/// Returns the text of `lemmas.tsv`.
pub(crate) fn to_tsv(lemmas: &BTreeMap<String, BTreeSet<char>>) -> String {
    lemmas.iter().map(|(lemma, firsts)| format!("{lemma}\t{}\n", firsts.iter().collect::<String>())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mecab::LexiconEntry;

    #[test]
    fn what_a_word_shows_is_no_lemma() {
        let entry = |surface: &str, feature| LexiconEntry {
            surface: surface.to_owned(),
            left_id: 0,
            right_id: 0,
            cost: 0,
            feature,
        };
        let entries = [
            entry("올랐", "VV+EP,*,T,올랐,Inflect,VV,EP,오르/VV/*+았/EP/*"),
            entry("무역협정", "NNG,*,T,무역협정,Compound,*,*,무역/NNG/*+협정/NNG/*"),
            entry("무역", "NNG,*,T,무역,*,*,*,*"),
        ];
        let words: Vec<Word<'_>> = entries.iter().map(|entry| Word::new(entry).unwrap()).collect();
        assert_eq!(to_tsv(&collect(&words)), "았\t올\n오르\t올\n");
    }
}
