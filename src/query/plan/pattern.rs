//! Patterns: what a query's matches look like in a text, as one analysis chain reads it. One definition, read in two places: an
//! engine finds patterns in its index, [`crate::highlight`] finds them in a stored text.

use std::collections::BTreeSet;
use std::fmt::{self, Display as _};

use serde::Serialize;

use crate::query::syntax::nearness::Nearness;

use crate::text::analysis::part_term;

/// A stretch of text, as one analysis chain reads it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Pattern {
    /// A token of a chain without positions.
    Term(String),
    /// A part of a German compound by its term, with the text of the part alone.
    CompoundPart(String),
    /// Units at consecutive positions. Never empty.
    Sequence(Vec<PatternUnit>),
    /// Any of these patterns.
    Any(Vec<Pattern>),
    /// One match of each part near each other, none over another.
    Near {
        /// What stands near each other; at least two.
        parts: Vec<Pattern>,
        /// How near.
        nearness: Nearness,
    },
}

/// One unit of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Form {
    /// This surface.
    Exact {
        /// The surface.
        surface: String,
        /// Its term in the chain.
        term: String,
    },
    /// All surfaces that begin like this.
    Prefix(String),
    /// Any of these surfaces.
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
