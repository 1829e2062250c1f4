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
        "<div class='article-end__author-bio'><p>Another story.</p></div>",
        "<div class=article-sign-in><p>Another story.</p></div>",
        "<div class='popup-alert no-account'><p>Another story.</p></div>",
        "<form class=letters><label>Another story.</label><input name=mail></form>",
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

#[test]
fn a_list_of_other_articles_goes_with_its_heading_in_four_languages() {
    for heading in [
        "Related articles",
        "Most read",
        "Mehr zum Thema",
        "Lesen Sie auch",
        "관련 기사",
        "많이 본 뉴스",
        "相关阅读",
        "延伸閱讀",
    ] {
        let listed = format!(
            "<p>{heading}</p><h3><a href=/a>Copper rises again</a></h3><p>Another story.</p>\
             <h3><a href=/b>Wheat falls in June</a></h3><p>A second lead that is short.</p>"
        );
        let body = body(&article_page("", "", &listed));
        assert!(!body.contains("Another story") && !body.contains("A second lead"), "{heading}: {body}");
    }
    let spoken = "<p>Read more than the headline.</p><p>The minister read it whole.</p>";
    assert!(
        body(&article_page("", "", spoken)).contains("Read more than the headline.\n\nThe minister read it whole.")
    );
}

#[test]
fn what_a_page_has_twice_is_read_once_and_its_last_rows_are_kept() {
    let copies = "<p>The levy falls on pipes, rails and wire from eleven countries of the union.</p>".repeat(3);
    assert_eq!(body(&article_page("", "", &copies)).matches("pipes, rails and wire").count(), 1);
    let text = "<p>The ministry said that the duties on flat steel take effect in March.</p>";
    let rows = "<table><tr><td>Wheat<td>210</tr><tr><td>Maize<td>180</tr></table>";
    assert!(body(&format!("<article>{text}{rows}</article>")).contains("Maize 180"));
}

#[test]
fn text_is_not_lost_for_the_role_of_a_box_around_it() {
    for role in ["tablist", "complementary"] {
        let paragraphs: String = (1..6)
            .map(|at| {
                format!("<p>Part {at}: the ministry said that the duties on flat steel take effect in March.</p>")
            })
            .collect();
        let body = body(&format!("<h1>Steel duties</h1><div role={role}>{paragraphs}</div><p>Contact</p>"));
        assert!(body.contains("Part 3: the ministry"), "{role}");
    }
}

#[test]
fn days_of_numbers_are_read_in_the_order_of_the_language() {
    for (lang, top) in [
        ("de", "<span class=date>12.01.26</span>"),
        ("en", "<span class=date>12.01.26</span>"),
        ("ko", "<span class=date>26.01.12 10:15</span>"),
        ("zh", "<span class=date>26.01.12</span>"),
        ("en", "<span class=date>01/13/2026</span>"),
        ("en", "<span class=date>13/01/2026</span>"),
        ("de", "<abbr title='Montag, 12. Januar 2026 um 04:00'>gestern</abbr>"),
        ("en", "<footer><time itemprop=datePublished datetime=2026-01-12>x</time></footer>"),
        ("en", "<script type=application/ld+json>{\"@type\":\"WebPage\",\"datePublished\":\"2026-01-12\"}</script>"),
        (
            "de",
            "<p>12.1.2026 – In Berlin hat das Ministerium Zölle auf Stahl und Draht aus elf Ländern bekannt gegeben.</p>",
        ),
    ] {
        let page = article_page("", top, "").replace("<html>", &format!("<html lang={lang}>"));
        let day = document("page.html", page).date;
        let expected = if top.contains("13") { "2026-01-13" } else { "2026-01-12" };
        assert_eq!(day.as_deref(), Some(expected), "{lang} {top}");
    }
    // The order of these depends on the country.
    let page = article_page("", "<span class=date>01/12/2026</span>", "");
    assert_eq!(document("page.html", page).date, None);
}

#[test]
fn a_paragraph_is_kept_however_much_is_linked_in_it() {
    let links = "<a href=/1>Steel levy holds for another year after talks</a> <a href=/2>Pipes and rails cost more in spring</a> \
                 <a href=/3>Wire from eleven countries is taxed</a>";
    for (before, behind) in [
        ("The trade minister", "said on Monday that the duties on flat steel from eleven countries stay in force."),
        ("Der Minister", "sagte am Montag, dass die Zölle auf Flachstahl aus elf Ländern weiter in Kraft bleiben."),
        ("통상교섭본부장은", "월요일에 11개국산 열연 강판에 매기는 관세를 그대로 유지한다고 말했다."),
        ("商务部长", "周一表示，对来自十一个国家的扁钢产品征收的关税将继续有效。"),
    ] {
        let body = body(&article_page("", "", &format!("<p>{before} <span>{links}</span> {behind}</p>")));
        assert!(body.contains(behind), "{behind}: {body}");
    }
}

#[test]
fn the_paragraph_behind_a_list_of_other_articles_is_text() {
    for (heading, text) in [
        ("Related news", "\"The market sees a recovery of exports,\" said a report of the institute."),
        ("Mehr zum Thema", "„Der Markt erwartet mehr Ausfuhren“, heißt es in einem Bericht des Instituts."),
        ("관련 기사", "연구원은 보고서에서 \"시장은 수출이 다시 늘 것으로 본다\"고 밝혔다."),
        ("相关阅读", "该研究所在报告中表示，市场预计出口将会恢复增长。"),
    ] {
        let listed = format!(
            "<div><h2>{heading}</h2><ul><li><a href=/a>Copper rises again</a><li><a href=/b>Wheat falls in June</a></ul></div>\
             <p>{text}</p>"
        );
        let body = body(&article_page("", "", &listed));
        assert!(body.contains(text) && !body.contains("Wheat falls"), "{heading}: {body}");
    }
}

#[test]
fn a_sentence_that_ends_in_a_colon_is_text() {
    for text in [
        "The levy matters to builders. Here is why:",
        "Der Zoll trifft den Bau. Warum das so ist:",
        "관세는 건설업에 영향을 준다. 그 까닭은 이렇다:",
        "关税影响建筑业。原因如下：",
    ] {
        let rest: String = (1..6)
            .map(|year| format!("<p>In year {year} builders pay more for beams, and the works that roll them ask for more of the same.</p>"))
            .collect();
        let page = article_page("", "", &rest).replace("<article>", &format!("<article><p>{text}</p>"));
        assert!(body(&page).starts_with(text), "{text}");
    }
}

#[test]
fn buttons_that_say_read_more_are_no_headings_of_lists() {
    for button in ["Read more", "Lesen Sie mehr", "다른 기사 보기", "延伸阅读"] {
        let cards: String = ["Flat steel", "Pipes", "Rails", "Wire"]
            .map(|name| {
                format!(
                    "<h2><a href=/{name}>{name}</a></h2><p>{name} of this kind pays the duty in full.</p><a href=/{name}>{button}</a>"
                )
            })
            .concat();
        let body = body(&article_page("", "", &cards));
        for name in ["Flat steel", "Pipes", "Rails", "Wire"] {
            assert!(body.contains(&format!("{name} of this kind")), "{button} {name}: {body}");
        }
    }
}

#[test]
fn elements_within_a_line_of_other_markup_split_none() {
    for name in [
        "bold",
        "italic",
        "sub",
        "sup",
        "xref",
        "ext-link",
        "underline",
        "sc",
        "monospace",
        "named-content",
        "em",
        "person",
        "org",
        "location",
        "chron",
        "money",
        "num",
        "object.title",
        "hi",
        "emph",
        "foreign",
        "persName",
        "placeName",
        "orgName",
        "date",
        "ref",
        "term",
    ] {
        for text in ["Duties on X rise", "Zölle auf X steigen", "관세가 X 오른다", "关税X上调"] {
            let (before, behind) = text.split_once('X').unwrap();
            let markup = format!("<p>{before}<{name} id=\"a\">steel</{name}>{behind}</p>");
            assert_eq!(body(&markup), format!("{before}steel{behind}"), "{name}");
        }
    }
    assert_eq!(body("<p>one<break/>two<lb/>three</p>"), "one\ntwo\nthree");
}
