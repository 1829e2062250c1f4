//! Patterns: what a query's matches look like in the terms of one analysis chain. The one definition serves two
//! readers: an engine finds patterns in its index, [`crate::highlight`] finds them in a stored text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display as _};

use serde::Serialize;

use crate::query::syntax::extent::Extent;
use crate::query::syntax::nearness::Nearness;
use crate::query::syntax::quantity::WantedQuantity;
use crate::text::analysis::quantity::Quantity;
use crate::text::analysis::{Chain, Writing, part_term};

/// The most surfaces of a set that a pattern shows.
const MOST_WRITTEN: usize = 20;

/// A pattern of terms, by one analysis chain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Pattern {
    /// A single term of a chain without positions.
    Term(String),
    /// A part of a German compound, by its term; only the text of the part is marked.
    CompoundPart(String),
    /// A sequence of units at consecutive positions. Never empty.
    Sequence(Vec<PatternUnit>),
    /// Alternatives: any of these patterns.
    Any(Vec<Pattern>),
    /// A match of each part, near each other and without overlaps.
    Near {
        /// The patterns that stand near each other; at least two.
        parts: Vec<Pattern>,
        /// The distance that is admitted.
        nearness: Nearness,
    },
    /// The occurrences of a pattern that have none of some others near them.
    Apart {
        /// The pattern whose occurrences these are, and that is marked.
        pattern: Box<Pattern>,
        /// The patterns that must not be near, each with the chain whose terms it is made of: an occurrence is dropped whichever
        /// of the chains of its passage reads the other.
        others: Vec<(Chain, Pattern)>,
        /// How near; its negation is the pattern's.
        nearness: Nearness,
    },
    /// Matches of the pattern that lie wholly in the beginning of the article.
    Within {
        /// The beginning of the article.
        extent: Extent,
        /// The pattern that occurs in it.
        pattern: Box<Pattern>,
    },
    /// A number, percentage or amount, whatever the chain.
    Quantity(QuantityPattern),
}

/// The quantities that a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct QuantityPattern {
    /// Kind and values.
    pub wanted: WantedQuantity,
    /// True if numbers that are written as digits alone do not count: where these are what was typed, its word finds them.
    pub without_plain: bool,
}

impl QuantityPattern {
    /// True if this quantity of a text is meant.
    pub(crate) fn admits(&self, quantity: &Quantity) -> bool {
        self.wanted.admits(quantity) && !(self.without_plain && quantity.is_plain)
    }
}

impl Pattern {
    /// True for a pattern of quantities alone, which no chain's terms are needed for.
    pub(crate) fn is_of_quantities(&self) -> bool {
        match self {
            Pattern::Quantity(_) => true,
            Pattern::Any(parts) | Pattern::Near { parts, .. } => parts.iter().all(Pattern::is_of_quantities),
            Pattern::Within { pattern, .. } => pattern.is_of_quantities(),
            Pattern::Apart { pattern, others, .. } => {
                pattern.is_of_quantities() && others.iter().all(|(_, other)| other.is_of_quantities())
            }
            Pattern::Term(_) | Pattern::CompoundPart(_) | Pattern::Sequence(_) => false,
        }
    }

    /// True for a pattern whose matches can be quantities.
    pub(crate) fn has_quantities(&self) -> bool {
        match self {
            Pattern::Quantity(_) => true,
            Pattern::Any(parts) | Pattern::Near { parts, .. } => parts.iter().any(Pattern::has_quantities),
            Pattern::Within { pattern, .. } | Pattern::Apart { pattern, .. } => pattern.has_quantities(),
            Pattern::Term(_) | Pattern::CompoundPart(_) | Pattern::Sequence(_) => false,
        }
    }
}

/// One unit of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum PatternUnit {
    /// A CJK character in its folded form.
    Char(String),
    /// Any CJK character. Beside it stands one that is given; at most two are side by side, and two only between two that are given.
    AnyChar,
    /// A word, by its term in the chain.
    Word(String),
    /// A word, by its surface form.
    Form(Form),
}

/// Surface forms, each with the terms that the index has it under.
pub type SurfaceTerms = BTreeMap<String, BTreeSet<String>>;

/// Which surface forms of a word match. A surface is the folded word without apostrophes and the dots of an acronym,
/// umlauts spelled out or, as a second surface, dropped.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Form {
    /// Exactly one surface.
    Exact {
        /// The surface that matches.
        surface: String,
        /// The surface's term in the chain.
        term: String,
    },
    /// Exactly one surface, written in one way.
    Written {
        /// The surface that matches.
        surface: String,
        /// The surface's term in the chain.
        term: String,
        /// The capitals that the word has in a text.
        writing: Writing,
    },
    /// All surfaces with this prefix.
    Prefix {
        /// The prefix that matches.
        prefix: String,
        /// The terms of other words that have such surfaces: a word and its term mostly begin alike, but *went* has the term *go*.
        others: BTreeSet<String>,
    },
    /// Any of these surfaces.
    Listed(SurfaceTerms),
}

impl Form {
    /// True if the surface matches, whatever its capitals.
    pub fn matches(&self, surface: &str) -> bool {
        match self {
            Form::Exact { surface: wanted, .. } | Form::Written { surface: wanted, .. } => surface == wanted,
            Form::Prefix { prefix, .. } => surface.starts_with(prefix.as_str()),
            Form::Listed(wanted) => wanted.contains_key(surface),
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
                    let is_char = matches!(unit, PatternUnit::Char(_) | PatternUnit::AnyChar);
                    if at > 0 && !(is_char && last_was_char) {
                        formatter.write_str(" ")?;
                    }
                    last_was_char = is_char;
                    match unit {
                        PatternUnit::Char(form) | PatternUnit::Word(form) => formatter.write_str(form)?,
                        PatternUnit::AnyChar => formatter.write_str("?")?,
                        PatternUnit::Form(form) => form.fmt(formatter)?,
                    }
                }
                Ok(())
            }
            Pattern::Any(patterns) => write_joined(formatter, patterns, " or "),
            Pattern::Within { extent, pattern } => {
                write_inside(formatter, pattern)?;
                match extent {
                    Extent::Lead => formatter.write_str(" in the lead"),
                    Extent::First(units) => write!(formatter, " in the first {units}"),
                }
            }
            Pattern::Near { parts, nearness } => {
                write_joined(formatter, parts, &format!(" {} ", nearness.to_string().to_lowercase()))
            }
            Pattern::Quantity(QuantityPattern { wanted, .. }) => formatter.write_str(&wanted.readable()),
            Pattern::Apart { pattern, others, nearness } => {
                write_inside(formatter, pattern)?;
                // Chains mostly agree on a pattern, which is written once.
                let mut written = BTreeSet::new();
                for (_, other) in others {
                    if written.insert(other) {
                        write!(formatter, " {} ", nearness.to_string().to_lowercase())?;
                        write_inside(formatter, other)?;
                    }
                }
                Ok(())
            }
        }
    }
}

fn write_joined(formatter: &mut fmt::Formatter<'_>, patterns: &[Pattern], separator: &str) -> fmt::Result {
    for (at, pattern) in patterns.iter().enumerate() {
        if at > 0 {
            formatter.write_str(separator)?;
        }
        write_inside(formatter, pattern)?;
    }
    Ok(())
}

fn write_inside(formatter: &mut fmt::Formatter<'_>, pattern: &Pattern) -> fmt::Result {
    match pattern {
        Pattern::Any(_) | Pattern::Near { .. } | Pattern::Apart { .. } | Pattern::Within { .. } => {
            write!(formatter, "({pattern})")
        }
        Pattern::Term(_) | Pattern::CompoundPart(_) | Pattern::Sequence(_) | Pattern::Quantity(_) => {
            pattern.fmt(formatter)
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Form::Exact { surface, .. } => write!(formatter, "={surface}"),
            Form::Written { surface, writing, .. } => match writing {
                Writing::Small => write!(formatter, "caps:{surface}"),
                Writing::Title => {
                    let (first, rest) = surface.split_at(surface.chars().next().map_or(0, char::len_utf8));
                    write!(formatter, "caps:{}{rest}", first.to_uppercase())
                }
                Writing::Capitals => write!(formatter, "caps:{}", surface.to_uppercase()),
                Writing::Mixed(written) => write!(formatter, "caps:{written}"),
            },
            Form::Prefix { prefix, .. } => write!(formatter, "{prefix}*"),
            Form::Listed(surfaces) => write_set(formatter, surfaces.keys()),
        }
    }
}

/// Writes surfaces in braces, the first of them if there are many.
fn write_set<'a>(
    formatter: &mut fmt::Formatter<'_>,
    surfaces: impl ExactSizeIterator<Item = &'a String>,
) -> fmt::Result {
    let more = surfaces.len().saturating_sub(MOST_WRITTEN);
    let surfaces: Vec<&str> = surfaces.take(MOST_WRITTEN).map(String::as_str).collect();
    let rest = if more > 0 { format!(", and {more} more") } else { String::new() };
    write!(formatter, "{{{}{rest}}}", surfaces.join(", "))
}
