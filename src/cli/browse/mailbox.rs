//! What the browser asks of the worker, and what the worker answers.
//!
//! The mailbox keeps the newest request of each kind: an older one that has not begun is never begun.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use tradewire::analytics_types::{ConcordanceLine, Lines};
use tradewire::search_types::{Article, Facet, ResultUnit, SortOrder, Timeline};
use tradewire::{QuerySyntaxError, SearchResults};

use crate::cli::browse::action::View;

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
    pub(super) results: SearchResults,
    /// From the request to the results.
    pub(super) took: Duration,
}

/// What the pane shows.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A whole article; boxed, since it is much larger than the others.
    Article(Box<Article>),
    /// Hits in their lines, and the number of all.
    Concordance(Vec<ConcordanceLine>, Lines),
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

impl Waiting {
    /// Takes a task: a search first.
    fn take(&mut self) -> Option<Task> {
        self.search.take().map(Task::Search).or_else(|| self.pane.take().map(Task::Pane))
    }
}

/// The mailbox of the worker.
#[derive(Default)]
pub(super) struct Mailbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

/// Something to do.
pub(super) enum Task {
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
    pub(super) fn next(&self) -> Option<Task> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if waiting.is_closed {
                return None;
            }
            if let Some(task) = waiting.take() {
                return Some(task);
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A task that is waiting, if there is one.
    #[cfg(test)]
    pub(super) fn take(&self) -> Option<Task> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// True if a search is waiting, or the worker is to end.
    pub(super) fn is_newer(&self) -> bool {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.is_closed || waiting.search.is_some()
    }
}
