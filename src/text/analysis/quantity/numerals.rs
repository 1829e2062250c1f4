//! Chinese numerals of percentages: 五十七, 三点五, 百.

use crate::text::analysis::quantity::decimal::Decimal;

/// The number that a folded text begins with in Chinese numerals, and its length in bytes.
pub(crate) fn read_numeral(text: &str) -> Option<(Decimal, usize)> {
    let (mut total, mut digit, mut digits) = (0_i128, None, 0);
    let mut fraction: Option<String> = None;
    let mut end = 0;
    for (at, character) in text.char_indices().take(16) {
        if let Some(value) = digit_of(character) {
            match &mut fraction {
                Some(fraction) => fraction.push(char::from(b'0' + value)),
                // Two digits side by side are read out one by one, as years are.
                None if digit.is_some_and(|before| before > 0) => return None,
                None => digit = Some(value),
            }
        } else if fraction.is_some() {
            break;
        } else if matches!(character, '十' | '百') {
            let times = if character == '十' { 10 } else { 100 };
            total += i128::from(digit.unwrap_or(1)) * times;
            digit = None;
        } else if character == '点' && digits > 0 {
            fraction = Some(String::new());
        } else {
            break;
        }
        digits += 1;
        end = at + character.len_utf8();
    }
    let fraction = fraction.unwrap_or_default();
    if digits == 0 || text[..end].ends_with('点') {
        return None;
    }
    let whole = total + i128::from(digit.unwrap_or(0));
    Some((Decimal::of_digits(&whole.to_string(), &fraction)?, end))
}

/// True for a folded text with a digit or a Chinese numeral: no other has quantities.
pub(crate) fn may_have_quantities(text: &str) -> bool {
    let is_numeral = |character: char| digit_of(character).is_some() || matches!(character, '十' | '百');
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.chars().any(is_numeral)
}

fn digit_of(character: char) -> Option<u8> {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match character {
        '〇' => Some(0),
        '两' => Some(2),
        _ => digits.iter().position(|&digit| digit == character).map(|value| value as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_percentages() {
        for (text, value, read) in [
            ("五十七的", "57", "五十七"),
            ("三点五", "3.5", "三点五"),
            ("百", "100", "百"),
            ("十", "10", "十"),
            ("一百零五", "105", "一百零五"),
            ("零点二五。", "0.25", "零点二五"),
            ("二十以上", "20", "二十"),
        ] {
            let (found, length) = read_numeral(text).unwrap();
            assert_eq!((found.to_string().as_str(), &text[..length]), (value, read), "{text}");
        }
        for text in ["", "的", "点五", "几", "三点"] {
            assert_eq!(read_numeral(text), None, "{text}");
        }
    }
}
