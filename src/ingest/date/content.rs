//! Publication dates in texts: in a line of its own near the beginning or at the end, or in the dateline of a paragraph near
//! the beginning.
//!
//! In: title and body as they are. Out: the day. Invariant: a date that is labelled as that of publication comes before one
//! that is not, the beginning before the end; where two of the same rank differ, neither is taken.

use jiff::civil::Date;
use unicode_normalization::char::is_combining_mark;

use crate::ingest::date::dateline::Datelines;
use crate::ingest::date::line::{Lines, MAX_LINE_CHARS, Verdict, agreed};
use crate::ingest::date::words::{DateWords, any_of};
use crate::ingest::date::written::Written;
use crate::text::analysis::{Folded, is_trailing_jamo};

/// Number of lines that are examined at the beginning of a text, the title included, without empty ones.
const OPENING_LINES: usize = 9;
/// Number of lines that are examined at the end of a text, without empty ones.
const CLOSING_LINES: usize = 5;
/// Number of lines at the end of a text among which the heading of a list of other articles is looked for.
const RELATED_LINES: usize = 16;
/// Maximum length of a heading or label, in characters.
const MAX_LABEL_CHARS: usize = 40;
/// Minimum number of digits in a line with a date.
const MIN_DIGITS: usize = 4;

/// A reader of publication dates at the beginnings and ends of texts.
pub(crate) struct Contents {
    lines: Lines,
    datelines: Datelines,
    related: regex::Regex,
}

/// The dates of some lines, by how clearly they mean publication.
#[derive(Default)]
struct Days {
    published: Vec<Date>,
    datelines: Vec<Date>,
    bare: Vec<Date>,
}

impl Contents {
    /// Compiles the patterns of date lines, datelines and lists of other articles.
    ///
    /// # Errors
    ///
    /// When the words make a regular expression that is too large.
    pub(crate) fn new(words: &DateWords) -> Result<Contents, regex::Error> {
        let related = regex::Regex::new(&format!(r"^\W*{}\W*$", any_of(&words.related)))?;
        Ok(Contents { lines: Lines::new(words)?, datelines: Datelines::new(words)?, related })
    }

    /// The publication date that a text states.
    pub(crate) fn read(&self, title: &str, body: &str, written: &Written) -> Option<Date> {
        let is_filled = |line: &&str| !line.trim().is_empty();
        // Carriage returns alone end lines too, as on old systems.
        let lines = || body.split(['\n', '\r']).filter(is_filled);
        let opening: Vec<&str> = std::iter::once(title).chain(lines()).filter(is_filled).take(OPENING_LINES).collect();
        let after_opening = lines().skip(OPENING_LINES - 1);
        // Lines are taken from the end, so that a long text is not read whole.
        let known = after_opening.take(CLOSING_LINES).count();
        let mut closing: Vec<&str> = lines().rev().take(known).collect();
        closing.reverse();
        self.days(&opening, true, written).decided().unwrap_or_else(|| {
            let is_listed = lines().rev().take(RELATED_LINES).any(|line| self.is_related(line));
            if is_listed { None } else { self.days(&closing, false, written).decided().flatten() }
        })
    }

    /// The verdict on one folded line.
    pub(crate) fn line(&self, line: &str, written: &Written) -> Verdict {
        if may_have_date(line) { self.lines.read(line, written) } else { self.lines.read_label(line) }
    }

    /// The day of a change that a folded line states.
    pub(crate) fn later(&self, line: &str, written: &Written) -> Option<Date> {
        may_have_date(line).then(|| self.lines.later(line, written))?
    }

    fn days(&self, lines: &[&str], has_datelines: bool, written: &Written) -> Days {
        let mut days = Days::default();
        let mut before = Verdict::Silent;
        for line in lines {
            let (line, is_whole) = clip(line.trim());
            let may_have_date = may_have_date(line);
            if !may_have_date && !is_short(line) {
                before = Verdict::Silent;
                continue;
            }
            let folded = Folded::new(line);
            if is_short(line) && self.related.is_match(folded.text()) {
                break;
            }
            let verdict = match (may_have_date, is_whole) {
                (false, _) => self.lines.read_label(folded.text()),
                (true, true) => self.lines.read(folded.text(), written),
                (true, false) => Verdict::Silent,
            };
            match (before, verdict) {
                (_, Verdict::Published(date)) | (Verdict::AwaitsDate, Verdict::Bare(date)) => days.published.push(date),
                (Verdict::AwaitsOther, Verdict::Bare(_)) => {}
                (_, Verdict::Bare(date)) => days.bare.push(date),
                _ if has_datelines && may_have_date => {
                    days.datelines.extend(self.datelines.read(folded.text(), written))
                }
                _ => {}
            }
            before = verdict;
        }
        days
    }

    fn is_related(&self, line: &str) -> bool {
        is_short(line) && self.related.is_match(Folded::new(line).text())
    }
}

impl Days {
    /// The day by the clearest kind of lines that has dates; `Some(None)` where these contradict each other, `None` without dates.
    fn decided(&self) -> Option<Option<Date>> {
        let kinds = [&self.published, &self.datelines, &self.bare];
        kinds.into_iter().find(|dates| !dates.is_empty()).map(|dates| agreed(dates))
    }
}

/// True for a line that is short enough to be a heading or label.
fn is_short(line: &str) -> bool {
    // Marks and trailing jamo are not counted: decomposed text has up to three characters for one.
    let is_mark = |character: &char| is_trailing_jamo(*character) || is_combining_mark(*character);
    line.chars().filter(|character| !is_mark(character)).nth(MAX_LABEL_CHARS).is_none()
}

/// The beginning of a line, and whether that is the whole line. A paragraph is clipped to the maximum length of a dateline.
fn clip(line: &str) -> (&str, bool) {
    let is_longer = |characters: usize| line.char_indices().nth(characters).is_some();
    let is_sentence = is_longer(MAX_LINE_CHARS / 2) && line.ends_with(['.', '!', '?', '。', '！', '？']);
    if !is_sentence && !is_longer(3 * MAX_LINE_CHARS) {
        return (line, true);
    }
    (line.char_indices().nth(MAX_LINE_CHARS).map_or(line, |(end, _)| &line[..end]), false)
}

/// False for a line that has no date; a cheap check that rules out most lines, which then need not be folded.
fn may_have_date(line: &str) -> bool {
    line.contains('年') || line.chars().filter(|character| character.is_numeric()).nth(MIN_DIGITS - 1).is_some()
}
