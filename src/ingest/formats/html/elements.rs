//! Roles of elements, by their names and attributes.

use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::xml::NEWS_INLINE;

/// The role of an element: its effect on the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing: its text is part of the line. Such elements may be nested wrongly, so they are not even kept track of.
    Inline,
    /// Nothing either, but it can be hidden.
    Span,
    Link,
    /// A line break.
    Break,
    /// A cell of a table: white space in a line.
    Cell,
    /// A paragraph of its own; so is all that is unknown.
    Block,
    /// A block that is not of the article.
    Landmark,
    /// Never shown, or not as text.
    Hidden,
}

pub(crate) fn role_of_tag(tag: &Tag) -> Role {
    // Without an address it is a place that links lead to, and often never closed.
    if tag.name == "a" && tag.get("href").is_none() { Role::Span } else { role_of(&tag.name) }
}

/// Elements within a line of JATS, NITF, NewsML-G2 and TEI, by their names in lower case. HTML knows none of them.
const INLINE: [&str; 53] = [
    // JATS
    "bold",
    "italic",
    "underline",
    "overline",
    "monospace",
    "roman",
    "sans-serif",
    "sc",
    "xref",
    "ext-link",
    "uri",
    "email",
    "named-content",
    "styled-content",
    "inline-formula",
    "inline-graphic",
    "institution",
    "abbrev",
    "given-names",
    "surname",
    // NITF, NewsML-G2, beside NEWS_INLINE
    "frac",
    "frac-num",
    "frac-den",
    "frac-sep",
    "classifier",
    "pronounce",
    "inline",
    "keyword",
    "name.given",
    "name.family",
    // TEI
    "hi",
    "emph",
    "foreign",
    "mentioned",
    "socalled",
    "term",
    "gloss",
    "name",
    "rs",
    "ref",
    "persname",
    "placename",
    "orgname",
    "geogname",
    "date",
    "measure",
    "seg",
    "choice",
    "sic",
    "corr",
    "orig",
    "reg",
    "distinct",
];

pub(crate) fn role_of(name: &str) -> Role {
    match name {
        name if NEWS_INLINE.contains(&name) || INLINE.contains(&name) => Role::Inline,
        "b" | "i" | "em" | "strong" | "u" | "s" | "small" | "big" | "font" | "tt" | "code" | "nobr" | "strike"
        | "del" | "ins" | "mark" | "sub" | "sup" | "abbr" | "acronym" | "cite" | "q" | "time" | "bdi" | "bdo"
        | "data" | "dfn" | "kbd" | "samp" | "var" | "wbr" | "blink" | "rb" | "ruby" | "img" | "picture" | "source"
        | "html" | "body" | "head" | "meta" | "link" | "base" => Role::Inline,
        "span" | "label" => Role::Span,
        "a" => Role::Link,
        "br" | "break" | "lb" => Role::Break,
        "td" | "th" => Role::Cell,
        "nav" | "aside" | "footer" | "figcaption" => Role::Landmark,
        "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "applet" | "canvas" | "audio"
        | "video" | "select" | "textarea" | "button" | "noframes" | "noembed" | "datalist" | "dialog" | "rt" | "rp"
        | "rtc" | "title" | "map" => Role::Hidden,
        _ => Role::Block,
    }
}

/// True for what no reader of the page sees. A part that was sent before its place on the page was known is hidden until a script
/// puts it there; React calls these `S:0` and so on.
pub(crate) fn is_hidden(tag: &Tag, role: Role) -> bool {
    let is_streamed = tag.get("id").is_some_and(|id| id.starts_with("S:"));
    let says_so = !is_streamed && tag.get("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"));
    role == Role::Hidden || says_so || tag.get("aria-hidden") == Some("true")
}

/// True for what is not shown before a script shows it, if ever. `visibility` says nothing: some outlets hide each article
/// by it until the page is complete.
pub(crate) fn is_styled_away(tag: &Tag) -> bool {
    tag.get("style").is_some_and(|style| {
        let style: String = style.chars().filter(|letter| !letter.is_whitespace()).collect();
        style.to_ascii_lowercase().contains("display:none")
    })
}

/// Roles of WAI-ARIA that are not the article.
const LANDMARKS: [&str; 11] = [
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
];

/// True for what is not of the article by its role.
pub(crate) fn is_landmark(tag: &Tag) -> bool {
    tag.get("role").is_some_and(|role| LANDMARKS.iter().any(|landmark| role.eq_ignore_ascii_case(landmark)))
}

/// True for the classes by which frameworks hide an element on every screen.
pub(crate) fn is_hidden_by_class(tag: &Tag) -> bool {
    const HIDDEN: [&str; 5] = ["hidden", "hide", "d-none", "is-hidden", "visually-hidden"];
    const SHOWN: [&str; 4] = ["block", "flex", "grid", "inline"];
    tag.get("class").is_some_and(|class| {
        let mut names = class.split_ascii_whitespace();
        names.clone().any(|name| HIDDEN.contains(&name))
            && !names.any(|name| SHOWN.iter().any(|shown| name.ends_with(shown) && name.len() > shown.len()))
    })
}
