//! Series: how often each of some queries is found over time, by source, language, country or pair of countries.
//!
//! In: compiled queries, and what they are compared with. Out: one series for each query and value, all over the same periods, so that
//! they can be set beside each other and averaged. A result counts in a period and for a value if it has both.

use std::collections::{BTreeMap, HashSet};

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::engine::{AllResults, Engine, Granularity, GroupKey, Period, ResultUnit};
use crate::guard::guarded;
use crate::query::plan::QueryPlan;
use crate::query::syntax::QueryOptions;
use crate::search::searcher::Searcher;
use crate::search::timeline::Tally;
use crate::text::country::{CountryCode, CountryPair};

/// The name of what has no value.
const UNKNOWN: &str = "unknown";

/// What each query is counted by, beside time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesField {
    /// Outlet.
    Source,
    /// Language of the passage.
    Lang,
    /// Countries that the passage or its title names.
    Country,
    /// Pairs of such countries.
    Pair,
}

/// Options of series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesOptions {
    /// Length of a period.
    pub by: Granularity,
    /// What each query is counted by, beside time; `None` for one series a query.
    pub per: Option<SeriesField>,
    /// What counts as one result.
    pub unit: ResultUnit,
    /// Options of the queries; their filters also apply to what the results are compared with.
    pub query: QueryOptions,
}

/// The series of some queries.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesTable {
    /// Length of a period.
    pub by: Granularity,
    /// The series that have any result: by query in the order in which they were asked, then by value.
    pub series: Vec<Series>,
    /// Number of results without a known day among what is compared with; they are in no period.
    pub undated: u64,
}

/// The results of one query for one value, by period.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The name of the query.
    pub query: String,
    /// The value that it was counted for; `None` if nothing was asked for beside time.
    pub per: Option<String>,
    /// All periods from the first to the last in which there is anything to compare with.
    pub periods: Vec<(Period, Tally)>,
}

impl Series {
    /// The number of results in all periods.
    pub fn count(&self) -> u64 {
        self.periods.iter().map(|(_, tally)| tally.count).sum()
    }

    /// The name of the series: the query, and the value if there is one.
    pub fn name(&self) -> String {
        self.per.as_ref().map_or_else(|| self.query.clone(), |per| format!("{} {per}", self.query))
    }

    /// The shares divided by their standard deviation, as indices of uncertainty are made (Baker, Bloom and Davis 2016), so that series
    /// of different outlets can be averaged; `None` where a period has nothing to compare with, or all shares are the same.
    pub fn standardised(&self) -> Vec<Option<f64>> {
        let shares: Vec<Option<f64>> = self.periods.iter().map(|(_, tally)| tally.share()).collect();
        let known: Vec<f64> = shares.iter().copied().flatten().collect();
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let squares: f64 = known.iter().map(|share| (share - mean).powi(2)).sum();
        let deviation = (squares / (known.len() as f64 - 1.0)).sqrt();
        let has_deviation = known.len() > 1 && deviation > 0.0;
        shares.into_iter().map(|share| share.filter(|_| has_deviation).map(|share| share / deviation)).collect()
    }
}

/// A result, with its values and periods.
struct Placed {
    group: GroupKey,
    values: Vec<String>,
    periods: Vec<Period>,
}

impl Searcher {
    /// Counts the results of compiled queries, each with its name, by period and value, beside those of `of` or of everything that passes
    /// the filters.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn series(
        &self,
        queries: &[(String, QueryPlan)],
        of: Option<&QueryPlan>,
        options: &SeriesOptions,
    ) -> Result<SeriesTable> {
        guarded(|| {
            let everything = QueryPlan::of_filters(&options.query.filters);
            let (base, undated) = placed(&*self.engine, of.unwrap_or(&everything), options)?;
            let mut all: BTreeMap<(String, Period), u64> = BTreeMap::new();
            // What a query finds counts where it is also found by `of`.
            let mut counted: HashSet<(GroupKey, String, Period), RandomState> = HashSet::default();
            for Placed { group, values, periods } in &base {
                for (value, &period) in
                    values.iter().flat_map(|value| periods.iter().map(move |period| (value, period)))
                {
                    *all.entry((value.clone(), period)).or_default() += 1;
                    if of.is_some() {
                        counted.insert((*group, value.clone(), period));
                    }
                }
            }
            let periods = all_periods(&base);
            let mut series = Vec::new();
            for (name, plan) in queries {
                let mut counts: BTreeMap<String, BTreeMap<Period, u64>> = BTreeMap::new();
                for Placed { group, values, periods } in placed(&*self.engine, plan, options)?.0 {
                    for (value, &period) in
                        values.iter().flat_map(|value| periods.iter().map(move |period| (value, period)))
                    {
                        if of.is_none() || counted.contains(&(group, value.clone(), period)) {
                            *counts.entry(value.clone()).or_default().entry(period).or_default() += 1;
                        }
                    }
                }
                for (value, counts) in counts {
                    let tally = |period: Period| Tally {
                        count: counts.get(&period).copied().unwrap_or(0),
                        all: all.get(&(value.clone(), period)).copied().unwrap_or(0),
                    };
                    let periods = periods.iter().map(|&period| (period, tally(period))).collect();
                    let per = options.per.map(|_| value.clone());
                    series.push(Series { query: name.clone(), per, periods });
                }
            }
            Ok(SeriesTable { by: options.by, series, undated })
        })
    }
}

/// All results of a plan that have a known day, with their values, and the number of those without.
fn placed(engine: &dyn Engine, plan: &QueryPlan, options: &SeriesOptions) -> Result<(Vec<Placed>, u64)> {
    let prepared = engine.prepare(plan)?;
    let results = prepared.results(options.unit)?;
    let values = values_of(&*results, options.per)?;
    let periods = results.periods(options.by)?;
    let mut placed = Vec::new();
    for rows in periods.of_each_group() {
        let Some(&(group, _)) = rows.first() else {
            continue;
        };
        let values = match (&values, options.per) {
            (None, _) => vec![String::new()],
            (Some(values), per) => match (values.get(&group), per) {
                (Some(values), _) => values.clone(),
                // An article that names one country names no pair, which is known.
                (None, Some(SeriesField::Pair)) => Vec::new(),
                (None, _) => vec![UNKNOWN.to_owned()],
            },
        };
        let periods = rows.iter().map(|&(_, period)| periods.values[period as usize]).collect();
        placed.push(Placed { group, values, periods });
    }
    let undated = results.number().saturating_sub(placed.len() as u64);
    Ok((placed, undated))
}

/// The values of each result; `None` if they are not asked for.
fn values_of(results: &dyn AllResults, per: Option<SeriesField>) -> Result<Option<BTreeMap<GroupKey, Vec<String>>>> {
    let column = match per {
        None => return Ok(None),
        Some(SeriesField::Source) => "source",
        Some(SeriesField::Lang) => "lang",
        Some(SeriesField::Country | SeriesField::Pair) => "country",
    };
    let values = results.texts(column)?;
    let mut of_groups = BTreeMap::new();
    for rows in values.of_each_group() {
        let Some(&(group, _)) = rows.first() else {
            continue;
        };
        let of_group: Vec<&String> = rows.iter().map(|&(_, value)| &values.values[value as usize]).collect();
        let of_group =
            if per == Some(SeriesField::Pair) { pairs(&of_group) } else { of_group.into_iter().cloned().collect() };
        if !of_group.is_empty() {
            of_groups.insert(group, of_group);
        }
    }
    Ok(Some(of_groups))
}

fn pairs(codes: &[&String]) -> Vec<String> {
    let codes: Vec<CountryCode> = codes.iter().filter_map(|code| code.parse().ok()).collect();
    let mut pairs = Vec::new();
    for (at, one) in codes.iter().enumerate() {
        pairs.extend(
            codes[at + 1..].iter().filter_map(|other| CountryPair::new(*one, *other)).map(|pair| pair.to_string()),
        );
    }
    pairs
}

/// All periods from the first result to the last, without a gap.
fn all_periods(results: &[Placed]) -> Vec<Period> {
    let known = || results.iter().flat_map(|placed| placed.periods.iter().copied());
    let (first, last) = (known().min(), known().max());
    std::iter::successors(first, |period| period.next()).take_while(|period| Some(*period) <= last).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn shares_are_divided_by_their_standard_deviation() {
        let series = |counts: &[(u64, u64)]| {
            let month = Granularity::Month;
            let months = (1..).map(|number| month.period_of(date(2025, number, 1)));
            let periods = months.zip(counts).map(|(period, &(count, all))| (period, Tally { count, all })).collect();
            Series { query: "q".to_owned(), per: None, periods }
        };
        // Shares of 10, 20 and 30 percent, whose standard deviation is 10.
        let found = series(&[(1, 10), (2, 10), (0, 0), (3, 10)]).standardised();
        let expected = [Some(1.0), Some(2.0), None, Some(3.0)];
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.zip(expected).is_none_or(|(found, expected)| (found - expected).abs() < 1e-9));
            assert_eq!(found.is_some(), expected.is_some());
        }
        assert_eq!(series(&[(1, 10), (1, 10)]).standardised(), [None, None]);
        assert_eq!(series(&[(1, 10)]).standardised(), [None]);
        assert!(series(&[]).standardised().is_empty());
    }
}
