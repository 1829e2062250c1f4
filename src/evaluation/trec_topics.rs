//! Topics in TREC's format, a relative of SGML: `<top>`, `<num> Number: 401`, `<title> …`; other elements are skipped.
//!
//! Closing tags may be left out, tags may be in either case, and several may stand on a line. The title is the query.

use crate::evaluation::line::{LineError, beginning};
use crate::evaluation::topic::Topic;

/// A tag, or the text up to the next one, with the line that it begins on.
enum Piece<'a> {
    Tag(String),
    Text(&'a str),
}

/// A topic that is being read; `line` is that of its `<top>`.
struct Open {
    line: usize,
    number: String,
    title: String,
    title_line: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Number,
    Title,
    Other,
}

/// True for a file that begins with a tag and has a `<top>`. A file of `ID<TAB>QUERY` lines is not mistaken for one, unless
/// its first id begins with `<`.
pub(super) fn is_trec(text: &str) -> bool {
    let begins_with_tag = text.trim_start_matches(|first: char| first.is_whitespace() || first == '\u{FEFF}');
    begins_with_tag.starts_with('<')
        && pieces(text).any(|(_, piece)| matches!(piece, Piece::Tag(name) if name == "top"))
}

/// Reads every topic; one without a number or a title becomes an error in its place.
pub(super) fn read_trec(text: &str) -> Vec<Result<Topic, LineError>> {
    let mut topics = Vec::new();
    let mut open: Option<Open> = None;
    let mut part = Part::Other;
    for (line, piece) in pieces(text) {
        match (piece, &mut open) {
            (Piece::Tag(name), _) if name == "top" || name == "/top" => {
                topics.extend(open.take().map(finish));
                part = Part::Other;
                if name == "top" {
                    open = Some(Open { line, number: String::new(), title: String::new(), title_line: line });
                }
            }
            (Piece::Tag(name), Some(topic)) => {
                part = match name.as_str() {
                    "num" => Part::Number,
                    "title" => Part::Title,
                    _ => Part::Other,
                };
                if part == Part::Title {
                    topic.title_line = line;
                }
            }
            (Piece::Text(text), Some(topic)) => match part {
                Part::Number => topic.number.push_str(text),
                Part::Title => topic.title.push_str(text),
                Part::Other => {}
            },
            (_, None) => {}
        }
    }
    topics.extend(open.map(finish));
    topics
}

fn finish(open: Open) -> Result<Topic, LineError> {
    let id = without_label(&open.number, "number:");
    let query = without_label(&open.title, "topic:");
    let expected = "expected `<num> Number: ID` and `<title> QUERY` in a `<top>`";
    match (id.is_empty(), query.is_empty()) {
        (false, false) => Ok(Topic { id, query, lang: None, line: open.title_line }),
        (true, _) => Err(LineError::new(open.line, format!("{expected}, found no number"))),
        (false, true) => {
            Err(LineError::new(open.line, format!("{expected}, found no title of topic `{}`", beginning(&id))))
        }
    }
}

/// A text as one line, without the label that TREC puts before it.
fn without_label(text: &str, label: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.get(..label.len()) {
        Some(start) if start.eq_ignore_ascii_case(label) => line[label.len()..].trim_start().to_owned(),
        _ => line,
    }
}

/// The tags, by name in lower case, and the texts between them. A `<` without a name and a `>` after it is text.
fn pieces(text: &str) -> impl Iterator<Item = (usize, Piece<'_>)> {
    let (mut rest, mut line) = (text, 1);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, len) = match tag(rest) {
            Some((name, len)) => (Piece::Tag(name.to_ascii_lowercase()), len),
            None => {
                let next = rest.match_indices('<').find(|(at, _)| tag(&rest[*at..]).is_some());
                let len = next.map_or(rest.len(), |(at, _)| at);
                (Piece::Text(&rest[..len]), len)
            }
        };
        let begins_on = line;
        line += rest[..len].matches('\n').count();
        rest = &rest[len..];
        Some((begins_on, piece))
    })
}

/// The name of the tag that a text begins with, and the tag's length in bytes.
fn tag(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix('<')?;
    let slash = usize::from(inside.starts_with('/'));
    let letters = inside[slash..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let end = slash + letters;
    (letters > 0 && inside[end..].starts_with('>')).then(|| (&inside[..end], end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::topics::{read_each_topic, read_topics};

    fn read(file: &str) -> Vec<(String, String, usize)> {
        let topics = read_topics(file.as_bytes()).unwrap();
        topics.into_iter().map(|topic| (topic.id, topic.query, topic.line)).collect()
    }

    #[test]
    fn with_and_without_closing_tags_in_either_case() {
        let classic = "\u{feff}\r\n<top>\r\n<num> Number: 401 \r\n<title> foreign minorities,\r\n  Germany\r\n\r\n\
            <desc> Description:\r\nWhat <em>is</em> <title asked?\r\n<narr> Narrative: x\r\n</top>\r\n\
            <top>\n<num>Number: 402<title>\nTopic: < 5 % & R&D <b\n";
        let expected = [("401", "foreign minorities, Germany", 4), ("402", "< 5 % & R&D <b", 12)];
        assert_eq!(read(classic), expected.map(|(id, query, line)| (id.to_owned(), query.to_owned(), line)));
        let closed = "<?xml version=\"1.0\"?>\n<!-- x -->\n<topics>\n<TOP><NUM>CN001</NUM><TITLE>自由贸易</TITLE></TOP>\n\
            <top lang=\"x\">\n<top><title>ends</title> not this <num>2</num></top></topics>";
        let expected = [("CN001", "自由贸易", 4), ("2", "ends", 6)];
        assert_eq!(read(closed), expected.map(|(id, query, line)| (id.to_owned(), query.to_owned(), line)));
    }

    #[test]
    fn a_topic_without_number_or_title_does_not_hide_the_others() {
        let file = "<top>\n<title>x\n</top>\n<top>\n<num>7\n<top>\n<num>8<title>y";
        let read: Vec<Result<String, usize>> = read_each_topic(file.as_bytes())
            .into_iter()
            .map(|topic| topic.map(|topic| topic.id).map_err(|error| error.line))
            .collect();
        assert_eq!(read, [Err(1), Err(4), Ok("8".to_owned())]);
    }

    #[test]
    fn lines_with_a_tab_are_no_tags() {
        assert_eq!(read("q1\t<top> of the list\n"), [("q1".to_owned(), "<top> of the list".to_owned(), 1)]);
        assert!(!is_trec("<q1>\tx\n") && !is_trec(""));
    }
}
