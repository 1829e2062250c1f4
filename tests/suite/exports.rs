//! Tables as programs and archives export them: each read whole, with articles of our own in four languages.

use csv::{QuoteStyle, WriterBuilder};
use jiff::civil::Date;
use tradewire::internals::document::Document;
use tradewire::internals::language::Language;

use crate::reading::{Found, read};
use crate::wrappings::{ARTICLES, Article};

/// A cell of the row of an article, by its number.
type Cell = fn(&Article, usize) -> String;

/// A table of some program: its columns, and which parts of an article it has.
struct Export {
    name: &'static str,
    delimiter: u8,
    /// Lines before the heading.
    before: &'static str,
    columns: &'static [(&'static str, Cell)],
    /// `i` id, `d` date, `s` source, `u` address, `t` text, `l` language; the title is in each.
    has: &'static str,
}

const fn export(name: &'static str, has: &'static str, columns: &'static [(&'static str, Cell)]) -> Export {
    Export { name, delimiter: b',', before: "", columns, has }
}

const ID: Cell = |_, number| format!("A{number}-2026x");
const TITLE: Cell = |article, _| article.title.to_owned();
const BODY: Cell = |article, _| article.paragraphs.join("\n\n");
const REST: Cell = |article, _| article.paragraphs[1..].join("\n\n");
const LEAD: Cell = |article, _| article.paragraphs[0].to_owned();
const DATE: Cell = |article, _| article.date.to_owned();
const SOURCE: Cell = |article, _| article.source.to_owned();
const URL: Cell = |article, number| article.url(number);
const LANG: Cell = |article, _| article.lang.to_owned();
const EMPTY: Cell = |_, _| String::new();
const NUMBER: Cell = |_, number| (number + 1).to_string();
const WORD: Cell = |_, number| ["Wirtschaft", "경제", "财经", "Trade"][number % 4].to_owned();
const PERSON: Cell = |_, number| ["Jane Doe", "김하나", "李明", "Max Muster"][number % 4].to_owned();
const HOME: Cell = |_, _| "https://outlet.example/".to_owned();
const LATER: Cell = |_, _| "2031-05-05 10:00:00".to_owned();
const WORDS: Cell = |_, _| "Zoll,관세,关税,tariff,Stahl,철강,钢铁,steel,Hafen,항만,港口,harbour".to_owned();
const LANGUAGE: Cell = |article, _| {
    match article.lang {
        "en" => "English",
        "de" => "German",
        "ko" => "Korean",
        _ => "Chinese - Traditional",
    }
    .to_owned()
};

/// The date of an article in a form of jiff.
fn dated(article: &Article, form: &str) -> String {
    Date::strptime("%Y-%m-%d", article.date).unwrap().at(10, 15, 0, 0).strftime(form).to_string()
}

const COMPACT: Cell = |article, _| dated(article, "%Y%m%d");
const DOTS: Cell = |article, _| dated(article, "%Y.%m.%d");
const GERMAN: Cell = |article, _| dated(article, "%d.%m.%Y");
const SLASHES: Cell = |article, _| dated(article, "%Y/%-m/%-d");
const CHINESE: Cell = |article, _| dated(article, "%Y年%-m月%-d日");
const AMERICAN: Cell = |article, _| dated(article, "%-m/%-d/%Y");
const BRITISH: Cell = |article, _| dated(article, "%d/%m/%Y %H:%M");
const WRITTEN: Cell = |article, _| dated(article, "%b %-d, %Y");
const WRITTEN_TIME: Cell = |article, _| dated(article, "%B %-d, %Y %A 10:15 AM GMT");
const DAY_FIRST: Cell = |article, _| dated(article, "%-d %B %Y");
const DAY_ABBREVIATED: Cell = |article, _| dated(article, "%d-%b-%Y");
const MINUTES: Cell = |article, _| dated(article, "%Y-%m-%d %H:%M");
const STAMP: Cell = |article, _| dated(article, "%Y-%m-%dT05:30:00.000+09:00");
const GDELT_STAMP: Cell = |article, _| dated(article, "%Y%m%dT101500Z");
const MILLISECONDS: Cell = |article, _| (seconds(article) * 1000).to_string();
const SERIAL: Cell = |article, _| (seconds(article) / 86_400 + 25_569).to_string();
const SERIAL_TIME: Cell = |article, _| format!("{}.4375", seconds(article) / 86_400 + 25_569);

fn seconds(article: &Article) -> i64 {
    let date = Date::strptime("%Y-%m-%d", article.date).unwrap();
    date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
}

const MARKUP: Cell = |article, _| {
    let paragraphs: String = article.paragraphs.iter().map(|text| format!("<p>{}</p>", escaped(text))).collect();
    format!("<tx>{paragraphs}</tx>")
};
const BREAKS: Cell =
    |article, _| article.paragraphs.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("<br/><br/>");

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

const EXPORTS: &[Export] = &[
    export(
        "mediacloud.csv",
        "ilsdut",
        &[
            ("id", ID),
            ("indexed_date", LATER),
            ("language", LANG),
            ("media_name", SOURCE),
            ("media_url", HOME),
            ("publish_date", DATE),
            ("title", TITLE),
            ("url", URL),
            ("story_text", BODY),
        ],
    ),
    export(
        "mediacloud-old.csv",
        "isdut",
        &[
            ("stories_id", ID),
            ("publish_date", MINUTES),
            ("title", TITLE),
            ("url", URL),
            ("language", LANG),
            ("ap_syndicated", WORD),
            ("themes", WORDS),
            ("media_id", NUMBER),
            ("media_name", SOURCE),
            ("media_url", HOME),
            ("text", BODY),
        ],
    ),
    Export {
        before: "Search results for steel AND (tariff OR duty)\n\nExport date: 2031-05-05\n",
        ..export(
            "nexis.csv",
            "dsut",
            &[
                ("Headline", TITLE),
                ("Publication", SOURCE),
                ("Published Date", WRITTEN_TIME),
                ("Section", WORD),
                ("Byline", PERSON),
                ("Length", NUMBER),
                ("Document URL", URL),
                ("Full Text", BODY),
            ],
        )
    },
    export(
        "lexisnexis.csv",
        "dst",
        &[
            ("TITLE", TITLE),
            ("SOURCE", SOURCE),
            ("PUBLICATION-TYPE", WORD),
            ("LOAD-DATE", DAY_FIRST),
            ("BYLINE", PERSON),
            ("BODY", BODY),
        ],
    ),
    export(
        "factiva-codes.csv",
        "isdt",
        &[
            ("SE", WORD),
            ("HD", TITLE),
            ("BY", PERSON),
            ("WC", NUMBER),
            ("PD", DAY_FIRST),
            ("SN", SOURCE),
            ("SC", WORD),
            ("LA", LANGUAGE),
            ("LP", LEAD),
            ("TD", REST),
            ("AN", ID),
        ],
    ),
    Export {
        delimiter: b';',
        before: "sep=;\r\nFactiva - Suchergebnisse;;;\r\nSuchzeitraum;01.01.2026;bis;31.01.2026\r\n\r\n",
        ..export(
            "factiva.csv",
            "isdt",
            &[
                ("Headline", TITLE),
                ("Source Name", SOURCE),
                ("Publication Date", DAY_FIRST),
                ("Language", LANGUAGE),
                ("Lead Paragraph", LEAD),
                ("Full Text", REST),
                ("Accession Number", ID),
                ("Word Count", NUMBER),
            ],
        )
    },
    export(
        "bigkinds.csv",
        "isdut",
        &[
            ("뉴스 식별자", ID),
            ("일자", COMPACT),
            ("언론사", SOURCE),
            ("기고자", PERSON),
            ("제목", TITLE),
            ("통합 분류1", WORD),
            ("통합 분류2", EMPTY),
            ("사건/사고 분류1", EMPTY),
            ("인물", PERSON),
            ("위치", WORD),
            ("키워드", WORDS),
            ("특성추출(가중치순 상위 50개)", WORDS),
            ("본문", BODY),
            ("URL", URL),
            ("분석제외 여부", EMPTY),
        ],
    ),
    Export {
        delimiter: b'\t',
        ..export(
            "swissdox.tsv",
            "isdutl",
            &[
                ("id", ID),
                ("pubtime", STAMP),
                ("medium_code", WORD),
                ("medium_name", SOURCE),
                ("rubric", WORD),
                ("regional", EMPTY),
                ("doctype", WORD),
                ("doctype_description", WORD),
                ("language", LANG),
                ("char_count", NUMBER),
                ("dateline", EMPTY),
                ("head", TITLE),
                ("subhead", EMPTY),
                ("content_id", ID),
                ("content", MARKUP),
                ("article_link", URL),
            ],
        )
    },
    export(
        "zotero.csv",
        "isdut",
        &[
            ("Key", ID),
            ("Item Type", |_, _| "newspaperArticle".to_owned()),
            ("Publication Year", |article, _| article.date[..4].to_owned()),
            ("Author", PERSON),
            ("Title", TITLE),
            ("Publication Title", SOURCE),
            ("ISBN", EMPTY),
            ("Url", URL),
            ("Abstract Note", BODY),
            ("Date", DATE),
            ("Date Added", LATER),
            ("Date Modified", LATER),
            ("Access Date", LATER),
            ("Notes", EMPTY),
        ],
    ),
    export(
        "excel-ko.csv",
        "dsut",
        &[
            ("연번", NUMBER),
            ("신문사", SOURCE),
            ("기사제목", TITLE),
            ("기사 본문", BODY),
            ("보도일", DOTS),
            ("기사 링크", URL),
        ],
    ),
    export(
        "excel-ko-serial.csv",
        "dsut",
        &[("번호", NUMBER), ("매체명", SOURCE), ("제 목", TITLE), ("내용", BODY), ("게재일", SERIAL), ("링크", URL)],
    ),
    export(
        "excel-zh.csv",
        "dsut",
        &[("序号", NUMBER), ("标题", TITLE), ("媒体", SOURCE), ("发布时间", CHINESE), ("正文", BODY), ("链接", URL)],
    ),
    export(
        "excel-zh-source.csv",
        "dst",
        &[("来源", SOURCE), ("新闻标题", TITLE), ("发布日期", SLASHES), ("正文", BODY)],
    ),
    export(
        "excel-tw.csv",
        "dsut",
        &[("標題", TITLE), ("日期", SERIAL_TIME), ("來源", SOURCE), ("內容", BODY), ("連結", URL)],
    ),
    Export {
        delimiter: b';',
        ..export(
            "excel-de.csv",
            "dsut",
            &[
                ("Nr", NUMBER),
                ("Titel", TITLE),
                ("Erscheinungsdatum", GERMAN),
                ("Zeitung", SOURCE),
                ("Fließtext", BODY),
                ("Link", URL),
                ("Ressort", WORD),
            ],
        )
    },
    export(
        "nyt.csv",
        "isdut",
        &[
            ("_id", ID),
            ("web_url", URL),
            ("headline", TITLE),
            ("pub_date", STAMP),
            ("source", SOURCE),
            ("section_name", WORD),
            ("abstract", BODY),
        ],
    ),
    export(
        "kaggle-category.csv",
        "dut",
        &[
            ("link", URL),
            ("headline", TITLE),
            ("category", WORD),
            ("short_description", BODY),
            ("authors", PERSON),
            ("date", DATE),
        ],
    ),
    export(
        "all-the-news.csv",
        "isdut",
        &[
            ("", NUMBER),
            ("id", ID),
            ("title", TITLE),
            ("publication", SOURCE),
            ("author", PERSON),
            ("date", DATE),
            ("year", |article, _| format!("{}.0", &article.date[..4])),
            ("month", |article, _| format!("{}.0", &article.date[5..7])),
            ("url", URL),
            ("content", BODY),
        ],
    ),
    export(
        "gdelt-doc.csv",
        "du",
        &[
            ("URL", URL),
            ("MobileURL", EMPTY),
            ("Date", |article, _| dated(article, "%Y-%m-%d %H:%M:%S")),
            ("Title", TITLE),
        ],
    ),
    export(
        "gdelt-articles.csv",
        "dsu",
        &[
            ("url", URL),
            ("url_mobile", EMPTY),
            ("title", TITLE),
            ("seendate", GDELT_STAMP),
            ("socialimage", HOME),
            ("domain", SOURCE),
            ("language", LANGUAGE),
            ("sourcecountry", WORD),
        ],
    ),
    export(
        "google-sheets.csv",
        "dsut",
        &[("Title", TITLE), ("Outlet", SOURCE), ("Date", AMERICAN), ("Link", URL), ("Text", BODY)],
    ),
    export(
        "google-sheets-uk.csv",
        "dsut",
        &[("Headline", TITLE), ("Newspaper", SOURCE), ("Date", BRITISH), ("URL", URL), ("Article text", BODY)],
    ),
    export(
        "webhose.csv",
        "isdutl",
        &[
            ("uuid", ID),
            ("url", URL),
            ("site_full", HOME),
            ("site", SOURCE),
            ("site_section", HOME),
            ("section_title", WORD),
            ("title", TITLE),
            ("published", STAMP),
            ("crawled", LATER),
            ("author", PERSON),
            ("language", LANG),
            ("text", BODY),
        ],
    ),
    Export {
        before: "\"Report:\",\"Trade\"\n\"Brand:\",\"Trade\"\n\"From:\",\"Wed Jan 01 00:00:00 UTC 2025\"\n\"To:\",\"Thu Jan 01 00:00:00 UTC 2026\"\n\n",
        ..export(
            "brandwatch.csv",
            "isdut",
            &[
                ("Query Id", NUMBER),
                ("Query Name", WORD),
                ("Date", |article, _| dated(article, "%Y-%m-%d %H:%M:%S.0")),
                ("Title", TITLE),
                ("Snippet", EMPTY),
                ("Url", URL),
                ("Domain", SOURCE),
                ("Sentiment", WORD),
                ("Language", LANG),
                ("Author", PERSON),
                ("Full Text", BODY),
                ("Resource Id", ID),
            ],
        )
    },
    Export {
        delimiter: b'\t',
        ..export(
            "meltwater.csv",
            "isdut",
            &[
                ("Date", |article, _| dated(article, "%d-%b-%Y %I:%M%p")),
                ("Headline", TITLE),
                ("URL", URL),
                ("Opening Text", LEAD),
                ("Hit Sentence", REST),
                ("Source", SOURCE),
                ("Influencer", PERSON),
                ("Country", WORD),
                ("Language", LANGUAGE),
                ("Reach", NUMBER),
                ("Document ID", ID),
            ],
        )
    },
    export(
        "talkwalker.csv",
        "dsutl",
        &[
            ("url", URL),
            ("indexed", LATER),
            ("search_indexed", LATER),
            ("published", MILLISECONDS),
            ("title", TITLE),
            ("content", BODY),
            ("title_snippet", EMPTY),
            ("content_snippet", EMPTY),
            ("root_url", HOME),
            ("domain_url", HOME),
            ("host_url", HOME),
            ("source_name", SOURCE),
            ("lang", LANG),
        ],
    ),
    export(
        "dow-jones.csv",
        "isdtl",
        &[
            ("an", ID),
            ("publication_datetime", MILLISECONDS),
            ("modification_datetime", |_, _| "1935741600000".to_owned()),
            ("ingestion_datetime", |_, _| "1935741600000".to_owned()),
            ("publisher_name", SOURCE),
            ("source_code", WORD),
            ("source_name", SOURCE),
            ("region_codes", WORDS),
            ("language_code", LANG),
            ("byline", PERSON),
            ("title", TITLE),
            ("word_count", NUMBER),
            ("snippet", LEAD),
            ("body", REST),
        ],
    ),
    export(
        "cnki.csv",
        "dsut",
        &[
            ("SrcDatabase-来源库", WORD),
            ("Title-题名", TITLE),
            ("Author-作者", PERSON),
            ("Source-文献来源", SOURCE),
            ("Keyword-关键词", WORDS),
            ("Summary-摘要", BODY),
            ("PubTime-发表时间", DATE),
            ("Year-年", |article, _| article.date[..4].to_owned()),
            ("URL-网址", URL),
        ],
    ),
    export(
        "wisers.csv",
        "dst",
        &[
            ("媒體", SOURCE),
            ("日期", DATE),
            ("標題", TITLE),
            ("版頭", WORD),
            ("作者", PERSON),
            ("內容", BODY),
            ("字數", NUMBER),
        ],
    ),
    export(
        "naver.csv",
        "dut",
        &[
            ("제목(Title)", TITLE),
            ("기사 날짜(YYYY-MM-DD)", DATE),
            ("본문 / Text", BODY),
            ("기사 원문 링크 주소", EMPTY),
            ("링크", URL),
        ],
    ),
    export(
        "proquest.csv",
        "isdut",
        &[
            ("Title", TITLE),
            ("Abstract", LEAD),
            ("StoreId", ID),
            ("Authors", PERSON),
            ("pubdate", WRITTEN),
            ("pubtitle", SOURCE),
            ("DocumentURL", URL),
            ("FullText", BODY),
        ],
    ),
    Export {
        delimiter: b'|',
        ..export("pipes.txt.csv", "dt", &[("title", TITLE), ("body", BREAKS), ("date", WRITTEN)])
    },
    Export {
        delimiter: b',',
        ..export("commas.tsv", "dt", &[("titel", TITLE), ("text", BODY), ("datum", DAY_ABBREVIATED)])
    },
];

/// The table of an export.
fn table(export: &Export, quotes: QuoteStyle) -> String {
    let mut writer = WriterBuilder::new().delimiter(export.delimiter).quote_style(quotes).from_writer(Vec::new());
    writer.write_record(export.columns.iter().map(|(heading, _)| heading)).unwrap();
    for (number, article) in ARTICLES.iter().enumerate() {
        writer.write_record(export.columns.iter().map(|(_, cell)| cell(article, number))).unwrap();
    }
    export.before.to_owned() + std::str::from_utf8(&writer.into_inner().unwrap()).unwrap()
}

fn check(export: &Export, found: &Found) {
    let context = || format!("{}: {}", export.name, found.lines());
    assert_eq!((found.documents.len(), found.lost()), (ARTICLES.len(), 0), "{}", context());
    for (number, (article, document)) in ARTICLES.iter().zip(&found.documents).enumerate() {
        let has = |part: char| export.has.contains(part);
        let Document { id, title, body, lang, date, source, url, .. } = document;
        let given = |part: char, text: String| has(part).then_some(text);
        assert_eq!(title, article.title, "{}", context());
        let expected = given('t', article.paragraphs.join("\n\n")).unwrap_or_default();
        assert_eq!(*body, expected, "{}", context());
        assert_eq!(*date, given('d', article.date.to_owned()), "{}", context());
        assert_eq!(*source, given('s', article.source.to_owned()), "{}", context());
        assert_eq!(*url, given('u', article.url(number)), "{}", context());
        let address = url.clone().unwrap_or_else(|| format!("{}#{}", export.name, number + 1));
        assert_eq!(*id, given('i', ID(article, number)).unwrap_or(address), "{}", context());
        assert!(!has('l') || *lang == Language::from_tag(article.lang), "{}", context());
    }
}

#[test]
fn exports_are_read_whole() {
    for export in EXPORTS {
        check(export, &read(export.name, table(export, QuoteStyle::Necessary).as_bytes()));
    }
}

#[test]
fn a_mark_at_the_start_quotes_and_ends_of_lines_change_nothing() {
    for export in EXPORTS {
        let quoted = table(export, QuoteStyle::Always);
        check(export, &read(export.name, format!("\u{FEFF}{quoted}").as_bytes()));
        let utf16: Vec<u8> =
            "\u{FEFF}".encode_utf16().chain(quoted.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(export, &read(export.name, &utf16));
    }
}

#[test]
fn names_of_columns_may_be_written_in_any_way() {
    for export in EXPORTS {
        let table = table(export, QuoteStyle::Necessary);
        let (heading, rows) = table[export.before.len()..].split_once('\n').unwrap();
        let spaced = heading.replace('_', " ");
        for heading in [heading.to_uppercase(), heading.to_lowercase(), spaced, heading.replace(' ', "_")] {
            check(export, &read(export.name, format!("{}{heading}\n{rows}", export.before).as_bytes()));
        }
    }
}

#[test]
fn what_is_said_of_exports() {
    let lines = EXPORTS.iter().map(|export| read(export.name, table(export, QuoteStyle::Necessary).as_bytes()).lines());
    insta::assert_snapshot!("problems_of_exports", lines.collect::<String>());
}
