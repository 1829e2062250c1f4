//! Reading the names of countries and concepts in one text.
//!
//! In: a segmented text. Out: at each of its units, the names of the glossary that stand there; of countries the longest one, or short names side
//! by side.

use std::collections::BTreeSet;

use crate::text::analysis::{Analyzer, Chain, CharScript, Segmented, Unit, UnitKind};
use crate::text::country::CountryCode;
use crate::text::glossary::concept::{Column, Name};
use crate::text::glossary::fold;
use crate::text::glossary::form::FormText;
use crate::text::glossary::glossary_names::GlossaryNames;
use crate::text::glossary::name_table::{CountryMeaning, GlossaryName, Slot, beginning_with, slot_with_next};
use crate::text::glossary::openings::{Letters, NONE, letters, other_letters};
use crate::text::language::Language;

/// Prefixes before the name of a country within a Korean word: toward, staying in, being in, visiting, anti-, pro-, leaving.
const KOREAN_PREFIXES: [&str; 7] = ["대", "주", "재", "방", "반", "친", "탈"];

/// A mention of one or more countries in a text.
pub(super) struct CountryMention {
    pub(super) countries: BTreeSet<CountryCode>,
    pub(super) units: usize,
    pub(super) is_institution: bool,
}

/// Characters of a concept's name in Hangul from which on it may begin within a word, as a part of a compound does.
const MIN_WITHIN_WORD: usize = 3;

/// A reader of the countries and concepts that one text names.
pub(crate) struct MentionReader<'a, 't> {
    pub(super) names: &'a GlossaryNames,
    pub(super) text: &'t Segmented,
    original: &'t str,
    /// The analysis chain of the text's language.
    pub(super) chain: Chain,
    /// True for a headline in capitals alone, where US may be the pronoun: case-sensitive names do not match in it.
    is_in_capitals: bool,
    /// The analysis chain that makes terms of the text's words.
    words_chain: Chain,
    analyzer: &'t Analyzer,
    /// True for the text of a name, to find out whether it has the name of a country in it.
    is_name: bool,
}

impl<'a, 't> MentionReader<'a, 't> {
    /// A reader of a text in a language. `original` is the text before segmentation.
    pub(crate) fn new(
        names: &'a GlossaryNames,
        text: &'t Segmented,
        original: &'t str,
        lang: Language,
        analyzer: &'t Analyzer,
    ) -> MentionReader<'a, 't> {
        let chain = Chain::of(lang);
        let words_chain = Column::words_chain_in(lang);
        let is_in_capitals = words_chain == chain && !original.chars().any(char::is_lowercase);
        MentionReader { names, text, original, chain, is_in_capitals, words_chain, analyzer, is_name: false }
    }

    /// The countries that the text mentions; the ids of the concepts that it names are added to `concepts`.
    pub(crate) fn mentions(&self, concepts: &mut BTreeSet<&'a str>) -> BTreeSet<CountryCode> {
        let mut found = BTreeSet::new();
        let mut here = Vec::new();
        // The first unit behind the last name of a country.
        let mut next = 0;
        let mut after_country = None;
        let mut after_name = 0;
        let mut letters = self.letters_of(0);
        for at in 0..self.text.units().len() {
            let after = self.letters_of(at + 1);
            self.names_at(at, letters, after, &mut here);
            letters = after;
            let may_begin = here.is_empty() || self.may_begin(at);
            for &name in &here {
                if name.is_concept && (may_begin || name.form.units.len() >= MIN_WITHIN_WORD) {
                    concepts.insert(self.names.table.id(name));
                }
            }
            if at < next {
                continue;
            }
            next = at + 1;
            let named = if may_begin || after_name == at { self.country_of(&here) } else { None };
            let Some(mention) = named.or_else(|| self.shorts_at(at)) else {
                continue;
            };
            let is_of_another = mention.is_institution && after_country == Some(at);
            next = at + mention.units;
            after_name = next;
            if !mention.countries.is_empty() && !is_of_another {
                after_country = Some(next);
                found.extend(mention.countries);
            }
        }
        found
    }

    /// The letters of a unit; none behind the last unit.
    pub(super) fn letters_of(&self, at: usize) -> Option<Letters> {
        let unit = self.text.units().get(at)?;
        let form = self.text.form(unit);
        let mut characters = form.chars();
        match (unit.kind, characters.next(), characters.next()) {
            // Folding has made it simplified.
            (UnitKind::Char(_), Some(first), None) => Some([first, NONE, NONE]),
            _ => letters(form, &fold),
        }
    }

    /// The names that stand at a unit, given the letters of the unit and of the next one.
    pub(super) fn names_at(
        &self,
        at: usize,
        own: Option<Letters>,
        next: Option<Letters>,
        found: &mut Vec<&'a GlossaryName>,
    ) {
        found.clear();
        let Some(own) = own else { return };
        let next = next.map_or(NONE, |[next, _, _]| next);
        if self.is_char(at) {
            // No name is a single character, but for short ones.
            let (slots, _) = self.names.table.with_letters(Chain::Characters, own);
            if let Some(slot) = slot_with_next(slots, next) {
                let third = (at + 2 < self.len()).then(|| self.form(at + 2).chars().next()).flatten();
                let names = self.names.table.names_in(slot, self.analyzer).iter();
                found.extend(names.filter(|name| name.may_have_third(third) && name.form.stands_at(self, at)));
            }
            return;
        }
        self.names_with_letters(own, at, next, found);
        // `l'acier` is also `acier`.
        let word = self.form(at);
        if word.contains('\'')
            && let Some(bare) = self.words_chain.bare(word).and_then(|bare| letters(bare, &fold))
        {
            self.names_with_letters(bare, at, next, found);
        }
    }

    /// Adds the names that stand at a unit, given the letters of its word or of a part of it.
    fn names_with_letters(&self, own: Letters, at: usize, next: char, found: &mut Vec<&'a GlossaryName>) {
        let (table, chain, analyzer) = (&self.names.table, self.words_chain, self.analyzer);
        let mut analysed = None;
        let mut add = |slots: &'a [Slot], of_term: Option<&str>| {
            for slot in [NONE, next].into_iter().filter_map(|next| slot_with_next(slots, next)) {
                let names = table.names_in(slot, analyzer);
                let analysed = analysed.get_or_insert_with(|| analyzer.word(chain, self.form(at)));
                for term in analysed.terms().iter().filter(|term| of_term.is_none_or(|only| only == *term)) {
                    let names = beginning_with(names, term).iter();
                    found.extend(names.filter(|name| name.form.continues_at(self, at)));
                }
                if next == NONE {
                    break;
                }
            }
        };
        let (slots, is_irregular) = table.with_letters(chain, own);
        add(slots, None);
        if let Some(other) = other_letters(own) {
            add(table.with_letters(chain, other).0, None);
        }
        if is_irregular {
            for term in analyzer.word(chain, self.form(at)).terms() {
                for &other in table.irregular_letters(chain, term, analyzer).iter().filter(|&&other| other != own) {
                    add(table.with_letters(chain, other).0, Some(term));
                }
            }
        }
    }

    /// The mention by the longest of some names. Of names equally long all count, unless one of them names no country
    /// ([`Kind::Not`](super::concept::Kind::Not)): then the mention has none.
    pub(super) fn country_of(&self, names: &[&GlossaryName]) -> Option<CountryMention> {
        let mut best: Option<CountryMention> = None;
        let mut is_none = false;
        for name in names {
            let units = name.form.units.len();
            let is_shorter = best.as_ref().is_some_and(|best| units < best.units);
            if is_shorter || !self.counts_for_countries(name) {
                continue;
            }
            match &mut best {
                Some(best) if units == best.units => {
                    best.countries.extend(&name.countries);
                    best.is_institution &= name.is_institution;
                }
                _ => {
                    is_none = false;
                    let countries = name.countries.iter().copied().collect();
                    best = Some(CountryMention { countries, units, is_institution: name.is_institution });
                }
            }
            is_none |= name.countries.is_empty();
        }
        best.map(|best| if is_none { CountryMention { countries: BTreeSet::new(), ..best } } else { best })
    }

    fn counts_for_countries(&self, name: &GlossaryName) -> bool {
        match &name.meaning {
            CountryMeaning::Countries => true,
            CountryMeaning::Nothing => false,
            CountryMeaning::NoCountryInIt(known) => {
                !self.is_name && *known.get_or_init(|| self.has_country_in_it(name).unwrap_or(false))
            }
        }
    }

    /// True for a name with the name of a country in it.
    fn has_country_in_it(&self, name: &GlossaryName) -> Option<bool> {
        let Name { column, text, .. } = self.names.table.written(name)?;
        let segmented = Segmented::new(&text);
        let reader = MentionReader::new(self.names, &segmented, &text, column.language(), self.analyzer);
        let reader = MentionReader { is_name: true, ..reader };
        Some(!reader.mentions(&mut BTreeSet::new()).is_empty())
    }

    /// True where a name may begin; in Korean only where a word does.
    fn may_begin(&self, at: usize) -> bool {
        !self.is_hangul(at) || self.may_begin_in_korean(at)
    }

    /// True where the name of a country may begin in Korean: at the start of a word, or after a prefix that starts one.
    fn may_begin_in_korean(&self, at: usize) -> bool {
        let begins = |at: usize| at == 0 || !self.is_hangul(at - 1) || !self.touch(at - 1);
        begins(at) || (KOREAN_PREFIXES.contains(&self.form(at - 1)) && begins(at - 1))
    }

    fn unit(&self, at: usize) -> &Unit {
        &self.text.units()[at]
    }

    pub(super) fn is_hangul(&self, at: usize) -> bool {
        self.unit(at).kind == UnitKind::Char(CharScript::Hangul)
    }

    /// The text between a unit and the next one: spaces, punctuation, or nothing.
    pub(super) fn gap(&self, at: usize) -> &str {
        let (end, start) = (self.unit(at).folded.end, self.unit(at + 1).folded.start);
        self.text.text().get(end..start).unwrap_or_default()
    }

    pub(super) fn touch(&self, at: usize) -> bool {
        self.gap(at).is_empty()
    }
}

impl FormText for MentionReader<'_, '_> {
    fn len(&self) -> usize {
        self.text.units().len()
    }

    fn form(&self, at: usize) -> &str {
        self.text.form(self.unit(at))
    }

    fn is_char(&self, at: usize) -> bool {
        self.unit(at).kind != UnitKind::Word
    }

    fn analyzer(&self) -> &Analyzer {
        self.analyzer
    }

    /// Names do not cross from one item of a list into the next: 미국 인도 is no 미국인. White space is ignored in Chinese, and
    /// white space and hyphens are alike between words; a Korean name with spaces matches without them too, not the reverse.
    fn may_join(&self, at: usize, gap: &str) -> bool {
        let own = self.gap(at - 1);
        match self.unit(at).kind {
            _ if own.is_empty() || own == gap => true,
            UnitKind::Char(CharScript::Hangul) => !gap.is_empty() && own.chars().all(char::is_whitespace),
            UnitKind::Char(_) => own.chars().all(char::is_whitespace),
            UnitKind::Word => own.chars().all(|between| between.is_whitespace() || is_hyphen(between)),
        }
    }

    fn original(&self, at: usize, units: usize) -> String {
        if self.is_in_capitals {
            return String::new();
        }
        let folded = (self.unit(at).folded.start..self.unit(at + units - 1).folded.end).into();
        self.text.original_range(folded).slice(self.original).to_owned()
    }
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '–')
}
