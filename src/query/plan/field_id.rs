//! The fields of an index that a query asks, by name: the one home of these names, for the schema, the plan and what is explained.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::text::analysis::Chain;

/// A field of the index: one way in which one analysis chain keeps titles and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldId {
    /// Terms of title and text.
    Text(Chain),
    /// Terms of the title alone.
    Title(Chain),
    /// Surface forms of words in title and text that differ from their terms; only of chains with positions.
    Surfaces(Chain),
    /// Prefixes of words in title and text, which only rank; only of chains that keep them.
    Prefixes(Chain),
}

impl FieldId {
    /// The chain whose terms the field holds.
    pub fn chain(self) -> Chain {
        match self {
            FieldId::Text(chain) | FieldId::Title(chain) | FieldId::Surfaces(chain) | FieldId::Prefixes(chain) => chain,
        }
    }

    /// The field with the title alone where `in_title` is set, else that with title and text.
    pub(crate) fn of_terms(chain: Chain, in_title: bool) -> FieldId {
        if in_title { FieldId::Title(chain) } else { FieldId::Text(chain) }
    }
}

impl fmt::Display for FieldId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            FieldId::Text(_) => "text",
            FieldId::Title(_) => "title",
            FieldId::Surfaces(_) => "forms",
            FieldId::Prefixes(_) => "beginnings",
        };
        write!(formatter, "{kind}_{}", self.chain().name())
    }
}

impl Serialize for FieldId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
