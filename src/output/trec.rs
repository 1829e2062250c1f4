//! `trec`: a run as TREC's tools read it, `QUERY_ID Q0 DOCUMENT_ID RANK SCORE tradewire`, one line a document.

use std::io::Write;

use anyhow::Result;

use crate::output::record::rounded;
use crate::output::safe::is_unsafe;
use crate::output::{QueryHead, ResultWriter};
use crate::search::SearchResults;

/// Writes a run.
pub(super) struct Trec<'a> {
    pub(super) out: &'a mut dyn Write,
}

impl ResultWriter for Trec<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        for hit in &results.hits {
            let (query, document) = (column(head.id), column(&hit.passage.id));
            writeln!(self.out, "{query} Q0 {document} {} {:.6} tradewire", hit.rank, rounded(hit.score))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Columns are separated by white space, so none may be inside one.
fn column(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_whitespace() || is_unsafe(character) { '_' } else { character })
        .collect()
}
