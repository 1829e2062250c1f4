//! Packing: analysed passages into the fields of the schema.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::index::analysed::{AnalysedDocument, AnalysedPassage, ArticlePlace, ChainTerms};
use crate::index::changes::PendingDocument;
use crate::index::cut_document::CutDocument;
use crate::index::indexed_passage::IndexedPassage;
use crate::index::schema::Fields;
use crate::text::country::CountryCode;
use crate::text::day::days_since_epoch;
use crate::text::document::{ByteRange, Passage};
use crate::text::stored_passage::{PassagePlace, StoredPassage};

/// Packs the passages of a document, with what is known of the document on the first of them.
///
/// # Errors
///
/// When a record cannot be written as JSON.
pub(super) fn pack(
    pending: &PendingDocument,
    cut: &CutDocument<'_>,
    analysed: AnalysedDocument,
    fields: &Fields,
) -> Result<Vec<IndexedPassage>> {
    let AnalysedDocument { passages, words, concepts, sketch } = analysed;
    let of_document: BTreeSet<CountryCode> =
        passages.iter().flat_map(|passage| passage.countries.iter().copied()).collect();
    let mut record = record_of(cut);
    record.document_countries = of_document.into_iter().collect();
    let mut packed = Vec::with_capacity(passages.len());
    for (passage, analysed) in cut.passages.iter().zip(passages) {
        packed.push(pack_passage(passage, analysed, (cut, words, &concepts), &mut record, fields)?);
    }
    if let Some(first) = packed.first_mut() {
        first.add(fields.file, &*pending.file);
        first.add(fields.document_hash, pending.hash);
        sketch.into_iter().for_each(|hash| first.add(fields.sketch, u64::from(hash)));
    }
    Ok(packed)
}

/// The record that the passages of a document have in common.
fn record_of(cut: &CutDocument<'_>) -> StoredPassage {
    let document = cut.document;
    StoredPassage {
        id: document.id.clone(),
        title: document.title.clone(),
        document_lang: cut.lang,
        lang: cut.lang,
        declared_lang: document.declared_lang.clone(),
        date: document.date.clone(),
        source: document.source.clone(),
        authors: document.authors.clone(),
        sections: document.sections.clone(),
        words: 0,
        concepts: Vec::new(),
        url: document.url.clone(),
        path: document.path.clone(),
        number: 0,
        range: ByteRange::new(0, 0),
        countries: Vec::new(),
        document_countries: Vec::new(),
        place: PassagePlace::default(),
    }
}

fn pack_passage(
    passage: &Passage,
    analysed: AnalysedPassage,
    (cut, words, concepts): (&CutDocument<'_>, u64, &[String]),
    record: &mut StoredPassage,
    fields: &Fields,
) -> Result<IndexedPassage> {
    let AnalysedPassage { place, countries, chains, bounds, quantities } = analysed;
    (record.lang, record.number, record.range) = (passage.lang, passage.number, passage.range);
    record.countries = countries.into_iter().collect();
    let mut packed = IndexedPassage::default();
    packed.add(fields.id, record.id.as_str());
    packed.add(fields.number, u64::from(record.number));
    packed.add(fields.lang, record.lang.code());
    let ArticlePlace { text_start, units_before, lead_end } = place;
    packed.add(fields.text_start, u64::from(text_start));
    packed.add(fields.units_before, u64::from(units_before));
    packed.add(fields.lead_end, u64::from(lead_end));
    if let Some(day) = record.date.as_deref().and_then(days_since_epoch) {
        packed.add(fields.date, day);
    }
    if let Some(source) = &record.source {
        packed.add(fields.source, source.as_str());
    }
    record.authors.iter().for_each(|author| packed.add(fields.author, author.as_str()));
    record.sections.iter().for_each(|section| packed.add(fields.section, section.as_str()));
    packed.add(fields.words, words);
    concepts.iter().for_each(|concept| packed.add(fields.concept, concept.as_str()));
    packed.add(fields.text, passage.range.slice(&cut.document.body));
    record.countries.iter().for_each(|country| packed.add(fields.country, country.as_str()));
    if !bounds.is_empty() {
        packed.add(fields.bounds, bounds.into_string());
    }
    for ChainTerms { chain, text, title, surfaces, prefixes } in chains {
        let of_chain = [
            (Some(fields.text_field(chain)), text),
            (Some(fields.title_field(chain)), title),
            (fields.surface_field(chain), surfaces),
            (fields.prefix_field(chain), prefixes),
        ];
        for (field, terms) in of_chain {
            if let Some(field) = field
                && !terms.is_empty()
            {
                packed.add(field, terms.into_string());
            }
        }
    }
    if !quantities.is_empty() {
        packed.add(fields.quantities, quantities.into_string());
    }
    packed.add(fields.stored, serde_json::to_string(record)?);
    Ok(packed)
}
