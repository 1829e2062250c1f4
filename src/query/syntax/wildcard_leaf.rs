//! Leaves with wildcards: a prefix (`halbleit*`), or a word with `?` and `*` anywhere.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::signs::ascii;
use crate::query::syntax::wildcard::{WildcardFault, wildcard_units};
use crate::query::syntax::wildcard_signs::{has_wildcards, is_wildcard_sign};
use crate::query::syntax::word_pattern::MAX_LETTERS;
use crate::text::analysis::Segmented;
use crate::text::document::ByteRange;

/// Parses a word with wildcards. `None` for a word without any.
pub(crate) fn wildcard_leaf(raw: &str, at: ByteRange) -> Result<Option<QueryAst>, QuerySyntaxError> {
    if !raw.contains(is_wildcard_sign) || !has_wildcards(raw) {
        return Ok(None);
    }
    let typed = without_question_marks(raw);
    if let Some((word, edits)) = typed.rsplit_once(['~', '～'])
        && edits.chars().all(|digit| ascii(digit).is_ascii_digit())
    {
        return Err(QuerySyntaxError {
            at,
            expected: "one of the two".to_owned(),
            found: format!("`{raw}`, with wildcards and a `~`"),
            suggestion: Some(word.to_owned()),
        });
    }
    let units = wildcard_units(typed);
    if let Some(stem) = stem_of(typed)
        && units != Err(WildcardFault::TooFewLetters)
    {
        return Ok(Some(QueryAst::Prefix(stem.to_owned())));
    }
    match units {
        Ok(units) => Ok(units.map(|_| QueryAst::Wildcard(typed.to_owned()))),
        Err(fault) => Err(refused(fault, typed, at)),
    }
}

/// The word without the question marks that end it.
pub(crate) fn without_question_marks(raw: &str) -> &str {
    let mut typed = raw;
    while let Some(before) = typed.strip_suffix(|last| ascii(last) == '?')
        && !before.ends_with(|last| ascii(last) == '\\')
    {
        typed = before;
    }
    typed
}

/// What stands before a `*` that is the only wildcard of a word, at its end.
fn stem_of(typed: &str) -> Option<&str> {
    let stem = typed.strip_suffix(|last| ascii(last) == '*')?;
    let is_one = !stem.ends_with(is_wildcard_sign) && !has_wildcards(stem);
    (is_one && !Segmented::new(stem).units().is_empty()).then_some(stem)
}

fn refused(fault: WildcardFault, typed: &str, at: ByteRange) -> QuerySyntaxError {
    let (expected, suggestion) = match fault {
        WildcardFault::TooFewLetters => {
            ("two letters or more beside a `*`, as in trade* or *zoll; else nearly every word would match", None)
        }
        WildcardFault::Alone => ("letters beside each wildcard, as in wom?n or *zoll", None),
        WildcardFault::InRun(before, after) => (
            "a `*` only before or after Chinese or Korean characters, not between them",
            Some(format!("{before} BEFORE/5 {after}, or {before}?{after} for one character between them")),
        ),
        WildcardFault::TooManyChars => (
            "one `?` before or after Chinese or Korean characters, or at most two between them",
            Some("NEAR/3 or BEFORE/3 for more characters".to_owned()),
        ),
        WildcardFault::TooManyMeetings => ("at most 3 wildcards between letters and digits", None),
        WildcardFault::TooLong => {
            return QuerySyntaxError {
                at,
                expected: format!("a word with wildcards of at most {MAX_LETTERS} letters"),
                found: "a longer one".to_owned(),
                suggestion: None,
            };
        }
    };
    let is_bare = Segmented::new(typed).units().is_empty();
    QuerySyntaxError {
        at,
        expected: expected.to_owned(),
        found: if is_bare { format!("`{typed}` by itself") } else { format!("`{typed}`") },
        suggestion,
    }
}
