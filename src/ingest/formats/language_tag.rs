//! Languages as documents state them: tags, and names such as `German` or `중국어`.

use crate::ingest::field_names::FieldNames;
use crate::text::language::Language;

/// The language that is stated if it is one of ours, or else the code of the other language, which counts unless the text
/// contradicts it. What is neither a tag nor a name is noted as unusable.
pub(crate) fn read_language(
    stated: &str,
    names: &FieldNames,
    unusable: &mut Vec<String>,
) -> (Option<Language>, Option<String>) {
    let lang = names.language(stated);
    let primary = stated.trim().split(['-', '_']).next().unwrap_or_default();
    let is_tag = (2..=8).contains(&primary.len()) && primary.chars().all(|letter| letter.is_ascii_alphabetic());
    if lang.is_none() && !is_tag {
        unusable.push(format!(
            "`{stated}` is not a language tag, expected one like en, de, ko or zh; the language is detected from the text"
        ));
    }
    (lang, if lang.is_none() { Language::other_code(stated) } else { None })
}

/// The first language among tags of which not all have to be such.
pub(crate) fn first_language<'a>(tags: impl Iterator<Item = &'a str>) -> (Option<Language>, Option<String>) {
    let mut stated = tags.map(|tag| (Language::from_tag(tag), Language::other_code(tag)));
    stated.find(|(ours, other)| ours.is_some() || other.is_some()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_stated_by_tag_or_name() {
        let names = FieldNames::parse(include_str!("../../../index-config/fields.toml")).unwrap();
        let mut unusable = Vec::new();
        let mut read = |stated: &str| {
            let (lang, other) = read_language(stated, &names, &mut unusable);
            (lang.map(Language::code), other)
        };
        assert_eq!(
            ["zh-Hant", "German", "중국어"].map(&mut read),
            [Some("zh"), Some("de"), Some("zh")].map(|code| (code, None))
        );
        assert_eq!(read("fr-FR"), (None, Some("fr".to_owned())));
        assert_eq!(read("12"), (None, None));
        assert_eq!(unusable.len(), 1, "{unusable:?}");
        assert_eq!(first_language(["x-default", "ko_KR"].into_iter()).0, Some(Language::Korean));
    }
}
