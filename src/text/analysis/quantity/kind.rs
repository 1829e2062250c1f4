//! Quantities: numbers, percentages and amounts, as they are found in texts, and the terms by which an index keeps them.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::text::analysis::quantity::decimal::Decimal;
use crate::text::document::ByteRange;

/// A currency, by its code of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// A currency that is named, but not which: 元 in traditional Chinese, pesos.
    pub const UNKNOWN: Currency = Currency(*b"XXX");

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = String;

    fn from_str(code: &str) -> Result<Currency, String> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Currency(letters)),
            _ => Err(format!("expected a currency's code of three capital letters, found `{code}`")),
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// The kind of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum QuantityKind {
    /// A number without a currency, whatever it counts: years and dates are numbers too.
    Number,
    /// A percentage.
    Percent,
    /// An amount of money.
    Amount(Currency),
}

/// A quantity in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// Whether it is a number, a percentage or an amount.
    pub kind: QuantityKind,
    /// The value after scaling.
    pub value: Decimal,
    /// The first unit of the text that it covers, and one past the last.
    pub units: (u32, u32),
    /// Its byte range in the folded text, with the signs that belong to it.
    pub folded: ByteRange,
    /// True for a number that is written as [`Decimal`] prints it: any word search finds it by that.
    pub is_plain: bool,
}

impl QuantityKind {
    /// What the terms of the kind begin with; no such beginning is a prefix of another.
    pub(crate) fn tag(self) -> String {
        match self {
            QuantityKind::Number => "#".to_owned(),
            QuantityKind::Percent => "%".to_owned(),
            QuantityKind::Amount(currency) => currency.code().to_owned(),
        }
    }
}

/// A term of the quantity field, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuantityTerm<'t> {
    /// Kind and value.
    pub(crate) key: &'t str,
    /// Number of units of text that the quantity covers.
    pub(crate) length: u32,
    pub(crate) in_title: bool,
    pub(crate) is_plain: bool,
}

/// The last character of a term is this one plus what it encodes.
const SUFFIX_BASE: u32 = 0x21;
/// Greatest length in units that a term keeps.
const MOST_UNITS: u32 = 60;

impl Quantity {
    /// The term by which an index keeps the quantity: kind, value in an order-preserving form, and a last character for its
    /// length, whether it stands in the title, and whether it is plain.
    pub(crate) fn term(&self, in_title: bool) -> String {
        let length = (self.units.1 - self.units.0).min(MOST_UNITS);
        let suffix = SUFFIX_BASE + 4 * length + 2 * u32::from(in_title) + u32::from(self.is_plain);
        let mut term = self.kind.tag();
        term.push_str(&self.value.key());
        term.push(char::from_u32(suffix).unwrap_or('!'));
        term
    }
}

impl QuantityTerm<'_> {
    /// Takes a term apart; `None` for what is no term of a quantity.
    pub(crate) fn of(term: &str) -> Option<QuantityTerm<'_>> {
        let (at, suffix) = term.char_indices().next_back()?;
        let suffix = u32::from(suffix).checked_sub(SUFFIX_BASE)?;
        let (in_title, is_plain) = (suffix & 2 != 0, suffix & 1 != 0);
        Some(QuantityTerm { key: &term[..at], length: suffix / 4, in_title, is_plain })
    }
}
