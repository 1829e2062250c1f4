//! The formats `jsonl` and `json`. `jsonl`: one record per hit, each on a line, and after a query's hits one record of its
//! facets, if they were asked for. `json`: one object with the results of every query.

use std::io::{Result, Write};

use crate::output::records::{FacetsRecord, HitRecord, QueryRecord};
use crate::output::safe::escape_json;
use crate::output::{FacetPlace, OutputFormat, QueryHead, ResultWriter, Shows, Units};
use crate::search::SearchResults;

/// The output format `jsonl`.
pub(super) const JSON_LINES: OutputFormat = OutputFormat {
    name: "jsonl",
    units: Units::All,
    shows: Shows { total: false, highlights: true, explanation: false, facets: FacetPlace::BesideHits },
    needs_order_by_score: false,
    writer: |out, _| Box::new(JsonLines { out }),
};

/// The output format `json`.
pub(super) const JSON: OutputFormat = OutputFormat {
    name: "json",
    units: Units::All,
    shows: Shows { total: true, highlights: true, explanation: true, facets: FacetPlace::BesideHits },
    needs_order_by_score: false,
    writer: |out, _| Box::new(Json { out, queries: 0 }),
};

struct JsonLines<'a> {
    out: &'a mut dyn Write,
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

struct Json<'a> {
    out: &'a mut dyn Write,
    queries: usize,
}

impl ResultWriter for Json<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        let record = QueryRecord::new(head.id, head.query, results);
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
