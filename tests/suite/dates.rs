//! Days of publication: how they are written, where in a text or an address they stand, what is none, and sorting by them.

mod conventions;

use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tradewire::internals::config::Config;
use tradewire::internals::ingest::DateReader;
use tradewire::internals::search::{ResultUnit, SearchOptions, SortOrder};
use unicode_normalization::UnicodeNormalization;

use crate::workspace::{Run, Workspace};

fn reader() -> &'static DateReader {
    static READER: LazyLock<DateReader> =
        LazyLock::new(|| DateReader::new(&Config::builtin().unwrap().ingest).unwrap());
    &READER
}

const THE_DAY: Date = jiff::civil::date(2025, 12, 12);

#[test]
fn stated_dates_are_read_in_the_conventions_of_four_languages() {
    let reader = reader();
    for stated in [
        "2025-12-12",
        " 2025-12-12T08:00:00Z ",
        "2025-12-12T23:59:59.123-05:00",
        "2025-12-12T08:00+09:00[Asia/Seoul]",
        "2025-12-12 08:00",
        "2025-12-12 08:00:00 +0900",
        "20251212",
        "20251212T080000Z",
        "202512120800",
        "20251212080059",
        "2025/12/12",
        "2025/12/12 10:30",
        "2025.12.12.",
        "2025. 12. 12.",
        "2025.12.12 오전 9:00",
        "Fri, 12 Dec 2025 08:00:00 GMT",
        "Fri, 12 Dec 2025 08:00:00 +0900",
        "12 Dec 2025 08:00 EST",
        "12. Dezember 2025",
        "12.Dez.2025",
        "Freitag, 12. Dezember 2025, 10:15 Uhr",
        "Freitag, den 12. Dezember 2025",
        "Fr., 12.12.2025 um 10.15 Uhr",
        "12.12.2025",
        "12. 12. 2025",
        "December 12, 2025",
        "DECEMBER 12 2025",
        "Dec. 12, 2025",
        "December 12th, 2025 at 10:15 a.m. EST",
        "12 December 2025",
        "12th of December 2025",
        "12-Dec-2025",
        "Friday, December 12, 2025",
        "Friday 12 December 2025 10:15 PM (KST)",
        "2025년 12월 12일",
        "2025년12월12일(금) 오후 3시 20분",
        "2025년 12월 12일 금요일",
        "2025. 12. 12.(금)",
        "2025年12月12日",
        "2025年12月12日 星期五 10:15",
        "2025年12月12日（週五）上午10時15分",
        "2025年12月12號",
        "二〇二五年十二月十二日",
        "二零二五年十二月十二日 星期五",
        "２０２５年１２月１２日",
        "２０２５－１２－１２",
        "2025‐12‐12",
    ] {
        assert_eq!(reader.stated(stated), Some(THE_DAY), "{stated}");
        let decomposed: String = stated.nfd().collect();
        assert_eq!(reader.stated(&decomposed), Some(THE_DAY), "{stated}, decomposed");
    }
    assert_eq!(reader.stated("1. März 2024").unwrap().to_string(), "2024-03-01");
    assert_eq!(reader.stated("二〇二四年二月廿九日").unwrap().to_string(), "2024-02-29");
    assert_eq!(reader.stated("1999年10月三十一日").unwrap().to_string(), "1999-10-31");
}

#[test]
fn what_is_no_day_or_may_be_another_is_not_read() {
    let reader = reader();
    for stated in [
        "",
        " ",
        "2025",
        "2025-12",
        "Dezember 2025",
        "12. Dezember",
        "December 12",
        "2025년 12월",
        "12월 12일",
        "12月12日",
        "12/11/2025",
        "12-11-2025",
        "12/30/2025",
        "12.11.25",
        "12. Dezember 25",
        "2025-13-01",
        "2025-02-30",
        "30.02.2025",
        "31. September 2025",
        "二〇二五年十三月一日",
        "2025-12-12 or so",
        "about December 12, 2025",
        "December 12, 2025 and later",
        "12.–13. Dezember 2025",
        "December 12-13, 2025",
        "2025-12-12-1",
        "2025-12-123",
        "20251212123",
        "20251212996000",
        "2025-12-12T25:00",
        "Monday, December 12, 2025",
        "2025년 12월 12일 (월)",
        "2025年12月12日 星期一",
        "Fri, 13 Dec 2025 08:00:00 GMT",
        "gestern",
        "Mai",
        "一二三四",
    ] {
        assert_eq!(reader.stated(stated), None, "{stated}");
    }
    assert_eq!(reader.stated(&"2025-12-12 ".repeat(1000)), None);
}

/// Beginnings of articles that say when they were published.
const PUBLISHED: [&str; 41] = [
    "Title\nPublished 10:15 AM EST, Fri December 12, 2025\nText.",
    "Title\nFri 12 Dec 2025 10.15 GMT\nText.",
    "제목\n경제ㅣ입력 2025.12.12 (금) 10:30ㅣ수정 2025.12.13 10:30\n본문",
    "标题\n来源：新华网 | 2025-12-12 10:15:23 | 编辑：李华\n正文",
    "Title\nDec. 12, 2025\nText of the article.",
    "Title\n\n  Friday, December 12, 2025, 10:15 a.m. KST  \n\nText.",
    "Title\nPublished: Dec. 12, 2025\nText.",
    "Title\nPublished on December 12, 2025 at 10:15 | Updated December 13, 2025\nText.",
    "Title\nBy Jane Doe | Published Dec. 12, 2025\nText.",
    "Title\nTrade · Published Dec. 12, 2025 · 3 min read\nText.",
    "Title\nBy Jane Doe, December 12, 2025\nText.",
    "Title\nPublished\nDec. 12, 2025\nUpdated\nDec. 13, 2025\nText.",
    "Title\nFOR IMMEDIATE RELEASE\nDecember 12, 2025\nText.",
    "Title\nVeröffentlicht am 12. Dezember 2025\nText.",
    "Title\nVeröffentlicht: 12.12.2025, 10:15 Uhr - Aktualisiert: 13.12.2025\nText.",
    "Title\nStand: 12.12.2025\nText.",
    "Title\nVon Erika Muster\n12. Dezember 2025, 10:15 Uhr\nText.",
    "Title\n12. Dezember 2025 | Quelle: dpa\nText.",
    "제목\n입력 2025.12.12 10:30\n본문",
    "제목\n입력2025.12.12. 오후 1:20  수정2025.12.13. 오후 3:00\n본문",
    "제목\n기사입력 2025-12-12 오전 9:00 최종수정 2025-12-13 오전 9:00\n본문",
    "제목\n등록 2025.12.12\n본문",
    "제목\n송고시간2025/12/12 10:30\n본문",
    "제목\n(서울=연합뉴스) 김민수 기자 = 2025년 12월 12일\n본문",
    "제목\n김민수 기자 2025.12.12 10:30\n본문",
    "제목\n2025년 12월 12일 금요일\n본문",
    "제목\n본문이다.\n무단 전재-재배포 금지> 2025/12/12 10:30 송고",
    "标题\n发布时间：2025-12-12 10:15\n正文",
    "標題\n發佈時間：2025-12-12 10:15　來源：新華社\n正文",
    "标题\n2025年12月12日 10:15 来源：新华社\n正文",
    "标题\n来源：新华社 2025-12-12 10:15\n正文",
    "标题\n二〇二五年十二月十二日\n正文",
    "标题\n2025年12月12日10:15  作者：王小明  编辑：李华\n正文",
    "Title\nBERLIN, 12. Dezember 2025 (dpa) – Die Minister haben sich getroffen.",
    "Title\nSEOUL, Dec. 12, 2025 (Yonhap) -- The ministers met on Dec. 10, 2025.",
    "Title\nSEOUL, South Korea, Dec. 12, 2025 /PRNewswire/ -- The company said so.",
    "标题\n新华社北京2025年12月12日电（记者王小明）中韩两国部长举行会谈。",
    "Title\nText.\n\nDecember 12, 2025",
    "2025-12-12\nTitle\nText.",
    "Title\n[2025.12.12]\nText.",
    "Title\nPublished: 12 December 2025\n10. November 2025\n9. November 2025\nText.",
];

#[test]
fn a_text_says_when_it_was_published() {
    let reader = reader();
    for text in PUBLISHED {
        let (title, body) = text.split_once('\n').unwrap();
        for text in [body.to_owned(), body.nfd().collect(), body.replace('\n', "\r\n\r\n")] {
            assert_eq!(reader.in_text(title, &text), Some(THE_DAY), "{title:?} {text:?}");
        }
    }
}

#[test]
fn days_of_what_happened_are_not_taken() {
    let reader = reader();
    for text in [
        "",
        "Title\nText.",
        "Title\nThe ministers met on December 12, 2025.",
        "Title\nDecember 12, 2025, was the day on which the ministers met.",
        "Title\nDec. 12, 2025 the ministers met",
        "Title\nBerlin, 12. Dezember 2025 – an diesem Tag wurde das Abkommen geschlossen.",
        "Title\nSeoul, Dec. 12, 2025 (local time) – the ministers met.",
        "Title\nPublished on December 12, 2025, the report names tariffs.",
        "Title\nThe report, published December 12, 2025, names tariffs.",
        "Title\nBy December 12, 2025",
        "Title\nUpdated: Dec. 12, 2025",
        "Title\nUpdated\nDec. 12, 2025\nText.",
        "Title\nNext meeting:\nDecember 12, 2025\nText.",
        "Title\nJanuary 8, 2026 - January 10, 2026",
        "Title\nJanuary 8-10, 2026",
        "Title\nDate: December 12, 2025\nVenue: Seoul",
        "Title\nPublished: 12/11/2025",
        "Title\nPublished: Dec. 12",
        "Title\nQuelle: Statistisches Bundesamt, 12. Dezember 2025",
        "Titel\nAktualisiert am 12. Dezember 2025",
        "Titel\nDie Chronik\n12. Dezember 2015\nDas Abkommen wird geschlossen.\n1. Januar 2016\nEs gilt.",
        "제목\n국채 2025년 12월 12일 10:30 발행",
        "제목\n수정 2025.12.12 10:30",
        "제목\n일시: 2025년 12월 12일 14:00\n장소: 서울",
        "제목\n2025년 12월 22일, 여당이 법안을 발의하자 야당이 반발했다.",
        "제목\n(서울=연합뉴스) 김민수 기자 = 2025년 12월 12일 정부는 회담을 열었다고 밝혔다.",
        "제목\n본문\n관련 기사\n다른 기사의 제목\n2025.12.12",
        "标题\n更新时间：2025-12-12",
        "标题\n2025年12月12日，中韩两国部长举行会谈。",
        "标题\n新华社北京12月12日电 中韩两国部长举行会谈。",
        "标题\n时间：2025年12月12日\n地点：首尔",
        "Title\nPublished: Dec. 12, 2025\nText.\nPublished: Dec. 13, 2025",
    ] {
        let (title, body) = text.split_once('\n').unwrap_or((text, ""));
        assert_eq!(reader.in_text(title, body), None, "{text}");
    }
    // In the middle of a long text, a line of its own is a heading.
    let long = format!("{}12. Dezember 2025\n{0}", "Ein Absatz.\n".repeat(20));
    assert_eq!(reader.in_text("Titel", &long), None);
}

fn write_all(workspace: &Workspace) -> Vec<PathBuf> {
    let article = |id: &str, fields: &str| format!("{{\"id\":\"{id}\",\"title\":\"Harbour\",{fields}}}\n");
    let text = "\"body\":\"Published: Dec. 11, 2025\\nThe harbour.\"";
    let url = "\"url\":\"https://example.org/2025/12/10/a\"";
    let lines = [
        article("1 stated", &format!("{text},{url},\"date\":\"Friday, December 12, 2025\"")),
        article("2 unusable, text", &format!("{text},{url},\"date\":\"12/11/2025\"")),
        article("3 text", &format!("{text},{url}")),
        article("4 unusable, address", &format!("\"body\":\"The harbour.\",{url},\"date\":\"soon\"")),
        article("5 address", &format!("\"body\":\"The harbour.\",{url},\"date\":\" \"")),
        article("6 nothing", "\"body\":\"The harbour on Dec. 12, 2025.\",\"url\":\"https://example.org/12\""),
    ];
    workspace.write("news/a.jsonl", lines.concat());
    workspace.write("news/b.md", "---\ndate: 12. Dezember 2025\n---\n# Harbour\n\nText.");
    workspace.write("news/c.md", "# Harbour\n\n*Veröffentlicht am 12. Dezember 2025*\n\nText.");
    workspace.write("news/d.md", "---\nurl: https://example.org/2025-12-10/a\ndate: soon\n---\n# Harbour\n\nText.");
    workspace.write("news/e.txt", "Harbour\n2025.12.12 10:30\nText.");
    workspace.write("news/f.txt", "Harbour\nText.");
    vec![workspace.path().join("news")]
}

#[test]
fn what_is_stated_comes_before_the_text_and_the_text_before_the_address() {
    let workspace = Workspace::new();
    write_all(&workspace);
    let run = workspace.run(&["index", "news"]);
    let problems: Vec<&str> = run.stderr.lines().filter(|line| line.contains("is not a date")).collect();
    let found = workspace.run(&["search", "harbour", "-n", "20", "--by", "document", "--format", "jsonl"]);
    let hits = found.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut dates: Vec<String> =
        hits.map(|hit| format!("{} {}", hit["document"]["id"], hit["document"]["date"])).collect();
    dates.sort();
    insta::assert_snapshot!("order_of_trust", format!("{}\n\n{}", dates.join("\n"), problems.join("\n")));
    // What says when the text was published is text all the same.
    let hits = workspace.search("Veröffentlicht", &SearchOptions::default()).hits;
    assert!(hits.iter().any(|hit| hit.document.id == "c.md" && !hit.highlights.is_empty()));
}

#[test]
fn the_command_sorts_by_date_and_unknown_dates_come_last() {
    let workspace = Workspace::new();
    workspace.index(&write_all(&workspace));
    let ids = |arguments: &[&str]| {
        let run = workspace.run(&[&["search", "--format", "tsv"], arguments].concat());
        let column = |line: &str| line.split('\t').nth(3).unwrap_or_default().to_owned();
        (run.code, run.stdout.lines().skip(1).map(column).collect::<Vec<_>>())
    };
    let (code, all) = ids(&["harbour", "--sort", "date", "-n", "20", "--by", "document"]);
    let header = workspace.run(&["search", "harbour", "--format", "tsv"]).stdout;
    assert!(header.lines().next().unwrap().split('\t').nth(3) == Some("id"), "{header}");
    assert_eq!(code, 0);
    assert_eq!(all.len(), 11);
    let by_day = |ids: &[String]| {
        let mut ids: Vec<String> = ids.to_vec();
        ids.sort();
        ids
    };
    assert_eq!(by_day(&all[..4]), ["1 stated", "b.md", "c.md", "e.txt"]);
    assert_eq!(by_day(&all[4..6]), ["2 unusable, text", "3 text"]);
    assert_eq!(by_day(&all[6..9]), ["4 unusable, address", "5 address", "d.md"]);
    assert_eq!(by_day(&all[9..]), ["6 nothing", "f.txt"]);
    let pages: Vec<String> = (0..4)
        .flat_map(|page| ids(&["harbour", "--sort", "date", "-n", "3", "--offset", &(3 * page).to_string()]).1)
        .collect();
    assert_eq!(pages, ids(&["harbour", "--sort", "date", "-n", "12"]).1);
    workspace.write("topics.tsv", "one\tharbour\ntwo\tNichts\n");
    let batch = ids(&["--queries", "topics.tsv", "--sort", "date", "-n", "3"]).1;
    assert_eq!(batch, pages[..3]);
    let Run { code, stderr, .. } = workspace.run(&["search", "harbour", "--sort", "newest"]);
    assert!(code == 2 && stderr.contains("[possible values: date, score]"), "{stderr}");
    // An index without any date.
    let undated = Workspace::with_articles(&[("b", "Harbour", ""), ("a", "Harbour", "")]);
    for unit in [ResultUnit::Passage, ResultUnit::Document] {
        let options = SearchOptions { sort: SortOrder::Date, unit, count: true, ..SearchOptions::default() };
        let results = undated.search("harbour", &options);
        assert_eq!(results.hits.iter().map(|hit| hit.document.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(results.total, Some(2));
    }
}

#[test]
fn mistakes_in_the_words_are_refused_by_key() {
    let shipped = std::fs::read_to_string(crate::workspace::project().join("index-config/dates.toml")).unwrap();
    for (from, to, expected) in [
        ("version = 1", "version = 2", "has version 2, expected 1"),
        ("version = 1", "version = 1\nmoths = []", "line 3: unknown field `moths`"),
        (
            "\"december\", \"dec\"",
            "\"december\", \"may\"",
            "months in dates.toml: expected each word in one list, found `may`",
        ),
        ("months = [\n", "months = [\n    [\"x\"],\n", "months in dates.toml: expected 12 lists of words, found 13"),
        ("[\"november\", \"nov\"]", "[]", "months in dates.toml: expected one word or more"),
        ("\"afp\"", "\" \"", "agencies in dates.toml: expected words, found ` `"),
    ] {
        let workspace = Workspace::new();
        let folder = crate::config::copy_of_the_configuration(&workspace);
        assert!(shipped.contains(from), "{from}");
        std::fs::write(folder.join("dates.toml"), shipped.replacen(from, to, 1)).unwrap();
        let error = Config::from_dir(&folder).expect_err(to);
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    }
}
