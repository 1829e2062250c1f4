//! Stretches of CJK characters of a segmented text, and the positions of units.

use crate::text::analysis::script::CharScript;
use crate::text::analysis::unit::Segmented;
use crate::text::document::ByteRange;

/// The maximal stretches of adjacent CJK characters of the scripts that `belongs` accepts, without any space or punctuation
/// inside, each with the position of its first unit and its range.
pub(crate) fn stretches(segmented: &Segmented, belongs: impl Fn(CharScript) -> bool) -> Vec<(&str, u32, ByteRange)> {
    let units = segmented.units();
    let mut found = Vec::new();
    for run in segmented.char_runs(belongs) {
        let mut start = run.start;
        for at in run.clone() {
            let ends = at + 1 == run.end || units[at + 1].folded.start != units[at].folded.end;
            if ends {
                let range = ByteRange::new(units[start].folded.start, units[at].folded.end);
                found.push((range.slice(segmented.text()), start as u32, range));
                start = at + 1;
            }
        }
    }
    found
}

/// The position of the unit that a range of the folded text starts in.
pub(crate) fn position_of(segmented: &Segmented, range: ByteRange) -> u32 {
    let next = segmented.units().partition_point(|unit| unit.folded.start <= range.start);
    next.saturating_sub(1) as u32
}
