//! Quotations: the text between quotation marks of any of the languages, for our queries and those of other systems.

use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::signs::QUOTES;
use crate::text::document::ByteRange;

/// The text in the quotation marks that open at byte `from`, and the byte after the closing mark.
///
/// # Errors
///
/// When no mark closes it.
pub(crate) fn quotation(query: &str, from: usize) -> Result<(&str, usize), QuerySyntaxError> {
    let open = query[from..].chars().next().unwrap_or('"');
    let closers = QUOTES.iter().find(|(mark, _)| *mark == open).map_or(&[][..], |(_, closers)| *closers);
    let inside = from + open.len_utf8();
    let Some(length) = query[inside..].find(closers) else {
        let closer = closers.first().unwrap_or(&open);
        return Err(QuerySyntaxError {
            at: ByteRange::new(from, inside),
            expected: format!("a closing {closer} after it"),
            found: format!("a quotation mark {open} that is never closed"),
            suggestion: Some(format!("{query}{closer}")),
        });
    };
    let end = inside + length;
    let closer = query[end..].chars().next().map_or(0, char::len_utf8);
    Ok((&query[inside..end], end + closer))
}
