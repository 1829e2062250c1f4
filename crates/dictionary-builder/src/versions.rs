//! The file `VERSIONS`: the inputs of the dictionaries, and the SHA-256 of each dictionary.
//!
//! It is removed before the first dictionary is written and created after the last one, so that where it exists, the folder is
//! complete. Its lines are `NAME VALUE`; the first ones name the inputs, the others the outputs.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::german;
use crate::packages::Packages;
use crate::wheel::{GERMAN_NOUNS, KO_DIC, WORDFREQ};

/// Version of the builder, raised whenever the same inputs give other outputs, so that existing folders are rebuilt.
const FORMAT: u32 = 4;
/// Name of the file in the output folder.
const FILE_NAME: &str = "VERSIONS";

/// Returns the SHA-256 of `bytes` in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Returns the lines that name the inputs.
///
/// # Errors
///
/// Fails if the workspace does not use one of the crates.
pub(crate) fn describe_inputs(packages: &Packages) -> Result<String> {
    let mut text = format!("format {FORMAT}\n");
    for wheel in [KO_DIC, GERMAN_NOUNS, WORDFREQ] {
        text += &format!("{} {}\n{}-sha256 {}\n", wheel.name, wheel.version, wheel.name, wheel.sha256);
    }
    text += &format!("german-lists-sha256 {}\n", sha256(german::lists().as_bytes()));
    for name in ["lindera-dictionary", "jieba-rs", "ferrous-opencc"] {
        text += &format!("{name} {}\n", packages.find(name)?.version);
    }
    Ok(text)
}

/// Tells whether `output` holds all `files`, made from these inputs and not changed since.
///
/// # Errors
///
/// Fails if a file is there but cannot be read.
pub(crate) fn is_up_to_date(output: &Path, inputs: &str, files: &[String]) -> Result<bool> {
    let path = output.join(FILE_NAME);
    let recorded = match fs::read_to_string(&path) {
        Ok(recorded) => recorded,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
        }
    };
    if !recorded.starts_with(inputs) {
        return Ok(false);
    }
    Ok(describe_outputs(output, files)?.is_some_and(|outputs| recorded == format!("{inputs}{outputs}")))
}

/// Removes the file, since the folder is going to be incomplete.
///
/// # Errors
///
/// Fails if it is there and cannot be removed.
pub(crate) fn invalidate(output: &Path) -> Result<()> {
    let path = output.join(FILE_NAME);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
        }
        _ => Ok(()),
    }
}

/// Writes the file, in one step.
///
/// # Errors
///
/// Fails if one of `files` is missing, or the file cannot be written.
pub(crate) fn record(output: &Path, inputs: &str, files: &[String]) -> Result<()> {
    let Some(outputs) = describe_outputs(output, files)? else {
        bail!("a dictionary is missing in `{}`", output.display());
    };
    let path = output.join(FILE_NAME);
    let written = || {
        let unfinished = path.with_extension("unfinished");
        let mut file = fs::File::create(&unfinished)?;
        file.write_all(format!("{inputs}{outputs}").as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        anyhow::Ok(())
    };
    written().with_context(|| format!("cannot write `{}`", path.display()))
}

/// Returns the lines that name the outputs, or `None` where one is missing.
fn describe_outputs(output: &Path, files: &[String]) -> Result<Option<String>> {
    let mut text = String::new();
    for name in files {
        let path = output.join(name);
        match fs::read(&path) {
            Ok(bytes) => text += &format!("{name} {}\n", sha256(&bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read `{}`", path.display()));
            }
        }
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path();
        let files = ["a".to_owned()];
        let current = |inputs: &str| is_up_to_date(output, inputs, &files).unwrap();
        assert!(!current("x 1\n"));
        assert!(record(output, "x 1\n", &files).is_err());
        fs::write(output.join("a"), "abc").unwrap();
        record(output, "x 1\n", &files).unwrap();
        assert_eq!(
            fs::read_to_string(output.join(FILE_NAME)).unwrap(),
            "x 1\na ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"
        );
        assert!(current("x 1\n"));
        assert!(!current("x 2\n"));
        fs::write(output.join("a"), "abd").unwrap();
        assert!(!current("x 1\n"));
        record(output, "x 1\n", &files).unwrap();
        invalidate(output).unwrap();
        invalidate(output).unwrap();
        assert!(!current("x 1\n"));
    }
}
