//! Nearness: the rule of the operators of place (`NEAR/n`, `BEFORE/n`, `SENTENCE`, `PARAGRAPH`, each also after `NOT`) and of `"…"~n`.
//! This one type serves the grammar, the engine that finds matches and the highlighter that marks them (both by
//! [`crate::query::plan::near`]).

use std::fmt;

use serde::Serialize;

/// A rule of nearness. A further condition is a further field here, with its name in `OPERATORS` and its matching in
/// `plan/near.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Nearness {
    /// How far apart the operands may be.
    pub within: Within,
    /// True if each operand stands wholly before the next one.
    pub in_order: bool,
    /// True for the opposite, `a NOT NEAR/5 b`: an occurrence of the first operand that has none of the others so near.
    pub negated: bool,
}

/// How far apart the operands of an operator of place may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Within {
    /// Number of units of text (words, CJK characters) that may stand between the operands, in total.
    Units(u32),
    /// One sentence; a title is one.
    Sentence,
    /// One paragraph; a title is one.
    Paragraph,
}

/// The name of an operator of place, with its rule but for a number.
struct Operator {
    name: &'static str,
    within: Within,
    in_order: bool,
}

/// Distance in units of an operator without a number.
const DEFAULT_DISTANCE: Within = Within::Units(10);

/// The operators as they print, and after them other ways to type one.
const OPERATORS: [Operator; 6] = [
    Operator { name: "NEAR", within: DEFAULT_DISTANCE, in_order: false },
    Operator { name: "BEFORE", within: DEFAULT_DISTANCE, in_order: true },
    Operator { name: "SENTENCE", within: Within::Sentence, in_order: false },
    Operator { name: "PARAGRAPH", within: Within::Paragraph, in_order: false },
    Operator { name: "/s", within: Within::Sentence, in_order: false },
    Operator { name: "/p", within: Within::Paragraph, in_order: false },
];

impl Nearness {
    /// The rule of `NEAR/n` and `"…"~n`: any order.
    pub const fn any_order(distance: u32) -> Nearness {
        Nearness::of(Within::Units(distance), false)
    }

    /// The rule of an operator that is not negated.
    pub const fn of(within: Within, in_order: bool) -> Nearness {
        Nearness { within, in_order, negated: false }
    }

    /// The opposite rule.
    #[must_use]
    pub const fn not(self) -> Nearness {
        Nearness { negated: true, ..self }
    }

    /// A rule that asks a little less: any order, a paragraph instead of a sentence; none if there is none but AND.
    pub(crate) fn loosened(self) -> Option<Nearness> {
        match self.within {
            _ if self.in_order => Some(Nearness { in_order: false, ..self }),
            Within::Sentence => Some(Nearness { within: Within::Paragraph, ..self }),
            Within::Units(_) | Within::Paragraph => None,
        }
    }

    /// The rule of an operator as it is typed, with its default distance, and the digits after `/` if there are any.
    pub(crate) fn of_operator(typed: &str) -> Option<(Nearness, Option<&str>)> {
        let named = |name: &str| OPERATORS.iter().find(|operator| operator.name == name).map(Operator::rule);
        if let Some(rule) = named(typed) {
            return Some((rule, None));
        }
        let (name, digits) = typed.split_once('/')?;
        Some((named(name)?, Some(digits)))
    }

    /// The operator's name in a query, without its number and without NOT.
    pub(crate) fn operator(self) -> &'static str {
        let of_this = |operator: &&Operator| {
            let same_kind = match (operator.within, self.within) {
                (Within::Units(_), Within::Units(_)) => true,
                (one, other) => one == other,
            };
            same_kind && operator.in_order == self.in_order
        };
        OPERATORS.iter().find(of_this).map_or("", |operator| operator.name)
    }

    /// True for an operator with a number: `NEAR/5`.
    pub(crate) const fn has_number(self) -> bool {
        matches!(self.within, Within::Units(_))
    }
}

impl Operator {
    fn rule(&self) -> Nearness {
        Nearness::of(self.within, self.in_order)
    }
}

impl fmt::Display for Nearness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            formatter.write_str("NOT ")?;
        }
        formatter.write_str(self.operator())?;
        match self.within {
            Within::Units(distance) => write!(formatter, "/{distance}"),
            Within::Sentence | Within::Paragraph => Ok(()),
        }
    }
}
