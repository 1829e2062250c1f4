//! The best results of each language, country, source or month: one search for each, printed side by side where the terminal has room.
//!
//! In formats for programs each group is a query of a batch, whose id is the value of the group.

use std::io::Write;

use anyhow::{Result, bail};
use clap::ValueEnum;
use tradewire::output::{OutputFormat, Page, QueryHead};
use tradewire::search_types::{CountryCode, DatePeriod, FacetField, QueryOptions};
use tradewire::{Language, SearchOptions, SearchResults, Searcher};

use crate::cli::Outcome;
use crate::cli::batch::BatchQuery;
use crate::cli::query::{say_cuts, say_why_nothing};
use crate::cli::screen::ScreenArgs;
use crate::cli::terminal::{TERMINAL, beside_each_other};

/// What results are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Per {
    /// Language of the passage
    Lang,
    /// Country that the passage or its title names
    Country,
    /// Outlet
    Source,
    /// Month of publication, the latest first
    Month,
}

impl Per {
    fn field(self) -> FacetField {
        match self {
            Per::Lang => FacetField::Lang,
            Per::Country => FacetField::Country,
            Per::Source => FacetField::Source,
            Per::Month => FacetField::Month,
        }
    }

    /// The options by which only passages with a value are found; those that are there already hold on.
    fn only(self, options: &QueryOptions, value: &str) -> Result<QueryOptions> {
        let mut options = options.clone();
        let filters = &mut options.filters;
        match self {
            Per::Lang => filters.languages = vec![value.parse::<Language>().map_err(anyhow::Error::msg)?],
            Per::Country => filters.countries = vec![value.parse::<CountryCode>().map_err(anyhow::Error::msg)?],
            Per::Source => filters.sources = vec![value.to_owned()],
            Per::Month => {
                let Some(month) = DatePeriod::parse(value) else {
                    bail!("`{value}` is no month");
                };
                let (first, last) = month.on(options.day());
                let filters = &mut options.filters;
                filters.dates.from = Some(filters.dates.from.map_or(first, |from| from.max(first)));
                filters.dates.to = Some(filters.dates.to.map_or(last, |to| to.min(last)));
            }
        }
        Ok(options)
    }
}

/// A query and how it is asked and printed.
pub(super) struct Grouped<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) query: &'a BatchQuery,
    pub(super) options: &'a SearchOptions,
    pub(super) format: OutputFormat,
    pub(super) page: Page,
}

impl Grouped<'_> {
    /// Prints the best results of each group, through the pager where they are for reading, and says why there are none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or the output not written.
    pub(super) fn answer(&self, per: Per, groups: usize, screen: &ScreenArgs, out: &mut dyn Write) -> Result<Outcome> {
        let query = self.query.parsed()?;
        let found = if self.format == TERMINAL {
            screen.paged(out, None, |out| self.print(per, groups, out))?
        } else {
            self.print(per, groups, out)?
        };
        say_cuts(&self.searcher.cuts(query, &self.options.query)?);
        if !found {
            say_why_nothing(self.searcher, query, self.options)?;
            return Ok(Outcome::NoHit);
        }
        Ok(Outcome::Done)
    }

    /// Prints the best results of each of the most frequent values, at most `groups` of them (0 for all); false without any.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or the output not written.
    fn print(&self, per: Per, groups: usize, out: &mut dyn Write) -> Result<bool> {
        let found = self.groups(per, groups)?;
        let unit_name = self.options.unit.plural();
        let head = |value| QueryHead { id: value, query: "", is_batch: true, unit_name };
        if self.format == TERMINAL {
            let print = |page: Page| {
                let blocks = found.iter().map(|(value, results)| {
                    let mut block = Vec::new();
                    let mut writer = (self.format.writer)(&mut block, page);
                    writer.write(&head(value), results)?;
                    writer.finish()?;
                    drop(writer);
                    Ok(String::from_utf8_lossy(&block).into_owned())
                });
                blocks.collect::<Result<Vec<String>>>()
            };
            beside_each_other(found.len(), self.page, &print, out)?;
        } else {
            let mut writer = (self.format.writer)(out, self.page);
            for (value, results) in &found {
                writer.write(&QueryHead { query: &self.query.text, ..head(value) }, results)?;
            }
            writer.finish()?;
        }
        Ok(!found.is_empty())
    }

    /// Each value with its best results, in the order in which they are printed.
    fn groups(&self, per: Per, groups: usize) -> Result<Vec<(String, SearchResults)>> {
        let counted = SearchOptions {
            limit: 0,
            facets: vec![per.field()],
            facet_limit: if per == Per::Month { 0 } else { groups },
            explain: false,
            ..self.options.clone()
        };
        let facets = self.query.search(self.searcher, &counted)?.facets;
        let mut values: Vec<String> =
            facets.into_iter().flat_map(|facet| facet.values).map(|found| found.value).collect();
        if per == Per::Month {
            values.sort_unstable_by(|left, right| right.cmp(left));
            values.truncate(if groups == 0 { usize::MAX } else { groups });
        }
        let best = |value: String| {
            let query = per.only(&self.options.query, &value)?;
            let mut options = SearchOptions { query, ..self.options.clone() };
            let mut results = self.query.search(self.searcher, &options)?;
            // The filter by source asks for words of the name, which other names can have as well.
            while per == Per::Source && results.hits.iter().any(|hit| hit.document.source.as_ref() != Some(&value)) {
                let asked = options.limit;
                let is_all = results.hits.len() < asked;
                results.hits.retain(|hit| hit.document.source.as_ref() == Some(&value));
                results.total = None;
                if results.hits.len() >= self.options.limit || is_all {
                    results.hits.truncate(self.options.limit);
                    break;
                }
                options.limit = asked.saturating_mul(2);
                results = self.query.search(self.searcher, &options)?;
            }
            results.hits.iter_mut().zip(1..).for_each(|(hit, rank)| hit.rank = rank);
            // They are the same in each group.
            if self.format == TERMINAL {
                results.expansions.clear();
            }
            Ok((value, results))
        };
        values.into_iter().map(best).collect()
    }
}
