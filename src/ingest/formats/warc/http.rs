//! A response of HTTP/1.x (RFC 9112) as it is kept in an archive: what kind of page it is, and its content.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::ingest::event::Reason;
use crate::ingest::limits::size_text;

/// Fields of a head at most.
const MAX_FIELDS: usize = 200;
/// Bytes of a head at most.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// Bytes by which text is known from what is none.
const TEXT_BYTES: usize = 4 << 10;
/// Bytes that brotli reads at a time.
const BROTLI_BUFFER_BYTES: usize = 4 << 10;
/// The version of HTTP whose heads are read.
const VERSION: &[u8] = b"HTTP/1.1";

/// A media type like `text/html; charset=utf-8`.
#[derive(Debug, Default, Clone)]
pub(crate) struct MediaType {
    /// Type and subtype, in lower case, without parameters.
    essence: String,
    pub(crate) charset: Option<String>,
}

impl MediaType {
    pub(crate) fn parse(text: &str) -> MediaType {
        let mut parts = text.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.filter_map(|part| part.split_once('=')).find_map(|(key, value)| {
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        MediaType { essence, charset }
    }

    pub(crate) fn is(&self, essence: &str) -> bool {
        self.essence == essence
    }

    /// True for HTML and plain text.
    pub(crate) fn is_page(&self) -> bool {
        matches!(self.essence.as_str(), "text/html" | "application/xhtml+xml" | "text/plain")
    }
}

/// A response with a page.
pub(crate) struct Response {
    pub(crate) media: MediaType,
    pub(crate) body: Vec<u8>,
}

/// The head of a response.
struct Head {
    status: Option<u16>,
    media: Option<MediaType>,
    is_chunked: bool,
    encoding: String,
    /// Its length in bytes.
    length: usize,
}

impl Head {
    /// True unless the head alone says that this is no page.
    fn is_page(&self) -> bool {
        self.status == Some(200) && self.media.as_ref().is_none_or(MediaType::is_page)
    }
}

fn read_head(content: &[u8]) -> Result<Head, String> {
    // Of HTTP/2 and 3, which have no such line, archives write one all the same.
    let newer = content.starts_with(b"HTTP/2") || content.starts_with(b"HTTP/3");
    let version = content.iter().take(10).position(|&byte| byte == b' ').filter(|_| newer);
    let start = content[..content.len().min(MAX_HEAD_BYTES)].to_vec();
    let (start, version) = match version {
        Some(version) => ([VERSION, &start[version..]].concat(), version),
        None => (start, VERSION.len()),
    };
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let mut config = httparse::ParserConfig::default();
    config.allow_spaces_after_header_name_in_responses(true);
    config.allow_obsolete_multiline_headers_in_responses(true);
    config.ignore_invalid_headers_in_responses(true);
    let length = match config.parse_response(&mut response, &start) {
        Ok(httparse::Status::Complete(length)) => length + version - VERSION.len(),
        Ok(httparse::Status::Partial) => return Err("the head of its response is not complete".to_owned()),
        Err(error) => return Err(format!("its content is no HTTP response ({error})")),
    };
    // Archives that have undone what these say have renamed them.
    let value = |name: &str| {
        let field = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(field.value).trim().to_ascii_lowercase())
    };
    Ok(Head {
        status: response.code,
        media: value("Content-Type").filter(|media| !media.is_empty()).map(|media| MediaType::parse(&media)),
        is_chunked: value("Transfer-Encoding").is_some_and(|coding| coding.contains("chunked")),
        encoding: value("Content-Encoding").unwrap_or_default(),
        length,
    })
}

/// True if a response that begins like this can be a page.
pub(crate) fn may_be_page(start: &[u8]) -> bool {
    read_head(start).map_or(true, |head| {
        head.is_page() && (head.media.is_some() || !head.encoding.is_empty() || is_text(&start[head.length..]))
    })
}

/// Takes a response apart; `None` if it has another status than 200, or is no page.
///
/// # Errors
///
/// When it is no response, or its content cannot be read as it says, or has more than `max_bytes`.
pub(crate) fn read_response(content: &[u8], max_bytes: usize) -> Result<Option<Response>, Reason> {
    let head = read_head(content)?;
    if !head.is_page() {
        return Ok(None);
    }
    let mut body = content[head.length..].to_vec();
    if head.is_chunked
        && let Some(joined) = join_chunks(&body)
    {
        body = joined;
    }
    // The last coding was done last.
    for coding in head.encoding.rsplit(',').map(str::trim) {
        body = decode(coding, body, max_bytes)?;
    }
    match head.media {
        Some(media) => Ok(Some(Response { media, body })),
        None if is_text(&body) => Ok(Some(Response { media: MediaType::parse("text/html"), body })),
        None => Ok(None),
    }
}

/// The body as it was before a coding of HTTP; one that is stated and undone already is as it is.
fn decode(coding: &str, body: Vec<u8>, max_bytes: usize) -> Result<Vec<u8>, Reason> {
    match coding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => inflate(MultiGzDecoder::new(&body[..]), max_bytes),
        "" | "identity" | "gzip" | "x-gzip" => Ok(body),
        "deflate" if is_zlib(&body) => inflate(ZlibDecoder::new(&body[..]), max_bytes),
        _ if is_text(&body) => Ok(body),
        // It means the format of zlib, but some servers take it at its word and send what is within that.
        "deflate" => inflate(DeflateDecoder::new(&body[..]), max_bytes),
        "br" => inflate(brotli_decompressor::Decompressor::new(&body[..], BROTLI_BUFFER_BYTES), max_bytes),
        "zstd" => match zstd::Decoder::with_buffer(&body[..]) {
            Ok(decoder) => inflate(decoder, max_bytes),
            Err(error) => Err(format!("its content cannot be decompressed: {error}").into()),
        },
        other => {
            let expected = "expected gzip, deflate, br or zstd";
            Err(format!("its content is encoded as `{}`, {expected}", other.escape_default()).into())
        }
    }
}

/// True for the two bytes that zlib begins with (RFC 1950): the method, and a number that 31 divides.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31))
}

/// True for what has no bytes that no text has, or says by a mark that it is UTF-16.
fn is_text(body: &[u8]) -> bool {
    let start = &body[..body.len().min(TEXT_BYTES)];
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f);
    let is_marked = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    is_marked || !(start.iter().any(is_control) || start.starts_with(b"%PDF-"))
}

/// The chunks of a body as one; `None` if there is no chunk at its start. What follows a broken one is left out.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut is_first = true;
    loop {
        let (start, length) = match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((start, length))) => (start, usize::try_from(length).unwrap_or(usize::MAX)),
            _ if is_first => return None,
            _ => return Some(joined),
        };
        is_first = false;
        let chunk = &rest[start..];
        let chunk_end = length.min(chunk.len());
        joined.extend_from_slice(&chunk[..chunk_end]);
        rest = &chunk[chunk_end..];
        if length == 0 || rest.is_empty() {
            return Some(joined);
        }
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// The body that a compressed one unpacks to.
fn inflate(decoder: impl Read, max_bytes: usize) -> Result<Vec<u8>, Reason> {
    let mut body = Vec::new();
    let read = decoder.take(max_bytes as u64 + 1).read_to_end(&mut body);
    if body.len() > max_bytes {
        return Err(Reason::beyond_limit("unpacked, it has ", "markup", size_text(max_bytes as u64)));
    }
    match read {
        Ok(_) => Ok(body),
        // The beginning of a page is better than none of it.
        Err(_) if !body.is_empty() => Ok(body),
        Err(error) => Err(format!("its content cannot be decompressed: {error}").into()),
    }
}
