//! What follows a number: a percent sign, scale words with further numbers (`1조 2,000억`, `3万5千`), a currency.

use crate::text::analysis::quantity::decimal::Decimal;
use crate::text::analysis::quantity::entry::Role;
use crate::text::analysis::quantity::kind::{Currency, QuantityKind};
use crate::text::analysis::quantity::scanner::{CurrencyBefore, Number, Scanner};
use crate::text::analysis::script::char_script;
use crate::text::document::ByteRange;

/// The least power of ten that the characters of Chinese and Korean group digits by.
const MYRIAD: i32 = 4;
/// Most scale words of an alphabet in a row: hundred million.
const MOST_WORDS: usize = 2;

/// The value and kind of a number with what follows it.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) kind: QuantityKind,
    pub(super) value: Decimal,
    /// The power of ten of its scale words, if a single number has them.
    pub(super) exponent: Option<i32>,
    /// True if a percent sign, scale word or currency follows the number.
    pub(super) has_suffix: bool,
    /// Where it ends in the folded text.
    pub(super) end: usize,
}

/// A number with its scale words.
#[derive(Debug, Clone, Copy)]
struct Scaled {
    value: Decimal,
    /// The power of ten of the scale words of a single number.
    exponent: Option<i32>,
    has_words: bool,
    needs_currency: bool,
    is_abbreviation: bool,
    end: usize,
}

impl Scanner<'_> {
    /// Reads what follows a number. `before` is a currency in front of it.
    pub(super) fn measure(&self, number: &Number, before: Option<CurrencyBefore>) -> Measure {
        let plain = Measure {
            kind: before.map_or(QuantityKind::Number, |before| QuantityKind::Amount(before.currency)),
            value: number.value,
            exponent: None,
            has_suffix: false,
            end: number.at.end,
        };
        if before.is_none()
            && let Some((entry, at)) = self.word_after(number.at.end, false)
            && entry.role == Role::Percent
        {
            return Measure { kind: QuantityKind::Percent, has_suffix: true, end: at.end, ..plain };
        }
        let Some(scaled) = self.scaled(number) else {
            return plain;
        };
        let after = self.currency_after(&scaled, number.is_grouped, before);
        if scaled.needs_currency && before.is_none() && after.is_none() && !self.is_loose {
            return plain;
        }
        let kind = match (before, after) {
            (_, Some((currency, _))) => QuantityKind::Amount(currency),
            (Some(before), None) => QuantityKind::Amount(before.currency),
            (None, None) => QuantityKind::Number,
        };
        Measure {
            kind,
            value: scaled.value,
            exponent: scaled.exponent,
            has_suffix: scaled.has_words || after.is_some(),
            end: after.map_or(scaled.end, |(_, end)| end),
        }
    }

    /// The currency that follows a number, and where it ends.
    fn currency_after(
        &self,
        scaled: &Scaled,
        is_grouped: bool,
        before: Option<CurrencyBefore>,
    ) -> Option<(Currency, usize)> {
        let rest = &self.folded[scaled.end..];
        let end = if scaled.is_abbreviation && rest.starts_with('.') { scaled.end + 1 } else { scaled.end };
        let (entry, at) = self.word_after(end, scaled.has_words)?;
        let Role::Currency { currency, with_scale, generic, is_name } = entry.role else {
            return None;
        };
        // A symbol or code between two numbers belongs to one of them; 元 says nothing beside 港币.
        let yields = before.is_some() && !is_name;
        let currency = before.filter(|_| generic).map_or(currency, |before| before.currency);
        let is_meant = !with_scale || scaled.has_words || is_grouped;
        let is_apart = at.start > end && self.folded[end..].starts_with(' ');
        // `20 Euro-Länder` are no 20 euros; `20-Euro-Schein` is.
        let rest = &self.folded[at.end..];
        let is_compound = is_apart
            && !scaled.has_words
            && rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        (is_meant && !yields && !is_compound).then_some((currency, at.end))
    }

    fn scaled(&self, number: &Number) -> Option<Scaled> {
        let unscaled = Scaled {
            value: number.value,
            exponent: None,
            has_words: false,
            needs_currency: false,
            is_abbreviation: false,
            end: number.at.end,
        };
        match self.scale_after(number.at.end) {
            None => Some(unscaled),
            // 제1조 is an article of a law.
            Some((_, at, _)) if self.is_char_at(at.start) => {
                let is_ordinal = self.folded[..number.at.start].ends_with(['제', '第']);
                if is_ordinal { Some(unscaled) } else { self.scaled_by_characters(number) }
            }
            Some(_) => self.scaled_by_words(unscaled),
        }
    }

    /// The scale word at a place: its power of ten, its range, and whether it needs a currency.
    fn scale_after(&self, end: usize) -> Option<(i32, ByteRange, bool)> {
        let (entry, at) = self.word_after(end, true)?;
        match entry.role {
            Role::Scale { exponent, needs_currency } => Some((exponent, at, needs_currency)),
            Role::None | Role::Percent | Role::Currency { .. } => None,
        }
    }

    fn scaled_by_words(&self, mut scaled: Scaled) -> Option<Scaled> {
        let mut sum = 0;
        for _ in 0..MOST_WORDS {
            let Some((entry, at)) = self.word_after(scaled.end, true) else { break };
            let Role::Scale { exponent, needs_currency } = entry.role else { break };
            let is_word = entry.text.chars().next().is_some_and(|first| char_script(first).is_none());
            if !is_word || (needs_currency && scaled.has_words) {
                break;
            }
            sum += exponent;
            scaled = Scaled {
                value: scaled.value.scaled(exponent)?,
                exponent: Some(sum),
                has_words: true,
                needs_currency,
                is_abbreviation: entry.is_abbreviation,
                end: at.end,
            };
        }
        Some(scaled)
    }

    /// Reads a number of several groups, each smaller than the one before it.
    fn scaled_by_characters(&self, number: &Number) -> Option<Scaled> {
        let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
        let (mut next, mut end, mut groups) = (*number, number.at.end, 0);
        // The power of ten that the next group has to stay below.
        let mut limit = i32::MAX;
        let mut single = None;
        loop {
            let (small, after_small) = self.chain_of(next.at.end, |exponent| exponent < MYRIAD);
            let (great, after_great) = self.chain_of(after_small, |exponent| exponent >= MYRIAD);
            let scale = small + great;
            // 3백50만 is 350 times 10,000, so within a section the digits count before that.
            let value = next.value.scaled(if limit < MYRIAD { small } else { scale })?;
            if groups > 0 && !self.may_follow(&next, (value, scale, after_great), limit, end) {
                break;
            }
            section = section.plus(next.value.scaled(small)?)?;
            if great > 0 {
                total = total.plus(section.scaled(great)?)?;
                section = Decimal::ZERO;
            }
            end = after_great;
            groups += 1;
            single = (groups == 1).then_some(scale);
            limit = if great > 0 { great } else { small };
            let rest = &self.folded[end..];
            let start = end + usize::from(rest.starts_with(' '));
            match self.number_at(start).filter(|_| scale > 0) {
                Some(number) => next = number,
                None => break,
            }
        }
        let value = total.plus(section)?;
        let (needs_currency, is_abbreviation) = (false, false);
        Some(Scaled { value, exponent: single, has_words: true, needs_currency, is_abbreviation, end })
    }

    /// True if a further group belongs to the number before it. Without a scale word it touches that, or a currency follows:
    /// 2만 5000원, but not 10만 2025년.
    fn may_follow(
        &self,
        group: &Number,
        (value, scale, end): (Decimal, i32, usize),
        limit: i32,
        before: usize,
    ) -> bool {
        let is_below = Decimal::new(1, limit).is_none_or(|limit| value < limit);
        let touches = group.at.start == before;
        let has_currency = || {
            let next = self.word_after(end, false);
            next.is_some_and(|(entry, _)| matches!(entry.role, Role::Currency { .. }))
        };
        is_below && group.value.is_integer() && (scale > 0 || touches || has_currency())
    }

    /// The sum of the powers of ten of scale characters in a row, and where they end.
    fn chain_of(&self, start: usize, belongs: impl Fn(i32) -> bool) -> (i32, usize) {
        let (mut sum, mut end) = (0, start);
        while self.is_char_at(end)
            && let Some((exponent, at, _)) = self.scale_after(end)
            && belongs(exponent)
            && at.start == end
        {
            sum += exponent;
            end = at.end;
        }
        (sum, end)
    }
}
