//! Names of a feed's elements, with the prefix that their namespace usually has, whatever prefix the feed gives it.
//!
//! In: start tags with the namespaces that they declare. Out: names in lower case: `title` for what RSS and Atom have,
//! `dc:date`, `content:encoded`, `media:group` for the rest. A prefix that is not declared, or stands for a namespace that is
//! not known, is taken as it is spelled: many feeds declare none, or with a mistake.

use quick_xml::events::BytesStart;

/// Declarations that are kept at most.
const MAX_DECLARED: usize = 500;

/// Namespaces as [`normal`] writes them, and the prefix that is usual. What is RSS or Atom itself has none.
const NAMESPACES: [(&str, &str); 22] = [
    ("www.w3.org/2005/atom", ""),
    ("purl.org/atom/ns", ""),
    ("purl.org/rss/1.0", ""),
    ("purl.org/net/rss1.1", ""),
    ("my.netscape.com/rdf/simple/0.9", ""),
    ("channel.netscape.com/rdf/simple/0.9", ""),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", ""),
    ("backend.userland.com/rss", ""),
    ("backend.userland.com/rss2", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/dc/elements/1.1", "dc"),
    ("purl.org/dc/elements/1.0", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("video.search.yahoo.com/mrss", "media"),
    ("www.rssboard.org/media-rss", "media"),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", "rdf"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("www.w3.org/xml/1998/namespace", "xml"),
];

/// A namespace that an element declares for a prefix.
struct Declaration {
    /// The prefix; empty for the default namespace.
    prefix: String,
    /// The usual prefix of the namespace; `None` if it is not known.
    usual: Option<&'static str>,
    /// The number of elements around its element; `None` if it holds for the whole feed.
    depth: Option<usize>,
}

/// The namespaces that are declared where a feed is being read.
#[derive(Default)]
pub(crate) struct Names {
    declared: Vec<Declaration>,
}

impl Names {
    /// Takes the declarations of a start tag with so many elements around it; those `outside` of entries hold to the end of
    /// the feed, since a mistake may hide where an element ends.
    pub(crate) fn declare(&mut self, tag: &BytesStart<'_>, depth: usize, outside: bool) {
        let is_frame = matches!(tag.local_name().as_ref().to_ascii_lowercase().as_str(), "rss" | "channel");
        for attribute in tag.attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns") else { continue };
            let prefix = match prefix.strip_prefix(':') {
                Some(prefix) => prefix,
                None if prefix.is_empty() => "",
                None => continue,
            };
            let usual = usual_prefix(&attribute.value);
            // RSS 2.0 has no namespace of its own, so that a default one is meant for something else.
            let is_wrong = prefix.is_empty() && is_frame && usual.is_some_and(|usual| !usual.is_empty());
            if !is_wrong && self.declared.len() < MAX_DECLARED {
                let depth = (!outside).then_some(depth);
                self.declared.push(Declaration { prefix: prefix.to_owned(), usual, depth });
            }
        }
    }

    /// Forgets what elements declared that have ended: those with at least so many elements around them.
    pub(crate) fn end(&mut self, depth: usize) {
        self.declared.retain(|declaration| declaration.depth.is_none_or(|at| at < depth));
    }

    /// The name of an element with the usual prefix, in lower case.
    pub(crate) fn of(&self, name: &str) -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let local = local.to_ascii_lowercase();
        let declared = self.declared.iter().rev().find(|declaration| declaration.prefix == prefix);
        let usual = match declared.and_then(|declaration| declaration.usual) {
            Some(usual) => usual.to_owned(),
            None => match prefix.to_ascii_lowercase().as_str() {
                "atom" | "atom03" | "rss" | "rss1" | "a10" => String::new(),
                spelled => spelled.to_owned(),
            },
        };
        if usual.is_empty() { local } else { format!("{usual}:{local}") }
    }
}

/// The usual prefix of a namespace.
fn usual_prefix(uri: &str) -> Option<&'static str> {
    let uri = normal(uri);
    NAMESPACES.iter().find(|(known, _)| *known == uri).map(|(_, usual)| *usual)
}

/// A namespace without what is written in several ways.
fn normal(uri: &str) -> String {
    let uri = uri.trim().to_ascii_lowercase();
    let uri = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://")).unwrap_or(&uri);
    uri.trim_end_matches(['/', '#']).to_owned()
}
