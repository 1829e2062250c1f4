//! `paths`: the files of the hits, best first, each once; as `rg -l` lists them.

use std::collections::HashSet;
use std::io::Write;

use anyhow::Result;

use crate::output::safe::one_line;
use crate::output::{QueryHead, ResultWriter};
use crate::search::SearchResults;

/// Writes file names.
pub(super) struct Paths<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) seen: HashSet<String>,
}

impl ResultWriter for Paths<'_> {
    fn write(&mut self, _head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        for hit in &results.hits {
            if self.seen.insert(hit.passage.path.clone()) {
                writeln!(self.out, "{}", one_line(&hit.passage.path))?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
