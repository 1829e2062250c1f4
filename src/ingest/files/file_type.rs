//! File types: the format that the name of a file means, once what it is packed by and what downloading adds are taken off.

use crate::ingest::formats::format::{InputFormat, extension};
use crate::ingest::packed::compression::Compression;

/// The name of a compressed file without the ending that says how it is compressed. Where that also says what is packed, as
/// `.tgz` does, the name stays.
pub(crate) fn without_ending(name: &str, compression: Compression) -> &str {
    match extension(name) {
        Some(extension) if compression.extensions().contains(&extension.as_str()) && !extension.starts_with('t') => {
            &name[..name.len() - extension.len() - 1]
        }
        _ => name,
    }
}

/// The fault of a file that the user named and of which neither name nor content tells the format.
pub(crate) fn unknown_format() -> String {
    let formats = InputFormat::ALL.iter().flat_map(|format| format.extensions());
    let all: Vec<String> = formats.map(|extension| format!(".{extension}")).collect();
    let packed = Compression::ALL.iter().map(|packed| format!(".{}", packed.extensions()[0]));
    let (all, packed) = (all.join(", "), packed.collect::<Vec<_>>().join(", "));
    format!(
        "unknown format, expected a file name ending in {all}, one of these with an ending such as {packed}, or a content that tells"
    )
}
