//! Skip data: for each full block of a term's postings its last passage, and a bound of what the term scores in it.
//!
//! tantivy keeps this data for itself, and moves to a block without decoding it in its own unions alone. So it is read here from the
//! file of the postings: eight bytes a block, twelve with positions, of which the first four are the last passage, and the last two
//! the length and the frequency that score best among the block's passages.
//!
//! That pair is the best by the average length over all passages of the segment, whatever fields they have; we score by the average
//! of those that have the field. How much better can another pair be? A score is 1 / (1 + v), v = (.3 + c length) / tf, where c is
//! .9 over the average. Let C be tantivy's c, and v(C) that of the stored pair, which no other's is below. For c < C, any pair has
//! v(c) >= c/C v(C); for others, v(c) >= v(C). So min(c/C, 1) v(C) is a lower bound for all pairs of the block.

use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, TERMINATED};

/// Number of passages in a full block.
const BLOCK: u32 = 128;

/// What bounds are multiplied by, since they are computed in other steps than scores.
const ROUNDING: Score = 1.000_01;

/// BM25's k1 and b, which tantivy has as constants.
const K1: Score = 1.2;
const B: Score = 0.75;

/// Before the postings of a field stands its number of tokens.
const BEFORE_POSTINGS: usize = 8;

/// The skip data of one term in one segment.
pub(super) struct Skips {
    data: OwnedBytes,
    /// Bytes of a block's entry.
    size: usize,
    blocks: usize,
    lengths: Lengths,
}

/// The average lengths that are needed for a bound.
#[derive(Clone, Copy)]
pub(super) struct Lengths {
    /// The average by which tantivy chose the pairs.
    pub(super) stored: Score,
    /// The average by which passages are scored.
    pub(super) scored: Score,
}

impl Skips {
    /// The skip data of a term, from the postings of its field. `None` where it is not as expected; then nothing is skipped.
    pub(super) fn read(
        postings: &OwnedBytes,
        info: &TermInfo,
        record: IndexRecordOption,
        lengths: Lengths,
    ) -> Option<Skips> {
        let size = match record {
            IndexRecordOption::Basic => return None,
            IndexRecordOption::WithFreqs => 8,
            IndexRecordOption::WithFreqsAndPositions => 12,
        };
        let blocks = (info.doc_freq / BLOCK) as usize;
        if blocks == 0 {
            return Some(Skips { data: OwnedBytes::empty(), size, blocks, lengths });
        }
        let (start, end) = (info.postings_range.start + BEFORE_POSTINGS, info.postings_range.end + BEFORE_POSTINGS);
        let of_term = postings.as_slice().get(start..end)?;
        let (length, behind) = variable_length(of_term)?;
        if length != blocks * size || of_term.len() < behind + length {
            return None;
        }
        Some(Skips { data: postings.slice(start + behind..start + behind + length), size, blocks, lengths })
    }

    /// Number of full blocks; what follows them is a shorter one.
    pub(super) fn blocks(&self) -> usize {
        self.blocks
    }

    /// The last passage of a block; of the one behind the full blocks, the end.
    pub(super) fn last(&self, block: usize) -> DocId {
        let entry = self.data.as_slice().get(block * self.size..block * self.size + 4);
        entry.and_then(|bytes| bytes.try_into().ok()).map_or(TERMINATED, u32::from_le_bytes)
    }

    /// The first block from `block` on whose last passage is not before `passage`.
    pub(super) fn block_of(&self, passage: DocId, mut block: usize) -> usize {
        let mut step = 1;
        while block + step <= self.blocks && self.last(block + step - 1) < passage {
            block += step;
            step *= 2;
        }
        let mut end = (block + step).min(self.blocks);
        while block < end {
            let middle = usize::midpoint(block, end);
            if self.last(middle) < passage {
                block = middle + 1;
            } else {
                end = middle;
            }
        }
        block
    }

    /// A bound of the scores in a full block, of a term with this weight.
    pub(super) fn bound(&self, block: usize, weight: Score) -> Score {
        let at = (block + 1) * self.size;
        let Some(&[length, frequency]) = self.data.as_slice().get(at - 2..at) else {
            return weight * ROUNDING;
        };
        // Frequencies from 255 on are stored as this; of 0, nothing is known.
        if frequency == u8::MAX || frequency == 0 {
            return weight * ROUNDING;
        }
        let Lengths { stored, scored } = self.lengths;
        let length = FieldNormReader::id_to_fieldnorm(length) as Score;
        let least = K1 * (1.0 - B + B * length / stored) / Score::from(frequency) * (stored / scored).min(1.0);
        weight / (1.0 + least) * ROUNDING
    }
}

/// A number as tantivy writes it, seven bits a byte, the last byte with its highest bit set; and the number of its bytes.
fn variable_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut number = 0;
    for (at, &byte) in bytes.iter().enumerate().take(9) {
        number |= usize::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 != 0 {
            return Some((number, at + 1));
        }
    }
    None
}
