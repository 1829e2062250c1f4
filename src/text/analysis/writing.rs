//! The writing of a word: which of its letters are capitals. Folding takes it away, so the index keeps it beside the terms. The same
//! function tells it when texts are indexed, when a query is compiled, and when matches are marked.

use std::borrow::Cow;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::fold::Folded;
use crate::text::analysis::spelling::umlauts_spelled_out;
use crate::text::analysis::unit::{Segmented, UnitKind};

/// The writing of a word.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Writing {
    /// No letter is a capital: `trade`, `2025`, `ไทย`.
    Small,
    /// The first letter is a capital, and it alone: `Trade`, `A`.
    Title,
    /// Two or more letters, all of them capitals: `US`, `U.S`, `COVID`.
    Capitals,
    /// Any other: `iPhone`, `AfD`, `FTAs`. It has the word's letters and digits, folded but for their case.
    Mixed(String),
}

/// The writing of a word, given as it stands in a text.
pub(crate) fn writing_of(word: &str) -> Writing {
    let letters: Cow<'_, str> =
        if word.is_ascii() { Cow::Borrowed(word) } else { word.nfkc().collect::<String>().into() };
    let (mut capitals, mut small, mut begins_with_capital) = (0_usize, 0_usize, false);
    for letter in letters.chars() {
        if letter.is_uppercase() {
            begins_with_capital |= capitals + small == 0;
            capitals += 1;
        } else if letter.is_lowercase() && letter != 'ß' {
            // Among capitals, ß is often left as it is.
            small += 1;
        }
    }
    match (capitals, small) {
        (0, _) => Writing::Small,
        (1, _) if begins_with_capital => Writing::Title,
        (_, 0) => Writing::Capitals,
        _ => Writing::Mixed(written_form(word)),
    }
}

/// A word's letters and digits, folded but for their case, and umlauts spelled out.
fn written_form(word: &str) -> String {
    let mut written = String::with_capacity(word.len());
    for cluster in word.graphemes(true) {
        let folded = Folded::new(cluster);
        let is_capital = cluster.nfkc().any(char::is_uppercase);
        let letters = umlauts_spelled_out(folded.text());
        for (at, letter) in letters.chars().filter(|letter| letter.is_alphanumeric()).enumerate() {
            if is_capital && (at == 0 || letters == folded.text()) {
                written.extend(letter.to_uppercase());
            } else {
                written.push(letter);
            }
        }
    }
    written
}

/// The words of a text with capitals, by their positions.
pub(crate) fn words_with_capitals(segmented: &Segmented, original: &str) -> Vec<(u32, Writing)> {
    let mut found = Vec::new();
    for (at, unit) in segmented.units().iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Word) {
        let writing = writing_of(segmented.original_range(unit.folded).slice(original));
        if writing != Writing::Small {
            found.push((at as u32, writing));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_make_the_writing() {
        for small in ["trade", "2025", "can't", "ไทย", "торговля", "straße", "²"] {
            assert_eq!(writing_of(small), Writing::Small, "{small}");
        }
        for title in ["Trade", "A", "Zölle", "Zo\u{308}lle", "Ｔrade", "Торговля", "Ärzte", "Straße", "Don’t"]
        {
            assert_eq!(writing_of(title), Writing::Title, "{title}");
        }
        for capitals in ["US", "U.S", "ＵＳ", "COVID", "U\u{308}SA", "STRAßE", "ÄRZTE", "Ⅳ", "5GW"] {
            assert_eq!(writing_of(capitals), Writing::Capitals, "{capitals}");
        }
        for (mixed, written) in [
            ("iPhone", "iPhone"),
            ("ＡfD", "AfD"),
            ("A\u{ad}fD", "AfD"),
            ("FTAs", "FTAs"),
            ("O’Neill", "ONeill"),
            ("BäckerInnen", "BaeckerInnen"),
            ("Ba\u{308}cker*Innen", "BaeckerInnen"),
            ("ÄfD", "AefD"),
            ("e.V", "eV"),
            ("GroẞE", "GroSSE"),
        ] {
            assert_eq!(writing_of(mixed), Writing::Mixed(written.to_owned()), "{mixed}");
        }
    }
}
