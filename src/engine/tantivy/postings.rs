//! Postings: terms and their positions, read from one segment.

use anyhow::{Context, Result};
use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use crate::engine::tantivy::passage_positions::{PassagePositions, passages_before};

/// Every term that begins with `prefix`, in order.
pub(crate) fn terms_with_prefix(inverted: &InvertedIndexReader, prefix: &str) -> Result<Vec<String>> {
    let mut terms = Vec::new();
    each_term_with_prefix(inverted, prefix, &mut |term, _| terms.push(term.to_owned()))?;
    Ok(terms)
}

/// Calls `found` with every term that begins with `prefix`, in order, and with the number of its passages, deleted ones included.
pub(crate) fn each_term_with_prefix(
    inverted: &InvertedIndexReader,
    prefix: &str,
    found: &mut dyn FnMut(&str, u32),
) -> Result<()> {
    let range = inverted.terms().range().ge(prefix.as_bytes());
    let mut stream = range.into_stream().context("reading the terms of the index")?;
    while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
        found(as_text(stream.key())?, stream.value().doc_freq);
    }
    Ok(())
}

/// The text of a term of the index.
pub(crate) fn as_text(term: &[u8]) -> Result<&str> {
    std::str::from_utf8(term).context("a term of the index is not UTF-8; it is damaged")
}

/// The positions of a term, in all passages or only those in `within` (in order).
pub(crate) fn read_positions(
    inverted: &InvertedIndexReader,
    term: &Term,
    within: Option<&[DocId]>,
) -> Result<PassagePositions<u32>> {
    let mut found = PassagePositions::default();
    each_passage(inverted, term, within, &mut |passage, positions| {
        found.push(passage, positions.iter().copied());
    })?;
    Ok(found)
}

/// Adds the positions of a term to a list of passages and positions.
pub(crate) fn add_positions(
    inverted: &InvertedIndexReader,
    term: &Term,
    within: Option<&[DocId]>,
    found: &mut Vec<(DocId, u32)>,
) -> Result<()> {
    each_passage(inverted, term, within, &mut |passage, positions| {
        found.extend(positions.iter().map(|&position| (passage, position)));
    })
}

/// Calls `found` with each passage of a term in order, or each of those in `within`, and its positions there.
pub(crate) fn each_passage(
    inverted: &InvertedIndexReader,
    term: &Term,
    within: Option<&[DocId]>,
    found: &mut dyn FnMut(DocId, &[u32]),
) -> Result<()> {
    let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions);
    let Some(mut postings) = postings.context("reading the positions of the index")? else {
        return Ok(());
    };
    let mut positions = Vec::new();
    let Some(mut wanted) = within else {
        while postings.doc() != TERMINATED {
            postings.positions(&mut positions);
            found(postings.doc(), &positions);
            postings.advance();
        }
        return Ok(());
    };
    // Whichever list is behind catches up with the other, so a rare term costs no look at every passage.
    while let Some(&passage) = wanted.first() {
        if postings.doc() < passage {
            postings.seek(passage);
        }
        if postings.doc() == passage {
            postings.positions(&mut positions);
            found(passage, &positions);
            wanted = &wanted[1..];
        } else if postings.doc() == TERMINATED {
            break;
        } else {
            wanted = &wanted[passages_before(wanted, postings.doc())..];
        }
    }
    Ok(())
}
