//! The text of a field, a cell of a table or a value of a record: without the markup that may be in it, and with its lead.

use std::collections::BTreeSet;

use crate::ingest::formats::html::{read_blocks, read_line};
use crate::ingest::limits::Limits;

/// Elements that are known as such without their end.
const ELEMENTS: [&str; 42] = [
    "a", "article", "aside", "b", "big", "blockquote", "body", "br", "center", "div", "em", "figure", "font", "h1", "h2", "h3", "h4",
    "head", "header", "hr", "html", "i", "iframe", "img", "li", "ol", "p", "pre", "script", "section", "small", "span", "strong",
    "style", "sub", "sup", "table", "td", "tr", "u", "ul", "video",
];
/// Elements by which lines are told apart, whatever the line breaks.
const BREAKS: [&str; 4] = ["p", "br", "div", "li"];
/// Entities that have a name and are known as such.
const ENTITIES: [&str; 24] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "hellip", "ndash", "mdash", "lsquo", "rsquo", "ldquo", "rdquo", "bdquo", "laquo",
    "raquo", "euro", "auml", "ouml", "uuml", "Auml", "Ouml", "Uuml", "szlig",
];

/// The text of a field, a paragraph a line.
pub(crate) fn plain_text(field: String, limits: &Limits) -> String {
    let elements = elements(&field);
    if !elements.is_empty() {
        // Without elements for them, the line breaks are those of the text.
        let has_breaks = BREAKS.iter().any(|name| elements.contains(*name));
        return if has_breaks { read_blocks(&field, limits) } else { by_lines(&field, limits) };
    }
    if !has_entities(&field) {
        return field;
    }
    let text = by_lines(&field.replace('<', "&lt;"), limits);
    // Markup that was escaped.
    if BREAKS.iter().any(|name| self::elements(&text).contains(*name)) { read_blocks(&text, limits) } else { text }
}

/// The text of a field that is one line.
pub(crate) fn plain_line(field: String, limits: &Limits) -> String {
    if !elements(&field).is_empty() {
        return read_line(&field, limits);
    }
    if has_entities(&field) { read_line(&field.replace('<', "&lt;"), limits) } else { field }
}

fn by_lines(field: &str, limits: &Limits) -> String {
    let lines: Vec<String> = field.lines().map(|line| read_line(line, limits)).collect();
    lines.join("\n").trim_end().to_owned()
}

/// The names of the elements that a text has: known ones, and others that end.
fn elements(text: &str) -> BTreeSet<String> {
    let (mut begun, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let goes_on = rest[length..].starts_with(['>', '/', ' ', '\t', '\r', '\n']);
        if length == 0 || length > 20 || !goes_on || !rest.contains('>') {
            continue;
        }
        let name = rest[..length].to_ascii_lowercase();
        if ELEMENTS.contains(&name.as_str()) || is_end && begun.contains(&name) {
            found.insert(name);
        } else if !is_end {
            begun.insert(name);
        }
    }
    found
}

fn has_entities(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        let is_number = |digits: &str| !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let numeric = name.strip_prefix('#').map(|number| number.trim_start_matches(['x', 'X']));
        at + 1 + name.len() < text.len() && (ENTITIES.contains(&name) || numeric.is_some_and(is_number))
    })
}

/// A text with the leads that stand over it, each once: a lead that the text has already is left out.
pub(crate) fn with_leads(leads: Vec<String>, body: String) -> String {
    if leads.is_empty() {
        return body;
    }
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut seen = spaced(&body);
    let mut parts = Vec::new();
    for lead in leads {
        let plain = spaced(&lead);
        let plain = plain.trim_end_matches(['.', '…', ' ']);
        if !plain.is_empty() && !seen.contains(plain) {
            seen.push('\n');
            seen.push_str(plain);
            parts.push(lead.trim().to_owned());
        }
    }
    parts.extend(Some(body).filter(|body| !body.trim().is_empty()));
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        document: 1 << 20,
        markup: 1 << 20,
        markup_depth: 100,
        unpack_ratio: 1,
        unpack_start: 1,
        archive_entries: 1,
        archive_depth: 1,
    };

    #[test]
    fn markup_becomes_text_and_text_stays() {
        for (field, expected) in [
            ("<p>Duties on <b>flat steel</b> start.</p><p>Zoll</p>", "Duties on flat steel start.\n\nZoll"),
            ("<tx><p>철강</p><zt>관세</zt><p>수출</p></tx>", "철강\n\n관세\n\n수출"),
            ("<ld>钢铁</ld>", "钢铁"),
            ("Eins<br/>zwei", "Eins\nzwei"),
            ("R&amp;D &lt; 5 &#8211; &quot;ja&quot;\n\nund", "R&D < 5 – \"ja\"\n\nund"),
            ("eins <b>fett</b>\n\nzwei", "eins fett\n\nzwei"),
            ("&lt;p&gt;Zoll&lt;/p&gt;&lt;p&gt;Hafen&lt;/p&gt;", "Zoll\n\nHafen"),
        ] {
            assert_eq!(plain_text(field.to_owned(), &LIMITS), expected, "{field}");
        }
        for text in ["a < b and c > d", "List<String> x", "AT&T; R&D", "<Reuters> 关税", "5 <6\r\n7", "a & b"] {
            assert_eq!(plain_text(text.to_owned(), &LIMITS), text);
            assert_eq!(plain_line(text.to_owned(), &LIMITS), text);
        }
        assert_eq!(plain_line("<b>Steel</b> &amp; Zoll".to_owned(), &LIMITS), "Steel & Zoll");
    }

    #[test]
    fn a_lead_stands_over_the_text_once() {
        let joined = |leads: &[&str], body: &str| with_leads(leads.iter().map(|&lead| lead.to_owned()).collect(), body.to_owned());
        assert_eq!(joined(&["Zölle steigen."], "Der Text."), "Zölle steigen.\n\nDer Text.");
        assert_eq!(joined(&["관세가  오른다…"], "관세가 오른다고 한다."), "관세가 오른다고 한다.");
        assert_eq!(joined(&["eins", "eins", "zwei"], ""), "eins\n\nzwei");
        assert_eq!(joined(&[], "x"), "x");
    }
}
