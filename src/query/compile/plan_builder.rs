//! The plan builder: collects clauses in the order of the query, each once. They stay in that order, since scores are sums.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::query::compile::clause::CompiledClause;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::ranking::Ranking;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::highlight_plan::HighlightPlan;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::query_plan::{
    CompiledLeaf, Expansion, MatchNode, Proximity, QueryPlan, RerankPlan, ScoringClause,
};
use crate::query::syntax::restrictions::Filters;
use crate::text::analysis::{Chain, Segmented};

/// A scored clause, as the key by which duplicates are recognised.
#[derive(PartialEq, Eq, Hash)]
struct SeenClause {
    chain: Chain,
    in_title: bool,
    is_expanded: bool,
    pattern: Pattern,
    factor: u32,
}

/// The parts of a plan that the compiler has added so far.
#[derive(Default)]
pub(crate) struct PlanBuilder {
    highlight: HighlightPlan,
    known_patterns: HashMap<(Chain, Pattern), usize, RandomState>,
    /// Scoring clauses of typed words.
    typed: Vec<ScoringClause>,
    /// Scoring clauses of names that the glossary added.
    expanded: Vec<ScoringClause>,
    seen: HashSet<SeenClause, RandomState>,
    /// True once some scoring clause matches passages that are no hits.
    pub(crate) scoring_adds_hits: bool,
    /// True once something matches that is not scored.
    has_unscored_matches: bool,
    prefixes: Vec<ScoringClause>,
    seen_prefixes: HashSet<(Chain, String)>,
    close_terms: BTreeMap<Chain, BTreeMap<String, f64>>,
    leaves: Vec<CompiledLeaf>,
    expansions: Vec<Expansion>,
    /// The number of conditions on articles so far.
    branches: usize,
}

impl PlanBuilder {
    /// The index of a pattern in the highlight plan; a new pattern is added.
    pub(crate) fn intern(&mut self, chain: Chain, pattern: &Pattern) -> usize {
        *self.known_patterns.entry((chain, pattern.clone())).or_insert_with(|| {
            self.highlight.patterns.push((chain, pattern.clone()));
            self.highlight.patterns.len() - 1
        })
    }

    /// True for a clause that is added for the first time with its factor. Each counts once in a query; as a word and
    /// as a part of another, twice. An excluded clause is not scored, and does not make a later one a duplicate.
    pub(crate) fn is_new(&mut self, context: Context<'_>, clause: &FieldClause) -> bool {
        context.is_scored
            && self.seen.insert(SeenClause {
                chain: clause.chain,
                in_title: context.in_title,
                is_expanded: context.is_expanding,
                pattern: clause.pattern.clone(),
                factor: clause.factor.to_bits(),
            })
    }

    /// Records how scoring a clause by `weight` changes whether hits and scored passages are the same.
    pub(crate) fn note_role(&mut self, role: Role, weight: f32) {
        match role {
            Role::ScoringOnly => self.scoring_adds_hits = true,
            Role::Required => self.has_unscored_matches |= weight <= 0.0,
        }
    }

    pub(crate) fn add_scoring(&mut self, context: Context<'_>, clause: ScoringClause) {
        if context.is_expanding { &mut self.expanded } else { &mut self.typed }.push(clause);
    }

    /// True for a prefix that is added for the first time.
    pub(crate) fn is_new_prefix(&mut self, chain: Chain, prefix: &str) -> bool {
        self.seen_prefixes.insert((chain, prefix.to_owned()))
    }

    pub(crate) fn add_prefix(&mut self, clause: ScoringClause) {
        self.prefixes.push(clause);
    }

    /// Adds a term that should stand close to the others of its chain; the greatest weight counts.
    pub(crate) fn add_close_term(&mut self, chain: Chain, term: &str, weight: f64) {
        let most = self.close_terms.entry(chain).or_default().entry(term.to_owned()).or_insert(weight);
        *most = most.max(weight);
    }

    /// A number for a condition on articles.
    pub(crate) fn next_branch(&mut self) -> usize {
        self.branches += 1;
        self.branches - 1
    }

    pub(crate) fn add_leaf(&mut self, leaf: CompiledLeaf) {
        self.leaves.push(leaf);
    }

    /// Adds names that words were expanded by. Several concepts can have the same name, and a name several spellings that fold to the
    /// same (中國, 中国): each is added once, as it came first.
    pub(crate) fn add_expansion(&mut self, typed: String, names: Vec<String>) {
        let at = self.expansions.iter().position(|known| known.typed == typed).unwrap_or_else(|| {
            self.expansions.push(Expansion { typed, names: Vec::new() });
            self.expansions.len() - 1
        });
        let known = &mut self.expansions[at].names;
        for name in names {
            if !known.iter().any(|other| folded_units(other) == folded_units(&name)) {
                known.push(name);
            }
        }
    }

    /// Finishes the plan of a whole query. `is_union` is true if, judging by the shape of the query, everything that is
    /// scored is a hit.
    pub(crate) fn finish(
        mut self,
        root: CompiledClause,
        is_union: bool,
        filters: &Filters,
        ranking: &Ranking,
    ) -> QueryPlan {
        // A name that was typed as well counts once, as typed.
        let is_typed = |one: &ScoringClause| {
            self.typed.iter().any(|typed| typed.field == one.field && typed.pattern == one.pattern)
        };
        let expanded: Vec<ScoringClause> = self.expanded.into_iter().filter(|one| !is_typed(one)).collect();
        self.typed.extend(expanded);
        self.highlight.root = root.highlight;
        let mut rerank = RerankPlan { prefixes: self.prefixes, proximity: Vec::new() };
        for (chain, terms) in self.close_terms {
            if terms.len() > 1 {
                let window = &ranking.window;
                let window = if chain.keeps_characters() { window.characters } else { window.words };
                let terms = terms.into_iter().collect();
                rerank.proximity.push(Proximity { field: FieldId::Text(chain), window, terms });
            }
        }
        QueryPlan {
            matches: root.matches,
            is_union: is_union && !self.scoring_adds_hits && !self.has_unscored_matches,
            scoring: self.typed,
            general: ranking.general,
            rerank,
            filters: MatchNode::of_filters(filters),
            highlight: self.highlight,
            leaves: self.leaves,
            expansions: self.expansions,
            cuts: Vec::new(),
        }
    }
}

/// The folded units of a name, which its spellings share.
fn folded_units(name: &str) -> Vec<String> {
    let text = Segmented::new(name);
    text.units().iter().map(|unit| text.form(unit).to_owned()).collect()
}
