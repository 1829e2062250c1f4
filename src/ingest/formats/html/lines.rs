//! Lines of text as a page shows them: a paragraph is one line, whatever the breaks in its source.
//!
//! In: texts and the ends of blocks. Out: lines without white space around them; none is empty.

use crate::ingest::formats::html::elements::Role;
use crate::text::analysis::{CharScript, char_script};

/// A letter of these scripts says as much as about three of an alphabet.
const IDEOGRAPH_LETTERS: usize = 3;
/// Lines that are kept apart; what follows is part of the last. No article has as many, and a line takes far more memory than
/// the few bytes of markup that it needs.
const MAX_LINES: usize = 100_000;

/// The gap between a line and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// A line break within a paragraph.
    Line,
    /// The end of a paragraph.
    Paragraph,
}

impl Gap {
    fn as_str(self) -> &'static str {
        match self {
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        }
    }
}

/// A line of a page.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) text: String,
    gap: Gap,
    /// Letters and digits, those of CJK scripts three times, outside of links.
    pub(crate) letters: usize,
    /// Letters in links.
    pub(crate) linked: usize,
    /// Links that begin in it.
    pub(crate) links: usize,
    /// True inside of an element that says that it is the article.
    pub(crate) within: bool,
    /// The box that may lead to another article, by its number in the page; 0 outside of any.
    pub(crate) teaser: usize,
}

impl Line {
    /// Another line, as part of this one.
    fn append(&mut self, other: &Line) {
        self.text.push_str(other.gap.as_str());
        self.text.push_str(&other.text);
        self.letters += other.letters;
        self.linked += other.linked;
        self.links += other.links;
        self.within |= other.within;
    }
}

/// The context of a text in its page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextContext {
    pub(crate) in_link: bool,
    pub(crate) in_article: bool,
    pub(crate) teaser: usize,
    /// True where line breaks are kept.
    pub(crate) preformatted: bool,
}

/// The number of open elements of each kind that a text's context depends on.
#[derive(Default)]
pub(crate) struct OpenElements {
    pub(crate) links: usize,
    articles: usize,
    preformatted: usize,
    /// The outermost box that may lead to another article, and the height of the stack where it is.
    pub(crate) teaser: Option<(usize, usize)>,
    /// True if that box has a heading of the first order: it is the article's own.
    pub(crate) teaser_is_article: bool,
}

impl OpenElements {
    /// The counter of elements of this role or name; `None` for those that change no context.
    pub(crate) fn of(&mut self, role: Role, name: &str) -> Option<&mut usize> {
        match (role, name) {
            (Role::Link, _) => Some(&mut self.links),
            (_, "main" | "article") => Some(&mut self.articles),
            (_, "pre" | "listing" | "xmp") => Some(&mut self.preformatted),
            _ => None,
        }
    }

    /// True in a box that may lead to another article.
    pub(crate) fn in_teaser(&self) -> bool {
        self.teaser.is_some() && !self.teaser_is_article
    }

    pub(crate) fn context(&self) -> TextContext {
        let OpenElements { links, articles, preformatted, teaser, .. } = *self;
        let teaser = teaser.filter(|_| self.in_teaser());
        TextContext {
            in_link: links > 0,
            in_article: articles > 0,
            preformatted: preformatted > 0,
            teaser: teaser.map_or(0, |(number, _)| number),
        }
    }
}

/// White space that was met and not yet written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Plain,
    /// True behind a line break, which between two ideographs is none of the text.
    Wrapped,
}

/// Lines while they are made.
#[derive(Debug)]
pub(crate) struct Lines {
    done: Vec<Line>,
    line: Line,
    space: Option<Space>,
}

impl Lines {
    pub(crate) fn new() -> Lines {
        Lines { done: Vec::new(), line: empty(Gap::Paragraph), space: None }
    }

    /// Adds text as it stands in the source, entities decoded.
    pub(crate) fn text(&mut self, text: &str, context: TextContext) {
        for character in text.chars() {
            match character {
                '\n' if context.preformatted => self.break_line(),
                // A no-break space is one for the layout alone.
                ' ' | '\t' | '\u{c}' | '\u{a0}' => self.space = self.space.max(Some(Space::Plain)),
                '\n' | '\r' => self.space = Some(Space::Wrapped),
                // The standard has no such character in text.
                '\0' => {}
                _ => self.push(character, context),
            }
        }
    }

    fn push(&mut self, character: char, context: TextContext) {
        let before = self.line.text.chars().next_back();
        match (before, self.space.take()) {
            (None, _) if character.is_whitespace() => return,
            (None, _) | (_, None) => {}
            (Some(before), Some(Space::Wrapped)) if is_unspaced(before) && is_unspaced(character) => {}
            _ => self.line.text.push(' '),
        }
        self.line.text.push(character);
        self.line.within |= context.in_article;
        if self.line.teaser == 0 {
            self.line.teaser = context.teaser;
        }
        let letters = letters_of(character);
        if context.in_link {
            self.line.linked += letters;
        } else {
            self.line.letters += letters;
        }
    }

    /// True behind a word, as against a number or the sign of a unit (m², km³).
    pub(crate) fn ends_in_word(&self) -> bool {
        const MAX_UNIT_LETTERS: usize = 2;
        let end = self.line.text.chars().rev();
        match end.clone().next() {
            _ if self.space.is_some() => true,
            Some(last) if last.is_ascii_alphabetic() => {
                end.take_while(char::is_ascii_alphabetic).nth(MAX_UNIT_LETTERS).is_some()
            }
            Some(last) => !last.is_numeric(),
            None => false,
        }
    }

    /// Begins a link.
    pub(crate) fn link(&mut self) {
        self.line.links += 1;
    }

    /// White space, as between two cells of a table.
    pub(crate) fn space(&mut self) {
        self.space = self.space.max(Some(Space::Plain));
    }

    /// Ends a line; where it is empty, a paragraph.
    pub(crate) fn break_line(&mut self) {
        let gap = if self.line.text.is_empty() { Gap::Paragraph } else { Gap::Line };
        self.end(gap);
    }

    /// Ends a paragraph.
    pub(crate) fn end_paragraph(&mut self) {
        self.end(Gap::Paragraph);
    }

    fn end(&mut self, gap: Gap) {
        self.space = None;
        let kept = self.line.text.trim_end().len();
        if kept == 0 {
            self.line = Line { gap: self.line.gap.max(gap), ..empty(Gap::Line) };
            return;
        }
        self.line.text.truncate(kept);
        let line = std::mem::replace(&mut self.line, empty(gap));
        let is_full = self.done.len() == MAX_LINES;
        match self.done.last_mut().filter(|_| is_full) {
            Some(last) => last.append(&line),
            None => self.done.push(line),
        }
    }

    /// All lines, without the empty ones.
    pub(crate) fn finish(mut self) -> Vec<Line> {
        self.end_paragraph();
        self.done
    }
}

fn empty(gap: Gap) -> Line {
    Line { text: String::new(), gap, letters: 0, linked: 0, links: 0, within: false, teaser: 0 }
}

/// The weight of a character, in letters.
fn letters_of(character: char) -> usize {
    if !character.is_alphanumeric() {
        0
    } else if char_script(character).is_some() {
        IDEOGRAPH_LETTERS
    } else {
        1
    }
}

/// The weight of a text: its letters and digits, those of CJK scripts three times.
pub(crate) fn count_letters(text: &str) -> usize {
    text.chars().map(letters_of).sum()
}

/// True for what is written without spaces: Han, kana and their punctuation. Korean has spaces.
fn is_unspaced(character: char) -> bool {
    matches!(char_script(character), Some(CharScript::Han | CharScript::Kana | CharScript::Bopomofo))
        || matches!(character, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff5e}')
}

/// The letters of lines, outside of links.
pub(crate) fn letters(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.letters).sum()
}

/// The lines as one text: paragraphs with an empty line between them.
pub(crate) fn join<'a>(lines: impl IntoIterator<Item = &'a Line>) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push_str(line.gap.as_str());
        }
        text.push_str(&line.text);
    }
    text
}

/// A text as one line.
pub(crate) fn line(text: &str) -> String {
    let mut lines = Lines::new();
    lines.text(text, TextContext::default());
    join(&lines.finish()).replace('\n', " ")
}
