//! Looser words: what a word of a query without hits may have been meant as.

use crate::query::syntax::{QueryAst, is_wildcard_sign};
use crate::text::analysis::Segmented;

/// Least number of letters before a wildcard that are still worth suggesting as a prefix.
const SHORTEST_BEGINNING: usize = 3;

/// What a word with wildcards may have been meant as: of CJK characters the pieces, since the sign may be a question mark; of a word
/// in an alphabet its beginning.
pub(crate) fn without_wildcards(text: &str) -> Vec<QueryAst> {
    let pieces = text.split(is_wildcard_sign).map(|piece| piece.trim_end_matches(['\\', '＼']));
    let mut pieces = pieces.filter(|piece| !Segmented::new(piece).units().is_empty()).map(str::to_owned);
    if Segmented::new(text).has_chars() {
        return vec![QueryAst::Bag(pieces.map(QueryAst::Word).collect())];
    }
    let is_long = |piece: &String| piece.chars().count() >= SHORTEST_BEGINNING && text.starts_with(piece.as_str());
    pieces.next().filter(is_long).map(QueryAst::Prefix).into_iter().collect()
}

/// The fuzzy variant of a word, if that makes sense: a word in an alphabet with at least four letters.
pub(crate) fn like(word: &str, edits: Option<u8>) -> Vec<QueryAst> {
    let segmented = Segmented::new(word);
    let is_one_word = segmented.units().len() == 1 && !segmented.has_chars();
    let letters = segmented.text().chars().filter(|character| character.is_alphabetic()).count();
    if !is_one_word || letters < 4 {
        return Vec::new();
    }
    vec![QueryAst::Fuzzy { word: word.to_owned(), edits }]
}
