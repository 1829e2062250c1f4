//! Fragment choice: which fragments of a passage are shown. In: a text, its matches, and a budget of terminal columns.
//! Out: up to [`MAX_FRAGMENTS`] fragments that contain as many and as different matches as fit.
//!
//! One, two and three fragments are tried. Each starts as the best window of whole clauses, for a share of the budget;
//! then `fill` widens them while there is room. Everything is linear in the text, except for look-ups of cuts.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::snippet::columns::columns_of;
use crate::snippet::fill::Shown;
use crate::snippet::fragment::{EDGE_COLUMNS, Fragment, GAP_COLUMNS, MAX_FRAGMENTS};
use crate::snippet::layout::{Layout, Span};
use crate::text::document::ByteRange;

/// Least width in columns that each fragment must be able to have; otherwise fewer are shown.
const MIN_FRAGMENT_COLUMNS: usize = 30;

/// A match, with the number of its string among the different strings.
struct Mark {
    span: Span,
    string: usize,
}

/// Chooses the fragments of a text to show on `columns` terminal columns, in the order of the text; at least one.
/// `matches` must be sorted and disjoint.
///
/// Fragments and the gap marks ([`GAP`](crate::snippet::GAP)) between and around them take at most `columns`, unless
/// that is not enough for the first grapheme cluster of a match (or of the text) and two gap marks. Fragments are
/// separated by more than white space. A text that fits is shown whole. Each fragment contains a match; a match that is
/// wider than the budget is shown from its start. A text without matches is shown from its start.
pub fn choose_fragments(text: &str, matches: &[ByteRange], columns: usize) -> Vec<Fragment> {
    let whole = Fragment::whole(text);
    if whole.range.is_empty() || columns_of(whole.range.slice(text)) <= columns {
        return vec![whole];
    }
    let layout = Layout::new(text);
    let marks = marks_of(text, &layout, matches);
    let Some(first) = marks.first() else {
        return Shown::new(&layout, columns, vec![beginning(&layout, columns)]).fragments();
    };
    let most = most_worth(&marks);
    let mut best: Option<(Worth, Shown<'_>)> = None;
    for count in 1..=MAX_FRAGMENTS {
        let room = columns.saturating_sub(dots(count)) / count;
        if count > 1 && room < MIN_FRAGMENT_COLUMNS {
            break;
        }
        let mut windows = best_windows(&layout, &marks, columns, count);
        if windows.is_empty() {
            windows.push(start_of(&layout, first.span, columns));
        }
        let mut shown = Shown::new(&layout, columns, windows.clone());
        // Windows with only white space between them are shown as one, which may be too wide.
        while windows.len() > 1 && !shown.fits() {
            windows.pop();
            shown = Shown::new(&layout, columns, windows.clone());
        }
        shown.fill();
        let worth = worth(&layout, &marks, &shown);
        if worth == most {
            return shown.fragments();
        }
        // Of equal worth, fewer fragments read better.
        if best.as_ref().is_none_or(|(least, _)| worth > *least) {
            best = Some((worth, shown));
        }
    }
    best.map_or_else(|| vec![whole], |(_, shown)| shown.fragments())
}

/// Greatest width in columns of the gap marks of `count` fragments.
fn dots(count: usize) -> usize {
    2 * EDGE_COLUMNS + GAP_COLUMNS * (count - 1)
}

fn marks_of(text: &str, layout: &Layout<'_>, matches: &[ByteRange]) -> Vec<Mark> {
    let mut strings = HashMap::new();
    let mut marks = Vec::with_capacity(matches.len());
    for range in matches {
        let span = layout.span_of(range.start, range.end);
        if span.start == span.end {
            continue;
        }
        let new = strings.len();
        let string = *strings.entry(range.slice(text).to_lowercase()).or_insert(new);
        marks.push(Mark { span, string });
    }
    marks
}

/// The worth of fragments, compared by the fields in this order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    /// Number of different strings that they show, less one for each fragment that breaks a clause that would fit.
    strings: usize,
    /// Number of fragments that break such a clause.
    broken: Reverse<usize>,
    /// Number of matches that they show.
    matches: usize,
}

fn worth(layout: &Layout<'_>, marks: &[Mark], shown: &Shown<'_>) -> Worth {
    let mut known = HashSet::new();
    let mut count = 0;
    let mut spans = shown.spans.iter().peekable();
    for mark in marks {
        while spans.next_if(|span| span.end < mark.span.end).is_some() {}
        if spans.peek().is_some_and(|span| span.holds(mark.span)) {
            count += 1;
            known.insert(mark.string);
        }
    }
    let is_broken = |span: &&Span| {
        [span.start, span.end - 1].into_iter().any(|place| {
            let clause = layout.trimmed(layout.clauses.around(Span { start: place, end: place + 1 }));
            !span.holds(clause) && layout.width(clause) + dots(1) <= shown.columns
        })
    };
    let broken = shown.spans.iter().filter(is_broken).count();
    Worth { strings: known.len().saturating_sub(broken), broken: Reverse(broken), matches: count }
}

/// The worth of fragments that show every match and break no clause.
fn most_worth(marks: &[Mark]) -> Worth {
    let strings = marks.iter().map(|mark| mark.string + 1).max().unwrap_or(0);
    Worth { strings, broken: Reverse(0), matches: marks.len() }
}

/// The best windows for `count` fragments, the best first: each the best of what the ones before it left. Empty if
/// every match is too wide.
fn best_windows(layout: &Layout<'_>, marks: &[Mark], columns: usize, count: usize) -> Vec<Span> {
    let mut windows: Vec<Span> = Vec::new();
    let mut free = vec![true; marks.len()];
    let mut known = vec![false; marks.len()];
    for round in 0..count {
        let used: usize = windows.iter().map(|&window| layout.width(window)).sum();
        let room = columns.saturating_sub(dots(count) + used) / (count - round);
        let Some(mut window) = best_window(layout, marks, &free, &known, room) else {
            break;
        };
        // Two windows may come from one clause that is too wide.
        for other in &windows {
            if other.start <= window.start {
                window.start = window.start.max(other.end);
            } else {
                window.end = window.end.min(other.start);
            }
        }
        for (mark, is_free) in marks.iter().zip(&mut free) {
            *is_free &= mark.span.end <= window.start || window.end <= mark.span.start;
            known[mark.string] |= window.holds(mark.span);
        }
        windows.push(window);
    }
    windows
}

/// The window of at most `room` columns with the most strings that are not yet known, then with the most matches, then
/// the earliest. A window is made of whole clauses; within a clause that is too wide, of whole words; failing that, it
/// is a bare match.
fn best_window(layout: &Layout<'_>, marks: &[Mark], free: &[bool], known: &[bool], room: usize) -> Option<Span> {
    let fits = |span: Span| layout.width(span) <= room;
    let mut best: Option<((usize, usize), Span)> = None;
    // Marks from `first` to before `next` are in the window. `next` never has to go back: a window of words stays in
    // its clause, so whatever it holds also fits one that begins later.
    let mut next = 0;
    let mut counts = vec![0_usize; marks.len()];
    let mut new_strings = 0;
    for first in 0..marks.len() {
        next = next.max(first);
        let span = marks[first].span;
        let clauses = layout.clauses.around(span);
        let words = if fits(clauses) { clauses } else { layout.words_around(span) };
        let until = |last: usize| Span { start: span.start, end: marks[last].span.end };
        let window = |last: usize| -> Option<Span> {
            if fits(clauses) {
                return Some(layout.clauses.around(until(last))).filter(|&window| fits(window));
            }
            if fits(words) {
                let window = layout.words_around(until(last));
                return Some(window).filter(|&window| fits(window) && clauses.holds(until(last)));
            }
            Some(span).filter(|&window| fits(window) && last == first)
        };
        while next < marks.len() && free[next] && window(next).is_some() {
            let string = marks[next].string;
            counts[string] += 1;
            new_strings += usize::from(counts[string] == 1 && !known[string]);
            next += 1;
        }
        if next == first {
            continue;
        }
        let value = (new_strings, next - first);
        if best.is_none_or(|(most, _)| value > most) {
            best = window(next - 1).map(|window| (value, window)).or(best);
        }
        let string = marks[first].string;
        counts[string] -= 1;
        new_strings -= usize::from(counts[string] == 0 && !known[string]);
    }
    best.map(|(_, window)| window)
}

/// As much as fits of a match that is too wide; at least a grapheme cluster.
fn start_of(layout: &Layout<'_>, span: Span, columns: usize) -> Span {
    if Shown::new(layout, columns, vec![span]).fits() {
        return span;
    }
    let is_cut_before = layout.next_ink(0) < span.start;
    let dots = if is_cut_before { 2 * EDGE_COLUMNS } else { EDGE_COLUMNS };
    let room = columns.saturating_sub(dots);
    let end = layout.reach(span.start, room).clamp(span.start + 1, span.end);
    Span { start: span.start, end: at_word_end(layout, span.start, end, room) }
}

/// The beginning of a text that does not fit: up to a sentence end in the last third of the budget, or else a clause
/// end, or else a word end.
fn beginning(layout: &Layout<'_>, columns: usize) -> Span {
    let start = layout.next_ink(0);
    let room = columns.saturating_sub(EDGE_COLUMNS);
    let end = layout.reach(start, room).max(start + 1);
    let near = |end: usize| end > start && layout.width(Span { start, end }) >= room - room / 3;
    let natural = [&layout.sentences, &layout.clauses].map(|cuts| cuts.before(layout.next_ink(end)));
    let natural = natural.into_iter().find(|&end| near(end));
    Span { start, end: natural.unwrap_or_else(|| at_word_end(layout, start, end, room)) }
}

/// The last word end up to `end`, or `end` itself if that is not in the second half of the budget.
fn at_word_end(layout: &Layout<'_>, start: usize, end: usize, room: usize) -> usize {
    let word_end = layout.words().before(layout.next_ink(end));
    let is_near = word_end > start && layout.width(Span { start, end: word_end }) >= room / 2;
    if is_near { word_end.min(layout.next_ink(end)) } else { end }
}
