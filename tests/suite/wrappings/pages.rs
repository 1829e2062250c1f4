//! The layouts in which outlets put an article: with navigation, teasers, lists of other articles, comments.

use super::articles::Article;

/// How a page is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `article` in `main`, everything else in elements that say what it is; metadata as JSON-LD.
    Semantic,
    /// One `div`, lines ended by `br`; metadata as Open Graph.
    Lines,
    /// Tables in tables, menus in cells; metadata as named `meta`.
    Tables,
    /// `div` in `div` with names of classes that say little; boxes with other articles between the paragraphs.
    Divisions,
    /// A short page with a long menu; `time` and `title` only.
    Brief,
}

impl Layout {
    pub(crate) const ALL: [Layout; 5] =
        [Layout::Semantic, Layout::Lines, Layout::Tables, Layout::Divisions, Layout::Brief];
}

/// The page of an article. `charset` is what its head says of the encoding.
pub(crate) fn page(article: &Article, url: &str, layout: Layout, charset: &str) -> String {
    let Article { lang, title, date, source, paragraphs } = article;
    let (title, escaped) = (escape(title), paragraphs.iter().map(|text| escape(text)).collect::<Vec<_>>());
    let head = |more: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"{charset}\">\n{more}\n\
             <style>p {{ margin: 0 }}</style><script>var tracker = \"<p>no text</p>\";</script></head>"
        )
    };
    let words = Words::of(lang);
    let links = words.links();
    match layout {
        Layout::Semantic => {
            let data = serde_json::json!({
                "@context": "https://schema.org",
                "@graph": [
                    {"@type": "WebSite", "name": source, "url": "https://news.example/"},
                    {"@type": ["Article", "NewsArticle"], "headline": title_of(article), "datePublished": format!("{date}T08:30:00+09:00"),
                     "publisher": {"@type": "Organization", "name": source}, "inLanguage": lang, "mainEntityOfPage": {"@id": url}},
                ],
            });
            let head =
                head(&format!("<title>{title} | {source}</title><script type=\"application/ld+json\">{data}</script>"));
            let text: String = escaped.iter().map(|text| format!("  <p>{text}</p>\n")).collect();
            format!(
                "{head}<body><header><a href=\"/\">{source}</a><nav><ul>{links}</ul></nav></header>\n<main><article>\n\
                 <h1>{title}</h1>\n{text}</article></main>\n<aside><h2>{}</h2><ul>{links}</ul></aside>\n\
                 <footer><p>© 2025 {source}</p><ul>{links}</ul></footer></body></html>",
                words.related
            )
        }
        Layout::Lines => {
            let head = head(&format!(
                "<title>{source}</title><meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" \
                 content=\"{source}\"><meta property=\"article:published_time\" content=\"{date}T09:00:00+09:00\">\
                 <meta property=\"og:url\" content=\"{url}\"><meta property=\"og:locale\" content=\"{}\">",
                words.locale
            ));
            format!(
                "{head}<body><div id=\"wrap\"><div id=\"gnb\"><ul>{links}</ul></div><div class=\"head\"><h3>{title}</h3></div>\n\
                 <div id=\"articleBody\" class=\"article_body\">\n\t{}\n<br><br><div class=\"link_news\"><ul>{links}</ul></div></div>\n\
                 <div class=\"reply\"><div class=\"comment\"><p>{}</p></div></div></div></body></html>",
                escaped.join("<br />\n<br />\n\t"),
                words.comment
            )
        }
        Layout::Tables => {
            let head = head(&format!(
                "<title>{title}_{source}</title><meta name=\"pubdate\" content=\"{date}\"><meta name=\"DC.publisher\" \
                 content=\"{source}\"><link rel=\"canonical\" href=\"{url}\">"
            ));
            let text: String = escaped.iter().map(|text| format!("<p>\u{3000}\u{3000}{text}</p>\r\n")).collect();
            format!(
                "{head}<body><table width=950><tr><td colspan=2><a href=/>{source}</a></td></tr><tr><td width=180><table>\
                 <tr><td><ul>{links}</ul></td></tr></table></td>\r\n<td><table><tr><td align=center><h1>{title}</h1></td></tr><tr><td \
                 class=\"content\">{text}</td></tr></table></td></tr><tr><td colspan=2><ul>{links}</ul></td></tr></table></body></html>"
            )
        }
        Layout::Divisions => {
            let head = head(&format!(
                "<title>{title} - {source}</title><meta property=\"og:title\" content=\"{title} - {source}\"><meta property=\"og:site_name\" \
                 content=\"{source}\"><meta name=\"DC.date\" content=\"{date}\"><link rel=\"canonical\" href=\"{url}\">"
            ));
            let mut text = String::new();
            for (at, paragraph) in escaped.iter().enumerate() {
                text.push_str(&format!("<div class=\"x1a\"><p class=\"q7\"><span>{paragraph}</span></p></div>"));
                if at == 1 {
                    text.push_str(&format!(
                        "<div class=\"related-box\"><h4>{}</h4><ul>{links}</ul></div>",
                        words.related
                    ));
                }
            }
            format!(
                "{head}<body><div class=\"c-9\"><div class=\"menu\"><ul>{links}</ul></div><div class=\"c-4\"><h1>{title}</h1>\
                 <div class=\"c-5\">{text}</div></div><div class=\"comments\"><p>{}</p></div><div class=\"newsletter\">\
                 <p>{}</p></div></div></body></html>",
                words.comment, words.newsletter
            )
        }
        Layout::Brief => {
            let head = head(&format!(
                "<title>{title} | {source}</title><meta property=\"og:site_name\" content=\"{source}\">\
                 <link rel=\"canonical\" href=\"{url}\">"
            ));
            let text: String = escaped.iter().map(|text| format!("<p>{text}\n")).collect();
            let menu = links.repeat(6);
            format!(
                "{head}<body><div role=\"navigation\"><ul>{menu}</ul></div><section><h1>{title}</h1>\
                 <time datetime=\"{date}T07:00:00Z\"></time>{text}</section><div class=\"footer\"><ul>{menu}</ul></div></body></html>"
            )
        }
    }
}

fn title_of(article: &Article) -> &str {
    article.title
}

/// Text as it stands in markup.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\u{201c}', "&ldquo;")
}

/// What stands around articles.
struct Words {
    locale: &'static str,
    related: &'static str,
    comment: &'static str,
    newsletter: &'static str,
    other: [&'static str; 5],
}

impl Words {
    fn of(lang: &str) -> Words {
        match lang {
            "de" => Words {
                locale: "de_DE",
                related: "Mehr zum Thema",
                comment: "Ich finde, das hätte man schon vor Jahren so regeln können, aber auf uns hört ja keiner.",
                newsletter: "Jetzt den Newsletter bestellen und keine Nachricht mehr verpassen!",
                other: [
                    "Politik",
                    "Wirtschaft",
                    "Streik legt Containerhafen lahm",
                    "Sport",
                    "Brotpreise steigen weiter",
                ],
            },
            "ko" => Words {
                locale: "ko_KR",
                related: "관련기사",
                comment: "저는 예전부터 이렇게 될 줄 알았습니다. 정부가 조금 더 빨리 움직였어야죠.",
                newsletter: "뉴스레터를 구독하고 매일 아침 소식을 받아 보세요!",
                other: ["정치", "경제", "컨테이너 부두 파업으로 하역 중단", "스포츠", "빵값 또 오른다"],
            },
            "zh" => Words {
                locale: "zh_CN",
                related: "相关新闻",
                comment: "我早就说过会这样，要是早点处理就好了，现在说什么都晚了。",
                newsletter: "欢迎订阅我们的电子报，每天早上收到最新消息！",
                other: ["要闻", "财经", "集装箱码头罢工导致停运", "体育", "面包价格继续上涨"],
            },
            _ => Words {
                locale: "en_GB",
                related: "Related articles",
                comment: "I said this would happen, and nobody listened. They should have settled it years ago, frankly.",
                newsletter: "Sign up for our newsletter and never miss a story, delivered to you every morning!",
                other: ["Politics", "Business", "Strike halts container terminal", "Sport", "Bread prices keep rising"],
            },
        }
    }

    fn links(&self) -> String {
        let items = self.other.iter().enumerate();
        items.map(|(at, text)| format!("<li><a href=\"/other/{at}\">{text}</a></li>")).collect()
    }
}
