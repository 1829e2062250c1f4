//! From a [`QueryAst`] to what runs: a tantivy query, the evidence that ranks, and the highlight plan.
//!
//! Every leaf is fanned out to every chain that can read it; no guess is made about the query's language. What makes
//! a passage a hit (words and characters) is kept apart from what only ranks it (single pairs of characters across
//! word borders, titles, stop words): the second kind never adds a hit and is never highlighted.

use std::ops::Range;

use anyhow::Result;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use crate::analysis::{Analyzer, Chain, CharScript, Segmented, UnitKind, push_pair};
use crate::config::Config;
use crate::index::NewsIndex;
use crate::language::Language;
use crate::query::ast::QueryAst;
use crate::query::evidence::WithStatistics;
use crate::query::phrase::{phrase_query, terms_query};
use crate::query::plan::{HighlightPlan, Pattern, PatternUnit};

/// A query, ready to run on the index that it was compiled for.
pub struct CompiledQuery {
    /// Matches the hits; its scores order them roughly.
    pub query: Box<dyn Query>,
    /// What a hit's score is the sum of, in a fixed order, so that it comes out the same however the index is laid out.
    pub evidence: Vec<Box<dyn Query>>,
    /// What to mark in a hit.
    pub plan: HighlightPlan,
}

/// Restrictions of the hits, beside the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Languages of passages; empty for all.
    pub languages: Vec<Language>,
}

/// Compiles a query. `None`: it holds no word and no character that could be looked up.
///
/// # Errors
///
/// When an embedded dictionary or the index cannot be read.
pub fn compile_query(
    ast: &QueryAst,
    filters: &Filters,
    index: &NewsIndex,
    analyzer: &Analyzer,
    config: &Config,
) -> Result<Option<CompiledQuery>> {
    let mut compiler = Compiler {
        index,
        analyzer,
        config,
        matches: Vec::new(),
        evidence: Vec::new(),
        evidence_adds_hits: false,
        matches_are_scored: true,
        plan: HighlightPlan::default(),
    };
    let QueryAst::Bag(items) = ast else {
        return compile_query(&QueryAst::Bag(vec![ast.clone()]), filters, index, analyzer, config);
    };
    if compiler.bag(items)? { Ok(Some(compiler.finish(filters))) } else { Ok(None) }
}

struct Compiler<'a> {
    index: &'a NewsIndex,
    analyzer: &'a Analyzer,
    config: &'a Config,
    /// Any of these makes a passage a hit.
    matches: Vec<Box<dyn Query>>,
    /// Scored, atomic, in the order of the query.
    evidence: Vec<Box<dyn Query>>,
    /// True once some evidence matches passages that are no hits.
    evidence_adds_hits: bool,
    /// True while every match is among the evidence as well.
    matches_are_scored: bool,
    plan: HighlightPlan,
}

/// What a piece of evidence has to do with being a hit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It makes a passage a hit.
    Matches,
    /// It ranks hits only.
    Ranks,
}

impl Compiler<'_> {
    /// Compiles the items of a bag. False when there is nothing to look up in them.
    fn bag(&mut self, items: &[QueryAst]) -> Result<bool> {
        let mut words: Vec<Segmented> = Vec::new();
        let mut phrases: Vec<Segmented> = Vec::new();
        for item in items {
            match item {
                QueryAst::Word(text) => words.push(Segmented::new(text)),
                QueryAst::Phrase(text) => phrases.push(Segmented::new(text)),
                // The grammar has no bags inside bags.
                QueryAst::Bag(_) => {}
            }
        }
        words.retain(|word| !word.units().is_empty());
        phrases.retain(|phrase| !phrase.units().is_empty());
        let beside_others = !phrases.is_empty() || words.iter().any(Segmented::has_chars);
        for phrase in &phrases {
            self.phrase(phrase)?;
        }
        for chain in [Chain::English, Chain::German] {
            self.words_of_chain(chain, &words, beside_others);
        }
        for word in &words {
            for run in word.char_runs(|_| true) {
                self.char_run(word, run)?;
            }
        }
        Ok(!words.is_empty() || !phrases.is_empty())
    }

    /// The words of other scripts than CJK, as one chain reads them. The English reading serves every field but the
    /// German one.
    fn words_of_chain(&mut self, chain: Chain, words: &[Segmented], beside_others: bool) {
        let forms = || {
            words.iter().flat_map(|word| {
                word.units().iter().filter(|unit| unit.kind == UnitKind::Word).map(|unit| word.form(unit))
            })
        };
        let is_stopword = |form: &str| self.config.is_stopword(chain, form);
        let has_content = beside_others || forms().any(|form| !is_stopword(form));
        let mut terms: Vec<(String, bool)> = Vec::new();
        for form in forms() {
            let only_ranks = has_content && is_stopword(form);
            let term = match chain {
                Chain::German => self.analyzer.german_term(form),
                _ => self.analyzer.english_term(form),
            };
            if !terms.iter().any(|(known, _)| *known == term) {
                terms.push((term, only_ranks));
            }
        }
        let fields: &[Chain] = match chain {
            Chain::German => &[Chain::German],
            _ => &[Chain::English, Chain::Korean, Chain::Chinese, Chain::Characters],
        };
        for &field in fields {
            // Of German words, English passages know few, and those for other reasons. The share that a field knows of
            // the query's words calibrates its scores against the other fields', so that one index ranks as well as
            // one for each language would.
            let is_known: Vec<bool> = terms.iter().map(|(term, _)| self.is_known(field, term)).collect();
            let share = is_known.iter().filter(|&&known| known).count() as f32 / terms.len().max(1) as f32;
            let own = if field == Chain::Characters { self.config.ranking.chars.words } else { 1.0 };
            let factor = own * share * share;
            for ((term, only_ranks), _) in terms.iter().zip(is_known).filter(|&(_, known)| known) {
                if *only_ranks {
                    if self.config.ranking.of(field).stopwords && field == chain {
                        self.score_term(field, term, factor, Role::Ranks);
                    }
                    continue;
                }
                self.score_term(field, term, factor, Role::Matches);
                self.plan.add(match field {
                    Chain::Characters => Pattern::Units(vec![PatternUnit::Word(term.clone())]),
                    _ => Pattern::Terms { chain: field, terms: vec![term.clone()] },
                });
            }
        }
    }

    /// True if some passage of the chain's language has the term.
    fn is_known(&self, chain: Chain, term: &str) -> bool {
        let term = Term::from_field_text(self.index.fields().text_of(chain), term);
        self.index.searcher().doc_freq(&term).is_ok_and(|passages| passages > 0)
    }

    /// A run of CJK characters. It matches as a whole, and by each of the pieces that the chains cut it into. Pieces of
    /// one character that stand side by side count as one piece: 韩 and 美 by themselves would find everything. Words,
    /// and pairs of neighbours, rank.
    fn char_run(&mut self, word: &Segmented, run: Range<usize>) -> Result<()> {
        let units = &word.units()[run];
        let text = &word.text()[units[0].folded.start..units[units.len() - 1].folded.end];
        let run = Segmented::new(text);
        let weights = self.config.ranking.chars;
        self.chars_phrase(&run, 0..run.units().len(), weights.pieces)?;
        for chain in [Chain::Korean, Chain::Chinese] {
            if !can_read(chain, &run) || self.field_is_empty(chain) {
                continue;
            }
            let pieces = self.cut(chain, &run)?;
            let lone = pieces.len() == 1;
            for piece in &pieces {
                let is_match = lone || piece.units.len() > 1;
                // Chinese words are found by their characters; the morphemes of Korean see through inflection.
                let is_match_by_term = is_match && chain == Chain::Korean;
                self.score_term(chain, &piece.term, 1.0, if is_match_by_term { Role::Matches } else { Role::Ranks });
                if is_match_by_term {
                    self.plan.add(Pattern::Terms { chain, terms: vec![piece.term.clone()] });
                }
                // A syllable is a word only where the morphemes say so.
                if is_match && (piece.units.len() > 1 || chain == Chain::Chinese) {
                    self.chars_phrase(&run, piece.units.clone(), weights.pieces)?;
                }
            }
            for group in adjacent_single_units(&pieces) {
                self.chars_phrase(&run, group, weights.pieces)?;
            }
        }
        self.score_pairs(&run);
        Ok(())
    }

    /// What a chain cuts a run into, without stop words unless there is nothing else, each piece once.
    fn cut(&self, chain: Chain, run: &Segmented) -> Result<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        self.analyzer.each_token(chain, run, false, &mut |term, position, folded| {
            let end = run.units().partition_point(|unit| unit.folded.start < folded.end);
            let first = position as usize;
            let piece = Piece { term: term.to_owned(), units: first..end.max(first + 1) };
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        })?;
        if pieces.iter().any(|piece| !self.config.is_stopword(chain, &piece.term)) {
            pieces.retain(|piece| !self.config.is_stopword(chain, &piece.term));
        }
        Ok(pieces)
    }

    /// Every pair of neighbours, for the ranking.
    fn score_pairs(&mut self, segmented: &Segmented) {
        let units = segmented.units();
        let mut seen: Vec<String> = Vec::new();
        for pair in units.windows(2) {
            let mut form = String::new();
            push_pair(segmented.form(&pair[0]), segmented.form(&pair[1]), &mut form);
            if seen.contains(&form) {
                continue;
            }
            let is_han = pair.iter().all(|unit| unit.kind == UnitKind::Char(CharScript::Han));
            let factor = if is_han { 1.0 } else { self.config.ranking.chars.hangul };
            self.score_term(Chain::Characters, &form, factor, Role::Ranks);
            seen.push(form);
        }
    }

    /// A quoted phrase. Without CJK characters it is looked up as each chain with positions reads it; with them, as
    /// characters and words between them.
    fn phrase(&mut self, phrase: &Segmented) -> Result<()> {
        if !phrase.has_chars() {
            for chain in [Chain::English, Chain::German] {
                let terms: Vec<String> = phrase
                    .units()
                    .iter()
                    .map(|unit| match chain {
                        Chain::German => self.analyzer.german_term(phrase.form(unit)),
                        _ => self.analyzer.english_term(phrase.form(unit)),
                    })
                    .collect();
                self.score(chain, 1.0, Role::Matches, &mut |field| Ok(Some(terms_query(field, &terms))))?;
                self.plan.add(Pattern::Terms { chain, terms });
            }
        }
        self.chars_phrase(phrase, 0..phrase.units().len(), 1.0)
    }

    /// Units of a text, in order, in the character evidence: a match, ranked with a factor.
    fn chars_phrase(&mut self, segmented: &Segmented, units: Range<usize>, factor: f32) -> Result<()> {
        let pattern: Vec<PatternUnit> = segmented.units()[units]
            .iter()
            .map(|unit| match unit.kind {
                UnitKind::Word => PatternUnit::Word(self.analyzer.english_term(segmented.form(unit))),
                UnitKind::Char(_) => PatternUnit::Char(segmented.form(unit).to_owned()),
            })
            .collect();
        let pattern = Pattern::Units(pattern);
        if self.plan.patterns.contains(&pattern) {
            return Ok(());
        }
        let Pattern::Units(units) = &pattern else {
            return Ok(());
        };
        let searcher = self.index.searcher();
        self.score(Chain::Characters, factor, Role::Matches, &mut |field| phrase_query(field, units, searcher))?;
        self.plan.add(pattern);
        Ok(())
    }

    fn field_is_empty(&self, chain: Chain) -> bool {
        self.index.statistics().text[chain as usize].passages == 0
    }

    fn score_term(&mut self, chain: Chain, term: &str, factor: f32, role: Role) {
        let query = |field| {
            let term = Term::from_field_text(field, term);
            Ok(Some(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>))
        };
        // Building a term query cannot fail.
        let _ = self.score(chain, factor, role, &mut { query });
    }

    /// Adds a query over a chain's two fields: over title and text as a match if it is one, and over each as evidence
    /// with the field's weight.
    fn score(
        &mut self,
        chain: Chain,
        factor: f32,
        role: Role,
        query: &mut dyn FnMut(tantivy::schema::Field) -> Result<Option<Box<dyn Query>>>,
    ) -> Result<()> {
        if self.field_is_empty(chain) {
            return Ok(());
        }
        let weights = self.config.ranking.of(chain);
        let statistics = self.index.statistics();
        let fields = self.index.fields();
        let Some(of_text) = query(fields.text_of(chain))? else {
            return Ok(());
        };
        if role == Role::Matches {
            self.matches.push(of_text.box_clone());
            self.matches_are_scored &= weights.text * factor > 0.0;
        } else {
            self.evidence_adds_hits = true;
        }
        if weights.text * factor > 0.0 {
            let of_text = WithStatistics::weighted(of_text, statistics.text[chain as usize], weights.text * factor);
            self.evidence.push(of_text);
        }
        // What stands in a title stands in the field with title and text too, so this adds no hits.
        if weights.title * factor > 0.0
            && statistics.title[chain as usize].passages > 0
            && let Some(of_title) = query(fields.title_of(chain))?
        {
            let of_title = WithStatistics::weighted(of_title, statistics.title[chain as usize], weights.title * factor);
            self.evidence.push(of_title);
        }
        Ok(())
    }

    fn finish(self, filters: &Filters) -> CompiledQuery {
        let scored = self.evidence.iter().map(|query| (Occur::Should, query.box_clone()));
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = scored.collect();
        let matches: Box<dyn Query> =
            if self.matches.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(self.matches)) };
        let is_filtered = !filters.languages.is_empty();
        // A plain union of everything lets tantivy skip what cannot reach the top.
        if self.evidence_adds_hits || !self.matches_are_scored || is_filtered || clauses.is_empty() {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(matches, 0.0))));
        }
        if is_filtered {
            let lang = self.index.fields().lang;
            let languages = filters
                .languages
                .iter()
                .map(|language| {
                    let term = Term::from_field_text(lang, language.code());
                    Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>
                })
                .collect();
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(languages)), 0.0))));
        }
        CompiledQuery { query: Box::new(BooleanQuery::new(clauses)), evidence: self.evidence, plan: self.plan }
    }
}

/// A token that a chain cut from a run of characters.
#[derive(PartialEq, Eq)]
struct Piece {
    term: String,
    /// The characters that it stands for, as indices into the run.
    units: Range<usize>,
}

/// Two or more pieces of one character in a row, as ranges of characters. Pieces are in the order of the text.
fn adjacent_single_units(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.units.len() == 1) {
        match groups.last_mut() {
            Some(group) if group.end >= piece.units.start => group.end = piece.units.end,
            _ => groups.push(piece.units.clone()),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Korean is asked about Hangul, Chinese about the rest; so neither dictionary is loaded for the other's script.
fn can_read(chain: Chain, segmented: &Segmented) -> bool {
    match chain {
        Chain::Korean => segmented.has_script(CharScript::Hangul),
        _ => {
            [CharScript::Han, CharScript::Kana, CharScript::Bopomofo].iter().any(|&script| segmented.has_script(script))
        }
    }
}
