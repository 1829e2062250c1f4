//! Mentions of countries: the name of a country that begins at a unit of a text.
//!
//! In: a segmented text and the index of a unit. Out: the longest name that begins there with its countries, or short names side
//! by side.

use std::collections::BTreeSet;

use crate::text::analysis::{Analyzer, Chain, CharScript, Segmented, Unit, UnitKind};
use crate::text::country::CountryCode;
use crate::text::glossary::concept::Column;
use crate::text::glossary::country_names::{CountryForm, CountryNames};
use crate::text::glossary::form::{Form, FormText};
use crate::text::glossary::name_table::first_two;
use crate::text::language::Language;

/// Prefixes before the name of a country within a Korean word: toward, staying in, being in, visiting, anti-, pro-, leaving.
const KOREAN_PREFIXES: [&str; 7] = ["대", "주", "재", "방", "반", "친", "탈"];
/// The prefixes of [`KOREAN_PREFIXES`] in hanja, folded.
const HANJA_PREFIXES: [&str; 7] = ["对", "驻", "在", "访", "反", "亲", "脱"];
/// Signs that may stand between short names.
const BETWEEN_SHORTS: [char; 9] = ['·', '・', 'ㆍ', '‧', '•', '、', '-', '–', '/'];

/// A mention of one or more countries in a text.
pub(crate) struct CountryMention {
    pub(crate) countries: BTreeSet<CountryCode>,
    pub(crate) units: usize,
    pub(crate) is_institution: bool,
}

/// A reader of the mentions of countries in one text.
pub(crate) struct MentionReader<'a> {
    pub(crate) names: &'a CountryNames,
    pub(crate) text: &'a Segmented,
    pub(crate) original: &'a str,
    /// The analysis chain of the text's language.
    pub(crate) chain: Chain,
    /// True for a headline in capitals alone, where US may be the pronoun: case-sensitive names do not match in it.
    pub(crate) is_in_capitals: bool,
    /// The analysis chain that makes terms of the text's words.
    pub(crate) words_chain: Chain,
    pub(crate) analyzer: &'a Analyzer,
}

impl<'a> MentionReader<'a> {
    /// A reader of a text in a language. `original` is the text before segmentation.
    pub(crate) fn new(
        names: &'a CountryNames,
        text: &'a Segmented,
        original: &'a str,
        lang: Language,
        analyzer: &'a Analyzer,
    ) -> MentionReader<'a> {
        let chain = Chain::of(lang);
        let words_chain = Column::words_chain_in(lang);
        let is_in_capitals = words_chain == chain && !original.chars().any(char::is_lowercase);
        MentionReader { names, text, original, chain, is_in_capitals, words_chain, analyzer }
    }
}

impl MentionReader<'_> {
    /// The mention by the longest name that begins at a unit. Of names equally long all count, unless one of them names no
    /// country ([`Kind::Not`](super::concept::Kind::Not)): then the mention has none. `after_name`: another name ends right
    /// before the unit.
    pub(crate) fn name_at(&self, at: usize, after_name: bool) -> Option<CountryMention> {
        let unit = &self.text.units()[at];
        let mut best: Option<CountryMention> = None;
        let mut is_none = false;
        let mut consider = |forms: &[CountryForm], stands: &dyn Fn(&Form) -> bool| {
            for CountryForm { form, countries, is_institution } in forms {
                let units = form.units.len();
                let is_shorter = best.as_ref().is_some_and(|best| units < best.units);
                if is_shorter || !stands(form) {
                    continue;
                }
                match &mut best {
                    Some(best) if units == best.units => {
                        best.countries.extend(countries);
                        best.is_institution &= is_institution;
                    }
                    _ => {
                        is_none = false;
                        let countries = countries.iter().copied().collect();
                        best = Some(CountryMention { countries, units, is_institution: *is_institution });
                    }
                }
                is_none |= countries.is_empty();
            }
        };
        match unit.kind {
            UnitKind::Word => {
                let word = self.text.form(unit);
                if !self.names.table.first_words.may_have(word) {
                    return None;
                }
                for term in self.analyzer.word(self.words_chain, word).terms() {
                    if let Some(forms) = self.names.table.words[self.words_chain].get(term) {
                        consider(forms, &|form| form.continues_at(self, at));
                    }
                }
            }
            UnitKind::Char(script) => {
                let forms = self.names.table.characters.get(&first_two(self.text, at))?;
                if script == CharScript::Hangul && !after_name && !self.may_begin_in_korean(at) {
                    return None;
                }
                consider(forms, &|form| form.stands_at(self, at));
            }
        }
        best.map(|best| if is_none { CountryMention { countries: BTreeSet::new(), ..best } } else { best })
    }

    /// True where the name of a country may begin in Korean: at the start of a word, or after a prefix that starts one.
    pub(crate) fn may_begin_in_korean(&self, at: usize) -> bool {
        let begins = |at: usize| at == 0 || !self.is_hangul(at - 1) || !self.touch(at - 1);
        begins(at) || (KOREAN_PREFIXES.contains(&self.form(at - 1)) && begins(at - 1))
    }

    /// The mention by short names: at least two of them side by side, or in Korean text a word of hanja.
    pub(crate) fn shorts_at(&self, at: usize) -> Option<CountryMention> {
        let units = self.text.units();
        let UnitKind::Char(script) = units[at].kind else {
            return None;
        };
        if script == CharScript::Han && self.chain.has_hanja_readings() {
            return self.hanja_at(at);
        }
        if script == CharScript::Hangul && at > 0 && self.is_hangul(at - 1) && self.touch(at - 1) {
            return None;
        }
        let shorts = &self.names.shorts[Chain::of_script(script)?];
        let mut found = BTreeSet::new();
        let mut end = at;
        while end < units.len() && units[end].kind == units[at].kind {
            let is_beside = end == at || self.gap(end - 1).chars().all(|between| BETWEEN_SHORTS.contains(&between));
            // 其中美国 mentions the United States alone: the longer name 美国 begins at the second short one.
            let Some(countries) =
                shorts.get(self.form(end)).filter(|_| is_beside && (end == at || self.name_at(end, true).is_none()))
            else {
                break;
            };
            found.extend(countries);
            end += 1;
        }
        (end - at > 1).then_some(CountryMention { countries: found, units: end - at, is_institution: false })
    }

    /// The mention by a run of hanja, as 美, 韓美 or, with a prefix, 對中; none within a longer word or behind a digit (3日 is a day).
    fn hanja_at(&self, at: usize) -> Option<CountryMention> {
        let units = self.text.units();
        let is_han = |at: usize| units[at].kind == UnitKind::Char(CharScript::Han);
        let follows = at > 0 && self.touch(at - 1);
        if follows && (is_han(at - 1) || self.form(at - 1).ends_with(char::is_numeric)) {
            return None;
        }
        let mut end = at + 1;
        while end < units.len() && is_han(end) && self.touch(end - 1) {
            end += 1;
        }
        let start = if end - at > 1 && HANJA_PREFIXES.contains(&self.form(at)) { at + 1 } else { at };
        let mut found = BTreeSet::new();
        for short in start..end {
            let form = self.form(short);
            let of_chain = |chain: Chain| self.names.shorts[chain].get(form);
            found.extend(of_chain(self.chain).or_else(|| of_chain(Chain::of_script(CharScript::Han)?))?);
        }
        Some(CountryMention { countries: found, units: end - at, is_institution: false })
    }

    fn unit(&self, at: usize) -> &Unit {
        &self.text.units()[at]
    }

    fn is_hangul(&self, at: usize) -> bool {
        self.unit(at).kind == UnitKind::Char(CharScript::Hangul)
    }

    /// The text between a unit and the next one: spaces, punctuation, or nothing.
    fn gap(&self, at: usize) -> &str {
        let (end, start) = (self.unit(at).folded.end, self.unit(at + 1).folded.start);
        self.text.text().get(end..start).unwrap_or_default()
    }

    fn touch(&self, at: usize) -> bool {
        self.gap(at).is_empty()
    }
}

impl FormText for MentionReader<'_> {
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
