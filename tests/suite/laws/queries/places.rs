//! Random operators of place, and beginnings of articles.

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::query::{Extent, Nearness, QueryAst, Within};

use super::vocabulary::{Vocabulary, is_blank};

impl Vocabulary {
    /// Words, phrases, and alternatives, near each other or not, by any rule.
    pub(in crate::laws) fn near(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let nearness = (nearness(), prop::bool::weighted(0.2));
        self.near_by(nearness.prop_map(|(nearness, negated)| if negated { nearness.not() } else { nearness }))
    }

    /// The same by a rule; often ones that stand together somewhere.
    pub(in crate::laws) fn near_by<S: Strategy<Value = Nearness>>(
        &self,
        nearness: S,
    ) -> impl Strategy<Value = QueryAst> + use<S> {
        let single = || {
            prop_oneof![
                4 => self.word().prop_map(QueryAst::Word),
                2 => self.phrase().prop_map(QueryAst::Phrase),
                1 => self.prefix(),
                1 => self.wildcard(),
                1 => self.exact(),
                1 => self.quantity(),
                1 => self.caps(),
            ]
        };
        let alternatives = || proptest::collection::vec(single(), 2..4).prop_map(QueryAst::Or);
        let any = || prop_oneof![3 => single(), 1 => alternatives()];
        let parts = proptest::collection::vec(any(), 2..4);
        let of_phrase = || {
            self.phrase().prop_filter_map("one word", |phrase| {
                let words: Vec<QueryAst> = phrase
                    .split_whitespace()
                    .filter(|word| !is_blank(word))
                    .map(|word| QueryAst::Phrase(word.to_owned()))
                    .collect();
                (words.len() > 1).then(|| words.into_iter().rev().take(3).collect::<Vec<QueryAst>>())
            })
        };
        let with_more = (of_phrase(), any()).prop_map(|(mut parts, more)| {
            parts.truncate(2);
            let last = parts.len() - 1;
            parts[last] = QueryAst::Or(vec![parts[last].clone(), more]);
            parts
        });
        (prop_oneof![2 => parts, 3 => of_phrase(), 2 => with_more], nearness, prop::bool::weighted(0.8)).prop_map(
            |(mut operands, nearness, reversed)| {
                // The words of a phrase are reversed above; in the order of the phrase, most of the ordered ones find something.
                if nearness.in_order && reversed {
                    operands.reverse();
                }
                QueryAst::Near { operands, nearness }
            },
        )
    }
}

/// The rule of an operator of place, not negated.
pub(in crate::laws) fn nearness() -> impl Strategy<Value = Nearness> {
    prop_oneof![
        3 => distance().prop_map(Nearness::any_order),
        3 => distance().prop_map(|distance| Nearness::of(Within::Units(distance), true)),
        2 => Just(Nearness::of(Within::Sentence, false)),
        1 => Just(Nearness::of(Within::Paragraph, false)),
    ]
}

pub(in crate::laws) fn distance() -> impl Strategy<Value = u32> {
    select(vec![0, 0, 1, 2, 3, 5, 10, 30, 99])
}

/// The lead, or the first words of a text.
pub(in crate::laws) fn extent() -> impl Strategy<Value = Extent> {
    prop_oneof![1 => Just(Extent::Lead), 1 => first_words()]
}

/// Some of the first passage, and as many as reach into the ones behind it.
pub(in crate::laws) fn first_words() -> impl Strategy<Value = Extent> {
    select(vec![1, 5, 20, 50, 120, 200, 10_000]).prop_map(Extent::First)
}
