//! Reading values of JSON, with what programs write that is no JSON mended: halves of surrogate pairs, `NaN`, control characters in
//! strings, a comma behind the last value.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::ingest::formats::json::node::{Node, Object};
use crate::ingest::formats::json::typed::plain;

/// A mistake in a text that is no JSON.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Line and column, both from 1.
    pub(crate) at: (usize, usize),
    pub(crate) reason: String,
}

impl Node {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// When it is no JSON, even when mended; says where.
    pub(crate) fn parse(text: &str) -> Result<Node, SyntaxError> {
        serde_json::from_str(text).or_else(|error| match mended(text) {
            Cow::Borrowed(_) => Err(describe(&error)),
            Cow::Owned(text) => serde_json::from_str(&text).map_err(|_| describe(&error)),
        })
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        struct OfAny;
        impl<'de> Visitor<'de> for OfAny {
            type Value = Node;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value of JSON")
            }

            fn visit_unit<E>(self) -> Result<Node, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Bool)
            }

            fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
                Ok(Node::Number(number.into()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
                Ok(Node::Number(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
                Ok(serde_json::Number::from_f64(number).map_or(Node::Null, Node::Number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_string<E>(self, text: String) -> Result<Node, E> {
                Ok(Node::Text(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
                let mut nodes = Vec::new();
                while let Some(node) = list.next_element()? {
                    nodes.push(node);
                }
                Ok(Node::List(nodes))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut object = Object::default();
                while let Some((key, node)) = map.next_entry::<String, Node>()? {
                    // Comparing every key with every other would take for ever in an object of a million keys.
                    let few = object.members.len() <= MAX_COMPARED_KEYS;
                    match object.members.iter_mut().find(|(known, _)| few && *known == key) {
                        Some((_, known)) => {
                            *known = node;
                            object.repeated.push(key);
                        }
                        None => object.members.push((key, node)),
                    }
                }
                Ok(plain(object))
            }
        }
        deserializer.deserialize_any(OfAny)
    }
}

/// Members of an object that are compared with each further key.
const MAX_COMPARED_KEYS: usize = 500;

fn describe(error: &serde_json::Error) -> SyntaxError {
    let reason = error.to_string();
    // Where it is, the caller says.
    let reason = reason.split(" at line ").next().unwrap_or(&reason);
    SyntaxError { at: (error.line(), error.column()), reason: format!("not valid JSON: {reason}") }
}

/// The text with U+FFFD for half a surrogate pair, null for `NaN` and `Infinity`, bounds for exponents, escapes for control characters in strings, and no
/// comma behind the last value.
fn mended(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut mended, mut kept, mut at, mut in_string) = (String::new(), 0, 0, false);
    let mut put = |mended: &mut String, from: usize, to: usize, by: &str| {
        mended.push_str(&text[kept..from]);
        mended.push_str(by);
        kept = to;
    };
    while at < bytes.len() {
        let rest = &text.as_bytes()[at..];
        let mut length = 1;
        match bytes[at] {
            b'"' => in_string = !in_string,
            b'\\' if in_string => {
                length = 2;
                if let Some(first) = surrogate(rest) {
                    length = 6;
                    let is_pair = first < 0xDC00 && surrogate(&rest[6..]).is_some_and(|second| second >= 0xDC00);
                    if is_pair {
                        length = 12;
                    } else {
                        put(&mut mended, at, at + 6, "\\ufffd");
                    }
                }
            }
            control @ (0..0x20) if in_string && control != b'\n' && control != b'\r' => {
                put(&mut mended, at, at + 1, &format!("\\u{control:04x}"));
            }
            // A number beyond all bounds is no reason to lose a record.
            b'e' | b'E' if !in_string && at > 0 && bytes[at - 1].is_ascii_digit() => {
                let digits = rest[1..].strip_prefix(b"+").or(rest[1..].strip_prefix(b"-")).unwrap_or(&rest[1..]);
                let count = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
                if count > 2 {
                    length = rest.len() - digits.len() + count;
                    put(&mut mended, at, at + length, "e0");
                }
            }
            b',' if !in_string && matches!(rest[1..].trim_ascii_start().first(), Some(b'}' | b']')) => {
                put(&mut mended, at, at + 1, "");
            }
            b'N' | b'I' | b'-' if !in_string => {
                if let Some(name) =
                    ["NaN", "Infinity", "-Infinity"].into_iter().find(|name| rest.starts_with(name.as_bytes()))
                {
                    length = name.len();
                    put(&mut mended, at, at + length, "null");
                }
            }
            _ => {}
        }
        at += length;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    mended.push_str(&text[kept..]);
    Cow::Owned(mended)
}

/// The half of a surrogate pair that is escaped at the beginning of a text.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    let number = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (0xD800..0xE000).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_is_mended() {
        let text = |json: &str| match Node::parse(json) {
            Ok(Node::List(nodes)) => nodes,
            other => panic!("{json}: {other:?}"),
        };
        let is = |text: &str| Node::Text(text.to_owned());
        assert_eq!(
            text(r#"["a \ud83d b", "\ude00", "\ud83d\ude00", "\\ud83d", "\ud83d\ud83d\ude00"]"#),
            [is("a \u{FFFD} b"), is("\u{FFFD}"), is("😀"), is("\\ud83d"), is("\u{FFFD}😀")]
        );
        assert_eq!(
            text("[NaN, -Infinity, Infinity, \"NaN\", \"a\tb\"]"),
            [Node::Null, Node::Null, Node::Null, is("NaN"), is("a\tb")]
        );
        for wrong in ["[nan]", "[\"a\nb\"]", "{\"a\":}", "[\"\\ud8", "[\"\\u12", "", "[-]"] {
            assert!(Node::parse(wrong).is_err(), "{wrong}");
        }
    }
}
