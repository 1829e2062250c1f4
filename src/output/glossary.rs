//! Concepts of the glossary as JSON: one object.

use std::io::{Result, Write};

use serde::Serialize;

use crate::output::records::VERSION;
use crate::output::safe::escape_json;
use crate::text::country::CountryCode;
use crate::text::glossary::{Column, FoundConcept, Name};

/// The record of what was looked up in the glossary.
#[derive(Serialize)]
struct GlossaryRecord<'a> {
    version: u32,
    concepts: Vec<ConceptRecord<'a>>,
}

/// The record of one concept.
#[derive(Serialize)]
struct ConceptRecord<'a> {
    id: &'a str,
    kind: &'static str,
    countries: &'a [CountryCode],
    /// True if documents can be filtered by it.
    is_filter: bool,
    /// The name that it was found by; none for its id.
    found_by: Option<NameRecord<'a>>,
    names: Vec<NameRecord<'a>>,
}

/// The record of a name.
#[derive(Serialize)]
struct NameRecord<'a> {
    lang: &'static str,
    text: &'a str,
    /// True if it counts only as it is written, capitals included.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    as_written: bool,
}

impl<'a> NameRecord<'a> {
    fn new(name: &'a Name) -> NameRecord<'a> {
        let Name { column, text, is_as_written } = name;
        NameRecord { lang: Column::name(*column), text, as_written: *is_as_written }
    }
}

/// Writes concepts as one JSON object.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_glossary_json(found: &[FoundConcept], out: &mut dyn Write) -> Result<()> {
    let concepts = found.iter().map(|FoundConcept { concept, found_by }| ConceptRecord {
        id: &concept.id,
        kind: concept.kind.name(),
        countries: &concept.countries,
        is_filter: concept.kind.is_filtered_by(),
        found_by: found_by.as_ref().map(NameRecord::new),
        names: concept.names.iter().map(NameRecord::new).collect(),
    });
    let record = GlossaryRecord { version: VERSION, concepts: concepts.collect() };
    writeln!(out, "{}", escape_json(&serde_json::to_string_pretty(&record)?))
}
