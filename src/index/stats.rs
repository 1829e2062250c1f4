//! Index statistics: how much an index holds, and whether nothing was lost or doubled.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Serialize;
use tantivy::schema::{Field, Term};

use crate::index::NewsIndex;
use crate::index::maintenance::folder_bytes;
use crate::index::schema::columns;
use crate::text::analysis::Chain;
use crate::text::language::Language;

/// The size of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexStats {
    /// Documents with at least one passage.
    pub documents: u64,
    /// Passages of all documents.
    pub passages: u64,
    /// Stories with two documents and more.
    pub stories: u64,
    /// Passages by language code; languages without any are left out.
    pub languages: BTreeMap<&'static str, u64>,
    /// The fields that are searched or read passage by passage, by name.
    pub fields: BTreeMap<String, FieldSizes>,
    /// Bytes of the stored texts and records, compressed.
    pub stored_bytes: u64,
    /// Bytes of all files of the index.
    pub bytes: u64,
    /// Segments of tantivy.
    pub segments: usize,
    /// Version of the index format.
    pub format: u32,
    /// The fingerprint of what decides the tokens on disk; see [`crate::index::Settings::fingerprint`].
    pub fingerprint: String,
}

/// The size of one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FieldSizes {
    /// Code of the chain that writes it; empty for fields of all chains, as quantities, bounds of sentences, and metadata.
    pub chain: &'static str,
    /// Passages that have it; not known of fields whose lengths are not kept.
    pub passages: Option<u64>,
    /// Distinct terms, summed over segments; none of fields that are only read.
    pub terms: u64,
    /// Tokens, rounded as field lengths are stored.
    pub tokens: u64,
    /// Bytes of its terms, postings, positions and lengths, and of its column.
    pub bytes: u64,
}

impl IndexStats {
    /// Counts what an index holds.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn take(index: &NewsIndex) -> Result<IndexStats> {
        let searcher = index.searcher();
        let fields = index.fields();
        let usage = searcher.space_usage().context("measuring the index")?;
        let mut languages = BTreeMap::new();
        for language in Language::ALL {
            let passages = index.doc_freq(&Term::from_field_text(fields.lang, language.code()))?;
            if passages > 0 {
                languages.insert(language.code(), passages);
            }
        }
        let mut of_chains = BTreeMap::new();
        for chain in Chain::ALL {
            let mut add = |field: Option<Field>, statistics| {
                of_chains.extend(field.map(|field| (field, (chain.name(), statistics))));
            };
            add(Some(fields.text_field(chain)), Some(index.statistics().text[chain]));
            add(Some(fields.title_field(chain)), Some(index.statistics().title[chain]));
            add(fields.surface_field(chain), None);
            add(fields.prefix_field(chain), Some(index.statistics().prefixes[chain]));
        }
        let mut by_field: BTreeMap<String, FieldSizes> = BTreeMap::new();
        for (field, entry) in searcher.schema().fields().filter(|(_, entry)| entry.is_indexed() || entry.is_fast()) {
            let (chain, statistics) = of_chains.get(&field).copied().unwrap_or_default();
            let mut sizes = FieldSizes { chain, ..FieldSizes::default() };
            for segment in searcher.segment_readers().iter().filter(|_| entry.is_indexed()) {
                let inverted = segment.inverted_index(field)?;
                sizes.terms += inverted.terms().num_terms() as u64;
                sizes.tokens += inverted.total_num_tokens();
            }
            if let Some(statistics) = statistics {
                sizes.passages = Some(statistics.passages);
                sizes.tokens = statistics.tokens;
            }
            for segment in usage.segments() {
                let index = [segment.termdict(), segment.postings(), segment.positions(), segment.fieldnorms()];
                let parts = index.into_iter().chain([segment.fast_fields()]);
                let of_field = parts.flat_map(|part| part.fields().filter(|usage| usage.field_name() == entry.name()));
                sizes.bytes += of_field.map(|usage| usage.total().get_bytes()).sum::<u64>();
            }
            by_field.insert(entry.name().to_owned(), sizes);
        }
        Ok(IndexStats {
            documents: count_documents(index)?,
            passages: searcher.num_docs(),
            stories: index.stories()?.len() as u64,
            languages,
            fields: by_field,
            stored_bytes: usage.segments().iter().map(|segment| segment.store().total().get_bytes()).sum(),
            bytes: folder_bytes(index.dir()),
            segments: searcher.segment_readers().len(),
            format: index.manifest().format,
            fingerprint: index.manifest().fingerprint.clone(),
        })
    }
}

/// Every document has exactly one passage with the number 0.
fn count_documents(index: &NewsIndex) -> Result<u64> {
    let mut documents = 0;
    for segment in index.searcher().segment_readers() {
        let numbers = segment.fast_fields().u64(columns::NUMBER)?;
        documents += segment.doc_ids_alive().filter(|&doc| numbers.first(doc) == Some(0)).count() as u64;
    }
    Ok(documents)
}
