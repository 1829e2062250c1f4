//! The countries that a text mentions: by their names, capitals and people, as the glossary and CLDR have them.
//!
//! In: a segmented text. Out: codes. The text is read from left to right (`reader`), and at each unit the longest name
//! counts, so that 中美洲 mentions neither China nor America. A ministry or a law after the name of a country belongs to that
//! country (Vietnams Handelsministerium, 越南商务部), whichever country its name alone stands for. Short names count side by side
//! (中美, 한·미·일), and in Korean text single hanja count too, as headlines have them (美 관세).

use std::collections::BTreeSet;

use anyhow::Result;

use crate::text::analysis::{Analyzer, PerChain, Segmented};
use crate::text::country::CountryCode;
use crate::text::glossary::Glossary;
use crate::text::glossary::concept::{Concept, Kind, Name};
use crate::text::glossary::country_names::{CountryForm, CountryNames};
use crate::text::glossary::name_table::NameTable;
use crate::text::glossary::reader::MentionReader;
use crate::text::language::Language;

impl CountryNames {
    /// Prepares the names of countries in a glossary, and those that only contain one.
    ///
    /// # Errors
    ///
    /// Never for a glossary that was checked.
    pub(crate) fn new(glossary: &Glossary, analyzer: &Analyzer) -> Result<CountryNames> {
        let mut names = CountryNames { table: NameTable::new(), shorts: PerChain::default() };
        let concepts = glossary.concepts()?.into_iter().filter(|concept| {
            !concept.countries.is_empty() || concept.kind.may_seem_a_country() || concept.kind == Kind::Not
        });
        let (naming, others): (Vec<Concept>, Vec<Concept>) =
            concepts.partition(|concept| !concept.countries.is_empty() || concept.kind == Kind::Not);
        for concept in &naming {
            names.add(concept, |_| true, analyzer);
        }
        // 意法半导体 mentions neither Italy nor France: names of companies and places that contain a country's are skipped.
        for concept in &others {
            let mut seeming = Vec::new();
            for Name { column, text, .. } in &concept.names {
                if !names.named_in(&Segmented::new(text), text, column.language(), analyzer).is_empty() {
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
            if concept.kind == Kind::Short {
                let text = Segmented::new(&name.text);
                let shorts = &mut self.shorts[name.column.chain()];
                for unit in text.units() {
                    shorts.entry(text.form(unit).to_owned()).or_insert_with(|| countries.clone());
                }
                continue;
            }
            self.table.add(name, analyzer, |form| CountryForm { form, countries: countries.clone(), is_institution });
        }
    }

    /// The countries that a text mentions. `original` is the text before segmentation, `lang` its language.
    pub(crate) fn named_in(
        &self,
        text: &Segmented,
        original: &str,
        lang: Language,
        analyzer: &Analyzer,
    ) -> BTreeSet<CountryCode> {
        let reader = MentionReader::new(self, text, original, lang, analyzer);
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

#[cfg(test)]
mod tests {
    use super::CountryNames;
    use crate::config::Config;
    use crate::text::analysis::{Analyzer, Segmented};
    use crate::text::language::Language;

    #[test]
    fn texts_name_countries() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
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
            (ko, "중국·인도 무역 협상", "cn in"),
            (ko, "미국 인도 관세 협상 타결", "in us"),
            (ko, "미국, 인도, 일본이 참여했다", "in jp us"),
            (ko, "한국 인도네시아 협정", "id kr"),
            (ko, "태국, 베트남, 인도네시아, 말레이시아", "id my th vn"),
            (ko, "유럽연합과 유럽 연합", "eu"),
            (zh, "印度，尼西亚", "in"),
            (en, "The island economy, the Canary Islands and Pacific islands", ""),
            (en, "Cocos (Keeling) Islands", "cc"),
            (en, "St. Lucia and Guinea-Bissau", "gw lc"),
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
