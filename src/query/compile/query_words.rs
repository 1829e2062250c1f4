//! Query words: what the words of a query tell about each other, namely which of them only ask, which fields know them, and whether
//! all of them are stop words.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::query::compile::analyzed_texts::AnalyzedTexts;
use crate::query::compile::asking::{Asking, QueryWord};
use crate::query::compile::lexicon::TermCounts;
use crate::query::compile::ranking::Ranking;
use crate::query::plan::field_id::FieldId;
use crate::query::syntax::ast::QueryAst;
use crate::text::analysis::{Analyzer, Chain, UnitKind, part_term};

/// The words of a query as a whole.
#[derive(Debug, Default)]
pub(crate) struct WordContext {
    /// By chain: the calibration of its scores, and the terms of the query that its field contains.
    fields: BTreeMap<Chain, (f32, BTreeSet<String>)>,
    /// Factor of words in the CJK bigram field.
    among_characters: f32,
    /// Chains in which every word is a stop word, where the query has nothing but words.
    only_stopwords: Vec<Chain>,
    /// The words that only ask.
    asking: Asking,
}

impl WordContext {
    /// Looks up the words of a query, except those that it excludes. Words only ask where `is_loose` is true: any part of them may
    /// match.
    pub(crate) fn of(
        (ast, is_loose): (&QueryAst, bool),
        lexicon: &TermCounts<'_>,
        texts: &AnalyzedTexts<'_>,
        analyzer: &Analyzer,
        ranking: &Ranking,
    ) -> Result<WordContext> {
        let mut query = Words::default();
        query.collect(ast, None, texts);
        let Words { words, mut has_others, .. } = query;
        let asks = is_loose && ranking.questions < 1.0;
        let asking = if asks { Asking::find(&words, has_others, texts, analyzer)? } else { Asking::default() };
        // The words and runs that rank, and all of them.
        let (mut forms, mut asked, mut runs, mut all_runs): (Vec<&str>, Vec<&str>, usize, usize) = Default::default();
        for QueryWord { text, word, .. } in &words {
            let asks = asking.of_word(text);
            let asks = |at: usize| asks.get(at).copied().unwrap_or(false);
            for (at, unit) in word.units().iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Word) {
                if asks(at) { &mut asked } else { &mut forms }.push(word.form(unit));
            }
            let of_characters = word.char_runs(|_| true);
            all_runs += of_characters.len();
            runs += of_characters.into_iter().filter(|run| !run.clone().all(asks)).count();
        }
        has_others |= all_runs > 0;
        let all: Vec<&str> = forms.iter().chain(&asked).copied().collect();
        let Ranking { chars, other_language, .. } = ranking;
        // A query without CJK characters is less likely to be about texts that have them; and English and German
        // passages with a few of them would have their words counted twice.
        let among_characters = if all_runs > 0 { chars.words } else { chars.words_alone };
        let mut context = WordContext { among_characters, ..WordContext::default() };
        let stopwords_of = |chain| all.iter().filter(|form| analyzer.is_stopword(chain, form)).count();
        let most_stopwords = Chain::word_chains().map(stopwords_of).max();
        for chain in Chain::word_chains() {
            let stopwords = stopwords_of(chain);
            if !has_others && stopwords == all.len() {
                context.only_stopwords.push(chain);
            }
            // Most indexes have nothing in other languages.
            if chain.word_fields().all(|field| lexicon.statistics(FieldId::Text(field)).passages == 0) {
                continue;
            }
            let term = |form: &str| analyzer.term_of_word(chain, form);
            let terms: BTreeMap<String, &str> = forms.iter().map(|form| (term(form), *form)).collect();
            let asking: BTreeSet<String> = asked.iter().map(|form| term(form)).collect();
            let in_field = |field| terms.keys().chain(&asking).map(move |term| (FieldId::Text(field), term.as_str()));
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
                // the query's words, other than those that only ask, that a field knows calibrates its scores against those of the other fields, so that
                // one index ranks as well as one index for each language would.
                let unknown_runs = if field == chain { runs } else { 0 };
                let share = match terms.len() + unknown_runs {
                    0 => 1.0,
                    all => (known.len() + known_by_parts) as f32 / all as f32,
                };
                for term in &asking {
                    if lexicon.is_known(field, term)? {
                        known.insert(term.clone());
                    }
                }
                // Function words tell languages apart better than names do; so does what asks in CJK characters.
                let is_other = field == chain && (Some(stopwords) < most_stopwords || runs < all_runs);
                let likely = if is_other { *other_language } else { 1.0 };
                context.fields.insert(field, (share * share * likely, known));
            }
        }
        context.asking = asking;
        Ok(context)
    }

    /// For each unit of a word whether it only asks; none for a word without such a unit.
    pub(crate) fn asks(&self, word: &str) -> &[bool] {
        self.asking.of_word(word)
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

/// The words of a query that may match.
#[derive(Default)]
struct Words<'q> {
    words: Vec<QueryWord<'q>>,
    /// The number of bags so far.
    bags: usize,
    /// True if anything else may match.
    has_others: bool,
}

impl<'q> Words<'q> {
    /// Collects the words of a part of the query, which stands in the bag of this number, or in none.
    fn collect(&mut self, ast: &'q QueryAst, bag: Option<usize>, texts: &AnalyzedTexts<'_>) {
        match ast {
            QueryAst::Word(text) => {
                let bag = bag.or_else(|| Some(self.next_bag()));
                self.words.push(QueryWord { text, word: texts.segmented(text), bag });
            }
            QueryAst::Bag(items) | QueryAst::And(items) | QueryAst::Or(items) => {
                let bag = self.next_bag();
                items.iter().for_each(|item| self.collect(item, Some(bag), texts));
            }
            QueryAst::Title(inner) | QueryAst::Within { inner, .. } => self.collect(inner, None, texts),
            QueryAst::Restricted(restricted) => {
                let before = self.words.len();
                restricted.required.iter().for_each(|item| self.collect(item, None, texts));
                self.words[before..].iter_mut().for_each(|word| word.bag = None);
                restricted.rest.iter().for_each(|rest| self.collect(rest, None, texts));
            }
            QueryAst::Not(_) | QueryAst::Filter(_) => {}
            // The words of a phrase rank in a bag.
            QueryAst::Phrase(text) => {
                let word = texts.segmented(text);
                self.has_others |= !word.units().is_empty();
                self.words.push(QueryWord { text, word, bag: None });
            }
            QueryAst::Exact(text) | QueryAst::Caps(text) | QueryAst::Proximity { text, .. } => {
                self.has_others |= !texts.segmented(text).units().is_empty();
            }
            QueryAst::Near { .. }
            | QueryAst::AtLeast { .. }
            | QueryAst::Prefix(_)
            | QueryAst::Wildcard(_)
            | QueryAst::Fuzzy { .. }
            | QueryAst::Quantity(_) => {
                self.has_others = true;
            }
        }
    }

    fn next_bag(&mut self) -> usize {
        self.bags += 1;
        self.bags
    }
}
