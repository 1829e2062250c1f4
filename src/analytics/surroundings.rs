//! Surroundings: the text of a passage, with that of the passages before and after it in the article where a context reaches there.

use std::borrow::Cow;

use anyhow::Result;

use crate::engine::{Engine, PassageKey, StoredPassage};
use crate::text::document::ByteRange;

/// A stretch of an article in which a passage stands.
pub(crate) struct Surroundings<'a> {
    text: Cow<'a, str>,
    /// Where the passage begins in the text.
    offset: usize,
}

impl<'a> Surroundings<'a> {
    /// The text of a passage, with that of the one before it or after it if these are needed.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub(crate) fn of(
        engine: &dyn Engine,
        key: PassageKey,
        (passage, text): (&StoredPassage, &'a str),
        (needs_before, needs_after): (bool, bool),
    ) -> Result<Surroundings<'a>> {
        let needs_before = needs_before && passage.number > 0;
        if !needs_before && !needs_after {
            return Ok(Surroundings { text: Cow::Borrowed(text), offset: 0 });
        }
        let [before, after] = engine.neighbours(key)?;
        let beside = |key: Option<PassageKey>, needed: bool| -> Result<Option<(StoredPassage, String)>> {
            let Some(key) = key.filter(|_| needed) else {
                return Ok(None);
            };
            let found = engine.fetch(&[key])?.pop();
            Ok(found.filter(|(found, _)| found.id == passage.id && found.number.abs_diff(passage.number) == 1))
        };
        let (before, after) = (beside(before, needs_before)?, beside(after, needs_after)?);
        let mut whole = String::new();
        if let Some((stored, before)) = before {
            whole.push_str(&before);
            push_gap(&mut whole, passage.range.start.saturating_sub(stored.range.end));
        }
        let offset = whole.len();
        whole.push_str(text);
        if let Some((stored, after)) = after {
            push_gap(&mut whole, stored.range.start.saturating_sub(passage.range.end));
            whole.push_str(&after);
        }
        Ok(Surroundings { text: Cow::Owned(whole), offset })
    }

    /// The text before a range of the passage, the range itself, and the text after it.
    pub(crate) fn around(&self, range: ByteRange) -> (&str, &str, &str) {
        let (start, end) = (self.offset + range.start, self.offset + range.end);
        (&self.text[..start], &self.text[start..end], &self.text[end..])
    }
}

/// What stands between two passages: white space, unless they touch.
fn push_gap(text: &mut String, bytes: usize) {
    if bytes > 0 {
        text.push(' ');
    }
}
