//! The words of a text, by the chain of its language: English and German words by their stems, Korean morphemes without particles and
//! endings, Chinese words. Each place of the text belongs to one word at most: of a compound and its parts that is the compound.

use std::cmp::Reverse;

use anyhow::Result;

use crate::text::analysis::{Analyzer, Chain, Segmented};
use crate::text::document::ByteRange;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextWord {
    /// The term of the word, which its inflected forms have in common.
    pub(crate) term: String,
    /// Where it stands in the text.
    pub(crate) range: ByteRange,
    /// True for a stop word of the language.
    pub(crate) is_stopword: bool,
}

/// The words of a text, in order.
///
/// # Errors
///
/// When an embedded dictionary cannot be read.
pub(crate) fn words_of(chain: Chain, segmented: &Segmented, analyzer: &Analyzer) -> Result<Vec<TextWord>> {
    let mut tokens: Vec<(ByteRange, String)> = Vec::with_capacity(segmented.units().len());
    analyzer.each_token(chain, segmented, false, &mut |term: &str, _, folded: ByteRange| {
        tokens.push((folded, term.to_owned()));
    })?;
    tokens.sort_by_key(|(folded, _)| (folded.start, Reverse(folded.end)));
    let mut words = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for (folded, term) in tokens {
        if folded.start < end {
            continue;
        }
        end = folded.end;
        let form = folded.slice(segmented.text());
        let is_stopword = analyzer.is_stopword(chain, form) || analyzer.is_stopword(chain.word_chain(), form);
        words.push(TextWord { term, range: segmented.original_range(folded), is_stopword });
    }
    Ok(words)
}
