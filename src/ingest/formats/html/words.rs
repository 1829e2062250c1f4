//! Words of pages: what classes and ids say of an element, which `meta` elements state a date, how prompts begin; `[pages]` of
//! `default.toml`.
//!
//! In: the lists of the configuration, and a tag. Out: the [`Part`] of the page that it begins. Invariant: whole words count,
//! never parts of words.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::ingest::formats::html::events::Tag;

/// The words of pages, all in lower case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageWords {
    /// Words in classes and ids of what is not the article, unless a word of `article` stands beside them.
    other: Vec<String>,
    /// The same, whatever stands beside them.
    never: Vec<String>,
    /// Words of what readers have written. A page may have more of it than of the article.
    comments: Vec<String>,
    /// Words of boxes that lead to another article, if what is in them is a link.
    teasers: Vec<String>,
    /// Words of what holds the article as well.
    article: Vec<String>,
    /// Words of elements that show a date.
    dates: Vec<String>,
    /// Words of boxes with dates that are not the article's.
    embedded: Vec<String>,
    /// Names of `meta` for the day of publication, in the order in which they count.
    pub(crate) published: Vec<String>,
    /// Names of `meta` for a day that may be that of a change.
    pub(crate) changed: Vec<String>,
    /// Names of `meta` for an author, in the order in which they count.
    pub(crate) authors: Vec<String>,
    /// Names of `meta` for a section, in the order in which they count.
    pub(crate) sections: Vec<String>,
    /// Beginnings of headings of lists of other articles.
    headings: Vec<String>,
    /// Beginnings of paragraphs that are a prompt, however long.
    pub(crate) prompts: Vec<String>,
}

/// The part of a page that an element begins, by its class and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Unknown,
    /// None of the article.
    Other,
    /// None of the article, even if it is longer.
    Comments,
    /// None of the article, if it is a link.
    Teaser,
}

impl PageWords {
    /// Checks the lists.
    ///
    /// # Errors
    ///
    /// When a word is empty or has capitals; the message names the list.
    pub(crate) fn check(&self) -> Result<()> {
        let lists = [
            ("other", &self.other),
            ("never", &self.never),
            ("comments", &self.comments),
            ("teasers", &self.teasers),
            ("article", &self.article),
            ("dates", &self.dates),
            ("embedded", &self.embedded),
            ("published", &self.published),
            ("changed", &self.changed),
            ("authors", &self.authors),
            ("sections", &self.sections),
            ("headings", &self.headings),
            ("prompts", &self.prompts),
        ];
        for (key, list) in lists {
            if let Some(wrong) = list.iter().find(|word| word.is_empty() || word.to_lowercase() != **word) {
                bail!(
                    "pages.{key} in default.toml of the configuration: expected words in lower case, found `{wrong}`"
                );
            }
        }
        Ok(())
    }

    /// The part that an element begins.
    pub(crate) fn part(&self, tag: &Tag) -> Part {
        if matches!(tag.name.as_str(), "main" | "article" | "h1" | "table" | "tr" | "td" | "body" | "html") {
            return Part::Unknown;
        }
        let mut part = if tag.name == "form" { Part::Other } else { Part::Unknown };
        let mut holds_article = tag.name == "p";
        for phrase in phrases(tag) {
            if self.never.iter().any(|listed| phrase.eq_ignore_ascii_case(listed)) {
                return Part::Other;
            }
        }
        for word in names(tag) {
            let is_in = |list: &[String]| list.iter().any(|listed| word.eq_ignore_ascii_case(listed));
            if is_in(&self.never) {
                return Part::Other;
            } else if is_in(&self.comments) {
                part = Part::Comments;
            } else if is_in(&self.teasers) {
                if part == Part::Unknown {
                    part = Part::Teaser;
                }
            } else if is_in(&self.article) {
                holds_article = true;
            } else if is_in(&self.other) && matches!(part, Part::Unknown | Part::Teaser) {
                part = Part::Other;
            }
        }
        if holds_article && part != Part::Teaser { Part::Unknown } else { part }
    }

    /// True for a post of a social network, or another list of articles, whose dates are theirs.
    pub(crate) fn is_embedded(&self, tag: &Tag) -> bool {
        let has = |list: &[String]| names(tag).any(|word| list.iter().any(|listed| word.eq_ignore_ascii_case(listed)));
        !matches!(tag.name.as_str(), "html" | "body" | "main" | "article" | "time")
            && has(&self.embedded)
            && !has(&self.article)
    }

    /// True for a heading of a list of other articles.
    pub(crate) fn is_list_heading(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|first: char| !first.is_alphanumeric()).to_lowercase();
        self.headings.iter().any(|heading| text.starts_with(heading.as_str()))
    }

    /// True for an element that shows a date.
    pub(crate) fn is_date(&self, tag: &Tag) -> bool {
        names(tag).any(|word| self.dates.iter().any(|listed| word.eq_ignore_ascii_case(listed)))
    }
}

/// The words of the class and id of an element.
fn names(tag: &Tag) -> impl Iterator<Item = &str> {
    attributes(tag).flat_map(words)
}

/// Two words side by side in a class or id, as one: `author-bio` is `authorbio`.
fn phrases(tag: &Tag) -> impl Iterator<Item = String> {
    attributes(tag).flat_map(str::split_ascii_whitespace).flat_map(|name| {
        let words: Vec<&str> = words(name).filter(|word| !word.is_empty()).collect();
        words.windows(2).map(<[&str]>::concat).collect::<Vec<_>>()
    })
}

fn attributes(tag: &Tag) -> impl Iterator<Item = &str> {
    ["class", "id", "data-testid"].into_iter().filter_map(|key| tag.get(key))
}

/// The words of a name like `related-box`, `article_body` or `relatedList`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric()).flat_map(|part| {
        let ends = part.char_indices().filter(|&(at, letter)| at > 0 && letter.is_ascii_uppercase());
        let mut starts: Vec<usize> = vec![0];
        // A run of capitals is a word of its own.
        if part.bytes().any(|byte| byte.is_ascii_lowercase()) {
            starts.extend(ends.map(|(at, _)| at));
        }
        starts.push(part.len());
        let pieces: Vec<&str> = starts.windows(2).map(|pair| &part[pair[0]..pair[1]]).collect();
        pieces
    })
}
