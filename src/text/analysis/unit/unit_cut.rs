//! Cutting a folded text into units: single CJK characters, and the words between them (by `word_cut`).

use crate::text::analysis::fold::Folded;
use crate::text::analysis::script::char_script;
use crate::text::analysis::unit::word_cut::cut_words;
use crate::text::analysis::unit::{Unit, UnitKind};
use crate::text::document::ByteRange;

/// The units of a folded text.
pub(crate) fn cut_units(folded: &Folded) -> Vec<Unit> {
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
pub(crate) fn join_within_clusters(folded: &Folded, units: &mut Vec<Unit>) {
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
