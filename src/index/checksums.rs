//! Checksums: the size, checksum and time of each file of an index, by which damage is found.
//!
//! Kept in `checksums.json`, written when a run ends, with the commit that it belongs to. Segments are compared with it whenever
//! an index is opened, by sizes and times alone: a file with another size is damaged, one with another time is read and compared
//! by its checksum. The files beside
//! them are derived from them, so a search does without a damaged one. The record has its own time, too: if the file has
//! another, the whole folder was copied, and times mean nothing.
//! Files that a commit since then has written are not known here; those that it replaced are not looked at.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use tantivy::index::SegmentId;

use crate::index::commit_id::Commit;
use crate::index::{file_states, manifest, statistics, stories};

pub(super) const FILE: &str = "checksums.json";
/// tantivy's list of segments, which every commit replaces.
pub(super) const META: &str = "meta.json";
/// tantivy's list of the files that it wrote.
pub(super) const MANAGED: &str = ".managed.json";

/// The files beside the segments.
pub(super) const SIDE_FILES: [&str; 4] = [manifest::FILE, statistics::FILE, stories::FILE, file_states::FILE];
/// The step of the record's own time, in seconds, which every file system can keep.
const TIME_STEP: u64 = 2;
/// Bytes that are read at a time.
const BLOCK_BYTES: usize = 256 << 10;

/// The record of an index folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Checksums {
    version: u32,
    /// The id of the commit, as tantivy keeps it.
    commit: String,
    /// When this was written, in seconds since 1970.
    written: u64,
    /// The folder with the segments.
    segments: String,
    /// Files beside the segments, by name.
    pub(super) beside: BTreeMap<String, FileRecord>,
    /// Files in the folder with the segments, by name.
    pub(super) inside: BTreeMap<String, FileRecord>,
}

/// The size, checksum and time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRecord {
    bytes: u64,
    crc: u32,
    /// Nanoseconds since 1970; 0 where the system does not say.
    modified: u64,
}

impl Checksums {
    /// Writes the record of all files of an index. A file that is written once, and is as the last record has it, is not read again.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or the folder not written to.
    pub(super) fn save(dir: &Path, segments: &str, commit: Commit) -> Result<()> {
        let last = Checksums::load(dir).ok().filter(|last| last.segments == segments);
        let mut beside = BTreeMap::new();
        for name in SIDE_FILES {
            let path = dir.join(name);
            if path.is_file() {
                beside.insert(name.to_owned(), FileRecord::of(&path, None)?);
            }
        }
        let mut inside = BTreeMap::new();
        let folder = dir.join(segments);
        let describe = || format!("reading the folder `{}`", folder.display());
        for entry in fs::read_dir(&folder).with_context(describe)? {
            let name = entry.with_context(describe)?.file_name().to_string_lossy().into_owned();
            if is_segment_file(&name) || name == META {
                let known = last.as_ref().and_then(|last| last.inside.get(&name)).filter(|_| name != META);
                inside.insert(name.clone(), FileRecord::of(&folder.join(&name), known)?);
            }
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let written = now - now % TIME_STEP;
        let (commit, segments) = (commit.to_payload(), segments.to_owned());
        let record = Checksums { version: 1, commit, written, segments, beside, inside };
        let mut json = serde_json::to_string(&record).context("writing the checksums")?;
        // Its own checksum, on a line of its own.
        json.push_str(&format!("\n{:08x}\n", crc32fast::hash(json.as_bytes())));
        manifest::replace_file_dated(&dir.join(FILE), json.as_bytes(), UNIX_EPOCH + Duration::from_secs(written))
    }

    /// Reads the record of an index folder.
    ///
    /// # Errors
    ///
    /// When it is missing or damaged.
    pub(super) fn load(dir: &Path) -> Result<Checksums> {
        let path = dir.join(FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
        let parse = || {
            let (json, checksum) = text.strip_suffix('\n')?.rsplit_once('\n')?;
            let is_whole = checksum == format!("{:08x}", crc32fast::hash(json.as_bytes()));
            is_whole.then(|| serde_json::from_str(json).ok()).flatten()
        };
        parse().with_context(|| format!("`{}` is damaged", path.display()))
    }

    /// True if an index folder has a record of this commit, so that the run that made it came to its end, and everything beside
    /// the segments is as it left it.
    pub(super) fn are_whole(dir: &Path, commit: Option<Commit>) -> bool {
        let is_whole = |record: &Checksums| {
            let beside = |name: &&str| dir.join(name).is_file() && record.trust(dir, name, commit);
            record.commit() == commit && SIDE_FILES.iter().all(beside)
        };
        commit.is_some() && Checksums::load(dir).is_ok_and(|record| is_whole(&record))
    }

    /// True if the folder with the segments is there.
    pub(super) fn has_segments(&self, dir: &Path) -> bool {
        dir.join(&self.segments).join(META).is_file()
    }

    /// The commit that it belongs to.
    pub(super) fn commit(&self) -> Option<Commit> {
        Commit::parse(&self.commit)
    }

    /// Compares the segments with what they were, by sizes and times.
    ///
    /// # Errors
    ///
    /// When a file is damaged; names it.
    pub(super) fn check_segments(&self, dir: &Path, segments: &str, commit: Option<Commit>) -> Result<()> {
        if self.segments != segments {
            return Ok(());
        }
        let is_copied = self.is_copied(dir);
        let is_last = self.commit() == commit;
        let folder = dir.join(segments);
        for (name, record) in self.inside.iter().filter(|(name, _)| is_last || name.as_str() != META) {
            if !record.is_still(&folder.join(name), is_copied) {
                bail!("`{}` has changed since it was written", folder.join(name).display());
            }
        }
        Ok(())
    }

    /// The first file of some segments that is damaged, and how; all their files are read.
    pub(super) fn damage_of(&self, dir: &Path, segments: &[SegmentId]) -> Option<(PathBuf, String)> {
        let folder = dir.join(&self.segments);
        // The files of a segment have its id as their names.
        let ids: Vec<String> = segments.iter().map(SegmentId::uuid_string).collect();
        let of_segments = self.inside.iter().filter(|(name, _)| ids.iter().any(|id| name.starts_with(id)));
        let paths = of_segments.map(|(name, record)| (folder.join(name), record)).filter(|(path, _)| path.exists());
        paths.map(|(path, record)| (record.damage(&path), path)).find_map(|(damage, path)| Some((path, damage?)))
    }

    /// True unless a file beside the segments is known to be damaged.
    pub(super) fn trust(&self, dir: &Path, name: &str, commit: Option<Commit>) -> bool {
        let record = self.beside.get(name).filter(|_| self.commit() == commit);
        record.is_none_or(|record| record.is_still(&dir.join(name), self.is_copied(dir)))
    }

    /// True if the times of the files cannot be those that were noted.
    fn is_copied(&self, dir: &Path) -> bool {
        let modified = fs::metadata(dir.join(FILE)).map(|metadata| modified(&metadata) / 1_000_000_000);
        modified.ok() != Some(self.written)
    }
}

impl FileRecord {
    fn of(path: &Path, known: Option<&FileRecord>) -> Result<FileRecord> {
        let describe = || format!("reading `{}`", path.display());
        let metadata = fs::metadata(path).with_context(describe)?;
        let (bytes, modified) = (metadata.len(), modified(&metadata));
        let known = known.filter(|known| (known.bytes, known.modified) == (bytes, modified) && modified > 0);
        let crc = known.map_or_else(|| checksum_of(path), |known| Ok(known.crc)).with_context(describe)?;
        Ok(FileRecord { bytes, crc, modified })
    }

    /// True unless a file is damaged, as far as that is known without reading much.
    fn is_still(&self, path: &Path, is_copied: bool) -> bool {
        // What was merged away since then is gone; what is missed is missed by whoever reads it.
        let Ok(metadata) = fs::metadata(path) else {
            return true;
        };
        metadata.len() == self.bytes
            && (is_copied
                || self.is_time(modified(&metadata))
                || checksum_of(path).is_ok_and(|checksum| checksum == self.crc))
    }

    /// True of the time at which it was written; what packed and unpacked it may have kept whole seconds.
    fn is_time(&self, modified: u64) -> bool {
        const SECOND: u64 = 1_000_000_000;
        modified == self.modified || (modified.is_multiple_of(SECOND) && modified / SECOND == self.modified / SECOND)
    }

    /// Reads a file and says what is wrong with it.
    pub(super) fn damage(&self, path: &Path) -> Option<String> {
        match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some("is missing".to_owned()),
            Err(error) => Some(format!("cannot be read: {error}")),
            Ok(metadata) if metadata.len() != self.bytes => {
                Some(format!("has {} bytes, expected {}", metadata.len(), self.bytes))
            }
            Ok(_) => match checksum_of(path) {
                Ok(checksum) if checksum == self.crc => None,
                Ok(_) => Some("has a different checksum than when it was written".to_owned()),
                Err(error) => Some(format!("cannot be read: {error}")),
            },
        }
    }
}

/// True of a file that tantivy writes once and never changes.
pub(super) fn is_segment_file(name: &str) -> bool {
    !name.starts_with('.') && name != META
}

fn modified(metadata: &Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|modified| modified.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(0))
}

fn checksum_of(path: &Path) -> io::Result<u32> {
    let mut file = File::open(path)?;
    let mut hasher = crc32fast::Hasher::new();
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hasher.finalize()),
            count => hasher.update(&block[..count]),
        }
    }
}
