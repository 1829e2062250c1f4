//! Random queries of every operator, cut out of a corpus, and what each of them has to find by set algebra.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::analysis::{Chain, Folded, Segmented, UnitKind};
use tradewire::internals::engine::{PassageKey, StoredPassage};
use tradewire::internals::language::Language;
use tradewire::internals::query::{
    DateFilter, Extent, Filter, MAX_NEAR_PARTS, Nearness, QueryAst, QueryOptions, QueryPlan, Restricted, WordCount,
    compile_query, parse_query,
};
use unicode_normalization::UnicodeNormalization;

use super::text::{cjk_stretches, is_cjk, words};
use super::{Corpus, Stored};

/// Passages of each language that a vocabulary is cut out of, spread over all of them; more would only take time.
const PASSAGES: usize = 150;

/// Pieces of a corpus's texts, and what is known of its documents.
pub(super) struct Vocabulary {
    /// One word, run or mix of both each, as it is typed without quotation marks.
    pub(super) words: Vec<String>,
    /// Those of letters alone, without CJK characters.
    pub(super) latin: Vec<String>,
    /// Two to five words or two to twelve characters, as they stand in a text.
    pub(super) phrases: Vec<String>,
    filters: Vec<Filter>,
}

impl Vocabulary {
    pub(super) fn of(corpus: &Corpus) -> Vocabulary {
        let mut words_found: BTreeSet<String> = BTreeSet::new();
        let mut phrases = BTreeSet::new();
        for language in Language::ALL {
            let passages = corpus.passages_in(language, |_| true);
            for stored in passages.iter().step_by(passages.len().div_ceil(PASSAGES).max(1)) {
                for text in [&stored.passage.title, &stored.text] {
                    cut_words(text, &mut words_found);
                    cut_phrases(text, &mut phrases);
                }
            }
        }
        // Nowhere in any text, stop words, other inflections, particles and mixes.
        let more = [
            "qwertyzuiop",
            "퀽퀽",
            "鑫龘",
            "the",
            "die",
            "und",
            "of",
            "的",
            "Zöllen",
            "Zoellen",
            "negotiated",
            "tariffs",
            "Abkommens",
            "FTA는",
            "FTA를",
            "5G网络",
            "RCEP에서",
            "협정을",
            "관세가",
            "중국에서",
            "한국의",
            "自由貿易協定",
        ];
        words_found.extend(more.map(str::to_owned));
        words_found.retain(|word| parse_query(word) == Ok(QueryAst::Word(word.clone())) && !is_blank(word));
        phrases.retain(|phrase: &String| !is_blank(phrase) && !phrase.contains('"'));
        let words: Vec<String> = words_found.into_iter().collect();
        let latin = |word: &&String| word.chars().all(|letter| letter.is_alphabetic() && !is_cjk(letter));
        Vocabulary {
            latin: words.iter().filter(latin).cloned().collect(),
            words,
            phrases: phrases.into_iter().collect(),
            filters: filters(corpus),
        }
    }

    pub(super) fn word(&self) -> impl Strategy<Value = String> + use<> {
        select(self.words.clone())
    }

    pub(super) fn phrase(&self) -> impl Strategy<Value = String> + use<> {
        select(self.phrases.clone())
    }

    pub(super) fn filter(&self) -> impl Strategy<Value = Filter> + use<> {
        select(self.filters.clone())
    }

    /// The beginning of a word or run, with its last word cut to a few letters.
    pub(super) fn prefix(&self) -> impl Strategy<Value = QueryAst> + use<> {
        // Fewer than two letters of an alphabet are refused.
        (select(self.words.clone()), 1_usize..9).prop_filter_map("too short", |(word, length)| {
            let beginning: String = word.chars().take(length).collect();
            let beginnings = [beginning, word].into_iter().map(QueryAst::Prefix);
            beginnings.into_iter().find(|prefix| parse_query(&prefix.to_string()).as_ref() == Ok(prefix))
        })
    }

    /// A word with a letter replaced, left out, doubled, or swapped with the next; or as it is.
    pub(super) fn fuzzy(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let long: Vec<String> = self.latin.iter().filter(|word| word.chars().count() > 3).cloned().collect();
        let edits = select(vec![None, None, Some(1), Some(2)]);
        (select(long), any::<prop::sample::Index>(), 0..5, edits).prop_map(|(word, at, change, edits)| {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at.index(letters.len() - 1);
            match change {
                0 => letters[at] = 'x',
                1 => drop(letters.remove(at)),
                2 => letters.insert(at, letters[at]),
                3 => letters.swap(at, at + 1),
                _ => {}
            }
            QueryAst::Fuzzy { word: letters.into_iter().collect(), edits }
        })
    }

    /// A word or run with some of its letters replaced by wildcards.
    pub(super) fn wildcard(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let at = || any::<prop::sample::Index>();
        let signs = select(vec!["?", "*", "?", "*", "??", "?*", "＊", "？", "\\?", ""]);
        (select(self.words.clone()), at(), at(), signs, select(vec!["", "", "*", "?"])).prop_filter_map(
            "no word with wildcards",
            |(word, from, length, sign, in_front)| {
                let letters: Vec<char> = word.chars().collect();
                let from = from.index(letters.len());
                let to = from + length.index((letters.len() - from).min(4) + 1);
                let before: String = letters[..from].iter().collect();
                let after: String = letters[to..].iter().collect();
                let typed = format!("{in_front}{before}{sign}{after}");
                // What the sign is there is a question of how words are read, not of what they match.
                let is_unclear = typed.contains(['/', '=', '&', '~'])
                    || typed.contains("*in")
                    || typed.chars().filter(|&letter| is_cjk(letter)).count() > 8;
                if is_unclear {
                    return None;
                }
                parse_query(&typed).ok().filter(|ast| matches!(ast, QueryAst::Wildcard(_)))
            },
        )
    }

    pub(super) fn exact(&self) -> impl Strategy<Value = QueryAst> + use<> {
        prop_oneof![self.word(), self.phrase()].prop_map(QueryAst::Exact)
    }

    /// A word or phrase as it stands in a text, or with other capitals.
    pub(super) fn caps(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let first = |text: &str| {
            let mut letters = text.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
        };
        (prop_oneof![2 => self.word(), 1 => self.phrase()], 0..7).prop_map(move |(text, change)| {
            QueryAst::Caps(match change {
                0 => text.to_uppercase(),
                1 => text.to_lowercase(),
                2 => first(&text.to_lowercase()),
                3 => text.nfd().collect(),
                _ => text,
            })
        })
    }

    pub(super) fn proximity(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let words = proptest::collection::vec(self.word(), 2..4).prop_map(|words| words.join(" "));
        let shuffled = self.phrase().prop_map(|phrase| {
            let turned: Vec<&str> = phrase.split_whitespace().rev().collect();
            turned.join(" ")
        });
        (prop_oneof![1 => words, 4 => shuffled], distance()).prop_map(|(text, distance)| {
            // More words are refused.
            let words: Vec<&str> = text.split_whitespace().take(MAX_NEAR_PARTS).collect();
            QueryAst::Proximity { text: words.join(" "), distance }
        })
    }

    /// Words, phrases, and alternatives, near each other; often ones that stand together somewhere.
    pub(super) fn near(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let single = || {
            prop_oneof![
                4 => self.word().prop_map(QueryAst::Word),
                2 => self.phrase().prop_map(QueryAst::Phrase),
                1 => self.prefix(),
                1 => self.wildcard(),
                1 => self.exact(),
                1 => self.caps(),
            ]
        };
        let alternatives = || proptest::collection::vec(single(), 2..4).prop_map(QueryAst::Or);
        let any = || prop_oneof![3 => single(), 1 => alternatives()];
        let parts = proptest::collection::vec(any(), 2..4);
        let of_phrase = || {
            self.phrase().prop_filter_map("one word", |phrase| {
                let words: Vec<QueryAst> = phrase
                    .split_whitespace()
                    .filter(|word| !is_blank(word))
                    .map(|word| QueryAst::Phrase(word.to_owned()))
                    .collect();
                (words.len() > 1).then(|| words.into_iter().rev().take(3).collect::<Vec<QueryAst>>())
            })
        };
        let with_more = (of_phrase(), any()).prop_map(|(mut parts, more)| {
            parts.truncate(2);
            let last = parts.len() - 1;
            parts[last] = QueryAst::Or(vec![parts[last].clone(), more]);
            parts
        });
        (
            prop_oneof![2 => parts, 3 => of_phrase(), 2 => with_more],
            distance(),
            prop::bool::ANY,
            prop::bool::weighted(0.8),
        )
            .prop_map(|(mut operands, distance, in_order, reversed)| {
                // The words of a phrase are reversed above; in the order of the phrase, most of the ordered ones find something.
                if in_order && reversed {
                    operands.reverse();
                }
                QueryAst::Near { operands, nearness: Nearness { distance, in_order } }
            })
    }

    /// Something that can be counted, so many times in an article.
    pub(super) fn at_least(&self) -> impl Strategy<Value = QueryAst> + use<> {
        let single = || {
            prop_oneof![
                4 => self.word().prop_map(QueryAst::Word),
                2 => self.phrase().prop_map(QueryAst::Phrase),
                1 => self.prefix(),
                1 => self.exact(),
            ]
        };
        let alternatives = proptest::collection::vec(single(), 2..4).prop_map(QueryAst::Or);
        let operand = prop_oneof![4 => single(), 2 => alternatives, 1 => self.near(), 1 => self.proximity()];
        (operand, select(vec![1, 2, 2, 2, 3, 3, 4, 5, 9, 1000]))
            .prop_map(|(operand, times)| QueryAst::AtLeast { times, operand: Box::new(operand) })
    }

    /// One thing to find, of any kind.
    pub(super) fn leaf(&self) -> impl Strategy<Value = QueryAst> + use<> {
        prop_oneof![
            6 => self.word().prop_map(QueryAst::Word),
            3 => self.phrase().prop_map(QueryAst::Phrase),
            1 => self.prefix(),
            1 => self.wildcard(),
            1 => self.fuzzy(),
            1 => self.exact(),
            1 => self.caps(),
            1 => self.proximity(),
            1 => self.near(),
            1 => self.at_least(),
        ]
    }

    /// A query of any operators, as deep as the parser could have made it.
    pub(super) fn query(&self) -> BoxedStrategy<QueryAst> {
        let leaf = prop_oneof![
            10 => self.leaf(),
            1 => self.leaf().prop_map(|leaf| QueryAst::Title(Box::new(leaf))),
            2 => (extent(), self.leaf()).prop_map(|(extent, leaf)| within(extent, leaf)),
            1 => self.filter().prop_map(QueryAst::Filter),
        ];
        leaf.prop_recursive(3, 14, 4, |inner| {
            let some = || proptest::collection::vec(inner.clone(), 1..4);
            let few = || proptest::collection::vec(inner.clone(), 0..3);
            prop_oneof![
                3 => (some(), few()).prop_map(|(all, none)| all_but(all, none)),
                3 => some().prop_map(|items| one_or(items, QueryAst::Or)),
                2 => some().prop_map(bag),
                2 => (few(), few(), few(), inner.clone()).prop_map(|(required, excluded, filters, rest)| {
                    restricted(required, excluded, filters, rest)
                }),
                1 => (extent(), inner.clone()).prop_map(|(extent, inner)| within(extent, inner)),
                1 => inner.prop_map(title),
            ]
        })
        .boxed()
    }
}

fn distance() -> impl Strategy<Value = u32> {
    select(vec![0, 0, 1, 2, 3, 5, 10, 30, 99])
}

/// The lead, or the first words of a text: some of the first passage, and as many as reach into the ones behind it.
pub(super) fn extent() -> impl Strategy<Value = Extent> {
    prop_oneof![1 => Just(Extent::Lead), 1 => select(vec![1, 5, 20, 50, 120, 200, 10_000]).prop_map(Extent::First)]
}

fn one_or(mut items: Vec<QueryAst>, of: impl Fn(Vec<QueryAst>) -> QueryAst) -> QueryAst {
    if items.len() == 1 { items.remove(0) } else { of(items) }
}

fn all_but(all: Vec<QueryAst>, none: Vec<QueryAst>) -> QueryAst {
    let mut items = all;
    items.extend(none.into_iter().map(|item| QueryAst::Not(Box::new(item))));
    one_or(items, QueryAst::And)
}

fn bag(items: Vec<QueryAst>) -> QueryAst {
    let (filters, items): (Vec<QueryAst>, Vec<QueryAst>) = items.into_iter().partition(QueryAst::is_filter);
    match (filters.is_empty(), items.is_empty()) {
        (_, true) => one_or(filters, QueryAst::And),
        (true, false) => one_or(items, QueryAst::Bag),
        (false, false) => restricted(Vec::new(), Vec::new(), filters, one_or(items, QueryAst::Bag)),
    }
}

fn restricted(
    required: Vec<QueryAst>,
    excluded: Vec<QueryAst>,
    mut filters: Vec<QueryAst>,
    rest: QueryAst,
) -> QueryAst {
    let (more, required): (Vec<QueryAst>, Vec<QueryAst>) = required.into_iter().partition(QueryAst::is_filter);
    filters.retain(QueryAst::is_filter);
    filters.extend(more);
    let rest = if rest.is_filter() {
        filters.push(rest);
        None
    } else {
        Some(rest)
    };
    QueryAst::Restricted(Box::new(Restricted { required, excluded, filters, rest }))
}

fn title(inner: QueryAst) -> QueryAst {
    if inner.is_filter() { inner } else { QueryAst::Title(Box::new(inner)) }
}

fn within(extent: Extent, inner: QueryAst) -> QueryAst {
    if inner.is_filter() { inner } else { QueryAst::Within { extent, inner: Box::new(inner) } }
}

/// The same, with the extent before each operand; `None` for an operand itself.
fn pushed_down(extent: Extent, ast: &QueryAst) -> Option<QueryAst> {
    let of = |item: &QueryAst| pushed_down(extent, item).unwrap_or_else(|| within(extent, item.clone()));
    let all = |items: &[QueryAst]| items.iter().map(of).collect::<Vec<QueryAst>>();
    match ast {
        QueryAst::Bag(items) => Some(QueryAst::Bag(all(items))),
        QueryAst::Or(items) => Some(QueryAst::Or(all(items))),
        QueryAst::And(items) => Some(QueryAst::And(all(items))),
        QueryAst::Not(inner) => Some(QueryAst::Not(Box::new(of(inner)))),
        QueryAst::Title(inner) => Some(QueryAst::Title(Box::new(of(inner)))),
        QueryAst::Within { extent: inside, inner } => {
            pushed_down(*inside, inner).map(|pushed| pushed_down(extent, &pushed).unwrap_or(pushed))
        }
        QueryAst::Restricted(restricted) => Some(QueryAst::Restricted(Box::new(Restricted {
            required: all(&restricted.required),
            excluded: all(&restricted.excluded),
            filters: restricted.filters.clone(),
            rest: restricted.rest.as_ref().map(of),
        }))),
        _ => None,
    }
}

/// True if there is nothing to look up in a text.
pub(super) fn is_blank(text: &str) -> bool {
    Segmented::new(text).units().is_empty()
}

fn cut_words(text: &str, found: &mut BTreeSet<String>) {
    found.extend(words(text).into_iter().step_by(3).map(|range| range.slice(text).to_owned()));
    for stretch in cjk_stretches(text) {
        let mut at = 0;
        for length in [2, 3, 1, 4, 2, 6, 5].into_iter().cycle() {
            let Some(piece) = stretch.get(at..stretch.len().min(at + length)).filter(|piece| !piece.is_empty()) else {
                break;
            };
            let piece = &text[piece[0].start..piece[piece.len() - 1].end];
            found.insert(piece.chars().filter(|&character| is_cjk(character)).collect());
            at += length + 5;
        }
    }
    // Korean words with their particles, and words with CJK characters in them.
    let eojeols = text.split_whitespace().filter(|word| word.chars().count() < 12 && word.contains(is_cjk));
    found.extend(
        eojeols.step_by(3).map(|word| word.trim_matches(|character: char| !character.is_alphanumeric()).to_owned()),
    );
}

fn cut_phrases(text: &str, found: &mut BTreeSet<String>) {
    let all = words(text);
    for (at, length) in (0..all.len()).step_by(7).zip([2, 3, 5, 4].into_iter().cycle()) {
        let last = (at + length - 1).min(all.len() - 1);
        found.insert(text[all[at].start..all[last].end].to_owned());
    }
    for stretch in cjk_stretches(text) {
        for (at, length) in (0..stretch.len()).step_by(13).zip([2, 5, 3, 12, 1, 7].into_iter().cycle()) {
            let last = (at + length - 1).min(stretch.len() - 1);
            found.insert(text[stretch[at].start..stretch[last].end].to_owned());
        }
    }
}

fn filters(corpus: &Corpus) -> Vec<Filter> {
    let mut found = Vec::new();
    for languages in [
        vec![Language::English],
        vec![Language::Korean],
        vec![Language::German, Language::Chinese],
        vec![Language::Undetermined],
        Language::ALL.to_vec(),
    ] {
        found.push(Filter::Lang(languages));
    }
    for dates in ["2025", "2025-12", "2025-11..2026-01-20", ">=2026", "<2025-07", "..2024", ">2025-12-12", "1999"] {
        found.push(Filter::Date(DateFilter::parse(dates).unwrap()));
    }
    for dates in
        ["today", "30d..", "..2w", "last-month", "this-year", ">last-week", "<3m", "1y..6m", "2025-11..yesterday"]
    {
        found.push(Filter::Date(DateFilter::parse(dates).unwrap()));
    }
    for countries in ["kr", "cn,de", "us", "eu,jp", "aq"] {
        found.push(Filter::Country(countries.split(',').map(|code| code.parse().unwrap()).collect()));
    }
    for pairs in ["cn-kr", "kr-us", "de-eu,jp-kr", "aq-kr", "cn-kr,cn-us"] {
        found.push(Filter::Pair(pairs.split(',').map(|pair| pair.parse().unwrap()).collect()));
    }
    for words in [">300", "200..500", "<=250", "..10", "317", ">=100000"] {
        found.push(Filter::Words(WordCount::parse(words).unwrap()));
    }
    for concepts in ["rare-earths", "tariffs", "semiconductors,steel", "xyzzy"] {
        found.push(Filter::Concept(concepts.split(',').map(str::to_owned).collect()));
    }
    for (filter, names) in [
        (Filter::Author as fn(String) -> Filter, names_of(corpus, |passage| &passage.authors)),
        (Filter::Section, names_of(corpus, |passage| &passage.sections)),
    ] {
        found.extend(names.into_iter().map(filter));
    }
    let mut sources: BTreeSet<&str> = BTreeSet::from(["nobody"]);
    for name in corpus.passages.iter().filter_map(|stored| stored.passage.source.as_deref()).take(500) {
        sources.insert(name);
        sources.extend(name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()));
    }
    found.extend(sources.into_iter().take(60).map(|words| Filter::Source(words.to_owned())));
    for stored in corpus.passages.iter().step_by(corpus.passages.len().div_ceil(20).max(1)) {
        let id = stored.passage.id.clone();
        let beginning: String = id.chars().take(id.chars().count().div_ceil(2)).collect();
        found.push(Filter::Id { id: beginning, prefix: true });
        found.push(Filter::Id { id, prefix: false });
    }
    found
}

/// Names of passages, whole and by their words, and one that there is not.
fn names_of(corpus: &Corpus, of: impl Fn(&StoredPassage) -> &Vec<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["nobody".to_owned()]);
    for name in corpus.passages.iter().flat_map(|stored| of(&stored.passage)) {
        names.insert(name.clone());
        names.extend(pieces(name));
    }
    names.into_iter().take(30).collect()
}

/// The day that relative dates count from: within those of the samples.
const TODAY: Date = date(2026, 1, 12);

pub(super) type Hits = BTreeSet<PassageKey>;

/// What queries have to find: the hits of leaves as the engine finds them one by one, everything else by set algebra.
pub(super) struct Algebra<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) require_all: bool,
    pub(super) expand: bool,
    /// True if AND, NOT and filters hold for articles; a set then has all passages of an article or none.
    pub(super) by_article: bool,
    leaves: RefCell<HashMap<String, Hits>>,
}

impl<'a> Algebra<'a> {
    pub(super) fn new(corpus: &'a Corpus, require_all: bool) -> Algebra<'a> {
        Algebra { corpus, require_all, expand: false, by_article: false, leaves: RefCell::default() }
    }

    /// Of queries that are expanded by the glossary.
    pub(super) fn expanded(corpus: &'a Corpus) -> Algebra<'a> {
        Algebra { expand: true, ..Algebra::new(corpus, false) }
    }

    /// Of queries by document.
    pub(super) fn by_article(corpus: &'a Corpus, require_all: bool) -> Algebra<'a> {
        Algebra { by_article: true, ..Algebra::new(corpus, require_all) }
    }

    /// The passages, or with `by_article` all passages of their articles.
    pub(super) fn closed(&self, hits: Hits) -> Hits {
        if !self.by_article {
            return hits;
        }
        let passages = || self.corpus.passages.iter();
        let found: BTreeSet<&str> =
            passages().filter(|stored| hits.contains(&stored.key)).map(|stored| stored.passage.id.as_str()).collect();
        passages().filter(|stored| found.contains(stored.passage.id.as_str())).map(|stored| stored.key).collect()
    }

    pub(super) fn all(&self) -> Hits {
        self.corpus.passages.iter().map(|stored| stored.key).collect()
    }

    pub(super) fn compile(&self, ast: &QueryAst) -> Option<QueryPlan> {
        let Corpus { index, analyzer, config, .. } = self.corpus;
        let options = QueryOptions {
            require_all: self.require_all,
            expand: self.expand,
            today: Some(TODAY),
            ..QueryOptions::default()
        };
        compile_query(ast, &options, self.by_article, &**index, analyzer, &config.ranking, &config.glossary).unwrap()
    }

    /// What the engine finds.
    pub(super) fn hits(&self, ast: &QueryAst) -> Hits {
        self.compile(ast).map_or_else(BTreeSet::new, |compiled| self.corpus.hits_of(&compiled))
    }

    /// What an operand finds by itself, as one term.
    fn leaf(&self, ast: &QueryAst, in_title: bool) -> Hits {
        let term = as_term(ast, in_title);
        let key = format!("{term:?}");
        if let Some(known) = self.leaves.borrow().get(&key) {
            return known.clone();
        }
        let hits = self.closed(self.hits(&term));
        self.leaves.borrow_mut().insert(key, hits.clone());
        hits
    }

    /// What a query beside an operator has to find.
    pub(super) fn expected(&self, ast: &QueryAst, in_title: bool) -> Hits {
        let of = |item: &QueryAst| self.expected(item, in_title);
        let union = |items: &[QueryAst]| items.iter().flat_map(of).collect::<Hits>();
        let all_of = |items: &[QueryAst]| items.iter().map(of).fold(self.all(), |all, hits| &all & &hits);
        match ast {
            QueryAst::Bag(items) if self.require_all => all_of(items),
            QueryAst::Bag(items) | QueryAst::Or(items) => union(items),
            QueryAst::And(items) => all_of(items),
            QueryAst::Not(inner) => &self.all() - &of(inner),
            QueryAst::Restricted(restricted) => {
                let mut hits = &all_of(&restricted.required) & &all_of(&restricted.filters);
                if let (Some(rest), true) = (&restricted.rest, restricted.required.is_empty()) {
                    hits = &hits & &of(rest);
                }
                &hits - &union(&restricted.excluded)
            }
            QueryAst::Title(inner) => self.expected(inner, true),
            QueryAst::Filter(filter) => {
                let admitted = self.corpus.passages.iter().filter(|stored| admits(self.corpus, filter, stored));
                self.closed(admitted.map(|stored| stored.key).collect())
            }
            QueryAst::Within { extent, inner } => match pushed_down(*extent, inner) {
                Some(pushed) => self.expected(&pushed, in_title),
                None => self.leaf(ast, in_title),
            },
            leaf => self.leaf(leaf, in_title),
        }
    }

    /// The leaves, each with whether in the title, that make a passage a hit or stand beside what does.
    pub(super) fn live(&self, ast: &QueryAst, in_title: bool, at: PassageKey, live: &mut Vec<QueryAst>) {
        if !self.expected(ast, in_title).contains(&at) {
            return;
        }
        match ast {
            QueryAst::Bag(items) | QueryAst::Or(items) | QueryAst::And(items) => {
                items.iter().for_each(|item| self.live(item, in_title, at, live));
            }
            QueryAst::Restricted(restricted) => {
                let items = restricted.required.iter().chain(&restricted.rest);
                items.for_each(|item| self.live(item, in_title, at, live));
            }
            QueryAst::Title(inner) => self.live(inner, true, at, live),
            QueryAst::Not(_) | QueryAst::Filter(_) => {}
            QueryAst::Within { extent, inner } => match pushed_down(*extent, inner) {
                Some(pushed) => self.live(&pushed, in_title, at, live),
                None => live.push(as_term(ast, in_title)),
            },
            leaf => live.push(as_term(leaf, in_title)),
        }
    }
}

/// A word, run or anything else as one term, as beside an operator.
pub(super) fn as_term(ast: &QueryAst, in_title: bool) -> QueryAst {
    let operand = if in_title { QueryAst::Title(Box::new(ast.clone())) } else { ast.clone() };
    QueryAst::Restricted(Box::new(Restricted { required: vec![operand], ..Restricted::default() }))
}

/// Whether a passage passes a filter, decided from what is stored of it.
pub(super) fn admits(corpus: &Corpus, filter: &Filter, stored: &Stored) -> bool {
    let passage = &stored.passage;
    match filter {
        Filter::Lang(languages) => languages.contains(&passage.lang),
        // Days in this form compare like strings.
        Filter::Date(dates) => passage.date.as_ref().is_some_and(|date| {
            let range = dates.on(TODAY);
            range.from.is_none_or(|from| from.to_string() <= *date) && range.to.is_none_or(|to| *date <= to.to_string())
        }),
        Filter::Source(wanted) => has_name(passage.source.as_slice(), wanted),
        Filter::Author(wanted) => has_name(&passage.authors, wanted),
        Filter::Section(wanted) => has_name(&passage.sections, wanted),
        Filter::Words(count) => {
            let words = corpus.words[&passage.id];
            count.from.is_none_or(|from| from <= words) && count.to.is_none_or(|to| words <= to)
        }
        Filter::Concept(ids) => ids.iter().any(|id| passage.concepts.contains(id)),
        Filter::Country(countries) => countries.iter().any(|country| passage.countries.contains(country)),
        Filter::Pair(pairs) => {
            let names = |code: &str| passage.countries.iter().any(|country| country.to_string() == code);
            pairs.iter().any(|pair| pair.to_string().split('-').all(names))
        }
        Filter::Id { id, prefix: true } => passage.id.starts_with(id.as_str()),
        Filter::Id { id, prefix: false } => passage.id == *id,
    }
}

/// True if one of the names has these words and characters in this order.
fn has_name(names: &[String], wanted: &str) -> bool {
    let wanted = pieces(wanted);
    names.iter().any(|name| pieces(name).windows(wanted.len()).any(|window| window == wanted))
}

/// Words and CJK characters, in lower case.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in Folded::new(name).text().nfkc() {
        match character {
            _ if is_cjk(character) => pieces.extend([character.to_string(), String::new()]),
            _ if character.is_alphanumeric() => pieces.last_mut().unwrap().push(character),
            _ => pieces.push(String::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// True for a single word of letters that is no stop word in any language.
pub(super) fn is_plain_word(corpus: &Corpus, word: &str) -> bool {
    let segmented = Segmented::new(word);
    matches!(segmented.units(), [unit] if unit.kind == UnitKind::Word)
        && !Chain::ALL.iter().any(|&chain| corpus.config.analysis.is_stopword(chain, segmented.text()))
}
