//! German compounds: from the surface of a word to its parts.
//!
//! In goes a word in lower case with umlauts and ß spelled out; out come the ranges of its parts, in bytes of that word.
//! The dictionary (`crates/dictionary-builder/src/german.rs`) knows which forms can be parts, and what each costs: the rarer,
//! the more.
//! The cheapest split of a word into such forms is chosen, with a fixed cost for each part so that a few long parts are
//! preferred; then each part is split in the same way. A word stays whole if the dictionary says so, or if it is more
//! frequent than its parts are on average (Koehn and Knight, Empirical Methods for Compound Splitting, 2003). Word
//! frequencies in an index play no role: a word has the same parts everywhere.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};
use tradewire_dictionaries::GERMAN_PARTS;

/// The embedded dictionary; `None` where it cannot be read, which a test rules out.
static DICTIONARY: LazyLock<Option<Fst<&'static [u8]>>> = LazyLock::new(|| Fst::new(GERMAN_PARTS).ok());

/// Minimum length of a word that is split, in bytes: two parts of three bytes each.
const SHORTEST: usize = 6;
/// Maximum length of a word that is split, in bytes. Longer strings are no words, and must not cost time.
const LONGEST: usize = 100;
/// The fixed cost of each part, in the unit of the dictionary: as if the part were a thousand times rarer.
const PART_COST: u32 = 30;

/// A part of a compound, as offsets in the word, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CompoundPart {
    pub(crate) start: usize,
    /// End of the part, without its linking element.
    pub(crate) end: usize,
    /// Start of the next part, after the linking element.
    pub(crate) next: usize,
}

/// The dictionary's entry for a form: its cost as a part, the length of its linking element, and its roles.
#[derive(Debug, Clone, Copy)]
struct PartEntry {
    cost: u32,
    link: usize,
    is_whole: bool,
    is_last: bool,
    is_first: bool,
}

impl PartEntry {
    fn of(value: u64) -> PartEntry {
        PartEntry {
            cost: (value >> 5) as u32,
            link: (value >> 3 & 3) as usize,
            is_whole: value & 4 != 0,
            is_last: value & 2 != 0,
            is_first: value & 1 != 0,
        }
    }
}

/// The smallest parts of a compound, in order; none if the word is no compound.
pub(crate) fn parts(word: &str) -> Vec<CompoundPart> {
    let mut found = Vec::new();
    if (SHORTEST..=LONGEST).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && let Some(dictionary) = DICTIONARY.as_ref()
    {
        cut(dictionary, word.as_bytes(), 0, word.len(), word.len(), &mut found);
        if found.len() < 2 {
            found.clear();
        }
    }
    found
}

/// Adds the parts of `word[start..end]`, or the range itself as one part if it cannot be split; the part after it starts at `next`.
fn cut(dictionary: &Fst<&[u8]>, word: &[u8], start: usize, end: usize, next: usize, found: &mut Vec<CompoundPart>) {
    let Some(pieces) = cheapest(dictionary, &word[start..end]) else {
        found.push(CompoundPart { start, end, next });
        return;
    };
    for piece in &pieces {
        let is_last = piece.next == end - start;
        let next = if is_last { next } else { start + piece.next };
        cut(dictionary, word, start + piece.start, start + piece.end, next, found);
    }
}

/// The cheapest split of a word up to an offset: its cost, the start of its last part, the number of parts, and the length of
/// the last part's linking element.
#[derive(Debug, Clone, Copy)]
struct Split {
    cost: u32,
    from: usize,
    parts: u32,
    link: usize,
}

/// The cheapest split of a word into two or more parts, by dynamic programming. `None` if the word stays whole.
fn cheapest(dictionary: &Fst<&[u8]>, word: &[u8]) -> Option<Vec<CompoundPart>> {
    if word.len() < SHORTEST {
        return None;
    }
    let mut splits: [Option<Split>; LONGEST + 1] = [None; LONGEST + 1];
    splits[0] = Some(Split { cost: 0, from: 0, parts: 0, link: 0 });
    let mut whole_cost = None;
    for start in 0..word.len() {
        let Some(before) = splits[start] else {
            continue;
        };
        let mut node = dictionary.root();
        let mut output = Output::zero();
        for (at, &byte) in word.iter().enumerate().skip(start) {
            let Some(index) = node.find_input(byte) else {
                break;
            };
            let transition = node.transition(index);
            output = output.cat(transition.out);
            node = dictionary.node(transition.addr);
            if !node.is_final() {
                continue;
            }
            let entry = PartEntry::of(output.cat(node.final_output()).value());
            let end = at + 1;
            if start == 0 && end == word.len() {
                if entry.is_whole {
                    return None;
                }
                whole_cost = Some(entry.cost);
                continue;
            }
            let fits = if end == word.len() { entry.is_last } else { entry.is_first };
            let cost = before.cost + entry.cost + PART_COST;
            if fits && splits[end].is_none_or(|split| cost < split.cost) {
                // Letters at the end of the word are an ending, which belongs to the part, not a linking element.
                let link = if end == word.len() { 0 } else { entry.link };
                splits[end] = Some(Split { cost, from: start, parts: before.parts + 1, link });
            }
        }
    }
    let last = splits[word.len()]?;
    let average = (last.cost - last.parts * PART_COST) / last.parts;
    if whole_cost.is_some_and(|whole| whole < average) {
        return None;
    }
    let mut parts = Vec::with_capacity(last.parts as usize);
    let mut end = word.len();
    while let Some(split) = splits[end].filter(|_| end > 0) {
        parts.push(CompoundPart { start: split.from, end: end - split.link, next: end });
        end = split.from;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../tests/data/compounds_de.txt");

    /// The surface form of a word, folded as a text is.
    fn surface(word: &str) -> String {
        crate::text::analysis::surface(crate::text::analysis::Folded::new(word).text())
    }

    fn cut(word: &str) -> String {
        let word = surface(word);
        let parts: Vec<&str> = parts(&word).iter().map(|part| &word[part.start..part.next]).collect();
        if parts.is_empty() { word } else { parts.join("|") }
    }

    #[test]
    fn the_dictionary_is_read() {
        assert!(DICTIONARY.is_some());
    }

    #[test]
    fn cuts_what_the_table_says() {
        let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut cases = [0, 0];
        for line in lines {
            let expected = surface(line);
            cases[usize::from(line.contains('|'))] += 1;
            assert_eq!(cut(&line.replace('|', "")), expected);
        }
        assert!(cases[0] > 300 && cases[1] > 300, "{cases:?}");
    }

    #[test]
    fn linking_elements_are_no_part() {
        let ends = |word: &str| -> Vec<String> {
            parts(word)
                .iter()
                .map(|part| format!("{} {}", &word[part.start..part.end], &word[part.end..part.next]))
                .collect()
        };
        assert_eq!(ends("freihandelsabkommens"), ["frei ", "handel s", "abkommens "]);
        assert_eq!(ends("warenhandel"), ["ware n", "handel "]);
        assert_eq!(ends("laenderabkommen"), ["laender ", "abkommen "]);
        assert_eq!(ends("bundesregierung"), ["bund es", "regierung "]);
        assert_eq!(ends("kontrollpunkte"), ["kontroll ", "punkte "]);
    }

    #[test]
    fn any_spelling_is_cut_alike() {
        for words in [
            &["Stahlzölle", "Stahlzoelle", "STAHLZÖLLE", "Stahlzo\u{308}lle", "Ｓｔａｈｌｚöｌｌｅ"][..],
            &["Großhandel", "Grosshandel", "GROSSHANDEL", "Großhande\u{ad}l"],
            &["Länderabkommen", "Laenderabkommen", "LÄNDERABKOMMEN"],
        ] {
            assert!(cut(words[0]).contains('|'), "{words:?}");
            for word in words {
                assert_eq!(cut(word), cut(words[0]), "{word}");
            }
        }
    }

    #[test]
    fn what_is_no_word_is_not_cut() {
        let long = "handels".repeat(1500);
        for word in ["", "handel", "handels-abkommen", "stahl1zoelle", "무역협정무역", long.as_str()] {
            assert_eq!(parts(word), [], "{} bytes", word.len());
        }
        let longest = format!("{}abkommen", "handels".repeat(13));
        assert_eq!(parts(&longest).len(), 14);
    }
}
