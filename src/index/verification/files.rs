//! Verification of the files: by the record of their checksums, and where it does not know one by tantivy's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta};

use crate::error::{IndexSource, Remedy};
use crate::index::checksums::{Checksums, FILE as RECORD, MANAGED, META, is_segment_file};
use crate::index::commit_id::Commit;
use crate::index::manifest::Manifest;
use crate::index::verification::findings::Verification;

/// Compares the files with the record of them. What belongs to a later commit than the record was not known to it.
pub(super) fn compare(
    dir: &Path,
    manifest: &Manifest,
    source: &IndexSource,
    record: Option<&Checksums>,
    commit: Option<Commit>,
    found: &mut Verification,
) {
    let Some(record) = record else {
        return;
    };
    let segments = &manifest.segments;
    let is_last = commit.is_none() || record.commit() == commit;
    if !is_last {
        let reason = "is from an earlier state, as after an interrupted run";
        found.note(RECORD, reason, Some(Remedy::Optimize(source.clone())));
    }
    for (name, file) in record.beside.iter().filter(|_| is_last) {
        found.files += 1;
        found.bytes += size(&dir.join(name));
        if let Some(damage) = file.damage(&dir.join(name)) {
            found.damage(name.as_str(), damage);
        }
    }
    for (name, file) in &record.inside {
        let path = dir.join(segments).join(name);
        // A later commit may have replaced these.
        if !is_last && (name == META || !path.exists()) {
            continue;
        }
        found.files += 1;
        found.bytes += size(&path);
        if let Some(damage) = file.damage(&path) {
            found.damage(format!("{segments}/{name}"), damage);
        }
    }
}

/// Checks what the record does not know by tantivy's own checksums, and looks for missing files and others.
pub(super) fn check_segments(
    dir: &Path,
    segments: &str,
    index: &Index,
    record: Option<&Checksums>,
    found: &mut Verification,
) -> Result<()> {
    let folder = dir.join(segments);
    let metas = index.load_metas().context("reading the list of segments")?;
    let mut needed: BTreeSet<String> =
        metas.list_segment_files().iter().map(|path| path.to_string_lossy().into_owned()).collect();
    // The documents while they are being written, and the deletions of a segment without any.
    let never_deleted: Vec<String> =
        metas.segments.iter().filter(|meta| !meta.has_deletes()).map(deletions_of).collect();
    needed.retain(|name| !name.ends_with(".temp") && !never_deleted.contains(name));
    for name in needed.iter().filter(|name| record.is_none_or(|record| !record.inside.contains_key(*name))) {
        found.files += 1;
        found.bytes += size(&folder.join(name));
        match index.directory().validate_checksum(Path::new(name)) {
            Ok(true) => {}
            Ok(false) => found.damage(format!("{segments}/{name}"), "does not end with its checksum"),
            Err(_) if !folder.join(name).exists() => found.damage(format!("{segments}/{name}"), "is missing"),
            Err(error) => found.damage(format!("{segments}/{name}"), error.to_string()),
        }
    }
    let managed: BTreeSet<String> =
        index.directory().list_managed_files().iter().map(|path| path.to_string_lossy().into_owned()).collect();
    found.files += 1;
    found.bytes += size(&folder.join(MANAGED));
    match fs::read(folder.join(MANAGED)) {
        // tantivy ends it with a line break, and reads it without.
        Ok(list) if !list.ends_with(b"\n") => found.damage(format!("{segments}/{MANAGED}"), "is cut short"),
        Ok(_) if !managed.contains(META) => {
            found.damage(format!("{segments}/{MANAGED}"), format!("does not name `{META}`"));
        }
        Ok(_) => {}
        Err(error) => found.damage(format!("{segments}/{MANAGED}"), format!("cannot be read: {error}")),
    }
    let describe = || format!("reading the folder `{}`", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(describe)? {
        names.push(entry.with_context(describe)?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    for name in names.iter().filter(|name| is_segment_file(name)) {
        let place = format!("{segments}/{name}");
        match (needed.contains(name), managed.contains(name)) {
            (true, true) => {}
            (true, false) => found.damage(format!("{segments}/{MANAGED}"), format!("does not name `{name}`")),
            (false, true) => found.note(place, "is left over; the next run removes it", None),
            (false, false) => found.note(place, "is no file of the index", None),
        }
    }
    Ok(())
}

fn deletions_of(segment: &SegmentMeta) -> String {
    segment.relative_path(SegmentComponent::Delete).to_string_lossy().into_owned()
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}
