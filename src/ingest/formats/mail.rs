//! E-mail (RFC 5322 and MIME): newsletters and alerts, mailboxes of them (mbox), and pages saved as one message (MHTML, RFC 2557).
//!
//! In: bytes, since each part has its own encoding. Out: a document a message. A message is taken apart by mail-parser; the
//! characters of its parts are decoded as those of pages are, since what a part states of its encoding is often wrong. A saved
//! page is read as a page; in other messages the part in HTML counts, all of its text, or else the plain text.

mod part;

use std::io::{self, BufRead, Read as _};
use std::ops::ControlFlow;

use mail_parser::{Address, Message, MessageParser};

use crate::ingest::date::page::PageDates;
use crate::ingest::event::Reason;
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::html::{read_blocks, read_html};
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::formats::mail::part::{MailText, decode_header, texts};
use crate::ingest::formats::{FormatContext, report_decoded};
use crate::ingest::limits::size_text;
use crate::ingest::sink::{Complete, FileSink, StatedDocument};
use crate::text::document::Document;

/// The line that begins a message in a mailbox.
const ENVELOPE: &[u8] = b"From ";
/// Messages within each other that are read.
const MAX_DEPTH: usize = 4;
/// Attachments that are named in a report.
const MAX_NAMED: usize = 5;

/// A message without the line that mailboxes put before it.
pub(crate) fn without_envelope(head: &[u8]) -> &[u8] {
    if !head.starts_with(ENVELOPE) {
        return head;
    }
    memchr::memchr(b'\n', head).map_or(&[][..], |at| &head[at + 1..])
}

/// Reads a message, or all of a mailbox.
pub(crate) fn read_messages(
    input: &mut dyn BufRead,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let path = &context.origin.path;
    let is_mailbox = input.fill_buf().is_ok_and(|head| head.starts_with(ENVELOPE));
    let limit = context.limits.markup;
    let (mut number, mut message, mut is_long) = (0, Vec::new(), false);
    let mut is_blank = true;
    let mut line = Vec::new();
    loop {
        line.clear();
        let error = input.take(limit as u64).read_until(b'\n', &mut line).err();
        let ends = line.is_empty() || error.is_some();
        let begins_next = is_mailbox && is_blank && is_envelope(&line);
        if (ends || begins_next) && (is_long || !message.is_empty()) {
            number += 1;
            let place = if is_mailbox { format!("{path}, message {number}") } else { path.clone() };
            if is_long {
                let reason = Reason::beyond_limit("the message is longer: ", "markup", size_text(limit as u64));
                sink.lost(&place, reason)?;
            } else {
                read_message(&message, &place, number, is_mailbox, context, sink)?;
            }
            message.clear();
            is_long = false;
        }
        if let Some(error) = error {
            return sink.lost(path, Reason::of_io(&error)).map_continue(|()| false);
        }
        if line.is_empty() {
            break;
        }
        is_blank = line.trim_ascii().is_empty();
        if begins_next {
            continue;
        }
        // A line of a text that begins so is escaped.
        let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
        let is_quoted = is_mailbox && quoted > 0 && line[quoted..].starts_with(ENVELOPE);
        let line = if is_quoted { &line[1..] } else { &line[..] };
        if message.len() + line.len() > limit {
            is_long = true;
            message.clear();
        }
        if !is_long {
            message.extend_from_slice(line);
        }
    }
    if number == 0 {
        sink.noted(path, "the file is empty, so there is nothing to index")?;
    }
    ControlFlow::Continue(true)
}

/// True for the line before a message: a sender and a time, as against a sentence that begins so.
fn is_envelope(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(ENVELOPE) else { return false };
    let sender = rest.split(u8::is_ascii_whitespace).find(|word| !word.is_empty()).unwrap_or_default();
    let is_time = |part: &[u8]| part[0].is_ascii_digit() && part[1] == b':' && part[2].is_ascii_digit();
    sender.contains(&b'@') || rest.windows(3).any(is_time)
}

/// Reads one message, and those that are attached to it.
fn read_message(
    bytes: &[u8],
    place: &str,
    number: usize,
    is_mailbox: bool,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<()> {
    let bytes = decode_header(bytes);
    let Some(message) = MessageParser::default().parse(&bytes[..]).filter(|message| !message.headers().is_empty())
    else {
        return sink.lost(place, "no e-mail: expected a header with fields like `Subject: …`");
    };
    let id = if is_mailbox { format!("{}#{number}", context.origin.id) } else { context.origin.id.clone() };
    read_parsed(&message, place, &id, 0, context, sink)
}

fn read_parsed(
    message: &Message<'_>,
    place: &str,
    fallback_id: &str,
    depth: usize,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<()> {
    let found = texts(message, context.encoding);
    let page = found.html.iter().find(|text| text.location.is_some() || found.snapshot.is_some());
    let (mut stated, dates) = match page {
        Some(page) => read_page(page, found.snapshot.as_deref(), message, context),
        None => (read_letter(&found.html, &found.plain, message, context), PageDates::default()),
    };
    let document = &mut stated.document;
    if document.id.is_empty() {
        fallback_id.clone_into(&mut document.id);
    }
    document.path.clone_from(&context.origin.path);
    if !found.unread.is_empty() {
        let names = found.unread.iter().take(MAX_NAMED).map(|name| format!("`{}`", name.escape_debug()));
        let names = names.collect::<Vec<_>>().join(", ");
        let count = found.unread.len();
        let attachments = if count == 1 { "an attachment is".to_owned() } else { format!("{count} attachments are") };
        stated.unusable.push(format!("{attachments} not read: {names}").into());
    }
    for text in found.html.iter().chain(&found.plain) {
        report_decoded(text.decoded, text.label.clone(), place, sink)?;
    }
    let has_text = !(stated.document.title.is_empty() && stated.document.body.is_empty());
    if has_text || found.messages.is_empty() {
        sink.page(place, (stated, dates))?;
    }
    for (at, inner) in found.messages.iter().enumerate() {
        let (place, id) = (format!("{place}, attached {}", at + 1), format!("{fallback_id}/{}", at + 1));
        if depth + 1 == MAX_DEPTH {
            sink.lost(&place, format!("messages are attached to each other more than {MAX_DEPTH} deep"))?;
        } else {
            read_parsed(inner, &place, &id, depth + 1, context, sink)?;
        }
    }
    ControlFlow::Continue(())
}

/// A page that was saved as a message.
fn read_page(
    page: &MailText,
    snapshot: Option<&str>,
    message: &Message<'_>,
    context: &FormatContext<'_>,
) -> (StatedDocument, PageDates) {
    let url = snapshot.or(page.location.as_deref()).filter(|url| is_address(url)).map(str::to_owned);
    let document = Document { id: url.clone().unwrap_or_default(), url, ..Document::default() };
    let (mut stated, dates) = read_html(&page.text, context.pages, context.limits, document);
    if stated.document.title.is_empty() {
        stated.document.title = one_line(message.subject().unwrap_or_default());
    }
    (stated, dates)
}

/// A letter: the subject is its title, the sender its source and author.
fn read_letter(
    html: &[MailText],
    plain: &[MailText],
    message: &Message<'_>,
    context: &FormatContext<'_>,
) -> StatedDocument {
    let all = |texts: Vec<String>| {
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
        texts.join("\n\n")
    };
    let marked = all(html.iter().map(|text| read_blocks(&text.text, context.limits)).collect());
    let plain = all(plain.iter().map(|text| text.text.trim().to_owned()).collect());
    let mut unusable = Vec::new();
    let tag = message.header("Content-Language").and_then(|value| value.as_text());
    let (lang, declared_lang) = tag
        .map(|tag| read_language(tag.split(',').next().unwrap_or(tag), context.fields, &mut unusable))
        .unwrap_or_default();
    let id = message.message_id().map(one_line).unwrap_or_default();
    let document = Document {
        id,
        title: one_line(message.subject().unwrap_or_default()),
        body: if marked.is_empty() { plain } else { marked },
        lang,
        declared_lang,
        source: message.from().and_then(sender),
        authors: message.from().and_then(sender).into_iter().collect(),
        ..Document::default()
    };
    // The day where it was written, not that in Greenwich.
    let date = message.date().map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    StatedDocument { document, date, unusable: unusable.into_iter().map(Reason::from).collect() }
}

/// The name of a sender, or else the address.
fn sender(from: &Address<'_>) -> Option<String> {
    let first = from.first()?;
    let name = first.name().map(one_line).filter(|name| !name.is_empty());
    name.or_else(|| first.address().map(one_line).filter(|address| !address.is_empty()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads what is in memory; it does not fail.
fn read_all(mut input: impl io::Read) -> String {
    let mut bytes = Vec::new();
    let _ = input.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
