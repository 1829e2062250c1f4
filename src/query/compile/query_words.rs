//! What the words of a query say about each other: which fields know them, and whether there is more to them than stop
//! words.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::tantivy::terms::Terms;
use crate::index::NewsIndex;
use crate::query::compile::ranking::Ranking;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Analyzer, Chain, Segmented, UnitKind, part_term};

/// The chains that read words of other scripts than CJK, each with the fields that hold such words as it reads them.
pub(crate) const WORD_READINGS: [(Chain, &[Chain]); 2] = [
    (Chain::English, &[Chain::English, Chain::Korean, Chain::Chinese, Chain::Characters]),
    (Chain::German, &[Chain::German]),
];

/// The words of a query together.
#[derive(Debug, Default)]
pub(crate) struct WordContext {
    /// By field, which is its own reading of the words: how far its scores count, and which terms it has.
    fields: BTreeMap<Chain, (f32, BTreeSet<String>)>,
    /// Factor of words in the character evidence.
    among_characters: f32,
    /// Readings in which every word is a stop word, and nothing else is in the query.
    only_stopwords: Vec<Chain>,
}

impl WordContext {
    /// Looks the words of a query up, but for those that it takes away.
    pub(crate) fn of(
        ast: &QueryAst,
        index: &NewsIndex,
        terms_of_index: &Terms<'_>,
        analyzer: &Analyzer,
        ranking: &Ranking,
    ) -> WordContext {
        let mut words = Vec::new();
        let mut has_others = false;
        collect_words(ast, &mut words, &mut has_others);
        let runs: usize = words.iter().map(|word| word.char_runs(|_| true).len()).sum();
        has_others |= runs > 0;
        let forms: Vec<&str> = words
            .iter()
            .flat_map(|word| word.units().iter().filter(|unit| unit.kind == UnitKind::Word).map(|unit| word.form(unit)))
            .collect();
        let Ranking { chars, other_language, .. } = ranking;
        // Without CJK characters a query is less likely to be about text with them; and English and German passages
        // with a few of them would have their words counted twice.
        let among_characters = if runs > 0 { chars.words } else { chars.words * other_language };
        let mut context = WordContext { among_characters, ..WordContext::default() };
        let stopwords = WORD_READINGS
            .map(|(reading, _)| forms.iter().filter(|form| analyzer.options().is_stopword(reading, form)).count());
        let most_stopwords = stopwords.iter().max();
        for ((reading, fields), stopwords) in WORD_READINGS.into_iter().zip(&stopwords) {
            if !has_others && *stopwords == forms.len() {
                context.only_stopwords.push(reading);
            }
            let terms: BTreeMap<String, &str> =
                forms.iter().map(|form| (analyzer.term_of_word(reading, form), *form)).collect();
            for &field in fields {
                let known: BTreeSet<String> =
                    terms.keys().filter(|term| is_known(terms_of_index, index, field, term)).cloned().collect();
                // A compound is known by its parts, and a word by being a part of one.
                let known_by_parts = terms.iter().filter(|&(term, form)| {
                    field == Chain::German
                        && !known.contains(term)
                        && is_known_by_parts(terms_of_index, index, analyzer, term, form)
                });
                // Of German words, English passages know few, and those for other reasons. The share that a field knows
                // of the query's words calibrates its scores against the other fields', so that one index ranks as well
                // as one for each language would.
                let unknown_runs = if field == reading { runs } else { 0 };
                let all = terms.len() + unknown_runs;
                let share = (known.len() + known_by_parts.count()) as f32 / all.max(1) as f32;
                // Function words tell English and German apart better than names do.
                let is_other = field == reading && Some(stopwords) < most_stopwords;
                let likely = if is_other { ranking.other_language } else { 1.0 };
                context.fields.insert(field, (share * share * likely, known));
            }
        }
        context
    }

    /// The factor of a term's score in a field; `None` where the field does not have the term.
    pub(crate) fn factor(&self, field: Chain, term: &str) -> Option<f32> {
        let own = if field == Chain::Characters { self.among_characters } else { 1.0 };
        self.fields.get(&field).filter(|(_, known)| known.contains(term)).map(|&(calibration, _)| own * calibration)
    }

    /// How far scores of a field count beside those of the others, by the share of the words that it knows.
    pub(crate) fn calibration(&self, field: Chain) -> f32 {
        self.fields.get(&field).map_or(1.0, |&(calibration, _)| calibration)
    }

    /// True if stop words make hits in a reading, since there is nothing else.
    pub(crate) fn is_only_stopwords(&self, reading: Chain) -> bool {
        self.only_stopwords.contains(&reading)
    }
}

/// True if some passage has a term in a chain's field.
pub(crate) fn is_known(terms: &Terms<'_>, index: &NewsIndex, chain: Chain, term: &str) -> bool {
    terms.passages(index.fields().text_of(chain), term).is_ok_and(|passages| passages > 0)
}

/// True if some German passage has a word as a part of another, or each of its parts in any way.
fn is_known_by_parts(terms: &Terms<'_>, index: &NewsIndex, analyzer: &Analyzer, term: &str, form: &str) -> bool {
    let is_part = |term: &str| is_known(terms, index, Chain::German, &part_term(term));
    let parts = analyzer.single_parts(Chain::German, form);
    let are_known = || parts.iter().all(|part| is_part(part) || is_known(terms, index, Chain::German, part));
    is_part(term) || (!parts.is_empty() && are_known())
}

/// The words that may match; `has_others` is set when something else may.
fn collect_words(ast: &QueryAst, words: &mut Vec<Segmented>, has_others: &mut bool) {
    match ast {
        QueryAst::Word(text) => words.push(Segmented::new(text)),
        QueryAst::Bag(items) | QueryAst::And(items) | QueryAst::Or(items) => {
            items.iter().for_each(|item| collect_words(item, words, has_others));
        }
        QueryAst::Title(inner) => collect_words(inner, words, has_others),
        QueryAst::Restricted(restricted) => {
            let found = restricted.required.iter().chain(&restricted.rest);
            found.for_each(|item| collect_words(item, words, has_others));
        }
        QueryAst::Not(_) | QueryAst::Filter(_) => {}
        QueryAst::Phrase(text) | QueryAst::Exact(text) | QueryAst::Proximity { text, .. } => {
            *has_others |= !Segmented::new(text).units().is_empty();
        }
        QueryAst::Near { .. } | QueryAst::Prefix(_) | QueryAst::Fuzzy { .. } => *has_others = true,
    }
}
