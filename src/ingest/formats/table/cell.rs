//! Cells of a table: what one looks like, whatever its column is called.

use jiff::civil::Date;
use unicode_width::UnicodeWidthStr;

use crate::ingest::date::DateReader;
use crate::ingest::formats::table::day::NumericDay;
use crate::text::analysis::clip;
use crate::text::language::Language;

/// Terminal columns of a cell that is no heading.
const MAX_HEADING_WIDTH: usize = 60;
/// Words of a cell that is no heading.
const MAX_HEADING_WORDS: usize = 7;
/// Bytes of a cell that can be a date or an address.
const MAX_VALUE_BYTES: usize = 4096;

/// True for an address of the web.
pub(crate) fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    let rest = ["http://", "https://", "//", "www."].iter().find_map(|start| {
        let (head, rest) = cell.split_at_checked(start.len())?;
        head.eq_ignore_ascii_case(start).then_some(rest)
    });
    rest.is_some_and(|rest| rest.contains('.') && cell.len() <= MAX_VALUE_BYTES && !cell.contains(char::is_whitespace))
}

/// True for a day, in whatever order its numbers are.
pub(crate) fn is_date(cell: &str, dates: &DateReader) -> bool {
    let cell = cell.trim();
    is_numeric_date(cell) || !is_number(cell) && dates.stated(cell).is_some()
}

/// True for three numbers that are a day, or for one without signs, with its time or without.
fn is_numeric_date(cell: &str) -> bool {
    let is_compact = matches!(cell.len(), 8 | 12 | 14) && cell.bytes().all(|byte| byte.is_ascii_digit());
    let years = 1800..2200;
    let is_day = |day: &str| day.parse().is_ok_and(|day: Date| years.contains(&day.year()));
    is_compact && is_day(&cell[..8]) || NumericDay::parse(cell).is_some()
}

/// True for a whole number or one with decimals.
pub(crate) fn is_number(cell: &str) -> bool {
    let digits = cell.trim().trim_start_matches(['-', '+']);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
}

/// True for a code of one of the languages.
pub(crate) fn is_language(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 7 && cell.is_ascii() && Language::from_tag(cell).is_some()
}

/// True for what is a value by itself and no words: a day, an address, a number.
pub(crate) fn is_value(cell: &str) -> bool {
    is_number(cell) || is_address(cell) || is_numeric_date(cell.trim())
}

/// True for what ends or goes on as sentences do.
pub(crate) fn has_sentence(cell: &str) -> bool {
    let cell = cell.trim_end_matches(|last: char| last.is_whitespace() || "\"'”’»)]」』>".contains(last));
    let ends = cell.ends_with(['.', '!', '?', '。', '！', '？', '…', '．']) && width(cell) >= 20;
    ends || [". ", "? ", "! ", ".\n", "。", "！", "？", ".</"].iter().any(|end| cell.contains(end)) && width(cell) >= 40
}

/// The terminal columns of a cell, up to some thousands: those of its first bytes say enough.
pub(crate) fn width(cell: &str) -> usize {
    clip(cell, MAX_VALUE_BYTES).trim().width()
}

/// True for what can be a heading: short, and neither a value nor a sentence.
pub(crate) fn may_be_heading(cell: &str) -> bool {
    cell.len() <= 10 * MAX_HEADING_WIDTH
        && width(cell) <= MAX_HEADING_WIDTH
        && cell.split_whitespace().count() <= MAX_HEADING_WORDS
        && !is_value(cell)
        && !has_sentence(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_by_their_form() {
        for date in ["2026-01-12", "2026. 1. 12.", "20260112", "01/12/2026 10:30 AM", "1/13/26", "202601121030"] {
            assert!(is_numeric_date(date), "{date}");
        }
        for other in ["20261345", "1.5", "45669", "3-2", "12/2026", "2026"] {
            assert!(!is_numeric_date(other), "{other}");
        }
        assert!(is_address("HTTPS://x.example/a") && is_address("www.x.example") && !is_address("https://x y.z"));
        assert!(
            has_sentence("Duties on flat steel start in March.") && has_sentence("철강 관세가 다시 오른다고 밝혔다.\"")
        );
        assert!(!has_sentence("U.S.") && !has_sentence("관세, 철강, 수출"));
        assert!(is_language("zh-TW") && is_language("DE") && !is_language("US"));
    }
}
