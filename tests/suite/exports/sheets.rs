//! Spreadsheets and collections: their columns.

use crate::exports::cells::{
    AMERICAN, BODY, BRITISH, CHINESE, DATE, DOTS, EMPTY, GDELT_STAMP, GERMAN, HOME, ID, LANGUAGE, NUMBER, PERSON,
    SERIAL, SERIAL_TIME, SLASHES, SOURCE, STAMP, TITLE, URL, WORD, dated,
};
use crate::exports::{Export, export};

pub(super) const SHEETS: &[Export] = &[
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
];
