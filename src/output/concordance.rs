//! The lines of a concordance as CSV, JSON Lines and HTML. Later versions of the records only add keys.

use std::io::{Result, Write};

use serde::Serialize;

use crate::analytics::ConcordanceLine;
use crate::output::html::{HTML_END, escaped_html, html_head};
use crate::output::records::VERSION;
use crate::output::rows::Rows;
use crate::output::safe::{escape_json, one_line};
use crate::text::language::Language;

/// Writes the lines of a concordance.
pub trait ConcordanceWriter {
    /// Writes a line.
    ///
    /// # Errors
    ///
    /// When the output cannot be written to; so for all methods.
    fn line(&mut self, line: &ConcordanceLine) -> Result<()>;

    /// Writes what stands before the first line, if no line has come, and what stands behind the last one.
    fn finish(&mut self) -> Result<()>;

    /// Passes on what is held back.
    fn flush(&mut self) -> Result<()>;
}

const COLUMNS: [&str; 9] = ["id", "date", "lang", "source", "left", "hit", "right", "byte_start", "byte_end"];

/// Lines as rows of CSV, below a header; each cell is one line.
pub struct ConcordanceCsv<'a>(Rows<'a>);

impl<'a> ConcordanceCsv<'a> {
    /// A writer to `out`.
    pub fn new(out: &'a mut dyn Write) -> ConcordanceCsv<'a> {
        ConcordanceCsv(Rows::new(out, &COLUMNS))
    }
}

impl ConcordanceWriter for ConcordanceCsv<'_> {
    fn line(&mut self, line: &ConcordanceLine) -> Result<()> {
        let (start, end) = (line.range.start.to_string(), line.range.end.to_string());
        let (date, source) = (line.date.as_deref().unwrap_or_default(), line.source.as_deref().unwrap_or_default());
        self.0.row(&[&line.id, date, line.lang.code(), source, &line.left, &line.hit, &line.right, &start, &end])
    }

    fn finish(&mut self) -> Result<()> {
        self.0.finish()
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// Lines as JSON objects, each on a line.
pub struct ConcordanceJsonl<'a>(&'a mut dyn Write);

#[derive(Serialize)]
struct LineRecord<'a> {
    version: u32,
    id: &'a str,
    date: Option<&'a str>,
    lang: Language,
    source: Option<&'a str>,
    left: &'a str,
    hit: &'a str,
    right: &'a str,
    byte_start: usize,
    byte_end: usize,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expanded: bool,
}

impl<'a> ConcordanceJsonl<'a> {
    /// A writer to `out`.
    pub fn new(out: &'a mut dyn Write) -> ConcordanceJsonl<'a> {
        ConcordanceJsonl(out)
    }
}

impl ConcordanceWriter for ConcordanceJsonl<'_> {
    fn line(&mut self, line: &ConcordanceLine) -> Result<()> {
        let record = LineRecord {
            version: VERSION,
            id: &line.id,
            date: line.date.as_deref(),
            lang: line.lang,
            source: line.source.as_deref(),
            left: &line.left,
            hit: &line.hit,
            right: &line.right,
            byte_start: line.range.start,
            byte_end: line.range.end,
            expanded: line.is_expanded,
        };
        writeln!(self.0, "{}", escape_json(&serde_json::to_string(&record)?))
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// Lines as the rows of a table on a page of its own.
pub struct ConcordanceHtml<'a> {
    out: &'a mut dyn Write,
    title: String,
    has_head: bool,
}

impl<'a> ConcordanceHtml<'a> {
    /// A writer to `out` of a page about a query.
    pub fn new(out: &'a mut dyn Write, query: &str) -> ConcordanceHtml<'a> {
        ConcordanceHtml { out, title: one_line(query).into_owned(), has_head: false }
    }

    fn head(&mut self) -> Result<()> {
        if !std::mem::replace(&mut self.has_head, true) {
            let head = ["date", "source", "article", "left", "hit", "right"];
            html_head(self.out, &self.title, &head)?;
        }
        Ok(())
    }
}

impl ConcordanceWriter for ConcordanceHtml<'_> {
    fn line(&mut self, line: &ConcordanceLine) -> Result<()> {
        self.head()?;
        let cell = |text: &str| escaped_html(&one_line(text));
        let id = cell(&line.id);
        let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
        let article = match line.url.as_deref().filter(is_web) {
            Some(url) => format!("<a href=\"{}\">{id}</a>", cell(url)),
            None => id,
        };
        let kind = if line.is_expanded { " class=\"added\"" } else { "" };
        writeln!(
            self.out,
            "<tr><td>{}</td><td>{}</td><td>{article}</td><td lang=\"{lang}\" class=\"left\">{}</td><td lang=\"{lang}\"><mark{kind}>{}</mark></td><td lang=\"{lang}\">{}</td></tr>",
            cell(line.date.as_deref().unwrap_or_default()),
            cell(line.source.as_deref().unwrap_or_default()),
            cell(&line.left),
            cell(&line.hit),
            cell(&line.right),
            lang = line.lang.code(),
        )
    }

    fn finish(&mut self) -> Result<()> {
        self.head()?;
        self.out.write_all(HTML_END.as_bytes())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
