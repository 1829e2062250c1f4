//! Sketches, by which copies of a document are found: a sample of its shingles (Broder 1997, On the resemblance and
//! containment of documents).
//!
//! In: the units of a body, passage by passage. Out: the smallest of the hashes of all runs of a few units, in order and each
//! once. All documents keep the smallest by one hash function, so what two samples have in common, below the largest of the
//! smaller range, is a sample of what the documents have in common. Invariant: a function of the body's units and the
//! document's language alone, wherever the body is cut and on whatever machine.

use siphasher::sip::SipHasher13;

use crate::index::stories::StoryOptions;
use crate::text::analysis::{Segmented, UnitKind};
use crate::text::language::Language;

/// Samples the shingles of one document.
pub(crate) struct Sketcher {
    given: StoryOptions,
    /// Keyed by the language, so documents of two languages have no hash in common.
    hasher: SipHasher13,
    /// Hashes of the units that still begin no shingle, and the units of the shingle that each begins.
    units: Vec<(u64, usize)>,
    /// The smallest so far and some that came after them.
    hashes: Vec<u32>,
    /// No hash above is among the smallest.
    largest: u32,
}

impl Sketcher {
    /// A sampler for a document in a language.
    pub(crate) fn new(given: &StoryOptions, lang: Language) -> Sketcher {
        let key = lang.code().bytes().fold(0, |key, byte| key << 8 | u64::from(byte));
        let hasher = SipHasher13::new_with_keys(key, 0);
        Sketcher { given: *given, hasher, units: Vec::new(), hashes: Vec::new(), largest: u32::MAX }
    }

    /// Adds the next passage of the body.
    pub(crate) fn read(&mut self, text: &Segmented) {
        for unit in text.units() {
            let units = match unit.kind {
                UnitKind::Word => self.given.words,
                UnitKind::Char(_) => self.given.characters,
            };
            self.units.push((self.hasher.hash(text.form(unit).as_bytes()), units));
        }
        let longest = self.given.words.max(self.given.characters);
        let begun = (self.units.len() + 1).saturating_sub(longest);
        self.take(begun);
    }

    /// The sample, in order; empty for a document that is too short.
    pub(crate) fn finish(mut self) -> Vec<u32> {
        self.take(self.units.len());
        self.keep_smallest();
        if self.hashes.len() < self.given.shortest {
            self.hashes.clear();
        }
        self.hashes
    }

    /// Takes the shingles that begin with the first units.
    fn take(&mut self, begun: usize) {
        let mut bytes = Vec::new();
        for at in 0..begun {
            let Some(shingle) = self.units.get(at..at + self.units[at].1) else {
                continue;
            };
            bytes.clear();
            shingle.iter().for_each(|(hash, _)| bytes.extend_from_slice(&hash.to_le_bytes()));
            // The upper half of the hash.
            let hash = (self.hasher.hash(&bytes) >> 32) as u32;
            if hash <= self.largest {
                self.hashes.push(hash);
                if self.hashes.len() >= 4 * self.given.sketch {
                    self.keep_smallest();
                }
            }
        }
        self.units.drain(..begun);
    }

    fn keep_smallest(&mut self) {
        self.hashes.sort_unstable();
        self.hashes.dedup();
        self.hashes.truncate(self.given.sketch);
        if self.hashes.len() == self.given.sketch {
            self.largest = self.hashes[self.hashes.len() - 1];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    const NONE: [u32; 0] = [];

    fn sketch(lang: Language, passages: &[&str]) -> Vec<u32> {
        let mut sketcher = Sketcher::new(&Config::builtin().unwrap().stories, lang);
        passages.iter().for_each(|passage| sketcher.read(&Segmented::new(passage)));
        sketcher.finish()
    }

    fn words(range: std::ops::Range<usize>) -> String {
        // No digits, which are units of their own.
        let letters = |number: usize| [number / 26, number % 26].map(|letter| char::from(b'a' + letter as u8));
        range.map(|number| format!("word{} ", String::from_iter(letters(number)))).collect()
    }

    #[test]
    fn where_a_body_is_cut_changes_nothing() {
        let whole = sketch(Language::English, &[&words(0..300)]);
        assert_eq!(whole.len(), 64);
        assert!(whole.is_sorted());
        for at in [1, 2, 150, 298, 299] {
            assert_eq!(sketch(Language::English, &[&words(0..at), &words(at..300)]), whole);
        }
        let single: Vec<String> = (0..300).map(|at| words(at..at + 1)).collect();
        assert_eq!(sketch(Language::English, &single.iter().map(String::as_str).collect::<Vec<_>>()), whole);
    }

    /// They are on disk: whoever changes them has to raise the number of `TOKENS` in `versions.rs`.
    #[test]
    fn hashes_stay_the_same() {
        let sketch = sketch(Language::German, &[&words(0..60)]);
        assert_eq!(sketch[..2], [38_351_940, 45_943_169]);
    }

    #[test]
    fn short_documents_have_none_and_languages_share_nothing() {
        assert_eq!(sketch(Language::English, &[&words(0..41)]), NONE);
        assert_eq!(sketch(Language::English, &[&words(0..42)]).len(), 40);
        assert_eq!(sketch(Language::Korean, &[&"협정".repeat(500)]), NONE);
        let (english, german) =
            (sketch(Language::English, &[&words(0..90)]), sketch(Language::German, &[&words(0..90)]));
        assert!(english.iter().all(|hash| !german.contains(hash)));
    }
}
