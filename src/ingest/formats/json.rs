//! JSON and JSON Lines: records one after the other, in lists, or in lists and objects inside others, such as the responses of
//! news services and the dumps of search engines.
//!
//! In: text. Out: a document for each record. `stream` cuts the records out, in the memory of one of them, `envelope` knows
//! where they are, `relaxed` makes JSON of what is not quite, `rows` names the values of rows, `node` reads one (`typed`:
//! without the types of its values), `languages` makes one for each of its languages, `parts` finds its parts by their keys,
//! `by_content` by what is in them, `reader` knows what they are read by, `tabular` makes records of rows and columns,
//! `references` finds the names of outlets, `record`, `body`, `text` and `date` make a document of them, `records` leads them
//! to the sink, `notes` gathers what is said once of all. Invariant: a bad record loses no other.

mod body;
mod by_content;
mod date;
mod element;
mod envelope;
mod keys;
mod languages;
mod node;
mod notes;
mod opening;
mod parse;
mod parts;
mod paths;
mod reader;
mod record;
mod records;
mod references;
mod relaxed;
mod rows;
mod stream;
mod tabular;
mod text;
mod typed;

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::ingest::decode::peek::Peeked;
use crate::ingest::event::Reason;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::json::envelope::Envelopes;
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::reader::RecordReader;
use crate::ingest::formats::json::records::Records;
use crate::ingest::formats::json::relaxed::{Relaxed, relaxed_from};
use crate::ingest::formats::json::rows::{SAMPLE_BYTES, unnamed_rows};
use crate::ingest::formats::json::stream::Stream;
use crate::ingest::sink::{Complete, FileSink};

/// Reads JSON; with `by_lines` JSON Lines, where a mistake costs no more than its line.
pub(crate) fn read_json(
    input: &mut dyn BufRead,
    by_lines: bool,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let mut input = Peeked::new(input, SAMPLE_BYTES);
    let mut relaxed;
    let before = relaxed_from(input.head());
    let input: &mut dyn BufRead = if let Some(before) = before {
        relaxed = Relaxed::new(&mut input, before);
        &mut relaxed
    } else {
        &mut input
    };
    let mut input = Peeked::new(input, SAMPLE_BYTES);
    let keys = Keys::new(context.fields);
    let envelopes = Envelopes { names: &keys, map: context.map };
    let unnamed = unnamed_rows(input.head(), by_lines, &keys, context, sink.dates);
    let mut stream = Stream::new(&mut input, envelopes, context.limits.document, by_lines);
    let reader = RecordReader {
        names: &keys,
        map: context.map,
        pages: context.pages,
        limits: context.limits,
        file_id: &context.origin.id,
    };
    let mut records = Records::new(context, by_lines, reader);
    if let Some((heading, said)) = unnamed {
        records.heading = Some(heading);
        said.map_or(ControlFlow::Continue(()), |reason| sink.noted(&context.line(1), reason))?;
    }
    let complete = loop {
        let found = match stream.next() {
            Ok(Some(found)) => found,
            Ok(None) => break true,
            Err(error) => {
                sink.lost(&context.line(stream.state.line), Reason::of_io(&error))?;
                break false;
            }
        };
        records.take(found, sink)?;
        records.unended(&mut stream.state.unended, sink)?;
    };
    records.unended(&mut stream.state.unended, sink)?;
    records.end(complete, sink)?;
    ControlFlow::Continue(complete)
}
