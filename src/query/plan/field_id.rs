//! Field ids: the fields of an index that a query searches. Their names are defined here alone, for the schema, the
//! plan and explanations.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::query::plan::pattern::Pattern;
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
    /// Numbers, percentages and amounts in title and text, whatever their language, at the positions of the other fields.
    Quantities {
        /// True if only those of the title are searched.
        in_title: bool,
    },
}

impl FieldId {
    /// The chain whose terms the field holds; `None` for quantities, which are the same by every chain.
    pub fn chain(self) -> Option<Chain> {
        match self {
            FieldId::Text(chain) | FieldId::Title(chain) | FieldId::Surfaces(chain) | FieldId::Prefixes(chain) => {
                Some(chain)
            }
            FieldId::Quantities { .. } => None,
        }
    }

    /// The field in which a pattern of a chain is searched.
    pub(crate) fn of_pattern(chain: Chain, pattern: &Pattern, in_title: bool) -> FieldId {
        if pattern.is_of_quantities() { FieldId::Quantities { in_title } } else { FieldId::of_terms(chain, in_title) }
    }

    /// The field of the title alone if `in_title` is set, else the field of title and text.
    pub(crate) fn of_terms(chain: Chain, in_title: bool) -> FieldId {
        if in_title { FieldId::Title(chain) } else { FieldId::Text(chain) }
    }
}

impl fmt::Display for FieldId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, chain) = match self {
            FieldId::Text(chain) => ("text", chain),
            FieldId::Title(chain) => ("title", chain),
            FieldId::Surfaces(chain) => ("forms", chain),
            FieldId::Prefixes(chain) => ("beginnings", chain),
            FieldId::Quantities { in_title: false } => return formatter.write_str("quantities"),
            FieldId::Quantities { in_title: true } => return formatter.write_str("title_quantities"),
        };
        write!(formatter, "{kind}_{}", chain.name())
    }
}

impl Serialize for FieldId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
