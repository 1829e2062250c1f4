//! The first letters of words (edge n-grams), which bring together what stems keep apart (`export`, `exporteur`; `Zoll`,
//! `Zölle`). Of compounds the parts count too. Evidence that only ranks: too fuzzy to make a hit.

use crate::text::analysis::word_reader::{PlacedPart, WordReader};
use crate::text::analysis::{Chain, Options};

/// The first letters of a folded word as a chain reads it, and those of each of its parts; as many letters as the
/// options say. None of a shorter word, of a stop word, and in a chain that keeps none.
pub(crate) fn prefixes_of_word(
    chain: Chain,
    word: &str,
    parts: &[PlacedPart],
    reader: &dyn WordReader,
    options: &Options,
) -> Vec<String> {
    let mut found = Vec::new();
    let Some(letters) = options.beginnings.of(chain) else {
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
