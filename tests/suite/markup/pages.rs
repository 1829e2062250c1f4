//! Pages: the day beside the heading, boxes within the text, titles with section and outlet.

use super::{body, document};

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
