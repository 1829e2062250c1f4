//! The format of an input by its content: where its name means none, or plainly another.

use std::sync::LazyLock;

use regex::Regex;

use crate::ingest::formats::format::{InputFormat, extension, without_addition};
use crate::ingest::formats::mail;

/// Endings that say how a server made a page, and nothing of its format; also those of what was copied or cut off.
const OPEN_ENDINGS: [&str; 24] = [
    "php", "php3", "php4", "php5", "phtml", "asp", "aspx", "ashx", "jsp", "jspx", "jhtml", "do", "action", "cfm",
    "cgi", "pl", "dll", "exe", "nhn", "bak", "old", "orig", "dump", "download",
];
/// Elements that a page without `html` begins with.
const PAGE_ELEMENTS: [&str; 22] = [
    "meta", "title", "link", "script", "style", "base", "div", "p", "table", "center", "article", "section", "main",
    "header", "h1", "h2", "span", "font", "frameset", "form", "ul", "nav",
];
/// Fields of a header by which an e-mail is known, in lower case.
const MAIL_FIELDS: [&str; 15] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "path",
    "newsgroups",
    "content-type",
    "reply-to",
    "list-id",
    "snapshot-content-location",
];

/// The format of a text whose name means `format`, where its beginning plainly is another.
pub(crate) fn of_content(format: InputFormat, head: &str) -> InputFormat {
    let head = start(head);
    match format {
        InputFormat::JsonLines if head.starts_with('[') && !is_json_lines(head) || is_laid_out(head) => {
            InputFormat::Json
        }
        InputFormat::Json if is_json_lines(head) => InputFormat::JsonLines,
        InputFormat::Html | InputFormat::Feed | InputFormat::NewsMl | InputFormat::Sgml => {
            of_markup(head).unwrap_or(format)
        }
        // Collections and pages are often kept by that ending; a text that quotes markup does not begin with all of it.
        InputFormat::Text => match of_markup(head) {
            Some(InputFormat::Sgml) => InputFormat::Sgml,
            Some(InputFormat::Html) if has_doctype(head) => InputFormat::Html,
            _ if is_json_lines(head) => InputFormat::JsonLines,
            _ if RECORD.is_match(head) => InputFormat::Json,
            _ => format,
        },
        _ => format,
    }
}

/// The format of a text whose name means none. What many other files look like too is only believed if the name leaves it open,
/// or the user named the file.
pub(crate) fn sniffed(name: &str, is_named: bool, head: &str) -> Option<InputFormat> {
    let head = start(head);
    let plain = of_markup(head).or_else(|| has_doctype(head).then_some(InputFormat::Html));
    if plain.is_some() || !(is_named || is_open(name)) {
        return plain;
    }
    let first = head.chars().next()?;
    let second = head[first.len_utf8()..].trim_start().chars().next();
    match (first, second) {
        ('{', Some('"')) | ('[', _) if is_json_lines(head) => Some(InputFormat::JsonLines),
        ('{', Some('"')) | ('[', Some('{' | ']')) => Some(InputFormat::Json),
        ('<', _) => {
            let name: String = head[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
            PAGE_ELEMENTS.contains(&name.to_ascii_lowercase().as_str()).then_some(InputFormat::Html)
        }
        _ => None,
    }
}

/// True for bytes that begin with the header of an e-mail, in a file whose name means no format.
pub(crate) fn is_mail(name: &str, is_named: bool, head: &[u8]) -> bool {
    if !(is_named || is_open(name)) {
        return false;
    }
    let head = mail::without_envelope(head);
    let (mut known, mut lines) = (0, 0);
    for line in head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end) {
        match line.first() {
            None if lines == 0 => continue,
            None => break,
            Some(b' ' | b'\t') if lines > 0 => {}
            Some(_) => {
                let Some(at) = line.iter().position(|&byte| byte == b':') else { break };
                if !line[..at].iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                    break;
                }
                known += usize::from(MAIL_FIELDS.iter().any(|field| line[..at].eq_ignore_ascii_case(field.as_bytes())));
            }
        }
        lines += 1;
    }
    known >= 2
}

/// True for a name without an ending, or with one that says nothing of the format.
fn is_open(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let bare = without_addition(name).unwrap_or(name);
    match extension(bare) {
        None => true,
        Some(extension) => {
            let is_word = extension.len() <= 8 && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let is_number = extension.bytes().all(|byte| byte.is_ascii_digit());
            !is_word || is_number || bare.len() < name.len() || OPEN_ENDINGS.contains(&extension.as_str())
        }
    }
}

/// A text without what may stand before its first sign.
fn start(head: &str) -> &str {
    head.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

fn has_doctype(head: &str) -> bool {
    let begins = |start: &str| head.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    begins("<!doctype html") || begins("<html")
}

/// A format of markup, by the element that comes first.
fn of_markup(head: &str) -> Option<InputFormat> {
    if !head.starts_with('<') {
        return None;
    }
    let mut rest = head;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = rest.find(|character: char| !(character.is_alphanumeric() || ":!?-_".contains(character)));
        let name = rest[..end.unwrap_or(rest.len())].to_ascii_lowercase();
        // A declaration, or what only XML has before the first element.
        if name.starts_with(['?', '!']) {
            continue;
        }
        // Whatever prefix it has.
        return match name.rsplit(':').next().unwrap_or(&name) {
            "html" | "head" | "body" => Some(InputFormat::Html),
            "rss" | "feed" | "rdf" => Some(InputFormat::Feed),
            "nitf" | "newsitem" | "newsmessage" | "newsml" | "packageitem" => Some(InputFormat::NewsMl),
            "urlset" | "sitemapindex" => Some(InputFormat::Sitemap),
            "doc" | "docs" | "root" | "reuters" | "trec" => {
                let head: String = rest.chars().map(|character| character.to_ascii_lowercase()).collect();
                let is_collection =
                    ["<docno", "<docid", "doc id=", "reuters topics", "newid="].iter().any(|sign| head.contains(sign));
                is_collection.then_some(InputFormat::Sgml)
            }
            _ => None,
        };
    }
    None
}

/// True if the first line is a record by itself, and not the last line.
fn is_json_lines(head: &str) -> bool {
    let Some((line, _)) = head.split_once('\n') else {
        return false;
    };
    match serde_json::from_str::<serde_json::Value>(line.trim_end().trim_end_matches(',')) {
        Ok(serde_json::Value::Object(_)) => true,
        // Rows of values: a list of records is one by itself.
        Ok(serde_json::Value::Array(cells)) => {
            cells.len() > 1 && !cells.iter().any(|cell| cell.is_object() || cell.is_array())
        }
        _ => false,
    }
}

/// The beginning of a record or of a list of them.
static RECORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\A(?:\[\s*)?\{\s*"[^"\n]{1,100}"\s*:\s*["\[{\dtfn-]"#).expect("a valid pattern"));

/// True for a record that is laid out over several lines: the first has nothing but its bracket.
fn is_laid_out(head: &str) -> bool {
    head.split_once(['\n', '\r']).is_some_and(|(line, _)| line.trim_end() == "{")
}
