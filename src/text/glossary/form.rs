//! The analysed form of a name: its words as terms, its CJK characters folded.
//!
//! Names and texts are analysed by the same chains, so inflection, case, umlauts, Chinese script and Korean spacing make no
//! difference between them.

use crate::text::analysis::{Analyzer, Chain, Segmented, UnitKind};
use crate::text::glossary::concept::Name;

/// A unit of a name: a word or a CJK character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormUnit {
    /// A word, as its term in the chain of the form.
    Word(String),
    /// A CJK character, folded.
    Char(String),
}

/// The analysed form of a name.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// The analysis chain that makes terms of the name's words.
    pub(crate) chain: Chain,
    /// The units of the name; never empty in a table that was checked.
    pub(crate) units: Vec<FormUnit>,
    /// The text before each unit in the name: spaces, punctuation, or nothing.
    gaps: Vec<String>,
    /// For a case-sensitive name, the name as it has to be written, without full stops.
    pub(crate) written: Option<String>,
}

impl Form {
    pub(crate) fn read(name: &Name, analyzer: &Analyzer) -> Form {
        let chain = name.column.words_chain();
        let text = Segmented::new(&name.text);
        let units = text.units().iter().map(|unit| match unit.kind {
            UnitKind::Word => FormUnit::Word(analyzer.term_of_word(chain, text.form(unit))),
            UnitKind::Char(_) => FormUnit::Char(text.form(unit).to_owned()),
        });
        let ends = std::iter::once(0).chain(text.units().iter().map(|unit| unit.folded.end));
        let gaps = ends.zip(text.units()).map(|(end, unit)| text.text()[end..unit.folded.start].to_owned());
        Form {
            chain,
            units: units.collect(),
            gaps: gaps.collect(),
            written: name.is_as_written.then(|| without_stops(&name.text)),
        }
    }

    /// True if the form occurs in `text` from a unit on, where the first unit is known to match.
    pub(crate) fn continues_at(&self, text: &impl FormText, at: usize) -> bool {
        self.stands_from(text, at, 1)
    }

    /// True if the form occurs in `text` from a unit on.
    pub(crate) fn stands_at(&self, text: &impl FormText, at: usize) -> bool {
        self.stands_from(text, at, 0)
    }

    /// As [`Form::stands_at`], where the first `known` units are known to match.
    fn stands_from(&self, text: &impl FormText, at: usize, known: usize) -> bool {
        let units = self.units.len();
        at + units <= text.len()
            && (known..units).all(|offset| text.is(at + offset, self.chain, &self.units[offset]))
            && (1..units).all(|offset| text.may_join(at + offset, &self.gaps[offset]))
            && self.written.as_ref().is_none_or(|written| *written == without_stops(&text.original(at, units)))
    }
}

/// A text in which forms are looked for, as units.
pub(crate) trait FormText {
    /// Number of units in the text.
    fn len(&self) -> usize;
    /// The folded form of a unit.
    fn form(&self, at: usize) -> &str;
    /// True if a unit is a CJK character; else it is a word.
    fn is_char(&self, at: usize) -> bool;
    /// The analyzer that makes terms of the words.
    fn analyzer(&self) -> &Analyzer;
    /// True if a unit of the text matches a unit of a form, whose words are terms of `chain`.
    fn is(&self, at: usize, chain: Chain, unit: &FormUnit) -> bool {
        let own = self.form(at);
        match unit {
            FormUnit::Char(form) => self.is_char(at) && own == form,
            FormUnit::Word(term) => {
                // A term begins as its word does, but for umlauts; comparing the first byte rules out most words cheaply.
                let first = own.bytes().next();
                let may_be = !first.is_some_and(|first| first.is_ascii()) || term.bytes().next() == first;
                may_be
                    && !self.is_char(at)
                    && self.analyzer().word(chain, own).terms().iter().any(|known| known == term)
            }
        }
    }
    /// True if a unit may follow the one before it in a name that has `gap` between them. By default the text between
    /// them makes no difference.
    fn may_join(&self, _at: usize, _gap: &str) -> bool {
        true
    }
    /// The original text of `units` units from `at` on, as it was written.
    fn original(&self, at: usize, units: usize) -> String;
}

/// A text without full stops, so that `U.S.` and `US` are the same name.
fn without_stops(text: &str) -> String {
    text.chars().filter(|&character| character != '.').collect()
}
