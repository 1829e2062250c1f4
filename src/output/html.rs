//! Pages of HTML with one table: complete files without scripts, and nothing of a document in them but text.

use std::io::{Result, Write};

/// The end of a page.
pub(super) const HTML_END: &str = "</tbody>\n</table>\n</body>\n</html>\n";

const STYLE: &str = "body{font:16px/1.4 sans-serif;margin:1em}table{border-collapse:collapse}th{text-align:left}\
td,th{padding:.1em .4em;vertical-align:baseline}td{white-space:pre-wrap;word-break:keep-all;line-break:strict}\
td.left{text-align:right}td.number{text-align:right}mark{font-weight:bold;color:inherit}mark.added{text-decoration:underline}\
tbody tr:nth-child(even){background:rgba(127,127,127,.1)}:root{color-scheme:light dark}";

/// Writes the beginning of a page, up to the body of its table.
pub(super) fn html_head(out: &mut dyn Write, title: &str, columns: &[&str]) -> Result<()> {
    let title = escaped_html(title);
    let cells: String =
        columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escaped_html(column))).collect();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n<table>\n<thead>\n<tr>{cells}</tr>\n</thead>\n<tbody>\n"
    )
}

/// A text as the content of an element or an attribute.
pub(super) fn escaped_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}
