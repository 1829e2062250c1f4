//! Texts for the laws: generated ones in every mix of scripts, and stretches cut from texts as a reader would mark
//! them. What counts as a CJK character or a word is decided here again, not asked of the engine.

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::document::ByteRange;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub(super) use crate::checks::is_cjk;

/// Pieces that occur in news, and pieces that break programs.
const PIECES: [&str; 84] = [
    "trade",
    "China's",
    "U.S.",
    "FTAs",
    "K-pop",
    "anti-dumping",
    "can't",
    "10.4",
    "$3",
    "2025",
    "15%",
    "_note_",
    "Zölle",
    "Maßnahme",
    "südkoreanische",
    "Straße",
    "STRASSE",
    "Freihandelsabkommen",
    "Müller",
    "Mueller",
    "die",
    "Cafe\u{301}",
    "na\u{308}chste",
    "무역협정",
    "무역 협정",
    "한국은",
    "올랐다",
    "관세",
    "韓中",
    "限韓令",
    "통상",
    "\u{1112}\u{1161}\u{11ab}국",
    "ㅋㅋ",
    "自由贸易",
    "自由貿易",
    "协定",
    "谈判",
    "，",
    "。",
    "、",
    "「",
    "」",
    "《",
    "》",
    "稀土",
    "中",
    "果",
    "々",
    "〇",
    "カタカナ",
    "ひらがな",
    "ｶﾞｽ",
    "ＦＴＡ",
    "２０２５",
    "5G网络",
    "ㄅㄆ",
    "l'accord",
    "L’Île-de-France",
    "aranceles",
    "İthalat",
    "ışık",
    "thu\u{31b}o\u{31b}ng",
    "импорте\u{308}ры",
    "Об’єднання",
    "торговля",
    "تجارة",
    "ﬁnance",
    "㎏",
    "㈜",
    "①",
    "½",
    "™",
    "²",
    "👩‍🌾",
    "🇰🇷",
    "1️⃣",
    "\u{200d}",
    "\u{fe0f}",
    "\u{ad}",
    "\u{1b}[31m",
    "\0",
    "\u{feff}",
    "https://example.org/a_b?c=1",
    "…",
];

/// Text of a few pieces, with and without spaces between them.
pub(super) fn mixed_text() -> impl Strategy<Value = String> {
    text_of(0..40)
}

/// As [`mixed_text`], never blank.
pub(super) fn some_text() -> impl Strategy<Value = String> {
    text_of(1..40).prop_map(|text| if text.trim().is_empty() { format!("{text}무역 협정") } else { text })
}

fn text_of(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let joint = select(vec!["", "", " ", " ", "\n", "·", "-", ", ", "\r\n", "\u{3000}", "’", "_", "."]);
    proptest::collection::vec((piece(), joint), pieces)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, joint)| format!("{piece}{joint}")).collect())
}

fn piece() -> impl Strategy<Value = String> {
    let of = |from: char, to: char| proptest::char::range(from, to).prop_map(String::from);
    prop_oneof![
        12 => select(PIECES.to_vec()).prop_map(str::to_owned),
        4 => proptest::collection::vec(proptest::char::range('가', '힣'), 1..5).prop_map(String::from_iter),
        4 => proptest::collection::vec(proptest::char::range('一', '龥'), 1..5).prop_map(String::from_iter),
        2 => "[a-zA-ZäöüßÄÖÜéčø0-9]{1,12}",
        1 => of('\u{1100}', '\u{11ff}'),
        1 => of('ㄱ', 'ㆎ'),
        1 => of('ぁ', 'ヿ'),
        1 => of('\u{ff01}', '\u{ffbe}'),
        1 => of('\u{3400}', '\u{4dbf}'),
        1 => of('\u{20000}', '\u{2a6df}'),
        1 => of('\u{f900}', '\u{faff}'),
        1 => of('\u{2e80}', '\u{33ff}'),
        1 => of('\u{300}', '\u{36f}'),
        1 => of('\u{370}', '\u{52f}'),
        1 => of('\u{5d0}', '\u{6d3}'),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// The CJK characters of a text, in stretches that no word or number interrupts; each character is a grapheme cluster.
pub(super) fn cjk_stretches(text: &str) -> Vec<Vec<ByteRange>> {
    let mut stretches = vec![Vec::new()];
    for (at, cluster) in text.grapheme_indices(true) {
        if cluster.chars().next().is_some_and(is_cjk) {
            stretches.last_mut().unwrap().push(ByteRange::new(at, at + cluster.len()));
        } else if cluster.nfkc().any(|character| character.is_alphanumeric() || is_combining_mark(character)) {
            stretches.push(Vec::new());
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

/// The words of a text as white space separates them, without the punctuation around them.
pub(super) fn words(text: &str) -> Vec<ByteRange> {
    let mut words = Vec::new();
    for piece in text.split_whitespace() {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        let letters = |(_, cluster): &(usize, &str)| is_part_of_word(cluster);
        let mut clusters = piece.grapheme_indices(true).filter(letters);
        let Some((first, cluster)) = clusters.next() else {
            continue;
        };
        let (last, cluster) = clusters.next_back().unwrap_or((first, cluster));
        let mut end = last + cluster.len();
        // The possessive s and its apostrophe, in any of its forms.
        let apostrophes = ["'", "’", "‘", "ʼ", "′", "＇", "`", "´", "‛"];
        if let Some(before) = piece[first..end].strip_suffix(['s', 'S', 'ｓ'])
            && let Some(before) = apostrophes.iter().find_map(|apostrophe| before.strip_suffix(apostrophe))
        {
            end = first + before.len();
        }
        words.push(ByteRange::new(start + first, start + end));
    }
    words
}

/// Letters, digits, and signs that stand for them (`㎏`, `①`). Superscripts, trade marks and signs that stand for CJK
/// characters (`㏰`) are no part of a word.
fn is_part_of_word(cluster: &str) -> bool {
    // The letter araea stands for a middle dot.
    let is_sign = |character| matches!(character, '²' | '³' | '¹' | '\u{2070}'..='\u{207f}' | '℠' | '™' | 'ㆍ');
    let mut letters = cluster
        .nfkc()
        .filter(|&character| !is_combining_mark(character) && !matches!(character, '\u{200d}' | '\u{600}'..='\u{605}'))
        .peekable();
    !cluster.starts_with(is_sign)
        && letters.peek().is_some()
        && letters.all(|letter| letter.is_alphanumeric() && !is_cjk(letter) && !is_filler(letter))
}

/// Letters that are not there.
fn is_filler(letter: char) -> bool {
    matches!(letter, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// A stretch of `length` items of a list, as far as there are that many, from where `at` points.
pub(super) fn cut(items: &[ByteRange], at: prop::sample::Index, length: usize) -> ByteRange {
    let first = at.index(items.len());
    let last = (first + length - 1).min(items.len() - 1);
    ByteRange::new(items[first].start, items[last].end)
}

/// A phrase query for a text. The quotation mark in it would end the phrase; it is punctuation like any other.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', " "))
}

/// A bag for a text: its words without anything that the query language reads as a sign, bracket, quotation mark, operator or field
/// (`title:`), in any case and width.
pub(super) fn unquoted(text: &str) -> String {
    let syntax = [
        '"', '＂', '“', '”', '„', '«', '»', '「', '」', '『', '』', '《', '》', '(', ')', '（', '）', '*', '＊', ':',
        '：', '~', '～',
    ];
    let signs = ['+', '-', '=', '＋', '－', '＝'];
    let spaced = text.replace(syntax, " ");
    let words = spaced.split_whitespace().map(|word| word.trim_matches(signs));
    let is_operator = |word: &str| {
        let word = word.nfkc().collect::<String>().to_lowercase();
        let name = word.split_once('/').map_or(word.as_str(), |(name, _)| name);
        ["and", "or", "not"].contains(&word.as_str())
            || ["near", "before", "atleast"].contains(&name)
            || (name == "first" && word != name)
    };
    let words = words.filter(|word| !is_operator(word));
    words.collect::<Vec<&str>>().join(" ")
}

/// Without the dots of umlauts and any other marks on Latin letters.
pub(super) fn without_diacritics(text: &str) -> String {
    text.nfd().filter(|&character| !('\u{300}'..='\u{36f}').contains(&character)).nfc().collect()
}

/// ASCII in full width.
pub(super) fn full_width(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '!' | '#'..='~' => char::from_u32(u32::from(character) + 0xFEE0).unwrap(),
            _ => character,
        })
        .collect()
}

#[test]
fn stretches_are_cut_as_a_reader_would() {
    let slices = |text: &'static str, ranges: &[ByteRange]| -> Vec<&str> {
        ranges.iter().map(|range| range.slice(text)).collect()
    };
    let text = "한·중 FTA「협정」3";
    let stretches = cjk_stretches(text);
    assert_eq!(stretches.len(), 2);
    assert_eq!(slices(text, &stretches[0]), ["한", "중"]);
    assert_eq!(slices(text, &stretches[1]), ["협", "정"]);
    let text = "“China’s” (U.S.) – 6² _x_";
    assert_eq!(slices(text, &words(text)), ["China", "U.S", "6", "x"]);
    assert_eq!(unquoted("see title: „near/5“ a~1 AND ＯＲ BEFORE -b lang:ko"), "see title a 1 b lang ko");
    assert_eq!(without_diacritics("Zölle Café 각"), "Zolle Cafe 각");
    assert_eq!(full_width("FTA 1%"), "ＦＴＡ １％");
}
