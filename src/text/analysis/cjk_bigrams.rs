//! The character evidence: overlapping pairs of CJK characters, with words of other scripts between them.
//!
//! This is what makes the substring law true: whatever a dictionary made of a text, its characters stand here in
//! order. Each CJK character opens a pair with the unit after it if that is a CJK character too; the last of a run
//! stands alone. In Korean text, hanja are entered under their Hangul readings as well.

use crate::text::analysis::TokenSink;
use crate::text::analysis::hanja;
use crate::text::analysis::script::{CharScript, may_continue_unit};
use crate::text::analysis::unit::{Segmented, Unit, UnitKind};
use crate::text::document::ByteRange;

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

/// Hands over what the character at a unit opens: its pair, or itself if no character follows; at its position, with the
/// range in the folded text of both. With `readings`, hanja are handed over in their readings too, at the same place.
pub(crate) fn pair_at(segmented: &Segmented, at: usize, readings: bool, sink: &mut dyn TokenSink) {
    let unit = &segmented.units()[at];
    let next = segmented.units().get(at + 1).filter(|next| is_char(next));
    let position = at as u32;
    let Some(next) = next else {
        sink.token(segmented.form(unit), position, unit.folded);
        if readings {
            each_reading(segmented, unit, None, &mut |reading| sink.token(reading, position, unit.folded));
        }
        return;
    };
    let range = ByteRange::new(unit.folded.start, next.folded.end);
    let (first, second) = (segmented.form(unit), segmented.form(next));
    if unit.folded.end == next.folded.start && !second.starts_with(may_continue_unit) {
        sink.token(range.slice(segmented.text()), position, range);
    } else {
        let mut pair = String::with_capacity(16);
        push_pair(first, second, &mut pair);
        sink.token(&pair, position, range);
    }
    if readings {
        each_reading(segmented, unit, Some(next), &mut |reading| sink.token(reading, position, range));
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
    if unit.kind != UnitKind::Char(CharScript::Han) {
        return &[];
    }
    segmented.form(unit).chars().next().map_or(&[], hanja::readings)
}
