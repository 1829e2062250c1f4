//! The words of a bag read as one text, as the index reads its passages. What a dictionary cuts a Korean word into
//! depends on the words beside it; cut as a whole, a question is cut like the sentence that answers it. Only where there are
//! particles or endings: keywords are no sentence, and in any order the same. And this only ranks: what a word finds must
//! not depend on the others.

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::Result;

use crate::query::compile::analyzed_texts::ChainToken;
use crate::query::compile::cjk_run::{Piece, char_run_ranges, covers, run_text};
use crate::query::compile::compiler::Compiler;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Chain, Segmented};

/// By run: what the Korean chain cuts it into within the bag.
#[derive(Debug, Default)]
pub(crate) struct Sentence {
    pieces: BTreeMap<String, Vec<Piece>>,
}

impl Sentence {
    /// The pieces of a run. `None` if the bag was not read, does not have it, or leaves nothing of it but endings.
    pub(crate) fn pieces(&self, run: &Segmented) -> Option<&[Piece]> {
        self.pieces.get(run.text()).map(Vec::as_slice).filter(|pieces| !pieces.is_empty())
    }
}

impl Compiler<'_> {
    /// Reads the words of a bag together. Keywords alone, without particles and endings, are no sentence.
    pub(crate) fn read_sentence(&self, items: &[QueryAst]) -> Result<Sentence> {
        let mut sentence = Sentence::default();
        let words: Vec<Rc<Segmented>> = items
            .iter()
            .filter_map(|item| if let QueryAst::Word(text) = item { Some(self.texts.segmented(text)) } else { None })
            .collect();
        let of_morphemes = words.iter().find_map(|word| Chain::of_morphemes(word));
        let Some(chain) = of_morphemes.filter(|&chain| !self.field_is_empty(chain)) else {
            return Ok(sentence);
        };
        let text: Vec<&str> = words.iter().map(|word| word.text()).collect();
        // Folded text folds to itself.
        let text = self.texts.segmented(&text.join(" "));
        let mut tokens = self.texts.tokens(chain, &text)?.to_vec();
        tokens.sort_by_key(|token| token.folded.start);
        let mut word_start = 0;
        let mut has_endings = false;
        for word in &words {
            for units in char_run_ranges(word) {
                let Some(run) = run_text(word, &units) else {
                    continue;
                };
                let start = word_start + word.units()[units.start].folded.start;
                let end = start + run.text().len();
                let first = tokens.partition_point(|token| token.folded.start < start);
                let within = tokens[first..].iter().take_while(|token| token.folded.start < end);
                let mut pieces = Vec::new();
                for ChainToken { term, folded, .. } in within.filter(|token| token.folded.end <= end) {
                    let from = run.units().partition_point(|unit| unit.folded.end <= folded.start - start);
                    let to = run.units().partition_point(|unit| unit.folded.start < folded.end - start);
                    pieces.push(Piece { term: term.clone(), units: from..to });
                }
                has_endings |= Chain::of_morphemes(&run).is_some() && !covers(&pieces, run.units().len());
                let known = sentence.pieces.entry(run.text().to_owned()).or_default();
                pieces.retain(|piece| !piece.units.is_empty() && !known.contains(piece));
                known.extend(pieces);
            }
            word_start += word.text().len() + 1;
        }
        if !has_endings {
            return Ok(Sentence::default());
        }
        for pieces in sentence.pieces.values_mut() {
            self.without_stopwords(chain, pieces);
        }
        Ok(sentence)
    }
}
