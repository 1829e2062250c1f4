//! A copy of tantivy's token filter `Stemmer`, over the same stemmers. tantivy's feature `stemmer` would be on in every build
//! that tests or measures the command, and off in the one that is shipped.

use std::borrow::Cow;

use frostem::Algorithm;
use tantivy::tokenizer::{Token, TokenFilter, TokenStream, Tokenizer};

#[derive(Clone)]
pub(super) struct Stemmer(pub(super) Algorithm);

impl TokenFilter for Stemmer {
    type Tokenizer<T: Tokenizer> = StemmerFilter<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> StemmerFilter<T> {
        StemmerFilter { algorithm: self.0, inner }
    }
}

#[derive(Clone)]
pub(super) struct StemmerFilter<T> {
    algorithm: Algorithm,
    inner: T,
}

impl<T: Tokenizer> Tokenizer for StemmerFilter<T> {
    type TokenStream<'a> = StemmerTokenStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        StemmerTokenStream { tail: self.inner.token_stream(text), stemmer: frostem::Stemmer::new(self.algorithm) }
    }
}

pub(super) struct StemmerTokenStream<T> {
    tail: T,
    stemmer: frostem::Stemmer,
}

impl<T: TokenStream> TokenStream for StemmerTokenStream<T> {
    fn advance(&mut self) -> bool {
        if !self.tail.advance() {
            return false;
        }
        let token = self.tail.token_mut();
        match self.stemmer.stem(&token.text) {
            Cow::Owned(stem) => token.text = stem,
            // A borrowed stem is a prefix of its word.
            Cow::Borrowed(stem) => token.text.truncate(stem.len()),
        }
        true
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}
