//! The lead of an article: the text up to the end of its first paragraph of some length.
//!
//! In: a body, its paragraphs, and the patterns of captions. Out: where the lead ends, and how many units of each passage belong
//! to it. Standfirsts, captions, bylines, datelines, dates and view counters before the first paragraph belong to the lead and do
//! not end it: lines that are short, that do not end as a sentence does (a caption ends with its source), that are patterns of
//! captions, or that are followed by a heading, a byline or a date. The numbers are the trade desk's (issue 18).

use crate::text::analysis::{Segmented, Unit, UnitKind, is_common_ideograph, is_hangul_syllable};
use crate::text::document::{ByteRange, Passage};
use crate::text::passage::boilerplate::Boilerplate;

/// A length of text in words, and in Chinese and Korean in characters. A text of both has a share of each.
#[derive(Debug, Clone, Copy)]
struct Length {
    words: u32,
    characters: u32,
}

/// The length of the shortest paragraph that ends the lead.
const PARAGRAPH: Length = Length { words: 20, characters: 40 };
/// The length of the longest lead.
const LONGEST: Length = Length { words: 120, characters: 250 };
/// The length of the longest standfirst: a longer paragraph before a heading or byline is one of the article's own.
const STANDFIRST: Length = Length { words: 50, characters: 100 };

/// Signs that end a sentence; a colon leads over to the next paragraph.
const STOPS: [char; 11] = ['.', '!', '?', '…', ':', '。', '．', '｡', '！', '？', '：'];
/// Quotation marks and brackets that may close a sentence.
const CLOSERS: [char; 16] = ['"', '\'', '”', '’', '“', '‘', '»', '«', ')', '）', ']', '】', '」', '』', '》', '›'];

impl Length {
    /// The share of a unit in this length: of a word the number of characters, of a character that of words. All shares of a text make up `whole`.
    fn share(self, unit: &Unit) -> u32 {
        match unit.kind {
            UnitKind::Word => self.characters,
            UnitKind::Char(_) => self.words,
        }
    }

    fn whole(self) -> u32 {
        self.words * self.characters
    }
}

fn take(left: &mut u32, share: u32) -> bool {
    let is_within = share <= *left;
    *left = left.saturating_sub(share);
    is_within
}

/// The lead of one article, as its passages are read in their order.
#[derive(Debug, Clone)]
pub(crate) struct Lead {
    /// The byte of the body at which the lead ends, if it is not too long.
    end: usize,
    /// What is left of the longest lead.
    left: u32,
}

impl Lead {
    /// The lead of a body with these paragraphs.
    pub(crate) fn of(body: &str, paragraphs: &[ByteRange], boilerplate: Option<&Boilerplate>) -> Lead {
        let mut left = LONGEST.whole();
        let mut end = body.len();
        let mut is_first = true;
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let text = paragraph.slice(body);
            let is_caption = || boilerplate.is_some_and(|boilerplate| boilerplate.is_caption(text));
            if ends_sentence(text) && is_long(text) && !is_caption() {
                let rest = paragraphs[at + 1..].iter().map(|next| next.slice(body));
                // Only the first: in a text with a heading over each paragraph, the others are the article's own.
                if !is_first || !is_standfirst(text, rest) {
                    end = paragraph.end;
                    break;
                }
                is_first = false;
            }
            if !Segmented::new(text).units().iter().all(|unit| take(&mut left, LONGEST.share(unit))) {
                break;
            }
        }
        Lead { end, left: LONGEST.whole() }
    }

    /// The number of units of a passage that belong to the lead. Passages are asked for in their order.
    pub(crate) fn units_in(&mut self, passage: &Passage, text: &Segmented) -> u32 {
        if self.end <= passage.range.start {
            return 0;
        }
        let units = text.units();
        let is_before = |unit: &Unit| passage.range.start + text.original_range(unit.folded).end <= self.end;
        let units = &units[..units.partition_point(is_before)];
        let within = units.iter().take_while(|unit| take(&mut self.left, LONGEST.share(unit))).count();
        if within < units.len() {
            self.end = 0;
        }
        within as u32
    }
}

/// True for a text of the length of [`PARAGRAPH`] or more.
fn is_long(text: &str) -> bool {
    is_surely_long(text)
        || Segmented::new(text).units().iter().map(|unit| PARAGRAPH.share(unit)).sum::<u32>() >= PARAGRAPH.whole()
}

/// True for nearly every long text, without folding it: each of these characters, and a word after each space before one of these
/// letters, is a unit at least.
fn is_surely_long(text: &str) -> bool {
    let mut length = 0;
    let mut after_space = true;
    for character in text.chars() {
        if is_hangul_syllable(character) || is_common_ideograph(character) {
            length += PARAGRAPH.words;
        } else if after_space && character.is_ascii_alphanumeric() {
            length += PARAGRAPH.characters;
        }
        if length >= PARAGRAPH.whole() {
            return true;
        }
        after_space = character == ' ';
    }
    false
}

/// True for a text that ends as a sentence does, with a stop or a colon.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|last: char| last.is_whitespace() || CLOSERS.contains(&last)).ends_with(STOPS)
}

/// True for a paragraph right above headings, a byline or a date, with a sentence of the article below these.
fn is_standfirst<'a>(paragraph: &str, rest: impl Iterator<Item = &'a str>) -> bool {
    let mut rest = rest.map(ends_sentence);
    if rest.next() != Some(false) || !rest.any(|is_sentence| is_sentence) {
        return false;
    }
    let units = Segmented::new(paragraph);
    units.units().iter().map(|unit| STANDFIRST.share(unit)).sum::<u32>() <= STANDFIRST.whole()
}
