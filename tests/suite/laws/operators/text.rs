//! Stored texts as their chains read them: units, each with what it can be found by, and the sentences and paragraphs they stand in.

use std::cell::RefCell;
use std::collections::HashMap;

use tradewire::internals::analysis::quantity::Quantity;
use tradewire::internals::analysis::{Chain, Segmented, UnitKind};
use tradewire::internals::bounds::Bounds;
use tradewire::internals::document::ByteRange;

use super::spelling::{capitals, forms};
use crate::laws::{Corpus, Stored};

/// The number of a term, a surface form or a way to write capitals.
pub(super) type Symbol = usize;

/// Strings that texts have, each with a number.
#[derive(Default)]
pub(super) struct Symbols {
    numbers: HashMap<String, Symbol>,
    texts: Vec<String>,
}

impl Symbols {
    fn number(&mut self, text: &str) -> Symbol {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        self.numbers.insert(text.to_owned(), self.texts.len());
        self.texts.push(text.to_owned());
        self.texts.len() - 1
    }

    /// The number of a string; `None` if no text has it.
    pub(super) fn known(&self, text: &str) -> Option<Symbol> {
        self.numbers.get(text).copied()
    }
}

/// The strings that are like a wanted one. Each is compared once.
pub(super) struct Alike<'a> {
    symbols: &'a Symbols,
    is_like: Box<dyn Fn(&str) -> bool>,
    compared: RefCell<Vec<Option<bool>>>,
}

impl<'a> Alike<'a> {
    pub(super) fn new(symbols: &'a Symbols, is_like: Box<dyn Fn(&str) -> bool>) -> Alike<'a> {
        Alike { symbols, is_like, compared: RefCell::new(vec![None; symbols.texts.len()]) }
    }

    pub(super) fn contains(&self, symbol: Symbol) -> bool {
        *self.compared.borrow_mut()[symbol].get_or_insert_with(|| (self.is_like)(&self.symbols.texts[symbol]))
    }
}

/// A word or CJK character of a text as one chain reads it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) range: ByteRange,
    /// Its place in the text: its number, and one more for each paragraph before its own.
    pub(super) place: usize,
    pub(super) sentence: usize,
    pub(super) paragraph: usize,
    pub(super) is_word: bool,
    /// How its capitals are written.
    pub(super) written: Symbol,
    /// What a word can be typed as.
    pub(super) forms: Vec<Symbol>,
    /// Of a word the stems, of a character itself and in Korean passages its readings.
    pub(super) terms: Vec<Symbol>,
    /// Of a German compound the stems of its parts, each with the bytes of the part.
    pub(super) parts: Vec<(Symbol, ByteRange)>,
    /// A number, percentage or amount that begins here, with its bytes.
    pub(super) quantity: Option<(Quantity, ByteRange)>,
}

/// Title and text, as one chain reads them.
pub(super) struct Reading {
    pub(super) chain: Chain,
    pub(super) texts: [Vec<Unit>; 2],
}

/// A title or a text of a passage, as its chains read it.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) readings: &'a [Reading],
    pub(super) at: usize,
}

impl<'a> Text<'a> {
    pub(super) fn units(self, chain: Chain) -> &'a [Unit] {
        let reading = self.readings.iter().find(|reading| reading.chain == chain);
        reading.map_or(&[], |reading| &reading.texts[self.at])
    }
}

/// Reads passages, and numbers what it finds in them.
pub(super) struct Reader<'a> {
    corpus: &'a Corpus,
    pub(super) terms: Symbols,
    pub(super) forms: Symbols,
    pub(super) written: Symbols,
    /// The terms of characters, in Korean passages or not.
    characters: HashMap<(String, bool), Vec<String>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(corpus: &'a Corpus) -> Reader<'a> {
        let [terms, forms, written] = std::array::from_fn(|_| Symbols::default());
        Reader { corpus, terms, forms, written, characters: HashMap::new() }
    }

    pub(super) fn readings(&mut self, stored: &Stored) -> Vec<Reading> {
        let originals = [stored.passage.title.as_str(), stored.text.as_str()];
        let texts = originals.map(Segmented::new);
        let own = Chain::of(stored.passage.lang);
        let by_characters = !own.has_positions() || texts.iter().any(Segmented::has_chars);
        let chains = [own, Chain::Characters].into_iter().filter(|chain| match chain {
            Chain::Characters => by_characters,
            own => own.has_positions(),
        });
        // A title is one sentence and one paragraph.
        let of_text = Segmented::of_paragraphs(&stored.text);
        let bounds = [Bounds::default(), Bounds::of(&stored.text, &of_text, &self.corpus.analyzer)];
        let read = |chain| {
            let texts = [0, 1].map(|at| {
                let mut units = self.units(chain, (&texts[at], originals[at]), own == Chain::Korean);
                place(&mut units, &bounds[at]);
                let segmented = if at == 0 { &texts[at] } else { &of_text };
                for quantity in self.corpus.analyzer.quantities(segmented, originals[at], stored.passage.lang) {
                    let range = segmented.original_range(quantity.folded);
                    units[quantity.units.0 as usize].quantity = Some((quantity, range));
                }
                units
            });
            Reading { chain, texts }
        };
        chains.map(read).collect()
    }

    fn units(&mut self, chain: Chain, (text, original): (&Segmented, &str), korean: bool) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for unit in text.units() {
            let form = text.form(unit);
            let range = text.original_range(unit.folded);
            let is_word = unit.kind == UnitKind::Word;
            let forms = if is_word { forms(chain, form) } else { Vec::new() };
            let terms = if is_word { Vec::new() } else { self.character(form, korean) };
            units.push(Unit {
                range,
                place: 0,
                sentence: 0,
                paragraph: 0,
                is_word,
                written: self.written.number(&capitals(range.slice(original))),
                forms: forms.iter().map(|form| self.forms.number(form)).collect(),
                terms: terms.iter().map(|term| self.terms.number(term)).collect(),
                parts: Vec::new(),
                quantity: None,
            });
        }
        for token in self.corpus.analyzer.tokens_of(chain, text, false).unwrap() {
            let unit = &mut units[token.position as usize];
            if let Some(term) = token.term.strip_prefix('+') {
                // What is taken for a part is the word that its bytes are, inside another.
                assert!(unit.range.start <= token.range.start && token.range.end <= unit.range.end, "{token:?}");
                assert!(token.range != unit.range && chain == Chain::German, "{token:?}");
                unit.parts.push((self.terms.number(term), token.range));
            } else if unit.is_word {
                unit.terms.push(self.terms.number(&token.term));
            }
        }
        units
    }

    fn character(&mut self, form: &str, korean: bool) -> Vec<String> {
        let read = || {
            let alone = Segmented::new(form);
            let tokens = self.corpus.analyzer.tokens_of(Chain::Characters, &alone, korean).unwrap();
            tokens.into_iter().map(|token| token.term).collect()
        };
        self.characters.entry((form.to_owned(), korean)).or_insert_with(read).clone()
    }
}

/// Gives units their places, and the numbers of their sentences and paragraphs.
fn place(units: &mut [Unit], bounds: &Bounds) {
    let paragraphs = bounds.paragraphs.get(1..).unwrap_or(&[]);
    let (mut place, mut sentence, mut paragraph) = (0, 0, 0);
    for unit in units {
        // The place of a first unit is after the free one.
        if paragraphs.get(paragraph).is_some_and(|&start| start as usize == place + 1) {
            place += 1;
            paragraph += 1;
            sentence += 1;
        } else if bounds.sentences.contains(&u32::try_from(place).unwrap()) {
            sentence += 1;
        }
        (unit.place, unit.sentence, unit.paragraph) = (place, sentence, paragraph);
        place += 1;
    }
}
