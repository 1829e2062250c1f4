//! Feeds: their entries, links and signs; a mistake costs no other entry, and none takes long.

use super::*;

const RSS: &str = "<rss version='2.0'><channel><title>Wire</title><language>de-DE</language>";

#[test]
fn entries_of_feeds() {
    let feed = format!(
        "<?xml version='1.0' encoding='euc-kr'?>\n{RSS}<image><title>Logo</title><url>x</url></image>\
         <item><title>Zoll &amp;amp; Quote</title><description>&lt;p&gt;Erster.&lt;/p&gt;Zweiter&nbsp;Satz.</description>\
         <link>https://a.example/1</link><guid>urn:1</guid><pubDate>Tue, 04 Mar 2025 00:10:00 +0900</pubDate><source url='x'>Blatt</source></item>\
         <item><link>https://a.example/2</link><description>Nur Text & ein Zeichen\nund eine Zeile</description></item>\
         <item><guid>urn:3</guid></item><item><title>Ohne Namen</title></item></channel></rss>"
    );
    let (documents, problems) = read_as("x.rss", feed);
    assert_eq!(reasons(&problems).len(), 2, "{problems:?}");
    assert!(
        problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::Lost && problem.reason.fault.contains("`urn:3` has neither"))
    );
    assert!(reasons(&problems).iter().any(|reason| reason.contains("neither an id nor a link")));
    let [one, two, three] = documents.as_slice() else { panic!("{documents:?}") };
    assert_eq!(
        (one.id.as_str(), one.title.as_str(), one.body.as_str()),
        ("urn:1", "Zoll & Quote", "Erster.\n\nZweiter Satz.")
    );
    assert_eq!((one.date.as_deref(), one.source.as_deref()), (Some("2025-03-04"), Some("Blatt")));
    assert_eq!((one.url.as_deref(), one.lang), (Some("https://a.example/1"), Some(Language::German)));
    assert_eq!((two.id.as_str(), two.source.as_deref()), ("https://a.example/2", Some("Wire")));
    assert_eq!(two.body, "Nur Text & ein Zeichen\nund eine Zeile");
    assert!(three.id.starts_with("entry-"), "{}", three.id);
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>A &lt;b&gt;B&lt;/b&gt;</title><entry xml:lang='ko'><id>1</id>\
                <source><id>9</id><title>원문</title><updated>2001-01-01T00:00:00Z</updated></source><title>제목</title><updated>2025-01-02T00:00:00Z</updated>\
                <link rel='enclosure' href='https://a.example/x.mp3'/><link rel='alternate' href='https://a.example/3'/>\
                <summary type='text'>5 &lt; 6</summary></entry></feed>";
    let document = document("x.atom", atom);
    assert_eq!(
        (document.title.as_str(), document.body.as_str(), document.source.as_deref()),
        ("제목", "5 < 6", Some("원문"))
    );
    assert_eq!((document.url.as_deref(), document.date.as_deref()), (Some("https://a.example/3"), Some("2025-01-02")));
    assert_eq!(document.lang, Some(Language::Korean));
    let rdf = "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><channel><title>Alt</title></channel>\
               <item rdf:about='x'><title>Eins</title><link>https://a.example/4</link><dc:date>2005-06-07</dc:date></item></rdf:RDF>";
    let document = self::document("x.xml", rdf);
    assert_eq!(
        (document.title.as_str(), document.date.as_deref(), document.source.as_deref()),
        ("Eins", Some("2005-06-07"), Some("Alt"))
    );
}

#[test]
fn links_and_signs_of_feeds() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/feed/'><title>Wire</title>\
                <link rel='hub' href='https://hub.example/'/><entry><title>How &lt;em&gt; is read</title><id>1</id>\
                <link href='../2025/1.html'/></entry><entry xml:base='old/'><title>T</title><link href='2.html'/></entry></feed>";
    let (documents, problems) = read_as("x.atom", atom);
    assert_eq!(problems, []);
    assert_eq!(
        (documents[0].title.as_str(), documents[0].url.as_deref()),
        ("How <em> is read", Some("https://a.example/2025/1.html"))
    );
    assert_eq!(documents[1].id, "https://a.example/feed/old/2.html");
    let rss = format!(
        "{RSS}<link>https://a.example/start</link><item><title>Quote unter 5 < 6 Prozent</title><link>/1</link>\
         <description>Erst 3 < 4, dann \"mehr & <b>mehr</b>.</description><pubDate>Tue, 04 Mar 2025 00:10:00 +0900</pubDate></item>\
         <item><title>Zwei</title><link>/2</link></item></channel></rss>"
    );
    let (documents, problems) = read_as("x.rss", rss);
    assert_eq!(documents.len(), 2);
    assert_eq!(
        (documents[0].title.as_str(), documents[0].body.as_str()),
        ("Quote unter 5 < 6 Prozent", "Erst 3 < 4, dann \"mehr & mehr.")
    );
    assert_eq!(
        (documents[0].url.as_deref(), documents[0].date.as_deref()),
        (Some("https://a.example/1"), Some("2025-03-04"))
    );
    assert!(problems.len() == 1 && problems[0].kind == ProblemKind::Noted, "{problems:?}");
    assert!(problems[0].reason.fault.contains("should be `&lt;`"), "{problems:?}");
}

#[test]
fn a_mistake_in_a_feed_costs_no_other_entry() {
    let item = |number: usize| format!("<item><guid>{number}</guid><title>Meldung {number}</title></item>");
    for mistake in [
        "<item><guid>x</guid><title>Kaputt <!-- -- </title></item>",
        "<item <<<>",
        "<item><title>a<![CDATA[ b</title></item>",
        "</item></channel>",
        "<item><title a=>&#xFFFFFF;</item>",
    ] {
        let feed = format!("{RSS}{}{mistake}{}{}</channel></rss>", item(1), item(2), item(3));
        let (documents, problems) = read_as("x.rss", feed);
        let titles: Vec<&str> = documents.iter().map(|document| document.title.as_str()).collect();
        for number in 1..=3 {
            assert!(titles.contains(&format!("Meldung {number}").as_str()), "{mistake}: {titles:?} {problems:?}");
        }
    }
    let (documents, problems) = read_as("x.rss", format!("{RSS}{}<item><guid>2</guid><title>Abgeschnitten", item(1)));
    assert_eq!(documents.len(), 2);
    assert!(reasons(&problems)[0].contains("cut short by the end of the feed"), "{problems:?}");
    let (documents, problems) = read_as("x.xml", "<note><to>x</to></note>");
    assert!(documents.is_empty() && reasons(&problems)[0].contains("neither RSS nor Atom"), "{problems:?}");
}

#[test]
fn no_feed_takes_long_or_grows() {
    let laughs: String =
        (1..30).map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10))).collect();
    let feed = format!(
        "<!DOCTYPE rss [<!ENTITY l0 \"ha\">{laughs}]>{RSS}<item><guid>1</guid><title>&l29; end</title></item></channel></rss>"
    );
    let (documents, _) = assert_quick("laughs", "x.rss", &feed);
    assert_eq!(documents[0].title, "&l29; end");
    let deep = format!("{RSS}<item><guid>1</guid><title>T</title><description>{}x", "<div>".repeat(200_000));
    assert_eq!(assert_quick("deep", "x.rss", &deep).0.len(), 1);
    for (what, piece) in [
        ("items", "<item>"),
        ("titles", "<item><title>x"),
        ("mistakes", "<item><![CDATA["),
        ("signs", "<<"),
        ("ends", "</item>"),
        ("references", "&x;&#1;"),
    ] {
        assert_quick(what, "x.rss", &format!("{RSS}{}", piece.repeat((1 << 20) / piece.len())));
    }
}
