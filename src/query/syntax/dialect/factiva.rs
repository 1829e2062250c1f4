//! Factiva: the operators of its free text, by the order that its help gives: those of place, NOT, AND, OR. They are read in any
//! case.

use crate::query::syntax::dialect::element::Element;
use crate::query::syntax::dialect::factiva_field::{dates, field};
use crate::query::syntax::dialect::level::{Reader, Rules, no_counterpart, words_between};
use crate::query::syntax::dialect::precedence::Operator;
use crate::query::syntax::dialect::token::{Token, TokenKind};
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::missing::lone_operator;
use crate::text::document::ByteRange;

/// The greatest number of letters that `$` is followed by.
const MOST_LETTERS: usize = 9;

pub(super) struct Factiva;

impl Rules for Factiva {
    fn operator(&self, reader: &mut Reader<'_>) -> Result<Option<Operator>, QuerySyntaxError> {
        let Some(first) = reader.peek(0).filter(|token| token.kind == TokenKind::Word) else {
            return Ok(None);
        };
        let operator = |name: String, order| Some(Operator { name, order, at: first.at });
        let plain = first.plain();
        let (found, length) = match (plain.as_str(), reader.word(1).as_str()) {
            ("and", "not") => (operator("NOT".to_owned(), 2), 2),
            ("and", _) => (operator("AND".to_owned(), 3), 1),
            ("or", _) => (operator("OR".to_owned(), 4), 1),
            ("not", _) => (operator("NOT".to_owned(), 2), 1),
            ("same", _) => (operator("PARAGRAPH".to_owned(), 1), 1),
            _ => match place(&plain) {
                Some((name, digits)) => {
                    let between = words_between(reader.query, first.at, digits)?;
                    (operator(format!("{name}/{between}"), 1), 1)
                }
                None => (None, 0),
            },
        };
        reader.skip(length);
        Ok(found)
    }

    fn operand(&self, reader: &mut Reader<'_>, depth: usize) -> Result<Element, QuerySyntaxError> {
        let Some(token) = reader.peek(0) else {
            return Err(no_counterpart(reader.query, ByteRange::new(0, reader.query.len()), "a word"));
        };
        if let Some(piece) = field(self, reader, depth)? {
            return Ok(Element::group(piece));
        }
        if let Some(piece) = dates(reader)? {
            return Ok(Element::group(piece));
        }
        reader.skip(1);
        let plain = token.plain();
        let times = plain.strip_prefix("atleast").filter(|digits| is_number(digits));
        if let (TokenKind::Word, Some(times)) = (token.kind, times) {
            let inner =
                reader.side_by_side(self, depth)?.ok_or_else(|| lone_operator(reader.query, token.at, "after"))?;
            return Ok(Element::group(Piece::before(format!("ATLEAST/{times} "), token.at, inner)));
        }
        if token.kind == TokenKind::Quoted {
            return Element::quoted(token, |text| term(reader.query, text, token.at));
        }
        term(reader.query, token.text, token.at)
    }

    fn postfix(&self, reader: &mut Reader<'_>) -> Result<Option<(String, ByteRange)>, QuerySyntaxError> {
        let Some(token) = reader.peek(0).filter(|token| token.kind == TokenKind::Word) else {
            return Ok(None);
        };
        let plain = token.plain();
        let Some(units) =
            plain.strip_prefix("/f").and_then(|rest| rest.strip_suffix('/')).filter(|units| is_number(units))
        else {
            return Ok(None);
        };
        reader.skip(1);
        Ok(Some((format!("FIRST/{units} "), token.at)))
    }
}

/// The name in our syntax of an operator of place, and the digits after it: `adj5`, `near5`, `w/5`, `w5`, `/n5/`. `adj` and
/// `near` without a number are those with 1.
fn place(plain: &str) -> Option<(&'static str, &str)> {
    if let Some(digits) = plain.strip_prefix("/n").and_then(|rest| rest.strip_suffix('/')) {
        return is_number(digits).then_some(("NEAR", digits));
    }
    let names = [("adj", "BEFORE", true), ("near", "NEAR", true), ("w/", "BEFORE", false), ("w", "BEFORE", false)];
    let (digits, name, is_alone) =
        names.into_iter().find_map(|(prefix, name, is_alone)| Some((plain.strip_prefix(prefix)?, name, is_alone)))?;
    match digits {
        "" if is_alone => Some((name, "1")),
        _ => is_number(digits).then_some((name, digits)),
    }
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Makes `/F50/` and `/N30/` tokens of their own, which need no spaces beside them.
pub(super) fn split_at_slashes(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut split = Vec::with_capacity(tokens.len());
    for token in tokens {
        if token.kind != TokenKind::Word {
            split.push(token);
            continue;
        }
        let mut from = 0;
        let mut push = |from: usize, to: usize| {
            if from < to {
                let at = ByteRange::new(token.at.start + from, token.at.start + to);
                split.push(Token { kind: TokenKind::Word, text: &token.text[from..to], at });
            }
        };
        for (slash, _) in token.text.match_indices('/') {
            if slash < from {
                continue;
            }
            if let Some(length) = operator_length(&token.text[slash..]) {
                push(from, slash);
                push(slash, slash + length);
                from = slash + length;
            }
        }
        push(from, token.text.len());
    }
    split
}

/// The length in bytes of an operator in slashes at the start of a text.
fn operator_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('/')?;
    let digits = inside.strip_prefix(['f', 'F', 'n', 'N'])?;
    let length = digits.find('/')?;
    is_number(&digits[..length]).then_some(length + 3)
}

/// A word with Factiva's signs for letters: `*` and `$` for any, `?` for one, `$3` for up to three at its end.
fn term(query: &str, text: &str, at: ByteRange) -> Result<Element, QuerySyntaxError> {
    if text == "%" {
        return Err(no_counterpart(query, at, "w2 in place of `%`, which finds what has a word between, or none"));
    }
    let Some((stem, letters)) = text.split_once('$') else {
        return Ok(Element::word(text, at));
    };
    if letters.is_empty() && !stem.is_empty() {
        return Ok(Element::word(&format!("{stem}*"), at));
    }
    match letters.parse::<usize>() {
        Ok(most) if (1..=MOST_LETTERS).contains(&most) && !stem.is_empty() => {
            let more = (1..=most).map(|letters| Piece::leaf(format!("{stem}{}", "\\?".repeat(letters)), at));
            let exact = Piece::leaf(format!("={stem}"), at);
            Ok(Element::group(more.fold(exact, |left, right| Piece::joined("OR", at, left, right))))
        }
        _ => Err(no_counterpart(query, at, "`$` at the end of a word, alone or with a number from 1 to 9 after it")),
    }
}
