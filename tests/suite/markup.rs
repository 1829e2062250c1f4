//! Pages, feeds and archives of the web: what is read of them, and what no malice may do.

use std::io::Write as _;
use std::time::{Duration, Instant};

use tradewire::internals::document::Document;
use tradewire::internals::ingest::{Advice, Problem, ProblemKind};
use tradewire::internals::language::Language;

use crate::workspace::Workspace;
use crate::wrappings::{ARTICLES, Layout, gzip, page, read, record};

fn read_as(name: &str, content: impl AsRef<[u8]>) -> (Vec<Document>, Vec<Problem>) {
    let workspace = Workspace::new();
    let file = workspace.write(name, content);
    read(&[file])
}

/// The one document of a file, and no problem.
fn document(name: &str, content: impl AsRef<[u8]>) -> Document {
    let (mut documents, problems) = read_as(name, content);
    assert_eq!(problems, []);
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn body(html: &str) -> String {
    document("page.html", html).body
}

fn reasons(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.reason.fault.as_str()).collect()
}

#[test]
fn a_paragraph_is_a_line_whatever_its_source_looks_like() {
    assert_eq!(body("<p>One\n  two\tthree<p>four"), "One two three\n\nfour");
    assert_eq!(body("<div>one<br>two<br/>\n<br>three</div>"), "one\ntwo\n\nthree");
    assert_eq!(
        body("<p>a&nbsp;b &amp; c&lt;d &#x4E2D; &copy; &unknown; &#0;</p>"),
        "a b & c<d 中 © &unknown; \u{fffd}"
    );
    assert_eq!(body("<p>so<b>me</b> <i>text</i><span>s</span></p>"), "some texts");
    assert_eq!(body("<ul><li>one<li>two <b>more</b></ul>after"), "one\n\ntwo more\n\nafter");
    assert_eq!(body("<table><tr><th>Good<th>Tonnes<tr><td>Wheat<td>210</table>"), "Good Tonnes\n\nWheat 210");
    assert_eq!(body("<h2>Head</h2>text<blockquote>quote</blockquote>"), "Head\n\ntext\n\nquote");
    assert_eq!(body("<pre>one\n two</pre>"), "one\ntwo");
    assert_eq!(body("<p>漢字<ruby>仮名<rp>(</rp><rt>かな</rt></ruby></p>"), "漢字仮名");
    assert_eq!(body("<p>text\0with nul</p>"), "textwith nul");
}

#[test]
fn a_line_break_between_ideographs_is_no_space() {
    assert_eq!(body("<p>两国代表\n    恢复磋商，\r\n下一轮</p>"), "两国代表恢复磋商，下一轮");
    assert_eq!(body("<p>兩國 代表</p>"), "兩國 代表");
    assert_eq!(body("<p>두 나라가\n협상을</p>"), "두 나라가 협상을");
    assert_eq!(body("<p>签署\nFTA\n协定</p>"), "签署 FTA 协定");
    assert_eq!(body("<p>\u{3000}\u{3000}两国\u{3000}代表</p>"), "两国\u{3000}代表");
}

#[test]
fn what_no_reader_of_a_page_sees_is_no_text() {
    let hidden = [
        "<script>alert('x')</script>",
        "<style>p{}</style>",
        "<!-- comment <p>x</p> -->",
        "<noscript><p>x</p></noscript>",
        "<template><p>x</p></template>",
        "<div hidden><p>x<div>y</div></p></div>",
        "<div style='color:red; display : none'>x</div>",
        "<span aria-hidden=true>x</span>",
        "<div style='display:none'><a name=x><p>y</p></div>",
        "<svg><title>x</title><text>y</text></svg>",
        "<select><option>x<option>y</select>",
        "<textarea>x</textarea><button>y</button>",
        "<nav><ul><li>x</ul></nav><footer>y</footer>",
        "<div role=navigation>x</div><div class='comment-list'>y</div>",
    ];
    for html in hidden {
        let text = "A sentence that is long enough to be the text of an article, and so to be kept.";
        assert_eq!(body(&format!("<body>{html}<p>{text}</p>{html}</body>")), text, "{html}");
    }
}

#[test]
fn a_page_of_nothing_but_menus_is_not_lost() {
    let menu = "The only text of this page stands in an element for menus.";
    assert_eq!(body(&format!("<nav><p>{menu}</p></nav>")), menu);
    assert!(
        body("<div class=sidebar><h1>T</h1><p>All of it is in a box at the side of the page.</p></div>")
            .contains("All of it")
    );
    assert!(
        body("<nav><ul><li>Menu<main><p>A menu that never ends, before the main part of the page.</p></main>")
            .contains("A menu that never ends")
    );
    let data = serde_json::json!({"@type": "NewsArticle", "headline": "Only in the data", "articleBody": "First.<p>Second part of the text.</p>"});
    let document = document("x.html", format!("<div id=app></div><script type='application/ld+json'>{data}</script>"));
    assert_eq!(
        (document.title.as_str(), document.body.as_str()),
        ("Only in the data", "First.\n\nSecond part of the text.")
    );
}

#[test]
fn what_a_page_states_of_itself() {
    let page = |head: &str| {
        document("x.html", format!("<html lang=de><head>{head}</head><body><h1>Über Zölle</h1><p>Text.</p>"))
    };
    let plain = page("<title>Über Zölle | Blatt</title>");
    assert_eq!(
        (plain.title.as_str(), plain.lang, plain.source, plain.date),
        ("Über Zölle", Some(Language::German), None, None)
    );
    let graph = page(
        "<meta property=og:title content='Anders'><script type=application/ld+json>[{\"@type\":\"ItemList\"},{\"@graph\":[\
         {\"@id\":\"#o\",\"@type\":\"Organization\",\"name\":\"Hafenblatt\"},{\"@type\":\"http://schema.org/NewsArticle\",\
         \"headline\":\"Zölle &amp; Quoten\",\"datePublished\":\"2025-03-04T01:00:00+09:00\",\"publisher\":{\"@id\":\"#o\"},\
         \"inLanguage\":\"en\",\"mainEntityOfPage\":\"https://a.example/1\"}]}]</script>",
    );
    assert_eq!(graph.title, "Zölle & Quoten");
    assert_eq!(graph.date.as_deref(), Some("2025-03-04"), "as it is written, in no other zone");
    assert_eq!(graph.source.as_deref(), Some("Hafenblatt"));
    assert_eq!((graph.lang, graph.url.as_deref()), (Some(Language::English), Some("https://a.example/1")));
    let named = page(
        "<meta name=DC.date content=2024-05-06><meta property=og:site_name content=Blatt><meta name=date content=2024-05-07>",
    );
    assert_eq!((named.date.as_deref(), named.source.as_deref()), (Some("2024-05-06"), Some("Blatt")));
    let suffix = document(
        "x.html",
        "<title>港口罢工结束_国际_日报</title><meta property=og:site_name content=日报><p>正文。</p>",
    );
    assert_eq!(suffix.title, "港口罢工结束_国际");
    // Of several articles, the page's own.
    let own = page(
        "<link rel=canonical href=https://a.example/2><script type=application/ld+json>[{\"@type\":\"Article\",\"headline\":\"Fremd\",\
         \"url\":\"https://a.example/1\"},{\"@type\":\"Article\",\"headline\":\"Eigen\",\"url\":\"https://a.example/2\"}]</script>",
    );
    assert_eq!(own.title, "Eigen");
    let (documents, problems) =
        read_as("x.html", "<script type=application/ld+json>{broken</script><h1>T</h1><p>Text.</p>");
    assert_eq!(documents[0].title, "T");
    assert!(
        problems.len() == 1 && problems[0].kind == ProblemKind::Noted && problems[0].reason.fault.contains("JSON-LD"),
        "{problems:?}"
    );
}

const PARAGRAPHS: [&str; 4] = [
    "The harbour office published its new table of fees on Monday, and said that small boats would pay nothing at all.",
    "Owners of larger ships had asked for a delay, since their contracts for the winter were signed in the spring.",
    "A spokeswoman answered that the fees had been known for a year, and that nobody had asked for anything until now.",
    "The council will look at the table again in March, when the numbers of the first three months are there.",
];

fn paragraphs(which: &[&str]) -> String {
    which.iter().map(|text| format!("<p>{text}</p>")).collect()
}

#[test]
fn an_article_in_a_link_is_not_lost() {
    let whole = PARAGRAPHS.join("\n\n");
    let article = paragraphs(&PARAGRAPHS);
    assert_eq!(body(&format!("<a name=top><h2>Fees</h2>{article}")), format!("Fees\n\n{whole}"));
    assert_eq!(body(&format!("<a href=/x.jpg><img src=x>{article}")), whole);
    assert_eq!(body(&format!("<div><a href=app:open>{article}</a></div>")), whole);
    // A link ends where the next begins, and a menu in it is still one.
    let [first, second, third, fourth] = PARAGRAPHS;
    let html = format!(
        "<a href=/1><nav><a href=/2>Menu</a></nav><div><p>{first}</p><a href=/3>more</a><p>{second} {third}</p><p>{fourth}</p></div>"
    );
    assert_eq!(body(&html), format!("{first}\n\nmore\n\n{second} {third}\n\n{fourth}"));
    // A place to lead to may be anywhere in a text.
    assert_eq!(body(&format!("<p><a name=1>{first}<p><a name=2>{second}")), format!("{first}\n\n{second}"));
}

#[test]
fn an_article_that_waits_for_a_script_is_not_lost() {
    let [first, second, third, fourth] = PARAGRAPHS;
    let whole = PARAGRAPHS.join("\n\n");
    let article = paragraphs(&PARAGRAPHS);
    let footer = "<div>A footer that is long enough to be the text of a page, if there were nothing else.</div>";
    let shown = body(&format!("<div style='visibility: hidden; opacity: 0'>{article}</div>{footer}"));
    assert!(shown.starts_with(&whole), "{shown}");
    let (above, below) = (paragraphs(&[first, second]), paragraphs(&[third, fourth]));
    assert_eq!(body(&format!("{above}<div style='display: none'>{below}</div>")), whole);
    // What is far less than the text stays out.
    assert_eq!(body(&format!("{article}<div style='display: none'>Menu of the page</div>")), whole);
    let data = serde_json::json!({"@type": "NewsArticle", "headline": "Fees", "articleBody": PARAGRAPHS.join(" ")});
    let page = format!(
        "<script type=application/ld+json>{data}</script><div>Please switch on JavaScript, without which this page is empty.</div>"
    );
    assert_eq!(body(&page), PARAGRAPHS.join(" "));
}

#[test]
fn the_title_is_not_the_outlet() {
    let title = |html: &str| document("x.html", format!("{html}<p>Ein Text.</p>")).title;
    assert_eq!(
        title("<title>Neue Gebühren im Hafen - Hafenblatt</title><h1><a href=/>Hafenblatt</a></h1>"),
        "Neue Gebühren im Hafen"
    );
    assert_eq!(
        title("<title>港口调整收费标准--经济--港口报</title><h1>港口报</h1><h1>港口调整收费标准</h1>"),
        "港口调整收费标准"
    );
    assert_eq!(title("<title>Blatt</title><h1><img src=x></h1><h1>Neue Gebühren</h1>"), "Neue Gebühren");
    assert_eq!(
        title("<title>Blatt: Neue Gebühren im Hafen</title><h1>Neue Gebühren im Hafen</h1>"),
        "Neue Gebühren im Hafen"
    );
    assert_eq!(title("<h1>Neue<br>Gebühren <script>x</script>im Hafen</h1>"), "Neue Gebühren im Hafen");
}

#[test]
fn the_data_of_another_article_are_not_the_pages() {
    let data = "<script type=application/ld+json>[{\"@type\":\"NewsArticle\",\"headline\":\"Ein Teaser\",\"datePublished\":\"2020-01-01\",\
                \"url\":\"https://a.example/1\"},{\"@type\":\"NewsArticle\",\"headline\":\"Neue Gebühren\",\"datePublished\":\"2025-02-03\",\
                \"url\":\"https://a.example/2?x=1\"}]</script>";
    let read = |head: &str, heading: &str| {
        let document = document("x.html", format!("{head}{data}<h1>{heading}</h1><p>Ein Text.</p>"));
        (document.title, document.date, document.url)
    };
    let own = ("Neue Gebühren".to_owned(), Some("2025-02-03".to_owned()), Some("https://a.example/2?x=1".to_owned()));
    assert_eq!(read("", "Neue Gebühren"), own);
    assert_eq!(read("<meta property=og:title content='Neue Gebühren | Blatt'>", "Im Hafen"), own);
    assert_eq!(read("", "Neue Gebührenordnung"), ("Neue Gebührenordnung".to_owned(), None, None));
    let relative = "<link rel=canonical href=/2><meta property=og:url content=https://a.example/2>";
    assert_eq!(read(relative, "Etwas").2.as_deref(), Some("https://a.example/2"));
}

#[test]
fn lines_beyond_count_are_one_text_all_the_same() {
    let count = 100_100;
    let text = body(&"x<br>".repeat(count));
    assert_eq!(text.lines().count(), count);
    assert!(text.lines().all(|line| line == "x"));
}

#[test]
fn lists_and_tables_within_an_article_are_kept() {
    let text =
        "The ministry published the list of goods on Monday, and said that it would be reviewed every year. ".repeat(4);
    let html = format!(
        "<div class=c1><div class=c2><p>{text}</p><h3>Goods</h3><ul><li>wheat and rye<li>barley</ul><table><tr><td>Duty<td>25%\
         </table><p>{text}</p><ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a></ul></div></div>"
    );
    let text = text.trim();
    assert_eq!(body(&html), format!("{text}\n\nGoods\n\nwheat and rye\n\nbarley\n\nDuty 25%\n\n{text}"));
}

/// Reads a page, which must not take long, however it is made.
fn assert_quick(what: &str, name: &str, content: &str) -> (Vec<Document>, Vec<Problem>) {
    let start = Instant::now();
    let read = read_as(name, content);
    let took = start.elapsed();
    let allowed = Duration::from_secs(6) * u32::try_from(content.len() >> 20).unwrap().max(1);
    assert!(took < allowed, "{what}: {took:?} for {} bytes", content.len());
    read
}

#[test]
fn no_page_takes_long() {
    const MEGABYTE: usize = 1 << 20;
    let text = "The ports were closed for a day, the union said.";
    let repeated = |piece: &str| piece.repeat(MEGABYTE / piece.len());
    let attributes: String = (0..150_000).map(|number| format!(" a{number}")).collect();
    let pages = [
        ("nested", repeated("<div>")),
        ("nested inline", repeated("<span>")),
        ("nested lists", repeated("<ul><li>")),
        ("nested tables", repeated("<table><tr><td>")),
        ("tables in rows", repeated("<table><tr>x")),
        ("misnested", repeated("<b><i></b>x")),
        ("misnested links", repeated("<a><p></a>x")),
        ("misnested blocks", repeated("<b><p>")),
        ("formatting", repeated("<font color=red>x")),
        ("ends", repeated("</p>")),
        ("ends of nothing", repeated("</div>x")),
        ("attributes", format!("<p{attributes}>x")),
        ("signs", repeated("<")),
        ("open tags", repeated("<p ")),
        ("comments", repeated("<!--")),
        ("entities", repeated("&amp")),
        ("broken entities", repeated("&#x110000;&x")),
        ("nul", repeated("\0")),
        ("breaks", repeated("x<br><br>")),
        ("links", repeated("<a href=x>link</a> ")),
        ("paragraphs", repeated("<p>A sentence, of a text, that goes on.")),
        ("blocks", repeated("<div>x</div>")),
        ("classes", repeated("<div class='a b c d e f g h i j'>x</div>")),
        ("forms", repeated("<form><input><select><option>x")),
        ("headings", repeated("<h1>x")),
        ("titles", repeated("<title>x</title>")),
        ("data", format!("<script type=application/ld+json>{}</script>", repeated("[{\"@graph\":"))),
        ("many data", repeated("<script type=application/ld+json>{\"@type\":\"Article\"}</script>")),
        ("many broken data", repeated("<script type=application/ld+json>{</script>")),
        ("metas", repeated("<meta name=date content=x>")),
        ("svg", repeated("<svg><g>")),
        ("mathml", repeated("<math><mi>")),
        ("unclosed", repeated("<p>x<div>y")),
        ("one word", "字".repeat(MEGABYTE / 3)),
    ];
    for (what, html) in pages {
        let (documents, _) = assert_quick(what, "x.html", &format!("<body>{html}<p>{text}</p>"));
        // What stands in an attribute, a comment or a title is none of the text.
        if !["attributes", "open tags", "comments", "forms", "svg"].contains(&what) {
            let found = documents.iter().any(|document| document.body.contains(text) || document.title.contains(text));
            assert!(found, "{what}: the text is lost");
        }
    }
}

#[test]
fn deep_pages_are_told() {
    let html = format!("{}<p>Deep down stands a text.</p>", "<div>".repeat(2000));
    let (documents, problems) = read_as("x.html", html);
    assert_eq!(documents[0].body, "Deep down stands a text.");
    assert!(reasons(&problems)[0].starts_with("elements are nested more than 500 deep"), "{problems:?}");
    // Tags that need no end are not nested.
    assert_eq!(read_as("x.html", "<p>x<ul><li>y<table><tr><td>z</table></ul>".repeat(600)).1, []);
}

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

fn response(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), content].concat()
}

#[test]
fn pages_of_archives() {
    let url = "https://a.example/page";
    let html = page(&ARTICLES[0], url, Layout::Tables, "utf-8");
    let media = "application/http; msgtype=response";
    let packed = gzip(html.as_bytes());
    let mut archive = Vec::new();
    for (head, content) in [
        ("200 OK\r\nContent-Type: text/html", html.as_bytes()),
        ("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", packed.as_slice()),
        // As archives have it that undo this themselves.
        ("200 OK\r\nContent-Type: text/html\r\nX-Crawler-Content-Encoding: gzip", html.as_bytes()),
        ("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", html.as_bytes()),
        ("404 Not Found\r\nContent-Type: text/html", html.as_bytes()),
        ("301 Moved\r\nLocation: x", b""),
        ("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
    ] {
        archive.extend(record("response", Some(&format!("<{url}>")), media, &response(head, content)));
    }
    archive.extend(record("request", Some(url), "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"));
    archive.extend(record("resource", Some(url), "text/html", html.as_bytes()));
    archive.extend(record("resource", Some(url), "image/png", b"\x89PNG"));
    archive.extend(record("conversion", Some(url), "text/plain", b"Title\n\nA text."));
    let (documents, problems) = read_as("x.warc", &archive);
    assert_eq!(problems, []);
    assert_eq!(documents.len(), 6);
    assert!(documents.iter().all(|document| document.id == url && document.url.as_deref() == Some(url)));
    assert!(
        documents[..5].iter().all(|document| document.title == ARTICLES[0].title && document.body == documents[0].body)
    );
    assert_eq!(documents[0].date.as_deref(), Some(ARTICLES[0].date), "not the day on which it was fetched");
    assert_eq!((documents[5].title.as_str(), documents[5].date.as_deref()), ("Title", None));
}

#[test]
fn heads_of_archives_as_they_are_written() {
    let url = "https://a.example/2025/02/03/fees";
    let media = "application/http; msgtype=response";
    let html = format!("<title>Fees</title><h1>Fees</h1>{}", paragraphs(&PARAGRAPHS));
    let html = html.as_bytes();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    raw.write_all(html).unwrap();
    let raw = raw.finish().unwrap();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(html).unwrap();
    let zlib = zlib.finish().unwrap();
    let pages = [
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: UTF-8", html),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", html),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", html),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", &raw),
        response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", &zlib),
        response("200 OK\r\nServer: x", html),
        [b"HTTP/2 200\r\nContent-Type: text/html\r\n\r\n", html].concat(),
        [b"HTTP/2.0 200 OK\r\nContent-Type: text/html\r\n\r\n", html].concat(),
    ];
    let mut archive: Vec<u8> = pages.iter().flat_map(|page| record("response", Some(url), media, page)).collect();
    let folded = String::from_utf8(record("resource", Some(url), "text/html", html)).unwrap();
    archive.extend(folded.replacen("\r\n", "\r\nX-Note: one\r\n two\r\n", 1).into_bytes());
    let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    archive.extend(record("response", Some(url), media, &response("200 OK\r\nServer: x", image)));
    let video = vec![0; 65 << 20];
    archive.extend(record("response", Some(url), media, &response("200 OK\r\nContent-Type: video/mp4", &video)));
    let (documents, problems) = read_as("x.warc", &archive);
    assert_eq!(problems, []);
    assert_eq!(documents.len(), pages.len() + 1);
    for document in &documents {
        assert_eq!((document.title.as_str(), document.body.as_str()), ("Fees", PARAGRAPHS.join("\n\n").as_str()));
        // No page states its address, so it is the archive's.
        assert_eq!((document.url.as_deref(), document.date.as_deref()), (Some(url), Some("2025-02-03")));
    }
    let page = record("response", Some(url), media, &response("200 OK\r\nContent-Type: text/html", &video));
    let (documents, problems) = read_as("x.warc", page);
    assert!(documents.is_empty() && problems[0].reason.advice == Some(Advice::RaiseLimit("markup")), "{problems:?}");
}

#[test]
fn a_mistake_in_an_archive_costs_no_other_page() {
    let page = |number: usize| {
        record("conversion", Some(&format!("https://a.example/{number}")), "text/plain", b"Title\n\nA text.")
    };
    let mistakes: [(&[u8], &str); 7] = [
        (b"some garbage\r\nof two lines\r\n", "30 bytes that are no record"),
        (b"WARC/1.0\r\nno field\r\n\r\n", "its head is not `name: value` lines"),
        (b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n", "its Content-Length is `many`"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "its Content-Length is ``"),
        (b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", "no WARC-Target-URI"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: u\r\nContent-Type: application/http\r\nContent-Length: 7\r\n\r\nno http\r\n\r\n",
            "no HTTP response",
        ),
        (b"\0\0\0\0WARC/1.0\r\n\x1f\x8b", "bytes that are no record"),
    ];
    for (mistake, expected) in mistakes {
        let archive = [page(1), mistake.to_vec(), b"\r\n".to_vec(), page(2)].concat();
        let (documents, problems) = read_as("x.warc", archive);
        assert_eq!(documents.len(), 2, "{expected}: {problems:?}");
        assert!(reasons(&problems)[0].contains(expected), "{expected}: {problems:?}");
    }
    let whole = [page(1), page(2)].concat();
    let (documents, problems) = read_as("x.warc", &whole[..whole.len() - 10]);
    assert!(documents.len() == 1 && reasons(&problems)[0].contains("is cut short"), "{problems:?}");
    let (documents, problems) = read_as("x.warc", "no archive");
    assert!(documents.is_empty() && reasons(&problems)[0].contains("no WARC record"), "{problems:?}");
    // A length that no memory could hold.
    let (_, problems) = read_as(
        "x.warc",
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: u\r\nContent-Type: text/html\r\nContent-Length: 99999999999999\r\n\r\nx",
    );
    assert!(problems[0].reason.advice == Some(Advice::RaiseLimit("markup")), "{problems:?}");
    // A few bytes that would be a thousand times as many.
    let bomb = gzip(&vec![b' '; 70 << 20]);
    let content = response("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &bomb);
    let archive = [record("response", Some("u"), "application/http", &content), page(1)].concat();
    let (documents, problems) = read_as("x.warc", archive);
    assert!(documents.len() == 1 && reasons(&problems)[0].contains("has more than"), "{problems:?}");
}

/// A page with a head of its own and an article of several paragraphs.
fn article_page(head: &str, top: &str, within: &str) -> String {
    let text = "<p>The ministry said that the duties on flat steel take effect in March and run for two years.</p>";
    format!(
        "<html><head>{head}</head><body><div class=top><h1>Steel duties start in March</h1>{top}</div>\
         <article>{text}{text}{within}{text}{text}</article></body></html>"
    )
}

#[test]
fn the_day_stands_beside_the_heading_in_four_languages() {
    for top in [
        "<div class=meta><span>Mina Example</span> <span class=date>12 January 2026</span></div>",
        "<p>Published 12 January 2026</p><p>Updated 20 January 2026</p>",
        "<p>Veröffentlicht am 12.01.2026, 10:15 Uhr</p>",
        "<p>Stand: 12.01.2026, 10:15 Uhr</p>",
        "<div><em>입력</em><span>2026.01.12. 오전 10:15</span></div>",
        "<div>기사입력 2026.01.12. 오전 10:15</div>",
        "<div>发布时间：2026年01月12日 10:15</div>",
        "<time class='entry-date published updated' datetime=2026-01-12T09:30:00+01:00>12 January</time>",
        "<span itemprop=datePublished>January 12, 2026</span>",
        "<span class=stamp data-published=2026-01-12T09:30:00+09:00>two hours ago</span>",
        "<blockquote class=instagram-media><time datetime=2018-03-12>x</time></blockquote><p>Published on 12 January 2026</p>",
    ] {
        let document = document("page.html", article_page("", top, ""));
        assert_eq!(document.date.as_deref(), Some("2026-01-12"), "{top}");
    }
}

#[test]
fn boxes_within_an_article_are_none_of_it() {
    for other in [
        "<div class=article-teaser><a href=/x><h3>Copper</h3><p>Another story.</p></a></div>",
        "<figure><img><figcaption>Another story.</figcaption></figure>",
        "<div class=author-box><p>Another story.</p></div>",
        "<div class=embed-placeholder><p>Another story.</p></div>",
        "<div class=article-newsletter><p>Another story.</p></div>",
    ] {
        assert!(!body(&article_page("", "", other)).contains("Another story"), "{other}");
    }
    assert!(
        body(&article_page("", "", "<p>The levy<sup>12</sup> on 5 m<sup>2</sup> stays.</p>")).contains("levy on 5 m2")
    );
}

#[test]
fn a_title_is_the_heading_without_section_and_outlet() {
    for title in ["Steel duties start in March | Business | Courier", "Steel duties start in March"] {
        let head = format!("<meta property=og:title content='{title}'>");
        assert_eq!(document("page.html", article_page(&head, "", "")).title, "Steel duties start in March");
    }
}
