//! Compiled clauses: parts of a query, each with the condition that matches and the patterns that are marked, and their
//! combination by AND, OR and NOT.

use crate::query::plan::field_id::FieldId;
use crate::query::plan::highlight_plan::HighlightNode;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::query_plan::MatchNode;
use crate::query::syntax::filter::Filter;

/// A compiled part of a query: the condition that it matches by, and what it marks.
#[derive(Debug, Clone)]
pub(crate) struct CompiledClause {
    pub(crate) matches: MatchNode,
    pub(crate) highlight: HighlightNode,
    /// True if its text had nothing to look up.
    pub(crate) is_blank: bool,
}

impl CompiledClause {
    /// The clause of a text without a word or character.
    pub(crate) fn blank() -> CompiledClause {
        CompiledClause { matches: MatchNode::Nothing, highlight: HighlightNode::default(), is_blank: true }
    }

    /// The clause of a metadata filter.
    pub(crate) fn filter(filter: &Filter) -> CompiledClause {
        CompiledClause {
            matches: MatchNode::Filter(filter.clone()),
            highlight: HighlightNode::Filter(filter.clone()),
            is_blank: false,
        }
    }

    /// The clause, a combination by AND and NOT, with its conditions on the article instead of the passage. Passages that meet one
    /// of `optional` are hits of the article too.
    pub(crate) fn in_article(self, branch: usize, mut optional: Vec<MatchNode>) -> CompiledClause {
        let CompiledClause { mut matches, mut highlight, is_blank } = self;
        if let MatchNode::AllOf { required, excluded } = matches {
            optional.retain(|node| *node != MatchNode::Nothing);
            matches = MatchNode::InArticle { branch, required, excluded, optional };
        }
        if let HighlightNode::Clauses { branch: of_article, .. } = &mut highlight {
            *of_article = Some(branch);
        }
        CompiledClause { matches, highlight, is_blank }
    }

    /// The clause, a leaf, with the condition that it occurs so often in the whole article.
    pub(crate) fn at_least(self, times: u32, branch: usize) -> CompiledClause {
        let CompiledClause { matches, highlight, is_blank } = self;
        let nodes = if let MatchNode::AnyOf(nodes) = matches { nodes } else { vec![matches] };
        let mut patterns = Vec::new();
        for node in nodes {
            if let MatchNode::Pattern { field, pattern } = node {
                patterns.push((field, pattern));
            }
        }
        if patterns.is_empty() {
            return CompiledClause { matches: MatchNode::Nothing, highlight, is_blank };
        }
        let highlight = HighlightNode::Clauses {
            required: vec![highlight, HighlightNode::Article(branch)],
            optional: Vec::new(),
            excluded: Vec::new(),
            branch: None,
        };
        CompiledClause { matches: MatchNode::AtLeast { branch, times, patterns }, highlight, is_blank }
    }

    fn can_match(&self) -> bool {
        self.matches != MatchNode::Nothing
    }
}

/// The builder of a leaf: a word or phrase, which matches where any of its patterns occurs.
#[derive(Debug, Default)]
pub(crate) struct LeafBuilder {
    matches: Vec<MatchNode>,
    patterns: Vec<usize>,
}

impl LeafBuilder {
    /// Adds a pattern, by its index in the highlight plan. A pattern that no passage in the index contains is only marked.
    pub(crate) fn add(&mut self, field: FieldId, pattern: &Pattern, at: usize, is_in_index: bool) {
        self.matches.extend(is_in_index.then(|| MatchNode::Pattern { field, pattern: pattern.clone() }));
        self.patterns.push(at);
    }

    /// Indices into the patterns of the highlight plan.
    pub(crate) fn patterns(&self) -> &[usize] {
        &self.patterns
    }

    pub(crate) fn into_clause(self, in_title: bool, is_expanded: bool) -> CompiledClause {
        CompiledClause {
            matches: MatchNode::any_of(self.matches),
            highlight: HighlightNode::Leaf { in_title, is_expanded, patterns: self.patterns },
            is_blank: false,
        }
    }
}

/// OR: any of the clauses. Adjacent leaves become one leaf.
pub(crate) fn any_of(clauses: Vec<CompiledClause>) -> CompiledClause {
    let is_blank = clauses.iter().all(|clause| clause.is_blank);
    let mut matches = Vec::new();
    let mut marked: Vec<HighlightNode> = Vec::new();
    for clause in clauses {
        matches.push(clause.matches);
        match (marked.last_mut(), clause.highlight) {
            (
                Some(HighlightNode::Leaf { in_title, is_expanded, patterns }),
                HighlightNode::Leaf { in_title: same, is_expanded: so, patterns: more },
            ) if (*in_title, *is_expanded) == (same, so) => patterns.extend(more),
            (_, highlight) => marked.push(highlight),
        }
    }
    let highlight = if marked.len() == 1 {
        marked.remove(0)
    } else {
        HighlightNode::Clauses { required: Vec::new(), optional: marked, excluded: Vec::new(), branch: None }
    };
    CompiledClause { matches: MatchNode::any_of(matches), highlight, is_blank }
}

/// AND over the clauses of `required` that are not blank, and none of `excluded`; `optional` is only marked.
pub(crate) fn all_non_blank(
    required: Vec<CompiledClause>,
    optional: Vec<CompiledClause>,
    excluded: Vec<CompiledClause>,
) -> CompiledClause {
    let (required, blank): (Vec<CompiledClause>, Vec<CompiledClause>) =
        required.into_iter().partition(|clause| !clause.is_blank);
    if required.is_empty() && (!blank.is_empty() || !optional.is_empty()) {
        return CompiledClause::blank();
    }
    let mut all = all_of(required, excluded);
    if let HighlightNode::Clauses { optional: marked, .. } = &mut all.highlight {
        marked.extend(optional.into_iter().map(|clause| clause.highlight));
    }
    all
}

/// AND over all of `required`, blank clauses included, which find nothing, and none of `excluded`. If `required` is
/// empty, everything but `excluded`.
pub(crate) fn all_of(required: Vec<CompiledClause>, excluded: Vec<CompiledClause>) -> CompiledClause {
    let is_blank = !required.is_empty() && required.iter().all(|clause| clause.is_blank);
    let can_match = required.iter().all(CompiledClause::can_match);
    let (needed, required): (Vec<MatchNode>, Vec<HighlightNode>) =
        required.into_iter().map(|clause| (clause.matches, clause.highlight)).unzip();
    let (excluded_nodes, excluded): (Vec<MatchNode>, Vec<HighlightNode>) =
        excluded.into_iter().map(|clause| (clause.matches, clause.highlight)).unzip();
    let excluded_matches = excluded_nodes.into_iter().filter(|node| *node != MatchNode::Nothing).collect();
    let matches =
        if can_match { MatchNode::AllOf { required: needed, excluded: excluded_matches } } else { MatchNode::Nothing };
    let highlight = HighlightNode::Clauses { required, optional: Vec::new(), excluded, branch: None };
    CompiledClause { matches, highlight, is_blank }
}
