//! Bounds: where the sentences and paragraphs of a text begin, as positions of units. The index stores them, the highlighter
//! computes them again from the stored text; this is the one rule for both.

use crate::text::analysis::{Analyzer, Segmented};
use crate::text::sentence::{ends_as_sentence, is_line_break, sentence_ends};

/// The positions at which sentences and paragraphs of a text begin, each list in order. A text without units has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The first unit of each paragraph, also of the first.
    pub paragraphs: Vec<u32>,
    /// The first unit of each sentence; a paragraph begins one.
    pub sentences: Vec<u32>,
}

impl Bounds {
    /// The bounds of a text that is segmented as one of paragraphs, by the analyzer's list of abbreviations. A title is a single sentence and a single paragraph, so it is
    /// not asked for.
    pub fn of(text: &str, segmented: &Segmented, analyzer: &Analyzer) -> Bounds {
        let abbreviations = &analyzer.options.abbreviations;
        let units = segmented.units().len();
        if units == 0 {
            return Bounds::default();
        }
        let firsts = [0].into_iter().chain(segmented.paragraph_breaks().iter().map(|&at| at as usize));
        let paragraphs: Vec<u32> = firsts.map(|at| segmented.position(at)).collect();
        let mut sentences = paragraphs.clone();
        for end in sentence_ends(text, abbreviations) {
            let at = segmented.unit_at(end);
            // Lines that are wrapped within a paragraph end no sentence.
            let before = &text[..end];
            let is_wrapped =
                before[before.trim_end().len()..].contains(is_line_break) && !ends_as_sentence(before, abbreviations);
            if at < units && !is_wrapped {
                sentences.push(segmented.position(at));
            }
        }
        sentences.sort_unstable();
        sentences.dedup();
        Bounds { paragraphs, sentences }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_paragraphs_begin_at_positions() {
        let analyzer = Analyzer::for_queries(&crate::Config::default().analysis);
        let bounds = |text: &str| {
            let Bounds { paragraphs, sentences } = Bounds::of(text, &Segmented::of_paragraphs(text), &analyzer);
            (paragraphs, sentences)
        };
        assert_eq!(bounds("Duties rise. Seoul waits.\n\nBerlin too! It pays."), (vec![0, 5], vec![0, 2, 5, 7]));
        assert_eq!(bounds("关税上调。出口下降。\n“谁？”他问"), (vec![0, 9], vec![0, 4, 9, 10]));
        assert_eq!(bounds("관세가 올랐다. 수출은…\n"), (vec![0], vec![0, 6]));
        assert_eq!(bounds("„Das reicht.“ Am 3. Mai"), (vec![0], vec![0, 2]));
        assert_eq!(bounds("…\n!"), (vec![], vec![]));
        // A line that goes on, and lines that are wrapped.
        assert_eq!(bounds("The duty on\nsteel. Rises"), (vec![0], vec![0, 4]));
        let wrapped = "Exporters in Busan and Ulsan told the ministry in\nSeoul on Monday that orders fell by a third, and\n\
            Berlin asked for talks. Nobody has replied since.";
        assert_eq!(bounds(wrapped), (vec![0], vec![0, 23]));
    }
}
