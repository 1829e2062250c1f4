//! Segmentation of a folded text into units: words of alphabetic scripts, and single CJK characters.
//!
//! Every analysis chain counts token positions in these units, so that the same place of a text has the same position in
//! every chain. Words are those of UAX #29, cut further where a CJK character stands
//! beside a letter or digit (`2025년`, `5G网络`). Spaces and punctuation are no units and take no position.

pub(crate) mod word_cut;

use crate::text::analysis::fold::Folded;
use crate::text::analysis::script::{CharScript, char_script};
use crate::text::analysis::unit::word_cut::cut_words;
use crate::text::document::ByteRange;

/// The kind of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A word or number of an alphabetic script.
    Word,
    /// A single CJK character, with its script.
    Char(CharScript),
}

/// A word or a CJK character. Its position is its index in [`Segmented::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Kind of the unit: word or CJK character.
    pub kind: UnitKind,
    /// Range of the unit in the folded text, in bytes.
    pub folded: ByteRange,
}

/// A segmented text: folded and cut into units.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    folded: Folded,
    units: Vec<Unit>,
}

impl Segmented {
    /// Folds and cuts a text. A text without words or CJK characters has no units.
    pub fn new(text: &str) -> Segmented {
        let folded = Folded::new(text);
        let mut units = cut_units(&folded);
        join_within_clusters(&folded, &mut units);
        Segmented { folded, units }
    }

    /// The text after folding, which the ranges of units refer to.
    pub fn text(&self) -> &str {
        self.folded.text()
    }

    /// The units in the order of the text.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The folded form of a unit.
    pub fn form(&self, unit: &Unit) -> &str {
        unit.folded.slice(self.folded.text())
    }

    /// The range in the original text that a range of the folded text came from, as whole grapheme clusters.
    pub fn original_range(&self, folded: ByteRange) -> ByteRange {
        self.folded.original_range(folded)
    }

    /// True when the text holds at least one character of the given script.
    pub fn has_script(&self, script: CharScript) -> bool {
        self.units.iter().any(|unit| unit.kind == UnitKind::Char(script))
    }

    /// True when the text holds at least one CJK character.
    pub fn has_chars(&self) -> bool {
        self.units.iter().any(|unit| matches!(unit.kind, UnitKind::Char(_)))
    }

    /// The maximal runs of adjacent CJK characters for which `belongs` holds, as ranges of unit indices. Spaces and
    /// punctuation between two characters do not end a run, a word does.
    pub fn char_runs(&self, belongs: impl Fn(CharScript) -> bool) -> Vec<std::ops::Range<usize>> {
        let mut runs = Vec::new();
        let mut start = None;
        for (at, unit) in self.units.iter().enumerate() {
            let inside = matches!(unit.kind, UnitKind::Char(script) if belongs(script));
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(first)) => {
                    runs.push(first..at);
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(first) = start {
            runs.push(first..self.units.len());
        }
        runs
    }
}

fn cut_units(folded: &Folded) -> Vec<Unit> {
    let text = folded.text();
    // Capacity: a word with its space takes about six bytes, a CJK character three.
    let mut units = Vec::with_capacity(text.len() / 5 + 1);
    let mut characters = text.char_indices().peekable();
    let mut alphabetic_from = None;
    while let Some((at, character)) = characters.next() {
        let Some(script) = char_script(character) else {
            alphabetic_from.get_or_insert(at);
            continue;
        };
        if let Some(from) = alphabetic_from.take() {
            cut_words(text, ByteRange::new(from, at), &mut units);
        }
        let mut end = at + character.len_utf8();
        // An old Hangul syllable or a kana with a mark may have no composed form; it is one unit all the same.
        while let Some(&(next, trailing)) = characters.peek()
            && folded.is_one_cluster(at, next)
        {
            end = next + trailing.len_utf8();
            characters.next();
        }
        units.push(Unit { kind: UnitKind::Char(script), folded: ByteRange::new(at, end) });
    }
    if let Some(from) = alphabetic_from {
        cut_words(text, ByteRange::new(from, text.len()), &mut units);
    }
    units
}

/// Joins units that came from one grapheme cluster, so that each unit has bytes of its own in the original: a Thai vowel that
/// UAX #29 takes for a word by itself stays with its consonant.
fn join_within_clusters(folded: &Folded, units: &mut Vec<Unit>) {
    let mut clusters = folded.whole_clusters().filter(|cluster| cluster.len() > 1).peekable();
    if clusters.peek().is_none() {
        return;
    }
    units.dedup_by(|unit, before| {
        while clusters.next_if(|cluster| cluster.end <= unit.folded.start).is_some() {}
        let inside = clusters.peek().is_some_and(|cluster| cluster.start < before.folded.end);
        if inside {
            before.folded.end = unit.folded.end;
        }
        inside
    });
}
#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        let segmented = Segmented::new(text);
        segmented.units().iter().map(|unit| segmented.form(unit).to_owned()).collect()
    }

    #[test]
    fn cuts_words_and_characters() {
        assert_eq!(units("China’s U.S. deal"), ["china", "u.s", "deal"]);
        assert_eq!(units("2025년 5G网络"), ["2025", "년", "5g", "网", "络"]);
        assert_eq!(units("_Handel_ foo_bar ²"), ["handel", "foo", "bar"]);
        assert_eq!(units("한·중 FTA"), ["한", "중", "fta"]);
        assert_eq!(
            units("FTA·RCEP talks.The end:no 10.4 U.S. v1.2"),
            ["fta", "rcep", "talks", "the", "end", "no", "10.4", "u.s", "v1.2"]
        );
        assert_eq!(units("ᄒᆞᆫ글 น้ำ カ゚"), ["ᄒᆞᆫ", "글", "น้\u{e4d}า", "カ゚"]);
        assert_eq!(units("  …!? "), Vec::<String>::new());
    }

    #[test]
    fn runs_end_at_words_only() {
        let segmented = Segmented::new("한·중 FTA 협정");
        assert_eq!(segmented.char_runs(|_| true), [0..2, 3..5]);
    }
}
