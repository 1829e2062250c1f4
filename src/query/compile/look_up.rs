//! Looking up a field clause: adds it to the conditions that match, to the scoring clauses, and to the patterns that
//! are marked.

use anyhow::Result;

use crate::query::compile::clause::LeafBuilder;
use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::compile::field_clause::{FieldClause, Role};
use crate::query::compile::plan_builder::PlanBuilder;
use crate::query::plan::field_id::FieldId;
use crate::query::plan::pattern::Pattern;
use crate::query::plan::placement::{can_be_found, single_terms};
use crate::query::plan::query_plan::ScoringClause;
use crate::text::analysis::Chain;

/// The occurrence of a pattern in a field, as far as the field's terms decide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occurrence {
    /// No passage contains the pattern.
    Nowhere,
    /// The pattern is a single term, and this many passages contain it.
    Passages(u64),
    /// Each of the pattern's terms is known, or only positions can decide.
    Possible,
}

impl Occurrence {
    fn passages(self) -> Option<u64> {
        match self {
            Occurrence::Passages(passages) => Some(passages),
            Occurrence::Nowhere | Occurrence::Possible => None,
        }
    }
}

impl Compiler<'_> {
    /// Looks up a clause: as a match over title and text if it is required, and as a scoring clause over each field
    /// with that field's weight. Where only the beginning of articles is searched, the pattern is confined to it.
    pub(crate) fn look_up(
        &self,
        context: Context<'_>,
        clause: &FieldClause,
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        let unconfined = &clause.pattern;
        let factor = clause.factor * context.weight;
        let clause = &FieldClause { pattern: context.confined(unconfined), factor, ..clause.clone() };
        let FieldClause { chain, ref pattern, factor, role } = *clause;
        if self.field_is_empty(chain) || (role == Role::ScoringOnly && !context.is_scored) {
            return Ok(());
        }
        let is_new = plan.is_new(context, clause);
        if role == Role::ScoringOnly && !is_new {
            return Ok(());
        }
        let field = FieldId::of_terms(chain, context.in_title);
        let Some(found) = self.occurrence(field, pattern)? else {
            return Ok(());
        };
        if context.is_expanding && !self.is_in_some_passage(field, pattern, found)? {
            return Ok(());
        }
        if role == Role::Required {
            leaf.add(field, pattern, plan.intern(chain, pattern), found != Occurrence::Nowhere);
        }
        let weights = self.ranking.of(chain);
        if context.in_title {
            if is_new {
                // Only the title is searched, so it has at least the weight of the text.
                let weight = weights.text.max(weights.title) * factor;
                plan.note_role(role, weight);
                self.score(context, field, pattern, found, weight, plan);
            }
            return Ok(());
        }
        // Words of a title are in the field of title and text too, so where that field has nothing, the title has nothing.
        if !is_new || found == Occurrence::Nowhere {
            return Ok(());
        }
        plan.note_role(role, weights.text * factor);
        self.score(context, field, pattern, found, weights.text * factor, plan);
        let title = FieldId::Title(chain);
        // A title is wholly in the lead, and in no first words.
        let pattern = if context.in_lead { unconfined } else { pattern };
        if weights.title * factor > 0.0
            && context.in_first.is_none()
            && self.lexicon.statistics(title).passages > 0
            && let Some(found) = self.occurrence(title, pattern)?
        {
            // Scoring the title adds no hits.
            self.score(context, title, pattern, found, weights.title * factor, plan);
        }
        Ok(())
    }

    /// Looks up a pattern of quantities alone, in the one field that has them. It is marked by every chain, since a passage is
    /// read only by its own.
    pub(crate) fn look_up_quantities(
        &self,
        context: Context<'_>,
        pattern: &Pattern,
        leaf: &mut LeafBuilder,
        plan: &mut PlanBuilder,
    ) -> Result<()> {
        let pattern = &context.confined(pattern);
        let field = FieldId::Quantities { in_title: context.in_title };
        if context.is_expanding && !self.lexicon.has_any(field, pattern)? {
            return Ok(());
        }
        for (at, chain) in Chain::with_positions().enumerate() {
            leaf.add(field, pattern, plan.intern(chain, pattern), at == 0);
        }
        let weight = if context.is_expanding { self.ranking.expansion } else { 1.0 };
        let clause =
            FieldClause { chain: Chain::Characters, pattern: pattern.clone(), factor: weight, role: Role::Required };
        if plan.is_new(context, &clause) {
            plan.note_role(Role::Required, weight);
            self.score(context, field, pattern, Occurrence::Possible, weight, plan);
        }
        Ok(())
    }

    /// The occurrence of a pattern by the terms of a field. `None` if the chain keeps nothing that the pattern could be
    /// found in.
    fn occurrence(&self, field: FieldId, pattern: &Pattern) -> Result<Option<Occurrence>> {
        let Some(chain) = field.chain() else {
            return Ok(Some(Occurrence::Possible));
        };
        if !can_be_found(chain, pattern) {
            return Ok(None);
        }
        let Some(terms) = single_terms(chain, pattern) else {
            return Ok(Some(Occurrence::Possible));
        };
        let mut least = u64::MAX;
        for (_, term) in &terms {
            least = least.min(self.lexicon.passages(field, term)?);
        }
        Ok(Some(match (least, terms.len()) {
            (0, _) => Occurrence::Nowhere,
            (passages, 1) => Occurrence::Passages(passages),
            _ => Occurrence::Possible,
        }))
    }

    /// For a name of several words it is not enough that each occurs somewhere; they must stand together.
    fn is_in_some_passage(&self, field: FieldId, pattern: &Pattern, found: Occurrence) -> Result<bool> {
        match found {
            Occurrence::Nowhere => Ok(false),
            Occurrence::Passages(_) => Ok(true),
            Occurrence::Possible => self.lexicon.has_any(field, pattern),
        }
    }

    fn score(
        &self,
        context: Context<'_>,
        field: FieldId,
        pattern: &Pattern,
        found: Occurrence,
        weight: f32,
        plan: &mut PlanBuilder,
    ) {
        if weight > 0.0 && found != Occurrence::Nowhere {
            let length = match field {
                FieldId::Text(chain) => self.ranking.of(chain).length,
                FieldId::Title(_) | FieldId::Surfaces(_) | FieldId::Prefixes(_) | FieldId::Quantities { .. } => 1.0,
            };
            let passages = found.passages();
            plan.add_scoring(context, ScoringClause { field, pattern: pattern.clone(), weight, length, passages });
        }
    }
}
