//! Where something stands, and what stands near what, by trying every choice.

use std::collections::HashMap;

use tradewire::internals::document::ByteRange;
use tradewire::internals::query::{Nearness, Within};

use super::text::Unit;

/// Where something stands, in units, and the bytes of it that are to be marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The sentence that it stands in, if it is one.
    sentence: Option<usize>,
    paragraph: Option<usize>,
    /// The number of its last unit in the text.
    pub(super) last_unit: usize,
    pub(super) parts: Vec<ByteRange>,
}

impl Found {
    fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

/// What stands at some units that follow each other, with the bytes to mark.
pub(super) fn found_at(units: &[Unit], bytes: ByteRange) -> Found {
    let (first, last) = (&units[0], &units[units.len() - 1]);
    Found {
        start: first.place,
        end: last.place + 1,
        sentence: (first.sentence == last.sentence).then_some(first.sentence),
        paragraph: (first.paragraph == last.paragraph).then_some(first.paragraph),
        last_unit: last.place - last.paragraph,
        parts: vec![bytes],
    }
}

/// True if something stands so near another as a rule without its negation says. What overlaps is near, unless it is the same
/// place or an order is asked for.
pub(super) fn is_so_near(one: &Found, other: &Found, nearness: Nearness) -> bool {
    let is_within = match nearness.within {
        Within::Units(distance) => {
            let between =
                if other.start >= one.end { other.start - one.end } else { one.start.saturating_sub(other.end) };
            between <= distance as usize
        }
        Within::Sentence => one.sentence.is_some() && one.sentence == other.sentence,
        Within::Paragraph => one.paragraph.is_some() && one.paragraph == other.paragraph,
    };
    is_within && one.place() != other.place() && (!nearness.in_order || other.start >= one.end)
}

/// Things that stand near each other: one of each part, in the order of the parts.
pub(super) struct Choice<'a>(Vec<&'a Found>);

impl Choice<'_> {
    /// The choice as one thing, from its first to its last unit.
    pub(super) fn whole(&self) -> Found {
        let mut parts: Vec<ByteRange> = self.0.iter().flat_map(|one| one.parts.iter().copied()).collect();
        parts.sort_unstable();
        Found {
            start: self.start(),
            end: self.end(),
            sentence: self.shared(|one| one.sentence),
            paragraph: self.shared(|one| one.paragraph),
            last_unit: self.0.iter().map(|one| one.last_unit).max().unwrap_or(0),
            parts,
        }
    }

    fn start(&self) -> usize {
        self.0.iter().map(|one| one.start).min().unwrap_or(0)
    }

    fn end(&self) -> usize {
        self.0.iter().map(|one| one.end).max().unwrap_or(0)
    }

    /// The sentence or paragraph that all of it stands in.
    fn shared(&self, stretch: fn(&Found) -> Option<usize>) -> Option<usize> {
        let first = self.0.first().and_then(|one| stretch(one));
        first.filter(|_| self.0.iter().all(|one| stretch(one) == first))
    }

    /// Which part stands first, and where.
    fn first(&self) -> Option<(usize, (usize, usize))> {
        self.0.iter().map(|one| one.place()).enumerate().min_by_key(|&(_, place)| place)
    }

    fn last(&self) -> Option<(usize, (usize, usize))> {
        self.0.iter().map(|one| one.place()).enumerate().max_by_key(|&(_, place)| place)
    }
}

/// Every choice of one of each, none over another, with at most so many units between them in all, or in one sentence or paragraph.
pub(super) fn near(parts: &[Vec<Found>], nearness: Nearness) -> Vec<Choice<'_>> {
    let mut found = Vec::new();
    let room: Vec<usize> =
        parts.iter().map(|part| part.iter().map(|found| found.end - found.start).max().unwrap_or(0)).collect();
    if parts.iter().all(|part| !part.is_empty()) {
        choose(parts, &room, nearness, &mut Choice(Vec::new()), &mut found);
    }
    found
}

/// Of some choices the shortest of those that begin alike, and of those that end alike: what they stand for in another operator.
pub(super) fn shortest(choices: &[Choice<'_>]) -> Vec<Found> {
    let (mut ends, mut starts) = (HashMap::new(), HashMap::new());
    for choice in choices {
        let end = ends.entry(choice.first()).or_insert(choice.end());
        *end = choice.end().min(*end);
        let start = starts.entry(choice.last()).or_insert(choice.start());
        *start = choice.start().max(*start);
    }
    let is_shortest = |one: &&Choice<'_>| ends[&one.first()] == one.end() || starts[&one.last()] == one.start();
    choices.iter().filter(is_shortest).map(Choice::whole).collect()
}

fn choose<'a>(
    parts: &'a [Vec<Found>],
    room: &[usize],
    nearness: Nearness,
    chosen: &mut Choice<'a>,
    found: &mut Vec<Choice<'a>>,
) {
    let number = chosen.0.len();
    let taken: usize = chosen.0.iter().map(|one| one.end - one.start).sum();
    let free: usize = room[number..].iter().sum();
    let is_within = match nearness.within {
        _ if number == 0 => true,
        Within::Units(distance) => chosen.end() - chosen.start() <= taken + free + distance as usize,
        Within::Sentence => chosen.shared(|one| one.sentence).is_some(),
        Within::Paragraph => chosen.shared(|one| one.paragraph).is_some(),
    };
    if !is_within {
        return;
    }
    if number == parts.len() {
        found.push(Choice(chosen.0.clone()));
        return;
    }
    for one in &parts[number] {
        let stands = |other: &&Found| other.end <= one.start || (!nearness.in_order && one.end <= other.start);
        if chosen.0.iter().all(stands) {
            chosen.0.push(one);
            choose(parts, room, nearness, chosen, found);
            chosen.0.pop();
        }
    }
}

/// Overlapping ranges as one; those that touch stay apart.
pub(in crate::laws) fn merged(mut ranges: Vec<ByteRange>) -> Vec<ByteRange> {
    ranges.sort_unstable();
    let mut merged: Vec<ByteRange> = Vec::new();
    for range in ranges {
        match merged.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}
