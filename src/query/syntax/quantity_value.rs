//! The values of `amount:` and `percent:`, as they are typed: a value, a range, or a sign before a value, in the notation of any language.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::quantity::{Bound, WantedKind, WantedQuantity};
use crate::text::analysis::Segmented;
use crate::text::analysis::quantity::{Currency, Decimal, QuantityKind, QuantityWords};
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// How a value is written, for messages.
const AMOUNT_FORMS: &str =
    "an amount, as amount:\"55.6bn USD\", amount:\"50bn..60bn USD\", amount:\">1bn EUR\" or amount:\"~56bn USD\"";
const PERCENT_FORMS: &str = "a percentage, as percent:57, percent:3..5, percent:>25 or percent:~3.5";

/// Parses the value of `amount:` or `percent:`. `at` is where it stands.
pub(crate) fn quantity_of(name: &str, value: &str, at: ByteRange) -> Result<WantedQuantity, QuerySyntaxError> {
    let is_amount = name == "amount";
    let reader = ValueReader { is_amount, value, at };
    let folded = Segmented::new(value);
    let text = folded.text().trim();
    let signs = [">=", "<=", "≥", "≤", ">", "<", "~"];
    let signed = signs.into_iter().find_map(|sign| Some((sign, text.strip_prefix(sign)?)));
    let (kind, from, to) = match (signed, text.split_once("..")) {
        (Some((_, rest)), Some(_)) if rest.contains("..") => return Err(reader.wrong("a sign or a range, not both")),
        (Some((sign, rest)), _) => {
            let (read, value) = reader.end(rest)?;
            let end = |is_included| Some(Bound { value, is_included });
            let (from, to) = match sign {
                ">=" | "≥" => (end(true), None),
                "<=" | "≤" => (None, end(true)),
                ">" => (end(false), None),
                "<" => (None, end(false)),
                _ => reader.about(rest, value)?,
            };
            (read, from, to)
        }
        (None, Some((from, to))) => reader.range(from.trim(), to.trim())?,
        (None, None) => {
            let (read, value) = reader.end(text)?;
            let end = Some(Bound { value, is_included: true });
            (read, end, end)
        }
    };
    let kind = if is_amount { WantedKind::Amount(kind.currency) } else { WantedKind::Percent };
    Ok(WantedQuantity { kind, from, to })
}

/// A reader of one value, with what an error says of it.
struct ValueReader<'v> {
    is_amount: bool,
    value: &'v str,
    at: ByteRange,
}

/// What one end of a range states beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StatedUnit {
    currency: Option<Currency>,
    /// True if it has a scale word.
    is_scaled: bool,
}

type ReadRange = (StatedUnit, Option<Bound>, Option<Bound>);

impl ValueReader<'_> {
    fn wrong(&self, expected: &str) -> QuerySyntaxError {
        let found = format!("`{}`", self.value);
        QuerySyntaxError { at: self.at, expected: expected.to_owned(), found, suggestion: None }
    }

    fn forms(&self) -> &'static str {
        if self.is_amount { AMOUNT_FORMS } else { PERCENT_FORMS }
    }

    /// Reads both ends of a range.
    fn range(&self, from: &str, to: &str) -> Result<ReadRange, QuerySyntaxError> {
        if from.is_empty() || to.is_empty() {
            let (sign, end) = if to.is_empty() { (">=", from) } else { ("<=", to) };
            let name = if self.is_amount { "amount" } else { "percent" };
            return Err(QuerySyntaxError {
                suggestion: (!end.is_empty()).then(|| format!("{name}:\"{sign}{end}\"")),
                ..self.wrong("both ends of a range, or one after >, >=, < or <=")
            });
        }
        let (lower, upper) = (self.end(from)?, self.end(to)?);
        let currency = match (lower.0.currency, upper.0.currency) {
            (Some(one), Some(other)) if one != other => {
                return Err(self.wrong("one currency for both ends of a range"));
            }
            (one, other) => one.or(other),
        };
        if upper.0.is_scaled && !lower.0.is_scaled && lower.1 != Decimal::ZERO {
            return Err(self.wrong("a scale at both ends of a range, as in 50bn..60bn"));
        }
        if lower.1 > upper.1 {
            let name = if self.is_amount { "amount" } else { "percent" };
            return Err(QuerySyntaxError {
                suggestion: (lower.0.currency == upper.0.currency).then(|| format!("{name}:\"{to}..{from}\"")),
                ..self.wrong("a range from the smaller to the greater value")
            });
        }
        let end = |value| Some(Bound { value, is_included: true });
        Ok((StatedUnit { currency, is_scaled: false }, end(lower.1), end(upper.1)))
    }

    /// Reads a value with its scale and currency, in the notation of any of the languages.
    fn end(&self, text: &str) -> Result<(StatedUnit, Decimal), QuerySyntaxError> {
        let text = text.trim();
        let languages = [Language::English, Language::German, Language::Korean, Language::Chinese];
        let read = languages.into_iter().find_map(|lang| self.end_in(text, lang));
        read.ok_or_else(|| self.unreadable(text))
    }

    fn end_in(&self, text: &str, lang: Language) -> Option<(StatedUnit, Decimal)> {
        let segmented = Segmented::new(text);
        let found = QuantityWords::builtin().quantities_typed(&segmented, text, lang);
        let [quantity] = found.as_slice() else {
            return None;
        };
        let is_whole = quantity.folded.slice(segmented.text()) == segmented.text();
        let currency = match (quantity.kind, self.is_amount) {
            (QuantityKind::Amount(currency), true) if currency != Currency::UNKNOWN => Some(currency),
            (QuantityKind::Number, _) | (QuantityKind::Percent, false) => None,
            (QuantityKind::Amount(_) | QuantityKind::Percent, _) => return None,
        };
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let is_scaled = digits(&quantity.value.to_string()) > digits(segmented.text());
        (is_whole && (self.is_amount || !is_scaled)).then_some((StatedUnit { currency, is_scaled }, quantity.value))
    }

    /// The error for a value that is no number, or has an unknown word beside one.
    fn unreadable(&self, text: &str) -> QuerySyntaxError {
        let is_word = |character: char| !character.is_ascii_digit() && !character.is_whitespace();
        let is_sign = |character: char| matches!(character, '.' | ',' | '-' | '\'' | '%');
        let words: String = text
            .chars()
            .map(|character| if is_word(character) && !is_sign(character) { character } else { ' ' })
            .collect();
        let has_digit = text.contains(|character: char| character.is_ascii_digit());
        let known = QuantityWords::builtin();
        let unknown = words.split_whitespace().find(|word| !known.is_known(word));
        let Some(unknown) = unknown.filter(|_| has_digit) else {
            return self.wrong(self.forms());
        };
        let expected = if self.is_amount {
            let codes: Vec<&str> =
                known.currencies().iter().filter(|one| **one != Currency::UNKNOWN).map(Currency::code).collect();
            format!(
                "a scale ({}) or a currency, by its symbol, its name or its code ({})",
                known.scale_words().join(", "),
                codes.join(", ")
            )
        } else {
            PERCENT_FORMS.to_owned()
        };
        QuerySyntaxError { found: format!("an unknown scale or currency `{unknown}`"), ..self.wrong(&expected) }
    }

    /// The range of what rounds to a value: half a unit of its last digit to either side.
    fn about(&self, text: &str, value: Decimal) -> Result<(Option<Bound>, Option<Bound>), QuerySyntaxError> {
        let unit = self.last_digit(text, value).ok_or_else(|| self.wrong(self.forms()))?;
        let half = unit.scaled(-1).and_then(|tenth| tenth.times_five());
        let end = |value: Option<Decimal>| value.map(|value| Bound { value, is_included: true });
        let ends = half.map(|half| (end(value.plus(half.negated())), end(value.plus(half))));
        match ends {
            Some((Some(from), Some(to))) => Ok((Some(from), Some(to))),
            _ => Err(self.wrong(self.forms())),
        }
    }

    /// One unit of the last digit that is written: 1bn for 56bn, 0.1 for 55.6.
    fn last_digit(&self, text: &str, value: Decimal) -> Option<Decimal> {
        // The digits as they are written are the value times a power of ten.
        let typed: String = text.chars().filter(char::is_ascii_digit).collect();
        let typed = typed.trim_start_matches('0');
        if typed.is_empty() {
            return Decimal::new(1, 0);
        }
        let written = Decimal::of_digits(typed, "")?;
        (-30..=30).find_map(|exponent| {
            let unit = Decimal::new(1, exponent)?;
            let same = written.scaled(exponent)?;
            (same == value || same == value.negated()).then_some(unit)
        })
    }
}
