//! What is no text: bytes that are in none, whatever its encoding, and kinds of files that are known by their first bytes.

use crate::ingest::decode::wide;

/// Bytes by which text is known from what is none.
const SAMPLE_BYTES: usize = 4 << 10;
/// Of so many bytes one may be a control character that is in no text: a few have slipped into texts.
const MIN_BYTES_PER_CONTROL: usize = 100;

/// Kinds of files by the bytes that each begins with.
const KINDS: [(&[u8], &str); 27] = [
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"\0\0\x01\0", "an image"),
    (b"8BPS\0", "an image"),
    (b"ID3\x03", "a sound"),
    (b"ID3\x04", "a sound"),
    (b"OggS\0", "a sound or a film"),
    (b"fLaC\0", "a sound"),
    (b"\x1a\x45\xdf\xa3", "a film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\0\x01\0\0\0", "a font"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document"),
    (b"{\\rtf", "a document in RTF"),
    (b"SQLite format 3\0", "a database"),
    (b"7z\xbc\xaf\x27\x1c", "packed by 7-Zip, which is not supported"),
    (b"Rar!\x1a\x07", "packed by RAR, which is not supported"),
    (b"\x1f\x9d", "packed by compress, which is not supported"),
];
/// The entry that a zip archive begins with if it is a document or a program, and what that is.
const PACKED_KINDS: [(&[u8], &str); 8] = [
    (b"[Content_Types].xml", "an Office document"),
    (b"_rels/", "an Office document"),
    (b"docProps/", "an Office document"),
    (b"word/", "a Word document"),
    (b"xl/", "an Excel table"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"mimetype", "an OpenDocument file or a book"),
    (b"META-INF/", "a program"),
];

/// The kind of file that begins so, if it is one that has no text to be read as it stands.
pub(crate) fn kind(head: &[u8]) -> Option<&'static str> {
    let known = KINDS.iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| *kind);
    known.or_else(|| match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("an image"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W' | b'A', ..] => Some("a sound or a film"),
        [0, 0, 0, _, b'f', b't', b'y', b'p', ..] => Some("a sound or a film"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("an image"),
        _ => {
            // Behind the fields of the first entry (APPNOTE.TXT of PKWARE, 4.3.7) stands its name.
            let name = head.strip_prefix(b"PK\x03\x04").and_then(|rest| rest.get(26..))?;
            PACKED_KINDS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, kind)| *kind)
        }
    })
}

/// True for bytes that can be a text: with next to no control characters, or a mark or a form that say it is UTF-16 or UTF-32.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if wide::by_mark(start).or_else(|| wide::by_form(start)).is_some() {
        return true;
    }
    // Escape, shift out and shift in are those of ISO-2022.
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 0x10..=0x1a | 0x1c..=0x1f);
    let controls = start.iter().filter(is_control).count();
    controls * MIN_BYTES_PER_CONTROL <= start.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_what_is_none() {
        for text in ["관세", "Zölle\u{c}\n", "", "\u{1b}$B4XG_"] {
            assert!(is_text(text.as_bytes()) && kind(text.as_bytes()).is_none(), "{text}");
        }
        assert!(!is_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert_eq!(
            kind(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0\x21\0AAAABBBBCCCC\x13\0\0\0[Content_Types].xml"),
            Some("an Office document")
        );
        assert_eq!(kind(b"PK\x03\x04\x14\0\x06\0\x08\0\0\0\x21\0AAAABBBBCCCC\x05\0\0\0a.txt"), None);
    }
}
