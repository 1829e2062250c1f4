//! The layout of a text: its grapheme clusters with their widths, and the places between them at which a sentence
//! (`crate::text::sentence`), a clause (`clause_breaks`) or a word (`word_breaks`) ends.
//!
//! A *place* is a number of grapheme clusters from the start of the text, so no cut ever splits one. Text is *ink*
//! where it is not white space.

use std::cell::OnceCell;

use crate::snippet::clause_breaks::clause_ends;
use crate::snippet::columns::each_cluster;
use crate::snippet::word_breaks::word_ends;
use crate::text::analysis::abbreviations::Abbreviations;
use crate::text::sentence::sentence_ends;

/// A span of places of a text, `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The cuts of one kind: the places at which its units begin, from the start of the text, and the end of the text.
#[derive(Debug)]
pub(crate) enum Cuts {
    /// The listed places, in order.
    At(Vec<usize>),
    /// Every place up to and including this one.
    Everywhere(usize),
}

impl Cuts {
    /// The last cut at or before a place.
    pub(crate) fn before(&self, place: usize) -> usize {
        match self {
            Cuts::At(places) => {
                let later = places.partition_point(|&cut| cut <= place);
                later.checked_sub(1).map_or(0, |index| places[index])
            }
            Cuts::Everywhere(last) => place.min(*last),
        }
    }

    /// The first cut at or after a place.
    pub(crate) fn after(&self, place: usize) -> usize {
        match self {
            Cuts::At(places) => {
                let index = places.partition_point(|&cut| cut < place);
                places.get(index).or(places.last()).copied().unwrap_or(0)
            }
            Cuts::Everywhere(last) => place.min(*last),
        }
    }

    /// The smallest span of whole units that contains a span.
    pub(crate) fn around(&self, span: Span) -> Span {
        Span { start: self.before(span.start), end: self.after(span.end) }
    }
}

/// The layout of a text: its clusters, their widths and its cuts.
#[derive(Debug)]
pub(crate) struct Layout<'a> {
    text: &'a str,
    /// The byte offset of each grapheme cluster, and the text's length.
    bytes: Vec<usize>,
    /// The width in columns of the text before each place. Widths of clusters are added up, which is never less than
    /// the width of them together.
    columns: Vec<usize>,
    /// The first place with ink at or after each place; the text's end if there is none.
    next_ink: Vec<usize>,
    /// One past the last place with ink before each place; 0 if there is none.
    ink_end: Vec<usize>,
    pub(crate) sentences: Cuts,
    pub(crate) clauses: Cuts,
    /// The byte offsets at which clauses end.
    clause_ends: Vec<usize>,
    /// The cuts between words, computed when first needed: many texts are shown in whole clauses.
    words: OnceCell<Cuts>,
    /// The cuts between any two clusters.
    pub(crate) clusters: Cuts,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(text: &'a str) -> Layout<'a> {
        let room = text.len() + 1;
        let [mut bytes, mut columns, mut next_ink, mut ink_end] = std::array::from_fn(|_| Vec::with_capacity(room));
        let (mut byte, mut column, mut end) = (0, 0, 0);
        each_cluster(text, |length, width, is_blank| {
            bytes.push(byte);
            columns.push(column);
            ink_end.push(end);
            // The entry for white space is set below.
            let place = bytes.len();
            next_ink.push(if is_blank { usize::MAX } else { place - 1 });
            if !is_blank {
                end = place;
            }
            byte += length;
            column += width;
        });
        let length = bytes.len();
        bytes.push(byte);
        columns.push(column);
        ink_end.push(end);
        next_ink.push(length);
        for place in (0..length).rev() {
            if next_ink[place] == usize::MAX {
                next_ink[place] = next_ink[place + 1];
            }
        }

        // Every sentence end is a clause end, and every clause end a word end.
        let sentence_ends = sentence_ends(text, Abbreviations::builtin());
        let clause_ends: Vec<usize> = clause_ends(text).into_iter().chain(sentence_ends.iter().copied()).collect();
        let nothing = || Cuts::At(Vec::new());
        let clusters = Cuts::Everywhere(length);
        let (sentences, clauses, words) = (nothing(), nothing(), OnceCell::new());
        let mut layout =
            Layout { text, bytes, columns, next_ink, ink_end, sentences, clauses, clause_ends, words, clusters };
        layout.sentences = layout.cuts(&sentence_ends);
        layout.clauses = layout.cuts(&layout.clause_ends);
        layout
    }

    /// Cuts at the byte offsets at which units end.
    fn cuts(&self, ends: &[usize]) -> Cuts {
        let places = ends.iter().filter_map(|end| self.bytes.binary_search(end).ok());
        let edges = [0, self.bytes.len() - 1];
        let mut places: Vec<usize> = places.chain(edges).map(|place| self.next_ink[place]).collect();
        places.sort_unstable();
        places.dedup();
        Cuts::At(places)
    }

    pub(crate) fn words(&self) -> &Cuts {
        self.words.get_or_init(|| {
            let mut ends = word_ends(self.text);
            ends.extend(&self.clause_ends);
            self.cuts(&ends)
        })
    }

    /// The smallest span of whole words that contains a span.
    pub(crate) fn words_around(&self, span: Span) -> Span {
        // Where a clause begins or ends, so does a word.
        let (start, end) = (self.clauses.before(span.start), self.clauses.after(span.end));
        Span {
            start: if start == span.start { start } else { self.words().before(span.start) },
            end: if end == self.next_ink[span.end] { end } else { self.words().after(span.end) },
        }
    }

    /// The span of the whole text.
    pub(crate) fn whole(&self) -> Span {
        Span { start: 0, end: self.bytes.len() - 1 }
    }

    /// The smallest span of whole clusters that contains a byte range, without the white space at its ends.
    pub(crate) fn span_of(&self, start: usize, end: usize) -> Span {
        let start = self.bytes.partition_point(|&at| at <= start).saturating_sub(1);
        let end = self.bytes.partition_point(|&at| at < end).min(self.bytes.len() - 1);
        self.trimmed(Span { start, end: end.max(start) })
    }

    /// The byte offset of a place.
    pub(crate) fn byte(&self, place: usize) -> usize {
        self.bytes[place]
    }

    /// A span without the white space at its ends; empty if it has nothing else.
    pub(crate) fn trimmed(&self, span: Span) -> Span {
        let start = self.next_ink[span.start].min(span.end);
        Span { start, end: self.ink_end[span.end].max(start) }
    }

    /// The first place with ink at or after a place.
    pub(crate) fn next_ink(&self, place: usize) -> usize {
        self.next_ink[place]
    }

    /// Width in columns of a span without the white space at its ends.
    pub(crate) fn width(&self, span: Span) -> usize {
        let span = self.trimmed(span);
        self.columns[span.end] - self.columns[span.start]
    }

    /// The last place that is at most `columns` columns after `start`.
    pub(crate) fn reach(&self, start: usize, columns: usize) -> usize {
        let limit = self.columns[start].saturating_add(columns);
        self.columns.partition_point(|&before| before <= limit).saturating_sub(1).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, cuts: impl for<'a> Fn(&'a Layout<'_>) -> &'a Cuts) -> Vec<&str> {
        let layout = Layout::new(text);
        let Cuts::At(places) = cuts(&layout) else {
            return Vec::new();
        };
        places.windows(2).map(|ends| text[layout.byte(ends[0])..layout.byte(ends[1])].trim_end()).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let sentences = |text| pieces(text, |layout| &layout.sentences);
        assert_eq!(
            sentences("The U.S. President met Mr. Kim on Dec. 12. They talked.\nAgain\nand again."),
            ["The U.S. President met Mr. Kim on Dec. 12. They talked.", "Again\nand again."]
        );
        assert_eq!(
            sentences("Am 3. Mai kam Dr. Wang, z. B. nach Bonn. Dort"),
            ["Am 3. Mai kam Dr. Wang, z. B. nach Bonn.", "Dort"]
        );
        assert_eq!(sentences("“올랐다.”라고 말했다. U.S.가 졌다."), ["“올랐다.”라고 말했다.", "U.S.가 졌다."]);
        assert_eq!(sentences("他说：“好。”然后走了！第二\n第三"), ["他说：“好。”", "然后走了！", "第二", "第三"]);
        assert_eq!(sentences("走了。“好。”"), ["走了。", "“好。”"]);
        assert_eq!(sentences("„Ja.“ Dann"), ["„Ja.“", "Dann"]);
    }

    #[test]
    fn clauses_end_at_punctuation_but_not_in_numbers_times_and_names() {
        let clauses = |text| pieces(text, |layout| &layout.clauses);
        assert_eq!(
            clauses("At 10:30, 10,000 (or 0,5) tons; Korea–China: a/b"),
            ["At 10:30,", "10,000 (or 0,5)", "tons;", "Korea–China:", "a/b"]
        );
        assert_eq!(
            clauses("“Ja,” sagte er – und ging—Minister:innen"),
            ["“Ja,”", "sagte er –", "und ging—", "Minister:innen"]
        );
        assert_eq!(clauses("한·중 관계, ‘협정’, 「무역」과"), ["한·중 관계,", "‘협정’,", "「무역」과"]);
        assert_eq!(
            clauses("关税，１０，０００吨；12：30、中韩,协定"),
            ["关税，", "１０，０００吨；", "12：30、", "中韩,", "协定"]
        );
    }

    #[test]
    fn words_keep_their_punctuation_and_their_particles() {
        let words = |text| pieces(text, |layout| layout.words());
        assert_eq!(words("“Ja”, 15% (Korea-China) $3"), ["“Ja”,", "15%", "(Korea-China)", "$3"]);
        assert_eq!(words("협정(FTA)과 韓中은"), ["협정", "(FTA)과", "韓", "中은"]);
        assert_eq!(words("「自由」，"), ["「自", "由」，"]);
    }
}
