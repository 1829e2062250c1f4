//! Records of JSON to documents: the best value for each part, and what is said of the others.

use crate::ingest::event::{Advice, Reason};
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::content_id::content_id;
use crate::ingest::formats::field_text::line_text;
use crate::ingest::formats::json::body::{Body, read_body};
use crate::ingest::formats::json::by_content::{address_by_content, date_by_content};
use crate::ingest::formats::json::date::date_of;
use crate::ingest::formats::json::envelope::Context;
use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::parts::Parts;
use crate::ingest::formats::json::reader::{RecordReader, not_text, shown};
use crate::ingest::formats::json::text::{line_of, lines_of};
use crate::ingest::formats::language_tag::read_language;
use crate::ingest::part::Part;
use crate::ingest::sink::StatedDocument;
use crate::text::document::Document;

/// Keys that are named where a record has none that is known.
const MAX_SHOWN_KEYS: usize = 12;

/// A record that was read.
pub(crate) struct ReadRecord {
    pub(crate) stated: StatedDocument,
    /// True if it has no text beside its title.
    pub(crate) is_title_only: bool,
    /// True if its text was cut short by who wrote the file.
    pub(crate) is_cut: bool,
    /// The paths of values with much text that is not read.
    pub(crate) unread: Vec<String>,
    /// The paths of values that are taken for a part by what they are.
    pub(crate) taken: Vec<(String, Part)>,
}

/// Why there is no document.
pub(crate) enum NoDocument {
    /// The record is lost.
    Lost(Reason),
    /// The record says itself that it has none.
    Removed,
}

impl RecordReader<'_> {
    /// Reads a record, whose `key` is its id if it has no other.
    pub(crate) fn read(
        &self,
        object: &Object,
        key: Option<String>,
        context: &Context,
        is_date: &dyn Fn(&str) -> bool,
    ) -> Result<ReadRecord, NoDocument> {
        let parts = Parts::of_record(object, self.names);
        let mut unusable = Vec::new();
        for key in object.repeated.iter().filter(|key| self.names.find(key).is_some()) {
            unusable.push(format!("the record has `{}` more than once; the last is read", shown(key)));
        }
        let title = self.title(object, &parts, &mut unusable);
        let Body { text, is_cut, is_empty, unread, mut taken } = read_body(self, object, &parts, &title, &mut unusable);
        if title.is_empty() && text.is_empty() {
            return Err(self.without_text(&parts, object, &unusable, is_empty));
        }
        let url = self.url(object, &parts).or_else(|| address_by_content(self.names, &parts, &mut taken));
        if text.is_empty() && url.is_none() && parts.has_name_only() {
            return Err(self.without_text(&parts, object, &unusable, is_empty));
        }
        let id = self.line(Part::Id, object, &parts);
        if id.is_none() && !parts.candidates(Part::Id).is_empty() {
            let taken = if url.is_some() { "the `url` is taken for it" } else { "its content is taken for it" };
            unusable.push(format!("the `id` is neither a text nor a whole number; {taken}"));
        }
        let source = self.source(object, &parts, url.as_deref(), title.is_empty()).or_else(|| context.source.clone());
        let date =
            self.date(object, &parts, is_date).or_else(|| date_by_content(self.names, &parts, is_date, &mut taken));
        let lang = self.line(Part::Lang, object, &parts).or_else(|| context.lang.clone());
        let (lang, declared_lang) =
            lang.map(|lang| read_language(&lang, self.names.names, &mut unusable)).unwrap_or_default();
        let id = id.or(key).or_else(|| url.clone());
        let id = id.unwrap_or_else(|| {
            let [date, source] = [&date, &source].map(|part| part.as_deref().unwrap_or_default());
            format!("{}#{}", self.file_id, content_id(&[&title, &text, date, source]))
        });
        let is_title_only = text.is_empty();
        let (authors, sections) =
            (self.names_of(Part::Author, object, &parts), self.names_of(Part::Section, object, &parts));
        let document = Document {
            id,
            title,
            body: text,
            lang,
            declared_lang,
            source,
            authors,
            sections,
            url,
            ..Document::default()
        };
        let unusable = unusable.into_iter().map(Reason::from).collect();
        Ok(ReadRecord { stated: StatedDocument { document, date, unusable }, is_title_only, is_cut, unread, taken })
    }

    /// States the language of a record that is one of several in as many languages, which differ by their ids.
    pub(crate) fn state_language(&self, record: &mut ReadRecord, language: &str, whole: &Object) {
        let document = &mut record.stated.document;
        (document.lang, document.declared_lang) = read_language(language, self.names.names, &mut Vec::new());
        let parts = Parts::of_record(whole, self.names);
        let has_own_address =
            || parts.candidates(Part::Url).first().is_some_and(|found| !matches!(found.node, Node::Text(_)));
        if document.url.as_ref() != Some(&document.id) || !has_own_address() {
            document.id = format!("{}#{language}", document.id);
        }
    }

    fn line(&self, part: Part, object: &Object, parts: &Parts<'_>) -> Option<String> {
        self.nodes(part, object, parts).into_iter().find_map(|node| line_of(part, node, self.names))
    }

    /// All names of a part that can have several: of its values the first that has any, or all that the user states.
    fn names_of(&self, part: Part, object: &Object, parts: &Parts<'_>) -> Vec<String> {
        let lines = |node: &Node| -> Vec<String> {
            let lines = lines_of(part, node, self.names).into_iter().map(|line| line_text(&line, self.limits));
            lines.filter(|line| !self.names.json().is_placeholder(line) && !is_plain_address(line)).collect()
        };
        let stated = self.stated(part, object);
        if !stated.is_empty() {
            return stated.into_iter().flat_map(lines).collect();
        }
        let mut nodes = parts.candidates(part).into_iter().map(|candidate| lines(candidate.node));
        nodes.find(|lines| !lines.is_empty()).unwrap_or_default()
    }

    fn title(&self, object: &Object, parts: &Parts<'_>, unusable: &mut Vec<String>) -> String {
        let read = |node: &Node| {
            let line = line_text(&line_of(Part::Title, node, self.names)?, self.limits);
            let line = self.names.json().without_cut_mark(&line).map_or(line.clone(), str::to_owned);
            (!line.trim().is_empty() && !self.names.json().is_placeholder(&line)).then_some(line)
        };
        let stated = self.stated(Part::Title, object);
        if !stated.is_empty() {
            return stated.into_iter().filter_map(read).collect::<Vec<_>>().join(" ");
        }
        let candidates = parts.candidates(Part::Title);
        let title = candidates.iter().find_map(|candidate| read(candidate.node));
        if title.is_none()
            && let Some(candidate) = candidates.first()
            && !matches!(candidate.node, Node::Text(_))
        {
            unusable.push(not_text(candidate));
        }
        title.unwrap_or_default()
    }

    /// The address: what looks like one, under whatever key of an address, an id or a source.
    fn url(&self, object: &Object, parts: &Parts<'_>) -> Option<String> {
        let lines =
            |part| self.nodes(part, object, parts).into_iter().filter_map(move |node| line_of(part, node, self.names));
        let addresses: Vec<String> = lines(Part::Url).collect();
        let others = || lines(Part::Id).chain(lines(Part::Source));
        let address = addresses.iter().find(|line| is_plain_address(line)).cloned();
        address.or_else(|| others().find(|line| is_plain_address(line))).or_else(|| addresses.into_iter().next())
    }

    /// The outlet: a name rather than an address.
    fn source(&self, object: &Object, parts: &Parts<'_>, url: Option<&str>, is_untitled: bool) -> Option<String> {
        let mut nodes = self.nodes(Part::Source, object, parts);
        if is_untitled && let Some(at) = nodes.iter().position(|node| parts.is_account(node)) {
            // What has no title is an entry by whoever wrote it: a source beside it is the program.
            nodes[..=at].rotate_right(1);
        }
        let nodes = nodes.into_iter();
        // A number names none.
        let lines = nodes.filter_map(|node| line_of(Part::Source, node, self.names));
        let lines: Vec<String> = lines.filter(|line| line.contains(char::is_alphabetic)).collect();
        let name = lines.iter().find(|line| !is_plain_address(line)).map(|line| line_text(line, self.limits));
        // An address is as good as the name of its host.
        name.or_else(|| lines.iter().filter(|line| Some(line.as_str()) != url).find_map(|line| host_of(line)))
    }

    /// The date: the first value that is one, or the first at all, which is then reported.
    fn date(&self, object: &Object, parts: &Parts<'_>, is_date: &dyn Fn(&str) -> bool) -> Option<String> {
        let nodes = self.nodes(Part::Date, object, parts).into_iter();
        let dates: Vec<String> = nodes.filter_map(|node| date_of(node, self.names)).collect();
        dates.iter().find(|date| is_date(date)).or_else(|| dates.first()).cloned()
    }

    fn without_text(&self, parts: &Parts<'_>, object: &Object, unusable: &[String], is_empty: bool) -> NoDocument {
        if is_empty {
            return NoDocument::Removed;
        }
        let reason = "the record has neither a `title` nor a `body`, so there is nothing to index";
        if let Some(unusable) = unusable.first() {
            return NoDocument::Lost(format!("{reason}: {unusable}").into());
        }
        let shape = parts.shape();
        if shape.title || shape.body || shape.lead {
            return NoDocument::Lost(reason.into());
        }
        let keys = parts
            .unknown
            .iter()
            .map(|(path, _)| path.join("."))
            .chain(object.members.iter().map(|(key, _)| key.clone()));
        let mut found: Vec<String> = Vec::new();
        for key in keys.map(|key| format!("`{}`", shown(&key))) {
            if found.len() < MAX_SHOWN_KEYS && !found.contains(&key) {
                found.push(key);
            }
        }
        let found = if found.is_empty() { "no keys".to_owned() } else { found.join(", ") };
        NoDocument::Lost(Reason::from(format!("{reason}; found {found}")).advising(Advice::MapFields))
    }
}

/// The host of an address.
fn host_of(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned()).filter(|host| !host.is_empty())
}

fn is_plain_address(line: &str) -> bool {
    (is_address(line) || line.starts_with("www.")) && !line.contains(char::is_whitespace)
}
