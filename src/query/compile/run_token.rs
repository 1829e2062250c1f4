//! Tokens of a run of CJK characters, as a chain cuts it.

use std::ops::Range;

use crate::text::analysis::Segmented;

/// A token that a chain cut from a run of characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RunToken {
    pub(crate) term: String,
    /// The characters that it stands for, as indices into the run.
    pub(crate) units: Range<usize>,
}

/// True if the pieces are all of a text of so many units; without the particles and endings that are not kept.
pub(crate) fn covers(pieces: &[RunToken], units: usize) -> bool {
    (0..units).all(|unit| pieces.iter().any(|piece| piece.units.contains(&unit)))
}

/// The runs of CJK characters in a word, each by itself.
pub(crate) fn char_runs(word: &Segmented) -> Vec<Segmented> {
    char_run_ranges(word).iter().filter_map(|units| run_text(word, units)).collect()
}

/// The runs of CJK characters in a word, as indices of its units.
pub(crate) fn char_run_ranges(word: &Segmented) -> Vec<Range<usize>> {
    word.char_runs(|_| true)
}

/// Units of a word as a text of its own; `None` for no unit.
pub(crate) fn run_text(word: &Segmented, units: &Range<usize>) -> Option<Segmented> {
    let units = &word.units()[units.clone()];
    let (first, last) = (units.first()?, units.last()?);
    Some(Segmented::new(&word.text()[first.folded.start..last.folded.end]))
}

/// Two or more pieces of one character in a row, as ranges of characters. Pieces are in the order of the text.
pub(crate) fn adjacent_single_units(pieces: &[RunToken]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.units.len() == 1) {
        match groups.last_mut() {
            Some(group) if group.end >= piece.units.start => group.end = piece.units.end,
            _ => groups.push(piece.units.clone()),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}
