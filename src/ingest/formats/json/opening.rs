//! Opening a list or an object that holds articles, while it is read, and closing it.

use std::ops::Range;
use std::rc::Rc;

use crate::ingest::formats::json::element::{Bracket, Found, Open};
use crate::ingest::formats::json::envelope::{Context, values_within};
use crate::ingest::formats::json::stream::State;
use crate::ingest::formats::json::tabular::{Heading, is_row};

/// Objects of a list that are looked at before it is taken for one without articles.
const MAX_JUDGED: usize = 8;

impl State<'_> {
    /// Opens the list or the object around an object that has ended, if that is an article.
    pub(crate) fn judge(&mut self, closed: &Bracket) {
        let is_listed = !self.open.is_empty();
        let Some(element) = &mut self.current else { return };
        let Some(start) = closed.start else { return };
        let Some((around, outer)) = element.brackets.split_last_mut() else { return };
        let Some(around_start) = around.start else { return };
        if around.judged >= MAX_JUDGED {
            return;
        }
        // A list is looked at only as the first row of a table.
        if !closed.is_object && (around.is_object || around.judged > 0) {
            return;
        }
        around.judged += 1;
        let text = &element.text;
        let shapes: Vec<bool> = outer.iter().map(|bracket| bracket.is_object).collect();
        let may_be_row = !around.is_object && around.judged == 1 && (!closed.is_object || is_row(&text[start..]));
        if may_be_row && let Some(heading) = self.envelopes.heading(text, &shapes, around_start, start) {
            let parts = values_within(text, around_start, b"{[").into_iter().map(|range| (None, range)).collect();
            self.unwrap(around_start, parts, false, Some(heading));
        } else if !closed.is_object {
            // No article by itself.
        } else if around.is_object {
            if !self.envelopes.is_entry(text, &shapes, around_start, start) {
                return;
            }
            match around.article {
                None => around.article = Some(start),
                Some(_) => {
                    let Some(parts) = self.envelopes.entries(text, &shapes, around_start) else { return };
                    self.unwrap(around_start, parts, true, None);
                }
            }
        } else if self.envelopes.is_article(text, &shapes, is_listed, around_start, start) {
            let parts = values_within(text, around_start, b"{").into_iter().map(|range| (None, range)).collect();
            self.unwrap(around_start, parts, false, None);
        }
    }

    /// Hands out what an object or a list had so far, and opens it.
    fn unwrap(
        &mut self,
        start: usize,
        parts: Vec<(Option<String>, Range<usize>)>,
        is_object: bool,
        heading: Option<Heading>,
    ) {
        let Some(mut element) = self.current.take() else { return };
        let outer_brackets = element.brackets.len().saturating_sub(1);
        let shapes: Vec<bool> = element.brackets.iter().take(outer_brackets).map(|bracket| bracket.is_object).collect();
        let outer = self.context();
        let context = Context { heading, ..self.envelopes.context(&element.text[..start], &shapes, &outer) };
        let context = Rc::new(context);
        let (first_line, first_column) =
            element.brackets.last().map_or((element.line, element.column), |bracket| (bracket.line, bracket.column));
        // Where the keys count from zero they are places.
        let has_ids = parts.first().and_then(|(key, _)| key.as_deref()).is_some_and(|key| key != "0");
        for (key, range) in parts {
            let before = &element.text[start..range.start];
            let lines = memchr::memchr_iter(b'\n', before).count();
            let column = match memchr::memrchr(b'\n', before) {
                Some(end) => before.len() - end,
                None => first_column + before.len(),
            };
            self.found.push_back(Found {
                line: first_line + lines,
                column,
                text: Some(element.text[range].to_vec()),
                key: key.filter(|_| has_ids),
                is_listed: true,
                is_envelope: false,
                context: Rc::clone(&context),
            });
        }
        element.text.truncate(start + 1);
        element.is_envelope = true;
        self.open.push(Open { around: Some(element), is_object, has_ids, context });
    }

    /// Closes what was opened last.
    pub(crate) fn close(&mut self, byte: u8) {
        self.key = None;
        let Some(open) = self.open.pop() else { return };
        if let Some(element) = open.around {
            self.current = Some(element);
            self.push(&[byte]);
            self.close_bracket();
        }
    }

    pub(crate) fn context(&self) -> Rc<Context> {
        Rc::clone(self.open.last().map_or(&self.context, |open| &open.context))
    }
}
