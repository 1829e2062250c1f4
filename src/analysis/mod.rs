//! Text to tokens: fold, cut into units, then one chain per language and the character evidence.
//!
//! In goes a text; out come tokens, each with the bytes of the original that it stands for. The same code serves
//! indexing, queries and highlighting, so a query finds what the index holds and a highlight shows what was found.
//! Order of the files: `fold` (with `simplified`), `unit` (with `script`), then `english`, `german` (with
//! `spelling` and `compound`), `korean` (with `hanja`), `chinese`, `characters`.

mod beginnings;
mod characters;
mod chinese;
mod compound;
mod english;
mod fold;
mod german;
mod hanja;
mod korean;
mod script;
mod simplified;
mod spelling;
mod unit;

use std::sync::OnceLock;

use anyhow::Result;

use crate::analysis::chinese::Chinese;
use crate::analysis::english::English;
use crate::analysis::german::German;
use crate::analysis::korean::Korean;
use crate::config::{Config, KoreanConfig};
use crate::document::ByteRange;
use crate::language::Language;

pub(crate) use crate::analysis::characters::{opens_pair, push_pair, unit_readings};
pub(crate) use crate::analysis::fold::clip;
pub use crate::analysis::fold::{Folded, MAX_TEXT_BYTES};
pub(crate) use crate::analysis::german::{is_part_mark, part_term};
pub(crate) use crate::analysis::script::is_trailing_jamo;
pub use crate::analysis::script::{CharScript, char_script};
pub(crate) use crate::analysis::spelling::{surface, surface_without_dots, umlauts_spelled_out};
pub use crate::analysis::unit::{Segmented, Unit, UnitKind};

/// What reads a text into tokens; each has its own fields in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// Words, stemmed as English.
    English,
    /// Words, stemmed as German, and the parts of compounds.
    German,
    /// Korean morphemes; words of other scripts as English.
    Korean,
    /// Chinese words; words of other scripts as English.
    Chinese,
    /// Pairs of CJK characters, and words between them as English. For text in any language.
    Characters,
}

impl Chain {
    /// Every chain, in the order in which reports list them.
    pub const ALL: [Chain; 5] = [Chain::English, Chain::German, Chain::Korean, Chain::Chinese, Chain::Characters];

    /// Short name, as in field names: a language code, or `chars`.
    pub fn name(self) -> &'static str {
        match self {
            Chain::English => "en",
            Chain::German => "de",
            Chain::Korean => "ko",
            Chain::Chinese => "zh",
            Chain::Characters => "chars",
        }
    }

    /// The chain that reads the words of passages in a language; none for [`Language::Undetermined`], of which only
    /// the character evidence is kept.
    pub fn of(language: Language) -> Option<Chain> {
        match language {
            Language::English => Some(Chain::English),
            Language::German => Some(Chain::German),
            Language::Korean => Some(Chain::Korean),
            Language::Chinese => Some(Chain::Chinese),
            Language::Undetermined => None,
        }
    }

    /// True for a text with anything in the scripts that it is there for.
    pub fn applies_to(self, text: &Segmented) -> bool {
        match self {
            Chain::English | Chain::German => text.units().iter().any(|unit| unit.kind == UnitKind::Word),
            Chain::Korean => text.has_script(CharScript::Hangul),
            Chain::Chinese => text.has_script(CharScript::Han),
            Chain::Characters => text.has_chars(),
        }
    }

    /// True if the positions of its tokens are kept in the index, so that phrases can be looked up.
    pub fn has_positions(self) -> bool {
        match self {
            Chain::English | Chain::German | Chain::Characters => true,
            Chain::Korean | Chain::Chinese => false,
        }
    }

    /// True if the first letters of its words are kept as well.
    pub fn has_beginnings(self) -> bool {
        match self {
            Chain::English | Chain::German => true,
            Chain::Korean | Chain::Chinese | Chain::Characters => false,
        }
    }
}

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

/// All chains. Dictionaries are loaded when a text first needs them.
pub struct Analyzer {
    english: English,
    german: German,
    korean: OnceLock<Korean>,
    chinese: OnceLock<Chinese>,
    whole_dictionaries: bool,
    korean_config: KoreanConfig,
}

impl Analyzer {
    /// For many texts: Chinese is cut with the whole dictionary, loaded once.
    pub fn for_indexing(config: &Config) -> Analyzer {
        Analyzer::new(config, true)
    }

    /// For a few short texts: of the Chinese dictionary only the words in each text are loaded. The tokens are the
    /// same.
    pub fn for_queries(config: &Config) -> Analyzer {
        Analyzer::new(config, false)
    }

    fn new(config: &Config, whole_dictionaries: bool) -> Analyzer {
        Analyzer {
            english: English::new(&config.english),
            german: German::new(),
            korean: OnceLock::new(),
            chinese: OnceLock::new(),
            whole_dictionaries,
            korean_config: config.korean.clone(),
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
        self.each_token(chain, segmented, readings, &mut |term, position, folded| {
            let range = segmented.original_range(folded);
            tokens.push(Token { term: term.to_owned(), range, position });
        })?;
        tokens.sort_by_key(|token| token.position);
        Ok(tokens)
    }

    /// Calls `emit` with the term, position and range in the folded text of each token. Within one term, positions
    /// never decrease.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::tokens`].
    pub(crate) fn each_token(
        &self,
        chain: Chain,
        segmented: &Segmented,
        readings: bool,
        emit: &mut dyn FnMut(&str, u32, ByteRange),
    ) -> Result<()> {
        match chain {
            Chain::English => each_word(segmented, |word, position, range| {
                self.terms_of_word(chain, word, &mut |term| emit(term, position, range));
            }),
            Chain::German => each_word(segmented, |word, position, range| {
                self.terms_of_word(chain, word, &mut |term| emit(term, position, range));
                self.parts_of_word(word, &mut |term, part| {
                    let part = ByteRange::new(range.start + part.start, range.start + part.end);
                    emit(&part_term(term), position, part);
                });
            }),
            Chain::Korean => self.each_korean(segmented, emit)?,
            Chain::Chinese => self.each_chinese(segmented, emit)?,
            Chain::Characters => {
                let terms_of = |word: &str, emit: &mut dyn FnMut(&str)| self.terms_of_word(chain, word, emit);
                characters::evidence(segmented, terms_of, readings, emit);
            }
        }
        Ok(())
    }

    fn each_korean(&self, segmented: &Segmented, emit: &mut dyn FnMut(&str, u32, ByteRange)) -> Result<()> {
        if segmented.has_script(CharScript::Hangul) {
            self.korean()?.morphemes(segmented, &mut |form, range| {
                emit(form, position_of(segmented, range), range);
            })?;
        }
        each_word(segmented, |word, position, range| {
            self.terms_of_word(Chain::English, word, &mut |term| emit(term, position, range));
        });
        each_stretch(
            segmented,
            |script| script == CharScript::Han,
            |stretch, position, range| {
                emit(stretch, position, range);
                let reading: Option<String> =
                    stretch.chars().map(|hanja| hanja::readings(hanja).first().copied()).collect();
                if let Some(reading) = reading {
                    emit(&reading, position, range);
                }
                Ok(())
            },
        )
    }

    fn each_chinese(&self, segmented: &Segmented, emit: &mut dyn FnMut(&str, u32, ByteRange)) -> Result<()> {
        each_word(segmented, |word, position, range| {
            self.terms_of_word(Chain::English, word, &mut |term| emit(term, position, range));
        });
        each_stretch(
            segmented,
            |script| script != CharScript::Han,
            |stretch, position, range| {
                emit(stretch, position, range);
                Ok(())
            },
        )?;
        each_stretch(
            segmented,
            |script| script == CharScript::Han,
            |stretch, _, range| {
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
                    emit(word, position_of(segmented, range), range);
                    start += word.len();
                }
                Ok(())
            },
        )
    }

    /// The term under which a chain looks up a folded word of another script than CJK.
    pub(crate) fn term_of_word(&self, chain: Chain, word: &str) -> String {
        self.term_of_surface(chain, &surface(word))
    }

    fn term_of_surface(&self, chain: Chain, surface: &str) -> String {
        match chain {
            Chain::German => self.german.term_of(surface),
            // Every other chain reads words as English.
            _ => self.english.term_of(surface),
        }
    }

    /// Calls `emit` with every term that a chain indexes a folded word under: its own, and if it has an umlaut the one
    /// without the dots, unless that is the same.
    pub(crate) fn terms_of_word(&self, chain: Chain, word: &str, emit: &mut dyn FnMut(&str)) {
        let term = self.term_of_word(chain, word);
        emit(&term);
        if let Some(without_dots) = surface_without_dots(word) {
            let second = self.term_of_surface(chain, &without_dots);
            if second != term {
                emit(&second);
            }
        }
    }

    /// Calls `emit` with every part that the German chain indexes a folded word under, and every run of several: its term
    /// (see [`part_term`]) and its range in the word.
    pub(crate) fn parts_of_word(&self, word: &str, emit: &mut dyn FnMut(&str, ByteRange)) {
        self.german.parts(word).iter().for_each(|(term, range)| emit(term, *range));
    }

    /// The terms of the smallest parts of a folded word as the German chain reads it; none if it is no compound.
    pub(crate) fn single_parts(&self, word: &str) -> Vec<String> {
        self.german.single_parts(word)
    }

    /// Calls `emit` with the term, surface, second surface and position of every word of which the surface is not its
    /// term, or which has two surfaces with one term. Positions never decrease.
    pub(crate) fn each_form(
        &self,
        chain: Chain,
        segmented: &Segmented,
        mut emit: impl FnMut(&str, &str, Option<&str>, u32),
    ) {
        each_word(segmented, |word, position, _| {
            let main = surface(word);
            let term = self.term_of_surface(chain, &main);
            let second = surface_without_dots(word).map(|second| (self.term_of_surface(chain, &second), second));
            match second {
                Some((same, second)) if same == term => emit(&term, &main, Some(&second), position),
                other => {
                    let second = other.as_ref().map(|(term, second)| (term, second));
                    for (term, surface) in [Some((&term, &main)), second].into_iter().flatten() {
                        if term != surface {
                            emit(term, surface, None, position);
                        }
                    }
                }
            }
        });
    }

    fn korean(&self) -> Result<&Korean> {
        load_once(&self.korean, || Korean::load(&self.korean_config))
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

fn each_word(segmented: &Segmented, mut found: impl FnMut(&str, u32, ByteRange)) {
    for (at, unit) in segmented.units().iter().enumerate() {
        if unit.kind == UnitKind::Word {
            found(segmented.form(unit), at as u32, unit.folded);
        }
    }
}

/// Calls `found` with each maximal stretch of adjacent CJK characters of the scripts that `belongs` accepts, without
/// any space or punctuation inside.
fn each_stretch(
    segmented: &Segmented,
    belongs: impl Fn(CharScript) -> bool,
    mut found: impl FnMut(&str, u32, ByteRange) -> Result<()>,
) -> Result<()> {
    for run in segmented.char_runs(belongs) {
        let mut start = run.start;
        for at in run.clone() {
            let unit = segmented.units()[at];
            let ends = at + 1 == run.end || segmented.units()[at + 1].folded.start != unit.folded.end;
            if ends {
                let range = ByteRange::new(segmented.units()[start].folded.start, unit.folded.end);
                found(range.slice(segmented.text()), start as u32, range)?;
                start = at + 1;
            }
        }
    }
    Ok(())
}

/// The position of the unit that a range of the folded text starts in.
fn position_of(segmented: &Segmented, range: ByteRange) -> u32 {
    let next = segmented.units().partition_point(|unit| unit.folded.start <= range.start);
    next.saturating_sub(1) as u32
}
