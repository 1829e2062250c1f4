//! The snapshot of an index when a run began: what it has under an id, and of which files. The run sees no more than this,
//! so what is decided by it does not depend on commits in between.

use std::path::MAIN_SEPARATOR;

use anyhow::{Context, Result};
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, Index, InvertedIndexReader, ReloadPolicy, Searcher, SegmentReader, TERMINATED};

use crate::index::schema::{Fields, columns};

const READING: &str = "looking for a document in the index";

/// A document that the index has under an id.
pub(super) struct KnownDocument {
    /// The hash of the document (see `document_hash.rs`).
    pub(super) hash: Option<u64>,
    /// The file that it is from, an absolute path.
    pub(super) file: Option<String>,
}

/// The snapshot of an index that has documents.
pub(super) struct IndexSnapshot {
    searcher: Searcher,
    fields: Fields,
    columns: Vec<Columns>,
}

/// The columns of a segment that are read, of the first passage of each document.
struct Columns {
    ids: Option<StrColumn>,
    files: Option<StrColumn>,
    hashes: Option<Column<u64>>,
}

impl IndexSnapshot {
    /// Opens an index at its last commit; `None` if it has no document.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn open(index: &Index, fields: &Fields) -> Result<Option<IndexSnapshot>> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let searcher = reader.context("opening the index to add to it")?.searcher();
        if searcher.num_docs() == 0 {
            return Ok(None);
        }
        let open = |segment: &SegmentReader| -> tantivy::Result<Columns> {
            let fast = segment.fast_fields();
            Ok(Columns {
                ids: fast.str(columns::ID)?,
                files: fast.str(columns::FILE)?,
                hashes: fast.column_opt(columns::DOCUMENT_HASH)?,
            })
        };
        let columns = searcher.segment_readers().iter().map(open).collect::<tantivy::Result<_>>().context(READING)?;
        Ok(Some(IndexSnapshot { searcher, fields: fields.clone(), columns }))
    }

    /// The document under an id; `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn find(&self, id: &str) -> Result<Option<KnownDocument>> {
        let term = Term::from_field_text(self.fields.id, id);
        let mut found = None;
        for (segment, columns) in self.searcher.segment_readers().iter().zip(&self.columns) {
            let inverted = segment.inverted_index(self.fields.id).context(READING)?;
            each_alive(&inverted, segment, &term, &mut |passage| {
                let found = found.get_or_insert(KnownDocument { hash: None, file: None });
                if let Some(hash) = columns.hashes.as_ref().and_then(|hashes| hashes.first(passage)) {
                    found.hash = Some(hash);
                    found.file = text_of(columns.files.as_ref(), passage)?;
                }
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// The number of documents from a file.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn documents_of(&self, file: &str) -> Result<u64> {
        let term = Term::from_field_text(self.fields.file, file);
        let mut documents = 0;
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.file).context(READING)?;
            each_alive(&inverted, segment, &term, &mut |_| {
                documents += 1;
                Ok(())
            })?;
        }
        Ok(documents)
    }

    /// Calls `each` with the id of every document of the files at or below `root` that `wanted` wants.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(super) fn each_document_below(
        &self,
        root: &str,
        wanted: &mut dyn FnMut(&str) -> bool,
        each: &mut dyn FnMut(&str),
    ) -> Result<()> {
        let folder = format!("{}{MAIN_SEPARATOR}", root.trim_end_matches(MAIN_SEPARATOR));
        for (segment, columns) in self.searcher.segment_readers().iter().zip(&self.columns) {
            let inverted = segment.inverted_index(self.fields.file).context(READING)?;
            let mut of_file = |file: &str| -> Result<()> {
                if !wanted(file) {
                    return Ok(());
                }
                let term = Term::from_field_text(self.fields.file, file);
                each_alive(&inverted, segment, &term, &mut |passage| {
                    if let Some(id) = text_of(columns.ids.as_ref(), passage)? {
                        each(&id);
                    }
                    Ok(())
                })
            };
            of_file(root)?;
            let mut files = inverted.terms().range().ge(folder.as_bytes()).into_stream().context(READING)?;
            while files.advance() && files.key().starts_with(folder.as_bytes()) {
                of_file(&String::from_utf8_lossy(files.key()))?;
            }
        }
        Ok(())
    }
}

fn each_alive(
    inverted: &InvertedIndexReader,
    segment: &SegmentReader,
    term: &Term,
    each: &mut dyn FnMut(DocId) -> Result<()>,
) -> Result<()> {
    let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic).context(READING)? else {
        return Ok(());
    };
    while postings.doc() != TERMINATED {
        if segment.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
            each(postings.doc())?;
        }
        postings.advance();
    }
    Ok(())
}

fn text_of(column: Option<&StrColumn>, passage: DocId) -> Result<Option<String>> {
    let Some((column, ordinal)) = column.and_then(|column| Some((column, column.term_ords(passage).next()?))) else {
        return Ok(None);
    };
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).context(READING)?;
    Ok(Some(text))
}
