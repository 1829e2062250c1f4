//! Collocates as CSV, JSON Lines and HTML. Later versions of the records only add keys.

use std::io::{Result, Write};

use serde::Serialize;

use crate::analytics::{Collocate, Collocates, Measure};
use crate::output::html::{HTML_END, escaped_html, html_head};
use crate::output::records::{VERSION, rounded};
use crate::output::rows::Rows;
use crate::output::safe::{escape_json, one_line};
use crate::text::language::Language;

const COLUMNS: [&str; 10] = [
    "word",
    "lang",
    "measure",
    "score",
    "observed",
    "expected",
    "frequency",
    "example_id",
    "example",
    "another_example",
];

/// Writes collocates as CSV, one row for each.
///
/// # Errors
///
/// When the output cannot be written to; so for all formats.
pub fn write_collocates_csv(found: &Collocates, measure: Measure, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(out, &COLUMNS);
    for word in &found.words {
        let [score, expected] = [word.score, word.expected].map(|value| rounded(value).to_string());
        let [observed, frequency] = [word.observed, word.frequency].map(|count| count.to_string());
        let example =
            |at: usize| word.examples.get(at).map(|(id, text)| (id.as_str(), text.as_str())).unwrap_or_default();
        let ((id, first), (_, second)) = (example(0), example(1));
        let lang = word.lang.code();
        rows.row(&[&word.word, lang, measure.name(), &score, &observed, &expected, &frequency, id, first, second])?;
    }
    rows.finish()
}

#[derive(Serialize)]
struct CollocateRecord<'a> {
    version: u32,
    word: &'a str,
    lang: Language,
    measure: &'static str,
    score: f64,
    observed: u64,
    expected: f64,
    frequency: u64,
    examples: Vec<ExampleRecord<'a>>,
}

#[derive(Serialize)]
struct ExampleRecord<'a> {
    id: &'a str,
    text: &'a str,
}

/// Writes collocates as JSON objects, each on a line.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_collocates_jsonl(found: &Collocates, measure: Measure, out: &mut dyn Write) -> Result<()> {
    for Collocate { word, lang, score, observed, expected, frequency, examples } in &found.words {
        let record = CollocateRecord {
            version: VERSION,
            word,
            lang: *lang,
            measure: measure.name(),
            score: rounded(*score),
            observed: *observed,
            expected: rounded(*expected),
            frequency: *frequency,
            examples: examples.iter().map(|(id, text)| ExampleRecord { id, text }).collect(),
        };
        writeln!(out, "{}", escape_json(&serde_json::to_string(&record)?))?;
    }
    Ok(())
}

/// Writes collocates as the rows of a table on a page of its own.
///
/// # Errors
///
/// When the output cannot be written to.
pub fn write_collocates_html(found: &Collocates, measure: Measure, query: &str, out: &mut dyn Write) -> Result<()> {
    let head = ["word", measure.name(), "observed", "expected", "frequency", "examples"];
    html_head(out, &one_line(query), &head)?;
    for word in &found.words {
        let cell = |text: &str| escaped_html(&one_line(text));
        let lang = word.lang.code();
        let examples: Vec<String> =
            word.examples.iter().map(|(id, text)| format!("{} ({})", cell(text), cell(id))).collect();
        write!(out, "<tr><td lang=\"{lang}\">{}</td>", cell(&word.word))?;
        for number in [
            format!("{:.2}", word.score),
            word.observed.to_string(),
            format!("{:.1}", word.expected),
            word.frequency.to_string(),
        ] {
            write!(out, "<td class=\"number\">{number}</td>")?;
        }
        writeln!(out, "<td lang=\"{lang}\">{}</td></tr>", examples.join("<br>"))?;
    }
    out.write_all(HTML_END.as_bytes())
}
