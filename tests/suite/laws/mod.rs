//! The ten laws of the engine (ARCHITECTURE.md), as properties over generated text and over the sample articles.
//!
//! One file a group: `substring` (1), `folding` (2), `bags` and `algebra` (3), `articles` (3 and 4 by document), `filters` (what is known of articles), `operators` and `quantities` (3 and 4), `highlights` and
//! `marks` (4), `concordance` (its lines are the marks of a search, collocates are what a plain count says), `tokens` (5 and 6), `order` (7), `no_panic`, `grammar` and `hostile` (9); `fuzzed` checks what the fuzz
//! targets check, which is of laws 4, 5, 6 and 9. Law 8 (nothing lost) is in `updates`, law 10 (terminal-safe) in `output`. `text` makes and cuts
//! texts. `any_corpus` runs the laws over a folder of your own. Random numbers are seeded, so every run is the same;
//! `TRADEWIRE_LAWS_SEED=7` gives others.

mod algebra;
mod any_corpus;
mod articles;
mod bags;
mod concordance;
mod filters;
mod folding;
mod fuzzed;
mod grammar;
mod highlights;
mod hostile;
mod marks;
mod no_panic;
mod operators;
mod order;
mod quantities;
mod queries;
mod substring;
mod text;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config as Cases, RngSeed, TestCaseError, TestError, TestRunner};
use tradewire::internals::analysis::{Analyzer, Segmented};
use tradewire::internals::config::Config;
use tradewire::internals::document::ByteRange;
use tradewire::internals::engine::StoredPassage;
use tradewire::internals::engine::{Engine, PassageKey};
use tradewire::internals::highlight::Locator;
use tradewire::internals::index::NewsIndex;
use tradewire::internals::language::Language;
use tradewire::internals::query::{Filters, MatchNode, QueryOptions, QueryPlan, compile_query, parse_query};

use crate::other_languages::TEXTS;
use crate::workspace::{Workspace, seeds};

/// What a property says of one case.
type Verdict = Result<(), TestCaseError>;

/// As a check of the fuzz targets says it.
fn verdict(checked: anyhow::Result<()>) -> Verdict {
    checked.map_err(|error| TestCaseError::fail(format!("{error:#}")))
}

/// A passage as it is stored.
struct Stored {
    key: PassageKey,
    passage: StoredPassage,
    text: String,
}

impl Stored {
    fn name(&self) -> String {
        format!("{} passage {} ({})", self.passage.id, self.passage.number, self.passage.lang)
    }
}

/// An index with everything that is in it.
struct Corpus {
    workspace: Workspace,
    config: Config,
    index: Arc<NewsIndex>,
    passages: Vec<Stored>,
    /// Words and CJK characters of each document, by its id.
    words: BTreeMap<String, u64>,
    analyzer: Analyzer,
}

impl Corpus {
    fn of_seeds() -> Corpus {
        Corpus::of_paths(&[seeds()])
    }

    /// Articles of id, title and body.
    fn of_articles<S: AsRef<str>>(articles: &[(S, S, S)]) -> Corpus {
        let workspace = Workspace::new();
        let articles: Vec<(&str, &str, &str)> =
            articles.iter().map(|(id, title, body)| (id.as_ref(), title.as_ref(), body.as_ref())).collect();
        let file = workspace.write_articles("articles.jsonl", &articles);
        Corpus::indexed(workspace, &[file])
    }

    /// The samples of other languages, each also as a title, and with a word of another script in it.
    fn of_other_languages() -> Corpus {
        let mut articles: Vec<(String, &str, String)> =
            TEXTS.iter().map(|&(code, text, _)| (code.to_owned(), text, text.to_owned())).collect();
        for (at, &(code, text, _)) in TEXTS.iter().enumerate() {
            let other = ["中国の releases", "L’Oréal’s releases", "die Zölle, Schröder", "수출 협정"][at % 4];
            articles.push((format!("{code}+"), "", format!("{text} {other}, {text}")));
        }
        let articles: Vec<(&str, &str, &str)> =
            articles.iter().map(|(id, title, body)| (id.as_str(), *title, body.as_str())).collect();
        Corpus::of_articles(&articles)
    }

    fn of_paths(paths: &[PathBuf]) -> Corpus {
        Corpus::indexed(Workspace::new(), paths)
    }

    fn indexed(workspace: Workspace, paths: &[PathBuf]) -> Corpus {
        workspace.index(paths);
        let config = Config::builtin().unwrap();
        let index = workspace.open();
        let all = index.prepare(&QueryPlan::of_filters(&Filters::default())).unwrap().passages().unwrap();
        let stored = index.fetch(&all).unwrap();
        let passages: Vec<Stored> =
            all.into_iter().zip(stored).map(|(key, (passage, text))| Stored { key, passage, text }).collect();
        let analyzer = Analyzer::for_queries(&config.analysis);
        let mut words = BTreeMap::new();
        for stored in &passages {
            *words.entry(stored.passage.id.clone()).or_default() += Segmented::new(&stored.text).units().len() as u64;
        }
        Corpus { workspace, config, index, passages, words, analyzer }
    }

    /// The passages in a language that have what `has` asks for.
    fn passages_in(&self, language: Language, has: impl Fn(&Stored) -> bool) -> Vec<&Stored> {
        self.passages.iter().filter(|stored| stored.passage.lang == language && has(stored)).collect()
    }

    fn compile(&self, query: &str) -> Option<QueryPlan> {
        let ast = parse_query(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        let as_typed = QueryOptions { expand: false, ..QueryOptions::default() };
        let Config { ranking, glossary, .. } = &self.config;
        compile_query(&ast, &as_typed, false, &*self.index, &self.analyzer, ranking, glossary).unwrap()
    }

    /// Every passage that a query finds.
    fn hits(&self, query: &str) -> BTreeSet<PassageKey> {
        self.compile(query).map_or_else(BTreeSet::new, |compiled| self.hits_of(&compiled))
    }

    fn hits_of(&self, compiled: &QueryPlan) -> BTreeSet<PassageKey> {
        self.index.prepare(compiled).unwrap().passages().unwrap().into_iter().collect()
    }

    /// What a query marks in a passage's title and text.
    fn marks(&self, compiled: &QueryPlan, stored: &Stored) -> (Vec<ByteRange>, Vec<ByteRange>) {
        self.marks_in(compiled, &[stored]).swap_remove(0)
    }

    /// What a query marks in the title and text of each of some passages.
    fn marks_in(&self, compiled: &QueryPlan, stored: &[&Stored]) -> Vec<(Vec<ByteRange>, Vec<ByteRange>)> {
        let keys: Vec<PassageKey> = stored.iter().map(|stored| stored.key).collect();
        let met = if counts(&compiled.matches) {
            self.index.prepare(compiled).unwrap().branches(&keys).unwrap()
        } else {
            vec![BTreeSet::new(); keys.len()]
        };
        let locator = Locator::new(&compiled.highlight, &self.analyzer);
        let marks = |(stored, met): (&&Stored, &BTreeSet<usize>)| {
            let matches = locator.locate(&stored.passage, &stored.text, met).unwrap();
            (matches.title, matches.text)
        };
        stored.iter().zip(&met).map(marks).collect()
    }
}

/// True for a condition of which the whole article decides.
fn counts(node: &MatchNode) -> bool {
    match node {
        MatchNode::AtLeast { .. } => true,
        MatchNode::AnyOf(nodes) => nodes.iter().any(counts),
        MatchNode::AllOf { required, excluded } | MatchNode::InArticle { required, excluded, .. } => {
            required.iter().chain(excluded).any(counts)
        }
        MatchNode::Nothing | MatchNode::All | MatchNode::Pattern { .. } | MatchNode::Filter(_) => false,
    }
}

/// Checks a law in this number of cases, the same in every run, and makes a failing case as small as it can.
pub(crate) fn holds<S: Strategy>(cases: u32, case: &S, law: impl Fn(S::Value) -> Verdict) {
    if let Err(error) = TestRunner::new(seeded(cases)).run(case, law) {
        panic!("{error}");
    }
}

/// As [`holds`], for cases that are too large to be tried again and again, or printed.
pub(crate) fn holds_for_batches<S: Strategy>(cases: u32, case: &S, law: impl Fn(S::Value) -> Verdict) {
    let once = Cases { max_shrink_iters: 0, ..seeded(cases) };
    match TestRunner::new(once).run(case, law) {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(error) => panic!("{error}"),
    }
}

fn seeded(cases: u32) -> Cases {
    let seed = std::env::var("TRADEWIRE_LAWS_SEED").map_or(20_260_107, |seed| seed.parse().expect("a number"));
    Cases { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Cases::default() }
}
