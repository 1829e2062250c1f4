//! Metadata of pages: title, outlet, language, address, day.
//!
//! In: tags and texts as they come. Out: [`Statements`], and from these one of each, in the order that [`Statements::choose`]
//! says.

use std::collections::HashSet;

use crate::ingest::date::page::PageDates;
use crate::ingest::formats::address::is_address;
use crate::ingest::formats::html::data::{Data, decoded, read_data};
use crate::ingest::formats::html::elements::{Role, role_of};
use crate::ingest::formats::html::events::Tag;
use crate::ingest::formats::html::lines::line;
use crate::ingest::formats::html::words::PageWords;
use crate::ingest::formats::language_tag::first_language;
use crate::text::analysis::{char_script, clip};
use crate::text::language::Language;

/// `meta` elements that are kept.
const MAX_METAS: usize = 500;
/// Bytes of all data in scripts that are kept.
const MAX_DATA_BYTES: usize = 4 << 20;
/// Bytes of a title that are kept.
const MAX_TITLE_BYTES: usize = 2000;
/// Headings of the first order that are kept.
const MAX_HEADINGS: usize = 8;

/// Names of `meta` for the outlet.
const OUTLETS: [&str; 5] = ["og:site_name", "dc.publisher", "dcterms.publisher", "article:publisher:name", "publisher"];

/// The statements of a page, in their order.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    title: String,
    /// Headings of the first order. The first is often the outlet's name, or a picture of it.
    headings: Vec<String>,
    lang: Option<String>,
    canonical: Option<String>,
    metas: Vec<(String, String)>,
    data: Vec<String>,
    data_bytes: usize,
    taking: Option<Taking>,
}

/// Text that is being taken down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taking {
    Title,
    Heading,
    Data,
}

/// The values chosen from all that a page states.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) title: String,
    pub(crate) source: Option<String>,
    pub(crate) lang: Option<Language>,
    /// The code of another language that the page states.
    pub(crate) declared_lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) dates: PageDates,
    /// The text of the article, if the data have it.
    pub(crate) body: Option<String>,
    pub(crate) problems: Vec<String>,
}

impl Statements {
    /// Takes a tag; `left_out` if the page's reader passes it over.
    pub(crate) fn start(&mut self, tag: &Tag, left_out: bool) {
        let given = |key: &str| tag.get(key).filter(|value| !value.is_empty()).map(str::to_owned);
        match tag.name.as_str() {
            "html" => self.lang = self.lang.take().or_else(|| given("lang")).or_else(|| given("xml:lang")),
            "title" if self.title.is_empty() => self.taking = Some(Taking::Title),
            "h1" if self.headings.len() < MAX_HEADINGS && !left_out => {
                self.headings.push(String::new());
                self.taking = Some(Taking::Heading);
            }
            "script" if tag.get("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) => {
                self.taking = Some(Taking::Data);
            }
            "link" if tag.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| given("href"));
            }
            _ => {}
        }
        if self.taking == Some(Taking::Heading) && !matches!(role_of(&tag.name), Role::Inline | Role::Span | Role::Link)
        {
            self.text(" ", left_out);
        }
        if tag.name == "meta" {
            self.meta(tag);
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let Some(content) = tag.get("content").filter(|content| !content.is_empty()) else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.get(key)
                && self.metas.len() < MAX_METAS
            {
                self.metas.push((name.to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    pub(crate) fn text(&mut self, text: &str, left_out: bool) {
        match self.taking {
            Some(Taking::Title) => push_bounded(&mut self.title, text),
            Some(Taking::Heading) if !left_out => {
                if let Some(heading) = self.headings.last_mut() {
                    push_bounded(heading, text);
                }
            }
            Some(Taking::Data) if self.data_bytes + text.len() <= MAX_DATA_BYTES => {
                self.data_bytes += text.len();
                self.data.push(text.to_owned());
            }
            _ => {}
        }
    }

    pub(crate) fn end(&mut self, name: &str) {
        let ends = match name {
            "title" => Taking::Title,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Taking::Heading,
            "script" => Taking::Data,
            _ => return,
        };
        if self.taking == Some(ends) {
            self.taking = None;
        }
    }

    /// Chooses one statement of each kind. Data made for machines (JSON-LD) come first, then Open Graph and named `meta`, then what the page shows: the
    /// first two are the same article's in any layout, while a page shows other articles' days as well.
    pub(crate) fn choose(&self, words: &PageWords) -> Chosen {
        let mut chosen = Chosen::default();
        let canonical = self.canonical.as_deref().filter(|url| is_address(url));
        let address = canonical.or_else(|| self.meta_of(&["og:url"]).filter(|url| is_address(url)));
        let shown: Vec<String> = self.headings.iter().map(|heading| line(heading)).collect();
        let og_title = self.meta_of(&["og:title", "twitter:title", "dc.title"]).map(|title| line(&decoded(title)));
        let titles: Vec<String> = og_title.iter().chain(&shown).cloned().collect();
        let data = read_data(&self.data, address, &titles, &mut chosen.problems);
        let Data { headline, published, publisher, lang, url, body, published_else } = data;
        chosen.source = publisher.or_else(|| self.meta_of(&OUTLETS).map(line));
        let metas = |names: &[String]| -> Vec<String> {
            names.iter().filter_map(|name| self.meta_of(&[name.as_str()])).map(str::to_owned).collect()
        };
        let dates_stated = published.into_iter().chain(metas(&words.published));
        let dates_stated: Vec<String> = dates_stated.collect();
        let languages =
            [lang.as_deref(), self.lang.as_deref(), self.meta_of(&["og:locale", "content-language", "language"])];
        (chosen.lang, chosen.declared_lang) = first_language(languages.into_iter().flatten());
        chosen.url = address.map(str::to_owned).or(url.filter(|url| is_address(url)));
        chosen.body = body;
        let outlet = chosen.source.clone().or_else(|| self.meta_of(&["application-name"]).map(line));
        let stated = headline.or(og_title);
        let stated = stated.map(|title| without_outlet(&title, outlet.as_deref()).to_owned());
        let title = line(&decoded(&self.title));
        let heading = heading_of(&shown, &title, outlet.as_deref());
        let in_head = || {
            let short = without_outlet(&title, outlet.as_deref());
            if short.len() < title.len() { short.to_owned() } else { without_last_part(&title).to_owned() }
        };
        let stated = stated.filter(|stated| !stated.is_empty());
        chosen.title = match (stated, heading) {
            (Some(stated), Some(heading)) if is_same(&heading, &stated) => heading,
            (Some(stated), _) => stated,
            (None, heading) => heading.unwrap_or_else(in_head),
        };
        chosen.dates.changed = published_else.into_iter().chain(metas(&words.changed)).collect();
        chosen.dates.year_first = matches!(chosen.lang, Some(Language::Korean | Language::Chinese));
        chosen.dates.published = dates_stated;
        chosen
    }

    /// The first of the named that is stated.
    fn meta_of(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| self.metas.iter().find(|(key, _)| key == name).map(|(_, content)| content.as_str());
        names.iter().find_map(find)
    }
}

fn push_bounded(to: &mut String, text: &str) {
    let room = MAX_TITLE_BYTES.saturating_sub(to.len());
    to.push_str(clip(text, room));
}

/// Signs between a title and an outlet.
const SEPARATORS: [char; 11] = ['|', '-', '–', '—', '_', ':', '·', '•', '｜', '»', '«'];

/// A title without the outlet behind or before it.
fn without_outlet<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
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
fn heading_of(headings: &[String], title: &str, outlet: Option<&str>) -> Option<String> {
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
fn is_same(heading: &str, stated: &str) -> bool {
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
fn without_last_part(title: &str) -> &str {
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
