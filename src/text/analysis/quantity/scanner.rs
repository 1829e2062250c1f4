//! The scanner of one text: what stands at and around a number, by the words of quantities. `measure` and `scan` ask it.

use std::cell::OnceCell;

use crate::text::analysis::quantity::decimal::Decimal;
use crate::text::analysis::quantity::entry::{Entry, Role, Script, Written, is_joint};
use crate::text::analysis::quantity::kind::{Currency, Quantity};
use crate::text::analysis::quantity::number::{Separators, read_digits};
use crate::text::analysis::quantity::words::QuantityWords;
use crate::text::analysis::script::{CharScript, char_script};
use crate::text::analysis::simplified::simplified;
use crate::text::analysis::unit::{Segmented, Unit, UnitKind};
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// One character in so many of a traditional text at least has another form in simplified ones; in fact one in three has.
const TRADITIONAL: usize = 20;

/// A number in digits, where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) value: Decimal,
    /// Its range in the folded text.
    pub(super) at: ByteRange,
    pub(super) is_grouped: bool,
    /// The index of the unit after it.
    pub(super) next: usize,
}

/// A currency before a number, and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct CurrencyBefore {
    pub(super) currency: Currency,
    pub(super) start: usize,
}

/// The state of one scan.
pub(super) struct Scanner<'t> {
    pub(super) words: &'t QuantityWords,
    pub(super) text: &'t Segmented,
    pub(super) folded: &'t str,
    pub(super) original: &'t str,
    pub(super) lang: Language,
    pub(super) separators: Separators,
    /// True where abbreviations count without a currency: in `amount:`.
    pub(super) is_loose: bool,
    pub(super) script: OnceCell<Script>,
    pub(super) found: Vec<Quantity>,
    /// Where the last quantity ends in the folded text.
    pub(super) done: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn starts_with_digit(&self, at: usize) -> bool {
        let start = self.text.units()[at].folded.start;
        self.folded.as_bytes()[start].is_ascii_digit()
    }

    /// The number whose digits begin with a unit.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        let units = self.text.units();
        let first = units[at].folded;
        if let Some(spaced) = self.number_with_spaces(at) {
            return Some(spaced);
        }
        let form = first.slice(self.folded);
        let before = &self.folded[..first.start];
        // `.5` is a half.
        if let Some(before) = before.strip_suffix('.')
            && !before.ends_with(|last: char| last.is_alphanumeric() || last == '.')
        {
            let value = Decimal::of_digits("0", form).filter(|_| form.bytes().all(|byte| byte.is_ascii_digit()))?;
            let at_sign = ByteRange::new(first.start - 1, first.end);
            return Some(Number { value, at: at_sign, is_grouped: false, next: at + 1 });
        }
        let digits = read_digits(form, self.separators)?;
        Some(Number { value: digits.value, at: first, is_grouped: digits.is_grouped, next: at + 1 })
    }

    /// A number whose thousands are separated by spaces: `1 234`, `12 345 678,9`.
    fn number_with_spaces(&self, at: usize) -> Option<Number> {
        let units = self.text.units();
        let is_digits = |form: &str| form.bytes().all(|byte| byte.is_ascii_digit());
        let first = units[at].folded.slice(self.folded);
        if first.len() > 3 || !is_digits(first) || first.starts_with('0') {
            return None;
        }
        let mut whole = first.to_owned();
        let mut fraction = "";
        let mut next = at + 1;
        while fraction.is_empty()
            && let Some(unit) = units.get(next)
            && &self.folded[units[next - 1].folded.end..unit.folded.start] == " "
        {
            let Some((group, rest)) = unit.folded.slice(self.folded).split_at_checked(3) else { break };
            let after = rest.strip_prefix([',', '.']).filter(|after| !after.is_empty());
            let Some(after) = (if rest.is_empty() { Some("") } else { after }) else { break };
            if !is_digits(group) || !is_digits(after) {
                break;
            }
            whole.push_str(group);
            fraction = after;
            next += 1;
        }
        if next == at + 1 {
            return None;
        }
        let value = Decimal::of_digits(&whole, fraction)?;
        let end = units[next - 1].folded.end;
        Some(Number { value, at: ByteRange::new(units[at].folded.start, end), is_grouped: true, next })
    }

    /// The number at a place of the folded text.
    pub(super) fn number_at(&self, start: usize) -> Option<Number> {
        let units = self.text.units();
        let at = units.binary_search_by_key(&start, |unit| unit.folded.start).ok()?;
        self.starts_with_digit(at).then(|| self.number(at)).flatten()
    }

    /// The currency directly before a place, or with one space between.
    pub(super) fn currency_before(&self, start: usize) -> Option<CurrencyBefore> {
        let text = &self.folded[self.done..start];
        let text = text
            .strip_suffix(['-', '−'])
            .filter(|text| text.ends_with(|last: char| !last.is_alphanumeric()))
            .unwrap_or(text);
        for text in [text, text.strip_suffix([' ', '\n']).unwrap_or("")] {
            for entry in self.words.before(text) {
                let Role::Currency { currency, .. } = entry.role else { continue };
                if let Some(length) = entry.length_at_end(text) {
                    let start = self.done + text.len() - length;
                    let at = ByteRange::new(start, self.done + text.len());
                    if self.counts(entry, at) {
                        return Some(CurrencyBefore { currency, start });
                    }
                }
            }
        }
        None
    }

    /// The longest word that may follow a number, its range in the folded text; `None` too if that is one that only begins alike.
    pub(super) fn word_after(&self, end: usize, may_break: bool) -> Option<(&'t Entry, ByteRange)> {
        let rest = &self.folded[end..];
        let joint = rest.chars().next().filter(|&joint| is_joint(joint) && (joint != '\n' || may_break));
        for (is_attached, start) in [(true, Some(end)), (false, joint.map(|joint| end + joint.len_utf8()))] {
            let Some(start) = start else { continue };
            let text = &self.folded[start..];
            for entry in self.words.after(text) {
                if (entry.is_attached && !is_attached) || entry.length_at_start(text).is_none() {
                    continue;
                }
                let at = ByteRange::new(start, start + entry.length_at_start(text)?);
                if self.counts(entry, at) {
                    return (entry.role != Role::None).then_some((entry, at));
                }
            }
        }
        None
    }

    /// True if an entry counts in this text, as it is written at a place.
    fn counts(&self, entry: &Entry, at: ByteRange) -> bool {
        let original = || self.text.original_range(at).slice(self.original);
        let is_so_written = match &entry.written {
            Written::AnyHow => true,
            Written::Capitals => !original().chars().any(char::is_lowercase),
            Written::Exactly(word) => original().contains(word.as_str()),
        };
        is_so_written && entry.counts_in(self.lang, || *self.script.get_or_init(|| script_of(self.original)))
    }

    /// True if a CJK character stands at a place.
    pub(super) fn is_char_at(&self, unit_start: usize) -> bool {
        let is_char = |unit: &Unit| unit.kind != UnitKind::Word;
        let units = self.text.units();
        units.binary_search_by_key(&unit_start, |unit| unit.folded.start).is_ok_and(|at| is_char(&units[at]))
    }
}

/// The script of a Chinese text: traditional if enough of its characters have another form in simplified texts.
fn script_of(original: &str) -> Script {
    let (mut all, mut traditional) = (0, 0);
    for character in original.chars().filter(|&character| char_script(character) == Some(CharScript::Han)) {
        all += 1;
        traditional += usize::from(simplified(character) != character);
    }
    if traditional > 0 && traditional * TRADITIONAL >= all { Script::Traditional } else { Script::Simplified }
}
