//! An index of the glossary's names by their openings (first letters), so that a query parses only the names that begin as its
//! words do.
//!
//! In: tables. Out: sorted records as bytes, in which the locations of names are found by their opening. Two spellings of a name
//! have the same opening. The build script makes these bytes for the built-in tables and compiles this file too, so it uses
//! nothing else of the crate: callers pass a function that recognises CJK characters and gives their simplified forms ([`Fold`]).

use unicode_normalization::UnicodeNormalization;

use super::layout::lines;

/// The first letters of a unit: the first three letters or digits of a word or number, with [`NONE`] for what it does not have, or a
/// CJK character alone. They are the same for all spellings of a word, and for all its forms but irregular ones.
pub(crate) type Letters = [char; 3];

/// The opening of a name: the letters of its first unit, and the first letter, digit or character of the next unit, [`NONE`] if there
/// is none. Letters and digits are units apart (`G20`).
pub(crate) type Opening = (Letters, char);

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
    /// Index of the name's column among the columns of names.
    pub(crate) column: usize,
}

/// Where a unit has no further letter, or a name no next unit.
pub(crate) const NONE: char = '\0';
/// Bytes of a record: four characters and five numbers, of four bytes each.
const RECORD: usize = 36;

/// The opening of a name; `None` if it has no letter, digit or CJK character.
pub(crate) fn opening(name: &str, fold: Fold<'_>) -> Option<Opening> {
    // A composed name begins with a letter, not with its accent.
    let mut characters = name.nfkc().skip_while(|character| !character.is_alphanumeric()).peekable();
    let first = characters.next()?;
    let letters = match fold(first) {
        Some(simplified) => [simplified, NONE, NONE],
        None => {
            let is_number = first.is_numeric();
            // A dot is within acronyms (U.S.), whose letters stand alone, and within numbers; JD.com is two words.
            let mut since_dot = 1;
            let mut is_in_word = move |character: &char| {
                let is_letter = character.is_alphanumeric();
                since_dot = match character {
                    '.' if since_dot > 1 && !is_number => return false,
                    '.' => 0,
                    _ => since_dot + usize::from(is_letter),
                };
                fold(*character).is_none()
                    && if is_letter { character.is_numeric() == is_number } else { is_within_words(*character) }
            };
            let rest = std::iter::from_fn(|| characters.next_if(&mut is_in_word));
            let rest = rest.filter(|letter| letter.is_alphanumeric());
            first_letters(base(first), rest.map(base))
        }
    };
    let next = characters.find(|character| character.is_alphanumeric());
    Some((letters, next.map_or(NONE, |next| fold(next).unwrap_or_else(|| base(next)))))
}

/// The letters of a unit of a folded text; `None` if it has no letter, digit or CJK character.
pub(crate) fn letters(unit: &str, fold: Fold<'_>) -> Option<Letters> {
    let bytes = unit.as_bytes();
    // Nearly all words and numbers.
    let is_word = bytes.iter().all(u8::is_ascii_lowercase) || bytes.iter().all(u8::is_ascii_digit);
    match bytes.split_first() {
        Some((&first, rest)) if is_word => {
            Some(first_letters(char::from(first), rest.iter().map(|&letter| char::from(letter))))
        }
        _ => opening(unit, fold).map(|(letters, _)| letters),
    }
}

/// The letters of a word by its base letters. Takes all of them from the iterator.
fn first_letters(first: char, mut rest: impl Iterator<Item = char>) -> Letters {
    // ä and ae are the same spelling, so the e is skipped.
    let mut after = |before: char| match rest.next() {
        Some('e') if matches!(before, 'a' | 'o' | 'u') => rest.next(),
        letter => letter,
    };
    let second = after(first).unwrap_or(NONE);
    let third = after(second).unwrap_or(NONE);
    rest.for_each(drop);
    // Stemmers make an i of a y (dry, dries).
    [first, second, if third == 'y' { 'i' } else { third }]
}

/// Other letters of names that may begin at a word with these letters: a name of two letters stands in texts with an s (`EVs`), and one
/// with an s without it.
pub(crate) fn other_letters([first, second, third]: Letters) -> Option<Letters> {
    match third {
        _ if second == NONE || first.is_numeric() => None,
        NONE => Some([first, second, 's']),
        's' => Some([first, second, NONE]),
        _ => None,
    }
}

/// The openings of names that can begin at a unit of a text: of names of this unit alone, and of names that go on with the next unit.
pub(crate) fn openings_of_units(first: &str, next: Option<&str>, fold: Fold<'_>) -> Vec<Opening> {
    let Some(own) = letters(first, fold) else { return Vec::new() };
    let next = next.and_then(|next| letters(next, fold)).map(|letters| letters[0]);
    let all = std::iter::once(own).chain(other_letters(own));
    all.flat_map(|letters| [NONE].into_iter().chain(next).map(move |next| (letters, next))).collect()
}

/// The base letter of a letter: without accents, in lower case.
fn base(letter: char) -> char {
    if matches!(letter, 'ß' | 'ẞ') {
        return 's';
    }
    let plain = std::iter::once(letter).nfkd().next().unwrap_or(letter);
    plain.to_lowercase().next().unwrap_or(plain)
}

/// True for the signs that stand within words: apostrophes, the dots of acronyms, and combining accents.
fn is_within_words(character: char) -> bool {
    matches!(character, '.' | '\'' | '’' | '‘' | 'ʼ' | '\u{300}'..='\u{36f}')
}

/// The records of all names in the tables, sorted by opening, but for short names of countries: they are single characters.
pub(crate) fn encode(tables: &[&str], fold: Fold<'_>) -> Vec<u8> {
    let mut places: Vec<(Opening, NameLocation)> = Vec::new();
    for (table, text) in tables.iter().enumerate() {
        for line in lines(text).filter(|line| line.kind() != "short") {
            for (name, (column, written)) in line.names().enumerate() {
                if let Some(opening) = opening(written, fold) {
                    let (start, len) = (line.start, line.text.len());
                    places.push((opening, NameLocation { table, start, len, name, column }));
                }
            }
        }
    }
    places.sort_unstable();
    let mut bytes = Vec::with_capacity(places.len() * RECORD);
    for (([first, second, third], next), NameLocation { table, start, len, name, column }) in places {
        let characters = [first, second, third, next].map(u32::from);
        characters.iter().for_each(|code| bytes.extend_from_slice(&code.to_le_bytes()));
        let numbers = [table, start, len, name, column];
        numbers.iter().for_each(|&number| bytes.extend_from_slice(&(number as u32).to_le_bytes()));
    }
    bytes
}

/// The number of records.
pub(crate) fn count(bytes: &[u8]) -> usize {
    bytes.len() / RECORD
}

/// A number of a record, by its place in it.
fn number(bytes: &[u8], record: usize, field: usize) -> u32 {
    let at = record * RECORD + 4 * field;
    let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes)
}

/// The opening of a record.
pub(crate) fn key(bytes: &[u8], record: usize) -> Opening {
    let character = |field| char::from_u32(number(bytes, record, field)).unwrap_or(NONE);
    ([0, 1, 2].map(character), character(3))
}

/// The location that a record has.
pub(crate) fn location(bytes: &[u8], record: usize) -> NameLocation {
    let [table, start, len, name, column] = [4, 5, 6, 7, 8].map(|field| number(bytes, record, field) as usize);
    NameLocation { table, start, len, name, column }
}

/// The column of the name that a record has, by its index.
pub(crate) fn column(bytes: &[u8], record: usize) -> usize {
    number(bytes, record, 8) as usize
}

/// The locations of the names with an opening, in the order of the tables; by binary search.
pub(crate) fn find(bytes: &[u8], opening: Opening) -> impl Iterator<Item = NameLocation> {
    let (mut from, mut to) = (0, count(bytes));
    let records = to;
    while from < to {
        let middle = from.midpoint(to);
        if key(bytes, middle) < opening { from = middle + 1 } else { to = middle }
    }
    (from..records).take_while(move |&record| key(bytes, record) == opening).map(|record| location(bytes, record))
}
