//! Conditions: what makes a passage a hit, as a tree of scoring clauses and of queries that are not scored. One assembled tree
//! serves all: as a tantivy query it counts and lists the hits (`query`), and `max_score` asks it about single passages.

use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, Query};

/// A condition on a passage.
pub(crate) enum Condition {
    /// Every passage meets it.
    All,
    /// No passage meets it.
    Nothing,
    /// The pattern of a scoring clause, by its number; the query finds the same passages.
    Clause(usize, Box<dyn Query>),
    /// The query finds the passage.
    Query(Box<dyn Query>),
    /// Any of these is met; two or more.
    Any(Vec<Condition>),
    /// All of `required` are met, and none of `excluded`.
    Both {
        /// Conditions that must all be met; one or more.
        required: Vec<Condition>,
        /// Conditions of which none may be met.
        excluded: Vec<Condition>,
    },
}

impl Condition {
    /// The condition that any is met.
    pub(crate) fn any(mut conditions: Vec<Condition>) -> Condition {
        conditions.retain(|condition| !matches!(condition, Condition::Nothing));
        match conditions.len() {
            0 => Condition::Nothing,
            1 => conditions.remove(0),
            _ => Condition::Any(conditions),
        }
    }

    /// The condition that all of `required` are met, and none of `excluded`.
    pub(crate) fn both(required: Vec<Condition>, mut excluded: Vec<Condition>) -> Condition {
        excluded.retain(|condition| !matches!(condition, Condition::Nothing));
        let mut all = Vec::with_capacity(required.len());
        for condition in required {
            match condition {
                Condition::Nothing => return Condition::Nothing,
                Condition::All => {}
                Condition::Both { required, excluded: more } => {
                    all.extend(required);
                    excluded.extend(more);
                }
                one => all.push(one),
            }
        }
        match (all.len(), excluded.is_empty()) {
            (0, true) => Condition::All,
            (1, true) => all.remove(0),
            (0, false) => Condition::Both { required: vec![Condition::All], excluded },
            _ => Condition::Both { required: all, excluded },
        }
    }

    /// The query for the passages that meet the condition, without scores.
    pub(crate) fn query(&self) -> Box<dyn Query> {
        match self {
            Condition::All => Box::new(AllQuery),
            Condition::Nothing => Box::new(EmptyQuery),
            Condition::Clause(_, query) | Condition::Query(query) => query.box_clone(),
            Condition::Any(conditions) => {
                Box::new(BooleanQuery::union(conditions.iter().map(Condition::query).collect()))
            }
            Condition::Both { required, excluded } => {
                let required = required.iter().map(|condition| (Occur::Must, condition.query()));
                let excluded = excluded.iter().map(|condition| (Occur::MustNot, condition.query()));
                Box::new(BooleanQuery::new(required.chain(excluded).collect()))
            }
        }
    }
}
