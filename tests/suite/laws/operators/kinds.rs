//! Random leaves of each operator by itself, and how many of each were compared.

use proptest::prelude::*;
use tradewire::internals::analysis::{Segmented, UnitKind};
use tradewire::internals::query::{Extent, Nearness, QueryAst, WantedKind, Within};

use super::{Count, Oracle};
use crate::laws::queries::{Vocabulary, distance, first_words, is_blank};

/// A kind of leaf, by the operator as it is typed.
pub(super) type Kind = (&'static str, BoxedStrategy<QueryAst>);

/// The operator of a leaf.
pub(super) fn operator(leaf: &QueryAst) -> &'static str {
    match leaf {
        QueryAst::Word(_) => "word",
        QueryAst::Phrase(_) => "phrase",
        QueryAst::Proximity { .. } => "phrase~n",
        QueryAst::Prefix(_) => "prefix*",
        QueryAst::Fuzzy { .. } => "fuzzy~",
        QueryAst::Exact(_) => "=exact",
        QueryAst::Wildcard(_) => "w?ldcard",
        QueryAst::Caps(_) => "caps:",
        QueryAst::Quantity(wanted) if wanted.kind == WantedKind::Percent => "percent:",
        QueryAst::Quantity(_) => "amount:",
        QueryAst::AtLeast { .. } => "ATLEAST/n",
        QueryAst::Within { extent: Extent::Lead, .. } => "lead:",
        QueryAst::Within { extent: Extent::First(_), .. } => "FIRST/n",
        QueryAst::Near { nearness, .. } => of_place(*nearness),
        other => panic!("no leaf: {other:?}"),
    }
}

fn of_place(nearness: Nearness) -> &'static str {
    match (nearness.within, nearness.in_order, nearness.negated) {
        (Within::Units(_), false, false) => "NEAR/n",
        (Within::Units(_), true, false) => "BEFORE/n",
        (Within::Sentence, _, false) => "SENTENCE",
        (Within::Paragraph, _, false) => "PARAGRAPH",
        (Within::Units(_), false, true) => "NOT NEAR/n",
        (Within::Units(_), true, true) => "NOT BEFORE/n",
        (Within::Sentence, _, true) => "NOT SENTENCE",
        (Within::Paragraph, _, true) => "NOT PARAGRAPH",
    }
}

/// The oracle has no reading of a single run that the dictionaries cut, nor of a word that is found by a morpheme.
pub(super) fn is_read(leaf: &QueryAst) -> bool {
    match leaf {
        QueryAst::Word(text) => matches!(Segmented::new(text).units(), [unit] if unit.kind == UnitKind::Word),
        QueryAst::Proximity { text, .. } => text.split_whitespace().filter(|word| !is_blank(word)).count() > 1,
        _ => true,
    }
}

/// Words in every form, and what counts as one.
pub(super) fn words(vocabulary: &Vocabulary) -> Vec<Kind> {
    vec![
        ("word", vocabulary.word().prop_map(QueryAst::Word).prop_filter("not read", is_read).boxed()),
        ("phrase", vocabulary.phrase().prop_map(QueryAst::Phrase).boxed()),
        ("prefix*", vocabulary.prefix().boxed()),
        ("fuzzy~", vocabulary.fuzzy().boxed()),
        ("=exact", vocabulary.exact().boxed()),
        ("phrase~n", vocabulary.proximity().prop_filter("not read", is_read).boxed()),
    ]
}

pub(super) fn spellings_and_values(vocabulary: &Vocabulary) -> Vec<Kind> {
    let quantity = |is_percent| {
        let is_kind = move |leaf: &QueryAst| (operator(leaf) == "percent:") == is_percent;
        vocabulary.quantity().prop_filter("of the other kind", is_kind).boxed()
    };
    vec![
        ("w?ldcard", vocabulary.wildcard().boxed()),
        ("caps:", vocabulary.caps().boxed()),
        ("amount:", quantity(false)),
        ("percent:", quantity(true)),
    ]
}

/// Operators of place.
pub(super) fn places(vocabulary: &Vocabulary) -> Vec<Kind> {
    let units = |in_order| distance().prop_map(move |distance| Nearness::of(Within::Units(distance), in_order)).boxed();
    let one = |within| Just(Nearness::of(within, false)).boxed();
    [units(false), units(true), one(Within::Sentence), one(Within::Paragraph)]
        .into_iter()
        .zip(["NEAR/n", "BEFORE/n", "SENTENCE", "PARAGRAPH"])
        .map(|(nearness, name)| (name, vocabulary.near_by(nearness).boxed()))
        .collect()
}

/// The same negated.
pub(super) fn negated_places(vocabulary: &Vocabulary) -> Vec<Kind> {
    let negated = |(_, places): Kind| {
        places.prop_map(|leaf| match leaf {
            QueryAst::Near { operands, nearness } => QueryAst::Near { operands, nearness: nearness.not() },
            other => other,
        })
    };
    places(vocabulary)
        .into_iter()
        .zip(["NOT NEAR/n", "NOT BEFORE/n", "NOT SENTENCE", "NOT PARAGRAPH"])
        .map(|(kind, name)| (name, negated(kind).boxed()))
        .collect()
}

/// What the whole article decides.
pub(super) fn of_articles(vocabulary: &Vocabulary) -> Vec<Kind> {
    let leaf = || {
        let leaf = prop_oneof![
            3 => vocabulary.word().prop_map(QueryAst::Word),
            2 => vocabulary.phrase().prop_map(QueryAst::Phrase),
            2 => vocabulary.prefix(),
            1 => vocabulary.fuzzy(),
            1 => vocabulary.exact(),
            1 => vocabulary.caps(),
            1 => vocabulary.wildcard(),
            1 => vocabulary.quantity(),
            1 => vocabulary.proximity(),
            2 => vocabulary.near(),
        ];
        leaf.prop_filter("not read", is_read)
    };
    let within = |extent: BoxedStrategy<Extent>| {
        (extent, leaf()).prop_map(|(extent, leaf)| QueryAst::Within { extent, inner: Box::new(leaf) }).boxed()
    };
    let word = vocabulary.word().prop_map(QueryAst::Word).prop_filter("not read", is_read);
    let alternatives = proptest::collection::vec(word, 2..4).prop_map(QueryAst::Or);
    let counted =
        (prop_oneof![3 => leaf(), 1 => alternatives], prop_oneof![1 => Just(1_u32), 5 => 2_u32..5, 1 => 5_u32..30]);
    let at_least = counted.prop_map(|(operand, times)| QueryAst::AtLeast { times, operand: Box::new(operand) });
    vec![
        ("lead:", within(Just(Extent::Lead).boxed())),
        ("FIRST/n", within(first_words().boxed())),
        ("ATLEAST/n", at_least.boxed()),
    ]
}

impl Oracle<'_> {
    pub(super) fn count(&self, leaf: &QueryAst, has_found: bool) {
        let mut counts = self.counts.borrow_mut();
        let count: &mut Count = counts.entry(operator(leaf)).or_default();
        count.leaves += 1;
        count.found += u32::from(has_found);
    }

    /// Fails if fewer leaves of an operator were compared, or if fewer than so many of them found anything.
    pub(super) fn assert_counted(&self, operator: &str, leaves: u32, found: u32) {
        let counts = self.counts.borrow();
        let count = counts.get(operator).unwrap_or_else(|| panic!("no leaf of {operator}: {counts:?}"));
        assert!(count.leaves >= leaves, "{leaves} leaves of {operator} wanted, {count:?}");
        assert!(count.found >= found, "{operator} found little: {count:?}");
    }
}
