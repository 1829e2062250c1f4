//! Prefixes of words (edge n-grams), which match related words with different stems (`export`, `exporteur`; `Zoll`, `Zölle`).
//! Parts of compounds have prefixes too. They are used for scoring only: too fuzzy to make a passage match.

use crate::text::analysis::word_reader::{PartTerm, WordReader};
use crate::text::analysis::{Chain, Options};

/// The prefixes of a folded word and of each of its parts, as long as the options say for the chain. None for a shorter word or
/// a stop word, or in a chain without prefixes.
pub(crate) fn prefixes_of_word(
    chain: Chain,
    word: &str,
    parts: &[PartTerm],
    reader: &dyn WordReader,
    options: &Options,
) -> Vec<String> {
    let mut found = Vec::new();
    let Some(letters) = options.prefix_lengths.of(chain) else {
        return found;
    };
    if options.is_stopword(chain, word) {
        return found;
    }
    found.extend(first_letters(&reader.prefix_spelling(&chain.surface(word)), letters));
    let mut last_start = 0;
    for (_, range) in parts {
        if range.start > last_start {
            last_start = range.start;
            found.extend(first_letters(&reader.prefix_spelling(&word[range.start..]), letters));
        }
    }
    found
}

fn first_letters(spelled: &str, letters: usize) -> Option<String> {
    let (last, character) = spelled.char_indices().nth(letters - 1)?;
    Some(spelled[..last + character.len_utf8()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::analysis::Analyzer;

    #[test]
    fn prefixes_are_in_the_spelling_of_their_chain() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
        let prefixes = |chain, word: &str| analyzer.prefixes_of_word(chain, word);
        assert_eq!(prefixes(Chain::English, "semiconductors"), ["semic"]);
        assert_eq!(prefixes(Chain::German, "ueberpruefung"), ["uber"]);
        assert_eq!(prefixes(Chain::German, "überprüfung"), ["uber"]);
        assert_eq!(prefixes(Chain::German, "freihandelsabkommen"), ["frei", "hand", "abko"]);
        assert_eq!(prefixes(Chain::German, "öl"), Vec::<String>::new(), "too short");
        assert_eq!(prefixes(Chain::German, "zwischen"), Vec::<String>::new(), "a stop word");
        assert_eq!(prefixes(Chain::Korean, "semiconductors"), Vec::<String>::new());
    }
}
