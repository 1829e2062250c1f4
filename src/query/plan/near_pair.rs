//! Two parts near each other, which is what is asked nearly always: where the shortest choices of them stand, without a list for each
//! choice.

use crate::query::plan::near::{Choices, MAX_STEPS, choose_near};
use crate::query::plan::span::{Span, Stretches, hull, longest};
use crate::query::syntax::{Nearness, Within};

/// Adds the hulls of the shortest choices that the rule of nearness admits, as [`choose_near`] finds them, in any order.
pub(crate) fn add_hulls(parts: &[&[Span]], nearness: Nearness, stretches: Stretches<'_>, hulls: &mut Vec<Span>) {
    let [one, other] = parts else {
        let choices = choose_near(parts, nearness, stretches, Choices::Shortest);
        hulls.extend(choices.iter().filter_map(|choice| hull(choice)));
        return;
    };
    let reach = match nearness.within {
        Within::Units(distance) => Some(distance + longest(one) + longest(other)),
        Within::Sentence | Within::Paragraph => None,
    };
    let room = |anchor: Span| match reach {
        Some(reach) => Some(Span { start: anchor.end.saturating_sub(reach), end: anchor.start + reach }),
        None => stretches.around(anchor),
    };
    for &anchor in *one {
        if let Some(room) = room(anchor) {
            hulls.extend(shortest_from(anchor, other, room, nearness));
            if !nearness.in_order {
                hulls.extend(shortest_up_to(anchor, other, room, nearness));
            }
        }
    }
    // The same spans would give the same choices again.
    if !nearness.in_order && one == other {
        return;
    }
    for &anchor in *other {
        if let Some(room) = room(anchor) {
            hulls.extend(shortest_up_to(anchor, one, room, nearness));
            if !nearness.in_order {
                hulls.extend(shortest_from(anchor, one, room, nearness));
            }
        }
    }
}

/// The hull of a span and the one after it that ends first.
fn shortest_from(anchor: Span, others: &[Span], room: Span, nearness: Nearness) -> Option<Span> {
    let after = &others[others.partition_point(|other| other.start < anchor.end)..];
    let mut best: Option<Span> = None;
    let inside = after.iter().take_while(|other| other.start < room.end).filter(|other| other.end <= room.end);
    for other in inside.take(MAX_STEPS as usize) {
        if best.is_some_and(|best| other.start + 1 >= best.end) {
            break;
        }
        if best.is_none_or(|best| other.end < best.end) && nearness.admits([anchor, *other].into_iter()) {
            best = Some(Span { start: anchor.start, end: other.end });
        }
    }
    best
}

/// The hull of a span and the one before it that starts last.
fn shortest_up_to(anchor: Span, others: &[Span], room: Span, nearness: Nearness) -> Option<Span> {
    let before = &others[..others.partition_point(|other| other.start < anchor.start)];
    let inside = before.iter().rev().take_while(|other| other.start >= room.start);
    let mut apart = inside.filter(|other| other.end <= anchor.start).take(MAX_STEPS as usize);
    let other = apart.find(|other| nearness.admits([**other, anchor].into_iter()))?;
    Some(Span { start: other.start, end: anchor.end })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        let span = (0..40_u32, 1..4_u32).prop_map(|(start, length)| Span { start, end: start + length });
        proptest::collection::btree_set(span, 0..8).prop_map(|spans| spans.into_iter().collect())
    }

    proptest! {
        #[test]
        fn hulls_of_two_parts_are_those_of_the_choices(
            one in spans(),
            other in spans(),
            is_same in proptest::bool::weighted(0.2),
            in_order: bool,
            within in prop_oneof![
                (0..12_u32).prop_map(Within::Units),
                Just(Within::Sentence),
                Just(Within::Paragraph),
            ],
            stretches in proptest::collection::btree_set(0..44_u32, 0..6),
        ) {
            let stretches: Vec<u32> = stretches.into_iter().collect();
            let (nearness, stretches) = (Nearness::of(within, in_order), Stretches(&stretches));
            let parts = [&one[..], if is_same { &one } else { &other }];
            let choices = choose_near(&parts, nearness, stretches, Choices::Shortest);
            let mut expected: Vec<Span> = choices.iter().filter_map(|choice| hull(choice)).collect();
            let mut hulls = Vec::new();
            add_hulls(&parts, nearness, stretches, &mut hulls);
            for hulls in [&mut expected, &mut hulls] {
                hulls.sort_unstable();
                hulls.dedup();
            }
            prop_assert_eq!(hulls, expected);
        }
    }
}
