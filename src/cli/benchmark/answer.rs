//! Answers a query as `tradewire search` does for a terminal, from the query's text to the printed lines, stage by stage.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, anyhow};

use super::super::terminal::TERMINAL;
use super::rounds::Measurements;
use super::stages::{StageLatencies, stage_latencies};
use tradewire::SearchOptions;
use tradewire::internals::evaluation::{Topic, TopicOptions, search_topic_timed};
use tradewire::internals::search::Searcher;
use tradewire::output::{Page, QueryHead};
use tradewire::search_types::QueryOptions;

/// The line width of the printed page: constant, so that results can be compared.
const COLUMNS: usize = 80;

/// Answers queries in this process. Can be used by several threads at a time.
pub(crate) struct Answerer {
    searcher: Searcher,
    options: SearchOptions,
    plain: bool,
}

impl Answerer {
    /// An answerer that prints at most `hits` hits of each query.
    pub(crate) fn new(searcher: Searcher, hits: usize, taken: TopicOptions) -> Answerer {
        let options = SearchOptions {
            limit: hits,
            query: QueryOptions { expand: taken.expand, ..QueryOptions::default() },
            count: TERMINAL.shows.total,
            highlight: TERMINAL.shows.highlights,
            ..SearchOptions::default()
        };
        Answerer { searcher, options, plain: taken.plain }
    }

    /// Parses a query, searches, fetches and highlights the hits, and prints them into `page`, which is emptied first.
    /// Returns the number of matching passages and the time of each stage; the inner error says why a query is invalid.
    ///
    /// # Errors
    ///
    /// When the index or an embedded dictionary cannot be read.
    pub(crate) fn answer(&self, topic: &Topic, page: &mut Vec<u8>) -> Result<Result<(u64, StageLatencies), String>> {
        let start = Instant::now();
        let (results, times) = match search_topic_timed(&self.searcher, topic, self.plain, &self.options)? {
            Ok(answer) => answer,
            Err(reason) => return Ok(Err(reason)),
        };
        let answered = Instant::now();
        page.clear();
        // Into a buffer: the standard library's sink would not even format what is written to it.
        let mut writer = (TERMINAL.writer)(page, Page { colour: false, columns: COLUMNS, hyperlinks: false });
        let head = QueryHead { id: &topic.id, query: &topic.query, is_batch: false, unit_name: "passages" };
        writer.write(&head, &results)?;
        writer.finish()?;
        drop(writer);
        black_box(page);
        let stages = stage_latencies(&times, answered.duration_since(start), answered.elapsed());
        Ok(Ok((results.total.unwrap_or(0), stages)))
    }

    /// Counts the hits of queries that were measured elsewhere.
    ///
    /// # Errors
    ///
    /// As [`Answerer::answer`], and when a query is invalid.
    pub(crate) fn count_hits(&self, measured: &mut Measurements) -> Result<()> {
        let mut page = Vec::new();
        for query in &mut measured.queries {
            let answer = self.answer(&query.topic, &mut page)?;
            let (hits, _) = answer.map_err(|reason| anyhow!("answered before, and refused now: {reason}"))?;
            query.hits = Some(hits);
        }
        Ok(())
    }
}
