//! The configuration: data in `index-config/`, compiled into the binary as the default, replaceable by a folder.
//!
//! In: a folder or nothing. Out: a validated [`Config`]. Invariant: whatever decides the tokens on disk is in
//! [`Config::fingerprint`], and nothing else is, so that weights can be changed without building an index anew.

mod columns;
mod keyed;
mod limits;
mod stories;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ingest::DateWords;
use crate::text::analysis::{Chain, Folded, PerChain, is_hangul_syllable, umlauts_spelled_out};
use crate::text::glossary::Glossary;
use crate::text::passage::Boilerplate;
use crate::versions;

pub use crate::config::columns::Columns;
pub(crate) use crate::config::columns::{Headings, Part};
pub use crate::config::limits::Limits;
pub(crate) use crate::config::limits::{beyond, size_text};
pub use crate::config::stories::StoryConfig;

const DEFAULT: &str = include_str!("../index-config/default.toml");
const DEFAULT_DATES: &str = include_str!("../index-config/dates.toml");
const DEFAULT_BOILERPLATE: &str = include_str!("../index-config/boilerplate.toml");

/// Passages that are put in order by refinements at most; each is read for every query.
const MAX_REFINED: usize = 10_000;
/// Positions of a window at most: fewer than between a title and its text.
const MAX_WINDOW: u32 = 99;

/// Asked for every word that is read to tell a passage's language.
type WordSet = HashSet<String, foldhash::fast::RandomState>;

/// Everything that can be configured.
#[derive(Debug, Clone)]
pub struct Config {
    /// How passages are cut.
    pub passages: Passages,
    /// The Korean chain.
    pub korean: KoreanConfig,
    /// The English chain.
    pub english: EnglishConfig,
    /// The first letters of words.
    pub beginnings: Beginnings,
    /// What makes documents one story.
    pub stories: StoryConfig,
    /// How much is read of one file.
    pub limits: Limits,
    /// The columns of tables.
    pub columns: Columns,
    /// Weights of the evidence.
    pub ranking: Ranking,
    /// Trade concepts, by which queries are widened and the countries of texts are known.
    pub glossary: Glossary,
    /// Shared, so that a copy of the configuration costs little.
    stopwords: Arc<PerChain<Option<WordList>>>,
    /// The text of `dates.toml`, which only indexing reads.
    dates: Arc<str>,
    boilerplate: Arc<BoilerplateFile>,
    dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    passages: Passages,
    korean: KoreanConfig,
    english: EnglishConfig,
    beginnings: Beginnings,
    stories: StoryConfig,
    limits: Limits,
    columns: Columns,
    ranking: Ranking,
}

/// Sizes of passages, in terminal columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passages {
    /// A passage shorter than this takes in the next paragraph of the same language.
    pub join_below: usize,
    /// A paragraph longer than this is cut at sentence ends.
    pub cut_above: usize,
}

/// Options of the Korean chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KoreanConfig {
    /// Prefixes of part-of-speech tags that are not indexed.
    pub dropped_tags: Vec<String>,
    /// Words that the dictionary does not know, of Hangul alone; a space separates the parts of a compound.
    pub words: Vec<String>,
}

/// Options of the English chain. All words are lower-case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnglishConfig {
    /// Words on -ise and -yse that are never written with z.
    pub keeps_s: Vec<String>,
    /// By word: the spelling that stands for it.
    pub variants: BTreeMap<String, String>,
    /// What is written with a hyphen or joined to the word after it. No part of the tokens, only of queries.
    #[serde(skip_serializing)]
    pub prefixes: Vec<String>,
}

/// How many first letters of a word are kept, for each chain that keeps some.
#[derive(Debug, Clone, Copy)]
pub struct Beginnings(PerChain<Option<usize>>);

impl Beginnings {
    /// Letters that a chain keeps; `None` where it keeps none.
    pub fn of(&self, chain: Chain) -> Option<usize> {
        self.0[chain]
    }
}

/// Weights of the evidence, by chain.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// How many of the best passages are put in order by beginnings and proximity too.
    pub refined: usize,
    /// Factor of the scores of a language where the query has more function words of another.
    pub other_language: f32,
    /// Factor for what is only a part of the other, the query's word of the text's or the text's of the query's.
    pub compound_parts: f32,
    /// Factor for names that the glossary adds to a query.
    pub expansion: f32,
    /// The stretch in which words should stand close together.
    pub window: Window,
    /// Further weights of the character evidence.
    pub chars: CharacterWeights,
    fields: PerChain<FieldWeights>,
}

/// Lengths of a stretch of text; at least one.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// In text that is cut at spaces.
    pub words: u32,
    /// In text with CJK characters.
    pub characters: u32,
}

/// Factors of BM25 scores; not negative.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWeights {
    /// Of the field with title and text.
    pub text: f32,
    /// Of the field with the title alone.
    pub title: f32,
    /// Whether stop words count.
    pub stopwords: bool,
    /// How much the length of a passage counts in `text`; 1 is as usual in BM25. Not zero.
    pub length: f32,
    /// Of the field with the first letters of words, if the chain has one.
    pub beginnings: f32,
    /// Of words that stand close together, once each, as a share of what a word has at most in a passage.
    pub proximity: f32,
}

/// Factors for the character evidence; not negative.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CharacterWeights {
    /// Of the field with title and text.
    pub text: f32,
    /// Of the field with the title alone.
    pub title: f32,
    /// Further factor for pairs that are not Han.
    pub hangul: f32,
    /// Further factor for words.
    pub words: f32,
    /// Further factor for pieces of a run that stand together in the text.
    pub pieces: f32,
    /// Further factor for a run that stands in the text as a whole.
    pub runs: f32,
    /// For words that stand close together among CJK characters.
    pub proximity: f32,
}

impl Ranking {
    /// The weights of a chain's fields.
    pub fn of(&self, chain: Chain) -> FieldWeights {
        self.fields[chain]
    }
}

impl From<CharacterWeights> for FieldWeights {
    fn from(weights: CharacterWeights) -> FieldWeights {
        let CharacterWeights { text, title, proximity, .. } = weights;
        FieldWeights { text, title, stopwords: true, length: 1.0, beginnings: 0.0, proximity }
    }
}

impl Config {
    /// The configuration that is compiled in.
    ///
    /// # Errors
    ///
    /// Never for the shipped files, which a test loads.
    pub fn builtin() -> Result<Config> {
        let read = |name: &str| {
            let stopwords = Chain::ALL.into_iter().find(|&chain| name == stopwords_file(chain));
            match stopwords.and_then(Chain::stopwords) {
                Some(text) => Ok(text.to_owned()),
                None if name == "dates.toml" => Ok(DEFAULT_DATES.to_owned()),
                None if name == "boilerplate.toml" => Ok(DEFAULT_BOILERPLATE.to_owned()),
                None => Ok(DEFAULT.to_owned()),
            }
        };
        Config::parse(read)
    }

    /// Reads a folder laid out like `index-config/`: `default.toml`, `dates.toml`, `boilerplate.toml`,
    /// `stopwords/{en,de,ko,zh}.txt` and `glossary/*.tsv`.
    ///
    /// # Errors
    ///
    /// When a file is missing or unreadable, a key unknown or a value out of range; the message names file and key.
    pub fn from_dir(dir: &Path) -> Result<Config> {
        let read = |name: &str| {
            let path = dir.join(name);
            fs::read_to_string(&path).with_context(|| {
                format!(
                    "reading the configuration `{}`; a folder laid out like index-config/ is expected",
                    path.display()
                )
            })
        };
        let config = Config::parse(read)?;
        // What nobody asks for yet is refused all the same.
        config.date_words()?;
        Boilerplate::parse(&config.boilerplate.text)?;
        Ok(Config { glossary: Glossary::from_dir(dir)?, dir: Some(dir.to_owned()), ..config })
    }

    /// What decides, beside the fingerprint, what is read from a file: a file is read again after a change of it.
    pub(crate) fn reading(&self) -> String {
        format!("{:?} {:?} {}", self.limits, self.columns, self.dates)
    }

    /// The words around publication dates, read anew.
    pub(crate) fn date_words(&self) -> Result<DateWords> {
        DateWords::parse(&self.dates)
    }

    /// What lines are in no passage, read when first asked for. `None` only for a file that is not as it must be, which none
    /// is that was read.
    pub(crate) fn boilerplate(&self) -> Option<&Boilerplate> {
        let BoilerplateFile { text, read } = &*self.boilerplate;
        read.get_or_init(|| Boilerplate::parse(text).ok()).as_ref()
    }

    /// The folder that it was read from; `None` for the one that is compiled in.
    pub fn dir(&self) -> Option<&Path> {
        self.dir.as_deref()
    }

    fn parse(read: impl Fn(&str) -> Result<String>) -> Result<Config> {
        let text = read("default.toml")?;
        let file: File = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            anyhow!("in default.toml of the configuration, line {line}: {}", error.message())
        })?;
        if file.version != 1 {
            bail!("default.toml of the configuration has version {}, expected 1", file.version);
        }
        let Passages { join_below, cut_above } = file.passages;
        if cut_above < 80 || join_below > cut_above {
            bail!(
                "[passages] in default.toml: expected 80 <= cut_above and join_below <= cut_above, found join_below = {join_below}, cut_above = {cut_above}"
            );
        }
        if file.korean.dropped_tags.iter().any(String::is_empty) {
            bail!(
                "[korean] dropped_tags in default.toml: expected beginnings of tags, found ``, which begins every tag"
            );
        }
        for word in &file.korean.words {
            let is_hangul = |part: &str| !part.is_empty() && part.chars().all(is_hangul_syllable);
            if !Folded::new(word).text().split(' ').all(is_hangul) {
                bail!(
                    "[korean] words in default.toml: expected Hangul, parts of a compound separated by a space, found `{word}`"
                );
            }
        }
        let EnglishConfig { keeps_s, variants, prefixes } = &file.english;
        let words = keeps_s.iter().chain(prefixes).chain(variants.iter().flat_map(|(word, other)| [word, other]));
        for word in words {
            if word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                bail!("[english] in default.toml: expected words of the letters a to z, found `{word}`");
            }
        }
        file.beginnings.check()?;
        file.stories.check()?;
        file.limits.check().context("in default.toml of the configuration")?;
        file.columns.check()?;
        if file.ranking.refined > MAX_REFINED {
            bail!("[ranking] refined = {} in default.toml: expected at most {MAX_REFINED}", file.ranking.refined);
        }
        let Window { words, characters } = file.ranking.window;
        if !(1..=MAX_WINDOW).contains(&words) || !(1..=MAX_WINDOW).contains(&characters) {
            bail!(
                "[ranking.window] in default.toml: expected numbers from 1 to {MAX_WINDOW}, found words = {words}, characters = {characters}"
            );
        }
        if !(0.0..=1.0).contains(&file.ranking.other_language) {
            bail!(
                "[ranking] other_language = {} in default.toml: expected a number from 0 to 1",
                file.ranking.other_language
            );
        }
        for chain in Chain::ALL {
            let FieldWeights { text, title, length, beginnings, proximity, stopwords: _ } = file.ranking.of(chain);
            let weights = [("text", text), ("title", title), ("beginnings", beginnings), ("proximity", proximity)];
            for (key, weight) in weights {
                check_weight(&format!("ranking.{}", chain.name()), key, weight)?;
            }
            if !(0.01..=100.0).contains(&length) {
                bail!(
                    "[ranking.{}] length = {length} in default.toml: expected a number from 0.01 to 100",
                    chain.name()
                );
            }
        }
        check_weight("ranking", "compound_parts", file.ranking.compound_parts)?;
        check_weight("ranking", "expansion", file.ranking.expansion)?;
        check_weight("ranking.chars", "hangul", file.ranking.chars.hangul)?;
        check_weight("ranking.chars", "words", file.ranking.chars.words)?;
        check_weight("ranking.chars", "pieces", file.ranking.chars.pieces)?;
        check_weight("ranking.chars", "runs", file.ranking.chars.runs)?;
        let mut stopwords: PerChain<Option<WordList>> = PerChain::default();
        for (chain, list) in stopwords.iter_mut().filter(|(chain, _)| chain.stopwords().is_some()) {
            *list = Some(WordList { text: read(&stopwords_file(chain))?, ..WordList::default() });
        }
        Ok(Config {
            passages: file.passages,
            korean: file.korean,
            english: file.english,
            beginnings: file.beginnings,
            stories: file.stories,
            limits: file.limits,
            columns: file.columns,
            ranking: file.ranking,
            glossary: Glossary::builtin(),
            stopwords: Arc::new(stopwords),
            dates: read("dates.toml")?.into(),
            boilerplate: BoilerplateFile::new(read("boilerplate.toml")?),
            dir: None,
        })
    }

    /// True for a folded word that a bag of words is not matched by, as read by a chain. The character evidence has
    /// no stop words.
    pub fn is_stopword(&self, chain: Chain, folded_word: &str) -> bool {
        let list = self.stopwords[chain].as_ref();
        list.is_some_and(|list| list.words().contains(umlauts_spelled_out(chain.without_elision(folded_word)).as_ref()))
    }

    /// What an index must have been built with to be searched with this configuration: a hexadecimal SHA-256 over
    /// the version of tokens (`versions.rs`), the dictionaries in the binary, and the options that decide tokens and passages.
    pub fn fingerprint(&self) -> String {
        let words: BTreeSet<&String> = self.korean.words.iter().collect();
        let tags: BTreeSet<&String> = self.korean.dropped_tags.iter().collect();
        // Languages with an alphabet are told apart by these (`passage::detect_language`), so they decide a passage's chain; and
        // their first letters are not kept.
        let lists = Chain::word_readings().filter_map(|chain| self.stopwords[chain].as_ref());
        let function_words: Vec<BTreeSet<&String>> = lists.map(|list| BTreeSet::from_iter(list.words())).collect();
        // As it stands: to make patterns of it would take longer than to open an index.
        let boilerplate = self.boilerplate.text.lines().map(str::trim);
        let boilerplate: Vec<&str> = boilerplate.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let described = serde_json::json!({
            "chains": versions::TOKENS.number,
            "crates": versions::TOKENS.crates,
            // Which characters are letters, and their lower case.
            "unicode": char::UNICODE_VERSION,
            "dictionaries": versions::DICTIONARIES,
            "passages": self.passages,
            "boilerplate": boilerplate,
            "korean_dropped_tags": tags,
            "korean_words": words,
            "english": self.english,
            "beginnings": self.beginnings,
            "function_words": function_words,
            "countries": self.glossary.countries_digest(),
            "sketches": self.stories.of_sketches(),
        });
        let digest = Sha256::digest(described.to_string().as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The file with a chain's stop words.
fn stopwords_file(chain: Chain) -> String {
    format!("stopwords/{}.txt", chain.name())
}

fn check_weight(table: &str, key: &str, weight: f32) -> Result<()> {
    if !(0.0..=1000.0).contains(&weight) {
        bail!("[{table}] {key} = {weight} in default.toml: expected a number from 0 to 1000");
    }
    Ok(())
}

/// The text of `boilerplate.toml`, which only indexing reads beyond its fingerprint.
#[derive(Debug)]
struct BoilerplateFile {
    text: String,
    read: OnceLock<Option<Boilerplate>>,
}

impl BoilerplateFile {
    /// The one that is compiled in is made into patterns once, however often the configuration is read.
    fn new(text: String) -> Arc<BoilerplateFile> {
        static BUILTIN: OnceLock<Arc<BoilerplateFile>> = OnceLock::new();
        if text == DEFAULT_BOILERPLATE {
            let make = || Arc::new(BoilerplateFile { text, read: OnceLock::new() });
            return BUILTIN.get_or_init(make).clone();
        }
        Arc::new(BoilerplateFile { text, read: OnceLock::new() })
    }
}

/// A list of words, read when one of its language is first asked for.
#[derive(Debug, Default)]
struct WordList {
    text: String,
    words: OnceLock<WordSet>,
}

impl WordList {
    fn words(&self) -> &WordSet {
        self.words.get_or_init(|| parse_words(&self.text))
    }
}

/// One word a line; `#` begins a comment. Words are folded as texts are, umlauts spelled out.
fn parse_words(text: &str) -> WordSet {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|word| !word.is_empty())
        .map(|word| umlauts_spelled_out(Folded::new(word).text()).into_owned())
        .collect()
}
