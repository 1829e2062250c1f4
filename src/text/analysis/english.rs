//! The English chain: folded UAX #29 words, with irregular forms and spelling variants unified, stemmed by Snowball's English (Porter2) stemmer. It
//! also reads the Latin words inside Korean, Chinese and other text. No word is dropped; stop words are handled in queries.

use std::borrow::Cow;
use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};

use crate::text::analysis::Chain;
use crate::text::analysis::options::Options;
use crate::text::analysis::word_reader::WordReader;

/// Endings after the `is` or `ys` of a word that is also written with z.
const AFTER_S: [&str; 8] = ["e", "ed", "es", "er", "ers", "ing", "ation", "ations"];
/// Length in bytes that the part before the final s must exceed: `rise`, `wise`, `noise` and `raise` are never written with z.
const BEFORE_S: usize = 3;

/// Length in bytes of the shortest abbreviation whose plural is known: `EVs`, but not `vs`.
const SHORTEST_BEFORE_S: usize = 2;

/// The word reader of English.
pub(crate) struct English {
    stemmer: Stemmer,
    /// Spelling variants: a stem, and the stem that replaces it.
    variants: HashMap<String, String>,
    options: Options,
}

impl English {
    pub(crate) fn new(options: &Options) -> English {
        let stemmer = Stemmer::new(Algorithm::English);
        let stem = |word: &str| stemmer.stem(word).into_owned();
        let variants = options.english.variants.iter().map(|(word, other)| (stem(word), stem(other))).collect();
        English { stemmer, variants, options: options.clone() }
    }

    /// True for a plural that the stemmer leaves, since no vowel stands before its last letter: `ftas`, `ngos`, `evs`.
    fn is_plural_of_few_letters(&self, term: &str) -> bool {
        let Some(singular) = term.strip_suffix('s').filter(|singular| singular.len() >= SHORTEST_BEFORE_S) else {
            return false;
        };
        let mut letters = singular.chars().rev();
        let last = letters.next();
        last.is_some_and(|last| last.is_ascii_lowercase() && last != 's')
            && letters.all(|letter| letter.is_ascii_lowercase() && !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
            && !self.options.english.singular.iter().any(|word| word == term)
    }

    /// A surface in its spelling with z: `subsidised` becomes `subsidized`, `analyse` becomes `analyze`.
    fn with_z<'a>(&self, surface: &'a str) -> Cow<'a, str> {
        let found = AFTER_S.iter().find_map(|after| {
            let before = surface.strip_suffix(after)?.strip_suffix('s')?;
            (before.len() > BEFORE_S && before.ends_with(['i', 'y'])).then_some((before, *after))
        });
        match found {
            Some((before, after))
                if !self.options.english.keeps_s.iter().any(|word| word.strip_suffix("se") == Some(before)) =>
            {
                Cow::Owned(format!("{before}z{after}"))
            }
            _ => Cow::Borrowed(surface),
        }
    }
}

impl WordReader for English {
    fn term_of(&self, surface: &str) -> String {
        let base = self.options.base_form(Chain::English, surface);
        let mut term = self.stemmer.stem(&self.with_z(&base)).into_owned();
        if self.is_plural_of_few_letters(&term) {
            term.pop();
        }
        self.variants.get(&term).cloned().unwrap_or(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn spellings_of_one_word_have_one_term() {
        let english = English::new(&Config::builtin().unwrap().analysis);
        let same = [
            ["subsidised", "subsidized"],
            ["organisation", "organizations"],
            ["liberalise", "liberalizing"],
            ["analysing", "analyzed"],
            ["labour", "labor"],
            ["neighbouring", "neighboring"],
            ["centre", "centers"],
            ["defence", "defense"],
            ["ftas", "fta"],
            ["aluminium", "aluminum"],
            ["crises", "crisis"],
            ["analyses", "analysis"],
            ["criteria", "criterion"],
            ["indices", "indexes"],
            ["women", "woman"],
            ["halves", "half"],
            ["memoranda", "memorandum"],
            ["ngos", "ngo"],
            ["evs", "ev"],
            ["mncs", "mnc"],
            ["gases", "gas"],
            ["buses", "bus"],
            ["sold", "selling"],
            ["bought", "buys"],
            ["rose", "risen"],
            ["fell", "falls"],
            ["built", "builds"],
            ["sought", "seeks"],
            ["withdrew", "withdrawn"],
        ];
        for [one, other] in same {
            assert_eq!(english.term_of(one), english.term_of(other), "{one} {other}");
        }
        let apart = [
            ["rise", "rize"],
            ["enterprise", "enterprize"],
            ["advised", "advized"],
            ["analysis", "analyzis"],
            ["found", "find"],
            ["left", "leave"],
            ["saw", "see"],
            ["lay", "lie"],
            ["led", "lead"],
            ["won", "win"],
            ["fed", "feed"],
            ["leaves", "leaf"],
            ["this", "thi"],
            ["vs", "v"],
            ["bus", "bu"],
        ];
        for [one, other] in apart {
            assert_ne!(english.term_of(one), english.term_of(other), "{one} {other}");
        }
        assert_eq!(english.term_of(""), "");
        assert_eq!(english.term_of("ise"), "ise");
    }
}
