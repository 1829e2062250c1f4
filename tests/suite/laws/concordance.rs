//! Law 4 for reading at scale: the lines of a concordance are all marks of all hits, each once, and collocates are what a plain count
//! over the texts says.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::analytics_types::{
    CollocateOptions, ConcordanceLine, ConcordanceOptions, ContextSize, Measure, Sample, SortKey, Within,
};
use tradewire::internals::analysis::{Chain, Segmented};
use tradewire::internals::bounds::Bounds;
use tradewire::internals::document::ByteRange;
use tradewire::internals::language::Language;
use tradewire::internals::query::{QueryAst, QueryPlan};
use tradewire::search_types::QueryOptions;
use tradewire::{Config, Index, Query, Searcher};

use super::queries::{Vocabulary, as_term};
use super::{Corpus, Stored, Verdict, holds};

fn as_typed() -> QueryOptions {
    QueryOptions { expand: false, ..QueryOptions::default() }
}

fn searcher(corpus: &Corpus) -> Searcher {
    Index::open(corpus.workspace.index_dir(), &Config::default()).unwrap().searcher()
}

fn lines(searcher: &Searcher, query: &Query, options: &ConcordanceOptions) -> Vec<ConcordanceLine> {
    let mut lines = Vec::new();
    let concordance = searcher.concordance(query, options).unwrap();
    let numbers = concordance.each_line(&mut |line| {
        lines.push(line);
        ControlFlow::Continue(())
    });
    let numbers = numbers.unwrap();
    assert_eq!(numbers.shown, lines.len() as u64);
    assert!(numbers.all >= numbers.shown);
    lines
}

/// The marks in the texts of all hits, in the order of the index.
fn marks<'a>(corpus: &'a Corpus, plan: &QueryPlan) -> Vec<(&'a Stored, ByteRange)> {
    let hits = corpus.hits_of(plan);
    let found: Vec<&Stored> = corpus.passages.iter().filter(|stored| hits.contains(&stored.key)).collect();
    let marks = corpus.marks_in(plan, &found);
    found.iter().zip(marks).flat_map(|(stored, (_, text))| text.into_iter().map(|mark| (*stored, mark))).collect()
}

/// Runs of white space as one space, as a line shows them.
fn flat(text: &str) -> String {
    let mut flat = String::new();
    for character in text.chars() {
        if !character.is_whitespace() {
            flat.push(character);
        } else if !flat.ends_with(' ') {
            flat.push(' ');
        }
    }
    flat
}

fn check_lines(corpus: &Corpus, searcher: &Searcher, query: &QueryAst, options: &ConcordanceOptions) -> Verdict {
    let text = query.to_string();
    let (Some(plan), Ok(query)) = (corpus.compile(&text), Query::parse(&text)) else {
        return Ok(());
    };
    let lines = lines(searcher, &query, options);
    let expected = marks(corpus, &plan);
    prop_assert_eq!(lines.len(), expected.len(), "`{}`", text);
    for (line, (stored, mark)) in lines.iter().zip(expected) {
        let start = stored.passage.range.start;
        prop_assert_eq!(&line.id, &stored.passage.id, "`{}`", text);
        prop_assert_eq!(line.hit.as_str(), mark.slice(&stored.text));
        prop_assert_eq!((line.range.start, line.range.end), (start + mark.start, start + mark.end));
        // Beyond the passage the context goes on.
        let (before, after) = (flat(&stored.text[..mark.start]), flat(&stored.text[mark.end..]));
        let (left, right) = (line.left.as_str(), line.right.as_str());
        prop_assert!(
            before.ends_with(left) || left.ends_with(&before),
            "{left:?} is not before {:?}: {before:?}",
            line.hit
        );
        prop_assert!(
            after.starts_with(right) || right.starts_with(after.trim_end()),
            "{right:?} is not after: {after:?}"
        );
    }
    Ok(())
}

#[test]
fn lines_are_all_marks_of_all_hits() {
    for (corpus, cases) in [(Corpus::of_seeds(), 80), (Corpus::of_other_languages(), 40)] {
        let vocabulary = Vocabulary::of(&corpus);
        let searcher = searcher(&corpus);
        let size =
            prop_oneof![(0..90_usize).prop_map(ContextSize::Columns), (0..12_usize).prop_map(ContextSize::Units)];
        holds(cases, &(vocabulary.query(), size.clone(), size), |(query, left, right)| {
            let options = ConcordanceOptions { query: as_typed(), left, right, ..ConcordanceOptions::default() };
            check_lines(&corpus, &searcher, &as_term(&query, false), &options)
        });
    }
}

/// A sorted concordance has the same lines, in order; a sample some of them, the same for the same seed.
#[test]
fn sorted_and_sampled_lines_are_those_lines() {
    let corpus = Corpus::of_seeds();
    let vocabulary = Vocabulary::of(&corpus);
    let searcher = searcher(&corpus);
    let keys = vec!["1R", "2R", "1L", "2L", "date", "source", "hit"];
    let case = (vocabulary.query(), prop::collection::vec(select(keys), 1..4), 1..30_usize, any::<u64>());
    holds(40, &case, |(query, keys, number, seed)| {
        let text = as_term(&query, false).to_string();
        let (Some(_), Ok(query)) = (corpus.compile(&text), Query::parse(&text)) else {
            return Ok(());
        };
        let plain = ConcordanceOptions { query: as_typed(), ..ConcordanceOptions::default() };
        let all = lines(&searcher, &query, &plain);
        let sort: Vec<SortKey> = keys.iter().map(|key| key.parse().unwrap()).collect();
        let sorted = lines(&searcher, &query, &ConcordanceOptions { sort: sort.clone(), ..plain.clone() });
        let place = |line: &ConcordanceLine| (line.id.clone(), line.range.start);
        let by_place = |mut lines: Vec<ConcordanceLine>| {
            lines.sort_by_key(place);
            lines
        };
        prop_assert_eq!(by_place(sorted.clone()), by_place(all.clone()));
        if keys[0] == "date" {
            let known: Vec<&str> = sorted.iter().filter_map(|line| line.date.as_deref()).collect();
            prop_assert!(known.is_sorted() && sorted.iter().skip(known.len()).all(|line| line.date.is_none()));
        }
        let sample = ConcordanceOptions { sample: Some(Sample { lines: number, seed }), ..plain };
        let sampled = lines(&searcher, &query, &sample);
        prop_assert_eq!(sampled.len(), number.min(all.len()));
        let chosen: Vec<ConcordanceLine> = all.into_iter().filter(|line| sampled.contains(line)).collect();
        prop_assert_eq!(&chosen, &sampled, "in the order of the index");
        prop_assert_eq!(&lines(&searcher, &query, &sample), &sampled);
        let sorted = lines(&searcher, &query, &ConcordanceOptions { sort, ..sample });
        prop_assert_eq!(by_place(sorted), by_place(sampled));
        Ok(())
    });
}

/// The words of a text: of tokens that overlap, the first and longest.
fn words(corpus: &Corpus, stored: &Stored) -> Vec<(String, ByteRange)> {
    let segmented = Segmented::of_paragraphs(&stored.text);
    let tokens = corpus.analyzer.tokens_of(Chain::of(stored.passage.lang), &segmented, false).unwrap();
    let mut tokens: Vec<(String, ByteRange)> = tokens.into_iter().map(|token| (token.term, token.range)).collect();
    tokens.sort_by_key(|(_, range)| (range.start, Reverse(range.end)));
    let mut words: Vec<(String, ByteRange)> = Vec::new();
    for (term, range) in tokens {
        if words.last().is_none_or(|(_, last)| last.end <= range.start) {
            words.push((term, range));
        }
    }
    words
}

/// By language and word: how often it stands beside a hit, how often anywhere, and how often it is expected there.
type Table = BTreeMap<(Language, String), (u64, u64, f64)>;

/// Each word of each text is asked whether some hit is near it.
fn plain_count(corpus: &Corpus, plan: &QueryPlan, (window, within): (usize, Within), min: u64) -> Table {
    let mut hits: BTreeMap<_, Vec<ByteRange>> = BTreeMap::new();
    for (stored, mark) in marks(corpus, plan) {
        hits.entry(stored.key).or_default().push(mark);
    }
    let mut observed: BTreeMap<(Language, String), (u64, BTreeMap<String, u64>)> = BTreeMap::new();
    let mut frequency: BTreeMap<(Language, String), u64> = BTreeMap::new();
    let (mut in_windows, mut all): (BTreeMap<Language, u64>, BTreeMap<Language, u64>) = Default::default();
    for stored in &corpus.passages {
        let lang = stored.passage.lang;
        let words = words(corpus, stored);
        *all.entry(lang).or_default() += words.len() as u64;
        for (term, _) in &words {
            *frequency.entry((lang, term.clone())).or_default() += 1;
        }
        let segmented = Segmented::of_paragraphs(&stored.text);
        let bounds = Bounds::of(&stored.text, &segmented, &corpus.analyzer);
        let stretch = |byte: usize| {
            let unit = segmented.units().iter().position(|unit| segmented.original_range(unit.folded).start >= byte);
            let position = unit.map_or(u32::MAX, |unit| segmented.position(unit));
            let bounds = match within {
                Within::Passage => return 0,
                Within::Paragraph => &bounds.paragraphs,
                Within::Sentence => &bounds.sentences,
            };
            bounds.iter().filter(|&&bound| bound <= position).count()
        };
        let hits = hits.get(&stored.key).map(Vec::as_slice).unwrap_or_default();
        for (term, range) in &words {
            let overlaps = |hit: &ByteRange| hit.start < range.end && range.start < hit.end;
            let is_near = |hit: &ByteRange| {
                let (from, to) = if range.end <= hit.start { (range.start, hit.start) } else { (hit.end, range.end) };
                // Words of another hit that reaches across this one's end count too.
                let between = words.iter().filter(|(_, word)| from <= word.start && word.end <= to).count();
                between <= window && stretch(range.start) == stretch(hit.start)
            };
            if hits.iter().any(overlaps) || !hits.iter().any(is_near) {
                continue;
            }
            *in_windows.entry(lang).or_default() += 1;
            let (count, surfaces) = observed.entry((lang, term.clone())).or_default();
            *count += 1;
            *surfaces.entry(range.slice(&stored.text).to_owned()).or_default() += 1;
        }
    }
    let mut table = Table::new();
    for ((lang, term), (count, surfaces)) in observed {
        if count >= min {
            let surface = surfaces.iter().max_by_key(|(surface, count)| (**count, Reverse((*surface).clone())));
            let frequency = frequency[&(lang, term)];
            let expected = in_windows[&lang] as f64 * frequency as f64 / all[&lang] as f64;
            // Two words can have the same most frequent form.
            let mut name = surface.unwrap().0.clone();
            while table.contains_key(&(lang, name.clone())) {
                name.push('\'');
            }
            table.insert((lang, name), (count, frequency, expected));
        }
    }
    table
}

#[test]
fn collocates_are_what_a_plain_count_says() {
    let corpus = Corpus::of_seeds();
    let vocabulary = Vocabulary::of(&corpus);
    let searcher = searcher(&corpus);
    let within = select(vec![Within::Passage, Within::Paragraph, Within::Sentence]);
    let case = (vocabulary.leaf(), 1..9_usize, within, 1..4_u64, select(Measure::ALL.to_vec()));
    holds(40, &case, |(query, window, within, min, measure)| {
        let text = as_term(&query, false).to_string();
        let (Some(plan), Ok(query)) = (corpus.compile(&text), Query::parse(&text)) else {
            return Ok(());
        };
        let (query_options, limit) = (as_typed(), usize::MAX);
        let options = CollocateOptions { query: query_options, window, within, min, measure, stopwords: true, limit };
        let found = searcher.collocates(&query, &options).unwrap();
        let expected = plain_count(&corpus, &plan, (window, within), min);
        prop_assert_eq!(found.words.len(), expected.len(), "`{}`", text);
        let figures = |observed: u64, frequency: u64, expected: f64| (observed, frequency, format!("{expected:.6}"));
        let mut counted: Vec<_> = found
            .words
            .iter()
            .map(|word| (word.lang, word.word.clone(), figures(word.observed, word.frequency, word.expected)))
            .collect();
        counted.sort();
        let plain = expected.into_iter().map(|((lang, word), (observed, frequency, expected))| {
            (lang, word.trim_end_matches('\'').to_owned(), figures(observed, frequency, expected))
        });
        let mut plain: Vec<_> = plain.collect();
        plain.sort();
        prop_assert_eq!(counted, plain, "`{}`", text);
        prop_assert!(found.words.is_sorted_by(|left, right| left.score >= right.score));
        for word in &found.words {
            let form = word.word.as_str();
            prop_assert!(word.examples.len() <= 2 && word.examples.len() as u64 <= word.observed, "{form}");
            prop_assert!(!word.examples.is_empty());
        }
        // Without stop words, the rest is the same.
        let without = searcher.collocates(&query, &CollocateOptions { stopwords: false, ..options }).unwrap();
        prop_assert!(without.words.iter().all(|word| found.words.contains(word)));
        Ok(())
    });
}
