//! JSON as people and programs write it for themselves: with comments, keys without quotation marks, texts in single ones, the words
//! of Python and the constructors of a shell, behind the name of a variable or a function.
//!
//! In: bytes. Out: the same in JSON proper, line by line. A file is read so only if its beginning is of this kind.

use std::io::{self, BufRead, Read};
use std::sync::LazyLock;

use regex::bytes::Regex;

/// Bytes of a name at most; a longer run of letters is none.
const MAX_WORD_BYTES: usize = 200;
/// Bytes of white space behind a name that are kept until what follows it is known; a name before more is a value.
const MAX_SPACE_BYTES: usize = 10_000;

/// What stands before the first bracket: a guard against scripts, a function, a variable.
static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    let prefix =
        r#"\)\]\}',?|while ?\(1\);|for ?\(;;\);|[\w.$]{1,60}\(|[\w.$ ]{1,80}(?:\[["'][^\]\n]{0,60}["']\])?\s*="#;
    Regex::new(&format!(r"\A(\s*(?:{prefix})\s*)[\[{{]")).expect("a valid pattern")
});
/// A comment, a key that is bare or in single quotation marks, a constructor of a shell.
static RELAXED: LazyLock<Regex> = LazyLock::new(|| {
    let key = r"\A[\s\[{]*[\[{]\s*(?:'[^'\n]{1,80}'|(?-u:[A-Za-z_$\x80-\xFF][\w$\x80-\xFF]{0,80}))\s*:";
    let others = r"(?m)^\s*(?://|/\*)|,\s*//|:\s*(?:ObjectId|ISODate|NumberLong|NumberInt|NumberDecimal|new Date)\(";
    Regex::new(&format!("{key}|{others}")).expect("a valid pattern")
});

/// For the beginning of a file that is no JSON proper, the bytes before what is; `None` for any other.
pub(crate) fn relaxed_from(head: &[u8]) -> Option<usize> {
    match PREFIX.captures(head).and_then(|found| found.get(1)) {
        Some(prefix) => Some(prefix.end()),
        None => RELAXED.is_match(head).then_some(0),
    }
}

/// What a byte is within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    /// A text, with its mark.
    Text(u8),
    /// A backslash in a text, with its mark.
    Escape(u8),
    /// A comment up to the end of the line.
    Line,
    /// A comment up to its end, true behind an asterisk.
    Block(bool),
    /// A slash, which may begin a comment.
    Slash,
}

/// The bytes of an input, in JSON proper.
pub(crate) struct Relaxed<'a> {
    input: &'a mut dyn BufRead,
    within: Within,
    /// Letters of a name, until what follows says what it is.
    word: Vec<u8>,
    /// White space behind it.
    space: Vec<u8>,
    /// Bytes before the first bracket, of which only the ends of lines are kept.
    before: usize,
    /// True once the first bracket was read.
    has_begun: bool,
    /// True behind a digit, where letters are those of a number.
    in_number: bool,
    ready: Vec<u8>,
    taken: usize,
}

impl Relaxed<'_> {
    pub(crate) fn new(input: &mut dyn BufRead, before: usize) -> Relaxed<'_> {
        Relaxed {
            input,
            within: Within::Nothing,
            word: Vec::new(),
            space: Vec::new(),
            before,
            has_begun: false,
            in_number: false,
            ready: Vec::new(),
            taken: 0,
        }
    }

    fn take(&mut self, byte: u8) {
        if self.before > 0 {
            self.before -= 1;
            return if byte == b'\n' {
                self.ready.push(byte)
            };
        }
        match self.within {
            Within::Nothing => self.take_plain(byte),
            Within::Text(mark) => match byte {
                b'\\' => self.within = Within::Escape(mark),
                _ if byte == mark => {
                    self.ready.push(b'"');
                    self.within = Within::Nothing;
                }
                b'"' => self.ready.extend(b"\\\""),
                _ => self.ready.push(byte),
            },
            Within::Escape(mark) => {
                self.within = Within::Text(mark);
                match byte {
                    b'\'' => self.ready.push(byte),
                    b'x' => self.ready.extend(b"\\u00"),
                    // The text goes on in the next line.
                    b'\n' | b'\r' => {}
                    _ => self.ready.extend([b'\\', byte]),
                }
            }
            Within::Line if byte == b'\n' => {
                self.within = Within::Nothing;
                self.take_plain(byte);
            }
            Within::Line => {}
            Within::Block(true) if byte == b'/' => self.within = Within::Nothing,
            Within::Block(_) => {
                self.within = Within::Block(byte == b'*');
                if byte == b'\n' {
                    self.take_space(byte);
                }
            }
            Within::Slash => match byte {
                b'/' => self.within = Within::Line,
                b'*' => self.within = Within::Block(false),
                _ => {
                    self.within = Within::Nothing;
                    self.put(b'/');
                    self.take_plain(byte);
                }
            },
        }
    }

    fn take_plain(&mut self, byte: u8) {
        let is_letter = byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || byte >= 0x80;
        let goes_on = is_letter || byte.is_ascii_digit() || byte == b'.';
        if !self.word.is_empty() && self.space.is_empty() && goes_on && self.word.len() < MAX_WORD_BYTES {
            return self.word.push(byte);
        }
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => return self.take_space(byte),
            b'/' => return self.within = Within::Slash,
            _ if is_letter && !self.in_number => {
                self.end_word(false);
                return self.word.push(byte);
            }
            // A constructor or a function around a value, a variable that it is put into.
            b'(' | b'=' => self.drop_word(),
            b')' | b';' => self.end_word(false),
            b'"' | b'\'' => {
                // The letter before a text of Python.
                if self.space.is_empty() && matches!(self.word.as_slice(), b"u" | b"b" | b"r") {
                    self.drop_word();
                }
                self.end_word(false);
                self.within = Within::Text(byte);
                self.ready.push(b'"');
            }
            _ => {
                self.end_word(byte == b':');
                self.has_begun |= matches!(byte, b'[' | b'{');
                self.put(byte);
            }
        }
        self.in_number = byte.is_ascii_digit() || self.in_number && matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    }

    fn take_space(&mut self, byte: u8) {
        self.in_number = false;
        if self.space.len() >= MAX_SPACE_BYTES {
            self.end_word(false);
        }
        if self.word.is_empty() { self.ready.push(byte) } else { self.space.push(byte) }
    }

    fn put(&mut self, byte: u8) {
        if self.has_begun {
            self.ready.push(byte);
        }
    }

    fn drop_word(&mut self) {
        self.word.clear();
        self.ready.append(&mut self.space);
    }

    /// Writes the name that was read: as it stands, in quotation marks, or as JSON has it.
    fn end_word(&mut self, is_key: bool) {
        let word = std::mem::take(&mut self.word);
        match word.as_slice() {
            _ if word.is_empty() || !self.has_begun || word == b"new" => {}
            b"true" | b"false" | b"null" | b"NaN" | b"Infinity" if !is_key => self.ready.extend(&word),
            b"True" | b"False" if !is_key => self.ready.extend(word.to_ascii_lowercase()),
            b"None" | b"undefined" if !is_key => self.ready.extend(b"null"),
            _ => {
                self.ready.push(b'"');
                self.ready.extend(&word);
                self.ready.push(b'"');
            }
        }
        self.ready.append(&mut self.space);
    }
}

impl BufRead for Relaxed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.ready.len() {
            self.ready.clear();
            self.taken = 0;
            let block = self.input.fill_buf()?.to_vec();
            if block.is_empty() {
                self.end_word(false);
                break;
            }
            self.input.consume(block.len());
            block.into_iter().for_each(|byte| self.take(byte));
        }
        Ok(&self.ready[self.taken..])
    }

    fn consume(&mut self, count: usize) {
        self.taken += count;
    }
}

impl Read for Relaxed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
