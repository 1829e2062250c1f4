//! The parsed query, independent of any index, and how it prints. `walk` has what is asked of every node.

use std::fmt::{self, Display as _};

use crate::query::syntax::filter::Filter;
use crate::query::syntax::nearness::Nearness;
use crate::query::syntax::signs::write_quoted;

/// A parsed query. What the parser makes prints back to query syntax that parses to the same value, unless the parentheses that
/// printing adds make it nested too deeply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum QueryAst {
    /// Side by side: any of the items may match, ranked by how much does. No items match nothing.
    Bag(Vec<QueryAst>),
    /// All of the items must match, those in [`QueryAst::Not`] must not.
    And(Vec<QueryAst>),
    /// At least one of the items must match.
    Or(Vec<QueryAst>),
    /// Must not match. Stands only among the items of [`QueryAst::And`].
    Not(Box<QueryAst>),
    /// Clauses that hold for all that stands beside them.
    Restricted(Box<Restricted>),
    /// Words or groups of alternatives near each other.
    Near {
        /// Two or more; words, phrases, and alternatives of such.
        operands: Vec<QueryAst>,
        /// How near.
        nearness: Nearness,
    },
    /// In the title alone.
    Title(Box<QueryAst>),
    /// A stretch without white space, in any mix of scripts. In a bag, the chains cut it further; beside an operator
    /// it is one term.
    Word(String),
    /// Quoted: its words and characters in this order, with nothing but spaces and punctuation between them.
    Phrase(String),
    /// Quoted, with `~N`: its words in any order, with at most `distance` others between them.
    Proximity {
        /// What stands in the quotation marks.
        text: String,
        /// Words (CJK characters) that may stand between.
        distance: u32,
    },
    /// Words that begin like this.
    Prefix(String),
    /// Words that become this one by at most so many edits.
    Fuzzy {
        /// The word.
        word: String,
        /// Letters inserted, left out, replaced or swapped; by the word's length if not given.
        edits: Option<u8>,
    },
    /// The word or phrase as it is written, without stemming; never blank.
    Exact(String),
    /// A metadata filter: language, date, source, country or id.
    Filter(Filter),
}

/// Signed clauses and filters, which hold for everything in the same parentheses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Restricted {
    /// With `+`: each must match.
    pub required: Vec<QueryAst>,
    /// With `-`: none may match.
    pub excluded: Vec<QueryAst>,
    /// Filters, and boolean combinations of filters: each must hold.
    pub filters: Vec<QueryAst>,
    /// The rest. With `required`, it only ranks.
    pub rest: Option<QueryAst>,
}

impl QueryAst {
    /// A text taken as plain words, whatever signs are in it. A blank text gives an empty bag.
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
            QueryAst::Word(text) => formatter.write_str(text),
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

/// An operand of AND and NOT: words side by side bind tighter than these.
fn print_operand(formatter: &mut fmt::Formatter<'_>, item: &QueryAst) -> fmt::Result {
    match item.form() {
        Form::And | Form::Or | Form::Not | Form::Restricted => write!(formatter, "({item})"),
        Form::Bag | Form::Near | Form::Primary => item.fmt(formatter),
    }
}

/// What a sign, a field or an operator of place takes: one word, phrase or group.
fn print_primary(formatter: &mut fmt::Formatter<'_>, item: &QueryAst) -> fmt::Result {
    if item.form() == Form::Primary { item.fmt(formatter) } else { write!(formatter, "({item})") }
}

/// The form of a node in a query, which decides where it needs parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Or,
    And,
    Not,
    Restricted,
    Bag,
    Near,
    /// It stands by itself wherever one word can.
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
            | QueryAst::Word(_)
            | QueryAst::Phrase(_)
            | QueryAst::Proximity { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Exact(_)
            | QueryAst::Filter(_) => Form::Primary,
        }
    }
}
