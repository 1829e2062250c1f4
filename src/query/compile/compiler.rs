//! The compiler: turns a [`QueryAst`] into a [`QueryPlan`], with the help of a [`Lexicon`].
//!
//! This file combines the clauses of words and phrases (from `word` and `positional`) by AND, OR, NOT, signs and
//! filters. The compiler itself is immutable; what applies to one part of a query is passed down as a [`Context`], and
//! a [`PlanBuilder`] collects what the parts add, in the order of the query.

use std::cell::OnceCell;
use std::collections::HashSet;

use anyhow::Result;
use jiff::civil::Date;

use crate::query::compile::analyzed_texts::AnalyzedTexts;
use crate::query::compile::clause::{CompiledClause, all_non_blank, all_of, any_of};
use crate::query::compile::context::Context;
use crate::query::compile::lexicon::{Lexicon, TermCounts};
use crate::query::compile::listed_surfaces::ListedSurfaces;
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::compile::query_words::WordContext;
use crate::query::compile::ranking::Ranking;
use crate::query::compile::sentence::Sentence;
use crate::query::plan::query_plan::{CompiledLeaf, MatchNode, QueryPlan};
use crate::query::syntax::ast::{QueryAst, Restricted};
use crate::query::syntax::restrictions::QueryOptions;
use crate::text::analysis::Analyzer;
use crate::text::day::today;
use crate::text::glossary::Glossary;

/// Compiles a query. AND, NOT, signs, filters in the query and `require_all` hold for each passage, or with `by_article` for each
/// article, of which the passages that pass the filters of the options are searched.
/// `None` if the query has no word, no character and no filter that could be looked up.
///
/// # Errors
///
/// When an embedded dictionary or the index behind the lexicon cannot be read.
pub fn compile_query(
    ast: &QueryAst,
    options: &QueryOptions,
    by_article: bool,
    lexicon: &dyn Lexicon,
    analyzer: &Analyzer,
    ranking: &Ranking,
    glossary: &Glossary,
) -> Result<Option<QueryPlan>> {
    let lexicon = TermCounts::new(lexicon);
    let texts = AnalyzedTexts::new(analyzer);
    let is_loose = !ast.has_operator() && !options.require_all;
    let words = WordContext::of((ast, is_loose), &lexicon, &texts, analyzer, ranking)?;
    let compiler = Compiler {
        lexicon,
        analyzer,
        texts,
        ranking,
        glossary,
        words,
        one_term_each: ast.has_operator(),
        require_all: options.require_all,
        expand: options.expand,
        today: options.today.map_or_else(OnceCell::new, OnceCell::from),
        by_article,
        listed: ListedSurfaces::default(),
    };
    let mut plan = PlanBuilder::default();
    let root = compiler.clause(Context::default(), ast, &mut plan)?;
    if root.is_blank {
        return Ok(None);
    }
    let is_union = !compiler.one_term_each && !compiler.require_all && is_union(ast);
    let cuts = compiler.listed.cuts();
    Ok(Some(QueryPlan { cuts, ..plan.finish(root, is_union, &options.filters, ranking) }))
}

/// True if everything that is scored is a hit, judging by the shape of the query.
fn is_union(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Bag(items) => items.iter().all(is_union),
        QueryAst::Title(inner) | QueryAst::Within { inner, .. } => is_union(inner),
        QueryAst::Restricted(_)
        | QueryAst::And(_)
        | QueryAst::Or(_)
        | QueryAst::Not(_)
        | QueryAst::AtLeast { .. }
        | QueryAst::Filter(_) => false,
        QueryAst::Near { .. }
        | QueryAst::Word(_)
        | QueryAst::Phrase(_)
        | QueryAst::Proximity { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Wildcard(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Exact(_)
        | QueryAst::Caps(_)
        | QueryAst::Quantity(_) => true,
    }
}

/// The compiler of one query. It does not change while the query is compiled.
pub(crate) struct Compiler<'a> {
    pub(crate) lexicon: TermCounts<'a>,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) texts: AnalyzedTexts<'a>,
    pub(crate) ranking: &'a Ranking,
    pub(crate) glossary: &'a Glossary,
    /// The words of the whole query, with their stop words and the fields that know them.
    pub(crate) words: WordContext,
    /// True if words and runs are one term each, which an operator in the query decides.
    pub(crate) one_term_each: bool,
    pub(crate) require_all: bool,
    pub(crate) expand: bool,
    /// The day that relative dates count from; found out for the first of them, since it takes the time zone.
    pub(crate) today: OnceCell<Date>,
    /// True if AND and NOT hold for articles.
    pub(crate) by_article: bool,
    /// The surface forms of the words with wildcards so far.
    pub(crate) listed: ListedSurfaces,
}

impl Compiler<'_> {
    fn clause(&self, context: Context<'_>, ast: &QueryAst, plan: &mut PlanBuilder) -> Result<CompiledClause> {
        match ast {
            QueryAst::Bag(items) => self.bag(context, items, plan),
            QueryAst::Or(items) => Ok(any_of(self.clauses(context, items, plan)?)),
            QueryAst::And(items) => {
                let (mut required, mut excluded) = (Vec::new(), Vec::new());
                for item in distinct(items) {
                    if let QueryAst::Not(inner) = item {
                        excluded.push(self.clause(context.excluded(), inner, plan)?);
                    } else {
                        required.push(self.clause(context, item, plan)?);
                    }
                }
                Ok(self.combination(all_of(required, excluded), Vec::new(), plan))
            }
            QueryAst::Not(inner) => {
                let excluded = self.clause(context.excluded(), inner, plan)?;
                Ok(self.combination(all_of(Vec::new(), vec![excluded]), Vec::new(), plan))
            }
            QueryAst::Restricted(restricted) => self.restricted(context, restricted, plan),
            QueryAst::Title(inner) => self.clause(context.in_title(), inner, plan),
            QueryAst::Within { extent, inner } => self.clause(context.within(*extent), inner, plan),
            QueryAst::AtLeast { times, operand } => {
                let clause = self.counted_leaf(context, operand, plan)?;
                add_leaf_of(context, ast, &clause, plan);
                Ok(clause.at_least(*times, plan.next_branch()))
            }
            QueryAst::Filter(filter) => Ok(CompiledClause::filter(&filter.on(|| *self.today.get_or_init(today)))),
            QueryAst::Word(_) if self.is_loose() => self.bag(context, std::slice::from_ref(ast), plan),
            QueryAst::Word(_) => {
                let typed = self.as_typed(context, ast, plan)?;
                let added = self.expansions(context, &[ast], plan)?.into_iter().map(|(_, clause)| clause);
                Ok(any_of(std::iter::once(typed).chain(added).collect()))
            }
            QueryAst::Phrase(text) => {
                let typed = self.noted_positional_leaf(context, ast, plan)?;
                let added = self.expansions_of_phrase(context, text, plan)?;
                Ok(any_of(std::iter::once(typed).chain(added).collect()))
            }
            QueryAst::Proximity { .. }
            | QueryAst::Near { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Wildcard(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_)
            | QueryAst::Caps(_)
            | QueryAst::Quantity(_) => self.noted_positional_leaf(context, ast, plan),
        }
    }

    /// True if any part of a word may match.
    fn is_loose(&self) -> bool {
        !self.one_term_each && !self.require_all
    }

    /// Compiles words side by side: any of them matches, or with `require_all` each has to.
    fn bag(&self, context: Context<'_>, items: &[QueryAst], plan: &mut PlanBuilder) -> Result<CompiledClause> {
        let is_loose = self.is_loose();
        let sentence = if is_loose { self.segment_sentence(items)? } else { Sentence::default() };
        let items: Vec<&QueryAst> = distinct(items).collect();
        let inside = Context { sentence: Some(&sentence), ..context };
        let mut typed = Vec::new();
        for item in &items {
            if let QueryAst::Phrase(text) = item
                && is_loose
                && items.len() > 1
            {
                self.rank_by_words(context, text, plan)?;
            }
            typed.push(self.as_typed(inside, item, plan)?);
        }
        let added = self.expansions(context, &items, plan)?;
        if !self.require_all {
            return Ok(any_of(typed.into_iter().chain(added.into_iter().map(|(_, clause)| clause)).collect()));
        }
        // Each item matches by itself, or by a name that was added for words of which it is one.
        let mut any: Vec<Vec<CompiledClause>> = typed.into_iter().map(|clause| vec![clause]).collect();
        for (named, clause) in added {
            for item in named {
                // A stop word is not required, by whatever name.
                if !any[item][0].is_blank {
                    any[item].push(clause.clone());
                }
            }
        }
        let all = all_non_blank(any.into_iter().map(any_of).collect(), Vec::new(), Vec::new());
        Ok(self.combination(all, Vec::new(), plan))
    }

    /// A combination by AND and NOT, as the query has it: what makes up a single term holds for the passage in any case.
    /// `optional` are conditions that only rank.
    fn combination(&self, clause: CompiledClause, optional: Vec<MatchNode>, plan: &mut PlanBuilder) -> CompiledClause {
        if self.by_article { clause.in_article(plan.next_branch(), optional) } else { clause }
    }

    /// Compiles an item as [`Compiler::clause`] does, but without expanding a word.
    fn as_typed(&self, context: Context<'_>, ast: &QueryAst, plan: &mut PlanBuilder) -> Result<CompiledClause> {
        let QueryAst::Word(text) = ast else {
            return self.clause(context, ast, plan);
        };
        let clause = self.word(context, text, plan)?;
        add_leaf_of(context, ast, &clause, plan);
        Ok(clause)
    }

    fn noted_positional_leaf(
        &self,
        context: Context<'_>,
        ast: &QueryAst,
        plan: &mut PlanBuilder,
    ) -> Result<CompiledClause> {
        let clause = self.positional_leaf(context, ast, plan)?;
        add_leaf_of(context, ast, &clause, plan);
        Ok(clause)
    }

    /// Compiles each of the items.
    fn clauses(&self, context: Context<'_>, items: &[QueryAst], plan: &mut PlanBuilder) -> Result<Vec<CompiledClause>> {
        distinct(items).map(|item| self.clause(context, item, plan)).collect()
    }

    fn restricted(
        &self,
        context: Context<'_>,
        restricted: &Restricted,
        plan: &mut PlanBuilder,
    ) -> Result<CompiledClause> {
        let mut required = self.clauses(context, &restricted.filters, plan)?;
        let filters = required.len();
        required.extend(self.clauses(context, &restricted.required, plan)?);
        let excluded = self.clauses(context.excluded(), &restricted.excluded, plan)?;
        let mut optional = Vec::new();
        if let Some(rest) = &restricted.rest {
            let rest = self.clause(context, rest, plan)?;
            // Beside something required, clauses without a sign only rank.
            if required.len() == filters && !rest.is_blank { required.push(rest) } else { optional.push(rest) }
        }
        let ranking = optional.iter().map(|clause| clause.matches.clone()).collect();
        Ok(self.combination(all_non_blank(required, optional, excluded), ranking, plan))
    }
}

/// Adds a word or phrase of the query to the plan's leaves, with the patterns that find it.
fn add_leaf_of(context: Context<'_>, ast: &QueryAst, clause: &CompiledClause, plan: &mut PlanBuilder) {
    if !clause.is_blank {
        let mut patterns = Vec::new();
        clause.highlight.each_pattern(&mut |pattern| patterns.push(pattern));
        let Context { in_title, is_scored, .. } = context;
        let text = ast.to_string();
        plan.add_leaf(CompiledLeaf { text, in_title, is_excluded: !is_scored, expansion_of: None, patterns });
    }
}

/// The items without duplicates, in their order.
fn distinct(items: &[QueryAst]) -> impl Iterator<Item = &QueryAst> {
    let mut seen = HashSet::new();
    items.iter().filter(move |item| seen.insert(*item))
}
