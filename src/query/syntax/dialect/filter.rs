//! Filters from fields of a dialect: each word or phrase of an operand becomes the value of a filter.

use crate::query::syntax::dialect::level::no_counterpart;
use crate::query::syntax::dialect::tree::Piece;
use crate::query::syntax::error::QuerySyntaxError;

/// Makes each word and phrase of a piece the value of a filter; there may be OR, AND and NOT between them.
pub(super) fn names(query: &str, field: &str, piece: Piece) -> Result<Piece, QuerySyntaxError> {
    let instead = format!("names with OR, AND or NOT between them, as in {field}:\"name\"");
    filters(query, field, piece, &|text| Some(text.to_owned()), &instead)
}

/// As [`names`], with each value made a code; `instead` is what can be written for what has none.
pub(super) fn codes(
    query: &str,
    field: &str,
    piece: Piece,
    code: &dyn Fn(&str) -> Option<String>,
    instead: &str,
) -> Result<Piece, QuerySyntaxError> {
    filters(query, field, piece, &|text| code(text.trim_matches('"')), instead)
}

fn filters(
    query: &str,
    field: &str,
    piece: Piece,
    value: &dyn Fn(&str) -> Option<String>,
    instead: &str,
) -> Result<Piece, QuerySyntaxError> {
    match piece {
        Piece::Leaf { text, at } => match value(&text) {
            Some(value) => Ok(Piece::leaf(format!("{field}:{value}"), at)),
            None => Err(no_counterpart(query, at, instead)),
        },
        Piece::Joined { operator, at, operands } if matches!(operator.as_str(), "OR" | "AND" | "NOT") => {
            let operands = operands.into_iter().map(|operand| filters(query, field, operand, value, instead));
            Ok(Piece::Joined { operator, at, operands: operands.collect::<Result<_, _>>()? })
        }
        Piece::Joined { .. } | Piece::Before { .. } => Err(no_counterpart(query, piece.at(), instead)),
    }
}
