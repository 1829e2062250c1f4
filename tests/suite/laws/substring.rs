//! Law 1. Any stretch of Han, Hangul and kana in a passage or its title, as a quoted query, finds that passage and is
//! marked exactly; in English and German so does any run of whole words, up to case and diacritics.

use proptest::prelude::*;
use proptest::sample::Index;
use tradewire::internals::analysis::Segmented;
use tradewire::internals::document::ByteRange;
use tradewire::internals::language::Language;

use super::text::{cjk_stretches, cut, is_cjk, quoted, some_text, within_paragraphs, without_diacritics, words};
use super::{Corpus, Stored, Verdict, holds, holds_for_batches};

/// Where a stretch was cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Text,
}

impl Place {
    pub(super) fn of(self, stored: &Stored) -> &str {
        match self {
            Place::Title => &stored.passage.title,
            Place::Text => &stored.text,
        }
    }

    /// Runs of CJK characters, each within one paragraph.
    fn cjk_stretches(self, stored: &Stored) -> Vec<Vec<ByteRange>> {
        self.within_paragraphs(stored, cjk_stretches(self.of(stored)))
    }

    /// Runs of words, each within one paragraph; none is empty.
    fn words(self, stored: &Stored) -> Vec<Vec<ByteRange>> {
        self.within_paragraphs(stored, vec![words(self.of(stored))])
    }

    /// A title is one paragraph.
    fn within_paragraphs(self, stored: &Stored, stretches: Vec<Vec<ByteRange>>) -> Vec<Vec<ByteRange>> {
        match self {
            Place::Title => stretches.into_iter().filter(|stretch| !stretch.is_empty()).collect(),
            Place::Text => within_paragraphs(&stored.text, stretches),
        }
    }
}

/// The query finds the passage and marks the stretch: as one range, or inside the range of overlapping matches.
pub(super) fn check(corpus: &Corpus, query: &str, stored: &Stored, place: Place, stretch: ByteRange) -> Verdict {
    let text = place.of(stored);
    let context = || format!("{query} from the {place:?} of {}: {text:?}", stored.name());
    let compiled = corpus.compile(query);
    let Some(compiled) = compiled else {
        return Err(TestCaseError::fail(format!("nothing to look up: {}", context())));
    };
    prop_assert!(corpus.hits_of(&compiled).contains(&stored.key), "not found: {}", context());
    let (in_title, in_text) = corpus.marks(&compiled, stored);
    let marks = if place == Place::Title { in_title } else { in_text };
    let around = marks.iter().find(|mark| mark.start <= stretch.start && stretch.end <= mark.end);
    let Some(around) = around else {
        let marked: Vec<&str> = marks.iter().map(|mark| mark.slice(text)).collect();
        return Err(TestCaseError::fail(format!("not marked, but {marked:?}: {}", context())));
    };
    if *around != stretch {
        let matches = matches_inside(text, *around, stretch.slice(text));
        prop_assert!(matches > 1, "`{}` is marked instead: {}", around.slice(text), context());
    }
    Ok(())
}

/// How often the units of `pattern` stand in a row inside a range that begins and ends with them; 0 if it does not.
fn matches_inside(text: &str, range: ByteRange, pattern: &str) -> usize {
    let (inside, pattern) = (Segmented::new(range.slice(text)), Segmented::new(pattern));
    let letters = |segmented: &Segmented| -> Vec<String> {
        let forms = segmented.units().iter().map(|unit| segmented.form(unit).chars().take(3).collect());
        forms.collect()
    };
    let (inside, pattern) = (letters(&inside), letters(&pattern));
    if inside.starts_with(&pattern) && inside.ends_with(&pattern) {
        inside.windows(pattern.len()).filter(|window| *window == pattern).count()
    } else {
        0
    }
}

/// The stretch as it stands, without anything between its characters, and with spaces between all of them.
pub(super) fn check_cjk(corpus: &Corpus, stored: &Stored, place: Place, stretch: ByteRange) -> Verdict {
    let slice = stretch.slice(place.of(stored));
    check(corpus, &quoted(slice), stored, place, stretch)?;
    let is_plain = |character: &char| is_cjk(*character) && !matches!(character, '\u{1100}'..='\u{11ff}');
    if slice.chars().all(|character| is_plain(&character) || !character.is_alphanumeric()) {
        let joined: String = slice.chars().filter(is_plain).collect();
        check(corpus, &quoted(&joined), stored, place, stretch)?;
        let spaced: String = joined.chars().flat_map(|character| [character, ' ']).collect();
        check(corpus, &quoted(&spaced), stored, place, stretch)?;
    }
    Ok(())
}

/// The words as they stand, in other case, and without diacritics.
pub(super) fn check_words(corpus: &Corpus, stored: &Stored, place: Place, stretch: ByteRange) -> Verdict {
    let slice = stretch.slice(place.of(stored));
    check(corpus, &quoted(slice), stored, place, stretch)?;
    check(corpus, &quoted(&slice.to_uppercase()), stored, place, stretch)?;
    check(corpus, &quoted(&slice.to_lowercase()), stored, place, stretch)?;
    // Greek, Cyrillic and Arabic letters keep theirs.
    if slice.chars().any(|character| character >= '\u{370}' && character.is_alphabetic() && !is_cjk(character)) {
        return Ok(());
    }
    check(corpus, &quoted(&without_diacritics(slice)), stored, place, stretch)
}

/// Random stretches of random passages in one language: `length` characters at most.
pub(super) fn check_cjk_of(corpus: &Corpus, language: Language, place: Place, cases: u32) {
    let passages = corpus.passages_in(language, |stored| !place.cjk_stretches(stored).is_empty());
    if passages.is_empty() {
        return;
    }
    let case = (any::<Index>(), any::<Index>(), any::<Index>(), 1_usize..14);
    let law = |(passage, stretch, at, length): (Index, Index, Index, usize)| {
        let stored = *passage.get(&passages);
        let stretches = place.cjk_stretches(stored);
        check_cjk(corpus, stored, place, cut(&stretches[stretch.index(stretches.len())], at, length))
    };
    holds(cases, &case, law);
}

/// Random runs of words of random passages in one language.
pub(super) fn check_words_of(corpus: &Corpus, language: Language, place: Place, cases: u32) {
    let passages = corpus.passages_in(language, |stored| !place.words(stored).is_empty());
    if passages.is_empty() {
        return;
    }
    let case = (any::<Index>(), any::<Index>(), any::<Index>(), 1_usize..9);
    let law = |(passage, paragraph, at, length): (Index, Index, Index, usize)| {
        let stored = *passage.get(&passages);
        let words = place.words(stored);
        check_words(corpus, stored, place, cut(&words[paragraph.index(words.len())], at, length))
    };
    holds(cases, &case, law);
}

#[test]
fn any_cjk_stretch_of_the_seeds_is_found_and_marked() {
    let corpus = Corpus::of_seeds();
    for language in Language::ALL {
        let cases = if matches!(language, Language::Korean | Language::Chinese) { 250 } else { 60 };
        check_cjk_of(&corpus, language, Place::Text, cases);
        check_cjk_of(&corpus, language, Place::Title, cases / 2);
    }
}

#[test]
fn any_single_character_of_the_seeds_is_found_and_marked() {
    let corpus = Corpus::of_seeds();
    let mut seen = std::collections::BTreeSet::new();
    for stored in &corpus.passages {
        for (at, character) in stored.text.char_indices().filter(|&(_, character)| is_cjk(character)) {
            // Each once, where it stands first.
            if seen.insert(character) {
                let stretch = ByteRange::new(at, at + character.len_utf8());
                check(&corpus, &quoted(&character.to_string()), stored, Place::Text, stretch).unwrap();
            }
        }
    }
    assert!(seen.len() > 1500, "{} characters", seen.len());
}

#[test]
fn any_run_of_words_of_the_seeds_is_found_and_marked() {
    let corpus = Corpus::of_seeds();
    for language in [Language::English, Language::German] {
        check_words_of(&corpus, language, Place::Text, 250);
        check_words_of(&corpus, language, Place::Title, 80);
    }
}

#[test]
fn any_stretch_of_other_languages_is_found_and_marked() {
    let corpus = Corpus::of_other_languages();
    assert_eq!(corpus.passages_in(Language::Undetermined, |_| true).len(), corpus.passages.len());
    for place in [Place::Title, Place::Text] {
        check_words_of(&corpus, Language::Undetermined, place, 400);
        check_cjk_of(&corpus, Language::Undetermined, place, 200);
    }
}

#[test]
fn any_stretch_of_generated_text_is_found_and_marked() {
    let articles = proptest::collection::vec((some_text(), some_text()), 40);
    let case = (articles, proptest::collection::vec((any::<Index>(), any::<Index>(), 1_usize..9), 300));
    type Cut = (Index, Index, usize);
    let law = |(articles, cuts): (Vec<(String, String)>, Vec<Cut>)| {
        let named: Vec<(String, String, String)> =
            articles.into_iter().enumerate().map(|(at, (title, body))| (at.to_string(), title, body)).collect();
        let corpus = Corpus::of_articles(&named);
        for (passage, at, length) in cuts {
            let stored = passage.get(&corpus.passages);
            for place in [Place::Title, Place::Text] {
                let stretches = place.cjk_stretches(stored);
                if !stretches.is_empty() {
                    check_cjk(&corpus, stored, place, cut(&stretches[at.index(stretches.len())], at, length))?;
                }
                let words = place.words(stored);
                if !words.is_empty() {
                    let stretch = cut(&words[at.index(words.len())], at, length);
                    let query = quoted(stretch.slice(place.of(stored)));
                    check_found(&corpus, &query, stored)?;
                }
            }
        }
        Ok(())
    };
    holds_for_batches(12, &case, law);
}

/// Words of any script, in a passage of any language.
fn check_found(corpus: &Corpus, query: &str, stored: &Stored) -> Verdict {
    let found = corpus.hits(query).contains(&stored.key);
    prop_assert!(found, "{query:?} does not find {}: {:?} {:?}", stored.name(), stored.passage.title, stored.text);
    Ok(())
}

#[test]
fn stretches_across_spaces_punctuation_and_scripts() {
    let corpus = Corpus::of_articles(&[
        ("ko", "한·중 정상회담", "한국과 중국의 무역\t협정이 「타결」됐다. 限韓令은 그대로다. 서울ソウル首爾에서."),
        ("zh", "限韓令何時解除", "冰冻三尺，非一日之寒。 自由、貿易「協定」與稀土。"),
        ("ja", "貿易のニュース", "東京でのカタカナ・ひらがな会議。"),
        ("en", "The word 稀土", "Minister Yeo (여한구) met Li Chenggang (李成钢) for talks."),
    ]);
    for (id, query, marked) in [
        ("ko", "무역협정", "무역\t협정"),
        ("ko", "정이타결됐", "정이 「타결」됐"),
        ("ko", "限韓令은", "限韓令은"),
        ("ko", "울ソウル首", "울ソウル首"),
        ("ko", "한중", "한·중"),
        ("zh", "三尺非一", "三尺，非一"),
        ("zh", "寒自由贸易协定与", "寒。 自由、貿易「協定」與"),
        ("zh", "何时解", "何時解"),
        ("ja", "カナひら", "カナ・ひら"),
        ("en", "여한구", "여한구"),
        ("en", "李成鋼", "李成钢"),
        ("en", "土", "土"),
    ] {
        let stored = corpus.passages.iter().find(|stored| stored.passage.id == id).unwrap();
        let place = if stored.text.contains(marked) { Place::Text } else { Place::Title };
        let start = place.of(stored).find(marked).unwrap();
        check(&corpus, &quoted(query), stored, place, ByteRange::new(start, start + marked.len())).unwrap();
    }
    // What a text does not hold in this order is not found.
    for absent in ["협정무역", "令限", "汽車", "담한국", "ソ首", "타결限"] {
        assert!(corpus.hits(&quoted(absent)).is_empty(), "{absent}");
    }
}
