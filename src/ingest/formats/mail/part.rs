//! The parts of a message: which of them are its text, and their characters.

use std::borrow::Cow;

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use crate::ingest::decode::declared;
use crate::ingest::decode::encoding::{Decoded, Decoding, EncodingHints, TextEncoding};
use crate::ingest::decode::peek::HEAD_BYTES;
use crate::ingest::formats::encoded::{decode_bytes, decode_quoted_printable};
use crate::ingest::formats::mail::read_all;

/// A text of a message.
pub(super) struct MailText {
    pub(super) text: String,
    pub(super) decoded: Decoded,
    /// The label of an encoding that it states, unless the user stated one.
    pub(super) label: Option<String>,
    /// The address that a part of a saved page has.
    pub(super) location: Option<String>,
}

/// The parts of a message by what they are.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) html: Vec<MailText>,
    pub(super) plain: Vec<MailText>,
    pub(super) messages: Vec<&'a Message<'a>>,
    /// Names of attachments that may hold text, and are not read.
    pub(super) unread: Vec<String>,
    /// The address of the page that the message is.
    pub(super) snapshot: Option<String>,
}

/// The texts of a message, and what is attached to it.
pub(super) fn texts<'a>(message: &'a Message<'a>, given: Option<TextEncoding>) -> Parts<'a> {
    let header = |name: &str| message.header(name.to_owned()).and_then(|value| value.as_text()).map(str::to_owned);
    let mut parts = Parts { snapshot: header("Snapshot-Content-Location"), ..Parts::default() };
    let is_saved = parts.snapshot.is_some();
    for part in &message.parts {
        let kind = part.content_type();
        let (main, sub) =
            (kind.map_or("text", |kind| kind.ctype()), kind.and_then(|kind| kind.subtype()).unwrap_or("plain"));
        let is_attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
        // A part whose coding has a mistake is binary to the library, and one that should have parts and has none too.
        let is_text = main.eq_ignore_ascii_case("text")
            && (sub.eq_ignore_ascii_case("plain") || sub.eq_ignore_ascii_case("html"));
        match &part.body {
            PartType::Message(inner) => parts.messages.push(inner),
            PartType::Multipart(_) => {}
            _ if !is_attached && (is_text || main.eq_ignore_ascii_case("multipart")) => {
                let is_html = is_text && sub.eq_ignore_ascii_case("html");
                let text = text_of(message, part, is_html, given);
                if is_html { parts.html.push(text) } else { parts.plain.push(text) }
            }
            // A saved page has its styles, scripts and pictures as parts.
            _ if is_saved
                || matches!(main, "image" | "audio" | "video" | "font")
                || matches!(sub, "css" | "javascript") => {}
            _ => parts.unread.push(part.attachment_name().unwrap_or(sub).to_owned()),
        }
    }
    // A frame or an advertisement of a saved page is a part too: the page is the first.
    if is_saved {
        parts.html.truncate(1);
    }
    parts
}

/// The text of a part, decoded by its bytes and what it states.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>, is_html: bool, given: Option<TextEncoding>) -> MailText {
    let (start, end) = (part.raw_body_offset() as usize, part.raw_end_offset() as usize);
    let raw = message.raw_message.get(start..end).filter(|raw| !raw.is_empty());
    let stated = part.content_type().and_then(|kind| kind.attribute("charset"));
    // As it is stated: the library takes a coding with a mistake for none.
    let coding = part.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes: Cow<'_, [u8]> = match (raw, coding.as_str()) {
        (Some(raw), "quoted-printable") => decode_quoted_printable(raw).into(),
        (Some(raw), "base64") => decode_bytes(raw).0.into(),
        (Some(raw), _) => raw.into(),
        (None, _) => part.contents().into(),
    };
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let hints = EncodingHints {
        given,
        transport: stated.and_then(TextEncoding::for_label),
        declared: declared::encoding(is_html, head),
    };
    let mut decoding = Decoding::new(&bytes[..], head, hints);
    let text = read_all(&mut decoding);
    let is_flowed = part.content_type().and_then(|kind| kind.attribute("format")) == Some("flowed");
    let text = if is_flowed && !is_html { unflowed(&text) } else { text };
    let location = part.content_location().filter(|location| is_html && location.starts_with("http"));
    let label = match given {
        Some(_) => None,
        None => stated.map(str::to_owned).or_else(|| declared::label(is_html, head)),
    };
    MailText { text, decoded: decoding.decoded(), label, location: location.map(str::to_owned) }
}

/// A text with its lines as they were before they were broken (RFC 3676): a line that ends with a space goes on.
fn unflowed(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        joined.push_str(line.strip_prefix(' ').unwrap_or(line));
        if !line.ends_with(' ') || line == "-- " {
            joined.push('\n');
        }
    }
    joined
}

/// A message whose header is in UTF-8: some senders write it in the encoding of their country, without saying so.
pub(super) fn decode_header(bytes: &[u8]) -> Cow<'_, [u8]> {
    let ends = [&b"\n\n"[..], b"\n\r\n"].map(|end| memchr::memmem::find(bytes, end));
    let end = ends.into_iter().flatten().min().unwrap_or(bytes.len());
    let (header, rest) = bytes.split_at(end);
    if std::str::from_utf8(header).is_ok() {
        return bytes.into();
    }
    let text = read_all(Decoding::new(header, &[], EncodingHints::default()));
    [text.as_bytes(), rest].concat().into()
}
