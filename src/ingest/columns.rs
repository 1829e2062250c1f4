//! Names of the columns of tables (CSV, TSV): which heading stands for which part of a document.
//!
//! In: the table `[columns]` of `default.toml`. Out: the part that a heading names, whatever its case, width, or form of
//! Chinese characters. Invariant: no heading names two parts.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::text::analysis::Folded;

/// Bytes of a heading at most.
const MAX_HEADING_BYTES: usize = 1000;

/// The headings that stand for each part of a document, the usual one first.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
pub(crate) enum ColumnRole {
    Id,
    Title,
    Body,
    Lang,
    Date,
    Source,
    Url,
}

impl Columns {
    fn roles(&self) -> [(ColumnRole, &'static str, &[String]); 7] {
        [
            (ColumnRole::Id, "id", &self.id),
            (ColumnRole::Title, "title", &self.title),
            (ColumnRole::Body, "body", &self.body),
            (ColumnRole::Lang, "lang", &self.lang),
            (ColumnRole::Date, "date", &self.date),
            (ColumnRole::Source, "source", &self.source),
            (ColumnRole::Url, "url", &self.url),
        ]
    }

    /// All headings, to look them up in.
    pub(crate) fn headings(&self) -> Headings {
        let named = |(role, _, names): (ColumnRole, &str, &[String])| {
            names.iter().map(move |name| (fold(name), role)).collect::<Vec<_>>()
        };
        Headings(self.roles().into_iter().flat_map(named).collect())
    }

    pub(super) fn check(&self) -> Result<()> {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for (_, key, names) in self.roles() {
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

/// The headings as they are looked up.
#[derive(Debug)]
pub(crate) struct Headings(BTreeMap<String, ColumnRole>);

impl Headings {
    /// What a heading stands for; `None` for one that is not known.
    pub(crate) fn role(&self, heading: &str) -> Option<ColumnRole> {
        // Longer ones are no names.
        if heading.len() > MAX_HEADING_BYTES { None } else { self.0.get(&fold(heading)).copied() }
    }
}

fn fold(heading: &str) -> String {
    Folded::new(heading.trim()).text().replace(['_', '-'], " ")
}
