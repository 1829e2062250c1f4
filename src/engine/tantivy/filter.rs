//! Metadata filters as tantivy queries over the fields of stored metadata.

use std::ops::Bound;

use anyhow::{Context, Result};
use jiff::civil::Date;
use tantivy::query::{BooleanQuery, EmptyQuery, Query, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};

use crate::engine::tantivy::postings::terms_with_prefix;
use crate::index::NewsIndex;
use crate::query::syntax::date_range::DateRange;
use crate::query::syntax::dates::DateFilter;
use crate::query::syntax::filter::{Filter, holds_words};
use crate::query::syntax::word_count::WordCount;
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
        // Relative dates are days since the query was compiled; of ends in the wrong order there is no day between.
        Filter::Date(DateFilter::Relative(_)) => Box::new(EmptyQuery),
        Filter::Date(DateFilter::Days(DateRange { from: Some(from), to: Some(to) })) if from > to => {
            Box::new(EmptyQuery)
        }
        Filter::Date(DateFilter::Days(DateRange { from, to })) => {
            let day = |date: &Date| Term::from_field_i64(fields.date, days_of(*date));
            Box::new(range(from.as_ref().map(day), to.as_ref().map(day)))
        }
        Filter::Words(WordCount { from: Some(from), to: Some(to) }) if from > to => Box::new(EmptyQuery),
        Filter::Words(WordCount { from, to }) => {
            let number = |words: &u64| Term::from_field_u64(fields.words, *words);
            // Every document has a length.
            let from = from.as_ref().unwrap_or(&0);
            Box::new(range(Some(number(from)), to.as_ref().map(number)))
        }
        Filter::Concept(ids) => {
            Box::new(TermSetQuery::new(ids.iter().map(|id| Term::from_field_text(fields.concept, id))))
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
        Filter::Author(words) => terms_in(fields.author, &|name| holds_words(name, words), "")?,
        Filter::Section(words) => terms_in(fields.section, &|name| holds_words(name, words), "")?,
        Filter::Id { id, prefix: true } => terms_in(fields.id, &|_| true, id)?,
        Filter::Id { id, prefix: false } => {
            Box::new(TermQuery::new(Term::from_field_text(fields.id, id), IndexRecordOption::Basic))
        }
    })
}

/// The query for values from one to another, both included; `None` is an open end, and one end is not open.
fn range(from: Option<Term>, to: Option<Term>) -> RangeQuery {
    let bound = |end: Option<Term>| end.map_or(Bound::Unbounded, Bound::Included);
    RangeQuery::new(bound(from), bound(to))
}
