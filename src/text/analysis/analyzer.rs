//! The analyzer: the tokens of a text by each chain, with dictionaries loaded on first use and a cache for each thread.

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use anyhow::Result;
use thread_local::ThreadLocal;

use crate::text::analysis::chain::Chain;
use crate::text::analysis::chain::facts::CharacterCut;
use crate::text::analysis::chinese::Chinese;
use crate::text::analysis::inflection::OtherForms;
use crate::text::analysis::korean::{Korean, KoreanCache};
use crate::text::analysis::options::Options;
use crate::text::analysis::per_chain::PerChain;
use crate::text::analysis::quantity::{Quantity, may_have_quantities};
use crate::text::analysis::script::CharScript;
use crate::text::analysis::stretches::{position_of, stretches};
use crate::text::analysis::suspended::suspended_compounds;
use crate::text::analysis::token::{Token, TokenSink};
use crate::text::analysis::token_line::TokenLine;
use crate::text::analysis::unit::{Segmented, UnitKind};
use crate::text::analysis::wanted_forms::WantedForms;
use crate::text::analysis::word::{Word, WordForm};
use crate::text::analysis::word_cache::WordCache;
use crate::text::analysis::word_reader::WordReader;
use crate::text::analysis::word_readers::word_readers;
use crate::text::analysis::{cjk_bigrams, hanja, korean};
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// An analyzer with all chains. Dictionaries are loaded when a text first needs them, and each thread caches analysed words.
pub struct Analyzer {
    pub(crate) word_readers: PerChain<Arc<dyn WordReader>>,
    korean: OnceLock<Korean>,
    chinese: OnceLock<Chinese>,
    whole_dictionaries: bool,
    pub(crate) options: Options,
    pub(crate) caches: ThreadLocal<Caches>,
}

/// The caches of one thread.
#[derive(Default)]
pub(crate) struct Caches {
    /// Analysed words, by the chain that makes terms of them.
    pub(crate) words: PerChain<RefCell<WordCache<Arc<Word>>>>,
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
                UnitKind::Word => {
                    self.each_token_of_word(chain, segmented.form(unit), at as u32, unit.folded, sink);
                    if let Some(signed) = segmented.signed_form(at) {
                        sink.token(signed, at as u32, unit.folded);
                    }
                    for term in self.suspended_terms(chain, segmented, at) {
                        sink.token(&term, at as u32, unit.folded);
                        // The compound is not written there, so its term is no surface.
                        let surface = chain.surface(segmented.form(unit));
                        sink.form(&WordForm { term, surface, second: None }, at as u32);
                    }
                }
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

    /// The numbers, percentages and amounts in a text of a language, in order, each in one paragraph. `original` is not folded.
    pub fn quantities(&self, segmented: &Segmented, original: &str, lang: Language) -> Vec<Quantity> {
        // Most queries have none, and reading the words of quantities takes as long as the rest of a search.
        if !may_have_quantities(segmented.text()) {
            return Vec::new();
        }
        let mut found = self.options.quantities.words().quantities(segmented, original, lang);
        found.retain(|one| (one.units.0 + 1..one.units.1).all(|at| !segmented.opens_paragraph(at as usize)));
        found
    }

    /// The term by which a chain looks up a folded word of an alphabetic script.
    pub(crate) fn term_of_word(&self, chain: Chain, word: &str) -> String {
        self.word_readers[chain].term_of(&chain.surface(word))
    }

    /// The terms of the compounds that a word with a hyphen stands for (`Stahl-` in `Stahl- und Aluminiumzölle`).
    pub(crate) fn suspended_terms(&self, chain: Chain, segmented: &Segmented, at: usize) -> Vec<String> {
        if !chain.has_compound_parts() {
            return Vec::new();
        }
        let compounds = suspended_compounds(segmented, at, &self.options.german.prefixes);
        compounds.iter().map(|compound| self.term_of_word(chain, compound)).collect()
    }

    /// The forms that are also of a folded word, and the words that it is also a form of.
    pub(crate) fn other_forms(&self, chain: Chain, word: &str) -> OtherForms<'_> {
        self.options.other_forms(chain, &chain.surface(word))
    }

    /// The words that may be written in one, in two or with a hyphen, as pairs.
    pub(crate) fn solid_words(&self) -> impl Iterator<Item = (&str, &str)> {
        self.options.english.solid.iter().filter_map(|words| words.split_once(' '))
    }

    /// True if a folded word is a stop word of a chain: in a query of bare words it influences the ranking but is not required.
    pub(crate) fn is_stopword(&self, chain: Chain, folded_word: &str) -> bool {
        self.options.is_stopword(chain, folded_word)
    }

    /// The question words of a chain that begin with a folded word or character, each as a row of them.
    pub(crate) fn questions_with(&self, chain: Chain, first: &str) -> &[Vec<String>] {
        self.options.questions_with(chain, first)
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
