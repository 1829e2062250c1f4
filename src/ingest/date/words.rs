//! The words around publication dates: `dates.toml` of the configuration, parsed and checked.
//!
//! In: the file's text. Out: lists of words, folded as texts are. Invariant: no word is empty, there are twelve months
//! and seven weekdays, and no word is two months or two weekdays.

use std::collections::HashMap;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::text::analysis::Folded;
use crate::toml_file;

/// Months of a year.
const MONTHS: usize = 12;

/// The lists of words around publication dates, in four languages; `dates.toml` explains each.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateWords {
    version: u32,
    pub(crate) months: Vec<Vec<String>>,
    more_months: Vec<Vec<String>>,
    pub(crate) weekdays: Vec<Vec<String>>,
    pub(crate) day_parts: Vec<String>,
    pub(crate) behind_times: Vec<String>,
    pub(crate) time_zones: Vec<String>,
    pub(crate) published: Vec<String>,
    pub(crate) sent: Vec<String>,
    pub(crate) updated: Vec<String>,
    pub(crate) bylines: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) related: Vec<String>,
    pub(crate) labels: Vec<String>,
    pub(crate) this_article: Vec<String>,
    pub(crate) was_published: Vec<String>,
    pub(crate) script_keys: Vec<String>,
    pub(crate) agencies: Vec<String>,
    pub(crate) address_keys: Vec<String>,
}

impl DateWords {
    /// Parses `dates.toml` and folds its words.
    ///
    /// # Errors
    ///
    /// When a key is unknown or missing, or a list is invalid; the message names file and line or key.
    pub(crate) fn parse(text: &str) -> Result<DateWords> {
        let mut words: DateWords = toml_file::parse("dates.toml", text)?;
        if words.version != 1 {
            bail!("dates.toml of the configuration has version {}, expected 1", words.version);
        }
        if words.more_months.len() != MONTHS {
            bail!("more_months in dates.toml: expected {MONTHS} lists of words, found {}", words.more_months.len());
        }
        for (months, more) in words.months.iter_mut().zip(std::mem::take(&mut words.more_months)) {
            // An empty list of `months` is a mistake, whatever other languages have.
            if !months.is_empty() {
                months.extend(more);
            }
        }
        for (key, lists, count) in [("months", &mut words.months, MONTHS), ("weekdays", &mut words.weekdays, 7)] {
            if lists.len() != count {
                bail!("{key} in dates.toml: expected {count} lists of words, found {}", lists.len());
            }
            for list in &mut *lists {
                fold(key, list)?;
            }
            let mut list_of: HashMap<&str, usize> = HashMap::new();
            for (at, word) in lists.iter().enumerate().flat_map(|(at, list)| list.iter().map(move |word| (at, word))) {
                if list_of.insert(word, at).is_some_and(|other| other != at) {
                    bail!("{key} in dates.toml: expected each word in one list, found `{word}` in two");
                }
            }
        }
        let lists = [
            ("day_parts", &mut words.day_parts),
            ("behind_times", &mut words.behind_times),
            ("time_zones", &mut words.time_zones),
            ("published", &mut words.published),
            ("sent", &mut words.sent),
            ("updated", &mut words.updated),
            ("bylines", &mut words.bylines),
            ("sources", &mut words.sources),
            ("related", &mut words.related),
            ("labels", &mut words.labels),
            ("this_article", &mut words.this_article),
            ("was_published", &mut words.was_published),
            ("script_keys", &mut words.script_keys),
            ("agencies", &mut words.agencies),
            ("address_keys", &mut words.address_keys),
        ];
        for (key, list) in lists {
            fold(key, list)?;
        }
        Ok(words)
    }
}

fn fold(key: &str, list: &mut Vec<String>) -> Result<()> {
    if list.is_empty() {
        bail!("{key} in dates.toml: expected one word or more in each list");
    }
    for word in list {
        let folded = Folded::new(word).text().trim().to_owned();
        if folded.is_empty() {
            bail!("{key} in dates.toml: expected words, found `{word}`");
        }
        *word = folded;
    }
    Ok(())
}

/// A regular expression for any of several folded words, the longest first. A word that ends in an ASCII letter must end at a
/// word boundary; the boundary is ASCII's, because the fast automata of `regex` support no Unicode boundaries in other scripts.
pub(crate) fn any_of<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let mut words: Vec<&String> = words.into_iter().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), word.as_str()));
    words.dedup();
    let pattern = |word: &&String| {
        let ends_word = word.ends_with(|last: char| last.is_ascii_alphabetic());
        format!("{}{}", regex::escape(word).replace(' ', r"\s+"), if ends_word { r"(?-u:\b)" } else { "" })
    };
    format!("(?:{})", words.iter().map(pattern).collect::<Vec<_>>().join("|"))
}
