//! Names of the parts of an article: which key of JSON and which heading of a table stands for which part of a document.
//!
//! In: `fields.toml`. Out: the part that a name stands for, whatever its case, width, separators or form of Chinese
//! characters, and how much it is preferred. Invariant: no name stands for two parts.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::ingest::bylines::Bylines;
use crate::ingest::field_lists::{JsonNames, KeyList};
use crate::ingest::outlets::Outlets;
use crate::ingest::part::{NamesOfParts, Part};
use crate::text::analysis::Folded;
use crate::text::language::Language;
use crate::toml_file;

/// Bytes of a name at most.
const MAX_NAME_BYTES: usize = 1000;

/// The contents of `fields.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    parts: NamesOfParts,
    inner: NamesOfParts,
    languages: BTreeMap<String, Vec<String>>,
    json: JsonNames,
    outlets: Outlets,
    bylines: Bylines,
}

/// The names of the parts of an article.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct FieldNames {
    file: File,
    #[serde(skip)]
    parts: BTreeMap<String, NamedPart>,
    #[serde(skip)]
    inner: BTreeMap<Part, BTreeMap<String, usize>>,
    #[serde(skip)]
    languages: BTreeMap<String, Language>,
    #[serde(skip)]
    outlets: Outlets,
    #[serde(skip)]
    bylines: Bylines,
    #[serde(skip)]
    lists: BTreeSet<(KeyList, String)>,
}

/// The part that a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamedPart {
    /// The part.
    pub(crate) part: Part,
    /// The place of the name among those of the part: of several that hold something, the one with the lowest is read.
    pub(crate) rank: usize,
}

impl FieldNames {
    /// Reads the text of `fields.toml`.
    ///
    /// # Errors
    /// When it has no names for a part, or a name for two; the message names table and key.
    pub(crate) fn parse(text: &str) -> Result<FieldNames> {
        let file: File = toml_file::parse("fields.toml", text)?;
        if file.version != 1 {
            bail!("fields.toml of the configuration has version {}, expected 1", file.version);
        }
        let mut parts: BTreeMap<String, NamedPart> = BTreeMap::new();
        let mut inner = BTreeMap::new();
        for part in Part::ALL {
            let names = folded_names("parts", part, file.parts.of(part))?;
            for (rank, (name, folded)) in names.into_iter().enumerate() {
                let Some(known) = parts.insert(folded, NamedPart { part, rank }) else { continue };
                if known.part != part {
                    let (part, other) = (part.name(), known.part.name());
                    bail!("[parts] {part} in fields.toml: `{name}` stands under `{other}` already");
                }
                bail!("[parts] {} in fields.toml: `{name}` stands there twice", part.name());
            }
            // Here a leading sign means something: `_` is not the empty name.
            let names = file.inner.of(part).iter().enumerate().map(|(rank, name)| (inner_key(name), rank));
            inner.insert(part, names.collect::<BTreeMap<_, _>>());
        }
        let mut languages = BTreeMap::new();
        for (code, names) in &file.languages {
            let Some(language) = Language::from_tag(code) else {
                bail!("[languages] in fields.toml: `{code}` is not a language of the index, expected en, de, ko or zh");
            };
            languages.extend(names.iter().map(|name| (fold(name), language)));
        }
        let lists = file.json.lists().into_iter();
        let lists = lists.flat_map(|(list, names)| names.iter().map(move |name| (list, list_key(name)))).collect();
        let (outlets, bylines) = (file.outlets.clone().folded(), file.bylines.clone().prepared());
        Ok(FieldNames { file, parts, inner, languages, outlets, bylines, lists })
    }

    /// True for a key or a type that is in a list of `[json]`.
    pub(crate) fn lists(&self, list: KeyList, key: &str) -> bool {
        key.len() <= MAX_NAME_BYTES && self.lists.contains(&(list, list_key(key)))
    }

    /// What `[json]` says of texts.
    pub(crate) fn json(&self) -> &JsonNames {
        &self.file.json
    }

    /// The part that a key or a heading stands for; `None` for one that is not known. A path (`source.name`) stands for what
    /// it would lead to in a nested record.
    pub(crate) fn find(&self, name: &str) -> Option<NamedPart> {
        if name.len() > MAX_NAME_BYTES {
            return None;
        }
        self.find_key(name).or_else(|| self.find_path(name))
    }

    fn find_key(&self, name: &str) -> Option<NamedPart> {
        let folded = fold(name);
        self.parts.get(&folded).copied().or_else(|| {
            let lower = name.trim().to_lowercase();
            let stems = self.file.json.endings.iter().filter_map(|ending| lower.strip_suffix(ending.as_str()));
            let named = stems.filter_map(|stem| self.parts.get(&fold(stem))).next()?;
            // The key without an ending is meant more.
            Some(NamedPart { rank: named.rank + MAX_NAME_BYTES, ..*named })
        })
    }

    fn find_path(&self, name: &str) -> Option<NamedPart> {
        let (before, last) = name.rsplit_once('.')?;
        let (outer, holder) = before.rsplit_once('.').map_or(("", before), |(outer, holder)| (outer, holder));
        let are_containers =
            |keys: &str| keys.split('.').all(|key| key.is_empty() || self.lists(KeyList::Containers, key));
        let is_within = |named: &NamedPart| are_containers(outer) && self.rank_within(named.part, last).is_some();
        self.find_key(holder).filter(is_within).or_else(|| self.find_key(last).filter(|_| are_containers(before)))
    }

    /// The rank of a key of an object that holds a part (`name` in `source`); `None` for one that does not hold the part.
    pub(crate) fn rank_within(&self, part: Part, key: &str) -> Option<usize> {
        self.inner.get(&part)?.get(&inner_key(key)).copied()
    }

    /// The name and the language of a heading or a key that says in which language a text is: `title_en`, `Titel (Deutsch)`.
    pub(crate) fn in_language<'a>(&self, name: &'a str) -> Option<(&'a str, &'a str)> {
        let is_sign = |letter: char| matches!(letter, '_' | '-' | '.' | '@' | ' ' | '(' | '（');
        let bare = name.trim().trim_end_matches([')', '）']);
        let (stem, tag) = bare.rsplit_once(is_sign)?;
        let stem = stem.trim_end();
        let is_text = matches!(self.find_key(stem)?.part, Part::Title | Part::Body | Part::Lead);
        (is_text && tag.len() <= MAX_NAME_BYTES && self.language(tag).is_some()).then_some((stem, tag))
    }

    /// The names of a part as they are written in `fields.toml`, those that are preferred first.
    pub(crate) fn of(&self, part: Part) -> &[String] {
        self.file.parts.of(part)
    }

    /// The outlets.
    pub(crate) fn outlets(&self) -> &Outlets {
        &self.outlets
    }

    /// What stands around the names of authors.
    pub(crate) fn bylines(&self) -> &Bylines {
        &self.bylines
    }

    /// The language of a name such as `English` or `중국어`, or of a tag.
    pub(crate) fn language(&self, name: &str) -> Option<Language> {
        if name.len() > MAX_NAME_BYTES {
            return None;
        }
        self.languages.get(&fold(name)).copied().or_else(|| Language::from_tag(name))
    }
}

/// The names of a part, each with its folded form.
fn folded_names<'a>(table: &str, part: Part, names: &'a [String]) -> Result<Vec<(&'a str, String)>> {
    let key = part.name();
    if names.is_empty() {
        bail!("[{table}] {key} in fields.toml: expected one name or more");
    }
    let folded = names.iter().map(|name| match fold(name) {
        folded if folded.is_empty() => bail!("[{table}] {key} in fields.toml: expected names, found `{name}`"),
        folded => Ok((name.as_str(), folded)),
    });
    folded.collect()
}

/// True for two spellings of one name.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// A name without what makes no difference between names.
fn fold(name: &str) -> String {
    let is_separator =
        |letter: char| letter.is_whitespace() || matches!(letter, '_' | '-' | ':' | '\u{FEFF}' | '\u{200B}');
    let mut folded = Folded::new(name).text().to_owned();
    folded.retain(|letter| !is_separator(letter));
    // Umlauts may be spelled out.
    [("ae", "ä"), ("oe", "ö"), ("ue", "ü")].iter().fold(folded, |name, (spelled, umlaut)| name.replace(spelled, umlaut))
}

/// A key as lists of `[json]` have it: `_source` is not `source`.
fn list_key(key: &str) -> String {
    let sign = if key.starts_with('_') { "_" } else { "" };
    format!("{sign}{}", fold(key))
}

/// A key within a part: folded like a name, unless nothing is left of it.
fn inner_key(key: &str) -> String {
    let folded = fold(key);
    if folded.is_empty() { key.to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../index-config/fields.toml");

    #[test]
    fn a_name_is_known_however_it_is_written() {
        let names = FieldNames::parse(SHIPPED).unwrap();
        let part = |name: &str| names.find(name).map(|named| named.part);
        for name in [
            "datePublished",
            "date_published",
            "Date Published",
            "DATE-PUBLISHED",
            " ｄａｔｅ＿ｐｕｂｌｉｓｈｅｄ",
            "発行日",
            "时间",
        ] {
            assert_eq!(part(name), if name == "発行日" { None } else { Some(Part::Date) }, "{name}");
        }
        for name in ["標題", "标题", "新聞標題", "기사 제목", "제목", "Überschrift", "ueberschrift", "head"]
        {
            assert_eq!(part(name), Some(Part::Title), "{name}");
        }
        let rank = |name: &str| names.find(name).unwrap().rank;
        assert!(rank("Date Published") < rank("date_modify") && rank("fullText") < rank("html"));
        let within = |name: &str| names.rank_within(Part::Source, name).unwrap();
        assert!(within("Handle") < within("Name") && within("Name") < within("host"));
        let codes = ["German", "중국어", "EN-us", "fr"].map(|name| names.language(name).map(Language::code));
        assert_eq!(codes, [Some("de"), Some("zh"), Some("en"), None]);
    }
}
