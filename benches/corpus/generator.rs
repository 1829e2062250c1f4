//! The generator of articles: sentences of the sample articles, recombined, with other numbers and new names.
//!
//! An article has the title of a sample and two to four paragraphs of 600 to 900 bytes, half of the sentences from the
//! same sample and half from any of its language. So words, and words that occur together in a sentence or an article, are
//! as frequent as in the samples. Two things change, because a text of a thousand times the size is not the same text
//! a thousand times:
//!
//! - Numbers of two and more digits keep the first and get new others; years stay.
//! - A share of the words that occur only once in the samples is replaced by made-up names. Their ranks have the heavy tail
//!   of Zipf's law, so the vocabulary keeps growing as a power of the text's length (Heaps' law), and as in the news, an
//!   article repeats its names.
//!
//! The same samples give the same articles, and a smaller corpus is the beginning of a larger one.

use std::collections::HashMap;

use fastrand::Rng;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::names::{Script, name};

const SEED: u64 = 20_251_213;
/// The smallest and the largest size in bytes after which a paragraph ends; its last sentence is completed.
const PARAGRAPH: std::ops::Range<usize> = 620..760;
const PARAGRAPHS: std::ops::RangeInclusive<usize> = 2..=4;
/// The probability that a sentence comes from the article of the title.
const FROM_ONE_ARTICLE: f64 = 0.5;
/// The probability that a new name is one that the article already has.
const NAMED_AGAIN: f64 = 0.3;
/// The parameters of the Zipf-Mandelbrot distribution of ranks: the number of first ranks that are about equally frequent, and
/// the exponent, minus one, by which frequencies fall after these.
const FLAT_RANKS: f64 = 1000.0;
const TAIL_EXPONENT: f64 = 0.6;
/// The endings that a Korean name keeps.
const PARTICLES: [&str; 16] =
    ["에서", "으로", "까지", "부터", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "도"];
/// Characters of only one Chinese script, some of which any article has.
const TRADITIONAL: [char; 6] = ['國', '貿', '關', '會', '對', '經'];

/// An edition: a language, and for Chinese a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    English,
    German,
    Korean,
    Simplified,
    Traditional,
}

/// The order in which editions take turns: the same amount of text in every language, and in both Chinese scripts.
pub(crate) const EDITIONS: [Edition; 8] = [
    Edition::English,
    Edition::German,
    Edition::Korean,
    Edition::Simplified,
    Edition::English,
    Edition::German,
    Edition::Korean,
    Edition::Traditional,
];

impl Edition {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Edition::English => "en",
            Edition::German => "de",
            Edition::Korean => "ko",
            Edition::Simplified | Edition::Traditional => "zh",
        }
    }

    /// The share of words seen once that become a name, chosen so that the vocabulary grows as in other texts of the
    /// language (see README.md).
    fn renamed(self) -> f64 {
        match self {
            Edition::English => 0.8,
            Edition::German => 0.9,
            Edition::Korean => 0.9,
            Edition::Simplified | Edition::Traditional => 0.4,
        }
    }
}

/// One article, as a line of JSON Lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) lang: Option<String>,
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) author: Option<String>,
    #[serde(default)]
    pub(crate) section: Option<String>,
}

/// The names of authors, of which each is combined with each, and the sections; articles take them in turn.
const GIVEN_NAMES: [&str; 7] = ["Ana", "Ben", "Cho", "Dora", "Emil", "Fei", "Greta"];
const FAMILY_NAMES: [&str; 11] =
    ["Adler", "Brandt", "Chen", "Diaz", "Evans", "Hahn", "Kim", "Lee", "Moser", "Park", "Wang"];
const SECTIONS: [&str; 5] = ["Economy", "Markets", "Opinion", "Politics", "World"];

/// The value of a list that an article takes, by its number.
fn at<'a>(list: &[&'a str], number: usize) -> &'a str {
    list[number % list.len()]
}

/// A part of a sentence.
#[derive(Debug, Clone)]
enum Stretch {
    Kept(String),
    Number(String),
    /// A rare word, which may become a name.
    Rare(String, Script),
}

type Sentence = Vec<Stretch>;

struct Sample {
    title: Sentence,
    sentences: Vec<Sentence>,
}

/// A generator of articles.
pub(crate) struct Generator {
    editions: Vec<(Edition, Vec<Sample>)>,
    rng: Rng,
    made: usize,
}

impl Generator {
    /// A generator from files of JSON Lines, one per language, for some of [`EDITIONS`] in turn.
    pub(crate) fn new(files: &[String], editions: &[Edition]) -> Generator {
        let articles: Vec<Article> = files
            .iter()
            .flat_map(|file| file.lines())
            .map(|line| serde_json::from_str(line).expect("a sample article is an article"))
            .collect();
        let editions = editions.iter().map(|&edition| (edition, samples(edition, &articles))).collect();
        Generator { editions, rng: Rng::with_seed(SEED), made: 0 }
    }

    /// Generates articles until they have the given number of paragraphs.
    pub(crate) fn articles(mut self, paragraphs: usize) -> impl Iterator<Item = Article> {
        let mut left = paragraphs;
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let wanted = self.rng.usize(PARAGRAPHS).min(left);
            left -= wanted;
            Some(self.article(wanted))
        })
    }

    fn article(&mut self, paragraphs: usize) -> Article {
        let Generator { editions, rng, made } = self;
        let (edition, samples) = &editions[*made % editions.len()];
        *made += 1;
        let own = &samples[rng.usize(..samples.len())];
        let mut writer = Writer { rng, renamed: edition.renamed(), ranks: Vec::new() };
        let mut title = String::new();
        writer.write(&own.title, &mut title);
        let mut body = String::new();
        for number in 0..paragraphs {
            if number > 0 {
                body.push_str("\n\n");
            }
            let full = body.len() + writer.rng.usize(PARAGRAPH);
            while body.len() < full {
                if !body.is_empty() && !body.ends_with(['\n', '。', '」', '”']) {
                    body.push(' ');
                }
                let from_one = writer.rng.f64() < FROM_ONE_ARTICLE;
                let sample = if from_one { own } else { &samples[writer.rng.usize(..samples.len())] };
                let sentence = &sample.sentences[writer.rng.usize(..sample.sentences.len())];
                writer.write(sentence, &mut body);
            }
        }
        let date = format!("20{}-{:02}-{:02}", rng.u8(15..26), rng.u8(1..13), rng.u8(1..29));
        Article {
            id: format!("{}-{:06}", edition.code(), *made),
            title,
            body,
            lang: Some(edition.code().to_owned()),
            date: Some(date),
            author: Some(format!("{} {}", at(&GIVEN_NAMES, *made), at(&FAMILY_NAMES, *made / GIVEN_NAMES.len()))),
            section: Some(at(&SECTIONS, *made / EDITIONS.len()).to_owned()),
        }
    }
}

/// A writer of the sentences of one article.
struct Writer<'a> {
    rng: &'a mut Rng,
    renamed: f64,
    /// The ranks of the article's names.
    ranks: Vec<u64>,
}

impl Writer<'_> {
    fn write(&mut self, sentence: &Sentence, out: &mut String) {
        for stretch in sentence {
            match stretch {
                Stretch::Kept(text) => out.push_str(text),
                Stretch::Number(digits) => {
                    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
                    for (at, digit) in digits.chars().enumerate() {
                        out.push(if at == 0 || is_year { digit } else { self.rng.digit(10) });
                    }
                }
                Stretch::Rare(word, script) if self.rng.f64() < self.renamed => {
                    let name = name(*script, self.rank());
                    let capital = word.chars().next().filter(|first| first.is_uppercase());
                    match capital {
                        Some(_) => {
                            out.extend(name.chars().take(1).flat_map(char::to_uppercase));
                            out.extend(name.chars().skip(1));
                        }
                        None => out.push_str(&name),
                    }
                }
                Stretch::Rare(word, _) => out.push_str(word),
            }
        }
    }

    fn rank(&mut self) -> u64 {
        if !self.ranks.is_empty() && self.rng.f64() < NAMED_AGAIN {
            return self.ranks[self.rng.usize(..self.ranks.len())];
        }
        let above = 1.0 - self.rng.f64();
        let rank = (FLAT_RANKS * (above.powf(-1.0 / TAIL_EXPONENT) - 1.0)) as u64;
        self.ranks.push(rank);
        rank
    }
}

/// The samples of an edition, split into parts that stay and parts that may change.
fn samples(edition: Edition, articles: &[Article]) -> Vec<Sample> {
    let is_traditional = |article: &Article| article.body.contains(TRADITIONAL);
    let belongs = |article: &&Article| {
        article.lang.as_deref() == Some(edition.code())
            && (edition.code() != "zh" || is_traditional(article) == (edition == Edition::Traditional))
    };
    let articles: Vec<&Article> = articles.iter().filter(belongs).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for text in articles.iter().flat_map(|article| [&article.title, &article.body]) {
        for stretch in stretches(text) {
            if let Stretch::Rare(word, _) = stretch {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    let read = |text: &str| -> Sentence {
        let keep = |stretch| match stretch {
            Stretch::Rare(word, _) if counts.get(&word) != Some(&1) => Stretch::Kept(word),
            other => other,
        };
        stretches(text).into_iter().map(keep).collect()
    };
    articles
        .iter()
        .map(|article| Sample {
            title: read(&article.title),
            sentences: article.body.lines().flat_map(str::unicode_sentences).map(|text| read(text.trim())).collect(),
        })
        .collect()
}

/// Cuts a text into parts; every word counts as rare at first.
fn stretches(text: &str) -> Sentence {
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let is_hangul = |character: char| ('\u{ac00}'..='\u{d7a3}').contains(&character);
    let mut stretches = Vec::new();
    let mut words = text.split_word_bounds().peekable();
    while let Some(word) = words.next() {
        // Two Han characters count as a word, as Chinese words are not known here.
        if word.starts_with(is_han) {
            match words.next_if(|next| next.starts_with(is_han)) {
                Some(next) => stretches.push(Stretch::Rare(format!("{word}{next}"), Script::Han)),
                None => stretches.push(Stretch::Kept(word.to_owned())),
            }
            continue;
        }
        let digits = word.len() - word.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        let (number, word) = word.split_at(digits);
        if !number.is_empty() {
            stretches.push(Stretch::Number(number.to_owned()));
        }
        let particle = PARTICLES.into_iter().find(|particle| word.ends_with(particle)).unwrap_or_default();
        let stem = &word[..word.len() - particle.len()];
        if !particle.is_empty() && stem.chars().count() > 1 && stem.chars().all(is_hangul) {
            stretches.push(Stretch::Rare(stem.to_owned(), Script::Hangul));
            stretches.push(Stretch::Kept(particle.to_owned()));
        } else if word.chars().count() > 3
            && word.chars().all(|character| character.is_alphabetic() && !is_hangul(character))
        {
            stretches.push(Stretch::Rare(word.to_owned(), Script::Latin));
        } else {
            stretches.push(Stretch::Kept(word.to_owned()));
        }
    }
    stretches
}
