//! Archives: each entry of a zip file is read like a file, packed or not, and one that cannot be read loses no other.
//!
//! In: a zip file that can be read from anywhere in it. Out: its documents, with ids below the archive's. The directory is
//! read entry by entry, so an archive of a million entries takes no more memory than one of ten. Names lead nowhere: nothing
//! is ever written by them.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;

use rawzip::{CompressionMethod, Error, ErrorKind, MAX_CENTRAL_DIRECTORY_RECORD_SIZE};

use crate::ingest::event::{Problem, ReadEvent, Reason, describe_io};
use crate::ingest::limits::Limits;
use crate::ingest::meter::Meter;
use crate::ingest::origin::Origin;
use crate::ingest::packed::bomb_guard::BombGuard;
use crate::ingest::packed::compression::Compression;
use crate::ingest::packed::directory::{self, Archive, Entry, ReadSeek};
use crate::ingest::packed::entry_name::{EntryNames, encoding_of};
use crate::ingest::packed::unpacked::{Unpacked, bomb_reason};
use crate::ingest::sink::{Complete, FileSink};

/// Bytes of an entry's content that are read at a time.
const BUFFER_BYTES: usize = 32 << 10;

/// The folder of the pages in a WACZ file, and the entries among which it and its description are.
const WACZ_PAGES: &str = "archive/";
const WACZ_NAMES: usize = 1000;

/// A reader of one entry's content.
pub(crate) type ReadEntry<'a> =
    dyn FnMut(&mut dyn BufRead, &Origin, &mut FileSink<'_>) -> ControlFlow<(), Complete> + 'a;

/// Has the entries of an archive read in the order of its directory. Of an archive of the web (WACZ) these are its pages
/// alone: it has the beginnings of their texts again in its lists.
pub(crate) fn each_entry(
    archive: &mut dyn ReadSeek,
    origin: &Origin,
    limits: &Limits,
    sink: &mut FileSink<'_>,
    read: &mut ReadEntry<'_>,
) -> ControlFlow<(), Complete> {
    // The directory is read in this buffer, between the entries. Any record of one fits.
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let archive = match directory::open(archive, &mut buffer) {
        Ok(archive) => archive,
        Err(error) => {
            sink.lost(&origin.path, format!("not a zip archive that can be read: {}", describe(&error)))?;
            return ControlFlow::Continue(false);
        }
    };
    let limit = limits.archive_entries;
    let is_wacz = is_wacz(directory::names(&archive, &mut buffer));
    let mut names = EntryNames::new(encoding_of(directory::names(&archive, &mut buffer)));
    let mut is_complete = true;
    let mut guard = BombGuard::new(limits, &sink.meter);
    let mut entries = archive.entries(&mut buffer);
    let mut count = 0;
    loop {
        let entry = match entries.next_entry() {
            Ok(Some(record)) => Ok(Entry::new(&record)),
            // How many there are stands at the end of an archive, and the directory has to have as many.
            Ok(None) if count < archive.entries_hint() => Err(ErrorKind::Eof.into()),
            Err(error) if count < archive.entries_hint() => Err(error),
            Ok(None) | Err(_) => break,
        };
        if count == limit {
            let entries = archive.entries_hint().max(count + 1);
            let reason = Reason::beyond_limit(format!("it has {entries} entries, "), "archive_entries", limit);
            sink.lost(&origin.path, reason.then("the first ones are read"))?;
            break;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let reason = format!("the archive's directory is damaged: {}", describe(&error));
                sink.lost(&origin.path, format!("{reason}; {count} entries before it are read"))?;
                return ControlFlow::Continue(false);
            }
        };
        count += 1;
        let Some(inside) = names.origin(&entry.name, entry.is_folder(), origin) else { continue };
        if let Some(other) = &inside.renamed {
            let reason = format!("another entry has the same name; the documents of this one are below `{other}`");
            sink.noted(&inside.origin.path, reason)?;
        }
        let meter = Rc::clone(&sink.meter);
        guard.begin();
        let inside = &inside.origin;
        is_complete &= match refusal(&entry, inside, is_wacz) {
            Some(problem) => sink.event(ReadEvent::Problem(problem)).map_continue(|()| true)?,
            None => match open_entry(&entry, &archive, limits, &meter) {
                Ok(content) => read(&mut BufReader::with_capacity(BUFFER_BYTES, content), inside, sink)?,
                Err(error) => {
                    let reason = format!("the entry cannot be read: {}", describe(&error));
                    sink.lost(&inside.path, reason).map_continue(|()| false)?
                }
            },
        };
        if !guard.may_go_on() {
            sink.lost(&origin.path, bomb_reason(limits).then("the rest of the archive is not read"))?;
            break;
        }
    }
    if count == 0 {
        sink.noted(&origin.path, "the archive is empty, so there is nothing to index")?;
    }
    ControlFlow::Continue(is_complete)
}

/// The problem of an entry whose content is not even looked at; `None` for one that is read.
fn refusal(entry: &Entry, origin: &Origin, is_wacz: bool) -> Option<Problem> {
    let path = origin.path.as_str();
    if entry.is_symlink {
        return Some(Problem::skipped(path, "a symbolic link"));
    }
    if is_wacz && !origin.name.starts_with(WACZ_PAGES) {
        return Some(Problem::skipped(path, "no page of the web archive: those are in `archive/`"));
    }
    if entry.is_encrypted {
        let reason = "the entry is encrypted; unpack it with its password and index its content";
        return Some(Problem::lost(path, reason));
    }
    if !directory::METHODS.contains(&entry.method) {
        let reason = format!("the entry is packed by {}, {EXPECTED_METHOD}", method_name(entry.method));
        return Some(Problem::lost(path, reason));
    }
    None
}

/// True for the names of a WACZ file.
fn is_wacz(names: impl Iterator<Item = Vec<u8>>) -> bool {
    let (mut has_package, mut has_pages) = (false, false);
    for name in names.take(WACZ_NAMES) {
        has_package |= name == b"datapackage.json";
        has_pages |= name.starts_with(WACZ_PAGES.as_bytes()) && name.windows(5).any(|part| part == b".warc");
    }
    has_package && has_pages
}

/// The content of an entry as a stream.
fn open_entry<'a>(
    entry: &Entry,
    archive: &'a Archive<'_>,
    limits: &Limits,
    meter: &Rc<Meter>,
) -> Result<Unpacked<Box<dyn Read + 'a>>, Error> {
    let packed = Rc::new(Cell::new(entry.packed.min(meter.packed.get())));
    let content = entry.content(archive)?;
    Ok(Unpacked::new(content, Compression::Zip, *limits, Rc::clone(meter), packed))
}

const EXPECTED_METHOD: &str = "which is not supported; expected deflate, zstd or none: unpack it and pack it again";

/// The name of a compression method that is none of [`directory::METHODS`].
fn method_name(method: CompressionMethod) -> String {
    let known = [
        (CompressionMethod::DEFLATE64, "deflate64"),
        (CompressionMethod::BZIP2, "bzip2"),
        (CompressionMethod::LZMA, "lzma"),
        (CompressionMethod::XZ, "xz"),
        (CompressionMethod::PPMD, "ppmd"),
    ];
    let name = known.into_iter().find(|(known, _)| *known == method).map(|(_, name)| name);
    name.map_or_else(|| "a method".to_owned(), str::to_owned)
}

fn describe(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Eof => "it ends too early".to_owned(),
        ErrorKind::IO(error) if error.kind() == io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        ErrorKind::IO(error) => describe_io(error),
        _ => "it is damaged".to_owned(),
    }
}

/// Copies a stream to a temporary file, since an archive can only be read from its end.
pub(crate) fn spooled(input: &mut dyn BufRead) -> io::Result<impl ReadSeek + use<>> {
    /// Bytes of an archive that stays in memory.
    const MEMORY_BYTES: usize = 1 << 20;
    let mut file = tempfile::spooled_tempfile(MEMORY_BYTES);
    io::copy(input, &mut file)?;
    file.rewind()?;
    Ok(file)
}
