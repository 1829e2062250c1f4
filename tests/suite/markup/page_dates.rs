//! Days of publication of pages: where they stand, in what words, and which of several it is.

use super::document;

/// Six paragraphs of an article.
fn paragraphs() -> String {
    (1..7)
        .map(|part| {
            format!("<p>Part {part}: the duties on flat steel take effect in March, the ministry said, and run on.</p>")
        })
        .collect()
}

/// A page with a heading, something below it, an article, and something behind that.
fn page(lang: &str, head: &str, below: &str, behind: &str) -> String {
    format!(
        "<html lang={lang}><head><title>Steel duties start in March</title>{head}</head><body><div>\
         <h1>Steel duties start in March</h1>{below}</div><div>{}</div>{behind}</body></html>",
        paragraphs()
    )
}

fn day(page: String) -> Option<String> {
    document("page.html", page).date
}

const THE_DAY: Option<&str> = Some("2026-01-12");

#[test]
fn an_article_says_in_a_sentence_when_it_was_published() {
    for (lang, sentence) in [
        ("en", "This article was first published on January 12, 2026 in the section on trade."),
        ("en", "The article \"Steel\" was posted by Jane Doe on 12 January 2026."),
        ("de", "Der Artikel „Stahl“ wurde am 12.01.2026 in der Rubrik Handel von Erika Beispiel veröffentlicht."),
        ("de", "Dieser Beitrag ist am 12. Januar 2026 in der gedruckten Ausgabe erschienen."),
        ("ko", "이 기사는 2026년 1월 12일 오전에 유료 독자에게 먼저 송고되었습니다."),
        ("ko", "본 기사는 2026년 1월 12일자 지면에 게재된 글입니다."),
        ("zh", "本文于2026年1月12日首发于本报经济版，转载请注明出处。"),
        ("zh", "此文2026年1月12日發表於本報經濟版，轉載請註明出處。"),
    ] {
        assert_eq!(day(page(lang, "", "", &format!("<p>{sentence}</p>"))).as_deref(), THE_DAY, "{sentence}");
    }
    for sentence in [
        "This report was published on January 12, 2026 and updated on January 15, 2026.",
        "The minister published a list on January 12, 2026 and nobody read it at all.",
        "Der Artikel gilt seit dem 12. Januar 2026 für alle Länder der Gemeinschaft und danach.",
    ] {
        assert_eq!(day(page("en", "", "", &format!("<p>{sentence}</p>"))), None, "{sentence}");
    }
}

#[test]
fn a_label_below_the_heading_names_the_day() {
    for (lang, label) in [
        ("en", "<p>Date: 12 January 2026</p>"),
        ("en", "<p>Published on 01/12/26, 10:15</p><p>Posted 2026-01-12</p>"),
        ("en", "<p>Published: 13/01/2026</p>"),
        ("de", "<div><span>Datum:</span> <span>12.01.2026</span></div>"),
        ("de", "<div>Veröffentlicht: 12.01.26</div>"),
        ("ko", "<p>일자: 2026년 1월 12일</p>"),
        ("ko", "<p class=date>Written: 2026-01-12 15:03:30<span> / </span>Updated: 2026-01-14 15:30:46</p>"),
        ("zh", "<p>日期：2026年1月12日</p>"),
        ("en", "<p>Jane Doe posted on 12 January 2026, 10:15</p>"),
        ("zh", "<p>example 发表于 2026-1-12 11:46:00</p>"),
        ("zh", "<p>作者:example 阅读(1660) <a href=#>评论(5)</a> 发表于:2026-01-12 12:30</p>"),
    ] {
        let expected = if label.contains("13/01") { Some("2026-01-13") } else { THE_DAY };
        assert_eq!(day(page(lang, "", label, "")).as_deref(), expected, "{label}");
    }
    // An announcement names the day of an event so, with its place.
    for label in [
        "<p>Date: 12 January 2026</p><p>Place: Hall 2</p>",
        "<p>Datum: 12.01.2026</p><p>Ort: Halle 2</p>",
        "<p>일시: 2026년 1월 12일</p><p>장소: 회의실</p>",
        "<p>时间：2026年1月12日</p><p>地点：会议室</p>",
    ] {
        assert_eq!(day(page("en", "", label, "")), None, "{label}");
    }
}

#[test]
fn a_day_near_the_heading_comes_before_one_far_away() {
    let far: String = (1..60).map(|at| format!("<p>Line {at} of the rest</p>")).collect();
    for listed in [
        "<ul><li><span class=datum>29.02.2024 18:00 Uhr</span> Messe</ul>",
        "<ul><li><span class=date>2024년 2월 29일</span> 전시회</ul>",
        "<ul><li><span class=date>2024年2月29日</span> 展览会</ul>",
        "<ul><li><time datetime=2024-02-29>29 February</time> Fair</ul>",
        "<div><p class=publication><time datetime=2024-02-29 pubdate>29 February</time></p></div>",
    ] {
        let behind = format!("{far}{listed}");
        let below = "<p><time datetime=2026-01-12T10:00:00+01:00>yesterday</time></p>";
        assert_eq!(day(page("en", "", below, &behind)).as_deref(), THE_DAY, "{listed}");
        let head = "<meta name=date content=2026-01-12>";
        if listed.contains("class=dat") {
            assert_eq!(day(page("en", head, "", &behind)).as_deref(), THE_DAY, "{listed}");
        }
    }
}

#[test]
fn the_address_has_the_local_day_of_an_instant() {
    let head = |instant: &str, address: &str| {
        format!("<link rel=canonical href='{address}'><meta property=article:published_time content={instant}>")
    };
    for (instant, address) in [
        ("2026-01-13T02:18:11Z", "https://www.example.com/2026/01/12/steel"),
        ("2026-01-13T03:00:00.000Z", "https://www.example.com/news-20260112-steel.html"),
        ("2026-01-11T16:30:00Z", "https://www.example.co.kr/view/AKR20260112045300002"),
        ("2026-01-11T23:30:00+00:00", "https://www.example.cn/gn/2026/01-12/10548391.shtml"),
        // Of another day the address is not that of the same publication.
        ("2026-01-12T02:18:11Z", "https://www.example.com/2025/12/30/steel"),
        ("2026-01-12T02:18:11+01:00", "https://www.example.com/2026/01/11/steel"),
    ] {
        assert_eq!(day(page("en", &head(instant, address), "", "")).as_deref(), THE_DAY, "{instant} {address}");
    }
}

#[test]
fn a_script_states_the_day_of_its_page() {
    for script in [
        "<script>dataLayer.push({\"cmsContentType\":\"news\",\"cmsPublishingDate\":\"2026-01-12\"});</script>",
        "<script>var publication_date = \"2026-01-12 21:18:11\"; var author = \"x\";</script>",
        "<script type=application/json>{\"publishedDate\":\"2026-01-12T20:37:27Z\",\"updatedDate\":\"2026-01-14T20:39:47Z\"}</script>",
        "<script>page.article.publish_time = '2026-01-12 00:15';</script>",
    ] {
        assert_eq!(day(page("en", "", "", script)).as_deref(), THE_DAY, "{script}");
    }
    // Of several, one cannot be told from those of other articles.
    let several = "<script>[{\"publishedAt\":\"2026-01-12\"},{\"publishedAt\":\"2026-01-14\"}]</script>";
    assert_eq!(day(page("en", "", "", several)), None);
}

#[test]
fn a_paragraph_opens_with_place_and_day() {
    for (lang, opening) in [
        ("en", "SEOUL, Jan. 12, 2026 – Duties start."),
        ("en", "Geneva (12 January 2026). Duties start."),
        ("de", "Karlsruhe, (12.01.2026). Die Zölle steigen."),
        ("de", "Berlin, 12. Januar 2026 – Die Zölle steigen."),
        ("ko", "서울, 2026년 1월 12일 – 관세가 오른다."),
        ("zh", "北京，2026年1月12日——关税上调。"),
    ] {
        assert_eq!(day(page(lang, "", &format!("<p>{opening}</p>"), "")).as_deref(), THE_DAY, "{opening}");
    }
    for opening in ["The fair of 12 January 2026 was full.", "Berlin, 12. Januar 2026 und danach steigen die Zölle."] {
        assert_eq!(day(page("en", "", &format!("<p>{opening}</p>"), "")), None, "{opening}");
    }
}

#[test]
fn the_day_of_a_change_counts_where_no_other_is_shown() {
    for (lang, line) in [
        ("en", "Last updated: 12 January 2026"),
        ("de", "Aktualisiert: 12.01.2026"),
        ("ko", "최종수정 2026.01.12"),
        ("zh", "更新时间：2026-01-12"),
    ] {
        assert_eq!(day(page(lang, "", "", &format!("<p>{line}</p>"))).as_deref(), THE_DAY, "{line}");
        let earlier = format!("<p class=date>2026-01-10</p><p>{line}</p>");
        assert_eq!(day(page(lang, "", &earlier, "")).as_deref(), Some("2026-01-10"), "{line}");
    }
    assert_eq!(day(page("en", "", "", "<footer>© 2026 Example</footer><p>Copyright 2019-2026</p>")), None);
}

#[test]
fn months_of_other_languages_are_read() {
    for shown in [
        "12 janvier 2026",
        "12 de enero de 2026",
        "12 gennaio 2026",
        "12 ianuarie 2026",
        "12 stycznia 2026",
        "12 января 2026",
        "12 Ocak 2026",
    ] {
        assert_eq!(day(page("fr", "", &format!("<p class=date>{shown}</p>"), "")).as_deref(), THE_DAY, "{shown}");
    }
}

#[test]
fn a_page_is_dated_whatever_is_named_around_its_heading() {
    for (before, behind) in [
        ("<div class=article-teaser>", "</div>"),
        ("<div class='mainwrap single-default sidebar'>", "</div>"),
        ("<div class=mainContent-menu>", "</div>"),
    ] {
        let page = page("en", "", "<p>By Jane Doe</p><p>12 January 2026</p>", "");
        let page = page.replace("<body>", &format!("<body>{before}")).replace("</body>", &format!("{behind}</body>"));
        assert_eq!(day(page).as_deref(), THE_DAY, "{before}");
    }
}

#[test]
fn the_title_is_the_heading_that_the_head_has() {
    for (title, headings, expected) in [
        (
            "Example - News - Steel duties start in March",
            "<h1>Example</h1><h1>News</h1><h1>Steel duties start in March</h1>",
            "Steel duties start in March",
        ),
        (
            "Beispiel - Meldungen - Stahlzölle steigen",
            "<h1>Beispiel</h1><h1>Stahlzölle steigen</h1>",
            "Stahlzölle steigen",
        ),
        ("철강 관세 3월부터 적용된다", "<h1>예제</h1>", "철강 관세 3월부터 적용된다"),
        ("钢铁关税将于三月开始实施", "<h1>例報</h1>", "钢铁关税将于三月开始实施"),
        ("Example", "<h1>Steel duties start in March</h1>", "Steel duties start in March"),
    ] {
        let page = format!("<title>{title}</title>{headings}{}", paragraphs());
        assert_eq!(document("page.html", page).title, expected, "{title}");
    }
}
