//! Parts of a document that a field can hold, and the names that `fields.toml` has for each.

use serde::{Deserialize, Serialize};

/// A part of a document that a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// What names the article.
    Id,
    /// Its title.
    Title,
    /// Its text.
    Body,
    /// A lead, a summary or a subtitle: text that stands in front of the text.
    Lead,
    /// Its language, as a tag or a name.
    Lang,
    /// Its day of publication.
    Date,
    /// Its outlet or agency.
    Source,
    /// Its address.
    Url,
    /// Its authors.
    Author,
    /// The sections of the outlet that it is in.
    Section,
}

impl Part {
    /// Every part.
    pub(crate) const ALL: [Part; 10] = [
        Part::Id,
        Part::Title,
        Part::Body,
        Part::Lead,
        Part::Lang,
        Part::Date,
        Part::Source,
        Part::Url,
        Part::Author,
        Part::Section,
    ];

    /// The name of the part in `fields.toml`, and by which a user states it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Id => "id",
            Part::Title => "title",
            Part::Body => "body",
            Part::Lead => "lead",
            Part::Lang => "lang",
            Part::Date => "date",
            Part::Source => "source",
            Part::Url => "url",
            Part::Author => "author",
            Part::Section => "section",
        }
    }
}

/// Names for each part, those that are preferred first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamesOfParts {
    id: Vec<String>,
    title: Vec<String>,
    body: Vec<String>,
    lead: Vec<String>,
    lang: Vec<String>,
    date: Vec<String>,
    source: Vec<String>,
    url: Vec<String>,
    author: Vec<String>,
    section: Vec<String>,
}

impl NamesOfParts {
    pub(crate) fn of(&self, part: Part) -> &[String] {
        match part {
            Part::Id => &self.id,
            Part::Title => &self.title,
            Part::Body => &self.body,
            Part::Lead => &self.lead,
            Part::Lang => &self.lang,
            Part::Date => &self.date,
            Part::Source => &self.source,
            Part::Url => &self.url,
            Part::Author => &self.author,
            Part::Section => &self.section,
        }
    }
}
