//! Queries as strings: what parses prints back to a query that parses to the same; everything else is an error with its
//! place. Signs of full width and the quotation marks and brackets of every language mean what ASCII ones mean.

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::query::{QueryAst, parse_query};
use unicode_normalization::UnicodeNormalization;

use super::queries::Vocabulary;
use super::text::mixed_text;
use super::{Corpus, Verdict, holds};

/// A piece of a query, as typed in ASCII and with an input method.
#[derive(Debug, Clone)]
struct Piece {
    ascii: String,
    wide: String,
    /// Nothing may stand between it and the next.
    is_sign: bool,
}

/// Words that are read with care.
const WORDS: [&str; 44] = [
    "trade",
    "und",
    "oder",
    "bzw.",
    "관세",
    "自由贸易协定",
    "FTA는",
    "5G网络",
    "U.S.",
    "10~20%",
    "3월~5월",
    "C++",
    "e-mail",
    "anti-",
    "--",
    "-",
    "+",
    "=",
    ":",
    "…",
    "/",
    "http://x.org/a?b=c",
    "a:b",
    "not",
    "AND",
    "NEAR/0x",
    "BEFORE/0x",
    "FIRST",
    "FIRST/x",
    "ATLEAST/x",
    "titel",
    "Zölle",
    "can't",
    "’s",
    "x=y",
    "a-b",
    "a+b",
    "=",
    "~",
    "*",
    "\u{200d}",
    "€5",
    "5:3",
    "、",
];

fn wide(ascii: &str) -> String {
    let wide = |character| match character {
        '!'..='~' => char::from_u32(u32::from(character) + 0xFEE0).unwrap(),
        _ => character,
    };
    ascii.chars().map(wide).collect()
}

fn quoted(text: &str, marks: (&str, &str)) -> (String, String) {
    (format!("\"{text}\""), format!("{}{text}{}", marks.0, marks.1))
}

const MARKS: [(&str, &str); 13] = [
    ("\"", "\""),
    ("＂", "＂"),
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("“", "“"),
    ("«", "»"),
    ("»", "«"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ("«", "»"),
    ("「", "」"),
];

fn piece(words: Vec<String>, phrases: Vec<String>) -> impl Strategy<Value = Piece> {
    let typed = |ascii: String, typed: String| Piece { ascii, wide: typed, is_sign: false };
    let word = move || prop_oneof![3 => select(words.clone()), 1 => select(WORDS.to_vec()).prop_map(str::to_owned)];
    let phrases: Vec<String> =
        phrases.into_iter().filter(|phrase| !phrase.contains(|mark| "\"＂“”„«»「」『』《》".contains(mark))).collect();
    let phrase = move || (select(phrases.clone()), select(MARKS.to_vec()));
    let signs = select(vec!["(", "+", "-", "=", "title:", "lead:", "caps:"]);
    let operators = select(vec![
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR/3",
        "NEAR/99",
        "BEFORE",
        "BEFORE/3",
        ")",
        ")",
        "AND",
        "OR",
        "NOT",
        "FIRST/50",
        "ATLEAST/3",
        "FIRST/0",
        "ATLEAST/1001",
    ]);
    let filters = select(vec![
        ("lang:ko", "lang：ｋｏ"),
        ("lang:en,de", "ｌａｎｇ：en，de"),
        ("date:2025-12", "ｄａｔｅ：２０２５－１２"),
        ("date:>=2026", "date：＞＝2026"),
        ("date:2025..2026", "date：2025．．2026"),
        ("source:\"Sample Desk\"", "source：「Sample Desk」"),
        ("country:kr,CN", "ｃountry：ｋｒ，CN"),
        ("pair:kr-CN,us-cn", "pair：ｋｒ－CN，us－cn"),
        ("id:en-0*", "id：en-0*"),
        ("id:\"en-0\"*", "id：“en-0”*"),
    ]);
    prop_oneof![
        6 => word().prop_map(move |word| typed(word.clone(), word)),
        3 => phrase().prop_map(move |(text, marks)| { let (a, w) = quoted(&text, marks); typed(a, w) }),
        1 => (phrase(), 0_u32..101).prop_map(move |((text, marks), distance)| {
            let (a, w) = quoted(&text, marks);
            typed(format!("{a}~{distance}"), format!("{w}～{}", wide(&distance.to_string())))
        }),
        1 => (phrase(), word(), any::<bool>()).prop_map(move |((text, marks), word, of_word)| {
            let (a, w) = if of_word { (word.clone(), word) } else { quoted(&text, marks) };
            typed(format!("={a}"), format!("＝{w}"))
        }),
        1 => (phrase(), word(), any::<bool>()).prop_map(move |((text, marks), word, of_word)| {
            let (a, w) = if of_word { (word.clone(), word) } else { quoted(&text, marks) };
            typed(format!("caps:{a}"), format!("caps：{w}"))
        }),
        1 => word().prop_map(move |word| typed(format!("{word}*"), format!("{word}＊"))),
        1 => (word(), any::<prop::sample::Index>(), select(vec!["?", "*", "??", "\\?"])).prop_map(move |(word, at, sign)| {
            let at = at.index(word.chars().count() + 1);
            let with = |sign: &str| word.chars().take(at).chain(sign.chars()).chain(word.chars().skip(at)).collect();
            typed(with(sign), with(&wide(sign)))
        }),
        1 => (word(), select(vec!["", "1", "2", "3"])).prop_map(move |(word, edits)| {
            typed(format!("{word}~{edits}"), format!("{word}～{}", wide(edits)))
        }),
        2 => signs.prop_map(|sign| Piece { ascii: sign.to_owned(), wide: wide(sign), is_sign: true }),
        4 => operators.prop_map(move |operator| typed(operator.to_owned(), wide(operator))),
        1 => filters.prop_map(move |(ascii, wide)| typed(ascii.to_owned(), wide.to_owned())),
    ]
}

/// Pieces in any order, often with the parentheses that are missing.
fn pieces(words: Vec<String>, phrases: Vec<String>) -> impl Strategy<Value = Vec<Piece>> {
    let some = proptest::collection::vec(piece(words, phrases), 1..10);
    (some, prop::bool::weighted(0.8)).prop_map(|(mut pieces, balanced)| {
        if balanced {
            let count = |pieces: &[Piece], sign: &str| pieces.iter().filter(|piece| piece.ascii == sign).count();
            let (open, close) = (count(&pieces, "("), count(&pieces, ")"));
            let sign = |ascii: &str, is_sign| Piece { ascii: ascii.to_owned(), wide: wide(ascii), is_sign };
            for _ in open..close {
                pieces.insert(0, sign("(", true));
            }
            pieces.extend((close..open).map(|_| sign(")", false)));
        }
        pieces
    })
}

fn check_string(query: &str) -> Verdict {
    match parse_query(query) {
        Ok(ast) => check_printed(query, &ast),
        Err(error) => {
            let at = error.at;
            prop_assert!(at.start <= at.end && at.end <= query.len(), "{:?}: {:?}", query, error);
            prop_assert!(
                query.is_char_boundary(at.start) && query.is_char_boundary(at.end),
                "{:?}: {:?}",
                query,
                error
            );
            prop_assert!(!at.is_empty(), "{:?}: {:?}", query, error);
            prop_assert!(!error.expected.is_empty() && !error.found.is_empty(), "{:?}: {:?}", query, error);
            prop_assert!(error.suggestion.as_ref().is_none_or(|suggestion| !suggestion.is_empty()), "{:?}", query);
            Ok(())
        }
    }
}

fn check_printed(query: &str, ast: &QueryAst) -> Verdict {
    let printed = ast.to_string();
    prop_assert_eq!(&parse_query(&printed), &Ok(ast.clone()), "{:?} printed as {:?}", query, printed);
    Ok(())
}

pub(super) fn check_strings(corpus: &Corpus, cases: u32) {
    let Vocabulary { words, phrases, .. } = Vocabulary::of(corpus);
    let space = || select(vec!["", " ", " ", "  ", "\u{3000}", "\n", "\t", "\u{a0}"]);
    let case = (pieces(words, phrases), proptest::collection::vec(space(), 24), any::<bool>());
    holds(cases, &case, |(pieces, spaces, is_wide)| {
        let text = |piece: &Piece| if is_wide { piece.wide.clone() } else { piece.ascii.clone() };
        let query: String =
            pieces.iter().zip(spaces.iter().cycle()).map(|(piece, space)| format!("{}{space}", text(piece))).collect();
        check_string(&query)
    });
}

/// The same query with signs of full width, and with other quotation marks.
pub(super) fn check_widths(corpus: &Corpus, cases: u32) {
    let Vocabulary { words, phrases, .. } = Vocabulary::of(corpus);
    holds(cases, &pieces(words, phrases), |pieces| {
        let (mut ascii, mut wide) = (String::new(), String::new());
        for piece in &pieces {
            let space = if piece.is_sign { "" } else { " " };
            ascii.extend([piece.ascii.as_str(), space]);
            // An ideographic space comes with the signs.
            wide.extend([piece.wide.as_str(), if piece.is_sign { "" } else { "\u{3000}" }]);
        }
        // A sign that stands for itself is kept as typed.
        let plain = |query: &str| {
            let ast = parse_query(query).ok()?;
            Some(format!("{ast:?}").nfkc().collect::<String>().replace("\\\\", "\\"))
        };
        let parsed = [plain(&ascii), plain(&wide)];
        prop_assert_eq!(&parsed[0], &parsed[1], "{:?} and {:?}", ascii, wide);
        Ok(())
    });
}

/// Trees that nobody typed print to something that parses, and means the same as printed again.
pub(super) fn check_trees(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    holds(cases, &vocabulary.query(), |query| {
        let printed = query.to_string();
        check_string(&printed)
    });
}

#[test]
fn what_parses_prints_back() {
    let corpus = Corpus::of_seeds();
    check_strings(&corpus, 6000);
    check_trees(&corpus, 1500);
}

#[test]
fn signs_of_any_width() {
    check_widths(&Corpus::of_seeds(), 4000);
}

#[test]
fn any_string() {
    let signs = "[-+=~*?:()＋－＝～＊：（） \"“”„「」《》«»/0-9aAé中한ＡＮＤANDORNTE\u{3000}]{0,40}";
    let query = prop_oneof![mixed_text(), any::<String>(), signs];
    holds(4000, &query, |query| check_string(&query));
}

#[test]
fn every_cut_of_a_query_is_a_query_or_an_error() {
    let query = "＋(관세 OR “自由贸易”～5) －title：＝\"U.S.\" NEAR/3 semi* lang:ko,zh date:2025-12..2026 country:kr pair:kr-cn,us-eu (a NOT „b“) id:x*";
    for (at, _) in query.char_indices() {
        check_string(&query[..at]).unwrap();
        check_string(&query[at..]).unwrap();
    }
}
