//! Dialects of RSS and Atom: namespaces by any prefix, texts by rare elements, base64, leads, and what is never closed.

use base64::Engine as _;
use tradewire::internals::document::Document;

use crate::reading::{Found, read};

/// Four texts, one in each language.
const TEXTS: [(&str, &str); 4] = [
    ("Steel duties", "Duties on rolled steel take effect in April."),
    ("Stahlzölle", "Die Zölle auf gewalzten Stahl gelten ab April."),
    ("철강 관세", "압연 강재에 대한 관세는 4월부터 적용된다."),
    ("钢铁关税", "对轧制钢材的关税自四月起生效。"),
];

fn rss(namespaces: &str, item: &str) -> String {
    format!("<rss version=\"2.0\" {namespaces}><channel><title>Wire</title><item>{item}</item></channel></rss>")
}

fn only(feed: &str) -> Document {
    let found = read("a.xml", feed.as_bytes());
    assert_eq!(found.problems, [], "{feed}");
    assert_eq!(found.documents.len(), 1, "{feed}");
    found.documents.into_iter().next().unwrap()
}

fn base64(text: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[test]
fn a_text_is_read_whichever_element_has_it() {
    const MEDIA: &str = "xmlns:media=\"http://search.yahoo.com/mrss/\"";
    const ITUNES: &str = "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"";
    const CORE: &str = "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    for (title, text) in TEXTS {
        for (namespaces, item) in [
            (ITUNES, format!("<title>{title}</title><itunes:summary>{text}</itunes:summary>")),
            (ITUNES, format!("<itunes:title>{title}</itunes:title><itunes:subtitle>{text}</itunes:subtitle>")),
            (MEDIA, format!("<media:title>{title}</media:title><media:description>{text}</media:description>")),
            (
                MEDIA,
                format!(
                    "<media:group><media:title>{title}</media:title><media:description type=\"plain\">{text}</media:description></media:group>"
                ),
            ),
            (
                MEDIA,
                format!(
                    "<title>{title}</title><media:content url=\"x\"><media:description>{text}</media:description></media:content>"
                ),
            ),
            (CORE, format!("<dc:title>{title}</dc:title><dc:description>{text}</dc:description>")),
            // Declared with a mistake, or not at all.
            (
                "xmlns:dc=\"http://purl.example/dc\"",
                format!("<dc:title>{title}</dc:title><dc:description>{text}</dc:description>"),
            ),
            ("", format!("<title>{title}</title><content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded>")),
            ("", format!("<Title>{title}</Title><Description>{text}</Description>")),
            ("", format!("<title>{title}</title><body xmlns=\"http://www.w3.org/1999/xhtml\"><p>{text}</p></body>")),
            (
                "",
                format!(
                    "<title xmlns=\"http://purl.org/dc/elements/1.1/\">{title}</title><description>{text}</description>"
                ),
            ),
            (
                "xmlns=\"http://search.yahoo.com/mrss/\"",
                format!("<title>{title}</title><description>{text}</description>"),
            ),
        ] {
            let document = only(&rss(namespaces, &format!("<guid>a</guid>{item}")));
            assert_eq!((document.title.as_str(), document.body.as_str()), (title, text), "{item}");
        }
    }
}

#[test]
fn a_namespace_counts_whatever_its_prefix() {
    for (title, text) in TEXTS {
        for feed in [
            format!(
                "<x:feed xmlns:x=\"http://www.w3.org/2005/Atom\"><x:entry><x:id>a</x:id><x:title>{title}</x:title><x:summary>{text}</x:summary></x:entry></x:feed>"
            ),
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><y:entry xmlns:y=\"http://www.w3.org/2005/Atom\"><y:id>a</y:id><y:title>{title}</y:title><y:content>{text}</y:content></y:entry></feed>"
            ),
            format!(
                "<R:RDF xmlns:R=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:s=\"http://purl.org/rss/1.0/\"><s:item R:about=\"a\"><s:title>{title}</s:title><s:description>{text}</s:description></s:item></R:RDF>"
            ),
            format!(
                "<RDF xmlns=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><item xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><guid>a</guid><title>{title}</title><description>{text}</description></item></RDF>"
            ),
            rss(
                "xmlns:a10=\"http://www.w3.org/2005/Atom\" xmlns:q=\"http://purl.org/rss/1.0/modules/content\"",
                &format!(
                    "<a10:id>a</a10:id><title>{title}</title><q:encoded><![CDATA[<p>{text}</p>]]></q:encoded><a10:updated>2025-04-01T00:00:00Z</a10:updated>"
                ),
            ),
        ] {
            let document = only(&feed);
            assert_eq!(
                (document.id.as_str(), document.title.as_str(), document.body.as_str()),
                ("a", title, text),
                "{feed}"
            );
        }
    }
}

#[test]
fn base64_is_decoded() {
    let atom = |kind: &str, text: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>a</id><title>T</title><content {kind}>{text}</content></entry></feed>"
        )
    };
    for (_, text) in TEXTS {
        let markup = format!("<p>{text}</p>");
        let wrapped = base64(markup.as_bytes())
            .as_bytes()
            .chunks(20)
            .map(|line| String::from_utf8_lossy(line) + "\n")
            .collect::<String>();
        for feed in [
            atom("type=\"application/octet-stream\"", &base64(text.as_bytes())),
            atom("type=\"application/octet-stream\"", &wrapped),
            atom("type=\"text/html\" mode=\"base64\"", base64(markup.as_bytes()).trim_end_matches('=')),
            rss("", &format!("<guid>a</guid><title>T</title><description encoding=\"base64\">{wrapped}</description>")),
        ] {
            assert_eq!(only(&feed).body, text, "{feed}");
        }
    }
    let korean = encoding_rs::EUC_KR.encode(TEXTS[2].1).0.into_owned();
    assert_eq!(only(&atom("type=\"application/octet-stream\"", &base64(&korean))).body, TEXTS[2].1);
    let reasons = |feed: String| {
        let found = read("a.xml", feed.as_bytes());
        (found.documents[0].body.clone(), found.lines())
    };
    let whole = base64(TEXTS[0].1.as_bytes());
    let cases = [
        atom("type=\"image/png\"", &base64(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0")),
        atom("type=\"application/octet-stream\"", "Not in base64 at all: duties, in plain text."),
        atom("type=\"application/octet-stream\"", &format!("{}!{}", &whole[..40], &whole[42..])),
        atom("type=\"application/octet-stream\"", &whole[..41]),
    ];
    let said: Vec<String> = cases.into_iter().map(reasons).map(|(body, lines)| format!("{body}\n{lines}")).collect();
    insta::assert_snapshot!("base64_in_feeds", said.concat());
}

#[test]
fn the_lead_stands_in_front_of_the_text_once() {
    const CONTENT: &str = "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"";
    let leads = [
        "Seoul answers with a levy.",
        "Seoul antwortet mit einer Abgabe.",
        "서울은 부과금으로 맞선다.",
        "首尔以征费回应。",
    ];
    for ((title, text), lead) in TEXTS.into_iter().zip(leads) {
        let body = |description: &str| {
            let item = format!(
                "<guid>a</guid><title>{title}</title><description>{description}</description><content:encoded>&lt;p&gt;{text}&lt;/p&gt;&lt;p&gt;2.&lt;/p&gt;</content:encoded>"
            );
            only(&rss(CONTENT, &item)).body
        };
        let content = format!("{text}\n\n2.");
        assert_eq!(body(lead), format!("{lead}\n\n{content}"));
        let start: String = text.chars().take(9).collect();
        for known in [
            text.to_owned(),
            format!("{start} […]"),
            format!("{start}..."),
            title.to_owned(),
            "&lt;img src='x'&gt;".to_owned(),
        ] {
            assert_eq!(body(&known), content, "{known}");
        }
    }
    // Of Atom too, and where two elements have one text each.
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><title>T</title><summary>Lead.</summary><content>Text.</content></entry></feed>";
    assert_eq!(only(atom).body, "Lead.\n\nText.");
    let podcast = "<guid>a</guid><title>T</title><description>Short.</description><itunes:summary>The longer one.</itunes:summary>";
    assert_eq!(only(&rss("", podcast)).body, "Short.\n\nThe longer one.");
}

#[test]
fn what_is_never_closed_hides_nothing() {
    for (title, text) in TEXTS {
        let (first, rest) = text.split_at(text.char_indices().nth(8).unwrap().0);
        let words = |text: &str| text.split_whitespace().collect::<String>();
        for item in [
            format!(
                "<guid>a</guid><title>{title}</title><description>{first}&lt;object data=\"x.swf\"&gt;{rest}</description>"
            ),
            format!(
                "<guid>a</guid><title>{title}</title><description>{first}<object data=\"x.swf\">{rest}</description>"
            ),
            format!(
                "<guid>a</guid><title>{title}</title><description><![CDATA[<p>{first}<iframe src='x'>{rest}</p>]]></description>"
            ),
            format!("<guid>a</guid><title>{title}<description>{text}"),
            format!("<title>{title}<guid>a<description>{text}<pubDate>Tue, 04 Mar 2025 00:10:00 +0900"),
            format!("<title>{title}</title><description>{text}<guid>a</guid><category>x</category>"),
            format!("<title>{title}</title><guid>a</guid><description><![CDATA[{text}</description>"),
        ] {
            let next = "<item><guid>b</guid><title>Next</title><description><![CDATA[More.]]></description></item>";
            for feed in [format!("{}{next}", rss("", &item)), format!("<rss><channel><item>{item}{next}")] {
                let found = read("a.xml", feed.as_bytes());
                assert_eq!(found.ids(), ["a", "b"], "{feed}: {}", found.lines());
                assert_eq!(found.lost(), 0, "{feed}: {}", found.lines());
                let document = &found.documents[0];
                assert_eq!(document.title, title, "{feed}");
                assert_eq!(words(&document.body), words(text), "{feed}");
                assert_eq!(found.documents[1].body, "More.", "{feed}");
            }
        }
    }
}

#[test]
fn names_days_and_addresses_by_rare_elements() {
    let item = |item: &str| only(&rss("xmlns:dc='http://purl.org/dc/elements/1.1/'", item));
    let document = item(
        "<title>T</title><dc:identifier>n-1</dc:identifier><dc:date>2025-03-04T08:00:00+09:00</dc:date><dc:publisher>Blatt</dc:publisher><dc:creator>M. Muster</dc:creator>",
    );
    assert_eq!((document.id.as_str(), document.date.as_deref()), ("n-1", Some("2025-03-04")));
    assert_eq!(document.source.as_deref(), Some("Blatt"));
    let document = item(
        "<title>T</title><pubDate>Tue, 04 Mar 2025 00:10:00 +0900</pubDate><dc:date>2025-03-03</dc:date><guid>g</guid><dc:identifier>n</dc:identifier>",
    );
    assert_eq!((document.id.as_str(), document.date.as_deref()), ("g", Some("2025-03-04")));
    let document = item(
        "<title>T</title><link>https://feeds.example/~r/1</link><feedburner:origLink>https://a.example/1</feedburner:origLink>",
    );
    assert_eq!(document.url.as_deref(), Some("https://a.example/1"));
    let based = "<f:feed xmlns:f='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/'><f:entry xml:base='y/'><f:title>T</f:title><f:link href='1.html'/></f:entry></f:feed>";
    assert_eq!(only(based).url.as_deref(), Some("https://a.example/x/y/1.html"));
    let anonymous =
        "<rss><channel><item><guid>a</guid><title>T</title><dc:creator>M. Muster</dc:creator></item></channel></rss>";
    assert_eq!(only(anonymous).source.as_deref(), Some("M. Muster"));
}

#[test]
fn cdata_may_stand_anywhere() {
    let document = only(&rss(
        "",
        "<![CDATA[ ]]><guid><![CDATA[a]]></guid><title>Erst <![CDATA[5 < 6]]> & <![CDATA[dann]]></title><link><![CDATA[https://a.example/1]]></link>\
         <pubDate><![CDATA[Tue, 04 Mar 2025 00:10:00 +0900]]></pubDate><description>Eins <![CDATA[und <b>zwei</b>]]>, drei</description>",
    ));
    assert_eq!((document.id.as_str(), document.title.as_str()), ("a", "Erst 5 < 6 & dann"));
    assert_eq!((document.date.as_deref(), document.url.as_deref()), (Some("2025-03-04"), Some("https://a.example/1")));
    assert_eq!(document.body, "Eins und zwei, drei");
    let Found { documents, .. } =
        read("a.xml", rss("", "<title><![CDATA[T]]></title><description><![CDATA[]]></description>").as_bytes());
    assert_eq!(documents[0].title, "T");
}
