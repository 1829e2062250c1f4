//! The folder of an index that holds tantivy's files: its name, an empty one, and what is left of others.

use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use anyhow::Result;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings};

use crate::index::checksums::MANAGED;
use crate::index::directory::create_segments;
use crate::index::schema::Fields;

/// The beginning of the names of folders with tantivy's files; a number follows.
const FOLDER_PREFIX: &str = "segments-";

/// A new index without any document.
pub(super) fn create_empty(folder: &Path) -> Result<Index> {
    let (schema, _) = Fields::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        ..IndexSettings::default()
    };
    create_segments(folder, schema, settings)
}

/// A name for a folder with tantivy's files that is not in use.
pub(super) fn free_folder_name(dir: &Path) -> String {
    let mut number = 1_u32;
    while dir.join(folder_name(number)).exists() {
        number += 1;
    }
    folder_name(number)
}

fn folder_name(number: u32) -> String {
    format!("{FOLDER_PREFIX}{number}")
}

/// Removes the folders of rebuilt and of interrupted indexes. What cannot be removed now is removed another time.
pub(super) fn remove_other_folders(dir: &Path, keep: &str) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A folder of that name may be somebody else's.
        let has_our_name = name.strip_prefix(FOLDER_PREFIX).is_some_and(|number| number.parse::<u32>().is_ok());
        let path = entry.path();
        if has_our_name && name != keep && (path.join(MANAGED).is_file() || was_only_begun(&path)) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// True for a folder with nothing in it but locks and files that were not yet given their names: its process was killed before
/// tantivy had written the list of its files.
fn was_only_begun(folder: &Path) -> bool {
    let is_passing = |entry: io::Result<DirEntry>| {
        entry.is_ok_and(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            is_file && (name.starts_with(".tmp") || name.starts_with(".tantivy-"))
        })
    };
    fs::read_dir(folder).is_ok_and(|mut entries| entries.all(is_passing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_has_only_begun_is_removed_and_what_is_somebody_elses_is_not() {
        let index = tempfile::tempdir().unwrap();
        let folder = |name: &str, files: &[&str]| {
            let folder = index.path().join(name);
            fs::create_dir(&folder).unwrap();
            files.iter().for_each(|file| fs::write(folder.join(file), "x").unwrap());
        };
        folder("segments-1", &[MANAGED, "a.term"]);
        folder("segments-2", &[MANAGED, "b.term"]);
        folder("segments-3", &[]);
        folder("segments-4", &[".tantivy-meta.lock", ".tmpQ1x"]);
        folder("segments-5", &["notes.txt"]);
        folder("segments-x", &[]);
        fs::create_dir(index.path().join("segments-5").join("more")).unwrap();
        remove_other_folders(index.path(), "segments-2");
        let mut left: Vec<String> = fs::read_dir(index.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort_unstable();
        assert_eq!(left, ["segments-2", "segments-5", "segments-x"]);
    }
}
