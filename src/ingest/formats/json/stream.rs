//! The records of a JSON text, one at a time: a stream, of which no more than one record is held in memory.
//!
//! In: bytes. Out: records, as text. Values are cut out by their brackets alone. A list that holds articles is opened wherever it
//! stands in an object, as soon as its first article has ended, and its records are handed out one by one; the object around it
//! is kept without them. So is an object that holds articles by their ids. Invariant: nothing is handed out twice, and a bad
//! record loses no other.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::rc::Rc;

use memchr::memchr3;

use crate::ingest::formats::json::element::{Bracket, Element, Found, Open};
use crate::ingest::formats::json::envelope::{Context, Envelopes};

/// Brackets within each other that are followed; JSON is not read any deeper.
const MAX_DEPTH: usize = 128;

/// A stream of records.
pub(crate) struct Stream<'a> {
    input: &'a mut dyn BufRead,
    pub(crate) state: State<'a>,
}

/// The state of a stream: what is open, and what was found.
pub(crate) struct State<'a> {
    pub(crate) envelopes: Envelopes<'a>,
    pub(crate) limit: usize,
    /// True for JSON Lines: the end of a line is the end of everything that is open.
    pub(crate) by_lines: bool,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) after_return: bool,
    pub(crate) open: Vec<Open>,
    pub(crate) current: Option<Element>,
    /// The key of the next value of an open object, once it is read.
    pub(crate) key: Option<String>,
    /// After a string without its end: the next record begins with a line.
    pub(crate) is_lost: bool,
    pub(crate) begins_line: bool,
    pub(crate) found: VecDeque<Found>,
    /// Lists that had no end.
    pub(crate) unended: Vec<usize>,
    pub(crate) context: Rc<Context>,
}

impl<'a> Stream<'a> {
    pub(crate) fn new(
        input: &'a mut dyn BufRead,
        envelopes: Envelopes<'a>,
        limit: usize,
        by_lines: bool,
    ) -> Stream<'a> {
        let state = State {
            envelopes,
            limit,
            by_lines,
            line: 1,
            column: 1,
            after_return: false,
            open: Vec::new(),
            current: None,
            key: None,
            is_lost: false,
            begins_line: true,
            found: VecDeque::new(),
            unended: Vec::new(),
            context: Rc::default(),
        };
        Stream { input, state }
    }

    /// The next record.
    pub(crate) fn next(&mut self) -> io::Result<Option<Found>> {
        let Stream { input, state } = self;
        loop {
            if let Some(found) = state.found.pop_front() {
                return Ok(Some(found));
            }
            let block = input.fill_buf()?;
            if block.is_empty() {
                if state.current.is_some() {
                    state.end_element();
                    continue;
                }
                state.end_all();
                return Ok(None);
            }
            let mut at = 0;
            while at < block.len() && state.found.is_empty() {
                at += state.take(&block[at..]);
            }
            input.consume(at);
        }
    }
}

impl State<'_> {
    /// Goes on by at least a byte of those that come next, and says by how many.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let byte = bytes[0];
        if std::mem::take(&mut self.after_return) && byte == b'\n' {
            return 1;
        }
        if let Some(element) = &mut self.current
            && element.in_string
            && !element.is_escaped
        {
            let plain = memchr3(b'"', b'\\', b'\n', bytes).unwrap_or(bytes.len());
            let plain = if self.by_lines { memchr::memchr(b'\r', &bytes[..plain]).unwrap_or(plain) } else { plain };
            if plain > 0 {
                self.push(&bytes[..plain]);
                self.column += plain;
                return plain;
            }
        }
        let is_end = byte == b'\n' || (byte == b'\r' && self.by_lines);
        match (is_end, self.current.is_some()) {
            (true, has_current) => {
                let in_string = self.current.as_ref().is_some_and(|element| element.in_string);
                if self.by_lines {
                    self.end_element();
                    self.end_all();
                } else if in_string {
                    // No string goes over the end of a line: one that seems to lacks its end, and what follows may be sound.
                    self.push(b"\n");
                    self.end_element();
                    self.is_lost = true;
                } else if has_current && self.current.as_ref().is_some_and(|element| element.depth == 0) {
                    self.end_element();
                } else if has_current {
                    self.push(b"\n");
                }
                self.after_return = byte == b'\r';
                (self.line, self.column, self.begins_line) = (self.line + 1, 1, true);
            }
            (false, true) => return self.take_within(byte),
            (false, false) => return self.take_between(byte),
        }
        1
    }

    /// A byte between records.
    fn take_between(&mut self, byte: u8) -> usize {
        let is_space = matches!(byte, b' ' | b'\t' | b'\r' | b',' | 0x1E);
        if self.is_lost {
            self.is_lost = !(self.begins_line && matches!(byte, b'{' | b']'));
            self.begins_line &= is_space;
        }
        match byte {
            _ if self.is_lost || is_space => {}
            b':' if self.key.is_some() => {}
            // A list in a list may be a row: it is a value, which is opened if it holds articles.
            b'[' if self.open.is_empty() && !self.by_lines => {
                let context = self.context();
                self.key = None;
                self.open.push(Open { around: None, is_object: false, has_ids: false, context });
            }
            b']' | b'}' if self.open.last().is_some_and(|open| open.is_object == (byte == b'}')) => self.close(byte),
            _ => {
                self.begin();
                return self.take_within(byte);
            }
        }
        self.column += 1;
        1
    }

    /// A byte of a record.
    fn take_within(&mut self, byte: u8) -> usize {
        let Some(element) = &mut self.current else { return 1 };
        // What is neither in brackets nor in quotation marks ends before what follows it; a bracket that closes nothing is a
        // value by itself, or reading would never get past it.
        let is_bare = element.depth == 0 && !element.in_string;
        let is_line = self.by_lines && self.open.is_empty();
        let ends = matches!(byte, b' ' | b'\t' | b'\r' | b',' | b']' | b'}' | 0x1E);
        if is_bare && ends && !is_line && element.column != self.column {
            self.end_element();
            return 0;
        }
        self.push(&[byte]);
        self.column += 1;
        let (line, column) = (self.line, self.column - 1);
        let Some(element) = &mut self.current else { return 1 };
        if element.in_string {
            match byte {
                _ if element.is_escaped => element.is_escaped = false,
                b'\\' => element.is_escaped = true,
                b'"' => element.in_string = false,
                _ => {}
            }
            if !element.in_string && element.depth == 0 && !is_line {
                self.end_element();
            }
            return 1;
        }
        match byte {
            b'"' => element.in_string = true,
            b'{' | b'[' => {
                element.depth += 1;
                if element.depth <= MAX_DEPTH {
                    let start = element.text.len().checked_sub(1);
                    let is_object = byte == b'{';
                    element.brackets.push(Bracket { is_object, start, line, column, judged: 0, article: None });
                }
            }
            b'}' | b']' => self.close_bracket(),
            _ => {}
        }
        1
    }

    pub(crate) fn close_bracket(&mut self) {
        let Some(element) = &mut self.current else { return };
        element.depth = element.depth.saturating_sub(1);
        let closed = if element.depth < MAX_DEPTH { element.brackets.pop() } else { None };
        if element.depth == 0 {
            self.end_element();
        } else if let Some(closed) = closed {
            self.judge(&closed);
        }
    }

    fn begin(&mut self) {
        self.current = Some(Element {
            line: self.line,
            column: self.column,
            key: self.key.take(),
            text: Vec::new(),
            brackets: Vec::new(),
            depth: 0,
            in_string: false,
            is_escaped: false,
            is_too_long: false,
            is_envelope: false,
        });
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        let Some(element) = &mut self.current else { return };
        if element.text.len() + bytes.len() > self.limit {
            // The value is lost, but lists that begin further on may still be opened.
            element.is_too_long = true;
            element.text = Vec::new();
            element.brackets.iter_mut().for_each(|bracket| (bracket.start, bracket.article) = (None, None));
        }
        if bytes.len() <= self.limit {
            element.text.extend_from_slice(bytes);
        }
    }

    fn end_element(&mut self) {
        let Some(element) = self.current.take() else { return };
        // In an open object, a text before a value is its key.
        if element.key.is_none()
            && element.text.first() == Some(&b'"')
            && self.open.last().is_some_and(|open| open.is_object)
        {
            self.key = Some(serde_json::from_slice(&element.text).unwrap_or_default());
            return;
        }
        let is_listed = !self.open.is_empty();
        let has_ids = self.open.last().is_some_and(|open| open.has_ids);
        let Element { line, column, key, text, is_too_long, is_envelope, .. } = element;
        let text = (!is_too_long).then_some(text);
        let key = key.filter(|_| has_ids || text.as_deref().is_some_and(|text| !text.starts_with(b"{")));
        self.found.push_back(Found { line, column, text, key, is_listed, is_envelope, context: self.context() });
    }

    /// Ends what is open at the end of a line or of the input.
    fn end_all(&mut self) {
        if !self.open.is_empty() {
            self.unended.push(self.line);
        }
        self.open.clear();
        self.key = None;
    }
}
