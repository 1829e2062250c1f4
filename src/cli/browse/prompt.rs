//! The prompt: one line of text with a caret and a history, edited as in a shell.
//!
//! The text is in NFC, on one line, and without characters that control a terminal. The caret is a byte offset that stands
//! between grapheme clusters.

use tradewire::output::one_line;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::cli::browse::columns::drawn_columns;

/// Greatest number of lines that the history keeps.
const MAX_HISTORY: usize = 200;

/// What a key does to the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// Inserts a text at the caret: a character, or what was pasted.
    Insert(String),
    /// Removes the grapheme cluster before the caret.
    DeleteBefore,
    /// Removes the grapheme cluster after the caret.
    DeleteAfter,
    /// Removes the word before the caret, and keeps it.
    CutWord,
    /// Removes everything before the caret, and keeps it.
    CutBefore,
    /// Removes everything after the caret, and keeps it.
    CutAfter,
    /// Inserts what was cut last.
    Yank,
    /// Moves the caret by a grapheme cluster.
    Left,
    /// Moves the caret by a grapheme cluster.
    Right,
    /// Moves the caret to the start of the word before it.
    WordLeft,
    /// Moves the caret to the end of the word after it.
    WordRight,
    /// Moves the caret to the start of the line.
    Home,
    /// Moves the caret to the end of the line.
    End,
    /// Shows the line before in the history.
    Earlier,
    /// Shows the line after in the history; after the last, what was typed.
    Later,
}

/// A line that is edited.
#[derive(Debug, Clone, Default)]
pub(super) struct Prompt {
    text: String,
    caret: usize,
    cut: String,
    /// Earlier lines, oldest first.
    history: Vec<String>,
    /// The line of the history that is shown, and what was typed before it was.
    shown: Option<(usize, String)>,
}

impl Prompt {
    /// A prompt with a text, and the caret at its end.
    pub(super) fn new(text: &str) -> Prompt {
        let mut prompt = Prompt::default();
        prompt.replace(text);
        prompt
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.caret == self.text.len()
    }

    /// Adds the text to the history, unless it is blank or its last line.
    pub(super) fn remember(&mut self) {
        if !self.text.trim().is_empty() && self.history.last() != Some(&self.text) {
            self.history.push(self.text.clone());
            let excess = self.history.len().saturating_sub(MAX_HISTORY);
            self.history.drain(..excess);
        }
        self.shown = None;
    }

    /// Edits the line.
    pub(super) fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Insert(text) => self.insert(text),
            Edit::DeleteBefore => self.remove(self.before(), self.caret),
            Edit::DeleteAfter => self.remove(self.caret, self.after()),
            Edit::CutWord => self.cut(self.word_before(), self.caret),
            Edit::CutBefore => self.cut(0, self.caret),
            Edit::CutAfter => self.cut(self.caret, self.text.len()),
            Edit::Yank => self.insert(&self.cut.clone()),
            Edit::Left => self.caret = self.before(),
            Edit::Right => self.caret = self.after(),
            Edit::WordLeft => self.caret = self.word_before(),
            Edit::WordRight => self.caret = self.word_after(),
            Edit::Home => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
            Edit::Earlier => self.go_earlier(),
            Edit::Later => self.go_later(),
        }
    }

    /// The part of the line that fits `columns`, with the caret in it, and the caret's column in that part. The caret at the end
    /// of the line takes a column.
    pub(super) fn view(&self, columns: usize) -> (&str, usize) {
        let room = columns.saturating_sub(1);
        let mut start = 0;
        for (at, cluster) in self.text.grapheme_indices(true) {
            if drawn_columns(&self.text[start..self.caret]) <= room {
                break;
            }
            start = at + cluster.len();
        }
        let start = start.min(self.caret);
        let mut end = start;
        for (at, cluster) in self.text[start..].grapheme_indices(true) {
            let next = start + at + cluster.len();
            if drawn_columns(&self.text[start..next]) > columns {
                break;
            }
            end = next;
        }
        (&self.text[start..end], drawn_columns(&self.text[start..self.caret]))
    }

    fn insert(&mut self, text: &str) {
        // White space of a pasted text, line breaks too, is a space; composed again with what stands around it.
        let text = one_line(text);
        let before: String = self.text[..self.caret].chars().chain(text.chars()).nfc().collect();
        let whole: String = before.chars().chain(self.text[self.caret..].chars()).nfc().collect();
        self.caret = whole.len().min(before.len());
        self.text = whole;
        self.put_caret_between_clusters();
    }

    fn replace(&mut self, text: &str) {
        self.text = one_line(text).nfc().collect();
        self.caret = self.text.len();
    }

    /// Moves the caret to the end of the cluster that it stands in, since clusters may join when texts do.
    fn put_caret_between_clusters(&mut self) {
        let mut ends = self.text.grapheme_indices(true).map(|(at, cluster)| at + cluster.len());
        if self.caret > 0 {
            self.caret = ends.find(|&end| end >= self.caret).unwrap_or(self.text.len());
        }
    }

    fn remove(&mut self, start: usize, end: usize) {
        self.text.replace_range(start..end, "");
        self.caret = start;
        self.text = self.text.nfc().collect();
        self.caret = self.caret.min(self.text.len());
        while !self.text.is_char_boundary(self.caret) {
            self.caret -= 1;
        }
        self.put_caret_between_clusters();
    }

    fn cut(&mut self, start: usize, end: usize) {
        if start < end {
            self.cut = self.text[start..end].to_owned();
            self.remove(start, end);
        }
    }

    fn before(&self) -> usize {
        self.text[..self.caret].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let next = self.text[self.caret..].graphemes(true).next();
        self.caret + next.map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let before = self.text[..self.caret].unicode_word_indices().next_back();
        before.map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        let next = self.text[self.caret..].unicode_word_indices().next();
        next.map_or(self.text.len(), |(at, word)| self.caret + at + word.len())
    }

    fn go_earlier(&mut self) {
        let (at, typed) = match self.shown.take() {
            None => (self.history.len(), self.text.clone()),
            Some(shown) => shown,
        };
        let at = at.saturating_sub(1);
        if let Some(line) = self.history.get(at).cloned() {
            self.replace(&line);
            self.shown = Some((at, typed));
        }
    }

    fn go_later(&mut self) {
        let Some((at, typed)) = self.shown.take() else {
            return;
        };
        match self.history.get(at + 1).cloned() {
            Some(line) => {
                self.replace(&line);
                self.shown = Some((at + 1, typed));
            }
            None => self.replace(&typed),
        }
    }
}

#[cfg(test)]
mod tests;
