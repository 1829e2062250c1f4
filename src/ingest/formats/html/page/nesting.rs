//! The elements of a page that are open: what opens, what ends with it, and what is left out with all that it holds.

use crate::ingest::formats::html::clean::NO_LINK;
use crate::ingest::formats::html::elements::{Role, is_hidden, is_hidden_by_class, is_landmark, is_styled_away};
use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::html::page::{LeftOut, PageOptions, Reader};
use crate::ingest::formats::html::words::Part;

/// An element that is open.
pub(super) struct Open {
    pub(super) name: String,
    pub(super) role: Role,
    /// The byte of the clean copy where its start tag is.
    pub(super) written: usize,
}

/// An element that is left out with all that it holds.
#[derive(Clone, Copy)]
pub(super) struct Dropped {
    pub(super) at: usize,
    /// Never shown, as against what is left out by choice.
    pub(super) hidden: bool,
    pub(super) styled: bool,
    pub(super) by_class: bool,
    /// May turn out to be the article.
    pub(super) doubtful: bool,
    /// Not even beside the article.
    pub(super) elsewhere: bool,
    pub(super) number: usize,
    pub(super) letters: usize,
}

impl Reader<'_> {
    pub(super) fn open(&mut self, tag: &Tag, role: Role, is_shown: bool) {
        self.elements += 1;
        if is_shown {
            let PageOptions { left_out, as_styled, .. } = self.options;
            let hidden = is_hidden(tag, role);
            let by_name = left_out >= LeftOut::Landmarks && role == Role::Landmark;
            let by_role = left_out >= LeftOut::Landmarks && is_landmark(tag);
            let words = self.options.words.filter(|_| left_out >= LeftOut::Classes);
            let part = words
                .map_or(Part::Unknown, |words| if is_hidden_by_class(tag) { Part::Other } else { words.part(tag) });
            let by_class = matches!(part, Part::Other | Part::Comments) && !self.options.kept.contains(&self.elements);
            if part == Part::Teaser && self.within.teaser.is_none() {
                self.within.teaser = Some((self.elements, self.stack.len()));
            }
            let styled = as_styled && is_styled_away(tag);
            if hidden || by_name || by_role || by_class || styled {
                let known = hidden || by_name || by_role;
                self.dropped = Some(Dropped {
                    at: self.stack.len(),
                    hidden: hidden || styled,
                    styled: styled && !known && !by_class,
                    by_class: by_class && !known && !styled,
                    doubtful: part == Part::Other,
                    elsewhere: !by_class || part == Part::Comments,
                    number: self.elements,
                    letters: 0,
                });
            }
            // Text in the line before a script goes on after it.
            if !matches!(role, Role::Hidden | Role::Span | Role::Link | Role::Cell) {
                self.lines.end_paragraph();
            }
            if role == Role::Cell {
                self.lines.space();
            }
        }
        if self.embedded.is_none() && self.options.words.is_some_and(|words| words.is_embedded(tag)) {
            self.embedded = Some(self.stack.len());
        }
        let written = self.clean.len();
        if self.dropped.is_none() {
            if role == Role::Link {
                self.lines.link();
            }
            self.clean.start(tag, role, self.stack.len());
            if let Some(count) = self.within.of(role, &tag.name) {
                *count += 1;
            }
        }
        self.stack.push(Open { name: tag.name.clone(), role, written });
    }

    /// Ends the link that is open where another begins: none is in another. Where it holds blocks that are still open, these
    /// stay so, and it only counts as a link no longer; to close them would make what is left out of a page part of it.
    pub(super) fn close_link(&mut self) {
        let floor = self.dropped.map_or(0, |dropped| dropped.at);
        let Some(at) = self.stack.iter().rposition(|open| open.name == "a").filter(|&at| at >= floor) else { return };
        if self.stack[at..].iter().all(|open| matches!(open.role, Role::Span | Role::Link)) {
            self.close_to(at);
        } else if let Some(open) = self.stack.get_mut(at).filter(|open| open.role == Role::Link) {
            open.role = Role::Span;
            NO_LINK.clone_into(&mut open.name);
            if self.dropped.is_none() {
                self.within.links = self.within.links.saturating_sub(1);
                self.clean.unlink(open.written);
            }
        }
    }

    /// Ends elements that need no end tag: a paragraph before a block, an item before the next.
    pub(super) fn close_implied(&mut self, name: &str, role: Role) {
        let (closes, barriers): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            _ if !matches!(role, Role::Inline | Role::Span | Role::Link | Role::Break | Role::Hidden) => {
                let open = self
                    .stack
                    .iter()
                    .rev()
                    .take_while(|open| open.name == "p" || matches!(open.role, Role::Span | Role::Link));
                let paragraph = open.enumerate().find(|(_, open)| open.name == "p").map(|(depth, _)| depth);
                if let Some(depth) = paragraph {
                    self.close_to(self.stack.len() - 1 - depth);
                }
                return;
            }
            _ => return,
        };
        let at = self
            .stack
            .iter()
            .rposition(|open| closes.contains(&open.name.as_str()) || barriers.contains(&open.name.as_str()));
        if let Some(at) = at.filter(|&at| closes.contains(&self.stack[at].name.as_str())) {
            self.close_to(at);
        }
    }

    /// Closes all elements above a height of the stack.
    pub(super) fn close_to(&mut self, at: usize) {
        while self.stack.len() > at {
            if !matches!(self.stack.last(), Some(Open { role: Role::Span | Role::Link, .. })) {
                self.lower();
            }
            let Some(open) = self.stack.pop() else { return };
            self.embedded = self.embedded.filter(|&height| height != self.stack.len());
            if self.within.teaser.is_some_and(|(_, height)| height == self.stack.len()) {
                self.within.teaser = None;
            }
            match self.dropped {
                Some(dropped) if dropped.at == self.stack.len() => {
                    self.dropped = None;
                    if dropped.by_class && dropped.doubtful {
                        self.longest = self.longest.max((dropped.letters, dropped.number));
                    }
                    // A landmark ends the paragraph before it.
                    if !matches!(open.role, Role::Hidden | Role::Span | Role::Link) {
                        self.lines.end_paragraph();
                    }
                }
                Some(_) => {}
                None => {
                    self.clean.end(&open.name, open.role);
                    if let Some(count) = self.within.of(open.role, &open.name) {
                        *count = count.saturating_sub(1);
                    }
                    match open.role {
                        Role::Span | Role::Link | Role::Hidden => {}
                        Role::Cell => self.lines.space(),
                        _ => self.lines.end_paragraph(),
                    }
                }
            }
        }
    }
}
