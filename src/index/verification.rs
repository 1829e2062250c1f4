//! Verification: everything in an index checked, each file by its checksum, each record by reading it.
//!
//! In: an index folder. Out: what is damaged. Nothing is changed. Damaged files are not read any further than their bytes.

use std::collections::BTreeSet;
use std::fs;
use std::hash::Hasher;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;
use siphasher::sip::SipHasher13;
use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta, SegmentReader, TantivyDocument};

use crate::error::{IndexSource, Remedy};
use crate::index::checksums::{Checksums, FILE as RECORD, MANAGED, META, SIDE_FILES, is_segment_file};
use crate::index::commit_id::Commit;
use crate::index::directory::open_segments;
use crate::index::lock::lock_for_reading;
use crate::index::manifest::Manifest;
use crate::index::schema::columns;
use crate::index::settings::Settings;
use crate::index::stored_passage::{StoredPassage, stored_passage};
use crate::index::{NewsIndex, manifest};

/// Findings that are listed; more are only counted.
const MAX_FINDINGS: usize = 1000;

/// A finding of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, or the document in quotes.
    pub place: String,
    /// The damage, or the oddity.
    pub reason: String,
    /// What mends it, where that is not said of the whole index.
    #[serde(skip)]
    pub remedy: Option<Remedy>,
}

/// The result of a verification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Files that were read.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Documents whose records were read.
    pub documents: u64,
    /// Passages whose records were read.
    pub passages: u64,
    /// Documents that are there more than once.
    pub documents_doubled: u64,
    /// Documents with a passage missing.
    pub documents_incomplete: u64,
    /// Findings of damage.
    pub damaged: Vec<Finding>,
    /// The number of findings that are not listed.
    pub omitted: u64,
    /// Findings that harm nothing.
    pub noted: Vec<Finding>,
    /// What mends a damaged index; `None` before everything was checked.
    #[serde(skip)]
    pub remedy: Option<Remedy>,
}

impl Verification {
    /// True if nothing is damaged.
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty()
    }

    fn damage(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        if self.damaged.len() < MAX_FINDINGS {
            self.damaged.push(Finding { place: place.into(), reason: reason.into(), remedy: None });
        } else {
            self.omitted += 1;
        }
    }

    fn note(&mut self, place: impl Into<String>, reason: &str, remedy: Option<Remedy>) {
        if self.noted.len() < MAX_FINDINGS {
            self.noted.push(Finding { place: place.into(), reason: reason.to_owned(), remedy });
        }
    }
}

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

/// Compares the files with the record of them. What belongs to a later commit than the record was not known to it.
fn compare(
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
fn check_segments(
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

/// Reads every record, and checks that the passages of each document are counted from 0 without a gap.
fn read_records(index: &NewsIndex, found: &mut Verification) -> Result<()> {
    let mut numbers: Vec<(u64, u32)> = Vec::new();
    for segment in index.searcher().segment_readers() {
        let name = segment.segment_id().uuid_string();
        if let Err(error) = read_segment(index, segment, &mut numbers, found) {
            found.damage(format!("{}/{name}.*", index.manifest().segments), format!("{error:#}"));
        }
    }
    numbers.sort_unstable();
    found.passages = numbers.len() as u64;
    for document in numbers.chunk_by(|one, next| one.0 == next.0) {
        found.documents += 1;
        let mut distinct = document.to_vec();
        distinct.dedup();
        let is_doubled = distinct.len() < document.len();
        let is_incomplete = distinct.iter().zip(0..).any(|(&(_, number), expected)| number != expected);
        found.documents_doubled += u64::from(is_doubled);
        found.documents_incomplete += u64::from(is_incomplete);
    }
    if found.documents_doubled > 0 {
        found.damage("documents", format!("{} are stored more than once", found.documents_doubled));
    }
    if found.documents_incomplete > 0 {
        found.damage("documents", format!("{} have a passage missing", found.documents_incomplete));
    }
    Ok(())
}

fn read_segment(
    index: &NewsIndex,
    segment: &SegmentReader,
    numbers: &mut Vec<(u64, u32)>,
    found: &mut Verification,
) -> Result<()> {
    let fast = segment.fast_fields();
    let ids = fast.str(columns::ID)?.context("has no column of ids")?;
    let counted = fast.u64(columns::NUMBER)?;
    let store = segment.get_store_reader(1).context("opening the stored passages")?;
    let mut id = String::new();
    for passage in segment.doc_ids_alive() {
        let document: TantivyDocument = store.get(passage).context("reading a stored passage")?;
        let (StoredPassage { id: stored_id, number, .. }, _) = stored_passage(&document, index.fields())?;
        id.clear();
        if let Some(ordinal) = ids.term_ords(passage).next() {
            ids.ord_to_str(ordinal, &mut id)?;
        }
        if id != stored_id || counted.first(passage) != Some(u64::from(number)) {
            found.damage(format!("\"{stored_id}\""), "is stored under another id or number than it is found by");
        }
        let mut hasher = SipHasher13::new();
        hasher.write(stored_id.as_bytes());
        numbers.push((hasher.finish(), number));
    }
    Ok(())
}

fn deletions_of(segment: &SegmentMeta) -> String {
    segment.relative_path(SegmentComponent::Delete).to_string_lossy().into_owned()
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}
