//! What is said once of a table: what is assumed of its columns, and which of them are not read.

use crate::ingest::event::{Advice, Reason};
use crate::ingest::field_map::FieldMap;
use crate::ingest::field_names::{FieldNames, NamedPart};
use crate::ingest::formats::table::profile::Profile;
use crate::ingest::part::Part;

/// Characters of headings that are shown.
const MAX_SHOWN_CHARS: usize = 200;

/// The problem of lines before the heading, which are not read.
pub(crate) fn skipped_rows(rows: &[Vec<String>], start: usize, heading: Option<usize>) -> Option<Reason> {
    let before = rows.get(start..heading?)?;
    let cells = before.iter().flatten().filter(|cell| !cell.trim().is_empty());
    let said = shown(cells);
    (!said.is_empty()).then(|| Reason::from(format!("lines before the table are not read: {said}")))
}

/// The problem of a heading without title and text.
pub(crate) fn unknown_heading(names: &FieldNames, headings: &[String]) -> Reason {
    let [title, body] =
        [Part::Title, Part::Body].map(|part| names.of(part).iter().take(8).cloned().collect::<Vec<_>>().join(", "));
    Reason::from(format!(
        "the first line names no column with a title or text, and none looks like one: found {}, expected one of {title}, …; or one of \
         {body}, …; others can be named in fields.toml of the configuration",
        shown(headings.iter())
    ))
    .advising(Advice::NameColumns)
}

/// The problem of a column of ids that do not tell articles apart: by them, one would replace the other.
pub(crate) fn repeated_ids(heading: &str) -> Reason {
    let heading = shown([heading.to_owned()].iter());
    Reason::from(format!(
        "{heading} has the same value in several rows, or numbers that a spreadsheet has cut (1.23E+15); it is not taken for the id"
    ))
    .advising(Advice::MapFields)
}

/// The problems of several columns of one part.
pub(crate) fn repeated_parts(headings: &[String], columns: &[Option<NamedPart>], map: &FieldMap) -> Vec<Reason> {
    let parts = [(Part::Title, "a title"), (Part::Body, "a text"), (Part::Date, "a date"), (Part::Url, "an address")];
    let reason = |(part, name): (Part, &str)| {
        let mut of_part: Vec<(usize, usize)> = (0..columns.len())
            .filter_map(|at| columns[at].filter(|named| named.part == part).map(|named| (named.rank, at)))
            .collect();
        of_part.sort_unstable();
        let columns = shown(of_part.iter().map(|&(_, at)| &headings[at]));
        let said = format!("several columns hold {name}, {columns}; of each row the first filled one is read");
        (of_part.len() > 1 && map.of(part).is_empty()).then(|| Reason::from(said).advising(Advice::MapFields))
    };
    parts.into_iter().filter_map(reason).collect()
}

/// The problem of a table without a column for the text, and which one is taken for it.
pub(crate) fn missing_text(headings: &[String], columns: &[Option<NamedPart>], text: Option<usize>) -> Option<Reason> {
    let unknown = headings.iter().zip(columns).filter(|(_, named)| named.is_none()).map(|(heading, _)| heading);
    let unknown = shown(unknown);
    let said = match text {
        Some(text) => format!(
            "no heading names a column with the text; `{}` is taken for it by what is in it",
            headings[text].trim()
        ),
        None if unknown.is_empty() => return None,
        None => format!("no heading names a column with the text, and these are not known: {unknown}"),
    };
    Some(Reason::from(said).advising(Advice::MapFields))
}

/// The problem of columns that are not read, though they look like a part of an article.
pub(crate) fn unread_columns(
    headings: &[String],
    profiles: &[Profile],
    is_unread: &dyn Fn(usize) -> bool,
) -> Option<Reason> {
    let looks_like = |profile: &Profile| {
        let looks =
            [(profile.is_date(), "a date"), (profile.is_address(), "an address"), (profile.is_text(), "a text")];
        looks.into_iter().find(|(is, _)| *is).map(|(_, name)| name)
    };
    let unread = profiles.iter().enumerate().filter(|(at, _)| is_unread(*at));
    let said: Vec<String> = unread
        .filter_map(|(at, profile)| {
            Some(format!("{} (looks like {})", column_name(headings, at), looks_like(profile)?))
        })
        .collect();
    let said: String = said.join(", ").chars().take(MAX_SHOWN_CHARS).collect();
    (!said.is_empty()).then(|| Reason::from(format!("columns that are not read: {said}")).advising(Advice::MapFields))
}

/// A column by its heading, else by its number.
pub(crate) fn column_name(headings: &[String], at: usize) -> String {
    match headings.get(at).map(|heading| heading.trim()).filter(|heading| !heading.is_empty()) {
        Some(heading) => shown([heading.to_owned()].iter()),
        None => format!("column {}", at + 1),
    }
}

pub(crate) fn shown<'a>(cells: impl Iterator<Item = &'a String>) -> String {
    let cells: Vec<String> =
        cells.filter(|cell| !cell.trim().is_empty()).map(|cell| format!("`{}`", cell.trim())).collect();
    cells.join(", ").chars().take(MAX_SHOWN_CHARS).collect()
}
