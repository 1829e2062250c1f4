//! Columns of the same part in several languages: `title_en`, `title_de`, `text_en`, `text_de`.
//!
//! As with records of JSON: where titles and texts have the same languages, each is a document, whose id has the language behind it.
//! Else a row is one document, with all of its texts.

use crate::ingest::field_names::{FieldNames, NamedPart};
use crate::ingest::part::Part;

/// The languages of the columns of a table.
#[derive(Debug, Default)]
pub(crate) struct ColumnLanguages {
    /// The languages in which a row has a document each; none for other tables.
    pub(crate) each: Vec<String>,
    /// The language that the heading of each column states.
    of: Vec<Option<String>>,
}

impl ColumnLanguages {
    /// Finds the languages of columns; where they are not those of documents of their own, the columns after the first of a part become
    /// leads, which are never left out.
    pub(crate) fn of(headings: &[String], columns: &mut [Option<NamedPart>], names: &FieldNames) -> ColumnLanguages {
        let stated = headings.iter().map(|heading| names.in_language(heading).map(|(_, tag)| tag.to_lowercase()));
        let of: Vec<Option<String>> = stated.collect();
        let of_part = |part: Part| {
            let columns = columns.iter().zip(&of).filter(|(named, _)| named.is_some_and(|named| named.part == part));
            let mut tags: Vec<&String> = columns.filter_map(|(_, tag)| tag.as_ref()).collect();
            tags.dedup();
            tags
        };
        let (titles, bodies, leads) = (of_part(Part::Title), of_part(Part::Body), of_part(Part::Lead));
        let same = |other: &[&String]| other.len() == titles.len() && titles.iter().all(|tag| other.contains(tag));
        if titles.len() > 1 && same(if bodies.is_empty() { &leads } else { &bodies }) {
            return ColumnLanguages { each: titles.into_iter().cloned().collect(), of };
        }
        for (part, count) in [(Part::Title, titles.len()), (Part::Body, bodies.len())] {
            let in_languages = columns.iter_mut().zip(&of).filter(|(_, tag)| tag.is_some()).map(|(named, _)| named);
            let of_part = in_languages.flatten().filter(|named| named.part == part);
            if count > 1 {
                of_part.skip(1).for_each(|named| *named = NamedPart { part: Part::Lead, rank: 0 });
            }
        }
        ColumnLanguages::default()
    }

    /// True for a column that a document in a language is read from.
    pub(crate) fn has(&self, column: usize, language: Option<&str>) -> bool {
        language.is_none() || self.of.get(column).is_none_or(|tag| tag.is_none() || tag.as_deref() == language)
    }

    /// True for a column in one of several languages.
    pub(crate) fn is_one(&self, column: usize) -> bool {
        !self.each.is_empty() && self.of.get(column).is_some_and(Option::is_some)
    }
}
