//! The vocabulary of a corpus: pieces of its texts, and what is known of its documents.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use tradewire::internals::analysis::quantity::{Currency, Decimal, QuantityKind};
use tradewire::internals::analysis::{Chain, Segmented, UnitKind};
use tradewire::internals::language::Language;
use tradewire::internals::query::{Filter, QueryAst, WantedKind, parse_query};

use super::filters::filters;
use crate::laws::Corpus;
use crate::laws::text::{cjk_stretches, is_cjk, words};

/// Passages of each language that a vocabulary is cut out of, spread over all of them; more would only take time.
const PASSAGES: usize = 150;

/// Pieces of a corpus's texts, and what is known of its documents.
pub(in crate::laws) struct Vocabulary {
    /// One word, run or mix of both each, as it is typed without quotation marks.
    pub(in crate::laws) words: Vec<String>,
    /// Those of letters alone, without CJK characters.
    pub(in crate::laws) latin: Vec<String>,
    /// Two to five words or two to twelve characters, as they stand in a text.
    pub(in crate::laws) phrases: Vec<String>,
    pub(super) filters: Vec<Filter>,
    /// Percentages and amounts that texts have, each with its kind.
    pub(super) quantities: Vec<(WantedKind, Decimal)>,
}

impl Vocabulary {
    pub(in crate::laws) fn of(corpus: &Corpus) -> Vocabulary {
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
            quantities: quantities(corpus),
        }
    }

    pub(in crate::laws) fn word(&self) -> impl Strategy<Value = String> + use<> {
        select(self.words.clone())
    }

    pub(in crate::laws) fn phrase(&self) -> impl Strategy<Value = String> + use<> {
        select(self.phrases.clone())
    }

    pub(in crate::laws) fn filter(&self) -> impl Strategy<Value = Filter> + use<> {
        select(self.filters.clone())
    }
}

/// True if there is nothing to look up in a text.
pub(in crate::laws) fn is_blank(text: &str) -> bool {
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

/// The percentages and amounts of a corpus, and one of each that no text has.
fn quantities(corpus: &Corpus) -> Vec<(WantedKind, Decimal)> {
    let nowhere = Decimal::new(123_457, -2).unwrap();
    let won = "KRW".parse().unwrap();
    let mut found = vec![(WantedKind::Percent, nowhere), (WantedKind::Amount(Some(won)), nowhere)];
    for stored in &corpus.passages {
        let text = Segmented::new(&stored.text);
        for quantity in corpus.analyzer.quantities(&text, &stored.text, stored.passage.lang) {
            match quantity.kind {
                QuantityKind::Number => {}
                QuantityKind::Percent => found.push((WantedKind::Percent, quantity.value)),
                // A query names no unknown currency.
                QuantityKind::Amount(Currency::UNKNOWN) => found.push((WantedKind::Amount(None), quantity.value)),
                QuantityKind::Amount(currency) => found.push((WantedKind::Amount(Some(currency)), quantity.value)),
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// True for a single word of letters that is no stop word in any language.
pub(in crate::laws) fn is_plain_word(corpus: &Corpus, word: &str) -> bool {
    let segmented = Segmented::new(word);
    matches!(segmented.units(), [unit] if unit.kind == UnitKind::Word)
        && !Chain::ALL.iter().any(|&chain| corpus.config.analysis.is_stopword(chain, segmented.text()))
}
