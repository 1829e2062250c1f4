//! A cache of a query's texts, each analysed once: several steps of the compiler need the same text, namely the context
//! of the other words, its own clauses and the glossary.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;

use crate::text::analysis::{Analyzer, Chain, Segmented};
use crate::text::document::ByteRange;

/// A token of a text by one analysis chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChainToken {
    pub(crate) term: String,
    /// Index of the unit that it starts in.
    pub(crate) position: usize,
    /// Its byte range in the folded text.
    pub(crate) folded: ByteRange,
}

type TokensByText = HashMap<String, Rc<[ChainToken]>>;

/// Each text of a query with its units, and its tokens by each chain that was asked for.
pub(crate) struct AnalyzedTexts<'a> {
    analyzer: &'a Analyzer,
    segmented: RefCell<HashMap<String, Rc<Segmented>>>,
    /// Tokens by chain and folded text: texts that fold to the same are tokenized the same.
    tokens: RefCell<HashMap<Chain, TokensByText>>,
}

impl<'a> AnalyzedTexts<'a> {
    pub(crate) fn new(analyzer: &'a Analyzer) -> AnalyzedTexts<'a> {
        AnalyzedTexts { analyzer, segmented: RefCell::default(), tokens: RefCell::default() }
    }

    /// The units of a text as it was typed.
    pub(crate) fn segmented(&self, text: &str) -> Rc<Segmented> {
        if let Some(known) = self.segmented.borrow().get(text) {
            return Rc::clone(known);
        }
        let segmented = Rc::new(Segmented::new(text));
        self.segmented.borrow_mut().insert(text.to_owned(), Rc::clone(&segmented));
        segmented
    }

    /// The tokens of a text by a chain, in the order in which the chain produces them.
    pub(crate) fn tokens(&self, chain: Chain, text: &Segmented) -> Result<Rc<[ChainToken]>> {
        let known = self.tokens.borrow().get(&chain).and_then(|texts| texts.get(text.text())).map(Rc::clone);
        if let Some(known) = known {
            return Ok(known);
        }
        let mut tokens = Vec::new();
        self.analyzer.each_token(chain, text, false, &mut |term: &str, position: u32, folded| {
            tokens.push(ChainToken { term: term.to_owned(), position: position as usize, folded });
        })?;
        let tokens: Rc<[ChainToken]> = tokens.into();
        self.tokens.borrow_mut().entry(chain).or_default().insert(text.text().to_owned(), Rc::clone(&tokens));
        Ok(tokens)
    }
}
