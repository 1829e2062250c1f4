//! Markup to tags and texts, in one linear pass.
//!
//! In: any text. Out: events in its order, with entities decoded. Invariant: time and memory grow with the length of the
//! text alone. A tokenizer builds no tree, so no nesting, however deep or wrong, can cost more than its bytes.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Attributes that say something of the text; the others are not kept.
const ATTRIBUTES: [&str; 20] = [
    "aria-hidden",
    "class",
    "content",
    "data-testid",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "title",
    "type",
    "xml:lang",
];
/// Bytes of a value that are kept.
const MAX_VALUE_BYTES: usize = 4096;
/// Bytes of a time that are kept.
const MAX_TIME_BYTES: usize = 100;
/// Bytes of the name of an element that are kept: longer ones are none.
const MAX_NAME_BYTES: usize = 40;

/// A start tag.
#[derive(Debug, Default)]
pub(crate) struct Tag {
    /// The name of the element, in lower case.
    pub(crate) name: String,
    attributes: Vec<(&'static str, String)>,
    /// The value of the first `data-` attribute that is named as a time and not as that of a change.
    pub(crate) data_time: Option<String>,
    self_closing: bool,
}

impl Tag {
    /// The value of one of [`ATTRIBUTES`], without white space around it.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.trim())
    }

    /// True if the tag has no content: by its name, or in another language of markup by its slash.
    pub(crate) fn is_void(&self) -> bool {
        const VOID: [&str; 16] = [
            "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
            "source", "track", "wbr",
        ];
        VOID.contains(&self.name.as_str()) || (self.self_closing && self.name.contains(':'))
    }
}

/// The events that a page is made of.
pub(crate) enum Event<'a> {
    Start(&'a Tag),
    End(&'a str),
    Text(&'a str),
}

/// Calls `each` with every tag and text.
pub(crate) fn each_event(markup: &str, mut each: impl FnMut(Event<'_>)) {
    let mut tag = Tag::default();
    let mut value_of: Option<&'static str> = None;
    let mut is_time = false;
    let mut take = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                tag.name.clear();
                tag.name.push_str(&read(name, MAX_NAME_BYTES));
                tag.attributes.clear();
                tag.data_time = None;
                (value_of, is_time) = (None, false);
            }
            CallbackEvent::AttributeName { name } => {
                let known = ATTRIBUTES.into_iter().find(|known| known.as_bytes() == name);
                value_of = known.filter(|known| tag.attributes.iter().all(|(key, _)| key != known));
                if let Some(name) = value_of {
                    tag.attributes.push((name, String::new()));
                }
                is_time = tag.data_time.is_none() && names_a_time(name);
            }
            CallbackEvent::AttributeValue { value } => {
                if value_of.is_some()
                    && let Some((_, kept)) = tag.attributes.last_mut()
                {
                    kept.push_str(&read(value, MAX_VALUE_BYTES));
                }
                if is_time {
                    tag.data_time.get_or_insert_default().push_str(&read(value, MAX_TIME_BYTES));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                tag.self_closing = self_closing;
                each(Event::Start(&tag));
            }
            CallbackEvent::EndTag { name } => each(Event::End(&read(name, MAX_NAME_BYTES))),
            CallbackEvent::String { value } => each(Event::Text(&String::from_utf8_lossy(value))),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::new(&mut take);
    emitter.naively_switch_states(true);
    // It has no item, since everything goes to the callback: this reads to the end.
    if let Some(Ok(never)) = Tokenizer::new_with_emitter(markup, emitter).next() {
        match never {}
    }
}

/// True for the name of an attribute like `data-published-at`.
fn names_a_time(name: &[u8]) -> bool {
    let has = |part: &str| name.windows(part.len()).any(|window| window == part.as_bytes());
    name.starts_with(b"data-") && (has("date") || has("time") || has("publish")) && !has("updat") && !has("modif")
}

/// The first bytes of a name or value.
fn read(bytes: &[u8], max_bytes: usize) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(max_bytes)]).into_owned()
}
