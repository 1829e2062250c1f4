//! Rows of CSV below a header: each cell is one line, safe for a terminal.

use std::io::{Error, Result, Write};

use crate::output::safe::one_line;

/// A table of CSV that is being written.
pub(super) struct Rows<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    columns: &'static [&'static str],
    has_header: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(out: &'a mut dyn Write, columns: &'static [&'static str]) -> Rows<'a> {
        Rows { writer: csv::Writer::from_writer(out), columns, has_header: false }
    }

    /// Writes a row, and the header before the first one.
    pub(super) fn row(&mut self, cells: &[&str]) -> Result<()> {
        self.header()?;
        self.record(&cells.iter().map(|cell| one_line(cell)).collect::<Vec<_>>())
    }

    /// Writes the header if there was no row.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.header()?;
        self.flush()
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.writer.flush()
    }

    fn header(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.has_header, true) {
            return Ok(());
        }
        self.record(self.columns)
    }

    fn record<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<()> {
        self.writer.write_record(cells.iter().map(|cell| cell.as_ref().as_bytes())).map_err(|error| {
            match error.into_kind() {
                csv::ErrorKind::Io(error) => error,
                // The rows of one table have equally many cells, so the writer has no other error.
                other => Error::other(format!("{other:?}")),
            }
        })
    }
}
