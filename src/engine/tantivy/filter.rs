//! Metadata filters as tantivy queries over the fields of stored metadata.

use std::ops::Bound;

use anyhow::{Context, Result};
use tantivy::query::{BooleanQuery, Query, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};

use crate::engine::tantivy::postings::terms_with_prefix;
use crate::index::NewsIndex;
use crate::query::syntax::filter::{DateRange, Filter, holds_words};
use crate::text::country::{CountryCode, CountryPair};
use crate::text::day::days_of;

/// The tantivy query for the passages that pass a filter.
///
/// # Errors
///
/// When the index cannot be read.
pub(crate) fn filter_query(filter: &Filter, index: &NewsIndex) -> Result<Box<dyn Query>> {
    let fields = index.fields();
    let searcher = index.searcher();
    let terms_in = |field, accepts: &dyn Fn(&str) -> bool, prefix: &str| -> Result<Box<dyn Query>> {
        let mut terms = Vec::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(field).context("reading the terms of the index")?;
            let names = terms_with_prefix(&inverted, prefix)?;
            terms.extend(names.iter().filter(|name| accepts(name)).map(|name| Term::from_field_text(field, name)));
        }
        Ok(Box::new(TermSetQuery::new(terms)))
    };
    Ok(match filter {
        Filter::Lang(languages) => {
            let terms = languages.iter().map(|language| Term::from_field_text(fields.lang, language.code()));
            Box::new(TermSetQuery::new(terms))
        }
        Filter::Date(DateRange { from, to }) => {
            let day = |date| Term::from_field_i64(fields.date, days_of(date));
            let from = from.map_or(Bound::Unbounded, |date| Bound::Included(day(date)));
            let to = to.map_or(Bound::Unbounded, |date| Bound::Included(day(date)));
            Box::new(RangeQuery::new(from, to))
        }
        Filter::Country(countries) => {
            let terms = countries.iter().map(|country| Term::from_field_text(fields.country, country.as_str()));
            Box::new(TermSetQuery::new(terms))
        }
        Filter::Pair(pairs) => {
            let names = |country: CountryCode| -> Box<dyn Query> {
                let term = Term::from_field_text(fields.country, country.as_str());
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            };
            let both = |pair: &CountryPair| -> Box<dyn Query> {
                Box::new(BooleanQuery::intersection(pair.countries().map(names).into()))
            };
            Box::new(BooleanQuery::union(pairs.iter().map(both).collect()))
        }
        Filter::Source(words) => terms_in(fields.source, &|name| holds_words(name, words), "")?,
        Filter::Id { id, prefix: true } => terms_in(fields.id, &|_| true, id)?,
        Filter::Id { id, prefix: false } => {
            Box::new(TermQuery::new(Term::from_field_text(fields.id, id), IndexRecordOption::Basic))
        }
    })
}
