//! Tests of the built dictionaries (`crates/dictionaries/built/`, made by `make dictionary`): entries that a reader of the
//! language expects.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use lindera::dictionary::load_dictionary;
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;

fn built(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../dictionaries/built").join(name);
    assert!(path.try_exists().unwrap(), "{} is missing: run `make dictionary`", path.display());
    path
}

fn table(name: &str) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(built(name)).unwrap();
    let rows = text.lines().map(|line| {
        let mut fields = line.split('\t').map(str::to_owned);
        (fields.next().unwrap(), fields.collect())
    });
    rows.collect()
}

/// Renders each token as `surface/tag`, with `=reading` where the entry has one.
fn segment(text: &str) -> String {
    let dictionary = load_dictionary(built("ko-dic").to_str().unwrap()).unwrap();
    let segmenter = Segmenter::new(Mode::Normal, dictionary, None);
    let mut tokens = segmenter.segment(text.into()).unwrap();
    let rendered = tokens.iter_mut().map(|token| {
        let surface = token.surface.to_string();
        let tag = token.get("part_of_speech_tag").unwrap().to_owned();
        match token.get("reading").unwrap() {
            "*" => format!("{surface}/{tag}"),
            reading => format!("{surface}/{tag}={reading}"),
        }
    });
    rendered.collect::<Vec<_>>().join(" ")
}

#[test]
fn korean_is_segmented() {
    assert_eq!(segment("아버지가방에들어가신다"), "아버지/NNG 가/JKS 방/NNG 에/JKB 들어가/VV 신다/EP+EC");
    assert_eq!(
        segment("한국과 중국은 서비스 무역 협정을 논의했다."),
        "한국/NNP 과/JKB 중국/NNP 은/JX 서비스/NNG 무역/NNG 협정/NNG 을/JKO 논의/NNG 했/XSV+EP 다/EF ./SF"
    );
    assert_eq!(segment("韓國 貿易 協定, 金融"), "韓國/NNG=한국 貿易/NNG=무역 協定/NNG=협정 ,/SC 金融/NNG=금융");
    assert_eq!(segment("쀓쀍 FTA 3%"), "쀓쀍/UNKNOWN FTA/SL 3/SN %/SY");
}

#[test]
fn compounds_have_their_parts() {
    let dictionary = load_dictionary(built("ko-dic").to_str().unwrap()).unwrap();
    let segmenter = Segmenter::new(Mode::Normal, dictionary, None);
    let mut tokens = segmenter.segment("반도체 했다".into()).unwrap();
    let mut details = |index: usize, name: &str| tokens[index].get(name).unwrap().to_owned();
    assert_eq!(details(0, "type"), "Compound");
    assert_eq!(details(0, "expression"), "반/NNG/*+도체/NNG/*");
    assert_eq!(details(1, "type"), "Inflect");
    assert_eq!(details(1, "first_part_of_speech"), "VV");
    assert_eq!(details(1, "last_part_of_speech"), "EP");
    assert_eq!(details(1, "expression"), "하/VV/*+았/EP/*");
}

#[test]
fn hanja_have_their_readings() {
    let readings = table("hanja.tsv");
    assert!(readings.len() > 4500, "only {} characters", readings.len());
    assert_eq!(readings["韓"], ["한"]);
    assert_eq!(readings["女"], ["녀", "여"]);
    assert_eq!(readings["金"], ["금", "김"]);
}

#[test]
fn chinese_words_are_those_of_jieba() {
    let map = fst::Map::new(fs::read(built("jieba.fst")).unwrap()).unwrap();
    assert_eq!(map.len(), 347_503);
    assert_eq!(fs::read_to_string(built("jieba.total")).unwrap(), "60101964\n");
    assert_eq!(map.get("协定"), Some(2687));
    // Folded as texts are.
    assert_eq!(map.get("乾隆"), None);
    assert!(map.contains_key("干隆"));
    assert_eq!(map.get("自由贸易协定"), None);
}

#[test]
fn simplified_forms_are_final() {
    let forms = table("simplified.tsv");
    assert_eq!(forms["協"], ["协"]);
    assert!(!forms.contains_key("限"));
    for form in forms.values() {
        assert!(!forms.contains_key(&form[0]), "{} is folded further", form[0]);
    }
}
