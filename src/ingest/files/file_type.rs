//! File types: which names are those of files that may be read, packed or not.

use crate::ingest::formats::format::{InputFormat, extension};
use crate::ingest::packed::compression::Compression;

/// True for the name of a file that may be read: of a known format, or packed so that only its content can tell.
pub(crate) fn is_readable(name: &str) -> bool {
    let is_packed = |extension: &str| Compression::ALL.iter().any(|packed| packed.extensions().contains(&extension));
    InputFormat::of(name).is_some() || extension(name).is_some_and(|extension| is_packed(&extension))
}

/// The name of a compressed file without the ending that says how it is compressed.
pub(crate) fn without_ending(name: &str, compression: Compression) -> &str {
    match extension(name) {
        Some(extension) if compression.extensions().contains(&extension.as_str()) => {
            &name[..name.len() - extension.len() - 1]
        }
        _ => name,
    }
}

/// The problem of a file that the user named and whose name tells no format.
pub(crate) fn unknown_format() -> String {
    let formats = InputFormat::ALL.iter().flat_map(|format| format.extensions());
    let all: Vec<String> = formats.map(|extension| format!(".{extension}")).collect();
    let all = all.join(", ");
    format!("unknown format, expected a file name ending in {all}, or one of these with .gz, .zst or .zip")
}
