//! Words with wildcards, as patterns of one chain that keeps positions: the lexicon lists the surface forms that match.

use anyhow::Result;

use crate::query::compile::compiler::Compiler;
use crate::query::compile::lexicon::MatchingSurfaces;
use crate::query::plan::pattern::{Form, Pattern, PatternUnit};
use crate::query::syntax::WordPattern;
use crate::query::syntax::wildcard::{WildcardUnit, wildcard_units};
use crate::text::analysis::Chain;

impl Compiler<'_> {
    /// The pattern of a word with wildcards by a chain. `None` if the chain cannot read it.
    pub(crate) fn wildcard_pattern(&self, typed: &str, chain: Chain) -> Result<Option<Pattern>> {
        let readings = wildcard_units(typed).ok().flatten().unwrap_or_default();
        let mut patterns = Vec::with_capacity(readings.len());
        for reading in readings {
            let is_char = |unit: &WildcardUnit| matches!(unit, WildcardUnit::Char(_) | WildcardUnit::AnyChar);
            if !chain.keeps_characters() && reading.iter().any(is_char) {
                continue;
            }
            let mut units = Vec::with_capacity(reading.len());
            for unit in reading {
                units.push(match unit {
                    WildcardUnit::Char(form) => PatternUnit::Char(form),
                    WildcardUnit::AnyChar => PatternUnit::AnyChar,
                    WildcardUnit::Word(form) => PatternUnit::Word(self.analyzer.term_of_word(chain, &form)),
                    WildcardUnit::Pattern(form) => {
                        PatternUnit::Form(Form::Listed(self.surfaces_matching(typed, &form, chain)?.surfaces))
                    }
                });
            }
            patterns.push(Pattern::Sequence(units));
        }
        Ok(if patterns.len() > 1 { Some(Pattern::Any(patterns)) } else { patterns.pop() })
    }

    fn surfaces_matching(&self, typed: &str, form: &str, chain: Chain) -> Result<MatchingSurfaces> {
        self.listed.of(typed, form, chain, || {
            let surface = chain.surface(form);
            let others = self.terms_beginning_otherwise(chain, &surface);
            self.lexicon.surfaces_matching(chain, &WordPattern::new(chain, &surface).with_terms(&others))
        })
    }
}
