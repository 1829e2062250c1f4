//! Laws 5 and 6. Every token stands for whole graphemes of the text it came from and is their folded form; and the
//! analysis of queries, which loads only what it needs, gives the tokens that indexing gives.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use tradewire::internals::analysis::Folded;
use unicode_segmentation::UnicodeSegmentation;

use super::text::mixed_text;
use super::{Corpus, holds, verdict};
use crate::checks::{Analyzers, check_units};
use crate::workspace::project;

#[test]
fn generated_text() {
    let analyzers = Analyzers::new().unwrap();
    let law = |text: String| verdict(analyzers.check_text(&text));
    holds(1500, &mixed_text(), law);
}

#[test]
fn any_string() {
    let analyzers = Analyzers::new().unwrap();
    let law = |text: String| verdict(analyzers.check_text(&text));
    holds(500, &any::<String>(), law);
}

/// Every joiner, selector, modifier and mark after every sign that may stand within a word, and what else shares a cluster with it.
#[test]
fn what_unicode_joins_to_signs() {
    let analyzers = Analyzers::new().unwrap();
    let pieces = vec![
        "source",
        "z",
        "Ä",
        "ß",
        "1",
        "20",
        "in",
        "innen",
        "中",
        "국",
        "カ",
        "ᄒ",
        "ᅡ",
        ":",
        ".",
        "·",
        "‧",
        "_",
        "'",
        "’",
        "-",
        "/",
        "*",
        "+",
        "#",
        ",",
        "&",
        "\u{fe0f}",
        "\u{1f3fd}",
        "\u{200d}",
        "\u{200c}",
        "\u{200b}",
        "\u{ad}",
        "\u{301}",
        "\u{308}",
        "\u{20e3}",
        "\u{3099}",
        "\u{ff9e}",
        "\u{e33}",
        "\u{e31}",
        "\u{d4e}",
        "\u{600}",
        "\u{93f}",
        "\u{94d}",
        "\u{feff}",
        "\u{2060}",
        "\u{e0061}",
        "👩",
        "ℹ",
        "©",
        "㎡",
        " ",
    ];
    let text = proptest::collection::vec(proptest::sample::select(pieces), 1..9).prop_map(|pieces| pieces.concat());
    holds(4000, &text, |text| verdict(analyzers.check_text(&text)));
}

#[test]
fn every_sentence_of_the_seeds_and_every_topic() {
    let analyzers = Analyzers::new().unwrap();
    let corpus = Corpus::of_seeds();
    let topics = fs::read_to_string(project().join("seeds/topics.tsv")).unwrap();
    let mut texts: BTreeSet<&str> = topics.lines().filter_map(|line| Some(line.split_once('\t')?.1)).collect();
    for stored in &corpus.passages {
        texts.insert(&stored.passage.title);
        texts.extend(stored.text.unicode_sentences());
    }
    assert!(texts.len() > 1000, "{} texts", texts.len());
    for text in texts {
        analyzers.check_text(text).unwrap();
    }
}

#[test]
fn every_character_by_itself() {
    for code in 0..=0x3_FFFF_u32 {
        if let Some(character) = char::from_u32(code) {
            check_units(&character.to_string()).unwrap();
            check_units(&format!("韓{character}국")).unwrap();
        }
    }
}

#[test]
fn folding_is_the_same_for_all_normal_forms() {
    use unicode_normalization::UnicodeNormalization;
    let law = |text: String| {
        let fold = |text: &str| Folded::new(text).text().to_owned();
        let folded = fold(&text);
        prop_assert_eq!(&fold(&text.nfc().collect::<String>()), &folded, "NFC of {:?}", text);
        prop_assert_eq!(&fold(&text.nfd().collect::<String>()), &folded, "NFD of {:?}", text);
        Ok(())
    };
    holds(1500, &mixed_text(), law);
}
