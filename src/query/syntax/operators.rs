//! Operators of place among the tokens of a query. A NOT before one makes it its opposite: `a NOT NEAR/5 b`. SENTENCE, PARAGRAPH, /s and
//! /p are operators only between two operands, and else words: a headline in capitals may have them.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::lexeme::{Lexeme, LexemeKind};
use crate::query::syntax::nearness::Nearness;
use crate::text::document::ByteRange;

/// The tokens with each operator of place as what it is where it stands.
pub(crate) fn settle_operators(query: &str, lexemes: Vec<Lexeme>) -> Vec<Lexeme> {
    let mut settled: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
    let mut ahead = lexemes.into_iter().peekable();
    while let Some(mut lexeme) = ahead.next() {
        if let LexemeKind::Near(nearness) = lexeme.kind {
            let negation = match settled.as_slice() {
                [.., operand, not] if not.kind == LexemeKind::Not && ends_operand(operand) => Some(not.at.start),
                _ => None,
            };
            let has_left = negation.is_some() || settled.last().is_some_and(ends_operand);
            let is_between = has_left && ahead.peek().is_some_and(begins_operand);
            if !nearness.has_number() && !is_between {
                // In quotation marks, so that it prints as a word wherever it is printed.
                lexeme.kind = LexemeKind::Leaf(QueryAst::Phrase(lexeme.at.slice(query).to_owned()));
            } else if let Some(start) = negation {
                settled.pop();
                lexeme = Lexeme { kind: LexemeKind::Near(nearness.not()), at: ByteRange::new(start, lexeme.at.end) };
            }
        }
        settled.push(lexeme);
    }
    settled
}

/// The error for a number after an operator that has none.
pub(crate) fn needless_number(nearness: Nearness, digits: &str, at: ByteRange) -> QuerySyntaxError {
    let name = nearness.operator();
    QuerySyntaxError {
        at,
        expected: format!("{name} without a number, as in tariff {name} steel, or a distance, as in NEAR/5"),
        found: format!("`{name}/{digits}`"),
        suggestion: None,
    }
}

fn ends_operand(lexeme: &Lexeme) -> bool {
    match &lexeme.kind {
        LexemeKind::Leaf(leaf) => !leaf.is_filter(),
        LexemeKind::Close => true,
        LexemeKind::Open
        | LexemeKind::And
        | LexemeKind::Or
        | LexemeKind::Not
        | LexemeKind::Near(_)
        | LexemeKind::Plus
        | LexemeKind::Minus
        | LexemeKind::Title
        | LexemeKind::Within(_)
        | LexemeKind::AtLeast(_)
        | LexemeKind::Caps => false,
    }
}

fn begins_operand(lexeme: &Lexeme) -> bool {
    if let LexemeKind::Leaf(leaf) = &lexeme.kind {
        return !leaf.is_filter();
    }
    // SENTENCE after another operator is a word.
    let is_word = matches!(lexeme.kind, LexemeKind::Near(nearness) if !nearness.has_number());
    is_word || lexeme.kind.opens_operand()
}
