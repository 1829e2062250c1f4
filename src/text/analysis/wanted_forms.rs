//! The morphemes and words that a highlight looks for, so that texts without any need not be segmented.

use crate::text::analysis::korean;

/// The Korean morphemes and Chinese words that a caller looks for, so that texts without any need not be segmented.
#[derive(Default)]
pub(crate) struct WantedForms<'a> {
    /// The forms, each with the first characters of words that contain the morpheme without showing it (`올랐` contains 오르).
    forms: Vec<(&'a str, &'static str)>,
}

impl<'a> WantedForms<'a> {
    pub(crate) fn add(&mut self, form: &'a str) {
        self.forms.push((form, korean::unseen_in(form)));
    }

    /// False for a text that certainly contains none of the forms.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        self.forms.iter().any(|&(form, firsts)| {
            text.contains(form) || (!firsts.is_empty() && text.contains(|character| firsts.contains(character)))
        })
    }
}
