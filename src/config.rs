//! The configuration: data in `index-config/`, compiled into the binary as the default, replaceable by a folder.
//!
//! In: a folder or nothing. Out: a validated [`Config`], from which each module takes its own options. No other module of the
//! library imports this file, but the public facade.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::error::Error;
use crate::index::{Settings, StoryOptions};
use crate::ingest::{self, Limits, PageWords};
use crate::query::compile::Ranking;
use crate::text::analysis::abbreviations::{self, Abbreviations};
use crate::text::analysis::quantity::{self, QuantityFile};
use crate::text::analysis::{
    self, Chain, ChainLists, EnglishOptions, GermanOptions, KoreanOptions, PerChain, PrefixLengths,
};
use crate::text::glossary::Glossary;
use crate::text::passage;
use crate::toml_file;

const DEFAULT: &str = include_str!("../index-config/default.toml");
const DEFAULT_FIELDS: &str = include_str!("../index-config/fields.toml");
const DEFAULT_DATES: &str = include_str!("../index-config/dates.toml");
const DEFAULT_BOILERPLATE: &str = include_str!("../index-config/boilerplate.toml");

/// The configuration of analysis, reading and ranking: [`Config::default`] is the built-in one, [`Config::from_dir`] loads another.
///
/// An index is opened with the configuration that it was built with, as far as this decides its terms; weights of the ranking
/// and limits of reading may differ. The files of `index-config/` explain each option.
///
/// ```
/// use std::path::Path;
/// use tradewire::{Config, Error};
///
/// assert!(Config::default().dir().is_none());
/// assert!(matches!(Config::from_dir(Path::new("no such folder")), Err(Error::Config { .. })));
/// ```
#[derive(Debug, Clone)]
pub struct Config {
    /// Options of the analysis: how texts become tokens.
    #[doc(hidden)]
    pub analysis: analysis::Options,
    /// Options of passages: how texts are cut.
    #[doc(hidden)]
    pub passages: passage::Options,
    /// Options of ingestion: how files are read into documents.
    #[doc(hidden)]
    pub ingest: ingest::Options,
    /// Options of stories: which documents are grouped into one.
    #[doc(hidden)]
    pub stories: StoryOptions,
    /// Weights of the scoring clauses.
    #[doc(hidden)]
    pub ranking: Ranking,
    /// Trade concepts, by which queries are expanded and the countries in texts are recognised.
    #[doc(hidden)]
    pub glossary: Glossary,
    dir: Option<PathBuf>,
}

/// The contents of `default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    passages: passage::Options,
    korean: KoreanOptions,
    english: EnglishOptions,
    german: GermanOptions,
    #[serde(rename = "beginnings")]
    prefix_lengths: PrefixLengths,
    stories: StoryOptions,
    limits: Limits,
    pages: PageWords,
    ranking: Ranking,
}

/// The built-in configuration, which is compiled into the library.
impl Default for Config {
    fn default() -> Config {
        Config::builtin().expect("the configuration that is compiled in is valid")
    }
}

impl Config {
    /// Loads the built-in configuration, which is compiled into the binary.
    ///
    /// # Errors
    ///
    /// Never, for the built-in files, which a test loads.
    #[doc(hidden)]
    pub fn builtin() -> Result<Config> {
        let read = |name: &str| {
            let list = Chain::ALL.into_iter().find_map(|chain| match name {
                _ if name == stopwords_file(chain) => chain.stopwords(),
                _ if name == questions_file(chain) => chain.questions(),
                _ if name == inflection_file(chain) => chain.inflection(),
                _ => None,
            });
            match list {
                Some(text) => Ok(text.to_owned()),
                None if name == "fields.toml" => Ok(DEFAULT_FIELDS.to_owned()),
                None if name == "dates.toml" => Ok(DEFAULT_DATES.to_owned()),
                None if name == "boilerplate.toml" => Ok(DEFAULT_BOILERPLATE.to_owned()),
                None if name == quantity::FILE => Ok(quantity::BUILTIN.to_owned()),
                None if name == abbreviations::FILE => Ok(abbreviations::BUILTIN.to_owned()),
                None => Ok(DEFAULT.to_owned()),
            }
        };
        Config::parse(read)
    }

    /// Loads the configuration from a folder laid out like `index-config/`: `default.toml`, `fields.toml`, `dates.toml`,
    /// `boilerplate.toml`, `quantities.toml`, `abbreviations.txt`, `stopwords/{en,de,ko,zh,chars}.txt`, `questions/{en,de,ko,zh}.txt`, `inflection/{en,de}.txt` and `glossary/*.tsv`.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] when a file is missing or unreadable, a key is unknown or a value out of range; the message names
    /// file and key.
    pub fn from_dir(dir: &Path) -> Result<Config, Error> {
        Config::read_dir(dir).map_err(Error::of_config)
    }

    fn read_dir(dir: &Path) -> Result<Config> {
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
        // These files are parsed on first use; they are checked here so that a mistake is reported at once.
        config.ingest.field_names()?;
        config.ingest.date_words()?;
        config.passages.check_boilerplate()?;
        config.analysis.check_word_lists()?;
        Ok(Config { glossary: Glossary::from_dir(dir)?, dir: Some(dir.to_owned()), ..config })
    }

    /// The folder that the configuration was loaded from; `None` for the built-in one.
    pub fn dir(&self) -> Option<&Path> {
        self.dir.as_deref()
    }

    fn parse(read: impl Fn(&str) -> Result<String>) -> Result<Config> {
        let text = read("default.toml")?;
        let file: File = toml_file::parse("default.toml", &text)?;
        if file.version != 1 {
            bail!("default.toml of the configuration has version {}, expected 1", file.version);
        }
        let File { version: _, passages, korean, english, german, prefix_lengths, stories, limits, pages, ranking } =
            file;
        let passages = passages.with_boilerplate(read("boilerplate.toml")?)?;
        let mut lists = PerChain::from_fn(|_| ChainLists::default());
        for (chain, lists) in lists.iter_mut() {
            if chain.stopwords().is_some() {
                lists.stopwords = Some(read(&stopwords_file(chain))?);
            }
            if chain.questions().is_some() {
                lists.questions = Some(read(&questions_file(chain))?);
            }
            if chain.inflection().is_some() {
                let file = inflection_file(chain);
                lists.inflection = Some((file.clone(), read(&file)?));
            }
        }
        let quantities = QuantityFile::new(read(quantity::FILE)?);
        let abbreviations = Abbreviations::new(read(abbreviations::FILE)?);
        let analysis =
            analysis::Options::new(korean, (english, german), prefix_lengths, lists, quantities, abbreviations)?;
        stories.check()?;
        let ingest = ingest::Options::new(limits, &read("fields.toml")?, pages, &read("dates.toml")?)?;
        ranking.check()?;
        Ok(Config { analysis, passages, ingest, stories, ranking, glossary: Glossary::builtin(), dir: None })
    }
}

impl From<&Config> for Settings {
    fn from(config: &Config) -> Settings {
        let Config { analysis, passages, ingest, stories, ranking: _, glossary, dir } = config.clone();
        Settings { ingest, analysis, passages, stories, glossary, dir }
    }
}

/// Name of the file with a chain's stop words.
fn stopwords_file(chain: Chain) -> String {
    format!("stopwords/{}.txt", chain.name())
}

/// Name of the file with a chain's question words.
fn questions_file(chain: Chain) -> String {
    format!("questions/{}.txt", chain.name())
}

/// Name of the file with the irregular forms of a chain's words.
fn inflection_file(chain: Chain) -> String {
    format!("inflection/{}.txt", chain.name())
}
