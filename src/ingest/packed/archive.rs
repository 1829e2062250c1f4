//! Archives: each entry of a zip file is read like a file, packed or not, and one that cannot be read loses no other.
//!
//! In: a zip file that can be read from anywhere in it. Out: its documents, with ids below the archive's. The directory is
//! read entry by entry, so an archive of a million entries takes no more memory than one of ten. Names lead nowhere: nothing
//! is ever written by them.

use std::cell::Cell;
use std::collections::HashSet;
use std::hash::Hasher;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::rc::Rc;

use rawzip::{CompressionMethod, Error, ErrorKind, MAX_CENTRAL_DIRECTORY_RECORD_SIZE};
use siphasher::sip::SipHasher13;

use crate::ingest::decode::encoding::{Decoding, Hints, TextEncoding};
use crate::ingest::files::file::{Complete, Place};
use crate::ingest::files::name;
use crate::ingest::formats::format;
use crate::ingest::limits::beyond;
use crate::ingest::packed::directory::{self, Archive, Entry, ReadSeek};
use crate::ingest::packed::unpack::{Unpacked, Wrapper, bomb_reason, is_bomb};
use crate::ingest::sink::Delivery;
use crate::ingest::{DocumentReader, describe_io};

/// Bytes of an entry's content that are read at a time.
const BUFFER_BYTES: usize = 32 << 10;
/// Bytes of the names by which their encoding is told.
const NAMES_BYTES: usize = 64 << 10;
/// Entries made to unpack to more than any disk holds, after which an archive is read no further.
const MAX_BOMBS: usize = 8;

impl DocumentReader {
    /// Reads the entries of an archive in the order of its directory.
    pub(crate) fn read_archive(
        &self,
        archive: &mut dyn ReadSeek,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        // The directory is read in this buffer, between the entries. Any record of one fits.
        let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let archive = match directory::open(archive, &mut buffer) {
            Ok(archive) => archive,
            Err(error) => {
                delivery.lost(&place.path, &format!("not a zip archive that can be read: {}", describe(&error)))?;
                return ControlFlow::Continue(false);
            }
        };
        let limit = self.limits.archive_entries;
        let encoding = encoding_of_names(&archive, &mut buffer);
        let mut names = Names { encoding, ..Names::default() };
        let mut is_complete = true;
        let bombs = delivery.meter.bombs.get();
        let mut entries = archive.entries(&mut buffer);
        let mut count = 0;
        loop {
            let entry = match entries.next_entry() {
                Ok(Some(record)) => Ok(Entry::new(&record)),
                // How many there are stands at the end of an archive, and the directory has to have as many.
                Ok(None) if (count as u64) < archive.entries_hint() => Err(ErrorKind::Eof.into()),
                Err(error) if (count as u64) < archive.entries_hint() => Err(error),
                Ok(None) | Err(_) => break,
            };
            if count == limit {
                let (entries, reason) =
                    (archive.entries_hint().max(count as u64 + 1), beyond("archive_entries", limit));
                delivery.lost(&place.path, &format!("it has {entries} entries, {reason}; the first ones are read"))?;
                break;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let reason = format!("the archive's directory is damaged: {}", describe(&error));
                    delivery.lost(&place.path, &format!("{reason}; {count} entries before it are read"))?;
                    return ControlFlow::Continue(false);
                }
            };
            count += 1;
            let Some(inner) = names.place(&entry, place) else { continue };
            if let Some(other) = &inner.renamed {
                let reason = format!("another entry has the same name; the documents of this one are below `{other}`");
                delivery.noted(&inner.place.path, &reason)?;
            }
            let meter = Rc::clone(&delivery.meter);
            let (unpacked, bombs_before) = (meter.unpacked.get(), meter.bombs.get());
            is_complete &= self.read_entry(&entry, &archive, &inner.place, delivery)?;
            if meter.bombs.get() > bombs_before {
                // It is over, and must not be held against the others.
                meter.unpacked.set(unpacked);
            }
            if meter.bombs.get() >= bombs + MAX_BOMBS || is_bomb(&self.limits, meter.unpacked.get(), meter.packed.get())
            {
                let reason = format!("{}; the rest of the archive is not read", bomb_reason(&self.limits));
                delivery.lost(&place.path, &reason)?;
                break;
            }
        }
        if count == 0 {
            delivery.noted(&place.path, "the archive is empty, so there is nothing to index")?;
        }
        ControlFlow::Continue(is_complete)
    }

    fn read_entry(
        &self,
        entry: &Entry,
        archive: &Archive<'_>,
        place: &Place,
        delivery: &mut Delivery<'_, '_>,
    ) -> ControlFlow<(), Complete> {
        if entry.is_symlink {
            delivery.skipped(&place.path, "a symbolic link")?;
            return ControlFlow::Continue(true);
        }
        if self.options.format.is_none() && !format::is_readable(&place.name) {
            delivery.skipped(&place.path, "unknown format")?;
            return ControlFlow::Continue(true);
        }
        if entry.is_encrypted {
            delivery
                .lost(&place.path, "the entry is encrypted; unpack it with its password and index what is in it")?;
            return ControlFlow::Continue(true);
        }
        let content = match entry.content(archive) {
            Ok(Some(content)) => content,
            Ok(None) => {
                let reason = format!("the entry is packed by {}, {EXPECTED_METHOD}", method_name(entry.method));
                delivery.lost(&place.path, &reason)?;
                return ControlFlow::Continue(true);
            }
            Err(error) => {
                delivery.lost(&place.path, &format!("the entry cannot be read: {}", describe(&error)))?;
                return ControlFlow::Continue(false);
            }
        };
        let packed = entry.packed.min(delivery.meter.packed.get());
        let (meter, packed) = (Rc::clone(&delivery.meter), Rc::new(Cell::new(packed)));
        let content = Unpacked::new(content, Wrapper::Zip, self.limits, meter, packed);
        self.read_stream(&mut BufReader::with_capacity(BUFFER_BYTES, content), place, delivery)
    }
}

const EXPECTED_METHOD: &str = "which is not supported; expected deflate, zstd or none: unpack it and pack it anew";

/// How a method is called that is not supported, by its number in the archive.
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

/// The encoding of names that are no UTF-8, judged together: a name of one character alone can be of any.
fn encoding_of_names(archive: &Archive<'_>, buffer: &mut [u8]) -> Option<TextEncoding> {
    let (mut sample, mut count) = (Vec::new(), 0);
    let mut entries = archive.entries(buffer);
    while let Ok(Some(record)) = entries.next_entry() {
        let name = directory::name_of(&record);
        // Of UTF-8 there is nothing to tell.
        if std::str::from_utf8(&name).is_err() {
            sample.extend_from_slice(&name);
            sample.push(b'\n');
        }
        count += name.len().max(1);
        if count >= NAMES_BYTES {
            break;
        }
    }
    if sample.is_empty() { None } else { decoded(&sample, None).map(|(_, encoding)| encoding) }
}

/// The names of an archive's entries: each becomes another id.
#[derive(Default)]
struct Names {
    /// Hashes, since there may be a million of them. That two are equal by chance costs one of them a suffix.
    seen: HashSet<u64, foldhash::fast::RandomState>,
    /// That of all which are not in UTF-8.
    encoding: Option<TextEncoding>,
}

struct NamedPlace {
    place: Place,
    /// The id, where another entry has the name.
    renamed: Option<String>,
}

impl Names {
    /// Where an entry's documents come from; `None` for a folder, and for what is hidden, as in folders.
    fn place(&mut self, entry: &Entry, archive: &Place) -> Option<NamedPlace> {
        let name = name::below(&entry_name(&entry.name, self.encoding));
        if entry.is_folder() || name.split('/').any(|part| part.starts_with('.')) {
            return None;
        }
        let name = if name.is_empty() { "unnamed".to_owned() } else { name };
        let mut unique = name.clone();
        let mut number = 1;
        while !self.seen.insert(hash(&unique)) {
            number += 1;
            unique = format!("{name}#{number}");
        }
        let place = Place {
            id: format!("{}/{unique}", archive.id),
            path: format!("{}/{unique}", archive.path),
            name,
            depth: archive.depth,
            is_named: false,
        };
        let renamed = (number > 1).then(|| place.id.clone());
        Some(NamedPlace { place, renamed })
    }
}

/// A name as text: UTF-8, or what the system that made the archive wrote, which no archive says.
fn entry_name(raw: &[u8], encoding: Option<TextEncoding>) -> String {
    if let Ok(name) = std::str::from_utf8(raw) {
        // Of two bytes a character, it can be Korean or Chinese that looks like UTF-8; what all names are in decides.
        let is_clear = name.is_ascii() || name.chars().any(|character| character.len_utf8() > 2);
        let is_double = |encoding: TextEncoding| ["EUC-KR", "gb18030", "Big5"].contains(&encoding.name());
        return match encoding.filter(|encoding| !is_clear && is_double(*encoding)) {
            Some(encoding) => decoded(raw, Some(encoding)).map_or_else(|| name.to_owned(), |(name, _)| name),
            None => name.to_owned(),
        };
    }
    // Some tools write the names of files that were added later in another.
    if let Some((name, _)) = encoding.and_then(|encoding| decoded(raw, Some(encoding))).or_else(|| decoded(raw, None)) {
        return name;
    }
    // Two names must not become one.
    let bytes = raw.iter().map(|byte| match byte {
        0x20..0x7F => char::from(*byte).to_string(),
        _ => format!("\\x{byte:02X}"),
    });
    bytes.collect()
}

/// Bytes as text in an encoding that has all of them: the given one, or the likeliest.
fn decoded(raw: &[u8], given: Option<TextEncoding>) -> Option<(String, TextEncoding)> {
    let mut text = String::new();
    let mut decoding = Decoding::new(raw, &[], Hints { given, ..Hints::default() });
    // Reading from memory does not fail, and what is decoded is text.
    let _ = decoding.read_to_string(&mut text);
    let found = decoding.decoded();
    (found.undecodable == 0).then_some((text, found.encoding))
}

fn hash(name: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(name.as_bytes());
    hasher.finish()
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
    /// Small ones stay in memory.
    const MEMORY_BYTES: usize = 1 << 20;
    let mut file = tempfile::spooled_tempfile(MEMORY_BYTES);
    io::copy(input, &mut file)?;
    file.rewind()?;
    Ok(file)
}
