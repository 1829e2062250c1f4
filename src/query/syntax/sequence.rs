//! Sequences: items side by side with the signs and filters among them, and how they become a [`QueryAst`].

use crate::query::syntax::ast::{QueryAst, Restricted};

/// A sequence of items side by side, with the signs and filters among them.
#[derive(Default)]
pub(crate) struct Sequence {
    pub(crate) items: Vec<QueryAst>,
    pub(crate) required: Vec<QueryAst>,
    pub(crate) excluded: Vec<QueryAst>,
    pub(crate) filters: Vec<QueryAst>,
}

impl Sequence {
    /// True if signs or filters stand beside other items.
    fn restricts(&self) -> bool {
        !self.required.is_empty() || !self.excluded.is_empty() || (!self.filters.is_empty() && !self.items.is_empty())
    }

    fn is_only_filters(&self) -> bool {
        self.items.is_empty() && self.required.is_empty() && self.excluded.is_empty()
    }

    fn into_ast(mut self) -> QueryAst {
        if self.is_only_filters() {
            return all_of(self.filters);
        }
        if self.items.is_empty() && self.required.is_empty() && self.filters.is_empty() {
            return QueryAst::Not(Box::new(any_of(self.excluded)));
        }
        let rest = bag(std::mem::take(&mut self.items));
        restricted(self, rest)
    }
}

pub(crate) fn restricted(by: Sequence, rest: Option<QueryAst>) -> QueryAst {
    match rest {
        Some(rest) if by.required.is_empty() && by.excluded.is_empty() && by.filters.is_empty() => rest,
        rest => QueryAst::Restricted(Box::new(Restricted {
            required: by.required,
            excluded: by.excluded,
            filters: by.filters,
            rest,
        })),
    }
}

fn bag(items: Vec<QueryAst>) -> Option<QueryAst> {
    let mut flat = Vec::with_capacity(items.len());
    for item in items {
        if let QueryAst::Bag(inner) = item { flat.extend(inner) } else { flat.push(item) }
    }
    match flat.len() {
        0 => None,
        1 => flat.pop(),
        _ => Some(QueryAst::Bag(flat)),
    }
}

fn all_of(items: Vec<QueryAst>) -> QueryAst {
    <[QueryAst; 1]>::try_from(items).map_or_else(QueryAst::And, |[only]| only)
}

pub(crate) fn any_of(items: Vec<QueryAst>) -> QueryAst {
    <[QueryAst; 1]>::try_from(items).map_or_else(QueryAst::Or, |[only]| only)
}

/// Moves the signs and filters out of the one sequence that has them beside other items, since they apply to the whole
/// level. Returns `None` if several sequences have them, or some alternative is nothing but a filter: then each keeps its own.
pub(crate) fn hoist_restrictions(chains: &mut [Vec<(bool, Sequence)>]) -> Option<Sequence> {
    let sequences = || chains.iter().flatten().map(|(_, sequence)| sequence);
    let restricting = sequences().filter(|sequence| sequence.restricts()).count();
    let any_only_filters = sequences().any(Sequence::is_only_filters);
    let is_single = sequences().count() == 1;
    if restricting != 1 || any_only_filters || is_single {
        return None;
    }
    let (_, sequence) = chains.iter_mut().flatten().find(|(_, sequence)| sequence.restricts())?;
    if sequence.items.is_empty() {
        return None;
    }
    Some(Sequence {
        items: Vec::new(),
        required: std::mem::take(&mut sequence.required),
        excluded: std::mem::take(&mut sequence.excluded),
        filters: std::mem::take(&mut sequence.filters),
    })
}

pub(crate) fn chain_ast(chain: Vec<(bool, Sequence)>) -> QueryAst {
    let items = chain.into_iter().map(|(negated, sequence)| match (negated, sequence.into_ast()) {
        (true, QueryAst::Not(inner)) => *inner,
        (true, ast) => QueryAst::Not(Box::new(ast)),
        (false, ast) => ast,
    });
    all_of(items.collect())
}
