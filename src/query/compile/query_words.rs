//! Query words: what the words of a query tell about each other, namely which fields know them, and whether all of them
//! are stop words.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use anyhow::Result;

use crate::query::compile::analyzed_texts::AnalyzedTexts;
use crate::query::compile::lexicon::TermCounts;
use crate::query::compile::ranking::Ranking;
use crate::query::plan::field_id::FieldId;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Analyzer, Chain, Segmented, UnitKind, part_term};

/// The words of a query as a whole.
#[derive(Debug, Default)]
pub(crate) struct WordContext {
    /// By chain: the calibration of its scores, and the terms of the query that its field contains.
    fields: BTreeMap<Chain, (f32, BTreeSet<String>)>,
    /// Factor of words in the CJK bigram field.
    among_characters: f32,
    /// Chains in which every word is a stop word, where the query has nothing but words.
    only_stopwords: Vec<Chain>,
}

impl WordContext {
    /// Looks up the words of a query, except those that it excludes.
    pub(crate) fn of(
        ast: &QueryAst,
        lexicon: &TermCounts<'_>,
        texts: &AnalyzedTexts<'_>,
        analyzer: &Analyzer,
        ranking: &Ranking,
    ) -> Result<WordContext> {
        let mut words = Vec::new();
        let mut has_others = false;
        collect_words(ast, texts, &mut words, &mut has_others);
        let runs: usize = words.iter().map(|word| word.char_runs(|_| true).len()).sum();
        has_others |= runs > 0;
        let forms: Vec<&str> = words
            .iter()
            .flat_map(|word| word.units().iter().filter(|unit| unit.kind == UnitKind::Word).map(|unit| word.form(unit)))
            .collect();
        let Ranking { chars, other_language, .. } = ranking;
        // A query without CJK characters is less likely to be about texts that have them; and English and German
        // passages with a few of them would have their words counted twice.
        let among_characters = if runs > 0 { chars.words } else { chars.words_alone };
        let mut context = WordContext { among_characters, ..WordContext::default() };
        let stopwords_of = |chain| forms.iter().filter(|form| analyzer.is_stopword(chain, form)).count();
        let most_stopwords = Chain::word_chains().map(stopwords_of).max();
        for chain in Chain::word_chains() {
            let stopwords = stopwords_of(chain);
            if !has_others && stopwords == forms.len() {
                context.only_stopwords.push(chain);
            }
            // Most indexes have nothing in other languages.
            if chain.word_fields().all(|field| lexicon.statistics(FieldId::Text(field)).passages == 0) {
                continue;
            }
            let terms: BTreeMap<String, &str> =
                forms.iter().map(|form| (analyzer.term_of_word(chain, form), *form)).collect();
            let in_field = |field| terms.keys().map(move |term| (FieldId::Text(field), term.as_str()));
            let asked = chain.word_fields().flat_map(in_field);
            lexicon.count(&asked.collect::<Vec<_>>())?;
            for field in chain.word_fields() {
                let mut known: BTreeSet<String> = BTreeSet::new();
                // A compound is known if its parts are, and a word if it is a part of a compound.
                let mut known_by_parts = 0;
                for (term, form) in &terms {
                    if lexicon.is_known(field, term)? {
                        known.insert(term.clone());
                    } else if field.has_compound_parts() {
                        known_by_parts += usize::from(is_known_by_parts(lexicon, analyzer, field, (term, form))?);
                    }
                }
                // Passages in other languages know few of a language's words, and those for other reasons. The share of
                // the query's words that a field knows calibrates its scores against those of the other fields, so that
                // one index ranks as well as one index for each language would.
                let unknown_runs = if field == chain { runs } else { 0 };
                let all = terms.len() + unknown_runs;
                let share = (known.len() + known_by_parts) as f32 / all.max(1) as f32;
                // Function words tell languages apart better than names do.
                let is_other = field == chain && Some(stopwords) < most_stopwords;
                let likely = if is_other { *other_language } else { 1.0 };
                context.fields.insert(field, (share * share * likely, known));
            }
        }
        Ok(context)
    }

    /// The factor of a term's score in a field; `None` if the field does not have the term.
    pub(crate) fn factor(&self, field: Chain, term: &str) -> Option<f32> {
        let own = if field.keeps_characters() { self.among_characters } else { 1.0 };
        self.fields.get(&field).filter(|(_, known)| known.contains(term)).map(|&(calibration, _)| own * calibration)
    }

    /// The factor of words in the CJK bigram field.
    pub(crate) fn among_characters(&self) -> f32 {
        self.among_characters
    }

    /// The calibration of a field's scores against those of the other fields, by the share of the query's words that it knows.
    pub(crate) fn calibration(&self, field: Chain) -> f32 {
        self.fields.get(&field).map_or(1.0, |&(calibration, _)| calibration)
    }

    /// True if stop words make hits in a chain, since the query has nothing else.
    pub(crate) fn is_only_stopwords(&self, chain: Chain) -> bool {
        self.only_stopwords.contains(&chain)
    }
}

/// True if some passage of a chain contains a word as a part of another, or each of its parts in any way.
fn is_known_by_parts(
    lexicon: &TermCounts<'_>,
    analyzer: &Analyzer,
    chain: Chain,
    (term, form): (&str, &str),
) -> Result<bool> {
    let is_part = |term: &str| lexicon.is_known(chain, &part_term(term));
    if is_part(term)? {
        return Ok(true);
    }
    let parts = analyzer.single_parts(chain, form);
    for part in &parts {
        if !is_part(part)? && !lexicon.is_known(chain, part)? {
            return Ok(false);
        }
    }
    Ok(!parts.is_empty())
}

/// Collects the words that may match; sets `has_others` if anything else may.
fn collect_words(ast: &QueryAst, texts: &AnalyzedTexts<'_>, words: &mut Vec<Rc<Segmented>>, has_others: &mut bool) {
    match ast {
        QueryAst::Word(text) => words.push(texts.segmented(text)),
        QueryAst::Bag(items) | QueryAst::And(items) | QueryAst::Or(items) => {
            items.iter().for_each(|item| collect_words(item, texts, words, has_others));
        }
        QueryAst::Title(inner) | QueryAst::Within { inner, .. } => collect_words(inner, texts, words, has_others),
        QueryAst::Restricted(restricted) => {
            let found = restricted.required.iter().chain(&restricted.rest);
            found.for_each(|item| collect_words(item, texts, words, has_others));
        }
        QueryAst::Not(_) | QueryAst::Filter(_) => {}
        // The words of a phrase rank in a bag.
        QueryAst::Phrase(text) => {
            let phrase = texts.segmented(text);
            *has_others |= !phrase.units().is_empty();
            words.push(phrase);
        }
        QueryAst::Exact(text) | QueryAst::Caps(text) | QueryAst::Proximity { text, .. } => {
            *has_others |= !texts.segmented(text).units().is_empty();
        }
        QueryAst::Near { .. }
        | QueryAst::AtLeast { .. }
        | QueryAst::Prefix(_)
        | QueryAst::Wildcard(_)
        | QueryAst::Fuzzy { .. }
        | QueryAst::Quantity(_) => {
            *has_others = true;
        }
    }
}
