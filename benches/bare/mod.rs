//! Bare tantivy: the small search program that a user of tantivy would write, with which every figure is compared.
//!
//! It has an id, a language, title and text stored, and each language's titles and texts in fields of their own, with
//! frequencies and positions. It is given the language of each text and query; one paragraph is one document. Terms come
//! from tantivy's own analysers (`stock`), or from tradewire's chains (`same_tokens`).

#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod same_tokens;
mod stemmer;
pub(crate) mod stock;

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};
use tradewire::internals::document::Document;

pub(crate) const LANGUAGES: [&str; 4] = ["en", "de", "ko", "zh"];
/// The memory budget of the writer, the same as tradewire's.
const BYTES_PER_THREAD: usize = 96 << 20;

/// Handles of the fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) lang: Field,
    pub(crate) stored_title: Field,
    pub(crate) stored_text: Field,
    /// Title and text of each of [`LANGUAGES`].
    pub(crate) indexed: [[Field; 2]; 4],
}

impl Fields {
    fn build() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let fields = Fields {
            id: builder.add_text_field("id", STRING | STORED),
            lang: builder.add_text_field("lang", STRING | STORED),
            stored_title: builder.add_text_field("title", STORED),
            stored_text: builder.add_text_field("text", STORED),
            indexed: LANGUAGES.map(|code| {
                let indexing = TextFieldIndexing::default()
                    .set_tokenizer(code)
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions);
                let options = TextOptions::default().set_indexing_options(indexing);
                ["title", "text"].map(|name| builder.add_text_field(&format!("{name}_{code}"), options.clone()))
            }),
        };
        (builder.build(), fields)
    }

    /// The fields of a language by its code; English if it is none of ours.
    pub(crate) fn of(&self, code: &str) -> [Field; 2] {
        self.indexed[LANGUAGES.iter().position(|known| *known == code).unwrap_or(0)]
    }

    /// A document with all stored fields; the indexed terms are added by the caller.
    pub(crate) fn document(&self, id: &str, code: &str, title: &str, text: &str) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.id, id);
        document.add_text(self.lang, code);
        document.add_text(self.stored_title, title);
        document.add_text(self.stored_text, text);
        document
    }
}

/// Builds an index of one segment from the documents that `add` passes to its argument.
pub(crate) fn build(dir: &Path, threads: usize, add: impl FnOnce(&Fields, &dyn Fn(TantivyDocument))) {
    let (schema, fields) = Fields::build();
    let index = Index::create_in_dir(dir, schema).expect("the folder is empty");
    stock::register(&index);
    let mut writer = index.writer_with_num_threads(threads, threads * BYTES_PER_THREAD).expect("nobody else writes");
    add(&fields, &|document| {
        writer.add_document(document).expect("the disk has room");
    });
    writer.commit().expect("the disk has room");
    let segments = index.searchable_segment_ids().expect("the index is whole");
    if segments.len() > 1 {
        writer.merge(&segments).wait().expect("the disk has room");
    }
    writer.wait_merging_threads().expect("the disk has room");
}

/// The paragraphs of a document.
pub(crate) fn paragraphs(document: &Document) -> impl Iterator<Item = &str> {
    document.body.lines().filter(|line| !line.trim().is_empty())
}

/// An index opened for searching.
pub(crate) struct Bare {
    pub(crate) fields: Fields,
    pub(crate) searcher: Searcher,
}

impl Bare {
    pub(crate) fn open(dir: &Path) -> Bare {
        let index = Index::open_in_dir(dir).expect("the index is there");
        stock::register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().expect("the index is whole");
        Bare { fields: Fields::build().1, searcher: reader.searcher() }
    }

    /// The ten best documents.
    pub(crate) fn search(&self, query: &dyn Query) -> Vec<TantivyDocument> {
        let best = self.searcher.search(query, &TopDocs::with_limit(10).order_by_score()).expect("the index is whole");
        best.into_iter().map(|(_, address)| self.searcher.doc(address).expect("the index is whole")).collect()
    }

    /// The stored title and text of a document.
    pub(crate) fn stored<'a>(&self, document: &'a TantivyDocument) -> [&'a str; 2] {
        [self.fields.stored_title, self.fields.stored_text]
            .map(|field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default())
    }
}

/// The query for any of the terms, in title or text.
pub(crate) fn any(fields: [Field; 2], terms: &[String]) -> Box<dyn Query> {
    let query = |field: Field, term: &String| -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
    };
    let queries = terms.iter().flat_map(|term| fields.map(|field| query(field, term))).collect();
    Box::new(BooleanQuery::union(queries))
}

/// The query for the terms at these distances from the first, in title or text.
pub(crate) fn phrase(fields: [Field; 2], terms: &[(usize, String)]) -> Box<dyn Query> {
    let query = |field| -> Box<dyn Query> {
        let terms = terms.iter().map(|(position, term)| (*position, Term::from_field_text(field, term)));
        Box::new(PhraseQuery::new_with_offset(terms.collect()))
    };
    Box::new(BooleanQuery::union(fields.map(query).into()))
}

/// The query for any term with a prefix, in title or text.
pub(crate) fn prefix(fields: [Field; 2], beginning: &str) -> Box<dyn Query> {
    let query = |field| -> Box<dyn Query> {
        Box::new(RegexQuery::from_pattern(&format!("{beginning}.*"), field).expect("letters are a pattern"))
    };
    Box::new(BooleanQuery::union(fields.map(query).into()))
}
