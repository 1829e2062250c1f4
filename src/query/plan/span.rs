//! Spans of units, and the stretches of a text (its sentences, its paragraphs) that they stand in.

/// A span of units (words or CJK characters) of a text: `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub(crate) fn len(self) -> u32 {
        self.end - self.start
    }
}

/// The smallest span that covers all of `spans`; `None` if there are none.
pub(crate) fn hull(spans: &[Span]) -> Option<Span> {
    let start = spans.iter().map(|span| span.start).min()?;
    let end = spans.iter().map(|span| span.end).max()?;
    Some(Span { start, end })
}

/// Where the stretches of a text begin that an operator must not leave: its sentences or its paragraphs. Positions in order;
/// what stands before the first is a stretch too.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stretches<'a>(pub(crate) &'a [u32]);

impl Stretches<'_> {
    /// The stretch around a span; `None` if the span reaches from one into the next.
    pub(crate) fn around(self, span: Span) -> Option<Span> {
        let next = self.0.partition_point(|&start| start <= span.start);
        let end = self.0.get(next).copied().unwrap_or(u32::MAX);
        let start = next.checked_sub(1).map_or(0, |before| self.0[before]);
        (span.end <= end).then_some(Span { start, end })
    }
}

/// The length of the longest of some spans.
pub(crate) fn longest(spans: &[Span]) -> u32 {
    spans.iter().map(|span| span.len()).max().unwrap_or(0)
}
