//! The field map: where a user says which keys of JSON or which columns of a table hold the parts of an article.
//!
//! In: `title=headline,body=fields.standfirst+fields.body`. Out: the paths of each part. Dots lead into objects, `+` joins texts
//! with a paragraph between them; a key with a dot, a comma, a plus or an equals sign in it stands in double quotes.

use std::fmt;

use anyhow::{Result, bail};

use crate::ingest::field_names::same_name;
use crate::ingest::part::Part;

/// The paths of the parts that a user states. Empty if none is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    parts: Vec<(Part, Vec<FieldPath>)>,
}

/// A path to a field: keys of objects inside each other, or the heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldPath(Vec<String>);

impl FieldMap {
    /// Adds assignments, separated by commas: `title=headline,body=fields.standfirst+fields.body`.
    ///
    /// # Errors
    ///
    /// When there is no such part, a part is stated twice, or a path is empty; says what was expected.
    pub fn add(&mut self, assignments: &str) -> Result<()> {
        for assignment in split(assignments, ',')? {
            let mut sides = split(assignment, '=')?.into_iter();
            let (Some(name), Some(paths), None) = (sides.next(), sides.next(), sides.next()) else {
                bail!("`{assignment}` is no assignment, expected PART=PATH, such as title=headline");
            };
            let name = name.trim();
            let Some(part) = Part::ALL.into_iter().find(|part| part.name() == name) else {
                let names = Part::ALL.map(Part::name).join(", ");
                bail!("there is no part `{name}`, expected one of {names}");
            };
            if self.parts.iter().any(|(known, _)| *known == part) {
                bail!("the part `{name}` is stated twice; `+` joins several paths, as in {name}=one+other");
            }
            let paths = split(paths, '+')?.into_iter().map(FieldPath::parse).collect::<Result<_>>()?;
            self.parts.push((part, paths));
        }
        Ok(())
    }

    /// The parts that are stated, each with its paths.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (Part, &[FieldPath])> {
        self.parts.iter().map(|(part, paths)| (*part, paths.as_slice()))
    }

    /// The paths of a part; none if it is not stated.
    pub(crate) fn of(&self, part: Part) -> &[FieldPath] {
        self.parts().find(|(stated, _)| *stated == part).map_or(&[], |(_, paths)| paths)
    }

    /// All paths, in their order.
    pub(crate) fn paths(&self) -> impl Iterator<Item = (Part, &FieldPath)> {
        self.parts().flat_map(|(part, paths)| paths.iter().map(move |path| (part, path)))
    }
}

impl FieldPath {
    fn parse(text: &str) -> Result<FieldPath> {
        let mut keys = Vec::new();
        for key in split(text, '.')? {
            let key = key.trim();
            let quoted = key.strip_prefix('"').and_then(|key| key.strip_suffix('"'));
            let key = quoted.map_or_else(|| key.to_owned(), |key| key.replace("\"\"", "\""));
            if key.is_empty() {
                bail!("`{text}` is no path, expected keys with dots between them, such as fields.headline");
            }
            keys.push(key);
        }
        Ok(FieldPath(keys))
    }

    /// The keys, the outermost first.
    pub(crate) fn keys(&self) -> &[String] {
        &self.0
    }

    /// True for the column with this heading: a flat table may have the path of a nested record as its heading.
    pub(crate) fn is_heading(&self, heading: &str) -> bool {
        let heading = heading.trim();
        let written = self.0.join(".");
        heading == written || same_name(heading, &written)
    }

    /// True for a key of a record, at a place of this path.
    pub(crate) fn is_key(&self, at: usize, key: &str) -> bool {
        self.0.get(at).is_some_and(|wanted| wanted == key || same_name(wanted, key))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("."))
    }
}

/// The paths that were found in the records of an input, and the names of the fields that these have.
pub(crate) struct MappedPaths<'a> {
    map: &'a FieldMap,
    found: Vec<bool>,
    /// Fields by their paths, no more than are worth comparing.
    known: Vec<String>,
}

/// Fields of an input that are remembered for a path that no record has.
const MAX_KNOWN: usize = 200;
/// Fields that are shown for such a path.
const MAX_SHOWN: usize = 8;

impl<'a> MappedPaths<'a> {
    pub(crate) fn new(map: &'a FieldMap) -> MappedPaths<'a> {
        MappedPaths { map, found: vec![false; map.paths().count()], known: Vec::new() }
    }

    /// True if every path was found, so that fields need not be looked at any more.
    pub(crate) fn is_complete(&self) -> bool {
        self.found.iter().all(|&found| found)
    }

    /// Notes that a record has a path of the map.
    pub(crate) fn found(&mut self, path: &FieldPath) {
        for ((_, known), found) in self.map.paths().zip(&mut self.found) {
            *found |= known == path;
        }
    }

    /// Notes a field that a record or a heading has, for the report of what is missing.
    pub(crate) fn knows(&mut self, field: &str) {
        if self.known.len() < MAX_KNOWN && !self.known.iter().any(|known| known == field) {
            self.known.push(field.to_owned());
        }
    }

    /// The faults of the paths that nothing in the input has.
    pub(crate) fn missing(&self) -> Vec<String> {
        let missing = self.map.paths().zip(&self.found).filter(|(_, found)| !**found);
        missing.map(|((part, path), _)| self.describe(part, path)).collect()
    }

    fn describe(&self, part: Part, path: &FieldPath) -> String {
        let written = path.to_string();
        let last = path.keys().last().map_or("", String::as_str).to_lowercase();
        let distance = |field: &&String| {
            let lower = field.to_lowercase();
            let key = lower.rsplit('.').next().unwrap_or_default();
            let contains = key.contains(&last) || last.contains(key);
            (!contains, strsim::osa_distance(key, &last).min(strsim::osa_distance(&lower, &written.to_lowercase())))
        };
        let mut similar: Vec<&String> = self.known.iter().collect();
        similar.sort_by_key(distance);
        let shown: Vec<String> = similar.iter().take(MAX_SHOWN).map(|field| format!("`{field}`")).collect();
        let has =
            if shown.is_empty() { "there is no field".to_owned() } else { format!("there are {}", shown.join(", ")) };
        format!("no record has the path `{written}`, which is stated for {}; {has}", part.name())
    }
}

/// The parts of a text between a sign, where that does not stand in double quotes.
fn split(text: &str, sign: char) -> Result<Vec<&str>> {
    let (mut parts, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        if letter == '"' {
            is_quoted = !is_quoted;
        } else if letter == sign && !is_quoted {
            parts.push(&text[start..at]);
            start = at + sign.len_utf8();
        }
    }
    if is_quoted {
        bail!("`{text}` has a quotation mark without its end");
    }
    parts.push(&text[start..]);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<(Part, String)> {
        let mut map = FieldMap::default();
        map.add(text).unwrap();
        map.paths().map(|(part, path)| (part, path.keys().join("/"))).collect()
    }

    #[test]
    fn paths_are_read_and_quoted_keys_kept() {
        let expected = [(Part::Title, "headline"), (Part::Body, "fields/standfirst"), (Part::Body, "fields/body")];
        let expected = expected.map(|(part, path)| (part, path.to_owned()));
        assert_eq!(paths("title=headline,body=fields.standfirst+fields.body"), expected);
        assert_eq!(
            paths(r#"title="a.b, c=d".e+"say ""x""",date=게시일"#),
            [
                (Part::Title, "a.b, c=d/e".to_owned()),
                (Part::Title, "say \"x\"".to_owned()),
                (Part::Date, "게시일".to_owned())
            ]
        );
    }

    #[test]
    fn mistakes_are_refused() {
        for (text, expected) in [
            ("headline", "`headline` is no assignment"),
            (
                "text=a",
                "there is no part `text`, expected one of id, title, body, lead, lang, date, source, url, author, section",
            ),
            ("title=a,title=b", "stated twice"),
            ("title=", "`` is no path"),
            ("title=a..b", "`a..b` is no path"),
            ("title=\"a", "without its end"),
            ("", "`` is no assignment"),
        ] {
            let error = FieldMap::default().add(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_path_that_nothing_has_names_similar_ones() {
        let mut map = FieldMap::default();
        map.add("title=fields.head,body=text").unwrap();
        let mut mapped = MappedPaths::new(&map);
        ["id", "fields.headline", "text"].iter().for_each(|field| mapped.knows(field));
        mapped.found(&map.of(Part::Body)[0]);
        let missing = mapped.missing();
        assert_eq!(missing.len(), 1);
        assert!(
            missing[0].contains("`fields.head`, which is stated for title; there are `fields.headline`"),
            "{missing:?}"
        );
    }
}
