//! Explanations: why a query matches what it matches: the terms that each of its words became, and the summands of a
//! hit's score.

use anyhow::Result;
use serde::Serialize;

use crate::engine::{ClauseList, Engine, PassageKey, PreparedQuery};
use crate::query::plan::{CompiledLeaf, FieldId, QueryPlan};
use crate::query::syntax::QueryAst;
use crate::search::proximity::best_windows;
use crate::text::analysis::{Analyzer, Chain, Segmented};

/// The explanation of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The query as it was parsed, in query syntax.
    pub query: String,
    /// True if each word and each run of CJK characters is one term, which an operator in the query decides.
    pub one_term_each: bool,
    /// The query's words and phrases, in order.
    pub leaves: Vec<ExplainedLeaf>,
}

/// A word or phrase of the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedLeaf {
    /// The text as the query has it, or a name that the glossary added.
    pub text: String,
    /// True inside NOT.
    pub excluded: bool,
    /// For an added name: the words that were typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion_of: Option<String>,
    /// The fields that it is looked up in, with the pattern in each.
    pub readings: Vec<FieldExplanation>,
}

/// The pattern of a leaf in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldExplanation {
    /// Name of the field.
    pub field: String,
    /// The pattern, as terms in sequence; `=`, `*` and braces stand for surface forms of words.
    pub pattern: String,
    /// Number of passages with the pattern.
    pub passages: u64,
}

/// One summand of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScorePart {
    /// Name of the field that was searched.
    pub field: String,
    /// The pattern that was found, as in [`FieldExplanation::pattern`].
    pub pattern: String,
    /// Factor of the BM25 score; 1 for words that stand close together, which have a weight each.
    pub weight: f32,
    /// The summand, the factor included.
    pub score: f64,
}

/// Explains a query by its plan.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn explain_query(
    ast: &QueryAst,
    plan: &QueryPlan,
    engine: &dyn Engine,
    analyzer: &Analyzer,
) -> Result<Explanation> {
    let mut leaves = Vec::new();
    for leaf in &plan.leaves {
        let mut readings: Vec<FieldExplanation> = Vec::new();
        for &at in &leaf.patterns {
            let (chain, pattern) = &plan.highlight.patterns[at];
            let field = FieldId::of_pattern(*chain, pattern, leaf.in_title);
            let passages = engine.count(field, pattern)?;
            let reading = FieldExplanation { field: field.to_string(), pattern: pattern.to_string(), passages };
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        if readings.is_empty() {
            readings = unknown_terms(leaf, analyzer)?;
        }
        // Fields without a passage are listed only if no field has one.
        if readings.iter().any(|reading| reading.passages > 0) {
            readings.retain(|reading| reading.passages > 0);
        }
        let CompiledLeaf { text, is_excluded, expansion_of, .. } = leaf.clone();
        leaves.push(ExplainedLeaf { text, excluded: is_excluded, expansion_of, readings });
    }
    Ok(Explanation { query: ast.to_string(), one_term_each: ast.has_operator(), leaves })
}

/// The terms that a leaf would be looked up by if any passage had them.
fn unknown_terms(leaf: &CompiledLeaf, analyzer: &Analyzer) -> Result<Vec<FieldExplanation>> {
    let text = Segmented::new(&leaf.text);
    let mut readings = Vec::new();
    for chain in Chain::ALL.into_iter().filter(|chain| chain.applies_to(&text)) {
        let terms: Vec<String> = analyzer.tokens_of(chain, &text, false)?.into_iter().map(|token| token.term).collect();
        let field = FieldId::of_terms(chain, leaf.in_title).to_string();
        readings.push(FieldExplanation { field, pattern: terms.join(" "), passages: 0 });
    }
    Ok(readings)
}

/// The summands of a hit's score that are not zero, largest first.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn score_parts(
    prepared: &dyn PreparedQuery,
    key: PassageKey,
    plan: &QueryPlan,
    is_reranked: bool,
) -> Result<Vec<ScorePart>> {
    let mut parts = Vec::new();
    let lists = [(ClauseList::Scoring, &plan.scoring), (ClauseList::RerankPrefixes, &plan.rerank.prefixes)];
    for (list, clauses) in &lists[..if is_reranked { 2 } else { 1 }] {
        prepared.clause_scores(*list, &[key], &mut |clause, _, score| {
            let clause = &clauses[clause];
            let (field, pattern) = (clause.field.to_string(), clause.pattern.to_string());
            parts.push(ScorePart { field, pattern, weight: clause.weight, score });
        })?;
    }
    let mut closeness: Option<ScorePart> = None;
    for proximity in plan.rerank.proximity.iter().filter(|_| is_reranked) {
        for found in best_windows(prepared, proximity, &[key])? {
            let close: Vec<&str> = found.terms.iter().map(|&at| proximity.terms[at].0.as_str()).collect();
            let pattern = format!("within {}: {}", proximity.window, close.join(" "));
            if found.score > closeness.as_ref().map_or(0.0, |best| best.score) {
                let field = proximity.field.to_string();
                closeness = Some(ScorePart { field, pattern, weight: 1.0, score: found.score });
            }
        }
    }
    parts.extend(closeness);
    parts.sort_by(|left, right| right.score.total_cmp(&left.score));
    Ok(parts)
}
