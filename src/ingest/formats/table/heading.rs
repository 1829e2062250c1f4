//! The heading of a table: the row that names the columns, behind lines on the search or the export where it has some.

use crate::ingest::field_map::{FieldMap, FieldPath};
use crate::ingest::field_names::{FieldNames, NamedPart, same_name};
use crate::ingest::formats::table::cell::{is_value, may_be_heading, width};
use crate::ingest::part::Part;

/// Rows that may stand before the heading.
const MAX_ROWS_BEFORE: usize = 40;
/// Terminal columns of a text, which no line on a search has beside as many cells as the heading.
const MIN_TEXT_WIDTH: usize = 80;
/// The rank of a heading of which only a part is a name: others are meant more.
const PART_OF_HEADING: usize = 10_000;
/// A name that people and places have as well as articles.
const ANY_NAME: &str = "name";

/// What headings stand for: by what a user says, else by their names.
#[derive(Clone, Copy)]
pub(crate) struct Headings<'a> {
    pub(crate) names: &'a FieldNames,
    pub(crate) map: &'a FieldMap,
}

impl<'a> Headings<'a> {
    /// The path of the map that leads to the column with this heading.
    pub(crate) fn mapped(&self, heading: &str) -> impl Iterator<Item = (Part, &'a FieldPath)> {
        self.map.paths().filter(move |(_, path)| path.is_heading(heading))
    }

    /// What a heading stands for; `None` for one that is not known. What the user states for a part is all of it.
    pub(crate) fn find(&self, heading: &str) -> Option<NamedPart> {
        if let Some((part, _)) = self.mapped(heading).next() {
            return Some(NamedPart { part, rank: 0 });
        }
        self.named(heading).filter(|named| self.map.of(named.part).is_empty())
    }

    /// By name: as it stands, without what is in brackets, or one of several names that a sign separates.
    fn named(&self, heading: &str) -> Option<NamedPart> {
        let plain = heading.trim().trim_matches(['*', '#', '"', '\'', '.', '[', ']', '“', '”', '【', '】', '《', '》']);
        let found = self.known(heading).or_else(|| self.known(plain)).or_else(|| self.known(&plain.replace('.', " ")));
        found.or_else(|| self.in_two_scripts(plain)).or_else(|| {
            let is_sign = |letter: char| "()（）[]/·、".contains(letter);
            let named =
                plain.split(is_sign).map(str::trim).filter(|part| !part.is_empty()).find_map(|part| self.known(part));
            named.map(|named| NamedPart { rank: named.rank + PART_OF_HEADING, ..named })
        })
    }

    /// A name in two scripts, as `Title-题名` or `제목 Title`, if both say the same.
    fn in_two_scripts(&self, heading: &str) -> Option<NamedPart> {
        let letters = |is_ascii: bool| -> String {
            heading
                .chars()
                .map(|letter| if letter.is_ascii() == is_ascii && letter.is_alphabetic() { letter } else { ' ' })
                .collect()
        };
        let (one, other) = (self.known(&letters(true))?, self.known(&letters(false))?);
        (one.part == other.part).then_some(one)
    }

    fn known(&self, name: &str) -> Option<NamedPart> {
        self.names.find(name).filter(|_| !same_name(name, ANY_NAME))
    }
}

/// A row that names columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The number of the row, from 0.
    pub(crate) row: usize,
    /// Parts of a document that it names.
    pub(crate) known: usize,
}

/// The row that names the most parts of a document, of two the first; `None` if none names a title or a text.
pub(crate) fn find_heading(rows: &[Vec<String>], headings: Headings<'_>) -> Option<Heading> {
    let mut found: Option<Heading> = None;
    for (row, cells) in rows.iter().take(MAX_ROWS_BEFORE).enumerate() {
        let known = known_parts(cells, headings);
        if known > found.map_or(0, |heading| heading.known) && cells.iter().all(|cell| may_be_heading(cell)) {
            // One word alone, behind others, may be any.
            let is_plain = known > 1 || row == 0 || filled(cells) > 1;
            if is_plain && !rows[..row].iter().any(|before| is_data(before, filled(cells))) {
                found = Some(Heading { row, known });
            }
        }
    }
    found
}

/// The number of parts that a row names, 0 if neither a title nor a text is one.
fn known_parts(cells: &[String], headings: Headings<'_>) -> usize {
    let mut parts: Vec<Part> = Vec::new();
    for named in cells.iter().filter_map(|cell| headings.find(cell)) {
        if !parts.contains(&named.part) {
            parts.push(named.part);
        }
    }
    let names_text = parts.iter().any(|part| matches!(part, Part::Title | Part::Body | Part::Lead));
    if names_text { parts.len() } else { 0 }
}

/// True for an article of a table with so many columns: a heading that comes later is one of another table.
fn is_data(cells: &[String], columns: usize) -> bool {
    let is_text = |cell: &String| width(cell) >= MIN_TEXT_WIDTH || is_value(cell);
    columns > 2 && filled(cells) >= columns && cells.iter().any(is_text)
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}
