//! Leaves of queries, as each chain reads them.

use std::collections::HashMap;

use tradewire::internals::analysis::{Chain, CharScript, Segmented, Token, Unit, UnitKind};
use tradewire::internals::language::Language;
use tradewire::internals::query::{Nearness, QueryAst};

use super::spelling::{capitals, edit_distance, surfaces};
use super::text::Alike;
use super::wanted::{Want, Wanted};
use super::{Oracle, wildcards};
use crate::laws::queries::is_blank;

impl Oracle<'_> {
    /// A leaf as a chain reads it.
    pub(super) fn wanted(&self, ast: &QueryAst, chain: Chain) -> Wanted<'_> {
        // Of a query with CJK characters, words alone are no reading.
        let has_chars = |text: &str| Segmented::new(text).has_chars();
        if chain != Chain::Characters && texts_of(ast).into_iter().any(has_chars) && !has_or(ast) {
            return Wanted::Any(Vec::new());
        }
        let all = |items: &[QueryAst]| items.iter().map(|item| self.wanted(item, chain)).collect::<Vec<_>>();
        match ast {
            QueryAst::Word(text) => self.word(text, chain),
            QueryAst::Phrase(text) => Wanted::Row(self.row(chain, &Segmented::new(text))),
            QueryAst::Proximity { text, distance } => {
                let mut any = vec![Wanted::Row(self.row(chain, &Segmented::new(text)))];
                let words = text.split_whitespace().filter(|word| !is_blank(word));
                let parts: Vec<Wanted<'_>> = words.map(|word| self.term(word, chain)).collect();
                if parts.len() > 1 {
                    any.push(Wanted::Near(parts, Nearness::any_order(*distance)));
                }
                Wanted::Any(any)
            }
            QueryAst::Near { operands, nearness } if nearness.negated => {
                let others = |chain: &Chain| {
                    operands[1..].iter().map(|other| (*chain, self.wanted(other, *chain))).collect::<Vec<_>>()
                };
                let one = Box::new(self.wanted(&operands[0], chain));
                Wanted::Apart(one, self.chains.iter().flat_map(others).collect(), *nearness)
            }
            QueryAst::Near { operands, nearness } => Wanted::Near(all(operands), *nearness),
            QueryAst::Or(items) => Wanted::Any(all(items)),
            QueryAst::Prefix(text) => {
                self.by_last(text, chain, |typed| Box::new(move |surface| surface.starts_with(&typed)))
            }
            QueryAst::Wildcard(text) => wildcards::read(self, text, chain),
            QueryAst::Fuzzy { word, edits } => self.by_last(word, chain, |typed| {
                let typed: Vec<char> = typed.chars().collect();
                let edits = edits.map_or(if typed.len() <= 5 { 1 } else { 2 }, usize::from);
                Box::new(move |surface| {
                    let surface: Vec<char> = surface.chars().collect();
                    surface.len().abs_diff(typed.len()) <= edits && edit_distance(&surface, &typed) <= edits
                })
            }),
            QueryAst::Caps(typed) => {
                let text = Segmented::new(typed);
                let written =
                    |unit: &Unit| self.reader.written.known(&capitals(text.original_range(unit.folded).slice(typed)));
                Wanted::Row(self.forms(&text, |unit, forms| Want::Written(forms, written(unit))))
            }
            QueryAst::Exact(text) => Wanted::Row(self.forms(&Segmented::new(text), |_, forms| Want::Form(forms))),
            QueryAst::Quantity(wanted) => Wanted::Quantity(*wanted),
            other => panic!("no leaf: {other:?}"),
        }
    }

    /// What a typed text wants, each unit by its stem.
    pub(super) fn row(&self, chain: Chain, text: &Segmented) -> Vec<Want<'_>> {
        let mut terms: HashMap<u32, String> = HashMap::new();
        for token in self.corpus.analyzer.tokens_of(chain, text, false).unwrap() {
            terms.entry(token.position).or_insert(token.term);
        }
        let known = |term: &str| self.reader.terms.known(term);
        let units = text.units().iter().enumerate();
        let want = |(at, unit): (usize, &Unit)| match unit.kind {
            UnitKind::Word => Want::Term(known(&terms[&u32::try_from(at).unwrap()])),
            UnitKind::Char(_) => Want::Char(known(text.form(unit))),
        };
        units.map(want).collect()
    }

    /// What a typed text wants, each word by its form.
    fn forms<'a>(&'a self, text: &Segmented, word: impl Fn(&Unit, Alike<'a>) -> Want<'a>) -> Vec<Want<'a>> {
        let want = |unit: &Unit| match unit.kind {
            UnitKind::Word => {
                let typed = surfaces(text.form(unit)).swap_remove(0);
                word(unit, self.like(Box::new(move |surface| surface == typed)))
            }
            UnitKind::Char(_) => Want::Char(self.reader.terms.known(text.form(unit))),
        };
        text.units().iter().map(want).collect()
    }

    /// The forms of all texts that are like a wanted one.
    pub(super) fn like(&self, is_like: Box<dyn Fn(&str) -> bool>) -> Alike<'_> {
        Alike::new(&self.reader.forms, is_like)
    }

    /// Units that follow each other, the last word of which is like a wanted form.
    fn by_last(
        &self,
        text: &str,
        chain: Chain,
        is_like: impl FnOnce(String) -> Box<dyn Fn(&str) -> bool>,
    ) -> Wanted<'_> {
        let text = Segmented::new(text);
        let mut row = self.row(chain, &text);
        let last = text.units().last().unwrap();
        if last.kind == UnitKind::Word {
            let typed = surfaces(text.form(last)).swap_remove(0);
            *row.last_mut().unwrap() = Want::Form(self.like(is_like(typed)));
        }
        Wanted::Row(row)
    }

    /// A word or run as one term; a German word also where it is a part of another.
    fn word(&self, text: &str, chain: Chain) -> Wanted<'_> {
        let word = Segmented::new(text);
        // A stop word is no part of another word: Gegenzug is not about gegen.
        let is_listed = |form: &str| self.corpus.config.analysis.is_stopword(chain, form);
        let is_stopword = || surfaces(word.form(&word.units()[0])).iter().any(|form| is_listed(form));
        match (&self.row(chain, &word)[..], chain) {
            ([Want::Term(stem)], Chain::German) if !is_stopword() => {
                Wanted::Any(vec![self.term(text, chain), Wanted::Part(*stem)])
            }
            _ => self.term(text, chain),
        }
    }

    /// A word or run: as it is, or without the Korean particles around what the morphemes keep.
    fn term(&self, text: &str, chain: Chain) -> Wanted<'_> {
        let word = Segmented::new(text);
        let mut any = vec![Wanted::Row(self.row(chain, &word))];
        // An index without Korean passages is not asked by morphemes, for which the dictionary would have to be loaded.
        let has_korean = self.corpus.passages.iter().any(|stored| stored.passage.lang == Language::Korean);
        if has_korean && word.has_script(CharScript::Hangul) {
            let folded = Segmented::new(word.text());
            let mut kept = self.corpus.analyzer.tokens_of(Chain::Korean, &folded, false).unwrap();
            let is_stopword = |token: &Token| self.corpus.config.analysis.is_stopword(Chain::Korean, &token.term);
            if !kept.iter().all(is_stopword) {
                kept.retain(|token| !is_stopword(token));
            }
            // The stretch from the front to the last of what is kept, if that begins in front.
            let is_front_kept = kept.iter().any(|token| token.position == 0);
            let end = kept.iter().map(|token| {
                let end = folded.units().iter().filter(|unit| unit.folded.start < token.range.end).count();
                end.max(token.position as usize + 1)
            });
            if let (true, Some(end)) = (is_front_kept, end.max())
                && (end > 1 || folded.units()[0].kind == UnitKind::Word)
            {
                let mut row = self.row(chain, &word);
                row.truncate(end);
                any.push(Wanted::Row(row));
            }
        }
        Wanted::Any(any)
    }
}

fn has_or(ast: &QueryAst) -> bool {
    match ast {
        QueryAst::Or(_) => true,
        QueryAst::Near { operands, .. } => operands.iter().any(has_or),
        _ => false,
    }
}

/// The texts of a leaf that have to stand in a passage.
fn texts_of(ast: &QueryAst) -> Vec<&str> {
    match ast {
        QueryAst::Word(text) | QueryAst::Phrase(text) | QueryAst::Prefix(text) | QueryAst::Exact(text) => vec![text],
        QueryAst::Wildcard(text) | QueryAst::Caps(text) => vec![text],
        QueryAst::Proximity { text, .. } | QueryAst::Fuzzy { word: text, .. } => vec![text],
        QueryAst::Near { operands, nearness } if nearness.negated => texts_of(&operands[0]),
        QueryAst::Near { operands: items, .. } | QueryAst::Or(items) => items.iter().flat_map(texts_of).collect(),
        _ => Vec::new(),
    }
}
