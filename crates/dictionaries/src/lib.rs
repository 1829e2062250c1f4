//! The dictionaries that tradewire's analysers embed: about 77 MB, in a crate that is compiled once and not at every edit of
//! the analysers.
//!
//! The tables are built by the dictionary builder (`make dictionary`, `crates/dictionary-builder`) and are not in the
//! repository. The meaning of a table's entries is up to the analyser that reads it; the comments here give the format, source
//! and licence of each file. The project's NOTICE names the sources in full.

/// The versions and SHA-256 digests of the dictionaries' inputs and of each table, as `NAME VALUE` joined by `; `. They decide
/// tokens, so they are part of every index's fingerprint.
pub const VERSIONS: &str = env!("TRADEWIRE_DICTIONARIES");

/// The Korean dictionary: mecab-ko-dic 2.1.1 in the format of lindera-dictionary, without its penalties for left spaces.
///
/// Source: the Python package python-mecab-ko-dic. Licence: Apache-2.0.
#[allow(missing_docs, reason = "written by lindera's macro")]
pub mod korean {
    lindera_dictionary::embedded_dictionary!("/ko-dic", EmbeddedKoDic);
}

/// The Korean morphemes that words contain without showing them (`올랐` contains 오르): lines of `MORPHEME<TAB>CHARACTERS`, where
/// CHARACTERS are the first characters of these words.
///
/// Source: the entries of mecab-ko-dic. Licence: Apache-2.0.
pub static KOREAN_LEMMAS: &str = include_str!(concat!(env!("LINDERA_WORKDIR"), "/lemmas.tsv"));

/// The Korean readings of hanja: lines of `CHARACTER<TAB>READING…`, the most usual reading first.
///
/// Source: the entries of mecab-ko-dic. Licence: Apache-2.0.
pub static HANJA_READINGS: &str = include_str!(concat!(env!("LINDERA_WORKDIR"), "/hanja.tsv"));

/// The Chinese words with their frequencies: an `fst::Map` from the word, folded as texts are, to its frequency.
///
/// Source: the word list of jieba-rs, after jieba. Licence: MIT.
pub static CHINESE_WORDS: &[u8] = include_bytes!(concat!(env!("LINDERA_WORKDIR"), "/jieba.fst"));

/// The sum of all frequencies in [`CHINESE_WORDS`]: a decimal number and a line break.
///
/// Source and licence: as [`CHINESE_WORDS`].
pub static CHINESE_TOTAL: &str = include_str!(concat!(env!("LINDERA_WORKDIR"), "/jieba.total"));

/// The simplified form of each traditional Chinese character: lines of `TRADITIONAL<TAB>SIMPLIFIED`.
///
/// Source: the tables of OpenCC in ferrous-opencc. Licence: Apache-2.0.
pub static SIMPLIFIED_CHARACTERS: &str = include_str!(concat!(env!("LINDERA_WORKDIR"), "/simplified.tsv"));

/// The forms that can be parts of German compounds: an `fst::Map` from the form to its cost as a part, with flags
/// (`crates/dictionary-builder/src/german.rs`).
///
/// Source: the nouns of the German Wiktionary, the frequencies of wordfreq, and lists of our own. Licence: CC-BY-SA-4.0.
pub static GERMAN_PARTS: &[u8] = include_bytes!(concat!(env!("LINDERA_WORKDIR"), "/german.fst"));
