//! Laws 5 and 6. Every token stands for whole graphemes of the text it came from and is their folded form; and the
//! analysis of queries, which loads only what it needs, gives the tokens that indexing gives.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;
use tradewire::analysis::{Analyzer, Chain, Folded, Segmented, Token, UnitKind};
use tradewire::config::Config;
use unicode_segmentation::UnicodeSegmentation;

use super::text::{is_cjk, mixed_text};
use super::{Corpus, Verdict, holds};
use crate::workspace::project;

fn boundaries(text: &str) -> BTreeSet<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

/// Units lead back to whole graphemes whose folded form is theirs, in order, without overlap.
fn check_units(text: &str) -> Verdict {
    let boundaries = boundaries(text);
    let segmented = Segmented::new(text);
    let mut end = 0;
    for unit in segmented.units() {
        let range = segmented.original_range(unit.folded);
        let context = format!("{:?} of {text:?}", segmented.form(unit));
        prop_assert!(boundaries.contains(&range.start) && boundaries.contains(&range.end), "{range:?}: {context}");
        prop_assert!(end <= range.start && range.start < range.end, "{range:?} after {end}: {context}");
        let slice = range.slice(text);
        if Folded::new(slice).text() != segmented.form(unit) {
            // A letter can share its cluster with a space or sign before it, but with nothing else to look up.
            let slice = Segmented::new(slice);
            let forms: Vec<&str> = slice.units().iter().map(|unit| slice.form(unit)).collect();
            prop_assert_eq!(forms, [segmented.form(unit)], "{}", context);
        }
        end = range.end;
    }
    Ok(())
}

fn check_tokens(text: &str, chain: Chain, tokens: &[Token]) -> Verdict {
    let boundaries = boundaries(text);
    let segmented = Segmented::new(text);
    let mut position = 0;
    for token in tokens {
        let context = format!("{token:?} by {} of {text:?}", chain.name());
        prop_assert!(!token.term.is_empty(), "{context}");
        prop_assert!(token.range.start < token.range.end && token.range.end <= text.len(), "{context}");
        let on_graphemes = boundaries.contains(&token.range.start) && boundaries.contains(&token.range.end);
        prop_assert!(on_graphemes, "{context}");
        prop_assert!(position <= token.position && (token.position as usize) < segmented.units().len(), "{context}");
        position = token.position;
        let unit = segmented.units()[position as usize];
        let first = segmented.original_range(unit.folded);
        prop_assert!(first.start <= token.range.start && token.range.start < first.end, "{context}");
        // Korean predicates stand under their stem, hanja under their reading.
        let is_form = token.term.chars().all(is_cjk) && chain != Chain::Korean;
        if is_form && !matches!(unit.kind, UnitKind::Word) {
            let slice = Segmented::new(token.range.slice(text));
            let form: String = slice.units().iter().map(|unit| slice.form(unit)).collect();
            prop_assert_eq!(&form, &token.term, "{}", context);
        }
    }
    Ok(())
}

/// Each chain by itself reads any text, the same for queries as for the index.
fn check_text(text: &str, for_index: &Analyzer, for_queries: &Analyzer) -> Verdict {
    check_units(text)?;
    let segmented = Segmented::new(text);
    for chain in Chain::ALL {
        let tokens = for_index.tokens(chain, text).unwrap();
        check_tokens(text, chain, &tokens)?;
        prop_assert_eq!(&tokens, &for_queries.tokens(chain, text).unwrap(), "{} of {:?}", chain.name(), text);
        let with_readings = for_index.tokens_of(chain, &segmented, true).unwrap();
        prop_assert_eq!(&with_readings, &for_queries.tokens_of(chain, &segmented, true).unwrap());
        prop_assert!(tokens.iter().all(|token| with_readings.contains(token)), "{} {:?}", chain.name(), text);
    }
    Ok(())
}

fn analyzers() -> (Analyzer, Analyzer) {
    let config = Config::builtin().unwrap();
    (Analyzer::for_indexing(&config), Analyzer::for_queries(&config))
}

#[test]
fn generated_text() {
    let (for_index, for_queries) = analyzers();
    let law = |text: String| check_text(&text, &for_index, &for_queries);
    holds(1500, &mixed_text(), law);
}

#[test]
fn any_string() {
    let (for_index, for_queries) = analyzers();
    let law = |text: String| check_text(&text, &for_index, &for_queries);
    holds(500, &any::<String>(), law);
}

#[test]
fn every_sentence_of_the_seeds_and_every_topic() {
    let (for_index, for_queries) = analyzers();
    let corpus = Corpus::of_seeds();
    let topics = fs::read_to_string(project().join("seeds/topics.tsv")).unwrap();
    let mut texts: BTreeSet<&str> = topics.lines().filter_map(|line| Some(line.split_once('\t')?.1)).collect();
    for stored in &corpus.passages {
        texts.insert(&stored.passage.title);
        texts.extend(stored.text.unicode_sentences());
    }
    assert!(texts.len() > 1000, "{} texts", texts.len());
    for text in texts {
        check_text(text, &for_index, &for_queries).unwrap();
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
