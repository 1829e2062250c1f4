//! What is marked, and what is not; and the part of a passage that is shown around its marks.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config as Cases, RngSeed, TestRunner};
use tradewire::internals::document::ByteRange;
use tradewire::internals::highlight::{Fragment, choose_fragments};
use unicode_width::UnicodeWidthStr;

use crate::checks::{check_fragments, joined};
use crate::workspace::{Workspace, as_typed};

/// An index of one article.
fn article(title: &str, body: &str) -> Workspace {
    let workspace = Workspace::new();
    let file = workspace.write_articles("one.jsonl", &[("one", title, body)]);
    workspace.index(&[file]);
    workspace
}

/// The marked stretches in the title and in the text of its one passage; none if it is not found.
fn marked(article: &Workspace, query: &str) -> (Vec<String>, Vec<String>) {
    let results = article.search(query, &as_typed());
    let Some(hit) = results.hits.first() else {
        return (Vec::new(), Vec::new());
    };
    let slices = |text: &str, ranges: &[ByteRange]| ranges.iter().map(|range| range.slice(text).to_owned()).collect();
    (slices(&hit.document.title, &hit.title_highlights), slices(&hit.text, &hit.highlights))
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
            ("5G网络", &["5G网络"]),
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

/// Every place of every mark, sorted.
fn places(text: &str, marks: &[&str]) -> Vec<ByteRange> {
    let mut places: Vec<ByteRange> = marks
        .iter()
        .flat_map(|mark| text.match_indices(mark).map(|(start, mark)| ByteRange::new(start, start + mark.len())))
        .collect();
    places.sort();
    places
}

fn shown(text: &str, marks: &[&str], columns: usize) -> String {
    let shown = joined(text, &choose_fragments(text, &places(text, marks), columns));
    assert!(shown.width() <= columns, "{} columns of {columns}: {shown}", shown.width());
    shown
}

#[test]
fn a_match_is_shown_with_the_sentences_around_it_as_far_as_they_fit() {
    let text = "First there is a long sentence of no interest. Then, on 3.5 tons, tariffs rose. At last, another sentence that is long.";
    let tariffs = |columns| shown(text, &["tariffs"], columns);
    assert_eq!(tariffs(20), "… tariffs rose. …");
    assert_eq!(tariffs(40), "… Then, on 3.5 tons, tariffs rose. …");
    // Two words of the next sentence are not worth it.
    assert_eq!(tariffs(50), "… Then, on 3.5 tons, tariffs rose. …");
    assert_eq!(tariffs(90), "First there is a long sentence of no interest. Then, on 3.5 tons, tariffs rose. …");
    assert_eq!(tariffs(text.width()), text);

    let text = "Steel tariffs rose. At the end of the long day, another sentence that is long.";
    assert_eq!(shown(text, &["tariffs"], 60), "Steel tariffs rose. At the end of the long day, …");

    let text = "第一句很长而且没有什么意思。第二句提到关税上升。第三句也很长而且没有什么意思，不必全部显示出来。";
    assert_eq!(shown(text, &["关税"], 24), "… 第二句提到关税上升。 …");
    assert_eq!(shown(text, &["关税"], 60), "第一句很长而且没有什么意思。第二句提到关税上升。 …");

    let text = "첫 문장은 길고 지루하다. 둘째 문장에는 무역협정이 나온다. 셋째 문장도 길고, 또 지루하다.";
    assert_eq!(shown(text, &["무역협정"], 40), "… 둘째 문장에는 무역협정이 나온다. …");
    assert_eq!(shown(text, &["무역협정"], 66), "첫 문장은 길고 지루하다. 둘째 문장에는 무역협정이 나온다. …");
}

#[test]
fn a_clause_that_is_too_wide_is_cut_between_words_and_a_word_between_graphemes() {
    let text = "Die Regierung in Seoul will die Zölle auf Stahl aus China noch in diesem Jahr deutlich erhöhen";
    assert_eq!(shown(text, &["Zölle"], 40), "… Seoul will die Zölle auf Stahl aus …");
    let text = "중국 정부는 한국산 반도체에 대한 관세를 내년 1월부터 단계적으로 낮추기로 했다";
    assert_eq!(shown(text, &["관세"], 40), "… 반도체에 대한 관세를 내년 1월부터 …");
    let text = format!("{}冰冻三尺{}", "字".repeat(40), "典".repeat(40));
    assert_eq!(shown(&text, &["冰冻三尺"], 20), "… 字字冰冻三尺典典 …");
    let text = "Donaudampfschifffahrtsgesellschaftskapitänsmütze e\u{301}".repeat(2);
    assert_eq!(shown(&text, &["schifffahrt"], 24), "… dampfschifffahrtsges …");
}

#[test]
fn matches_that_are_far_apart_have_a_fragment_each() {
    let filler = "There is nothing in this sentence that anybody asked for. ".repeat(6);
    let text = format!("{filler}Steel tariffs rose. {filler}A quota, too. {filler}{filler}The tariffs on steel fell.");
    let marks = ["tariffs", "quota"];
    assert_eq!(shown(&text, &marks, 110), "… Steel tariffs rose. … A quota, too. … The tariffs on steel fell.");
    assert!(shown(&text, &marks, 240).contains("asked for. Steel tariffs rose. There is"));
    // Too narrow for three.
    assert_eq!(shown(&text, &marks, 80), "… Steel tariffs rose. … A quota, too. …");
    // Never more than three.
    let text = format!("{filler}A quota. ").repeat(5);
    assert_eq!(choose_fragments(&text, &places(&text, &["quota"]), 1000).len(), 3);
}

#[test]
fn different_matches_come_before_many_and_many_before_one() {
    let filler = "There is nothing in this sentence that anybody asked for. ".repeat(3);
    let text = format!("{filler}Steel, steel. {filler}Rice. {filler}STEEL, rice. {filler}Rice, steel.");
    let marks = ["Steel", "steel", "STEEL", "Rice", "rice"];
    assert_eq!(shown(&text, &marks, 20), "… STEEL, rice. …");
    assert_eq!(shown(&text, &["Steel", "steel", "STEEL"], 20), "… Steel, steel. …");
    assert_eq!(shown(&text, &["Rice", "rice"], 20), "… Rice. …");
}

#[test]
fn fragments_with_nothing_between_them_are_one() {
    let text = format!("{}Steel fell.\n\n Rice rose. {}", "None here. ".repeat(20), "None here. ".repeat(20));
    let fragments = choose_fragments(&text, &places(&text, &["Steel", "Rice"]), 80);
    assert_eq!(fragments.len(), 1);
    assert!(fragments[0].range.slice(&text).contains("Steel fell.\n\n Rice rose."));
}

#[test]
fn a_match_that_is_wider_than_the_budget_is_shown_from_its_start() {
    let text = format!("{} 冰冻三尺非一日之寒 {}", "字".repeat(60), "字".repeat(60));
    assert_eq!(shown(&text, &["冰冻三尺非一日之寒"], 10), "… 冰冻三 …");
    let text = format!("{}Freihandelsabkommensverhandlungsrunde {}", "nichts ".repeat(30), "nichts ".repeat(30));
    assert_eq!(shown(&text, &["Freihandelsabkommensverhandlungsrunde"], 20), "… Freihandelsabkom …");
    let text = "The free trade agreement between Korea and China";
    assert_eq!(shown(text, &["free trade agreement between"], 20), "The free trade …");
}

#[test]
fn without_matches_a_text_is_shown_from_its_start() {
    let text = "The first sentence. A second, longer sentence, of clauses, without an end";
    assert_eq!(shown(text, &[], 24), "The first sentence. …");
    assert_eq!(shown(text, &[], 50), "The first sentence. A second, longer sentence, …");
    assert_eq!(shown("one two three four five six seven eight", &[], 20), "one two three four …");
    assert_eq!(shown(&"字".repeat(40), &[], 20), "字字字字字字字字字 …");
}

#[test]
fn a_short_text_is_shown_whole_and_an_empty_one_not_at_all() {
    let whole = |start, end| Fragment { range: ByteRange::new(start, end), cut_before: false, cut_after: false };
    assert_eq!(choose_fragments("  Tariffs rose. ", &[ByteRange::new(2, 9)], 13), [whole(2, 15)]);
    assert_eq!(choose_fragments("", &[], 80), [whole(0, 0)]);
    assert!(choose_fragments(" \n ", &[ByteRange::new(0, 3)], 0)[0].range.is_empty());
}

/// Text in every mix of scripts and widths, with and without spaces, sentences and clauses.
fn texts() -> impl Strategy<Value = String> {
    let words = vec![
        "tariff",
        "a",
        "U.S.",
        "Mr.",
        "3.",
        "10,000",
        "12:30",
        "Freihandelsabkommensverhandlungsrunde",
        "무역협정",
        "올랐다.",
        "「한·중」",
        "中",
        "关税上升。",
        "（FTA）",
        "“好！”",
        "カタカナ",
        "👩‍🌾",
        "e\u{301}",
        "한",
        "end.",
        "\n\n",
        "\r\n",
        "…",
        "——",
        "ＦＴＡ",
        "سلام",
        "เกาหลีจะน้ำ",
        "🇰🇷🇨🇳",
        "韓\u{fe00}",
        "1\u{fe0f}\u{20e3}",
        "ab\u{200d}",
        "\u{301}",
        "\u{1100}\u{1100}\u{1100}",
        "\u{1b}[31m",
        "\0",
        "\u{202e}",
        "\u{feff}",
        "가나다라마바사아자차카타파하",
        "https://example.org/a_b?c=1",
    ];
    let word = prop_oneof![20 => select(words).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    let gap = select(vec!["", "", " ", " ", " ", ", ", ". ", "，", "。", "\n", "\u{3000}", "-", ": "]);
    let piece = (word, gap).prop_map(|(word, gap)| format!("{word}{gap}"));
    proptest::collection::vec(piece, 0..90).prop_map(|pieces| pieces.concat())
}

/// A text with matches of one to some characters in it, and a number of columns.
fn cases() -> impl Strategy<Value = (String, Vec<ByteRange>, usize)> {
    let cuts = proptest::collection::vec((any::<Index>(), 0_usize..14), 0..9);
    (texts(), cuts, 0_usize..300).prop_map(|(text, cuts, columns)| {
        let ranges = any_ranges(&text, &cuts);
        (text, ranges, columns)
    })
}

/// Checks a law in this number of cases, the same in every run.
fn holds(cases: u32, law: impl Fn((String, Vec<ByteRange>, usize)) -> Result<(), TestCaseError>) {
    let cases = Cases { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(3), ..Cases::default() };
    TestRunner::new(cases).run(&self::cases(), law).unwrap_or_else(|error| panic!("{error}"));
}

/// Any stretches of a text's characters, sorted and disjoint, a few of them.
fn any_ranges(text: &str, cuts: &[(Index, usize)]) -> Vec<ByteRange> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut ranges: Vec<ByteRange> = cuts
        .iter()
        .map(|(at, length)| {
            let first = at.index(bounds.len());
            ByteRange::new(bounds[first], bounds[(first + length).min(bounds.len() - 1)])
        })
        .collect();
    ranges.sort();
    let mut end = 0;
    ranges.retain(|range| {
        let is_apart = range.start >= end && !range.is_empty();
        end = end.max(range.end);
        is_apart
    });
    ranges
}

#[test]
fn any_fragments_keep_their_promises() {
    holds(4000, |(text, matches, columns)| {
        check_fragments(&text, &matches, columns).map_err(|error| TestCaseError::fail(error.to_string()))
    });
}
