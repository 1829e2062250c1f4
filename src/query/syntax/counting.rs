//! The operators that have a number and stand before what they hold for: `FIRST/n` and `ATLEAST/n`.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::extent::Extent;
use crate::query::syntax::lexeme::LexemeKind;
use crate::query::syntax::limits::{MAX_FIRST, MAX_TIMES};
use crate::text::document::ByteRange;

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
