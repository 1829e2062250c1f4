//! The tokens of a query: words, quoted texts, signs and operators, each with its byte range.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::extent::Extent;
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
    /// `lead:`, or `FIRST/n` as a word of its own.
    Within(Extent),
    /// `ATLEAST/n`, with its number.
    AtLeast(u32),
    /// `caps:` directly before a parenthesis.
    Caps,
    Leaf(QueryAst),
}

impl LexemeKind {
    /// True for what an operand can begin with: a word or phrase, a parenthesis, or an operator that stands before one of these.
    pub(crate) fn opens_operand(&self) -> bool {
        match self {
            LexemeKind::Leaf(_)
            | LexemeKind::Open
            | LexemeKind::Title
            | LexemeKind::Caps
            | LexemeKind::Within(_)
            | LexemeKind::AtLeast(_) => true,
            LexemeKind::Close
            | LexemeKind::And
            | LexemeKind::Or
            | LexemeKind::Not
            | LexemeKind::Near(_)
            | LexemeKind::Plus
            | LexemeKind::Minus => false,
        }
    }

    /// True for a field that is written directly before a word, phrase or parenthesis.
    pub(crate) fn is_field(&self) -> bool {
        matches!(self, LexemeKind::Title | LexemeKind::Within(Extent::Lead))
    }
}

impl Lexeme {
    /// The word, if the token is a word without any sign.
    pub(crate) fn word(&self) -> Option<&str> {
        if let LexemeKind::Leaf(QueryAst::Word(word)) = &self.kind { Some(word) } else { None }
    }
}
