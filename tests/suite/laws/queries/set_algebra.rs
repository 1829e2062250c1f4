//! What queries have to find by set algebra.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use tradewire::internals::engine::PassageKey;
use tradewire::internals::query::{Extent, QueryAst, QueryOptions, QueryPlan, Restricted, compile_query};

use super::filters::{TODAY, admits};
use super::trees::within;
use crate::laws::Corpus;

pub(in crate::laws) type Hits = BTreeSet<PassageKey>;

/// What queries have to find: the hits of leaves as the engine finds them one by one, everything else by set algebra.
pub(in crate::laws) struct Algebra<'a> {
    pub(in crate::laws) corpus: &'a Corpus,
    pub(in crate::laws) require_all: bool,
    pub(in crate::laws) expand: bool,
    /// True if AND, NOT and filters hold for articles; a set then has all passages of an article or none.
    pub(in crate::laws) by_article: bool,
    leaves: RefCell<HashMap<String, Hits>>,
}

impl<'a> Algebra<'a> {
    pub(in crate::laws) fn new(corpus: &'a Corpus, require_all: bool) -> Algebra<'a> {
        Algebra { corpus, require_all, expand: false, by_article: false, leaves: RefCell::default() }
    }

    /// Of queries that are expanded by the glossary.
    pub(in crate::laws) fn expanded(corpus: &'a Corpus) -> Algebra<'a> {
        Algebra { expand: true, ..Algebra::new(corpus, false) }
    }

    /// Of queries by document.
    pub(in crate::laws) fn by_article(corpus: &'a Corpus, require_all: bool) -> Algebra<'a> {
        Algebra { by_article: true, ..Algebra::new(corpus, require_all) }
    }

    /// The passages, or with `by_article` all passages of their articles.
    pub(in crate::laws) fn closed(&self, hits: Hits) -> Hits {
        if !self.by_article {
            return hits;
        }
        let passages = || self.corpus.passages.iter();
        let found: BTreeSet<&str> =
            passages().filter(|stored| hits.contains(&stored.key)).map(|stored| stored.passage.id.as_str()).collect();
        passages().filter(|stored| found.contains(stored.passage.id.as_str())).map(|stored| stored.key).collect()
    }

    pub(in crate::laws) fn all(&self) -> Hits {
        self.corpus.passages.iter().map(|stored| stored.key).collect()
    }

    pub(in crate::laws) fn compile(&self, ast: &QueryAst) -> Option<QueryPlan> {
        let Corpus { index, analyzer, config, .. } = self.corpus;
        let options = QueryOptions {
            require_all: self.require_all,
            expand: self.expand,
            today: Some(TODAY),
            ..QueryOptions::default()
        };
        compile_query(ast, &options, self.by_article, &**index, analyzer, &config.ranking, &config.glossary).unwrap()
    }

    /// What the engine finds.
    pub(in crate::laws) fn hits(&self, ast: &QueryAst) -> Hits {
        self.compile(ast).map_or_else(BTreeSet::new, |compiled| self.corpus.hits_of(&compiled))
    }

    /// What an operand finds by itself, as one term.
    fn leaf(&self, ast: &QueryAst, in_title: bool) -> Hits {
        let term = as_term(ast, in_title);
        let key = format!("{term:?}");
        if let Some(known) = self.leaves.borrow().get(&key) {
            return known.clone();
        }
        let hits = self.closed(self.hits(&term));
        self.leaves.borrow_mut().insert(key, hits.clone());
        hits
    }

    /// What a query beside an operator has to find.
    pub(in crate::laws) fn expected(&self, ast: &QueryAst, in_title: bool) -> Hits {
        let of = |item: &QueryAst| self.expected(item, in_title);
        let union = |items: &[QueryAst]| items.iter().flat_map(of).collect::<Hits>();
        let all_of = |items: &[QueryAst]| items.iter().map(of).fold(self.all(), |all, hits| &all & &hits);
        match ast {
            QueryAst::Bag(items) if self.require_all => all_of(items),
            QueryAst::Bag(items) | QueryAst::Or(items) => union(items),
            QueryAst::And(items) => all_of(items),
            QueryAst::Not(inner) => &self.all() - &of(inner),
            QueryAst::Restricted(restricted) => {
                let mut hits = &all_of(&restricted.required) & &all_of(&restricted.filters);
                if let (Some(rest), true) = (&restricted.rest, restricted.required.is_empty()) {
                    hits = &hits & &of(rest);
                }
                &hits - &union(&restricted.excluded)
            }
            QueryAst::Title(inner) => self.expected(inner, true),
            QueryAst::Filter(filter) => {
                let admitted = self.corpus.passages.iter().filter(|stored| admits(self.corpus, filter, stored));
                self.closed(admitted.map(|stored| stored.key).collect())
            }
            QueryAst::Within { extent, inner } => match pushed_down(*extent, inner) {
                Some(pushed) => self.expected(&pushed, in_title),
                None => self.leaf(ast, in_title),
            },
            leaf => self.leaf(leaf, in_title),
        }
    }

    /// The leaves, each with whether in the title, that make a passage a hit or stand beside what does.
    pub(in crate::laws) fn live(&self, ast: &QueryAst, in_title: bool, at: PassageKey, live: &mut Vec<QueryAst>) {
        if !self.expected(ast, in_title).contains(&at) {
            return;
        }
        match ast {
            QueryAst::Bag(items) | QueryAst::Or(items) | QueryAst::And(items) => {
                items.iter().for_each(|item| self.live(item, in_title, at, live));
            }
            QueryAst::Restricted(restricted) => {
                let items = restricted.required.iter().chain(&restricted.rest);
                items.for_each(|item| self.live(item, in_title, at, live));
            }
            QueryAst::Title(inner) => self.live(inner, true, at, live),
            QueryAst::Not(_) | QueryAst::Filter(_) => {}
            QueryAst::Within { extent, inner } => match pushed_down(*extent, inner) {
                Some(pushed) => self.live(&pushed, in_title, at, live),
                None => live.push(as_term(ast, in_title)),
            },
            leaf => live.push(as_term(leaf, in_title)),
        }
    }
}

/// A word, run or anything else as one term, as beside an operator.
pub(in crate::laws) fn as_term(ast: &QueryAst, in_title: bool) -> QueryAst {
    let operand = if in_title { QueryAst::Title(Box::new(ast.clone())) } else { ast.clone() };
    QueryAst::Restricted(Box::new(Restricted { required: vec![operand], ..Restricted::default() }))
}

/// The same, with the extent before each operand; `None` for an operand itself.
fn pushed_down(extent: Extent, ast: &QueryAst) -> Option<QueryAst> {
    let of = |item: &QueryAst| pushed_down(extent, item).unwrap_or_else(|| within(extent, item.clone()));
    let all = |items: &[QueryAst]| items.iter().map(of).collect::<Vec<QueryAst>>();
    match ast {
        QueryAst::Bag(items) => Some(QueryAst::Bag(all(items))),
        QueryAst::Or(items) => Some(QueryAst::Or(all(items))),
        QueryAst::And(items) => Some(QueryAst::And(all(items))),
        QueryAst::Not(inner) => Some(QueryAst::Not(Box::new(of(inner)))),
        QueryAst::Title(inner) => Some(QueryAst::Title(Box::new(of(inner)))),
        QueryAst::Within { extent: inside, inner } => {
            pushed_down(*inside, inner).map(|pushed| pushed_down(extent, &pushed).unwrap_or(pushed))
        }
        QueryAst::Restricted(restricted) => Some(QueryAst::Restricted(Box::new(Restricted {
            required: all(&restricted.required),
            excluded: all(&restricted.excluded),
            filters: restricted.filters.clone(),
            rest: restricted.rest.as_ref().map(of),
        }))),
        _ => None,
    }
}
