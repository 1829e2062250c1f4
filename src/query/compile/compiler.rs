//! From a [`QueryAst`] to what runs: a tantivy query, the evidence that ranks, and the highlight plan, made together.
//!
//! This file joins what `word` and `placed` make of words and phrases: AND, OR, NOT, signs, filters. What makes a passage
//! a hit is kept apart from what only ranks it: the hits are exactly those of the matches, whatever the evidence finds.

use std::collections::HashSet;

use anyhow::Result;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query};
use tantivy::schema::Field;

use crate::engine::tantivy::terms::Terms;
use crate::index::NewsIndex;
use crate::query::compile::clause::{CompiledClause, all_of, any_of, clauses};
use crate::query::compile::expansion::Expansion;
use crate::query::compile::field_clause::Seen;
use crate::query::compile::query_words::WordContext;
use crate::query::compile::ranking::Ranking;
use crate::query::compile::rerank::{CloseTerms, Refinements};
use crate::query::compile::sentence::Sentence;
use crate::query::plan::pattern::{HighlightPlan, Pattern, Plan};
use crate::query::syntax::ast::{QueryAst, Restricted};
use crate::query::syntax::filter::Filter;
use crate::query::syntax::restrictions::{Filters, QueryOptions};
use crate::text::analysis::{Analyzer, Chain};
use crate::text::glossary::Glossary;

/// A query, ready to run on the index that it was compiled for.
pub struct CompiledQuery {
    /// Matches the hits; its scores order them roughly.
    pub query: Box<dyn Query>,
    /// What a hit's score is the sum of, in a fixed order, so that it comes out the same however the index is laid out.
    pub evidence: Vec<ScoringClause>,
    /// What puts the best of the hits in their final order.
    pub refinements: Refinements,
    /// What to mark in a hit.
    pub plan: HighlightPlan,
    /// Its words and phrases, in the order of the query, with what each was widened by.
    pub leaves: Vec<CompiledLeaf>,
    /// What words of it were widened by.
    pub expansions: Vec<Expansion>,
}

/// What became of a word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledLeaf {
    /// As the query has it.
    pub text: String,
    /// Looked for in the title alone.
    pub in_title: bool,
    /// True inside NOT.
    pub is_excluded: bool,
    /// Of a name that the glossary added: what was typed.
    pub expansion_of: Option<String>,
    /// What finds it, as indices into the patterns of the plan; none if nothing can.
    pub patterns: Vec<usize>,
}

/// One summand of a score.
pub struct ScoringClause {
    /// The field that is asked.
    pub field: Field,
    /// What is looked up.
    pub pattern: Pattern,
    /// Factor of its BM25 score.
    pub weight: f32,
    /// Scores it, the weight included.
    pub query: Box<dyn Query>,
}

/// Compiles a query. `None`: it holds no word, no character and no filter that could be looked up.
///
/// # Errors
///
/// When an embedded dictionary or the index cannot be read.
pub fn compile_query(
    ast: &QueryAst,
    options: &QueryOptions,
    index: &NewsIndex,
    analyzer: &Analyzer,
    ranking: &Ranking,
    glossary: &Glossary,
) -> Result<Option<CompiledQuery>> {
    let one_term_each = ast.has_operator();
    let terms = Terms::new(index);
    let mut compiler = Compiler {
        index,
        analyzer,
        ranking,
        glossary,
        one_term_each,
        require_all: options.require_all,
        expand: options.expand,
        in_title: false,
        is_scored: true,
        words: WordContext::of(ast, index, &terms, analyzer, ranking),
        terms,
        plan: HighlightPlan::default(),
        evidence: Vec::new(),
        expanded: Vec::new(),
        expansions: Vec::new(),
        is_expanding: false,
        refinements: Refinements::default(),
        seen_beginnings: HashSet::new(),
        close_terms: CloseTerms::new(),
        sentence: Sentence::default(),
        seen: HashSet::new(),
        evidence_adds_hits: false,
        matches_are_scored: true,
        leaves: Vec::new(),
    };
    let node = compiler.node(ast)?;
    if node.is_blank {
        return Ok(None);
    }
    let is_union = !one_term_each && !options.require_all && is_union(ast);
    compiler.finish(node, is_union, &options.filters).map(Some)
}

/// True if everything that is scored makes a hit, as far as the shape of the query tells.
fn is_union(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Bag(items) => items.iter().all(is_union),
        QueryAst::Title(inner) => is_union(inner),
        QueryAst::Restricted(_) | QueryAst::And(_) | QueryAst::Or(_) | QueryAst::Not(_) | QueryAst::Filter(_) => false,
        _ => true,
    }
}

pub(crate) struct Compiler<'a> {
    pub(crate) index: &'a NewsIndex,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) ranking: &'a Ranking,
    pub(crate) glossary: &'a Glossary,
    /// Words and runs are one term each, since there are operators.
    pub(crate) one_term_each: bool,
    pub(crate) require_all: bool,
    pub(crate) expand: bool,
    /// Inside `title:`.
    pub(crate) in_title: bool,
    /// False inside NOT.
    pub(crate) is_scored: bool,
    pub(crate) words: WordContext,
    pub(crate) terms: Terms<'a>,
    pub(crate) plan: HighlightPlan,
    /// Atomic, in the order of the query.
    pub(crate) evidence: Vec<ScoringClause>,
    /// True while names are looked up that the glossary adds.
    pub(crate) is_expanding: bool,
    /// Evidence of these.
    pub(crate) expanded: Vec<ScoringClause>,
    pub(crate) expansions: Vec<Expansion>,
    pub(crate) refinements: Refinements,
    pub(crate) seen_beginnings: HashSet<(Chain, String)>,
    pub(crate) close_terms: CloseTerms,
    /// The bag that a word is in, read as one text.
    pub(crate) sentence: Sentence,
    pub(crate) seen: HashSet<Seen>,
    /// True once some evidence matches passages that are no hits.
    pub(crate) evidence_adds_hits: bool,
    /// True while every match is among the evidence as well.
    pub(crate) matches_are_scored: bool,
    pub(crate) leaves: Vec<CompiledLeaf>,
}

impl Compiler<'_> {
    fn node(&mut self, ast: &QueryAst) -> Result<CompiledClause> {
        match ast {
            QueryAst::Bag(items) => {
                let is_loose = !self.one_term_each && !self.require_all;
                let sentence = if is_loose { self.read_sentence(items)? } else { Sentence::default() };
                let outside = std::mem::replace(&mut self.sentence, sentence);
                let items: Vec<&QueryAst> = distinct(items).collect();
                let nodes = items.iter().map(|item| self.narrow_node(item)).collect::<Result<Vec<CompiledClause>>>()?;
                self.sentence = outside;
                if self.require_all {
                    return self.each_of(&items, nodes);
                }
                let added = self.expansions(&items)?.into_iter().map(|(_, node)| node);
                Ok(any_of(nodes.into_iter().chain(added).collect()))
            }
            QueryAst::Or(items) => Ok(any_of(self.nodes(items)?)),
            QueryAst::And(items) => {
                let (mut required, mut excluded) = (Vec::new(), Vec::new());
                for item in distinct(items) {
                    match item {
                        QueryAst::Not(inner) => excluded.push(self.unscored(inner)?),
                        _ => required.push(self.node(item)?),
                    }
                }
                Ok(all_of(required, excluded))
            }
            QueryAst::Not(inner) => Ok(all_of(Vec::new(), vec![self.unscored(inner)?])),
            QueryAst::Restricted(restricted) => self.restricted(restricted),
            QueryAst::Title(inner) => {
                let outside = std::mem::replace(&mut self.in_title, true);
                let node = self.node(inner);
                self.in_title = outside;
                node
            }
            QueryAst::Filter(filter) => self.filter(filter),
            QueryAst::Word(_) => {
                let node = self.narrow_node(ast)?;
                let added = self.expansions(&[ast])?.into_iter().map(|(_, node)| node);
                Ok(any_of(std::iter::once(node).chain(added).collect()))
            }
            QueryAst::Phrase(text) => {
                let node = self.placed_leaf(ast)?;
                self.note_leaf(ast, &node);
                let added = self.expansions_of_phrase(text)?;
                Ok(any_of(std::iter::once(node).chain(added).collect()))
            }
            QueryAst::Proximity { .. }
            | QueryAst::Near { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_) => {
                let node = self.placed_leaf(ast)?;
                self.note_leaf(ast, &node);
                Ok(node)
            }
        }
    }

    /// As [`Compiler::node`], but a word is not widened.
    fn narrow_node(&mut self, ast: &QueryAst) -> Result<CompiledClause> {
        let QueryAst::Word(text) = ast else {
            return self.node(ast);
        };
        let node = self.word(text)?;
        self.note_leaf(ast, &node);
        Ok(node)
    }

    /// All items of a bag, each by itself or by a name that was added for words which it is one of.
    fn each_of(&mut self, items: &[&QueryAst], nodes: Vec<CompiledClause>) -> Result<CompiledClause> {
        let mut any: Vec<Vec<CompiledClause>> = nodes.into_iter().map(|node| vec![node]).collect();
        for (named, node) in self.expansions(items)? {
            // A stop word is not asked for, by whatever name.
            for item in named {
                if any[item][0].is_blank {
                    continue;
                }
                any[item].push(node.clone());
            }
        }
        Ok(clauses(any.into_iter().map(any_of).collect(), Vec::new(), Vec::new()))
    }

    fn note_leaf(&mut self, ast: &QueryAst, node: &CompiledClause) {
        if !node.is_blank {
            let mut patterns = Vec::new();
            node.plan.each_pattern(&mut |pattern| patterns.push(pattern));
            let (in_title, is_excluded) = (self.in_title, !self.is_scored);
            let text = ast.to_string();
            self.leaves.push(CompiledLeaf { text, in_title, is_excluded, expansion_of: None, patterns });
        }
    }

    /// One node for each of the items.
    fn nodes(&mut self, items: &[QueryAst]) -> Result<Vec<CompiledClause>> {
        distinct(items).map(|item| self.node(item)).collect()
    }

    /// What is taken away: it ranks nothing.
    fn unscored(&mut self, ast: &QueryAst) -> Result<CompiledClause> {
        let outside = std::mem::replace(&mut self.is_scored, false);
        let node = self.node(ast);
        self.is_scored = outside;
        node
    }

    fn restricted(&mut self, restricted: &Restricted) -> Result<CompiledClause> {
        let mut required = self.nodes(&restricted.filters)?;
        let filters = required.len();
        required.extend(self.nodes(&restricted.required)?);
        let excluded =
            distinct(&restricted.excluded).map(|item| self.unscored(item)).collect::<Result<Vec<CompiledClause>>>()?;
        let mut optional = Vec::new();
        if let Some(rest) = &restricted.rest {
            let rest = self.node(rest)?;
            // Beside something required, the rest only ranks.
            if required.len() == filters && !rest.is_blank { required.push(rest) } else { optional.push(rest) }
        }
        Ok(clauses(required, optional, excluded))
    }

    fn filter(&self, filter: &Filter) -> Result<CompiledClause> {
        let query = filter.query(self.index)?;
        Ok(CompiledClause { query: Some(query), plan: Plan::Filter(filter.clone()), is_blank: false })
    }

    fn finish(mut self, root: CompiledClause, is_union: bool, filters: &Filters) -> Result<CompiledQuery> {
        // What was typed as well counts once, as typed.
        let is_typed = |one: &ScoringClause| {
            self.evidence.iter().any(|typed| typed.field == one.field && typed.pattern == one.pattern)
        };
        let expanded = std::mem::take(&mut self.expanded).into_iter().filter(|one| !is_typed(one)).collect::<Vec<_>>();
        self.evidence.extend(expanded);
        let scored = self.evidence.iter().map(|evidence| (Occur::Should, evidence.query.box_clone()));
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = scored.collect();
        let mut must = |query: Box<dyn Query>| clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0))));
        let restrictions = filters.queries(self.index)?;
        let restricted = !restrictions.is_empty();
        restrictions.into_iter().for_each(&mut must);
        // A plain union of everything lets tantivy skip what cannot reach the top.
        let is_plain = is_union && !self.evidence_adds_hits && self.matches_are_scored && !restricted;
        if !is_plain || self.evidence.is_empty() {
            must(root.query.unwrap_or_else(|| Box::new(EmptyQuery)));
        } else if clauses.len() == 1 {
            // Of a single clause tantivy makes a requirement, in which it passes over nothing.
            clauses.push((Occur::Should, Box::new(EmptyQuery)));
        }
        self.plan.root = root.plan;
        let query = Box::new(BooleanQuery::new(clauses));
        let refinements = self.take_refinements();
        Ok(CompiledQuery {
            query,
            evidence: self.evidence,
            refinements,
            plan: self.plan,
            leaves: self.leaves,
            expansions: self.expansions,
        })
    }
}

/// The items, those that come again left out.
fn distinct(items: &[QueryAst]) -> impl Iterator<Item = &QueryAst> {
    let mut seen = HashSet::new();
    items.iter().filter(move |item| seen.insert(*item))
}
