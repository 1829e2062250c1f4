//! The records of an input on their way to the sink: rows get their names, those that wait for the name of an outlet wait, and what
//! is no article is told from what is one.

use std::ops::ControlFlow;
use std::rc::Rc;

use crate::ingest::event::Reason;
use crate::ingest::field_lists::KeyList;
use crate::ingest::field_map::MappedPaths;
use crate::ingest::formats::FormatContext;
use crate::ingest::formats::json::element::Found;
use crate::ingest::formats::json::envelope::{Context, has_empty_list};
use crate::ingest::formats::json::keys::Keys;
use crate::ingest::formats::json::languages::versions;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::notes::Notes;
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::paths::{each_path, nodes_at};
use crate::ingest::formats::json::reader::RecordReader;
use crate::ingest::formats::json::record::NoDocument;
use crate::ingest::formats::json::references::{MAX_WAITING, References, Waiting};
use crate::ingest::formats::json::rows::is_types;
use crate::ingest::formats::json::tabular::{Heading, ROW_WIDTH, first_heading, record_of, records_of};
use crate::ingest::formats::json::text::line_of;
use crate::ingest::limits::size_text;
use crate::ingest::part::Part;
use crate::ingest::sink::FileSink;

const EXPECTED: &str = "expected a JSON object with a `title` or a `body`";
/// Keys of the lines with which a bulk request of Elasticsearch says what to do with the next.
const BULK_KEYS: [&str; 4] = ["index", "create", "update", "delete"];

/// The records of an input on their way to the sink.
pub(crate) struct Records<'a> {
    context: &'a FormatContext<'a>,
    by_lines: bool,
    reader: RecordReader<'a>,
    mapped: MappedPaths<'a>,
    notes: Notes,
    /// The id that a bulk request states for the next record.
    bulk_id: Option<String>,
    count: usize,
    /// The first row of a list of lists.
    pub(crate) heading: Option<Heading>,
    references: References,
}

impl<'a> Records<'a> {
    pub(crate) fn new(context: &'a FormatContext<'a>, by_lines: bool, reader: RecordReader<'a>) -> Records<'a> {
        Records {
            context,
            by_lines,
            reader,
            mapped: MappedPaths::new(context.map),
            notes: Notes::default(),
            bulk_id: None,
            count: 0,
            heading: None,
            references: References::default(),
        }
    }

    /// Reads the records that still wait, and reports what was noted of all.
    pub(crate) fn end(mut self, is_complete: bool, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        self.release(0, sink)?;
        let Records { mapped, notes, count, context, .. } = self;
        if count > 0 {
            return notes.report(&mapped, context, sink);
        }
        if is_complete {
            sink.noted(&context.origin.path, "there is no record, so there is nothing to index")?;
        }
        ControlFlow::Continue(())
    }

    pub(crate) fn take(&mut self, found: Found, sink: &mut FileSink<'_>) -> ControlFlow<()> {
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
    fn row(&mut self, node: &Node, context: &Context, is_listed: bool) -> Option<(Vec<Object>, bool)> {
        let first = first_heading(node, self.reader.names);
        let is_listed = is_listed || self.by_lines;
        if is_types(node) && self.heading.is_some() && self.count == 0 {
            return Some((Vec::new(), true));
        }
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
        let has = |part| parts.candidates(part).into_iter().any(|found| line_of(part, found.node, names).is_some());
        if is_envelope && !(has(Part::Title) && has(Part::Body)) {
            return ControlFlow::Continue(());
        }
        if is_listed && is_notice(object, names) && !(has(Part::Title) && has(Part::Body)) {
            self.notes.notice(place);
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
        let versions = versions(object, &parts, names);
        let count = versions.as_ref().map_or(1, Vec::len);
        for at in 0..count {
            let (language, version) = match &versions {
                Some(versions) => (versions[at].0.as_deref(), &versions[at].1),
                None => (None, object),
            };
            let read = self.reader.read(version, id.clone(), &context, &|text| sink.is_date(text));
            match read {
                Ok(mut record) => {
                    if let Some(language) = language {
                        self.reader.state_language(&mut record, language, object);
                    }
                    self.notes.add(&record, place);
                    self.context.origin.path.clone_into(&mut record.stated.document.path);
                    sink.document(place, record.stated)?;
                }
                Err(NoDocument::Lost(reason)) => sink.lost(place, reason.behind(&before))?,
                Err(NoDocument::Removed) => self.notes.removed(place),
            }
        }
        ControlFlow::Continue(())
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

    pub(crate) fn unended(&self, lines: &mut Vec<usize>, sink: &mut FileSink<'_>) -> ControlFlow<()> {
        for line in lines.drain(..) {
            let reason = "the list has no end, expected `]`: the file may be cut short, what came before is kept";
            sink.lost(&self.context.line(line), reason)?;
        }
        ControlFlow::Continue(())
    }
}

/// True for a message by which a service says what was done.
fn is_notice(object: &Object, names: &Keys<'_>) -> bool {
    let is_notice = |node: &Node| matches!(node, Node::Text(kind) if names.lists(KeyList::Notices, kind));
    ["type", "subtype"].iter().any(|key| object.get(key).is_some_and(is_notice))
}
