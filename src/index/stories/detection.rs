//! Measurements of the detection of copies: how alike documents have to be to be found, how many are found among many others, and how long that takes.
//!
//! `cargo test --release --lib stories::detection -- --ignored --nocapture` prints the figures of `docs/src/decisions.md`.

#![allow(clippy::print_stdout, reason = "the tables are for reading")]

use std::collections::BTreeSet;
use std::time::Instant;

use fastrand::Rng;

use crate::config::Config;
use crate::index::stories::StoryOptions;
use crate::index::stories::clusters::{Sketches, cluster};
use crate::index::stories::resemblance::are_one_story;
use crate::index::stories::sketch::Sketcher;
use crate::text::analysis::Segmented;
use crate::text::language::Language;

const LANGUAGES: [(Language, &str); 4] = [
    (Language::English, include_str!("../../../seeds/news/en.jsonl")),
    (Language::German, include_str!("../../../seeds/news/de.jsonl")),
    (Language::Korean, include_str!("../../../seeds/news/ko.jsonl")),
    (Language::Chinese, include_str!("../../../seeds/news/zh.jsonl")),
];

fn config() -> StoryOptions {
    Config::builtin().unwrap().stories
}

fn sketch(lang: Language, sentences: &[String], config: &StoryOptions) -> Vec<u32> {
    let mut sketcher = Sketcher::new(config, lang);
    sketcher.read(&Segmented::new(&sentences.join(" ")));
    sketcher.finish()
}

/// All sentences of the sample articles of a language that are no crumbs.
fn sentences(articles: &str) -> Vec<String> {
    let bodies = articles.lines().map(|line| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        article["body"].as_str().unwrap().replace('\n', " ")
    });
    let mut sentences = BTreeSet::new();
    for body in bodies {
        let ends = |at: usize| body[at..].starts_with(". ") || body[at..].starts_with('。');
        let mut start = 0;
        for (at, character) in body.char_indices().filter(|&(at, _)| ends(at)) {
            let end = at + character.len_utf8();
            sentences.insert(body[start..end].trim().to_owned());
            start = end;
        }
    }
    sentences.into_iter().filter(|sentence| Segmented::new(sentence).units().len() >= 8).collect()
}

/// The difference of a copy, by a share.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// A share of the sentences is replaced by others.
    Rewritten,
    /// In a share of the sentences a word, or two characters, are replaced.
    Reworded,
    /// Only a share of the text is left, from its beginning.
    Beginning,
    /// Sentences are added at the end, as a share of the text.
    Continued,
}

fn edited(article: &[String], edit: Edit, share: f64, pool: &[String], random: &mut Rng) -> Vec<String> {
    let number = (share * article.len() as f64).round() as usize;
    let mut copy = article.to_vec();
    let mut places: Vec<usize> = (0..copy.len()).collect();
    random.shuffle(&mut places);
    match edit {
        Edit::Rewritten => places[..number].iter().for_each(|&at| copy[at] = random.choice(pool).unwrap().clone()),
        Edit::Reworded => places[..number].iter().for_each(|&at| {
            let text = Segmented::new(&copy[at]);
            let unit = text.units()[random.usize(1..text.units().len() - 1)];
            let range = text.original_range(unit.folded);
            copy[at].replace_range(range.start..range.end, "別樣");
        }),
        Edit::Beginning => copy.truncate(number),
        Edit::Continued => copy.extend((0..number).map(|_| random.choice(pool).unwrap().clone())),
    }
    copy
}

/// The share of copies that are found.
fn found(edit: Edit, share: f64, config: &StoryOptions) -> f64 {
    const TRIES: usize = 100;
    let mut random = Rng::with_seed(7);
    let mut found = 0;
    for (lang, articles) in LANGUAGES {
        let mut pool = sentences(articles);
        for _ in 0..TRIES {
            random.shuffle(&mut pool);
            let (article, others) = pool.split_at(random.usize(8..24));
            let copy = edited(article, edit, share, others, &mut random);
            found += usize::from(are_one_story(&sketch(lang, article, config), &sketch(lang, &copy, config), config));
        }
    }
    found as f64 / (TRIES * LANGUAGES.len()) as f64
}

#[test]
fn copies_are_found_and_others_are_not() {
    let config = config();
    for (edit, share, expected) in [
        (Edit::Rewritten, 0.0, 1.0..=1.0),
        (Edit::Rewritten, 0.15, 0.98..=1.0),
        (Edit::Rewritten, 0.6, 0.0..=0.05),
        (Edit::Rewritten, 1.0, 0.0..=0.0),
        (Edit::Reworded, 0.5, 0.98..=1.0),
        (Edit::Beginning, 0.5, 0.9..=1.0),
        (Edit::Beginning, 0.2, 0.0..=0.02),
        (Edit::Continued, 0.5, 0.98..=1.0),
        (Edit::Continued, 5.0, 0.0..=0.0),
    ] {
        let found = found(edit, share, &config);
        assert!(expected.contains(&found), "{edit:?} {share}: {found}");
    }
}

#[test]
#[ignore = "prints a table"]
fn table_of_detection() {
    for sketch in [32, 64, 96, 128, 256] {
        let config = StoryOptions { sketch, shortest: 32, ..config() };
        println!("sketch of {sketch}");
        for (edit, shares) in [
            (Edit::Rewritten, [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6]),
            (Edit::Reworded, [0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0, 1.0]),
            (Edit::Beginning, [0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8]),
            (Edit::Continued, [0.2, 0.5, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0]),
        ] {
            let cells: Vec<String> =
                shares.into_iter().map(|share| format!("{share}: {:.2}", found(edit, share, &config))).collect();
            println!("  {edit:?} {}", cells.join("  "));
        }
    }
}

/// Hashes of a document's shingles: four in ten are phrases that many have.
fn shingles(random: &mut Rng) -> Vec<u32> {
    let number = random.usize(100..800);
    let phrase = |random: &mut Rng| ((random.f64() * 14.0).exp() as u32).wrapping_mul(0x9E37_79B1);
    (0..number).map(|_| if random.u8(..10) < 4 { phrase(random) } else { random.u32(..) }).collect()
}

fn smallest(mut hashes: Vec<u32>, config: &StoryOptions) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(config.sketch);
    hashes
}

/// Every tenth document has a copy with so much in common.
fn many(documents: usize, shared: f64, config: &StoryOptions) -> Sketches {
    let mut random = Rng::with_seed(11);
    let mut sketches = Sketches::new(config);
    let mut later = Vec::new();
    while sketches.len() + later.len() < documents {
        let hashes = shingles(&mut random);
        if sketches.len().is_multiple_of(10) {
            let copy = hashes.iter().map(|&hash| if random.f64() < shared { hash } else { random.u32(..) }).collect();
            later.push(smallest(copy, config));
        }
        sketches.push(smallest(hashes, config));
    }
    later.into_iter().for_each(|copy| sketches.push(copy));
    sketches
}

/// A text that hundreds have, each with changes of its own: every hash is shared by more documents than are compared.
#[test]
fn many_copies_are_one_story_in_any_order() {
    let (config, mut random) = (config(), Rng::with_seed(5));
    let mut copies = Vec::new();
    for _ in 0..3 {
        let text = shingles(&mut random);
        for _ in 0..500 {
            let copy = text.iter().map(|&hash| if random.u8(..10) < 9 { hash } else { random.u32(..) }).collect();
            copies.push(smallest(copy, &config));
        }
    }
    let mut found = BTreeSet::new();
    for _ in 0..3 {
        random.shuffle(&mut copies);
        let mut sketches = Sketches::new(&config);
        copies.iter().for_each(|copy| sketches.push(copy.iter().copied()));
        let stories = cluster(&sketches, &config);
        let stories: BTreeSet<BTreeSet<&Vec<u32>>> =
            stories.iter().map(|story| story.iter().map(|&at| &copies[at]).collect()).collect();
        assert_eq!(stories.iter().map(BTreeSet::len).collect::<Vec<_>>(), [500, 500, 500]);
        found.insert(format!("{stories:?}"));
    }
    assert_eq!(found.len(), 1);
}

/// Seconds that the process has computed, on all cores.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = |at: usize| stat.split(' ').nth(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(13) + ticks(14)) / 100.0
}

#[test]
#[ignore = "prints a table; takes a minute"]
fn table_of_many_documents() {
    let config = config();
    for (documents, shared) in [(100_000, 0.8), (100_000, 0.7), (1_000_000, 0.8), (1_000_000, 0.7)] {
        let sketches = many(documents, shared, &config);
        let copies = documents - documents * 10 / 11;
        let (start, computed) = (Instant::now(), processor_seconds());
        let stories = cluster(&sketches, &config);
        let (seconds, computed) = (start.elapsed().as_secs_f64(), processor_seconds() - computed);
        let largest = stories.iter().map(Vec::len).max().unwrap_or(0);
        let pairs = stories.iter().filter(|story| story.len() == 2).count();
        println!(
            "{documents} documents, {shared} shared: {seconds:.2} s ({computed:.2} s computed), {pairs} of {copies} copies, largest {largest}"
        );
    }
    let words = |random: &mut Rng| (0..20).map(|_| random.u32(..)).collect::<Vec<u32>>();
    for name in ["the same", "nearly the same", "half the same", "a third the same"] {
        let mut random = Rng::with_seed(3);
        let common: Vec<u32> = (0..50).map(|_| random.u32(..)).collect();
        let mut sketches = Sketches::new(&config);
        for _ in 0..1_000_000 {
            let hashes = match name {
                "the same" => common.clone(),
                "nearly the same" => [&common[..], &words(&mut random)[..5]].concat(),
                "half the same" => [&common[..20], &words(&mut random)].concat(),
                _ => [&common[..20], &words(&mut random), &words(&mut random)].concat(),
            };
            sketches.push(smallest(hashes, &config));
        }
        let (start, computed) = (Instant::now(), processor_seconds());
        let stories = cluster(&sketches, &config);
        let (seconds, computed) = (start.elapsed().as_secs_f64(), processor_seconds() - computed);
        println!("1000000 documents, {name}: {seconds:.2} s ({computed:.2} s computed), {} stories", stories.len());
    }
}

#[test]
#[ignore = "prints a table"]
fn table_of_cost() {
    let config = config();
    for (lang, articles) in LANGUAGES {
        let texts: Vec<Segmented> =
            sentences(articles).chunks(12).map(|text| Segmented::new(&text.join(" "))).collect();
        let bytes: usize = texts.iter().map(|text| text.text().len()).sum();
        let start = processor_seconds();
        const ROUNDS: usize = 300;
        let mut hashes = 0;
        for _ in 0..ROUNDS {
            for text in &texts {
                let mut sketcher = Sketcher::new(&config, lang);
                sketcher.read(text);
                hashes += sketcher.finish().len();
            }
        }
        let seconds = processor_seconds() - start;
        println!("{lang}: {:.2} s for 80 MB, {hashes} hashes", seconds / (bytes * ROUNDS) as f64 * 8e7);
    }
}
