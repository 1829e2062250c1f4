//! The units of words with wildcards: words are cut as if a letter or digit stood for each wildcard, so that a query and a text are
//! cut alike. Among CJK characters `?` stands for one of them.

use crate::query::syntax::wildcard_signs::{Sign, signs_of};
use crate::query::syntax::word_pattern::{
    ANY_DIGITS, ANY_LETTERS, MAX_LETTERS, ONE_DIGIT, ONE_LETTER, is_star, is_wildcard,
};
use crate::text::analysis::{Folded, Segmented, UnitKind, char_script};

/// Greatest number of places where a wildcard stands between a letter and a digit, and could be either.
const MOST_MEETINGS: usize = 3;
/// Least number of letters and digits beside a `*`.
const LEAST_LETTERS: usize = 2;

/// A unit of a word with wildcards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WildcardUnit {
    /// A word without wildcards, folded.
    Word(String),
    /// A word in which letters and digits stand for wildcards (see `word_pattern`), folded.
    Pattern(String),
    /// A CJK character, folded.
    Char(String),
    /// A `?` that stands for any CJK character.
    AnyChar,
}

/// What a word with wildcards cannot be looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WildcardFault {
    /// A `*` with fewer than two letters beside it.
    TooFewLetters,
    /// A wildcard by itself between signs, or a `?` by itself.
    Alone,
    /// A `*` between CJK characters: what stands before it, and after it.
    InRun(String, String),
    /// More `?` side by side among CJK characters than can be looked up.
    TooManyChars,
    /// More wildcards between letters and digits than can be tried.
    TooManyMeetings,
    /// More letters than a pattern may have.
    TooLong,
}

/// The ways to read a word with wildcards; more than one only where a wildcard stands between a letter and a digit. `None` for a
/// text without wildcards.
///
/// # Errors
///
/// When it cannot be looked up.
pub(crate) fn wildcard_units(typed: &str) -> Result<Option<Vec<Vec<WildcardUnit>>>, WildcardFault> {
    let Some(signs) = signs_of(Folded::new(typed).text()) else {
        return Ok(None);
    };
    let is_letter = |sign: &&Sign| matches!(sign, Sign::Other(other) if other.is_alphanumeric());
    let has_chars = signs.iter().any(|sign| matches!(sign, Sign::Other(other) if char_script(*other).is_some()));
    if signs.contains(&Sign::Any) && !has_chars && signs.iter().filter(is_letter).count() < LEAST_LETTERS {
        return Err(WildcardFault::TooFewLetters);
    }
    let mut readings = Vec::new();
    for text in readings_of(&signs)? {
        let reading = units_of(&text)?;
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    Ok(Some(readings))
}

/// The kinds of characters that a wildcard can stand beside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Neither,
}

fn kind_of(sign: Option<&Sign>) -> Kind {
    match sign {
        Some(Sign::Other(other)) if other.is_numeric() => Kind::Digit,
        Some(Sign::Other(other)) if other.is_alphabetic() && char_script(*other).is_none() => Kind::Letter,
        _ => Kind::Neither,
    }
}

/// The text with a letter or a digit for each wildcard: a digit beside a digit; between a letter and a digit, once each.
fn readings_of(signs: &[Sign]) -> Result<Vec<String>, WildcardFault> {
    let mut texts = vec![String::new()];
    let mut meetings = 0;
    let mut at = 0;
    while at < signs.len() {
        let group = signs[at..].iter().take_while(|sign| !matches!(sign, Sign::Other(_))).count();
        if group == 0 {
            if let Sign::Other(other) = signs[at] {
                texts.iter_mut().for_each(|text| text.push(other));
            }
            at += 1;
            continue;
        }
        let before = kind_of(at.checked_sub(1).map(|before| &signs[before]));
        let after = kind_of(signs.get(at + group));
        let spelled = |is_digit: bool| -> String {
            let of = |sign: &Sign| match (sign, is_digit) {
                (Sign::Any, true) => ANY_DIGITS,
                (Sign::Any, false) => ANY_LETTERS,
                (_, true) => ONE_DIGIT,
                (_, false) => ONE_LETTER,
            };
            signs[at..at + group].iter().map(of).collect()
        };
        let has_digit = before == Kind::Digit || after == Kind::Digit;
        let has_letter = before == Kind::Letter || after == Kind::Letter;
        if has_digit && has_letter {
            meetings += 1;
            if meetings > MOST_MEETINGS {
                return Err(WildcardFault::TooManyMeetings);
            }
            let with = |spelled: &str| texts.iter().map(|text| format!("{text}{spelled}")).collect::<Vec<String>>();
            texts = [with(&spelled(true)), with(&spelled(false))].concat();
        } else {
            texts.iter_mut().for_each(|text| text.push_str(&spelled(has_digit)));
        }
        at += group;
    }
    Ok(texts)
}

/// The units of a text in which letters and digits stand for wildcards.
fn units_of(text: &str) -> Result<Vec<WildcardUnit>, WildcardFault> {
    let segmented = Segmented::new(text);
    let units = segmented.units();
    let is_char =
        |at: Option<usize>| at.and_then(|at| units.get(at)).is_some_and(|unit| matches!(unit.kind, UnitKind::Char(_)));
    let mut read = Vec::with_capacity(units.len());
    for (at, unit) in units.iter().enumerate() {
        let form = segmented.form(unit);
        if matches!(unit.kind, UnitKind::Char(_)) {
            read.push(WildcardUnit::Char(form.to_owned()));
        } else if !form.contains(is_wildcard) {
            read.push(WildcardUnit::Word(form.to_owned()));
        } else if !form.chars().all(is_wildcard) {
            if form.chars().count() > MAX_LETTERS {
                return Err(WildcardFault::TooLong);
            }
            read.push(WildcardUnit::Pattern(form.to_owned()));
        } else if !is_char(at.checked_sub(1)) && !is_char(Some(at + 1)) {
            return Err(WildcardFault::Alone);
        } else {
            // Whatever is around a run is found with it, so a star at its end says nothing.
            let is_end = at == 0 || at + 1 == units.len();
            if form.contains(is_star) && (!is_end || !form.chars().all(is_star)) {
                let around = |range: std::ops::Range<usize>| -> String {
                    let units = units[range].iter().map(|unit| segmented.form(unit));
                    units.filter(|form| !form.contains(is_wildcard)).collect()
                };
                return Err(WildcardFault::InRun(around(0..at), around(at + 1..units.len())));
            }
            let ones = form.chars().filter(|sign| !is_star(*sign)).count();
            let most = if is_char(at.checked_sub(1)) && is_char(Some(at + 1)) { 2 } else { 1 };
            if ones > most {
                return Err(WildcardFault::TooManyChars);
            }
            read.extend(std::iter::repeat_n(WildcardUnit::AnyChar, ones));
        }
    }
    // Of signs alone, nothing could be looked up.
    if read.is_empty() { Err(WildcardFault::Alone) } else { Ok(read) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readings as text, `?` and `*` for wildcards, `.` for any character.
    fn read(typed: &str) -> String {
        let shown = |form: &str| {
            let sign = |letter| match letter {
                ONE_LETTER | ONE_DIGIT => '?',
                ANY_LETTERS | ANY_DIGITS => '*',
                other => other,
            };
            form.chars().map(sign).collect::<String>()
        };
        match wildcard_units(typed) {
            Ok(None) => "-".to_owned(),
            Err(fault) => format!("! {fault:?}"),
            Ok(Some(readings)) => {
                let reading = |units: &Vec<WildcardUnit>| {
                    let units = units.iter().map(|unit| match unit {
                        WildcardUnit::Word(form) | WildcardUnit::Char(form) => form.clone(),
                        WildcardUnit::Pattern(form) => shown(form),
                        WildcardUnit::AnyChar => ".".to_owned(),
                    });
                    units.collect::<Vec<String>>().join(" ")
                };
                readings.iter().map(reading).collect::<Vec<String>>().join(" | ")
            }
        }
    }

    #[test]
    fn question_marks_and_wildcards() {
        for (typed, expected) in [
            ("steel?", "-"),
            ("Zölle??", "-"),
            ("关税？", "-"),
            ("관세는?", "-"),
            ("what?!no", "-"),
            ("https://example.org/a?b=1", "-"),
            ("有没有先例？先例在哪里？有谁知道", "-"),
            ("Exporteur*innen", "-"),
            ("wom?n", "wom?n"),
            ("ＷＯＭ？Ｎ", "wom?n"),
            ("wom?n?", "wom?n"),
            ("wom\\?", "wom?"),
            ("Zo\u{308}?le", "zö?le"),
            ("Z?lle", "z?lle"),
            ("?immer", "?immer"),
            ("*zoll＊", "*zoll*"),
            ("organi?*", "organi?*"),
            ("anti-d?mp*", "anti d?mp*"),
            ("Expor?eur*innen", "expor?eur*innen"),
            ("Zoll**in", "zoll**in"),
            ("关?税", "关 . 税"),
            ("关？税", "关 . 税"),
            ("关??税", "关 . . 税"),
            ("?税", ". 税"),
            ("关\\?", "关 ."),
            ("*협정", "협 정"),
            ("＊협정＊", "협 정"),
            ("FTA?협정", "fta? 협 정"),
            ("20?5년", "20?5 년"),
            ("G?0", "g ?0 | g? 0"),
            ("7?m", "7? m | 7 ?m"),
            ("*", "! TooFewLetters"),
            ("*a", "! TooFewLetters"),
            ("**", "! TooFewLetters"),
            ("x-*-steel", "! Alone"),
            ("关*税", "! InRun(\"关\", \"税\")"),
            ("关???税", "! TooManyChars"),
            ("??税", "! TooManyChars"),
            ("a1?b2?c3?d4?e", "! TooManyMeetings"),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }
}
