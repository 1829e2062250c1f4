//! Lists of keys that are no parts of an article, and of what stands in place of a text: `[json]` in `fields.toml`.

use serde::{Deserialize, Serialize};

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
}

impl KeyList {
    /// Every list, in the order of their numbers.
    pub(crate) const ALL: [KeyList; 7] = [
        KeyList::Containers,
        KeyList::Lists,
        KeyList::Others,
        KeyList::OtherTypes,
        KeyList::OtherBlocks,
        KeyList::Headings,
        KeyList::CutCells,
    ];
}

impl JsonNames {
    pub(crate) fn lists(&self) -> [(KeyList, &[String]); 7] {
        [
            (KeyList::Containers, &self.containers),
            (KeyList::Lists, &self.lists),
            (KeyList::Others, &self.others),
            (KeyList::OtherTypes, &self.other_types),
            (KeyList::OtherBlocks, &self.other_blocks),
            (KeyList::Headings, &self.headings),
            (KeyList::CutCells, &self.cut_cells),
        ]
    }
}
