//! Matching of the operators of place: choices of spans that stand near each other. The engine and the highlighter use the same rule.

use crate::query::plan::span::{Span, Stretches, hull, longest};
use crate::query::syntax::{Nearness, Within};

impl Nearness {
    /// True if the spans stand near enough to each other. They are given in the order of the parts, and stand in one stretch.
    pub(super) fn admits(self, chosen: impl Iterator<Item = Span> + Clone) -> bool {
        if self.in_order && !chosen.clone().is_sorted_by(|one, next| one.end <= next.start) {
            return false;
        }
        let Within::Units(distance) = self.within else {
            return true;
        };
        let start = chosen.clone().map(|span| span.start).min().unwrap_or(0);
        let end = chosen.clone().map(|span| span.end).max().unwrap_or(0);
        let taken: u32 = chosen.map(Span::len).sum();
        end - start <= taken + distance
    }
}

/// Which place the anchor of a choice has in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchored {
    First,
    Last,
    Anywhere,
}

/// Which choices count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choices {
    /// Those that decide where the whole stands: for each span the shortest choice that begins with it, and the shortest that ends
    /// with it.
    Shortest,
    /// These and, of three parts or more in one sentence or paragraph, for each span one in which it comes anywhere: all spans are
    /// marked that stand in any choice.
    Marked,
}

/// Choices of one span for each part, without overlaps, that the rule of nearness admits. The spans of each part must be sorted; a
/// choice has the order of the parts. Choices are returned sorted and without duplicates.
pub(crate) fn choose_near(
    parts: &[&[Span]],
    nearness: Nearness,
    stretches: Stretches<'_>,
    wanted: Choices,
) -> Vec<Vec<Span>> {
    // No choice is longer than its parts may be together with the gaps.
    let longest: u32 = parts.iter().map(|part| longest(part)).sum();
    let reach = match nearness.within {
        Within::Units(distance) => Some(distance + longest),
        Within::Sentence | Within::Paragraph => None,
    };
    // For each part, the index of the first part that can stand for it: one with the same spans, unless the order counts.
    let stands_for = |before: usize, at: usize| !nearness.in_order && parts[before] == parts[at];
    let classes: Vec<usize> =
        (0..parts.len()).map(|at| (0..at).find(|&before| stands_for(before, at)).unwrap_or(at)).collect();
    let shortest: Vec<u32> = parts.iter().map(|part| part.iter().map(|span| span.len()).min().unwrap_or(0)).collect();
    let mut choices = Vec::new();
    // Parts with the same spans would give the same choices, so only the first of them is the anchor.
    for (at, part) in parts.iter().enumerate().filter(|&(at, _)| classes[at] == at) {
        for &anchor in *part {
            let room = match reach {
                Some(reach) => Span { start: anchor.end.saturating_sub(reach), end: anchor.start + reach },
                None => match stretches.around(anchor) {
                    Some(stretch) => stretch,
                    None => continue,
                },
            };
            for anchored in [Anchored::First, Anchored::Last, Anchored::Anywhere] {
                let can_be_anchor = match anchored {
                    Anchored::First => !nearness.in_order || at == 0,
                    Anchored::Last => !nearness.in_order || at + 1 == parts.len(),
                    Anchored::Anywhere => wanted == Choices::Marked && reach.is_none() && parts.len() > 2,
                };
                if !can_be_anchor {
                    continue;
                }
                let mut chosen = vec![None; parts.len()];
                chosen[at] = Some(anchor);
                let (left, best, bound) = (MAX_STEPS, None, 0);
                let mut search =
                    Search { parts, classes: &classes, nearness, room, anchor, anchored, left, best, bound };
                if search.set_bound(at, &shortest) {
                    search.fill(&mut chosen, at);
                }
                choices.extend(search.best.map(|(_, choice)| choice));
            }
        }
    }
    choices.sort_unstable();
    choices.dedup();
    choices
}

/// Steps after which the search for one choice is given up. Only texts that repeat a few words over and over come near this.
pub(super) const MAX_STEPS: u32 = 2_000;

struct Search<'a> {
    parts: &'a [&'a [Span]],
    classes: &'a [usize],
    nearness: Nearness,
    /// The stretch that no choice with the anchor can leave.
    room: Span,
    anchor: Span,
    anchored: Anchored,
    left: u32,
    /// The shortest choice so far, with its hull.
    best: Option<(Span, Vec<Span>)>,
    /// The least end of a choice after the anchor, or the greatest start of one before it.
    bound: u32,
}

impl<'a> Search<'a> {
    /// The spans of a part that can stand beside the anchor, the nearest first on each side.
    fn candidates(&self, part: usize) -> impl Iterator<Item = Span> + use<'a> {
        let Search { anchor, room, anchored, .. } = *self;
        let part = self.parts[part];
        let after = match anchored {
            Anchored::Last => &[][..],
            Anchored::First | Anchored::Anywhere => &part[part.partition_point(|span| span.start < anchor.end)..],
        };
        let before = match anchored {
            Anchored::First => &[][..],
            Anchored::Last | Anchored::Anywhere => &part[..part.partition_point(|span| span.start < anchor.start)],
        };
        let after = after.iter().copied().take_while(move |span| span.start < room.end);
        let before = before.iter().rev().copied().take_while(move |span| span.start >= room.start);
        let after = after.filter(move |span| span.end <= room.end);
        after.chain(before.filter(move |span| span.end <= anchor.start))
    }

    /// Sets the bound by the nearest candidates and shortest lengths of the other parts. Returns false if one has no candidate.
    fn set_bound(&mut self, anchored: usize, shortest: &[u32]) -> bool {
        let others = (0..shortest.len()).filter(|&part| part != anchored);
        let together: u32 = others.clone().map(|part| shortest[part]).sum();
        self.bound = match self.anchored {
            Anchored::Last => self.anchor.start.saturating_sub(together),
            Anchored::First | Anchored::Anywhere => self.anchor.end + together,
        };
        for part in others {
            let Some(nearest) = self.candidates(part).next() else {
                return false;
            };
            self.bound = match self.anchored {
                Anchored::Last => self.bound.min(nearest.start),
                Anchored::First | Anchored::Anywhere => self.bound.max(nearest.start + shortest[part]),
            };
        }
        true
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

    /// True if a choice with this span can be shorter than the best so far. Where the anchor comes anywhere, the first choice is kept.
    fn may_shorten(&self, span: Span) -> bool {
        match (&self.best, self.anchored) {
            (None, _) => true,
            (Some((best, _)), Anchored::First) => span.end < best.end,
            (Some((best, _)), Anchored::Last) => span.start > best.start,
            (Some(_), Anchored::Anywhere) => false,
        }
    }

    /// True if neither this span nor one that is further from the anchor can be in a shorter choice.
    fn is_beyond(&self, span: Span) -> bool {
        let is_shortest = self.best.as_ref().is_some_and(|(best, _)| match self.anchored {
            Anchored::Last => best.start >= self.bound,
            Anchored::First | Anchored::Anywhere => best.end <= self.bound,
        });
        is_shortest || !self.may_shorten(Span { end: span.start + 1, ..span })
    }

    /// Chooses a span for every part that has none yet, in every way that can be shorter than the best so far.
    fn fill(&mut self, chosen: &mut [Option<Span>], anchored: usize) {
        let Some(free) = chosen.iter().position(Option::is_none) else {
            let choice: Vec<Span> = chosen.iter().flatten().copied().collect();
            if choice.iter().all(|&span| self.may_shorten(span)) && self.nearness.admits(choice.iter().copied()) {
                self.best = hull(&choice).map(|hull| (hull, choice));
            }
            return;
        };
        // Parts with the same spans are interchangeable, so their spans are tried in one order only.
        let is_twin = |before: &usize| *before != anchored && self.classes[*before] == self.classes[free];
        let twin = (0..free).rev().find(is_twin).and_then(|twin| chosen[twin]);
        for candidate in self.candidates(free) {
            if self.left == 0 || self.is_beyond(candidate) {
                return;
            }
            self.left -= 1;
            let in_order = match self.anchored {
                Anchored::First => twin.is_none_or(|twin| twin < candidate),
                Anchored::Last => twin.is_none_or(|twin| twin > candidate),
                // On two sides the nearest of one part may stand on either.
                Anchored::Anywhere => true,
            };
            if !in_order || !self.may_shorten(candidate) || !self.may_join(chosen, free, candidate) {
                continue;
            }
            chosen[free] = Some(candidate);
            self.fill(chosen, anchored);
            chosen[free] = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(places: &[u32]) -> Vec<Span> {
        places.iter().map(|&start| Span { start, end: start + 1 }).collect()
    }

    fn chosen(parts: &[Vec<Span>], nearness: Nearness, stretches: &[u32], wanted: Choices) -> Vec<Vec<Span>> {
        let parts: Vec<&[Span]> = parts.iter().map(Vec::as_slice).collect();
        choose_near(&parts, nearness, Stretches(stretches), wanted)
    }

    fn starts(parts: &[&[u32]], nearness: Nearness, stretches: &[u32]) -> Vec<Vec<u32>> {
        let parts: Vec<Vec<Span>> = parts.iter().map(|part| words(part)).collect();
        let choices = chosen(&parts, nearness, stretches, Choices::Marked);
        choices.iter().map(|choice| choice.iter().map(|span| span.start).collect()).collect()
    }

    #[test]
    fn words_in_any_order_within_the_distance() {
        let near = |parts: &[&[u32]], distance| !starts(parts, Nearness::any_order(distance), &[]).is_empty();
        assert!(near(&[&[0], &[3]], 2));
        assert!(near(&[&[3], &[0]], 2));
        assert!(!near(&[&[0], &[4]], 2));
        // One word cannot stand for two.
        assert!(!near(&[&[5], &[5]], 9));
        assert!(near(&[&[5, 7], &[5, 7]], 1));
    }

    #[test]
    fn parts_in_order() {
        let before = |parts: &[&[u32]], distance| starts(parts, Nearness::of(Within::Units(distance), true), &[]);
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
    fn the_shortest_choice_from_and_up_to_each_span() {
        let near = |parts: &[Vec<Span>]| chosen(parts, Nearness::any_order(9), &[], Choices::Shortest);
        let hulls = |parts: &[Vec<Span>]| near(parts).iter().filter_map(|one| hull(one)).collect::<Vec<Span>>();
        // What is nearest to the first overlaps what is nearest of the third, so the second next of both is nearer.
        let pair = Span { start: 2, end: 4 };
        assert_eq!(hulls(&[words(&[0]), words(&[2, 6]), vec![pair]]), [Span { start: 0, end: 7 }]);
        let five = vec![pair, Span { start: 4, end: 5 }];
        assert!(hulls(&[words(&[0]), five, words(&[3, 9])]).contains(&Span { start: 0, end: 5 }));
        // A long span that begins earlier ends later.
        let long = vec![Span { start: 2, end: 8 }, Span { start: 3, end: 4 }];
        let near = near(&[words(&[0]), long]);
        assert!(near.contains(&vec![Span { start: 0, end: 1 }, Span { start: 3, end: 4 }]), "{near:?}");
    }

    #[test]
    fn parts_in_one_stretch() {
        let sentence = Nearness::of(Within::Sentence, false);
        let stretches = &[10, 20, 900];
        assert_eq!(starts(&[&[3], &[9]], sentence, stretches), [[3, 9]]);
        assert!(starts(&[&[9], &[10]], sentence, stretches).is_empty());
        assert_eq!(starts(&[&[9, 19], &[10, 899], &[11]], sentence, stretches), [[19, 10, 11]]);
        assert_eq!(starts(&[&[899], &[20]], sentence, stretches), [[899, 20]]);
        // Every span of a stretch that has all of them is chosen, also one in the middle.
        let all: Vec<u32> = starts(&[&[30, 32], &[31], &[33]], sentence, stretches).concat();
        assert!([30, 31, 32, 33].iter().all(|span| all.contains(span)));
        assert_eq!(starts(&[&[30, 31], &[30, 31], &[30, 31]], sentence, stretches), [[0; 3]; 0]);
        // A span that reaches into the next stretch is in none.
        let across = [vec![Span { start: 9, end: 11 }], words(&[8, 11])];
        assert!(chosen(&across, sentence, stretches, Choices::Marked).is_empty());
    }

    #[test]
    fn every_span_that_is_near_is_chosen_once() {
        let parts = [words(&[1, 2]), words(&[4, 5, 50])];
        let choices = chosen(&parts, Nearness::any_order(3), &[], Choices::Marked);
        let mut spans: Vec<Span> = choices.concat();
        spans.sort_unstable();
        spans.dedup();
        assert_eq!(spans, words(&[1, 2, 4, 5]));
    }
}
