//! What a query's matches look like in a text. One definition, read in two places: `lookup` and `positions` find
//! patterns in the index, [`crate::highlight`] finds them in a stored text.

use std::collections::{BTreeSet, HashMap};
use std::fmt::{self, Display as _};

use crate::query::syntax::filter::Filter;
use crate::query::syntax::nearness::Nearness;
use crate::text::analysis::{Chain, part_term};

/// A stretch of text, as one chain reads it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// A token of a chain without positions.
    Term(String),
    /// A part of a German compound by its term, with the text of the part alone.
    CompoundPart(String),
    /// Units at consecutive positions. Never empty.
    Sequence(Vec<PatternUnit>),
    /// Any of these.
    Any(Vec<Pattern>),
    /// One of each near each other, none over another.
    Near {
        /// What stands near each other; at least two.
        parts: Vec<Pattern>,
        /// How near.
        nearness: Nearness,
    },
}

/// One unit of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PatternUnit {
    /// A CJK character in its folded form.
    Char(String),
    /// A word by the term of the chain.
    Word(String),
    /// A word by its surface.
    Form(Form),
}

/// Which surfaces of a word. A surface is the folded word without apostrophes and the dots of an acronym, umlauts
/// spelled out or, as a second surface, dropped.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// This one.
    Exact {
        /// The surface.
        surface: String,
        /// Its term in the chain.
        term: String,
    },
    /// All that begin like this.
    Prefix(String),
    /// Any of these.
    OneOf(BTreeSet<String>),
}

impl Form {
    /// True for a surface that is meant.
    pub fn matches(&self, surface: &str) -> bool {
        match self {
            Form::Exact { surface: wanted, .. } => surface == wanted,
            Form::Prefix(beginning) => surface.starts_with(beginning.as_str()),
            Form::OneOf(wanted) => wanted.contains(surface),
        }
    }
}

/// What makes a passage a hit, as patterns in its title and text. Ranking evidence is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HighlightPlan {
    /// Every pattern of the plan, each once, with the chain that reads it.
    pub patterns: Vec<(Chain, Pattern)>,
    /// How the patterns make a hit.
    pub root: Plan,
    known: HashMap<(Chain, Pattern), usize>,
}

/// A part of the query, as far as it can be marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
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
        required: Vec<Plan>,
        /// Marked where they match.
        optional: Vec<Plan>,
        /// None may match; nothing of them is marked.
        excluded: Vec<Plan>,
    },
    /// Matches by what is known of the passage beside its text; there is nothing to mark.
    Filter(Filter),
}

impl Default for Plan {
    /// Matches nothing.
    fn default() -> Plan {
        Plan::Leaf { in_title: false, is_expanded: false, patterns: Vec::new() }
    }
}

impl Plan {
    /// Calls `found` with the index of each pattern.
    pub(crate) fn each_pattern(&self, found: &mut dyn FnMut(usize)) {
        match self {
            Plan::Leaf { patterns, .. } => patterns.iter().for_each(|&pattern| found(pattern)),
            Plan::Clauses { required, optional, excluded } => {
                let all = required.iter().chain(optional).chain(excluded);
                all.for_each(|plan| plan.each_pattern(found));
            }
            Plan::Filter(_) => {}
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pattern::Term(term) => formatter.write_str(term),
            Pattern::CompoundPart(term) => formatter.write_str(&part_term(term)),
            Pattern::Sequence(units) => {
                let mut last_was_char = true;
                for (at, unit) in units.iter().enumerate() {
                    let is_char = matches!(unit, PatternUnit::Char(_));
                    if at > 0 && !(is_char && last_was_char) {
                        formatter.write_str(" ")?;
                    }
                    last_was_char = is_char;
                    match unit {
                        PatternUnit::Char(form) | PatternUnit::Word(form) => formatter.write_str(form)?,
                        PatternUnit::Form(form) => form.fmt(formatter)?,
                    }
                }
                Ok(())
            }
            Pattern::Any(patterns) => write_joined(formatter, patterns, " or "),
            Pattern::Near { parts, nearness } => {
                write_joined(formatter, parts, &format!(" {} ", nearness.to_string().to_lowercase()))
            }
        }
    }
}

fn write_joined(formatter: &mut fmt::Formatter<'_>, patterns: &[Pattern], separator: &str) -> fmt::Result {
    for (at, pattern) in patterns.iter().enumerate() {
        if at > 0 {
            formatter.write_str(separator)?;
        }
        match pattern {
            Pattern::Any(_) | Pattern::Near { .. } => write!(formatter, "({pattern})")?,
            Pattern::Term(_) | Pattern::CompoundPart(_) | Pattern::Sequence(_) => pattern.fmt(formatter)?,
        }
    }
    Ok(())
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::Exact { surface, .. } => write!(formatter, "={surface}"),
            Form::Prefix(beginning) => write!(formatter, "{beginning}*"),
            Form::OneOf(surfaces) => {
                let surfaces: Vec<&str> = surfaces.iter().map(String::as_str).collect();
                write!(formatter, "{{{}}}", surfaces.join(", "))
            }
        }
    }
}

impl HighlightPlan {
    /// The index of a pattern, which is added if it is new.
    pub(crate) fn intern(&mut self, chain: Chain, pattern: &Pattern) -> usize {
        if let Some(&known) = self.known.get(&(chain, pattern.clone())) {
            return known;
        }
        let at = self.patterns.len();
        self.patterns.push((chain, pattern.clone()));
        self.known.insert((chain, pattern.clone()), at);
        at
    }
}
