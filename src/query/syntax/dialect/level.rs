//! Levels: what stands in the same parentheses, as operands with operators between them.

use crate::query::syntax::dialect::element::{Element, phrase};
use crate::query::syntax::dialect::precedence::{Operator, combine};
use crate::query::syntax::dialect::token::{Token, TokenKind};
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::limits::MAX_DEPTH;
use crate::query::syntax::missing::{
    empty_parentheses, lone_operator, nested_too_deeply, nothing_to_search_for, unclosed, unopened,
};
use crate::text::document::ByteRange;

/// What a dialect's words mean.
pub(super) trait Rules {
    /// Reads the operator that stands here, if one does.
    fn operator(&self, reader: &mut Reader<'_>) -> Result<Option<Operator>, QuerySyntaxError>;

    /// Reads what stands here as an operand: a word, a field, a function. Parentheses are none.
    fn operand(&self, reader: &mut Reader<'_>, depth: usize) -> Result<Element, QuerySyntaxError>;

    /// Reads an operator that stands after its operand, if one does: what stands before the operand in our syntax, and its place.
    fn postfix(&self, _reader: &mut Reader<'_>) -> Result<Option<(String, ByteRange)>, QuerySyntaxError> {
        Ok(None)
    }
}

/// A query of a dialect as it is read, token by token.
pub(super) struct Reader<'a> {
    pub(super) query: &'a str,
    tokens: Vec<Token<'a>>,
    next: usize,
    /// What the query means here that it does not mean in the dialect.
    pub(super) notes: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(query: &'a str, tokens: Vec<Token<'a>>) -> Reader<'a> {
        Reader { query, tokens, next: 0, notes: Vec::new() }
    }

    /// The token here, or so many after it.
    pub(super) fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.next + ahead).copied()
    }

    /// The word here, or so many tokens after it, in lower case; empty for anything else.
    pub(super) fn word(&self, ahead: usize) -> String {
        self.peek(ahead).filter(|token| token.kind == TokenKind::Word).map(|token| token.plain()).unwrap_or_default()
    }

    /// Where the reader stands, to go back to.
    pub(super) fn position(&self) -> usize {
        self.next
    }

    pub(super) fn go_back(&mut self, position: usize) {
        self.next = position;
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.next += count;
    }

    /// Takes the token here if it is of a kind.
    pub(super) fn take(&mut self, kind: TokenKind) -> Option<Token<'a>> {
        let token = self.peek(0).filter(|token| token.kind == kind)?;
        self.next += 1;
        Some(token)
    }

    /// True if the token so far ahead is of a kind and stands directly after the one before it.
    pub(super) fn is_attached(&self, ahead: usize, kind: TokenKind) -> bool {
        let before = (self.next + ahead).checked_sub(1).and_then(|before| self.tokens.get(before));
        match (before, self.peek(ahead)) {
            (Some(before), Some(token)) => token.kind == kind && token.at.start == before.at.end,
            _ => false,
        }
    }

    /// The place of the next token; the whole query at its end.
    fn place(&self) -> ByteRange {
        self.peek(0).map_or(ByteRange::new(0, self.query.len()), |token| token.at)
    }

    /// Notes a difference, once.
    pub(super) fn note(&mut self, note: &str) {
        if !self.notes.iter().any(|noted| noted == note) {
            self.notes.push(note.to_owned());
        }
    }

    /// Reads a whole query; `None` if it is blank.
    pub(super) fn query(&mut self, rules: &impl Rules) -> Result<Option<Piece>, QuerySyntaxError> {
        if self.tokens.is_empty() {
            return Ok(None);
        }
        let piece = self.level(rules, 0)?;
        match self.peek(0) {
            None => Ok(Some(piece)),
            Some(stray) => Err(unopened(stray.at)),
        }
    }

    /// Reads what stands in parentheses, with these.
    pub(super) fn group(&mut self, rules: &impl Rules, depth: usize) -> Result<Piece, QuerySyntaxError> {
        let open = self.place();
        if depth >= MAX_DEPTH {
            return Err(nested_too_deeply(open));
        }
        self.skip(1);
        if let Some(close) = self.peek(0).filter(|token| token.kind == TokenKind::Close) {
            return Err(empty_parentheses(ByteRange::new(open.start, close.at.end)));
        }
        let inner = if self.peek(0).is_some() { Some(self.level(rules, depth + 1)?) } else { None };
        match (inner, self.take(TokenKind::Close)) {
            (Some(inner), Some(_)) => Ok(inner),
            _ => Err(unclosed(open)),
        }
    }

    /// Reads up to the end or a closing parenthesis.
    fn level(&mut self, rules: &impl Rules, depth: usize) -> Result<Piece, QuerySyntaxError> {
        let (mut operands, mut operators): (Vec<Piece>, Vec<Operator>) = (Vec::new(), Vec::new());
        loop {
            let operand = self.side_by_side(rules, depth)?;
            let operator = rules.operator(self)?;
            match (operand, operator) {
                (Some(operand), Some(operator)) => {
                    operands.push(operand);
                    operators.push(operator);
                }
                (Some(operand), None) => {
                    operands.push(operand);
                    let at = self.place();
                    return combine(operands, operators).ok_or_else(|| nothing_to_search_for(at));
                }
                (None, Some(operator)) if operators.is_empty() => {
                    return Err(lone_operator(self.query, operator.at, "before"));
                }
                (None, _) => {
                    let last = operators.last().map(|last| last.at);
                    return Err(match last {
                        Some(last) => lone_operator(self.query, last, "after"),
                        None => nothing_to_search_for(self.place()),
                    });
                }
            }
        }
    }

    /// Reads operands side by side, up to an operator, a closing parenthesis or the end.
    pub(super) fn side_by_side(&mut self, rules: &impl Rules, depth: usize) -> Result<Option<Piece>, QuerySyntaxError> {
        let mut elements: Vec<Element> = Vec::new();
        while let Some(token) = self.peek(0) {
            let from = self.position();
            let is_operator = rules.operator(self)?.is_some();
            self.go_back(from);
            if token.kind == TokenKind::Close || is_operator {
                break;
            }
            if !elements.is_empty()
                && let Some((prefix, at)) = rules.postfix(self)?
            {
                let piece = phrase(std::mem::take(&mut elements)).unwrap_or_else(|| Piece::leaf("", at));
                elements.push(Element::group(Piece::before(prefix, at, piece)));
                continue;
            }
            match token.kind {
                TokenKind::Open => elements.push(Element::group(self.group(rules, depth)?)),
                // A sign that compares nothing is punctuation.
                TokenKind::Sign => self.skip(1),
                TokenKind::Word | TokenKind::Quoted | TokenKind::Close => elements.push(rules.operand(self, depth)?),
            }
        }
        Ok(phrase(elements))
    }
}

/// The error for something that has no counterpart in our syntax: `instead` is what to write.
pub(super) fn no_counterpart(query: &str, at: ByteRange, instead: &str) -> QuerySyntaxError {
    QuerySyntaxError {
        at,
        expected: instead.to_owned(),
        found: format!("`{}`, which has no counterpart here", at.slice(query)),
        suggestion: None,
    }
}

/// The distance of an operator of place, which counts the step to the next word as 1 where ours counts the words between.
pub(super) fn words_between(query: &str, at: ByteRange, digits: &str) -> Result<u32, QuerySyntaxError> {
    let most = crate::query::syntax::limits::MAX_DISTANCE + 1;
    match digits.parse::<u32>() {
        Ok(steps) if (1..=most).contains(&steps) => Ok(steps - 1),
        _ => Err(QuerySyntaxError {
            at,
            expected: format!("a number from 1 to {most}; for more, the same paragraph or AND"),
            found: format!("`{}`", at.slice(query)),
            suggestion: None,
        }),
    }
}
