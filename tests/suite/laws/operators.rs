//! Laws 3 and 4 for what stands at a place in the text: prefixes, words that are alike, exact forms, phrases, and
//! anything near each other, in one sentence or paragraph, or not, find and mark exactly what a plain reading of every passage finds.
//! The reading takes the engine's units and tokens and where its sentences begin, and nothing of its matching.

mod checks;
mod whole_article;
mod wildcards;

pub(super) use self::checks::{check_leaves, check_nested_near};

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use proptest::prelude::*;
use tradewire::internals::analysis::quantity::{Quantity, QuantityKind};
use tradewire::internals::analysis::{Chain, CharScript, Segmented, UnitKind};
use tradewire::internals::bounds::Bounds;
use tradewire::internals::document::ByteRange;
use tradewire::internals::query::{Bound, Nearness, QueryAst, WantedKind, WantedQuantity, Within};
use unicode_normalization::UnicodeNormalization;

use super::queries::{Algebra, Vocabulary, as_term};
use super::{Corpus, Stored, Verdict, holds};

/// Passages that are read; more would only take time.
const PASSAGES: usize = 600;

/// A word or CJK character of a text as one chain reads it.
#[derive(Debug, Clone)]
struct Unit {
    range: ByteRange,
    /// Its place in the text: its number, and one more for each paragraph before its own.
    place: usize,
    sentence: usize,
    paragraph: usize,
    is_word: bool,
    /// A word as it is written.
    written: String,
    /// The folded character, or what a word can be typed as.
    forms: Vec<String>,
    /// Of a word the stems, of a character itself and in Korean passages its readings.
    terms: Vec<String>,
    /// Of a German compound the stems of its parts, each with the bytes of the part.
    parts: Vec<(String, ByteRange)>,
    /// A number, percentage or amount that begins here, with its bytes.
    quantity: Option<(Quantity, ByteRange)>,
}

/// Title and text, as one chain reads them.
struct Reading {
    chain: Chain,
    texts: [Vec<Unit>; 2],
}

/// A title or a text of a passage, as its chains read it.
#[derive(Clone, Copy)]
struct Text<'a> {
    readings: &'a [Reading],
    at: usize,
}

impl<'a> Text<'a> {
    fn units(self, chain: Chain) -> &'a [Unit] {
        let reading = self.readings.iter().find(|reading| reading.chain == chain);
        reading.map_or(&[], |reading| &reading.texts[self.at])
    }
}

/// Where something stands, in units, and the bytes of it that are to be marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    start: usize,
    end: usize,
    /// The sentence that it stands in, if it is one.
    sentence: Option<usize>,
    paragraph: Option<usize>,
    /// The number of its last unit in the text.
    last_unit: usize,
    parts: Vec<ByteRange>,
}

/// What has to stand at one place.
enum Want {
    Term(String),
    Form(Box<dyn Fn(&str) -> bool>),
    Written(Box<dyn Fn(&str) -> bool>, Vec<String>),
    Char(String),
    AnyChar,
}

struct Oracle<'a> {
    corpus: &'a Corpus,
    passages: Vec<(&'a Stored, Vec<Reading>)>,
    characters: RefCell<HashMap<(String, bool), Vec<String>>>,
    /// Hits so far, and those in which several things are near each other.
    hits: Cell<(usize, usize)>,
}

impl<'a> Oracle<'a> {
    fn new(corpus: &'a Corpus) -> Oracle<'a> {
        let mut oracle = Oracle { corpus, passages: Vec::new(), characters: RefCell::default(), hits: Cell::default() };
        let step = corpus.passages.len().div_ceil(PASSAGES).max(1);
        oracle.passages =
            corpus.passages.iter().step_by(step).map(|stored| (stored, oracle.readings(stored))).collect();
        oracle
    }

    fn readings(&self, stored: &Stored) -> Vec<Reading> {
        let originals = [stored.passage.title.as_str(), stored.text.as_str()];
        let texts = originals.map(Segmented::new);
        let own = Chain::of(stored.passage.lang);
        let by_characters = !own.has_positions() || texts.iter().any(Segmented::has_chars);
        let chains = [own, Chain::Characters];
        let chains = chains.into_iter().filter(|chain| match chain {
            Chain::Characters => by_characters,
            own => own.has_positions(),
        });
        let korean = Chain::of(stored.passage.lang) == Chain::Korean;
        // A title is one sentence and one paragraph.
        let of_text = Segmented::of_paragraphs(&stored.text);
        let bounds = [Bounds::default(), Bounds::of(&stored.text, &of_text, &self.corpus.analyzer)];
        let read = |chain| {
            let texts = [0, 1].map(|at| {
                let mut units = self.units(chain, (&texts[at], originals[at]), korean);
                place(&mut units, &bounds[at]);
                let segmented = if at == 0 { &texts[at] } else { &of_text };
                let analyzer = &self.corpus.analyzer;
                for quantity in analyzer.quantities(segmented, originals[at], stored.passage.lang) {
                    let range = segmented.original_range(quantity.folded);
                    units[quantity.units.0 as usize].quantity = Some((quantity, range));
                }
                units
            });
            Reading { chain, texts }
        };
        chains.map(read).collect()
    }

    fn units(&self, chain: Chain, (text, original): (&Segmented, &str), korean: bool) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for unit in text.units() {
            let form = text.form(unit);
            let is_word = unit.kind == UnitKind::Word;
            units.push(Unit {
                range: text.original_range(unit.folded),
                place: 0,
                sentence: 0,
                paragraph: 0,
                is_word,
                written: text.original_range(unit.folded).slice(original).to_owned(),
                forms: if is_word { forms(chain, form) } else { vec![form.to_owned()] },
                terms: if is_word { Vec::new() } else { self.character(form, korean) },
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
                unit.parts.push((term.to_owned(), token.range));
            } else if unit.is_word {
                unit.terms.push(token.term);
            }
        }
        units
    }

    fn character(&self, form: &str, korean: bool) -> Vec<String> {
        let key = (form.to_owned(), korean);
        let read = || {
            let alone = Segmented::new(form);
            let tokens = self.corpus.analyzer.tokens_of(Chain::Characters, &alone, korean).unwrap();
            tokens.into_iter().map(|token| token.term).collect()
        };
        self.characters.borrow_mut().entry(key).or_insert_with(read).clone()
    }

    /// What a typed text wants, each unit by its stem.
    fn row(&self, chain: Chain, text: &Segmented) -> Vec<Want> {
        let mut terms: HashMap<u32, String> = HashMap::new();
        for token in self.corpus.analyzer.tokens_of(chain, text, false).unwrap() {
            terms.entry(token.position).or_insert(token.term);
        }
        let units = text.units().iter().enumerate();
        let want = |(at, unit): (usize, &tradewire::internals::analysis::Unit)| match unit.kind {
            UnitKind::Word => Want::Term(terms[&u32::try_from(at).unwrap()].clone()),
            UnitKind::Char(_) => Want::Char(text.form(unit).to_owned()),
        };
        units.map(want).collect()
    }

    /// Everywhere that a leaf stands in a text.
    fn find(&self, ast: &QueryAst, chain: Chain, text: Text<'_>) -> Vec<Found> {
        // Of a query with CJK characters, words alone are no reading.
        let has_chars = |text: &str| Segmented::new(text).has_chars();
        if chain != Chain::Characters && texts_of(ast).into_iter().any(has_chars) && !has_or(ast) {
            return Vec::new();
        }
        let units = text.units(chain);
        let mut found = match ast {
            QueryAst::Word(text) => {
                let mut found = self.term(text, chain, units);
                let word = Segmented::new(text);
                // A stop word is no part of another word: Gegenzug is not about gegen.
                let is_listed = |form: &str| self.corpus.config.analysis.is_stopword(chain, form);
                if let ([Want::Term(stem)], Chain::German) = (&self.row(chain, &word)[..], chain)
                    && !surfaces(word.form(&word.units()[0])).iter().any(|form| is_listed(form))
                {
                    found.extend(parts(stem, units));
                }
                found
            }
            QueryAst::Phrase(text) => rows(&self.row(chain, &Segmented::new(text)), units),
            QueryAst::Proximity { text, distance } => {
                let mut found = rows(&self.row(chain, &Segmented::new(text)), units);
                let words = text.split_whitespace().filter(|word| !super::queries::is_blank(word));
                let parts: Vec<Vec<Found>> = words.map(|word| self.term(word, chain, units)).collect();
                if parts.len() > 1 {
                    found.extend(near(&parts, Nearness::any_order(*distance)));
                }
                found
            }
            QueryAst::Near { operands, nearness } if nearness.negated => {
                let mut found = self.find(&operands[0], chain, text);
                let chains = || text.readings.iter().map(|reading| reading.chain);
                for other in &operands[1..] {
                    let others: Vec<Found> = chains().flat_map(|chain| self.find(other, chain, text)).collect();
                    found.retain(|one| !others.iter().any(|other| is_so_near(one, other, *nearness)));
                }
                found
            }
            QueryAst::Near { operands, nearness } => {
                let parts: Vec<Vec<Found>> = operands.iter().map(|operand| self.find(operand, chain, text)).collect();
                near(&parts, *nearness)
            }
            QueryAst::Or(items) => items.iter().flat_map(|item| self.find(item, chain, text)).collect(),
            QueryAst::Prefix(text) => {
                self.by_last(text, chain, units, |typed| Box::new(move |surface: &str| surface.starts_with(&typed)))
            }
            QueryAst::Wildcard(text) => wildcards::find(self, text, chain, units),
            QueryAst::Fuzzy { word, edits } => {
                let edits = *edits;
                self.by_last(word, chain, units, |typed| {
                    let typed: Vec<char> = typed.chars().collect();
                    let edits = edits.map_or(if typed.len() <= 5 { 1 } else { 2 }, usize::from);
                    Box::new(move |surface: &str| {
                        edit_distance(&surface.chars().collect::<Vec<char>>(), &typed) <= edits
                    })
                })
            }
            QueryAst::Caps(typed) => {
                let text = Segmented::new(typed);
                let written =
                    |unit: &tradewire::internals::analysis::Unit| text.original_range(unit.folded).slice(typed);
                let want = text.units().iter().map(|unit| match unit.kind {
                    UnitKind::Word => {
                        let form = surfaces(text.form(unit)).swap_remove(0);
                        Want::Written(Box::new(move |surface: &str| surface == form), capitals(written(unit)))
                    }
                    UnitKind::Char(_) => Want::Char(text.form(unit).to_owned()),
                });
                rows(&want.collect::<Vec<Want>>(), units)
            }
            QueryAst::Exact(text) => {
                let text = Segmented::new(text);
                let units_of = text.units().iter();
                let want: Vec<Want> = units_of
                    .map(|unit| match unit.kind {
                        UnitKind::Word => {
                            let typed = surfaces(text.form(unit)).swap_remove(0);
                            Want::Form(Box::new(move |surface: &str| surface == typed))
                        }
                        UnitKind::Char(_) => Want::Char(text.form(unit).to_owned()),
                    })
                    .collect();
                rows(&want, units)
            }
            QueryAst::Quantity(wanted) => {
                let quantities = units.iter().filter_map(|unit| unit.quantity.as_ref());
                let meant = quantities.filter(|(quantity, _)| is_meant(wanted, quantity));
                let found = |(quantity, range): &(Quantity, ByteRange)| {
                    found_at(&units[quantity.units.0 as usize..quantity.units.1 as usize], *range)
                };
                meant.map(found).collect()
            }
            other => panic!("no leaf: {other:?}"),
        };
        found.sort();
        found.dedup();
        found
    }

    fn by_last(
        &self,
        text: &str,
        chain: Chain,
        units: &[Unit],
        form: impl FnOnce(String) -> Box<dyn Fn(&str) -> bool>,
    ) -> Vec<Found> {
        let text = Segmented::new(text);
        let mut row = self.row(chain, &text);
        let last = text.units().last().unwrap();
        if last.kind == UnitKind::Word {
            *row.last_mut().unwrap() = Want::Form(form(surfaces(text.form(last)).swap_remove(0)));
        }
        rows(&row, units)
    }

    /// A word or run: as it is, or without the Korean particles around what the morphemes keep.
    fn term(&self, text: &str, chain: Chain, units: &[Unit]) -> Vec<Found> {
        let word = Segmented::new(text);
        let row = self.row(chain, &word);
        let mut found = rows(&row, units);
        if word.has_script(CharScript::Hangul) {
            let folded = Segmented::new(word.text());
            let mut kept = self.corpus.analyzer.tokens_of(Chain::Korean, &folded, false).unwrap();
            let is_stopword = |token: &tradewire::internals::analysis::Token| {
                self.corpus.config.analysis.is_stopword(Chain::Korean, &token.term)
            };
            if !kept.iter().all(is_stopword) {
                kept.retain(|token| !is_stopword(token));
            }
            // The stretch from the front to the last of what is kept, if that begins in front.
            let is_front_kept = kept.iter().any(|token| token.position == 0);
            let end = kept.iter().map(|token| {
                let end = folded.units().iter().filter(|unit| unit.folded.start < token.range.end).count();
                end.max(token.position as usize + 1)
            });
            if let (true, Some(end)) = (is_front_kept, end.max())
                && (end > 1 || folded.units()[0].kind == UnitKind::Word)
            {
                found.extend(rows(&row[..end], units));
            }
        }
        found
    }
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

/// What a word of a text can be typed as: the word, what an elided article or particle stands before, and in other languages what
/// stands before an apostrophe.
fn forms(chain: Chain, word: &str) -> Vec<String> {
    let mut forms = surfaces(word);
    let is_long = |part: &str| surfaces(part)[0].chars().count() > 2;
    if let Some((before, after)) = word.split_once('\'') {
        let is_elided = "c d j l m n o s t qu all dall dell nell sull un".split(' ').any(|elided| elided == before);
        if is_elided && !after.contains('\'') && is_long(after) {
            forms.extend(surfaces(after));
        } else if chain == Chain::Undetermined && is_long(before) {
            forms.extend(surfaces(before));
        }
    }
    forms
}

/// What a folded word can be typed as: without apostrophes and the dots of acronyms; umlauts spelled out, or dropped.
fn surfaces(word: &str) -> Vec<String> {
    let letters: Vec<&str> = word.split('.').collect();
    let is_acronym = letters.len() > 1
        && letters.iter().all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic));
    let mut plain = word.replace(['\'', '’', '＇'], "");
    if is_acronym {
        plain = plain.replace('.', "");
    }
    let spelled = |[a, o, u]: [&str; 3]| plain.replace('ä', a).replace('ö', o).replace('ü', u);
    let mut surfaces = vec![spelled(["ae", "oe", "ue"]), spelled(["a", "o", "u"])];
    surfaces.dedup();
    surfaces
}

/// The capitals of a word: none, the first letter, all letters if there are several, or else the very letters.
fn capitals(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.nfkd().filter(|letter| letter.is_alphanumeric()).collect();
    let cased: Vec<bool> = letters
        .iter()
        .filter(|letter| **letter != 'ß' && (letter.is_uppercase() || letter.is_lowercase()))
        .map(|letter| letter.is_uppercase())
        .collect();
    let number = cased.iter().filter(|capital| **capital).count();
    match number {
        0 => Vec::new(),
        1 if cased[0] => vec!["first".to_owned()],
        all if all == cased.len() => vec!["all".to_owned()],
        _ => vec!["as written".to_owned(), letters.into_iter().collect()],
    }
}

/// Letters inserted, left out, replaced, or two neighbours swapped; none touched twice.
fn edit_distance(left: &[char], right: &[char]) -> usize {
    let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
    for at in 0..=left.len() {
        for other in 0..=right.len() {
            table[at][other] = if at == 0 || other == 0 {
                at + other
            } else {
                let replaced = table[at - 1][other - 1] + usize::from(left[at - 1] != right[other - 1]);
                let best = replaced.min(table[at - 1][other] + 1).min(table[at][other - 1] + 1);
                let is_swap =
                    at > 1 && other > 1 && left[at - 1] == right[other - 2] && left[at - 2] == right[other - 1];
                if is_swap { best.min(table[at - 2][other - 2] + 1) } else { best }
            };
        }
    }
    table[left.len()][right.len()]
}

fn rows(row: &[Want], units: &[Unit]) -> Vec<Found> {
    if row.is_empty() {
        return Vec::new();
    }
    let is = |unit: &Unit, want: &Want| match want {
        Want::Term(term) => unit.is_word && unit.terms.contains(term),
        Want::Form(form) => unit.is_word && unit.forms.iter().any(|surface| form(surface)),
        Want::Written(form, written) => {
            unit.is_word && unit.forms.iter().any(|surface| form(surface)) && capitals(&unit.written) == *written
        }
        Want::AnyChar => !unit.is_word,
        Want::Char(character) => !unit.is_word && unit.terms.contains(character),
    };
    let matching = units.windows(row.len()).filter(|window| {
        let is_one_paragraph = window.iter().all(|unit| unit.paragraph == window[0].paragraph);
        is_one_paragraph && window.iter().zip(row).all(|(unit, want)| is(unit, want))
    });
    let found =
        |window: &[Unit]| found_at(window, ByteRange::new(window[0].range.start, window[row.len() - 1].range.end));
    matching.map(found).collect()
}

/// What stands at some units that follow each other, with the bytes to mark.
fn found_at(units: &[Unit], bytes: ByteRange) -> Found {
    let (first, last) = (&units[0], &units[units.len() - 1]);
    Found {
        start: first.place,
        end: last.place + 1,
        sentence: (first.sentence == last.sentence).then_some(first.sentence),
        paragraph: (first.paragraph == last.paragraph).then_some(first.paragraph),
        last_unit: last.place - last.paragraph,
        parts: vec![bytes],
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

/// Every part of a word that has this stem.
fn parts(stem: &str, units: &[Unit]) -> Vec<Found> {
    let mut found = Vec::new();
    for unit in units {
        let same = unit.parts.iter().filter(|(part, _)| part == stem);
        found.extend(same.map(|&(_, bytes)| found_at(std::slice::from_ref(unit), bytes)));
    }
    found
}

fn has_or(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Or(_) => true,
        QueryAst::Near { operands, .. } => operands.iter().any(has_or),
        _ => false,
    }
}

/// The texts of a leaf that have to stand in a passage.
fn texts_of(ast: &QueryAst) -> Vec<&str> {
    match ast {
        QueryAst::Word(text) | QueryAst::Phrase(text) | QueryAst::Prefix(text) | QueryAst::Exact(text) => vec![text],
        QueryAst::Wildcard(text) | QueryAst::Caps(text) => vec![text],
        QueryAst::Proximity { text, .. } | QueryAst::Fuzzy { word: text, .. } => vec![text],
        QueryAst::Near { operands, nearness } if nearness.negated => texts_of(&operands[0]),
        QueryAst::Near { operands: items, .. } | QueryAst::Or(items) => items.iter().flat_map(texts_of).collect(),
        _ => Vec::new(),
    }
}

/// True if something stands so near another as a rule without its negation says. What overlaps is near, unless it is the same
/// place or an order is asked for.
fn is_so_near(one: &Found, other: &Found, nearness: Nearness) -> bool {
    let is_within = match nearness.within {
        Within::Units(distance) => {
            let between =
                if other.start >= one.end { other.start - one.end } else { one.start.saturating_sub(other.end) };
            between <= distance as usize
        }
        Within::Sentence => one.sentence.is_some() && one.sentence == other.sentence,
        Within::Paragraph => one.paragraph.is_some() && one.paragraph == other.paragraph,
    };
    let is_another = (one.start, one.end) != (other.start, other.end);
    is_within && is_another && (!nearness.in_order || other.start >= one.end)
}

/// Every choice of one of each, none over another, with at most so many units between them in all, or in one sentence or paragraph.
fn near(parts: &[Vec<Found>], nearness: Nearness) -> Vec<Found> {
    let mut found = Vec::new();
    let room: Vec<usize> =
        parts.iter().map(|part| part.iter().map(|found| found.end - found.start).max().unwrap_or(0)).collect();
    choose(parts, &room, nearness, &mut Vec::new(), &mut found);
    found
}

fn choose<'a>(
    parts: &'a [Vec<Found>],
    room: &[usize],
    nearness: Nearness,
    chosen: &mut Vec<&'a Found>,
    found: &mut Vec<Found>,
) {
    let start = chosen.iter().map(|one| one.start).min().unwrap_or(0);
    let end = chosen.iter().map(|one| one.end).max().unwrap_or(0);
    let taken: usize = chosen.iter().map(|one| one.end - one.start).sum();
    let free: usize = room[chosen.len()..].iter().sum();
    let in_one = |stretch: fn(&Found) -> Option<usize>| {
        let first = chosen.first().and_then(|one| stretch(one));
        first.filter(|_| chosen.iter().all(|one| stretch(one) == first))
    };
    let (sentence, paragraph) = (in_one(|one| one.sentence), in_one(|one| one.paragraph));
    let is_within = match nearness.within {
        _ if chosen.is_empty() => true,
        Within::Units(distance) => end - start <= taken + free + distance as usize,
        Within::Sentence => sentence.is_some(),
        Within::Paragraph => paragraph.is_some(),
    };
    if !is_within {
        return;
    }
    if chosen.len() == parts.len() {
        let mut parts: Vec<ByteRange> = chosen.iter().flat_map(|one| one.parts.iter().copied()).collect();
        parts.sort_unstable();
        let last_unit = chosen.iter().map(|one| one.last_unit).max().unwrap_or(0);
        found.push(Found { start, end, sentence, paragraph, last_unit, parts });
        return;
    }
    for one in &parts[chosen.len()] {
        let stands = |other: &&Found| other.end <= one.start || (!nearness.in_order && one.end <= other.start);
        if chosen.iter().all(stands) {
            chosen.push(one);
            choose(parts, room, nearness, chosen, found);
            chosen.pop();
        }
    }
}

/// Overlapping ranges as one; those that touch stay apart.
pub(super) fn merged(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut merged: Vec<ByteRange> = Vec::new();
    for range in ranges {
        match merged.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}
