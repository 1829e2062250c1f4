//! Random queries of any operators, as deep as the parser could have made them.

use proptest::prelude::*;
use tradewire::internals::query::{Extent, QueryAst, Restricted};

use super::places::extent;
use super::vocabulary::Vocabulary;

impl Vocabulary {
    /// A query of any operators, as deep as the parser could have made it.
    pub(in crate::laws) fn query(&self) -> BoxedStrategy<QueryAst> {
        let leaf = prop_oneof![
            10 => self.leaf(),
            1 => self.leaf().prop_map(|leaf| QueryAst::Title(Box::new(leaf))),
            2 => (extent(), self.leaf()).prop_map(|(extent, leaf)| within(extent, leaf)),
            1 => self.filter().prop_map(QueryAst::Filter),
        ];
        leaf.prop_recursive(3, 14, 4, |inner| {
            let some = || proptest::collection::vec(inner.clone(), 1..4);
            let few = || proptest::collection::vec(inner.clone(), 0..3);
            prop_oneof![
                3 => (some(), few()).prop_map(|(all, none)| all_but(all, none)),
                3 => some().prop_map(|items| one_or(items, QueryAst::Or)),
                2 => some().prop_map(bag),
                2 => (few(), few(), few(), inner.clone()).prop_map(|(required, excluded, filters, rest)| {
                    restricted(required, excluded, filters, rest)
                }),
                1 => (extent(), inner.clone()).prop_map(|(extent, inner)| within(extent, inner)),
                1 => inner.prop_map(title),
            ]
        })
        .boxed()
    }
}

fn one_or(mut items: Vec<QueryAst>, of: impl Fn(Vec<QueryAst>) -> QueryAst) -> QueryAst {
    if items.len() == 1 { items.remove(0) } else { of(items) }
}

fn all_but(all: Vec<QueryAst>, none: Vec<QueryAst>) -> QueryAst {
    let mut items = all;
    items.extend(none.into_iter().map(|item| QueryAst::Not(Box::new(item))));
    one_or(items, QueryAst::And)
}

fn bag(items: Vec<QueryAst>) -> QueryAst {
    let (filters, items): (Vec<QueryAst>, Vec<QueryAst>) = items.into_iter().partition(QueryAst::is_filter);
    match (filters.is_empty(), items.is_empty()) {
        (_, true) => one_or(filters, QueryAst::And),
        (true, false) => one_or(items, QueryAst::Bag),
        (false, false) => restricted(Vec::new(), Vec::new(), filters, one_or(items, QueryAst::Bag)),
    }
}

fn restricted(
    required: Vec<QueryAst>,
    excluded: Vec<QueryAst>,
    mut filters: Vec<QueryAst>,
    rest: QueryAst,
) -> QueryAst {
    let (more, required): (Vec<QueryAst>, Vec<QueryAst>) = required.into_iter().partition(QueryAst::is_filter);
    filters.retain(QueryAst::is_filter);
    filters.extend(more);
    let rest = if rest.is_filter() {
        filters.push(rest);
        None
    } else {
        Some(rest)
    };
    QueryAst::Restricted(Box::new(Restricted { required, excluded, filters, rest }))
}

fn title(inner: QueryAst) -> QueryAst {
    if inner.is_filter() { inner } else { QueryAst::Title(Box::new(inner)) }
}

pub(super) fn within(extent: Extent, inner: QueryAst) -> QueryAst {
    if inner.is_filter() { inner } else { QueryAst::Within { extent, inner: Box::new(inner) } }
}
