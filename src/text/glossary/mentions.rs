//! The countries and concepts that a text names: by their names, capitals and people, as the glossary and CLDR have them.
//!
//! In: a segmented text. Out: codes of countries, and ids of concepts. The text is read once, from left to right (`reader`). Of
//! countries, the longest name at each unit counts, so that 中美洲 mentions neither China nor America. A ministry or a law after the
//! name of a country belongs to that country (Vietnams Handelsministerium, 越南商务部), whichever country its name alone stands for.
//! Short names count side by side (中美, 한·미·일), and in Korean text single hanja count too, as headlines have them (美 관세). Of
//! concepts, every name counts, also one within another; a name in Hangul of one or two characters begins where a word does.
//! Countries and their people are no concepts, nor are spellings of loan words.

use std::collections::BTreeSet;

use crate::text::analysis::{Analyzer, Segmented};
use crate::text::country::CountryCode;
use crate::text::glossary::glossary_names::GlossaryNames;
use crate::text::glossary::reader::MentionReader;
use crate::text::language::Language;

impl GlossaryNames {
    /// The countries that a text mentions; the ids of the concepts that it names are added to `concepts`. `original` is the text
    /// before segmentation, `lang` its language.
    pub(crate) fn find_in<'a>(
        &'a self,
        text: &Segmented,
        original: &str,
        lang: Language,
        analyzer: &Analyzer,
        concepts: &mut BTreeSet<&'a str>,
    ) -> BTreeSet<CountryCode> {
        MentionReader::new(self, text, original, lang, analyzer).mentions(concepts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::glossary::concept::Name;

    /// A reader of names by the configuration that comes with the program.
    struct Reader {
        config: Config,
        analyzer: Analyzer,
        names: GlossaryNames,
    }

    impl Reader {
        fn new() -> Reader {
            let config = Config::builtin().unwrap();
            let analyzer = Analyzer::for_queries(&config.analysis);
            let names = GlossaryNames::new(&config.glossary, &config.analysis);
            Reader { config, analyzer, names }
        }

        /// The countries and the concepts that a text names.
        fn read(&self, text: &str, lang: Language) -> (Vec<String>, BTreeSet<String>) {
            let mut concepts = BTreeSet::new();
            let countries = self.names.find_in(&Segmented::new(text), text, lang, &self.analyzer, &mut concepts);
            let concepts = concepts.into_iter().map(str::to_owned).collect();
            (countries.iter().map(ToString::to_string).collect(), concepts)
        }
    }

    #[test]
    fn texts_name_countries() {
        let reader = Reader::new();
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
            (en, "Zürich, Zuerich and d'Ottawa", "ca ch"),
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
            let (found, _) = reader.read(text, lang);
            if found.join(" ") != expected {
                wrong.push(format!("{text}: {} for {expected}", found.join(" ")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn texts_name_concepts_in_every_language() {
        let reader = Reader::new();
        let (en, de, ko, zh) = (Language::English, Language::German, Language::Korean, Language::Chinese);
        let mut wrong = Vec::new();
        for (lang, text, expected) in [
            (en, "Prices of rare earths rose", "rare-earths"),
            (en, "RARE EARTHS", "rare-earths"),
            (en, "a rare find on earth", ""),
            (de, "Seltene Erden und seltener Erden", "rare-earths"),
            (de, "SELTENE ERDEN", "rare-earths"),
            (ko, "희토류를 수출", "rare-earths"),
            (ko, "중국산희토류", "rare-earths"),
            (zh, "中国稀土出口", "rare-earths"),
            (zh, "稀土 🙂 ｒａｒｅ ｅａｒｔｈｓ", "rare-earths"),
            (ko, "\u{1112}\u{1174}\u{1110}\u{1169}\u{1105}\u{1172}", "rare-earths"),
            (en, "who said it", ""),
            (en, "The rules come into force", "entry-into-force"),
            (en, "an aging population", "ageing-population"),
            (Language::Undetermined, "l'agriculture", "agriculture"),
            (Language::Undetermined, "rare earths", "rare-earths"),
            (en, "", ""),
        ] {
            let (_, found) = reader.read(text, lang);
            let has = if expected.is_empty() { found.is_empty() } else { found.contains(expected) };
            if !has {
                wrong.push(format!("{text}: {found:?} for {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_name_names_its_concept() {
        let reader = Reader::new();
        let concepts = reader.config.glossary.concepts().unwrap();
        for concept in concepts.iter().filter(|concept| concept.kind.is_filtered_by()) {
            for Name { column, text, is_as_written } in &concept.names {
                // A name in capitals alone counts only where not all is in capitals.
                let text = if *is_as_written { format!("x {text} x") } else { text.clone() };
                let (_, found) = reader.read(&text, column.language());
                assert!(found.contains(concept.id.as_str()), "{text} names {found:?}, not {}", concept.id);
            }
        }
    }
}
