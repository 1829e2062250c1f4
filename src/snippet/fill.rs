//! Filling: uses the rest of the column budget. In: windows around matches. Out: fragments as wide as fits.
//!
//! Every window first grows to whole words, clauses and sentences; then gaps between windows are closed; then the
//! neighbouring sentences are added, or if these do not fit some of their clauses.

use crate::snippet::fragment::{EDGE_COLUMNS, Fragment, GAP_COLUMNS};
use crate::snippet::layout::{Cuts, Layout, Span};
use crate::text::document::ByteRange;

/// Least width in columns at which part of a neighbouring sentence is worth showing without the rest.
const MIN_ADDED_COLUMNS: usize = 20;

/// The unit that a window grows to.
enum Level {
    Words,
    Clauses,
    Sentences,
}

/// The spans of a text that are shown, while they grow.
pub(crate) struct Shown<'a> {
    layout: &'a Layout<'a>,
    pub(crate) columns: usize,
    /// Spans in the order of the text, without white space at the ends, and separated by more than white space.
    pub(crate) spans: Vec<Span>,
    /// A place in each of the initial windows, the best window first.
    anchors: Vec<usize>,
}

impl<'a> Shown<'a> {
    /// Starts with `windows`, which are disjoint, the best first, each with more than white space in it. `columns` is
    /// the budget for them and the gaps.
    pub(crate) fn new(layout: &'a Layout<'a>, columns: usize, windows: Vec<Span>) -> Shown<'a> {
        let anchors = windows.iter().map(|&window| layout.trimmed(window).start).collect();
        let spans = joined(layout, windows);
        Shown { layout, columns, spans, anchors }
    }

    /// True if everything shown fits the budget.
    pub(crate) fn fits(&self) -> bool {
        self.used(&self.spans) <= self.columns
    }

    /// Widens the windows as long as they fit.
    pub(crate) fn fill(&mut self) {
        let anchors = self.anchors.clone();
        // Each window gets its share, and what the windows before it left of theirs.
        for (done, &anchor) in anchors.iter().enumerate() {
            let used = self.used(&self.spans);
            let share = self.columns.saturating_sub(used) / (anchors.len() - done);
            self.complete(anchor, used + share);
        }
        for &anchor in &anchors {
            self.complete(anchor, self.columns);
        }
        self.close_gaps();
        let layout = self.layout;
        for &anchor in &anchors {
            self.creep(anchor, &layout.sentences, layout.whole(), self.columns);
            self.add_clauses(anchor, |span| Span { end: layout.clauses.after(layout.next_ink(span.end) + 1), ..span });
            self.add_clauses(anchor, |span| Span {
                start: layout.clauses.before(span.start.saturating_sub(1)),
                ..span
            });
        }
    }

    /// The fragments that are shown, as byte ranges.
    pub(crate) fn fragments(&self) -> Vec<Fragment> {
        let layout = self.layout;
        let fragment = |span: &Span| Fragment {
            range: ByteRange::new(layout.byte(span.start), layout.byte(span.end)),
            cut_before: layout.next_ink(0) < span.start,
            cut_after: layout.next_ink(span.end) < layout.whole().end,
        };
        self.spans.iter().map(fragment).collect()
    }

    /// Width in columns of some spans with their gaps.
    fn used(&self, spans: &[Span]) -> usize {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
            return 0;
        };
        let layout = self.layout;
        let edges =
            usize::from(layout.next_ink(0) < first.start) + usize::from(layout.next_ink(last.end) < layout.whole().end);
        let text: usize = spans.iter().map(|&span| layout.width(span)).sum();
        text + edges * EDGE_COLUMNS + (spans.len() - 1) * GAP_COLUMNS
    }

    fn around(&self, anchor: usize) -> Span {
        let index = self.spans.partition_point(|span| span.end <= anchor);
        self.spans.get(index).copied().unwrap_or(Span { start: anchor, end: anchor })
    }

    /// Adds a span if that shows more of the text, and everything then takes at most `limit` columns. Returns whether
    /// it was added.
    fn show(&mut self, span: Span, limit: usize) -> bool {
        let mut spans = self.spans.clone();
        spans.push(span);
        let spans = joined(self.layout, spans);
        if spans == self.spans || self.used(&spans) > limit {
            return false;
        }
        self.spans = spans;
        true
    }

    /// Grows the span around an anchor to whole words, clauses and sentences; where one does not fit, to as many of its
    /// parts as do.
    fn complete(&mut self, anchor: usize, limit: usize) {
        let layout = self.layout;
        for level in [Level::Words, Level::Clauses, Level::Sentences] {
            let span = self.around(anchor);
            let whole = match level {
                Level::Words => layout.words_around(span),
                Level::Clauses => layout.clauses.around(span),
                Level::Sentences => layout.sentences.around(span),
            };
            if layout.trimmed(whole) == span || self.show(whole, limit) {
                continue;
            }
            let parts = match level {
                Level::Words => &layout.clusters,
                Level::Clauses => layout.words(),
                Level::Sentences => &layout.clauses,
            };
            self.creep(anchor, parts, whole, limit);
            return;
        }
    }

    /// Adds units between `cuts` one by one on both sides of the span around an anchor, but not beyond `within`.
    fn creep(&mut self, anchor: usize, cuts: &Cuts, within: Span, limit: usize) {
        let (mut goes_back, mut goes_on) = (true, true);
        while goes_back || goes_on {
            let span = self.around(anchor);
            if goes_back {
                let start = cuts.before(span.start.saturating_sub(1));
                goes_back = start >= within.start && self.show(Span { start, end: span.end }, limit);
            }
            let span = self.around(anchor);
            if goes_on {
                let end = cuts.after(self.layout.next_ink(span.end) + 1);
                goes_on = end <= within.end && self.show(Span { start: span.start, end }, limit);
            }
        }
    }

    /// Adds clauses of a neighbouring sentence that does not fit as a whole, unless only a word or two of it would be added.
    fn add_clauses(&mut self, anchor: usize, with_next: impl Fn(Span) -> Span) {
        let before = self.around(anchor);
        let mut after = before;
        loop {
            let wider = self.layout.trimmed(with_next(after));
            let spans = joined(self.layout, [self.spans.as_slice(), &[wider]].concat());
            if wider == after || self.used(&spans) > self.columns {
                break;
            }
            after = wider;
        }
        if self.layout.width(after) >= self.layout.width(before) + MIN_ADDED_COLUMNS {
            self.show(after, self.columns);
        }
    }

    /// Closes gaps between fragments, the narrowest first, as long as they fit.
    fn close_gaps(&mut self) {
        loop {
            let gaps = self.spans.windows(2).map(|pair| Span { start: pair[0].end, end: pair[1].start });
            let Some(gap) = gaps.min_by_key(|&gap| self.layout.width(gap)) else {
                return;
            };
            if !self.show(gap, self.columns) {
                return;
            }
        }
    }
}

/// Merges spans: in the order of the text, without white space at the ends; those with nothing but white space between
/// them become one.
fn joined(layout: &Layout<'_>, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| span.start);
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().map(|span| layout.trimmed(span)).filter(|span| span.start < span.end) {
        match joined.last_mut() {
            Some(last) if layout.next_ink(last.end) >= span.start => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}
