//! What a query's matches look like in a text: the highlight plan, compiled together with the tantivy query.

use crate::analysis::Chain;

/// Everything that makes a passage a hit, as patterns over its tokens. Ranking evidence is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HighlightPlan {
    /// In the order of the query; no two are the same.
    pub patterns: Vec<Pattern>,
}

impl HighlightPlan {
    pub(crate) fn add(&mut self, pattern: Pattern) {
        if !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
        }
    }
}

/// A stretch of text that a query matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Terms at consecutive positions, as a language's chain reads the text. Never empty.
    Terms {
        /// The chain; a passage that it has not read does not match.
        chain: Chain,
        /// One term a position.
        terms: Vec<String>,
    },
    /// Units at consecutive positions, as the character evidence has them. Never empty.
    Units(Vec<PatternUnit>),
}

/// One unit of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternUnit {
    /// A CJK character in its folded form.
    Char(String),
    /// The English chain's term of a word.
    Word(String),
}
