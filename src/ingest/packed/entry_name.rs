//! Names of an archive's entries: as text, as paths below the archive, and as ids that differ.

use std::collections::HashSet;
use std::hash::Hasher;
use std::io::Read as _;

use siphasher::sip::SipHasher13;

use crate::ingest::decode::encoding::{Decoding, EncodingHints, TextEncoding};
use crate::ingest::origin::Origin;

/// Bytes of the names by which their encoding is judged.
const NAMES_BYTES: usize = 64 << 10;

/// The encoding of names that are no UTF-8, judged together: a name of one character alone can be of any.
pub(super) fn encoding_of(names: impl Iterator<Item = Vec<u8>>) -> Option<TextEncoding> {
    let (mut sample, mut count) = (Vec::new(), 0);
    for name in names {
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
pub(super) struct EntryNames {
    /// Hashes, since there may be a million of them. That two are equal by chance costs one of them a suffix.
    seen: HashSet<u64, foldhash::fast::RandomState>,
    /// The encoding of all names that are not in UTF-8.
    encoding: Option<TextEncoding>,
}

/// The origin of an entry's documents.
pub(super) struct EntryOrigin {
    pub(super) origin: Origin,
    /// The id, where another entry has the name.
    pub(super) renamed: Option<String>,
}

impl EntryNames {
    /// Names of an archive, those that are no UTF-8 in this encoding.
    pub(super) fn new(encoding: Option<TextEncoding>) -> EntryNames {
        EntryNames { encoding, ..EntryNames::default() }
    }

    /// The origin of the documents of an entry, by its name as it is written; `None` for a folder, and for what is hidden, as
    /// in folders.
    pub(super) fn origin(&mut self, raw: &[u8], is_folder: bool, archive: &Origin) -> Option<EntryOrigin> {
        let name = below(&entry_name(raw, self.encoding));
        if is_folder || name.split('/').any(|part| part.starts_with('.')) {
            return None;
        }
        let name = if name.is_empty() { "unnamed".to_owned() } else { name };
        let mut unique = name.clone();
        let mut number = 1;
        while !self.seen.insert(hash(&unique)) {
            number += 1;
            unique = format!("{name}#{number}");
        }
        let origin = Origin {
            id: format!("{}/{unique}", archive.id),
            path: format!("{}/{unique}", archive.path),
            name,
            depth: archive.depth,
            is_named: false,
        };
        let renamed = (number > 1).then(|| origin.id.clone());
        Some(EntryOrigin { origin, renamed })
    }
}

/// A name as text: UTF-8, or what the system that made the archive wrote, which no archive says.
fn entry_name(raw: &[u8], encoding: Option<TextEncoding>) -> String {
    if let Ok(name) = std::str::from_utf8(raw) {
        // Of two bytes a character, it can be Korean or Chinese that looks like UTF-8; what all names are in decides.
        let is_clear = name.is_ascii() || name.chars().any(|character| character.len_utf8() > 2);
        let is_double =
            |encoding: TextEncoding| ["EUC-KR", "gb18030", "Big5", "Shift_JIS", "EUC-JP"].contains(&encoding.name());
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
    let mut decoding = Decoding::new(raw, &[], EncodingHints { given, ..EncodingHints::default() });
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

/// An entry's name in an archive as a path below the archive: parts separated by `/`, and none that leads elsewhere. Nothing
/// is ever written by that name. Empty if nothing is left of it.
fn below(name: &str) -> String {
    let name = name.replace('\\', "/").replace('\0', "\\x00");
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_never_leads_elsewhere() {
        assert_eq!(below("a/b.txt"), "a/b.txt");
        assert_eq!(below("/etc/./passwd"), "etc/passwd");
        assert_eq!(below("../../a.txt"), "a.txt");
        assert_eq!(below("..\\..\\뉴스\\a.txt"), "뉴스/a.txt");
        assert_eq!(below("a\0b.txt"), "a\\x00b.txt");
        assert_eq!(below("../.."), "");
    }
}
