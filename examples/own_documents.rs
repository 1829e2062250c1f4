//! A program's own documents: they are added, replaced by id, and deleted.
//!
//! Run it with `cargo run --example own_documents`.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;

use tradewire::{Config, Document, Index, IndexWriter, Query, SearchOptions};

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}

/// Prints the documents that a query finds before and after each commit.
pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let config = Config::default();

    let mut writer = IndexWriter::create(folder.path(), &config)?;
    writer.add(Document::new("order-7", "Twelve pumps left the harbour on Monday."))?;
    writer.add(Document::new("order-8", "Two pumps are still at customs."))?;
    writer.commit()?;
    print_found(folder.path(), &config, "first commit", out)?;

    // A document with a known id replaces the old one. Searches see none of this before the next commit.
    writer.add(Document::new("order-8", "The valves came through customs today."))?;
    let was_there = writer.delete("order-7")?;
    writer.add(Document::new("order-9", "A pump for the water works was ordered."))?;
    print_found(folder.path(), &config, "before the second commit", out)?;
    writer.finish()?;
    print_found(folder.path(), &config, "second commit", out)?;
    writeln!(out, "order-7 was there: {was_there}")?;

    // A document that cannot be indexed is refused; the index stays as it is.
    let mut writer = IndexWriter::open(folder.path(), &config)?;
    if let Err(error) = writer.add(Document::new("empty", "")) {
        writeln!(out, "{error}")?;
    }
    Ok(())
}

fn print_found(folder: &Path, config: &Config, when: &str, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let index = Index::open(folder, config)?;
    let results = index.searcher().search(&Query::parse("pump")?, &SearchOptions::default())?;
    let mut ids: Vec<&str> = results.hits.iter().map(|hit| hit.document.id.as_str()).collect();
    ids.sort_unstable();
    writeln!(out, "{when}: {}", ids.join(", "))?;
    Ok(())
}
