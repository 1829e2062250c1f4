//! Exact decimal numbers: an integer times a power of ten. Amounts are compared after scaling without any rounding, which
//! binary floating point could not do.

use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

/// Most digits of a number that is read; longer ones are identifiers.
pub(crate) const MOST_DIGITS: usize = 24;
/// Greatest power of ten, in either direction, that a number may reach.
const MOST_EXPONENT: i32 = 30;

/// An exact decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits with their sign. No multiple of ten but zero.
    mantissa: i128,
    /// The power of ten that the digits are multiplied by; 0 for zero.
    exponent: i32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal { mantissa: 0, exponent: 0 };

    /// The number `mantissa` × 10^`exponent`. `None` beyond what is kept.
    pub fn new(mut mantissa: i128, mut exponent: i32) -> Option<Decimal> {
        if mantissa == 0 {
            return Some(Decimal::ZERO);
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
        }
        let number = Decimal { mantissa, exponent };
        let is_kept = number.digits() <= MOST_DIGITS && exponent >= -MOST_EXPONENT && number.order() <= MOST_EXPONENT;
        is_kept.then_some(number)
    }

    /// The number with these digits before and after the decimal separator.
    pub(crate) fn of_digits(whole: &str, fraction: &str) -> Option<Decimal> {
        if whole.len() + fraction.len() > MOST_DIGITS {
            return None;
        }
        Decimal::new(format!("{whole}{fraction}").parse().ok()?, -(fraction.len() as i32))
    }

    /// The number times 10^`exponent`.
    pub fn scaled(self, exponent: i32) -> Option<Decimal> {
        Decimal::new(self.mantissa, self.exponent + exponent)
    }

    /// The numbers that round to the number's first two digits: from half a unit of the second digit below these to half a unit above.
    pub(crate) fn rounding_to_two_digits(self) -> Option<(Decimal, Decimal)> {
        let dropped = self.digits() as i32 - 2;
        let unit = Decimal::new(1, self.exponent + dropped)?;
        let power = 10_i128.checked_pow(u32::try_from(dropped.max(0)).ok()?)?;
        let rounded = (self.mantissa + self.mantissa.signum() * power / 2) / power;
        let rounded = Decimal::new(rounded, self.exponent + dropped.max(0))?;
        let half = unit.scaled(-1)?.times_five()?;
        Some((rounded.plus(half.negated())?, rounded.plus(half)?))
    }

    /// Five times the number.
    pub fn times_five(self) -> Option<Decimal> {
        Decimal::new(self.mantissa.checked_mul(5)?, self.exponent)
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Decimal {
        Decimal { mantissa: -self.mantissa, ..self }
    }

    /// The sum of two numbers.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let exponent = self.exponent.min(other.exponent);
        let aligned = |number: Decimal| {
            let power = 10_i128.checked_pow(u32::try_from(number.exponent - exponent).ok()?)?;
            number.mantissa.checked_mul(power)
        };
        Decimal::new(aligned(self)?.checked_add(aligned(other)?)?, exponent)
    }

    /// True for a number without a fraction.
    pub(crate) fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// Number of digits of the mantissa.
    fn digits(self) -> usize {
        self.mantissa.unsigned_abs().checked_ilog10().map_or(1, |log| log as usize + 1)
    }

    /// The number of digits before the decimal point: 3 for 556, 0 for .5, -1 for .05.
    fn order(self) -> i32 {
        self.digits() as i32 + self.exponent
    }

    /// A key whose order, byte by byte, is that of the numbers, and of which none is a prefix of another. It is printable
    /// ASCII, so that the terms of an index can be searched for a range of numbers.
    pub(crate) fn key(self) -> String {
        const MIDDLE: i32 = 0x50;
        let place = |order: i32| char::from(u8::try_from(MIDDLE + order).unwrap_or(b'P'));
        let digits = self.mantissa.unsigned_abs().to_string();
        match self.mantissa.cmp(&0) {
            Ordering::Equal => "o".to_owned(),
            Ordering::Greater => format!("p{}{digits}!", place(self.order())),
            Ordering::Less => {
                let complement: String = digits.bytes().map(|digit| char::from(b'0' + b'9' - digit)).collect();
                format!("n{}{complement}~", place(-self.order()))
            }
        }
    }

    /// The number with the longest scale sign of the query language that is not greater than it: `55.6bn`.
    pub fn with_scale(self) -> String {
        let scales = [(12, "tn"), (9, "bn"), (6, "m"), (3, "k")];
        let fits = |(exponent, _): &(i32, &str)| self.mantissa != 0 && self.order() > *exponent;
        let scale = scales.into_iter().find(fits).filter(|_| self.order() > 4);
        let (exponent, sign) = scale.unwrap_or((0, ""));
        let scaled = Decimal { exponent: self.exponent - exponent, ..self };
        format!("{scaled}{sign}")
    }
}

impl fmt::Display for Decimal {
    /// Prints the number in digits, with a point before the fraction.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.mantissa < 0 {
            formatter.write_str("-")?;
        }
        let digits = self.mantissa.unsigned_abs().to_string();
        let Ok(fraction) = usize::try_from(-self.exponent) else {
            return write!(formatter, "{digits}{}", "0".repeat(self.exponent as usize));
        };
        if fraction == 0 {
            return formatter.write_str(&digits);
        }
        let padded = format!("{}{digits}", "0".repeat((fraction + 1).saturating_sub(digits.len())));
        let (whole, fraction) = padded.split_at(padded.len() - fraction);
        write!(formatter, "{whole}.{fraction}")
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(mantissa: i128, exponent: i32) -> Decimal {
        Decimal::new(mantissa, exponent).unwrap()
    }

    #[test]
    fn numbers_print_in_digits_and_with_a_scale() {
        for (number, digits, scaled) in [
            (decimal(556, 8), "55600000000", "55.6bn"),
            (decimal(12, 11), "1200000000000", "1.2tn"),
            (decimal(-35, -1), "-3.5", "-3.5"),
            (decimal(5, -3), "0.005", "0.005"),
            (decimal(1234, 0), "1234", "1234"),
            (decimal(35, 3), "35000", "35k"),
            (decimal(1_000_001, 0), "1000001", "1.000001m"),
            (decimal(0, 7), "0", "0"),
        ] {
            assert_eq!(number.to_string(), digits);
            assert_eq!(number.with_scale(), scaled);
        }
    }

    #[test]
    fn keys_have_the_order_of_the_numbers() {
        let number = (-99_999_i64..100_000, -6_i32..7);
        proptest::proptest!(|(one in number.clone(), other in number)| {
            let exact = |(mantissa, exponent): (i64, i32)| i128::from(mantissa) * 10_i128.pow((exponent + 6) as u32);
            let [left, right] = [one, other].map(|(mantissa, exponent)| decimal(i128::from(mantissa), exponent));
            proptest::prop_assert_eq!(left.cmp(&right), exact(one).cmp(&exact(other)));
            proptest::prop_assert_eq!(left == right, exact(one) == exact(other));
            proptest::prop_assert!(left == right || !right.key().starts_with(&left.key()));
            let sum = exact(one) + exact(other);
            proptest::prop_assert_eq!(left.plus(right).unwrap(), decimal(sum, -6));
        });
    }

    #[test]
    fn what_is_too_long_is_no_number() {
        assert_eq!(Decimal::new(1, 31), None);
        assert_eq!(Decimal::of_digits(&"9".repeat(25), ""), None);
        assert_eq!(decimal(1, 20).scaled(12), None);
        assert!(Decimal::new(1, 29).is_some());
    }
}
