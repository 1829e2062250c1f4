//! Nexis: the connectors of Nexis Uni, by the order that its help gives: OR, connectors of place from the smallest number to the
//! largest, the same sentence, the same paragraph, AND, AND NOT. They are read in any case.

use crate::query::syntax::dialect::element::Element;
use crate::query::syntax::dialect::level::{Reader, Rules, no_counterpart, words_between};
use crate::query::syntax::dialect::nexis_function::function;
use crate::query::syntax::dialect::precedence::Operator;
use crate::query::syntax::dialect::token::{Token, TokenKind};
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::signs::ascii;
use crate::text::document::ByteRange;

const SENTENCE: u32 = 1000;
const PARAGRAPH: u32 = 1001;
const AND: u32 = 2000;
const AND_NOT: u32 = 2001;

pub(super) struct Nexis;

impl Rules for Nexis {
    fn operator(&self, reader: &mut Reader<'_>) -> Result<Option<Operator>, QuerySyntaxError> {
        let Some(first) = reader.peek(0).filter(|token| token.kind == TokenKind::Word) else {
            return Ok(None);
        };
        let after = reader.peek(1).filter(|token| token.kind == TokenKind::Word);
        let both = ByteRange::new(first.at.start, after.map_or(first.at.end, |after| after.at.end));
        let operator = |name: &str, order, at| Some(Operator { name: name.to_owned(), order, at });
        let (found, length) = match (first.plain().as_str(), reader.word(1).as_str()) {
            ("and" | "but", "not") => (operator("NOT", AND_NOT, both), 2),
            ("andnot" | "butnot", _) => (operator("NOT", AND_NOT, first.at), 1),
            ("and" | "&", _) => (operator("AND", AND, first.at), 1),
            ("or", _) => (operator("OR", 0, first.at), 1),
            ("not", _) => match after.map(|after| place(reader.query, after)).transpose()?.flatten() {
                Some((name, order)) => (operator(&format!("NOT {name}"), order, both), 2),
                None => (operator("NOT", AND_NOT, first.at), 1),
            },
            _ => match place(reader.query, first)? {
                Some((name, order)) => (operator(&name, order, first.at), 1),
                None => (None, 0),
            },
        };
        reader.skip(length);
        Ok(found)
    }

    fn operand(&self, reader: &mut Reader<'_>, depth: usize) -> Result<Element, QuerySyntaxError> {
        if let Some(piece) = function(self, reader, depth)? {
            return Ok(Element::group(piece));
        }
        let Some(token) = reader.peek(0) else {
            return Err(no_counterpart(reader.query, ByteRange::new(0, reader.query.len()), "a word"));
        };
        reader.skip(1);
        if token.kind == TokenKind::Quoted {
            return Element::quoted(token, |text| term(reader.query, text, token.at));
        }
        term(reader.query, token.text, token.at)
    }
}

/// A connector of place: its name in our syntax, and its order.
fn place(query: &str, token: Token<'_>) -> Result<Option<(String, u32)>, QuerySyntaxError> {
    let plain = token.plain();
    let read = ["w/", "near/", "onear/", "pre/", "/"].iter().find_map(|name| Some((*name, plain.strip_prefix(name)?)));
    let Some((name, rest)) = read else {
        return Ok(None);
    };
    let in_order = matches!(name, "onear/" | "pre/");
    match rest {
        "s" | "sent" if !in_order => Ok(Some(("SENTENCE".to_owned(), SENTENCE))),
        "p" | "para" if !in_order => Ok(Some(("PARAGRAPH".to_owned(), PARAGRAPH))),
        "seg" => Err(no_counterpart(query, token.at, "`AND`, or `w/p` for the same paragraph")),
        _ if rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty() => {
            let between = words_between(query, token.at, rest)?;
            let operator = if in_order { "BEFORE" } else { "NEAR" };
            Ok(Some((format!("{operator}/{between}"), between + 1)))
        }
        _ => Ok(None),
    }
}

/// A word with Nexis's signs for letters: `!` and `*` for any, `?` for one. (In classic Lexis `*` is one letter.)
fn term(query: &str, text: &str, at: ByteRange) -> Result<Element, QuerySyntaxError> {
    let is_mark = |character| ascii(character) == '!';
    let stem = text.trim_end_matches(is_mark);
    if stem.contains(is_mark) {
        return Err(no_counterpart(query, at, "`!` only at the end of a word, or `*` within it"));
    }
    let sign = if stem.len() < text.len() && !stem.is_empty() { "*" } else { "" };
    Ok(Element::word(&format!("{stem}{sign}"), at))
}
