//! The scan: finds the quantities of a text. It looks only at units that begin with a digit, and at what touches them.

use std::cell::OnceCell;

use memchr::memmem;

use crate::text::analysis::quantity::entry::is_letter;
use crate::text::analysis::quantity::kind::{Currency, Quantity, QuantityKind};
use crate::text::analysis::quantity::measure::Measure;
use crate::text::analysis::quantity::numerals::read_numeral;
use crate::text::analysis::quantity::scanner::{CurrencyBefore, Number, Scanner};
use crate::text::analysis::quantity::words::QuantityWords;
use crate::text::analysis::script::CharScript;
use crate::text::analysis::unit::Segmented;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// Most units that one quantity covers.
const MOST_UNITS: u32 = 40;

impl QuantityWords {
    /// The quantities of a text, in order and without overlaps. `original` is the text before folding.
    pub(crate) fn quantities(&self, text: &Segmented, original: &str, lang: Language) -> Vec<Quantity> {
        self.scan(text, original, lang, false)
    }

    /// As [`QuantityWords::quantities`], where every scale word counts without a currency.
    pub(crate) fn quantities_typed(&self, text: &Segmented, original: &str, lang: Language) -> Vec<Quantity> {
        self.scan(text, original, lang, true)
    }

    fn scan(&self, text: &Segmented, original: &str, lang: Language, is_loose: bool) -> Vec<Quantity> {
        let mut scanner = Scanner {
            words: self,
            text,
            folded: text.text(),
            original,
            lang,
            separators: self.separators(lang),
            is_loose,
            script: OnceCell::new(),
            found: Vec::new(),
            done: 0,
        };
        let mut at = 0;
        while at < text.units().len() {
            at = match scanner.starts_with_digit(at).then(|| scanner.number(at)).flatten() {
                Some(number) => scanner.quantity(number),
                None => at + 1,
            };
        }
        scanner.numerals();
        scanner.found
    }
}

impl Scanner<'_> {
    /// Records the quantity that begins with a number; returns the index of the unit to go on with.
    fn quantity(&mut self, number: Number) -> usize {
        let before = self.currency_before(number.at.start);
        let measure = self.measure(&number, before);
        if !measure.has_suffix
            && let Some(next) = self.range(number, before)
        {
            return next;
        }
        self.record(number, before, &measure, true);
        number.next.max(self.unit_after(measure.end))
    }

    /// Records both ends of a range, of which the second has the scale and the currency: `$50-60 billion`, `3 bis 5 Prozent`.
    fn range(&mut self, first: Number, before: Option<CurrencyBefore>) -> Option<usize> {
        let start = self.after_range_sign(first.at.end)?;
        let own = self.words_before_number(start);
        let second = self.number_at(own.map_or(start, |(_, number)| number))?;
        let second_before = own.map(|(currency, _)| CurrencyBefore { currency, start });
        let measure = self.measure(&second, second_before.or(before));
        if (!measure.has_suffix && before.is_none())
            || measure.kind == QuantityKind::Number && measure.exponent.is_none()
        {
            return None;
        }
        let is_smaller = first.value <= second.value;
        let value = measure.exponent.map_or(Some(first.value), |exponent| first.value.scaled(exponent));
        if let (Some(value), true) = (value, is_smaller) {
            let end = first.at.end;
            let of_first = Measure { value, end, ..measure.clone() };
            self.record(first, before, &of_first, true);
        }
        self.record(second, second_before, &measure, false);
        Some(second.next.max(self.unit_after(measure.end)))
    }

    /// Where the second number of a range begins, if a sign of ranges stands at a place.
    fn after_range_sign(&self, end: usize) -> Option<usize> {
        let rest = &self.folded[end..];
        for sign in &self.words.ranges {
            let is_word = sign.ends_with(is_letter);
            for (space, must) in [("", !is_word), (" ", true)] {
                if must
                    && let Some(after) = rest.strip_prefix(space).and_then(|rest| rest.strip_prefix(sign.as_str()))
                    && let Some(after) = after.strip_prefix(space)
                {
                    return Some(self.folded.len() - after.len());
                }
            }
        }
        None
    }

    /// The currency at a place before a number, and where the number begins.
    fn words_before_number(&self, start: usize) -> Option<(Currency, usize)> {
        let rest = &self.folded[start..];
        let number = start + rest.char_indices().take(12).find(|(_, character)| character.is_ascii_digit())?.0;
        let before = self.currency_before(number).filter(|before| before.start == start)?;
        Some((before.currency, number))
    }

    /// True if a minus stands before a place; with where it begins.
    fn minus_before(&self, start: usize) -> Option<usize> {
        let text = &self.folded[self.done..start];
        if let Some(sign) = text.strip_suffix(['-', '−', '–']).map(|before| self.done + before.len()) {
            let last = self.folded[..sign].chars().next_back();
            let is_apart = last.is_none_or(|last| last.is_whitespace() || matches!(last, '(' | '[' | '"'));
            return is_apart.then_some(sign);
        }
        let text = text.strip_suffix(' ').unwrap_or(text);
        let minus = self.words.minus.iter().find_map(|word| text.strip_suffix(word.as_str()))?;
        let is_apart = !text.ends_with(is_letter) || !minus.ends_with(is_letter);
        is_apart.then_some(self.done + minus.len())
    }

    fn record(&mut self, number: Number, before: Option<CurrencyBefore>, measure: &Measure, may_be_negative: bool) {
        let mut start = before.map_or(number.at.start, |before| before.start);
        let mut kind = measure.kind;
        if kind == QuantityKind::Number
            && let Some(sign) = self.percent_before(number.at.start)
            && measure.exponent.is_none()
        {
            (kind, start) = (QuantityKind::Percent, sign);
        }
        let mut value = measure.value;
        if may_be_negative {
            let sign_in_front = before.is_some() && self.folded[..number.at.start].ends_with(['-', '−']);
            if sign_in_front {
                value = value.negated();
            } else if let Some(sign) = self.minus_before(start) {
                (value, start) = (value.negated(), sign);
            }
        }
        // G20, COVID-19 and F-16 are names.
        let is_number = kind == QuantityKind::Number;
        let mut in_front = self.folded[..start].chars().rev();
        let is_name = match in_front.next() {
            Some('-') => in_front.next().is_some_and(is_letter),
            Some(last) => is_letter(last),
            None => false,
        };
        if is_number && is_name && measure.exponent.is_none() {
            return;
        }
        let folded = ByteRange::new(start, measure.end);
        let units = self.units_of(folded);
        let is_plain = is_number && folded.slice(self.folded) == value.to_string();
        if units.1 - units.0 <= MOST_UNITS {
            self.found.push(Quantity { kind, value, units, folded, is_plain });
            self.done = folded.end;
        }
    }

    fn percent_before(&self, start: usize) -> Option<usize> {
        let text = &self.folded[self.done..start];
        self.words.percent_before.iter().find_map(|sign| Some(self.done + text.strip_suffix(sign.as_str())?.len()))
    }

    /// Records the percentages that are written in Chinese numerals: 百分之三点五.
    fn numerals(&mut self) {
        if !self.text.has_script(CharScript::Han) {
            return;
        }
        let before = self.found.len();
        for sign in &self.words.percent_before {
            for start in memmem::find_iter(self.folded.as_bytes(), sign.as_bytes()) {
                let rest = &self.folded[start + sign.len()..];
                let Some((value, length)) = read_numeral(rest) else { continue };
                let folded = ByteRange::new(start, start + sign.len() + length);
                let units = self.units_of(folded);
                self.found.push(Quantity { kind: QuantityKind::Percent, value, units, folded, is_plain: false });
            }
        }
        if self.found.len() > before {
            self.found.sort_by_key(|quantity| quantity.folded);
        }
    }

    fn units_of(&self, folded: ByteRange) -> (u32, u32) {
        let units = self.text.units();
        let first = units.partition_point(|unit| unit.folded.end <= folded.start);
        let last = units.partition_point(|unit| unit.folded.start < folded.end);
        (first as u32, last as u32)
    }

    /// The index of the first unit that does not begin before a place.
    fn unit_after(&self, end: usize) -> usize {
        self.text.units().partition_point(|unit| unit.folded.start < end)
    }
}
