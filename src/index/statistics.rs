//! Field statistics: passages and tokens of each field, which BM25 needs, over the passages that have the field.
//!
//! tantivy's own statistics count every document of the index and estimate lengths after deletions; with one field
//! per language that ranks wrongly. These are counted from the stored (rounded) field lengths of living passages, so
//! they depend on the documents alone, whatever the history of the index. Counted once when indexing ends and kept in
//! `statistics.json`, with the segments they belong to, and with the deleted passages that these still have.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::index::deleted::{DeletedPassages, deleted_of};
use crate::index::manifest::replace_file;
use crate::index::schema::Fields;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::field_statistics::FieldStatistics;
use crate::text::analysis::PerChain;

pub(super) const FILE: &str = "statistics.json";

/// Statistics of the ranked fields of each chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    segments: Vec<String>,
    /// Deleted passages by segment, for segments that have any.
    deleted: BTreeMap<String, Vec<DocId>>,
    /// Statistics of the fields with title and text.
    pub text: PerChain<FieldStatistics>,
    /// Statistics of the fields with the title alone.
    pub title: PerChain<FieldStatistics>,
    /// Statistics of the prefix fields.
    #[serde(rename = "beginnings")]
    pub prefixes: PerChain<FieldStatistics>,
    /// Statistics of the field with the quantities.
    pub quantities: FieldStatistics,
}

impl Statistics {
    /// Reads the statistics of an index folder, or counts them where the file is missing or of other segments,
    /// or not to be trusted.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn load(dir: &Path, searcher: &Searcher, fields: &Fields, trusted: bool) -> Result<Statistics> {
        let kept = trusted
            .then(|| fs::read(dir.join(FILE)).ok())
            .flatten()
            .and_then(|bytes| serde_json::from_slice::<Statistics>(&bytes).ok());
        match kept {
            Some(kept) if kept.segments == segment_names(searcher) => Ok(kept),
            _ => Statistics::count(searcher, fields),
        }
    }

    /// Counts and keeps the statistics.
    ///
    /// # Errors
    ///
    /// When the index cannot be read or the folder not written to.
    pub(crate) fn save(dir: &Path, searcher: &Searcher, fields: &Fields) -> Result<()> {
        let statistics = Statistics::count(searcher, fields)?;
        let bytes = serde_json::to_vec(&statistics).context("writing the statistics")?;
        replace_file(&dir.join(FILE), &bytes)
    }

    /// The deleted passages of the searcher that these statistics are of.
    pub(crate) fn deleted(&self, searcher: &Searcher) -> DeletedPassages {
        DeletedPassages::new(searcher, |segment| self.deleted.get(&segment_name(segment)).cloned().unwrap_or_default())
    }

    /// The statistics of a field; zeros for a field that does not rank.
    pub(crate) fn of(&self, field: FieldId) -> FieldStatistics {
        match field {
            FieldId::Text(chain) => self.text[chain],
            FieldId::Title(chain) => self.title[chain],
            FieldId::Prefixes(chain) => self.prefixes[chain],
            FieldId::Quantities { .. } => self.quantities,
            FieldId::Surfaces(_) => FieldStatistics::default(),
        }
    }

    fn count(searcher: &Searcher, fields: &Fields) -> Result<Statistics> {
        let mut statistics = Statistics {
            segments: segment_names(searcher),
            deleted: with_deletions(searcher),
            text: PerChain::default(),
            title: PerChain::default(),
            prefixes: PerChain::default(),
            quantities: count_field(searcher, fields.quantities)?,
        };
        for (chain, of_text) in statistics.text.iter_mut() {
            *of_text = count_field(searcher, fields.text_field(chain))?;
        }
        for (chain, of_title) in statistics.title.iter_mut() {
            *of_title = count_field(searcher, fields.title_field(chain))?;
        }
        for (chain, of_prefixes) in statistics.prefixes.iter_mut() {
            if let Some(field) = fields.prefix_field(chain) {
                *of_prefixes = count_field(searcher, field)?;
            }
        }
        Ok(statistics)
    }
}

fn with_deletions(searcher: &Searcher) -> BTreeMap<String, Vec<DocId>> {
    let with_deletions = searcher.segment_readers().iter().filter(|segment| segment.num_deleted_docs() > 0);
    with_deletions.map(|segment| (segment_name(segment), deleted_of(segment))).collect()
}

/// Segments by id and number of deletions, which together name a state of the index.
fn segment_names(searcher: &Searcher) -> Vec<String> {
    let mut names: Vec<String> = searcher.segment_readers().iter().map(segment_name).collect();
    names.sort_unstable();
    names
}

/// A segment by id and number of deletions.
pub(super) fn segment_name(segment: &SegmentReader) -> String {
    format!("{}-{}", segment.segment_id().uuid_string(), segment.num_deleted_docs())
}

fn count_field(searcher: &Searcher, field: Field) -> Result<FieldStatistics> {
    let mut counted = FieldStatistics::default();
    for segment in searcher.segment_readers() {
        let lengths = segment.get_fieldnorms_reader(field)?;
        for passage in segment.doc_ids_alive() {
            let length = lengths.fieldnorm(passage);
            counted.passages += u64::from(length > 0);
            counted.tokens += u64::from(length);
        }
    }
    Ok(counted)
}
