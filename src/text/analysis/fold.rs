//! Folding: one spelling for all the ways in which the same text is written, before anything is segmented.
//!
//! In goes a text as it stands; out comes its folded form and a map that leads every folded byte back to the
//! grapheme cluster it came from. Folded away are: Unicode normal form, width and other compatibility forms, case,
//! diacritics of Latin and Greek letters (but ä ö ü stay: each chain has its own rule for them), ß, Traditional
//! Chinese, invisible format characters. `cluster` folds one cluster; `unit.rs` is next.
//!
//! Invariant: a boundary between two clusters (UAX #29) is a boundary in the folded text too, so whatever is cut
//! there leads back to whole graphemes.

use crate::text::analysis::cluster::{fold_cluster, next_cluster, plain_len};
use crate::text::document::ByteRange;

/// A folded text with the way back to the original.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// The runs, in order of both offsets; each reaches to the start of the next.
    runs: Vec<Run>,
    original_len: usize,
}

/// A run of clusters. In a linear run, byte `n` of the folded form is byte `n` of the original; any other run is
/// one cluster, which can only be taken as a whole.
#[derive(Debug, Clone, Copy)]
struct Run {
    folded: u32,
    original: u32,
    linear: bool,
}

/// Maximum length in bytes of a text that is folded, because offsets have 32 bits. Passages are far smaller.
pub const MAX_TEXT_BYTES: usize = u32::MAX as usize;

impl Folded {
    /// Folds a text of at most [`MAX_TEXT_BYTES`]; the rest of a longer one is left out. An empty text folds to an empty one.
    pub fn new(original: &str) -> Folded {
        let original = clip(original, MAX_TEXT_BYTES);
        let mut folded =
            Folded { text: String::with_capacity(original.len()), runs: Vec::new(), original_len: original.len() };
        let mut at = 0;
        while at < original.len() {
            let plain = plain_len(&original[at..]);
            let start = folded.text.len();
            if plain > 0 {
                folded.text.push_str(&original[at..at + plain]);
                folded.text[start..].make_ascii_lowercase();
                folded.note(start, at, true);
                at += plain;
                continue;
            }
            let (length, simple) = next_cluster(&original[at..]);
            let one_to_one = match simple {
                Some(character) => {
                    folded.text.push(character);
                    character.len_utf8() == length
                }
                None => {
                    fold_cluster(&original[at..at + length], &mut folded.text);
                    folded.text.len() - start == length && folded.text[start..].chars().count() == 1
                }
            };
            folded.note(start, at, one_to_one);
            at += length;
        }
        folded
    }

    fn note(&mut self, folded: usize, original: usize, linear: bool) {
        if linear
            && let Some(last) = self.runs.last()
            && last.linear
            && folded as u32 - last.folded == original as u32 - last.original
        {
            return;
        }
        self.runs.push(Run { folded: folded as u32, original: original as u32, linear });
    }

    /// The text after folding.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The range in the original that a range of the folded text came from, extended to whole grapheme clusters.
    /// An empty range gives an empty range.
    pub fn original_range(&self, folded: ByteRange) -> ByteRange {
        if folded.is_empty() || self.runs.is_empty() {
            let at = self.runs.last().map_or(0, |_| self.start_of(folded.start));
            return ByteRange::new(at, at);
        }
        ByteRange::new(self.start_of(folded.start), self.end_of(folded.end - 1))
    }

    /// Index of the run that produced a folded byte: the last run that starts at or before it. A cluster that folds to nothing
    /// shares its start with the next one, so the last is the one with the byte.
    fn run_at(&self, folded_byte: usize) -> usize {
        self.runs.partition_point(|run| run.folded as usize <= folded_byte).saturating_sub(1)
    }

    /// True if two characters of the folded text, given by their first bytes, came from one cluster.
    pub(crate) fn is_one_cluster(&self, folded_byte: usize, later: usize) -> bool {
        let run = self.run_at(folded_byte);
        run == self.run_at(later) && !self.runs[run].linear
    }

    /// The clusters that do not map byte by byte, as ranges of the folded text, in order; some may be empty.
    pub(crate) fn whole_clusters(&self) -> impl Iterator<Item = ByteRange> {
        let ends = self.runs.iter().skip(1).map(|next| next.folded as usize).chain([self.text.len()]);
        let runs = self.runs.iter().zip(ends).filter(|(run, _)| !run.linear);
        runs.map(|(run, end)| ByteRange::new(run.folded as usize, end))
    }

    fn start_of(&self, folded_byte: usize) -> usize {
        let run = self.runs[self.run_at(folded_byte)];
        if run.linear { run.original as usize + (folded_byte - run.folded as usize) } else { run.original as usize }
    }

    fn end_of(&self, last_folded_byte: usize) -> usize {
        let at = self.run_at(last_folded_byte);
        let run = self.runs[at];
        if run.linear {
            run.original as usize + (last_folded_byte - run.folded as usize) + 1
        } else {
            self.runs.get(at + 1).map_or(self.original_len, |next| next.original as usize)
        }
    }
}

/// The start of a text, at most `max` bytes, cut on a character boundary.
pub(crate) fn clip(text: &str, max: usize) -> &str {
    let mut end = text.len().min(max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        Folded::new(text).text().to_owned()
    }

    #[test]
    fn folds_what_readers_take_for_the_same() {
        assert_eq!(fold("ＦＴＡ"), "fta");
        assert_eq!(fold("Straße STRASSE"), "strasse strasse");
        assert_eq!(fold("Café naïve Łódź"), "cafe naive lodz");
        assert_eq!(fold("Größe Gro\u{308}ße"), "grösse grösse");
        assert_eq!(fold("限韓令"), "限韩令");
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}국"), "한국");
        assert_eq!(fold("ｶﾞｽ"), "ガス");
        assert_eq!(fold("ﬁnance ㎏ Ⅳ"), "finance kg iv");
        assert_eq!(fold("soft\u{ad}ware"), "software");
        assert_eq!(fold("CO₂ Handel² 6½ Galaxy™"), "co2 handel² 6½ galaxy™");
        assert_eq!(fold("и\u{306}"), "й");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn ranges_lead_back_to_whole_graphemes() {
        let text = "Gro\u{308}ße a\u{301}\u{200d}中\u{fe00}國";
        let folded = Folded::new(text);
        assert_eq!(folded.text(), "grösse a中国");
        let range = |word: &str| {
            let start = folded.text().find(word).unwrap();
            folded.original_range(ByteRange::new(start, start + word.len())).slice(text)
        };
        assert_eq!(range("grösse"), "Gro\u{308}ße");
        assert_eq!(range("ss"), "ß");
        assert_eq!(range("s"), "ß");
        assert_eq!(range("a"), "a\u{301}\u{200d}");
        assert_eq!(range("中"), "中\u{fe00}");
        assert_eq!(range("中国"), "中\u{fe00}國");
    }

    #[test]
    fn control_characters_separate() {
        assert_eq!(fold("a\u{1b}[31mb\u{0}c"), "a [31mb c");
    }
}
