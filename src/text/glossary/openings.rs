//! An index of the glossary's names by their openings (first letters), so that a query parses only the names that begin as its
//! words do.
//!
//! In: tables. Out: sorted records as bytes, in which the locations of names are found by their opening. Two spellings of a name
//! have the same opening. The build script makes these bytes for the built-in tables and compiles this file too, so it uses
//! nothing else of the crate: callers pass a function that recognises CJK characters and gives their simplified forms ([`Fold`]).

use unicode_normalization::UnicodeNormalization;

use super::layout::lines;

/// The opening of a name: the first two letters or digits of its first word or number, or its first CJK character and 0; then the first
/// letter, digit or character of the next unit, 0 if there is none. Letters and digits are units apart (`G20`).
pub(crate) type Opening = [char; 3];

/// A function from a CJK character to its simplified form; `None` for any other character.
pub(crate) type Fold<'a> = &'a dyn Fn(char) -> Option<char>;

/// The location of a name in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameLocation {
    /// Index of the table.
    pub(crate) table: usize,
    /// Offset of the name's line in the table, in bytes.
    pub(crate) start: usize,
    /// Length of the line in bytes.
    pub(crate) len: usize,
    /// Index of the name among those of the line.
    pub(crate) name: usize,
}

const NONE: char = '\0';
/// Bytes of a record: three characters and four numbers, of four bytes each.
const RECORD: usize = 28;

/// The opening of a name; `None` if it has no letter, digit or CJK character.
pub(crate) fn opening(name: &str, fold: Fold<'_>) -> Option<Opening> {
    // A composed name begins with a letter, not with its accent.
    let name: String = name.nfkc().collect();
    let mut characters = name.chars().skip_while(|character| !character.is_alphanumeric()).peekable();
    let first = characters.next()?;
    let mut opening = [NONE; 3];
    match fold(first) {
        Some(simplified) => opening[0] = simplified,
        None => {
            opening[0] = base(first);
            let is_number = first.is_numeric();
            let is_in_word = |character: &char| {
                fold(*character).is_none()
                    && match character.is_alphanumeric() {
                        true => character.is_numeric() == is_number,
                        false => is_within_words(*character),
                    }
            };
            let mut letters =
                std::iter::from_fn(|| characters.next_if(is_in_word)).filter(|letter| letter.is_alphanumeric());
            let mut second = letters.next();
            // ä and ae are the same spelling, so the e is skipped.
            if matches!(opening[0], 'a' | 'o' | 'u') && matches!(second, Some('e' | 'E')) {
                second = letters.next();
            }
            letters.for_each(drop);
            opening[1] = second.map_or(NONE, base);
        }
    }
    let next = characters.find(|character| character.is_alphanumeric());
    opening[2] = next.map_or(NONE, |next| fold(next).unwrap_or_else(|| base(next)));
    Some(opening)
}

/// The two openings of names that can begin at a unit of a text: of names of this unit alone, and of names that go on with the
/// next unit.
pub(crate) fn openings_of_units(first: &str, next: Option<&str>, fold: Fold<'_>) -> [Option<Opening>; 2] {
    let [one, two, _] = match opening(first, fold) {
        Some(opening) => opening,
        None => return [None, None],
    };
    let next = next.and_then(|next| opening(next, fold));
    [Some([one, two, NONE]), next.map(|next| [one, two, next[0]])]
}

/// The base letter of a letter: without accents, in lower case.
fn base(letter: char) -> char {
    let plain = std::iter::once(letter).nfkd().next().unwrap_or(letter);
    plain.to_lowercase().next().unwrap_or(plain)
}

/// True for the signs that stand within words: apostrophes, the dots of acronyms, and combining accents.
fn is_within_words(character: char) -> bool {
    matches!(character, '.' | '\'' | '’' | '‘' | 'ʼ' | '\u{300}'..='\u{36f}')
}

/// The records of all names in the tables, sorted by opening, without those of lines whose kind `is_left_out`.
pub(crate) fn encode(tables: &[&str], is_left_out: impl Fn(&str) -> bool, fold: Fold<'_>) -> Vec<u8> {
    let mut places: Vec<(Opening, NameLocation)> = Vec::new();
    for (table, text) in tables.iter().enumerate() {
        for line in lines(text).filter(|line| !is_left_out(line.kind())) {
            for (name, (_, written)) in line.names().enumerate() {
                if let Some(opening) = opening(written, fold) {
                    places.push((opening, NameLocation { table, start: line.start, len: line.text.len(), name }));
                }
            }
        }
    }
    places.sort_unstable();
    let mut bytes = Vec::with_capacity(places.len() * RECORD);
    for (opening, NameLocation { table, start, len, name }) in places {
        opening.map(u32::from).iter().for_each(|code| bytes.extend_from_slice(&code.to_le_bytes()));
        [table, start, len, name].iter().for_each(|&number| bytes.extend_from_slice(&(number as u32).to_le_bytes()));
    }
    bytes
}

/// The locations of the names with an opening, in the order of the tables; by binary search.
pub(crate) fn find(bytes: &[u8], opening: Opening) -> impl Iterator<Item = NameLocation> {
    let number = |at: usize| -> u32 {
        let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_le_bytes)
    };
    let wanted = opening.map(u32::from);
    let key = move |record: usize| [0, 4, 8].map(|field| number(record * RECORD + field));
    let (mut from, mut to) = (0, bytes.len() / RECORD);
    let records = to;
    while from < to {
        let middle = from.midpoint(to);
        if key(middle) < wanted { from = middle + 1 } else { to = middle }
    }
    (from..records).take_while(move |&record| key(record) == wanted).map(move |record| {
        let [table, start, len, name] = [12, 16, 20, 24].map(|field| number(record * RECORD + field) as usize);
        NameLocation { table, start, len, name }
    })
}
