//! Concepts in a query: their ids, checked against a glossary, which the grammar does not know.

use crate::query::syntax::ast::QueryAst;
use crate::query::syntax::error::QuerySyntaxError;
use crate::query::syntax::filter::Filter;
use crate::query::syntax::lexeme::LexemeKind;
use crate::query::syntax::lexer::lex;
use crate::text::glossary::{Glossary, UnknownConcept};

/// Checks the ids of concepts in a query that was parsed from `input`.
///
/// # Errors
///
/// When one is none of the glossary's; says where it stands and what is near.
pub(crate) fn check_concepts(input: &str, ast: &QueryAst, glossary: &Glossary) -> Result<(), QuerySyntaxError> {
    let ids_of = |leaf: &QueryAst| -> Vec<String> {
        if let QueryAst::Filter(Filter::Concept(ids)) = leaf { ids.clone() } else { Vec::new() }
    };
    if ast.leaves().all(|leaf| ids_of(leaf).is_empty()) {
        return Ok(());
    }
    for lexeme in lex(input)? {
        let LexemeKind::Leaf(leaf) = &lexeme.kind else { continue };
        let ids = ids_of(leaf);
        if let Some(unknown) = ids.iter().find_map(|id| glossary.check_concept(id).err()) {
            let UnknownConcept { id, instead, nearest } = &unknown;
            let known = || {
                let near = nearest.first()?;
                let ids: Vec<&str> = ids.iter().map(|one| if one == id { near.as_str() } else { one }).collect();
                Some(format!("concept:{}", ids.join(",")))
            };
            return Err(QuerySyntaxError {
                at: lexeme.at,
                expected: unknown.expected(),
                found: format!("`{id}`"),
                suggestion: if instead.is_some() && ids.len() == 1 { instead.clone() } else { known() },
            });
        }
    }
    Ok(())
}
