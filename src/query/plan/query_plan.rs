//! The plan of a query: which passages match, what they are scored by, what the best are reranked by, and what is marked in them.
//!
//! In: nothing of an engine. An engine turns the plan into what it runs (see `engine`), the highlighter reads the part that
//! concerns it. What makes a passage a hit is kept apart from what only ranks it: the hits are exactly those of `matches`.

use serde::Serialize;

use crate::query::plan::field_id::FieldId;
use crate::query::plan::highlight_plan::HighlightPlan;
use crate::query::plan::pattern::Pattern;
use crate::query::syntax::filter::{DateRange, Filter};
use crate::query::syntax::restrictions::Filters;

/// A compiled query, for any engine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryPlan {
    /// What makes a passage a hit.
    pub matches: MatchNode,
    /// True if every passage that a scoring clause finds is a hit and the other way round, where there are no filters. An engine
    /// may then skip what cannot reach the top.
    pub is_union: bool,
    /// What a hit's score is the sum of, in a fixed order, so that it comes out the same however an index is laid out.
    pub scoring: Vec<ScoringClause>,
    /// What puts the best of the hits in their final order.
    pub rerank: RerankPlan,
    /// Filters beside the query. Each must hold.
    pub filters: Vec<MatchNode>,
    /// What to mark in a hit.
    pub highlight: HighlightPlan,
    /// Words and phrases of the query in its order, each followed by the names that it was expanded by.
    pub leaves: Vec<CompiledLeaf>,
    /// Names that the glossary added, by the words that they were added for.
    pub expansions: Vec<Expansion>,
}

impl QueryPlan {
    /// The plan that finds everything that passes the filters, and scores nothing.
    pub fn of_filters(filters: &Filters) -> QueryPlan {
        QueryPlan {
            matches: MatchNode::All,
            is_union: false,
            scoring: Vec::new(),
            rerank: RerankPlan::default(),
            filters: MatchNode::of_filters(filters),
            highlight: HighlightPlan::default(),
            leaves: Vec::new(),
            expansions: Vec::new(),
        }
    }
}

/// A condition on a passage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum MatchNode {
    /// No passage meets it.
    Nothing,
    /// Every passage meets it.
    All,
    /// The field has the pattern.
    Pattern {
        /// [`FieldId::Text`] or [`FieldId::Title`].
        field: FieldId,
        /// What has to stand there.
        pattern: Pattern,
    },
    /// Any of these is met; two or more.
    AnyOf(Vec<MatchNode>),
    /// All of `required` are met, and none of `excluded`. With nothing required, everything but `excluded`.
    AllOf {
        /// Each must be met.
        required: Vec<MatchNode>,
        /// None may be met.
        excluded: Vec<MatchNode>,
    },
    /// A metadata filter.
    Filter(Filter),
}

impl MatchNode {
    /// Any of the nodes, in their order.
    pub(crate) fn any_of(nodes: impl IntoIterator<Item = MatchNode>) -> MatchNode {
        let mut any = Vec::new();
        for node in nodes {
            if let MatchNode::AnyOf(inner) = node {
                any.extend(inner);
            } else if node != MatchNode::Nothing {
                any.push(node);
            }
        }
        match any.len() {
            0 => MatchNode::Nothing,
            1 => any.remove(0),
            _ => MatchNode::AnyOf(any),
        }
    }

    /// A node for each filter that is set.
    pub(crate) fn of_filters(filters: &Filters) -> Vec<MatchNode> {
        let Filters { languages, dates, sources, countries, pairs } = filters;
        let mut nodes = Vec::new();
        let mut add = |is_set: bool, node: &dyn Fn() -> MatchNode| nodes.extend(is_set.then(node));
        add(!languages.is_empty(), &|| MatchNode::Filter(Filter::Lang(languages.clone())));
        add(*dates != DateRange::default(), &|| MatchNode::Filter(Filter::Date(*dates)));
        add(!sources.is_empty(), &|| {
            MatchNode::any_of(sources.iter().map(|source| MatchNode::Filter(Filter::Source(source.clone()))))
        });
        add(!countries.is_empty(), &|| MatchNode::Filter(Filter::Country(countries.clone())));
        add(!pairs.is_empty(), &|| MatchNode::Filter(Filter::Pair(pairs.clone())));
        nodes
    }
}

/// One summand of a score: the BM25 score of a pattern in a field, as if it were one term, times a weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoringClause {
    /// The field, whose own statistics count.
    pub field: FieldId,
    /// What is looked up.
    pub pattern: Pattern,
    /// Factor of the BM25 score.
    pub weight: f32,
    /// How much the length of a passage counts; 1 for BM25's usual share.
    pub length: f32,
    /// Passages that have the pattern, where it is a single term: these the compiler has counted.
    pub passages: Option<u64>,
}

/// What is asked of the best hits only, since it costs more than scoring clauses do, or is too vague to find hits by.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RerankPlan {
    /// Prefixes of the query's words, scored as any clause.
    pub prefixes: Vec<ScoringClause>,
    /// Words that should stand close together, by the field with their positions.
    pub proximity: Vec<Proximity>,
}

impl RerankPlan {
    /// True if nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.prefixes.is_empty() && self.proximity.is_empty()
    }
}

/// Terms of one field that should stand close together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proximity {
    /// A field with positions.
    pub field: FieldId,
    /// Positions that count as close together.
    pub window: u32,
    /// Two or more terms in their order, each with what it adds to a passage's score by standing in the best window.
    pub terms: Vec<(String, f64)>,
}

/// A word or phrase of the query, and what finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompiledLeaf {
    /// As the query has it, or the name that the glossary added.
    pub text: String,
    /// Looked for in the title alone.
    pub in_title: bool,
    /// True inside NOT.
    pub is_excluded: bool,
    /// Of a name that the glossary added: what was typed.
    pub expansion_of: Option<String>,
    /// What finds it, as indices into [`HighlightPlan::patterns`]; none if nothing can.
    pub patterns: Vec<usize>,
}

/// What some words of a query were expanded by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The words as they were typed.
    pub typed: String,
    /// The other names of the concept that some passage has, in the order of the glossary.
    pub names: Vec<String>,
}
