//! Maintenance of an index: deleting documents, and making all segments one.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::index::directory::open_segments;
use crate::index::manifest::Manifest;
use crate::index::settings::Settings;
use crate::index::writer::{Merging, Writer};

/// Removes documents from an index by their ids, in one commit; ids that it does not have are skipped. Returns the number of
/// documents that it had and has no longer.
///
/// # Errors
///
/// When there is no index, or it cannot be read or written to.
pub fn delete_documents(dir: &Path, ids: &[String], settings: impl Into<Settings>) -> Result<u64> {
    let settings = &settings.into();
    let mut writer = Writer::open_existing(dir, settings)?;
    let mut there = Vec::new();
    if let Some(snapshot) = writer.snapshot()? {
        for id in ids {
            if snapshot.find(id)?.is_some() {
                there.push(id.clone());
            }
        }
    }
    there.sort_unstable();
    there.dedup();
    if !there.is_empty() {
        writer.remove(&there)?;
        writer.finish(&[], Merging::WhereWorthIt)?;
    }
    Ok(there.len() as u64)
}

/// The result of optimizing an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Optimized {
    /// Segments before and after.
    pub segments: (usize, usize),
    /// Bytes of all files before and after.
    pub bytes: (u64, u64),
}

/// Makes one segment of all, without what was deleted, and writes everything beside it again.
///
/// # Errors
///
/// When there is no index, or it cannot be read or written to.
pub fn optimize(dir: &Path, settings: impl Into<Settings>) -> Result<Optimized> {
    let settings = &settings.into();
    let mut writer = Writer::open_existing(dir, settings)?;
    let before = (writer.segments()?, folder_bytes(dir));
    // Its own commit, so that a reader does not take the new files for damaged ones of the old.
    writer.commit()?;
    writer.finish(&[], Merging::Everything)?;
    let manifest = Manifest::expect(dir, settings)?;
    let segments = open_segments(&dir.join(manifest.segments))?.searchable_segment_ids()?.len();
    Ok(Optimized { segments: (before.0, segments), bytes: (before.1, folder_bytes(dir)) })
}

/// Bytes of all files in a folder and those in it.
pub(super) fn folder_bytes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => folder_bytes(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
