//! Metadata filters, checked against a stored passage: a node of the query whose filter rejects the passage marks nothing.

use jiff::civil::Date;

use crate::query::syntax::dates::DateFilter;
use crate::query::syntax::filter::{Filter, holds_words};
use crate::text::country::CountryPair;
use crate::text::stored_passage::StoredPassage;

/// True if a stored passage passes a filter.
pub fn admits(filter: &Filter, passage: &StoredPassage) -> bool {
    match filter {
        Filter::Lang(languages) => languages.contains(&passage.lang),
        // Relative dates are days since the query was compiled.
        Filter::Date(DateFilter::Relative(_)) => false,
        Filter::Date(DateFilter::Days(range)) => {
            let date = passage.date.as_deref().and_then(|date| date.parse::<Date>().ok());
            date.is_some_and(|date| range.contains(date))
        }
        Filter::Source(words) => passage.source.as_deref().is_some_and(|source| holds_words(source, words)),
        Filter::Author(words) => passage.authors.iter().any(|author| holds_words(author, words)),
        Filter::Section(words) => passage.sections.iter().any(|section| holds_words(section, words)),
        Filter::Words(count) => count.contains(passage.words),
        Filter::Concept(ids) => ids.iter().any(|id| passage.concepts.contains(id)),
        Filter::Country(countries) => countries.iter().any(|country| passage.countries.contains(country)),
        Filter::Pair(pairs) => {
            let names_both = |pair: &CountryPair| pair.countries().iter().all(|one| passage.countries.contains(one));
            pairs.iter().any(names_both)
        }
        Filter::Id { id, prefix: false } => passage.id == *id,
        Filter::Id { id, prefix: true } => passage.id.starts_with(id.as_str()),
    }
}
