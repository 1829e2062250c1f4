//! The words of a query that only ask (`which of the following`, 무엇, 是什么): an answer does not contain them, so they say
//! nothing of the ranking. What is a hit does not depend on them.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;

use crate::query::compile::analyzed_texts::AnalyzedTexts;
use crate::query::compile::context::Context;
use crate::text::analysis::{Analyzer, Chain, Segmented, UnitKind};

/// A word of the query that may match.
pub(crate) struct QueryWord<'q> {
    pub(crate) text: &'q str,
    pub(crate) word: Rc<Segmented>,
    /// The number of the bag that it stands in, of which the words are side by side. `None` for words that are asked for expressly, in
    /// quotation marks or with a plus sign.
    pub(crate) bag: Option<usize>,
}

/// The units of a query's words that only ask.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    /// By word, for each of its units whether it is part of a question word.
    by_word: HashMap<String, Vec<bool>>,
}

/// A unit of a query's words.
struct WordUnit<'q> {
    /// The index of its word.
    at: usize,
    bag: Option<usize>,
    form: &'q str,
    /// True if a word or token begins at the unit, so that a question word may begin, and another may end before it.
    is_border: bool,
    /// True for a word in capitals, which is a name: WHO.
    is_name: bool,
    /// True if it says anything: it is no stop word, particle or ending.
    is_content: bool,
}

impl Asking {
    /// For each unit of a word whether it only asks; none for a word without such a unit.
    pub(crate) fn of_word(&self, text: &str) -> &[bool] {
        self.by_word.get(text).map_or(&[], Vec::as_slice)
    }

    /// Finds the question words among the words of a query without operators. If nothing else is left but stop words, there are
    /// none; `has_others` is true if the query has more than words.
    pub(crate) fn find(
        words: &[QueryWord<'_>],
        has_others: bool,
        texts: &AnalyzedTexts<'_>,
        analyzer: &Analyzer,
    ) -> Result<Asking> {
        let mut asking = Asking::default();
        let begins = |unit: &str| Chain::ALL.into_iter().any(|chain| !analyzer.questions_with(chain, unit).is_empty());
        // Most queries are keywords, and need no segmenting.
        if !words.iter().any(|one| one.word.units().iter().any(|unit| begins(one.word.form(unit)))) {
            return Ok(asking);
        }
        let mut units: Vec<WordUnit<'_>> = Vec::new();
        for (at, QueryWord { text, word, bag }) in words.iter().enumerate() {
            let (borders, content) = borders_and_content(word, texts, analyzer)?;
            for (unit, (is_border, is_content)) in word.units().iter().zip(borders.into_iter().zip(content)) {
                let written = word.original_range(unit.folded).slice(text);
                let capitals = written.chars().filter(|sign| sign.is_uppercase()).count();
                let is_name = capitals > 1 && !written.chars().any(char::is_lowercase);
                units.push(WordUnit { at, bag: *bag, form: word.form(unit), is_border, is_name, is_content });
            }
        }
        let mut flags = vec![false; units.len()];
        let mut at = 0;
        while at < units.len() {
            let may_ask = units[at].is_border && units[at].bag.is_some();
            let found = if may_ask { longest_question(&units[at..], analyzer) } else { 0 };
            flags[at..at + found].fill(true);
            at += found.max(1);
        }
        let is_left = units.iter().zip(&flags).any(|(unit, asks)| unit.is_content && !asks);
        if !flags.contains(&true) || !(is_left || has_others) {
            return Ok(asking);
        }
        // What follows a question word in its run, particles and endings, belongs to it.
        for at in 1..units.len() {
            flags[at] |= flags[at - 1] && !units[at].is_content && units[at].at == units[at - 1].at;
        }
        for (at, word) in words.iter().enumerate() {
            let of_word = units.iter().zip(&flags).filter(|(unit, _)| unit.at == at).map(|(_, asks)| *asks);
            let of_word: Vec<bool> = of_word.collect();
            if of_word.contains(&true) {
                asking.by_word.insert(word.text.to_owned(), of_word);
            }
        }
        Ok(asking)
    }
}

/// For each unit of a word whether a token begins there, and whether it says anything: it is no stop word, particle or ending.
fn borders_and_content(
    word: &Segmented,
    texts: &AnalyzedTexts<'_>,
    analyzer: &Analyzer,
) -> Result<(Vec<bool>, Vec<bool>)> {
    let units = word.units();
    let mut borders = vec![true; units.len()];
    let mut content: Vec<bool> = units
        .iter()
        .map(|unit| {
            let is_stopword = |chain: Chain| analyzer.is_stopword(chain, word.form(unit));
            unit.kind == UnitKind::Word && !Chain::word_chains().any(is_stopword)
        })
        .collect();
    for chain in Chain::cutting(word) {
        for token in texts.tokens(chain, word)?.iter() {
            let end = units.partition_point(|unit| unit.folded.start < token.folded.end);
            borders[(token.position + 1).min(end)..end].fill(false);
            if !analyzer.is_stopword(chain, &token.term) {
                content[token.position..end].fill(true);
            }
        }
    }
    Ok((borders, content))
}

/// The number of units of the longest question word that units begin with; 0 if they begin with none.
fn longest_question(units: &[WordUnit<'_>], analyzer: &Analyzer) -> usize {
    let lists = Chain::ALL.into_iter().flat_map(|chain| analyzer.questions_with(chain, units[0].form));
    let is_part =
        |(form, unit): (&String, &WordUnit<'_>)| *form == unit.form && !unit.is_name && unit.bag == units[0].bag;
    let fits = |question: &&Vec<String>| {
        question.len() <= units.len()
            && question.iter().zip(units).all(is_part)
            && units.get(question.len()).is_none_or(|next| next.is_border)
    };
    lists.filter(fits).map(Vec::len).max().unwrap_or(0)
}

impl Context<'_> {
    /// The context of some units of a word: the more of them only ask, the less they weigh.
    pub(crate) fn of_units(self, asks: &[bool], questions: f32) -> Self {
        let asking = asks.iter().filter(|asks| **asks).count();
        if asking == 0 {
            return self;
        }
        let share = asking as f32 / asks.len() as f32;
        Context { weight: self.weight * (1.0 - share * (1.0 - questions)), ..self }
    }
}
