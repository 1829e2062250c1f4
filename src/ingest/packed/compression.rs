//! Compressions: which ones are unpacked, by first bytes and by file names, and the decoder of each.

use std::io::{self, BufRead, Read};

use lzma_rust2::{LzmaReader, XzReader};

use crate::ingest::packed::tar_header;

/// Bytes of memory that unpacking xz may take: as much as its highest level does.
const XZ_MEMORY_KIB: u32 = 100 << 10;
/// Bytes that brotli reads at a time.
const BROTLI_BUFFER_BYTES: usize = 16 << 10;

/// A way of packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Lzma,
    Brotli,
    Tar,
    Zip,
}

impl Compression {
    pub(crate) const ALL: [Compression; 8] = [
        Compression::Gzip,
        Compression::Zstd,
        Compression::Bzip2,
        Compression::Xz,
        Compression::Lzma,
        Compression::Brotli,
        Compression::Tar,
        Compression::Zip,
    ];

    /// Endings of file names, in lower case, without the dot.
    pub(crate) fn extensions(self) -> &'static [&'static str] {
        match self {
            Compression::Gzip => &["gz", "gzip", "tgz"],
            Compression::Zstd => &["zst", "zstd", "tzst"],
            Compression::Bzip2 => &["bz2", "bzip2", "tbz", "tbz2"],
            Compression::Xz => &["xz", "txz"],
            Compression::Lzma => &["lzma"],
            Compression::Brotli => &["br"],
            Compression::Tar => &["tar"],
            Compression::Zip => &["zip", "wacz"],
        }
    }

    /// The compression of an input that begins with `head`; `None` for one that is not packed.
    pub(crate) fn of(head: &[u8]) -> Option<Compression> {
        match head {
            // Of methods, gzip has only deflate.
            [0x1F, 0x8B, 8, ..] => Some(Compression::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Compression::Zstd),
            // Skippable frames may come first.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Compression::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Compression::Zip),
            // A block, or the end of an empty one.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Compression::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Compression::Xz),
            _ if tar_header::begins(head) => Some(Compression::Tar),
            _ => None,
        }
    }

    /// The compression of an input of this name, where only the name can tell; its first bytes are those of no text.
    pub(crate) fn of_name(extension: &str, head: &[u8]) -> Option<Compression> {
        let is_plain = matches!(head.trim_ascii_start().first(), None | Some(b'<' | b'{' | b'['));
        match extension {
            // It may begin with any byte, also that of a bracket or a space.
            "br" if !is_utf8_text(head) => Some(Compression::Brotli),
            // Its first header is damaged.
            "tar" if !is_plain && head.len() > tar_header::BLOCK => Some(Compression::Tar),
            // The usual parameters, and a dictionary of a size that is possible.
            "lzma" if matches!(head, [0..=0xE0, 0, 0, ..]) => Some(Compression::Lzma),
            _ => None,
        }
    }

    /// The decoder of a compression; `None` for gzip, whose members are read one by one, and for archives.
    pub(crate) fn decoder<'a>(self, input: impl BufRead + 'a) -> io::Result<Option<Box<dyn Read + 'a>>> {
        Ok(Some(match self {
            Compression::Gzip | Compression::Tar | Compression::Zip => return Ok(None),
            Compression::Zstd => Box::new(zstd::Decoder::with_buffer(input)?),
            Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
            Compression::Xz => Box::new(XzReader::new_mem_limit(input, true, XZ_MEMORY_KIB)),
            Compression::Lzma => Box::new(LzmaReader::new_mem_limit(input, XZ_MEMORY_KIB, None)?),
            Compression::Brotli => Box::new(brotli_decompressor::Decompressor::new(input, BROTLI_BUFFER_BYTES)),
        }))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
            Compression::Lzma => "lzma",
            Compression::Brotli => "brotli",
            Compression::Tar => "tar",
            Compression::Zip => "zip",
        }
    }
}

/// True for bytes of UTF-8 without control characters but white space; a character that is cut at the end counts as one.
fn is_utf8_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.chars().any(|character| character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
}
