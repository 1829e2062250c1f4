//! The countries that a text names: by their names, capitals and people, as the glossary and CLDR have them.
//!
//! In: a segmented text. Out: codes. The text is read from left to right, and the longest name that stands at a place counts,
//! so that 中美洲 names neither China nor America. A ministry or a law after the name of a country is that country's (Vietnams
//! Handelsministerium, 越南商务部), whoever has one by that name alone. Short names count side by side (中美, 한·미·일), and in
//! Korean text hanja by themselves, as headlines have them (美 관세).

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Result;
use foldhash::fast::RandomState;

use crate::analysis::{Analyzer, Chain, CharScript, Segmented, Unit, UnitKind, umlauts_spelled_out};
use crate::country::CountryCode;
use crate::glossary::Glossary;
use crate::glossary::concept::{Column, Concept, Kind, Name};
use crate::glossary::form::{Form, FormText, FormUnit};
use crate::language::Language;

/// Before the name of a country within a Korean word: toward, staying in, visiting, anti-, pro-, leaving.
const KOREAN_PREFIXES: [&str; 7] = ["대", "주", "재", "방", "반", "친", "탈"];
/// The same in hanja, folded.
const HANJA_PREFIXES: [&str; 7] = ["对", "驻", "在", "访", "反", "亲", "脱"];
/// What may stand between short names.
const BETWEEN_SHORTS: [char; 9] = ['·', '・', 'ㆍ', '‧', '•', '、', '-', '–', '/'];

type ByFirst = HashMap<String, Vec<CountryForm>, RandomState>;

/// Names of countries, ready to be found in many texts.
pub(crate) struct CountryNames {
    /// By the first word.
    english: ByFirst,
    german: ByFirst,
    /// By the first two units.
    characters: HashMap<(char, char), Vec<CountryForm>, RandomState>,
    /// How the first words of names begin, so that few others are stemmed.
    beginnings: Beginnings,
    korean_shorts: HashMap<String, Vec<CountryCode>, RandomState>,
    chinese_shorts: HashMap<String, Vec<CountryCode>, RandomState>,
}

struct CountryForm {
    form: Form,
    /// None of what is passed over.
    countries: Vec<CountryCode>,
    /// Of what a country has one of, and names by itself only the country that is meant most.
    is_institution: bool,
}

/// A name that stands in a text.
struct Standing {
    countries: BTreeSet<CountryCode>,
    units: usize,
    is_institution: bool,
}

impl CountryNames {
    /// The names of a glossary.
    ///
    /// # Errors
    ///
    /// Never for a glossary that was checked.
    pub(crate) fn new(glossary: &Glossary, analyzer: &Analyzer) -> Result<CountryNames> {
        let mut names = CountryNames {
            english: ByFirst::default(),
            german: ByFirst::default(),
            characters: HashMap::default(),
            beginnings: Beginnings::default(),
            korean_shorts: HashMap::default(),
            chinese_shorts: HashMap::default(),
        };
        let (naming, others): (Vec<Concept>, Vec<Concept>) = glossary
            .concepts()?
            .into_iter()
            .partition(|concept| !concept.countries.is_empty() || concept.kind == Kind::Not);
        for concept in &naming {
            names.add(concept, |_| true, analyzer);
        }
        // 意法半导体 is neither Italy's nor France's: of what names no country, the names that seem to.
        for concept in &others {
            let mut seeming = Vec::new();
            for Name { column, text, .. } in &concept.names {
                let lang = if *column == Column::German { Language::German } else { Language::Undetermined };
                if !names.named_in(&Segmented::new(text), text, lang, analyzer).is_empty() {
                    seeming.push(text);
                }
            }
            names.add(concept, |name| seeming.contains(&&name.text), analyzer);
        }
        Ok(names)
    }

    fn add(&mut self, concept: &Concept, is_meant: impl Fn(&Name) -> bool, analyzer: &Analyzer) {
        let countries = &concept.countries;
        let is_institution =
            matches!(concept.kind, Kind::Ministry | Kind::Agency | Kind::Government | Kind::Body | Kind::Law);
        for name in concept.names.iter().filter(|name| is_meant(name)) {
            let text = Segmented::new(&name.text);
            if concept.kind == Kind::Short {
                let shorts =
                    if name.column == Column::Korean { &mut self.korean_shorts } else { &mut self.chinese_shorts };
                for unit in text.units() {
                    shorts.entry(text.form(unit).to_owned()).or_insert_with(|| countries.clone());
                }
                continue;
            }
            let form = Form::read(name, analyzer);
            let forms = match form.units.first() {
                Some(FormUnit::Char(_)) => self.characters.entry(first_two(&text, 0)).or_default(),
                Some(FormUnit::Word(first)) => {
                    let written = text.form(&text.units()[0]);
                    for word in [written, &umlauts_spelled_out(written), first] {
                        self.beginnings.add(word);
                    }
                    let by_first = if form.chain == Chain::German { &mut self.german } else { &mut self.english };
                    by_first.entry(first.clone()).or_default()
                }
                None => continue,
            };
            forms.push(CountryForm { form, countries: countries.clone(), is_institution });
        }
    }

    /// The countries that a text names. `original` is what was segmented; `lang` says whose words it has.
    pub(crate) fn named_in(
        &self,
        text: &Segmented,
        original: &str,
        lang: Language,
        analyzer: &Analyzer,
    ) -> BTreeSet<CountryCode> {
        let chain = if lang == Language::German { Chain::German } else { Chain::English };
        let reader = Reader { names: self, text, original, lang, chain, analyzer };
        let mut found = BTreeSet::new();
        let mut at = 0;
        let mut after_country = None;
        let mut after_name = 0;
        while at < text.units().len() {
            let Some(name) = reader.name_at(at, after_name == at).or_else(|| reader.shorts_at(at)) else {
                at += 1;
                continue;
            };
            let is_of_another = name.is_institution && after_country == Some(at);
            at += name.units;
            after_name = at;
            if !name.countries.is_empty() && !is_of_another {
                after_country = Some(at);
                found.extend(name.countries);
            }
        }
        found
    }
}

/// A unit and the next, by their first characters; 0 for a word, and where there is none.
fn first_two(text: &Segmented, at: usize) -> (char, char) {
    let first = |at: usize| {
        let unit = text.units().get(at).filter(|unit| unit.kind != UnitKind::Word);
        unit.and_then(|unit| text.form(unit).chars().next()).unwrap_or_default()
    };
    (first(at), first(at + 1))
}

/// How words begin that may be names. Of words that are none most are known at once, of those that are all.
#[derive(Default)]
struct Beginnings {
    /// First three letters, packed; a stemmer leaves these alone. Shorter words as a whole.
    known: HashSet<u32, RandomState>,
}

impl Beginnings {
    fn add(&mut self, word: &str) {
        self.known.insert(Beginnings::of(word));
    }

    fn may_have(&self, word: &str) -> bool {
        self.known.contains(&Beginnings::of(word))
    }

    /// Without the dots of acronyms, and what follows an apostrophe.
    fn of(word: &str) -> u32 {
        let bytes = word.bytes().take_while(|&byte| byte != b'\'').filter(|&byte| byte != b'.');
        bytes.take(3).fold(0, |packed, byte| packed << 8 | u32::from(byte))
    }
}

/// One text.
struct Reader<'a> {
    names: &'a CountryNames,
    text: &'a Segmented,
    original: &'a str,
    lang: Language,
    chain: Chain,
    analyzer: &'a Analyzer,
}

impl Reader<'_> {
    /// The countries of the longest name at a unit, and its length. Of names equally long all count, unless one is to be
    /// passed over. `after_name`: another ends here.
    fn name_at(&self, at: usize, after_name: bool) -> Option<Standing> {
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
                let by_first = if self.chain == Chain::German { &self.names.german } else { &self.names.english };
                for term in self.analyzer.word(self.chain, word).terms() {
                    if let Some(forms) = by_first.get(term) {
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
    fn shorts_at(&self, at: usize) -> Option<Standing> {
        let units = self.text.units();
        let UnitKind::Char(script) = units[at].kind else {
            return None;
        };
        if script == CharScript::Han && self.lang == Language::Korean {
            return self.hanja_at(at);
        }
        let shorts = match script {
            CharScript::Hangul if at == 0 || !self.is_hangul(at - 1) || !self.touch(at - 1) => {
                &self.names.korean_shorts
            }
            CharScript::Han => &self.names.chinese_shorts,
            _ => return None,
        };
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
            found.extend(self.names.korean_shorts.get(form).or_else(|| self.names.chinese_shorts.get(form))?);
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

    fn is(&self, at: usize, chain: Chain, unit: &FormUnit) -> bool {
        match (unit, self.unit(at).kind) {
            (FormUnit::Char(form), UnitKind::Char(_)) => self.form(at) == form,
            (FormUnit::Word(term), UnitKind::Word) => {
                self.analyzer.word(chain, self.form(at)).terms().iter().any(|known| known == term)
            }
            _ => false,
        }
    }

    fn original(&self, at: usize, units: usize) -> String {
        // In a headline of capitals alone, US may be the pronoun.
        let is_latin = matches!(self.lang, Language::English | Language::German);
        if is_latin && !self.original.chars().any(char::is_lowercase) {
            return String::new();
        }
        let folded = (self.unit(at).folded.start..self.unit(at + units - 1).folded.end).into();
        self.text.original_range(folded).slice(self.original).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::CountryNames;
    use crate::analysis::{Analyzer, Segmented};
    use crate::config::Config;
    use crate::language::Language;

    #[test]
    fn texts_name_countries() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config);
        let names = CountryNames::new(&config.glossary, &analyzer).unwrap();
        let (en, de, ko, zh) = (Language::English, Language::German, Language::Korean, Language::Chinese);
        let mut wrong = Vec::new();
        for (lang, text, expected) in [
            (en, "South Korea's exports to the United States and to China's neighbours", "cn kr us"),
            (en, "The U.S. told us; US tariffs", "us"),
            (en, "tell us who is in", ""),
            (en, "JOIN US NOW", ""),
            (en, "Seoul and Tokyo, but not the Gulf of Mexico or the South China Sea", "jp kr"),
            (en, "Xi Jinping met Chinese and German envoys", "cn de"),
            (en, "Vietnam's Ministry of Commerce", "vn"),
            (de, "Südkoreas Ausfuhren nach Suedkorea, chinesische und deutschen", "cn de kr"),
            (de, "Österreich, OESTERREICH und die Vereinigten Staaten", "at us"),
            (de, "US-Zölle und die EU-Kommission", "eu us"),
            (ko, "한국은 미국과, 중국·일본이", "cn jp kr us"),
            (ko, "한중 정상회담, 한·미·일 회의와 미중 갈등", "cn jp kr us"),
            (ko, "對中 수출, 美 관세, 韓美 협의", "cn kr us"),
            (ko, "中 후판에 3日부터 中央은행", "cn"),
            (ko, "대중의 이중국적 수단", ""),
            (ko, "주한미국대사관과 한미약품", "kr us"),
            (zh, "中美韩三国与歐盟", "cn eu kr us"),
            (zh, "其中美国和其中国有企业", "us"),
            (zh, "中美洲国家加强合作，出台政策", ""),
            (zh, "越南商务部与中国商务部", "cn vn"),
            (zh, "意法半导体股价", ""),
            (zh, "南韓、日本與臺灣", "jp kr tw"),
            (zh, "沿海地区", ""),
            (zh, "中企赴韩，US关税", "cn kr us"),
            (de, "Zoll und Inderin, indem er France sagt", "in"),
            (Language::Undetermined, "Kanada, Canada", "ca"),
            (en, "", ""),
        ] {
            let found = names.named_in(&Segmented::new(text), text, lang, &analyzer);
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            if found.join(" ") != expected {
                wrong.push(format!("{text}: {} for {expected}", found.join(" ")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
