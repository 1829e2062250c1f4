//! Topics: queries with ids, as lines of `ID<TAB>QUERY` or `ID<TAB>QUERY<TAB>LANG`, or in TREC's format.
//!
//! A batch of queries and an evaluation read the same files: a batch answers what it can ([`read_each_topic`]), an
//! evaluation needs every line to be valid ([`read_topics`]).

use std::collections::HashMap;

use crate::evaluation::line::{LineError, beginning, filled_lines};
use crate::evaluation::topic::Topic;
use crate::evaluation::trec_topics::{is_trec, read_trec};
use crate::text::language::Language;

/// Reads topics; an invalid line becomes an error in its place. Blank lines, byte order marks and `\r` are skipped,
/// bytes that are not UTF-8 become U+FFFD. An empty file has no topics. The same id may come twice.
pub fn read_each_topic(bytes: &[u8]) -> Vec<Result<Topic, LineError>> {
    let text = String::from_utf8_lossy(bytes);
    if is_trec(&text) { read_trec(&text) } else { filled_lines(&text).map(read_line).collect() }
}

/// Reads topics that can be scored: as [`read_each_topic`], but every line must be valid and every id unique.
///
/// # Errors
///
/// For the first line that is invalid or has the id of an earlier one.
pub fn read_topics(bytes: &[u8]) -> Result<Vec<Topic>, LineError> {
    let topics = read_each_topic(bytes).into_iter().collect::<Result<Vec<Topic>, LineError>>()?;
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for topic in &topics {
        if let Some(earlier) = lines.insert(&topic.id, topic.line) {
            return Err(LineError::new(
                topic.line,
                format!("topic `{}` is on line {earlier} already; give each topic an id of its own", topic.id),
            ));
        }
    }
    Ok(topics)
}

fn read_line((number, line): (usize, &str)) -> Result<Topic, LineError> {
    let mut columns = line.splitn(3, '\t');
    let (Some(id), Some(query)) = (columns.next().map(str::trim).filter(|id| !id.is_empty()), columns.next()) else {
        let found = beginning(line);
        return Err(LineError::new(number, format!("expected a line of ID<TAB>QUERY, found `{found}`")));
    };
    // A third column of white space alone is no language but the end of the line.
    let lang = columns.next().map(str::trim).filter(|lang| !lang.is_empty());
    let lang = lang.map(|lang| lang.parse::<Language>().map_err(|_| beginning(lang))).transpose();
    let lang = lang.map_err(|found| {
        let expected = "expected en, de, ko, zh or und after the second tab";
        LineError::new(number, format!("{expected}, found `{found}`; inside a query, put a space for a tab"))
    })?;
    Ok(Topic { id: id.to_owned(), query: query.to_owned(), lang, line: number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(id: &str, query: &str, lang: Option<Language>, line: usize) -> Topic {
        Topic { id: id.to_owned(), query: query.to_owned(), lang, line }
    }

    #[test]
    fn lines_have_an_id_a_query_and_perhaps_a_language() {
        let file =
            "\u{feff}q1\tharbour\r\n\r\n  \n q 2 \t 自由贸易 \tzh-Hant\nq3\tport\t\n\u{feff}q4\t\nq5\tx\tund\r\n";
        let expected = vec![
            topic("q1", "harbour", None, 1),
            topic("q 2", " 自由贸易 ", Some(Language::Chinese), 4),
            topic("q3", "port", None, 5),
            topic("q4", "", None, 6),
            topic("q5", "x", Some(Language::Undetermined), 7),
        ];
        assert_eq!(read_topics(file.as_bytes()), Ok(expected));
        for empty in ["", "\n", "\u{feff}", "\r\n \t \r\n"] {
            assert_eq!(read_topics(empty.as_bytes()), Ok(Vec::new()), "{empty:?}");
        }
    }

    #[test]
    fn what_is_no_topic_does_not_hide_the_others() {
        let read = read_each_topic(b"q1\tx\nno tab\n\tno id\nq2\ty\tnot a language\nq1\t\xFF\n");
        let lines: Vec<Result<usize, usize>> =
            read.iter().map(|topic| topic.as_ref().map(|topic| topic.line).map_err(|error| error.line)).collect();
        assert_eq!(lines, [Ok(1), Err(2), Err(3), Err(4), Ok(5)]);
    }
}
