//! Windows: the words beside the hits of one text.

use anyhow::Result;

use crate::analytics::words::{TextWord, words_of};
use crate::text::analysis::{Analyzer, Chain, Segmented};
use crate::text::bounds::Bounds;
use crate::text::document::ByteRange;
use crate::text::language::Language;

/// The stretch of text that a window must not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Within {
    /// The passage.
    #[default]
    Passage,
    /// The paragraph.
    Paragraph,
    /// The sentence.
    Sentence,
}

/// A word in a window.
pub(crate) struct Beside {
    pub(crate) term: String,
    pub(crate) surface: String,
    pub(crate) is_stopword: bool,
    /// The hit and the word, with all between them.
    pub(crate) example: String,
}

/// The words in the windows of a text's hits, each once, in order.
pub(crate) fn words_beside(
    text: &str,
    lang: Language,
    hits: &[ByteRange],
    (window, within): (usize, Within),
    analyzer: &Analyzer,
) -> Result<Vec<Beside>> {
    let segmented = Segmented::of_paragraphs(text);
    let words = words_of(Chain::of(lang), &segmented, analyzer)?;
    let bounds = match within {
        Within::Passage => Vec::new(),
        Within::Paragraph => Bounds::of(text, &segmented, analyzer).paragraphs,
        Within::Sentence => Bounds::of(text, &segmented, analyzer).sentences,
    };
    // Words of hits are in no window, whosever it is.
    let is_of_hit = |word: &TextWord| {
        let next = hits.partition_point(|hit| hit.end <= word.range.start);
        hits.get(next).is_some_and(|hit| hit.start < word.range.end)
    };
    let stretch = |byte: usize| {
        let position = segmented.position(segmented.unit_at(byte));
        bounds.partition_point(|&bound| bound <= position)
    };
    let mut nearest: Vec<Option<ByteRange>> = vec![None; words.len()];
    for hit in hits {
        let first_after = words.partition_point(|word| word.range.start < hit.end);
        let last_before = words.partition_point(|word| word.range.end <= hit.start);
        let after = first_after..(first_after + window).min(words.len());
        let before = last_before.saturating_sub(window)..last_before;
        for at in before.chain(after) {
            let is_within = stretch(words[at].range.start) == stretch(hit.start);
            if is_within && nearest[at].is_none() && !is_of_hit(&words[at]) {
                nearest[at] = Some(*hit);
            }
        }
    }
    let beside = words.into_iter().zip(nearest).filter_map(|(word, hit)| hit.map(|hit| (word, hit)));
    let beside = beside.map(|(word, hit)| {
        let example = ByteRange::new(hit.start.min(word.range.start), hit.end.max(word.range.end));
        Beside {
            surface: word.range.slice(text).to_owned(),
            example: example.slice(text).to_owned(),
            term: word.term,
            is_stopword: word.is_stopword,
        }
    });
    Ok(beside.collect())
}
