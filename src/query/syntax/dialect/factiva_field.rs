//! Factiva's fields, a tag of letters and `=` directly before a value: `hd=steel`, `wc>500`; and its phrases of dates.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::query::syntax::dialect::comparison::{DAYS, comparison, day};
use crate::query::syntax::dialect::element::Element;
use crate::query::syntax::dialect::filter::{codes, names};
use crate::query::syntax::dialect::level::{Reader, Rules, no_counterpart};
use crate::query::syntax::dialect::token::TokenKind;
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;
use crate::text::document::ByteRange;
use crate::text::glossary::country_named;
use crate::text::language::Language;
use crate::toml_file;

/// Factiva's words that are compiled in.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = include_str!("../../../../index-config/factiva.toml");
    toml_file::parse("factiva.toml", text).expect("the file that is compiled in is valid")
});

/// The contents of `factiva.toml`, which explains its keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    countries: BTreeMap<String, String>,
}

/// Tags that have no counterpart here.
const OTHERS: [&str; 22] = [
    "an", "art", "clm", "co", "cr", "ct", "cx", "cy", "de", "ed", "fds", "hlg", "in", "ipc", "pd", "pg", "pub", "rf",
    "ric", "td", "vol", "tx",
];

/// Reads a field if one stands here.
pub(super) fn field(
    rules: &impl Rules,
    reader: &mut Reader<'_>,
    depth: usize,
) -> Result<Option<Piece>, QuerySyntaxError> {
    let Some(tag) = reader.peek(0).filter(|token| token.kind == TokenKind::Word) else {
        return Ok(None);
    };
    if !reader.is_attached(1, TokenKind::Sign) {
        return Ok(None);
    }
    let sign = reader.peek(1).map(|sign| sign.plain()).unwrap_or_default();
    let (name, at) = (tag.plain(), tag.at);
    if name == "wc" {
        reader.skip(1);
        return comparison(reader, "words", at).map(Some);
    }
    if sign != "=" {
        return Ok(None);
    }
    let query = reader.query;
    let value = |reader: &mut Reader<'_>| {
        reader.skip(2);
        match reader.peek(0) {
            Some(token) if token.kind == TokenKind::Open => reader.group(rules, depth),
            Some(token) if token.kind != TokenKind::Close => {
                rules.operand(reader, depth).map(|element: Element| element.piece)
            }
            _ => Err(no_counterpart(query, at, "a value directly after the `=`, as in hd=steel")),
        }
    };
    let piece = match name.as_str() {
        "hd" | "hl" => Piece::before("title:", at, value(reader)?),
        "hlp" => Piece::before("lead:", at, value(reader)?),
        "lp" => {
            let inner = value(reader)?;
            reader.note("lp= finds words of the title too");
            Piece::before("lead:", at, inner)
        }
        "by" => names(query, "author", value(reader)?)?,
        "se" => names(query, "section", value(reader)?)?,
        "sn" | "rst" => names(query, "source", value(reader)?)?,
        "la" => codes(query, "lang", value(reader)?, &language, "en, de, ko, zhcn or zhtw")?,
        "re" => codes(query, "country", value(reader)?, &country, "the code of a country, as in re=kr")?,
        "ns" => names(query, "concept", value(reader)?)?,
        other if OTHERS.contains(&other) => {
            return Err(no_counterpart(
                query,
                at,
                "the name itself as a phrase, or a field out of hd, hlp, lp, by, se, wc, la, sn, rst, re, ns",
            ));
        }
        _ => return Ok(None),
    };
    Ok(Some(piece))
}

fn language(code: &str) -> Option<String> {
    match code.to_lowercase().as_str() {
        "zhcn" | "zhtw" => Some("zh".to_owned()),
        other => {
            other.parse::<Language>().ok().or_else(|| Language::meant_by(other)).map(|language| language.to_string())
        }
    }
}

fn country(code: &str) -> Option<String> {
    let code = code.to_lowercase();
    let known = WORDS.countries.get(&code).cloned();
    known.or_else(|| country_named(&code).ok().map(|country| country.to_string()))
}

/// Reads a phrase of dates if one stands here: `date from 20260101 to 20260131`, `date after 20260101`, `date -7`.
pub(super) fn dates(reader: &mut Reader<'_>) -> Result<Option<Piece>, QuerySyntaxError> {
    let Some(date) = reader.peek(0).filter(|token| token.kind == TokenKind::Word && token.plain() == "date") else {
        return Ok(None);
    };
    let keyword = reader.word(1);
    let days_ago =
        keyword.strip_prefix('-').filter(|days| !days.is_empty() && days.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(days) = days_ago {
        let at = ByteRange::new(date.at.start, reader.peek(1).map_or(date.at.end, |token| token.at.end));
        reader.skip(2);
        return Ok(Some(Piece::leaf(format!("date:{days}d.."), at)));
    }
    if !matches!(keyword.as_str(), "from" | "after" | "before" | "on") {
        return Ok(None);
    }
    reader.skip(2);
    let mut read = || {
        let place = reader.peek(0).map_or(date.at, |token| token.at);
        day(reader).map(|day| (day, place)).ok_or_else(|| QuerySyntaxError {
            at: place,
            expected: DAYS.to_owned(),
            found: format!("`{}`", place.slice(reader.query)),
            suggestion: Some("\"date\" if you mean the word".to_owned()),
        })
    };
    let (first, place) = read()?;
    let at = ByteRange::new(date.at.start, place.end);
    let range = match keyword.as_str() {
        "after" => format!(">{first}"),
        "before" => format!("<{first}"),
        "on" => first,
        _ if reader.word(0) == "to" => {
            reader.skip(1);
            let place = reader.peek(0).map_or(at, |token| token.at);
            let last = day(reader).ok_or_else(|| QuerySyntaxError {
                at: place,
                expected: DAYS.to_owned(),
                found: format!("`{}`", place.slice(reader.query)),
                suggestion: None,
            })?;
            return Ok(Some(Piece::leaf(format!("date:{first}..{last}"), ByteRange::new(at.start, place.end))));
        }
        _ => format!("{first}.."),
    };
    Ok(Some(Piece::leaf(format!("date:{range}"), at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_countries_are_ours_by_the_shipped_list() {
        for (theirs, ours) in &WORDS.countries {
            assert_eq!(country(theirs).as_ref(), Some(ours), "{theirs}");
            let known = country_named(ours).map(|country| country.to_string());
            assert_eq!(known.as_ref().ok(), Some(ours), "{theirs} is a country that no filter knows");
        }
        assert_eq!(country("SKOREA").as_deref(), Some("kr"));
        assert_eq!(country("vn").as_deref(), Some("vn"));
        assert_eq!(country("eurz"), None);
    }
}
