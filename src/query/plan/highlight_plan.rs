//! The highlight plan: the part of a query plan that the highlighter reads. It has the patterns that make a passage a
//! hit, in title and text.

use serde::Serialize;

use crate::query::plan::pattern::Pattern;
use crate::query::syntax::filter::Filter;
use crate::text::analysis::Chain;

/// The patterns that make a passage a hit, and how they combine. Patterns that only rank are not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HighlightPlan {
    /// Every pattern of the plan once, with the analysis chain whose terms it is made of.
    pub patterns: Vec<(Chain, Pattern)>,
    /// How the patterns combine to make a passage a hit.
    pub root: HighlightNode,
}

/// A node of the query as the highlighter evaluates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum HighlightNode {
    /// A leaf: matches if any of its patterns occurs.
    Leaf {
        /// True if only the title is searched.
        in_title: bool,
        /// True for names that the glossary added, false for what was typed.
        is_expanded: bool,
        /// Indices into [`HighlightPlan::patterns`].
        patterns: Vec<usize>,
    },
    /// A boolean combination: matches if all of `required` match, or any of `optional` where nothing is required, and
    /// none of `excluded`.
    Clauses {
        /// Nodes that must all match.
        required: Vec<HighlightNode>,
        /// Nodes that are marked where they match.
        optional: Vec<HighlightNode>,
        /// Nodes of which none may match; they are never marked.
        excluded: Vec<HighlightNode>,
        /// The number of the [`MatchNode::InArticle`](crate::query::plan::MatchNode::InArticle) by which the combination matches, in
        /// place of what the passage has.
        branch: Option<usize>,
    },
    /// A condition on the article, by the number of the [`MatchNode::AtLeast`](crate::query::plan::MatchNode::AtLeast); there is nothing
    /// to mark.
    Article(usize),
    /// A metadata filter; it matches by stored values, so there is nothing to mark.
    Filter(Filter),
}

impl Default for HighlightNode {
    /// A leaf without patterns, which matches nothing.
    fn default() -> HighlightNode {
        HighlightNode::Leaf { in_title: false, is_expanded: false, patterns: Vec::new() }
    }
}

impl HighlightNode {
    /// Calls `found` with the index of each pattern.
    pub(crate) fn each_pattern(&self, found: &mut dyn FnMut(usize)) {
        match self {
            HighlightNode::Leaf { patterns, .. } => patterns.iter().for_each(|&pattern| found(pattern)),
            HighlightNode::Clauses { required, optional, excluded, branch: _ } => {
                let all = required.iter().chain(optional).chain(excluded);
                all.for_each(|node| node.each_pattern(found));
            }
            HighlightNode::Article(_) | HighlightNode::Filter(_) => {}
        }
    }
}
