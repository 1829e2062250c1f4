//! Law 9. Any bytes as a document and any string as a query give an answer or a clear error, never a panic.

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::query::{MAX_QUERY_BYTES, parse_query};
use tradewire::internals::search::{ResultUnit, SearchOptions, Searcher};

use super::text::mixed_text;
use super::{Corpus, holds, holds_for_batches, verdict};
use crate::checks::check_query;
use crate::workspace::Workspace;

/// Bytes of which some are text, in UTF-8, cut anywhere, or not.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let broken = (mixed_text(), any::<u8>(), any::<prop::sample::Index>()).prop_map(|(text, byte, at)| {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len() + 1);
        bytes.insert(at, byte);
        bytes
    });
    let record = (mixed_text(), mixed_text(), mixed_text(), any::<bool>()).prop_map(|(id, title, body, cut)| {
        let record =
            serde_json::json!({"id": id, "title": title, "body": body, "date": body, "lang": title}).to_string();
        let length = if cut { record.len() / 2 } else { record.len() };
        record.as_bytes()[..length].to_vec()
    });
    let markdown = (mixed_text(), mixed_text()).prop_map(|(title, body)| {
        format!("---\ntitle: {title}\ndate: {body}\n---\n# {title}\n\n| a | {body} |\n|---|\n> {body}\n").into_bytes()
    });
    prop_oneof![proptest::collection::vec(any::<u8>(), 0..300), broken, record, markdown]
}

#[test]
fn any_bytes_are_a_document_or_a_problem() {
    let file = (bytes(), select(vec!["txt", "md", "jsonl"]));
    let law = |files: Vec<(Vec<u8>, &str)>| {
        let workspace = Workspace::new();
        for (at, (bytes, ending)) in files.iter().enumerate() {
            workspace.write(&format!("in/{at}.{ending}"), bytes);
        }
        let report = workspace.index(&[workspace.path().join("in")]);
        prop_assert!(report.documents > 0 && report.documents <= files.len() as u64 * 4, "{report:?}");
        // What was indexed can be read and marked.
        for query in ["trade 무역 自由", "\"中\"", "a e i o"] {
            workspace.search(query, &SearchOptions { limit: 100, ..SearchOptions::default() });
        }
        Ok(())
    };
    holds_for_batches(12, &proptest::collection::vec(file, 60), law);
}

#[test]
fn any_string_is_a_query_or_an_error_with_its_place() {
    let corpus = Corpus::of_seeds();
    let searcher =
        Searcher::new(corpus.index.clone(), &corpus.config.analysis, &corpus.config.ranking, &corpus.config.glossary);
    let options = SearchOptions { limit: 3, count: true, ..SearchOptions::default() };
    let law = |query: String| {
        verdict(check_query(&query))?;
        if let Ok(ast) = parse_query(&query)
            && let Some(results) = searcher.answer(&ast, &options).unwrap()
        {
            prop_assert!(results.hits.len() as u64 <= results.total.unwrap());
        }
        Ok(())
    };
    let query = prop_oneof![mixed_text(), any::<String>(), "[\"“”„「」《》 a中한é]{0,30}"];
    holds(400, &query, law);
}

#[test]
fn very_long_queries() {
    let corpus = Corpus::of_seeds();
    let searcher =
        Searcher::new(corpus.index.clone(), &corpus.config.analysis, &corpus.config.ranking, &corpus.config.glossary);
    let distinct: Vec<String> = (0..2000).map(|at| format!("word{at}")).collect();
    for query in [
        "trade ".repeat(20_000),
        "trade ".repeat(10_000),
        "a".repeat(100_000),
        "自由贸易".repeat(1000),
        "무역협정을 ".repeat(1000),
        distinct.join(" "),
        quoted_long("自由贸易协定", 500),
        quoted_long("free trade ", 500),
        "e\u{301}\u{301}".repeat(5000),
        "👩‍🌾".repeat(5000),
        "\u{202e}".repeat(5000),
    ] {
        for unit in [ResultUnit::Passage, ResultUnit::Document, ResultUnit::Story] {
            let options = SearchOptions { limit: 2, unit, ..SearchOptions::default() };
            match parse_query(&query) {
                Ok(ast) => drop(searcher.answer(&ast, &options).unwrap()),
                Err(error) => assert!(query.len() > MAX_QUERY_BYTES, "{error}"),
            }
        }
    }
}

fn quoted_long(piece: &str, times: usize) -> String {
    format!("\"{}\"", piece.repeat(times))
}

/// Limits and offsets as large as there are.
#[test]
fn any_limit_and_offset() {
    let workspace = Workspace::with_seeds();
    for limit in [0, 1, usize::MAX] {
        for offset in [0, 1, usize::MAX] {
            for unit in [ResultUnit::Passage, ResultUnit::Document, ResultUnit::Story] {
                let options = SearchOptions { limit, offset, unit, count: true, ..SearchOptions::default() };
                let results = workspace.search("tariffs 관세", &options);
                let total = usize::try_from(results.total.unwrap()).unwrap();
                assert_eq!(results.hits.len(), limit.min(total.saturating_sub(offset)), "{limit} {offset} {unit:?}");
            }
        }
    }
}
