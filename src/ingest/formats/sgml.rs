//! SGML of text collections, as of TREC, NTCIR, Gigaword and Reuters-21578: one document a `DOC`, many in a file.
//!
//! In: a decoded stream. Out: its documents in their order. One is held in memory at a time. Collections share no names of
//! elements but a few; those of title, text, day and outlet are known, what else has much text is text too. Tags that are
//! never closed end where the next field begins.

mod fields;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use memchr::memchr_iter;

use crate::ingest::event::Reason;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::sgml::fields::read_fields;
use crate::ingest::limits::size_text;
use crate::ingest::sink::{Complete, FileSink};

/// Elements that are a document each.
const DOCUMENTS: [&str; 2] = ["doc", "reuters"];

/// Reads the documents of a collection.
pub(crate) fn read_collection(
    input: &mut dyn BufRead,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let path = &context.origin.path;
    let limit = context.limits.markup;
    let mut records = Records { input, part: String::new(), from: 0, line: 0 };
    let mut number = 0;
    loop {
        let (record, line) = match records.next(limit) {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(error) => return sink.lost(path, Reason::of_io(&error)).map_continue(|()| false),
        };
        number += 1;
        let place = context.line(line);
        match record {
            Record::Long => {
                let reason = Reason::beyond_limit("the document is longer: ", "markup", size_text(limit as u64));
                sink.lost(&place, reason)?;
            }
            Record::Text(text) => {
                let (mut stated, dates) = read_fields(&text, context);
                let document = &mut stated.document;
                if document.id.is_empty() {
                    document.id = format!("{}#{number}", context.origin.id);
                }
                document.path.clone_from(path);
                if document.title.is_empty() && document.body.is_empty() {
                    sink.lost(&place, "the document has neither a title nor a text, so there is nothing to index")?;
                } else {
                    sink.page(&place, (stated, dates))?;
                }
            }
        }
    }
    if number == 0 {
        sink.lost(path, "no document: expected an element `DOC`")?;
    }
    ControlFlow::Continue(true)
}

enum Record {
    Text(String),
    /// A document that is longer than it may be.
    Long,
}

/// The documents of a stream: from one start tag to its end tag, or to the next start tag.
struct Records<'a> {
    input: &'a mut dyn BufRead,
    /// The last line that was read, and the bytes of it that were dealt with.
    part: String,
    from: usize,
    line: usize,
}

impl Records<'_> {
    /// The next document, and the line where it begins.
    fn next(&mut self, limit: usize) -> io::Result<Option<(Record, usize)>> {
        let (mut text, mut begun, mut is_long) = (String::new(), 0, false);
        let record = |text: String, is_long: bool| if is_long { Record::Long } else { Record::Text(text) };
        loop {
            if self.from == self.part.len() && !self.read_line(limit)? {
                return Ok((begun > 0).then(|| (record(text, is_long), begun)));
            }
            let mut rest = &self.part[self.from..];
            if begun == 0 {
                let Some((at, _)) = find_tag(rest, false) else {
                    self.from = self.part.len();
                    continue;
                };
                begun = self.line;
                let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
                text.push_str(&rest[at..end]);
                self.from += end;
                rest = &rest[end..];
            }
            // An end tag belongs to what it ends, a start tag to what comes next.
            let stop = find_tag(rest, true).map(|(at, is_end)| {
                let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
                (at, if is_end { end } else { at })
            });
            let (kept, after) = stop.unwrap_or((rest.len(), rest.len()));
            is_long |= text.len() + kept > limit;
            if is_long {
                text.clear();
            } else {
                text.push_str(&rest[..kept]);
            }
            self.from += after;
            if stop.is_some() {
                return Ok(Some((record(text, is_long), begun)));
            }
        }
    }

    /// Reads a line; false at the end.
    fn read_line(&mut self, limit: usize) -> io::Result<bool> {
        let mut bytes = Vec::new();
        Read::take(&mut *self.input, limit as u64).read_until(b'\n', &mut bytes)?;
        self.line += 1;
        (self.part, self.from) = (String::from_utf8_lossy(&bytes).into_owned(), 0);
        Ok(!bytes.is_empty())
    }
}

/// Where the next tag of a document stands, and whether it is its end; only a start unless `or_end`.
fn find_tag(text: &str, or_end: bool) -> Option<(usize, bool)> {
    memchr_iter(b'<', text.as_bytes()).find_map(|at| {
        let rest = &text.as_bytes()[at + 1..];
        let (is_end, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
        let is_document = DOCUMENTS.iter().any(|name| {
            let is_name = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
            is_name && rest.get(name.len()).is_none_or(|next| next.is_ascii_whitespace() || *next == b'>')
        });
        (is_document && (or_end || !is_end)).then_some((at, is_end))
    })
}
