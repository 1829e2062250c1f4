//! Law 2. Normal form, width, case, Traditional or Simplified, umlauts and ß, and the spacing of Korean compounds
//! change nothing about what is found, neither in the query nor in the text; and highlights point into the text as it
//! stands.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use tradewire::internals::analysis::Segmented;
use tradewire::internals::config::Config;
use tradewire::internals::ingest::detect_language;
use tradewire::internals::language::Language;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::text::{cjk_stretches, cut, full_width, mixed_text, quoted, unquoted, words};
use super::{Corpus, Stored, Verdict, holds};

/// Simplified characters with their Traditional forms: the same report stands in the seeds in both scripts, and these
/// are where the two differ.
const SCRIPTS: &str = "与與业業东東两兩个個为為买買于於亿億会會体體关關内內净淨准準划劃则則别別办辦务務动動华華协協单單占佔\
    厂廠双雙发髮后後吨噸响響国國场場坞塢夹夾实實对對币幣应應开開当當总總悬懸拥擁挂掛据據时時暂暫条條标標样樣气氣济濟牵牽\
    组組织織经經计計订訂设設请請调調购購贸貿费費资資载載输輸运運这這递遞采採钢鋼链鏈间間阶階韩韓项項领領风風";

fn script_table() -> BTreeMap<char, char> {
    let characters: Vec<char> = SCRIPTS.chars().filter(|character| !character.is_whitespace()).collect();
    characters.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

fn traditional(text: &str) -> String {
    let table = script_table();
    text.chars().map(|character| *table.get(&character).unwrap_or(&character)).collect()
}

fn simplified(text: &str) -> String {
    let table: BTreeMap<char, char> = script_table().into_iter().map(|(left, right)| (right, left)).collect();
    text.chars().map(|character| *table.get(&character).unwrap_or(&character)).collect()
}

/// The same text, written in other ways.
fn spellings(text: &str) -> Vec<(&'static str, String)> {
    vec![
        ("NFD", text.nfd().collect()),
        ("NFC", text.nfc().collect()),
        ("full width", full_width(text)),
        ("upper case", text.to_uppercase()),
        ("lower case", text.to_lowercase()),
        ("Traditional", traditional(text)),
        ("Simplified", simplified(text)),
    ]
}

/// ä as ae, and so on, ß as ss.
fn spelled_out(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'Ä' => out.push_str("Ae"),
            'Ö' => out.push_str("Oe"),
            'Ü' => out.push_str("Ue"),
            'ß' => out.push_str("ss"),
            _ => out.push(character),
        }
    }
    out
}

/// Both queries find the same passages and mark the same stretches.
fn check_same(corpus: &Corpus, query: &str, other: &str, how: &str) -> Verdict {
    let (Some(left), Some(right)) = (corpus.compile(query), corpus.compile(other)) else {
        return Err(TestCaseError::fail(format!("nothing to look up in {query} or {other}")));
    };
    let (hits, others) = (corpus.hits_of(&left), corpus.hits_of(&right));
    prop_assert_eq!(&hits, &others, "{} and {} ({})", query, other, how);
    for stored in corpus.passages.iter().filter(|stored| hits.contains(&stored.key)).take(5) {
        let (marks, other_marks) = (corpus.marks(&left, stored), corpus.marks(&right, stored));
        prop_assert_eq!(&marks, &other_marks, "{} and {} ({}) in {}", query, other, how, stored.name());
    }
    Ok(())
}

fn pieces_of(stored: &Stored) -> Vec<Vec<tradewire::internals::document::ByteRange>> {
    let mut pieces = cjk_stretches(&stored.text);
    let words = words(&stored.text);
    if !words.is_empty() {
        pieces.push(words);
    }
    pieces
}

/// Queries cut from the passages of a language, quoted and as bags, in every spelling.
pub(super) fn check_queries_of(corpus: &Corpus, language: Language, cases: u32) {
    let passages = corpus.passages_in(language, |stored| !pieces_of(stored).is_empty());
    if passages.is_empty() {
        return;
    }
    let case = (any::<Index>(), any::<Index>(), any::<Index>(), 1_usize..7);
    let law = |(passage, piece, at, length): (Index, Index, Index, usize)| {
        let stored = *passage.get(&passages);
        let pieces = pieces_of(stored);
        let slice = cut(&pieces[piece.index(pieces.len())], at, length).slice(&stored.text);
        let bag = unquoted(slice);
        if Segmented::new(&bag).units().is_empty() {
            return Ok(());
        }
        for (how, other) in spellings(&bag) {
            check_same(corpus, &quoted(&bag), &quoted(&other), how)?;
            check_same(corpus, &bag, &other, how)?;
        }
        if language == Language::German {
            check_same(corpus, &quoted(&bag), &quoted(&spelled_out(&bag)), "spelled out")?;
            check_same(corpus, &bag, &spelled_out(&bag), "spelled out")?;
        }
        Ok(())
    };
    holds(cases, &case, law);
}

#[test]
fn the_spelling_of_a_query_changes_nothing() {
    let corpus = Corpus::of_seeds();
    for language in [Language::English, Language::German, Language::Korean, Language::Chinese] {
        check_queries_of(&corpus, language, 60);
    }
}

#[test]
fn the_spelling_of_a_query_in_another_language_changes_nothing() {
    check_queries_of(&Corpus::of_other_languages(), Language::Undetermined, 120);
}

/// Sentences of the seeds, each as articles in every spelling: a query finds all spellings of a sentence or none.
#[test]
fn the_spelling_of_a_text_changes_nothing() {
    let seeds = Corpus::of_seeds();
    let mut articles = Vec::new();
    let mut sentences = Vec::new();
    for stored in seeds.passages.iter().filter(|stored| stored.passage.lang != Language::Undetermined).step_by(4) {
        let Some(sentence) = stored.text.unicode_sentences().find(|sentence| sentence.len() > 60) else {
            continue;
        };
        let base = sentences.len();
        sentences.push((stored.passage.lang, sentence.to_owned()));
        articles.push((format!("{base}-as it is"), String::new(), sentence.to_owned()));
        for (how, other) in spellings(sentence) {
            articles.push((format!("{base}-{how}"), String::new(), other));
        }
        if stored.passage.lang == Language::German {
            articles.push((format!("{base}-spelled out"), String::new(), spelled_out(sentence)));
        }
    }
    assert!(sentences.len() > 40, "{} sentences", sentences.len());
    let corpus = Corpus::of_articles(&articles);
    let spellings_of = |base: usize| -> BTreeSet<String> {
        let prefix = format!("{base}-");
        articles.iter().map(|(id, ..)| id.clone()).filter(|id| id.starts_with(&prefix)).collect()
    };
    let case = (any::<Index>(), any::<Index>(), any::<Index>(), 1_usize..6);
    let law = |(sentence, piece, at, length): (Index, Index, Index, usize)| {
        let base = sentence.index(sentences.len());
        let (_, sentence) = &sentences[base];
        let mut pieces = cjk_stretches(sentence);
        pieces.extend(Some(words(sentence)).filter(|words| !words.is_empty()));
        let query = quoted(cut(&pieces[piece.index(pieces.len())], at, length).slice(sentence));
        let hits = corpus.hits(&query);
        let found: BTreeSet<String> = corpus
            .passages
            .iter()
            .filter(|stored| hits.contains(&stored.key))
            .map(|stored| stored.passage.id.clone())
            .filter(|id| id.starts_with(&format!("{base}-")))
            .collect();
        prop_assert_eq!(found, spellings_of(base), "{} in {}", query, sentence);
        Ok(())
    };
    holds(400, &case, law);
}

/// Text from macOS is decomposed, text from old systems is in full width; neither is another language.
#[test]
fn the_spelling_of_a_text_does_not_change_its_language() {
    let config = Config::builtin().unwrap();
    let seeds = Corpus::of_seeds();
    for stored in &seeds.passages {
        let language = detect_language(&stored.text, &config.analysis);
        for (how, other) in spellings(&stored.text) {
            assert_eq!(detect_language(&other, &config.analysis), language, "{} in {how}: {other}", stored.name());
        }
    }
}

#[test]
fn decomposed_text_of_any_kind_is_in_the_same_language() {
    let config = Config::builtin().unwrap();
    let law = |text: String| {
        let (composed, decomposed): (String, String) = (text.nfc().collect(), text.nfd().collect());
        prop_assert_eq!(
            detect_language(&composed, &config.analysis),
            detect_language(&decomposed, &config.analysis),
            "{:?}",
            text
        );
        Ok(())
    };
    holds(500, &mixed_text(), law);
}

#[test]
fn umlauts_and_sharp_s_in_german_and_english_text() {
    let corpus = Corpus::of_articles(&[
        ("de-umlaut", "Zölle", "Die südkoreanische Behörde erhöht die Zölle auf Maßnahmen der Größe und die Straße."),
        (
            "de-ascii",
            "Zoelle",
            "Die suedkoreanische Behoerde erhoeht die Zoelle auf Massnahmen der Groesse und die Strasse.",
        ),
        (
            "en-umlaut",
            "Talks",
            "The minister met Gerhard Schröder and Günther Müller in Düsseldorf on Großmann Straße.",
        ),
        (
            "en-ascii",
            "Talks",
            "The minister met Gerhard Schroeder and Guenther Mueller in Duesseldorf on Grossmann Strasse.",
        ),
    ]);
    let both = |language: &str| vec![format!("{language}-ascii"), format!("{language}-umlaut")];
    for (language, words) in [
        ("de", &["südkoreanische", "Behörde", "erhöht", "Zölle", "Maßnahmen", "Größe", "Straße"][..]),
        ("en", &["Schröder", "Günther", "Müller", "Düsseldorf", "Großmann", "Straße"]),
    ] {
        for word in words {
            let decomposed: String = word.nfd().collect();
            for spelling in [(*word).to_owned(), spelled_out(word), word.to_uppercase(), decomposed, full_width(word)] {
                for query in [spelling.clone(), format!("\"{spelling}\"")] {
                    let found: Vec<String> = corpus.workspace.documents(&query);
                    let of_language: Vec<&String> = found.iter().filter(|id| id.starts_with(language)).collect();
                    assert_eq!(of_language, both(language).iter().collect::<Vec<_>>(), "{query}");
                }
            }
        }
    }
    // In English, ae, oe and ue are what they are.
    assert!(corpus.hits("\"Schruder\"").is_empty());
}

#[test]
fn english_words_with_two_vowels_are_no_umlauts() {
    let corpus =
        Corpus::of_articles(&[("en", "Culture", "The poet and the blue whale were the subject of the museum's talk.")]);
    assert_eq!(corpus.hits("poet").len(), 1);
    for other in ["pot", "blu", "\"pot\""] {
        assert!(corpus.hits(other).is_empty(), "{other}");
    }
}

#[test]
fn traditional_and_simplified_find_each_other() {
    let corpus = Corpus::of_seeds();
    for (simplified, traditional) in [
        ("韩国", "韓國"),
        ("暂停", "暫停"),
        ("港口费", "港口費"),
        ("限韩令", "限韓令"),
        ("自贸协定", "自貿協定"),
        ("货币互换", "貨幣互換"),
        ("台湾", "臺灣"),
        ("冰冻三尺", "冰凍三尺"),
        ("芯片", "芯片"),
        ("条款", "條款"),
    ] {
        assert!(!corpus.hits(simplified).is_empty(), "{simplified}");
        for (left, right) in [(simplified, traditional), (&quoted(simplified), &quoted(traditional))] {
            check_same(&corpus, left, right, "script").unwrap();
        }
    }
}

#[test]
fn korean_compounds_are_found_however_they_are_spaced() {
    let corpus = Corpus::of_articles(&[
        ("joined", "소식", "양국은 자유무역협정 후속협상을 이어 간다."),
        ("spaced", "소식", "양국은 자유 무역 협정 후속 협상을 이어 간다."),
        ("half", "소식", "양국은 자유무역 협정 후속협상을 이어 간다."),
        ("decomposed", "소식", "양국은 자유무역협정 후속협상을 이어 간다."),
        ("other", "소식", "쌀 시장은 열지 않는다."),
    ]);
    let all = ["decomposed", "half", "joined", "spaced"];
    for query in
        ["자유무역협정", "자유 무역 협정", "자유무역 협정", "무역협정", "무역 협정", "후속협상", "후속 협상", "역협"]
    {
        let decomposed: String = query.nfd().collect();
        for query in [quoted(query), query.to_owned(), quoted(&decomposed), decomposed] {
            assert_eq!(corpus.workspace.documents(&query), all, "{query}");
        }
    }
}

/// Quoted, the spacing makes no difference at all; unquoted, spaces make a bag, which finds more.
#[test]
fn spacing_of_hangul_in_the_seeds() {
    let corpus = Corpus::of_seeds();
    let is_hangul = |text: &str| text.chars().all(|character| ('가'..='힣').contains(&character));
    let mut runs: Vec<(&str, &str, &Stored)> = Vec::new();
    for stored in corpus.passages_in(Language::Korean, |_| true) {
        let words: Vec<&str> = stored.text.split(' ').collect();
        runs.extend(
            words.windows(2).filter(|pair| is_hangul(pair[0]) && is_hangul(pair[1])).map(|p| (p[0], p[1], stored)),
        );
    }
    let law = |index: Index| {
        let (first, second, stored) = *index.get(&runs);
        let (joined, spaced) = (format!("{first}{second}"), format!("{first} {second}"));
        check_same(&corpus, &quoted(&joined), &quoted(&spaced), "spacing")?;
        let exact = corpus.hits(&quoted(&joined));
        prop_assert!(exact.contains(&stored.key), "{joined}");
        prop_assert!(exact.is_subset(&corpus.hits(&joined)), "{joined}");
        prop_assert!(exact.is_subset(&corpus.hits(&spaced)), "{spaced}");
        Ok(())
    };
    holds(120, &any::<Index>(), law);
}
