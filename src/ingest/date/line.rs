//! Date lines: lines of an article that state its publication day and little else: a date by itself, or after a label such as
//! `Published:` or 입력, beside the reporter, the source or the day of a later change.
//!
//! In: one folded line. Out: a [`Verdict`]. Invariant: every word beside a date is in the lists of words, or belongs to the name
//! of a reporter or source; so a sentence is never taken for a date line, whatever dates it has.

use jiff::civil::Date;
use regex::Regex;

use crate::ingest::date::words::{DateWords, any_of};
use crate::ingest::date::written::{ReadDate, Written};

/// Maximum length of a date line, in characters; a longer line is a paragraph.
pub(crate) const MAX_LINE_CHARS: usize = 160;
/// Maximum length of the name of a reporter or source, in characters.
const MAX_NAME_CHARS: usize = 48;
/// Separators between the independent cells of a line; the last two are Hangul letters that are used as bars and dots.
const SEPARATORS: [char; 7] = ['|', '·', '•', '│', '┃', 'ㅣ', 'ㆍ'];

/// The verdict on a line: what it states about the publication date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A date labelled as that of publication.
    Published(Date),
    /// A date without a label.
    Bare(Date),
    /// A label of publication without a date: the date is on the next line.
    AwaitsDate,
    /// Another label without a date: a date on the next line is not that of publication.
    AwaitsOther,
    /// Nothing about dates.
    Silent,
}

/// A token of a line, by its meaning beside a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineToken {
    Date(ReadDate),
    Published,
    /// A word that means publication and may stand after its date (송고).
    Sent,
    Updated,
    Byline,
    Source,
    /// Words that are in no list, such as a name, with their length in characters.
    Name(usize),
    Separator,
}

/// A reader of date lines.
pub(crate) struct Lines {
    labels: [(Regex, LineToken); 5],
    only_published: Regex,
    only_others: Regex,
}

impl Lines {
    /// Compiles the patterns of labels.
    ///
    /// # Errors
    ///
    /// When the words make a regular expression that is too large.
    pub(crate) fn new(words: &DateWords) -> Result<Lines, regex::Error> {
        let label = |words, item| Ok((Regex::new(&format!("^{}", any_of(words)))?, item));
        let (published, updated, sources) = (any_of(&words.published), any_of(&words.updated), any_of(&words.sources));
        Ok(Lines {
            only_published: Regex::new(&format!(r"^\W*{published}\W*$"))?,
            only_others: Regex::new(&format!(r"^\W*(?:(?:{updated}|{sources})\W*)+$"))?,
            labels: [
                label(&words.published, LineToken::Published)?,
                label(&words.sent, LineToken::Sent)?,
                label(&words.updated, LineToken::Updated)?,
                label(&words.bylines, LineToken::Byline)?,
                label(&words.sources, LineToken::Source)?,
            ],
        })
    }

    /// The verdict on a folded line.
    pub(crate) fn read(&self, line: &str, written: &Written) -> Verdict {
        if line.chars().nth(MAX_LINE_CHARS).is_some() {
            return Verdict::Silent;
        }
        let items = self.items(line, written);
        let (mut published, mut bare, mut all_known) = (Vec::new(), Vec::new(), true);
        for cell in items.split(|item| *item == LineToken::Separator) {
            let is_known = has_only_known(cell) && !(ends_sentence(line) && ends_in_name(cell));
            all_known &= is_known;
            for (at, item) in cell.iter().enumerate() {
                if let LineToken::Date(found) = item {
                    match role(cell, at, found) {
                        // As in: 무단 전재 금지> 2025/12/22 10:30 송고
                        Role::Sent => published.push(found.date),
                        Role::Published if is_known => published.push(found.date),
                        Role::Bare if is_known => bare.push(found.date),
                        Role::Later => {}
                        Role::Published | Role::Bare | Role::Unknown => all_known = false,
                    }
                }
            }
        }
        match (agreed(&published), agreed(&bare)) {
            (Some(date), _) => Verdict::Published(date),
            (None, Some(date)) if published.is_empty() && all_known => Verdict::Bare(date),
            _ => self.read_label(line),
        }
    }

    /// The only day of a folded line, if it is that of a change.
    pub(crate) fn later(&self, line: &str, written: &Written) -> Option<Date> {
        match self.items(line, written).as_slice() {
            [LineToken::Updated, LineToken::Date(found)] => Some(found.date),
            _ => None,
        }
    }

    /// The verdict on a folded line without any date.
    pub(crate) fn read_label(&self, line: &str) -> Verdict {
        if self.only_published.is_match(line) {
            Verdict::AwaitsDate
        } else if line.trim_end().ends_with(':') || self.only_others.is_match(line) {
            Verdict::AwaitsOther
        } else {
            Verdict::Silent
        }
    }

    fn items(&self, line: &str, written: &Written) -> Vec<LineToken> {
        let mut items: Vec<LineToken> = Vec::new();
        let mut rest = line;
        while let Some(next) = rest.chars().next() {
            let length = if SEPARATORS.contains(&next) {
                items.push(LineToken::Separator);
                next.len_utf8()
            } else if !next.is_alphanumeric() {
                next.len_utf8()
            } else if let Some(found) = written.at_start(rest) {
                items.push(LineToken::Date(found));
                found.end
            } else if let Some((found, item)) =
                self.labels.iter().find_map(|(label, item)| Some((label.find(rest)?, item)))
            {
                items.push(*item);
                found.len()
            } else if let Some(length) = written.time_at_start(rest) {
                length
            } else {
                let joins = |character: char| {
                    (character.is_alphanumeric() || ['.', '\'', '’', '@'].contains(&character))
                        && !SEPARATORS.contains(&character)
                };
                let length = rest.find(|character| !joins(character)).unwrap_or(rest.len());
                let characters = 1 + rest[..length].chars().count();
                match items.last_mut() {
                    Some(LineToken::Name(of)) => *of += characters,
                    _ => items.push(LineToken::Name(characters)),
                }
                length
            };
            rest = &rest[length..];
        }
        items
    }
}

/// The role of a date in a line: the event that it belongs to.
enum Role {
    Published,
    /// Publication, as [`Role::Published`], whatever words stand before the date.
    Sent,
    Bare,
    Later,
    Unknown,
}

fn role(cell: &[LineToken], at: usize, found: &ReadDate) -> Role {
    let before = &cell[..at];
    match (before, &cell[at + 1..]) {
        ([.., LineToken::Published | LineToken::Sent], _) => Role::Published,
        ([.., LineToken::Updated], _) => Role::Later,
        (_, [LineToken::Sent]) if found.has_time => Role::Sent,
        ([] | [.., LineToken::Date(_)], _) => Role::Bare,
        // A byline needs a name, or it is a deadline: by December 12, 2025.
        ([.., LineToken::Name(_), LineToken::Byline] | [.., LineToken::Byline, LineToken::Name(_)], _) => Role::Bare,
        // Without a time, the date may as well be that of the source.
        ([.., LineToken::Source] | [.., LineToken::Source, LineToken::Name(_)], _) if found.has_time => Role::Bare,
        _ => Role::Unknown,
    }
}

/// True if the only unknown words of a cell are the names of reporters and sources.
fn has_only_known(cell: &[LineToken]) -> bool {
    // As in: example 发表于 2025-12-22 10:30
    if let [LineToken::Name(characters), LineToken::Published, LineToken::Date(found)] = cell {
        return found.has_time && *characters <= MAX_NAME_CHARS;
    }
    cell.iter().enumerate().all(|(at, item)| match item {
        LineToken::Name(characters) => {
            let follows = at > 0 && matches!(cell[at - 1], LineToken::Byline | LineToken::Source);
            *characters <= MAX_NAME_CHARS && (follows || cell.get(at + 1) == Some(&LineToken::Byline))
        }
        _ => true,
    })
}

fn ends_in_name(cell: &[LineToken]) -> bool {
    matches!(cell, [.., LineToken::Name(_)])
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', '。'])
}

/// The day that all dates agree on; `None` without dates, or if they differ.
pub(crate) fn agreed(dates: &[Date]) -> Option<Date> {
    let (first, rest) = dates.split_first()?;
    rest.iter().all(|date| date == first).then_some(*first)
}
