//! What a leaf of a query wants of a text, as one chain reads both, and everywhere that it stands.

use tradewire::internals::analysis::Chain;
use tradewire::internals::analysis::quantity::{Quantity, QuantityKind};
use tradewire::internals::document::ByteRange;
use tradewire::internals::query::{Bound, Nearness, WantedKind, WantedQuantity};

use super::found::{Choice, Found, found_at, is_so_near, near, shortest};
use super::text::{Alike, Symbol, Text, Unit};

/// What has to stand at one place. A word or character that no text has is `None`.
pub(super) enum Want<'a> {
    Term(Option<Symbol>),
    /// A word with one of these forms.
    Form(Alike<'a>),
    /// The same with these capitals.
    Written(Alike<'a>, Option<Symbol>),
    Char(Option<Symbol>),
    AnyChar,
}

impl Want<'_> {
    fn is(&self, unit: &Unit) -> bool {
        let has_form = |forms: &Alike<'_>| unit.forms.iter().any(|&form| forms.contains(form));
        match self {
            Want::Term(term) => unit.is_word && term.is_some_and(|term| unit.terms.contains(&term)),
            Want::Form(forms) => unit.is_word && has_form(forms),
            Want::Written(forms, written) => unit.is_word && Some(unit.written) == *written && has_form(forms),
            Want::AnyChar => !unit.is_word,
            Want::Char(term) => !unit.is_word && term.is_some_and(|term| unit.terms.contains(&term)),
        }
    }
}

/// A leaf as one chain reads it.
pub(super) enum Wanted<'a> {
    /// Units that follow each other within a paragraph.
    Row(Vec<Want<'a>>),
    /// A part of a German word.
    Part(Option<Symbol>),
    Quantity(WantedQuantity),
    Any(Vec<Wanted<'a>>),
    Near(Vec<Wanted<'a>>, Nearness),
    /// The first without any of the others near it, whichever chain reads them.
    Apart(Box<Wanted<'a>>, Vec<(Chain, Wanted<'a>)>, Nearness),
}

impl Wanted<'_> {
    /// Everywhere that it stands in a text.
    pub(super) fn find(&self, chain: Chain, text: Text<'_>) -> Vec<Found> {
        let mut found = match self {
            Wanted::Near(parts, nearness) => {
                let parts = found_of(parts, chain, text);
                near(&parts, *nearness).iter().map(Choice::whole).collect()
            }
            Wanted::Any(items) => items.iter().flat_map(|item| item.find(chain, text)).collect(),
            other => other.find_as_operand(chain, text),
        };
        found.sort();
        found.dedup();
        found
    }

    /// The same for what stands in another operator of place.
    fn find_as_operand(&self, chain: Chain, text: Text<'_>) -> Vec<Found> {
        let units = text.units(chain);
        match self {
            Wanted::Row(row) => rows(row, units),
            Wanted::Part(stem) => stem.map_or_else(Vec::new, |stem| parts(stem, units)),
            Wanted::Quantity(wanted) => {
                let quantities = units.iter().filter_map(|unit| unit.quantity.as_ref());
                let meant = quantities.filter(|(quantity, _)| is_meant(wanted, quantity));
                let found = |(quantity, range): &(Quantity, ByteRange)| {
                    found_at(&units[quantity.units.0 as usize..quantity.units.1 as usize], *range)
                };
                meant.map(found).collect()
            }
            Wanted::Any(items) => items.iter().flat_map(|item| item.find_as_operand(chain, text)).collect(),
            Wanted::Near(parts, nearness) => shortest(&near(&found_of(parts, chain, text), *nearness)),
            Wanted::Apart(one, others, nearness) => {
                let mut found = one.find_as_operand(chain, text);
                if !found.is_empty() {
                    let others = others.iter().flat_map(|(chain, other)| other.find_as_operand(*chain, text));
                    let others: Vec<Found> = others.collect();
                    found.retain(|one| !others.iter().any(|other| is_so_near(one, other, *nearness)));
                }
                found
            }
        }
    }
}

/// What is found of each part; nothing of any if one of them is found nowhere.
fn found_of(parts: &[Wanted<'_>], chain: Chain, text: Text<'_>) -> Vec<Vec<Found>> {
    let mut found = vec![Vec::new(); parts.len()];
    for (found, part) in found.iter_mut().zip(parts) {
        *found = part.find_as_operand(chain, text);
        if found.is_empty() {
            break;
        }
        found.sort();
        found.dedup();
    }
    found
}

fn rows(row: &[Want<'_>], units: &[Unit]) -> Vec<Found> {
    if row.is_empty() {
        return Vec::new();
    }
    let matching = units.windows(row.len()).filter(|window| {
        row.iter().zip(*window).all(|(want, unit)| want.is(unit))
            && window.iter().all(|unit| unit.paragraph == window[0].paragraph)
    });
    let found =
        |window: &[Unit]| found_at(window, ByteRange::new(window[0].range.start, window[row.len() - 1].range.end));
    matching.map(found).collect()
}

/// Every part of a word that has this stem.
fn parts(stem: Symbol, units: &[Unit]) -> Vec<Found> {
    let mut found = Vec::new();
    for unit in units {
        let same = unit.parts.iter().filter(|(part, _)| *part == stem);
        found.extend(same.map(|&(_, bytes)| found_at(std::slice::from_ref(unit), bytes)));
    }
    found
}

/// True if a quantity is of the wanted kind and within the range.
fn is_meant(wanted: &WantedQuantity, quantity: &Quantity) -> bool {
    let is_kind = match quantity.kind {
        QuantityKind::Number => wanted.kind == WantedKind::Number,
        QuantityKind::Percent => wanted.kind == WantedKind::Percent,
        QuantityKind::Amount(currency) => {
            [WantedKind::Amount(None), WantedKind::Amount(Some(currency))].contains(&wanted.kind)
        }
    };
    let is_above = |end: Bound| quantity.value > end.value || (end.is_included && quantity.value == end.value);
    let is_below = |end: Bound| quantity.value < end.value || (end.is_included && quantity.value == end.value);
    is_kind && wanted.from.is_none_or(is_above) && wanted.to.is_none_or(is_below)
}
