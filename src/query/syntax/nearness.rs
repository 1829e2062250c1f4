//! Nearness: how close stretches of text have to stand together, for `NEAR/n` and `"…"~n`. It is said once, and read in three
//! places: by the grammar, by what finds it in the index, and by what marks it in a text (both by [`crate::query::plan::near`]).

use std::fmt;

use serde::Serialize;

/// A rule of nearness. A further condition (an order, a sentence) is a further field here, with its name in
/// `Nearness::operator`, how it is written in the lexer, and what it admits in `plan/near.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Nearness {
    /// Units of text (words, CJK characters) that may stand between the stretches, in all.
    pub distance: u32,
}

impl Nearness {
    /// The operator without its number, as it is written in a query.
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
