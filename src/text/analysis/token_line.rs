//! A text's tokens, surface forms and prefixes on one line, as golden files hold them.

use crate::text::analysis::token::TokenSink;
use crate::text::analysis::word::WordForm;
use crate::text::document::ByteRange;

/// A sink that writes all that a chain makes of a text as one line, for golden files.
#[derive(Default)]
pub(crate) struct TokenLine {
    /// All that was passed, with `|` between entries at one position.
    pub(crate) line: String,
    position: u32,
}

impl TokenLine {
    fn add(&mut self, mark: &str, what: &str, position: u32) {
        if !self.line.is_empty() {
            self.line.push(if position == self.position { '|' } else { ' ' });
        }
        self.position = position;
        self.line.push_str(mark);
        self.line.push_str(what);
    }
}

impl TokenSink for TokenLine {
    fn token(&mut self, term: &str, position: u32, _: ByteRange) {
        self.add("", term, position);
    }

    fn form(&mut self, form: &WordForm, position: u32) {
        self.add("~", &form.surface, position);
        form.second.iter().for_each(|second| self.add("~", second, position));
    }

    fn prefix(&mut self, prefix: &str) {
        self.add("^", prefix, self.position);
    }
}
