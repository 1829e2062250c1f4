//! Footnote marks: raised numbers and signs behind a word.

/// Bytes of a footnote mark.
pub(crate) const MAX_MARK_BYTES: usize = 8;

/// True for `12`, `[3]`, `*`.
pub(crate) fn is_footnote_mark(raised: &str) -> bool {
    let mark = raised.trim();
    !mark.is_empty()
        && mark
            .trim_matches(['[', ']', '(', ')', ','])
            .chars()
            .all(|letter| letter.is_ascii_digit() || "*†‡§".contains(letter))
}
