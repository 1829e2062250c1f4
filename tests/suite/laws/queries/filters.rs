//! Random filters, and what each of them admits by what is stored of a passage.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use tradewire::internals::analysis::Folded;
use tradewire::internals::engine::StoredPassage;
use tradewire::internals::language::Language;
use tradewire::internals::query::{DateFilter, Filter, WordCount};
use unicode_normalization::UnicodeNormalization;

use crate::laws::text::is_cjk;
use crate::laws::{Corpus, Stored};

/// The day that relative dates count from: within those of the samples.
pub(super) const TODAY: Date = date(2026, 1, 12);

/// Filters of every kind, with values that documents have and that none has.
pub(super) fn filters(corpus: &Corpus) -> Vec<Filter> {
    let mut found = Vec::new();
    for languages in [
        vec![Language::English],
        vec![Language::Korean],
        vec![Language::German, Language::Chinese],
        vec![Language::Undetermined],
        Language::ALL.to_vec(),
    ] {
        found.push(Filter::Lang(languages));
    }
    for dates in ["2025", "2025-12", "2025-11..2026-01-20", ">=2026", "<2025-07", "..2024", ">2025-12-12", "1999"] {
        found.push(Filter::Date(DateFilter::parse(dates).unwrap()));
    }
    for dates in
        ["today", "30d..", "..2w", "last-month", "this-year", ">last-week", "<3m", "1y..6m", "2025-11..yesterday"]
    {
        found.push(Filter::Date(DateFilter::parse(dates).unwrap()));
    }
    for countries in ["kr", "cn,de", "us", "eu,jp", "aq"] {
        found.push(Filter::Country(countries.split(',').map(|code| code.parse().unwrap()).collect()));
    }
    for pairs in ["cn-kr", "kr-us", "de-eu,jp-kr", "aq-kr", "cn-kr,cn-us"] {
        found.push(Filter::Pair(pairs.split(',').map(|pair| pair.parse().unwrap()).collect()));
    }
    for words in [">300", "200..500", "<=250", "..10", "317", ">=100000"] {
        found.push(Filter::Words(WordCount::parse(words).unwrap()));
    }
    for concepts in ["rare-earths", "tariffs", "semiconductors,steel", "xyzzy"] {
        found.push(Filter::Concept(concepts.split(',').map(str::to_owned).collect()));
    }
    for (filter, names) in [
        (Filter::Author as fn(String) -> Filter, names_of(corpus, |passage| &passage.authors)),
        (Filter::Section, names_of(corpus, |passage| &passage.sections)),
    ] {
        found.extend(names.into_iter().map(filter));
    }
    let mut sources: BTreeSet<&str> = BTreeSet::from(["nobody"]);
    for name in corpus.passages.iter().filter_map(|stored| stored.passage.source.as_deref()).take(500) {
        sources.insert(name);
        sources.extend(name.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()));
    }
    found.extend(sources.into_iter().take(60).map(|words| Filter::Source(words.to_owned())));
    for stored in corpus.passages.iter().step_by(corpus.passages.len().div_ceil(20).max(1)) {
        let id = stored.passage.id.clone();
        let beginning: String = id.chars().take(id.chars().count().div_ceil(2)).collect();
        found.push(Filter::Id { id: beginning, prefix: true });
        found.push(Filter::Id { id, prefix: false });
    }
    found
}

/// Names of passages, whole and by their words, and one that there is not.
fn names_of(corpus: &Corpus, of: impl Fn(&StoredPassage) -> &Vec<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["nobody".to_owned()]);
    for name in corpus.passages.iter().flat_map(|stored| of(&stored.passage)) {
        names.insert(name.clone());
        names.extend(pieces(name));
    }
    names.into_iter().take(30).collect()
}

/// Whether a passage passes a filter, decided from what is stored of it.
pub(in crate::laws) fn admits(corpus: &Corpus, filter: &Filter, stored: &Stored) -> bool {
    let passage = &stored.passage;
    match filter {
        Filter::Lang(languages) => languages.contains(&passage.lang),
        // Days in this form compare like strings.
        Filter::Date(dates) => passage.date.as_ref().is_some_and(|date| {
            let range = dates.on(TODAY);
            range.from.is_none_or(|from| from.to_string() <= *date) && range.to.is_none_or(|to| *date <= to.to_string())
        }),
        Filter::Source(wanted) => has_name(passage.source.as_slice(), wanted),
        Filter::Author(wanted) => has_name(&passage.authors, wanted),
        Filter::Section(wanted) => has_name(&passage.sections, wanted),
        Filter::Words(count) => {
            let words = corpus.words[&passage.id];
            count.from.is_none_or(|from| from <= words) && count.to.is_none_or(|to| words <= to)
        }
        Filter::Concept(ids) => ids.iter().any(|id| passage.concepts.contains(id)),
        Filter::Country(countries) => countries.iter().any(|country| passage.countries.contains(country)),
        Filter::Pair(pairs) => {
            let names = |code: &str| passage.countries.iter().any(|country| country.to_string() == code);
            pairs.iter().any(|pair| pair.to_string().split('-').all(names))
        }
        Filter::Id { id, prefix: true } => passage.id.starts_with(id.as_str()),
        Filter::Id { id, prefix: false } => passage.id == *id,
    }
}

/// True if one of the names has these words and characters in this order.
fn has_name(names: &[String], wanted: &str) -> bool {
    let wanted = pieces(wanted);
    names.iter().any(|name| pieces(name).windows(wanted.len()).any(|window| window == wanted))
}

/// Words and CJK characters, in lower case.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for character in Folded::new(name).text().nfkc() {
        match character {
            _ if is_cjk(character) => pieces.extend([character.to_string(), String::new()]),
            _ if character.is_alphanumeric() => pieces.last_mut().unwrap().push(character),
            _ => pieces.push(String::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
