//! An article in every format: the bytes of a file with it.

use super::articles::Article;
use super::feeds::{Dialect, feed};
use super::messages::{Wrapping, wrapped};
use super::pages::{Layout, escape, page};

/// A format in which an article can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Markdown,
    JsonLines,
    Json,
    /// In a list inside of objects, by the names that a news service has.
    JsonInside,
    Csv,
    Tsv,
    Html(Layout),
    Rss,
    /// RSS with a summary of plain text alone.
    RssPlain,
    Atom,
    /// Atom with its text as elements.
    AtomElements,
    Feed(Dialect),
    Warc(Layout),
    /// A response in chunks, each of a few bytes.
    WarcChunked,
    /// Plain text that the archive has made.
    WarcText,
    Wrapped(Wrapping),
}

impl Format {
    /// Every format that is read.
    pub(crate) fn all() -> Vec<Format> {
        let mut all = vec![
            Format::Text,
            Format::Markdown,
            Format::JsonLines,
            Format::Rss,
            Format::RssPlain,
            Format::Atom,
            Format::AtomElements,
            Format::WarcChunked,
            Format::WarcText,
        ];
        all.extend(Layout::ALL.map(Format::Html));
        all.extend(Layout::ALL.map(Format::Warc));
        if super::READS_TABLES {
            all.extend([Format::Json, Format::Csv, Format::Tsv]);
        }
        all.push(Format::JsonInside);
        all.extend(Dialect::ALL.map(Format::Feed));
        all.extend(Wrapping::ALL.map(Format::Wrapped));
        all
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::JsonLines => "jsonl",
            Format::Json | Format::JsonInside => "json",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Html(_) => "html",
            Format::Rss | Format::RssPlain => "rss",
            Format::Atom | Format::AtomElements => "atom",
            Format::Feed(_) => "xml",
            Format::Wrapped(wrapping) => wrapping.extension(),
            Format::Warc(_) | Format::WarcChunked | Format::WarcText => "warc",
        }
    }

    /// True if the format says which encoding it is in, so that it can be in any.
    pub(crate) fn names_encoding(self) -> bool {
        use Format::{Atom, AtomElements, Feed, Html, Rss, RssPlain, Warc, WarcChunked};
        if let Format::Wrapped(wrapping) = self {
            return wrapping.names_encoding();
        }
        matches!(self, Html(_) | Feed(_) | Rss | RssPlain | Atom | AtomElements | Warc(_) | WarcChunked)
    }

    /// True if the format is one whose frame is ASCII, which the text within is not.
    pub(crate) fn is_framed(self) -> bool {
        match self {
            Format::Wrapped(wrapping) => wrapping.is_framed(),
            _ => matches!(self, Format::Warc(_) | Format::WarcChunked | Format::WarcText),
        }
    }

    /// True if the address of the article has a place in it.
    pub(crate) fn has_url(self) -> bool {
        if let Format::Wrapped(wrapping) = self { wrapping.has_url() } else { true }
    }

    /// True if date, outlet and address can be stated.
    pub(crate) fn states(self) -> bool {
        !matches!(self, Format::Text | Format::WarcText)
    }

    /// The file. `charset` is what it says of its encoding, and `encode` puts text into that.
    pub(crate) fn bytes(
        self,
        article: &Article,
        number: usize,
        charset: &str,
        encode: &dyn Fn(&str) -> Vec<u8>,
    ) -> Vec<u8> {
        let Article { lang, title, date, source, paragraphs } = article;
        let url = article.url(number);
        let body = paragraphs.join("\n\n");
        let markup: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape(text))).collect();
        match self {
            Format::Text => encode(&format!("{title}\n\n{body}\n")),
            Format::Markdown => encode(&format!(
                "---\ntitle: {title}\ndate: {date}\nsource: {source}\nurl: {url}\nlang: {lang}\n---\n\n{body}\n"
            )),
            Format::JsonLines | Format::Json => {
                let record = serde_json::json!({"id": url, "title": title, "body": body, "lang": lang, "date": date, "source": source, "url": url});
                encode(&if self == Format::Json { format!("[\n{record:#}\n]") } else { format!("{record}\n") })
            }
            Format::JsonInside => {
                let record = serde_json::json!({"source": {"id": null, "name": source}, "title": title, "description": null, "url": url,
                    "publishedAt": format!("{date}T09:30:00Z"), "language": lang, "content": markup});
                encode(&serde_json::json!({"status": "ok", "response": {"total": 1, "articles": [record]}}).to_string())
            }
            Format::Csv | Format::Tsv => {
                let delimiter = if self == Format::Csv { b',' } else { b'\t' };
                let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
                writer.write_record(["id", "title", "body", "lang", "date", "source", "url"]).unwrap();
                writer.write_record([&url, *title, &body, *lang, *date, *source, &url]).unwrap();
                encode(&String::from_utf8(writer.into_inner().unwrap()).unwrap())
            }
            Format::Html(layout) => encode(&page(article, &url, layout, charset)),
            Format::Rss | Format::RssPlain => {
                let content = if self == Format::Rss {
                    format!(
                        "<description>{}</description><content:encoded><![CDATA[{markup}]]></content:encoded>",
                        escape(title)
                    )
                } else {
                    format!("<description>{}</description>", escape_xml(&body))
                };
                encode(&format!(
                    "<?xml version=\"1.0\" encoding=\"{charset}\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
                     <channel><title>{source}</title><link>https://news.example/</link><language>{lang}</language>\n<item><title>{}</title>\
                     <link>{url}</link><guid isPermaLink=\"true\">{url}</guid><pubDate>{}</pubDate>{content}</item></channel></rss>",
                    escape_xml(title),
                    jiff::civil::Date::strptime("%Y-%m-%d", date).unwrap().strftime("%a, %d %b %Y 00:30:00 +0900")
                ))
            }
            Format::Atom | Format::AtomElements => {
                let content = if self == Format::Atom {
                    format!("<content type=\"html\">{}</content>", escape_xml(&markup))
                } else {
                    let markup: String =
                        paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape_xml(text))).collect();
                    format!(
                        "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{markup}</div></content>"
                    )
                };
                encode(&format!(
                    "<?xml version=\"1.0\" encoding=\"{charset}\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\"><title>{source}</title>\
                     <id>https://news.example/</id><updated>2030-01-01T00:00:00Z</updated><entry><title type=\"text\">{}</title><link href=\"{url}\"/>\
                     <id>{url}</id><updated>2029-01-01T00:00:00Z</updated><published>{date}T00:30:00+09:00</published>{content}</entry></feed>",
                    escape_xml(title)
                ))
            }
            Format::Wrapped(wrapping) => wrapped(article, &url, wrapping, charset, encode),
            Format::Feed(dialect) => encode(&feed(article, &url, dialect, charset)),
            Format::Warc(layout) => {
                let page = encode(&page(article, &url, layout, charset));
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\nContent-Length: {}\r\n\r\n",
                    page.len()
                );
                archive(&url, "response", "application/http; msgtype=response", &[head.as_bytes(), &page].concat())
            }
            Format::WarcChunked => {
                let page = encode(&page(article, &url, Layout::Semantic, charset));
                let mut content = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\nTransfer-Encoding: chunked\r\n\r\n").into_bytes();
                for chunk in page.chunks(37) {
                    content.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                    content.extend_from_slice(chunk);
                    content.extend_from_slice(b"\r\n");
                }
                content.extend_from_slice(b"0\r\n\r\n");
                archive(&url, "response", "application/http; msgtype=response", &content)
            }
            Format::WarcText => archive(&url, "conversion", "text/plain", &encode(&format!("{title}\n\n{body}\n"))),
        }
    }
}

/// Text as it stands in XML.
pub(super) fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// An archive with a record of its own before and behind the one.
pub(super) fn archive(url: &str, kind: &str, media: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = record("warcinfo", None, "application/warc-fields", b"software: a test\r\n");
    archive.extend(record(kind, Some(url), media, content));
    archive.extend(record("metadata", Some(url), "application/warc-fields", b"fetchTimeMs: 7\r\n"));
    archive
}

/// One record of WARC 1.0.
pub(crate) fn record(kind: &str, url: Option<&str>, media: &str, content: &[u8]) -> Vec<u8> {
    let url = url.map(|url| format!("WARC-Target-URI: {url}\r\n")).unwrap_or_default();
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\n{url}WARC-Date: 2031-05-05T05:05:05Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}
