//! Suggestions as values: what emptied a result, and the query that has hits without it.

/// A suggestion: a query that has hits, and the clause that emptied the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The clause or option that it relaxes, which emptied the result.
    pub relaxation: Relaxation,
    /// The suggested query, in query syntax.
    pub query: String,
    /// Number of passages that it matches.
    pub passages: u64,
    /// How it differs from the original query.
    pub change: Change,
}

/// What a suggestion relaxes, which is what emptied the result: a clause of the query, or an option that it was searched with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relaxation {
    /// A clause, as it is written in the query.
    Clause(String),
    /// The language filter; any language is admitted instead.
    AnyLanguage,
    /// The date filter; any day of publication is admitted instead.
    AnyDate,
    /// The source filter; any source is admitted instead.
    AnySource,
    /// The author filter; any author is admitted instead.
    AnyAuthor,
    /// The section filter; any section is admitted instead.
    AnySection,
    /// The filter for lengths; any length is admitted instead.
    AnyLength,
    /// The concept filter; any concept is admitted instead.
    AnyConcept,
    /// The country filter; any country is admitted instead.
    AnyCountry,
    /// The filter for pairs of countries; any pair is admitted instead.
    AnyPair,
    /// The option without query expansion; names from the glossary are added instead.
    Expand,
    /// The option that requires every word; any of the words may match instead.
    AnyWord,
}

/// How a suggested query differs from the one without hits; the most similar first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The clause is replaced by a looser one.
    Loosened,
    /// The clause is left out.
    LeftOut,
    /// Only the words are left, any of which may match; no single clause emptied the result.
    OnlyWords,
}
