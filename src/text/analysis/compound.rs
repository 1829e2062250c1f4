//! German compounds: from the surface of a word to its parts.
//!
//! In goes a word in lower case with umlauts and ß spelled out; out come the ends of its parts, in bytes of that word.
//! The dictionary (`crates/dictionary-builder/src/german.rs`) knows which forms can be parts, and what each costs: the rarer, the more.
//! The cheapest way to write a word as such forms is found, each part having a price of its own so that a few long ones
//! are preferred; then each part is cut in the same way. A word stays whole if the dictionary says so, or if it is more
//! frequent than its parts are on average (Koehn and Knight, Empirical Methods for Compound Splitting, 2003). The words
//! of an index say nothing to this: a word has the same parts everywhere.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};
use tradewire_dictionaries::GERMAN_PARTS;

/// `None` where the embedded map cannot be read, which a test rules out.
static DICTIONARY: LazyLock<Option<Fst<&'static [u8]>>> = LazyLock::new(|| Fst::new(GERMAN_PARTS).ok());

/// Bytes of the shortest word that is cut: two parts of three.
const SHORTEST: usize = 6;
/// Bytes of the longest. Longer ones are no words, and may be of any length.
const LONGEST: usize = 100;
/// The price of each part, in the unit of the dictionary: as if it were a thousand times rarer.
const PART_COST: u32 = 30;

/// A part of a compound, in bytes of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) start: usize,
    /// Without the linking element.
    pub(crate) end: usize,
    /// Where the next part starts.
    pub(crate) next: usize,
}

/// What the dictionary says of a form.
#[derive(Debug, Clone, Copy)]
struct Entry {
    cost: u32,
    link: usize,
    is_whole: bool,
    is_last: bool,
    is_first: bool,
}

impl Entry {
    fn of(value: u64) -> Entry {
        Entry {
            cost: (value >> 5) as u32,
            link: (value >> 3 & 3) as usize,
            is_whole: value & 4 != 0,
            is_last: value & 2 != 0,
            is_first: value & 1 != 0,
        }
    }
}

/// The parts of a word, in order; none if it is no compound.
pub(crate) fn parts(word: &str) -> Vec<Part> {
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

/// Adds the parts of `word[start..end]`, which is one itself if it cannot be cut; the part after it starts at `next`.
fn cut(dictionary: &Fst<&[u8]>, word: &[u8], start: usize, end: usize, next: usize, found: &mut Vec<Part>) {
    let Some(pieces) = cheapest(dictionary, &word[start..end]) else {
        found.push(Part { start, end, next });
        return;
    };
    for piece in &pieces {
        let is_last = piece.next == end - start;
        let next = if is_last { next } else { start + piece.next };
        cut(dictionary, word, start + piece.start, start + piece.end, next, found);
    }
}

/// The best way to a place in a word: what it costs, where its last part starts, of how many parts, and that part's link.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: u32,
    from: usize,
    parts: u32,
    link: usize,
}

/// The cheapest two or more parts of a word. `None` if it stays whole.
fn cheapest(dictionary: &Fst<&[u8]>, word: &[u8]) -> Option<Vec<Part>> {
    if word.len() < SHORTEST {
        return None;
    }
    let mut ways: [Option<Way>; LONGEST + 1] = [None; LONGEST + 1];
    ways[0] = Some(Way { cost: 0, from: 0, parts: 0, link: 0 });
    let mut whole_cost = None;
    for start in 0..word.len() {
        let Some(before) = ways[start] else {
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
            let entry = Entry::of(output.cat(node.final_output()).value());
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
            if fits && ways[end].is_none_or(|way| cost < way.cost) {
                // The end of the word is an ending, which belongs to its part.
                let link = if end == word.len() { 0 } else { entry.link };
                ways[end] = Some(Way { cost, from: start, parts: before.parts + 1, link });
            }
        }
    }
    let last = ways[word.len()]?;
    let average = (last.cost - last.parts * PART_COST) / last.parts;
    if whole_cost.is_some_and(|whole| whole < average) {
        return None;
    }
    let mut parts = Vec::with_capacity(last.parts as usize);
    let mut end = word.len();
    while let Some(way) = ways[end].filter(|_| end > 0) {
        parts.push(Part { start: way.from, end: end - way.link, next: end });
        end = way.from;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../tests/data/compounds_de.txt");

    /// As a text is folded and its surface taken.
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
