//! Traditional to Simplified Chinese, one character at a time.
//!
//! One character never depends on its neighbours: a rule over words would give a substring of a text another form
//! than the text itself has, and a quoted phrase would miss it. The table is made by the dictionary builder from
//! OpenCC's data (Apache-2.0). Japanese forms of the same characters (経済 for 经济) are in `shinjitai.tsv`.

use std::sync::LazyLock;

use tradewire_dictionaries::SIMPLIFIED_CHARACTERS;

/// Bounds of the blocks with nearly all traditional forms: Extension A to the end of the unified ideographs.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// The simplified forms for those blocks, by direct look-up: 0 means that a character is its own simplified form.
static BASIC: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut basic = vec![0_u16; (LAST - FIRST + 1) as usize];
    for (traditional, simplified) in pairs() {
        let code = u32::from(traditional);
        if (FIRST..=LAST).contains(&code)
            && let Ok(target) = u16::try_from(u32::from(simplified))
        {
            basic[(code - FIRST) as usize] = target;
        }
    }
    basic
});

/// The few pairs with a character outside of those blocks, sorted by the traditional form.
static RARE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let in_basic = |character: char| (FIRST..=LAST).contains(&u32::from(character));
    let mut rare: Vec<(char, char)> =
        pairs().filter(|&(traditional, simplified)| !in_basic(traditional) || u32::from(simplified) > 0xFFFF).collect();
    rare.sort_unstable();
    rare
});

/// Japanese forms with the simplified Chinese ones; `#` begins a comment.
const SHINJITAI: &str = include_str!("shinjitai.tsv");

fn pairs() -> impl Iterator<Item = (char, char)> {
    let japanese = SHINJITAI.lines().filter(|line| !line.starts_with('#'));
    SIMPLIFIED_CHARACTERS.lines().chain(japanese).filter_map(|line| {
        let (traditional, simplified) = line.split_once('\t')?;
        Some((traditional.chars().next()?, simplified.chars().next()?))
    })
}

/// The simplified form of a Han character; any other character is returned as it is.
pub(crate) fn simplified(character: char) -> char {
    let code = u32::from(character);
    if code < FIRST {
        return character;
    }
    if code <= LAST {
        match BASIC[(code - FIRST) as usize] {
            0 => {}
            target => return char::from_u32(u32::from(target)).unwrap_or(character),
        }
    } else if (0xAC00..=0xD7A3).contains(&code) {
        return character;
    }
    match RARE.binary_search_by_key(&character, |&(traditional, _)| traditional) {
        Ok(found) => RARE[found].1,
        Err(_) => character,
    }
}

#[cfg(test)]
mod tests {
    use super::simplified;

    #[test]
    fn folds_each_character_by_itself() {
        for (traditional, expected) in [
            ('韓', '韩'),
            ('凍', '冻'),
            ('後', '后'),
            ('裡', '里'),
            ('髮', '发'),
            ('限', '限'),
            ('経', '经'),
            ('済', '济'),
            ('関', '关'),
            ('円', '圆'),
            ('伝', '传'),
            ('芸', '芸'),
            ('한', '한'),
            ('A', 'A'),
            ('あ', 'あ'),
        ] {
            assert_eq!(simplified(traditional), expected);
        }
    }

    #[test]
    fn a_simplified_form_is_stable() {
        for (_, target) in super::pairs() {
            assert_eq!(simplified(target), target);
        }
    }
}
