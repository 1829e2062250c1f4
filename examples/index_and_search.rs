//! Indexing and searching: four notes in four languages.
//!
//! Run it with `cargo run --example index_and_search`.

use std::error::Error;
use std::io::{Write, stdout};

use tradewire::{Config, Document, Index, IndexWriter, Query, SearchOptions};

const NOTES: [(&str, &str, &str); 4] = [
    ("en", "Ferry line opens", "A new ferry carries machine parts between the two ports twice a week."),
    ("de", "Zölle auf Stahlrohre", "Die Zölle auf Stahlrohre sinken im Herbst, sagt der Verband der Händler."),
    ("ko", "부품 관세", "두 나라는 기계 부품의 관세를 내리기로 했다. 무역협정은 봄에 발효된다."),
    ("zh", "港口擴建", "兩個港口今年擴建，機械零件的運輸時間將縮短一半。"),
];

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}

/// Prints the best hits of a query in each language.
pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let config = Config::default();
    let mut writer = IndexWriter::create(folder.path(), &config)?;
    for (id, title, body) in NOTES {
        writer.add(Document { title: title.to_owned(), ..Document::new(id, body) })?;
    }
    writer.finish()?;

    let index = Index::open(folder.path(), &config)?;
    let searcher = index.searcher();
    for query in ["ferries", "Zoelle AND Stahl", "무역 협정", "机械零件"] {
        writeln!(out, "{query}")?;
        for hit in searcher.search(&Query::parse(query)?, &SearchOptions::default())?.hits {
            writeln!(out, "  {}  {}", hit.document.id, hit.snippet())?;
        }
    }
    Ok(())
}
