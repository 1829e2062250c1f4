//! The tokens of a query: words, quoted texts, signs and operators, each with its byte range.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::nearness::Nearness;
use crate::text::document::ByteRange;

/// A token and the range of the query's bytes that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) kind: LexemeKind,
    pub(crate) at: ByteRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LexemeKind {
    Open,
    Close,
    And,
    Or,
    Not,
    Near(Nearness),
    /// A `+` sign directly before an operand.
    Plus,
    Minus,
    /// `title:` directly before a word, phrase or parenthesis.
    Title,
    /// `caps:` directly before a parenthesis.
    Caps,
    Leaf(QueryAst),
}

impl Lexeme {
    /// The word, if the token is a word without any sign.
    pub(crate) fn word(&self) -> Option<&str> {
        if let LexemeKind::Leaf(QueryAst::Word(word)) = &self.kind { Some(word) } else { None }
    }
}
