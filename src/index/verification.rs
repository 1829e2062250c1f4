//! Verification: everything in an index checked, each file by its checksum, each record by reading it.
//!
//! In: an index folder. Out: what is damaged. Nothing is changed. Damaged files are not read any further than their bytes.

mod files;
mod findings;
mod records;

use std::path::Path;

use anyhow::Result;

use crate::error::Remedy;
use crate::index::checksums::{Checksums, FILE as RECORD, META, SIDE_FILES};
use crate::index::commit_id::Commit;
use crate::index::directory::open_segments;
use crate::index::lock::lock_for_reading;
use crate::index::manifest::Manifest;
use crate::index::settings::Settings;
use crate::index::verification::files::{check_segments, compare};
pub use crate::index::verification::findings::{Finding, Verification};
use crate::index::verification::records::read_records;
use crate::index::{NewsIndex, manifest};

/// Checks an index.
///
/// # Errors
///
/// When there is no index, or one of another version or with other analysis, when its manifest is damaged, or when another
/// process is writing to it.
pub fn verify(dir: &Path, settings: impl Into<Settings>) -> Result<Verification> {
    let settings = &settings.into();
    let _lock = lock_for_reading(dir)?;
    let manifest = Manifest::expect(dir, settings)?;
    let mut found = Verification::default();
    let index = match open_segments(&dir.join(&manifest.segments)) {
        Ok(index) => Some(index),
        Err(error) => {
            found.damage(format!("{}/{META}", manifest.segments), format!("{error:#}"));
            None
        }
    };
    let commit = index.as_ref().and_then(Commit::last_of);
    if index.is_some() && commit.is_none() {
        found.damage(format!("{}/{META}", manifest.segments), "does not name its commit");
    }
    let record = match Checksums::load(dir) {
        Ok(record) => Some(record),
        Err(_) if !dir.join(RECORD).exists() => {
            found.note(RECORD, "is missing", Some(Remedy::NextRun));
            None
        }
        Err(error) => {
            found.damage(RECORD, format!("{error:#}"));
            None
        }
    };
    let source = manifest.source(dir, settings);
    compare(dir, &manifest, &source, record.as_ref(), commit, &mut found);
    if let Some(index) = &index {
        check_segments(dir, &manifest.segments, index, record.as_ref(), &mut found)?;
    }
    if found.is_whole() {
        let index = NewsIndex::open(dir, settings)?;
        read_records(&index, &mut found)?;
    }
    found.remedy = Some(if found.damaged.iter().all(|damage| can_be_derived(&damage.place)) {
        Remedy::Optimize(source)
    } else {
        Remedy::Rebuild(source)
    });
    Ok(found)
}

/// True of a file beside the segments that can be derived from them again.
fn can_be_derived(name: &str) -> bool {
    name == RECORD || (SIDE_FILES.contains(&name) && name != manifest::FILE)
}
