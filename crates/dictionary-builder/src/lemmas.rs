//! Morphemes of mecab-ko-dic that a word holds without showing them: `올랐` is 오르 and 았.
//!
//! In go the dictionary's words; out comes the text of `lemmas.tsv`: a form a line, sorted, and the first characters of all
//! words that hold it unseen. So a text that shows neither need not be cut to know that it does not hold the form.

use std::collections::{BTreeMap, BTreeSet};

use crate::korean::{EXPRESSION, Word};

/// The forms in the words' expressions that a word does not show, each with the first characters of these words.
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

/// The text of the file.
pub(crate) fn to_tsv(lemmas: &BTreeMap<String, BTreeSet<char>>) -> String {
    lemmas.iter().map(|(lemma, firsts)| format!("{lemma}\t{}\n", firsts.iter().collect::<String>())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mecab::Entry;

    #[test]
    fn what_a_word_shows_is_no_lemma() {
        let entry =
            |surface: &str, feature| Entry { surface: surface.to_owned(), left_id: 0, right_id: 0, cost: 0, feature };
        let entries = [
            entry("올랐", "VV+EP,*,T,올랐,Inflect,VV,EP,오르/VV/*+았/EP/*"),
            entry("무역협정", "NNG,*,T,무역협정,Compound,*,*,무역/NNG/*+협정/NNG/*"),
            entry("무역", "NNG,*,T,무역,*,*,*,*"),
        ];
        let words: Vec<Word<'_>> = entries.iter().map(|entry| Word::new(entry).unwrap()).collect();
        assert_eq!(to_tsv(&collect(&words)), "았\t올\n오르\t올\n");
    }
}
