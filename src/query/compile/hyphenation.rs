//! Hyphenation: words that are written in one with their prefix or with a hyphen, as `antidumping` and `anti-dumping`.
//! A text may have either, so a query searches for both, whichever it has. And forms of two words (`leaves`),
//! which the index has as they are.

use anyhow::Result;

use crate::query::compile::compiler::Compiler;
use crate::query::plan::pattern::{Form, Pattern, PatternUnit};
use crate::text::analysis::{Chain, Segmented, UnitKind};

/// Least number of letters after a prefix, where a word is written in one: `real` is not `re-al`.
const AFTER_PREFIX: usize = 4;
/// Length of the longest ending after the second of two words that are written in one: `start-ups`, `policymaking`.
const LONGEST_ENDING: usize = 3;
/// Greatest number of words with hyphens between them, of which two are joined.
const MOST_JOINED: usize = 4;

impl Compiler<'_> {
    /// The other spellings of a string without white space, as sequences of words in a chain; only those of which some
    /// passage has all words. Empty for CJK characters.
    pub(crate) fn spellings(&self, word: &Segmented, chain: Chain) -> Result<Vec<Pattern>> {
        let units = word.units();
        if units.len() > MOST_JOINED || units.iter().any(|unit| unit.kind != UnitKind::Word) {
            return Ok(Vec::new());
        }
        let forms: Vec<&str> = units.iter().map(|unit| word.form(unit)).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        if let [form] = forms[..] {
            for prefix in self.analyzer.hyphenated_prefixes() {
                if let Some(rest) = form.strip_prefix(prefix.as_str())
                    && rest.chars().count() >= AFTER_PREFIX
                {
                    rows.push(vec![prefix.clone(), rest.to_owned()]);
                }
            }
            for (first, second) in self.analyzer.solid_words() {
                if let Some(rest) = form.strip_prefix(first)
                    && rest.strip_prefix(second).is_some_and(|ending| ending.len() <= LONGEST_ENDING)
                {
                    rows.push(vec![first.to_owned(), rest.to_owned()]);
                }
            }
        }
        for at in 1..units.len() {
            let gap = &word.text()[units[at - 1].folded.end..units[at].folded.start];
            // Letters and digits that touch are one unit where one sign stands for them: ㎡ is `m2`.
            if gap.is_empty() || is_hyphen(gap) {
                let owned = |forms: &[&str]| forms.iter().map(|form| (*form).to_owned()).collect::<Vec<String>>();
                let joined = vec![format!("{}{}", forms[at - 1], forms[at])];
                rows.push([owned(&forms[..at - 1]), joined, owned(&forms[at + 1..])].concat());
            }
        }
        let mut known = match forms[..] {
            [form] => self.by_other_forms(form, chain),
            _ => Vec::new(),
        };
        for row in &rows {
            let terms: Vec<String> = row.iter().map(|form| self.analyzer.term_of_word(chain, form)).collect();
            if self.are_known(chain, &terms)? {
                known.push(Pattern::Sequence(terms.into_iter().map(PatternUnit::Word).collect()));
            }
        }
        Ok(known)
    }

    /// The patterns for forms of two words: `leaf` finds the form `leaves`, and `leaves` the word leaf.
    fn by_other_forms(&self, form: &str, chain: Chain) -> Vec<Pattern> {
        let others = self.analyzer.other_forms(chain, form);
        let term = |word: &String| self.analyzer.term_of_word(chain, word);
        let forms =
            others.forms.iter().map(|form| PatternUnit::Form(Form::Exact { surface: form.clone(), term: term(form) }));
        let bases = others.bases.iter().map(|base| PatternUnit::Word(term(base)));
        forms.chain(bases).map(|unit| Pattern::Sequence(vec![unit])).collect()
    }

    fn are_known(&self, chain: Chain, terms: &[String]) -> Result<bool> {
        for term in terms {
            if !self.lexicon.is_known(chain, term)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// True for a hyphen, or one that forbids a line break.
pub(crate) fn is_hyphen(text: &str) -> bool {
    matches!(text, "-" | "\u{2010}" | "\u{2011}")
}
