//! Runs of CJK characters: what the dictionaries cut them into, and the ways in which the pieces are found.

use std::collections::HashSet;
use std::ops::Range;

use anyhow::Result;

use crate::query::compile::compiler::Compiler;
use crate::query::compile::field_clause::{FieldClause, LeafBuilder, Role};
use crate::query::plan::pattern::Pattern;
use crate::text::analysis::{Chain, CharScript, Segmented, UnitKind, push_pair};
use crate::text::document::ByteRange;

impl Compiler<'_> {
    /// A run of CJK characters. It matches as a whole, and by each of the pieces that the chains cut it into. Words, and
    /// pairs of neighbours, rank. With a `role`, everything has that.
    pub(crate) fn char_run(&mut self, run: &Segmented, role: Option<Role>, leaf: &mut LeafBuilder) -> Result<()> {
        let cuts = self.cuts(run)?;
        self.look_up_as(role, self.whole_run(run, &cuts), leaf)?;
        for (chain, pieces) in cuts {
            let ways = self.ways_of_pieces(chain, &pieces, run).into_iter().flatten();
            let Some(in_sentence) = self.sentence.pieces(run).filter(|_| chain == Chain::Korean) else {
                for way in ways {
                    self.look_up_as(role, way, leaf)?;
                }
                for piece in &pieces {
                    self.refine_by_piece(chain, piece, run)?;
                }
                continue;
            };
            // Within its sentence the run may be cut into other pieces, which then rank it.
            let in_sentence = in_sentence.to_vec();
            let ranking: Vec<FieldClause> =
                self.ways_of_pieces(chain, &in_sentence, run).into_iter().flatten().collect();
            for way in ways {
                let factor = if ranking.contains(&way) { way.factor } else { 0.0 };
                self.look_up_as(role, FieldClause { factor, ..way }, leaf)?;
            }
            for way in ranking {
                self.look_up_as(Some(Role::ScoringOnly), way, leaf)?;
            }
            for piece in &in_sentence {
                self.refine_by_piece(chain, piece, run)?;
            }
        }
        for way in self.pairs(run) {
            self.look_up_as(role, way, leaf)?;
        }
        Ok(())
    }

    fn look_up_as(&mut self, role: Option<Role>, way: FieldClause, leaf: &mut LeafBuilder) -> Result<()> {
        let role = role.unwrap_or(way.role);
        self.look_up(leaf, &FieldClause { role, ..way })
    }

    /// A run as a whole. With particles and endings in it, it says little about what is asked for.
    pub(crate) fn whole_run(&self, run: &Segmented, cuts: &[(Chain, Vec<Piece>)]) -> FieldClause {
        let korean = cuts.iter().find(|(chain, _)| *chain == Chain::Korean).map(|(_, pieces)| pieces.as_slice());
        let korean = self.sentence.pieces(run).or(korean);
        let is_covered = korean.is_none_or(|pieces| covers(pieces, run.units().len()));
        let weights = self.ranking.chars;
        FieldClause {
            chain: Chain::Characters,
            pattern: self.row(Chain::Characters, run, 0..run.units().len()),
            factor: if is_covered { weights.pieces } else { weights.runs },
            role: Role::Required,
        }
    }

    /// The pieces that each chain which can read a run cuts it into.
    pub(crate) fn cuts(&self, run: &Segmented) -> Result<Vec<(Chain, Vec<Piece>)>> {
        let mut by_chain = Vec::new();
        for chain in [Chain::Korean, Chain::Chinese] {
            if can_read(chain, run) && !self.field_is_empty(chain) {
                by_chain.push((chain, self.cut(chain, run)?));
            }
        }
        Ok(by_chain)
    }

    /// The ways to find each of the pieces. Those of one character that stand side by side count as one piece: 韩 and 美
    /// by themselves would find everything.
    pub(crate) fn ways_of_pieces(&self, chain: Chain, pieces: &[Piece], run: &Segmented) -> Vec<Vec<FieldClause>> {
        let factor = self.ranking.chars.pieces;
        let characters = |units: Range<usize>| FieldClause {
            chain: Chain::Characters,
            pattern: self.row(Chain::Characters, run, units),
            factor,
            role: Role::Required,
        };
        let lone = pieces.len() == 1;
        let mut found = Vec::new();
        for piece in pieces {
            let is_match = lone || piece.units.len() > 1;
            // Chinese words are found by their characters; the morphemes of Korean see through inflection.
            let role = if is_match && chain == Chain::Korean { Role::Required } else { Role::ScoringOnly };
            let mut ways = vec![FieldClause { chain, pattern: Pattern::Term(piece.term.clone()), factor: 1.0, role }];
            // A syllable is a word only where the morphemes say so.
            if is_match && (piece.units.len() > 1 || chain == Chain::Chinese) {
                ways.push(characters(piece.units.clone()));
            }
            found.push(ways);
        }
        found.extend(adjacent_single_units(pieces).into_iter().map(|group| vec![characters(group)]));
        found
    }

    /// What a chain cuts a run into, without stop words unless there is nothing else, each piece once.
    pub(crate) fn cut(&self, chain: Chain, run: &Segmented) -> Result<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut seen = HashSet::new();
        self.analyzer.each_token(chain, run, false, &mut |term: &str, position, folded: ByteRange| {
            let end = run.units().partition_point(|unit| unit.folded.start < folded.end);
            let first = position as usize;
            let piece = Piece { term: term.to_owned(), units: first..end.max(first + 1) };
            if seen.insert(piece.clone()) {
                pieces.push(piece);
            }
        })?;
        self.without_stopwords(chain, &mut pieces);
        Ok(pieces)
    }

    /// Leaves stop words out, unless there is nothing else.
    pub(crate) fn without_stopwords(&self, chain: Chain, pieces: &mut Vec<Piece>) {
        if pieces.iter().any(|piece| !self.analyzer.options().is_stopword(chain, &piece.term)) {
            pieces.retain(|piece| !self.analyzer.options().is_stopword(chain, &piece.term));
        }
    }

    /// Every pair of neighbours, for the ranking.
    pub(crate) fn pairs(&self, run: &Segmented) -> Vec<FieldClause> {
        let mut ways = Vec::new();
        for pair in run.units().windows(2) {
            let mut term = String::new();
            push_pair(run.form(&pair[0]), run.form(&pair[1]), &mut term);
            let is_han = pair.iter().all(|unit| unit.kind == UnitKind::Char(CharScript::Han));
            let factor = if is_han { 1.0 } else { self.ranking.chars.hangul };
            ways.push(FieldClause {
                chain: Chain::Characters,
                pattern: Pattern::Term(term),
                factor,
                role: Role::ScoringOnly,
            });
        }
        ways
    }

    /// The characters and words of a term between the first and the last morpheme that is kept, so without the particles
    /// and endings after it, if these are more than a syllable and less than all.
    pub(crate) fn without_particles(&self, word: &Segmented) -> Result<Option<Range<usize>>> {
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
    pub(crate) fn piece_starts(&self, text: &Segmented) -> Result<Vec<usize>> {
        let mut starts = vec![0];
        for chain in [Chain::Korean, Chain::Chinese] {
            if !can_read(chain, text) || (chain == Chain::Korean && self.field_is_empty(chain)) {
                continue;
            }
            let mut add = |position: u32| starts.push(position as usize);
            self.analyzer.each_token(chain, text, false, &mut |_: &str, position, _| add(position))?;
        }
        starts.extend(
            (1..text.units().len())
                .filter(|&at| text.units()[at].kind == UnitKind::Word || text.units()[at - 1].kind == UnitKind::Word),
        );
        starts.sort_unstable();
        starts.dedup();
        Ok(starts)
    }
}

/// A token that a chain cut from a run of characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Piece {
    pub(crate) term: String,
    /// The characters that it stands for, as indices into the run.
    pub(crate) units: Range<usize>,
}

/// True if the pieces are all of a text of so many units; without the particles and endings that are not kept.
pub(crate) fn covers(pieces: &[Piece], units: usize) -> bool {
    (0..units).all(|unit| pieces.iter().any(|piece| piece.units.contains(&unit)))
}

/// The runs of CJK characters in a word, each by itself.
pub(crate) fn char_runs(word: &Segmented) -> Vec<Segmented> {
    char_run_ranges(word).iter().filter_map(|units| run_text(word, units)).collect()
}

/// The runs of CJK characters in a word, as indices of its units.
pub(crate) fn char_run_ranges(word: &Segmented) -> Vec<Range<usize>> {
    word.char_runs(|_| true)
}

/// Units of a word as a text of its own; `None` for no unit.
pub(crate) fn run_text(word: &Segmented, units: &Range<usize>) -> Option<Segmented> {
    let units = &word.units()[units.clone()];
    let (first, last) = (units.first()?, units.last()?);
    Some(Segmented::new(&word.text()[first.folded.start..last.folded.end]))
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
