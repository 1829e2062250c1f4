//! A passage as tantivy takes it: its fields, and the permit that bounds how many are under way until they are written.

use std::slice::Iter;
use std::sync::Arc;

use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Document, Field, OwnedValue};

use crate::index::budget::Permit;

/// The fields of a passage. tantivy's own documents would copy every text once more.
#[derive(Default)]
pub(crate) struct IndexedPassage {
    fields: Vec<(Field, OwnedValue)>,
    /// Given back when tantivy is done with the passage.
    permit: Option<Arc<Permit>>,
}

impl IndexedPassage {
    pub(crate) fn add(&mut self, field: Field, value: impl Into<OwnedValue>) {
        self.fields.push((field, value.into()));
    }

    /// Keeps a permit taken until the passage is dropped.
    pub(crate) fn hold(&mut self, permit: &Arc<Permit>) {
        self.permit = Some(Arc::clone(permit));
    }
}

impl Document for IndexedPassage {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> =
        std::iter::Map<Iter<'a, (Field, OwnedValue)>, fn(&'a (Field, OwnedValue)) -> (Field, &'a OwnedValue)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.fields.iter().map(|(field, value)| (*field, value))
    }
}

impl DocumentDeserialize for IndexedPassage {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<IndexedPassage, DeserializeError> {
        let mut passage = IndexedPassage::default();
        while let Some(field) = deserializer.next_field()? {
            passage.fields.push(field);
        }
        Ok(passage)
    }
}
