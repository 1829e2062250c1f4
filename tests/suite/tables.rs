//! Tables: dialects, headings and none, columns that a user states, days whose order the column decides, broken rows.

use csv::{QuoteStyle, WriterBuilder};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{FieldMap, InputFormat, ReadOptions};

use crate::reading::{Found, read, read_as, read_within};
use crate::workspace::Workspace;
use crate::wrappings::ARTICLES;

fn with_columns(columns: &str, name: &str, table: &str) -> Found {
    read_as(ReadOptions { columns: Some(columns.parse().unwrap()), ..ReadOptions::default() }, name, table.as_bytes())
}

fn with_map(map: &str, table: &str) -> Found {
    let mut stated = FieldMap::default();
    stated.add(map).unwrap();
    read_as(ReadOptions { map: stated, ..ReadOptions::default() }, "a.csv", table.as_bytes())
}

/// Title and text of what was read.
fn texts(found: &Found) -> Vec<(&str, &str)> {
    found.documents.iter().map(|document| (document.title.as_str(), document.body.as_str())).collect()
}

/// The parts of articles that a table has, by the letters of its columns: date, outlet, title, text, address, id, section.
fn rows(columns: &str, languages: &[&str], delimiter: u8) -> String {
    let mut writer =
        WriterBuilder::new().delimiter(delimiter).quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
    for (number, article) in ARTICLES.iter().enumerate().filter(|(_, article)| languages.contains(&article.lang)) {
        let cell = |column: char| match column {
            'd' => article.date.replace('-', ""),
            'o' => article.source.to_owned(),
            't' => article.title.to_owned(),
            'x' => article.paragraphs.join("\n\n"),
            'u' => article.url(number),
            'i' => format!("KR-{number}-2026"),
            'n' => (number + 1).to_string(),
            'l' => article.lang.to_owned(),
            _ => ["Trade", "경제"][number % 2].to_owned(),
        };
        writer.write_record(columns.chars().map(cell)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn columns_without_names_are_known_by_what_is_in_them() {
    for languages in [&["en"][..], &["de"], &["ko"], &["zh"], &["en", "de", "ko", "zh"]] {
        for columns in ["dotxu", "itxdou", "ndtxo", "utdlx", "sotxd", "xtd", "tx", "dsotxu"] {
            for delimiter in [b',', b';', b'\t', b'|'] {
                let found = read("a.csv", rows(columns, languages, delimiter).as_bytes());
                let context = || format!("{columns} {languages:?} {}: {}", char::from(delimiter), found.lines());
                let articles = ARTICLES.iter().enumerate().filter(|(_, article)| languages.contains(&article.lang));
                let articles: Vec<_> = articles.collect();
                assert_eq!((found.documents.len(), found.lost()), (articles.len(), 0), "{}", context());
                for ((number, article), document) in articles.into_iter().zip(&found.documents) {
                    let has = |column: char| columns.contains(column);
                    assert_eq!(document.title, article.title, "{}", context());
                    assert_eq!(document.body, article.paragraphs.join("\n\n"), "{}", context());
                    assert_eq!(document.url, has('u').then(|| article.url(number)), "{}", context());
                    assert_eq!(document.date, has('d').then(|| article.date.to_owned()), "{}", context());
                    // Words that no outlet is known by are not said to be one.
                    if has('o') && languages.len() == 1 && languages[0] != "de" {
                        assert_eq!(document.source.as_deref(), Some(article.source), "{}", context());
                    }
                    if has('i') {
                        assert_eq!(document.id, format!("KR-{number}-2026"), "{}", context());
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_assumed_of_columns_is_said_once() {
    let lines = [
        "20260112,Economy,Example Wire,Steel,Duties on flat steel start in March.,https://x.example/a\n",
        "Zölle auf Stahl steigen,Handelsblatt\nHafen meldet mehr Umschlag,Handelsblatt\n",
        "Meldung;Tag;Fundstelle\nDer Verband begrüßte die Entscheidung der Kommission, und die Zölle fallen im März.;12.01.2026;https://x.example/a\n",
        "관세 현황\n번호,내역,등록,비고\n1,정부는 철강 관세를 다시 올린다고 밝혔다. 업계는 크게 반발하고 있다고 한다.,2026.01.12,가\n2,반도체 수출이 다시 늘었다고 정부가 밝혔다. 무역 수지도 나아졌다고 한다.,2026.01.13,나\n",
        "name,phone\nx,y\n",
    ]
    .map(|table| {
        let found = read("a.csv", table.as_bytes());
        let documents = found.documents.iter();
        let shown = documents.map(|Document { id, title, body, date, source, url, .. }| {
            format!("{id} | {title} | {body} | {date:?} | {source:?} | {url:?}\n")
        });
        found.lines() + &shown.collect::<String>() + "\n"
    });
    insta::assert_snapshot!("assumed_columns", lines.concat());
}

#[test]
fn a_user_states_the_columns() {
    let table = "20260112,Economy,Example Wire,Steel,Duties start.,https://x.example/a\n20260113,Economy,Wire,Zoll,Der Zoll.,https://x.example/b\n";
    let found = with_columns("date,-,source,title,body,url", "a.csv", table);
    assert_eq!(texts(&found), [("Steel", "Duties start."), ("Zoll", "Der Zoll.")]);
    assert_eq!((found.documents[0].source.as_deref(), found.lines().as_str()), (Some("Example Wire"), ""));
    // A heading is none of the articles, known or not.
    for heading in ["Date,Section,Source,Title,Text,Link\n", "Tag,Rubrik,Woher,Worum,Wortlaut,Wo\n", "sep=,\n"] {
        let found = with_columns("date,-,source,title,body,url", "a.csv", &format!("{heading}{table}"));
        assert_eq!(found.documents.len(), 2, "{heading}: {}", found.lines());
    }
    let short = with_columns("title,body,date", "a.csv", "Steel,Duties.\n관세,철강,2026-01-12,x\n");
    insta::assert_snapshot!("rows_beside_stated_columns", short.lines());
    let workspace = Workspace::new();
    workspace.write("a.csv", table);
    for columns in ["titel,body", "date,url", "title,title"] {
        let run = workspace.run(&["index", "a.csv", "--columns", columns]);
        assert_eq!(run.code, 2);
        insta::assert_snapshot!(format!("refused_columns_{}", columns.replace(',', "_")), run.stderr);
    }
    assert_eq!(workspace.run(&["index", "a.csv", "--columns", "-,-,-,title,body,url"]).code, 0);
    assert_eq!(workspace.documents("Duties"), ["https://x.example/a"]);
}

#[test]
fn a_map_names_columns_of_a_table() {
    let table = "Kopf,Vorspann,Wortlaut,Tag,Text\nSteel,Zuerst.,Danach.,2026-01-12,anders\n";
    let found = with_map("title=Kopf,body=Vorspann+Wortlaut,date=tag", table);
    assert_eq!(texts(&found), [("Steel", "Zuerst.\n\nDanach.")], "{}", found.lines());
    assert_eq!(found.documents[0].date.as_deref(), Some("2026-01-12"));
    let reversed = with_map("body=Wortlaut+Vorspann,title=KOPF", table);
    assert_eq!(texts(&reversed), [("Steel", "Danach.\n\nZuerst.")]);
    let missing = with_map("title=Kopf,body=Wortlauf", table);
    assert_eq!(missing.lost(), 1);
    insta::assert_snapshot!("a_map_without_its_column", missing.lines());
}

#[test]
fn a_backslash_escapes_where_the_file_does_so() {
    for quotes in [QuoteStyle::Necessary, QuoteStyle::Always] {
        let mut writer =
            WriterBuilder::new().double_quote(false).escape(b'\\').quote_style(quotes).from_writer(Vec::new());
        let rows = [
            ["title", "body"],
            ["Steel, \"flat\"", "He said: \"Duties, and more, start.\"\n\n\"Really?\", they asked."],
            ["관세", "정부는 \"관세, 철강\"이라고 했다."],
            ["钢铁", "他说：\"关税, 上调。\""],
        ];
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let found = read("a.csv", table.as_bytes());
        let expected: Vec<(&str, &str)> = rows[1..].iter().map(|row| (row[0], row[1])).collect();
        assert_eq!((texts(&found), found.lost()), (expected, 0), "{table}: {}", found.lines());
    }
    // MySQL: an escaped end of a line, no value, a backslash; blocks of any size.
    let table = "id\ttitle\tbody\turl\n7\tHafen\teins\\\nzwei \\\"drei\\\" C:\\\\neu\\tEnde\t\\N\n8\tTor\tvier\thttps://x.example/a\n";
    let found = read("a.tsv", table.as_bytes());
    assert_eq!(texts(&found), [("Hafen", "eins\nzwei \"drei\" C:\\neu\tEnde"), ("Tor", "vier")], "{}", found.lines());
    assert_eq!((found.documents[0].url.as_deref(), found.ids()), (None, vec!["7", "8"]));
    let wrong = read("a.tsv", format!("{table}9\n").as_bytes());
    assert!(wrong.lines().contains("a.tsv:5:"), "{}", wrong.lines());
    // Where marks are doubled, a backslash is a letter.
    let doubled = read("a.csv", "title,body\n\"C:\\\",\"a \"\"b\"\" c\\\"\n\"D:\\\",e\n".as_bytes());
    assert_eq!(texts(&doubled), [("C:\\", "a \"b\" c\\"), ("D:\\", "e")], "{}", doubled.lines());
}

#[test]
fn the_rows_decide_what_separates_columns() {
    for (name, table) in [
        ("a.tsv", "title,body\nSteel,Duties\n"),
        ("a.csv", "title\tbody\nSteel\tDuties\n"),
        ("a.csv", "title|body\nSteel|Duties\n"),
        ("a.tsv", "title;body\nSteel;Duties\n"),
        ("a.csv", "sep=|\ntitle|body\nSteel|Duties\n"),
        ("a.csv", "\"sep=;\"\r\ntitle;body\r\nSteel;Duties\r\n"),
        ("a.csv", "sep=^\ntitle^body\nSteel^Duties\n"),
        ("a.csv", "\u{FEFF}\"title\";\"body\"\n\"Steel\";\"Duties\"\n"),
    ] {
        let found = read(name, table.as_bytes());
        assert_eq!((texts(&found), found.lines().as_str()), (vec![("Steel", "Duties")], ""), "{table}");
    }
    // Signs within texts are no delimiters.
    let found = read("a.csv", "Titel;Text\nStahl, Zoll;Er kam, sah, ging\nHafen;ja\n".as_bytes());
    assert_eq!(texts(&found), [("Stahl, Zoll", "Er kam, sah, ging"), ("Hafen", "ja")]);
    let alone = read("a.csv", "title\nSteel; iron | coal\nHafen\n".as_bytes());
    assert_eq!(texts(&alone), [("Steel; iron | coal", ""), ("Hafen", "")]);
}

#[test]
fn lines_before_the_heading_are_none_of_the_articles() {
    let table = "Headline,Text,Date\nSteel,Duties start.,2026-01-12\n";
    for before in [
        "Search results for steel\n",
        "Search results for \"steel AND (tariff OR duty), 2026\"\n\n\nExport date: 2026-01-12\n\n",
        "Nexis Uni,,\n,,\nTitle,Search for steel,\n,,\n",
        "검색어: 철강\n기간: 2026.01.01 ~ 2026.01.31\n\n",
        "Suchbegriff,Zoll,\nDatum,12.01.2026,\n",
        "检索结果\n\n",
    ] {
        let found = read("a.csv", format!("{before}{table}").as_bytes());
        assert_eq!(texts(&found), [("Steel", "Duties start.")], "{before}: {}", found.lines());
        assert!(found.lines().contains("lines before the table are not read"), "{}", found.lines());
    }
    let twice = read("a.csv", format!("{table}{table}").as_bytes());
    assert_eq!((twice.documents.len(), twice.lines().as_str()), (2, ""));
}

#[test]
fn the_order_of_days_is_that_of_the_column() {
    let days = |dates: &[&str]| {
        let rows: String = dates.iter().map(|date| format!("Steel,Duties,\"{date}\"\n")).collect();
        let found = read("a.csv", format!("title,body,Date\n{rows}").as_bytes());
        let days: Vec<Option<String>> = found.documents.iter().map(|document| document.date.clone()).collect();
        (days, found.lines())
    };
    let all = |dates: &[&str], expected: &[&str]| {
        let expected: Vec<Option<String>> = expected.iter().map(|&day| Some(day.to_owned())).collect();
        assert_eq!(days(dates), (expected, String::new()), "{dates:?}");
    };
    all(&["1/2/2026", "1/13/2026 5:30 PM"], &["2026-01-02", "2026-01-13"]);
    all(&["01/02/2026 10:30", "13/01/2026"], &["2026-02-01", "2026-01-13"]);
    all(&["1-2-2026", "13-1-2026"], &["2026-02-01", "2026-01-13"]);
    for same in [
        "45669",
        "45669.4375",
        "2025.01.12",
        "2025. 1. 12.",
        "12.01.2025",
        "20250112",
        "2025/1/12",
        "2025年1月12日",
        "2025년 1월 12일",
        "Jan 12, 2025",
        "12 January 2025",
        "2025-01-12 10:30:00",
        "12.01.2025 10:30",
        "2025年1月12日 10:30",
        "1736640000",
        "1736640000000",
        "20250112103000",
        "January 12, 2025 Sunday",
    ] {
        all(&[same], &["2025-01-12"]);
    }
    let undecided = days(&["01/02/2026", "03/04/2026"]);
    assert_eq!(undecided.0, [None, None]);
    let contradictory = days(&["13/12/2026", "12/13/2026", "2026-01-12"]);
    assert_eq!(contradictory.0, [None, None, Some("2026-01-12".to_owned())]);
    insta::assert_snapshot!("days_in_no_order", undecided.1 + &contradictory.1);
}

#[test]
fn markup_and_marks_in_cells_are_none_of_the_text() {
    let table = "title,lead,content\n\
                 Steel &amp; iron,Zuerst.,\"<p>Duties on <b>flat steel</b> start.</p><p>Zoll</p>\"\n\
                 <b>관세</b>,관세가 오른다…,관세가 오른다고 한다. [+1234 chars]\n\
                 \"a < b\",,\"5 <6 & more\nnext\"\nHafen,NaN,null\n";
    let found = read("a.csv", table.as_bytes());
    let expected = [
        ("Steel & iron", "Zuerst.\n\nDuties on flat steel start.\n\nZoll"),
        ("관세", "관세가 오른다고 한다."),
        ("a < b", "5 <6 & more\nnext"),
        ("Hafen", ""),
    ];
    assert_eq!(texts(&found), expected, "{}", found.lines());
    assert!(found.lines().contains("noted: a.csv:3: 1 row whose text was cut short"), "{}", found.lines());
}

#[test]
fn columns_that_look_like_a_part_and_are_not_read_are_said() {
    let table = "title,text,Abrufzeitpunkt (UTC+1),Kommentar,Bild,Zahl\n\
                 Hafen,Der Text.,12.01.2026,\"Das ist sehr viel Text, den jemand dazu geschrieben hat. Und noch ein Satz.\",https://x.example/a.png,7\n";
    insta::assert_snapshot!("columns_that_are_not_read", read("a.csv", table.as_bytes()).lines());
}

#[test]
fn rows_may_have_names_or_nothing_at_their_end() {
    let named = read("a.csv", b"\"title\",\"text\"\n\"1\",\"Steel\",\"Duties\"\n\"2\",\"Zoll\",\"Hafen\"\n");
    assert_eq!((texts(&named), named.lines().as_str()), (vec![("Steel", "Duties"), ("Zoll", "Hafen")], ""));
    let trailing = read("a.csv", b"title;text\nSteel;Duties;\nZoll;Hafen;\n");
    assert_eq!((texts(&trailing), trailing.lines().as_str()), (vec![("Steel", "Duties"), ("Zoll", "Hafen")], ""));
}

#[test]
fn objects_in_cells_are_read_as_records_are() {
    let table = "headline,source,snippet,pub_date\n\
                 \"{'main': 'Steel\\'s \"\"duties\"\"', 'kicker': None, 'print_headline': ''}\",\"{'id': 'x', 'name': 'Reuters'}\",a,2026-01-12\n\
                 \"{\"\"main\"\": \"\"관세\"\", \"\"kicker\"\": null}\",\"{\"\"name\"\": \"\"한국일보\"\"}\",b,2026-01-12\n\
                 {no object},AFP,c,2026-01-12\n";
    let found = read("a.csv", table.as_bytes());
    assert_eq!(texts(&found), [("Steel's \"duties\"", "a"), ("관세", "b"), ("{no object}", "c")], "{}", found.lines());
    let sources: Vec<Option<&str>> = found.documents.iter().map(|document| document.source.as_deref()).collect();
    assert_eq!(sources, [Some("Reuters"), Some("한국일보"), Some("AFP")]);
}

#[test]
fn what_does_not_tell_rows_apart_is_no_id() {
    for ids in ["1.10011E+15", "1.10011e+15"] {
        let table = format!("뉴스 식별자,제목,본문\n{ids},가,나\n{ids},다,라\n");
        let found = read("a.csv", table.as_bytes());
        assert_eq!(found.ids(), ["a.csv#1", "a.csv#2"], "{}", found.lines());
        assert!(found.lines().contains("`뉴스 식별자` has the same value in several rows"), "{}", found.lines());
    }
    // An article that comes twice has one id.
    let twice = read("a.csv", b"id,title,body\na,b,c\na,b,c\nd,e,f\ng,h,i\n");
    assert_eq!(twice.ids(), ["a", "a", "d", "g"]);
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_128), failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    /// Any texts, written by a library in any dialect, come back, each once and in order.
    #[test]
    fn what_a_writer_writes_is_read_back(
        cells in prop::collection::vec(("[a-z가-각一-丁\"\\\\,;|\t\n' ]{0,40}", "[a-z가-각一-丁\"\\\\,;|\t\n' ]{0,60}"), 1..8),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        always in any::<bool>(),
    ) {
        let quotes = if always { QuoteStyle::Always } else { QuoteStyle::Necessary };
        let mut writer = WriterBuilder::new().delimiter(delimiter).quote_style(quotes).from_writer(Vec::new());
        writer.write_record(["id", "title", "body"]).unwrap();
        for (number, (title, body)) in cells.iter().enumerate() {
            writer.write_record([&format!("r{number}"), &format!("T{title}"), &format!("B{body}x")]).unwrap();
        }
        let found = read("a.csv", &writer.into_inner().unwrap());
        let expected: Vec<(String, String)> = cells.iter().map(|(title, body)| (format!("T{title}"), format!("B{body}x"))).collect();
        let read: Vec<(String, String)> =
            found.documents.iter().map(|document| (document.title.clone(), document.body.clone())).collect();
        prop_assert_eq!(read, expected, "{}", found.lines());
    }

    /// Whatever a table is: no panic, ids, and no row that is neither a document nor told.
    #[test]
    fn any_table_is_read_or_said(
        text in "(title|body|date|,|;|\\||\t|\"|\\\\\"|\\\\|\n|\r\n|sep=|1/2/2026|https://x.y/z|[a-c가 .]){0,120}",
        format in prop::sample::select(vec![InputFormat::Csv, InputFormat::Tsv]),
        columns in prop::option::of(prop::sample::select(vec!["title", "-,body,date", "id,title,body,lead,url"])),
    ) {
        let columns = columns.map(|columns| columns.parse().unwrap());
        let options = ReadOptions { format: Some(format), columns, ..ReadOptions::default() };
        for text in [text.as_bytes(), &text.as_bytes()[..text.len() / 2]] {
            let found = read_as(options.clone(), "x", text);
            prop_assert!(found.documents.iter().all(|document| !document.id.is_empty()));
            let small = read_within(&["document=30"], options.clone(), "x", text);
            prop_assert!(small.documents.iter().all(|document| document.body.len() <= 120));
        }
    }
}
