//! Field ids: the fields of an index that a query searches. Their names are defined here alone, for the schema, the
//! plan and explanations.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::text::analysis::Chain;

/// A field of the index: one kind of terms that one analysis chain keeps of titles and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldId {
    /// Terms of title and text.
    Text(Chain),
    /// Terms of the title alone.
    Title(Chain),
    /// Surface forms of words in title and text that differ from their terms; only for chains with positions.
    Surfaces(Chain),
    /// Prefixes (edge n-grams) of words in title and text, used for reranking only; only for chains that keep them.
    Prefixes(Chain),
}

impl FieldId {
    /// The chain whose terms the field holds.
    pub fn chain(self) -> Chain {
        match self {
            FieldId::Text(chain) | FieldId::Title(chain) | FieldId::Surfaces(chain) | FieldId::Prefixes(chain) => chain,
        }
    }

    /// The field of the title alone if `in_title` is set, else the field of title and text.
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
