//! Which name of a country stands at a place of a text.
//!
//! In: a segmented text and a place in it. Out: the longest name there with its countries, or short names side by side.

use std::collections::BTreeSet;

use crate::text::analysis::{Analyzer, Chain, CharScript, Segmented, Unit, UnitKind};
use crate::text::country::CountryCode;
use crate::text::glossary::country_names::{CountryForm, CountryNames, first_two};
use crate::text::glossary::form::{Form, FormText};

/// Before the name of a country within a Korean word: toward, staying in, visiting, anti-, pro-, leaving.
const KOREAN_PREFIXES: [&str; 7] = ["대", "주", "재", "방", "반", "친", "탈"];
/// The same in hanja, folded.
const HANJA_PREFIXES: [&str; 7] = ["对", "驻", "在", "访", "反", "亲", "脱"];
/// What may stand between short names.
const BETWEEN_SHORTS: [char; 9] = ['·', '・', 'ㆍ', '‧', '•', '、', '-', '–', '/'];

/// A name that stands in a text.
pub(crate) struct Standing {
    pub(crate) countries: BTreeSet<CountryCode>,
    pub(crate) units: usize,
    pub(crate) is_institution: bool,
}

/// One text.
pub(crate) struct Reader<'a> {
    pub(crate) names: &'a CountryNames,
    pub(crate) text: &'a Segmented,
    pub(crate) original: &'a str,
    /// The chain of its language.
    pub(crate) chain: Chain,
    /// In a headline of capitals alone, US may be the pronoun.
    pub(crate) is_in_capitals: bool,
    /// The chain that makes terms of its words.
    pub(crate) words_chain: Chain,
    pub(crate) analyzer: &'a Analyzer,
}

impl Reader<'_> {
    /// The countries of the longest name at a unit, and its length. Of names equally long all count, unless one is to be
    /// passed over. `after_name`: another ends here.
    pub(crate) fn name_at(&self, at: usize, after_name: bool) -> Option<Standing> {
        let unit = &self.text.units()[at];
        let mut best: Option<Standing> = None;
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
                        best = Some(Standing { countries, units, is_institution: *is_institution });
                    }
                }
                is_none |= countries.is_empty();
            }
        };
        match unit.kind {
            UnitKind::Word => {
                let word = self.text.form(unit);
                if !self.names.beginnings.may_have(word) {
                    return None;
                }
                for term in self.analyzer.word(self.words_chain, word).terms() {
                    if let Some(forms) = self.names.words[self.words_chain].get(term) {
                        consider(forms, &|form| form.continues_at(self, at));
                    }
                }
            }
            UnitKind::Char(script) => {
                let forms = self.names.characters.get(&first_two(self.text, at))?;
                if script == CharScript::Hangul && !after_name && !self.may_begin_in_korean(at) {
                    return None;
                }
                consider(forms, &|form| form.stands_at(self, at));
            }
        }
        best.map(|best| if is_none { Standing { countries: BTreeSet::new(), ..best } } else { best })
    }

    /// A Korean name begins a word, or follows a prefix that does.
    fn may_begin_in_korean(&self, at: usize) -> bool {
        let begins = |at: usize| at == 0 || !self.is_hangul(at - 1) || !self.touch(at - 1);
        begins(at) || (KOREAN_PREFIXES.contains(&self.form(at - 1)) && begins(at - 1))
    }

    /// Short names side by side, at least two; or in Korean text a word of hanja that has nothing else.
    pub(crate) fn shorts_at(&self, at: usize) -> Option<Standing> {
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
            // 其中美国 is China's no more than 美国 is: a name begins there.
            let Some(countries) =
                shorts.get(self.form(end)).filter(|_| is_beside && (end == at || self.name_at(end, true).is_none()))
            else {
                break;
            };
            found.extend(countries);
            end += 1;
        }
        (end - at > 1).then_some(Standing { countries: found, units: end - at, is_institution: false })
    }

    /// 美, 韓美, 對中: a run of hanja of short names, but for a prefix. 3日 is a day.
    fn hanja_at(&self, at: usize) -> Option<Standing> {
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
        Some(Standing { countries: found, units: end - at, is_institution: false })
    }

    fn unit(&self, at: usize) -> &Unit {
        &self.text.units()[at]
    }

    fn is_hangul(&self, at: usize) -> bool {
        self.unit(at).kind == UnitKind::Char(CharScript::Hangul)
    }

    /// What stands between a unit and the next.
    fn gap(&self, at: usize) -> &str {
        let (end, start) = (self.unit(at).folded.end, self.unit(at + 1).folded.start);
        self.text.text().get(end..start).unwrap_or_default()
    }

    fn touch(&self, at: usize) -> bool {
        self.gap(at).is_empty()
    }
}

impl FormText for Reader<'_> {
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

    /// In a list a name does not go on in the next word: 미국 인도 is no 미국인. White space is none in Chinese, and a hyphen none
    /// between words; a Korean name has its spaces or lacks them.
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
