//! Names of the columns of tables (CSV, TSV): which heading stands for which part of a document.
//!
//! In: the table `[columns]` of `default.toml`. Out: the part that a heading names, whatever its case, width, or form of
//! Chinese characters. Invariant: no heading names two parts.

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::analysis::Folded;

/// The headings that stand for each part of a document, the usual one first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// What names the article.
    pub id: Vec<String>,
    /// Its title.
    pub title: Vec<String>,
    /// Its text.
    pub body: Vec<String>,
    /// Its language, as a tag.
    pub lang: Vec<String>,
    /// Its day of publication.
    pub date: Vec<String>,
    /// Its outlet or agency.
    pub source: Vec<String>,
    /// Its address.
    pub url: Vec<String>,
}

/// A part of a document that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Id,
    Title,
    Body,
    Lang,
    Date,
    Source,
    Url,
}

impl Columns {
    fn parts(&self) -> [(Part, &'static str, &[String]); 7] {
        [
            (Part::Id, "id", &self.id),
            (Part::Title, "title", &self.title),
            (Part::Body, "body", &self.body),
            (Part::Lang, "lang", &self.lang),
            (Part::Date, "date", &self.date),
            (Part::Source, "source", &self.source),
            (Part::Url, "url", &self.url),
        ]
    }

    /// What a heading stands for; `None` for one that is not known.
    pub(crate) fn part(&self, heading: &str) -> Option<Part> {
        let folded = fold(heading);
        let named = |(_, _, names): &(Part, &str, &[String])| names.iter().any(|name| fold(name) == folded);
        self.parts().into_iter().find(named).map(|(part, _, _)| part)
    }

    pub(super) fn check(&self) -> Result<()> {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for (_, key, names) in self.parts() {
            if names.is_empty() {
                bail!("[columns] {key} in default.toml: expected one heading or more");
            }
            for name in names {
                let folded = fold(name);
                if folded.is_empty() {
                    bail!("[columns] {key} in default.toml: expected headings, found `{name}`");
                }
                if let Some((_, other)) = seen.iter().find(|(known, _)| *known == folded) {
                    bail!("[columns] {key} in default.toml: `{name}` stands under `{other}` already");
                }
                seen.push((folded, key));
            }
        }
        Ok(())
    }
}

fn fold(heading: &str) -> String {
    Folded::new(heading.trim()).text().replace(['_', '-'], " ")
}
