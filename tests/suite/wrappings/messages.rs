//! An article in e-mails, in the formats of agencies and of text collections, and in older archives of the web.

use base64::Engine as _;

use super::articles::Article;
use super::files::{archive, escape_xml, record};
use super::pages::{Layout, escape, page};

/// A format that wraps a text in a frame of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapping {
    /// An e-mail as text and as HTML, both in base64.
    Mail,
    /// An e-mail of plain text, in the encoding of its bytes.
    MailPlain,
    /// A mailbox with one message.
    Mailbox,
    /// A page that is saved as a message.
    Mhtml,
    Nitf,
    /// NewsML-G2 with its text in XHTML.
    NewsMl,
    /// NewsML-G2 with NITF in it, in a message.
    NewsMessage,
    /// NewsML-G2 with plain text.
    NewsMlPlain,
    /// A collection as TREC has them.
    Sgml,
    /// A collection with its fields in attributes, and nothing closed.
    SgmlOpen,
    Arc,
    /// WARC/0.18, of which the content is packed by brotli.
    WarcBrotli,
}

impl Wrapping {
    pub(crate) const ALL: [Wrapping; 12] = [
        Wrapping::Mail,
        Wrapping::MailPlain,
        Wrapping::Mailbox,
        Wrapping::Mhtml,
        Wrapping::Nitf,
        Wrapping::NewsMl,
        Wrapping::NewsMessage,
        Wrapping::NewsMlPlain,
        Wrapping::Sgml,
        Wrapping::SgmlOpen,
        Wrapping::Arc,
        Wrapping::WarcBrotli,
    ];

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Wrapping::Mail | Wrapping::MailPlain => "eml",
            Wrapping::Mailbox => "mbox",
            Wrapping::Mhtml => "mhtml",
            Wrapping::Nitf | Wrapping::NewsMl | Wrapping::NewsMessage | Wrapping::NewsMlPlain => "xml",
            Wrapping::Sgml | Wrapping::SgmlOpen => "sgml",
            Wrapping::Arc => "arc",
            Wrapping::WarcBrotli => "warc",
        }
    }

    /// True if the frame is ASCII, whatever the text is in.
    pub(crate) fn is_framed(self) -> bool {
        matches!(
            self,
            Wrapping::Mail
                | Wrapping::MailPlain
                | Wrapping::Mailbox
                | Wrapping::Mhtml
                | Wrapping::Arc
                | Wrapping::WarcBrotli
        )
    }

    /// True if it says which encoding it is in.
    pub(crate) fn names_encoding(self) -> bool {
        !matches!(self, Wrapping::Sgml | Wrapping::SgmlOpen)
    }

    /// True if the address of the article has a place in it.
    pub(crate) fn has_url(self) -> bool {
        !matches!(self, Wrapping::Mail | Wrapping::MailPlain | Wrapping::Mailbox)
    }
}

/// The file.
pub(crate) fn wrapped(
    article: &Article,
    url: &str,
    wrapping: Wrapping,
    charset: &str,
    encode: &dyn Fn(&str) -> Vec<u8>,
) -> Vec<u8> {
    let Article { lang, title, date, source, paragraphs } = article;
    let body = paragraphs.join("\n\n");
    let markup: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape(text))).collect();
    let xml: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escape_xml(text))).collect();
    let (heading, plain) = (escape_xml(title), escape_xml(&body));
    let day = date.replace('-', "");
    let begin = format!("<?xml version=\"1.0\" encoding=\"{charset}\"?>\n");
    let page_of = || encode(&page(article, url, Layout::Semantic, charset));
    let nitf = format!(
        "<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\" xml:lang=\"{lang}\"><head><title>Meldung</title><docdata><doc-id id-string=\"n-1\"/>\
         <date.issue norm=\"{day}T003000+0900\"/></docdata><pubdata name=\"{source}\" ex-ref=\"{url}\"/></head><body><body.head><hedline><hl1>{heading}</hl1></hedline>\
         <byline>M. Muster</byline></body.head><body.content>{xml}</body.content></body></nitf>"
    );
    let item = |content: &str| {
        format!(
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"{url}\" version=\"1\" xml:lang=\"{lang}\"><itemMeta><itemClass qcode=\"ninat:text\"/>\
             <provider literal=\"x\"><name>{source}</name></provider><versionCreated>2029-01-01T00:00:00Z</versionCreated></itemMeta><contentMeta>\
             <contentCreated>{date}T00:30:00+09:00</contentCreated><headline>{heading}</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"
        )
    };
    match wrapping {
        Wrapping::Mail => {
            let part = |kind: &str, text: &str| {
                let encoded = base64::engine::general_purpose::STANDARD.encode(encode(text));
                let lines: Vec<&str> =
                    encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
                format!(
                    "--=_b\r\nContent-Type: {kind}; charset=\"{charset}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                    lines.join("\r\n")
                )
            };
            let html = format!("<html><body>{markup}</body></html>");
            let parts = part("text/plain", &body) + &part("text/html", &html);
            let kind = "multipart/alternative; boundary=\"=_b\"";
            format!("{}\r\n{parts}--=_b--\r\n", header(article, kind, "7bit")).into_bytes()
        }
        Wrapping::MailPlain => {
            let head = header(article, &format!("text/plain; charset={charset}"), "8bit");
            [format!("{head}\r\n").into_bytes(), encode(&body), b"\r\n".to_vec()].concat()
        }
        Wrapping::Mailbox => {
            let head = header(article, &format!("text/html; charset={charset}"), "quoted-printable");
            let mut text =
                format!("From a@news.example Tue Mar  4 00:10:00 2025\n{}\n", head.replace("\r\n", "\n")).into_bytes();
            text.extend(quoted_printable(&encode(&markup)));
            text
        }
        Wrapping::Mhtml => {
            let head = format!(
                "From: <Saved by a browser>\r\nSnapshot-Content-Location: {url}\r\nSubject: =?utf-8?Q?x?=\r\nDate: Mon, 01 Jan 2029 00:00:00 -0000\r\n\
                 MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----M\"\r\n\r\n\r\n------M\r\n\
                 Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {url}\r\n\r\n"
            );
            let rest = "\r\n------M\r\nContent-Type: text/css\r\nContent-Location: cid:css\r\n\r\np { color: red }\r\n------M--\r\n";
            [head.into_bytes(), quoted_printable(&page_of()), rest.as_bytes().to_vec()].concat()
        }
        Wrapping::Nitf => encode(&format!("{begin}{nitf}")),
        Wrapping::NewsMl => {
            let content = format!(
                "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/></head><body>{xml}</body></html></inlineXML>"
            );
            encode(&format!("{begin}{}", item(&content)))
        }
        Wrapping::NewsMessage => {
            let content = format!("<inlineXML contenttype=\"application/nitf+xml\">{nitf}</inlineXML>");
            encode(&format!(
                "{begin}<m:newsMessage xmlns:m=\"http://iptc.org/std/nar/2006-10-01/\"><m:header><m:sent>2029-01-01T00:00:00Z</m:sent></m:header><m:itemSet>{}</m:itemSet></m:newsMessage>",
                item(&content)
            ))
        }
        Wrapping::NewsMlPlain => {
            encode(&format!("{begin}{}", item(&format!("<inlineData contenttype=\"text/plain\">{plain}</inlineData>"))))
        }
        Wrapping::Sgml => encode(&format!(
            "<DOC>\n<DOCNO> W-1 </DOCNO>\n<LANG>{lang}</LANG>\n<SECTION>Wirtschaft</SECTION>\n<HEADLINE>\n{heading}\n</HEADLINE>\n<DATE>{day}</DATE>\n\
             <SOURCE>{source}</SOURCE>\n<URL>{url}</URL>\n<BYLINE>M. Muster</BYLINE>\n<TEXT>\n{xml}</TEXT>\n</DOC>\n"
        )),
        Wrapping::SgmlOpen => encode(&format!(
            "<DOC id=\"W-1\" type=\"story\" >\n<URL>{url}\n<SOURCE>{source}\n<LANG>{lang}\n<DATE_TIME>{date} 00:30:00\n<HEADLINE>\n{heading}\n<TEXT>\n{}",
            xml.replace("</p>", "").replace("<p>", "<P>\n")
        )),
        Wrapping::Arc => {
            let page = page_of();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n");
            let version = "1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n";
            let first = format!("filedesc://a.arc 0.0.0.0 20310505050505 text/plain {}\n{version}\n", version.len());
            let line = format!("{url} 192.0.2.1 20310505050505 text/html {}\n", head.len() + page.len());
            [first.as_bytes(), line.as_bytes(), head.as_bytes(), &page, b"\n"].concat()
        }
        Wrapping::WarcBrotli => {
            let head =
                format!("HTTP/2 200\r\ncontent-type: text/html; charset={charset}\r\ncontent-encoding: br\r\n\r\n");
            let content = [head.as_bytes(), &brotli(&page_of())].concat();
            let archive = archive(url, "response", "application/http;msgtype=response", &content);
            let mut old =
                String::from_utf8_lossy(&record("warcinfo", None, "x/y", b"")).replace("/1.0", "/0.17").into_bytes();
            old.extend_from_slice(&archive);
            old
        }
    }
}

/// The header of an e-mail.
fn header(article: &Article, kind: &str, coding: &str) -> String {
    let word = |text: &str| {
        // A word has at most 75 characters, so that a line is of several.
        let words = text.chars().collect::<Vec<_>>();
        let words = words.chunks(10).map(|part| {
            let part: String = part.iter().collect();
            format!("=?utf-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(part))
        });
        words.collect::<Vec<_>>().join("\r\n ")
    };
    let day = jiff::civil::Date::strptime("%Y-%m-%d", article.date).unwrap().strftime("%a, %d %b %Y 00:30:00 +0900");
    format!(
        "Received: from a by b; Mon, 01 Jan 2029 00:00:00 +0000\r\nFrom: {} <a@news.example>\r\nTo: b@news.example\r\nSubject: {}\r\nDate: {day}\r\n\
         Message-ID: <m-1@news.example>\r\nContent-Language: {}\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n",
        word(article.source),
        word(article.title),
        article.lang
    )
}

/// Bytes in quoted-printable (RFC 2045), in lines of the length that it may have.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut coded = Vec::new();
    let mut width = 0;
    for &byte in bytes {
        let part = match byte {
            b'\n' => {
                coded.extend_from_slice(b"\r\n");
                width = 0;
                continue;
            }
            b'=' | 0..=31 | 127.. => format!("={byte:02X}"),
            _ => char::from(byte).to_string(),
        };
        if width + part.len() > 72 {
            coded.extend_from_slice(b"=\r\n");
            width = 0;
        }
        width += part.len();
        coded.extend_from_slice(part.as_bytes());
    }
    coded
}

/// Bytes as brotli, as they are (RFC 7932, 9.2): each part of at most 65,536 bytes behind its length.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (number, part) in bytes.chunks(1 << 16).enumerate() {
        let length = u32::try_from(part.len() - 1).unwrap();
        // Before the first part stands the size of the window, one bit.
        let shift = if number == 0 { 1 } else { 0 };
        let head = (length << 3 | 1 << 19) << shift;
        stream.extend_from_slice(&head.to_le_bytes()[..3]);
        stream.extend_from_slice(part);
    }
    stream.push(3);
    stream
}
