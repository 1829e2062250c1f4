//! Comparisons: dates and numbers with the signs or words of a dialect before them.

use jiff::civil::Date;

use crate::query::syntax::dialect::level::Reader;
use crate::query::syntax::dialect::token::TokenKind;
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::missing::unclosed;
use crate::text::document::ByteRange;

/// The words of Nexis that compare, each with its sign.
const WORDS: [(&str, &str); 12] = [
    ("is", ""),
    ("aft", ">"),
    ("after", ">"),
    ("gtr", ">"),
    ("bef", "<"),
    ("before", "<"),
    ("lss", "<"),
    ("geq", ">="),
    ("leq", "<="),
    ("eq", ""),
    ("gt", ">"),
    ("lt", "<"),
];

/// The notations of a day or period.
pub(super) const DAYS: &str = "1/31/2026, 31.1.2026, 2026-01-31, 20260131, January 31, 2026, 1/2026 or 2026";

/// The sign of a comparison as our filters write it; `None` if neither a sign nor a word that compares stands so far ahead.
pub(super) fn sign(reader: &Reader<'_>, ahead: usize) -> Option<&'static str> {
    let token = reader.peek(ahead)?;
    match (token.kind, token.plain().as_str()) {
        (TokenKind::Sign, "=") => Some(""),
        (TokenKind::Sign, ">") => Some(">"),
        (TokenKind::Sign, "<") => Some("<"),
        (TokenKind::Sign, ">=" | "=>") => Some(">="),
        (TokenKind::Sign, "<=" | "=<") => Some("<="),
        (TokenKind::Word, word) => WORDS.iter().find(|(name, _)| *name == word).map(|(_, sign)| *sign),
        _ => None,
    }
}

/// Reads a comparison after the name of its field: `> 500`, `geq (1/1/2026)`.
pub(super) fn comparison(reader: &mut Reader<'_>, field: &str, from: ByteRange) -> Result<Piece, QuerySyntaxError> {
    let sign = sign(reader, 0).unwrap_or_default();
    reader.skip(usize::from(
        reader.peek(0).is_some_and(|token| self::sign(reader, 0).is_some() && token.kind != TokenKind::Open),
    ));
    let open = reader.take(TokenKind::Open);
    let value = reader.peek(0).map_or(from, |token| token.at);
    let read = if field == "date" { day(reader) } else { number(reader) };
    let Some(read) = read else {
        let expected = if field == "date" { DAYS.to_owned() } else { "a number of words".to_owned() };
        return Err(QuerySyntaxError {
            at: value,
            expected,
            found: format!("`{}`", value.slice(reader.query)),
            suggestion: None,
        });
    };
    if let Some(open) = open
        && reader.take(TokenKind::Close).is_none()
    {
        return Err(unclosed(open.at));
    }
    Ok(Piece::leaf(format!("{field}:{sign}{read}"), ByteRange::new(from.start, value.end)))
}

/// Reads a number of words, digits with or without commas.
fn number(reader: &mut Reader<'_>) -> Option<String> {
    let digits = reader.word(0).replace(',', "");
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| {
        reader.skip(1);
        digits
    })
}

/// Reads a day, month or year, in any of the notations of [`DAYS`], as our filters write it. Of two numbers that can both be a
/// month, the first one is.
pub(super) fn day(reader: &mut Reader<'_>) -> Option<String> {
    let first = reader.word(0);
    if let Some(day) = of_numbers(first.trim_end_matches(',')) {
        reader.skip(1);
        return Some(day);
    }
    let words = [first, reader.word(1), reader.word(2)].map(|word| word.trim_end_matches([',', '.']).to_owned());
    let text = words.join(" ");
    let named = ["%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"];
    let date = named.iter().find_map(|format| Date::strptime(format, &text).ok())?;
    reader.skip(3);
    Some(date.to_string())
}

fn of_numbers(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let date = |year: &str, month: &str, day: &str| {
        Some(Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?.to_string())
    };
    match parts.as_slice() {
        [year] if year.len() == 4 => Some((*year).to_owned()),
        [whole] if whole.len() == 8 => date(&whole[..4], &whole[4..6], &whole[6..]),
        [year, month] if year.len() == 4 => Some(date(year, month, "1")?[..7].to_owned()),
        [month, year] if year.len() == 4 => Some(date(year, month, "1")?[..7].to_owned()),
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [day, month, year] if year.len() == 4 && text.contains('.') => date(year, month, day),
        [one, other, year] if year.len() == 4 => date(year, one, other).or_else(|| date(year, other, one)),
        _ => None,
    }
}
