//! The chains of a passage: by which analysis chains its terms are made, when it is indexed and when matches are marked.

use crate::text::analysis::{Chain, Segmented};
use crate::text::language::Language;

/// The chains by which a passage is indexed: that of its language, and the bigrams of CJK characters unless that chain has
/// positions and there is no CJK character.
pub(crate) fn chains_of(lang: Language, title: &Segmented, body: &Segmented) -> Vec<Chain> {
    let mut chains = vec![Chain::of(lang)];
    // Without positions a chain cannot tell phrases.
    if !chains[0].has_positions() || title.has_chars() || body.has_chars() {
        chains.push(Chain::Characters);
    }
    chains
}

/// True where hanja are indexed under their readings too: in Korean passages. Elsewhere they are Chinese, and a Hangul query
/// is not about them.
pub(crate) fn has_hanja_readings(chain: Chain, lang: Language) -> bool {
    chain.keeps_characters() && Chain::of(lang).has_hanja_readings()
}
