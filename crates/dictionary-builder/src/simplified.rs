//! Traditional to Simplified, character by character, after OpenCC's tables.
//!
//! Out comes the text of `simplified.tsv`: for each Han character that has one, its simplified form. Folding a text
//! must not depend on words, since query and document would be segmented differently, so only OpenCC's result for a
//! single character counts. The invariant is that folding twice is folding once: no simplified form is folded further.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_script::{Script, UnicodeScript};

/// Corrections of OpenCC's table of single characters, where it lacks a pair or has it the wrong way round. 抬 is the
/// simplified form, and the ordinary traditional one. The others are simplified in their commonest words (瞭解, 答覆, 藉口, 沈默),
/// which OpenCC only knows as phrases; for finding text it does no harm that they are in their rarer ones too.
const CORRECTIONS: [(char, char); 5] = [('擡', '抬'), ('瞭', '了'), ('覆', '复'), ('藉', '借'), ('沈', '沉')];
/// Maximum length of a chain of replacements; no chain in OpenCC's tables is nearly as long.
const LONGEST_CHAIN: usize = 8;

/// The simplified forms by traditional character.
#[derive(Debug)]
pub(crate) struct SimplifiedForms {
    forms: BTreeMap<char, char>,
}

impl SimplifiedForms {
    /// Collects the simplified form of every Han character from OpenCC.
    ///
    /// The Taiwan and Hong Kong tables are used only where the general one has nothing. They are written for text in
    /// those standards, and some of their variants are ordinary simplified characters elsewhere (么 in 什么), so
    /// characters that are a simplified form themselves stay as they are.
    ///
    /// # Errors
    ///
    /// Fails if OpenCC's tables cannot be loaded, or lead a character round in a circle.
    pub(crate) fn collect() -> Result<Self> {
        let general = converter(BuiltinConfig::T2s)?;
        let regional = [converter(BuiltinConfig::Tw2s)?, converter(BuiltinConfig::Hk2s)?];
        let han: Vec<char> = (char::MIN..=char::MAX).filter(|character| character.script() == Script::Han).collect();

        let mut steps = BTreeMap::from(CORRECTIONS);
        for &character in &han {
            if let Some(form) = convert(&general, character) {
                steps.entry(character).or_insert(form);
            }
        }
        let simplified: BTreeSet<char> = steps.values().copied().collect();
        for &character in &han {
            if !steps.contains_key(&character) && !simplified.contains(&character) {
                let form = regional.iter().find_map(|converter| convert(converter, character));
                steps.extend(form.map(|form| (character, form)));
            }
        }
        follow_chains(&steps)
    }

    /// Returns the simplified form of a character, which is itself for most.
    pub(crate) fn of(&self, character: char) -> char {
        self.forms.get(&character).copied().unwrap_or(character)
    }

    /// Returns how many characters have a simplified form.
    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Returns the lines `TRADITIONAL<TAB>SIMPLIFIED`, sorted.
    pub(crate) fn to_tsv(&self) -> String {
        let lines = self.forms.iter();
        lines.map(|(traditional, simplified)| format!("{traditional}\t{simplified}\n")).collect()
    }
}

fn converter(config: BuiltinConfig) -> Result<OpenCC> {
    OpenCC::from_config(config).with_context(|| format!("cannot load OpenCC's tables for {config:?}"))
}

/// Returns OpenCC's result for a single character, if that is another single character.
fn convert(converter: &OpenCC, character: char) -> Option<char> {
    let converted = converter.convert(character.encode_utf8(&mut [0; 4]));
    let mut characters = converted.chars();
    let form = characters.next()?;
    (characters.next().is_none() && form != character).then_some(form)
}

/// Gives each character the last form of its chain of replacements.
fn follow_chains(steps: &BTreeMap<char, char>) -> Result<SimplifiedForms> {
    let mut forms = BTreeMap::new();
    for (&character, &first) in steps {
        let mut form = first;
        let mut length = 1;
        while let Some(&next) = steps.get(&form) {
            form = next;
            length += 1;
            ensure!(length <= LONGEST_CHAIN, "OpenCC's tables lead `{character}` round in a circle");
        }
        forms.insert(character, form);
    }
    Ok(SimplifiedForms { forms })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_every_character_once() {
        let simplified = SimplifiedForms::collect().unwrap();
        let fold = |text: &str| -> String { text.chars().map(|character| simplified.of(character)).collect() };
        assert_eq!(fold("後裡裏發髮臺颱韓凍爲為乾關藝貿協"), "后里里发发台台韩冻为为干关艺贸协");
        // Simplified text stays as it is, also where Taiwan and Hong Kong write otherwise.
        let unchanged = "限什么台湾抬吃针才只群众秘书温说税户";
        assert_eq!(fold(unchanged), unchanged);
        assert_eq!(fold("瞭解答覆藉口沈默瀋陽"), "了解答复借口沉默沉阳");
        for form in simplified.forms.values() {
            assert!(!simplified.forms.contains_key(form), "`{form}` is folded further");
        }
    }

    #[test]
    fn follows_chains() {
        let forms = follow_chains(&BTreeMap::from([('a', 'b'), ('b', 'c')])).unwrap();
        assert_eq!(forms.to_tsv(), "a\tc\nb\tc\n");
        assert!(follow_chains(&BTreeMap::from([('a', 'b'), ('b', 'a')])).is_err());
    }
}
