//! Short names of countries, of a single character: side by side, or as hanja in Korean text.

use std::collections::BTreeSet;

use crate::text::analysis::{Chain, CharScript, UnitKind};
use crate::text::glossary::form::FormText;
use crate::text::glossary::reader::{CountryMention, MentionReader};

/// Prefixes before short names in hanja, folded: toward, staying in, being in, visiting, anti-, pro-, leaving.
const HANJA_PREFIXES: [&str; 7] = ["对", "驻", "在", "访", "反", "亲", "脱"];
/// Signs that may stand between short names.
const BETWEEN_SHORTS: [char; 9] = ['·', '・', 'ㆍ', '‧', '•', '、', '-', '–', '/'];

impl MentionReader<'_, '_> {
    /// The mention by short names: at least two of them side by side, or in Korean text a word of hanja.
    pub(super) fn shorts_at(&self, at: usize) -> Option<CountryMention> {
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
        let shorts = &self.names.shorts()[Chain::of_script(script)?];
        let mut found = BTreeSet::new();
        let mut end = at;
        while end < units.len() && units[end].kind == units[at].kind {
            let is_beside = end == at || self.gap(end - 1).chars().all(|between| BETWEEN_SHORTS.contains(&between));
            // 其中美国 mentions the United States alone: the longer name 美国 begins at the second short one.
            let Some(countries) =
                shorts.get(self.form(end)).filter(|_| is_beside && (end == at || !self.has_country_name_at(end)))
            else {
                break;
            };
            found.extend(countries);
            end += 1;
        }
        (end - at > 1).then_some(CountryMention { countries: found, units: end - at, is_institution: false })
    }

    /// True if a name that decides about countries begins at a unit behind another name.
    fn has_country_name_at(&self, at: usize) -> bool {
        let mut here = Vec::new();
        self.names_at(at, self.letters_of(at), self.letters_of(at + 1), &mut here);
        self.country_of(&here).is_some()
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
            let of_chain = |chain: Chain| self.names.shorts()[chain].get(form);
            found.extend(of_chain(self.chain).or_else(|| of_chain(Chain::of_script(CharScript::Han)?))?);
        }
        Some(CountryMention { countries: found, units: end - at, is_institution: false })
    }
}
