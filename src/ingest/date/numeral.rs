//! Numerals in dates: digits, and Chinese numerals as dates have them, positional (二〇二五) or with tens (二十一).
//!
//! In: folded text, in which digits of any width are ASCII. Out: the number, or `None` for any other text.

/// The characters of Chinese numerals up to ninety-nine, and of years.
pub(crate) const CHINESE_DIGITS: &str = "〇○零一二三四五六七八九十廿";

/// Parses a number of at most four digits or characters.
pub(crate) fn number(text: &str) -> Option<i16> {
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let text = text.replace('廿', "二十");
    match text.split_once('十') {
        // 十 alone is 10, 十二 12, 二十 20.
        Some((tens, ones)) => {
            let digit = |text: &str, empty| if text.is_empty() { Some(empty) } else { single(text) };
            Some(10 * digit(tens, 1)? + digit(ones, 0)?)
        }
        None => text.chars().try_fold(0_i16, |number, character| Some(10 * number + value(character)?)),
    }
}

fn single(text: &str) -> Option<i16> {
    let mut characters = text.chars();
    let digit = value(characters.next()?)?;
    characters.next().is_none().then_some(digit)
}

fn value(character: char) -> Option<i16> {
    let digits = [
        ['〇', '○', '零'],
        ['一'; 3],
        ['二'; 3],
        ['三'; 3],
        ['四'; 3],
        ['五'; 3],
        ['六'; 3],
        ['七'; 3],
        ['八'; 3],
        ['九'; 3],
    ];
    digits.iter().position(|of| of.contains(&character)).and_then(|digit| i16::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numerals_are_read_by_place_or_with_tens() {
        for (text, expected) in
            [("2025", 2025), ("07", 7), ("二〇二五", 2025), ("二零二五", 2025), ("十", 10), ("十二", 12), ("三十", 30)]
        {
            assert_eq!(number(text), Some(expected), "{text}");
        }
        assert_eq!(["三十一", "廿", "廿一", "一", "二○○八"].map(number), [31, 20, 21, 1, 2008].map(Some));
        for wrong in ["", "20255", "十二十", "二十十", "百", "2五", "十二三", "-1"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
