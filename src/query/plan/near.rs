//! NEAR matching: choices of spans that stand near each other. The engine and the highlighter use the same rule.

use crate::query::syntax::Nearness;

/// A span of units (words or CJK characters) of a text: `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    fn len(self) -> u32 {
        self.end - self.start
    }
}

/// The smallest span that covers all of `spans`; `None` if there are none.
pub(crate) fn hull(spans: &[Span]) -> Option<Span> {
    let start = spans.iter().map(|span| span.start).min()?;
    let end = spans.iter().map(|span| span.end).max()?;
    Some(Span { start, end })
}

impl Nearness {
    /// True if the spans stand near enough to each other. They are given in the order of the parts.
    fn admits(self, chosen: impl Iterator<Item = Span> + Clone) -> bool {
        let Nearness { distance, in_order } = self;
        if in_order && !chosen.clone().is_sorted_by(|one, next| one.end <= next.start) {
            return false;
        }
        let start = chosen.clone().map(|span| span.start).min().unwrap_or(0);
        let end = chosen.clone().map(|span| span.end).max().unwrap_or(0);
        let taken: u32 = chosen.map(Span::len).sum();
        end - start <= taken + distance
    }
}

/// Choices of one span for each part, without overlaps, that the rule of nearness admits: for each span the choice in
/// which it comes first and the others follow as close as possible, and the choice in which it comes last. The spans of
/// each part must be sorted; a choice has the order of the parts. Choices are returned sorted and without duplicates.
pub(crate) fn choose_near(parts: &[Vec<Span>], nearness: Nearness) -> Vec<Vec<Span>> {
    // No choice is longer than its parts may be together with the gaps.
    let longest = |part: &Vec<Span>| part.iter().map(|span| span.len()).max().unwrap_or(0);
    let reach = nearness.distance + parts.iter().map(longest).sum::<u32>();
    // For each part, the index of the first part that can stand for it: one with the same spans, unless the order counts.
    let stands_for = |before: usize, at: usize| !nearness.in_order && parts[before] == parts[at];
    let classes: Vec<usize> =
        (0..parts.len()).map(|at| (0..at).find(|&before| stands_for(before, at)).unwrap_or(at)).collect();
    let mut choices = Vec::new();
    // Parts with the same spans would give the same choices, so only the first of them is the anchor.
    for (at, part) in parts.iter().enumerate().filter(|&(at, _)| classes[at] == at) {
        for &anchor in part {
            for anchored_first in [true, false] {
                let can_be_anchor = if anchored_first { at == 0 } else { at + 1 == parts.len() };
                if nearness.in_order && !can_be_anchor {
                    continue;
                }
                let mut chosen = vec![None; parts.len()];
                chosen[at] = Some(anchor);
                let mut search =
                    Search { parts, classes: &classes, nearness, reach, anchor, anchored_first, left: MAX_STEPS };
                let mut others = (0..parts.len()).filter(|&other| other != at);
                if others.all(|other| search.candidates(other).next().is_some()) && search.fill(&mut chosen, at) {
                    choices.push(chosen.into_iter().flatten().collect());
                }
            }
        }
    }
    choices.sort_unstable();
    choices.dedup();
    choices
}

/// Steps after which the search for one choice is given up. Only texts that repeat a few words over and over come near this.
const MAX_STEPS: u32 = 2_000;

struct Search<'a> {
    parts: &'a [Vec<Span>],
    classes: &'a [usize],
    nearness: Nearness,
    /// Length in units of the longest choice that can be admitted.
    reach: u32,
    anchor: Span,
    anchored_first: bool,
    left: u32,
}

impl<'a> Search<'a> {
    /// The spans of a part that can stand beside the anchor, the nearest first.
    fn candidates(&self, part: usize) -> impl Iterator<Item = Span> + use<'a> {
        let Search { anchor, reach, anchored_first, .. } = *self;
        let part = &self.parts[part];
        let (before, after) = match anchored_first {
            true => (&[][..], &part[part.partition_point(|span| span.start < anchor.end)..]),
            false => (&part[..part.partition_point(|span| span.start < anchor.start)], &[][..]),
        };
        let after = after.iter().copied().take_while(move |span| span.end <= anchor.start + reach);
        let before = before.iter().rev().copied().take_while(move |span| span.start + reach >= anchor.end);
        after.chain(before.filter(move |span| span.end <= anchor.start))
    }

    /// True if a span for a part can stand beside those that are chosen: apart from all, and where the order counts, after those
    /// of the parts before it and before those of the parts after it.
    fn may_join(&self, chosen: &[Option<Span>], part: usize, span: Span) -> bool {
        let mut taken = chosen.iter().enumerate().filter_map(|(at, taken)| Some((at, (*taken)?)));
        match self.nearness.in_order {
            false => taken.all(|(_, taken)| !taken.overlaps(span)),
            true => taken.all(|(at, taken)| if at < part { taken.end <= span.start } else { span.end <= taken.start }),
        }
    }

    /// Chooses a span for every part that has none yet. Returns false, with `chosen` unchanged, if that is impossible.
    fn fill(&mut self, chosen: &mut [Option<Span>], anchored: usize) -> bool {
        let Some(free) = chosen.iter().position(Option::is_none) else {
            return self.nearness.admits(chosen.iter().flatten().copied());
        };
        // Parts with the same spans are interchangeable, so their spans are tried in one order only.
        let is_twin = |before: &usize| *before != anchored && self.classes[*before] == self.classes[free];
        let twin = (0..free).rev().find(is_twin).and_then(|twin| chosen[twin]);
        for candidate in self.candidates(free) {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            let in_order = twin.is_none_or(|twin| (twin < candidate) == self.anchored_first);
            if !in_order || !self.may_join(chosen, free, candidate) {
                continue;
            }
            chosen[free] = Some(candidate);
            if self.fill(chosen, anchored) {
                return true;
            }
            chosen[free] = None;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(places: &[u32]) -> Vec<Span> {
        places.iter().map(|&start| Span { start, end: start + 1 }).collect()
    }

    #[test]
    fn words_in_any_order_within_the_distance() {
        let near = |parts: &[&[u32]], distance| {
            let parts: Vec<Vec<Span>> = parts.iter().map(|part| words(part)).collect();
            !choose_near(&parts, Nearness::any_order(distance)).is_empty()
        };
        assert!(near(&[&[0], &[3]], 2));
        assert!(near(&[&[3], &[0]], 2));
        assert!(!near(&[&[0], &[4]], 2));
        // One word cannot stand for two.
        assert!(!near(&[&[5], &[5]], 9));
        assert!(near(&[&[5, 7], &[5, 7]], 1));
    }

    #[test]
    fn parts_in_order() {
        let before = |parts: &[&[u32]], distance| {
            let parts: Vec<Vec<Span>> = parts.iter().map(|part| words(part)).collect();
            let choices = choose_near(&parts, Nearness { distance, in_order: true });
            choices.iter().map(|choice| choice.iter().map(|span| span.start).collect()).collect::<Vec<Vec<u32>>>()
        };
        assert_eq!(before(&[&[0], &[3]], 2), [[0, 3]]);
        assert!(before(&[&[3], &[0]], 9).is_empty());
        assert!(before(&[&[0, 4], &[3]], 1).is_empty());
        assert_eq!(before(&[&[0, 2, 9], &[3, 8]], 9), [[0, 3], [2, 3], [2, 8]]);
        // The same word twice, and a choice that needs another than the nearest span.
        assert_eq!(before(&[&[5, 7], &[5, 7]], 1), [[5, 7]]);
        assert_eq!(before(&[&[0], &[2, 6], &[5]], 9), [[0, 2, 5]]);
        assert_eq!(before(&[&[0], &[6], &[4, 8]], 9), [[0, 6, 8]]);
    }

    #[test]
    fn every_span_that_is_near_is_chosen_once() {
        let choices = choose_near(&[words(&[1, 2]), words(&[4, 5, 50])], Nearness::any_order(3));
        let mut chosen: Vec<Span> = choices.concat();
        chosen.sort_unstable();
        chosen.dedup();
        assert_eq!(chosen, words(&[1, 2, 4, 5]));
    }
}
