//! The queries of a batch: a file with lines of `ID<TAB>QUERY`, or TREC topics.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use tradewire::internals::evaluation::{Topic, read_each_topic};
use tradewire::{Config, Error, Query, QuerySyntaxError, SearchOptions, SearchResults, Searcher};

use crate::cli::query::QueryArgs;
use crate::cli::read_input;

/// A query of a batch, or a single one.
pub(super) struct BatchQuery {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) parsed: Result<Query, QuerySyntaxError>,
    /// `FILE:LINE` in a batch.
    pub(super) place: Option<String>,
}

impl BatchQuery {
    pub(super) fn new(
        id: String,
        text: String,
        place: Option<String>,
        (looked_for, config): (&QueryArgs, &Config),
    ) -> BatchQuery {
        let parsed = looked_for.parse(&text, config);
        BatchQuery { id, text, parsed, place }
    }

    pub(super) fn parsed(&self) -> Result<&Query, QuerySyntaxError> {
        self.parsed.as_ref().map_err(Clone::clone)
    }

    /// Searches for the query.
    ///
    /// # Errors
    ///
    /// When it is malformed or has nothing to look up, and when the index cannot be read; the message names the query and its place.
    pub(super) fn search(&self, searcher: &Searcher, options: &SearchOptions) -> Result<SearchResults> {
        let parsed = self.parsed().with_context(|| self.describe())?;
        match searcher.search(parsed, options) {
            Err(Error::InvalidQuery(_)) => bail!("{} has no word or character to search for", self.describe()),
            results => results.with_context(|| self.describe()),
        }
    }

    /// Names the query and its place, for a message.
    pub(super) fn describe(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}query `{}`", self.text)
    }
}

/// Reads the queries of a file; a line that is not a query becomes an error in its place.
pub(super) fn read_batch(path: &Path, looked_for: (&QueryArgs, &Config)) -> Result<Vec<Result<BatchQuery>>> {
    let topics = read_each_topic(&read_input(path, "queries")?);
    let query = |topic: Topic| {
        let place = format!("{}:{}", path.display(), topic.line);
        BatchQuery::new(topic.id, topic.query, Some(place), looked_for)
    };
    let queries =
        topics.into_iter().map(|topic| topic.map(query).map_err(|error| anyhow!("{}:{error}", path.display())));
    Ok(queries.collect())
}
