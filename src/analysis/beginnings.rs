//! The first letters of words, which bring together what stems keep apart (`export`, `exporteur`; `Zoll`, `Zölle`). Of
//! German words the parts of compounds count too. Evidence that only ranks: too fuzzy to make a hit.

use crate::analysis::spelling::{surface, umlauts_reduced};
use crate::analysis::{Analyzer, Chain, Segmented, each_word};
use crate::config::Config;

impl Analyzer {
    /// Calls `found` with the first letters of a folded word as a chain reads it, and with those of each part of a
    /// compound; as many letters as the configuration says. Nothing for a shorter word, for a stop word, and in a chain
    /// that keeps none.
    pub(crate) fn beginnings_of_word(&self, chain: Chain, word: &str, config: &Config, found: &mut dyn FnMut(&str)) {
        let Some(letters) = config.beginnings.of(chain) else {
            return;
        };
        if config.is_stopword(chain, word) {
            return;
        }
        let surface = surface(word);
        if chain != Chain::German {
            first_letters(&surface, letters, found);
            return;
        }
        first_letters(&umlauts_reduced(&surface), letters, found);
        let mut last_start = 0;
        self.parts_of_word(word, &mut |_, range| {
            if range.start > last_start {
                last_start = range.start;
                first_letters(&umlauts_reduced(&word[range.start..]), letters, found);
            }
        });
    }

    /// As [`Analyzer::beginnings_of_word`], of every word of a text.
    pub(crate) fn each_beginning(
        &self,
        chain: Chain,
        segmented: &Segmented,
        config: &Config,
        found: &mut dyn FnMut(&str),
    ) {
        each_word(segmented, |word, _, _| self.beginnings_of_word(chain, word, config, found));
    }
}

fn first_letters(spelled: &str, letters: usize, found: &mut dyn FnMut(&str)) {
    if let Some((last, character)) = spelled.char_indices().nth(letters - 1) {
        found(&spelled[..last + character.len_utf8()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_in_the_spelling_of_their_chain() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config);
        let beginnings = |chain, word: &str| {
            let mut found = Vec::new();
            analyzer.beginnings_of_word(chain, word, &config, &mut |beginning| found.push(beginning.to_owned()));
            found
        };
        assert_eq!(beginnings(Chain::English, "semiconductors"), ["semic"]);
        assert_eq!(beginnings(Chain::German, "ueberpruefung"), ["uber"]);
        assert_eq!(beginnings(Chain::German, "überprüfung"), ["uber"]);
        assert_eq!(beginnings(Chain::German, "freihandelsabkommen"), ["frei", "hand", "abko"]);
        assert_eq!(beginnings(Chain::German, "öl"), Vec::<String>::new(), "too short");
        assert_eq!(beginnings(Chain::German, "zwischen"), Vec::<String>::new(), "a stop word");
        assert_eq!(beginnings(Chain::Korean, "semiconductors"), Vec::<String>::new());
    }
}
