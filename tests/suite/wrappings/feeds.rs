//! An article in the dialects of feeds: other versions, prefixes of its own, texts by the elements of other vocabularies.

use base64::Engine as _;

use super::articles::Article;
use super::files::escape_xml;
use super::pages::escape;

/// A dialect of RSS or Atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// RSS 1.0, with the id and the day that RDF and Dublin Core have.
    RssOne,
    /// RSS 0.91, without a namespace: its description is all.
    RssOld,
    /// RSS 2.0 with title, text and day of Dublin Core, by a prefix of its own.
    DublinCore,
    /// RSS 2.0 of a podcast.
    Podcast,
    /// RSS 2.0 with the beginning of the text as its description.
    Excerpt,
    /// RSS 2.0 in which nothing is closed but what has to be.
    Unclosed,
    /// Atom with a prefix for all that is Atom's.
    AtomPrefixed,
    /// Atom 0.3.
    AtomOld,
    /// Atom with its content in base64.
    AtomBase64,
    /// Atom with its text in a group of Media RSS, as of a film.
    MediaGroup,
}

impl Dialect {
    pub(crate) const ALL: [Dialect; 10] = [
        Dialect::RssOne,
        Dialect::RssOld,
        Dialect::DublinCore,
        Dialect::Podcast,
        Dialect::Excerpt,
        Dialect::Unclosed,
        Dialect::AtomPrefixed,
        Dialect::AtomOld,
        Dialect::AtomBase64,
        Dialect::MediaGroup,
    ];
}

/// The feed.
pub(crate) fn feed(article: &Article, url: &str, dialect: Dialect, charset: &str) -> String {
    let Article { lang, title, date, source, paragraphs } = article;
    let title = escape_xml(title);
    let markup: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape(text))).collect();
    let plain = escape_xml(&paragraphs.join("\n\n"));
    let escaped = escape_xml(&markup);
    let day = jiff::civil::Date::strptime("%Y-%m-%d", date).unwrap().strftime("%a, %d %b %Y 00:30:00 +0900");
    let begin = format!("<?xml version=\"1.0\" encoding=\"{charset}\"?>\n");
    let channel =
        format!("<channel><title>{source}</title><link>https://news.example/</link><language>{lang}</language>\n");
    let atom = "http://www.w3.org/2005/Atom";
    let feed = match dialect {
        Dialect::RssOne => format!(
            "<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:t=\"http://purl.org/dc/elements/1.1/\">\
             <channel r:about=\"https://news.example/\"><title>{source}</title><items><r:Seq><r:li r:resource=\"{url}\"/></r:Seq></items></channel>\
             <item r:about=\"{url}\"><title>{title}</title><description>{plain}</description><t:date>{date}T00:30:00+09:00</t:date><t:language>{lang}</t:language></item></r:RDF>"
        ),
        Dialect::RssOld => format!(
            "<rss version=\"0.91\">{channel}<item><title>{title}</title><link>{url}</link><description>{plain}</description><pubDate>{day}</pubDate></item></channel></rss>"
        ),
        Dialect::DublinCore => format!(
            "<rss version=\"2.0\" xmlns:d=\"http://purl.org/dc/elements/1.1/\">{channel}<item><d:identifier>{url}</d:identifier><d:title>{title}</d:title>\
             <d:creator>M. Muster</d:creator><d:description>{plain}</d:description><d:date>{date}</d:date></item></channel></rss>"
        ),
        Dialect::Podcast => format!(
            "<rss version=\"2.0\" xmlns:i=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">{channel}<item><title>{title}</title><guid>{url}</guid>\
             <i:subtitle>{}</i:subtitle><i:summary><![CDATA[{}]]></i:summary><i:author>M. Muster</i:author><pubDate>{day}</pubDate></item></channel></rss>",
            escape_xml(paragraphs[0]),
            paragraphs.join("\n\n"),
        ),
        Dialect::Excerpt => format!(
            "<rss version=\"2.0\" xmlns:c=\"http://purl.org/rss/1.0/modules/content/\">{channel}<item><title>{title}</title><link>{url}</link><pubDate>{day}</pubDate>\
             <description>{} [&amp;#8230;]</description><c:encoded><![CDATA[{markup}]]></c:encoded></item></channel></rss>",
            escape_xml(&paragraphs[0].chars().take(25).collect::<String>())
        ),
        Dialect::Unclosed => format!(
            "<rss version=\"2.0\">{channel}<item><title>{title}<link>{url}<pubDate>{day}<description>&lt;object data=\"x\"&gt;{escaped}<guid>{url}</item></channel></rss>"
        ),
        Dialect::AtomPrefixed => format!(
            "<a:feed xmlns:a=\"{atom}\" xml:lang=\"{lang}\"><a:title>{source}</a:title><a:entry><a:id>{url}</a:id><a:title>{title}</a:title>\
             <a:published>{date}T00:30:00+09:00</a:published><a:content type=\"html\">{escaped}</a:content></a:entry></a:feed>"
        ),
        Dialect::AtomOld => format!(
            "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\" xml:lang=\"{lang}\"><title>{source}</title><entry><title>{title}</title><id>{url}</id>\
             <issued>{date}T00:30:00+09:00</issued><modified>2029-01-01T00:00:00Z</modified><content type=\"text/html\" mode=\"escaped\">{escaped}</content></entry></feed>"
        ),
        Dialect::AtomBase64 => format!(
            "<feed xmlns=\"{atom}\" xml:lang=\"{lang}\"><title>{source}</title><entry><title>{title}</title><id>{url}</id>\
             <published>{date}T00:30:00+09:00</published><content type=\"application/octet-stream\">\n{}\n</content></entry></feed>",
            base64::engine::general_purpose::STANDARD.encode(markup)
        ),
        Dialect::MediaGroup => format!(
            "<feed xmlns=\"{atom}\" xmlns:m=\"http://search.yahoo.com/mrss/\" xml:lang=\"{lang}\"><title>{source}</title><entry><id>{url}</id>\
             <published>{date}T00:30:00+09:00</published><m:group><m:title>{title}</m:title><m:content url=\"x\" type=\"video/mp4\"/>\
             <m:description>{plain}</m:description></m:group></entry></feed>"
        ),
    };
    begin + &feed
}
