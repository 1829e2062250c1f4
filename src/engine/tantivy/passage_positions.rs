//! Positions in the passages of a segment, in two lists for all passages, since one list for each would take most of the time.

use tantivy::DocId;

/// Passages in order, each with its positions or spans: sorted, each once, never empty.
#[derive(Debug, Clone)]
pub(crate) struct PassagePositions<T> {
    passages: Vec<DocId>,
    /// Where the places of each passage end in `places`.
    ends: Vec<usize>,
    places: Vec<T>,
}

impl<T> Default for PassagePositions<T> {
    fn default() -> PassagePositions<T> {
        PassagePositions { passages: Vec::new(), ends: Vec::new(), places: Vec::new() }
    }
}

impl<T: Copy + Ord> PassagePositions<T> {
    /// The passages and places of a list that may have any order, and some of them twice.
    pub(crate) fn of(mut rows: Vec<(DocId, T)>) -> PassagePositions<T> {
        // Such lists are put together from some in order, which this kind of sorting makes use of.
        rows.sort();
        rows.dedup();
        let mut found = PassagePositions::default();
        for row in rows.chunk_by(|one, next| one.0 == next.0) {
            found.push(row[0].0, row.iter().map(|&(_, place)| place));
        }
        found
    }

    /// Adds the places of a passage behind all others, in any order; a passage without any is left out.
    pub(crate) fn push(&mut self, passage: DocId, places: impl IntoIterator<Item = T>) {
        let start = self.places.len();
        self.places.extend(places);
        let of_passage = &mut self.places[start..];
        if !of_passage.is_sorted_by(|one, next| one < next) {
            of_passage.sort_unstable();
            let mut kept = start;
            for at in start..self.places.len() {
                if at == start || self.places[at] != self.places[kept - 1] {
                    self.places[kept] = self.places[at];
                    kept += 1;
                }
            }
            self.places.truncate(kept);
        }
        if self.places.len() > start {
            self.passages.push(passage);
            self.ends.push(self.places.len());
        }
    }

    /// The passages in order.
    pub(crate) fn passages(&self) -> &[DocId] {
        &self.passages
    }

    /// Every passage with its places.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (DocId, &[T])> {
        (0..self.passages.len()).map(|at| (self.passages[at], self.places_at(at)))
    }

    /// The rows of a list, each passage with one of its places.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (DocId, T)> {
        self.iter().flat_map(|(passage, places)| places.iter().map(move |&place| (passage, place)))
    }

    /// A reader of the places of passages that are asked for in order.
    pub(crate) fn reader(&self) -> PlaceReader<'_, T> {
        PlaceReader { of: self, at: 0 }
    }

    /// The places of each passage that are kept.
    pub(crate) fn filtered(&self, mut is_kept: impl FnMut(DocId, T) -> bool) -> PassagePositions<T> {
        let mut kept = PassagePositions::default();
        for (passage, places) in self.iter() {
            kept.push(passage, places.iter().copied().filter(|&place| is_kept(passage, place)));
        }
        kept
    }

    fn places_at(&self, at: usize) -> &[T] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.places[start..self.ends[at]]
    }
}

/// A reader of the places of one passage after the other.
pub(crate) struct PlaceReader<'a, T> {
    of: &'a PassagePositions<T>,
    at: usize,
}

impl<'a, T: Copy + Ord> PlaceReader<'a, T> {
    /// The places in a passage, which is none before the last that was asked for; empty if it has none.
    pub(crate) fn places(&mut self, passage: DocId) -> &'a [T] {
        self.at += passages_before(&self.of.passages[self.at..], passage);
        if self.of.passages.get(self.at) == Some(&passage) { self.of.places_at(self.at) } else { &[] }
    }
}

/// The number of passages before another in a list in order, of which it is probably near the beginning.
pub(crate) fn passages_before(passages: &[DocId], other: DocId) -> usize {
    let mut step = 1;
    while passages.get(step).is_some_and(|&passage| passage < other) {
        step *= 2;
    }
    let from = step / 2;
    let to = passages.len().min(step + 1);
    from + passages.get(from..to).unwrap_or_default().partition_point(|&passage| passage < other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_sorted_and_each_is_there_once() {
        let mut places = PassagePositions::default();
        places.push(2, [5, 1, 5, 1]);
        places.push(3, []);
        places.push(9, [4]);
        assert_eq!(places.passages(), [2, 9]);
        let rows = vec![(9, 4), (2, 5), (2, 1), (9, 4)];
        assert_eq!(PassagePositions::of(rows).rows().collect::<Vec<_>>(), places.rows().collect::<Vec<_>>());
        let odd = places.filtered(|_, place| place == 1);
        assert_eq!(odd.iter().collect::<Vec<_>>(), [(2, &[1][..])]);
    }

    #[test]
    fn places_are_read_in_order() {
        let mut places = PassagePositions::default();
        (0..50).for_each(|passage| places.push(3 * passage, [passage]));
        for step in 1..40 {
            let mut reader = places.reader();
            for passage in (0..200).step_by(step) {
                let expected = (passage % 3 == 0 && passage < 150).then_some(passage / 3);
                assert_eq!(reader.places(passage), Vec::from_iter(expected), "{passage} by {step}");
                assert_eq!(reader.places(passage).len(), usize::from(expected.is_some()), "again");
            }
        }
    }
}
