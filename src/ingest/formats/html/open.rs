//! Elements that are open, and where they end without an end tag.

use crate::ingest::formats::html::elements::Role;

/// An element that is open.
pub(crate) struct Open {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// The byte of the clean copy where its start tag is.
    pub(crate) written: usize,
}

/// The height of the stack to which elements end that need no end tag, where another begins: a paragraph before a block, an item
/// before the next.
pub(crate) fn implied_end(stack: &[Open], name: &str, role: Role) -> Option<usize> {
    let (closes, barriers): (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        _ if !matches!(role, Role::Inline | Role::Span | Role::Link | Role::Break | Role::Hidden) => {
            let mut open =
                stack.iter().rev().take_while(|open| open.name == "p" || matches!(open.role, Role::Span | Role::Link));
            return open.position(|open| open.name == "p").map(|depth| stack.len() - 1 - depth);
        }
        _ => return None,
    };
    let at =
        stack.iter().rposition(|open| closes.contains(&open.name.as_str()) || barriers.contains(&open.name.as_str()));
    at.filter(|&at| closes.contains(&stack[at].name.as_str()))
}
