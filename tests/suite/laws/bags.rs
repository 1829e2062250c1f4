//! Law 3, as far as there are bags and phrases: a bag finds what any of its words finds, so a word more never loses a
//! hit, and a single word or run of characters finds at least what it finds in quotation marks.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::Index;
use tradewire::internals::analysis::{Chain, Folded};

use super::text::{cjk_stretches, quoted, unquoted, words};
use super::{Corpus, holds};

/// Words and runs of characters of the passages, none of them with white space or a quotation mark in it, and no stop
/// words: those find nothing beside others.
fn vocabulary(corpus: &Corpus) -> Vec<String> {
    let mut vocabulary = BTreeSet::new();
    let is_stopword = |word: &str| {
        Chain::ALL.iter().any(|&chain| corpus.config.analysis.is_stopword(chain, Folded::new(word).text()))
    };
    for stored in &corpus.passages {
        let pieces = words(&stored.text).into_iter().map(|range| range.slice(&stored.text).to_owned());
        vocabulary.extend(pieces);
        for stretch in cjk_stretches(&stored.text) {
            for chunk in stretch.chunks(4) {
                vocabulary.insert(stored.text[chunk[0].start..chunk[chunk.len() - 1].end].to_owned());
            }
        }
    }
    vocabulary.retain(|word| {
        let pieces: Vec<&str> = word.split(|character: char| !character.is_alphanumeric()).collect();
        !word.contains(char::is_whitespace) && unquoted(word) == *word && !pieces.iter().any(|piece| is_stopword(piece))
    });
    vocabulary.into_iter().collect()
}

#[test]
fn a_bag_finds_what_its_words_find() {
    let corpus = Corpus::of_seeds();
    let vocabulary = vocabulary(&corpus);
    assert!(vocabulary.len() > 3000, "{} words", vocabulary.len());
    let case = (proptest::collection::vec(any::<Index>(), 1..5), any::<Index>());
    let law = |(words, more): (Vec<Index>, Index)| {
        let words: Vec<&str> = words.iter().map(|word| word.get(&vocabulary).as_str()).collect();
        let more = more.get(&vocabulary);
        let bag = words.join(" ");
        let hits = corpus.hits(&bag);
        let with_more = corpus.hits(&format!("{bag} {more}"));
        prop_assert!(hits.is_subset(&with_more), "`{bag}` loses hits by `{more}`");
        let of_each: BTreeSet<_> = words.iter().flat_map(|word| corpus.hits(word)).collect();
        prop_assert_eq!(&hits, &of_each, "{}", bag);
        let with_phrase = corpus.hits(&format!("{bag} {}", quoted(more)));
        let of_phrase = corpus.hits(&quoted(more));
        prop_assert_eq!(&with_phrase, &(&hits | &of_phrase), "{} and \"{}\"", bag, more);
        let mut turned = words.clone();
        turned.reverse();
        prop_assert_eq!(&hits, &corpus.hits(&turned.join(" ")), "{}", bag);
        Ok(())
    };
    holds(250, &case, law);
}

#[test]
fn a_single_word_finds_what_it_finds_quoted() {
    let corpus = Corpus::of_seeds();
    for word in vocabulary(&corpus).iter().step_by(6) {
        let phrase = corpus.hits(&quoted(word));
        assert!(!phrase.is_empty(), "{word}");
        assert!(phrase.is_subset(&corpus.hits(word)), "{word}");
    }
}
