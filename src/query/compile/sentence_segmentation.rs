//! Segmentation of a bag's words as one text (see `sentence`).

use std::rc::Rc;

use anyhow::Result;

use crate::query::compile::analyzed_texts::ChainToken;
use crate::query::compile::compiler::Compiler;
use crate::query::compile::run_token::{RunToken, char_run_ranges, covers, run_text};
use crate::query::compile::sentence::Sentence;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Chain, Segmented};

impl Compiler<'_> {
    /// Segments the words of a bag as one text. Keywords alone, without particles and endings, are no sentence, and
    /// give an empty result.
    pub(crate) fn segment_sentence(&self, items: &[QueryAst]) -> Result<Sentence> {
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
        // Folding is idempotent: folded text stays as it is.
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
                let mut run_tokens = Vec::new();
                for ChainToken { term, folded, .. } in within.filter(|token| token.folded.end <= end) {
                    let from = run.units().partition_point(|unit| unit.folded.end <= folded.start - start);
                    let to = run.units().partition_point(|unit| unit.folded.start < folded.end - start);
                    run_tokens.push(RunToken { term: term.clone(), units: from..to });
                }
                has_endings |= Chain::of_morphemes(&run).is_some() && !covers(&run_tokens, run.units().len());
                let known = sentence.run_tokens.entry(run.text().to_owned()).or_default();
                run_tokens.retain(|run_token| !run_token.units.is_empty() && !known.contains(run_token));
                known.extend(run_tokens);
            }
            word_start += word.text().len() + 1;
        }
        if !has_endings {
            return Ok(Sentence::default());
        }
        for run_tokens in sentence.run_tokens.values_mut() {
            self.without_stopwords(chain, run_tokens);
        }
        Ok(sentence)
    }
}
