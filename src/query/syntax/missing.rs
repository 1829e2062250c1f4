//! Syntax errors about what is missing: an operand, or the end of a parenthesis.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::lexeme::{Lexeme, LexemeKind};
use crate::text::document::ByteRange;

/// The error for an operator, a parenthesis or the end where the token `next` should begin an operand.
pub(crate) fn missing_operand(input: &str, lexemes: &[Lexeme], next: usize) -> QuerySyntaxError {
    let before = next.checked_sub(1).and_then(|before| lexemes.get(before));
    let quoted = |lexeme: &Lexeme| lexeme.at.slice(input).to_owned();
    let is_operator = |lexeme: &Lexeme| matches!(lexeme.kind, LexemeKind::And | LexemeKind::Or | LexemeKind::Not);
    let suggestion = |lexeme: &Lexeme| Some(format!("\"{}\" if you mean the word", quoted(lexeme)));
    match (before, lexemes.get(next)) {
        (Some(open), Some(close)) if open.kind == LexemeKind::Open && close.kind == LexemeKind::Close => {
            QuerySyntaxError {
                at: ByteRange::new(open.at.start, close.at.end),
                expected: "something in them".to_owned(),
                found: "empty parentheses".to_owned(),
                suggestion: None,
            }
        }
        (_, Some(operator)) if is_operator(operator) && !before.is_some_and(is_operator) => QuerySyntaxError {
            at: operator.at,
            expected: "a word, phrase or parenthesis before it".to_owned(),
            found: format!("`{}` with nothing before it", quoted(operator)),
            suggestion: suggestion(operator),
        },
        (Some(operator), _) if is_operator(operator) => QuerySyntaxError {
            at: operator.at,
            expected: "a word, phrase or parenthesis after it".to_owned(),
            found: format!("`{}` with nothing after it", quoted(operator)),
            suggestion: suggestion(operator),
        },
        (Some(open), _) if open.kind == LexemeKind::Open => unclosed(input, lexemes, next, open.at),
        (_, at) => QuerySyntaxError {
            at: at.map_or(ByteRange::new(0, input.len()), |lexeme| lexeme.at),
            expected: "a word, phrase or parenthesis".to_owned(),
            found: "nothing to search for".to_owned(),
            suggestion: None,
        },
    }
}

/// The error for a parenthesis at `at` that is still open at the token `next`.
pub(crate) fn unclosed(input: &str, lexemes: &[Lexeme], next: usize, at: ByteRange) -> QuerySyntaxError {
    let closes_at_end = next > 0 && lexemes[next - 1].kind != LexemeKind::Open;
    QuerySyntaxError {
        at,
        expected: "a closing parenthesis after it".to_owned(),
        found: "a parenthesis that is never closed".to_owned(),
        suggestion: closes_at_end.then(|| format!("{})", input)),
    }
}
