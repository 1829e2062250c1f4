//! The Korean chain: morphemes by lindera with mecab-ko-dic, chosen by part of speech.
//!
//! Nouns, predicates (by their stem), adverbs, affixes of nouns and unknown words are kept, particles and endings are
//! not; compounds count whole and in parts. Tags are those of the Sejong tag set as mecab-ko-dic uses it. Words in
//! other scripts and hanja are taken from the units, so that they are the same whether or not Hangul stands beside
//! them, and the dictionary is touched only for text with Hangul in it. The only file that knows lindera.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::sync::Arc;

use anyhow::{Context, Result};
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;
use lindera_dictionary::builder::user_dictionary::UserDictionaryBuilderOptions;
use lindera_dictionary::dictionary::{Dictionary, UserDictionary};
use lindera_dictionary::viterbi::Lattice;
use tradewire_dictionaries::KOREAN_LEMMAS;

use crate::text::analysis::fold::{Folded, clip};
use crate::text::analysis::options::KoreanOptions;
use crate::text::analysis::script::{ends_in_consonant, is_hangul};
use crate::text::analysis::unit::Segmented;
use crate::text::analysis::word_cache::WordCache;
use crate::text::document::ByteRange;

/// Columns of a dictionary entry's details, in the order of the schema that the dictionary builder writes.
const TAG: usize = 0;
const TYPE: usize = 2;
const EXPRESSION: usize = 5;
/// Columns of an entry: surface, ids of its contexts, cost, details.
const ENTRY_COLUMNS: usize = 10;
/// Less than nouns of the dictionary cost, so that a word is preferred to other ways of cutting it; not so little that it
/// would be found inside of other words.
const WORD_COST: i16 = -500;

/// A kept morpheme of a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Morpheme {
    pub(crate) form: Box<str>,
    /// Bytes from the start of the piece.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What stands between two spaces of a folded text, or a space and an end of a sentence, which the dictionary has costs for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) text: &'a str,
    /// Where it stands in the folded text.
    pub(crate) start: usize,
    after_space: bool,
    before_space: bool,
}

/// What a thread remembers, and the lattice that it cuts with.
#[derive(Default)]
pub(crate) struct KoreanMemory {
    pieces: [RefCell<WordCache<Arc<[Morpheme]>>>; 4],
    lattice: RefCell<Lattice>,
}

/// Finds morphemes.
pub(crate) struct Korean {
    segmenter: Segmenter,
    dropped_tags: Vec<String>,
}

impl Korean {
    /// Loads the embedded dictionary; its pages are read as they are touched.
    pub(crate) fn load(options: &KoreanOptions) -> Result<Korean> {
        let dictionary = tradewire_dictionaries::korean::load().context("loading the embedded Korean dictionary")?;
        let words =
            user_dictionary(&dictionary, &options.words).context("adding the Korean words of the configuration")?;
        let segmenter = Segmenter::new(Mode::Normal, dictionary, Some(words));
        Ok(Korean { segmenter, dropped_tags: options.dropped_tags.clone() })
    }

    /// The kept morphemes of a piece, in its order; the parts of a compound follow the compound.
    ///
    /// Between two spaces a text is cut by itself: the dictionary reads a space in one way only, so no way through the lattice
    /// goes around it, and what is cheapest before does not depend on what comes after. The same pieces come again and
    /// again, and are remembered.
    pub(crate) fn morphemes(&self, piece: &Piece<'_>, memory: &KoreanMemory) -> Result<Arc<[Morpheme]>> {
        let KoreanMemory { pieces, lattice } = memory;
        let &Piece { text, after_space, before_space, .. } = piece;
        let pieces = &pieces[usize::from(after_space) + 2 * usize::from(before_space)];
        if let Some(known) = pieces.borrow_mut().get(text) {
            return Ok(known);
        }
        let space = |is_there: bool| if is_there { " " } else { "" };
        let beside = format!("{}{text}{}", space(after_space), space(before_space));
        let morphemes: Arc<[Morpheme]> = self.cut(&beside, usize::from(after_space), &mut lattice.borrow_mut())?.into();
        pieces.borrow_mut().keep(text, Arc::clone(&morphemes));
        Ok(morphemes)
    }

    /// The morphemes of a text, placed `shift` bytes before where they stand in it.
    fn cut(&self, text: &str, shift: usize, lattice: &mut Lattice) -> Result<Vec<Morpheme>> {
        let mut morphemes = Vec::new();
        let mut emit = |form: &str, range: ByteRange| {
            morphemes.push(Morpheme { form: form.into(), start: range.start - shift, end: range.end - shift });
        };
        let tokens =
            self.segmenter.segment_with_lattice(Cow::Borrowed(text), lattice).context("segmenting Korean text")?;
        for mut token in tokens {
            let range = ByteRange::new(token.byte_start, token.byte_end);
            let surface = range.slice(text);
            if !surface.contains(is_hangul) {
                continue;
            }
            let details = token.details();
            let detail = |at: usize| details.get(at).copied().unwrap_or("*");
            match detail(TYPE) {
                "Compound" => {
                    if self.keeps(detail(TAG)) {
                        emit(surface, range);
                    }
                    self.emit_parts(detail(EXPRESSION), surface, range, &mut emit);
                }
                // One surface for several morphemes: the stem stands for the form.
                "Inflect" | "Preanalysis" => self.emit_lemmas(detail(EXPRESSION), range, &mut emit),
                _ if self.keeps(detail(TAG)) => emit(surface, range),
                _ => {}
            }
        }
        Ok(morphemes)
    }

    /// A tag such as `NNG` or `VV+EP` is dropped when its first tag begins with one of the configured prefixes.
    fn keeps(&self, tag: &str) -> bool {
        let first = tag.split('+').next().unwrap_or(tag);
        !self.dropped_tags.iter().any(|dropped| first.starts_with(dropped.as_str()))
    }

    /// `무역/NNG/*+협정/NNG/*`: each part at its own bytes, if the parts spell the surface.
    fn emit_parts(&self, expression: &str, surface: &str, range: ByteRange, emit: &mut dyn FnMut(&str, ByteRange)) {
        let parts: Vec<(&str, &str)> = split_expression(expression).collect();
        let spelled: usize = parts.iter().map(|(form, _)| form.len()).sum();
        if parts.len() < 2 || spelled != surface.len() {
            return;
        }
        let mut start = range.start;
        for (form, tag) in parts {
            let end = start + form.len();
            if self.keeps(tag) {
                emit(form, ByteRange::new(start, end));
            }
            start = end;
        }
    }

    /// `오르/VV/*+았/EP/*`: the kept morphemes in their dictionary form, all at the surface's bytes.
    fn emit_lemmas(&self, expression: &str, range: ByteRange, emit: &mut dyn FnMut(&str, ByteRange)) {
        for (form, tag) in split_expression(expression) {
            if self.keeps(tag) {
                emit(form, range);
            }
        }
    }
}

/// The configured words as nouns beside those of the dictionary. A space separates the parts of a compound. Each goes with
/// what goes with a common noun that ends like it, in a consonant or not, and is preferred to being cut.
fn user_dictionary(dictionary: &Dictionary, words: &[String]) -> Result<UserDictionary> {
    let contexts = |noun: &str| -> Result<(usize, usize)> {
        let entries = dictionary.prefix_dictionary.find_surface(noun);
        let entry = entries.iter().min_by_key(|entry| entry.word_cost());
        let entry = entry.with_context(|| format!("the dictionary has no {noun}"))?;
        let (left, right) = (entry.left_id() as usize, entry.right_id() as usize);
        // Ids as they were before the dictionary was built, since a user dictionary is given these.
        Ok(dictionary.metadata.context_id_map.as_ref().map_or((left, right), |map| {
            let before =
                |map: &[u16], id: usize| map.iter().position(|&mapped| usize::from(mapped) == id).unwrap_or(id);
            (before(&map.left, left), before(&map.right, right))
        }))
    };
    let (open, closed) = (contexts("협회")?, contexts("무역")?);
    let mut rows = String::new();
    for word in words {
        let folded = Folded::new(word);
        let parts: Vec<&str> = folded.text().split_whitespace().collect();
        let surface = parts.concat();
        let (left, right) = if ends_in_consonant(&surface) { closed } else { open };
        let expression: Vec<String> = parts.iter().map(|part| format!("{part}/NNG/*")).collect();
        let (kind, expression) = match parts.len() {
            1 => ("*", "*".to_owned()),
            _ => ("Compound", expression.join("+")),
        };
        rows.push_str(&format!("{surface},{left},{right},{WORD_COST},NNP,*,{kind},*,*,{expression}\n"));
    }
    let options = UserDictionaryBuilderOptions::default().dictionary_fields_num(ENTRY_COLUMNS);
    options.builder().build_from_reader(rows.as_bytes()).context("building a dictionary of them")
}

/// The pieces of a text that have Hangul, in order.
pub(crate) fn pieces(segmented: &Segmented) -> impl Iterator<Item = Piece<'_>> {
    let mut next_sentence = 0;
    // Where lindera ends what it cuts at once.
    let sentences = segmented.text().split_inclusive(['\n', '\t']);
    let pieces = sentences.flat_map(move |sentence| {
        let start = next_sentence;
        next_sentence += sentence.len();
        let mut next_piece = 0;
        sentence.split(' ').map(move |text| {
            let at = next_piece;
            next_piece += text.len() + 1;
            let before_space = at + text.len() < sentence.len();
            Piece { text, start: start + at, after_space: at > 0, before_space }
        })
    });
    pieces.filter(|piece| piece.text.contains(is_hangul))
}

/// The characters of which a word that holds a morpheme without showing it begins with one; empty if each shows it.
pub(crate) fn unseen_in(form: &str) -> &'static str {
    // The lines are sorted by their bytes: the middle of what is left, as long as there is a line in it.
    let mut rest = KOREAN_LEMMAS;
    while !rest.is_empty() {
        let middle = clip(rest, rest.len() / 2).len();
        let start = rest[..middle].rfind('\n').map_or(0, |before| before + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |length| start + length + 1);
        let (lemma, firsts) = rest[start..end].trim_end().split_once('\t').unwrap_or_default();
        match form.cmp(lemma) {
            Ordering::Less => rest = &rest[..start],
            Ordering::Equal => return firsts,
            Ordering::Greater => rest = &rest[end..],
        }
    }
    ""
}

/// The form and tag of each morpheme in an expression column; none for `*`.
fn split_expression(expression: &str) -> impl Iterator<Item = (&str, &str)> {
    expression.split('+').filter_map(|morpheme| {
        let mut columns = morpheme.split('/');
        let form = columns.next().filter(|form| !form.is_empty() && *form != "*")?;
        Some((form, columns.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn every_unseen_morpheme_is_found() {
        for line in KOREAN_LEMMAS.lines() {
            let (lemma, firsts) = line.split_once('\t').unwrap();
            assert_eq!(unseen_in(lemma), firsts);
        }
        assert!(unseen_in("오르").contains('올'));
        for other in ["", "a", "무역", "\u{10FFFF}"] {
            assert_eq!(unseen_in(other), "");
        }
    }

    /// What [`Korean::morphemes`] takes for granted.
    #[test]
    fn pieces_between_spaces_are_cut_as_in_their_text() {
        let korean = Korean::load(&Config::builtin().unwrap().analysis.korean).unwrap();
        let texts: Vec<String> = include_str!("../../../seeds/news/ko.jsonl")
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["body"].as_str().unwrap().to_owned())
            .chain(["FTA는  두 번째\t한·중\n 올랐다。그리고 “무역” 限韓令이 1.5%로 ".to_owned()])
            .collect();
        let memory = KoreanMemory::default();
        let mut cut = 0;
        for text in &texts {
            let segmented = Segmented::new(text);
            let whole = korean.cut(segmented.text(), 0, &mut Lattice::default()).unwrap();
            let mut by_piece = Vec::new();
            for piece in pieces(&segmented) {
                by_piece.extend(korean.morphemes(&piece, &memory).unwrap().iter().map(|morpheme| Morpheme {
                    form: morpheme.form.clone(),
                    start: piece.start + morpheme.start,
                    end: piece.start + morpheme.end,
                }));
            }
            assert_eq!(by_piece, whole, "{text}");
            cut += whole.len();
        }
        assert!(cut > 1000);
    }
}
