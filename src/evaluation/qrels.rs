//! Relevance judgements (qrels): how relevant a document is to a topic.
//!
//! Two formats: TREC's `TOPIC ITERATION DOCUMENT GRADE`, and that of TSV collections such as BEIR's,
//! `TOPIC DOCUMENT GRADE`, with or without a header. The first line decides how many columns there are. Columns are
//! separated by tabs, or by any white space where that gives the right number.

use std::collections::BTreeMap;

use crate::evaluation::line::{LineError, beginning, filled_lines};

/// The grade of a judgement: how relevant a document is to a topic; 0 means not relevant.
pub type Grade = u8;

/// The highest grade; its gain, 2^grade - 1, is still exact.
pub const MAX_GRADE: Grade = 50;

/// Names of the first column by which a header is recognised, in lower case with `-` for `_`.
const HEADERS: [&str; 5] = ["query-id", "topic-id", "topic", "query", "qid"];

/// The judgements: grades by topic and document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Qrels {
    by_topic: BTreeMap<String, BTreeMap<String, Grade>>,
}

impl Qrels {
    /// Reads judgements. Blank lines, byte order marks and `\r` are skipped; negative grades, with which some
    /// collections mark spam, are 0. An empty file has no judgements.
    ///
    /// # Errors
    ///
    /// For the first line that is not a judgement or contradicts an earlier one.
    pub fn read(bytes: &[u8]) -> Result<Qrels, LineError> {
        let text = String::from_utf8_lossy(bytes);
        let mut qrels = Qrels::default();
        let mut lines: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut lines_left = filled_lines(&text).peekable();
        let Some(&(first_number, first)) = lines_left.peek() else {
            return Ok(qrels);
        };
        let Some(count) = [4, 3].into_iter().find(|&count| columns(first, count).is_some()) else {
            return Err(LineError::new(
                first_number,
                format!(
                    "expected `TOPIC 0 DOCUMENT GRADE` or `TOPIC<TAB>DOCUMENT<TAB>GRADE`, found `{}`",
                    beginning(first)
                ),
            ));
        };
        if columns(first, count).is_some_and(|columns| is_header(&columns)) {
            lines_left.next();
        }
        for (number, line) in lines_left {
            let Some(columns) = columns(line, count) else {
                let found = beginning(line);
                return Err(LineError::new(
                    number,
                    format!("expected {count} columns, as on line {first_number}, found `{found}`"),
                ));
            };
            let (topic, document) = (columns[0], columns[count - 2]);
            let grade = read_grade(columns[count - 1]).map_err(|reason| LineError::new(number, reason))?;
            let key = (topic.to_owned(), document.to_owned());
            let earlier = qrels.by_topic.entry(key.0.clone()).or_default().insert(key.1.clone(), grade);
            let earlier_line = lines.insert(key, number);
            if let (Some(earlier), Some(earlier_line)) = (earlier, earlier_line)
                && earlier != grade
            {
                return Err(LineError::new(
                    number,
                    format!(
                        "document `{}` has grade {grade} for topic `{}`, but {earlier} on line {earlier_line}; \
                         remove one of the two lines",
                        beginning(document),
                        beginning(topic)
                    ),
                ));
            }
        }
        Ok(qrels)
    }

    /// The judged documents of a topic with their grades, 0 among them; `None` when nothing was judged for it.
    pub fn of(&self, topic: &str) -> Option<&BTreeMap<String, Grade>> {
        self.by_topic.get(topic)
    }

    /// True when a document of the topic has a grade above 0.
    pub fn has_relevant(&self, topic: &str) -> bool {
        self.of(topic).is_some_and(|judged| judged.values().any(|&grade| grade > 0))
    }

    /// The judged topics, by id.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.by_topic.keys().map(String::as_str)
    }
}

/// The columns of a line; `None` unless there are `count`, none of them empty.
fn columns(line: &str, count: usize) -> Option<Vec<&str>> {
    let by_tabs: Vec<&str> = line.split('\t').map(str::trim).collect();
    let by_space: Vec<&str> = line.split_whitespace().collect();
    let fits = |columns: &Vec<&str>| columns.len() == count && columns.iter().all(|column| !column.is_empty());
    [by_tabs, by_space].into_iter().find(fits)
}

fn is_header(columns: &[&str]) -> bool {
    let name = columns[0].to_lowercase().replace('_', "-");
    HEADERS.contains(&name.as_str()) && columns.last().is_some_and(|last| last.parse::<i64>().is_err())
}

fn read_grade(text: &str) -> Result<Grade, String> {
    let grade = text.parse::<i64>().ok().map(|grade| grade.max(0)).and_then(|grade| Grade::try_from(grade).ok());
    grade.filter(|&grade| grade <= MAX_GRADE).ok_or_else(|| {
        let found = beginning(text);
        format!("expected a whole number up to {MAX_GRADE} as the grade in the last column, found `{found}`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<(String, String, Grade)> {
        let qrels = Qrels::read(file.as_bytes()).unwrap();
        let judged = qrels.by_topic.iter().flat_map(|(topic, judged)| {
            judged.iter().map(|(document, &grade)| (topic.clone(), document.clone(), grade))
        });
        judged.collect()
    }

    #[test]
    fn every_format_says_the_same() {
        let expected = [("q1", "d1", 2), ("q1", "d2", 0), ("q2", "d1", 1)]
            .map(|(q, d, grade)| (q.to_owned(), d.to_owned(), grade));
        for file in [
            "q1 0 d1 2\nq1 0 d2 -1\nq2 0 d1 1\n",
            "\u{feff}q1\t0\td1\t2\r\n\r\nq1\tQ0\td2\t0\r\nq2 0  d1 1",
            "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td1\t1\n",
            "\u{feff}QUERY_ID corpus_id SCORE\r\n\r\nq1 d1 2\r\nq1\td2\t-7\r\nq2  d1  1\n",
            "q1\td1\t2\nq1\td2\t0\nq2\td1\t1\nq2\td1\t1\n",
        ] {
            assert_eq!(read(file), expected, "{file}");
        }
        assert_eq!(read("q 1\ta document.txt\t1\n"), [("q 1".to_owned(), "a document.txt".to_owned(), 1)]);
        assert_eq!(read(" \r\n\u{feff}\n"), []);
        assert_eq!(read("topic\tdocument\t1"), [("topic".to_owned(), "document".to_owned(), 1)]);
    }

    #[test]
    fn only_grades_above_zero_are_relevant() {
        let qrels = Qrels::read(b"q1 0 d1 0\nq2 0 d1 1\n").unwrap();
        assert!(!qrels.has_relevant("q1") && qrels.has_relevant("q2") && !qrels.has_relevant("q3"));
        assert_eq!(qrels.topics().collect::<Vec<_>>(), ["q1", "q2"]);
        assert_eq!(qrels.of("q3"), None);
    }
}
