//! What an index says of itself: the format of its files, and the analysis it was built with.
//!
//! `manifest.json` also names the folder that holds tantivy's files. Replacing the manifest is one rename, so a
//! rebuilt index takes the old one's place in an instant, and an index exists if and only if its manifest does.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::index::settings::Settings;
use crate::ingest::absolute;

/// Version of the files in an index folder; changed whenever an older tradewire could not read a newer index.
pub const FORMAT: u32 = 5;

pub(super) const FILE: &str = "manifest.json";

/// The manifest of an index folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the tradewire that built it.
    pub format: u32,
    /// Version of that tradewire.
    pub tradewire: String,
    /// [`Settings::fingerprint`] it was built with.
    pub fingerprint: String,
    /// Name of the folder with tantivy's files, inside the index folder.
    pub segments: String,
    /// What was indexed, as absolute paths, so that a message can name the command that builds it anew.
    pub paths: Vec<String>,
}

/// The part that every format has, to tell an older or newer index from a broken one.
#[derive(Deserialize)]
struct AnyManifest {
    format: u32,
    #[serde(default)]
    tradewire: String,
    #[serde(default)]
    paths: Vec<String>,
}

impl Manifest {
    /// A manifest for an index that is about to be built.
    pub(crate) fn new(settings: &Settings<'_>, segments: String) -> Manifest {
        Manifest {
            format: FORMAT,
            tradewire: env!("CARGO_PKG_VERSION").to_owned(),
            fingerprint: settings.fingerprint(),
            segments,
            paths: Vec::new(),
        }
    }

    /// Reads the manifest of an index folder and checks that this program can use the index. `None`: there is no
    /// index.
    ///
    /// # Errors
    ///
    /// When the index is of another format or was built with other analysis; the message names the command that
    /// mends it. Also when the file is unreadable or damaged.
    pub(crate) fn read(dir: &Path, settings: &Settings<'_>) -> Result<Option<Manifest>> {
        let path = dir.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                bail!("`{}` is not a folder, so it holds no index", dir.display())
            }
            Err(error) => return Err(error).with_context(|| format!("reading `{}`", path.display())),
        };
        let damaged =
            || format!("`{}` is damaged; delete `{}` and build the index anew", path.display(), dir.display());
        let any: AnyManifest = serde_json::from_str(&text).with_context(damaged)?;
        if any.format != FORMAT {
            bail!(
                "the index in `{}` was made by tradewire {} in format {}, this is tradewire {} with format {FORMAT}; build it anew: {}",
                dir.display(),
                any.tradewire,
                any.format,
                env!("CARGO_PKG_VERSION"),
                rebuild_command(dir, settings, &any.paths)
            );
        }
        let manifest: Manifest = serde_json::from_str(&text).with_context(damaged)?;
        if manifest.fingerprint != settings.fingerprint() {
            bail!(
                "the index in `{}` was built with other analysers, dictionaries or options than this tradewire uses, and would answer wrongly; build it anew: {}",
                dir.display(),
                rebuild_command(dir, settings, &manifest.paths)
            );
        }
        Ok(Some(manifest))
    }

    /// As [`Manifest::read`], of an index that has to be there.
    ///
    /// # Errors
    ///
    /// As [`Manifest::read`], and when there is no index; the message says how to build one.
    pub(crate) fn expect(dir: &Path, settings: &Settings<'_>) -> Result<Manifest> {
        Manifest::read(dir, settings)?.with_context(|| {
            format!(
                "there is no index in `{}`; build one with `tradewire index PATH...`, or name another with --index",
                dir.display()
            )
        })
    }

    /// The command that builds this index anew.
    pub(crate) fn rebuild_command(&self, dir: &Path, settings: &Settings<'_>) -> String {
        rebuild_command(dir, settings, &self.paths)
    }

    /// The command that writes anew what can be found from the segments.
    pub(crate) fn optimize_command(&self, dir: &Path, settings: &Settings<'_>) -> String {
        command("optimize", dir, settings)
    }

    /// What to do about a damaged index.
    pub(crate) fn advice(&self, dir: &Path, settings: &Settings<'_>) -> String {
        let rebuild = self.rebuild_command(dir, settings);
        format!("`tradewire verify` checks the index in `{}`, and this builds it anew: {rebuild}", dir.display())
    }

    /// Puts the manifest in place, whole or not at all.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to.
    pub(crate) fn write(&self, dir: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).context("writing the manifest")?;
        replace_file(&dir.join(FILE), text.as_bytes())
    }
}

/// Writes a file beside its place, makes sure it is on disk, and renames it.
///
/// # Errors
///
/// When the folder cannot be written to.
pub(crate) fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, None)
}

/// The same for a file that is to have been modified at `modified`, where the file system keeps that.
///
/// # Errors
///
/// As [`replace_file`].
pub(super) fn replace_file_dated(path: &Path, bytes: &[u8], modified: SystemTime) -> Result<()> {
    replace(path, bytes, Some(modified))
}

fn replace(path: &Path, bytes: &[u8], modified: Option<SystemTime>) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name}.new"));
    let describe = || format!("writing `{}`", path.display());
    let mut file = fs::File::create(&draft).with_context(describe)?;
    file.write_all(bytes).with_context(describe)?;
    // Where a time cannot be set, the file counts as copied.
    let _ = modified.map(|modified| file.set_modified(modified));
    file.sync_all().with_context(describe)?;
    drop(file);
    fs::rename(&draft, path).with_context(describe)?;
    // Or what is removed after this might be gone from the disk before this is on it.
    #[cfg(unix)]
    fs::File::open(path.parent().unwrap_or(path)).and_then(|folder| folder.sync_all()).with_context(describe)?;
    Ok(())
}

/// The beginning of a command for this index.
fn command(name: &str, dir: &Path, settings: &Settings<'_>) -> String {
    let mut command = format!("tradewire {name} --index {}", shell_word(&dir.display().to_string()));
    if let Some(config_dir) = settings.dir {
        command.push_str(&format!(" --config {}", shell_word(&absolute(config_dir))));
    }
    command
}

fn rebuild_command(dir: &Path, settings: &Settings<'_>, paths: &[String]) -> String {
    let mut command = command("index --rebuild", dir, settings);
    let paths = || paths.iter().filter(|path| *path != "-");
    for path in paths() {
        command.push(' ');
        command.push_str(&shell_word(path));
    }
    // What came by standard input has to come again in its own way.
    if paths().next().is_none() {
        command.push_str(" PATH...");
    }
    command
}

/// A word as a POSIX shell reads it back.
fn shell_word(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "/._-+=:,@%".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
