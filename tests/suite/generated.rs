//! The articles that the benches generate: always the same, with the word statistics of the samples, and a vocabulary that
//! grows.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::generator::{Article, EDITIONS, Generator};
use crate::corpus::samples;

fn articles(paragraphs: usize) -> Vec<Article> {
    Generator::new(&samples(), &EDITIONS).articles(paragraphs).collect()
}

/// How often each word stands in the texts of a language; in Chinese each character.
fn counts(articles: &[Article], code: &str) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for article in articles.iter().filter(|article| article.lang.as_deref() == Some(code)) {
        for word in article.body.unicode_words().filter(|word| !word.starts_with(char::is_numeric)) {
            *counts.entry(word.to_lowercase()).or_default() += 1.0;
        }
    }
    counts
}

#[test]
fn few_articles_are_the_first_of_many() {
    let (few, many) = (articles(90), articles(300));
    // The last may have been cut to the number of paragraphs that was asked for.
    let same = few.len() - 1;
    assert_eq!(few[..same], many[..same]);
}

#[test]
fn frequent_words_stay_as_frequent() {
    let samples: Vec<Article> =
        samples().iter().flat_map(|file| file.lines()).map(|line| serde_json::from_str(line).unwrap()).collect();
    let generated = articles(6_000);
    for code in ["en", "de", "ko"] {
        let (before, after) = (counts(&samples, code), counts(&generated, code));
        let (all_before, all_after) = (before.values().sum::<f64>(), after.values().sum::<f64>());
        let mut frequent: Vec<(&String, f64)> = before.iter().map(|(word, count)| (word, count / all_before)).collect();
        frequent.sort_by(|left, right| right.1.total_cmp(&left.1));
        frequent.truncate(30);
        let share: f64 = frequent.iter().map(|(_, share)| share).sum();
        let now = |word: &str| after.get(word).unwrap_or(&0.0) / all_after;
        let change: f64 = frequent.iter().map(|(word, share)| (now(word) - share).abs()).sum();
        assert!(change < 0.3 * share, "{code}: of {share:.4}, {change:.4} has changed");
    }
}

#[test]
fn the_vocabulary_grows() {
    let (few, many) = (articles(500), articles(2_000));
    for code in ["en", "de", "ko"] {
        let growth = counts(&many, code).len() as f64 / counts(&few, code).len() as f64;
        // Heaps' law with exponents from .4 to .8.
        assert!((1.7..3.1).contains(&growth), "{code}: {growth}");
    }
}

#[test]
fn languages_have_equal_shares() {
    let articles = articles(2_000);
    let paragraphs = |code: &str| -> usize {
        let of_language = articles.iter().filter(|article| article.lang.as_deref() == Some(code));
        of_language.map(|article| article.body.split("\n\n").count()).sum()
    };
    for code in ["en", "de", "ko", "zh"] {
        assert!((450..550).contains(&paragraphs(code)), "{} in {code}", paragraphs(code));
    }
}
