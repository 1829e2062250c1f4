//! The checks of operators over the whole article: what occurs in the lead or among the first words, and so often.

use std::collections::BTreeMap;

use tradewire::internals::query::Extent;

use super::checks::{is_read, texts_of};
use super::*;
use crate::laws::queries::extent;

/// A title or text of a passage: where something stands in it.
type Places = [Vec<Found>; 2];

impl Oracle<'_> {
    /// Everywhere that a leaf stands in a passage, read by each of its chains.
    fn places(&self, leaf: &QueryAst, readings: &[Reading]) -> Places {
        let has_chars = |text: &str| Segmented::new(text).has_chars();
        let only_characters = texts_of(leaf).into_iter().any(has_chars) && !checks::has_or(leaf);
        let read = readings.iter().filter(|reading| reading.chain == Chain::Characters || !only_characters);
        let mut places: Places = [Vec::new(), Vec::new()];
        for reading in read {
            for (at, found) in places.iter_mut().enumerate() {
                found.extend(self.find(leaf, reading.chain, &reading.texts[at]));
            }
        }
        places.iter_mut().for_each(|found| found.sort());
        places
    }

    /// The number of units of a document's text before each of its passages.
    fn units_before(&self) -> BTreeMap<(&str, u32), usize> {
        let mut all: Vec<&Stored> = self.passages.iter().map(|(stored, _)| *stored).collect();
        all.sort_by_key(|stored| (stored.passage.id.as_str(), stored.passage.number));
        let (mut before, mut of) = (0, "");
        let mut numbers = BTreeMap::new();
        for stored in all {
            let id = stored.passage.id.as_str();
            if id != of {
                (before, of) = (0, id);
            }
            numbers.insert((id, stored.passage.number), before);
            before += Segmented::new(&stored.text).units().len();
        }
        numbers
    }
}

/// The most of the places that do not overlap.
fn apart(found: &[Found]) -> usize {
    let length = found.iter().map(|one| one.end).max().unwrap_or(0);
    let mut most = vec![0; length + 1];
    for at in (0..length).rev() {
        let from_here = found.iter().filter(|one| one.start == at).map(|one| 1 + most[one.end]).max();
        most[at] = from_here.unwrap_or(0).max(most[at + 1]);
    }
    most[0]
}

fn check_within(oracle: &Oracle<'_>, algebra: &Algebra<'_>, leaf: &QueryAst, extent: Extent) -> Verdict {
    let query = as_term(&QueryAst::Within { extent, inner: Box::new(leaf.clone()) }, false);
    let Some(compiled) = algebra.compile(&query) else {
        return Ok(());
    };
    let hits = oracle.corpus.hits_of(&compiled);
    let before = oracle.units_before();
    for (stored, readings) in &oracle.passages {
        let passage = &stored.passage;
        let before = before[&(passage.id.as_str(), passage.number)];
        prop_assert_eq!(before, passage.place.units_before as usize, "{}", stored.name());
        let covered = match extent {
            Extent::Lead => [usize::MAX, passage.place.in_lead as usize],
            Extent::First(units) => [0, (units as usize).saturating_sub(before)],
        };
        let mut places = oracle.places(leaf, readings);
        for (found, covered) in places.iter_mut().zip(covered) {
            found.retain(|one| one.end <= covered);
        }
        let is_hit = places.iter().any(|found| !found.is_empty());
        let context = || format!("{query} in {}: {:?} {:?}", stored.name(), passage.title, stored.text);
        prop_assert_eq!(hits.contains(&stored.key), is_hit, "{:?}: {}", leaf, context());
        let (title, text) = oracle.corpus.marks(&compiled, stored);
        for (marks, found) in [title, text].iter().zip(&places) {
            let allowed = merged(found.iter().flat_map(|one| one.parts.iter().copied()).collect());
            let is_near = matches!(leaf, QueryAst::Near { .. } | QueryAst::Proximity { .. });
            if is_near {
                let inside =
                    |mark: &ByteRange| allowed.iter().any(|one| one.start <= mark.start && mark.end <= one.end);
                prop_assert!(marks.iter().all(inside) && marks.is_empty() == found.is_empty(), "{}", context());
            } else {
                prop_assert_eq!(marks, &allowed, "{:?}: {}", leaf, context());
            }
        }
        if is_hit {
            let (all, near) = oracle.hits.get();
            oracle.hits.set((all + 1, near));
        }
    }
    Ok(())
}

fn check_at_least(oracle: &Oracle<'_>, algebra: &Algebra<'_>, operand: &QueryAst, times: u32) -> Verdict {
    let query = as_term(&QueryAst::AtLeast { times, operand: Box::new(operand.clone()) }, false);
    let Some(compiled) = algebra.compile(&query) else {
        return Ok(());
    };
    let hits = oracle.corpus.hits_of(&compiled);
    let plain = algebra.compile(&as_term(operand, false));
    let mut articles: BTreeMap<&str, Vec<(&Stored, Places)>> = BTreeMap::new();
    for (stored, readings) in &oracle.passages {
        let places = oracle.places(operand, readings);
        articles.entry(&stored.passage.id).or_default().push((stored, places));
    }
    for (id, passages) in articles {
        let title: Vec<Found> = passages.iter().flat_map(|(_, places)| places[0].clone()).collect();
        let count = apart(&title) + passages.iter().map(|(_, places)| apart(&places[1])).sum::<usize>();
        for (stored, places) in &passages {
            let is_hit = count >= times as usize && places.iter().any(|found| !found.is_empty());
            let context = || format!("{query}, {count} times in {id}: {}: {:?}", stored.name(), stored.text);
            prop_assert_eq!(hits.contains(&stored.key), is_hit, "{}", context());
            let marks = oracle.corpus.marks(&compiled, stored);
            let expected = match (&plain, is_hit) {
                (Some(plain), true) if !matches!(operand, QueryAst::Word(_)) => oracle.corpus.marks(plain, stored),
                (_, true) => {
                    let of = |found: &[Found]| merged(found.iter().flat_map(|one| one.parts.clone()).collect());
                    (of(&places[0]), of(&places[1]))
                }
                _ => (Vec::new(), Vec::new()),
            };
            // Alternatives are of all kinds; a group of them is marked as each by itself.
            if is_hit && matches!(operand, QueryAst::Or(_)) {
                prop_assert!(marks.0.len() + marks.1.len() > 0, "{}", context());
            } else {
                prop_assert_eq!(marks, expected, "{}", context());
            }
            if is_hit {
                let (all, near) = oracle.hits.get();
                oracle.hits.set((all + 1, near + usize::from(times > 1)));
            }
        }
    }
    Ok(())
}

/// A word, phrase or anything else that has a place.
fn leaf(vocabulary: &Vocabulary) -> impl Strategy<Value = QueryAst> + use<> {
    let leaf = prop_oneof![
        3 => vocabulary.word().prop_map(QueryAst::Word),
        2 => vocabulary.phrase().prop_map(QueryAst::Phrase),
        2 => vocabulary.prefix(),
        1 => vocabulary.fuzzy(),
        1 => vocabulary.exact(),
        1 => vocabulary.proximity(),
        2 => vocabulary.near(),
    ];
    leaf.prop_filter("not read", is_read)
}

fn check_beginnings(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let (oracle, algebra) = (Oracle::new(corpus), Algebra::new(corpus, false));
    assert_eq!(oracle.passages.len(), corpus.passages.len(), "passages are counted from the first one");
    holds(cases, &(leaf(&vocabulary), extent()), |(leaf, extent)| check_within(&oracle, &algebra, &leaf, extent));
    let (hits, _) = oracle.hits.get();
    assert!(hits > cases as usize, "little was found: {hits} hits");
}

fn check_counts(corpus: &Corpus, cases: u32) {
    let vocabulary = Vocabulary::of(corpus);
    let (oracle, algebra) = (Oracle::new(corpus), Algebra::new(corpus, false));
    assert_eq!(oracle.passages.len(), corpus.passages.len(), "articles are counted as a whole");
    let word = || vocabulary.word().prop_map(QueryAst::Word).prop_filter("not read", is_read);
    let alternatives = proptest::collection::vec(word(), 2..4).prop_map(QueryAst::Or);
    let operand = prop_oneof![3 => leaf(&vocabulary), 1 => alternatives];
    let case = (operand, prop_oneof![1 => Just(1_u32), 4 => 2_u32..5, 1 => 5_u32..30]);
    holds(cases, &case, |(operand, times)| check_at_least(&oracle, &algebra, &operand, times));
    let (hits, several) = oracle.hits.get();
    assert!(
        hits > cases as usize && several > cases as usize / 4,
        "little was found: {hits} hits, {several} of several"
    );
}

#[test]
fn what_occurs_in_the_lead_or_among_the_first_words() {
    check_beginnings(&Corpus::of_seeds(), 500);
    check_beginnings(&Corpus::of_other_languages(), 100);
}

#[test]
fn what_occurs_so_often_in_an_article() {
    check_counts(&Corpus::of_seeds(), 500);
    check_counts(&Corpus::of_other_languages(), 100);
}
