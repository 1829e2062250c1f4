//! Language tags as documents state them.

use crate::text::language::Language;

/// The language that a tag names if it is one of ours, or else the code of the other language, which counts unless the text
/// contradicts it. What is no tag at all is noted as unusable.
pub(crate) fn read_language(tag: &str, unusable: &mut Vec<String>) -> (Option<Language>, Option<String>) {
    let lang = Language::from_tag(tag);
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=8).contains(&primary.len()) && primary.chars().all(|letter| letter.is_ascii_alphabetic());
    if lang.is_none() && !is_tag {
        unusable.push(format!(
            "`{tag}` is not a language tag, expected one like en, de, ko or zh; the language is detected from the text"
        ));
    }
    (lang, Language::other_code(tag))
}
