//! Pages, feeds and archives of the web: what is read of them, and what no malice may do.

mod archives;
mod feeds;
mod page_dates;
mod pages;

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
