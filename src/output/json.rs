//! `jsonl`: one record a hit and line, and after a query's hits one of the counts over all of them, if it was asked for. `json`: one object with the results of every query.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::output::record::{FacetsRecord, HitRecord};
use crate::output::safe::escape_json;
use crate::output::{QueryHead, ResultWriter};
use crate::query::plan::Expansion;
use crate::search::{Explanation, Facet, SearchResults};

/// Writes JSON Lines.
pub(super) struct JsonLines<'a> {
    pub(super) out: &'a mut dyn Write,
}

impl ResultWriter for JsonLines<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        for hit in &results.hits {
            let record = serde_json::to_string(&HitRecord::new(head.id, hit))?;
            writeln!(self.out, "{}", escape_json(&record))?;
        }
        if !results.facets.is_empty() {
            let record = serde_json::to_string(&FacetsRecord::new(head.id, results))?;
            writeln!(self.out, "{}", escape_json(&record))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Writes one JSON object.
pub(super) struct Json<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) queries: usize,
}

#[derive(Serialize)]
struct QueryRecord<'a> {
    query_id: &'a str,
    query: &'a str,
    total: Option<u64>,
    #[serde(skip_serializing_if = "<[Expansion]>::is_empty")]
    expansions: &'a [Expansion],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Explanation>,
    #[serde(skip_serializing_if = "<[Facet]>::is_empty")]
    facets: &'a [Facet],
    hits: Vec<HitRecord<'a>>,
}

impl ResultWriter for Json<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        let hits = results.hits.iter().map(|hit| HitRecord::new(head.id, hit)).collect();
        let record = QueryRecord {
            query_id: head.id,
            query: head.query,
            total: results.total,
            expansions: &results.expansions,
            explanation: results.explanation.as_ref(),
            facets: &results.facets,
            hits,
        };
        let record = serde_json::to_string_pretty(&record)?;
        let opening = if self.queries == 0 { "{\"version\":1,\"results\":[\n" } else { ",\n" };
        write!(self.out, "{opening}{}", escape_json(&record))?;
        self.queries += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        let ending = if self.queries == 0 { "{\"version\":1,\"results\":[]}" } else { "\n]}" };
        writeln!(self.out, "{ending}")?;
        Ok(())
    }
}
