//! Lists of keys that are no parts of an article, and of what stands in place of a text: `[json]` in `fields.toml`.

use serde::{Deserialize, Serialize};

/// Characters of a placeholder at most: a text that goes on is none.
const MAX_PLACEHOLDER_CHARS: usize = 150;

/// Names of what is not a part itself: where articles are in JSON, and what stands in place of a text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JsonNames {
    pub(crate) containers: Vec<String>,
    pub(crate) lists: Vec<String>,
    pub(crate) others: Vec<String>,
    pub(crate) other_types: Vec<String>,
    pub(crate) other_blocks: Vec<String>,
    pub(crate) endings: Vec<String>,
    pub(crate) headings: Vec<String>,
    pub(crate) cut_cells: Vec<String>,
    pub(crate) cut_units: Vec<String>,
    pub(crate) address_words: Vec<String>,
    pub(crate) other_addresses: Vec<String>,
    pub(crate) other_dates: Vec<String>,
    pub(crate) handles: Vec<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) notices: Vec<String>,
    pub(crate) placeholders: Vec<String>,
}

/// A list of names that says what a key of JSON holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyList {
    /// Objects that are read as part of the record around them.
    Containers,
    /// Lists of articles.
    Lists,
    /// Objects and lists that belong to an article and are none.
    Others,
    /// Types of objects that are no articles.
    OtherTypes,
    /// Types of blocks that are no paragraphs.
    OtherBlocks,
    /// What the names of the values of rows are under.
    Headings,
    /// Lists of the values that were cut short.
    CutCells,
    /// What names an account.
    Handles,
    /// Texts of entries, or answers of a service.
    Messages,
    /// Types of messages by which a service says what was done.
    Notices,
}

impl KeyList {
    /// Every list, in the order of their numbers.
    pub(crate) const ALL: [KeyList; 10] = [
        KeyList::Containers,
        KeyList::Lists,
        KeyList::Others,
        KeyList::OtherTypes,
        KeyList::OtherBlocks,
        KeyList::Headings,
        KeyList::CutCells,
        KeyList::Handles,
        KeyList::Messages,
        KeyList::Notices,
    ];
}

impl JsonNames {
    pub(crate) fn lists(&self) -> [(KeyList, &[String]); 10] {
        [
            (KeyList::Containers, &self.containers),
            (KeyList::Lists, &self.lists),
            (KeyList::Others, &self.others),
            (KeyList::OtherTypes, &self.other_types),
            (KeyList::OtherBlocks, &self.other_blocks),
            (KeyList::Headings, &self.headings),
            (KeyList::CutCells, &self.cut_cells),
            (KeyList::Handles, &self.handles),
            (KeyList::Messages, &self.messages),
            (KeyList::Notices, &self.notices),
        ]
    }

    /// A text without the sign that it was cut short, `… [+1234 chars]`; `None` if it has none.
    pub(crate) fn without_cut_mark<'a>(&self, text: &'a str) -> Option<&'a str> {
        let inside = text.trim_end().strip_suffix(']')?;
        let (before, mark) = inside.rsplit_once('[')?;
        let mark = mark.trim().trim_start_matches('+').trim_start();
        let digits = mark.find(|letter: char| !letter.is_ascii_digit() && letter != ',').unwrap_or(mark.len());
        let unit = mark[digits..].trim().to_lowercase();
        let unit = unit.strip_prefix("more ").unwrap_or(&unit);
        if digits == 0 || !self.cut_units.iter().any(|known| known == unit) {
            return None;
        }
        let before = before.trim_end();
        Some(before.strip_suffix("...").unwrap_or_else(|| before.trim_end_matches('…')).trim_end())
    }

    /// True for what stands in place of a text that is not there.
    pub(crate) fn is_placeholder(&self, text: &str) -> bool {
        let text = text.trim();
        if text.chars().nth(MAX_PLACEHOLDER_CHARS).is_some() {
            return false;
        }
        let lower = text.to_lowercase();
        let mut placeholders = self.placeholders.iter().map(|known| known.to_lowercase());
        placeholders.any(|known| lower == known || (known.contains(' ') && lower.starts_with(&known)))
    }
}
