//! Words and phrases, looked up by every chain that can read them; no guess is made about the query's language.
//!
//! A word in a bag is found by its own, a run of CJK characters by any of the pieces that the chains cut it into. Beside
//! an operator each is one term (`word_as_term`). Everything that stands at a place is compiled by `placed_leaf`.

use std::ops::Range;

use anyhow::Result;
use tantivy::query::Query;

use crate::analysis::{Chain, CharScript, Segmented, UnitKind, push_pair};
use crate::query::ast::QueryAst;
use crate::query::bag::{WORD_READINGS, is_known};
use crate::query::compile::{Compiler, Evidence, Node, any_of, clauses};
use crate::query::evidence::WithStatistics;
use crate::query::lookup::pattern_query;
use crate::query::pattern::{Pattern, PatternUnit, Plan};

/// What a piece of evidence has to do with being a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It makes a passage a hit.
    Matches,
    /// It ranks hits only.
    Ranks,
}

/// One way in which a piece of a query can be found.
#[derive(Debug, Clone)]
struct Way {
    chain: Chain,
    pattern: Pattern,
    factor: f32,
    role: Role,
}

/// What makes a leaf match, so far.
#[derive(Default)]
pub(super) struct Leaf {
    queries: Vec<Box<dyn Query>>,
    patterns: Vec<usize>,
}

impl Leaf {
    pub(super) fn into_node(self, in_title: bool) -> Node {
        any_of(vec![Node {
            query: match self.queries.len() {
                0 => None,
                _ => Some(Box::new(tantivy::query::BooleanQuery::union(self.queries))),
            },
            plan: Plan::Leaf { in_title, patterns: self.patterns },
            is_blank: false,
        }])
    }
}

fn blank() -> Node {
    Node { query: None, plan: Plan::default(), is_blank: true }
}

impl Compiler<'_> {
    /// A word or run as typed, without quotation marks.
    pub(super) fn word(&mut self, text: &str) -> Result<Node> {
        let word = Segmented::new(text);
        if word.units().is_empty() {
            return Ok(blank());
        }
        if self.one_term_each {
            return self.word_as_term(&word);
        }
        if self.require_all {
            return self.required_word(&word);
        }
        let mut leaf = Leaf::default();
        for (reading, fields) in WORD_READINGS {
            for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                self.latin_word(word.form(unit), reading, fields, None, &mut leaf)?;
            }
        }
        for run in char_runs(&word) {
            self.char_run(&run, None, &mut leaf)?;
        }
        Ok(leaf.into_node(self.in_title))
    }

    /// A word of another script than CJK, in all fields of a reading. `role` as asked for, or as in a bag.
    fn latin_word(
        &mut self,
        form: &str,
        reading: Chain,
        fields: &[Chain],
        role: Option<Role>,
        leaf: &mut Leaf,
    ) -> Result<()> {
        let term = self.analyzer.term_of_word(reading, form);
        let is_stopword = self.config.is_stopword(reading, form) && !self.words.is_only_stopwords(reading);
        for &field in fields {
            let factor = match self.is_scored {
                true => self.words.factor(field, &term),
                // What is taken away is no part of the words that are ranked.
                false => is_known(self.index, field, &term).then_some(1.0),
            };
            let Some(factor) = factor else {
                continue;
            };
            let role = role.unwrap_or(if is_stopword { Role::Ranks } else { Role::Matches });
            if role == Role::Ranks && is_stopword && !(self.config.ranking.of(field).stopwords && field == reading) {
                continue;
            }
            let pattern = match field {
                Chain::Korean | Chain::Chinese => Pattern::Morpheme(term.clone()),
                _ => Pattern::Row(vec![PatternUnit::Word(term.clone())]),
            };
            self.look_up(leaf, &Way { chain: field, pattern, factor, role })?;
        }
        Ok(())
    }

    /// A run of CJK characters. It matches as a whole, and by each of the pieces that the chains cut it into. Words, and
    /// pairs of neighbours, rank. With a `role`, everything has that.
    fn char_run(&mut self, run: &Segmented, role: Option<Role>, leaf: &mut Leaf) -> Result<()> {
        let whole = self.whole_run(run);
        let pieces = self.pieces(run)?.into_iter().flat_map(|(_, pieces)| pieces).flatten();
        for way in std::iter::once(whole).chain(pieces).chain(self.pairs(run)) {
            let role = role.unwrap_or(way.role);
            self.look_up(leaf, &Way { role, ..way })?;
        }
        Ok(())
    }

    fn whole_run(&self, run: &Segmented) -> Way {
        let factor = self.config.ranking.chars.pieces;
        Way {
            chain: Chain::Characters,
            pattern: self.row(Chain::Characters, run, 0..run.units().len()),
            factor,
            role: Role::Matches,
        }
    }

    /// The pieces that each chain cuts a run into, each with the ways to find it. Pieces of one character that stand
    /// side by side count as one piece: 韩 and 美 by themselves would find everything.
    fn pieces(&self, run: &Segmented) -> Result<Vec<(Chain, Vec<Vec<Way>>)>> {
        let factor = self.config.ranking.chars.pieces;
        let characters = |units: Range<usize>| Way {
            chain: Chain::Characters,
            pattern: self.row(Chain::Characters, run, units),
            factor,
            role: Role::Matches,
        };
        let mut by_chain = Vec::new();
        for chain in [Chain::Korean, Chain::Chinese] {
            if !can_read(chain, run) || self.field_is_empty(chain) {
                continue;
            }
            let pieces = self.cut(chain, run)?;
            let lone = pieces.len() == 1;
            let mut found = Vec::new();
            for piece in &pieces {
                let is_match = lone || piece.units.len() > 1;
                // Chinese words are found by their characters; the morphemes of Korean see through inflection.
                let role = if is_match && chain == Chain::Korean { Role::Matches } else { Role::Ranks };
                let mut ways = vec![Way { chain, pattern: Pattern::Morpheme(piece.term.clone()), factor: 1.0, role }];
                // A syllable is a word only where the morphemes say so.
                if is_match && (piece.units.len() > 1 || chain == Chain::Chinese) {
                    ways.push(characters(piece.units.clone()));
                }
                found.push(ways);
            }
            found.extend(adjacent_single_units(&pieces).into_iter().map(|group| vec![characters(group)]));
            by_chain.push((chain, found));
        }
        Ok(by_chain)
    }

    /// What a chain cuts a run into, without stop words unless there is nothing else, each piece once.
    fn cut(&self, chain: Chain, run: &Segmented) -> Result<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        self.analyzer.each_token(chain, run, false, &mut |term, position, folded| {
            let end = run.units().partition_point(|unit| unit.folded.start < folded.end);
            let first = position as usize;
            let piece = Piece { term: term.to_owned(), units: first..end.max(first + 1) };
            if seen.insert(piece.clone()) {
                pieces.push(piece);
            }
        })?;
        if pieces.iter().any(|piece| !self.config.is_stopword(chain, &piece.term)) {
            pieces.retain(|piece| !self.config.is_stopword(chain, &piece.term));
        }
        Ok(pieces)
    }

    /// Every pair of neighbours, for the ranking.
    fn pairs(&self, run: &Segmented) -> Vec<Way> {
        let mut ways = Vec::new();
        for pair in run.units().windows(2) {
            let mut term = String::new();
            push_pair(run.form(&pair[0]), run.form(&pair[1]), &mut term);
            let is_han = pair.iter().all(|unit| unit.kind == UnitKind::Char(CharScript::Han));
            let factor = if is_han { 1.0 } else { self.config.ranking.chars.hangul };
            ways.push(Way { chain: Chain::Characters, pattern: Pattern::Morpheme(term), factor, role: Role::Ranks });
        }
        ways
    }

    /// A word or run that has to match as a whole: all its parts as typed. Of Korean the particles and endings may be
    /// others, as far as the rest stays together.
    fn word_as_term(&mut self, word: &Segmented) -> Result<Node> {
        let mut leaf = Leaf::default();
        let is_single = word.units().len() == 1 && !word.has_chars();
        let role = if is_single { Role::Matches } else { Role::Ranks };
        for (reading, fields) in WORD_READINGS {
            for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
                self.latin_word(word.form(unit), reading, fields, Some(role), &mut leaf)?;
            }
        }
        if !is_single {
            let factor = if word.has_chars() { self.config.ranking.chars.pieces } else { 1.0 };
            for chain in PLACED_CHAINS {
                if let Some(pattern) = self.term_pattern(word, chain)? {
                    self.look_up(&mut leaf, &Way { chain, pattern, factor, role: Role::Matches })?;
                }
            }
            for run in char_runs(word) {
                self.char_run(&run, Some(Role::Ranks), &mut leaf)?;
            }
        }
        if word.has_script(CharScript::Hangul)
            && !self.field_is_empty(Chain::Korean)
            && let [piece] = self.cut(Chain::Korean, word)?.as_slice()
        {
            let pattern = Pattern::Morpheme(piece.term.clone());
            self.look_up(&mut leaf, &Way { chain: Chain::Korean, pattern, factor: 1.0, role: Role::Matches })?;
        }
        Ok(leaf.into_node(self.in_title))
    }

    /// A word of a bag of which every word is required, by all that it is cut into; stop words only rank.
    fn required_word(&mut self, word: &Segmented) -> Result<Node> {
        let mut nodes = Vec::new();
        for unit in word.units().iter().filter(|unit| unit.kind == UnitKind::Word) {
            let mut leaf = Leaf::default();
            let form = word.form(unit);
            for (reading, fields) in WORD_READINGS {
                self.latin_word(form, reading, fields, None, &mut leaf)?;
            }
            let is_only_ranked = WORD_READINGS
                .into_iter()
                .any(|(reading, _)| self.config.is_stopword(reading, form) && !self.words.is_only_stopwords(reading));
            if !is_only_ranked {
                nodes.push(leaf.into_node(self.in_title));
            }
        }
        for run in char_runs(word) {
            let mut whole = Leaf::default();
            let way = self.whole_run(&run);
            self.look_up(&mut whole, &way)?;
            let mut ways = vec![whole.into_node(self.in_title)];
            for (_, pieces) in self.pieces(&run)? {
                let mut all = Vec::new();
                for piece in pieces {
                    let is_match = piece.iter().any(|way| way.role == Role::Matches);
                    let mut leaf = Leaf::default();
                    for way in &piece {
                        self.look_up(&mut leaf, way)?;
                    }
                    if is_match {
                        all.push(leaf.into_node(self.in_title));
                    }
                }
                if !all.is_empty() {
                    ways.push(clauses(all, Vec::new(), Vec::new()));
                }
            }
            let mut ranks = Leaf::default();
            for way in self.pairs(&run) {
                self.look_up(&mut ranks, &way)?;
            }
            nodes.push(any_of(ways));
        }
        if nodes.is_empty() {
            return Ok(blank());
        }
        Ok(clauses(nodes, Vec::new(), Vec::new()))
    }

    /// A leaf that stands at a place in the text: phrases, words by surface, anything near each other.
    pub(super) fn placed_leaf(&mut self, ast: &QueryAst) -> Result<Node> {
        let mut leaf = Leaf::default();
        let mut is_blank = true;
        for chain in PLACED_CHAINS {
            if let Some(pattern) = self.placed_pattern(ast, chain)? {
                is_blank = false;
                self.look_up(&mut leaf, &Way { chain, pattern, factor: 1.0, role: Role::Matches })?;
            }
        }
        if is_blank {
            return Ok(blank());
        }
        Ok(leaf.into_node(self.in_title))
    }

    /// Units of a text as a chain reads them, in a row.
    pub(super) fn row(&self, chain: Chain, text: &Segmented, units: Range<usize>) -> Pattern {
        let units = text.units()[units].iter().map(|unit| match unit.kind {
            UnitKind::Word => PatternUnit::Word(self.analyzer.term_of_word(chain, text.form(unit))),
            UnitKind::Char(_) => PatternUnit::Char(text.form(unit).to_owned()),
        });
        Pattern::Row(units.collect())
    }

    pub(super) fn field_is_empty(&self, chain: Chain) -> bool {
        self.index.statistics().text[chain as usize].passages == 0
    }

    /// The characters and words of a term between the first and the last morpheme that is kept, so without the particles
    /// and endings after it, if these are more than a syllable and less than all.
    pub(super) fn without_particles(&self, word: &Segmented) -> Result<Option<Range<usize>>> {
        if !word.has_script(CharScript::Hangul) || self.field_is_empty(Chain::Korean) {
            return Ok(None);
        }
        let pieces = self.cut(Chain::Korean, word)?;
        let start = pieces.iter().map(|piece| piece.units.start).min();
        let end = pieces.iter().map(|piece| piece.units.end).max();
        Ok(start.zip(end).map(|(start, end)| start..end).filter(|units| {
            let is_word = units.len() > 1 || word.units()[units.start].kind == UnitKind::Word;
            is_word && units.len() < word.units().len()
        }))
    }

    /// Where a chain cuts a text into pieces, as indices of units: each piece reaches to the next.
    pub(super) fn piece_starts(&self, text: &Segmented) -> Result<Vec<usize>> {
        let mut starts = vec![0];
        for chain in [Chain::Korean, Chain::Chinese] {
            if !can_read(chain, text) || (chain == Chain::Korean && self.field_is_empty(chain)) {
                continue;
            }
            let mut add = |position: u32| starts.push(position as usize);
            self.analyzer.each_token(chain, text, false, &mut |_, position, _| add(position))?;
        }
        starts.extend(
            (1..text.units().len())
                .filter(|&at| text.units()[at].kind == UnitKind::Word || text.units()[at - 1].kind == UnitKind::Word),
        );
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }

    /// Adds a way to find something: over title and text as a match if it is one, and over each as evidence with the
    /// field's weight. Each way counts once in a query.
    fn look_up(&mut self, leaf: &mut Leaf, way: &Way) -> Result<()> {
        let Way { chain, pattern, factor, role } = way;
        let (chain, factor) = (*chain, *factor);
        if self.field_is_empty(chain) || (*role == Role::Ranks && !self.is_scored) {
            return Ok(());
        }
        let searcher = self.index.searcher();
        let fields = self.index.fields();
        let statistics = self.index.statistics();
        let weights = self.config.ranking.of(chain);
        let is_new = self.seen.insert((chain, self.in_title, pattern.clone(), factor.to_bits()));
        if *role == Role::Ranks && !is_new {
            return Ok(());
        }
        if *role == Role::Ranks {
            self.evidence_adds_hits = true;
        }
        if self.in_title {
            let Some(of_title) = pattern_query(chain, pattern, true, fields, searcher)? else {
                return Ok(());
            };
            self.add_match(leaf, way, &*of_title);
            if is_new {
                // The title is all there is to it, so it has the weight of the text.
                self.add_evidence(
                    way,
                    true,
                    of_title,
                    statistics.title[chain as usize],
                    weights.text.max(weights.title) * factor,
                );
            }
            return Ok(());
        }
        let Some(of_text) = pattern_query(chain, pattern, false, fields, searcher)? else {
            return Ok(());
        };
        self.add_match(leaf, way, &*of_text);
        if !is_new {
            return Ok(());
        }
        if *role == Role::Matches {
            self.matches_are_scored &= weights.text * factor > 0.0;
        }
        self.add_evidence(way, false, of_text, statistics.text[chain as usize], weights.text * factor);
        // What stands in a title stands in the field with title and text too, so this adds no hits.
        if weights.title * factor > 0.0
            && self.is_scored
            && statistics.title[chain as usize].passages > 0
            && let Some(of_title) = pattern_query(chain, pattern, true, fields, searcher)?
        {
            self.add_evidence(way, true, of_title, statistics.title[chain as usize], weights.title * factor);
        }
        Ok(())
    }

    fn add_match(&mut self, leaf: &mut Leaf, way: &Way, query: &dyn Query) {
        if way.role == Role::Matches {
            leaf.queries.push(query.box_clone());
            leaf.patterns.push(self.plan.intern(way.chain, &way.pattern));
        }
    }

    fn add_evidence(
        &mut self,
        way: &Way,
        in_title: bool,
        query: Box<dyn Query>,
        statistics: crate::index::FieldStatistics,
        weight: f32,
    ) {
        if self.is_scored && weight > 0.0 {
            let query = WithStatistics::weighted(query, statistics, weight);
            self.evidence.push(Evidence { chain: way.chain, in_title, pattern: way.pattern.clone(), weight, query });
        }
    }
}

/// The chains whose positions are kept.
const PLACED_CHAINS: [Chain; 3] = [Chain::English, Chain::German, Chain::Characters];

/// A token that a chain cut from a run of characters.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Piece {
    term: String,
    /// The characters that it stands for, as indices into the run.
    units: Range<usize>,
}

/// The runs of CJK characters in a word, each by itself.
fn char_runs(word: &Segmented) -> Vec<Segmented> {
    let text = |run: Range<usize>| {
        let units = &word.units()[run];
        let (first, last) = (units.first()?, units.last()?);
        Some(Segmented::new(&word.text()[first.folded.start..last.folded.end]))
    };
    word.char_runs(|_| true).into_iter().filter_map(text).collect()
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
