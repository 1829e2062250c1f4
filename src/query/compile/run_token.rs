//! Run tokens: the tokens of a run of CJK characters by one chain, and helpers over runs.

use std::ops::Range;

use crate::text::analysis::Segmented;

/// A token of a run of CJK characters, by one chain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RunToken {
    pub(crate) term: String,
    /// The characters that it covers, as indices into the run.
    pub(crate) units: Range<usize>,
}

/// True if the tokens cover every unit of a text, so that it has no particles and endings, which the chain drops.
pub(crate) fn covers(run_tokens: &[RunToken], units: usize) -> bool {
    (0..units).all(|unit| run_tokens.iter().any(|run_token| run_token.units.contains(&unit)))
}

/// The runs of CJK characters in a word, each as a text of its own.
pub(crate) fn char_runs(word: &Segmented) -> Vec<Segmented> {
    char_run_ranges(word).iter().filter_map(|units| run_text(word, units)).collect()
}

/// The runs of CJK characters in a word, as ranges of its units.
pub(crate) fn char_run_ranges(word: &Segmented) -> Vec<Range<usize>> {
    word.char_runs(|_| true)
}

/// A range of a word's units as a text of its own; `None` for an empty range.
pub(crate) fn run_text(word: &Segmented, units: &Range<usize>) -> Option<Segmented> {
    let units = &word.units()[units.clone()];
    let (first, last) = (units.first()?, units.last()?);
    Some(Segmented::new(&word.text()[first.folded.start..last.folded.end]))
}

/// Two or more adjacent tokens of one character, as ranges of characters. The tokens must be in the order of the text.
pub(crate) fn adjacent_single_units(run_tokens: &[RunToken]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for run_token in run_tokens.iter().filter(|run_token| run_token.units.len() == 1) {
        match groups.last_mut() {
            Some(group) if group.end >= run_token.units.start => group.end = run_token.units.end,
            _ => groups.push(run_token.units.clone()),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}
