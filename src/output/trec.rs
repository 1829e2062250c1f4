//! The format `trec`: a run as TREC's tools read it, `QUERY_ID Q0 DOCUMENT_ID RANK SCORE tradewire`, one line per document.

use std::io::{Result, Write};

use crate::output::records::rounded;
use crate::output::safe::is_unsafe;
use crate::output::{FacetPlace, OutputFormat, QueryHead, ResultWriter, Shows, Units};
use crate::search::SearchResults;

/// The output format `trec`, in which an evaluation writes its run too.
pub const TREC: OutputFormat = OutputFormat {
    name: "trec",
    units: Units::Documents,
    shows: Shows::hits_and(FacetPlace::Nowhere),
    needs_order_by_score: true,
    writer: |out, _| Box::new(Trec { out }),
};

struct Trec<'a> {
    out: &'a mut dyn Write,
}

impl ResultWriter for Trec<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        for hit in &results.hits {
            let (query, document) = (column(head.id), column(&hit.document.id));
            writeln!(self.out, "{query} Q0 {document} {} {:.6} tradewire", hit.rank, rounded(hit.score))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A column without white space, which separates columns.
fn column(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_whitespace() || is_unsafe(character) { '_' } else { character })
        .collect()
}
