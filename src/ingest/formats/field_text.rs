//! The text of a field of JSON or a cell of a table: plain, or markup that becomes text.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::html::{read_blocks, read_html, read_line};
use crate::ingest::limits::Limits;
use crate::text::document::Document;

/// A tag of HTML by which a text is known as markup: its name is one that is used in texts, so that `a <b and c> d` is none.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let names = "p|br|hr|b|i|u|s|em|strong|mark|small|big|sub|sup|font|span|a|div|section|article|main|header|footer|figure|figcaption\
                 |img|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|q|pre|code|table|thead|tbody|tfoot|tr|td|th|iframe|video|audio|picture|html\
                 |head|body|script|style|title|meta|link|center|ins|del|cite|abbr|time|aside|nav|tx|ld|zt|lg|au|noscript|strike";
    Regex::new(&format!(r"(?i)</?(?:{names})(?:\s[^<>]*)?/?>|<!--|<!doctype|<!\[CDATA\[")).expect("a valid pattern")
});
/// A tag that ends a line: without one, the line breaks of a text are its own.
static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    let names = "p|br|hr|div|section|article|main|header|footer|figure|ul|ol|li|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|html|body|tx|ld|zt|lg";
    Regex::new(&format!(r"(?i)</?(?:{names})(?:\s[^<>]*)?/?>")).expect("a valid pattern")
});
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b")
        .expect("a valid pattern")
});
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});").expect("a valid pattern")
});

/// The text of a body: of a page its article, of markup all of its text, of plain text itself.
pub(crate) fn body_text(text: &str, pages: &PageWords, limits: &Limits) -> String {
    let text = &*without_jats(text);
    if PAGE.is_match(text) {
        return read_html(text, pages, limits, Document::default()).0.document.body;
    }
    if !is_markup(text) {
        return text.to_owned();
    }
    let plain = plain_text(text, limits);
    // Markup that was escaped once more becomes markup first.
    if !TAG.is_match(text) && TAG.is_match(&plain) { plain_text(&plain, limits) } else { plain }
}

/// A text whose tags of JATS are those of HTML: abstracts of journals have the same elements with a prefix.
fn without_jats(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"<jats:").is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("<jats:", "<").replace("</jats:", "</"))
}

/// The text of a title, or of any other part that is a line.
pub(crate) fn line_text(text: &str, limits: &Limits) -> String {
    if !is_markup(text) {
        return text.to_owned();
    }
    let line = read_line(text, limits);
    if !TAG.is_match(text) && is_markup(&line) { read_line(&line, limits) } else { line }
}

/// True for a text with tags or entities of HTML.
pub(crate) fn is_markup(text: &str) -> bool {
    (memchr::memchr(b'<', text.as_bytes()).is_some() && TAG.is_match(text))
        || (memchr::memchr(b'&', text.as_bytes()).is_some() && ENTITY.is_match(text))
}

fn plain_text(text: &str, limits: &Limits) -> String {
    if BLOCK.is_match(text) {
        return read_blocks(text, limits);
    }
    let lines = text.split('\n').map(|line| if is_markup(line) { read_line(line, limits) } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Options;

    fn options() -> Options {
        crate::Config::builtin().unwrap().ingest
    }

    #[test]
    fn markup_becomes_text_and_plain_text_stays() {
        let Options { limits, pages, .. } = options();
        for (text, expected) in [
            ("<p>Duties on <b>flat steel</b> start.</p><p>In March.</p>", "Duties on flat steel start.\n\nIn March."),
            ("a < b and c > d\nnext", "a < b and c > d\nnext"),
            ("AT&T; R&D", "AT&T; R&D"),
            ("&lt;p&gt;Zölle&lt;/p&gt;", "Zölle"),
            ("철강 <b>관세</b>\n둘째 줄 &amp; 끝", "철강 관세\n둘째 줄 & 끝"),
            ("钢铁&nbsp;关税", "钢铁\u{a0}关税"),
            ("List<String> of x<y>", "List<String> of x<y>"),
        ] {
            assert_eq!(
                body_text(text, &pages, &limits).replace('\u{a0}', " "),
                expected.replace('\u{a0}', " "),
                "{text}"
            );
        }
        let paragraphs = "<jats:p>Duties on flat steel start.</jats:p><jats:p>In March.</jats:p>";
        assert_eq!(body_text(paragraphs, &pages, &limits), "Duties on flat steel start.\n\nIn March.");
        let nested = format!("<{}p>Zölle", "jats:".repeat(100_000));
        assert!(body_text(&nested, &pages, &limits).ends_with("Zölle"));
        assert_eq!(line_text("&quot;철강&quot; <b>관세</b> 부과", &limits), "\"철강\" 관세 부과");
        assert_eq!(line_text("The port&amp;#039;s duties", &limits), "The port's duties");
    }

    #[test]
    fn a_page_in_a_field_is_read_as_its_article() {
        let page = "<!DOCTYPE html><html><head><title>Steel</title></head><body><nav>Home</nav><article><h1>Steel</h1>\
                    <p>Duties on flat steel start in March, the ministry said on Monday.</p></article></body></html>";
        let Options { limits, pages, .. } = options();
        assert_eq!(
            body_text(page, &pages, &limits),
            "Duties on flat steel start in March, the ministry said on Monday."
        );
    }
}
