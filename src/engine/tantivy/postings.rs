//! Postings: terms and their positions, read from one segment.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

/// Passages in order, each with its positions or spans: sorted, each once, never empty.
pub(crate) type PassagePositions<T> = Vec<(DocId, Vec<T>)>;

/// Every term that begins with `prefix`, in order.
pub(crate) fn terms_with_prefix(inverted: &InvertedIndexReader, prefix: &str) -> Result<Vec<String>> {
    let mut terms = Vec::new();
    let range = inverted.terms().range().ge(prefix.as_bytes());
    let mut stream = range.into_stream().context("reading the terms of the index")?;
    while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
        terms.push(as_text(stream.key())?.to_owned());
    }
    Ok(terms)
}

/// The text of a term of the index.
pub(crate) fn as_text(term: &[u8]) -> Result<&str> {
    std::str::from_utf8(term).context("a term of the index is not UTF-8; it is damaged")
}

pub(crate) fn read_positions(
    inverted: &InvertedIndexReader,
    term: &Term,
    within: Option<&[DocId]>,
) -> Result<PassagePositions<u32>> {
    let mut found: PassagePositions<u32> = Vec::new();
    each_passage(inverted, term, within, &mut |passage, positions| {
        let mut positions = positions.to_vec();
        positions.sort_unstable();
        positions.dedup();
        found.push((passage, positions));
    })?;
    Ok(found)
}

pub(crate) fn add_positions(
    inverted: &InvertedIndexReader,
    term: &Term,
    within: Option<&[DocId]>,
    found: &mut BTreeMap<DocId, Vec<u32>>,
) -> Result<()> {
    each_passage(inverted, term, within, &mut |passage, positions| {
        found.entry(passage).or_default().extend_from_slice(positions);
    })
}

/// Calls `found` with each passage of a term in order, or each of those in `within`, and its positions there.
fn each_passage(
    inverted: &InvertedIndexReader,
    term: &Term,
    within: Option<&[DocId]>,
    found: &mut dyn FnMut(DocId, &[u32]),
) -> Result<()> {
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions);
    let Some(mut postings) = postings.context("reading the positions of the index")? else {
        return Ok(());
    };
    let mut buffer = Vec::new();
    let mut take = |postings: &mut SegmentPostings| {
        postings.positions(&mut buffer);
        found(postings.doc(), &buffer);
    };
    match within {
        None => {
            while postings.doc() != TERMINATED {
                take(&mut postings);
                postings.advance();
            }
        }
        Some(docs) => {
            for &doc in docs {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    take(&mut postings);
                }
            }
        }
    }
    Ok(())
}

pub(crate) fn sorted<T: Ord>(found: BTreeMap<DocId, Vec<T>>) -> PassagePositions<T> {
    let sorted = found.into_iter().map(|(doc, mut places)| {
        places.sort_unstable();
        places.dedup();
        (doc, places)
    });
    sorted.filter(|(_, places)| !places.is_empty()).collect()
}

pub(crate) fn positions_in<T>(places: &PassagePositions<T>, doc: DocId) -> &[T] {
    match places.binary_search_by_key(&doc, |&(doc, _)| doc) {
        Ok(at) => &places[at].1,
        Err(_) => &[],
    }
}
