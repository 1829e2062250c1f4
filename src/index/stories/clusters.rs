//! Clustering of documents into stories, by their sketches: those of one story are those that are connected by pairs which share most of their shingles.
//!
//! In: sketches. Out: groups of two and more. Candidates are found as in locality-sensitive hashing, by one of their smallest
//! hashes in common, and verified. Invariants: the groups are a function of the set of sketches, whatever their order; no
//! more pairs are looked at than sketches times probes times neighbours. So sketches that are the same are one from the
//! start, the others are put in an order of their own, and where many share a hash, as they do a phrase of the trade, each is
//! compared with the next few: copies have other hashes in common that only they have.

use rayon::prelude::*;

use crate::index::stories::StoryOptions;
use crate::index::stories::resemblance::are_one_story;

/// The number of probes that are looked through at once; between these rounds, what was found is joined.
const ROUND: usize = 1 << 18;

/// Neighbours that are compared wherever there are as many, however many share a hash.
const FEWEST_NEIGHBOURS: usize = 2;

/// Sketches of many documents. Each has the same room, so that one is found without looking up where it begins.
pub(super) struct Sketches {
    room: usize,
    hashes: Vec<u32>,
    lengths: Vec<u16>,
}

impl Sketches {
    pub(super) fn new(given: &StoryOptions) -> Sketches {
        Sketches { room: given.sketch, hashes: Vec::new(), lengths: Vec::new() }
    }

    pub(super) fn push(&mut self, sketch: impl IntoIterator<Item = u32>) {
        let start = self.hashes.len();
        self.hashes.extend(sketch.into_iter().take(self.room));
        self.lengths.push((self.hashes.len() - start) as u16);
        self.hashes.resize(start + self.room, 0);
    }

    pub(super) fn len(&self) -> usize {
        self.lengths.len()
    }

    fn get(&self, at: usize) -> &[u32] {
        let start = at * self.room;
        &self.hashes[start..start + usize::from(self.lengths[at])]
    }
}

/// The groups, as indices of sketches in no particular order.
pub(super) fn cluster(sketches: &Sketches, given: &StoryOptions) -> Vec<Vec<usize>> {
    // By content, so that the order of the documents decides nothing.
    let mut order: Vec<u32> = (0..sketches.len() as u32).collect();
    order.par_sort_unstable_by(|&left, &right| sketches.get(left as usize).cmp(sketches.get(right as usize)));
    // Where the documents with each of the distinct sketches begin in this order.
    let mut firsts: Vec<u32> = Vec::new();
    for (at, &document) in order.iter().enumerate() {
        if at == 0 || sketches.get(order[at - 1] as usize) != sketches.get(document as usize) {
            firsts.push(at as u32);
        }
    }
    let examples: Vec<u32> = firsts.iter().map(|&first| order[first as usize]).collect();
    let sketch_of = |distinct: u32| sketches.get(examples[distinct as usize] as usize);

    let mut groups = Disjoint::new(firsts.len());
    let mut probes: Vec<(u32, u32)> = Vec::with_capacity(firsts.len() * given.probes);
    for distinct in 0..firsts.len() as u32 {
        probes.extend(sketch_of(distinct).iter().take(given.probes).map(|&hash| (hash, distinct)));
    }
    probes.par_sort_unstable();
    let mut rest = &probes[..];
    while !rest.is_empty() {
        let mut end = ROUND.min(rest.len());
        while end < rest.len() && rest[end].0 == rest[end - 1].0 {
            end += 1;
        }
        let (now, later) = rest.split_at(end);
        rest = later;
        let sharing = now.par_chunk_by(|left, right| left.0 == right.0);
        let found: Vec<(u32, u32)> = sharing
            .flat_map_iter(|run| {
                let groups = &groups;
                let neighbours = neighbours_among(run.len(), given);
                let pairs = (0..run.len()).flat_map(move |at| {
                    let last = (at + neighbours).min(run.len() - 1);
                    (at + 1..=last).map(move |other| (run[at].1, run[other].1))
                });
                pairs.filter(move |&(one, other)| {
                    groups.root(one) != groups.root(other) && are_one_story(sketch_of(one), sketch_of(other), given)
                })
            })
            .collect();
        found.into_iter().for_each(|(one, other)| groups.join(one, other));
    }
    drop(probes);

    let mut members: Vec<(u32, u32)> = Vec::with_capacity(order.len());
    let ends = firsts.iter().skip(1).copied().chain([order.len() as u32]);
    for (distinct, (&first, end)) in firsts.iter().zip(ends).enumerate() {
        let root = groups.root(distinct as u32);
        members.extend(order[first as usize..end as usize].iter().map(|&document| (root, document)));
    }
    members.par_sort_unstable();
    let stories = members.chunk_by(|left, right| left.0 == right.0).filter(|story| story.len() > 1);
    stories.map(|story| story.iter().map(|&(_, document)| document as usize).collect()).collect()
}

/// The more documents share a hash, the less it says of each.
fn neighbours_among(sharing: usize, given: &StoryOptions) -> usize {
    (given.neighbours * given.neighbours / sharing).clamp(FEWEST_NEIGHBOURS.min(given.neighbours), given.neighbours)
}

/// Disjoint sets, joined by rank and with their paths halved: what connects them comes in any order.
struct Disjoint {
    parents: Vec<u32>,
    ranks: Vec<u8>,
}

impl Disjoint {
    fn new(len: usize) -> Disjoint {
        Disjoint { parents: (0..len as u32).collect(), ranks: vec![0; len] }
    }

    fn root(&self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        at
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.halve(one), self.halve(other));
        if one == other {
            return;
        }
        let (low, high) =
            if self.ranks[one as usize] < self.ranks[other as usize] { (one, other) } else { (other, one) };
        self.parents[low as usize] = high;
        self.ranks[high as usize] += u8::from(self.ranks[low as usize] == self.ranks[high as usize]);
    }

    fn halve(&mut self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }
}
