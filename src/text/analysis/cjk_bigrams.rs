//! The CJK bigram chain: overlapping pairs of CJK characters, with words of alphabetic scripts between them.
//!
//! It makes the substring law true: however a dictionary segments a text, the bigrams have all of its characters in order. Each
//! CJK character starts a pair with the next unit if that is a CJK character too; the last one of a run is a term by itself. In
//! Korean text, hanja are indexed under their Hangul readings as well.

use crate::text::analysis::TokenSink;
use crate::text::analysis::hanja;
use crate::text::analysis::script::{CharScript, may_continue_unit};
use crate::text::analysis::unit::{Segmented, Unit, UnitKind};
use crate::text::document::ByteRange;

/// Separator in the term of two characters that could be read as one: a consonant and a vowel that are no syllable.
const BETWEEN: char = '\u{200B}';

/// Appends the term of a pair of CJK characters to `term`.
pub(crate) fn push_pair(first: &str, second: &str, term: &mut String) {
    term.push_str(first);
    if second.starts_with(may_continue_unit) {
        term.push(BETWEEN);
    }
    term.push_str(second);
}

/// True for a term that starts with a character: the character alone, as at the end of a run, or one of its pairs.
pub(crate) fn opens_pair(character: &str, term: &str) -> bool {
    term.strip_prefix(character).is_some_and(|second| !second.starts_with(may_continue_unit))
}

/// True for the term of a pair of which a character is the second.
pub(crate) fn closes_pair(character: &str, term: &str) -> bool {
    let is_apart = character.starts_with(may_continue_unit);
    term.strip_suffix(character)
        .is_some_and(|first| if is_apart { first.ends_with(BETWEEN) } else { !first.is_empty() })
}

/// True for a letter that can stand between the first letter of a pair's first character and its second one.
pub(crate) fn may_stand_before_second(letter: char) -> bool {
    letter == BETWEEN || may_continue_unit(letter)
}

/// Passes the token that starts at a CJK character to the sink: its pair, or the character alone if none follows; with the
/// position of the character and the range of the token in the folded text. With `readings`, it does so for the Hangul readings
/// of hanja too, at the same position.
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

/// Emits the pair with one or both of its hanja replaced by a reading, so that a query matches whichever way it writes each.
fn each_reading(segmented: &Segmented, unit: &Unit, next: Option<&Unit>, emit: &mut dyn FnMut(&str)) {
    let first_readings = unit_readings(segmented, unit);
    let next_readings = next.map_or(&[][..], |next| unit_readings(segmented, next));
    if first_readings.is_empty() && next_readings.is_empty() {
        return;
    }
    let firsts = ways_to_write(segmented.form(unit), first_readings);
    let nexts = ways_to_write(next.map_or("", |next| segmented.form(next)), next_readings);
    let pairs = firsts.iter().flat_map(|first| nexts.iter().map(move |next| (first, next)));
    // The first is the pair as it is written, which was emitted already.
    for (first, next) in pairs.skip(1) {
        let mut pair = String::with_capacity(16);
        push_pair(first, next, &mut pair);
        emit(&pair);
    }
}

/// The spellings of a unit: its own form, then its readings.
fn ways_to_write(form: &str, readings: &[char]) -> Vec<String> {
    std::iter::once(form.to_owned()).chain(readings.iter().map(char::to_string)).collect()
}

/// The Hangul readings of a unit that is a hanja; none for any other unit.
pub(crate) fn unit_readings(segmented: &Segmented, unit: &Unit) -> &'static [char] {
    if unit.kind != UnitKind::Char(CharScript::Han) {
        return &[];
    }
    segmented.form(unit).chars().next().map_or(&[], hanja::readings)
}
