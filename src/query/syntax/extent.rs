//! Extents: the beginnings of an article to which `lead:` and `FIRST/n` confine a part of a query.

use std::fmt;

use serde::Serialize;

/// The beginning of an article, as far as a part of a query is searched in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Extent {
    /// The title and the lead.
    Lead,
    /// This many units (words, CJK characters) of the text, without the title.
    First(u32),
}

impl Extent {
    /// The operator as it is written, without what it holds for.
    pub(crate) fn operator(self) -> String {
        match self {
            Extent::Lead => "lead:".to_owned(),
            Extent::First(units) => format!("FIRST/{units}"),
        }
    }
}

/// The sign in a query, up to what it holds for.
impl fmt::Display for Extent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.operator())?;
        match self {
            Extent::Lead => Ok(()),
            Extent::First(_) => formatter.write_str(" "),
        }
    }
}
