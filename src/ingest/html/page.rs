//! A page to its visible lines, what its head says, and a clean copy of its markup.
//!
//! In: markup. Out: a [`Page`]. Invariant: linear in the length of the markup, times the depth that is allowed. Elements deeper
//! than that are not told apart any more, but their text is kept.

use crate::ingest::html::elements::{Role, is_hidden, role_of};
use crate::ingest::html::events::{Event, Tag, each_event};
use crate::ingest::html::lines::{Line, Lines, Place};
use crate::ingest::html::metadata::Statements;

/// Bytes of a class or id in the clean copy.
const MAX_CLASS_BYTES: usize = 200;

/// What is left out of a page besides what no browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeftOut {
    Nothing,
    /// Elements that are not of the article by their name or role.
    Landmarks,
    /// Those too that are not by their class or id.
    Classes,
}

/// What is read of a page.
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) statements: Statements,
    /// Markup without scripts, formatting, or anything left out, each element closed where it ends.
    pub(super) clean: String,
    /// True if elements are nested deeper than is allowed.
    pub(super) too_deep: bool,
    /// True if the title or the main part of the page was left out for the class of what holds it.
    pub(super) misled: bool,
}

/// Reads a page, or a piece of one.
pub(super) fn read_page(markup: &str, max_depth: usize, left_out: LeftOut) -> Page {
    let mut reader = Reader {
        max_depth,
        left_out,
        stack: Vec::new(),
        dropped: None,
        place: Counts::default(),
        lines: Lines::new(),
        statements: Statements::default(),
        clean: String::new(),
        too_deep: false,
        misled: false,
    };
    each_event(markup, |event| match event {
        Event::Start(tag) => reader.start(tag),
        Event::End(name) => reader.end(name),
        Event::Text(text) => reader.text(text),
    });
    reader.close_to(0);
    let Reader { lines, statements, clean, too_deep, misled, .. } = reader;
    Page { lines: lines.finish(), statements, clean, too_deep, misled }
}

struct Reader {
    max_depth: usize,
    left_out: LeftOut,
    stack: Vec<Open>,
    /// Where on the stack the element is that is left out with all that it holds.
    dropped: Option<Dropped>,
    place: Counts,
    lines: Lines,
    statements: Statements,
    clean: String,
    too_deep: bool,
    misled: bool,
}

struct Open {
    name: String,
    role: Role,
}

#[derive(Clone, Copy)]
struct Dropped {
    at: usize,
    /// Never shown, as against what is left out by choice.
    hidden: bool,
    by_class: bool,
}

/// Open elements of a kind.
#[derive(Default)]
struct Counts {
    links: usize,
    headings: usize,
    articles: usize,
    preformatted: usize,
}

impl Counts {
    fn of(&mut self, role: Role, name: &str) -> Option<&mut usize> {
        match (role, name) {
            (Role::Link, _) => Some(&mut self.links),
            (Role::Heading, _) => Some(&mut self.headings),
            (_, "main" | "article") => Some(&mut self.articles),
            (_, "pre" | "listing" | "xmp") => Some(&mut self.preformatted),
            _ => None,
        }
    }
}

impl Reader {
    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        self.statements.start(tag, self.dropped.is_some());
        if name == "main" || name == "h1" {
            self.misled |= self.dropped.is_some_and(|dropped| dropped.by_class);
        }
        // A menu that is never closed ends at the latest where the main part begins.
        if name == "main"
            && let Some(Dropped { at, hidden: false, .. }) = self.dropped
        {
            self.close_to(at);
        }
        let role = role_of(name);
        self.close_implied(name, role);
        let is_shown = self.dropped.is_none();
        match role {
            Role::Break if is_shown => {
                self.lines.break_line();
                self.clean.push_str("<br>");
            }
            Role::Break | Role::Inline => {}
            // A link cannot be in a link.
            Role::Link if self.place.links > 0 => {}
            _ if tag.is_void() => {
                if role == Role::Block && is_shown {
                    self.lines.end_paragraph();
                }
            }
            _ if self.stack.len() >= self.max_depth => {
                self.too_deep = true;
                if role != Role::Span && is_shown {
                    self.lines.end_paragraph();
                }
            }
            _ => self.open(tag, role, is_shown),
        }
    }

    fn open(&mut self, tag: &Tag, role: Role, is_shown: bool) {
        if is_shown {
            let hidden = is_hidden(tag, role);
            let by_name = self.left_out >= LeftOut::Landmarks && role == Role::Landmark;
            let by_role = self.left_out >= LeftOut::Landmarks && super::elements::is_landmark(tag);
            let by_class = self.left_out >= LeftOut::Classes && super::elements::is_other_by_class(tag);
            if hidden || by_name || by_role || by_class {
                let by_class = by_class && !hidden && !by_name && !by_role;
                self.dropped = Some(Dropped { at: self.stack.len(), hidden, by_class });
            }
            // Text in the line before a script goes on after it.
            if !matches!(role, Role::Hidden | Role::Span | Role::Link | Role::Cell) {
                self.lines.end_paragraph();
            }
            if role == Role::Cell {
                self.lines.space();
            }
        }
        if self.dropped.is_none() {
            if role == Role::Link {
                self.lines.link();
            }
            self.write_start(tag, role);
            if let Some(count) = self.place.of(role, &tag.name) {
                *count += 1;
            }
        }
        self.stack.push(Open { name: tag.name.clone(), role });
    }

    /// Ends elements that need no end tag: a paragraph before a block, an item before the next.
    fn close_implied(&mut self, name: &str, role: Role) {
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

    fn end(&mut self, name: &str) {
        self.statements.end(name);
        match role_of(name) {
            Role::Inline | Role::Break => {}
            role => match self.stack.iter().rposition(|open| open.name == name) {
                Some(at) => self.close_to(at),
                None if self.dropped.is_none() && !matches!(role, Role::Span | Role::Link) => {
                    self.lines.end_paragraph();
                }
                None => {}
            },
        }
    }

    /// Closes all elements from a place on the stack on.
    fn close_to(&mut self, at: usize) {
        while self.stack.len() > at {
            let Some(open) = self.stack.pop() else { return };
            match self.dropped {
                Some(dropped) if dropped.at == self.stack.len() => {
                    self.dropped = None;
                    // A landmark ends the paragraph before it.
                    if !matches!(open.role, Role::Hidden | Role::Span | Role::Link) {
                        self.lines.end_paragraph();
                    }
                }
                Some(_) => {}
                None => {
                    self.write_end(&open);
                    if let Some(count) = self.place.of(open.role, &open.name) {
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

    fn text(&mut self, text: &str) {
        self.statements.text(text, self.dropped.is_some());
        if self.dropped.is_some() {
            return;
        }
        let place = Place {
            in_link: self.place.links > 0,
            in_heading: self.place.headings > 0,
            in_article: self.place.articles > 0,
            preformatted: self.place.preformatted > 0,
        };
        self.lines.text(text, place);
        escape(text, &mut self.clean);
    }

    fn write_start(&mut self, tag: &Tag, role: Role) {
        if role == Role::Span {
            return;
        }
        self.clean.push('<');
        self.clean.push_str(clean_name(&tag.name));
        if role == Role::Link {
            self.clean.push_str(" href=\"#\"");
        }
        for key in ["class", "id"] {
            if let Some(value) = tag.get(key).filter(|value| value.len() <= MAX_CLASS_BYTES) {
                self.clean.push(' ');
                self.clean.push_str(key);
                self.clean.push_str("=\"");
                escape(value, &mut self.clean);
                self.clean.push('"');
            }
        }
        self.clean.push('>');
    }

    fn write_end(&mut self, open: &Open) {
        if open.role != Role::Span {
            self.clean.push_str("</");
            self.clean.push_str(clean_name(&open.name));
            self.clean.push('>');
        }
    }
}

/// Names as the standard has them; any other is a `div`.
fn clean_name(name: &str) -> &str {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) { name } else { "div" }
}

fn escape(text: &str, clean: &mut String) {
    for character in text.chars() {
        match character {
            '<' => clean.push_str("&lt;"),
            '>' => clean.push_str("&gt;"),
            '&' => clean.push_str("&amp;"),
            '"' => clean.push_str("&quot;"),
            '\0' => {}
            _ => clean.push(character),
        }
    }
}
