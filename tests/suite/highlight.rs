//! What is marked, and what is not; and the part of a passage that is shown around its marks.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config as Cases, RngSeed, TestRunner};
use tradewire::document::ByteRange;
use tradewire::highlight::{Fragment, choose_fragment};
use tradewire::search::SearchOptions;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::workspace::Workspace;

/// An index of one article.
fn article(title: &str, body: &str) -> Workspace {
    let workspace = Workspace::new();
    let file = workspace.write_articles("one.jsonl", &[("one", title, body)]);
    workspace.index(&[file]);
    workspace
}

/// The marked stretches in the title and in the text of its one passage; none if it is not found.
fn marked(article: &Workspace, query: &str) -> (Vec<String>, Vec<String>) {
    let results = article.search(query, &SearchOptions::default());
    let Some(hit) = results.hits.first() else {
        return (Vec::new(), Vec::new());
    };
    let slices = |text: &str, ranges: &[ByteRange]| ranges.iter().map(|range| range.slice(text).to_owned()).collect();
    (slices(&hit.passage.title, &hit.title_highlights), slices(&hit.text, &hit.highlights))
}

fn check(body: &str, cases: &[(&str, &[&str])]) {
    let article = article("", body);
    for (query, expected) in cases {
        assert_eq!(marked(&article, query).1, *expected, "{query}");
    }
}

const ENGLISH: &str =
    "The Korea-China free trade agreement freed trade. China's U.S. tariffs were not free, said the trader.";

#[test]
fn english_words_and_phrases() {
    check(
        ENGLISH,
        &[
            ("agreements", &["agreement"]),
            ("China", &["China", "China"]),
            ("US tariff", &["U.S", "tariffs"]),
            ("\"free trade\"", &["free trade"]),
            ("\"free trade\" tariff", &["free trade", "tariffs"]),
            ("\"korea china\"", &["Korea-China"]),
            ("the agreement", &["agreement"]),
            ("\"the trader\"", &["the trader"]),
            ("\"tariffs U.S.\"", &[]),
            ("\"agreement. Freed\"", &["agreement freed"]),
            ("ＴＲＡＤＥＲ", &["trader"]),
        ],
    );
}

const GERMAN: &str = "Die südkoreanischen Zölle auf Stahl: Handelsminister Kim fordert größere Maßnahmen, die Suedkorea nützen. Der Zoll steigt.";

#[test]
fn german_words_and_phrases() {
    check(
        GERMAN,
        &[
            ("Zoll", &["Zölle", "Zoll"]),
            ("zoelle", &["Zölle", "Zoll"]),
            ("Südkorea", &["Suedkorea"]),
            ("südkoreanischer", &["südkoreanischen"]),
            ("\"Südkoreanische Zölle auf Stahl\"", &["südkoreanischen Zölle auf Stahl"]),
            ("MASSNAHME", &["Maßnahmen"]),
            ("die Maßnahme", &["Maßnahmen"]),
            ("\"die Südkorea\"", &["die Suedkorea"]),
        ],
    );
}

const KOREAN: &str =
    "한국과 중국은 자유무역협정(FTA) 협상을 마쳤다. 무역 협정의 관세율은 올랐지만, 韓中 무역은 늘었다. 한·중 관계.";

#[test]
fn korean_words_and_phrases() {
    check(
        KOREAN,
        &[
            ("무역협정", &["무역협정", "무역 협정", "무역"]),
            ("\"무역 협정\"", &["무역협정", "무역 협정"]),
            ("관세", &["관세"]),
            ("\"관세율은 올\"", &["관세율은 올"]),
            ("오르다", &["올랐"]),
            ("한중", &["韓中", "한·중"]),
            ("\"韓中\"", &["韓中"]),
            ("FTA", &["FTA"]),
            ("\"협정 FTA 협\"", &["협정(FTA) 협"]),
            ("중국은", &["중국은"]),
            ("쌀", &[]),
        ],
    );
}

const CHINESE: &str =
    "中韩自由贸易协定（FTA）第二阶段谈判。兩國政府同意加快服務貿易談判，「冰凍三尺，非一日之寒」。5G网络。";

#[test]
fn chinese_words_and_phrases() {
    check(
        CHINESE,
        &[
            ("谈判", &["谈判", "談判"]),
            ("談判", &["谈判", "談判"]),
            ("\"冰冻三尺非一日之寒\"", &["冰凍三尺，非一日之寒"]),
            ("政", &["政"]),
            ("\"由贸\"", &["由贸"]),
            ("\"协定FTA第\"", &["协定（FTA）第"]),
            ("两国政府", &["兩國政府"]),
            ("5G网络", &["5G", "网络"]),
            ("汽车", &[]),
        ],
    );
}

#[test]
fn titles_are_marked_too_and_phrases_do_not_cross_into_the_text() {
    let (title, text) = marked(&article("Free trade talks", "Trade ministers met. 自由贸易"), "trade 自由");
    assert_eq!((title, text), (vec!["trade".to_owned()], vec!["Trade".to_owned(), "自由".to_owned()]));
    let none = (Vec::<String>::new(), Vec::<String>::new());
    assert_eq!(marked(&article("Free trade talks", "Trade ministers met."), "\"talks trade\""), none);
    assert_eq!(marked(&article("자유무역", "협정을 맺었다."), "\"무역협정\""), none);
    assert_eq!(marked(&article("自由贸", "易协定"), "\"贸易\""), none);
}

#[test]
fn overlapping_matches_are_one_and_neighbours_stay_apart() {
    check("贸易贸易贸", &[("\"贸易贸\"", &["贸易贸易贸"]), ("\"贸易\"", &["贸易", "贸易"])]);
    check("trade trade trade", &[("\"trade trade\"", &["trade trade trade"]), ("trade", &["trade", "trade", "trade"])]);
}

#[test]
fn whole_graphemes_of_the_text_as_it_stands_are_marked() {
    check(
        "Neue Zo\u{308}lle der USA für \u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} und über韓\u{fe00}國, ﬁnance Ｆ\u{200d}ＴＡ².",
        &[
            ("Zölle", &["Zo\u{308}lle"]),
            ("\"한국\"", &["\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"]),
            ("\"韩\"", &["韓\u{fe00}"]),
            ("\"韓国\"", &["韓\u{fe00}國"]),
            ("finance", &["ﬁnance"]),
            ("fta", &["Ｆ\u{200d}ＴＡ"]),
        ],
    );
}

fn shown(text: &str, marks: &[&str], columns: usize) -> (String, bool, bool) {
    let ranges: Vec<ByteRange> = marks
        .iter()
        .map(|mark| text.find(mark).map(|start| ByteRange::new(start, start + mark.len())).unwrap())
        .collect();
    let fragment = choose_fragment(text, &ranges, columns);
    (fragment.range.slice(text).to_owned(), fragment.cut_before, fragment.cut_after)
}

#[test]
fn a_window_begins_at_a_sentence_near_its_marks_and_fits() {
    let text = "First there is a long sentence of no interest. Then steel tariffs rose. At last another sentence that is long.";
    let (window, before, after) = shown(text, &["tariffs"], 60);
    assert!(window.starts_with("Then steel tariffs rose."), "{window}");
    assert!(window.width() <= 60 && before && after, "{window}");

    let text = "第一句很长而且没有什么意思。第二句提到关税上升。第三句也很长而且没有什么意思，不必全部显示出来。";
    let (window, before, after) = shown(text, &["关税"], 60);
    assert!(window.starts_with("第二句提到关税上升"), "{window}");
    assert!(window.width() <= 60 && before && after, "{window}");
}

#[test]
fn a_window_holds_as_many_marks_as_it_can() {
    let text = format!("tariff {} steel tariff quota {} end", "word ".repeat(40), "word ".repeat(40));
    let quota = text.find("quota").unwrap();
    let marks = ["tariff", "steel", "quota"].map(|mark| {
        let start = if mark == "tariff" { 0 } else { text.find(mark).unwrap() };
        ByteRange::new(start, start + mark.len())
    });
    let fragment = choose_fragment(&text, &marks, 60);
    assert!(fragment.range.start <= text.find("steel").unwrap() && quota < fragment.range.end, "{fragment:?}");
    let window = fragment.range.slice(&text);
    assert!(window.contains("steel tariff quota"), "{window}");
}

#[test]
fn a_mark_that_is_wider_than_the_window_is_shown_from_its_start() {
    let text = format!("{} 冰冻三尺非一日之寒 {}", "字".repeat(60), "字".repeat(60));
    let start = text.find('冰').unwrap();
    let mark = ByteRange::new(start, start + "冰冻三尺非一日之寒".len());
    let window = choose_fragment(&text, &[mark], 10).range.slice(&text).to_owned();
    assert!(window.contains("冰冻"), "{window}");
    let text = format!("{}Freihandelsabkommensverhandlungsrunde {}", "nichts ".repeat(30), "nichts ".repeat(30));
    let (window, ..) = shown(&text, &["Freihandelsabkommensverhandlungsrunde"], 20);
    assert!(window.starts_with("Freihandels") || window.contains("Freihandels"), "{window}");
}

#[test]
fn a_short_text_is_shown_whole_and_an_empty_one_not_at_all() {
    assert_eq!(shown("  Tariffs rose. ", &["rose"], 80), ("Tariffs rose.".to_owned(), false, false));
    assert_eq!(
        choose_fragment("", &[], 80),
        Fragment { range: ByteRange::new(0, 0), cut_before: false, cut_after: false }
    );
    assert!(choose_fragment(" \n ", &[], 80).range.is_empty());
}

/// Texts of words of all widths, without control characters, which the terminal format replaces.
fn texts() -> impl Strategy<Value = String> {
    let words = vec![
        "tariff",
        "a",
        "Freihandelsabkommensverhandlungsrunde",
        "무역협정",
        "올랐다.",
        "中",
        "关税上升。",
        "カタカナ",
        "👩‍🌾",
        "e\u{301}",
        "한",
        "end.",
        "\n\n",
        "…",
        "ＦＴＡ",
        "ا",
        "🇰🇷🇨🇳",
        "韓\u{fe00}",
        "ab\u{200d}",
        "가나다라마바사아자차카타파하",
    ];
    let piece = (select(words), select(vec!["", " ", " ", ", "])).prop_map(|(word, gap)| format!("{word}{gap}"));
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_window_is_whole_graphemes_within_its_columns_with_a_mark_in_it() {
    let case = (texts(), proptest::collection::vec((any::<Index>(), 1_usize..8), 0..6), 1_usize..200);
    let law = |(text, marks, columns): (String, Vec<(Index, usize)>, usize)| {
        let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let mut ranges: Vec<ByteRange> = Vec::new();
        for (at, length) in marks {
            let first = at.index(bounds.len());
            let last = (first + length).min(bounds.len() - 1);
            let slice = &text[bounds[first]..bounds[last]];
            let start = bounds[first] + slice.len() - slice.trim_start().len();
            ranges.push(ByteRange::new(start, start + slice.trim().len()));
        }
        ranges.retain(|range| !range.is_empty());
        ranges.sort();
        let mut end = 0;
        ranges.retain(|range| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        let fragment = choose_fragment(&text, &ranges, columns);
        let range = fragment.range;
        prop_assert!(bounds.contains(&range.start) && bounds.contains(&range.end), "{range:?}");
        let window = range.slice(&text);
        prop_assert!(window.width() <= columns, "{} columns of {columns}: {window:?}", window.width());
        prop_assert_eq!(window.trim(), window);
        prop_assert_eq!(fragment.cut_before, !text[..range.start].trim().is_empty());
        prop_assert_eq!(fragment.cut_after, !text[range.end..].trim().is_empty());
        // A grapheme may be wider than the window.
        if let Some(mark) = ranges.first().filter(|_| columns >= 12) {
            let overlaps = |mark: &ByteRange| mark.start < range.end && range.start < mark.end;
            prop_assert!(ranges.iter().any(overlaps), "{window:?} has no mark of {ranges:?}: {}", mark.slice(&text));
            let fits = |mark: &ByteRange| mark.slice(&text).width() * 4 <= columns;
            let inside = |mark: &ByteRange| range.start <= mark.start && mark.end <= range.end;
            prop_assert!(!ranges.iter().all(fits) || ranges.iter().any(inside), "{window:?} cuts all of {ranges:?}");
        }
        Ok(())
    };
    let cases = Cases { cases: 3000, failure_persistence: None, rng_seed: RngSeed::Fixed(3), ..Cases::default() };
    TestRunner::new(cases).run(&case, law).unwrap_or_else(|error| panic!("{error}"));
}
