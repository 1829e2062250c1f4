//! A page to its visible lines, what its head says, and a clean copy of its markup.
//!
//! In: markup. Out: a [`Page`]. Invariant: linear in the length of the markup, times the depth that is allowed. Elements deeper
//! than that are not told apart any more, but their text is kept.

use crate::ingest::formats::html::clean::{CleanCopy, NO_LINK};
use crate::ingest::formats::html::dates::DateCollector;
use crate::ingest::formats::html::elements::{Role, role_of, role_of_tag};
use crate::ingest::formats::html::events::{Event, Tag, each_event};
use crate::ingest::formats::html::footnotes::{MAX_MARK_BYTES, is_footnote_mark};
use crate::ingest::formats::html::left_out::{Dropped, PageOptions};
use crate::ingest::formats::html::lines::{Line, Lines, OpenElements, count_letters};
use crate::ingest::formats::html::metadata::Statements;
use crate::ingest::formats::html::open::{Open, implied_end};
use crate::ingest::formats::html::words::Part;

/// A page as it was read.
pub(crate) struct Page {
    pub(crate) lines: Vec<Line>,
    pub(crate) statements: Statements,
    pub(crate) dates: DateCollector,
    /// Markup without scripts, formatting, or anything left out, each element closed where it ends; `None` if that is too
    /// much to look for the article in it.
    pub(crate) clean: Option<String>,
    /// True if elements are nested deeper than is allowed.
    pub(crate) too_deep: bool,
    /// The element, by its number, that was left out for its class, but has the title or the main part of the page, or more text
    /// than all that was not left out.
    pub(crate) misled: Option<usize>,
    /// Letters that are styled away.
    pub(crate) styled_away: usize,
}

/// Reads a page, or a fragment of one.
pub(crate) fn read_page(markup: &str, options: PageOptions<'_>) -> Page {
    let mut reader = Reader {
        options,
        stack: Vec::new(),
        dropped: None,
        within: OpenElements::default(),
        embedded: None,
        lines: Lines::new(),
        statements: Statements::default(),
        dates: DateCollector::default(),
        clean: CleanCopy::default(),
        too_deep: false,
        misled: None,
        longest: (0, 0),
        elements: 0,
        raised: None,
        styled_away: 0,
    };
    each_event(markup, |event| match event {
        Event::Start(tag) => reader.start(tag),
        Event::End(name) => reader.end(name),
        Event::Text(text) => reader.text(text),
    });
    reader.close_to(0);
    let Reader { lines, statements, mut dates, clean, too_deep, misled, longest, styled_away, .. } = reader;
    dates.end_line();
    let lines = lines.finish();
    let letters: usize = lines.iter().map(|line| line.letters).sum();
    let misled = misled.or_else(|| (letters < MAX_REST_LETTERS && longest.0 > letters).then_some(longest.1));
    Page { lines, statements, dates, clean: clean.finish(), too_deep, misled, styled_away }
}

/// Letters of a page without its article.
const MAX_REST_LETTERS: usize = 600;
struct Reader<'a> {
    options: PageOptions<'a>,
    stack: Vec<Open>,
    /// The element that is left out with all that it holds, if one is open.
    dropped: Option<Dropped>,
    within: OpenElements,
    /// The height of the stack where a box with dates of its own is, if one is open.
    embedded: Option<usize>,
    lines: Lines,
    statements: Statements,
    dates: DateCollector,
    clean: CleanCopy,
    too_deep: bool,
    misled: Option<usize>,
    /// Letters of the longest element that is left out for its class, and its number.
    longest: (usize, usize),
    /// Elements that were opened.
    elements: usize,
    /// The text of a raised element that is open: a footnote mark is no part of the word before it.
    raised: Option<String>,
    styled_away: usize,
}

impl Reader<'_> {
    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        self.statements.start(tag, self.dropped.is_some());
        if name == "main" || name == "h1" {
            self.misled = self.misled.or(self.dropped.filter(|dropped| dropped.by_class).map(|dropped| dropped.number));
        }
        // A menu that is never closed ends at the latest where the main part begins.
        if name == "main"
            && let Some(Dropped { at, hidden: false, .. }) = self.dropped
        {
            self.close_to(at);
        }
        self.within.teaser_is_article |= name == "h1" && self.within.teaser.is_some();
        let role = role_of_tag(tag);
        let elsewhere = self.is_elsewhere() || self.options.words.is_some_and(|words| words.is_embedded(tag));
        if name == "h1" && !elsewhere {
            self.dates.heading();
        }
        self.dates.start(
            tag,
            self.options.words,
            role == Role::Block || role == Role::Landmark || role == Role::Break,
            elsewhere,
        );
        if name == "sup" {
            self.raised.get_or_insert_default();
        } else if !matches!(role, Role::Inline | Role::Span | Role::Link) {
            self.lower();
        }
        if name == "a" {
            self.close_link();
        }
        if let Some(at) = implied_end(&self.stack, name, role) {
            self.close_to(at);
        }
        let is_shown = self.dropped.is_none();
        match role {
            Role::Break if is_shown => {
                self.lines.break_line();
                self.clean.line_break();
            }
            Role::Break | Role::Inline => {}
            _ if tag.is_void() => {
                if role == Role::Block && is_shown {
                    self.lines.end_paragraph();
                }
            }
            _ if self.stack.len() >= self.options.max_depth => {
                self.too_deep = true;
                if role != Role::Span && is_shown {
                    self.lines.end_paragraph();
                }
            }
            _ => self.open(tag, role, is_shown),
        }
    }

    fn open(&mut self, tag: &Tag, role: Role, is_shown: bool) {
        self.elements += 1;
        if is_shown {
            let (part, dropped) = self.options.judge(tag, role, self.elements, self.stack.len());
            if part == Part::Teaser && self.within.teaser.is_none() {
                self.within.teaser = Some((self.elements, self.stack.len()));
            }
            self.dropped = dropped;
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
    fn close_link(&mut self) {
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

    fn end(&mut self, name: &str) {
        self.statements.end(name);
        self.dates.end(name, matches!(role_of(name), Role::Block | Role::Landmark));
        if name == "sup" {
            self.lower();
        }
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

    /// Closes all elements above a height of the stack.
    fn close_to(&mut self, at: usize) {
        while self.stack.len() > at {
            if !matches!(self.stack.last(), Some(Open { role: Role::Span | Role::Link, .. })) {
                self.lower();
            }
            let Some(open) = self.stack.pop() else { return };
            self.embedded = self.embedded.filter(|&height| height != self.stack.len());
            if self.within.teaser.is_some_and(|(_, height)| height == self.stack.len()) {
                (self.within.teaser, self.within.teaser_is_article) = (None, false);
            }
            match self.dropped {
                Some(dropped) if dropped.at == self.stack.len() => {
                    self.dropped = None;
                    if dropped.doubtful {
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

    fn text(&mut self, text: &str) {
        self.statements.text(text, self.dropped.is_some());
        let elsewhere = self.is_elsewhere();
        self.dates.text(text, elsewhere);
        if let Some(dropped) = &mut self.dropped {
            if dropped.styled {
                self.styled_away += count_letters(text);
            } else if dropped.doubtful && !self.stack.iter().any(|open| open.role == Role::Link) {
                dropped.letters += count_letters(text);
            }
            return;
        }
        match &mut self.raised {
            Some(raised) if raised.len() + text.len() <= MAX_MARK_BYTES => raised.push_str(text),
            _ => {
                self.lower();
                self.shown(text);
            }
        }
    }

    /// True in what is not even beside the article: menus, comments, what is hidden, embedded posts, boxes that lead elsewhere.
    fn is_elsewhere(&self) -> bool {
        let is_hidden = self.stack.last().is_some_and(|open| open.role == Role::Hidden);
        is_hidden
            || self.within.in_teaser()
            || self.embedded.is_some()
            || self.dropped.is_some_and(|dropped| dropped.elsewhere)
    }

    fn shown(&mut self, text: &str) {
        self.lines.text(text, self.within.context());
        self.clean.text(text);
    }

    /// Ends a raised element, and passes its text on unless it is a footnote mark.
    fn lower(&mut self) {
        if let Some(raised) = self.raised.take()
            && self.dropped.is_none()
            && !(is_footnote_mark(&raised) && self.lines.ends_in_word())
        {
            self.shown(&raised);
        }
    }
}
