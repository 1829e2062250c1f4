//! The tokens of a query in another system's language: words, quoted texts, parentheses, and the signs that compare.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::quotation::quotation;
use crate::query::syntax::signs::{ascii, opens_quote};
use crate::text::document::ByteRange;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    /// A text in quotation marks, without them.
    Quoted,
    /// A run of `<`, `>` and `=`.
    Sign,
    Word,
}

/// A token of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    /// The token as typed; of a quoted text what is inside the marks.
    pub(super) text: &'a str,
    /// Where it stands in the query, marks included.
    pub(super) at: ByteRange,
}

impl Token<'_> {
    /// The token in lower case with full-width signs as ASCII, by which operators and fields are known.
    pub(super) fn plain(&self) -> String {
        self.text.chars().map(ascii).collect::<String>().to_lowercase()
    }
}

/// Cuts a query into tokens.
///
/// # Errors
///
/// When a quotation mark is never closed.
pub(super) fn tokens(query: &str) -> Result<Vec<Token<'_>>, QuerySyntaxError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(character) = query[at..].chars().next() {
        let from = at;
        let length = character.len_utf8();
        let (kind, text) = match ascii(character) {
            _ if character.is_whitespace() => {
                at += length;
                continue;
            }
            '(' | '[' => (TokenKind::Open, &query[from..from + length]),
            ')' | ']' => (TokenKind::Close, &query[from..from + length]),
            sign if is_comparing(sign) => (TokenKind::Sign, leading(&query[from..], |one| is_comparing(ascii(one)))),
            _ if opens_quote(character) => {
                let (text, end) = quotation(query, from)?;
                at = end;
                tokens.push(Token { kind: TokenKind::Quoted, text, at: ByteRange::new(from, at) });
                continue;
            }
            _ => (TokenKind::Word, leading(&query[from..], |one| !ends_word(one))),
        };
        at = from + text.len();
        tokens.push(Token { kind, text, at: ByteRange::new(from, at) });
    }
    Ok(tokens)
}

fn is_comparing(sign: char) -> bool {
    matches!(sign, '<' | '>' | '=')
}

fn ends_word(character: char) -> bool {
    character.is_whitespace()
        || matches!(ascii(character), '(' | ')' | '[' | ']')
        || is_comparing(ascii(character))
        || opens_quote(character)
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|character| !belongs(character)).unwrap_or(text.len())]
}
