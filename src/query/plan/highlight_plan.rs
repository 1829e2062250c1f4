//! The part of a plan that the highlighter reads: what makes a passage a hit, as patterns in its title and text.

use serde::Serialize;

use crate::query::plan::pattern::Pattern;
use crate::query::syntax::filter::Filter;
use crate::text::analysis::Chain;

/// The patterns that make a passage a hit, and how. What only ranks is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HighlightPlan {
    /// Every pattern of the plan, each once, with the chain that reads it.
    pub patterns: Vec<(Chain, Pattern)>,
    /// How the patterns make a hit.
    pub root: HighlightNode,
}

/// A part of the query, as far as it can be marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum HighlightNode {
    /// Matches if any of the patterns, given as indices, is found.
    Leaf {
        /// Looked for in the title alone.
        in_title: bool,
        /// Names that the glossary added, not what was typed.
        is_expanded: bool,
        /// Indices into [`HighlightPlan::patterns`].
        patterns: Vec<usize>,
    },
    /// Matches if all of `required` do, or any of `optional` where nothing is required, and none of `excluded`.
    Clauses {
        /// All must match.
        required: Vec<HighlightNode>,
        /// Marked where they match.
        optional: Vec<HighlightNode>,
        /// None may match; nothing of them is marked.
        excluded: Vec<HighlightNode>,
    },
    /// Matches by what is known of the passage beside its text; there is nothing to mark.
    Filter(Filter),
}

impl Default for HighlightNode {
    /// Matches nothing.
    fn default() -> HighlightNode {
        HighlightNode::Leaf { in_title: false, is_expanded: false, patterns: Vec::new() }
    }
}

impl HighlightNode {
    /// Calls `found` with the index of each pattern.
    pub(crate) fn each_pattern(&self, found: &mut dyn FnMut(usize)) {
        match self {
            HighlightNode::Leaf { patterns, .. } => patterns.iter().for_each(|&pattern| found(pattern)),
            HighlightNode::Clauses { required, optional, excluded } => {
                let all = required.iter().chain(optional).chain(excluded);
                all.for_each(|node| node.each_pattern(found));
            }
            HighlightNode::Filter(_) => {}
        }
    }
}
