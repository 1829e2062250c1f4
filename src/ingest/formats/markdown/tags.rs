//! The text of HTML within Markdown: what stands between its tags.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::ingest::formats::markdown::end_paragraph;

/// Elements that end no paragraph.
const INLINE: [&[u8]; 24] = [
    b"a", b"abbr", b"b", b"bdi", b"cite", b"code", b"del", b"em", b"font", b"i", b"img", b"ins", b"kbd", b"mark", b"q",
    b"ruby", b"s", b"small", b"span", b"strong", b"sub", b"sup", b"time", b"u",
];
/// Elements whose content is no text.
const NO_TEXT: [&[u8]; 4] = [b"script", b"style", b"svg", b"template"];

/// Adds the text of HTML to a body, in paragraphs.
pub(crate) fn push_text(html: &str, body: &mut String) {
    // How deep in what is no text.
    let mut hidden = 0_usize;
    let mut last_name = Vec::new();
    end_paragraph(body);
    let mut take = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                last_name.clear();
                last_name.extend_from_slice(name);
                if name == b"br" {
                    body.push('\n');
                } else if !INLINE.contains(&name) {
                    trim_end(body);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                hidden += usize::from(!self_closing && NO_TEXT.contains(&last_name.as_slice()));
            }
            CallbackEvent::EndTag { name } => {
                if NO_TEXT.contains(&name) {
                    hidden = hidden.saturating_sub(1);
                } else if !INLINE.contains(&name) {
                    trim_end(body);
                }
            }
            CallbackEvent::String { value } if hidden == 0 => {
                let text = String::from_utf8_lossy(value);
                let is_start = body.is_empty() || body.ends_with('\n');
                body.push_str(if is_start { text.trim_start() } else { &text });
            }
            _ => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::new(&mut take);
    emitter.naively_switch_states(true);
    // It has no item, since everything goes to the callback: this reads to the end.
    if let Some(Ok(never)) = Tokenizer::new_with_emitter(html, emitter).next() {
        match never {}
    }
    trim_end(body);
}

fn trim_end(body: &mut String) {
    body.truncate(body.trim_end().len());
    end_paragraph(body);
}
