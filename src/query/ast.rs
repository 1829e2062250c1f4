//! The parsed query, independent of any index.

use std::fmt;

use crate::query::syntax::QUOTES;

/// A query. Prints back to query syntax that parses to the same value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryAst {
    /// Words and phrases side by side: any of them may match, ranked by how much does.
    Bag(Vec<QueryAst>),
    /// A stretch without white space, in any mix of scripts. In a bag, the chains cut it further.
    Word(String),
    /// Quoted: its words and characters in this order, with nothing but spaces and punctuation between them.
    Phrase(String),
}

impl fmt::Display for QueryAst {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryAst::Bag(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        formatter.write_str(" ")?;
                    }
                    item.fmt(formatter)?;
                }
                Ok(())
            }
            QueryAst::Word(text) => formatter.write_str(text),
            QueryAst::Phrase(text) => {
                // Whatever it was quoted by does not occur in it.
                let (open, closers) = QUOTES.iter().find(|(_, closers)| !text.contains(*closers)).unwrap_or(&QUOTES[0]);
                write!(formatter, "{open}{text}{}", closers[0])
            }
        }
    }
}
