//! The same articles, whatever they are wrapped in: formats, layouts of pages, encodings, compression.

mod articles;
mod feeds;
mod files;
mod messages;
mod pages;

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{DocumentReader, Problem, ReadEvent, ReadOptions, main_language, split_passages};

use crate::workspace::Workspace;

pub(crate) use articles::{ARTICLES, Article};
pub(crate) use files::{Format, record};
pub(crate) use messages::brotli;
pub(crate) use pages::{Layout, page};

/// CSV, TSV and arrays of JSON are read.
const READS_TABLES: bool = true;
/// Other encodings than UTF-8 are read.
const READS_ENCODINGS: bool = true;
/// Compressed files are read.
const READS_COMPRESSED: bool = true;

/// Encodings, with the mark at the start that tells them where the format does not.
const ENCODINGS: [(&str, &[u8]); 8] = [
    ("utf-8", b""),
    ("utf-8", b"\xEF\xBB\xBF"),
    ("utf-16le", b"\xFF\xFE"),
    ("utf-16be", b"\xFE\xFF"),
    ("windows-1252", b""),
    ("euc-kr", b""),
    ("gb18030", b""),
    ("big5", b""),
];

/// What is read of paths.
pub(crate) fn read(paths: &[PathBuf]) -> (Vec<Document>, Vec<Problem>) {
    let reader = DocumentReader::new(&CONFIG.ingest, ReadOptions::default()).unwrap();
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    let read = reader.read(paths, &mut |read: ReadEvent| {
        match read {
            ReadEvent::Document(document) => documents.push(document),
            ReadEvent::Problem(problem) => problems.push(problem),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    assert!(read.is_continue());
    (documents, problems)
}

/// What a text is in an encoding, with its mark; `None` if the encoding has not all of its characters.
fn encode(text: &str, label: &str, mark: &[u8]) -> Option<Vec<u8>> {
    let units = text.encode_utf16();
    let bytes = match label {
        "utf-16le" => units.flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => units.flat_map(u16::to_be_bytes).collect(),
        _ => {
            let (bytes, _, replaced) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
            if replaced {
                return None;
            }
            bytes.into_owned()
        }
    };
    Some([mark, &bytes].concat())
}

static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::builtin().unwrap());

/// Lines of the passages of a document; how they are parted by white space is the wrapping's.
fn lines(document: &Document) -> Vec<Vec<&str>> {
    let passages = split_passages(document, &CONFIG.passages, &CONFIG.analysis);
    let texts = passages.iter().map(|passage| passage.range.slice(&document.body));
    texts.map(|text| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()).collect()
}

/// Reads one file, and asserts that it is the article.
fn assert_is(article: &Article, number: usize, format: Format, name: &str, bytes: &[u8]) {
    let what = format!("{name} of article {number}");
    let workspace = Workspace::new();
    let file = workspace.write(name, bytes);
    let (documents, problems) = read(&[file]);
    assert_eq!(problems, [], "{what}");
    assert_eq!(documents.len(), 1, "{what}");
    let document = &documents[0];
    assert_eq!(document.title, article.title, "{what}");
    let plain = Document { body: article.paragraphs.join("\n\n"), ..Document::default() };
    assert_eq!(lines(document), lines(&plain), "{what}");
    let lang = main_language(&split_passages(document, &CONFIG.passages, &CONFIG.analysis));
    assert_eq!(lang.code(), article.lang, "{what}");
    if format.states() {
        assert_eq!(document.date.as_deref(), Some(article.date), "{what}");
        assert_eq!(document.source.as_deref(), Some(article.source), "{what}");
        let url = format.has_url().then(|| article.url(number));
        assert_eq!(document.url, url, "{what}");
        assert_eq!(document.lang.map(|lang| lang.code()), Some(article.lang), "{what}");
    } else {
        assert_eq!(document.date, None, "{what}");
    }
}

#[test]
fn the_same_articles_in_every_format_and_layout() {
    for (number, article) in ARTICLES.iter().enumerate() {
        for format in Format::all() {
            let bytes = format.bytes(article, number, "utf-8", &|text| text.as_bytes().to_vec());
            assert_is(article, number, format, &format!("{format:?}.{}", format.extension()), &bytes);
        }
    }
}

#[test]
fn the_same_articles_in_every_encoding_that_can_hold_them() {
    let mut written = 0;
    for (number, article) in ARTICLES.iter().enumerate() {
        for format in Format::all() {
            for (label, mark) in ENCODINGS {
                // Without a mark only a format that names its encoding can be in another.
                let tells = label == "utf-8" || format.names_encoding() || !mark.is_empty();
                if !tells || (label != "utf-8" && !READS_ENCODINGS) || (format.is_framed() && !mark.is_empty()) {
                    continue;
                }
                let is_held = std::cell::Cell::new(true);
                let encode = |text: &str| {
                    encode(text, label, mark).unwrap_or_else(|| {
                        is_held.set(false);
                        Vec::new()
                    })
                };
                let bytes = format.bytes(article, number, label, &encode);
                if is_held.get() {
                    written += 1;
                    assert_is(article, number, format, &format!("{format:?} {label}.{}", format.extension()), &bytes);
                }
            }
        }
    }
    assert!(written > if READS_ENCODINGS { 800 } else { 250 }, "{written}");
}

#[test]
fn the_same_articles_however_they_are_compressed() {
    if !READS_COMPRESSED {
        return;
    }
    for (number, article) in ARTICLES.iter().enumerate() {
        for format in Format::all() {
            let bytes = format.bytes(article, number, "utf-8", &|text| text.as_bytes().to_vec());
            let name = format!("{format:?}.{}", format.extension());
            assert_is(article, number, format, &format!("{name}.gz"), &gzip(&bytes));
            assert_is(article, number, format, &format!("{name}.zst"), &zstd::encode_all(&bytes[..], 3).unwrap());
            assert_is(article, number, format, "archive.zip", &zip(&name, &bytes));
            assert_is(article, number, format, &format!("{name}.bz2"), &bzip2(&bytes));
            assert_is(article, number, format, &format!("{name}.xz"), &xz(&bytes));
            assert_is(article, number, format, &format!("{name}.br"), &brotli(&bytes));
            assert_is(article, number, format, "archive.tar", &tar(&name, &bytes));
            assert_is(article, number, format, "archive.tgz", &gzip(&tar(&name, &bytes)));
        }
    }
}

/// Bytes as gzip, in two members, as archives of the web are made.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let member = |part: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(part).unwrap();
        encoder.finish().unwrap()
    };
    [member(one), member(other)].concat()
}

/// Bytes as bzip2, in two streams.
pub(crate) fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let stream = |part: &[u8]| {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(part).unwrap();
        encoder.finish().unwrap()
    };
    [stream(one), stream(other)].concat()
}

/// Bytes as xz, in two streams.
pub(crate) fn xz(bytes: &[u8]) -> Vec<u8> {
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let stream = |part: &[u8]| {
        let options = lzma_rust2::XzOptions::with_preset(0);
        let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
        writer.write_all(part).unwrap();
        writer.finish().unwrap()
    };
    [stream(one), stream(other)].concat()
}

/// An archive of tar with one file.
pub(crate) fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    builder.append_data(&mut header, name, bytes).unwrap();
    builder.into_inner().unwrap()
}

/// An archive with one file, as it is (APPNOTE.TXT of PKWARE, 4.3).
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    let size = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let name_size = u16::try_from(name.len()).unwrap().to_le_bytes();
    // Version, flag for names in UTF-8, no compression, time and date.
    let common =
        [&[20, 0, 0, 8, 0, 0, 0, 0, 33, 0][..], &crc.sum().to_le_bytes(), &size, &size, &name_size, &[0, 0]].concat();
    let mut archive = [b"PK\x03\x04", &common[..], name.as_bytes(), bytes].concat();
    let directory_at = u32::try_from(archive.len()).unwrap().to_le_bytes();
    let directory = [b"PK\x01\x02\x14\x00", &common[..], &[0; 14], name.as_bytes()].concat();
    let directory_size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(
        &[b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00", &directory_size[..], &directory_at, &[0, 0]].concat(),
    );
    archive
}
