//! A passage as tantivy takes it: its fields, and a share of what may be under way until it is written.

use std::slice::Iter;
use std::sync::Arc;

use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Document, Field, OwnedValue};

use crate::index::budget::Share;

/// The fields of a passage. tantivy's own documents would copy every text once more.
#[derive(Default)]
pub(crate) struct Entry {
    fields: Vec<(Field, OwnedValue)>,
    /// Given back when tantivy is done with the passage.
    share: Option<Arc<Share>>,
}

impl Entry {
    pub(crate) fn add(&mut self, field: Field, value: impl Into<OwnedValue>) {
        self.fields.push((field, value.into()));
    }

    /// Keeps a share taken until the passage is dropped.
    pub(crate) fn hold(&mut self, share: &Arc<Share>) {
        self.share = Some(Arc::clone(share));
    }
}

impl Document for Entry {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> =
        std::iter::Map<Iter<'a, (Field, OwnedValue)>, fn(&'a (Field, OwnedValue)) -> (Field, &'a OwnedValue)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.fields.iter().map(|(field, value)| (*field, value))
    }
}

impl DocumentDeserialize for Entry {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<Entry, DeserializeError> {
        let mut entry = Entry::default();
        while let Some(field) = deserializer.next_field()? {
            entry.fields.push(field);
        }
        Ok(entry)
    }
}
