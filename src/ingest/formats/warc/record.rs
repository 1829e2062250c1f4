//! The head of a record, of WARC or ARC: found, even behind bytes that are none, and read.

use std::io::{self, BufRead as _, Read as _};

use crate::ingest::formats::warc::Input;
use crate::ingest::formats::warc::http::MediaType;

/// Bytes of a head at most; those of real archives have hundreds.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// Fields of a head at most.
const MAX_FIELDS: usize = 100;

/// The head of a record.
#[derive(Debug)]
pub(crate) struct Head {
    /// The type of the record, in lower case.
    pub(crate) kind: String,
    pub(crate) url: Option<String>,
    pub(crate) media: MediaType,
    /// Bytes of the content.
    pub(crate) length: u64,
}

/// Why a head could not be read.
#[derive(Debug)]
pub(crate) struct HeadError {
    pub(crate) reason: String,
}

/// The next record of a stream, and what stands before it.
pub(crate) struct NextRecord {
    /// Bytes before it that are no record, without line breaks at their start.
    pub(crate) garbage: u64,
    /// The byte of the stream where it begins.
    pub(crate) offset: u64,
    /// `None` at the end of the stream.
    pub(crate) head: Option<Result<Head, HeadError>>,
}

/// True for a line that begins a record of WARC: 1.0, 1.1, or one of the drafts that archives were written by, 0.17 and 0.18.
pub(crate) fn begins_warc(line: &[u8]) -> bool {
    line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.")
}

/// Looks for the next line that begins a record, and reads the head. In an archive `is_arc`, that is the line of ARC.
pub(crate) fn next_record(input: &mut Input<'_>, is_arc: bool) -> io::Result<NextRecord> {
    let mut garbage = 0;
    let mut line = Vec::new();
    let mut at_line_start = true;
    loop {
        let offset = input.taken();
        let ends = read_line(input, &mut line)?;
        if line.is_empty() {
            return Ok(NextRecord { garbage, offset, head: None });
        }
        if at_line_start && begins_warc(&line) {
            return Ok(NextRecord { garbage, offset, head: Some(read_head(input)?) });
        }
        if let Some(head) = parse_arc(&line).filter(|_| is_arc && at_line_start && ends) {
            return Ok(NextRecord { garbage, offset, head: Some(Ok(head)) });
        }
        at_line_start = ends;
        let is_blank = line.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
        if !is_blank || garbage > 0 {
            garbage += line.len() as u64;
        }
    }
}

/// Reads to the end of a line, or as much as a head may have; true if the line ended.
fn read_line(input: &mut Input<'_>, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    input.take(MAX_HEAD_BYTES as u64).read_until(b'\n', line)?;
    Ok(line.ends_with(b"\n"))
}

fn read_head(input: &mut Input<'_>) -> io::Result<Result<Head, HeadError>> {
    let mut head = Vec::new();
    let mut line = Vec::new();
    loop {
        read_line(input, &mut line)?;
        if line.is_empty() {
            return Ok(Err(HeadError { reason: "its head is cut short by the end of the file".to_owned() }));
        }
        head.extend_from_slice(&line);
        if matches!(line.as_slice(), b"\r\n" | b"\n") {
            return Ok(parse(&head));
        }
        if head.len() > MAX_HEAD_BYTES {
            let reason = format!("its head has no end within {MAX_HEAD_BYTES} bytes; skipped");
            return Ok(Err(HeadError { reason }));
        }
    }
}

/// A head without folded lines: one that begins with white space goes on with the field before.
fn unfolded(head: &[u8]) -> Vec<u8> {
    let mut unfolded: Vec<u8> = Vec::with_capacity(head.len());
    for line in head.split_inclusive(|&byte| byte == b'\n') {
        if matches!(line.first(), Some(b' ' | b'\t')) && !unfolded.is_empty() {
            unfolded.truncate(unfolded.trim_ascii_end().len());
        }
        unfolded.extend_from_slice(line);
    }
    unfolded
}

/// The head of a record of ARC: address, IP address, time of fourteen digits, media type, in version 2 more, and the length of
/// the content, separated by spaces.
fn parse_arc(line: &[u8]) -> Option<Head> {
    let line = String::from_utf8_lossy(line);
    let fields: Vec<&str> = line.trim_end().split(' ').collect();
    let is_time = |field: &&&str| matches!(field.len(), 8..=14) && field.bytes().all(|digit| digit.is_ascii_digit());
    // An address may hold spaces, and a media type too.
    let time = fields.iter().skip(2).position(|field| is_time(&field)).map(|at| at + 2)?;
    let (url, media) = (fields[..time - 1].join(" "), fields.get(time + 1)?);
    let length = fields.get(time + 2..)?.last()?.parse().ok()?;
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_page = matches!(scheme, "http" | "https");
    is_scheme.then(|| Head {
        kind: if is_page { "arc" } else { "" }.to_owned(),
        url: Some(url.clone()),
        media: MediaType::parse(media),
        length,
    })
}

fn parse(head: &[u8]) -> Result<Head, HeadError> {
    let head = unfolded(head);
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let fail = |reason: String| HeadError { reason };
    let fields = match httparse::parse_headers(&head, &mut fields) {
        Ok(httparse::Status::Complete((_, fields))) => fields,
        Ok(httparse::Status::Partial) => return Err(fail("its head is not complete; skipped".to_owned())),
        Err(error) => return Err(fail(format!("its head is not `name: value` lines ({error}); skipped"))),
    };
    let value = |name: &str| {
        let field = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(field.value).trim().to_owned())
    };
    let length = value("Content-Length").unwrap_or_default();
    let length = length.parse().map_err(|_| {
        fail(format!("its Content-Length is `{}`, expected a number; skipped", length.escape_default()))
    })?;
    Ok(Head {
        kind: value("WARC-Type").unwrap_or_default().to_ascii_lowercase(),
        // WARC 1.0 writes it in angle brackets, as its grammar has it, or without, as its examples do.
        url: value("WARC-Target-URI")
            .map(|url| url.trim_start_matches('<').trim_end_matches('>').to_owned())
            .filter(|url| !url.is_empty()),
        media: MediaType::parse(&value("Content-Type").unwrap_or_default()),
        length,
    })
}
