//! The fields of a passage in tantivy.
//!
//! Two fields a chain: `text_*` with title and text, `title_*` with the title alone; and for chains with positions
//! `forms_*`, the surfaces of words that differ from their terms, at the positions of `text_*`, and which of the words have capitals; and for those with
//! prefixes `beginnings_*`, the first letters of words, which only rank. Two fields for all chains, at the same positions: `quantities`
//! has the numbers, percentages and amounts, `bounds` where sentences and paragraphs begin. A passage has those of its
//! language's chain, and those of the character evidence if it has CJK characters or that chain has no positions. Each field has
//! its own statistics (see `statistics.rs`), so their lengths and frequencies are those of one language.

use std::fmt;

use anyhow::{Result, anyhow};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

use crate::query::plan::field_id::FieldId;
use crate::text::analysis::{Chain, PerChain};

/// Positions left free between title and text, more than any proximity reaches. Between two paragraphs there is one.
pub const TITLE_GAP: u32 = 100;

/// Name of the tokenizer that reads the fields of the chains (see `terms.rs`).
pub(crate) const TERMS_TOKENIZER: &str = "terms";

/// The names of the columns: the fields that are read passage by passage, and those of the stored record.
pub(crate) mod columns {
    pub(crate) const ID: &str = "id";
    pub(crate) const NUMBER: &str = "number";
    pub(crate) const LANG: &str = "lang";
    pub(crate) const TEXT_START: &str = "text_start";
    pub(crate) const UNITS_BEFORE: &str = "units_before";
    pub(crate) const LEAD_END: &str = "lead_end";
    pub(crate) const DATE: &str = "date";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const AUTHOR: &str = "author";
    pub(crate) const SECTION: &str = "section";
    pub(crate) const WORDS: &str = "words";
    pub(crate) const COUNTRY: &str = "country";
    pub(crate) const CONCEPT: &str = "concept";
    pub(crate) const SKETCH: &str = "sketch";
    pub(crate) const FILE: &str = "file";
    pub(crate) const DOCUMENT_HASH: &str = "content";
    pub(crate) const RECORD: &str = "stored";
    pub(crate) const TEXT: &str = "text";
    pub(crate) const BOUNDS: &str = "bounds";
}

/// The terms of the bounds field: where a paragraph begins, and where a sentence does.
pub(crate) mod bounds {
    pub(crate) const PARAGRAPH: &str = "p";
    pub(crate) const SENTENCE: &str = "s";
}

/// Handles of all fields.
#[derive(Clone)]
pub(crate) struct Fields {
    /// The document's id: what a document is replaced and deleted by.
    pub id: Field,
    /// The passage's number in its document.
    pub number: Field,
    /// The passage's language.
    pub lang: Field,
    /// The position of the first unit of the passage's text, behind its title.
    pub text_start: Field,
    /// The number of units of the document's text before the passage.
    pub units_before: Field,
    /// The position at which the lead ends; that of the first unit of the text if the passage has nothing of the lead.
    pub lead_end: Field,
    /// Days since 1970-01-01; absent when unknown.
    pub date: Field,
    /// Outlet, as stated; absent when unknown.
    pub source: Field,
    /// Names of the document's authors; absent when unknown.
    pub author: Field,
    /// Sections that the document is in; absent when unknown.
    pub section: Field,
    /// Length of the document in words.
    pub words: Field,
    /// Codes of the countries that the passage or its document's title names; absent when there is none.
    pub country: Field,
    /// Ids of the concepts that the document names; absent when there is none.
    pub concept: Field,
    /// A sample of the document's shingles (see `stories/sketch.rs`), on its first passage.
    pub sketch: Field,
    /// The file that the document is from, as an absolute path, `-` for standard input; on its first passage.
    pub file: Field,
    /// The hash of the document, to tell whether it has changed (see `document_hash.rs`); on its first passage.
    pub document_hash: Field,
    /// The rest of what a hit shows, as JSON: [`crate::index::StoredPassage`].
    pub stored: Field,
    /// The passage's text.
    pub text: Field,
    /// Where its paragraphs and sentences begin: the terms of [`bounds`] at the positions of `text_*`. The first is the start of
    /// the text after the title.
    pub bounds: Field,
    chains: PerChain<ChainFields>,
    prefixes: PerChain<Option<Field>>,
    /// Numbers, percentages and amounts of title and text (see `text/analysis/quantity/kind.rs`), for all chains.
    pub quantities: Field,
}

/// The fields of one chain that are written with positions if it has them.
#[derive(Clone, Copy)]
struct ChainFields {
    text: Field,
    title: Field,
    /// The surfaces of words; none for a chain without positions.
    surfaces: Option<Field>,
}

impl fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Fields")
    }
}

impl Fields {
    /// The schema and its handles.
    pub(crate) fn build() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let id = builder.add_text_field(columns::ID, value_options() | FAST);
        let number = builder.add_u64_field(columns::NUMBER, FAST);
        let lang = builder.add_text_field(columns::LANG, value_options() | FAST);
        let text_start = builder.add_u64_field(columns::TEXT_START, FAST);
        let units_before = builder.add_u64_field(columns::UNITS_BEFORE, FAST);
        let lead_end = builder.add_u64_field(columns::LEAD_END, FAST);
        let date = builder.add_i64_field(columns::DATE, INDEXED | FAST);
        let source = builder.add_text_field(columns::SOURCE, value_options() | FAST);
        let author = builder.add_text_field(columns::AUTHOR, value_options() | FAST);
        let section = builder.add_text_field(columns::SECTION, value_options() | FAST);
        let words = builder.add_u64_field(columns::WORDS, FAST);
        let country = builder.add_text_field(columns::COUNTRY, value_options() | FAST);
        let concept = builder.add_text_field(columns::CONCEPT, value_options() | FAST);
        let sketch = builder.add_u64_field(columns::SKETCH, FAST);
        let file = builder.add_text_field(columns::FILE, value_options() | FAST);
        let document_hash = builder.add_u64_field(columns::DOCUMENT_HASH, FAST);
        let stored = builder.add_text_field(columns::RECORD, STORED);
        let text = builder.add_text_field(columns::TEXT, STORED);
        let bounds = builder.add_text_field(columns::BOUNDS, position_options());
        let chains = PerChain::from_fn(|chain| {
            let text = builder.add_text_field(&FieldId::Text(chain).to_string(), options(chain));
            let title = builder.add_text_field(&FieldId::Title(chain).to_string(), options(chain));
            let surfaces = chain.has_positions();
            let surfaces =
                surfaces.then(|| builder.add_text_field(&FieldId::Surfaces(chain).to_string(), position_options()));
            ChainFields { text, title, surfaces }
        });
        let prefixes = PerChain::from_fn(|chain| {
            let name = FieldId::Prefixes(chain).to_string();
            chain.has_prefixes().then(|| builder.add_text_field(&name, term_options(IndexRecordOption::WithFreqs)))
        });
        let quantities = FieldId::Quantities { in_title: false }.to_string();
        let quantities = builder.add_text_field(&quantities, term_options(IndexRecordOption::WithFreqsAndPositions));
        let fields = Fields {
            id,
            number,
            lang,
            text_start,
            units_before,
            lead_end,
            date,
            source,
            author,
            section,
            words,
            country,
            concept,
            sketch,
            file,
            document_hash,
            stored,
            text,
            bounds,
            chains,
            prefixes,
            quantities,
        };
        (builder.build(), fields)
    }

    /// The field that holds title and text as a chain reads them.
    pub(crate) fn text_field(&self, chain: Chain) -> Field {
        self.chains[chain].text
    }

    /// The field that holds the title alone as a chain reads it.
    pub(crate) fn title_field(&self, chain: Chain) -> Field {
        self.chains[chain].title
    }

    /// The field that holds the surfaces of words in title and text; none for a chain without positions.
    pub(crate) fn surface_field(&self, chain: Chain) -> Option<Field> {
        self.chains[chain].surfaces
    }

    /// The field that holds the first letters of words in title and text; none for a chain without them.
    pub(crate) fn prefix_field(&self, chain: Chain) -> Option<Field> {
        self.prefixes[chain]
    }

    /// The field of a name; none for what the chain does not keep.
    pub(crate) fn of(&self, field: FieldId) -> Option<Field> {
        match field {
            FieldId::Text(chain) => Some(self.text_field(chain)),
            FieldId::Title(chain) => Some(self.title_field(chain)),
            FieldId::Surfaces(chain) => self.surface_field(chain),
            FieldId::Prefixes(chain) => self.prefix_field(chain),
            FieldId::Quantities { .. } => Some(self.quantities),
        }
    }

    /// Checks that an index on disk has these very fields.
    ///
    /// # Errors
    ///
    /// When it has others.
    pub(crate) fn check(on_disk: &Schema) -> Result<Fields> {
        let (schema, fields) = Fields::build();
        if schema == *on_disk {
            Ok(fields)
        } else {
            Err(anyhow!("the index has other fields than this version of tradewire expects"))
        }
    }
}

fn options(chain: Chain) -> TextOptions {
    let record =
        if chain.has_positions() { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    term_options(record)
}

fn term_options(record: IndexRecordOption) -> TextOptions {
    TextOptions::default()
        .set_indexing_options(TextFieldIndexing::default().set_tokenizer(TERMS_TOKENIZER).set_index_option(record))
}

/// Values are found as they are, and never ranked, so that a passage has one or several is not kept.
fn value_options() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    )
}

/// Surfaces and bounds are never ranked by themselves, so their number in a passage is not kept.
fn position_options() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(TERMS_TOKENIZER)
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    )
}
