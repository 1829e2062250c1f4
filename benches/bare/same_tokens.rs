//! Terms from tradewire's chains, made outside the measured time: tantivy's own cost for the same tokens.

use std::path::{Path, PathBuf};

use tantivy::query::{BooleanQuery, Query};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tradewire::internals::analysis::{Analyzer, Chain};
use tradewire::internals::config::Config;

use crate::bare::{Bare, any, build, paragraphs, phrase, prefix};
use crate::corpus;

/// The analysis chain of a language.
pub(crate) fn chain(code: &str) -> Chain {
    Chain::ALL.into_iter().find(|chain| chain.name() == code).unwrap_or(Chain::English)
}

/// The folder of an index of `file`.
pub(crate) fn index(file: &Path, config: &Config) -> PathBuf {
    let made_by = concat!(include_str!("mod.rs"), include_str!("same_tokens.rs"));
    let fingerprint =
        serde_json::to_string(&std::fs::read_to_string(corpus::tradewire_index(file).join("manifest.json")).ok());
    let version = (made_by, fingerprint.unwrap_or_default());
    corpus::kept_index(file, "same-tokens", version, |dir| {
        let analyzer = Analyzer::for_indexing(&config.analysis);
        build(dir, 2, |fields, add| {
            for document in corpus::documents(file) {
                let code = document.lang.map_or("en", |lang| lang.code());
                let [title_field, text_field] = fields.of(code);
                let title = tokens(&analyzer, code, &document.title);
                for text in paragraphs(&document) {
                    let mut passage = fields.document(&document.id, code, &document.title, text);
                    passage.add_pre_tokenized_text(title_field, title.clone());
                    passage.add_pre_tokenized_text(text_field, tokens(&analyzer, code, text));
                    add(passage);
                }
            }
        });
    })
}

fn tokens(analyzer: &Analyzer, code: &str, text: &str) -> PreTokenizedString {
    let tokens = analyzer.tokens(chain(code), text).expect("the dictionaries are whole");
    let tokens = tokens.into_iter().map(|token| Token {
        offset_from: token.range.start,
        offset_to: token.range.end,
        position: token.position as usize,
        text: token.term,
        position_length: 1,
    });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}

/// Compiles a query for tantivy: words, a phrase in quotation marks, words joined by AND, or a prefix with a star.
pub(crate) fn query(bare: &Bare, analyzer: &Analyzer, code: &str, query: &str) -> Box<dyn Query> {
    let fields = bare.fields.of(code);
    if let Some(quoted) = query.strip_prefix('"') {
        let mut terms: Vec<(usize, String)> = Vec::new();
        let mut end = 0;
        for token in tokens(analyzer, code, quoted.trim_end_matches('"')).tokens {
            // Of a compound and its parts, the first.
            if token.offset_from >= end {
                end = token.offset_to;
                terms.push((token.position, token.text));
            }
        }
        return phrase(fields, &terms);
    }
    if let Some(beginning) = query.strip_suffix('*') {
        return prefix(fields, &beginning.to_lowercase());
    }
    let words = |text: &str| -> Box<dyn Query> {
        let terms: Vec<String> = tokens(analyzer, code, text).tokens.into_iter().map(|token| token.text).collect();
        any(fields, &terms)
    };
    match query.split_once(" AND ") {
        Some((left, right)) => Box::new(BooleanQuery::intersection(vec![words(left), words(right)])),
        None => words(query),
    }
}
