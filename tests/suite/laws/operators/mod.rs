//! Laws 3 and 4 for what stands at a place in the text: words, prefixes, wildcards, words that are alike, exact forms, capitals, phrases,
//! quantities, and anything near each other, in one sentence or paragraph, or not; in the lead, among the first words, or so often in
//! an article. Each finds and marks exactly what a plain reading of every passage finds.
//!
//! The reading takes the engine's units and tokens and where its sentences begin, and nothing of its matching. `text` reads passages,
//! `leaf` (with `spelling` and `wildcards`) the leaves of queries, `wanted` looks for them, `found` tries what stands near what,
//! `whole_article` counts, `kinds` draws leaves of each operator, and `checks` compares.

mod checks;
mod found;
mod kinds;
mod leaf;
mod spelling;
mod text;
mod wanted;
mod whole_article;
mod wildcards;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tradewire::internals::analysis::Chain;
use tradewire::internals::query::QueryAst;

pub(super) use self::checks::{check_every_operator, check_nested};
pub(super) use self::found::merged;

use self::found::Found;
use self::text::{Reader, Reading, Text};
use super::{Corpus, Stored};

/// Passages that are read, of whole articles; more would only take time.
const PASSAGES: usize = 600;

/// Where something stands in the title and in the text of a passage.
type Places = [Vec<Found>; 2];

struct Passage<'a> {
    stored: &'a Stored,
    readings: Vec<Reading>,
    /// The number of units of its article's text before it.
    units_before: usize,
}

/// How many leaves of an operator were compared, and how many of them found something.
#[derive(Debug, Default)]
struct Count {
    leaves: u32,
    found: u32,
}

struct Oracle<'a> {
    corpus: &'a Corpus,
    reader: Reader<'a>,
    /// The chains that read some passage.
    chains: Vec<Chain>,
    /// In the order of the articles' ids, and of each article in its own.
    passages: Vec<Passage<'a>>,
    /// By the name of the operator.
    counts: RefCell<BTreeMap<&'static str, Count>>,
}

impl<'a> Oracle<'a> {
    fn new(corpus: &'a Corpus) -> Oracle<'a> {
        let mut articles: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
        for stored in &corpus.passages {
            articles.entry(&stored.passage.id).or_default().push(stored);
        }
        let mut reader = Reader::new(corpus);
        let mut passages = Vec::new();
        let step = corpus.passages.len().div_ceil(PASSAGES).max(1);
        for mut of_article in articles.into_values().step_by(step) {
            of_article.sort_by_key(|stored| stored.passage.number);
            let mut units_before = 0;
            for stored in of_article {
                assert_eq!(units_before, stored.passage.place.units_before as usize, "{}", stored.name());
                let readings = reader.readings(stored);
                let units = readings.first().map_or(0, |reading| reading.texts[1].len());
                passages.push(Passage { stored, readings, units_before });
                units_before += units;
            }
        }
        let chains = passages.iter().flat_map(|passage| passage.readings.iter().map(|reading| reading.chain));
        let chains = Vec::from_iter(chains.collect::<BTreeSet<Chain>>());
        Oracle { corpus, reader, chains, passages, counts: RefCell::default() }
    }

    /// Everywhere that a leaf stands, in each passage.
    fn places(&self, ast: &QueryAst) -> Vec<Places> {
        match ast {
            QueryAst::Within { extent, inner } => self.in_beginning(*extent, self.places(inner)),
            QueryAst::AtLeast { times, operand } => self.so_often(*times, self.places(operand)),
            leaf => {
                let wanted: Vec<_> = self.chains.iter().map(|&chain| (chain, self.wanted(leaf, chain))).collect();
                let places = |Passage { readings, .. }: &Passage<'_>| {
                    [0, 1].map(|at| {
                        let text = Text { readings, at };
                        let read = wanted.iter().filter(|(of, _)| readings.iter().any(|reading| reading.chain == *of));
                        let mut found: Vec<Found> = read.flat_map(|(chain, one)| one.find(*chain, text)).collect();
                        found.sort();
                        found
                    })
                };
                self.passages.iter().map(places).collect()
            }
        }
    }
}
