//! Text to tokens: fold, cut into units, then one chain per language and the character evidence (`chain`).
//!
//! In goes a text; out come tokens, each with the bytes of the original that it stands for. The same code serves
//! indexing, queries and highlighting, so a query finds what the index holds and a highlight shows what was found.
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
use crate::text::analysis::korean::{Korean, KoreanMemory};
use crate::text::analysis::word_cache::WordCache;
use crate::text::analysis::word_reader::WordReader;
use crate::text::analysis::word_readers::word_readers;
use crate::text::document::ByteRange;

pub(crate) use crate::text::analysis::chain::CharacterCut;
pub use crate::text::analysis::chain::{Chain, PerChain};
pub(crate) use crate::text::analysis::cjk_bigrams::{opens_pair, push_pair, unit_readings};
pub(crate) use crate::text::analysis::fold::clip;
pub use crate::text::analysis::fold::{Folded, MAX_TEXT_BYTES};
pub(crate) use crate::text::analysis::german::{is_part_mark, part_term};
pub use crate::text::analysis::options::{EnglishOptions, KoreanOptions, Options};
pub use crate::text::analysis::prefix_lengths::Beginnings;
pub use crate::text::analysis::script::is_hangul_syllable;
pub use crate::text::analysis::script::{CharScript, char_script};
pub(crate) use crate::text::analysis::script::{is_common_ideograph, is_hangul, is_trailing_jamo};
pub(crate) use crate::text::analysis::simplified::simplified;
pub(crate) use crate::text::analysis::spelling::{surface, surface_without_dots, umlauts_spelled_out};
pub(crate) use crate::text::analysis::unit::each_ascii_word;
pub use crate::text::analysis::unit::{Segmented, Unit, UnitKind};
pub(crate) use crate::text::analysis::word::{Word, WordForm};

/// One token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What the index holds.
    pub term: String,
    /// The bytes of the original text that it stands for; whole grapheme clusters.
    pub range: ByteRange,
    /// Index of the unit (word or CJK character) that it starts in. Several tokens can share one.
    pub position: u32,
}

/// Takes what a chain makes of a text.
pub(crate) trait TokenSink {
    /// A term, its position, and its range in the folded text. Within one term, positions never decrease; in a chain
    /// with positions, over all.
    fn token(&mut self, term: &str, position: u32, folded: ByteRange);

    /// A surface that is kept under its term, of the word at a position. Positions never decrease.
    fn form(&mut self, _form: &WordForm, _position: u32) {}

    /// The first letters of a word.
    fn prefix(&mut self, _prefix: &str) {}
}

impl<F: FnMut(&str, u32, ByteRange)> TokenSink for F {
    fn token(&mut self, term: &str, position: u32, folded: ByteRange) {
        self(term, position, folded);
    }
}

/// Forms of morphemes and words that are looked for in texts.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    /// Each with the first characters of words that hold it without showing it.
    forms: Vec<(&'a str, &'static str)>,
}

impl<'a> Wanted<'a> {
    pub(crate) fn add(&mut self, form: &'a str) {
        self.forms.push((form, korean::unseen_in(form)));
    }

    /// False for a text that holds none of them.
    fn may_be_in(&self, text: &str) -> bool {
        self.forms.iter().any(|&(form, firsts)| {
            text.contains(form) || (!firsts.is_empty() && text.contains(|character| firsts.contains(character)))
        })
    }
}

/// Writes what a chain makes of a text as a line.
#[derive(Default)]
struct Kept {
    line: String,
    position: u32,
}

impl Kept {
    fn add(&mut self, mark: &str, what: &str, position: u32) {
        if !self.line.is_empty() {
            self.line.push(if position == self.position { '|' } else { ' ' });
        }
        self.position = position;
        self.line.push_str(mark);
        self.line.push_str(what);
    }
}

impl TokenSink for Kept {
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

/// All chains. Dictionaries are loaded when a text first needs them, and each thread remembers words.
pub struct Analyzer {
    word_readers: PerChain<Arc<dyn WordReader>>,
    korean: OnceLock<Korean>,
    chinese: OnceLock<Chinese>,
    whole_dictionaries: bool,
    options: Options,
    caches: ThreadLocal<Caches>,
}

/// What one thread remembers.
#[derive(Default)]
struct Caches {
    /// By the chain that makes terms of the words.
    words: PerChain<RefCell<WordCache<Arc<Word>>>>,
    korean: KoreanMemory,
}

impl Analyzer {
    /// For many texts: Chinese is cut with the whole dictionary, loaded once.
    pub fn for_indexing(options: &Options) -> Analyzer {
        Analyzer::new(options, true)
    }

    /// For a few short texts: of the Chinese dictionary only the words in each text are loaded. The tokens are the
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
    /// which the chain makes them. A text that the chain cannot read has none.
    ///
    /// # Errors
    ///
    /// When an embedded dictionary cannot be read, which means that the binary is damaged.
    pub fn tokens(&self, chain: Chain, text: &str) -> Result<Vec<Token>> {
        self.tokens_of(chain, &Segmented::new(text), false)
    }

    /// As [`Analyzer::tokens`], of a text that is segmented already. With `readings`, the character evidence has
    /// hanja under their Hangul readings as well, as Korean passages are indexed.
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

    /// All that an index keeps of a text by one chain, as one line for golden files: a term; `~` and a surface that is kept
    /// beside it; `^` and the first letters of a word. What stands at one position is joined by `|`.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub fn kept(&self, chain: Chain, text: &str, readings: bool) -> Result<String> {
        let mut kept = Kept::default();
        self.each_token(chain, &Segmented::new(text), readings, &mut kept)?;
        Ok(kept.line)
    }

    /// Hands over the tokens of a text, and what else the chain keeps of its words.
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

    /// As [`Analyzer::each_token`], but what plainly holds none of the `wanted` forms need not be handed over, nor is a
    /// dictionary loaded for it.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub(crate) fn each_token_among(
        &self,
        chain: Chain,
        segmented: &Segmented,
        readings: bool,
        wanted: Option<&Wanted<'_>>,
        sink: &mut dyn TokenSink,
    ) -> Result<()> {
        let cut = chain.character_cut();
        if cut == CharacterCut::KoreanMorphemes && segmented.has_script(CharScript::Hangul) {
            let memory = &self.caches.get_or_default().korean;
            for piece in korean::pieces(segmented) {
                if wanted.is_some_and(|wanted| !wanted.may_be_in(piece.text)) {
                    continue;
                }
                for morpheme in self.korean()?.morphemes(&piece, memory)?.iter() {
                    let range = ByteRange::new(piece.start + morpheme.start, piece.start + morpheme.end);
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

    fn each_chinese(&self, segmented: &Segmented, wanted: Option<&Wanted<'_>>, sink: &mut dyn TokenSink) -> Result<()> {
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
                // A unit can have more characters than one: `中🏽`.
                sink.token(word, position_of(segmented, range), range);
                start += word.len();
            }
        }
        Ok(())
    }

    /// The term under which a chain looks up a folded word of another script than CJK.
    pub(crate) fn term_of_word(&self, chain: Chain, word: &str) -> String {
        self.word_readers[chain].term_of(&chain.surface(word))
    }

    /// True for a stop word of a chain, given folded: in a query of bare words it only ranks.
    pub(crate) fn is_stopword(&self, chain: Chain, folded_word: &str) -> bool {
        self.options.is_stopword(chain, folded_word)
    }

    /// The prefixes that English and German words may be joined to with or without a hyphen.
    pub(crate) fn hyphenated_prefixes(&self) -> &[String] {
        &self.options.english.prefixes
    }

    /// The terms of the smallest parts of a folded word as a chain reads it; none if it is no compound.
    pub(crate) fn single_parts(&self, chain: Chain, word: &str) -> Vec<String> {
        self.word_readers[chain].single_parts(word)
    }

    /// The first letters of a folded word as a chain reads it, and those of each part of a compound; none in a chain that
    /// keeps none.
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

/// Loads at most once successfully; when two threads meet here, one of the loads is thrown away.
fn load_once<T>(cell: &OnceLock<T>, load: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(loaded) = cell.get() {
        return Ok(loaded);
    }
    let loaded = load()?;
    Ok(cell.get_or_init(|| loaded))
}

/// Hanja, as they stand and by their first readings.
fn each_hanja_word(segmented: &Segmented, sink: &mut dyn TokenSink) {
    for (stretch, position, range) in stretches(segmented, |script| script == CharScript::Han) {
        sink.token(stretch, position, range);
        let reading: Option<String> = stretch.chars().map(|hanja| hanja::readings(hanja).first().copied()).collect();
        if let Some(reading) = reading {
            sink.token(&reading, position, range);
        }
    }
}

/// Each maximal stretch of adjacent CJK characters of the scripts that `belongs` accepts, without any space or
/// punctuation inside, with the position of its first unit and its range.
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
