//! What an index says of itself: the format of its files, and the analysis it was built with.
//!
//! `manifest.json` also names the folder that holds tantivy's files. Replacing the manifest is one rename, so a
//! rebuilt index takes the old one's place in an instant, and an index exists if and only if its manifest does.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::error::{Error, IndexSource, Remedy};
use crate::index::settings::Settings;
use crate::ingest::absolute;

/// Version of the files in an index folder; changed whenever an older tradewire could not read a newer index.
pub const FORMAT: u32 = 8;

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
    /// What was indexed, as absolute paths, so that a message can name the command that rebuilds it.
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
    pub(crate) fn new(settings: &Settings, segments: String) -> Manifest {
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
    /// [`Error::OtherAnalysis`] when the index is of another format or was built with other analysis, [`Error::Damaged`]
    /// when the file is. Also when it cannot be read.
    pub(crate) fn read(dir: &Path, settings: &Settings) -> Result<Option<Manifest>> {
        let path = dir.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                let what = format!("`{}` is not a folder, so it holds no index", dir.display());
                return Err(Error::Io { what, source: error }.into());
            }
            Err(error) => return Err(error).with_context(|| format!("reading `{}`", path.display())),
        };
        let damaged = |error: serde_json::Error| Error::Damaged {
            what: format!("`{}` is damaged", path.display()),
            remedy: Remedy::DeleteAndRebuild { index: dir.to_owned() },
            source: Some(error.into()),
        };
        let any: AnyManifest = serde_json::from_str(&text).map_err(damaged)?;
        if any.format != FORMAT {
            let what = format!(
                "the index in `{}` was made by tradewire {} in format {}, this is tradewire {} with format {FORMAT}",
                dir.display(),
                any.tradewire,
                any.format,
                env!("CARGO_PKG_VERSION"),
            );
            return Err(
                Error::OtherAnalysis { what, remedy: Remedy::Rebuild(source(dir, settings, &any.paths)) }.into()
            );
        }
        let manifest: Manifest = serde_json::from_str(&text).map_err(damaged)?;
        if manifest.fingerprint != settings.fingerprint() {
            let what = format!(
                "the index in `{}` was built with other analysers, dictionaries or options than this tradewire uses, and would answer wrongly",
                dir.display()
            );
            return Err(Error::OtherAnalysis { what, remedy: Remedy::Rebuild(manifest.source(dir, settings)) }.into());
        }
        Ok(Some(manifest))
    }

    /// As [`Manifest::read`], of an index that has to be there.
    ///
    /// # Errors
    ///
    /// As [`Manifest::read`], and [`Error::NoIndex`].
    pub(crate) fn expect(dir: &Path, settings: &Settings) -> Result<Manifest> {
        Ok(Manifest::read(dir, settings)?.ok_or_else(|| Error::NoIndex { index: dir.to_owned() })?)
    }

    /// This index, and what it was built from: for what mends it.
    pub(crate) fn source(&self, dir: &Path, settings: &Settings) -> IndexSource {
        source(dir, settings, &self.paths)
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

fn source(dir: &Path, settings: &Settings, paths: &[String]) -> IndexSource {
    IndexSource {
        index: dir.to_owned(),
        config: settings.dir.as_deref().map(|dir| absolute(dir).into()),
        paths: paths.to_vec(),
    }
}
