//! The words of a query that only ask (`which of the following`, 무엇, 是什么): an answer does not contain them, so they say
//! nothing of the ranking. What is a hit does not depend on them.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;

use crate::query::compile::compiler::Compiler;
use crate::query::compile::context::Context;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Chain, Segmented, UnitKind};

/// The units of a bag's words that only ask.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    /// By word, for each of its units whether it is part of a question word.
    by_word: HashMap<String, Vec<bool>>,
}

impl Asking {
    /// For each unit of a word of the bag whether it only asks; none for a word without such a unit.
    pub(crate) fn of(&self, word: &str) -> &[bool] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }
}

/// A unit of a bag's words.
struct BagUnit<'a> {
    item: usize,
    form: &'a str,
    /// True if a word or token begins at the unit, so that a question word may begin, and another may end before it.
    is_border: bool,
    /// True for a word in capitals, which is a name: WHO.
    is_name: bool,
}

impl Compiler<'_> {
    /// Finds the question words among words side by side. If nothing else is left but stop words, there are none.
    pub(crate) fn asking(&self, items: &[&QueryAst]) -> Result<Asking> {
        let mut asking = Asking::default();
        if self.ranking.questions >= 1.0 {
            return Ok(asking);
        }
        let words = items.iter().filter_map(|item| if let QueryAst::Word(text) = item { Some(text) } else { None });
        let words: Vec<(&String, Rc<Segmented>)> = words.map(|text| (text, self.texts.segmented(text))).collect();
        let mut content: Vec<Vec<bool>> = Vec::new();
        let mut units: Vec<BagUnit<'_>> = Vec::new();
        for (item, (text, word)) in words.iter().enumerate() {
            let (borders, of_content) = self.borders_and_content(word)?;
            content.push(of_content);
            for (at, unit) in word.units().iter().enumerate() {
                let written = word.original_range(unit.folded).slice(text);
                let capitals = written.chars().filter(|sign| sign.is_uppercase()).count();
                let is_name = capitals > 1 && !written.chars().any(char::is_lowercase);
                units.push(BagUnit { item, form: word.form(unit), is_border: borders[at], is_name });
            }
        }
        let mut flags = vec![false; units.len()];
        let mut at = 0;
        while at < units.len() {
            let found = if units[at].is_border { self.longest_question(&units[at..]) } else { 0 };
            flags[at..at + found].fill(true);
            at += found.max(1);
        }
        if !flags.contains(&true) {
            return Ok(asking);
        }
        let content: Vec<bool> = content.concat();
        if !content.iter().zip(&flags).any(|(is_content, asks)| *is_content && !asks) {
            return Ok(asking);
        }
        // What follows a question word in its run, particles and endings, belongs to it.
        for at in 1..units.len() {
            flags[at] |= flags[at - 1] && !content[at] && units[at].item == units[at - 1].item;
        }
        for (item, (text, _)) in words.iter().enumerate() {
            let of_word = units.iter().zip(&flags).filter(|(unit, _)| unit.item == item).map(|(_, asks)| *asks);
            let of_word: Vec<bool> = of_word.collect();
            if of_word.contains(&true) {
                asking.by_word.insert((*text).clone(), of_word);
            }
        }
        Ok(asking)
    }

    /// For each unit of a word whether a token begins there, and whether it says anything: it is no stop word, particle or ending.
    fn borders_and_content(&self, word: &Segmented) -> Result<(Vec<bool>, Vec<bool>)> {
        let units = word.units();
        let mut borders = vec![true; units.len()];
        let mut content: Vec<bool> = units
            .iter()
            .map(|unit| {
                let is_stopword = |chain: Chain| self.analyzer.is_stopword(chain, word.form(unit));
                unit.kind == UnitKind::Word && !Chain::word_chains().any(is_stopword)
            })
            .collect();
        for chain in Chain::cutting(word) {
            for token in self.texts.tokens(chain, word)?.iter() {
                let end = units.partition_point(|unit| unit.folded.start < token.folded.end);
                borders[(token.position + 1).min(end)..end].fill(false);
                if !self.analyzer.is_stopword(chain, &token.term) {
                    content[token.position..end].fill(true);
                }
            }
        }
        Ok((borders, content))
    }

    /// The number of units of the longest question word that units begin with; 0 if they begin with none.
    fn longest_question(&self, units: &[BagUnit<'_>]) -> usize {
        let lists = Chain::ALL.into_iter().flat_map(|chain| self.analyzer.questions_with(chain, units[0].form));
        let fits = |question: &&Vec<String>| {
            question.len() <= units.len()
                && question.iter().zip(units).all(|(form, unit)| *form == unit.form && !unit.is_name)
                && units.get(question.len()).is_none_or(|next| next.is_border)
        };
        lists.filter(fits).map(Vec::len).max().unwrap_or(0)
    }
}

impl<'s> Context<'s> {
    /// The context of some units of a word: the more of them only ask, the less they weigh.
    pub(crate) fn of_units(self, asks: &[bool], questions: f32) -> Context<'s> {
        let asking = asks.iter().filter(|asks| **asks).count();
        if asking == 0 {
            return self;
        }
        let share = asking as f32 / asks.len() as f32;
        Context { weight: self.weight * (1.0 - share * (1.0 - questions)), ..self }
    }
}
