//! Custom output: results in a format of one's own, and as the JSON records of the command.
//!
//! Run it with `cargo run --example custom_output`.

use std::error::Error;
use std::io::{self, Write, stdout};

use tradewire::output::records::HitRecord;
use tradewire::output::{QueryHead, ResultWriter, one_line};
use tradewire::{Config, Document, Index, IndexWriter, Query, SearchOptions, SearchResults};

/// An output format: a list in Markdown with the matches in bold.
struct MarkdownList<'a> {
    out: &'a mut dyn Write,
}

impl ResultWriter for MarkdownList<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> io::Result<()> {
        writeln!(self.out, "## {}\n", one_line(head.query))?;
        for hit in &results.hits {
            let mut text = hit.text.clone();
            for range in hit.highlights.iter().rev() {
                text.insert_str(range.end, "**");
                text.insert_str(range.start, "**");
            }
            // Texts of documents can have control characters: they are made safe for a terminal.
            writeln!(self.out, "{}. {}: {}", hit.rank, one_line(&hit.document.id), one_line(&text))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}

/// Prints the results as a list in Markdown, and the best hit as JSON.
pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let config = Config::default();
    let mut writer = IndexWriter::create(folder.path(), &config)?;
    writer.add(Document::new("de-1", "Der Hafen verlädt seit Mai auch Getreide."))?;
    writer.add(Document::new("de-2", "Häfen am Rhein melden Niedrigwasser."))?;
    writer.finish()?;

    let query = Query::parse("Hafen")?;
    let results = Index::open(folder.path(), &config)?.searcher().search(&query, &SearchOptions::default())?;
    let mut list = MarkdownList { out };
    let head = QueryHead { id: "1", query: &query.to_string(), is_batch: false, unit_name: "passages" };
    list.write(&head, &results)?;
    list.finish()?;
    if let Some(best) = results.hits.first() {
        writeln!(out, "\n{}", serde_json::to_string(&HitRecord::new("1", best))?)?;
    }
    Ok(())
}
