//! Line breaking. In: a text, its fragments and its matches. Out: one safe line of all that is shown, and the ranges of it
//! that fit a line of the terminal.

use textwrap::WordSplitter::HyphenSplitter;
use unicode_segmentation::UnicodeSegmentation;

use tradewire::internals::analysis::is_hangul_syllable;
use tradewire::internals::highlight::{Fragment, GAP, columns_of, each_line_segment};
use tradewire::output::safe_character;
use tradewire::search_types::ByteRange;

/// The sign around a match of a typed word, without colours.
const TYPED: &str = "*";
/// The sign around a match of a name that the glossary added, without colours.
const ADDED: &str = "~";

/// The matches in a text: sorted, disjoint.
#[derive(Clone, Copy, Default)]
pub(crate) struct Matches<'a> {
    pub(crate) all: &'a [ByteRange],
    /// The matches of names that the glossary added to the query.
    pub(crate) added: &'a [ByteRange],
}

/// A match in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) range: ByteRange,
    pub(crate) is_added: bool,
}

/// Fragments of a text as one safe line, with its matches as sorted, disjoint ranges of that line.
pub(crate) struct Flowed {
    pub(crate) text: String,
    matches: Vec<Mark>,
    /// True if signs are printed around matches; they are not part of the text.
    has_signs: bool,
}

impl Flowed {
    pub(crate) fn new(text: &str, fragments: &[Fragment], matches: Matches<'_>, has_signs: bool) -> Flowed {
        let Matches { all: matches, added } = matches;
        let mut flowed = Flowed { text: String::new(), matches: Vec::new(), has_signs };
        for (number, fragment) in fragments.iter().enumerate() {
            match number {
                0 if fragment.cut_before => flowed.text.push_str(GAP.trim_start()),
                0 => {}
                _ => flowed.text.push_str(GAP),
            }
            let shown = fragment.range;
            let mut at = shown.start;
            let first = matches.partition_point(|found| found.end <= shown.start);
            for found in matches[first..].iter().take_while(|found| found.start < shown.end) {
                let (start, end) = (found.start.max(at), found.end.min(shown.end).max(at));
                flowed.push(&text[at..start]);
                let from = flowed.text.len();
                flowed.push(&text[start..end]);
                flowed.mark(from, added.binary_search(found).is_ok());
                at = end;
            }
            flowed.push(&text[at..shown.end]);
        }
        if fragments.last().is_some_and(|last| last.cut_after) {
            flowed.text.push_str(GAP.trim_end());
        }
        flowed
    }

    /// Appends a text, with only the first character of each run of white space.
    fn push(&mut self, text: &str) {
        for character in text.chars().map(safe_character) {
            if !(character.is_whitespace() && self.text.ends_with(char::is_whitespace)) {
                self.text.push(character);
            }
        }
    }

    /// Adds a match over everything from a byte on, without white space at its ends.
    fn mark(&mut self, from: usize, is_added: bool) {
        let found = &self.text[from..];
        let start = from + (found.len() - found.trim_start().len());
        let end = start + found.trim().len();
        match self.matches.last_mut() {
            _ if start == end => {}
            // Matches that touch read as one.
            Some(last) if last.range.end == start && last.is_added == is_added => last.range.end = end,
            _ => self.matches.push(Mark { range: ByteRange::new(start, end), is_added }),
        }
    }

    /// The matches that overlap a range of the text.
    pub(crate) fn matches_in(&self, range: ByteRange) -> impl Iterator<Item = Mark> {
        let first = self.matches.partition_point(|found| found.range.end <= range.start);
        self.matches[first..].iter().copied().take_while(move |found| found.range.start < range.end)
    }

    /// A range of the text, with signs where matches begin and end.
    pub(crate) fn signed(&self, range: ByteRange) -> String {
        let mut out = String::with_capacity(range.len() + 8);
        let mut at = range.start;
        for Mark { range: found, is_added } in self.matches_in(range) {
            let sign = if is_added { ADDED } else { TYPED };
            let (start, end) = (found.start.max(range.start), found.end.min(range.end));
            out.push_str(&self.text[at..start]);
            // A match over several lines has one sign at its start and one at its end.
            out.push_str(if start == found.start { sign } else { "" });
            out.push_str(&self.text[start..end]);
            out.push_str(if end == found.end { sign } else { "" });
            at = end;
        }
        out.push_str(&self.text[at..range.end]);
        out
    }

    /// The columns that a range of the text takes as printed.
    pub(crate) fn columns(&self, range: ByteRange) -> usize {
        let is_unmarked = self.matches_in(range).next().is_none();
        if self.has_signs && !is_unmarked {
            columns_of(&self.signed(range))
        } else {
            columns_of(range.slice(&self.text))
        }
    }

    /// The lines of the text, each at most `columns` wide and as full as its words allow, without white space at their ends. A word
    /// that is wider than a line begins on one of its own and is broken between grapheme clusters.
    pub(crate) fn lines(&self, columns: usize) -> Vec<ByteRange> {
        let mut lines: Vec<ByteRange> = Vec::new();
        // The columns of the last line, with the white space at its end.
        let mut used = 0;
        let ink_of = |segment: ByteRange| {
            ByteRange::new(segment.start, segment.start + segment.slice(&self.text).trim_end().len())
        };
        let mut add = |segment: ByteRange, ink: ByteRange, width: usize| {
            match lines.last_mut() {
                Some(line) if used + width <= columns => line.end = ink.end.max(line.end),
                _ => {
                    used = 0;
                    lines.push(ink);
                }
            }
            used += if segment == ink { width } else { self.columns(segment) };
        };
        for word in self.words() {
            let ink = ink_of(word);
            let width = self.columns(ink);
            if width <= columns {
                add(word, ink, width);
                continue;
            }
            for (at, cluster) in word.slice(&self.text).grapheme_indices(true) {
                let segment = ByteRange::new(word.start + at, word.start + at + cluster.len());
                let ink = ink_of(segment);
                add(segment, ink, self.columns(ink));
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// The segments of the text between which a line may end; together they are the whole text.
    fn words(&self) -> Vec<ByteRange> {
        let mut words = Vec::with_capacity(self.text.len() / 4 + 1);
        let mut start = 0;
        let mut end_word = |cut: usize| {
            if self.may_break(cut) {
                words.push(ByteRange::new(start, cut));
                start = cut;
            }
        };
        each_line_segment(&self.text, |segment| {
            if segment.is_plain {
                end_word(segment.range.end);
                return;
            }
            for word in segment.words(&self.text) {
                let ink = word.slice(&self.text).trim_end_matches(' ');
                HyphenSplitter.split_points(ink).into_iter().for_each(|cut| end_word(word.start + cut));
                end_word(word.end);
            }
        });
        words
    }

    /// True if a line may end here: not within Korean words, which end at white space, nor within numbers, nor before a [`GAP`].
    fn may_break(&self, at: usize) -> bool {
        let (before, after) = (&self.text[..at], &self.text[at..]);
        if before.ends_with(char::is_whitespace) {
            return !after.starts_with(GAP.trim());
        }
        let is_in_word = after.starts_with(is_hangul_syllable);
        let is_in_number = before.ends_with(char::is_numeric) && after.starts_with(char::is_numeric);
        !is_in_word && !is_in_number
    }
}
