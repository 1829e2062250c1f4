//! Packed terms, as which analysed text goes to tantivy: the terms of a field, with their positions, packed into one string.
//!
//! tantivy wants a text and a tokenizer for each field. Analysis has already happened by then, once for all fields of
//! a passage, so the "text" is the packed list and the tokenizer only unpacks it, without an allocation per token.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::analysis::Writing;

/// Ends a term. Folded text has no control characters but white space, and terms have no white space.
const END: char = '\n';
/// Between the term and the surface of a word, where both are kept.
pub(crate) const FORM_SEPARATOR: &str = "\t";
/// A position step is written as one character: this one plus the step.
const STEP_BASE: u32 = 0x21;
/// Steps beyond are written in several parts, to stay below the surrogates.
const MAX_STEP: u32 = 0xD000;

/// The term, and the surface or surfaces that [`PackedTerms::push_form`] joined to it; `None` for anything else.
pub(crate) fn split_form(form: &str) -> Option<(&str, impl Iterator<Item = &str>)> {
    let (term, surfaces) = form.split_once(FORM_SEPARATOR)?;
    Some((term, surfaces.split(FORM_SEPARATOR)))
}

/// Before the terms that say how a word is written; no word begins with it.
const WRITING_MARK: &str = "^";

/// The term in a field of surface forms that stands at the words of a writing; `None` for words without capitals. A word that is
/// written in a way of its own has another that is the same for all such words, [`MIXED_WRITING`].
pub(crate) fn writing_term(writing: &Writing) -> Option<String> {
    match writing {
        Writing::Small => None,
        Writing::Title => Some(format!("{WRITING_MARK}T")),
        Writing::Capitals => Some(format!("{WRITING_MARK}C")),
        Writing::Mixed(written) => Some(format!("{WRITING_MARK}m{written}")),
    }
}

/// The term that stands at all words of a writing of their own.
pub(crate) const MIXED_WRITING: &str = "^M";

/// Packs terms; positions must not decrease.
#[derive(Clone, Default)]
pub(crate) struct PackedTerms {
    packed: String,
    position: u32,
}

impl PackedTerms {
    /// Adds a term, given in parts, at a position not before the last one's.
    pub(crate) fn push(&mut self, parts: &[&str], position: u32) {
        debug_assert!(position >= self.position, "positions are packed in order");
        debug_assert!(parts.iter().all(|part| !part.contains(END)), "a term has no line break");
        let mut step = position.saturating_sub(self.position);
        while step >= MAX_STEP {
            // An empty term moves the position on.
            self.push_step(MAX_STEP - 1);
            self.packed.push(END);
            step -= MAX_STEP - 1;
        }
        self.push_step(step);
        parts.iter().for_each(|part| self.packed.push_str(part));
        self.packed.push(END);
        self.position = position;
    }

    /// Adds a word with surfaces of its own: by its term first, so that all surfaces of a term stand together in the
    /// index.
    pub(crate) fn push_form(&mut self, term: &str, surface: &str, second: Option<&str>, position: u32) {
        match second {
            Some(second) => self.push(&[term, FORM_SEPARATOR, surface, FORM_SEPARATOR, second], position),
            None => self.push(&[term, FORM_SEPARATOR, surface], position),
        }
    }

    fn push_step(&mut self, step: u32) {
        self.packed.push(char::from_u32(STEP_BASE + step).unwrap_or('!'));
    }

    /// A copy of the terms, with room for `room` bytes of others after them.
    pub(crate) fn continued(&self, room: usize) -> PackedTerms {
        let mut packed = String::with_capacity(self.packed.len() + room);
        packed.push_str(&self.packed);
        PackedTerms { packed, position: self.position }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    pub(crate) fn into_string(self) -> String {
        self.packed
    }
}

/// Unpacks what [`PackedTerms`] packed.
#[derive(Clone, Default)]
pub(crate) struct TermsTokenizer {
    token: Token,
}

/// The terms of one packed text.
pub(crate) struct TermsStream<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl Tokenizer for TermsTokenizer {
    type TokenStream<'a> = TermsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermsStream<'a> {
        self.token.reset();
        TermsStream { rest: text, position: 0, token: &mut self.token }
    }
}

impl TokenStream for TermsStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some((packed, rest)) = self.rest.split_once(END) {
            self.rest = rest;
            let mut characters = packed.chars();
            let step = characters.next().map_or(0, |step| u32::from(step) - STEP_BASE);
            self.position += step as usize;
            let term = characters.as_str();
            if !term.is_empty() {
                self.token.position = self.position;
                self.token.text.clear();
                self.token.text.push_str(term);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let terms = [("fta", 0), ("협정", 0), ("무역", 3), ("貿", 3 + 2 * MAX_STEP)];
        let mut packed = PackedTerms::default();
        for (term, position) in terms {
            packed.push(&[term], position);
        }
        let packed = packed.into_string();
        let mut tokenizer = TermsTokenizer::default();
        let mut stream = tokenizer.token_stream(&packed);
        let mut unpacked = Vec::new();
        while stream.advance() {
            unpacked.push((stream.token().text.clone(), stream.token().position));
        }
        let expected: Vec<(String, usize)> =
            terms.iter().map(|(term, position)| ((*term).to_owned(), *position as usize)).collect();
        assert_eq!(unpacked, expected);
    }
}
