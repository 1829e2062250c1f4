//! Hangul readings of hanja, by which Korean text with 限韓令 is also found by 한한령.
//!
//! The table is made by the dictionary builder from the readings in mecab-ko-dic. A character can have several: the
//! initial-sound rule (令 is 령 or, at the start of a word, 영) and true homographs.

use std::collections::HashMap;
use std::sync::LazyLock;

use tradewire_dictionaries::HANJA_READINGS;

use crate::text::analysis::simplified::simplified;

/// Maximum number of readings for each character. More would only multiply the bigrams of the same text.
const MAX_READINGS: usize = 3;

/// The readings by character, in its simplified form, since folded text has that.
static READINGS: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut readings: HashMap<char, Vec<char>> = HashMap::new();
    for line in HANJA_READINGS.lines() {
        let mut columns = line.split('\t');
        let Some(hanja) = columns.next().and_then(|column| column.chars().next()) else {
            continue;
        };
        let known = readings.entry(simplified(hanja)).or_default();
        for reading in columns.filter_map(|column| column.chars().next()) {
            if known.len() < MAX_READINGS && !known.contains(&reading) {
                known.push(reading);
            }
        }
    }
    readings
});

/// The Hangul syllables by which a folded Han character is read in Korean, likeliest first; none for a character that
/// Korean does not use.
pub(crate) fn readings(folded: char) -> &'static [char] {
    READINGS.get(&folded).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analysis::script::{CharScript, char_script};

    #[test]
    fn only_han_characters_have_readings() {
        assert!(READINGS.keys().all(|&hanja| char_script(hanja) == Some(CharScript::Han)));
    }
}
