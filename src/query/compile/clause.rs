//! Parts of a query, compiled: what matches, and what of it is marked. Joined as AND, OR and NOT have it.

use tantivy::query::{AllQuery, BooleanQuery, Occur, Query};

use crate::query::plan::pattern::Plan;

/// Part of a query.
pub(crate) struct CompiledClause {
    /// Matches its hits; `None` where there cannot be any.
    pub(crate) query: Option<Box<dyn Query>>,
    pub(crate) plan: Plan,
    /// True if there was nothing in it to look up.
    pub(crate) is_blank: bool,
}

impl Clone for CompiledClause {
    fn clone(&self) -> CompiledClause {
        let query = self.query.as_ref().map(|query| query.box_clone());
        CompiledClause { query, plan: self.plan.clone(), is_blank: self.is_blank }
    }
}

impl CompiledClause {
    /// Of something without a word or character.
    pub(crate) fn blank() -> CompiledClause {
        CompiledClause { query: None, plan: Plan::default(), is_blank: true }
    }
}

fn union_of(queries: Vec<Box<dyn Query>>) -> Option<Box<dyn Query>> {
    match queries.len() {
        0 => None,
        1 => queries.into_iter().next(),
        _ => Some(Box::new(BooleanQuery::union(queries))),
    }
}

/// Any of the nodes. Leaves become one leaf.
pub(crate) fn any_of(nodes: Vec<CompiledClause>) -> CompiledClause {
    let is_blank = nodes.iter().all(|node| node.is_blank);
    let mut queries = Vec::new();
    let mut plans: Vec<Plan> = Vec::new();
    for node in nodes {
        queries.extend(node.query);
        match (plans.last_mut(), node.plan) {
            (
                Some(Plan::Leaf { in_title, is_expanded, patterns }),
                Plan::Leaf { in_title: same, is_expanded: so, patterns: more },
            ) if (*in_title, *is_expanded) == (same, so) => patterns.extend(more),
            (_, plan) => plans.push(plan),
        }
    }
    let plan = if plans.len() == 1 {
        plans.remove(0)
    } else {
        Plan::Clauses { required: Vec::new(), optional: plans, excluded: Vec::new() }
    };
    CompiledClause { query: union_of(queries), plan, is_blank }
}

/// All of `required` that are not blank, and none of `excluded`; `optional` is only marked.
pub(crate) fn clauses(
    required: Vec<CompiledClause>,
    optional: Vec<CompiledClause>,
    excluded: Vec<CompiledClause>,
) -> CompiledClause {
    let (required, blank): (Vec<CompiledClause>, Vec<CompiledClause>) =
        required.into_iter().partition(|node| !node.is_blank);
    if required.is_empty() && (!blank.is_empty() || !optional.is_empty()) {
        return CompiledClause::blank();
    }
    let mut node = all_of(required, excluded);
    if let Plan::Clauses { optional: marked, .. } = &mut node.plan {
        marked.extend(optional.into_iter().map(|node| node.plan));
    }
    node
}

/// All of `required`, even of nodes that are blank and find nothing, and none of `excluded`. With nothing required,
/// everything but `excluded`.
pub(crate) fn all_of(required: Vec<CompiledClause>, excluded: Vec<CompiledClause>) -> CompiledClause {
    let is_blank = !required.is_empty() && required.iter().all(|node| node.is_blank);
    let can_match = required.iter().all(|node| node.query.is_some());
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let mut plans = (Vec::new(), Vec::new());
    if required.is_empty() {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    for node in required {
        clauses.extend(node.query.map(|query| (Occur::Must, query)));
        plans.0.push(node.plan);
    }
    for node in excluded {
        clauses.extend(node.query.map(|query| (Occur::MustNot, query)));
        plans.1.push(node.plan);
    }
    let query = can_match.then(|| Box::new(BooleanQuery::new(clauses)) as Box<dyn Query>);
    let plan = Plan::Clauses { required: plans.0, optional: Vec::new(), excluded: plans.1 };
    CompiledClause { query, plan, is_blank }
}
