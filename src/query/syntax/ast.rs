//! The query AST, independent of any index, and its printing as query syntax. `walk` has the traversals.

use std::fmt::{self, Display as _};

use crate::query::syntax::extent::Extent;
use crate::query::syntax::filter::Filter;
use crate::query::syntax::nearness::Nearness;
use crate::query::syntax::signs::write_quoted;

/// A parsed query. Whatever the parser produces prints as query syntax that parses to the same value, unless the
/// parentheses that printing adds nest too deeply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum QueryAst {
    /// Words side by side: any of the items may match, ranked by how much of them does. An empty bag matches nothing.
    Bag(Vec<QueryAst>),
    /// All of the items must match, those in [`QueryAst::Not`] must not.
    And(Vec<QueryAst>),
    /// At least one of the items must match.
    Or(Vec<QueryAst>),
    /// The item must not match. Occurs only among the items of [`QueryAst::And`].
    Not(Box<QueryAst>),
    /// Signed clauses and filters, with what stands beside them.
    Restricted(Box<Restricted>),
    /// Words or groups of alternatives near each other.
    Near {
        /// Two or more words, phrases, or alternatives of these.
        operands: Vec<QueryAst>,
        /// The distance that is admitted.
        nearness: Nearness,
    },
    /// The inner query, searched in the title alone.
    Title(Box<QueryAst>),
    /// The inner query, searched in the beginning of the article alone.
    Within {
        /// The beginning of the article that is searched.
        extent: Extent,
        /// What is searched in it.
        inner: Box<QueryAst>,
    },
    /// A word, phrase or group of alternatives that occurs so often in the whole article.
    AtLeast {
        /// The least number of occurrences in the title and the text of the article.
        times: u32,
        /// What occurs: whatever can stand beside NEAR.
        operand: Box<QueryAst>,
    },
    /// A string without white space, in any mix of scripts. In a bag, the analysis chains segment it further; beside an
    /// operator it is one term.
    Word(String),
    /// A quoted phrase: its words and characters in this order, with nothing but spaces and punctuation between them.
    Phrase(String),
    /// A quoted text with `~N`: its words in any order, with at most `distance` others between them.
    Proximity {
        /// The text inside the quotation marks.
        text: String,
        /// Number of words (CJK characters) that may stand between.
        distance: u32,
    },
    /// Prefix search: words that begin with this.
    Prefix(String),
    /// A word with wildcards, as typed: `?` for one letter, `*` for any number of letters.
    Wildcard(String),
    /// Fuzzy search: words within a number of edits of this one.
    Fuzzy {
        /// The word as typed, without the tilde.
        word: String,
        /// Number of letters inserted, left out, replaced or swapped; `None` derives it from the word's length.
        edits: Option<u8>,
    },
    /// The exact surface form of a word or phrase, without stemming; never blank.
    Exact(String),
    /// A word or phrase as it is written, capitals included; never blank.
    Caps(String),
    /// A metadata filter: language, date, source, country or id.
    Filter(Filter),
}

/// Signed clauses and filters, which hold for everything in the same parentheses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Restricted {
    /// Clauses with `+`: each must match.
    pub required: Vec<QueryAst>,
    /// Clauses with `-`: none may match.
    pub excluded: Vec<QueryAst>,
    /// Filters, and boolean combinations of filters: each must hold.
    pub filters: Vec<QueryAst>,
    /// The clauses without a sign. If anything is `required`, they only rank.
    pub rest: Option<QueryAst>,
}

impl QueryAst {
    /// A text as plain words, signs and operators included. A blank text gives an empty bag.
    pub fn plain(text: &str) -> QueryAst {
        QueryAst::Bag(text.split_whitespace().map(|word| QueryAst::Word(word.to_owned())).collect())
    }
}

impl fmt::Display for QueryAst {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryAst::Bag(items) => {
                join(formatter, items, " ", |item| matches!(item.form(), Form::And | Form::Or | Form::Restricted))
            }
            QueryAst::And(items) => print_and(formatter, items),
            QueryAst::Or(items) => {
                join(formatter, items, " OR ", |item| matches!(item.form(), Form::Or | Form::Restricted))
            }
            QueryAst::Not(inner) => {
                formatter.write_str("NOT ")?;
                print_operand(formatter, inner)
            }
            QueryAst::Restricted(restricted) => restricted.fmt(formatter),
            QueryAst::Near { operands, nearness } => {
                for (at, operand) in operands.iter().enumerate() {
                    if at > 0 {
                        write!(formatter, " {nearness} ")?;
                    }
                    print_primary(formatter, operand)?;
                }
                Ok(())
            }
            QueryAst::Title(inner) => {
                formatter.write_str("title:")?;
                print_primary(formatter, inner)
            }
            QueryAst::Within { extent, inner } => {
                extent.fmt(formatter)?;
                print_primary(formatter, inner)
            }
            QueryAst::AtLeast { times, operand } => {
                write!(formatter, "ATLEAST/{times} ")?;
                print_primary(formatter, operand)
            }
            QueryAst::Word(text) | QueryAst::Wildcard(text) => formatter.write_str(text),
            QueryAst::Phrase(text) => write_quoted(formatter, text),
            QueryAst::Proximity { text, distance } => {
                write_quoted(formatter, text)?;
                write!(formatter, "~{distance}")
            }
            QueryAst::Prefix(text) => write!(formatter, "{text}*"),
            QueryAst::Fuzzy { word, edits: None } => write!(formatter, "{word}~"),
            QueryAst::Fuzzy { word, edits: Some(edits) } => write!(formatter, "{word}~{edits}"),
            QueryAst::Exact(text) => {
                formatter.write_str("=")?;
                write_quoted(formatter, text)
            }
            QueryAst::Caps(text) => {
                formatter.write_str("caps:")?;
                write_quoted(formatter, text)
            }
            QueryAst::Filter(filter) => filter.fmt(formatter),
        }
    }
}

impl fmt::Display for Restricted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut space = "";
        for (sign, items) in [("+", &self.required), ("-", &self.excluded), ("", &self.filters)] {
            for item in items {
                write!(formatter, "{space}{sign}")?;
                print_primary(formatter, item)?;
                space = " ";
            }
        }
        if let Some(rest) = &self.rest {
            formatter.write_str(space)?;
            if rest.form() == Form::Bag { rest.fmt(formatter)? } else { print_primary(formatter, rest)? }
        }
        Ok(())
    }
}

fn join(
    formatter: &mut fmt::Formatter<'_>,
    items: &[QueryAst],
    separator: &str,
    needs_parentheses: impl Fn(&QueryAst) -> bool,
) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            formatter.write_str(separator)?;
        }
        if needs_parentheses(item) { write!(formatter, "({item})")? } else { item.fmt(formatter)? }
    }
    Ok(())
}

fn print_and(formatter: &mut fmt::Formatter<'_>, items: &[QueryAst]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        let is_negative = item.form() == Form::Not;
        // `a NOT b` is how people write it; at the start there is nothing to join.
        let joined_by = match (at, is_negative) {
            (0, _) => "",
            (_, true) => " ",
            (_, false) => " AND ",
        };
        formatter.write_str(joined_by)?;
        if is_negative { item.fmt(formatter)? } else { print_operand(formatter, item)? }
    }
    Ok(())
}

/// Prints an operand of AND or NOT: words side by side bind tighter than these.
fn print_operand(formatter: &mut fmt::Formatter<'_>, item: &QueryAst) -> fmt::Result {
    match item.form() {
        Form::And | Form::Or | Form::Not | Form::Restricted => write!(formatter, "({item})"),
        Form::Bag | Form::Near | Form::Primary => item.fmt(formatter),
    }
}

/// Prints the operand of a sign, a field or a positional operator: one word, phrase or group.
fn print_primary(formatter: &mut fmt::Formatter<'_>, item: &QueryAst) -> fmt::Result {
    if item.form() == Form::Primary { item.fmt(formatter) } else { write!(formatter, "({item})") }
}

/// The syntactic form of a node, which decides where it needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Or,
    And,
    Not,
    Restricted,
    Bag,
    Near,
    /// A form that needs no parentheses wherever one word can stand.
    Primary,
}

impl QueryAst {
    fn form(&self) -> Form {
        match self {
            QueryAst::Or(_) => Form::Or,
            QueryAst::And(_) => Form::And,
            QueryAst::Not(_) => Form::Not,
            QueryAst::Restricted(_) => Form::Restricted,
            QueryAst::Bag(_) => Form::Bag,
            QueryAst::Near { .. } => Form::Near,
            QueryAst::Title(_)
            | QueryAst::Within { .. }
            | QueryAst::AtLeast { .. }
            | QueryAst::Word(_)
            | QueryAst::Phrase(_)
            | QueryAst::Proximity { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Wildcard(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_)
            | QueryAst::Caps(_)
            | QueryAst::Filter(_) => Form::Primary,
        }
    }
}
