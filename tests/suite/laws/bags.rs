//! Law 3, as far as there are bags and phrases: a bag finds what any of its words finds, so a word more never loses a
//! hit, and a single word or run of characters finds at least what it finds in quotation marks.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tradewire::internals::analysis::{Chain, Folded};
use tradewire::internals::language::Language;
use tradewire::internals::query::{QueryAst, QueryPlan, parse_query};

use super::queries::is_blank;
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

/// What stands between spaces in the passages of a language, with the words that it may be.
fn typed_words(corpus: &Corpus, language: Language) -> Vec<String> {
    let passages = corpus.passages_in(language, |_| true);
    let words = passages.iter().flat_map(|stored| stored.text.split_whitespace().map(str::to_owned));
    let words: BTreeSet<String> =
        words.filter(|word| matches!(parse_query(word), Ok(QueryAst::Word(_))) && !is_blank(word)).collect();
    words.into_iter().collect()
}

#[test]
fn a_question_mark_after_a_bag_changes_nothing() {
    let corpus = Corpus::of_seeds();
    for language in [Language::English, Language::German, Language::Korean, Language::Chinese] {
        let words = typed_words(&corpus, language);
        let marks = select(vec!["?", "？", "??", "？？", " ?", "\u{3000}？"]);
        let more = select(vec!["", "", "", "trad*", "w?rd", "*ung", "tarif~1", "关?税", "무역*"]);
        let case = (proptest::collection::vec(select(words), 1..6), more, marks);
        holds(150, &case, |(words, more, mark)| {
            let bag = format!("{} {more}", words.join(" ")).trim_end().to_owned();
            let asked = format!("{bag}{mark}");
            let [plain, asked_plan] = [&bag, &asked].map(|query| corpus.compile(query));
            let hits = |plan: &Option<QueryPlan>| plan.as_ref().map(|plan| corpus.hits_of(plan)).unwrap_or_default();
            let found = hits(&plain);
            prop_assert_eq!(&hits(&asked_plan), &found, "{} and {}", bag, asked);
            let (Some(plain), Some(asked_plan)) = (&plain, &asked_plan) else {
                return Ok(());
            };
            for stored in corpus.passages.iter().filter(|stored| found.contains(&stored.key)).take(3) {
                let [marks, with_mark] = [plain, asked_plan].map(|plan| corpus.marks(plan, stored));
                prop_assert_eq!(with_mark, marks, "{} and {} in {}", bag, asked, stored.name());
            }
            Ok(())
        });
    }
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
