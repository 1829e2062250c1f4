//! Looking up the glossary itself: concepts by their ids and names, and the ids nearest to one that it does not have.

use std::fmt;

use anyhow::Result;

use crate::text::analysis::{Analyzer, Segmented, UnitKind, surface};
use crate::text::glossary::concept::{Concept, Kind, Name};
use crate::text::glossary::form::{Form, FormText};
use crate::text::glossary::{Glossary, table};

/// Concepts that are found by a part of a name at most.
const MAX_BY_PART: usize = 20;
/// Ids that are named as the nearest.
const MAX_NEAREST: usize = 3;

/// A concept that was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundConcept {
    /// The concept.
    pub concept: Concept,
    /// The name that it was found by; `None` for its id.
    pub found_by: Option<Name>,
}

/// An id that is no concept to filter by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownConcept {
    /// The id as it was asked for, in lower case.
    pub id: String,
    /// The filter that finds the same, for a country.
    pub instead: Option<String>,
    /// The nearest ids, the best first.
    pub nearest: Vec<String>,
}

impl Glossary {
    /// The concepts with an id, or with a name that a text is, in any inflection; if there is none, some of those with a name that
    /// has the words of the text in it. In the order of the tables.
    ///
    /// # Errors
    ///
    /// Never for tables that were checked.
    pub(crate) fn look_up(&self, text: &str, analyzer: &Analyzer) -> Result<Vec<FoundConcept>> {
        let typed = NameText::new(text, analyzer);
        let id = text.trim().to_lowercase();
        let by_id = self.lines().filter(|line| line.cells().next() == Some(id.as_str()));
        let mut found = Vec::new();
        for line in by_id {
            found.push(FoundConcept { concept: table::concept(line)?, found_by: None });
        }
        let whole = typed.len();
        for named in if whole > 0 { self.named_at(&typed, 0, analyzer)? } else { Vec::new() } {
            let is_new = found.iter().all(|known| known.concept.id != named.concept.id);
            if named.units == whole && is_new {
                let names = named.concept.names.iter();
                let name = { names }.find(|name| {
                    let form = Form::read(name, analyzer);
                    form.units.len() == whole && form.stands_at(&typed, 0)
                });
                let found_by = name.cloned();
                found.push(FoundConcept { concept: named.concept, found_by });
            }
        }
        if found.is_empty() { self.with_words(&typed.segmented) } else { Ok(found) }
    }

    /// The concepts with a name that has these words and characters side by side.
    fn with_words(&self, text: &Segmented) -> Result<Vec<FoundConcept>> {
        let units =
            |text: &Segmented| -> Vec<String> { text.units().iter().map(|unit| surface(text.form(unit))).collect() };
        let wanted = units(text);
        let mut found = Vec::new();
        if wanted.is_empty() {
            return Ok(found);
        }
        for line in self.lines() {
            let has = |name: &Name| units(&Segmented::new(&name.text)).windows(wanted.len()).any(|part| part == wanted);
            if let Some(name) = table::names(line).find(has) {
                found.push(FoundConcept { concept: table::concept(line)?, found_by: Some(name) });
                if found.len() == MAX_BY_PART {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Checks that documents can be filtered by the concept with an id, in lower case.
    ///
    /// # Errors
    ///
    /// When the glossary has no such concept, or it is that of a country.
    pub(crate) fn check_concept(&self, id: &str) -> Result<(), UnknownConcept> {
        let line = self.lines().find(|line| line.cells().next() == Some(id));
        let concept = line.and_then(|line| table::concept(line).ok());
        let instead = match concept {
            Some(concept) if concept.kind.is_filtered_by() => return Ok(()),
            Some(concept) if !concept.countries.is_empty() => {
                let codes: Vec<String> = concept.countries.iter().map(ToString::to_string).collect();
                Some(format!("country:{}", codes.join(",")))
            }
            _ => None,
        };
        Err(UnknownConcept { id: id.to_owned(), instead, nearest: self.nearest(id) })
    }

    /// The ids nearest to a text among those that documents can be filtered by: of concepts with it as a name, then with it in their
    /// ids, then those that differ from it in few letters.
    pub(crate) fn nearest(&self, text: &str) -> Vec<String> {
        let text = text.trim().to_lowercase();
        let as_words = surface(&text.replace('-', " "));
        let most = (text.chars().count() / 3).clamp(1, 4);
        let mut near: Vec<(usize, usize, &str)> = Vec::new();
        for line in self.lines() {
            let (Some(id), Some(kind)) = (line.cells().next(), line.cells().nth(1)) else { continue };
            if !kind.parse::<Kind>().is_ok_and(Kind::is_filtered_by) {
                continue;
            }
            let distance = strsim::osa_distance(id, &text);
            let is_part = text.len() > 2 && (id.contains(&text) || text.contains(id));
            let is_name = || line.names().any(|(_, name)| surface(&name.to_lowercase()) == as_words);
            let class = match () {
                () if is_name() => 0,
                () if distance <= most => 1,
                () if is_part => 2,
                () => continue,
            };
            near.push((class, distance, id));
        }
        near.sort_unstable();
        near.into_iter().take(MAX_NEAREST).map(|(_, _, id)| id.to_owned()).collect()
    }
}

impl UnknownConcept {
    /// What was expected, with the nearest ids.
    pub(crate) fn expected(&self) -> String {
        let quoted: Vec<String> = self.nearest.iter().map(|id| format!("`{id}`")).collect();
        match (&self.instead, quoted.as_slice()) {
            (Some(instead), _) => format!("the id of a concept; a country is found by `{instead}`"),
            (None, []) => "the id of a concept in the glossary, as in concept:rare-earths".to_owned(),
            (None, [only]) => format!("the id of a concept in the glossary; nearest is {only}"),
            (None, several) => format!("the id of a concept in the glossary; nearest are {}", several.join(", ")),
        }
    }
}

impl fmt::Display for UnknownConcept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}`, expected {}", self.id, self.expected())
    }
}

impl std::error::Error for UnknownConcept {}

/// A text that is a name.
pub(super) struct NameText<'a> {
    segmented: Segmented,
    original: &'a str,
    analyzer: &'a Analyzer,
}

impl<'a> NameText<'a> {
    pub(super) fn new(original: &'a str, analyzer: &'a Analyzer) -> NameText<'a> {
        NameText { segmented: Segmented::new(original), original, analyzer }
    }
}

impl FormText for NameText<'_> {
    fn len(&self) -> usize {
        self.segmented.units().len()
    }

    fn form(&self, at: usize) -> &str {
        self.segmented.form(&self.segmented.units()[at])
    }

    fn is_char(&self, at: usize) -> bool {
        self.segmented.units()[at].kind != UnitKind::Word
    }

    fn analyzer(&self) -> &Analyzer {
        self.analyzer
    }

    fn original(&self, at: usize, units: usize) -> String {
        let all = self.segmented.units();
        let folded = (all[at].folded.start..all[at + units - 1].folded.end).into();
        self.segmented.original_range(folded).slice(self.original).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn concepts_are_found_by_ids_and_names() {
        let config = Config::builtin().unwrap();
        let analyzer = Analyzer::for_queries(&config.analysis);
        for (text, id, by) in [
            ("rare-earths", "rare-earths", None),
            ("RARE-EARTHS", "rare-earths", None),
            ("rare earth", "rare-earths", Some("rare earths")),
            ("seltenen Erden", "rare-earths", Some("Seltene Erden")),
            ("희토류", "rare-earths", Some("희토류")),
            ("稀土", "rare-earths", Some("稀土")),
            ("ｒａｒｅ　ｅａｒｔｈｓ", "rare-earths", Some("rare earths")),
        ] {
            let found = config.glossary.look_up(text, &analyzer).unwrap();
            let one = found.iter().find(|found| found.concept.id == id).unwrap_or_else(|| panic!("{text}: {found:?}"));
            assert_eq!(one.found_by.as_ref().map(|name| name.text.as_str()), by, "{text}");
        }
        let by_part = config.glossary.look_up("Erden", &analyzer).unwrap();
        assert!(by_part.iter().any(|found| found.concept.id == "rare-earths"), "{by_part:?}");
        for nothing in ["", "…", "🙂", "xyzzy"] {
            assert_eq!(config.glossary.look_up(nothing, &analyzer).unwrap(), [], "{nothing}");
        }
    }

    #[test]
    fn an_unknown_id_has_near_ones() {
        let glossary = Config::builtin().unwrap().glossary;
        assert_eq!(glossary.check_concept("rare-earths"), Ok(()));
        for (id, nearest) in [
            ("rare-earth", "rare-earths"),
            ("rareearths", "rare-earths"),
            ("稀土", "rare-earths"),
            ("tarifs", "tariffs"),
        ] {
            let error = glossary.check_concept(id).unwrap_err();
            assert_eq!(error.nearest.first().map(String::as_str), Some(nearest), "{id}");
        }
        assert_eq!(glossary.check_concept("xyzzy-plugh").unwrap_err().nearest, [""; 0]);
        assert_eq!(glossary.check_concept("country-kr").unwrap_err().instead.as_deref(), Some("country:kr"));
    }
}
