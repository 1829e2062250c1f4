//! JSON and JSON Lines: records one after the other, in lists, or in lists and objects inside others, such as the responses of
//! news services and the dumps of search engines.
//!
//! In: text. Out: a document for each record. `stream` cuts the records out, in the memory of one of them, `envelope` knows where
//! they are, `node` reads one, `parts` finds its parts by their keys, `reader` knows what they are read by, `tabular` makes records of rows and columns, `references` finds
//! the names of outlets, `record`, `body`, `text` and `date` make a document of
//! them, `notes` gathers what is said once of all. Invariant: a bad record loses no other.

mod body;
mod date;
mod element;
mod envelope;
mod keys;
mod node;
mod notes;
mod opening;
mod parts;
mod paths;
mod reader;
mod record;
mod references;
mod stream;
mod tabular;
mod text;

use std::io::BufRead;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::ingest::event::Reason;
use crate::ingest::field_lists::KeyList;
use crate::ingest::field_map::MappedPaths;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::json::element::Found;
use crate::ingest::formats::json::envelope::{Envelopes, has_empty_list};
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::notes::Notes;
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::paths::{each_path, nodes_at};
use crate::ingest::formats::json::reader::RecordReader;
use crate::ingest::formats::json::record::NoDocument;
use crate::ingest::formats::json::references::{MAX_WAITING, References, Waiting};
use crate::ingest::formats::json::stream::Stream;
use crate::ingest::formats::json::tabular::{Heading, ROW_WIDTH, first_heading, record_of, records_of};
use crate::ingest::limits::size_text;
use crate::ingest::part::Part;
use crate::ingest::sink::{Complete, FileSink};

const EXPECTED: &str = "expected a JSON object with a `title` or a `body`";
/// Keys of the lines with which a bulk request of Elasticsearch says what to do with the next.
const BULK_KEYS: [&str; 4] = ["index", "create", "update", "delete"];

/// Reads JSON; with `by_lines` JSON Lines, where a mistake costs no more than its line.
pub(crate) fn read_json(
    input: &mut dyn BufRead,
    by_lines: bool,
    context: &FormatContext<'_>,
    sink: &mut FileSink<'_>,
) -> ControlFlow<(), Complete> {
    let keys = Keys::new(context.fields);
    let envelopes = Envelopes { names: &keys, map: context.map };
    let mut stream = Stream::new(input, envelopes, context.limits.document, by_lines);
    let mut records = Records {
        context,
        by_lines,
        reader: RecordReader {
            names: &keys,
            map: context.map,
            pages: context.pages,
            limits: context.limits,
            file_id: &context.origin.id,
        },
        mapped: MappedPaths::new(context.map),
        notes: Notes::default(),
        bulk_id: None,
        count: 0,
        heading: None,
        references: References::default(),
    };
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
    records.release(0, sink)?;
    let Records { mapped, notes, count, .. } = records;
    if count == 0 && complete {
        sink.noted(&context.origin.path, "there is no record, so there is nothing to index")?;
    } else if count > 0 {
        notes.report(&mapped, context, sink)?;
    }
    ControlFlow::Continue(complete)
}

/// The records of an input on their way to the sink.
struct Records<'a> {
    context: &'a FormatContext<'a>,
    by_lines: bool,
    reader: RecordReader<'a>,
    mapped: MappedPaths<'a>,
    notes: Notes,
    /// The id that a bulk request states for the next record.
    bulk_id: Option<String>,
    count: usize,
    /// The first row of a list of lists.
    heading: Option<Heading>,
    references: References,
}

impl Records<'_> {
    fn take(&mut self, found: Found, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        let Found { line, column, text, key, is_listed, is_envelope, context } = found;
        let place = self.context.line(line);
        let before = if self.by_lines && column == 1 { String::new() } else { format!("column {column}: ") };
        let Some(text) = text else {
            self.count += 1;
            let what = match (is_envelope, self.by_lines) {
                (true, _) => "what stands around the records is longer: ",
                (false, true) if !is_listed => "the line is longer: ",
                (false, _) => "the record is longer: ",
            };
            let limit = size_text(self.context.limits.document as u64);
            let reason = Reason::beyond_limit(format!("{before}{what}"), "document", limit);
            if is_envelope {
                sink.noted(&place, reason)?
            } else {
                sink.lost(&place, reason)?
            }
            return sink.progress();
        };
        let node = match Node::parse(&String::from_utf8_lossy(&text)) {
            Ok(node) => node,
            Err(error) => {
                self.count += 1;
                let (line, column) = match error.at {
                    (1, inside) => (line, column + inside.max(1) - 1),
                    (below, inside) => (line + below - 1, inside.max(1)),
                };
                let reason = format!("column {column}: {}", error.reason);
                return sink.lost(&self.context.line(line), reason);
            }
        };
        let waiting = |object: Object, key: Option<String>, is_listed: bool| Waiting {
            object,
            key,
            is_listed,
            is_envelope,
            context: Rc::clone(&context),
            place: place.clone(),
            before: before.clone(),
        };
        if (matches!(node, Node::List(_)) || context.heading.is_some())
            && let Some((records, is_whole)) = self.row(&node, &context, is_listed)
        {
            if !is_whole {
                sink.noted(&place, ROW_WIDTH)?;
            }
            return records.into_iter().try_for_each(|object| self.object(waiting(object, None, true), sink));
        }
        let Node::Object(object) = node else {
            // Beside articles by their ids there may be numbers and texts.
            if key.is_some() {
                return ControlFlow::Continue(());
            }
            self.count += 1;
            return sink.lost(&place, format!("column {column}: {EXPECTED}"));
        };
        if self.by_lines && self.is_action(&object) {
            return ControlFlow::Continue(());
        }
        if !is_envelope && let Some(rows) = records_of(&object, self.reader.names) {
            for (id, object, is_whole) in rows {
                if !is_whole {
                    sink.noted(&place, ROW_WIDTH)?;
                }
                self.object(waiting(object, id, true), sink)?;
            }
            return ControlFlow::Continue(());
        }
        let mut found = waiting(object, key, is_listed);
        self.references.learn(&found.object);
        self.release(MAX_WAITING, sink)?;
        if !self.references.resolve(&mut found.object, self.reader.names) && is_listed {
            self.references.waiting.push_back(found);
            return self.release(MAX_WAITING, sink);
        }
        self.object(found, sink)
    }

    /// The records of a list within a list, a row or objects, and whether a row has all of its values; `None` if it is neither.
    fn row(&mut self, node: &Node, context: &envelope::Context, is_listed: bool) -> Option<(Vec<Object>, bool)> {
        let first = first_heading(node, self.reader.names);
        if first.is_some() && is_listed && (context.heading.is_none() || context.heading == first) {
            self.heading = first;
            return Some((Vec::new(), true));
        }
        let heading = context.heading.as_ref().or(self.heading.as_ref().filter(|_| is_listed));
        if let Some((object, is_whole)) = heading.and_then(|heading| record_of(node, heading)) {
            return Some((vec![object], is_whole));
        }
        let Node::List(nodes) = node else { return None };
        let objects: Vec<Object> = nodes.iter().filter_map(Node::object).cloned().collect();
        (!objects.is_empty()).then_some((objects, true))
    }

    /// Reads the records that wait for a name: those whose name is known by now, and the first of more than `most`.
    fn release(&mut self, most: usize, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        while let Some(mut waiting) = self.references.waiting.pop_front() {
            if !self.references.resolve(&mut waiting.object, self.reader.names) && self.references.waiting.len() < most
            {
                self.references.waiting.push_front(waiting);
                break;
            }
            self.object(waiting, sink)?;
        }
        ControlFlow::Continue(())
    }

    fn object(&mut self, found: Waiting, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        let Waiting { object, key, is_listed, is_envelope, context, place, before } = found;
        let (object, place) = (&object, place.as_str());
        let names = self.reader.names;
        let parts = Parts::of(object, names);
        let shape = parts.shape();
        // What is around records is one itself only with a text of its own.
        let has = |part| !parts.candidates(part).is_empty();
        if is_envelope && !(has(Part::Title) && has(Part::Body)) {
            return ControlFlow::Continue(());
        }
        let is_other = parts.types.iter().any(|name| names.lists(KeyList::OtherTypes, name));
        if is_listed && (is_other && !(shape.title && shape.body) || !object.has_text()) {
            return ControlFlow::Continue(());
        }
        if !is_listed && !shape.title && !shape.body && !shape.lead && has_empty_list(object, names) {
            return ControlFlow::Continue(());
        }
        self.count += 1;
        if !self.mapped.is_complete() {
            for (_, path) in self.context.map.paths() {
                if !nodes_at(object, path).is_empty() {
                    self.mapped.found(path);
                }
            }
            each_path(object, &mut |path| self.mapped.knows(path));
        }
        let id = self.bulk_id.take().or(key);
        let is_date = |text: &str| sink.is_date(text);
        match self.reader.read(object, id, &context, &is_date) {
            Ok(mut record) => {
                self.notes.add(&record, place);
                self.context.origin.path.clone_into(&mut record.stated.document.path);
                sink.document(place, record.stated)
            }
            Err(NoDocument::Lost(reason)) => sink.lost(place, reason.behind(&before)),
            Err(NoDocument::Removed) => {
                self.notes.removed(place);
                ControlFlow::Continue(())
            }
        }
    }

    /// True for a line of a bulk request that says what to do with the next, whose id is kept.
    fn is_action(&mut self, object: &Object) -> bool {
        let [(key, Node::Object(action))] = object.members.as_slice() else { return false };
        let is_action = BULK_KEYS.contains(&key.as_str())
            && action.members.iter().all(|(key, node)| {
                key.starts_with('_') || matches!(key.as_str(), "routing" | "pipeline") || node.is_empty()
            });
        if is_action {
            self.bulk_id = match action.get("_id") {
                Some(Node::Text(id)) => Some(id.clone()),
                Some(Node::Number(id)) => Some(id.to_string()),
                _ => None,
            };
        }
        is_action
    }

    fn unended(&self, lines: &mut Vec<usize>, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        for line in lines.drain(..) {
            let reason = "the list has no end, expected `]`: the file may be cut short, what came before is kept";
            sink.lost(&self.context.line(line), reason)?;
        }
        ControlFlow::Continue(())
    }
}
