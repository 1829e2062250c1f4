//! The character evidence: overlapping pairs of CJK characters, with words of other scripts between them.
//!
//! This is what makes the substring law true: whatever a dictionary made of a text, its characters stand here in
//! order. Each CJK character opens a pair with the unit after it if that is a CJK character too; the last of a run
//! stands alone. In Korean text, hanja are entered under their Hangul readings as well.

use crate::analysis::hanja;
use crate::analysis::script::may_continue_unit;
use crate::analysis::unit::{Segmented, Unit, UnitKind};
use crate::document::ByteRange;

/// Stands between two characters where they could be read as one: a consonant and a vowel that are no syllable.
const BETWEEN: char = '\u{200B}';

/// Appends the term of a pair of characters.
pub(crate) fn push_pair(first: &str, second: &str, term: &mut String) {
    term.push_str(first);
    if second.starts_with(may_continue_unit) {
        term.push(BETWEEN);
    }
    term.push_str(second);
}

/// True for the terms that a character opens: itself at the end of a run, and its pairs.
pub(crate) fn opens_pair(character: &str, term: &str) -> bool {
    term.strip_prefix(character).is_some_and(|second| !second.starts_with(may_continue_unit))
}

/// Calls `emit` with each pair, last character or word, its position (a pair's is that of its first character), and
/// its range in the folded text. With `readings`, hanja are emitted in their readings too, at the same place.
pub(crate) fn evidence(
    segmented: &Segmented,
    terms_of_word: impl Fn(&str, &mut dyn FnMut(&str)),
    readings: bool,
    emit: &mut dyn FnMut(&str, u32, ByteRange),
) {
    let units = segmented.units();
    let mut pair = String::with_capacity(16);
    for (at, unit) in units.iter().enumerate() {
        if !is_char(unit) {
            terms_of_word(segmented.form(unit), &mut |term| emit(term, at as u32, unit.folded));
            continue;
        }
        let next = units.get(at + 1).filter(|next| is_char(next));
        let range = next.map_or(unit.folded, |next| ByteRange::new(unit.folded.start, next.folded.end));
        pair.clear();
        push_pair(segmented.form(unit), next.map_or("", |next| segmented.form(next)), &mut pair);
        emit(&pair, at as u32, range);
        if readings {
            each_reading(segmented, unit, next, &mut |reading| emit(reading, at as u32, range));
        }
    }
}

fn is_char(unit: &Unit) -> bool {
    matches!(unit.kind, UnitKind::Char(_))
}

/// The pair with one or both of its hanja replaced by a reading, so that a query may write each in either way.
fn each_reading(segmented: &Segmented, unit: &Unit, next: Option<&Unit>, emit: &mut dyn FnMut(&str)) {
    let first_readings = unit_readings(segmented, unit);
    let next_readings = next.map_or(&[][..], |next| unit_readings(segmented, next));
    if first_readings.is_empty() && next_readings.is_empty() {
        return;
    }
    let firsts = ways_to_write(segmented.form(unit), first_readings);
    let nexts = ways_to_write(next.map_or("", |next| segmented.form(next)), next_readings);
    let pairs = firsts.iter().flat_map(|first| nexts.iter().map(move |next| (first, next)));
    // The first is the pair as it stands, which has been emitted.
    for (first, next) in pairs.skip(1) {
        let mut pair = String::with_capacity(16);
        push_pair(first, next, &mut pair);
        emit(&pair);
    }
}

/// A unit's own form, then its readings.
fn ways_to_write(form: &str, readings: &[char]) -> Vec<String> {
    std::iter::once(form.to_owned()).chain(readings.iter().map(char::to_string)).collect()
}

/// The Hangul readings of a unit that is one hanja; none for every other.
pub(crate) fn unit_readings(segmented: &Segmented, unit: &Unit) -> &'static [char] {
    if !is_char(unit) {
        return &[];
    }
    segmented.form(unit).chars().next().map_or(&[], hanja::readings)
}
