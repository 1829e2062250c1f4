//! E-mail and saved pages, news of agencies, sitemaps, and text collections: what is read of them, and what is wrong in them.

use tradewire::internals::document::Document;
use tradewire::internals::language::Language;

use crate::reading::{Found, read};

fn only(name: &str, text: &str) -> Document {
    let found = read(name, text.as_bytes());
    assert_eq!(found.problems, [], "{text}");
    assert_eq!(found.documents.len(), 1, "{text}");
    found.documents.into_iter().next().unwrap()
}

fn bodies(found: &Found) -> Vec<&str> {
    found.documents.iter().map(|document| document.body.as_str()).collect()
}

#[test]
fn parts_of_an_email() {
    let mail = "From: Handelsblatt <news@a.example>\r\nSubject: =?iso-8859-1?Q?Z=F6lle?= im Blick\r\nDate: Tue, 4 Mar 2025 23:30:00 -0800\r\n\
                Message-ID: <1@a.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n";
    let plain = "--X\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nDie Zölle \r\ngelten ab April.\r\n\r\nSeoul antwortet.\r\n";
    let document = only("a.eml", &format!("{mail}{plain}--X--\r\n"));
    assert_eq!((document.id.as_str(), document.title.as_str()), ("1@a.example", "Zölle im Blick"));
    assert_eq!((document.date.as_deref(), document.source.as_deref()), (Some("2025-03-04"), Some("Handelsblatt")));
    assert_eq!(document.body, "Die Zölle gelten ab April.\n\nSeoul antwortet.");
    // Attachments that may hold text are named; a picture is none. A message that is attached is one of its own.
    let attached = "--X\r\nContent-Type: application/pdf; name=\"report.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n\
                    --X\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n\
                    --X\r\nContent-Type: message/rfc822\r\n\r\nSubject: 관세\r\nMessage-ID: <2@a.example>\r\n\r\n관세는 4월부터 적용된다.\r\n";
    let found = read("a.eml", format!("{mail}{plain}{attached}--X--\r\n").as_bytes());
    assert_eq!(found.ids(), ["1@a.example", "2@a.example"], "{}", found.lines());
    assert_eq!(
        (found.documents[1].title.as_str(), found.documents[1].body.as_str()),
        ("관세", "관세는 4월부터 적용된다.")
    );
    assert_eq!(found.lost(), 0);
    assert!(found.lines().contains("an attachment is not read: `report.pdf`"), "{}", found.lines());
}

#[test]
fn an_email_in_the_encoding_of_its_country() {
    let mail = "Subject: 钢铁关税\nFrom: 海岸通讯 <a@b.example>\nContent-Type: text/plain; charset=gb2312\n\n对轧制钢材的关税自四月起生效。\n";
    let document = read("a.eml", &encoding_rs::GB18030.encode(mail).0).documents.remove(0);
    assert_eq!((document.title.as_str(), document.source.as_deref()), ("钢铁关税", Some("海岸通讯")));
    assert_eq!(document.body, "对轧制钢材的关税自四月起生效。");
    // What a part states of its encoding is not believed against its bytes.
    let wrong = only("a.eml", "Subject: T\nContent-Type: text/plain; charset=euc-kr\n\nDie Zölle gelten.\n");
    assert_eq!(wrong.body, "Die Zölle gelten.");
}

#[test]
fn a_mailbox_has_a_document_a_message() {
    let mailbox = "From a@b Tue Mar  4 00:10:00 2025\nSubject: Eins\n\nText\n>From here on\n\nFrom the port.\n\n\
                   From c@d Tue Mar  4 00:10:00 2025\nSubject: Zwei\nMessage-ID: <2@d>\n\nMehr\n\nFrom e@f\n\n";
    let found = read("a.mbox", mailbox.as_bytes());
    assert_eq!(found.ids(), ["a.mbox#1", "2@d"], "{}", found.lines());
    insta::assert_snapshot!("mailboxes", format!("{:?}\n{}", bodies(&found), found.lines()));
}

#[test]
fn what_is_wrong_in_an_email_is_said() {
    let cases = [
        "no header here\n\ntext\n",
        "Subject: leer\n\n",
        "\n\n",
        "Subject: T\nContent-Type: multipart/alternative; boundary=X\n\n--X\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+YWI\n",
        "Subject: T\nContent-Type: multipart/mixed; boundary=X\n\n--Y\n\ntext\n",
    ];
    let said: Vec<String> = cases
        .iter()
        .map(|case| read("a.eml", case.as_bytes()))
        .map(|found| {
            format!(
                "{:?}\n{}",
                found.documents.iter().map(|one| (&one.title, &one.body)).collect::<Vec<_>>(),
                found.lines()
            )
        })
        .collect();
    insta::assert_snapshot!("problems_in_emails", said.concat());
}

#[test]
fn news_of_agencies() {
    let item = |guid: &str, rest: &str| format!("<newsItem guid=\"{guid}\" xml:lang=\"ko\">{rest}</newsItem>");
    let message = format!(
        "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>{}{}{}</itemSet></newsMessage>",
        item(
            "urn:1",
            "<itemMeta><provider qcode=\"nprov:YNA\"/><versionCreated>2026-01-12T00:30:00+09:00</versionCreated></itemMeta><contentMeta><headline>철강 관세</headline>\
             <headline role=\"h:sub\">부제목</headline><dateline>서울</dateline></contentMeta><contentSet><inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>철강 관세</h1><p>본문 A&amp;B.</p></body></html></inlineXML></contentSet>"
        ),
        item(
            "urn:2",
            "<contentMeta><headline>제목</headline><creditline>통신</creditline></contentMeta><contentSet><inlineData>첫째.\n\n둘째.</inlineData></contentSet>"
        ),
        item("urn:3", "<itemMeta/>"),
    );
    let found = read("a.xml", message.as_bytes());
    assert_eq!((found.ids(), found.lost()), (vec!["urn:1", "urn:2"], 1), "{}", found.lines());
    assert_eq!(bodies(&found), ["부제목\n\n서울\n\n본문 A&B.", "첫째.\n\n둘째."]);
    let [one, two] = found.documents.as_slice() else { panic!("{:?}", found.documents) };
    assert_eq!(
        (one.title.as_str(), one.date.as_deref(), one.source.as_deref()),
        ("철강 관세", Some("2026-01-12"), Some("YNA"))
    );
    assert_eq!((one.lang, two.source.as_deref()), (Some(Language::Korean), Some("통신")));
    let nitf = "<nitf><head><docdata><doc-id id-string='n1' regsrc='AP'/><date.release norm='20260112'/></docdata></head><body><body.head><hedline><hl1>Steel <em>duties</em></hl1>\
                <hl2>Second</hl2></hedline><byline>By M</byline><dateline><location>SEOUL</location>, Jan. 12</dateline><abstract><p>In short.</p></abstract></body.head>\
                <body.content><media><media-caption>A port</media-caption></media><p>Duties in <location>Korea</location>n ports.</p><hl2>More</p><p>Rest";
    let document = only("a.nitf", nitf);
    assert_eq!(
        (document.id.as_str(), document.title.as_str(), document.source.as_deref()),
        ("n1", "Steel duties", Some("AP"))
    );
    assert_eq!(document.body, "Second\n\nIn short.\n\nSEOUL, Jan. 12\n\nDuties in Korean ports.\n\nMore\n\nRest");
    let first = "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:9</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>20260112T093000</FirstCreated></NewsManagement>\
                 <NewsComponent><NewsLines><HeadLine>Zölle</HeadLine><CreditLine>dpa</CreditLine></NewsLines><ContentItem><DataContent><p>Eins.</p><p>Zwei.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>";
    let document = only("a.xml", first);
    assert_eq!(
        (document.id.as_str(), document.body.as_str(), document.date.as_deref()),
        ("urn:9", "Eins.\n\nZwei.", Some("2026-01-12"))
    );
    let wrong = [
        "<nitf><body><p>a < b</p></body></nitf>",
        "<nitf/>",
        "<newsMessage/>",
        "<nitf><![CDATA[",
        "<nitf><body><p>Text <b>x</p><p>y &z; &amp;</nitf",
    ];
    let said: Vec<String> = wrong
        .iter()
        .map(|text| read("a.nitf", text.as_bytes()))
        .map(|found| format!("{:?}\n{}", bodies(&found), found.lines()))
        .collect();
    insta::assert_snapshot!("problems_in_newsml", said.concat());
}

#[test]
fn sitemaps_of_news() {
    let address = |number: usize, news: &str| format!("<url><loc>https://a.example/{number}</loc>{news}</url>");
    let news = |title: &str, lang: &str| {
        format!(
            "<n:news><n:publication><n:name>Blatt</n:name><n:language>{lang}</n:language></n:publication><n:publication_date>2026-01-12T00:30:00+09:00</n:publication_date><n:title>{title}</n:title></n:news>"
        )
    };
    let map = format!(
        "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\">{}{}{}{}{}</urlset>",
        address(1, &news("Stahl &amp; Zölle", "de")),
        address(2, &news("관세", "ko")),
        address(3, &news("<![CDATA[关税]]>", "zh-cn")),
        address(4, ""),
        address(5, "<n:news><n:title>Steel</n:title><n:keywords>duties, quota</n:keywords></n:news>"),
    );
    let found = read("sitemap.xml", map.as_bytes());
    assert_eq!(found.lost(), 0);
    let titles: Vec<&str> = found.documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Stahl & Zölle", "관세", "关税", "Steel"]);
    assert_eq!(bodies(&found), ["", "", "", "duties, quota"]);
    let first = &found.documents[1];
    assert_eq!((first.url.as_deref(), first.date.as_deref()), (Some("https://a.example/2"), Some("2026-01-12")));
    assert_eq!((first.lang, first.source.as_deref()), (Some(Language::Korean), Some("Blatt")));
    let index = read("a.xml", b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>");
    let empty = read("a.sitemap", b"<urlset></urlset>");
    insta::assert_snapshot!("problems_in_sitemaps", found.lines() + &index.lines() + &empty.lines());
}

#[test]
fn text_collections() {
    let texts = [
        ("Steel", "Duties on AT&T steel < 5."),
        ("Stahl", "Die Zölle gelten."),
        ("강철", "관세는 4월부터."),
        ("钢铁", "关税生效。"),
    ];
    let closed: String = texts.iter().enumerate().map(|(at, (title, text))| {
        format!("<DOC>\n<DOCNO> X-{at} </DOCNO><DOCID>{at}</DOCID>\n<HEAD>{title} &amp; more</HEAD>\n<NOTE>{at} words</NOTE><DATE>19990105</DATE>\n<TEXT>\n{text}\n<P>\nMore.\n</P>\n</TEXT>\n</DOC>\n")
    }).collect();
    let open: String = texts
        .iter()
        .enumerate()
        .map(|(at, (title, text))| {
            format!("<DOC><DOCNO>X-{at}<HEADLINE>{title} &amp; more<DATE>880325<TEXT>{text}<P>More.")
        })
        .collect();
    for (collection, date) in [
        (closed.clone(), "1999-01-05"),
        (closed.to_lowercase().replace("x-", "X-"), "1999-01-05"),
        (open, "1988-03-25"),
    ] {
        for name in ["a.sgml", "a.txt", "a"] {
            let found = read(name, collection.as_bytes());
            assert_eq!(found.ids(), ["X-0", "X-1", "X-2", "X-3"], "{name}: {}", found.lines());
            for (document, (title, text)) in found.documents.iter().zip(texts) {
                assert_eq!(document.title.to_lowercase(), format!("{title} & more").to_lowercase());
                assert_eq!(document.body.to_lowercase(), format!("{text}\n\nmore.").to_lowercase());
                assert_eq!(document.date.as_deref(), Some(date));
            }
        }
    }
    let reuters = "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" NEWID=\"7\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>cocoa</D></TOPICS>\n\
                   <UNKNOWN>\n&#5;C T\n</UNKNOWN>\n<TEXT>&#2;\n<TITLE>COCOA UP</TITLE>\n<DATELINE>    SALVADOR, Feb 26 - </DATELINE><BODY>Showers continued.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n";
    let document = only("a.sgm", reuters);
    assert_eq!(
        (document.id.as_str(), document.title.as_str(), document.date.as_deref()),
        ("7", "COCOA UP", Some("1987-02-26"))
    );
    assert!(document.body.contains("Showers continued.") && document.body.contains("SALVADOR"), "{}", document.body);
    let page = "<DOC>\n<DOCNO>W-1</DOCNO>\n<DOCHDR>\nhttp://a.example/1 192.0.2.1 19970101 text/html 9\nHTTP/1.0 200 OK\n</DOCHDR>\n<html><head><title>Zölle</title></head><body><p>Text der Seite.</p></body></html>\n</DOC>\n";
    let document = only("a.sgml", page);
    assert_eq!(
        (document.title.as_str(), document.url.as_deref(), document.body.as_str()),
        ("Zölle", Some("http://a.example/1"), "Text der Seite.")
    );
    let long = "Wort ".repeat(60);
    let kept = only("a.sgml", &format!("<DOC><DOCNO>1</DOCNO><STORY>{long}</STORY></DOC>"));
    assert_eq!(kept.body, long.trim(), "what has much text is text, whatever it is called");
    let wrong = [
        "nothing",
        "<DOC><DOCNO>1</DOCNO></DOC>",
        "<DOC></DOC><DOC><DOCNO>2</DOCNO><TEXT>x",
        "<DOC",
        "</DOC><DOC><TEXT>a<b<c</TEXT>",
    ];
    let said: Vec<String> = wrong
        .iter()
        .map(|text| read("a.sgml", text.as_bytes()))
        .map(|found| format!("{:?} {:?}\n{}", found.ids(), bodies(&found), found.lines()))
        .collect();
    insta::assert_snapshot!("problems_in_collections", said.concat());
}

#[test]
fn no_file_takes_long() {
    const BYTES: usize = 1 << 19;
    let mail = "Subject: a\nContent-Type: multipart/mixed; boundary=X\n\n";
    for (name, start, piece) in [
        ("a.sgml", "", "<DOC>x"),
        ("a.sgml", "<DOC>", "<a<"),
        ("a.sgml", "<DOC>", "</TEXT><TEXT>x"),
        ("a.nitf", "<nitf>", "<p>"),
        ("a.nitf", "<nitf>", "< "),
        ("a.nitf", "<nitf>", "<!--"),
        ("a.nitf", "<nitf>", "<![CDATA["),
        ("a.nitf", "<nitf>", "<a b='"),
        ("a.sitemap", "<urlset>", "<url><title>x</title></url>"),
        ("a.eml", mail, "--X\n\n"),
        ("a.eml", mail, "--X\nContent-Type: message/rfc822\n\n"),
        ("a.eml", "Subject: ", "=?utf-8?Q?a?= "),
        ("a.mbox", "", "From a@b 1:1\n\n"),
        ("a.xml", "<rss><channel>", "<item xmlns:a='b'>"),
        ("a.xml", "<rss><channel><item>", "<![CDATA[<item>]]>"),
        ("a.xml", "<rss><channel><item><description>", "&lt;object"),
    ] {
        let begun = std::time::Instant::now();
        read(name, format!("{start}{}", piece.repeat(BYTES / piece.len())).as_bytes());
        assert!(begun.elapsed().as_secs() < 20, "{name} {start}{piece}: {:?}", begun.elapsed());
    }
}
