//! The layout of a table: which column holds which part of a document, and with which row the articles begin.
//!
//! By what a user says of the columns, else by the heading, else by what is in the columns. What is assumed, and what is not read though
//! it looks like a part of an article, is noted once.

use crate::ingest::date::DateReader;
use crate::ingest::event::{Advice, Reason};
use crate::ingest::field_names::NamedPart;
use crate::ingest::formats::table::cell::{may_be_heading, width};
use crate::ingest::formats::table::content::parts_by_content;
use crate::ingest::formats::table::day::ColumnDays;
use crate::ingest::formats::table::heading::{Headings, find_heading};
use crate::ingest::formats::table::languages::ColumnLanguages;
use crate::ingest::formats::table::notes::{
    column_name, missing_text, repeated_ids, repeated_parts, shown, skipped_rows, unknown_heading, unread_columns,
};
use crate::ingest::formats::table::profile::Profile;
use crate::ingest::part::Part;

/// A heading is so many times as wide as the texts below it at most.
const HEADING_TO_TEXT: usize = 3;

/// The layout of a table.
pub(crate) struct Layout {
    /// Columns, by the heading or else by the first row.
    pub(crate) width: usize,
    /// The row of the heading, from 0; `None` if there is none.
    pub(crate) heading: Option<usize>,
    /// The row of the first article.
    pub(crate) first: usize,
    /// Columns that are read, each with its part: of one part, those that are preferred first.
    pub(crate) read: Vec<(usize, Part)>,
    /// How the days of each column are read; of columns of dates alone.
    pub(crate) days: Vec<ColumnDays>,
    /// Parts whose columns are joined, since the user says so; of others the first that has something is read.
    pub(crate) joined: Vec<Part>,
    pub(crate) languages: ColumnLanguages,
    /// What is to be said once.
    pub(crate) notes: Vec<Reason>,
}

/// What decides a layout beside the rows.
#[derive(Clone, Copy)]
pub(crate) struct LayoutContext<'a> {
    pub(crate) headings: Headings<'a>,
    pub(crate) dates: &'a DateReader,
    /// The parts that the user says the columns hold.
    pub(crate) stated: Option<&'a [Option<Part>]>,
}

impl Layout {
    /// The layout of a table that begins with these rows, the first of which only states the delimiter if `is_stated`.
    ///
    /// # Errors
    ///
    /// The reason why the table cannot be read, if no column holds a title or a text.
    pub(crate) fn of(rows: &[Vec<String>], is_stated: bool, context: LayoutContext<'_>) -> Result<Layout, Reason> {
        let mut start = usize::from(is_stated);
        let heading = find_heading(rows, context.headings).map(|heading| heading.row).filter(|&row| row >= start);
        if heading.is_none() {
            start += rows_before(&rows[start.min(rows.len())..]);
        }
        if let Some(stated) = context.stated {
            return Ok(Layout::stated(rows, start, heading, stated, context));
        }
        match heading {
            Some(row) => Ok(Layout::named(rows, start, row, context)),
            None => Layout::unnamed(rows, is_stated, start, context),
        }
    }

    /// By what the user says.
    fn stated(
        rows: &[Vec<String>],
        start: usize,
        heading: Option<usize>,
        stated: &[Option<Part>],
        context: LayoutContext<'_>,
    ) -> Layout {
        let profiles = |rows| profiles(rows, stated.len(), context);
        let heading = heading.or_else(|| {
            let below = profiles(rows.get(start + 1..).unwrap_or_default());
            rows.get(start).is_some_and(|row| is_heading_of(row, &below)).then_some(start)
        });
        let first = heading.map_or(start, |heading| heading + 1);
        let below = rows.get(first..).unwrap_or_default();
        let found = profiles(below);
        let columns: Vec<Option<NamedPart>> =
            stated.iter().map(|part| part.map(|part| NamedPart { part, rank: 0 })).collect();
        let names = heading.map_or_else(Vec::new, |heading| rows[heading].clone());
        let mut layout = Layout::with(rows, heading, first, &columns);
        layout.notes.extend(skipped_rows(rows, start, heading));
        layout.say_days(below, &names);
        let unread = |at: usize| stated[at].is_none() && found[at].is_text();
        layout.notes.extend(unread_columns(&names, &found, &|at| unread(at)));
        layout
    }

    /// By the heading.
    fn named(rows: &[Vec<String>], start: usize, row: usize, context: LayoutContext<'_>) -> Layout {
        let below = &rows[row + 1..];
        let headings = &without_row_names(&rows[row], below, context);
        let found = profiles(below, headings.len(), context);
        let mut columns: Vec<Option<NamedPart>> =
            headings.iter().map(|heading| context.headings.find(heading)).collect();
        let mut notes: Vec<Reason> = skipped_rows(rows, start, Some(row)).into_iter().collect();
        for (at, named) in columns.iter_mut().enumerate() {
            if named.is_some_and(|named| named.part == Part::Id) && !found[at].names_rows() {
                notes.push(repeated_ids(&headings[at]));
                *named = None;
            }
        }
        let languages = ColumnLanguages::of(headings, &mut columns, context.headings.names);
        let others = columns.iter().enumerate().map(|(at, named)| named.filter(|_| !languages.is_one(at)));
        notes.extend(repeated_parts(headings, &others.collect::<Vec<_>>(), context.headings.map));
        let has_body = columns.iter().flatten().any(|named| matches!(named.part, Part::Body | Part::Lead));
        let unknown = |at: usize| columns[at].is_none();
        if !has_body {
            let texts = (0..columns.len()).filter(|&at| unknown(at) && found[at].is_text());
            let text = texts.max_by_key(|&at| found[at].width);
            notes.extend(missing_text(headings, &columns, text));
            text.into_iter().for_each(|text| columns[text] = Some(NamedPart { part: Part::Body, rank: 0 }));
        }
        notes.extend(unread_columns(headings, &found, &|at| columns[at].is_none()));
        let mut layout = Layout::with(rows, Some(row), row + 1, &columns);
        (layout.notes, layout.languages) = (notes, languages);
        layout.joined = Part::ALL.into_iter().filter(|part| context.headings.map.of(*part).len() > 1).collect();
        layout.order_as_mapped(headings, context.headings);
        layout.say_days(below, headings);
        layout
    }

    /// By what is in the columns.
    fn unnamed(
        rows: &[Vec<String>],
        is_stated: bool,
        start: usize,
        context: LayoutContext<'_>,
    ) -> Result<Layout, Reason> {
        let Some(head) = rows.get(start) else {
            return Ok(Layout::with(rows, None, start, &[]));
        };
        let below = rows.get(start + 1..).unwrap_or_default();
        let is_heading = is_heading_of(head, &profiles(below, head.len(), context));
        let first = if is_heading { start + 1 } else { start };
        let below = rows.get(first..).unwrap_or_default();
        let width = below.iter().map(Vec::len).max().unwrap_or_default();
        let found = profiles(below, width, context);
        let alone = !is_heading && below.len() == 1 && head.iter().all(|cell| may_be_heading(cell));
        let Some(parts) = parts_by_content(&found).filter(|_| !alone) else {
            return Err(unknown_heading(context.headings.names, head));
        };
        let parts = if is_heading { with_known(head, parts, context.headings) } else { parts };
        let columns: Vec<Option<NamedPart>> =
            parts.iter().map(|part| part.map(|part| NamedPart { part, rank: 0 })).collect();
        let mut layout = Layout::with(rows, is_heading.then_some(start), first, &columns);
        layout.notes.extend(skipped_rows(rows, usize::from(is_stated), Some(start)));
        let named: Vec<&str> = parts.iter().map(|part| part.map_or("-", Part::name)).collect();
        let named = named.join(",");
        let before = if is_heading {
            format!("the heading names no column with a title or text: found {}", shown(head.iter()))
        } else {
            "the table has no heading".to_owned()
        };
        let said = format!("{before}; by what is in them, its columns are taken for {named}");
        layout.notes.push(Reason::from(said).advising(Advice::NameColumns));
        layout.say_days(below, if is_heading { head } else { &[] });
        let names = if is_heading { head.clone() } else { Vec::new() };
        layout.notes.extend(unread_columns(&names, &found, &|at| parts[at].is_none()));
        Ok(layout)
    }

    fn with(rows: &[Vec<String>], heading: Option<usize>, first: usize, columns: &[Option<NamedPart>]) -> Layout {
        let named = columns.iter().enumerate().filter_map(|(at, named)| Some((at, (*named)?)));
        let mut read: Vec<(usize, NamedPart)> = named.collect();
        read.sort_by_key(|&(at, named)| (named.part, named.rank, at));
        let cells = |at: usize| rows.iter().skip(first).filter_map(move |row| row.get(at)).map(String::as_str);
        let days = columns.iter().enumerate().map(|(at, named)| match named {
            Some(named) if named.part == Part::Date => ColumnDays::of(cells(at)),
            _ => ColumnDays::Plain,
        });
        Layout {
            width: columns.len(),
            heading,
            first,
            days: days.collect(),
            read: read.into_iter().map(|(at, named)| (at, named.part)).collect(),
            joined: Vec::new(),
            languages: ColumnLanguages::default(),
            notes: Vec::new(),
        }
    }

    /// Puts the columns that a user states for a part in the order in which they are stated. What is stated for the text is all of
    /// it: no lead stands over it.
    fn order_as_mapped(&mut self, names: &[String], headings: Headings<'_>) {
        let place = |at: usize, part: Part| headings.map.of(part).iter().position(|path| path.is_heading(&names[at]));
        self.read.sort_by_key(|&(at, part)| (part, place(at, part)));
        if !headings.map.of(Part::Body).is_empty() && headings.map.of(Part::Lead).is_empty() {
            self.read.retain(|(_, part)| *part != Part::Lead);
        }
    }

    /// Says which columns have dates in an order that nothing decides.
    fn say_days(&mut self, rows: &[Vec<String>], headings: &[String]) {
        for (at, days) in self.days.iter().enumerate() {
            let consequence = match days {
                ColumnDays::Plain | ColumnDays::By(_) => continue,
                ColumnDays::Undecided => "can be read with the day or the month first, and no row decides which",
                ColumnDays::Contradictory => {
                    "are written with the day first in some rows and with the month first in others"
                }
            };
            let cell = rows.iter().filter_map(|row| row.get(at)).find(|cell| days.written(cell).is_none());
            let example = cell.map_or("", |cell| cell.trim());
            self.notes.push(Reason::from(format!(
                "dates in {} {consequence}, as in `{example}`; these are left out, expected dates like 2025-12-30",
                column_name(headings, at)
            )));
        }
    }
}

/// The heading of each column: R writes none over the names or numbers of the rows.
fn without_row_names(headings: &[String], rows: &[Vec<String>], context: LayoutContext<'_>) -> Vec<String> {
    let wider = rows.iter().filter(|row| row.len() == headings.len() + 1).count();
    let is_shifted = !rows.is_empty() && wider == rows.len() && {
        let profiles = profiles(rows, headings.len() + 1, context);
        profiles[0].counts_rows && profiles[headings.len()].filled > 0
    };
    let first = is_shifted.then(String::new);
    first.into_iter().chain(headings.iter().cloned()).collect()
}

fn profiles(rows: &[Vec<String>], width: usize, context: LayoutContext<'_>) -> Vec<Profile> {
    let is_outlet = |cell: &str| context.headings.names.outlets().is_outlet(cell);
    (0..width).map(|column| Profile::of(rows, column, context.dates, &is_outlet)).collect()
}

/// True if a row is no article of the rows below: short words above values or long texts.
fn is_heading_of(row: &[String], below: &[Profile]) -> bool {
    let is_other = |(cell, below): (&String, &Profile)| {
        let cell = cell.trim();
        !cell.is_empty()
            && below.filled > 0
            && (below.is_value() || below.is_text() && HEADING_TO_TEXT * width(cell) <= below.width)
    };
    row.iter().all(|cell| may_be_heading(cell)) && row.iter().zip(below).any(is_other)
}

/// The number of rows before the first one that has more than a single cell, where most have several: lines on a search.
fn rows_before(rows: &[Vec<String>]) -> usize {
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let several = rows.iter().filter(|row| filled(row) > 2).count();
    if 2 * several <= rows.len() { 0 } else { rows.iter().take_while(|row| filled(row) < 2).count() }
}

/// Parts by content, except where a heading names one.
fn with_known(headings: &[String], by_content: Vec<Option<Part>>, names: Headings<'_>) -> Vec<Option<Part>> {
    let known: Vec<Option<Part>> = headings.iter().map(|heading| names.find(heading).map(|named| named.part)).collect();
    let known_at = |at: usize| known.get(at).copied().flatten();
    let by_content = by_content.into_iter().enumerate();
    by_content.map(|(at, part)| known_at(at).or_else(|| part.filter(|part| !known.contains(&Some(*part))))).collect()
}
