//! Titles of pages: which of what a page states and shows is the title, without the name of the outlet.

use std::collections::HashSet;

use crate::text::analysis::char_script;

/// Signs between a title and an outlet.
const SEPARATORS: [char; 11] = ['|', '-', '–', '—', '_', ':', '·', '•', '｜', '»', '«'];

/// A title without the outlet behind or before it.
pub(super) fn without_outlet<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
    let Some(outlet) = outlet.filter(|outlet| !outlet.is_empty()) else { return title };
    let is_separator = |letter: char| SEPARATORS.contains(&letter);
    if let Some(rest) = title.strip_suffix(outlet).map(str::trim_end)
        && rest.ends_with(is_separator)
    {
        return rest.trim_end_matches(|letter| is_separator(letter) || letter.is_whitespace());
    }
    if let Some(rest) = title.strip_prefix(outlet).map(str::trim_start)
        && rest.starts_with(is_separator)
    {
        return rest.trim_start_matches(|letter| is_separator(letter) || letter.is_whitespace());
    }
    title
}

/// Characters of the longest part of a title, between signs that stand by themselves.
fn longest_part(title: &str) -> usize {
    let mut longest = 0;
    let mut part = 0;
    for word in title.split_whitespace() {
        part =
            if word.chars().all(|letter| SEPARATORS.contains(&letter)) { 0 } else { part + word.chars().count() + 1 };
        longest = longest.max(part);
    }
    longest
}

/// The heading that is the title of the article: the longest that `<title>` has in it, else the first that is not the outlet's
/// name, unless `<title>` says more and nothing of it.
pub(super) fn heading_of(headings: &[String], title: &str, outlet: Option<&str>) -> Option<String> {
    let is_outlet = |heading: &str| {
        Some(heading) == outlet || {
            let rest = title.strip_suffix(heading).map(str::trim_end);
            // An outlet that stands first leaves the title for the end; but that is the longer of the two.
            rest.is_some_and(|rest| rest.ends_with(SEPARATORS) && longest_part(rest) > heading.chars().count())
        }
    };
    let headings = || headings.iter().filter(|heading| !heading.is_empty() && !is_outlet(heading));
    let is_part = |heading: &&String| {
        title.split_once(heading.as_str()).is_some_and(|(before, behind)| {
            (before.is_empty() || before.trim_end().ends_with(SEPARATORS)) && !behind.starts_with(char::is_alphanumeric)
        })
    };
    let says_nothing = |heading: &String| {
        2 * heading.chars().count() < title.chars().count() && units(heading).is_disjoint(&units(title))
    };
    // Of several that are as long, the first.
    let longest = headings().rev().filter(is_part).max_by_key(|heading| heading.chars().count());
    longest.or_else(|| headings().next().filter(|heading| !says_nothing(heading))).cloned()
}

/// True if a heading that stands on the page says what is stated as its title: with more before or behind it, or in much the same
/// words. What is stated is often written for search engines, or has section and outlet in it.
pub(super) fn is_same(heading: &str, stated: &str) -> bool {
    if heading.chars().count() < MIN_HEADING_CHARS {
        return false;
    }
    let rest = stated.strip_prefix(heading).map(str::trim_start).filter(|rest| rest.starts_with(SEPARATORS));
    let before = || {
        stated
            .strip_suffix(heading)
            .map(str::trim_end)
            .filter(|rest| rest.ends_with(SEPARATORS) && !rest.ends_with(':'))
    };
    // What stands before it in the heading alone, or in the title before a colon, is a kicker.
    if heading.ends_with(stated) || stated.ends_with(heading) && before().is_none() {
        return false;
    }
    rest.or_else(before).is_some() || {
        let (one, other) = (units(heading), units(stated));
        let shared = one.intersection(&other).count();
        shared > 1 && shared * 10 >= one.len().max(other.len()) * MIN_SHARED_TENTHS
    }
}

/// Characters of a heading that may be the title, whatever is stated.
const MIN_HEADING_CHARS: usize = 8;
/// Tenths of the words that a heading and a title have in common.
const MIN_SHARED_TENTHS: usize = 4;

/// The words of a text in lower case; of CJK scripts, the characters.
fn units(text: &str) -> HashSet<String> {
    let mut units = HashSet::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().any(|letter| char_script(letter).is_some()) {
            units.extend(word.chars().map(String::from));
        } else {
            units.insert(word.to_lowercase());
        }
    }
    units
}

/// A title without a short last part behind a sign that hardly stands in titles. Only where nothing else names the article.
pub(super) fn without_last_part(title: &str) -> &str {
    const MAX_PART_CHARS: usize = 30;
    for separator in [" | ", " – ", " — ", " - ", "｜", "_"] {
        if let Some((rest, part)) = title.rsplit_once(separator)
            && part.chars().count() <= MAX_PART_CHARS
            && rest.chars().count() > part.chars().count()
        {
            return rest.trim_end();
        }
    }
    title
}
