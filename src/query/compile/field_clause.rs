//! Ways to find a piece of a query: each a pattern in one chain, that makes a hit or only ranks. Looking one up adds it
//! to what matches, to the evidence that ranks, and to the highlight plan.

use anyhow::{Context, Result};
use tantivy::query::{BooleanQuery, EnableScoring, Query};
use tantivy::{DocSet, TERMINATED};

use crate::engine::tantivy::lookup::{Matcher, find_pattern};
use crate::query::compile::clause::CompiledClause;
use crate::query::compile::compiler::{Compiler, ScoringClause};
use crate::query::plan::pattern::{Pattern, Plan};
use crate::text::analysis::Chain;

const LOOKING_UP: &str = "looking a name of the glossary up";

/// What a piece of evidence has to do with being a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It makes a passage a hit.
    Required,
    /// It ranks hits only.
    ScoringOnly,
}

/// One way in which a piece of a query can be found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldClause {
    pub(crate) chain: Chain,
    pub(crate) pattern: Pattern,
    pub(crate) factor: f32,
    pub(crate) role: Role,
}

/// What was looked up as evidence.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Seen {
    chain: Chain,
    in_title: bool,
    is_expanded: bool,
    pattern: Pattern,
    factor: u32,
}

/// What makes a leaf match, so far.
#[derive(Default)]
pub(crate) struct LeafBuilder {
    queries: Vec<Box<dyn Query>>,
    patterns: Vec<usize>,
}

impl LeafBuilder {
    /// What makes it match, as indices into the patterns of the plan.
    pub(crate) fn patterns(&self) -> &[usize] {
        &self.patterns
    }

    pub(crate) fn into_node(self, in_title: bool, is_expanded: bool) -> CompiledClause {
        CompiledClause {
            query: match self.queries.len() {
                0 => None,
                _ => Some(Box::new(BooleanQuery::union(self.queries))),
            },
            plan: Plan::Leaf { in_title, is_expanded, patterns: self.patterns },
            is_blank: false,
        }
    }
}

impl Compiler<'_> {
    /// Adds a way to find something: over title and text as a match if it is one, and over each as evidence with the
    /// field's weight. Each way counts once in a query with the same factor; as a word and as a part of another, twice.
    pub(crate) fn look_up(&mut self, leaf: &mut LeafBuilder, way: &FieldClause) -> Result<()> {
        let FieldClause { chain, pattern, factor, role } = way;
        let (chain, factor) = (*chain, *factor);
        if self.field_is_empty(chain) || (*role == Role::ScoringOnly && !self.is_scored) {
            return Ok(());
        }
        let fields = self.index.fields();
        let statistics = self.index.statistics();
        let weights = self.ranking.of(chain);
        // What is taken away is no evidence, and keeps nothing that comes later from being some.
        let is_new = self.is_scored
            && self.seen.insert(Seen {
                chain,
                in_title: self.in_title,
                is_expanded: self.is_expanding,
                pattern: pattern.clone(),
                factor: factor.to_bits(),
            });
        if *role == Role::ScoringOnly && !is_new {
            return Ok(());
        }
        if self.in_title {
            let Some(of_title) = find_pattern(chain, pattern, true, fields, &self.terms)? else {
                return Ok(());
            };
            if self.is_expanding && !self.is_in_some_passage(&of_title)? {
                return Ok(());
            }
            self.add_match(leaf, way, &of_title);
            if is_new {
                // The title is all there is to it, so it has the weight of the text.
                self.add_evidence(way, true, of_title, weights.text.max(weights.title) * factor);
            }
            return Ok(());
        }
        let Some(of_text) = find_pattern(chain, pattern, false, fields, &self.terms)? else {
            return Ok(());
        };
        // That some passage has each word of a name says little of the name.
        if self.is_expanding && !self.is_in_some_passage(&of_text)? {
            return Ok(());
        }
        self.add_match(leaf, way, &of_text);
        // What stands in a title stands in the field with title and text too, so where that has nothing, it has nothing.
        let is_found = !matches!(of_text, Matcher::Nothing);
        if !is_new || !is_found {
            return Ok(());
        }
        self.add_evidence(way, false, of_text, weights.text * factor);
        if weights.title * factor > 0.0
            && self.is_scored
            && statistics.title[chain].passages > 0
            && let Some(of_title) = find_pattern(chain, pattern, true, fields, &self.terms)?
        {
            // It adds no hits.
            self.push_evidence(way, true, of_title, weights.title * factor);
        }
        Ok(())
    }

    fn is_in_some_passage(&self, finder: &Matcher) -> Result<bool> {
        let Some(query) = finder.matches() else {
            return Ok(false);
        };
        let searcher = self.index.searcher();
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).context(LOOKING_UP)?;
        for reader in searcher.segment_readers() {
            let mut found = weight.scorer(reader, 1.0).context(LOOKING_UP)?;
            while found.doc() != TERMINATED {
                if reader.alive_bitset().is_none_or(|alive| alive.is_alive(found.doc())) {
                    return Ok(true);
                }
                found.advance();
            }
        }
        Ok(false)
    }

    fn add_match(&mut self, leaf: &mut LeafBuilder, way: &FieldClause, finder: &Matcher) {
        if way.role == Role::Required {
            leaf.queries.extend(finder.matches());
            leaf.patterns.push(self.plan.intern(way.chain, &way.pattern));
        }
    }

    /// Adds evidence, and notes what it means for the hits.
    fn add_evidence(&mut self, way: &FieldClause, in_title: bool, finder: Matcher, weight: f32) {
        match way.role {
            Role::ScoringOnly => self.evidence_adds_hits = true,
            Role::Required => self.matches_are_scored &= weight > 0.0,
        }
        self.push_evidence(way, in_title, finder, weight);
    }

    fn push_evidence(&mut self, way: &FieldClause, in_title: bool, finder: Matcher, weight: f32) {
        if self.is_scored && weight > 0.0 {
            let (fields, statistics) = (self.index.fields(), self.index.statistics());
            let (field, statistics, length) = match in_title {
                true => (fields.title_of(way.chain), statistics.title[way.chain], 1.0),
                false => (fields.text_of(way.chain), statistics.text[way.chain], self.ranking.of(way.chain).length),
            };
            if let Some(query) = finder.scores(statistics, length, weight, self.index.deleted()) {
                let evidence = if self.is_expanding { &mut self.expanded } else { &mut self.evidence };
                evidence.push(ScoringClause { field, pattern: way.pattern.clone(), weight, query });
            }
        }
    }
}
