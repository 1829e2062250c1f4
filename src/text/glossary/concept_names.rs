//! The concepts that an article names: every concept of the glossary of which any name stands in its text.
//!
//! In: a segmented text. Out: the concepts, by their places in the glossary. Words of names match in any inflection, characters in
//! either Chinese script; a name in Hangul of one or two characters begins where a word does. Countries and their people are
//! found by `countries` instead; spellings of loan words are no concepts.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::text::analysis::{Analyzer, CharScript, Segmented, UnitKind};
use crate::text::glossary::concept::Column;
use crate::text::glossary::country_names::CountryNames;
use crate::text::glossary::form::Form;
use crate::text::glossary::name_table::{NameTable, first_two};
use crate::text::glossary::reader::MentionReader;
use crate::text::glossary::{Glossary, table};
use crate::text::language::Language;

/// Characters of a name in Hangul from which on it may begin within a word, as a part of a compound does.
const MIN_WITHIN_WORD: usize = 3;

/// A name with the place of its concept.
struct ConceptForm {
    form: Form,
    concept: u32,
}

/// The names of all concepts, prepared for finding them in many texts.
pub(crate) struct ConceptNames {
    /// The ids of the concepts, in order.
    ids: Vec<String>,
    table: NameTable<ConceptForm>,
}

impl ConceptNames {
    /// Prepares the names of a glossary.
    ///
    /// # Errors
    ///
    /// Never for a glossary that was checked.
    pub(crate) fn new(glossary: &Glossary, analyzer: &Analyzer) -> Result<ConceptNames> {
        let mut table = NameTable::new();
        let mut concepts = glossary.lines().map(table::concept).collect::<Result<Vec<_>>>()?;
        concepts.retain(|concept| concept.kind.is_filtered_by());
        concepts.sort_by(|one, other| one.id.cmp(&other.id));
        for (at, concept) in (0..).zip(&concepts) {
            for name in &concept.names {
                table.add(name, analyzer, |form| ConceptForm { form, concept: at });
            }
        }
        Ok(ConceptNames { ids: concepts.into_iter().map(|concept| concept.id).collect(), table })
    }

    /// The id of a concept that was found.
    pub(crate) fn id(&self, concept: u32) -> &str {
        &self.ids[concept as usize]
    }

    /// Adds the concepts that a text names. `original` is the text before segmentation, `lang` its language.
    pub(crate) fn find_in(
        &self,
        text: &Segmented,
        original: &str,
        lang: Language,
        (countries, analyzer): (&CountryNames, &Analyzer),
        found: &mut BTreeSet<u32>,
    ) {
        let reader = MentionReader::new(countries, text, original, lang, analyzer);
        let words_chain = Column::words_chain_in(lang);
        for (at, unit) in text.units().iter().enumerate() {
            match unit.kind {
                UnitKind::Word => {
                    let word = text.form(unit);
                    if !self.table.first_words.may_have(word) {
                        continue;
                    }
                    for term in analyzer.word(words_chain, word).terms() {
                        let forms = self.table.words[words_chain].get(term).into_iter().flatten();
                        let named = forms.filter(|named| !found.contains(&named.concept));
                        let named: Vec<u32> = { named }
                            .filter(|named| named.form.continues_at(&reader, at))
                            .map(|named| named.concept)
                            .collect();
                        found.extend(named);
                    }
                }
                UnitKind::Char(script) => {
                    let Some(forms) = self.table.characters.get(&first_two(text, at)) else { continue };
                    let begins_word = script != CharScript::Hangul || reader.may_begin_in_korean(at);
                    for ConceptForm { form, concept } in forms {
                        let may_begin = begins_word || form.units.len() >= MIN_WITHIN_WORD;
                        if may_begin && !found.contains(concept) && form.stands_at(&reader, at) {
                            found.insert(*concept);
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::text::glossary::concept::Name;

    #[test]
    fn texts_name_concepts_in_every_language() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
        let countries = CountryNames::new(&config.glossary, &analyzer).unwrap();
        let names = ConceptNames::new(&config.glossary, &analyzer).unwrap();
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
            (Language::Undetermined, "rare earths", "rare-earths"),
            (en, "", ""),
        ] {
            let mut found = BTreeSet::new();
            names.find_in(&Segmented::new(text), text, lang, (&countries, &analyzer), &mut found);
            let found: Vec<&str> = found.into_iter().map(|concept| names.id(concept)).collect();
            let has = if expected.is_empty() { found.is_empty() } else { found.contains(&expected) };
            if !has {
                wrong.push(format!("{text}: {} for {expected}", found.join(" ")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_name_names_its_concept() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
        let countries = CountryNames::new(&config.glossary, &analyzer).unwrap();
        let names = ConceptNames::new(&config.glossary, &analyzer).unwrap();
        let concepts = config.glossary.concepts().unwrap();
        for concept in concepts.iter().filter(|concept| concept.kind.is_filtered_by()) {
            for Name { column, text, is_as_written } in &concept.names {
                let mut found = BTreeSet::new();
                let mut find = |text: &str| {
                    names.find_in(&Segmented::new(text), text, column.language(), (&countries, &analyzer), &mut found);
                };
                // A name in capitals alone counts only where not all is in capitals.
                find(&if *is_as_written { format!("x {text} x") } else { text.clone() });
                let ids: Vec<&str> = found.into_iter().map(|found| names.id(found)).collect();
                assert!(ids.contains(&concept.id.as_str()), "{text} names {ids:?}, not {}", concept.id);
            }
        }
    }
}
