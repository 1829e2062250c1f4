//! A response of HTTP/1.x (RFC 9112) as it is kept in an archive: what kind of page it is, and its content.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

/// Fields of a head at most.
const MAX_FIELDS: usize = 200;

/// A media type like `text/html; charset=utf-8`.
#[derive(Debug, Default, Clone)]
pub(super) struct MediaType {
    /// In lower case, without parameters.
    essence: String,
    pub(super) charset: Option<String>,
}

impl MediaType {
    pub(super) fn parse(text: &str) -> MediaType {
        let mut parts = text.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.filter_map(|part| part.split_once('=')).find_map(|(key, value)| {
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        MediaType { essence, charset }
    }

    pub(super) fn is(&self, essence: &str) -> bool {
        self.essence == essence
    }

    /// True for HTML and plain text.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.essence.as_str(), "text/html" | "application/xhtml+xml" | "text/plain")
    }
}

/// A response with a page.
pub(super) struct Response {
    pub(super) media: MediaType,
    pub(super) body: Vec<u8>,
}

/// Takes a response apart; `None` if it has another status than 200, or is no page.
///
/// # Errors
///
/// When it is no response, or its content cannot be read as it says, or has more than `max_bytes`.
pub(super) fn read_response(content: &[u8], max_bytes: usize) -> Result<Option<Response>, String> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let mut config = httparse::ParserConfig::default();
    config.allow_spaces_after_header_name_in_responses(true);
    config.allow_obsolete_multiline_headers_in_responses(true);
    config.ignore_invalid_headers_in_responses(true);
    let start = match config.parse_response(&mut response, content) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Err("the head of its response is not complete".to_owned()),
        Err(error) => return Err(format!("its content is no HTTP response ({error})")),
    };
    if response.code != Some(200) {
        return Ok(None);
    }
    // Archives that have undone what these say have renamed them.
    let value = |name: &str| {
        let field = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(field.value).trim().to_ascii_lowercase())
    };
    let media = MediaType::parse(&value("Content-Type").unwrap_or_else(|| "text/html".to_owned()));
    if !media.is_page() {
        return Ok(None);
    }
    let mut body = content[start..].to_vec();
    if value("Transfer-Encoding").is_some_and(|coding| coding.contains("chunked"))
        && let Some(joined) = join_chunks(&body)
    {
        body = joined;
    }
    let body = match value("Content-Encoding").as_deref() {
        Some("gzip" | "x-gzip") if body.starts_with(b"\x1f\x8b") => inflate(MultiGzDecoder::new(&body[..]), max_bytes)?,
        Some("deflate") => inflate(ZlibDecoder::new(&body[..]), max_bytes)?,
        // Said, but undone already.
        None | Some("identity" | "" | "gzip" | "x-gzip") => body,
        Some(other) => {
            return Err(format!("its content is encoded as `{}`, expected gzip or deflate", other.escape_default()));
        }
    };
    Ok(Some(Response { media, body }))
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

fn inflate(decoder: impl Read, max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    let read = decoder.take(max_bytes as u64 + 1).read_to_end(&mut body);
    if body.len() > max_bytes {
        return Err(format!("it has more than {max_bytes} bytes ([limits] markup)"));
    }
    match read {
        Ok(_) => Ok(body),
        // The beginning of a page is better than none of it.
        Err(_) if !body.is_empty() => Ok(body),
        Err(error) => Err(format!("its content cannot be decompressed: {error}")),
    }
}
