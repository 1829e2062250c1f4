//! An in-memory lexicon for tests of the compiler: a few texts, analysed as an index analyses them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::query::compile::lexicon::{Lexicon, MatchingSurfaces};
use crate::query::plan::field_id::FieldId;
use crate::query::plan::field_statistics::FieldStatistics;
use crate::query::plan::pattern::{Pattern, SurfaceTerms};
use crate::query::plan::placement::single_terms;
use crate::query::syntax::WordPattern;
use crate::text::analysis::{Analyzer, Chain, Segmented, UnitKind};
use crate::text::language::Language;
use crate::text::passage::chains::chains_of;

/// Positions between a title and its text.
const TITLE_GAP: u32 = 100;

/// The positions of each term of a passage.
type Terms = BTreeMap<String, Vec<u32>>;

/// The passages, by field and term.
#[derive(Default)]
pub(crate) struct MemoryLexicon {
    fields: BTreeMap<FieldId, Vec<Terms>>,
    surfaces: BTreeMap<Chain, BTreeSet<String>>,
}

impl MemoryLexicon {
    /// A lexicon of passages, each with its language, title and text.
    pub(crate) fn of(analyzer: &Analyzer, passages: &[(Language, &str, &str)]) -> MemoryLexicon {
        let mut lexicon = MemoryLexicon::default();
        for &(language, title, text) in passages {
            let (title, text) = (Segmented::new(title), Segmented::new(text));
            for chain in chains_of(language, &title, &text) {
                lexicon.add(analyzer, chain, &title, &text);
            }
        }
        lexicon
    }

    fn add(&mut self, analyzer: &Analyzer, chain: Chain, title: &Segmented, text: &Segmented) {
        let (mut in_title, mut in_both, mut prefixes) = (Terms::new(), Terms::new(), Terms::new());
        let text_from = title.units().len() as u32 + TITLE_GAP;
        for (part, from) in [(title, 0), (text, text_from)] {
            let mut add = |term: &str, position: u32, _| {
                in_both.entry(term.to_owned()).or_default().push(from + position);
                if from == 0 {
                    in_title.entry(term.to_owned()).or_default().push(position);
                }
            };
            analyzer.each_token(chain, part, false, &mut add).unwrap();
            for unit in part.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                self.surfaces.entry(chain).or_default().insert(chain.surface(part.form(unit)));
                for prefix in analyzer.prefixes_of_word(chain, part.form(unit)) {
                    prefixes.entry(prefix).or_default().push(0);
                }
            }
        }
        let fields = [FieldId::Text(chain), FieldId::Title(chain), FieldId::Prefixes(chain)];
        for (field, terms) in fields.into_iter().zip([in_both, in_title, prefixes]) {
            self.fields.entry(field).or_default().push(terms);
        }
    }

    fn passages(&self, field: FieldId) -> &[Terms] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }
}

impl Lexicon for MemoryLexicon {
    fn passages_with(&self, terms: &[(FieldId, &str)]) -> Result<Vec<u64>> {
        let count = |&(field, term): &(FieldId, &str)| {
            self.passages(field).iter().filter(|passage| passage.contains_key(term)).count() as u64
        };
        Ok(terms.iter().map(count).collect())
    }

    fn statistics(&self, field: FieldId) -> FieldStatistics {
        let passages = || self.passages(field).iter().filter(|terms| !terms.is_empty());
        let tokens = passages().flat_map(|terms| terms.values().map(|positions| positions.len() as u64)).sum();
        FieldStatistics { passages: passages().count() as u64, tokens }
    }

    fn surfaces_like(&self, chain: Chain, surface: &str, edits: u8) -> Result<SurfaceTerms> {
        let known = self.surfaces.get(&chain).into_iter().flatten();
        let like = known.filter(|known| strsim::osa_distance(known, surface) <= usize::from(edits));
        Ok(like.map(|surface| (surface.clone(), BTreeSet::from([surface.clone()]))).collect())
    }

    fn surfaces_matching(&self, chain: Chain, pattern: &WordPattern, most: usize) -> Result<MatchingSurfaces> {
        let known = self.surfaces.get(&chain).into_iter().flatten();
        let matching: Vec<&String> = known.filter(|known| pattern.matches(known)).collect();
        let listed = matching.iter().take(most).map(|&surface| (surface.clone(), BTreeSet::from([surface.clone()])));
        Ok(MatchingSurfaces { surfaces: listed.collect(), matching: matching.len() })
    }

    fn has_any(&self, field: FieldId, pattern: &Pattern) -> Result<bool> {
        let row = field.chain().and_then(|chain| single_terms(chain, pattern)).unwrap_or_default();
        let Some((first, rest)) = row.split_first() else {
            return Ok(false);
        };
        Ok(self.passages(field).iter().any(|passage| {
            let stands = |term: &str, at: u32| passage.get(term).is_some_and(|positions| positions.contains(&at));
            let starts = passage.get(&first.1).into_iter().flatten().filter_map(|at| at.checked_sub(first.0));
            starts.into_iter().any(|start| rest.iter().all(|(offset, term)| stands(term, start + offset)))
        }))
    }
}
