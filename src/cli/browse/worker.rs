//! The worker: one thread that searches and reads, while the screen keeps answering keys.
//!
//! In: the newest request of each kind; an older one that has not begun is never begun. Out: answers, each with the number of
//! its request. Between the steps of a search (results, then counts) the worker turns to a newer request.

use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tradewire::search_types::{
    Article, Facet, FacetField, Granularity, QueryOptions, ResultUnit, SortOrder, Timeline, TimelineOptions,
};
use tradewire::{Config, Error, Query, QuerySyntaxError, SearchOptions, SearchResults, Searcher};

use crate::cli::browse::action::View;
use crate::cli::query::{QueryArgs, why_nothing};
use crate::cli::words::describe;

/// Values that are shown of each count.
const FACET_VALUES: usize = 6;

/// How a query is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) unit: ResultUnit,
    pub(super) sort: SortOrder,
    /// Whether the glossary adds names.
    pub(super) expand: bool,
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SearchRequest {
    /// The number of the request, higher than that of any before.
    pub(super) number: u64,
    /// The query as typed.
    pub(super) text: String,
    /// True if the caret is at the end, so that the last word may be unfinished.
    pub(super) may_go_on: bool,
    pub(super) settings: Settings,
    /// Greatest number of results.
    pub(super) limit: usize,
}

/// What the pane is to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaneRequest {
    /// What is shown.
    pub(super) view: View,
    /// The id of the article.
    pub(super) id: String,
    /// The query whose matches are marked.
    pub(super) query: String,
    pub(super) settings: Settings,
}

/// The results of a search.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The query that was searched for: as typed, or with `*` at its last word.
    pub(super) query: String,
    pub(super) settings: Settings,
    /// The limit of the request.
    pub(super) limit: usize,
    pub(super) results: SearchResults,
    /// From the request to the results.
    pub(super) took: Duration,
}

/// What the pane shows.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A whole article; boxed, since it is much larger than the others.
    Article(Box<Article>),
    /// Hits over time.
    Timeline(Timeline),
    /// An error.
    Problem(String),
}

/// What the worker has done.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// A search has results.
    Found { number: u64, found: Found },
    /// All results of a search are counted.
    Counted { number: u64, total: u64, facets: Vec<Facet> },
    /// A search has no results, and why.
    Nothing { number: u64, why: String },
    /// What is typed is no query yet.
    Refused { number: u64, error: QuerySyntaxError },
    /// The index could not be read.
    Failed { number: u64, message: String },
    /// The content of the pane.
    Pane { request: PaneRequest, content: Content },
}

/// The requests that have not begun.
#[derive(Default)]
struct Waiting {
    search: Option<SearchRequest>,
    pane: Option<PaneRequest>,
    is_closed: bool,
}

/// The mailbox of the worker.
#[derive(Default)]
pub(super) struct Mailbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

/// Something to do.
enum Task {
    Search(SearchRequest),
    Pane(PaneRequest),
}

impl Mailbox {
    /// Asks for a search in place of any that has not begun.
    pub(super) fn search(&self, request: SearchRequest) {
        self.change(|waiting| waiting.search = Some(request));
    }

    /// Asks for the content of the pane in place of any that has not begun.
    pub(super) fn pane(&self, request: PaneRequest) {
        self.change(|waiting| waiting.pane = Some(request));
    }

    /// Ends the worker after what it is doing.
    pub(super) fn close(&self) {
        self.change(|waiting| waiting.is_closed = true);
    }

    fn change(&self, change: impl FnOnce(&mut Waiting)) {
        change(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_one();
    }

    /// The next task, when there is one; `None` when the mailbox is closed.
    fn next(&self) -> Option<Task> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if waiting.is_closed {
                return None;
            }
            if let Some(search) = waiting.search.take() {
                return Some(Task::Search(search));
            }
            if let Some(pane) = waiting.pane.take() {
                return Some(Task::Pane(pane));
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// True if a search is waiting, or the worker is to end.
    fn is_newer(&self) -> bool {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.is_closed || waiting.search.is_some()
    }
}

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
            // The other end is only gone when the program ends.
            let _ = match task {
                Task::Search(request) => self.search(&request),
                Task::Pane(request) => {
                    let content = self.content(&request).unwrap_or_else(|error| Content::Problem(describe(&error)));
                    self.answers.send(Answer::Pane { request, content })
                }
            };
        }
    }

    fn search(&self, request: &SearchRequest) -> Result<(), std::sync::mpsc::SendError<Answer>> {
        let (number, since) = (request.number, Instant::now());
        let query = match self.looked_for.parse(&request.text, self.config) {
            Ok(query) => query,
            Err(error) => return self.answers.send(Answer::Refused { number, error }),
        };
        let options = self.search_options(request);
        let (query, results) = match self.search_as_typed(&query, request, &options) {
            Ok(found) => found,
            Err(Error::InvalidQuery(error)) => return self.answers.send(Answer::Refused { number, error }),
            Err(error) => {
                let message = describe(&error.into());
                return self.answers.send(Answer::Failed { number, message });
            }
        };
        if results.hits.is_empty() {
            let why = why_nothing(&self.searcher, &query, &options).unwrap_or_else(|error| describe(&error));
            return self.answers.send(Answer::Nothing { number, why });
        }
        let found = Found {
            query: query.to_string(),
            settings: request.settings,
            limit: request.limit,
            results,
            took: since.elapsed(),
        };
        self.answers.send(Answer::Found { number, found })?;
        if self.mailbox.is_newer() {
            return Ok(());
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
                self.answers.send(Answer::Counted { number, total: total.unwrap_or_default(), facets })
            }
            Err(error) => self.answers.send(Answer::Failed { number, message: describe(&error.into()) }),
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
