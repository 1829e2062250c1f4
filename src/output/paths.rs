//! The format `paths`: the files of the hits, best first, each once, as `rg -l` lists files.

use std::collections::HashSet;
use std::io::{Result, Write};

use crate::output::safe::one_line;
use crate::output::{FacetPlace, OutputFormat, QueryHead, ResultWriter, Shows, Units};
use crate::search::SearchResults;

/// The output format `paths`.
pub(super) const PATHS: OutputFormat = OutputFormat {
    name: "paths",
    units: Units::DocumentsAndStories,
    shows: Shows::hits_and(FacetPlace::Nowhere),
    needs_order_by_score: false,
    writer: |out, _| Box::new(Paths { out, seen: HashSet::new() }),
};

struct Paths<'a> {
    out: &'a mut dyn Write,
    seen: HashSet<String>,
}

impl ResultWriter for Paths<'_> {
    fn write(&mut self, _head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        for hit in &results.hits {
            if self.seen.insert(hit.document.path.clone()) {
                writeln!(self.out, "{}", one_line(&hit.document.path))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
