//! Language tags as documents state them.

use crate::text::language::Language;

/// The language that a tag names. Other languages are none of ours, and their text decides; what is no tag at all is
/// noted as unusable.
pub(crate) fn read_language(tag: &str, unusable: &mut Vec<String>) -> Option<Language> {
    let lang = Language::from_tag(tag);
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=8).contains(&primary.len()) && primary.chars().all(|letter| letter.is_ascii_alphabetic());
    if lang.is_none() && !is_tag {
        unusable.push(format!(
            "`{tag}` is not a language tag, expected one like en, de, ko or zh; the language is detected from the text"
        ));
    }
    lang
}
