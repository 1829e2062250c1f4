//! Boilerplate: lines of a body that do not belong to the article, such as notices, prompts, credits and lists of other articles.
//!
//! In: `boilerplate.toml` of the configuration, and the lines of a body. Out: a mark for each boilerplate line. Invariant: only
//! whole lines match, and no line that is longer than the limit. The body itself is never changed. The same file has the patterns
//! of captions, which the lead passes over.

use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, bail};
use regex::Regex;
use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use crate::text::passage::caption_ends::CaptionEnds;
use crate::text::passage::line_text::{folded, trimmed};
use crate::toml_file;

/// The placeholders of patterns, each with its regular expression over folded text.
const PLACEHOLDERS: [(&str, &str); 5] = [
    ("{any}", ".*"),
    (TITLE, ".*"),
    (NAME, r"[^ .,:;!?。、]+(?: +[^ .,:;!?。、]+){0,3}"),
    ("{mail}", r"[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"),
    ("{year}", r"(?:19|20)[0-9]{2}(?: *[-–] *(?:19|20)?[0-9]{2})?"),
];
const NAME: &str = "{name}";
/// The placeholder for any text, like `{any}`, but only on a line that does not end as a sentence: sentences may begin with the
/// words of a prompt or link.
const TITLE: &str = "{title}";
/// Width in columns above which no pattern with a name matches: without spaces, a clause looks like a name.
const NAMED_COLUMNS: usize = 60;
/// Maximum of the limits on line width, in columns: a longer line is a paragraph.
const MAX_COLUMNS: usize = 400;
/// Maximum bytes of a character for each of its columns: a Hangul syllable in three jamo has the most.
const BYTES_PER_COLUMN: usize = 5;

/// The contents of `boilerplate.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    max_columns: usize,
    entry_columns: usize,
    lines: Vec<String>,
    headings: Vec<String>,
    /// Paragraphs of the article that belong to a picture.
    #[serde(default)]
    captions: Vec<String>,
}

/// The patterns of boilerplate lines.
#[derive(Debug)]
pub(crate) struct Boilerplate {
    max_columns: usize,
    entry_columns: usize,
    lines: Patterns,
    headings: Patterns,
    captions: Patterns,
    caption_ends: CaptionEnds,
}

/// Patterns of one key of the file, by their conditions.
#[derive(Debug)]
struct Patterns {
    key: &'static str,
    groups: Vec<PatternGroup>,
}

/// The patterns with one condition, and the regular expression for any of them, which is compiled on first use: many texts have
/// no line that is short enough for one.
#[derive(Debug)]
struct PatternGroup {
    condition: Condition,
    patterns: Vec<String>,
    regex: OnceLock<Option<Regex>>,
}

/// A condition on a line beside its pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Condition {
    /// The line must be short ([`NAMED_COLUMNS`]), because the pattern has the placeholder for a name.
    is_named: bool,
    /// The line must not end as a sentence, because the pattern has the placeholder for a title.
    is_titled: bool,
}

impl Patterns {
    fn new(key: &'static str, patterns: &[String]) -> Patterns {
        let conditions = [(false, false), (false, true), (true, false), (true, true)];
        let groups = conditions.map(|(is_named, is_titled)| {
            let condition = Condition { is_named, is_titled };
            let of_condition = patterns.iter().filter(|pattern| condition == Condition::of(pattern));
            PatternGroup { condition, patterns: of_condition.cloned().collect(), regex: OnceLock::new() }
        });
        Patterns { key, groups: groups.into_iter().filter(|group| !group.patterns.is_empty()).collect() }
    }

    /// Checks that the patterns can be compiled.
    fn check(&self) -> Result<()> {
        self.groups.iter().try_for_each(|group| compile(self.key, &group.patterns).map(drop))
    }

    fn is_match(&self, text: &str, columns: usize, is_sentence: bool) -> bool {
        self.groups.iter().any(|PatternGroup { condition, patterns, regex }| {
            let may_be = !(condition.is_titled && is_sentence || condition.is_named && columns > NAMED_COLUMNS);
            // Patterns that cannot be compiled are refused when the file is checked.
            let regex = || regex.get_or_init(|| compile(self.key, patterns).ok()).as_ref();
            may_be && regex().is_some_and(|regex| regex.is_match(text))
        })
    }
}

impl Condition {
    fn of(pattern: &str) -> Condition {
        Condition { is_named: pattern.contains(NAME), is_titled: pattern.contains(TITLE) }
    }
}

impl Boilerplate {
    /// Parses `boilerplate.toml`. Its patterns are compiled on first use.
    ///
    /// # Errors
    ///
    /// When a key is unknown or missing, or a number is out of its bounds; the message names file and line or key.
    pub(crate) fn parse(text: &str) -> Result<Boilerplate> {
        let file: File = toml_file::parse("boilerplate.toml", text)?;
        if file.version != 1 {
            bail!("boilerplate.toml of the configuration has version {}, expected 1", file.version);
        }
        let File { max_columns, entry_columns, .. } = file;
        for (key, columns) in [("max_columns", max_columns), ("entry_columns", entry_columns)] {
            if !(1..=MAX_COLUMNS).contains(&columns) {
                bail!("{key} = {columns} in boilerplate.toml: expected a number from 1 to {MAX_COLUMNS}");
            }
        }
        let (lines, headings) = (Patterns::new("lines", &file.lines), Patterns::new("headings", &file.headings));
        let captions = Patterns::new("captions", &file.captions);
        let caption_ends = CaptionEnds::of(&file.captions);
        Ok(Boilerplate { max_columns, entry_columns, lines, headings, captions, caption_ends })
    }

    /// Checks the patterns.
    ///
    /// # Errors
    ///
    /// When one has an unknown placeholder or would match every line; the message names the key.
    pub(crate) fn check(&self) -> Result<()> {
        [&self.lines, &self.headings, &self.captions].into_iter().try_for_each(Patterns::check)
    }

    /// True for a paragraph that is the caption of a picture. It is text of the article, but not its lead by itself.
    pub(crate) fn is_caption(&self, paragraph: &str) -> bool {
        if !self.caption_ends.may_have(paragraph) {
            return false;
        }
        let folded = folded(paragraph);
        self.captions.is_match(trimmed(&folded), paragraph.width(), is_sentence(paragraph))
    }

    /// The marks of lines, none of which is empty: true for boilerplate.
    pub(crate) fn mark<'a>(&self, lines: impl ExactSizeIterator<Item = &'a str>) -> Vec<bool> {
        let mut marks = Vec::with_capacity(lines.len());
        // Number of entries so far in the list under a heading; `None` outside of such a list.
        let mut entries: Option<usize> = None;
        for line in lines {
            let what = self.what(line);
            let is_entry = what.is_none() && entries.is_some() && self.is_entry(line);
            if what.is_none() && !is_entry {
                // The last line right above a paragraph may be its heading, so it is kept.
                if let (Some(2..), Some(last)) = (entries.take(), marks.last_mut()) {
                    *last = false;
                }
            }
            match what {
                Some(LineKind::Heading) => entries = Some(0),
                // A boilerplate line is no entry and cannot be the heading of the next paragraph, so the count restarts.
                Some(LineKind::Line) => entries = entries.map(|_| 0),
                None => entries = entries.map(|entries| entries + 1),
            }
            marks.push(what.is_some() || is_entry);
        }
        marks
    }

    fn what(&self, line: &str) -> Option<LineKind> {
        // Most lines are paragraphs, which their length in bytes rules out cheaply.
        if line.len() > self.max_columns * BYTES_PER_COLUMN {
            return None;
        }
        let columns = line.width();
        if columns > self.max_columns {
            return None;
        }
        let folded = folded(line);
        let text = trimmed(&folded);
        if text.is_empty() {
            return None;
        }
        let is_sentence = is_sentence(line);
        if columns <= self.entry_columns && self.headings.is_match(text, columns, is_sentence) {
            Some(LineKind::Heading)
        } else {
            self.lines.is_match(text, columns, is_sentence).then_some(LineKind::Line)
        }
    }

    /// True for a line that can be the title of another article.
    fn is_entry(&self, line: &str) -> bool {
        let is_sentence = line.ends_with(['.', '。', '!', '！', '"', '”', ':', '：', ';']) && !line.ends_with("...");
        !is_sentence && line.len() <= self.entry_columns * BYTES_PER_COLUMN && line.width() <= self.entry_columns
    }
}

/// True for a line that ends with a full stop. Prompts end with other signs, and headlines with none.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|last: char| last.is_whitespace() || "\"'”’»)]）】」』".contains(last));
    line.ends_with(['.', '。', '．', '｡']) && !line.ends_with("..")
}

/// The kind of a boilerplate line.
#[derive(Debug, Clone, Copy)]
enum LineKind {
    Line,
    Heading,
}

/// One regular expression for any of several patterns, anchored to the whole line.
fn compile(key: &str, patterns: &[String]) -> Result<Regex> {
    let mut all = Vec::with_capacity(patterns.len());
    for pattern in patterns {
        all.push(
            expression(pattern).map_err(|reason| anyhow!("{key} in boilerplate.toml: {reason}, found `{pattern}`"))?,
        );
    }
    let expression = format!("^(?:{})$", all.join("|"));
    Regex::new(&expression).with_context(|| format!("making a pattern of {key} in boilerplate.toml"))
}

/// The regular expression for a pattern. Patterns are written without signs at their ends, as lines are trimmed of them.
fn expression(pattern: &str) -> Result<String, String> {
    let mut expression = String::new();
    let mut has_letters = false;
    let mut rest = pattern.trim();
    while !rest.is_empty() {
        let placeholder = PLACEHOLDERS.iter().find(|(name, _)| rest.starts_with(name));
        if let Some((name, meaning)) = placeholder {
            expression.push_str(meaning);
            has_letters |= *name == "{mail}";
            rest = &rest[name.len()..];
            continue;
        }
        let literal_end = rest.find('{').unwrap_or(rest.len());
        if literal_end == 0 || rest[..literal_end].contains('}') {
            return Err("expected no other placeholders than {any}, {title}, {name}, {mail} and {year}".to_owned());
        }
        let literal = folded(&rest[..literal_end]);
        has_letters |= literal.chars().any(|letter| letter.is_alphanumeric() || letter == '©');
        for character in literal.chars() {
            match character {
                ' ' => expression.push_str(" *"),
                _ => expression.push_str(&regex::escape(character.encode_utf8(&mut [0; 4]))),
            }
        }
        rest = &rest[literal_end..];
    }
    if !has_letters {
        return Err("expected a pattern with a word, or it would match every line".to_owned());
    }
    Ok(expression)
}
