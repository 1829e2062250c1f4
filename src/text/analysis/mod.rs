//! Analysis, from text to tokens: folding, segmentation into units, then a chain per language and the CJK bigram chain (`chain`).
//!
//! In goes a text; out come tokens, each with its range of bytes in the original. The same code serves indexing, queries and
//! highlighting, so a query matches the terms of the index and a highlight marks what matched.
//! Order of the files: `fold` (with `simplified`), `unit` (with `script`), then `english`, `german` (with
//! `spelling` and `compound`), `korean` (with `hanja`), `chinese`, `cjk_bigrams`.

pub(crate) mod chain;
pub(crate) mod chinese;
pub(crate) mod cjk_bigrams;
pub(crate) mod compound;
pub(crate) mod english;
pub(crate) mod fold;
pub(crate) mod german;
pub(crate) mod hanja;
pub(crate) mod keyed;
pub(crate) mod korean;
pub(crate) mod options;
pub(crate) mod per_chain;
pub(crate) mod prefix_lengths;
pub(crate) mod prefixes;
pub(crate) mod script;
pub(crate) mod simplified;
pub(crate) mod spelling;
pub(crate) mod unit;
pub(crate) mod word;
pub(crate) mod word_cache;
pub(crate) mod word_reader;
pub(crate) mod word_readers;

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use anyhow::Result;
use thread_local::ThreadLocal;

use crate::text::analysis::chinese::Chinese;
use crate::text::analysis::korean::{Korean, KoreanCache};
use crate::text::analysis::word_cache::WordCache;
use crate::text::analysis::word_reader::WordReader;
use crate::text::analysis::word_readers::word_readers;
use crate::text::document::ByteRange;

pub use crate::text::analysis::chain::Chain;
pub(crate) use crate::text::analysis::chain::CharacterCut;
pub(crate) use crate::text::analysis::cjk_bigrams::{opens_pair, push_pair, unit_readings};
pub(crate) use crate::text::analysis::fold::clip;
pub use crate::text::analysis::fold::{Folded, MAX_TEXT_BYTES};
pub(crate) use crate::text::analysis::german::{is_part_mark, part_term};
pub use crate::text::analysis::options::{EnglishOptions, KoreanOptions, Options};
pub use crate::text::analysis::per_chain::PerChain;
pub use crate::text::analysis::prefix_lengths::PrefixLengths;
pub use crate::text::analysis::script::is_hangul_syllable;
pub use crate::text::analysis::script::{CharScript, char_script};
pub(crate) use crate::text::analysis::script::{is_common_ideograph, is_hangul, is_trailing_jamo};
pub(crate) use crate::text::analysis::simplified::simplified;
pub(crate) use crate::text::analysis::spelling::{surface, surface_without_dots, umlauts_spelled_out};
pub(crate) use crate::text::analysis::unit::each_ascii_word;
pub use crate::text::analysis::unit::{Segmented, Unit, UnitKind};
pub(crate) use crate::text::analysis::word::{Word, WordForm};

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The term, as the index holds it.
    pub term: String,
    /// Range of the token in the original text, in bytes; whole grapheme clusters.
    pub range: ByteRange,
    /// Position of the token: the index of the unit (word or CJK character) that it starts in. Several tokens can share one.
    pub position: u32,
}

/// A sink for the tokens, surface forms and prefixes that a chain makes of a text.
pub(crate) trait TokenSink {
    /// Takes a token: its term, its position, and its range in the folded text. Positions never decrease within one term, and in
    /// a chain with positions they never decrease at all.
    fn token(&mut self, term: &str, position: u32, folded: ByteRange);

    /// Takes a surface form, which is indexed under its term, of the word at a position. Positions never decrease.
    fn form(&mut self, _form: &WordForm, _position: u32) {}

    /// Takes a prefix (edge n-gram) of a word.
    fn prefix(&mut self, _prefix: &str) {}
}

impl<F: FnMut(&str, u32, ByteRange)> TokenSink for F {
    fn token(&mut self, term: &str, position: u32, folded: ByteRange) {
        self(term, position, folded);
    }
}

/// The Korean morphemes and Chinese words that a caller looks for, so that texts without any need not be segmented.
#[derive(Default)]
pub(crate) struct WantedForms<'a> {
    /// The forms, each with the first characters of words that contain the morpheme without showing it (`올랐` contains 오르).
    forms: Vec<(&'a str, &'static str)>,
}

impl<'a> WantedForms<'a> {
    pub(crate) fn add(&mut self, form: &'a str) {
        self.forms.push((form, korean::unseen_in(form)));
    }

    /// False for a text that certainly contains none of the forms.
    fn may_be_in(&self, text: &str) -> bool {
        self.forms.iter().any(|&(form, firsts)| {
            text.contains(form) || (!firsts.is_empty() && text.contains(|character| firsts.contains(character)))
        })
    }
}

/// A sink that writes all that a chain makes of a text as one line, for golden files.
#[derive(Default)]
struct TokenLine {
    line: String,
    position: u32,
}

impl TokenLine {
    fn add(&mut self, mark: &str, what: &str, position: u32) {
        if !self.line.is_empty() {
            self.line.push(if position == self.position { '|' } else { ' ' });
        }
        self.position = position;
        self.line.push_str(mark);
        self.line.push_str(what);
    }
}

impl TokenSink for TokenLine {
    fn token(&mut self, term: &str, position: u32, _: ByteRange) {
        self.add("", term, position);
    }

    fn form(&mut self, form: &WordForm, position: u32) {
        self.add("~", &form.surface, position);
        form.second.iter().for_each(|second| self.add("~", second, position));
    }

    fn prefix(&mut self, prefix: &str) {
        self.add("^", prefix, self.position);
    }
}

/// An analyzer with all chains. Dictionaries are loaded when a text first needs them, and each thread caches analysed words.
pub struct Analyzer {
    word_readers: PerChain<Arc<dyn WordReader>>,
    korean: OnceLock<Korean>,
    chinese: OnceLock<Chinese>,
    whole_dictionaries: bool,
    options: Options,
    caches: ThreadLocal<Caches>,
}

/// The caches of one thread.
#[derive(Default)]
struct Caches {
    /// Analysed words, by the chain that makes terms of them.
    words: PerChain<RefCell<WordCache<Arc<Word>>>>,
    korean: KoreanCache,
}

impl Analyzer {
    /// An analyzer for many texts: Chinese is segmented with the whole dictionary, which is loaded once.
    pub fn for_indexing(options: &Options) -> Analyzer {
        Analyzer::new(options, true)
    }

    /// An analyzer for a few short texts: of the Chinese dictionary only the words in each text are loaded. The tokens are the
    /// same.
    pub fn for_queries(options: &Options) -> Analyzer {
        Analyzer::new(options, false)
    }

    fn new(options: &Options, whole_dictionaries: bool) -> Analyzer {
        Analyzer {
            word_readers: word_readers(options),
            korean: OnceLock::new(),
            chinese: OnceLock::new(),
            whole_dictionaries,
            options: options.clone(),
            caches: ThreadLocal::new(),
        }
    }

    /// The tokens of a text by one chain, in the order of their positions; those at one position in the order in
    /// which the chain makes them. A text without anything in the chain's scripts has none.
    ///
    /// # Errors
    ///
    /// When an embedded dictionary cannot be read, which means that the binary is damaged.
    pub fn tokens(&self, chain: Chain, text: &str) -> Result<Vec<Token>> {
        self.tokens_of(chain, &Segmented::new(text), false)
    }

    /// As [`Analyzer::tokens`], for a text that is already segmented. With `readings`, the CJK bigram chain has hanja under
    /// their Hangul readings as well, as in the index of Korean passages.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub fn tokens_of(&self, chain: Chain, segmented: &Segmented, readings: bool) -> Result<Vec<Token>> {
        let mut tokens = Vec::new();
        self.each_token(chain, segmented, readings, &mut |term: &str, position, folded| {
            let range = segmented.original_range(folded);
            tokens.push(Token { term: term.to_owned(), range, position });
        })?;
        tokens.sort_by_key(|token| token.position);
        Ok(tokens)
    }

    /// Everything that an index stores of a text by one chain, as one line for golden files: a term; `~` and a surface form that
    /// is indexed beside it; `^` and a prefix. Entries at one position are joined by `|`.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub fn kept(&self, chain: Chain, text: &str, readings: bool) -> Result<String> {
        let mut kept = TokenLine::default();
        self.each_token(chain, &Segmented::new(text), readings, &mut kept)?;
        Ok(kept.line)
    }

    /// Passes the tokens of a text to a sink, with the surface forms and prefixes that the chain makes of its words.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub(crate) fn each_token(
        &self,
        chain: Chain,
        segmented: &Segmented,
        readings: bool,
        sink: &mut dyn TokenSink,
    ) -> Result<()> {
        self.each_token_among(chain, segmented, readings, None, sink)
    }

    /// As [`Analyzer::each_token`], but text that certainly contains none of the `wanted` forms may be skipped, so that no
    /// dictionary is loaded for it.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub(crate) fn each_token_among(
        &self,
        chain: Chain,
        segmented: &Segmented,
        readings: bool,
        wanted: Option<&WantedForms<'_>>,
        sink: &mut dyn TokenSink,
    ) -> Result<()> {
        let cut = chain.character_cut();
        if cut == CharacterCut::KoreanMorphemes && segmented.has_script(CharScript::Hangul) {
            let cache = &self.caches.get_or_default().korean;
            for eojeol in korean::eojeols(segmented) {
                if wanted.is_some_and(|wanted| !wanted.may_be_in(eojeol.text)) {
                    continue;
                }
                for morpheme in self.korean()?.morphemes(&eojeol, cache)?.iter() {
                    let range = ByteRange::new(eojeol.start + morpheme.start, eojeol.start + morpheme.end);
                    sink.token(&morpheme.form, position_of(segmented, range), range);
                }
            }
        }
        for (at, unit) in segmented.units().iter().enumerate() {
            match unit.kind {
                UnitKind::Word => self.each_token_of_word(chain, segmented.form(unit), at as u32, unit.folded, sink),
                UnitKind::Char(_) if cut == CharacterCut::Bigrams => {
                    cjk_bigrams::pair_at(segmented, at, readings, sink);
                }
                UnitKind::Char(_) => {}
            }
        }
        match cut {
            CharacterCut::KoreanMorphemes => each_hanja_word(segmented, sink),
            CharacterCut::ChineseWords => self.each_chinese(segmented, wanted, sink)?,
            CharacterCut::None | CharacterCut::Bigrams => {}
        }
        Ok(())
    }

    fn each_token_of_word(&self, chain: Chain, form: &str, position: u32, folded: ByteRange, sink: &mut dyn TokenSink) {
        let word = self.word(chain, form);
        word.terms.iter().for_each(|term| sink.token(term, position, folded));
        for (term, part) in &word.parts {
            sink.token(term, position, ByteRange::new(folded.start + part.start, folded.start + part.end));
        }
        word.forms.iter().for_each(|form| sink.form(form, position));
        word.prefixes.iter().for_each(|prefix| sink.prefix(prefix));
    }

    fn each_chinese(
        &self,
        segmented: &Segmented,
        wanted: Option<&WantedForms<'_>>,
        sink: &mut dyn TokenSink,
    ) -> Result<()> {
        for (stretch, position, range) in stretches(segmented, |script| script != CharScript::Han) {
            sink.token(stretch, position, range);
        }
        for (stretch, _, range) in stretches(segmented, |script| script == CharScript::Han) {
            if wanted.is_some_and(|wanted| !wanted.may_be_in(stretch)) {
                continue;
            }
            let partial;
            let chinese = if self.whole_dictionaries {
                self.chinese()?
            } else {
                partial = Chinese::for_text(stretch)?;
                &partial
            };
            let mut start = range.start;
            for word in chinese.words(stretch) {
                let range = ByteRange::new(start, start + word.len());
                // The position is looked up, since a unit can have several characters: `中🏽`.
                sink.token(word, position_of(segmented, range), range);
                start += word.len();
            }
        }
        Ok(())
    }

    /// The term by which a chain looks up a folded word of an alphabetic script.
    pub(crate) fn term_of_word(&self, chain: Chain, word: &str) -> String {
        self.word_readers[chain].term_of(&chain.surface(word))
    }

    /// True if a folded word is a stop word of a chain: in a query of bare words it influences the ranking but is not required.
    pub(crate) fn is_stopword(&self, chain: Chain, folded_word: &str) -> bool {
        self.options.is_stopword(chain, folded_word)
    }

    /// The prefixes that English and German words may be joined to with or without a hyphen.
    pub(crate) fn hyphenated_prefixes(&self) -> &[String] {
        &self.options.english.prefixes
    }

    /// The terms of the smallest parts of a compound, given as a folded word; none if it is no compound in the chain's language.
    pub(crate) fn single_parts(&self, chain: Chain, word: &str) -> Vec<String> {
        self.word_readers[chain].single_parts(word)
    }

    /// The prefixes (edge n-grams) of a folded word and of each part of a compound; none in a chain without prefixes.
    pub(crate) fn prefixes_of_word(&self, chain: Chain, word: &str) -> Vec<String> {
        if chain.has_prefixes() { self.word(chain, word).prefixes.clone() } else { Vec::new() }
    }

    fn korean(&self) -> Result<&Korean> {
        load_once(&self.korean, || Korean::load(&self.options.korean))
    }

    fn chinese(&self) -> Result<&Chinese> {
        load_once(&self.chinese, Chinese::load)
    }
}

/// Loads a value on first use. When two threads load at the same time, one of the results is thrown away.
fn load_once<T>(cell: &OnceLock<T>, load: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(loaded) = cell.get() {
        return Ok(loaded);
    }
    let loaded = load()?;
    Ok(cell.get_or_init(|| loaded))
}

/// Passes each word of hanja to the sink, as it is written and by the first readings of its characters.
fn each_hanja_word(segmented: &Segmented, sink: &mut dyn TokenSink) {
    for (stretch, position, range) in stretches(segmented, |script| script == CharScript::Han) {
        sink.token(stretch, position, range);
        let reading: Option<String> = stretch.chars().map(|hanja| hanja::readings(hanja).first().copied()).collect();
        if let Some(reading) = reading {
            sink.token(&reading, position, range);
        }
    }
}

/// The maximal stretches of adjacent CJK characters of the scripts that `belongs` accepts, without any space or punctuation
/// inside, each with the position of its first unit and its range.
fn stretches(segmented: &Segmented, belongs: impl Fn(CharScript) -> bool) -> Vec<(&str, u32, ByteRange)> {
    let units = segmented.units();
    let mut found = Vec::new();
    for run in segmented.char_runs(belongs) {
        let mut start = run.start;
        for at in run.clone() {
            let ends = at + 1 == run.end || units[at + 1].folded.start != units[at].folded.end;
            if ends {
                let range = ByteRange::new(units[start].folded.start, units[at].folded.end);
                found.push((range.slice(segmented.text()), start as u32, range));
                start = at + 1;
            }
        }
    }
    found
}

/// The position of the unit that a range of the folded text starts in.
fn position_of(segmented: &Segmented, range: ByteRange) -> u32 {
    let next = segmented.units().partition_point(|unit| unit.folded.start <= range.start);
    next.saturating_sub(1) as u32
}
