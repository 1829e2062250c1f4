//! The kinds of queries, by the work that they take, so that latencies are compared with their like.

use tradewire::internals::query::{QueryAst, Restricted};

/// The kind of a query, the cheapest first. A query with several operators has the kind of the most costly one. Filters
/// beside other clauses, and `title:`, do not change the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum QueryKind {
    /// Nothing but filters.
    Filter,
    /// One stretch without white space. In Chinese that may be a whole sentence.
    Word,
    /// Several such stretches, or groups, side by side.
    Words,
    /// A phrase in quotation marks, or an exact form.
    Phrase,
    /// AND, OR, NOT, `+` or `-` with operands that are not filters.
    Boolean,
    /// NEAR, or a phrase with a distance.
    Near,
    /// A prefix, `word*`.
    Prefix,
    /// A word with wildcards, `w?rd` or `*word`.
    Wildcard,
    /// A fuzzy word, `word~`.
    Fuzzy,
}

impl QueryKind {
    /// All kinds, in the order in which reports list them.
    pub(crate) const ALL: [QueryKind; 9] = [
        QueryKind::Filter,
        QueryKind::Word,
        QueryKind::Words,
        QueryKind::Phrase,
        QueryKind::Boolean,
        QueryKind::Near,
        QueryKind::Prefix,
        QueryKind::Wildcard,
        QueryKind::Fuzzy,
    ];

    /// The name of the kind in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            QueryKind::Filter => "filter",
            QueryKind::Word => "word",
            QueryKind::Words => "words",
            QueryKind::Phrase => "phrase",
            QueryKind::Boolean => "boolean",
            QueryKind::Near => "near",
            QueryKind::Prefix => "prefix",
            QueryKind::Wildcard => "wildcard",
            QueryKind::Fuzzy => "fuzzy",
        }
    }

    /// The kind of a query. An empty query, which finds nothing, is a word.
    pub(crate) fn of(query: &QueryAst) -> QueryKind {
        if query.is_filter() {
            return QueryKind::Filter;
        }
        match query {
            QueryAst::Filter(_) => QueryKind::Filter,
            QueryAst::Word(_) => QueryKind::Word,
            QueryAst::Phrase(_) | QueryAst::Exact(_) | QueryAst::Caps(_) => QueryKind::Phrase,
            QueryAst::Proximity { .. } => QueryKind::Near,
            QueryAst::Prefix(_) => QueryKind::Prefix,
            QueryAst::Wildcard(_) => QueryKind::Wildcard,
            QueryAst::Fuzzy { .. } => QueryKind::Fuzzy,
            QueryAst::Title(inner) => QueryKind::of(inner),
            QueryAst::Within { inner, .. } | QueryAst::AtLeast { operand: inner, .. } => {
                QueryKind::of(inner).max(QueryKind::Near)
            }
            QueryAst::Not(inner) => QueryKind::of(inner).max(QueryKind::Boolean),
            QueryAst::Bag(items) => joined(items, QueryKind::Words),
            QueryAst::And(items) | QueryAst::Or(items) => joined(items, QueryKind::Boolean),
            QueryAst::Near { operands, .. } => joined(operands, QueryKind::Near),
            QueryAst::Restricted(restricted) => restricted_kind(restricted),
        }
    }
}

/// The kind of joined items: that of the most costly item, or `by` if two or more of them are not filters.
fn joined(items: &[QueryAst], by: QueryKind) -> QueryKind {
    let clauses = items.iter().filter(|item| !item.is_filter());
    let least = if clauses.clone().count() > 1 { by } else { QueryKind::Word };
    clauses.map(QueryKind::of).fold(least, QueryKind::max)
}

fn restricted_kind(restricted: &Restricted) -> QueryKind {
    let clauses = |items: &[QueryAst]| joined(items, QueryKind::Boolean);
    let has_sign = restricted.signed().any(|item| !item.is_filter());
    let signs = if has_sign { QueryKind::Boolean } else { QueryKind::Word };
    let rest = restricted.rest.as_ref().map_or(QueryKind::Word, QueryKind::of);
    signs.max(clauses(&restricted.required)).max(clauses(&restricted.excluded)).max(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tradewire::internals::query::parse_query;

    #[test]
    fn the_most_costly_operator_decides() {
        let table: &[(QueryKind, &[&str])] = &[
            (QueryKind::Filter, &["lang:ko", "lang:ko AND date:2025", "lang:ko NOT date:2025", "date:2025 lang:ko"]),
            (QueryKind::Word, &["tariff", "自由贸易协定", "title:tariff", "tariff lang:en", "tariff AND lang:en"]),
            (QueryKind::Words, &["tariff steel", "자유 무역", "tariff steel lang:en", "title:(tariff steel)"]),
            (QueryKind::Phrase, &["\"free trade\"", "=tariffs", "tariff \"free trade\"", "lang:zh \"自由\""]),
            (QueryKind::Boolean, &["a1 AND b1", "a1 OR b1", "a1 NOT b1", "+a1 b1", "a1 -b1", "a1 AND \"b1 c1\""]),
            (
                QueryKind::Near,
                &[
                    "tariff NEAR/5 steel",
                    "a BEFORE b",
                    "\"tariff steel\"~5",
                    "a1 AND (b1 NEAR c1)",
                    "lead:a1",
                    "ATLEAST/3 a1",
                ],
            ),
            (QueryKind::Prefix, &["halbleit*", "tariff halbleit*", "+halbleit* NOT x1", "title:semi*"]),
            (QueryKind::Wildcard, &["wom?n", "*zoll tariff", "semi* OR st*l", "title:关?税"]),
            (QueryKind::Fuzzy, &["semiconducter~", "semi* OR steal~1", "lang:en steal~ \"a1 b1\""]),
        ];
        for (kind, queries) in table {
            for query in *queries {
                assert_eq!(QueryKind::of(&parse_query(query).unwrap()), *kind, "{query}");
            }
        }
        assert_eq!(QueryKind::of(&QueryAst::plain("a AND b*")), QueryKind::Words);
        assert_eq!(QueryKind::of(&QueryAst::plain("tariff~")), QueryKind::Word);
        assert_eq!(QueryKind::of(&QueryAst::plain("")), QueryKind::Word);
    }

    #[test]
    fn every_kind_is_listed_in_order() {
        assert!(QueryKind::ALL.is_sorted());
        assert_eq!(QueryKind::ALL.map(QueryKind::name).len(), QueryKind::Fuzzy as usize + 1);
    }
}
