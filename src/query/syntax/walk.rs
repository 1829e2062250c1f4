//! Traversals of a query: its children, its leaves, and what derives from them. Code that asks the same of every node
//! uses these; only code that treats each kind of node differently matches on all kinds.

use crate::query::syntax::ast::{QueryAst, Restricted};

impl QueryAst {
    /// The child nodes, in the order in which they print.
    pub fn children(&self) -> impl Iterator<Item = &QueryAst> {
        let (items, restricted): (&[QueryAst], Option<&Restricted>) = match self {
            QueryAst::Bag(items) | QueryAst::And(items) | QueryAst::Or(items) => (items, None),
            QueryAst::Near { operands, .. } => (operands, None),
            QueryAst::Not(inner)
            | QueryAst::Title(inner)
            | QueryAst::Within { inner, .. }
            | QueryAst::AtLeast { operand: inner, .. } => (std::slice::from_ref(&**inner), None),
            QueryAst::Restricted(restricted) => (&[], Some(restricted)),
            QueryAst::Word(_)
            | QueryAst::Phrase(_)
            | QueryAst::Proximity { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Wildcard(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_)
            | QueryAst::Caps(_)
            | QueryAst::Filter(_) => (&[], None),
        };
        items.iter().chain(restricted.into_iter().flat_map(Restricted::items))
    }

    /// The leaves, from left to right. An empty bag is a leaf.
    pub fn leaves(&self) -> impl Iterator<Item = &QueryAst> {
        let mut ahead = vec![self];
        std::iter::from_fn(move || {
            loop {
                let node = ahead.pop()?;
                let first = ahead.len();
                ahead.extend(node.children());
                if ahead.len() == first {
                    return Some(node);
                }
                ahead[first..].reverse();
            }
        })
    }

    /// The text that a leaf searches for, as typed but without signs. `None` for a filter and for inner nodes.
    pub fn text(&self) -> Option<&str> {
        match self {
            QueryAst::Word(text)
            | QueryAst::Phrase(text)
            | QueryAst::Prefix(text)
            | QueryAst::Wildcard(text)
            | QueryAst::Exact(text)
            | QueryAst::Caps(text)
            | QueryAst::Proximity { text, .. }
            | QueryAst::Fuzzy { word: text, .. } => Some(text),
            QueryAst::Bag(_)
            | QueryAst::And(_)
            | QueryAst::Or(_)
            | QueryAst::Not(_)
            | QueryAst::Restricted(_)
            | QueryAst::Near { .. }
            | QueryAst::Title(_)
            | QueryAst::Within { .. }
            | QueryAst::AtLeast { .. }
            | QueryAst::Filter(_) => None,
        }
    }

    /// Number of levels of the tree, this node included.
    pub fn depth(&self) -> usize {
        1 + self.children().map(QueryAst::depth).max().unwrap_or(0)
    }

    /// True for a filter, and for a combination of nothing but filters.
    pub fn is_filter(&self) -> bool {
        match self {
            QueryAst::Filter(_) => true,
            QueryAst::And(_) | QueryAst::Or(_) | QueryAst::Not(_) | QueryAst::Restricted(_) => {
                self.children().all(QueryAst::is_filter)
            }
            QueryAst::Bag(items) => !items.is_empty() && items.iter().all(QueryAst::is_filter),
            QueryAst::Near { .. }
            | QueryAst::Title(_)
            | QueryAst::Within { .. }
            | QueryAst::AtLeast { .. }
            | QueryAst::Word(_)
            | QueryAst::Phrase(_)
            | QueryAst::Proximity { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Wildcard(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_)
            | QueryAst::Caps(_) => false,
        }
    }

    /// True if an operator stands anywhere in the query; its words and CJK runs are then one term each.
    pub fn has_operator(&self) -> bool {
        match self {
            QueryAst::And(_) | QueryAst::Or(_) | QueryAst::Not(_) => !self.is_filter(),
            QueryAst::Restricted(restricted) => {
                restricted.signed().any(|item| !item.is_filter())
                    || restricted.rest.as_ref().is_some_and(QueryAst::has_operator)
            }
            QueryAst::Bag(_) | QueryAst::Title(_) | QueryAst::Within { .. } => {
                self.children().any(QueryAst::has_operator)
            }
            // The operands of NEAR and ATLEAST are single terms in any case.
            QueryAst::Near { .. }
            | QueryAst::AtLeast { .. }
            | QueryAst::Word(_)
            | QueryAst::Phrase(_)
            | QueryAst::Proximity { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Wildcard(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_)
            | QueryAst::Caps(_)
            | QueryAst::Filter(_) => false,
        }
    }
}

impl Restricted {
    /// All clauses, with and without a sign.
    pub fn items(&self) -> impl Iterator<Item = &QueryAst> {
        self.signed().chain(&self.filters).chain(&self.rest)
    }

    /// The clauses with a sign, `+` or `-`.
    pub fn signed(&self) -> impl Iterator<Item = &QueryAst> {
        self.required.iter().chain(&self.excluded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax::parse_query;

    #[test]
    fn leaves_come_from_left_to_right() {
        let query = "+a1 -(b1 NEAR/2 \"c1 d1\") lang:en (e1 AND title:(fa* OR gix~) NOT =h1) \"i1 j1\"~3";
        let ast = parse_query(query).unwrap();
        let texts: Vec<&str> = ast.leaves().filter_map(QueryAst::text).collect();
        assert_eq!(texts, ["a1", "b1", "c1 d1", "e1", "fa", "gix", "h1", "i1 j1"]);
        assert_eq!(ast.leaves().count(), texts.len() + 1, "and a filter");
        assert_eq!(ast.depth(), 6);
        assert_eq!(QueryAst::plain("").leaves().count(), 1);
    }
}
