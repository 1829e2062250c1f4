//! Law 4. What is marked is sorted, disjoint, inside the text and on grapheme boundaries; every hit has a mark in its
//! title or text; and every marked stretch is one that the query really matched, so that the stretch as a quoted query
//! finds that passage. Of a German compound a part may be marked, which finds the passage as a word.

use std::fs;

use anyhow::Context;
use proptest::prelude::*;
use proptest::sample::Index;
use tradewire::internals::query::parse_query;
use tradewire::internals::search::{Hit, SearchOptions, Searcher};

use super::text::{cjk_stretches, cut, mixed_text, quoted, some_text, unquoted, words};
use super::{Corpus, Verdict, holds, holds_for_batches, verdict};
use crate::checks::check_marks;
use crate::workspace::project;

fn check_hit(corpus: &Corpus, query: &str, hit: &Hit) -> Verdict {
    let document = &hit.document;
    let context = format!("{query:?} in {} passage {}", document.id, hit.passage.number);
    for (text, marks) in [(&document.title, &hit.title_highlights), (&hit.text, &hit.highlights)] {
        verdict(check_marks(text, marks).with_context(|| context.clone()))?;
    }
    let marked = hit.title_highlights.len() + hit.highlights.len();
    prop_assert!(marked > 0, "no mark: {context}: {:?} {:?}", document.title, hit.text);
    let is_this =
        |stored: &&super::Stored| stored.passage.id == document.id && stored.passage.number == hit.passage.number;
    let address = corpus.passages.iter().find(is_this).unwrap().key;
    let in_title = hit.title_highlights.iter().map(|mark| (&document.title, mark));
    for (text, mark) in in_title.chain(hit.highlights.iter().map(|mark| (&hit.text, mark))) {
        let stretch = mark.slice(text);
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        let is_part = stretch.chars().all(char::is_alphabetic)
            && (is_letter(text[..mark.start].chars().next_back()) || is_letter(text[mark.end..].chars().next()));
        let found = corpus.hits(&quoted(stretch)).contains(&address)
            || is_part && corpus.hits(&format!("+{stretch}")).contains(&address);
        prop_assert!(found, "{stretch:?} is marked, but as a phrase does not find: {context}: {:?}", hit.text);
    }
    Ok(())
}

fn check_query(corpus: &Corpus, searcher: &Searcher, query: &str) -> Verdict {
    let Ok(ast) = parse_query(query) else {
        return Ok(());
    };
    let options = SearchOptions { limit: 12, ..SearchOptions::default() };
    for hit in searcher.answer(&ast, &options).unwrap().unwrap_or_default().hits {
        check_hit(corpus, query, &hit)?;
    }
    Ok(())
}

/// Bags of a few pieces of the corpus, some of them quoted.
pub(super) fn check_bags(corpus: &Corpus, cases: u32) {
    let searcher =
        Searcher::new(corpus.index.clone(), &corpus.config.analysis, &corpus.config.ranking, &corpus.config.glossary);
    let piece = (any::<Index>(), any::<Index>(), any::<Index>(), 1_usize..5, any::<bool>());
    let law = |pieces: Vec<(Index, Index, Index, usize, bool)>| {
        let mut query = Vec::new();
        for (passage, stretch, at, length, is_phrase) in pieces {
            let text = &passage.get(&corpus.passages).text;
            let mut stretches = cjk_stretches(text);
            stretches.extend(Some(words(text)).filter(|words| !words.is_empty()));
            if stretches.is_empty() {
                continue;
            }
            let slice = cut(&stretches[stretch.index(stretches.len())], at, length).slice(text);
            query.push(if is_phrase { quoted(slice) } else { unquoted(slice) });
        }
        check_query(corpus, &searcher, &query.join(" "))
    };
    let case = proptest::collection::vec(piece, 1..4);
    holds(cases, &case, law);
}

#[test]
fn bags_and_phrases_over_the_seeds() {
    check_bags(&Corpus::of_seeds(), 250);
    check_bags(&Corpus::of_other_languages(), 150);
}

#[test]
fn every_topic_of_the_seeds() {
    let corpus = Corpus::of_seeds();
    let searcher =
        Searcher::new(corpus.index.clone(), &corpus.config.analysis, &corpus.config.ranking, &corpus.config.glossary);
    let topics = fs::read_to_string(project().join("seeds/topics.tsv")).unwrap();
    for query in topics.lines().filter_map(|line| Some(line.split_once('\t')?.1)) {
        check_query(&corpus, &searcher, query).unwrap();
    }
}

#[test]
fn generated_queries_over_generated_text() {
    let case = (proptest::collection::vec((some_text(), some_text()), 30), proptest::collection::vec(mixed_text(), 40));
    let law = |(articles, queries): (Vec<(String, String)>, Vec<String>)| {
        let named: Vec<(String, String, String)> =
            articles.into_iter().enumerate().map(|(at, (title, body))| (at.to_string(), title, body)).collect();
        let corpus = Corpus::of_articles(&named);
        let searcher = Searcher::new(
            corpus.index.clone(),
            &corpus.config.analysis,
            &corpus.config.ranking,
            &corpus.config.glossary,
        );
        queries.iter().try_for_each(|query| check_query(&corpus, &searcher, query))
    };
    holds_for_batches(8, &case, law);
}
