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
        let term = self.stemmer.stem(&self.with_z(&base)).into_owned();
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
        ];
        for [one, other] in apart {
            assert_ne!(english.term_of(one), english.term_of(other), "{one} {other}");
        }
        assert_eq!(english.term_of(""), "");
        assert_eq!(english.term_of("ise"), "ise");
    }
}
