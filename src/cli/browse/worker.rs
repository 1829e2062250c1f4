//! The worker: one thread that searches and reads, while the screen keeps answering keys.
//!
//! In: requests. Out: answers. Between the steps of a search (results, then counts) the worker turns to a newer request.

use std::ops::ControlFlow;
use std::sync::mpsc::Sender;
use std::time::Instant;

use tradewire::analytics_types::ConcordanceOptions;
use tradewire::search_types::{FacetField, Granularity, QueryOptions, TimelineOptions};
use tradewire::{Config, Error, Query, SearchOptions, SearchResults, Searcher};

use crate::cli::browse::action::View;
use crate::cli::browse::mailbox::{Answer, Content, Found, Mailbox, PaneRequest, SearchRequest, Settings, Task};
use crate::cli::query::{QueryArgs, why_nothing};
use crate::cli::words::describe;

/// Greatest number of lines of a concordance; `tradewire kwic` has all.
pub(super) const MAX_LINES: usize = 2_000;
/// Values that are shown of each count.
const FACET_VALUES: usize = 6;

/// The worker.
pub(super) struct Worker<'a> {
    pub(super) searcher: Searcher,
    pub(super) config: &'a Config,
    pub(super) looked_for: &'a QueryArgs,
    /// The options of the query arguments.
    pub(super) options: QueryOptions,
    pub(super) mailbox: &'a Mailbox,
    pub(super) answers: Sender<Answer>,
}

impl Worker<'_> {
    /// Works until the mailbox is closed.
    pub(super) fn run(&self) {
        while let Some(task) = self.mailbox.next() {
            self.work(task);
        }
    }

    /// Does all that is waiting.
    #[cfg(test)]
    pub(super) fn work_off(&self) {
        while let Some(task) = self.mailbox.take() {
            self.work(task);
        }
    }

    fn work(&self, task: Task) {
        match task {
            Task::Search(request) => self.search(&request),
            Task::Pane(request) => {
                let content = self.content(&request).unwrap_or_else(|error| Content::Problem(describe(&error)));
                self.send(Answer::Pane { request, content });
            }
        }
    }

    fn send(&self, answer: Answer) {
        // The other end is only gone when the program ends.
        let _ = self.answers.send(answer);
    }

    fn search(&self, request: &SearchRequest) {
        let (number, since) = (request.number, Instant::now());
        let query = match self.looked_for.parse(&request.text, self.config) {
            Ok(query) => query,
            Err(error) => return self.send(Answer::Refused { number, error }),
        };
        let options = self.search_options(request);
        let (query, results) = match self.search_as_typed(&query, request, &options) {
            Ok(found) => found,
            Err(Error::InvalidQuery(error)) => return self.send(Answer::Refused { number, error }),
            Err(error) => {
                let message = describe(&error.into());
                return self.send(Answer::Failed { number, message });
            }
        };
        if results.hits.is_empty() {
            let why = why_nothing(&self.searcher, &query, &options).unwrap_or_else(|error| describe(&error));
            return self.send(Answer::Nothing { number, why });
        }
        let found = Found { query: query.to_string(), settings: request.settings, results, took: since.elapsed() };
        self.send(Answer::Found { number, found });
        if self.mailbox.is_newer() {
            return;
        }
        let counting = SearchOptions {
            limit: 0,
            count: true,
            highlight: false,
            facets: vec![FacetField::Lang, FacetField::Source, FacetField::Country, FacetField::Year],
            facet_limit: FACET_VALUES,
            ..options
        };
        match self.searcher.search(&query, &counting) {
            Ok(SearchResults { total, facets, .. }) => {
                self.send(Answer::Counted { number, total: total.unwrap_or_default(), facets });
            }
            Err(error) => self.send(Answer::Failed { number, message: describe(&error.into()) }),
        }
    }

    /// Searches for what is typed; if nothing has it and the last word may be unfinished, for words that begin as it does.
    fn search_as_typed(
        &self,
        query: &Query,
        request: &SearchRequest,
        options: &SearchOptions,
    ) -> Result<(Query, SearchResults), Error> {
        let results = self.searcher.search(query, options)?;
        if results.hits.is_empty() && request.may_go_on && request.text.ends_with(char::is_alphanumeric) {
            let begun = self.looked_for.parse(&format!("{}*", request.text), self.config);
            if let Ok(begun) = begun
                && let Ok(more) = self.searcher.search(&begun, options)
                && !more.hits.is_empty()
            {
                return Ok((begun, more));
            }
        }
        Ok((query.clone(), results))
    }

    fn search_options(&self, request: &SearchRequest) -> SearchOptions {
        SearchOptions {
            limit: request.limit,
            unit: request.settings.unit,
            sort: request.settings.sort,
            query: self.query_options(request.settings),
            ..SearchOptions::default()
        }
    }

    fn query_options(&self, settings: Settings) -> QueryOptions {
        QueryOptions { expand: settings.expand, ..self.options.clone() }
    }

    fn content(&self, request: &PaneRequest) -> anyhow::Result<Content> {
        let query = self.looked_for.parse(&request.query, self.config)?;
        let options = self.query_options(request.settings);
        match request.view {
            View::Concordance => {
                let options = ConcordanceOptions { query: options, ..ConcordanceOptions::default() };
                let mut lines = Vec::new();
                let all = self.searcher.concordance(&query, &options)?.each_line(&mut |line| {
                    lines.push(line);
                    let is_enough = lines.len() >= MAX_LINES || self.mailbox.is_newer();
                    if is_enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })?;
                Ok(Content::Concordance(lines, all))
            }
            View::Timeline => {
                let options = TimelineOptions { by: None::<Granularity>, unit: request.settings.unit, query: options };
                Ok(Content::Timeline(self.searcher.timeline(&query, &options)?))
            }
            View::Article | View::Copies | View::Help => {
                let article = self.searcher.article(&request.id, Some((&query, &options)))?;
                Ok(match article {
                    Some(article) => Content::Article(Box::new(article)),
                    None => Content::Problem("the article is no longer in the index".to_owned()),
                })
            }
        }
    }
}
