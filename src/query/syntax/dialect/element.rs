//! Elements: the words, phrases and groups that stand side by side without an operator, which both dialects read as a phrase.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::dialect::token::Token;
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::parser::parse_query;
use crate::query::syntax::signs::ascii;
use crate::text::document::ByteRange;

/// One of several things side by side.
pub(super) struct Element {
    pub(super) piece: Piece,
    /// The text of a word or quoted text without wildcards, which can be a part of a phrase.
    words: Option<String>,
}

impl Element {
    pub(super) fn group(piece: Piece) -> Element {
        Element { piece, words: None }
    }

    /// A word as typed, with the dialect's signs for any letters already ours.
    pub(super) fn word(text: &str, at: ByteRange) -> Element {
        if has_wildcard(text) {
            return Element::group(Piece::leaf(with_final_wildcards(text), at));
        }
        let is_word = matches!(parse_query(text), Ok(QueryAst::Word(_)));
        let written = if is_word { text.to_owned() } else { quoted(text) };
        Element { piece: Piece::leaf(written, at), words: Some(text.to_owned()) }
    }

    /// A quoted text: a phrase, in which words may have wildcards.
    pub(super) fn quoted(
        token: Token<'_>,
        term: impl Fn(&str) -> Result<Element, QuerySyntaxError>,
    ) -> Result<Element, QuerySyntaxError> {
        if !token.text.contains(is_wildcard_sign) {
            return Ok(Element {
                piece: Piece::leaf(quoted(token.text), token.at),
                words: Some(token.text.to_owned()),
            });
        }
        let words = token.text.split_whitespace().map(term).collect::<Result<Vec<Element>, _>>()?;
        Ok(Element::group(phrase(words).unwrap_or_else(|| Piece::leaf(quoted(token.text), token.at))))
    }
}

/// The phrase that elements side by side make; `None` if there are none.
pub(super) fn phrase(mut elements: Vec<Element>) -> Option<Piece> {
    if elements.len() < 2 {
        return elements.pop().map(|only| only.piece);
    }
    let at = elements.iter().map(|element| element.piece.at());
    let at = ByteRange::new(at.clone().map(|at| at.start).min()?, at.map(|at| at.end).max()?);
    let words: Option<Vec<&str>> = elements.iter().map(|element| element.words.as_deref()).collect();
    if let Some(words) = words {
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        return Some(Piece::leaf(quoted(&words.join(" ")), at));
    }
    let operands = elements.into_iter().map(|element| element.piece).collect();
    Some(Piece::Joined { operator: "BEFORE/0".to_owned(), at, operands })
}

/// A text as a phrase of our syntax.
pub(super) fn quoted(text: &str) -> String {
    QueryAst::Phrase(text.to_owned()).to_string()
}

/// True for the signs for any letters, of both dialects.
fn is_wildcard_sign(character: char) -> bool {
    matches!(ascii(character), '*' | '?' | '!' | '$')
}

fn has_wildcard(text: &str) -> bool {
    text.contains(|character| matches!(ascii(character), '*' | '?'))
}

/// A word whose question marks at the end are wildcards, where ours are punctuation.
fn with_final_wildcards(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|character| if has_wildcard(character.encode_utf8(&mut [0; 4])) { ascii(character) } else { character })
        .collect();
    let stem = plain.trim_end_matches('?');
    format!("{stem}{}", "\\?".repeat(plain.len() - stem.len()))
}
