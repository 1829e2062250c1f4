//! Quantities in a query, `amount:` and `percent:`: which quantities of a text they mean, and how they are printed.

use std::fmt;

use serde::Serialize;

use crate::text::analysis::quantity::{Currency, Decimal, Quantity, QuantityKind, QuantityWords};

/// What `amount:` and `percent:` search for: quantities of a kind in a range of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct WantedQuantity {
    /// The kind of the quantities.
    pub kind: WantedKind,
    /// The lower end; `None` if there is none.
    pub from: Option<Bound>,
    /// The upper end.
    pub to: Option<Bound>,
}

/// The kind of the quantities that are searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum WantedKind {
    /// Numbers; no field of the query language asks for them alone.
    Number,
    /// Percentages.
    Percent,
    /// Amounts in this currency, or in any.
    Amount(Option<Currency>),
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Bound {
    /// The value.
    pub value: Decimal,
    /// True if the value itself belongs to the range.
    pub is_included: bool,
}

impl WantedQuantity {
    /// Quantities with exactly this value.
    pub fn exactly(kind: WantedKind, value: Decimal) -> WantedQuantity {
        let end = Some(Bound { value, is_included: true });
        WantedQuantity { kind, from: end, to: end }
    }

    /// True if a value lies in the range.
    pub fn contains(&self, value: Decimal) -> bool {
        let admits = |end: &Bound, is_inside: bool| is_inside || (end.is_included && end.value == value);
        self.from.as_ref().is_none_or(|from| admits(from, value > from.value))
            && self.to.as_ref().is_none_or(|to| admits(to, value < to.value))
    }

    /// True if this quantity of a text is meant.
    pub fn admits(&self, quantity: &Quantity) -> bool {
        let is_kind = match (self.kind, quantity.kind) {
            (WantedKind::Number, QuantityKind::Number) | (WantedKind::Percent, QuantityKind::Percent) => true,
            (WantedKind::Amount(wanted), QuantityKind::Amount(currency)) => {
                wanted.is_none_or(|wanted| wanted == currency)
            }
            (
                WantedKind::Number | WantedKind::Percent | WantedKind::Amount(_),
                QuantityKind::Number | QuantityKind::Percent | QuantityKind::Amount(_),
            ) => false,
        };
        is_kind && self.contains(quantity.value)
    }

    /// The kinds of quantities that are meant.
    pub(crate) fn kinds(&self) -> Vec<QuantityKind> {
        match self.kind {
            WantedKind::Number => vec![QuantityKind::Number],
            WantedKind::Percent => vec![QuantityKind::Percent],
            WantedKind::Amount(Some(currency)) => vec![QuantityKind::Amount(currency)],
            WantedKind::Amount(None) => {
                QuantityWords::builtin().currencies().iter().copied().map(QuantityKind::Amount).collect()
            }
        }
    }

    /// The same with less required: an exact value becomes what rounds to its first two digits, a currency any.
    pub(crate) fn loosened(self) -> impl Iterator<Item = WantedQuantity> {
        let about = match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.value.rounding_to_two_digits(),
            _ => None,
        };
        let end = |value| Some(Bound { value, is_included: true });
        let about = about.map(|(from, to)| WantedQuantity { from: end(from), to: end(to), ..self });
        let any = matches!(self.kind, WantedKind::Amount(Some(_)));
        let any = any.then_some(WantedQuantity { kind: WantedKind::Amount(None), ..self });
        about.into_iter().chain(any)
    }

    /// The range as the query language writes it, without its currency.
    fn range(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.value.with_scale(),
            (Some(from), Some(to)) => {
                let (first, last) = (from.value.with_scale(), to.value.with_scale());
                // A scale stands at both ends, or at neither.
                let is_plain = first == from.value.to_string() && from.value != Decimal::ZERO;
                format!("{first}..{}", if is_plain { to.value.to_string() } else { last })
            }
            (Some(from), None) => format!(">{}{}", if from.is_included { "=" } else { "" }, from.value.with_scale()),
            (None, Some(to)) => format!("<{}{}", if to.is_included { "=" } else { "" }, to.value.with_scale()),
            (None, None) => String::new(),
        }
    }

    /// The quantity as a text for readers: `55.6bn USD`, `57%`.
    pub fn readable(&self) -> String {
        let range = self.range();
        match self.kind {
            WantedKind::Number | WantedKind::Amount(None) => range,
            WantedKind::Percent => format!("{range}%"),
            WantedKind::Amount(Some(currency)) => format!("{range} {currency}"),
        }
    }
}

impl fmt::Display for WantedQuantity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let range = self.range();
        match self.kind {
            WantedKind::Percent => write!(formatter, "percent:{range}"),
            WantedKind::Number | WantedKind::Amount(None) => write!(formatter, "amount:{range}"),
            WantedKind::Amount(Some(currency)) => write!(formatter, "amount:\"{range} {currency}\""),
        }
    }
}
