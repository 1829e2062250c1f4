//! The folder of an index that holds tantivy's files: its name, an empty one, and what is left of others.

use std::fs;
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
        let is_ours = name.strip_prefix(FOLDER_PREFIX).is_some_and(|number| number.parse::<u32>().is_ok())
            && entry.path().join(MANAGED).is_file();
        if is_ours && name != keep {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
