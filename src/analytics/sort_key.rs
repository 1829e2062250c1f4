//! Sort keys: by what the lines of a concordance are ordered.

use std::str::FromStr;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::analysis::Folded;

/// Greatest distance of a word that lines can be sorted by.
const MAX_DISTANCE: usize = 9;
/// What a key that is unknown sorts by: behind all others.
const UNKNOWN: u8 = 0xFF;

/// What lines are sorted by. Words are compared without capitals and diacritics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// The n-th word to the left of the hit, counted from the hit. In Chinese a character is a word.
    Left(usize),
    /// The n-th word to the right.
    Right(usize),
    /// The hit itself.
    Hit,
    /// The day of publication, the earliest first; unknown ones last.
    Date,
    /// The name of the source; unknown ones last.
    Source,
}

impl FromStr for SortKey {
    type Err = String;

    fn from_str(text: &str) -> Result<SortKey, String> {
        match text.trim() {
            "date" => return Ok(SortKey::Date),
            "source" => return Ok(SortKey::Source),
            "hit" => return Ok(SortKey::Hit),
            _ => {}
        }
        let mut characters = text.trim().chars();
        let distance = characters.next().and_then(|digit| digit.to_digit(10)).map(|digit| digit as usize);
        match (distance, characters.as_str()) {
            (Some(distance @ 1..=MAX_DISTANCE), "L" | "l") => Ok(SortKey::Left(distance)),
            (Some(distance @ 1..=MAX_DISTANCE), "R" | "r") => Ok(SortKey::Right(distance)),
            _ => Err(format!(
                "expected 1R to {MAX_DISTANCE}R for a word to the right, 1L to {MAX_DISTANCE}L for one to the left, hit, date or source, as in 1R,2R"
            )),
        }
    }
}

/// The parts of a line that keys are made of: the text before the hit and after it, not cut.
pub(crate) struct SortedBy<'a> {
    pub(crate) before: &'a str,
    pub(crate) hit: &'a str,
    pub(crate) after: &'a str,
    pub(crate) date: Option<&'a str>,
    pub(crate) source: Option<&'a str>,
}

impl SortKey {
    /// The farthest word on each side that the keys ask for.
    pub(crate) fn reach(keys: &[SortKey]) -> (usize, usize) {
        let (mut left, mut right) = (0, 0);
        for key in keys {
            match *key {
                SortKey::Left(distance) => left = left.max(distance),
                SortKey::Right(distance) => right = right.max(distance),
                SortKey::Hit | SortKey::Date | SortKey::Source => {}
            }
        }
        (left, right)
    }

    /// The bytes by which a line is compared with others.
    pub(crate) fn bytes_of(keys: &[SortKey], line: &SortedBy<'_>) -> Vec<u8> {
        let (left, right) = SortKey::reach(keys);
        let before: Vec<&str> = line.before.unicode_words().rev().take(left).collect();
        let after: Vec<&str> = line.after.unicode_words().take(right).collect();
        let mut bytes = Vec::new();
        for key in keys {
            match *key {
                SortKey::Left(distance) => {
                    push_folded(before.get(distance - 1).copied().unwrap_or_default(), &mut bytes)
                }
                SortKey::Right(distance) => {
                    push_folded(after.get(distance - 1).copied().unwrap_or_default(), &mut bytes)
                }
                SortKey::Hit => push_folded(line.hit, &mut bytes),
                SortKey::Date => push_known(line.date, &mut bytes),
                SortKey::Source => push_known(line.source, &mut bytes),
            }
            // No text has this byte, so that a word sorts before a longer one that begins with it.
            bytes.push(0);
        }
        bytes
    }
}

fn push_known(value: Option<&str>, bytes: &mut Vec<u8>) {
    match value {
        Some(value) => push_folded(value, bytes),
        None => bytes.push(UNKNOWN),
    }
}

fn push_folded(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend(Folded::new(text).text().bytes().filter(|&byte| byte != 0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_parsed_and_compared() {
        assert_eq!("1R".parse(), Ok(SortKey::Right(1)));
        assert_eq!(" 9l".parse(), Ok(SortKey::Left(9)));
        assert_eq!("date".parse(), Ok(SortKey::Date));
        for wrong in ["", "R", "0R", "10R", "1", "1X", "R1", "1RR", "Date", "가"] {
            assert!(wrong.parse::<SortKey>().is_err(), "{wrong}");
        }
        let key = |keys: &[SortKey], before: &str, after: &str, date: Option<&str>| {
            let line = SortedBy { before, hit: "Zoll", after, date, source: None };
            String::from_utf8_lossy(&SortKey::bytes_of(keys, &line)).into_owned()
        };
        assert_eq!(key(&[SortKey::Left(1), SortKey::Left(2)], "Über den ", "", None), "den\0uber\0");
        assert_eq!(key(&[SortKey::Right(1), SortKey::Right(2)], "", "는 크게, 늘", None), "는\0크게\0");
        assert_eq!(key(&[SortKey::Left(1), SortKey::Left(3)], "关稅。上", "", None), "上\0关\0");
        assert!(key(&[SortKey::Date], "", "", Some("2025-01-01")) < key(&[SortKey::Date], "", "", None));
    }
}
