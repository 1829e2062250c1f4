//! Terms of tantivy's own analysers: stemmed words in English and German, character bigrams in Korean and Chinese, for which it
//! has no other tokenizer.

use std::path::Path;

use frostem::Algorithm;
use tantivy::Index;
use tantivy::query::Query;
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, RemoveLongFilter, SimpleTokenizer, TextAnalyzer};
use tradewire::internals::document::Document;

use crate::bare::stemmer::Stemmer;
use crate::bare::{Bare, LANGUAGES, any, build, paragraphs};

/// The length in bytes from which tantivy's own analysers drop a word.
const LONG_WORD: usize = 40;

/// tantivy's analyser for a language: `en_stem`, and its like for the others.
pub(crate) fn analyzer(code: &str) -> TextAnalyzer {
    let stemmed = |algorithm| {
        TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(LONG_WORD))
            .filter(LowerCaser)
            .filter(Stemmer(algorithm))
            .build()
    };
    match code {
        "en" => stemmed(Algorithm::English),
        "de" => stemmed(Algorithm::German),
        _ => {
            let pairs = NgramTokenizer::all_ngrams(2, 2).expect("two is a size");
            TextAnalyzer::builder(pairs).filter(LowerCaser).build()
        }
    }
}

pub(super) fn register(index: &Index) {
    for code in LANGUAGES {
        index.tokenizers().register(code, analyzer(code));
    }
}

/// Builds an index of documents.
pub(crate) fn index_documents(dir: &Path, documents: impl Iterator<Item = Document>, threads: usize) {
    build(dir, threads, |fields, add| {
        for document in documents {
            let code = document.lang.map_or("en", |lang| lang.code());
            let [title_field, text_field] = fields.of(code);
            for text in paragraphs(&document) {
                let mut passage = fields.document(&document.id, code, &document.title, text);
                passage.add_text(title_field, &document.title);
                passage.add_text(text_field, text);
                add(passage);
            }
        }
    });
}

/// The query for any of the terms of a text.
pub(crate) fn any_of(bare: &Bare, code: &str, text: &str) -> Box<dyn Query> {
    let mut terms = Vec::new();
    analyzer(code).token_stream(text).process(&mut |token| terms.push(token.text.clone()));
    any(bare.fields.of(code), &terms)
}
