//! Matching of the negated operators of place, as `a NOT NEAR/5 b`: spans that have none of others near them. The engine and the
//! highlighter use the same rule.

use crate::query::plan::span::{Span, Stretches, longest};
use crate::query::syntax::{Nearness, Within};

/// The spans that have none of the `others` as near as the rule, taken without its negation, admits. What overlaps a span is near it,
/// unless it is the same span or the order counts. All spans must be sorted.
pub(crate) fn spans_apart(
    spans: &[Span],
    others: &[&[Span]],
    nearness: Nearness,
    stretches: Stretches<'_>,
) -> Vec<Span> {
    let longest: Vec<u32> = others.iter().map(|other| longest(other)).collect();
    let is_alone = |span: &&Span| {
        let span = **span;
        let room = match nearness.within {
            Within::Units(distance) => Span { start: span.start.saturating_sub(distance), end: span.end + distance },
            Within::Sentence | Within::Paragraph => match stretches.around(span) {
                Some(stretch) => stretch,
                None => return true,
            },
        };
        others.iter().zip(&longest).all(|(other, &longest)| {
            let from = other.partition_point(|other| other.start + longest < room.start);
            let near = other[from..].iter().take_while(|other| other.start <= room.end);
            !{ near }.any(|&other| is_near(span, other, room, nearness))
        })
    };
    spans.iter().filter(is_alone).copied().collect()
}

/// True if a span is near another, which may be near in `room`.
fn is_near(span: Span, other: Span, room: Span, nearness: Nearness) -> bool {
    let reaches = match nearness.within {
        Within::Units(_) => other.start <= room.end && other.end >= room.start,
        Within::Sentence | Within::Paragraph => other.start >= room.start && other.end <= room.end,
    };
    reaches && if nearness.in_order { other.start >= span.end } else { other != span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(places: &[u32]) -> Vec<Span> {
        places.iter().map(|&start| Span { start, end: start + 1 }).collect()
    }

    #[test]
    fn spans_with_none_of_others_near() {
        let apart = |spans: &[u32], others: &[Span], nearness: Nearness| -> Vec<u32> {
            let found = spans_apart(&words(spans), &[others], nearness.not(), Stretches(&[10, 20]));
            found.iter().map(|span| span.start).collect()
        };
        let near = |distance| Nearness::any_order(distance);
        assert_eq!(apart(&[0, 5, 9], &words(&[7]), near(1)), [0]);
        assert_eq!(apart(&[0, 5, 9], &words(&[7]), near(0)), [0, 5, 9]);
        assert_eq!(apart(&[0, 6], &[], near(9)), [0, 6]);
        // What contains a span is near it; the span itself is not another one.
        assert_eq!(apart(&[4, 30], &[Span { start: 4, end: 6 }], near(0)), [30]);
        assert_eq!(apart(&[4, 30], &[Span { start: 0, end: 9 }], near(0)), [30]);
        assert_eq!(apart(&[4, 30], &words(&[4, 30]), near(24)), [4, 30]);
        assert_eq!(apart(&[4, 30], &words(&[4, 30]), near(25)), [0; 0]);
        let before = Nearness::of(Within::Units(2), true);
        assert_eq!(apart(&[4, 9], &words(&[6]), before), [9]);
        let sentence = Nearness::of(Within::Sentence, false);
        assert_eq!(apart(&[4, 12, 19, 20], &words(&[10, 25]), sentence), [4]);
    }
}
