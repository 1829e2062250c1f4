//! A random sample of lines: always the same for the same seed and documents, however they are indexed.

use std::collections::BinaryHeap;
use std::hash::Hasher;

use siphasher::sip::SipHasher13;

/// How many lines are chosen of all, and by which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Greatest number of lines.
    pub lines: usize,
    /// The seed: another one chooses other lines.
    pub seed: u64,
}

/// Chooses lines while all of them pass by.
pub(crate) struct Sampler {
    sample: Sample,
    /// The chosen lines, the one with the largest hash on top: the hash, and the place of the line.
    chosen: BinaryHeap<(u64, (usize, usize))>,
}

impl Sampler {
    pub(crate) fn new(sample: Sample) -> Sampler {
        Sampler { sample, chosen: BinaryHeap::new() }
    }

    /// Considers the line at a byte of an article; `place` tells it from others.
    pub(crate) fn consider(&mut self, id: &str, byte: usize, place: (usize, usize)) {
        let mut hasher = SipHasher13::new_with_keys(self.sample.seed, 0);
        hasher.write(id.as_bytes());
        hasher.write(&(byte as u64).to_le_bytes());
        let entry = (hasher.finish(), place);
        if self.chosen.len() < self.sample.lines {
            self.chosen.push(entry);
        } else if let Some(mut worst) = self.chosen.peek_mut()
            && entry < *worst
        {
            *worst = entry;
        }
    }

    /// The places of the chosen lines, in order.
    pub(crate) fn places(self) -> Vec<(usize, usize)> {
        let mut places: Vec<(usize, usize)> = self.chosen.into_iter().map(|(_, place)| place).collect();
        places.sort_unstable();
        places
    }
}
