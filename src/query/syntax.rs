//! From a string to a [`QueryAst`]: knows no index and no analysis.

use std::fmt;

use crate::document::ByteRange;
use crate::query::ast::QueryAst;

/// Quotation marks that open a phrase, each with those that close it. ASCII, full width, English, German, French,
/// and the corner and title brackets of Chinese, Japanese and Korean.
pub(super) const QUOTES: [(char, &[char]); 9] = [
    ('"', &['"']),
    ('＂', &['＂']),
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuerySyntaxError {
    /// The offending bytes of the query.
    pub at: ByteRange,
    /// What was expected there.
    pub expected: String,
    /// What was found instead.
    pub found: String,
}

impl fmt::Display for QuerySyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at byte {} of the query, expected {}", self.found, self.at.start, self.expected)
    }
}

impl std::error::Error for QuerySyntaxError {}

/// Parses a query. White space separates words, quotation marks enclose phrases. An empty or blank query gives an
/// empty bag.
///
/// # Errors
///
/// When a quotation mark is not closed.
pub fn parse_query(input: &str) -> Result<QueryAst, QuerySyntaxError> {
    let mut items = Vec::new();
    let mut word_from: Option<usize> = None;
    let mut rest = input.char_indices();
    while let Some((at, character)) = rest.next() {
        let closers = QUOTES.iter().find(|(open, _)| *open == character).map(|(_, closers)| *closers);
        if closers.is_none() && !character.is_whitespace() {
            word_from.get_or_insert(at);
            continue;
        }
        if let Some(from) = word_from.take() {
            items.push(QueryAst::Word(input[from..at].to_owned()));
        }
        let Some(closers) = closers else {
            continue;
        };
        let inside = at + character.len_utf8();
        match input[inside..].find(closers) {
            Some(length) => {
                items.push(QueryAst::Phrase(input[inside..inside + length].to_owned()));
                // Go on after the closing mark.
                rest.by_ref().find(|&(next, _)| next == inside + length);
            }
            None => {
                return Err(QuerySyntaxError {
                    at: ByteRange::new(at, inside),
                    expected: format!("a closing {} after it", closers[0]),
                    found: format!("a quotation mark {character} that is never closed"),
                });
            }
        }
    }
    if let Some(from) = word_from {
        items.push(QueryAst::Word(input[from..].to_owned()));
    }
    Ok(QueryAst::Bag(items))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> QueryAst {
        QueryAst::Word(text.to_owned())
    }

    fn phrase(text: &str) -> QueryAst {
        QueryAst::Phrase(text.to_owned())
    }

    #[test]
    fn splits_words_and_phrases() {
        let cases = [
            ("trade  deal", vec![word("trade"), word("deal")]),
            ("\"capital flight\" 限韓令", vec![phrase("capital flight"), word("限韓令")]),
            ("„freier Handel“「自由貿易」", vec![phrase("freier Handel"), phrase("自由貿易")]),
            ("FTA\"x\"", vec![word("FTA"), phrase("x")]),
            ("   ", vec![]),
            ("\"\"", vec![phrase("")]),
        ];
        for (query, expected) in cases {
            assert_eq!(parse_query(query), Ok(QueryAst::Bag(expected)), "{query}");
        }
    }

    #[test]
    fn an_open_quotation_mark_is_an_error_with_its_place() {
        let error = parse_query("무역 \"협정").unwrap_err();
        assert_eq!(error.at, ByteRange::new(7, 8));
    }
}
