//! Syntax errors about operands and parentheses: one that is missing, and parentheses inside too many others. Dialects have the same.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::lexeme::{Lexeme, LexemeKind};
use crate::query::syntax::limits::MAX_DEPTH;
use crate::text::document::ByteRange;

/// The error for an operator, a parenthesis or the end where the token `next` should begin an operand.
pub(crate) fn missing_operand(input: &str, lexemes: &[Lexeme], next: usize) -> QuerySyntaxError {
    let before = next.checked_sub(1).and_then(|before| lexemes.get(before));
    let is_operator = |lexeme: &Lexeme| matches!(lexeme.kind, LexemeKind::And | LexemeKind::Or | LexemeKind::Not);
    match (before, lexemes.get(next)) {
        (Some(open), Some(close)) if open.kind == LexemeKind::Open && close.kind == LexemeKind::Close => {
            empty_parentheses(ByteRange::new(open.at.start, close.at.end))
        }
        (_, Some(operator)) if is_operator(operator) && !before.is_some_and(is_operator) => {
            lone_operator(input, operator.at, "before")
        }
        (Some(operator), _) if is_operator(operator) => lone_operator(input, operator.at, "after"),
        (Some(open), _) if open.kind == LexemeKind::Open => unclosed_before(input, lexemes, next, open.at),
        (_, at) => nothing_to_search_for(at.map_or(ByteRange::new(0, input.len()), |lexeme| lexeme.at)),
    }
}

/// The error for a parenthesis at `at` that is still open at the token `next`; where it may be closed at the end, that is suggested.
pub(crate) fn unclosed_before(input: &str, lexemes: &[Lexeme], next: usize, at: ByteRange) -> QuerySyntaxError {
    let closes_at_end = next > 0 && lexemes[next - 1].kind != LexemeKind::Open;
    QuerySyntaxError { suggestion: closes_at_end.then(|| format!("{input})")), ..unclosed(at) }
}

/// The error for a parenthesis that is never closed.
pub(crate) fn unclosed(at: ByteRange) -> QuerySyntaxError {
    error(at, "a parenthesis that is never closed", "a closing parenthesis after it".to_owned())
}

/// The error for a closing parenthesis without an opening one.
pub(crate) fn unopened(at: ByteRange) -> QuerySyntaxError {
    error(at, "a closing parenthesis that closes nothing", "an opening parenthesis before it".to_owned())
}

/// The error for parentheses with nothing in them; `at` is both.
pub(crate) fn empty_parentheses(at: ByteRange) -> QuerySyntaxError {
    error(at, "empty parentheses", "something in them".to_owned())
}

/// The error for parentheses inside more than [`MAX_DEPTH`] others.
pub(crate) fn nested_too_deeply(at: ByteRange) -> QuerySyntaxError {
    error(at, "a query nested too deeply", format!("at most {MAX_DEPTH} parentheses inside each other"))
}

/// The error for a place where something to search for must stand, and nothing does.
pub(crate) fn nothing_to_search_for(at: ByteRange) -> QuerySyntaxError {
    error(at, "nothing to search for", "a word, phrase or parenthesis".to_owned())
}

/// The error for an operator that has nothing to join on one side, `before` or `after` it.
pub(crate) fn lone_operator(query: &str, at: ByteRange, side: &str) -> QuerySyntaxError {
    let typed = at.slice(query);
    QuerySyntaxError {
        at,
        expected: format!("a word, phrase or parenthesis {side} it"),
        found: format!("`{typed}` with nothing {side} it"),
        suggestion: Some(format!("\"{typed}\" if you mean the word")),
    }
}

fn error(at: ByteRange, found: &str, expected: String) -> QuerySyntaxError {
    QuerySyntaxError { at, expected, found: found.to_owned(), suggestion: None }
}
