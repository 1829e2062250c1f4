//! Article columns: where in its article each passage of a segment stands.

use anyhow::{Context, Result};
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use crate::index::schema::columns;
use crate::text::stored_passage::PassagePlace;

/// The columns of one segment.
#[derive(Clone)]
pub(crate) struct ArticleColumns {
    text_start: Column<u64>,
    units_before: Column<u64>,
    lead_end: Column<u64>,
}

impl ArticleColumns {
    /// Opens the columns of a segment.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(crate) fn of(segment: &SegmentReader) -> Result<ArticleColumns> {
        let column = |name: &str| segment.fast_fields().u64(name).with_context(|| format!("reading the column {name}"));
        Ok(ArticleColumns {
            text_start: column(columns::TEXT_START)?,
            units_before: column(columns::UNITS_BEFORE)?,
            lead_end: column(columns::LEAD_END)?,
        })
    }

    /// The position of the first unit of a passage's text; positions before it are those of the title.
    pub(crate) fn text_start(&self, passage: DocId) -> u32 {
        number(&self.text_start, passage)
    }

    /// The number of units of the article's text before a passage.
    pub(crate) fn units_before(&self, passage: DocId) -> u32 {
        number(&self.units_before, passage)
    }

    /// The position in a passage at which the lead ends; that of the text's first unit if it has nothing of the lead.
    pub(crate) fn lead_end(&self, passage: DocId) -> u32 {
        number(&self.lead_end, passage)
    }

    /// The position of a unit of a passage's text, by its number in the text.
    pub(crate) fn position_of_unit(&self, passage: DocId, unit: u32) -> u32 {
        self.text_start(passage).saturating_add(unit)
    }

    /// The place of a passage.
    pub(crate) fn place(&self, passage: DocId) -> PassagePlace {
        let in_lead = self.lead_end(passage).saturating_sub(self.text_start(passage));
        PassagePlace { units_before: self.units_before(passage), in_lead }
    }
}

fn number(column: &Column<u64>, passage: DocId) -> u32 {
    column.first(passage).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}
