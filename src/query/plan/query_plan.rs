//! The query plan: which passages match, what they are scored by, what the best of them are reranked by, and what is
//! marked in them.
//!
//! No type of an engine is in it. An engine turns the plan into queries of its own (see `engine`); the highlighter
//! reads [`HighlightPlan`]. Conditions that make a passage a hit are kept apart from clauses that only rank it: the
//! hits are exactly the passages that meet `matches`.

use serde::Serialize;

use crate::query::plan::field_id::FieldId;
use crate::query::plan::field_statistics::GeneralText;
use crate::query::plan::highlight_plan::HighlightPlan;
use crate::query::plan::pattern::Pattern;
use crate::query::syntax::date_range::DateRange;
use crate::query::syntax::dates::DateFilter;
use crate::query::syntax::filter::Filter;
use crate::query::syntax::restrictions::Filters;
use crate::query::syntax::word_count::WordCount;

/// A compiled query, for any engine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryPlan {
    /// The condition that makes a passage a hit.
    pub matches: MatchNode,
    /// True if, filters aside, the hits are exactly the passages that some scoring clause matches. An engine may then
    /// skip passages that cannot reach the top.
    pub is_union: bool,
    /// The scoring clauses, whose sum is a hit's score; in a fixed order, so that the sum is the same however the index
    /// is laid out.
    pub scoring: Vec<ScoringClause>,
    /// The text by which the statistics of every field are completed.
    pub general: GeneralText,
    /// What reranks the best of the hits.
    pub rerank: RerankPlan,
    /// Filters given beside the query, as options. Each must hold for a passage to be searched at all.
    pub filters: Vec<MatchNode>,
    /// What to mark in a hit's title and text.
    pub highlight: HighlightPlan,
    /// The words and phrases of the query in its order, each followed by the names that it was expanded by.
    pub leaves: Vec<CompiledLeaf>,
    /// The names that the glossary added, grouped by the words that they were added for.
    pub expansions: Vec<Expansion>,
    /// The words with wildcards that more surface forms match than are searched.
    pub cuts: Vec<WildcardCut>,
}

impl QueryPlan {
    /// The plan that matches everything that passes the filters, without scores.
    pub fn of_filters(filters: &Filters) -> QueryPlan {
        QueryPlan {
            matches: MatchNode::All,
            is_union: false,
            scoring: Vec::new(),
            general: GeneralText { passages: 0, tokens: 0 },
            rerank: RerankPlan::default(),
            filters: MatchNode::of_filters(filters),
            highlight: HighlightPlan::default(),
            leaves: Vec::new(),
            expansions: Vec::new(),
            cuts: Vec::new(),
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
    /// The pattern occurs in the field.
    Pattern {
        /// The field that is searched: [`FieldId::Text`] or [`FieldId::Title`].
        field: FieldId,
        /// The pattern that must occur in the field.
        pattern: Pattern,
    },
    /// Any of these conditions is met; two or more.
    AnyOf(Vec<MatchNode>),
    /// All of `required` are met, and none of `excluded`. If `required` is empty, every passage meets it but those of
    /// `excluded`.
    AllOf {
        /// Conditions that must all be met.
        required: Vec<MatchNode>,
        /// Conditions of which none may be met.
        excluded: Vec<MatchNode>,
    },
    /// The article, of which the passage is a part, has for each of `required` some passage that meets it, and none that meets
    /// one of `excluded`; the passage itself meets one of `required` or of `optional`. If these are filters and other conditions, it
    /// meets one of the others, and all filters if a passage of the article meets both.
    InArticle {
        /// The number of the node, which no other node of the plan has.
        branch: usize,
        /// Conditions that the article must all meet. If empty, every article meets the node but those of `excluded`.
        required: Vec<MatchNode>,
        /// Conditions of which the article may meet none.
        excluded: Vec<MatchNode>,
        /// Conditions that need not be met, of parts of the query that only rank.
        optional: Vec<MatchNode>,
    },
    /// Some of the patterns occurs in the passage, and all of them together occur so often in the article, whose title counts once.
    /// Occurrences that overlap count as one: the number is that of the most that do not overlap.
    AtLeast {
        /// The number of the node, which no other node of the plan has.
        branch: usize,
        /// The least number of occurrences.
        times: u32,
        /// The patterns, each with the field that it is searched in.
        patterns: Vec<(FieldId, Pattern)>,
    },
    /// A metadata filter.
    Filter(Filter),
}

impl MatchNode {
    /// The condition that any of the nodes is met, in their order.
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

    /// True for filters and combinations of them.
    pub(crate) fn is_filter(&self) -> bool {
        match self {
            MatchNode::Filter(_) => true,
            MatchNode::Nothing | MatchNode::All | MatchNode::Pattern { .. } | MatchNode::AtLeast { .. } => false,
            MatchNode::AnyOf(nodes) => nodes.iter().all(MatchNode::is_filter),
            MatchNode::AllOf { required, excluded } | MatchNode::InArticle { required, excluded, .. } => {
                required.iter().chain(excluded).all(MatchNode::is_filter)
            }
        }
    }

    /// True for a condition that combines a filter by date or length with others by AND or NOT.
    pub(crate) fn combines_ranges(&self) -> bool {
        match self {
            MatchNode::AnyOf(nodes) => nodes.iter().any(MatchNode::combines_ranges),
            MatchNode::AllOf { required, excluded } | MatchNode::InArticle { required, excluded, .. } => {
                required.iter().chain(excluded).any(MatchNode::has_range)
            }
            MatchNode::Nothing
            | MatchNode::All
            | MatchNode::Pattern { .. }
            | MatchNode::AtLeast { .. }
            | MatchNode::Filter(_) => false,
        }
    }

    fn has_range(&self) -> bool {
        match self {
            MatchNode::Filter(filter) => matches!(filter, Filter::Date(_) | Filter::Words(_)),
            MatchNode::AnyOf(nodes) => nodes.iter().any(MatchNode::has_range),
            MatchNode::AllOf { required, excluded } | MatchNode::InArticle { required, excluded, .. } => {
                required.iter().chain(excluded).any(MatchNode::has_range)
            }
            MatchNode::Nothing | MatchNode::All | MatchNode::Pattern { .. } | MatchNode::AtLeast { .. } => false,
        }
    }

    /// True if the condition, or one inside it, is one on the article.
    pub(crate) fn has_articles(&self) -> bool {
        match self {
            MatchNode::InArticle { .. } => true,
            // The article decides, but it is a condition on each passage.
            MatchNode::AtLeast { .. } => false,
            MatchNode::Nothing | MatchNode::All | MatchNode::Pattern { .. } | MatchNode::Filter(_) => false,
            MatchNode::AnyOf(nodes) => nodes.iter().any(MatchNode::has_articles),
            MatchNode::AllOf { required, excluded } => required.iter().chain(excluded).any(MatchNode::has_articles),
        }
    }

    /// One condition for each filter that is set.
    pub(crate) fn of_filters(filters: &Filters) -> Vec<MatchNode> {
        let Filters { languages, dates, sources, authors, sections, words, concepts, countries, pairs } = filters;
        let mut nodes = Vec::new();
        let mut add = |is_set: bool, node: &dyn Fn() -> MatchNode| nodes.extend(is_set.then(node));
        add(!languages.is_empty(), &|| MatchNode::Filter(Filter::Lang(languages.clone())));
        add(*dates != DateRange::default(), &|| MatchNode::Filter(Filter::Date(DateFilter::Days(*dates))));
        let any_of = |names: &[String], filter: fn(String) -> Filter| {
            MatchNode::any_of(names.iter().map(|name| MatchNode::Filter(filter(name.clone()))))
        };
        add(!sources.is_empty(), &|| any_of(sources, Filter::Source));
        add(!authors.is_empty(), &|| any_of(authors, Filter::Author));
        add(!sections.is_empty(), &|| any_of(sections, Filter::Section));
        add(*words != WordCount::default(), &|| MatchNode::Filter(Filter::Words(*words)));
        add(!concepts.is_empty(), &|| MatchNode::Filter(Filter::Concept(concepts.clone())));
        add(!countries.is_empty(), &|| MatchNode::Filter(Filter::Country(countries.clone())));
        add(!pairs.is_empty(), &|| MatchNode::Filter(Filter::Pair(pairs.clone())));
        nodes
    }
}

/// A scoring clause, one summand of a score: the BM25 score of a pattern in a field, as if the pattern were one term,
/// times a weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoringClause {
    /// The field that is searched; its own statistics count.
    pub field: FieldId,
    /// The pattern that is scored.
    pub pattern: Pattern,
    /// Factor of the BM25 score.
    pub weight: f32,
    /// How much the length of a passage counts; 1 is BM25's usual length normalisation.
    pub length: f32,
    /// Number of passages with the pattern where it is a single term, which the compiler has counted.
    pub passages: Option<u64>,
}

/// The rerank plan: what is computed for the best hits only, since it costs more than scoring clauses do, or is too
/// vague to find hits by.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RerankPlan {
    /// Prefixes of the query's words, scored like any clause.
    pub prefixes: Vec<ScoringClause>,
    /// Words that should stand close together, for each field with positions.
    pub proximity: Vec<Proximity>,
}

impl RerankPlan {
    /// True if there is nothing to rerank by.
    pub fn is_empty(&self) -> bool {
        self.prefixes.is_empty() && self.proximity.is_empty()
    }
}

/// Proximity: terms of one field that should stand close together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proximity {
    /// The field whose positions are read.
    pub field: FieldId,
    /// Length of the window, in positions, within which terms count as close together.
    pub window: u32,
    /// Two or more terms in their order, each with what it adds to a passage's score by standing in the best window.
    pub terms: Vec<(String, f64)>,
}

/// A word or phrase of the query, and the patterns that find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompiledLeaf {
    /// The text as the query has it, or the name that the glossary added.
    pub text: String,
    /// True if only the title is searched.
    pub in_title: bool,
    /// True inside NOT.
    pub is_excluded: bool,
    /// For a name that the glossary added: the words that were typed.
    pub expansion_of: Option<String>,
    /// The patterns that find it, as indices into [`HighlightPlan::patterns`]; empty if nothing can.
    pub patterns: Vec<usize>,
}

/// The names that some words of a query were expanded by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The words as they were typed.
    pub typed: String,
    /// The other names of the concept that some passage has, in the order of the glossary.
    pub names: Vec<String>,
}

/// A word with wildcards that more surface forms match than are searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WildcardCut {
    /// The word as it was typed.
    pub typed: String,
    /// Number of surface forms that are searched, those that most passages have; counted once for each field.
    pub searched: usize,
    /// Number of surface forms that match, counted likewise.
    pub matching: usize,
}
