//! Segmentation of a folded text into units: words of alphabetic scripts, and single CJK characters.
//!
//! Every analysis chain counts token positions in these units, so that the same place of a text has the same position in
//! every chain. Words are those of UAX #29, cut further where a CJK character stands
//! beside a letter or digit (`2025년`, `A股`) and as `word_cut` says. Spaces and punctuation are no units and take no position.

pub(crate) mod unit_cut;
pub(crate) mod word_cut;

use crate::text::analysis::fold::Folded;
use crate::text::analysis::script::CharScript;
use crate::text::analysis::unit::unit_cut::{cut_units, join_within_clusters};
use crate::text::document::ByteRange;
use crate::text::paragraph::paragraph_starts;

/// The kind of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A word or number of an alphabetic script.
    Word,
    /// A single CJK character, with its script.
    Char(CharScript),
}

/// A word or a CJK character. Its position is its index in [`Segmented::units`], in a text of paragraphs with the number of paragraphs
/// before it ([`Segmented::position`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Kind of the unit: word or CJK character.
    pub kind: UnitKind,
    /// Range of the unit in the folded text, in bytes.
    pub folded: ByteRange,
}

/// Greatest number of signs that belong to a name: `c++`.
const LONGEST_SIGNS: usize = 2;

/// A segmented text: folded and cut into units.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    folded: Folded,
    units: Vec<Unit>,
    /// The first unit of each paragraph but the first, by index.
    breaks: Vec<u32>,
}

impl Segmented {
    /// Folds and cuts a text. A text without words or CJK characters has no units.
    pub fn new(text: &str) -> Segmented {
        let folded = Folded::new(text);
        let mut units = cut_units(&folded);
        join_within_clusters(&folded, &mut units);
        Segmented { folded, units, breaks: Vec::new() }
    }

    /// As [`Segmented::new`], for a text of paragraphs. Between two paragraphs one position stays free, and no characters are
    /// paired across, so that no phrase reaches from one into the next.
    pub fn of_paragraphs(text: &str) -> Segmented {
        let mut segmented = Segmented::new(text);
        let starts = paragraph_starts(text).into_iter().map(|start| segmented.unit_at(start) as u32);
        let mut breaks: Vec<u32> =
            starts.filter(|&start| start > 0 && (start as usize) < segmented.units.len()).collect();
        breaks.dedup();
        segmented.breaks = breaks;
        segmented
    }

    /// The position of a unit, given by its index.
    pub fn position(&self, at: usize) -> u32 {
        (at + self.breaks.partition_point(|&start| start as usize <= at)) as u32
    }

    /// The position at which the first `units` of the text end.
    pub(crate) fn position_after(&self, units: usize) -> u32 {
        units.min(self.units.len()).checked_sub(1).map_or(0, |last| self.position(last) + 1)
    }

    /// True if a unit is the first of a paragraph that is not the first.
    pub(crate) fn opens_paragraph(&self, at: usize) -> bool {
        !self.breaks.is_empty() && self.breaks.binary_search(&(at as u32)).is_ok()
    }

    /// The first unit of each paragraph but the first, by index.
    pub(crate) fn paragraph_breaks(&self) -> &[u32] {
        &self.breaks
    }

    /// The index of the first unit that does not begin before a byte of the original text.
    pub(crate) fn unit_at(&self, original: usize) -> usize {
        self.units.partition_point(|unit| self.folded.original_range(unit.folded).start < original)
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

    /// The folded form of a word together with the signs that belong to a name (`c++`, `c#`, `opec+`, `.net`), by the index of its unit;
    /// `None` for a word without such signs. It is a further term of the word, which ranks first the texts that write it so.
    pub(crate) fn signed_form(&self, at: usize) -> Option<&str> {
        let unit = self.units[at];
        let (text, ByteRange { start, end }) = (self.folded.text(), unit.folded);
        let may_be = matches!(text.as_bytes().get(end), Some(b'+' | b'#')) || text[..start].ends_with('.');
        if unit.kind != UnitKind::Word || !may_be {
            return None;
        }
        let after = text[end..].trim_start_matches(['+', '#']);
        let signs = text.len() - after.len() - end;
        let is_after = (1..=LONGEST_SIGNS).contains(&signs) && !after.starts_with(char::is_alphanumeric);
        let to = if is_after { end + signs } else { end };
        let is_before = text[..start].strip_suffix('.').is_some_and(|before| {
            !before
                .ends_with(|character: char| !character.is_whitespace() && !matches!(character, '(' | '"' | '“' | '„'))
        });
        let from = if is_before && end - start > 1 { start - 1 } else { start };
        (from < start || to > end).then(|| &text[from..to])
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
        assert_eq!(units("2025년 5G网络"), ["2025", "년", "5", "g", "网", "络"]);
        assert_eq!(units("_Handel_ foo_bar ²"), ["handel", "foo", "bar"]);
        assert_eq!(units("한·중 FTA"), ["한", "중", "fta"]);
        assert_eq!(
            units("FTA·RCEP talks.The end:no 10.4 U.S. v1.2"),
            ["fta", "rcep", "talks", "the", "end", "no", "10.4", "u.s", "v", "1.2"]
        );
        assert_eq!(units("ᄒᆞᆫ글 น้ำ カ゚"), ["ᄒᆞᆫ", "글", "น้\u{e4d}า", "カ゚"]);
        assert_eq!(units("  …!? "), Vec::<String>::new());
    }

    #[test]
    fn signs_belong_to_names() {
        let signed = |text: &str| -> Vec<String> {
            let segmented = Segmented::new(text);
            (0..segmented.units().len()).filter_map(|at| segmented.signed_form(at)).map(str::to_owned).collect()
        };
        assert_eq!(
            signed("C++, C#. OPEC+ ＋ (Disney＋) .NET (.NET)"),
            ["c++", "c#", "opec+", "disney+", ".net", ".net"]
        );
        assert_eq!(signed("a+b a++b C++17 #1 x #y end.The U.S. ...so 2+2=4 a+++ 한+ .x"), Vec::<String>::new());
    }

    #[test]
    fn letters_and_digits_are_apart_however_they_are_written() {
        for spellings in [
            &["G20", "G-20", "G 20", "g\u{200b}20", "Ｇ２０"][..],
            &["7nm", "7 nm", "7-nm", "７ｎｍ"],
            &["KF21", "KF-21"],
            &["20bn", "20 bn", "20\u{a0}bn"],
            &["5GW", "5 GW"],
            &["1,000km", "1,000 km"],
            &["10.4m", "10.4 m"],
            &["3pm", "3 pm"],
            &["CO₂", "CO2", "CO 2"],
        ] {
            for spelling in spellings {
                assert_eq!(units(spelling), units(spellings[0]), "{spelling}");
            }
            assert_eq!(units(spellings[0]).len(), 2, "{spellings:?}");
        }
        assert_eq!(units("B2B 3M's 1990s"), ["b", "2", "b", "3", "m", "1990", "s"]);
        assert_eq!(units("a1b2c3d4e5"), ["a1b2c3d4e5"]);
    }

    #[test]
    fn endings_for_all_genders_stay_with_their_word() {
        for word in [
            "Exporteur:innen",
            "Exporteur*innen",
            "Exporteur_innen",
            "Exporteur·innen",
            "Exporteur/innen",
            "Exporteur/-innen",
        ] {
            assert_eq!(units(&format!("„{word}, klagen")).len(), 2, "{word}");
        }
        assert_eq!(units("Großhändler*innen-Treffen und Kund:in"), ["grosshändler*innen", "treffen", "und", "kund:in"]);
        assert_eq!(
            units("EU:in log_in a/in innen:innen- Markt-innen"),
            ["eu", "in", "log", "in", "a", "in", "innen:innen", "markt", "innen"]
        );
    }

    #[test]
    fn no_word_begins_with_what_belongs_to_a_sign() {
        for mark in ["\u{fe0f}\u{1f3fd}", "\u{1f3fd}", "\u{200d}", "\u{301}", "\u{20e3}", "\u{e0061}", "\u{ff9e}"] {
            for sign in [":", ".", "·", "‧", "_", ",", ";", "/", "-", "+", "#", "&"] {
                let text = format!("source{sign}{mark}z");
                let segmented = Segmented::new(&text);
                assert_eq!(units(&text), ["source", "z"], "{text:?}");
                let z = segmented.original_range(segmented.units()[1].folded);
                assert_eq!(z.slice(&text), "z", "{text:?}");
            }
        }
    }

    #[test]
    fn paragraphs_leave_a_position_free() {
        let text = Segmented::of_paragraphs("Steel duty\n— \n\n关税\r\n\n…\nEnd of\nit\n");
        assert_eq!(text.paragraph_breaks(), [2, 4]);
        let positions: Vec<u32> = (0..text.units().len()).map(|at| text.position(at)).collect();
        assert_eq!(positions, [0, 1, 3, 4, 6, 7, 8]);
        assert!(text.opens_paragraph(4) && !text.opens_paragraph(0) && !text.opens_paragraph(3));
        assert_eq!(Segmented::new("a\n\nb").position(1), 1);
        assert_eq!(Segmented::of_paragraphs("\n\n!").paragraph_breaks(), [0; 0]);
    }

    #[test]
    fn runs_end_at_words_only() {
        let segmented = Segmented::new("한·중 FTA 협정");
        assert_eq!(segmented.char_runs(|_| true), [0..2, 3..5]);
    }
}
