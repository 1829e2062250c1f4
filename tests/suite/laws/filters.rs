//! The oracle of what is known of articles: their concepts by a plain reading of the glossary and of the stored texts, their lengths,
//! and facets as sets.

use std::collections::{BTreeMap, BTreeSet};

use tradewire::internals::analysis::Segmented;
use tradewire::internals::engine::{ResultUnit, StoredPassage};
use tradewire::internals::language::Language;
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{FacetField, SearchOptions, Searcher};

use super::Corpus;

fn searcher(corpus: &Corpus) -> Searcher {
    let config = &corpus.config;
    Searcher::new(corpus.index.clone(), &config.analysis, &config.ranking, &config.glossary)
}

/// Each text of each document, titles too, with the document's id and the languages that it is read in.
fn texts(corpus: &Corpus) -> Vec<(&str, &str, Vec<Language>)> {
    let languages = |id: &str| -> Vec<Language> {
        let own = corpus.passages.iter().filter(|stored| stored.passage.id == id);
        own.map(|stored| stored.passage.lang).collect()
    };
    let texts = corpus.passages.iter().flat_map(|stored| {
        let StoredPassage { id, title, number, lang, .. } = &stored.passage;
        let title = (*number == 0).then(|| (id.as_str(), title.as_str(), languages(id)));
        title.into_iter().chain([(id.as_str(), stored.text.as_str(), vec![*lang])])
    });
    texts.collect()
}

#[test]
fn every_passage_has_what_is_known_of_its_article() {
    let corpus = Corpus::of_seeds();
    let mut known = BTreeMap::new();
    for stored in &corpus.passages {
        let passage = &stored.passage;
        let own = (&passage.authors, &passage.sections, passage.words, &passage.concepts);
        assert_eq!(*known.entry(&passage.id).or_insert(own), own, "{}", stored.name());
        assert_eq!(passage.words, corpus.words[&passage.id], "{}", stored.name());
        assert!(passage.concepts.is_sorted(), "{}", stored.name());
    }
    assert!(known.values().any(|known| !known.0.is_empty()) && known.values().any(|known| known.0.is_empty()));
}

/// A name that is written in a text as the glossary has it names its concept; and where a concept is named, a search for one of
/// its names finds the article.
#[test]
fn concepts_are_those_of_which_a_name_stands_in_the_text() {
    let corpus = Corpus::of_seeds();
    let searcher = searcher(&corpus);
    let texts = texts(&corpus);
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for stored in &corpus.passages {
        let concepts = stored.passage.concepts.iter().map(String::as_str);
        concepts.for_each(|concept| _ = named.entry(concept).or_default().insert(&stored.passage.id));
    }
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let stands = |name: &str, text: &str| {
        text.match_indices(name).any(|(at, _)| {
            !is_letter(text[..at].chars().next_back()) && !is_letter(text[at + name.len()..].chars().next())
        })
    };
    let mut checked = 0;
    for concept in corpus.config.glossary.concepts().unwrap().iter().filter(|concept| concept.kind.is_filtered_by()) {
        let found = named.remove(concept.id.as_str()).unwrap_or_default();
        let mut searched = BTreeSet::new();
        for name in &concept.names {
            for (id, text, languages) in &texts {
                // Words are read by the chain of the text's language.
                let is_read = !name.text.is_ascii() || languages.contains(&name.column.language());
                if is_read && stands(&name.text, text) {
                    assert!(found.contains(id), "{} is not named in {id}, which has {}", concept.id, name.text);
                    checked += 1;
                }
            }
            let quoted = format!("\"{}\"", name.text.replace('"', " "));
            let options = QueryOptions { expand: false, ..QueryOptions::default() };
            if !found.is_empty()
                && let Some(ids) = searcher.documents(&parse_query(&quoted).unwrap(), &options).unwrap()
            {
                searched.extend(ids);
            }
        }
        let lacking: Vec<&&str> = found.iter().filter(|id| !searched.contains(**id)).collect();
        assert!(lacking.is_empty(), "{} is said to be named in {lacking:?}", concept.id);
    }
    assert!(named.is_empty(), "no concepts: {named:?}");
    assert!(checked > 500, "{checked}");
}

/// The count of each value is the number of results with the filter by it, by passage and by document.
#[test]
fn facets_count_what_their_filters_find() {
    let corpus = Corpus::of_seeds();
    let searcher = searcher(&corpus);
    for unit in [ResultUnit::Passage, ResultUnit::Document] {
        for query in ["tariff OR Zoll OR 关税 OR 관세", "lang:ko", "steel"] {
            for (field, prefix) in
                [(FacetField::Author, "author"), (FacetField::Section, "section"), (FacetField::Concept, "concept")]
            {
                let count = |query: &str, facets: Vec<FacetField>| {
                    let options = SearchOptions {
                        unit,
                        facets,
                        facet_limit: 0,
                        limit: 0,
                        count: true,
                        query: QueryOptions { expand: false, ..QueryOptions::default() },
                        ..SearchOptions::default()
                    };
                    searcher.answer(&parse_query(query).unwrap(), &options).unwrap().unwrap()
                };
                let counted = count(query, vec![field]);
                let facet = &counted.facets[0];
                assert!(facet.values.len() > 2 && facet.other == 0, "{query}: {facet:?}");
                for value in facet.values.iter().take(12) {
                    // A word of a name is in others too, the whole name in no other here.
                    let name = if prefix == "concept" { value.value.clone() } else { format!("\"{}\"", value.value) };
                    let filtered = count(&format!("+({query}) {prefix}:{name}"), Vec::new());
                    assert_eq!(filtered.total, Some(value.count), "+({query}) {prefix}:{name}");
                }
            }
        }
    }
}

#[test]
fn lengths_are_counted_as_distances_are() {
    let corpus = Corpus::of_articles(&[
        ("en", "A title of six words here", "Tariffs on steel, aluminium and rare-earth magnets rose by 3.5%."),
        ("de", "", "Die Zölle für Stahl- und Aluminiumwaren steigen."),
        ("ko", "", "철강 관세가 올랐다."),
        ("zh", "", "钢铁关税上调。"),
        ("mixed", "", "한국 FTA 自由贸易 🙂 — ＦＴＡ!"),
        ("empty", "Only a title", ""),
    ]);
    let words: Vec<(&str, u64)> =
        corpus.passages.iter().map(|stored| (stored.passage.id.as_str(), stored.passage.words)).collect();
    let expected = [("de", 7), ("empty", 0), ("en", 11), ("ko", 8), ("mixed", 8), ("zh", 6)];
    for (id, count) in expected {
        assert!(words.contains(&(id, count)), "{id} {count}: {words:?}");
        let text = corpus.passages.iter().find(|stored| stored.passage.id == id).unwrap();
        assert_eq!(Segmented::new(&text.text).units().len() as u64, count);
    }
}
