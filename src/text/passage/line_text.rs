//! The text of a line as patterns of boilerplate and of captions are compared with it.

use crate::text::analysis::Folded;

/// A line or the literal text of a pattern, folded.
pub(super) fn folded(line: &str) -> String {
    // Folding would turn the circled letter into a plain one, so it becomes the copyright sign first.
    let marked = line.replace(['ⓒ', 'Ⓒ'], "©").replace("(c)", "©").replace("(C)", "©");
    Folded::new(&marked).text().to_owned()
}

/// A line without the signs around it: bullets, arrows, brackets, punctuation.
pub(super) fn trimmed(line: &str) -> &str {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '©';
    line.trim_matches(|letter: char| !is_letter(letter))
}
