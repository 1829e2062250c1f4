//! Operators over the whole article: `lead:`, `FIRST/n` and `ATLEAST/n`, which stand before what they hold for.

use std::fmt;

use serde::Serialize;

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::lexeme::LexemeKind;
use crate::query::syntax::limits::{MAX_FIRST, MAX_TIMES};
use crate::text::document::ByteRange;

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

/// `FIRST/n` and `ATLEAST/n` as they are typed, at a place of the query; `None` for any other word. `FIRST` by itself is a word.
pub(crate) fn counting_operator(typed: &str, at: ByteRange) -> Result<Option<LexemeKind>, QuerySyntaxError> {
    let (name, digits) = typed.split_once('/').unwrap_or((typed, ""));
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let number = |most: u32, what: &str, example: &str| match digits.parse() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(QuerySyntaxError {
            at,
            expected: format!("a number of {what} from 1 to {most} after {name}/, as in {example} tariff"),
            found: if digits.is_empty() { "no number".to_owned() } else { format!("`{digits}`") },
            suggestion: None,
        }),
    };
    match name {
        "ATLEAST" => Ok(Some(LexemeKind::AtLeast(number(MAX_TIMES, "times", "ATLEAST/3")?))),
        "FIRST" if is_number => Ok(Some(LexemeKind::Within(Extent::First(number(MAX_FIRST, "words", "FIRST/50")?)))),
        _ => Ok(None),
    }
}
