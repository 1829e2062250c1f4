//! Numbers in digits: their value by the separators in them, as the language of the text writes these.

use crate::text::analysis::quantity::decimal::Decimal;

/// The separators of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separators {
    /// `1,234.5`: English, Korean, Chinese.
    DecimalPoint,
    /// `1.234,5`: German.
    DecimalComma,
    /// Either; what could be both is no number.
    Unknown,
}

/// A number as it is written in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digits {
    pub(crate) value: Decimal,
    /// True if its thousands are separated.
    pub(crate) is_grouped: bool,
}

/// Reads digits with separators. `None` for what is no number: dates (`30.12.2025`), addresses, versions, codes with a zero in front.
pub(crate) fn read_digits(form: &str, separators: Separators) -> Option<Digits> {
    let is_separator = |character: char| matches!(character, ',' | '.' | '\'');
    if !form.chars().all(|character| character.is_ascii_digit() || is_separator(character)) {
        return None;
    }
    let first = form.find(is_separator);
    let Some(first) = first else {
        return plain(form, "", false);
    };
    let last = form.rfind(is_separator)?;
    let (one, other) = (form.as_bytes()[first], form.as_bytes()[last]);
    let (whole, fraction) = (&form[..last], &form[last + 1..]);
    if first == last {
        let may_group = is_grouped(form, one);
        let is_group = match one {
            b'\'' if may_group => true,
            b'\'' => return None,
            _ if !may_group => false,
            _ => match separators {
                Separators::DecimalPoint => one == b',',
                Separators::DecimalComma => one == b'.',
                Separators::Unknown => return None,
            },
        };
        return if is_group { grouped(form, "") } else { plain(whole, fraction, false) };
    }
    if one == other {
        return if is_grouped(form, one) { grouped(form, "") } else { None };
    }
    if is_grouped(whole, one) && other != b'\'' { grouped(whole, fraction) } else { None }
}

/// True for groups of three digits behind one to three.
fn is_grouped(form: &str, separator: u8) -> bool {
    let mut groups = form.split(char::from(separator));
    let first = groups.next().unwrap_or("");
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && is_digits(first)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn grouped(whole: &str, fraction: &str) -> Option<Digits> {
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    plain(&digits, fraction, true)
}

fn plain(whole: &str, fraction: &str, is_grouped: bool) -> Option<Digits> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = is_digits(whole) && is_digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    let value = is_number.then(|| Decimal::of_digits(whole, fraction))??;
    Some(Digits { value, is_grouped })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_follow_the_language_where_both_are_possible() {
        let read = |form, separators| read_digits(form, separators).map(|digits| digits.value.to_string());
        use Separators::{DecimalComma, DecimalPoint, Unknown};
        for (form, point, comma, unknown) in [
            ("1234", Some("1234"), Some("1234"), Some("1234")),
            ("1,234", Some("1234"), Some("1.234"), None),
            ("1.234", Some("1.234"), Some("1234"), None),
            ("12.345", Some("12.345"), Some("12345"), None),
            ("1'234", Some("1234"), Some("1234"), Some("1234")),
            ("55.6", Some("55.6"), Some("55.6"), Some("55.6")),
            ("55,6", Some("55.6"), Some("55.6"), Some("55.6")),
            ("1,234,567", Some("1234567"), Some("1234567"), Some("1234567")),
            ("1.234.567,8", Some("1234567.8"), Some("1234567.8"), Some("1234567.8")),
            ("1,234.5", Some("1234.5"), Some("1234.5"), Some("1234.5")),
            ("1234.567", Some("1234.567"), Some("1234.567"), Some("1234.567")),
            ("0.500", Some("0.5"), Some("0.5"), Some("0.5")),
            ("30.12.2025", None, None, None),
            ("192.168.1.1", None, None, None),
            ("1;2", None, None, None),
            ("007", None, None, None),
            ("0,5", Some("0.5"), Some("0.5"), Some("0.5")),
        ] {
            let found = [DecimalPoint, DecimalComma, Unknown].map(|separators| read(form, separators));
            assert_eq!(found, [point, comma, unknown].map(|value| value.map(str::to_owned)), "{form}");
        }
    }
}
