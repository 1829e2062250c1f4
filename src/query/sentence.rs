//! The words of a bag read as one text, as the index reads its passages. What a dictionary cuts a Korean word into
//! depends on the words beside it; cut as a whole, a question is cut like the sentence that answers it. This only ranks:
//! what a word finds must not depend on the others.

use std::collections::HashMap;

use anyhow::Result;

use crate::analysis::{Chain, CharScript, Segmented};
use crate::query::ast::QueryAst;
use crate::query::compile::Compiler;
use crate::query::run::{Piece, char_run_ranges, run_text};

/// By run: what the Korean chain cuts it into within the bag.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    pieces: HashMap<String, Vec<Piece>>,
}

impl Sentence {
    /// The pieces of a run. `None` if the bag was not read or does not have it.
    pub(super) fn pieces(&self, run: &Segmented) -> Option<&[Piece]> {
        self.pieces.get(run.text()).map(Vec::as_slice)
    }
}

impl Compiler<'_> {
    /// Reads the words of a bag together.
    pub(super) fn read_sentence(&self, items: &[QueryAst]) -> Result<Sentence> {
        let mut sentence = Sentence::default();
        let words: Vec<Segmented> = items
            .iter()
            .filter_map(|item| match item {
                QueryAst::Word(text) => Some(Segmented::new(text)),
                _ => None,
            })
            .collect();
        if !words.iter().any(|word| word.has_script(CharScript::Hangul)) || self.field_is_empty(Chain::Korean) {
            return Ok(sentence);
        }
        let text: Vec<&str> = words.iter().map(Segmented::text).collect();
        let mut tokens = Vec::new();
        // Folded text folds to itself.
        let text = Segmented::new(&text.join(" "));
        self.analyzer.each_token(Chain::Korean, &text, false, &mut |term, _, folded| {
            tokens.push((term.to_owned(), folded));
        })?;
        tokens.sort_by_key(|(_, folded)| folded.start);
        let mut word_start = 0;
        for word in &words {
            for units in char_run_ranges(word) {
                let Some(run) = run_text(word, &units) else {
                    continue;
                };
                let start = word_start + word.units()[units.start].folded.start;
                let end = start + run.text().len();
                let first = tokens.partition_point(|(_, folded)| folded.start < start);
                let within = tokens[first..].iter().take_while(|(_, folded)| folded.start < end);
                let pieces = sentence.pieces.entry(run.text().to_owned()).or_default();
                for (term, folded) in within.filter(|(_, folded)| folded.end <= end) {
                    let from = run.units().partition_point(|unit| unit.folded.end <= folded.start - start);
                    let to = run.units().partition_point(|unit| unit.folded.start < folded.end - start);
                    let piece = Piece { term: term.clone(), units: from..to.max(from + 1) };
                    if !pieces.contains(&piece) {
                        pieces.push(piece);
                    }
                }
            }
            word_start += word.text().len() + 1;
        }
        for pieces in sentence.pieces.values_mut() {
            self.without_stopwords(Chain::Korean, pieces);
        }
        Ok(sentence)
    }
}
