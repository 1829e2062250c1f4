//! Services that watch news, and tables without a name: their columns.

use crate::exports::cells::{
    BODY, BREAKS, DATE, DAY_ABBREVIATED, EMPTY, HOME, ID, LANG, LANGUAGE, LATER, LEAD, MILLISECONDS, NUMBER, PERSON,
    REST, SOURCE, STAMP, TITLE, URL, WORD, WORDS, WRITTEN, dated,
};
use crate::exports::{Export, export};

pub(super) const SERVICES: &[Export] = &[
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
