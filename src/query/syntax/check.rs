//! Checks beyond the grammar: a query is refused for too many expensive leaves, for operands of operators of place
//! that have no position, and for finding everything but something.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::lexeme::{Lexeme, LexemeKind};
use crate::query::syntax::limits::{
    MAX_COUNTS, MAX_EXTENTS, MAX_FILTERS, MAX_FUZZY, MAX_NEAR_DEPTH, MAX_NEAR_PARTS, MAX_PREFIXES, MAX_QUANTITIES,
    MAX_QUERY_BYTES, MAX_WILDCARDS,
};
use crate::query::syntax::nearness::Nearness;
use crate::text::document::ByteRange;

/// Fails if a query is longer than [`MAX_QUERY_BYTES`].
pub(crate) fn check_length(input: &str) -> Result<(), QuerySyntaxError> {
    if input.len() <= MAX_QUERY_BYTES {
        return Ok(());
    }
    let last = input.char_indices().next_back().map_or(0, |(at, _)| at);
    Err(QuerySyntaxError {
        at: ByteRange::new(last, input.len()),
        expected: format!("at most {MAX_QUERY_BYTES} bytes"),
        found: format!("a query of {} bytes", input.len()),
        suggestion: None,
    })
}

/// A kind of leaf or operator, with how many a query may have.
type Expensive = (usize, &'static str, fn(&LexemeKind) -> bool);

/// What a query may have only so many of.
const EXPENSIVE: [Expensive; 7] = [
    (MAX_FUZZY, "words with `~`", |kind| matches!(kind, LexemeKind::Leaf(QueryAst::Fuzzy { .. }))),
    (MAX_PREFIXES, "words with `*`", |kind| matches!(kind, LexemeKind::Leaf(QueryAst::Prefix(_)))),
    (MAX_WILDCARDS, "words with wildcards", |kind| matches!(kind, LexemeKind::Leaf(QueryAst::Wildcard(_)))),
    (MAX_QUANTITIES, "quantities", |kind| matches!(kind, LexemeKind::Leaf(QueryAst::Quantity(_)))),
    (MAX_FILTERS, "filters", |kind| matches!(kind, LexemeKind::Leaf(QueryAst::Filter(_)))),
    (MAX_COUNTS, "of ATLEAST", |kind| matches!(kind, LexemeKind::AtLeast(_))),
    (MAX_EXTENTS, "of lead: and FIRST", |kind| matches!(kind, LexemeKind::Within(_))),
];

/// Refuses a query with too many leaves or operators of an expensive kind.
pub(crate) fn check_numbers(lexemes: &[Lexeme]) -> Result<(), QuerySyntaxError> {
    for (most, what, is_one) in EXPENSIVE {
        if let Some(one_more) = lexemes.iter().filter(|lexeme| is_one(&lexeme.kind)).nth(most) {
            return Err(QuerySyntaxError {
                at: one_more.at,
                expected: format!("at most {most} {what}"),
                found: "one more".to_owned(),
                suggestion: None,
            });
        }
    }
    Ok(())
}

pub(crate) fn only_excludes(at: ByteRange) -> QuerySyntaxError {
    QuerySyntaxError {
        at,
        expected: "something to search for as well, as in tariff NOT steel".to_owned(),
        found: "a query that only excludes".to_owned(),
        suggestion: None,
    }
}

pub(crate) fn misplaced_not(at: ByteRange) -> QuerySyntaxError {
    QuerySyntaxError {
        at,
        expected: "NOT after what it is taken away from, or a minus sign".to_owned(),
        found: "a NOT in parentheses beside words".to_owned(),
        suggestion: None,
    }
}

/// Refuses an operand of `ATLEAST/n` that cannot be counted: one that has no position in the text.
pub(crate) fn check_counted(operand: &QueryAst, operator: &str, at: ByteRange) -> Result<(), QuerySyntaxError> {
    check_near_operand(operand, Nearness::any_order(0), at).map_err(|error| QuerySyntaxError {
        expected: format!("a word, a phrase, or alternatives like (tariff OR duty) after {operator}"),
        found: "something that cannot be counted".to_owned(),
        ..error
    })
}

/// Refuses too many operands of a positional operator, and such operators too deep inside each other.
pub(crate) fn check_near(operands: &[QueryAst], nearness: Nearness, at: ByteRange) -> Result<(), QuerySyntaxError> {
    let refused = |expected: String, found: String| Err(QuerySyntaxError { at, expected, found, suggestion: None });
    if operands.len() > MAX_NEAR_PARTS {
        return refused(
            format!("at most {MAX_NEAR_PARTS} words near each other"),
            format!("{} words joined by {}", operands.len(), nearness.operator()),
        );
    }
    if operands.iter().map(near_depth).max().unwrap_or(0) >= MAX_NEAR_DEPTH {
        return refused(
            format!("at most {MAX_NEAR_DEPTH} operators of place inside each other"),
            "one more".to_owned(),
        );
    }
    Ok(())
}

/// The depth of positional operators inside each other.
fn near_depth(ast: &QueryAst) -> usize {
    let own = usize::from(matches!(ast, QueryAst::Near { .. }));
    own + ast.children().map(near_depth).max().unwrap_or(0)
}

/// Refuses an operand of a positional operator that has no position in the text.
pub(crate) fn check_near_operand(
    operand: &QueryAst,
    nearness: Nearness,
    at: ByteRange,
) -> Result<(), QuerySyntaxError> {
    match operand {
        QueryAst::Word(_)
        | QueryAst::Phrase(_)
        | QueryAst::Proximity { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Wildcard(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Exact(_)
        | QueryAst::Caps(_)
        | QueryAst::Quantity(_)
        | QueryAst::Near { .. } => Ok(()),
        QueryAst::Or(items) | QueryAst::Bag(items) => {
            items.iter().try_for_each(|item| check_near_operand(item, nearness, at))
        }
        QueryAst::Within { extent, inner } => Err(inside_near(&extent.to_string(), inner, nearness, at)),
        QueryAst::AtLeast { times, operand } => Err(inside_near(&format!("ATLEAST/{times} "), operand, nearness, at)),
        QueryAst::And(_) | QueryAst::Not(_) | QueryAst::Restricted(_) | QueryAst::Title(_) | QueryAst::Filter(_) => {
            Err(QuerySyntaxError {
                at,
                expected: format!(
                    "a word, a phrase, or alternatives like (tariff OR duty) on both sides of {}",
                    nearness.operator()
                ),
                found: "something that has no place in a text".to_owned(),
                suggestion: None,
            })
        }
    }
}

/// The error for an operator over the article at one side of a positional operator.
fn inside_near(operator: &str, inner: &QueryAst, nearness: Nearness, at: ByteRange) -> QuerySyntaxError {
    QuerySyntaxError {
        at,
        expected: format!("it before parentheses, as in {operator}({inner} {nearness} steel)"),
        found: format!("`{}` at one side of {}", operator.trim_end(), nearness.operator()),
        suggestion: None,
    }
}

/// Refuses a query with an alternative that only excludes. Each must find something, by words or by filters alone:
/// passages found by exclusion would have nothing in them to show.
pub(crate) fn check_finds(ast: &QueryAst, at: ByteRange) -> Result<(), QuerySyntaxError> {
    let finds = match ast {
        QueryAst::Not(inner) => inner.is_filter(),
        QueryAst::Or(items) | QueryAst::Bag(items) => {
            return items.iter().try_for_each(|item| check_finds(item, at));
        }
        QueryAst::And(items) => {
            for item in items {
                check_inside(item, at)?;
            }
            items.iter().any(|item| !matches!(item, QueryAst::Not(inner) if !inner.is_filter()))
        }
        QueryAst::Restricted(restricted) => {
            for item in restricted.items() {
                check_inside(item, at)?;
            }
            restricted.required.iter().chain(&restricted.filters).chain(&restricted.rest).next().is_some()
                || restricted.excluded.iter().any(QueryAst::is_filter)
        }
        QueryAst::Title(inner) | QueryAst::Within { inner, .. } => return check_finds(inner, at),
        QueryAst::Near { .. }
        | QueryAst::AtLeast { .. }
        | QueryAst::Word(_)
        | QueryAst::Phrase(_)
        | QueryAst::Proximity { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Wildcard(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Exact(_)
        | QueryAst::Caps(_)
        | QueryAst::Quantity(_)
        | QueryAst::Filter(_) => true,
    };
    if finds { Ok(()) } else { Err(only_excludes(at)) }
}

fn check_inside(item: &QueryAst, at: ByteRange) -> Result<(), QuerySyntaxError> {
    let found = if let QueryAst::Not(inner) = item { inner } else { item };
    check_finds(found, at)
}
