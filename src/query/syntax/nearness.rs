//! Nearness: the rule of `NEAR/n`, `BEFORE/n` and `"…"~n`. This one type serves the grammar, the engine that finds matches
//! and the highlighter that marks them (both by [`crate::query::plan::near`]).

use std::fmt;

use serde::Serialize;

/// A rule of nearness. A further condition (a sentence) is a further field here, with its name in
/// `Nearness::operator`, its notation in the lexer, and its matching in `plan/near.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Nearness {
    /// Number of units of text (words, CJK characters) that may stand between the operands, in total.
    pub distance: u32,
    /// True if each operand stands wholly before the next one.
    pub in_order: bool,
}

impl Nearness {
    /// The operators' names in a query, each with its rule but for the distance.
    const OPERATORS: [(&'static str, bool); 2] = [("NEAR", false), ("BEFORE", true)];

    /// The distance of an operator without a number.
    const DEFAULT_DISTANCE: u32 = 10;

    /// The rule of `NEAR/n` and `"…"~n`: any order.
    pub const fn any_order(distance: u32) -> Nearness {
        Nearness { distance, in_order: false }
    }

    /// The rule of an operator as it is typed, with its default distance, and the digits after `/` if there are any.
    pub(crate) fn of_operator(typed: &str) -> Option<(Nearness, Option<&str>)> {
        let (name, digits) = match typed.split_once('/') {
            Some((name, digits)) => (name, Some(digits)),
            None => (typed, None),
        };
        let (_, in_order) = Nearness::OPERATORS.into_iter().find(|(operator, _)| *operator == name)?;
        Some((Nearness { distance: Nearness::DEFAULT_DISTANCE, in_order }, digits))
    }

    /// The operator's name in a query, without its number.
    pub(crate) fn operator(self) -> &'static str {
        let of_this = |(_, in_order): &(&str, bool)| *in_order == self.in_order;
        Nearness::OPERATORS.iter().find(|operator| of_this(operator)).map_or("", |(name, _)| name)
    }
}

impl fmt::Display for Nearness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.operator(), self.distance)
    }
}
