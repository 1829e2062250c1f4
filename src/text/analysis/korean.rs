//! The Korean chain: morphemes by lindera with mecab-ko-dic, chosen by part of speech.
//!
//! Nouns, predicates (by their stem), adverbs, affixes of nouns and unknown words are indexed, particles and endings are
//! not; compounds are indexed whole and in parts. Tags are those of the Sejong tag set as mecab-ko-dic uses it. Words in
//! other scripts and hanja are taken from the units, so that they are the same whether or not Hangul stands beside
//! them, and the dictionary is loaded only for text with Hangul in it. No other file uses lindera.

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

/// Indices of columns in a dictionary entry's details, in the order of the schema that the dictionary builder writes.
const TAG: usize = 0;
const TYPE: usize = 2;
const EXPRESSION: usize = 5;
/// Number of columns of an entry: surface, ids of its contexts, cost, details.
const ENTRY_COLUMNS: usize = 10;
/// The cost of a configured word: lower than that of the dictionary's nouns, so that the word is preferred to other
/// segmentations; not so low that it would be found inside of other words.
const WORD_COST: i16 = -500;

/// A morpheme of an eojeol that is indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Morpheme {
    pub(crate) form: Box<str>,
    /// Offset in bytes from the start of the eojeol.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// An eojeol: the text between two spaces of a folded text, or between a space and a line end. Whether a space is beside it
/// matters, because the dictionary has costs for spaces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Eojeol<'a> {
    pub(crate) text: &'a str,
    /// Offset in the folded text, in bytes.
    pub(crate) start: usize,
    after_space: bool,
    before_space: bool,
}

/// The caches of a thread: segmented eojeols, by whether spaces are beside them, and the lattice that is reused.
#[derive(Default)]
pub(crate) struct KoreanCache {
    eojeols: [RefCell<WordCache<Arc<[Morpheme]>>>; 4],
    lattice: RefCell<Lattice>,
}

/// A segmenter of Korean text into morphemes.
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

    /// The indexed morphemes of an eojeol, in its order; the parts of a compound follow the compound.
    ///
    /// Each eojeol is segmented by itself: the dictionary has a single entry for a space, so every path through the lattice goes
    /// through that node, and the cheapest path before it does not depend on the text after it. Frequent eojeols are cached.
    pub(crate) fn morphemes(&self, eojeol: &Eojeol<'_>, cache: &KoreanCache) -> Result<Arc<[Morpheme]>> {
        let KoreanCache { eojeols, lattice } = cache;
        let &Eojeol { text, after_space, before_space, .. } = eojeol;
        let eojeols = &eojeols[usize::from(after_space) + 2 * usize::from(before_space)];
        if let Some(known) = eojeols.borrow_mut().get(text) {
            return Ok(known);
        }
        let space = |is_there: bool| if is_there { " " } else { "" };
        let beside = format!("{}{text}{}", space(after_space), space(before_space));
        let morphemes: Arc<[Morpheme]> = self.cut(&beside, usize::from(after_space), &mut lattice.borrow_mut())?.into();
        eojeols.borrow_mut().keep(text, Arc::clone(&morphemes));
        Ok(morphemes)
    }

    /// The indexed morphemes of a text, with offsets reduced by `shift` bytes (the space before the eojeol).
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
                // A surface that contracts several morphemes is indexed by the dictionary forms of those that are kept.
                "Inflect" | "Preanalysis" => self.emit_lemmas(detail(EXPRESSION), range, &mut emit),
                _ if self.keeps(detail(TAG)) => emit(surface, range),
                _ => {}
            }
        }
        Ok(morphemes)
    }

    /// True if morphemes with a tag are indexed. A tag such as `NNG` or `VV+EP` is dropped when its first part begins with one of
    /// the configured prefixes.
    fn keeps(&self, tag: &str) -> bool {
        let first = tag.split('+').next().unwrap_or(tag);
        !self.dropped_tags.iter().any(|dropped| first.starts_with(dropped.as_str()))
    }

    /// Emits the parts of a compound such as `무역/NNG/*+협정/NNG/*`, each at its own range, if together they spell the surface.
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

    /// Emits the indexed morphemes of an inflected form such as `오르/VV/*+았/EP/*`, in dictionary form, all at the surface's range.
    fn emit_lemmas(&self, expression: &str, range: ByteRange, emit: &mut dyn FnMut(&str, ByteRange)) {
        for (form, tag) in split_expression(expression) {
            if self.keeps(tag) {
                emit(form, range);
            }
        }
    }
}

/// The user dictionary: the configured words as nouns. A space separates the parts of a compound. Each word gets the context ids
/// of a common noun that ends as it does, in a consonant or a vowel.
fn user_dictionary(dictionary: &Dictionary, words: &[String]) -> Result<UserDictionary> {
    let contexts = |noun: &str| -> Result<(usize, usize)> {
        let entries = dictionary.prefix_dictionary.find_surface(noun);
        let entry = entries.iter().min_by_key(|entry| entry.word_cost());
        let entry = entry.with_context(|| format!("the dictionary has no {noun}"))?;
        let (left, right) = (entry.left_id() as usize, entry.right_id() as usize);
        // The ids before the dictionary's builder renumbered them, since the builder of a user dictionary expects these.
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

/// The eojeols of a text that contain Hangul, in order.
pub(crate) fn eojeols(segmented: &Segmented) -> impl Iterator<Item = Eojeol<'_>> {
    let mut next_sentence = 0;
    // Lindera ends a sentence at these characters and segments each by itself.
    let sentences = segmented.text().split_inclusive(['\n', '\t']);
    let eojeols = sentences.flat_map(move |sentence| {
        let start = next_sentence;
        next_sentence += sentence.len();
        let mut next_eojeol = 0;
        sentence.split(' ').map(move |text| {
            let at = next_eojeol;
            next_eojeol += text.len() + 1;
            let before_space = at + text.len() < sentence.len();
            Eojeol { text, start: start + at, after_space: at > 0, before_space }
        })
    });
    eojeols.filter(|eojeol| eojeol.text.contains(is_hangul))
}

/// The first characters of all words that contain a morpheme without showing it (`올랐` contains 오르); empty if every word with
/// the morpheme shows it.
pub(crate) fn unseen_in(form: &str) -> &'static str {
    // Binary search over the lines, which are sorted by their bytes.
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

    /// The assumption of [`Korean::morphemes`]: eojeols are segmented alike by themselves and within their text.
    #[test]
    fn eojeols_are_cut_as_in_their_text() {
        let korean = Korean::load(&Config::builtin().unwrap().analysis.korean).unwrap();
        let texts: Vec<String> = include_str!("../../../seeds/news/ko.jsonl")
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["body"].as_str().unwrap().to_owned())
            .chain(["FTA는  두 번째\t한·중\n 올랐다。그리고 “무역” 限韓令이 1.5%로 ".to_owned()])
            .collect();
        let cache = KoreanCache::default();
        let mut cut = 0;
        for text in &texts {
            let segmented = Segmented::new(text);
            let whole = korean.cut(segmented.text(), 0, &mut Lattice::default()).unwrap();
            let mut by_eojeol = Vec::new();
            for eojeol in eojeols(&segmented) {
                by_eojeol.extend(korean.morphemes(&eojeol, &cache).unwrap().iter().map(|morpheme| Morpheme {
                    form: morpheme.form.clone(),
                    start: eojeol.start + morpheme.start,
                    end: eojeol.start + morpheme.end,
                }));
            }
            assert_eq!(by_eojeol, whole, "{text}");
            cut += whole.len();
        }
        assert!(cut > 1000);
    }
}
