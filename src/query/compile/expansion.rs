//! Widening: where words of a query name a concept of the glossary, the concept's other names find it too.
//!
//! A word or run in a bag is widened by every concept that its words name side by side, and a run of characters also where the
//! dictionaries cut it; beside an operator a word only as a whole, and a phrase always only as a whole. So what is
//! added depends on the operand alone, and the set algebra of queries holds. What is added weighs less than what was typed,
//! is marked as added, and is never more than names: several words are a phrase.

use std::ops::Range;

use anyhow::Result;
use serde::Serialize;

use crate::query::compile::clause::CompiledClause;
use crate::query::compile::compiler::{CompiledLeaf, Compiler};
use crate::query::compile::field_clause::{FieldClause, LeafBuilder, Role};
use crate::query::plan::pattern::{Pattern, PatternUnit};
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Analyzer, Chain, CharScript, Segmented, UnitKind};
use crate::text::document::ByteRange;
use crate::text::glossary::{Column, Concept, FormText, Name};

/// Concepts that the words of one bag are widened by at most; more are in none that someone typed. Of a query with operators
/// each operand has as many, so that what it finds does not depend on the others.
pub const MAX_EXPANSIONS: usize = 100;

/// What some words of a query were widened by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The words as they were typed.
    pub typed: String,
    /// The other names of the concept that some passage has, in the order of the glossary.
    pub names: Vec<String>,
}

/// A concept that words of a query name.
pub(crate) struct NamedBy {
    /// The items that the words are in.
    pub(crate) items: Range<usize>,
    concept: Concept,
    /// The units that name it.
    units: Range<usize>,
}

/// The ways to find a name by the chains that have it, that of the name as it is first in each.
type ClausesByChain = Vec<(Chain, Vec<FieldClause>)>;

/// Words that stand side by side, as one text.
pub(crate) struct TypedText<'a> {
    analyzer: &'a Analyzer,
    units: Vec<TypedUnit>,
}

struct TypedUnit {
    item: usize,
    is_char: bool,
    form: String,
    original: String,
    /// Whether a name may begin and end here.
    may_begin: bool,
    may_end: bool,
}

impl<'a> TypedText<'a> {
    fn new(analyzer: &'a Analyzer) -> TypedText<'a> {
        TypedText { analyzer, units: Vec::new() }
    }

    /// Adds an item. Names begin and end with it, and where `cuts` are, as ranges of its units.
    fn add(&mut self, item: usize, original: &str, text: &Segmented, cuts: &[Range<usize>]) {
        let last = text.units().len().saturating_sub(1);
        for (at, unit) in text.units().iter().enumerate() {
            self.units.push(TypedUnit {
                item,
                is_char: unit.kind != UnitKind::Word,
                form: text.form(unit).to_owned(),
                original: text.original_range(unit.folded).slice(original).to_owned(),
                may_begin: at == 0 || cuts.iter().any(|cut| cut.start == at),
                may_end: at == last || cuts.iter().any(|cut| cut.end == at + 1),
            });
        }
    }

    fn typed(&self, units: &Range<usize>) -> String {
        let mut typed = String::new();
        let mut before: Option<&TypedUnit> = None;
        for unit in &self.units[units.clone()] {
            if before.is_some_and(|before| before.item != unit.item || !(before.is_char || unit.is_char)) {
                typed.push(' ');
            }
            typed.push_str(&unit.original);
            before = Some(unit);
        }
        typed
    }

    /// The units as a chain reads them, in a row.
    fn row(&self, units: &Range<usize>, chain: Chain) -> Vec<PatternUnit> {
        let units = self.units[units.clone()].iter().map(|unit| match unit.is_char {
            true => PatternUnit::Char(unit.form.clone()),
            false => PatternUnit::Word(self.analyzer.term_of_word(chain, &unit.form)),
        });
        units.collect()
    }
}

impl FormText for TypedText<'_> {
    fn len(&self) -> usize {
        self.units.len()
    }

    fn form(&self, at: usize) -> &str {
        &self.units[at].form
    }

    fn is_char(&self, at: usize) -> bool {
        self.units[at].is_char
    }

    fn analyzer(&self) -> &Analyzer {
        self.analyzer
    }

    fn original(&self, at: usize, units: usize) -> String {
        self.typed(&(at..at + units))
    }
}

impl<'a> Compiler<'a> {
    /// What each stretch of words among the items is widened by, with the items that each concept is named by.
    pub(crate) fn expansions(&mut self, items: &[&QueryAst]) -> Result<Vec<(Range<usize>, CompiledClause)>> {
        let mut nodes = Vec::new();
        if !self.expand {
            return Ok(nodes);
        }
        let mut text = TypedText::new(self.analyzer);
        for (at, item) in items.iter().enumerate() {
            match item {
                QueryAst::Word(original) => {
                    let word = Segmented::new(original);
                    let cuts = if self.one_term_each { self.whole_cuts(&word)? } else { self.loose_cuts(&word)? };
                    text.add(at, original, &word, &cuts);
                }
                // Words on both sides of a phrase do not stand side by side.
                _ => self.widen(&std::mem::replace(&mut text, TypedText::new(self.analyzer)), &mut nodes)?,
            }
        }
        self.widen(&text, &mut nodes)?;
        Ok(nodes)
    }

    /// What a phrase is widened by, if it is a name as a whole.
    pub(crate) fn expansions_of_phrase(&mut self, original: &str) -> Result<Vec<CompiledClause>> {
        let mut nodes = Vec::new();
        if self.expand {
            let mut text = TypedText::new(self.analyzer);
            text.add(0, original, &Segmented::new(original), &[]);
            let whole = 0..text.units.len();
            for named in self.named(&text)?.into_iter().filter(|named| named.units == whole) {
                nodes.extend(self.expansion(&text, &named)?);
            }
        }
        Ok(nodes)
    }

    fn widen(&mut self, text: &TypedText<'_>, nodes: &mut Vec<(Range<usize>, CompiledClause)>) -> Result<()> {
        for named in self.named(text)? {
            nodes.extend(self.expansion(text, &named)?.map(|node| (named.items.clone(), node)));
        }
        Ok(())
    }

    /// The concepts that a text names, each once by the same units.
    fn named(&self, text: &TypedText<'_>) -> Result<Vec<NamedBy>> {
        let mut found: Vec<NamedBy> = Vec::new();
        for (at, unit) in text.units.iter().enumerate().filter(|(_, unit)| unit.may_begin) {
            for named in self.glossary.named_at(text, at, self.analyzer)? {
                let units = at..at + named.units;
                let last = &text.units[units.end - 1];
                let is_known = |known: &NamedBy| known.units == units && known.concept.id == named.concept.id;
                if last.may_end && found.len() < MAX_EXPANSIONS && !found.iter().any(is_known) {
                    found.push(NamedBy { items: unit.item..last.item + 1, concept: named.concept, units });
                }
            }
        }
        Ok(found)
    }

    /// Every way to find the other names of a concept. `None` if no passage has any.
    fn expansion(&mut self, text: &TypedText<'_>, named: &NamedBy) -> Result<Option<CompiledClause>> {
        let outside = std::mem::replace(&mut self.is_expanding, true);
        let names = named.concept.names.iter().filter(|name| !name.is_as_written);
        let names: Vec<(&Name, ClausesByChain)> = names.map(|name| (name, self.ways_of_name(name))).collect();
        let mut rows: Vec<(Chain, Vec<PatternUnit>)> =
            Chain::ALL.map(|chain| (chain, text.row(&named.units, chain))).into();
        let of_typed = rows.len();
        rows.extend(names.iter().flat_map(|(_, by_chain)| by_chain).filter_map(
            |(chain, ways)| match &ways[0].pattern {
                Pattern::Sequence(row) => Some((*chain, row.clone())),
                _ => None,
            },
        ));
        // What holds the typed words, or another name, is found by that.
        let is_needless = |chain: Chain, row: &[PatternUnit]| {
            let (typed, others) = rows.split_at(of_typed);
            let holds = |other: &[PatternUnit]| row.windows(other.len()).any(|window| window == other);
            typed.iter().any(|(of, other)| *of == chain && holds(other))
                || others.iter().any(|(of, other)| *of == chain && other.len() < row.len() && holds(other))
        };
        let mut leaf = LeafBuilder::default();
        let mut found = Vec::new();
        let mut seen = Vec::new();
        let typed = text.typed(&named.units);
        for (name, by_chain) in &names {
            let before = leaf.patterns().len();
            for (chain, ways) in by_chain {
                if ways.iter().any(|way| matches!(&way.pattern, Pattern::Sequence(row) if is_needless(*chain, row))) {
                    continue;
                }
                for way in ways {
                    if !seen.contains(&(*chain, &way.pattern)) {
                        self.look_up(&mut leaf, way)?;
                        seen.push((*chain, &way.pattern));
                    }
                }
            }
            let patterns = leaf.patterns()[before..].to_vec();
            if !patterns.is_empty() {
                found.push(name.text.clone());
                self.leaves.push(CompiledLeaf {
                    text: name.text.clone(),
                    in_title: self.in_title,
                    is_excluded: !self.is_scored,
                    expansion_of: Some(typed.clone()),
                    patterns,
                });
            }
        }
        self.is_expanding = outside;
        if found.is_empty() {
            return Ok(None);
        }
        if self.is_scored {
            // Several concepts can have one name.
            match self.expansions.iter_mut().find(|known| known.typed == typed) {
                Some(known) => {
                    found.retain(|name| !known.names.contains(name));
                    known.names.append(&mut found);
                }
                None => self.expansions.push(Expansion { typed, names: found }),
            }
        }
        Ok(Some(leaf.into_node(self.in_title, true)))
    }

    /// The ways to find a name, by chain; the name as it is first.
    fn ways_of_name(&self, name: &Name) -> ClausesByChain {
        let text = Segmented::new(&name.text);
        let all = 0..text.units().len();
        let weight = self.ranking.expansion;
        let chains: &[Chain] = match name.column {
            _ if text.has_chars() => &[Chain::Characters],
            Column::German => &[Chain::German],
            _ => &[Chain::English, Chain::Characters],
        };
        let mut by_chain = Vec::new();
        for &chain in chains {
            let of_words = chain == Chain::Characters && !text.has_chars();
            let factor = if of_words { weight * self.ranking.chars.words } else { weight };
            let patterns = std::iter::once(self.row(chain, &text, all.clone())).chain(self.spellings(&text, chain));
            let mut ways: Vec<FieldClause> =
                patterns.map(|pattern| FieldClause { chain, pattern, factor, role: Role::Required }).collect();
            // A word of German is found as a part of others, as one that was typed is.
            if let ([unit], Chain::German) = (text.units(), chain) {
                let pattern = Pattern::CompoundPart(self.analyzer.term_of_word(chain, text.form(unit)));
                let factor = factor * self.ranking.compound_parts;
                ways.push(FieldClause { chain, pattern, factor, role: Role::Required });
            }
            by_chain.push((chain, ways));
        }
        by_chain
    }

    /// Where names may begin and end within a word of a bag: at words, and where the dictionaries cut runs.
    fn loose_cuts(&self, word: &Segmented) -> Result<Vec<Range<usize>>> {
        let units = word.units();
        let is_word = |at: usize| units[at].kind == UnitKind::Word;
        let mut cuts: Vec<Range<usize>> = (0..units.len()).filter(|&at| is_word(at)).map(|at| at..at + 1).collect();
        // Beside a word a run begins and ends.
        for run in word.char_runs(|_| true) {
            cuts.push(run);
        }
        for (chain, script) in [(Chain::Korean, CharScript::Hangul), (Chain::Chinese, CharScript::Han)] {
            if word.has_script(script) {
                self.analyzer.each_token(chain, word, false, &mut |_: &str, position: u32, folded: ByteRange| {
                    let end = units.partition_point(|unit| unit.folded.start < folded.end);
                    cuts.push(position as usize..end);
                })?;
            }
        }
        Ok(cuts)
    }

    /// The part of a word that stands for it without the Korean particles around it.
    fn whole_cuts(&self, word: &Segmented) -> Result<Vec<Range<usize>>> {
        Ok(self.without_particles(word)?.into_iter().collect())
    }
}
