//! `caps:`: words and phrases as they are written, capitals included.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::field_name::field_name;
use crate::query::syntax::wildcard_signs::has_wildcards;
use crate::text::analysis::Segmented;
use crate::text::document::ByteRange;

/// Parses the value of `caps:`, a word or with `is_quoted` a phrase.
pub(crate) fn caps_leaf(value: &str, is_quoted: bool, at: ByteRange) -> Result<QueryAst, QuerySyntaxError> {
    if let Some((field, length)) = field_name(value).filter(|_| !is_quoted) {
        return Err(QuerySyntaxError {
            at,
            expected: "a word or phrase as it is written, as in caps:US or caps:\"Big Apple\"".to_owned(),
            found: format!("`{value}`, a field within `caps:`"),
            suggestion: Some(format!("{field}:caps:{}", &value[length..])).filter(|_| field == "title"),
        });
    }
    let is_loose = !is_quoted && (has_wildcards(value) || value.ends_with(['~', '～']));
    if is_loose || Segmented::new(value).units().is_empty() {
        return Err(QuerySyntaxError {
            at,
            expected: "a word or phrase as it is written, as in caps:US or caps:\"Big Apple\"".to_owned(),
            found: format!("`{value}`"),
            suggestion: is_loose.then(|| format!("{value}, which finds any capitals")),
        });
    }
    Ok(QueryAst::Caps(value.to_owned()))
}

/// The words and phrases of a parenthesis behind `caps:`, as they are written.
pub(crate) fn caps_of(inside: QueryAst, at: ByteRange) -> Result<QueryAst, QuerySyntaxError> {
    let each = |items: Vec<QueryAst>| items.into_iter().map(|item| caps_of(item, at)).collect::<Result<Vec<_>, _>>();
    match inside {
        QueryAst::Word(text) => caps_leaf(&text, false, at),
        QueryAst::Phrase(text) => caps_leaf(&text, true, at),
        QueryAst::Or(items) => each(items).map(QueryAst::Or),
        QueryAst::Bag(items) => each(items).map(QueryAst::Bag),
        QueryAst::And(_)
        | QueryAst::Not(_)
        | QueryAst::Restricted(_)
        | QueryAst::Near { .. }
        | QueryAst::Title(_)
        | QueryAst::Within { .. }
        | QueryAst::AtLeast { .. }
        | QueryAst::Proximity { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Wildcard(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Exact(_)
        | QueryAst::Caps(_)
        | QueryAst::Filter(_) => Err(QuerySyntaxError {
            at,
            expected: "words or phrases as they are written, as in caps:(US OR \"Big Apple\")".to_owned(),
            found: "`caps:` before something else".to_owned(),
            suggestion: None,
        }),
    }
}
