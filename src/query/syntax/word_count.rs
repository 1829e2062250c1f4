//! Lengths of articles in words, as a filter writes them: `300..800`, `>300`.

use std::fmt;

/// Digits of a number of words at most.
const MAX_DIGITS: usize = 9;

/// A range of numbers of words, both ends included; `None` is an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WordCount {
    /// The least number.
    pub from: Option<u64>,
    /// The greatest number.
    pub to: Option<u64>,
}

/// The notations of a number of words, for messages.
pub(crate) const WORD_FORMS: &str = ">300, >=300, <800, <=800, 300..800 or 300";

impl WordCount {
    /// Parses a number, two numbers with `..` between them (either may be left out), or a number after `>`, `>=`, `<` or `<=`.
    /// `None` for anything else.
    pub fn parse(text: &str) -> Option<WordCount> {
        if let Some((from, to)) = text.split_once("..") {
            let end = |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
            let (from, to) = (end(from)?, end(to)?);
            let in_order = !matches!((from, to), (Some(from), Some(to)) if from > to);
            return ((from.is_some() || to.is_some()) && in_order).then_some(WordCount { from, to });
        }
        let mut signs = [">=", "<=", ">", "<"].into_iter();
        let Some((sign, rest)) = signs.find_map(|sign| Some((sign, text.strip_prefix(sign)?))) else {
            let number = number(text)?;
            return Some(WordCount { from: Some(number), to: Some(number) });
        };
        let number = number(rest)?;
        Some(match sign {
            ">=" => WordCount { from: Some(number), to: None },
            "<=" => WordCount { from: None, to: Some(number) },
            ">" => WordCount { from: Some(number + 1), to: None },
            _ => WordCount { from: None, to: Some(number.checked_sub(1)?) },
        })
    }

    /// True if the number is in the range.
    pub(crate) fn contains(&self, words: u64) -> bool {
        self.from.is_none_or(|from| from <= words) && self.to.is_none_or(|to| words <= to)
    }

    /// What a text was meant as that is no range: ends in the wrong order, or with another sign between or behind them.
    pub(crate) fn meant_by(text: &str) -> Option<WordCount> {
        let ends = text.split_once("..").or_else(|| text.split_once(['-', '–', '~']));
        let ends = ends.and_then(|(from, to)| Some((number(from.trim())?, number(to.trim())?)));
        if let Some((from, to)) = ends {
            return Some(WordCount { from: Some(from.min(to)), to: Some(from.max(to)) });
        }
        let number = number(text.strip_suffix('+').or_else(|| text.strip_suffix('-'))?)?;
        let is_least = text.ends_with('+');
        Some(WordCount { from: is_least.then_some(number), to: (!is_least).then_some(number) })
    }
}

fn number(text: &str) -> Option<u64> {
    let is_number = (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

impl fmt::Display for WordCount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(formatter, "{from}"),
            (from, to) => {
                let end = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
                write!(formatter, "{}..{}", end(from), end(to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_and_printed() {
        for (text, expected) in [
            ("300", "300"),
            (">300", "301.."),
            (">=300", "300.."),
            ("<300", "..299"),
            ("<=300", "..300"),
            ("300..800", "300..800"),
            ("300..", "300.."),
            ("..800", "..800"),
            ("0", "0"),
        ] {
            let count = WordCount::parse(text).unwrap();
            assert_eq!(count.to_string(), expected, "{text}");
            assert_eq!(WordCount::parse(expected), Some(count), "{text}");
        }
        for wrong in ["", "..", "<0", "800..300", ">", "three", "1,000", "-5", "9999999999", "300..800..", "3.5"] {
            assert_eq!(WordCount::parse(wrong), None, "{wrong}");
        }
        let meant = |text: &str| WordCount::meant_by(text).map(|count| count.to_string());
        assert_eq!(meant("800..300").as_deref(), Some("300..800"));
        assert_eq!(meant("300-800").as_deref(), Some("300..800"));
        assert_eq!(meant("300+").as_deref(), Some("300.."));
        assert_eq!(meant("long"), None);
    }
}
