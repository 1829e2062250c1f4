//! The chains of a passage: by which analysis chains its terms are made, when it is indexed and when matches are marked.

use crate::text::analysis::{Chain, Segmented};
use crate::text::language::Language;

/// The chains by which a passage is indexed: that of its language, and the bigrams of CJK characters unless that chain has
/// positions and there is no CJK character.
pub(crate) fn chains_of(lang: Language, title: &Segmented, body: &Segmented) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Chain::of(lang).into_iter().collect();
    // Without positions a chain cannot tell phrases.
    let words_are_enough = chains.iter().any(|chain| chain.has_positions());
    if !words_are_enough || title.has_chars() || body.has_chars() {
        chains.push(Chain::Characters);
    }
    chains
}

/// True where hanja are indexed under their readings too: in Korean passages. Elsewhere they are Chinese, and a Hangul query
/// is not about them.
pub(crate) fn has_hanja_readings(chain: Chain, lang: Language) -> bool {
    chain.keeps_characters() && Chain::of(lang).is_some_and(Chain::has_hanja_readings)
}
