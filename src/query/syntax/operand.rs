//! Operands: one word of a query as a plain word, a word with wildcards or with `~` at its end, or the value of a filter.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::dates::{self, DateFilter};
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::filter::{DATE_FORMS, Filter};
use crate::query::syntax::restrictions::Filters;
use crate::query::syntax::signs::ascii;
use crate::query::syntax::wildcard_leaf::{wildcard_leaf, without_question_marks};
use crate::query::syntax::word_count::{WORD_FORMS, WordCount};
use crate::text::analysis::{Segmented, UnitKind};
use crate::text::country::{CountryCode, CountryPair};
use crate::text::document::ByteRange;
use crate::text::glossary::{CountryCodeError, country_named, pair_named};
use crate::text::language::Language;

/// Length in letters of the longest fuzzy word; the automaton takes space and time for each letter.
const MAX_FUZZY_LETTERS: usize = 100;

/// Parses the filter of a field other than the title. `at` is where the value stands.
pub(crate) fn filter_of(name: &str, value: &str, at: ByteRange) -> Result<Filter, QuerySyntaxError> {
    let wrong = |expected: &str| QuerySyntaxError {
        at,
        expected: expected.to_owned(),
        found: format!("`{value}`"),
        suggestion: None,
    };
    let plain: String = value.chars().map(ascii).collect();
    match name {
        "lang" => {
            let languages: Result<Vec<Language>, String> = plain.split(',').map(str::parse).collect();
            languages.map(Filter::Lang).map_err(|_| QuerySyntaxError {
                suggestion: Language::meant_by(value).map(|language| format!("lang:{language}")),
                ..wrong("languages out of en, de, ko, zh and und, as in lang:ko,zh")
            })
        }
        "country" => {
            let form = "countries' codes of two letters, as in country:kr,cn";
            let countries: Result<Vec<CountryCode>, CountryCodeError> = plain.split(',').map(country_named).collect();
            countries.map(Filter::Country).map_err(|error| of_countries(&plain, name, form, &error, wrong))
        }
        "pair" => {
            let form = "pairs of countries' codes, as in pair:kr-cn,us-cn";
            let pairs: Result<Vec<CountryPair>, CountryCodeError> = plain.split(',').map(pair_named).collect();
            pairs.map(Filter::Pair).map_err(|error| of_countries(&plain, name, form, &error, wrong))
        }
        "date" => DateFilter::parse(&plain).map(Filter::Date).ok_or_else(|| QuerySyntaxError {
            suggestion: dates::meant_by(&plain).map(|meant| format!("date:{meant}")),
            ..wrong(&format!("a date, as {DATE_FORMS}"))
        }),
        "words" => WordCount::parse(&plain).map(Filter::Words).ok_or_else(|| QuerySyntaxError {
            suggestion: WordCount::meant_by(&plain).map(|meant| format!("words:{meant}")),
            ..wrong(&format!("a number of words, as {WORD_FORMS}"))
        }),
        "concept" => {
            let ids: Vec<String> = plain.split(',').map(|id| id.trim().to_lowercase()).collect();
            if ids.iter().any(|id| !Filters::can_be_concept(id)) {
                let id = plain.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
                return Err(QuerySyntaxError {
                    suggestion: Filters::can_be_concept(&id).then(|| format!("concept:{id}")),
                    ..wrong("ids of concepts in the glossary, as in concept:rare-earths,tariffs")
                });
            }
            Ok(Filter::Concept(ids))
        }
        "source" | "author" | "section" => {
            let (what, filter): (&str, fn(String) -> Filter) = match name {
                "source" => ("words of a source's name", Filter::Source),
                "author" => ("words of an author's name", Filter::Author),
                _ => ("words of a section's name", Filter::Section),
            };
            if Filters::can_be_name(value) { Ok(filter(value.to_owned())) } else { Err(wrong(what)) }
        }
        _ => {
            let (id, prefix) = value.strip_suffix('*').map_or((value, false), |id| (id, true));
            if id.is_empty() {
                return Err(wrong("the id of a document, or its beginning and a `*`"));
            }
            Ok(Filter::Id { id: id.to_owned(), prefix })
        }
    }
}

/// The syntax error for the codes of countries, with a suggestion where there is a single value.
fn of_countries(
    value: &str,
    name: &str,
    form: &str,
    error: &CountryCodeError,
    wrong: impl Fn(&str) -> QuerySyntaxError,
) -> QuerySyntaxError {
    let suggestion = match error {
        _ if value.contains(',') => None,
        CountryCodeError::Form => None,
        CountryCodeError::SameTwice(country) => Some(format!("country:{country}")),
        CountryCodeError::Unknown { code, nearest } => nearest.first().map(|(country, _)| {
            let codes: Vec<String> = value
                .split('-')
                .map(|one| if one.eq_ignore_ascii_case(code) { country.to_string() } else { one.to_owned() })
                .collect();
            format!("{name}:{}", codes.join("-"))
        }),
    };
    QuerySyntaxError { suggestion, ..wrong(&error.expected(form)) }
}

/// Parses a word as typed: with wildcards, with `~` at its end, or plain.
pub(crate) fn word_leaf(raw: &str, from: usize) -> Result<QueryAst, QuerySyntaxError> {
    let at = ByteRange::new(from, from + raw.len());
    match wildcard_leaf(raw, at)? {
        Some(leaf) => Ok(leaf),
        None => fuzzy_leaf(raw, at),
    }
}

/// Parses `word~`, `word~1` and `word~2`. A tilde between numbers or anywhere else is text, as in `10~20%`.
fn fuzzy_leaf(raw: &str, at: ByteRange) -> Result<QueryAst, QuerySyntaxError> {
    let plain = || Ok(QueryAst::Word(raw.to_owned()));
    let Some((word, digits)) = without_question_marks(raw).rsplit_once(['~', '～']) else {
        return plain();
    };
    let digits: String = digits.chars().map(ascii).collect();
    let segmented = Segmented::new(word);
    let has_letters = segmented.text().chars().any(char::is_alphabetic);
    if !has_letters || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return plain();
    }
    let refuse = |expected: &str, found: String, suggestion: Option<String>| {
        Err(QuerySyntaxError { at, expected: expected.to_owned(), found, suggestion })
    };
    if segmented.has_chars() {
        // A range of months or years ends in a number, as `3월~5`.
        if !digits.is_empty() && word.chars().any(char::is_numeric) {
            return plain();
        }
        return refuse(
            "a word in an alphabet before `~`: one character more or less makes another word in Korean and Chinese",
            format!("`{raw}`"),
            Some(format!("{word}, or \"{word}\"~5 for words near each other")),
        );
    }
    let edits = match digits.as_str() {
        "" => None,
        "1" => Some(1),
        "2" => Some(2),
        _ => return refuse("1 or 2 edits after `~`", format!("`{raw}`"), Some(format!("{word}~2"))),
    };
    let is_one_word = matches!(segmented.units(), [unit] if unit.kind == UnitKind::Word);
    if !is_one_word {
        return refuse("one word before `~`", format!("`{raw}`, which is several"), None);
    }
    if segmented.text().chars().count() > MAX_FUZZY_LETTERS {
        let expected = format!("a word of at most {MAX_FUZZY_LETTERS} letters before `~`");
        return refuse(&expected, "a longer one".to_owned(), None);
    }
    if segmented.text().chars().filter(|character| character.is_alphanumeric()).count() < 3 {
        let found = format!("`{raw}`, which too many words are like");
        return refuse("a word of three letters or more before `~`", found, Some(format!("{word}*")));
    }
    Ok(QueryAst::Fuzzy { word: word.to_owned(), edits })
}
