//! Nearness: the distance rule of `NEAR/n` and `"…"~n`. This one type serves the grammar, the engine that finds matches
//! and the highlighter that marks them (both by [`crate::query::plan::near`]).

use std::fmt;

use serde::Serialize;

/// A rule of nearness. A further condition (an order, a sentence) is a further field here, with its name in
/// `Nearness::operator`, its notation in the lexer, and its matching in `plan/near.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Nearness {
    /// Number of units of text (words, CJK characters) that may stand between the operands, in total.
    pub distance: u32,
}

impl Nearness {
    /// The operator's name in a query, without its number.
    pub(crate) fn operator(self) -> &'static str {
        let Nearness { distance: _ } = self;
        "NEAR"
    }
}

impl fmt::Display for Nearness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.operator(), self.distance)
    }
}
