//! Why a query finds what it finds: what became of each of its words, and what a hit's score is the sum of.

use anyhow::{Context, Result};
use serde::Serialize;
use tantivy::Searcher;
use tantivy::collector::Count;
use tantivy::query::EnableScoring;
use tantivy::schema::Field;

use crate::engine::tantivy::{Terms, find_pattern};
use crate::index::NewsIndex;
use crate::query::compile::{CompiledLeaf, CompiledQuery, Refinements};
use crate::query::syntax::QueryAst;
use crate::search::proximity::closest;
use crate::search::rank::{Ranked, each_score};
use crate::text::analysis::{Analyzer, Chain, Segmented};

/// What became of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The query as it was understood, in query syntax.
    pub query: String,
    /// True if each word and each run of characters is one term, since there are operators.
    pub one_term_each: bool,
    /// Its words and phrases, in order.
    pub leaves: Vec<ExplainedLeaf>,
}

/// A word or phrase of the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedLeaf {
    /// As the query has it, or a name that the glossary added.
    pub text: String,
    /// True inside NOT.
    pub excluded: bool,
    /// Of an added name: what was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expansion_of: Option<String>,
    /// What it is looked up by.
    pub readings: Vec<ExplainedReading>,
}

/// A leaf as one chain reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedReading {
    /// The field that is asked.
    pub field: String,
    /// The terms, in a row; `=`, `*` and braces stand for surfaces of words.
    pub pattern: String,
    /// Passages that have it.
    pub passages: u64,
}

/// One summand of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScorePart {
    /// The field that was asked.
    pub field: String,
    /// What was found, as in [`ExplainedReading::pattern`].
    pub pattern: String,
    /// Factor of the BM25 score; 1 for words that stand close together, which have a weight each.
    pub weight: f32,
    /// What it adds to the score, the factor included.
    pub score: f64,
}

/// Explains a compiled query.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn explain_query(
    ast: &QueryAst,
    compiled: &CompiledQuery,
    index: &NewsIndex,
    analyzer: &Analyzer,
) -> Result<Explanation> {
    let terms = Terms::new(index);
    let mut leaves = Vec::new();
    for leaf in &compiled.leaves {
        let mut readings: Vec<ExplainedReading> = Vec::new();
        for &at in &leaf.patterns {
            let (chain, pattern) = &compiled.plan.patterns[at];
            let finder = find_pattern(*chain, pattern, leaf.in_title, index.fields(), &terms)?;
            let passages = match finder.and_then(|finder| finder.matches()) {
                Some(query) => index.searcher().search(&query, &Count).context("counting passages")? as u64,
                None => 0,
            };
            let field = field_name(*chain, leaf.in_title);
            let reading = ExplainedReading { field, pattern: pattern.to_string(), passages };
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        if readings.is_empty() {
            readings = unknown_terms(leaf, analyzer)?;
        }
        // Fields that have nothing of it are worth a line only where all are like that.
        if readings.iter().any(|reading| reading.passages > 0) {
            readings.retain(|reading| reading.passages > 0);
        }
        let CompiledLeaf { text, is_excluded, expansion_of, .. } = leaf.clone();
        leaves.push(ExplainedLeaf { text, excluded: is_excluded, expansion_of, readings });
    }
    Ok(Explanation { query: ast.to_string(), one_term_each: ast.has_operator(), leaves })
}

/// What a leaf would be looked up by if any passage had it.
fn unknown_terms(leaf: &CompiledLeaf, analyzer: &Analyzer) -> Result<Vec<ExplainedReading>> {
    let text = Segmented::new(&leaf.text);
    let mut readings = Vec::new();
    for chain in Chain::ALL.into_iter().filter(|chain| chain.applies_to(&text)) {
        let terms: Vec<String> = analyzer.tokens_of(chain, &text, false)?.into_iter().map(|token| token.term).collect();
        let field = field_name(chain, leaf.in_title);
        readings.push(ExplainedReading { field, pattern: terms.join(" "), passages: 0 });
    }
    Ok(readings)
}

fn field_name(chain: Chain, in_title: bool) -> String {
    format!("{}_{}", if in_title { "title" } else { "text" }, chain.name())
}

/// The summands of a hit's score that are not zero, largest first.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn score_parts(searcher: &Searcher, hit: &Ranked, compiled: &CompiledQuery) -> Result<Vec<ScorePart>> {
    let scoring = EnableScoring::enabled_from_searcher(searcher);
    let reader = searcher.segment_reader(hit.address.segment_ord);
    let doc = hit.address.doc_id;
    let name = |field: Field| searcher.schema().get_field_name(field).to_owned();
    let no_refinements = Refinements::default();
    let refinements = if hit.is_refined { &compiled.refinements } else { &no_refinements };
    let mut parts = Vec::new();
    for one in compiled.evidence.iter().chain(&refinements.beginnings) {
        let weight = one.query.weight(scoring).context("explaining a score")?;
        each_score(weight.as_ref(), reader, &[doc], |_, score| {
            let pattern = one.pattern.to_string();
            parts.push(ScorePart { field: name(one.field), pattern, weight: one.weight, score });
        })
        .context("explaining a score")?;
    }
    let mut closeness: Option<ScorePart> = None;
    for proximity in &refinements.proximity {
        for found in closest(reader, &[doc], proximity)? {
            let text = |&at: &usize| proximity.terms[at].0.value().as_str().map(str::to_owned);
            let close: Vec<String> = found.terms.iter().filter_map(text).collect();
            let pattern = format!("within {}: {}", proximity.window, close.join(" "));
            if found.score > closeness.as_ref().map_or(0.0, |best| best.score) {
                closeness = Some(ScorePart { field: name(proximity.field), pattern, weight: 1.0, score: found.score });
            }
        }
    }
    parts.extend(closeness);
    parts.sort_by(|left, right| right.score.total_cmp(&left.score));
    Ok(parts)
}
