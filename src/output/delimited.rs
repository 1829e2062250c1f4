//! The formats `tsv` and `csv`: a header and one row per hit, or one row per facet value. Each cell is one line; `tsv` quotes
//! nothing, since no tab or line break is left in a cell.

use std::io::{Error, Result, Write};

use crate::output::facet_rows::facet_rows;
use crate::output::records::rounded;
use crate::output::safe::one_line;
use crate::output::{FacetPlace, OutputFormat, QueryHead, ResultWriter, Shows, Units};
use crate::search::SearchResults;

/// The output format `tsv`.
pub(super) const TSV: OutputFormat = OutputFormat {
    name: "tsv",
    units: Units::All,
    shows: Shows::hits_and(FacetPlace::InsteadOfHits),
    needs_order_by_score: false,
    writer: |out, _| Box::new(Delimited::tsv(out)),
};

/// The output format `csv`.
pub(super) const CSV: OutputFormat =
    OutputFormat { name: "csv", writer: |out, _| Box::new(Delimited::csv(out)), ..TSV };

const COLUMNS: [&str; 12] =
    ["query_id", "rank", "score", "id", "passage", "lang", "date", "source", "title", "text", "url", "path"];

const FACET_COLUMNS: [&str; 5] = ["query_id", "field", "kind", "value", "count"];

struct Delimited<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    wrote_header: bool,
}

impl<'a> Delimited<'a> {
    fn tsv(out: &'a mut dyn Write) -> Delimited<'a> {
        let writer = csv::WriterBuilder::new().delimiter(b'\t').quote_style(csv::QuoteStyle::Never).from_writer(out);
        Delimited { writer, wrote_header: false }
    }

    fn csv(out: &'a mut dyn Write) -> Delimited<'a> {
        Delimited { writer: csv::Writer::from_writer(out), wrote_header: false }
    }

    fn write_row<T: AsRef<[u8]>>(&mut self, cells: &[T]) -> Result<()> {
        self.writer.write_record(cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            // The rows of one table have equally many cells, so the writer has no other error.
            other => Error::other(format!("{other:?}")),
        })
    }

    fn write_header(&mut self, columns: &[&str]) -> Result<()> {
        if !self.wrote_header {
            self.write_row(columns)?;
            self.wrote_header = true;
        }
        Ok(())
    }
}

impl ResultWriter for Delimited<'_> {
    fn write(&mut self, head: &QueryHead<'_>, results: &SearchResults) -> Result<()> {
        // Facets have other columns than hits, so they are printed instead of the hits.
        if !results.facets.is_empty() {
            self.write_header(&FACET_COLUMNS)?;
            for [field, kind, value, count] in facet_rows(&results.facets) {
                let row = [head.id, &field, &kind, &value, &count];
                self.write_row(&row.map(|cell| one_line(cell).into_owned()))?;
            }
            return Ok(());
        }
        self.write_header(&COLUMNS)?;
        for hit in &results.hits {
            let (document, passage) = (&hit.document, &hit.passage);
            let row = [
                head.id,
                &hit.rank.to_string(),
                &rounded(hit.score).to_string(),
                &document.id,
                &passage.number.to_string(),
                passage.lang.code(),
                document.date.as_deref().unwrap_or_default(),
                document.source.as_deref().unwrap_or_default(),
                &document.title,
                &hit.text,
                document.url.as_deref().unwrap_or_default(),
                &document.path,
            ];
            self.write_row(&row.map(|cell| one_line(cell).into_owned()))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.write_header(&COLUMNS)?;
        self.writer.flush()?;
        Ok(())
    }
}
