//! Operators between operands, combined by the order of operations of a dialect.

use crate::query::syntax::dialect::tree::Piece;
use crate::text::document::ByteRange;

/// An operator between two operands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Operator {
    /// Its name in our syntax, with the number if it has one.
    pub(super) name: String,
    /// Operators with the smallest number are combined first, those with the same number from left to right.
    pub(super) order: u32,
    /// Where it stands in the query.
    pub(super) at: ByteRange,
}

/// Combines operands with the operators between them; there is one operator less than operands.
pub(super) fn combine(mut operands: Vec<Piece>, mut operators: Vec<Operator>) -> Option<Piece> {
    while let Some(next) = (0..operators.len()).min_by_key(|&at| operators[at].order) {
        let operator = operators.remove(next);
        let right = operands.remove(next + 1);
        let left = std::mem::replace(&mut operands[next], Piece::leaf("", operator.at));
        operands[next] = Piece::joined(&operator.name, operator.at, left, right);
    }
    operands.pop()
}
