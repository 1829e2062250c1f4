//! Pattern frequencies: how often a pattern occurs in each passage of a segment, where counts alone decide it:
//! characters by the bigrams that they begin, and words by their surface forms. Reading positions takes several times as long.

use anyhow::{Context, Result};
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, InvertedIndexReader, SegmentReader};

use crate::engine::tantivy::postings::as_text;
use crate::engine::tantivy::quantities::each_term;
use crate::engine::tantivy::sequence::{PositionFields, prefixes_of_keys};
use crate::index::split_form;
use crate::query::plan::pattern::{Form, Pattern};
use crate::query::plan::placement::{TermChoice, terms_with_offsets};
use crate::text::analysis::opens_pair;

/// The passages with a pattern in order, each with its frequency. `None` if that takes positions.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn count_pattern(
    segment: &SegmentReader,
    fields: PositionFields<'_>,
    pattern: &Pattern,
) -> Result<Option<Vec<(DocId, u32)>>> {
    let units = match pattern {
        Pattern::Sequence(units) => units,
        Pattern::Quantity(quantity) => {
            let inverted = segment.inverted_index(fields.all.quantities).context("reading the terms of the index")?;
            let mut counts = Counts::new(segment);
            each_term(&inverted, quantity, fields.title_only, &mut |_, info| counts.add_postings(&inverted, info, 1))?;
            return Ok(Some(counts.finish()));
        }
        Pattern::Term(_)
        | Pattern::CompoundPart(_)
        | Pattern::Any(_)
        | Pattern::Near { .. }
        | Pattern::Apart { .. }
        | Pattern::Within { .. } => {
            return Ok(None);
        }
    };
    let terms_at = terms_with_offsets(units);
    let [(_, terms)] = terms_at.as_slice() else {
        return Ok(None);
    };
    let mut counts = Counts::new(segment);
    match terms {
        TermChoice::Term(_) | TermChoice::PairOpened(_) | TermChoice::PairClosed(_) => return Ok(None),
        TermChoice::Opened(character) => {
            counts.add_terms(fields.terms, character, |term| i32::from(opens_pair(character, term)))?;
        }
        // Surface forms are indexed for title and text together.
        TermChoice::Form(_) if fields.title_only => return Ok(None),
        TermChoice::Form(Form::Written { .. }) => return Ok(None),
        TermChoice::Form(form) => counts.add_form(fields, form)?,
    }
    Ok(Some(counts.finish()))
}

/// Frequencies for each passage of a segment.
struct Counts<'a> {
    segment: &'a SegmentReader,
    of: Vec<i32>,
    /// A bit for each passage that was counted, so that the others are not looked at.
    counted: Vec<u64>,
}

impl Counts<'_> {
    fn new(segment: &SegmentReader) -> Counts<'_> {
        let passages = segment.max_doc() as usize;
        Counts { segment, of: vec![0; passages], counted: vec![0; passages.div_ceil(64)] }
    }

    /// Adds the occurrences of a word by surface form. A word is indexed once under its term, and once more under its
    /// surface if that differs. So these are the terms that are wanted surfaces themselves, less those of their words
    /// that have another surface, plus the wanted surfaces of all other terms.
    fn add_form(&mut self, fields: PositionFields<'_>, form: &Form) -> Result<()> {
        let is_own = |term: &str| match form {
            Form::Exact { surface, term: wanted } | Form::Written { surface, term: wanted, .. } => {
                surface == wanted && term == wanted
            }
            Form::Prefix { .. } => form.matches(term),
            Form::Listed(surfaces) => surfaces.get(term).is_some_and(|terms| terms.contains(term)),
        };
        let prefixes: Vec<&str> = match form {
            Form::Exact { term, .. } | Form::Written { term, .. } => vec![term],
            Form::Prefix { prefix, .. } => vec![prefix],
            Form::Listed(surfaces) => surfaces.keys().map(String::as_str).collect(),
        };
        for prefix in &prefixes {
            match form {
                // Terms that go on after one of these are other words.
                Form::Listed(_) if is_own(prefix) => self.add_term(fields.terms, prefix)?,
                Form::Listed(_) => {}
                Form::Exact { .. } | Form::Written { .. } | Form::Prefix { .. } => {
                    self.add_terms(fields.terms, prefix, |term| i32::from(is_own(term)))?;
                }
            }
        }
        for keys in prefixes_of_keys(form) {
            self.add_terms(fields.surfaces, &keys, |key| {
                let Some((term, mut surfaces)) = split_form(key) else {
                    return 0;
                };
                i32::from(surfaces.any(|surface| form.matches(surface))) - i32::from(is_own(term))
            })?;
        }
        Ok(())
    }

    /// Adds the occurrences of every term that begins with `prefix`, `times` over.
    fn add_terms(&mut self, field: Field, prefix: &str, times: impl Fn(&str) -> i32) -> Result<()> {
        let inverted = self.segment.inverted_index(field).context("reading the terms of the index")?;
        let range = inverted.terms().range().ge(prefix.as_bytes());
        let mut stream = range.into_stream().context("reading the terms of the index")?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            let times = times(as_text(stream.key())?);
            if times != 0 {
                self.add_postings(&inverted, stream.value(), times)?;
            }
        }
        Ok(())
    }

    /// Adds the occurrences of a term.
    fn add_term(&mut self, field: Field, term: &str) -> Result<()> {
        let reading = "reading the terms of the index";
        let inverted = self.segment.inverted_index(field).context(reading)?;
        match inverted.get_term_info(&Term::from_field_text(field, term)).context(reading)? {
            Some(info) => self.add_postings(&inverted, &info, 1),
            None => Ok(()),
        }
    }

    fn add_postings(&mut self, inverted: &InvertedIndexReader, term: &TermInfo, times: i32) -> Result<()> {
        let blocks = inverted.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqs);
        let mut blocks = blocks.context("reading the postings of the index")?;
        while !blocks.docs().is_empty() {
            for (&doc, &frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                self.of[doc as usize] += times * frequency as i32;
                self.counted[doc as usize / 64] |= 1 << (doc % 64);
            }
            blocks.advance();
        }
        Ok(())
    }

    fn finish(self) -> Vec<(DocId, u32)> {
        let mut frequencies = Vec::new();
        for (word, mut left) in self.counted.into_iter().enumerate() {
            while left != 0 {
                let doc = word * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                frequencies.extend(u32::try_from(self.of[doc]).ok().filter(|&n| n > 0).map(|n| (doc as DocId, n)));
            }
        }
        frequencies
    }
}
