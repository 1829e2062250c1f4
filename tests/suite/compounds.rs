//! German compounds: what finds what by its parts, what does not, and which bytes are marked.

use std::sync::Arc;

use tradewire::internals::config::Config;
use tradewire::internals::index::NewsIndex;
use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::{SearchOptions, Searcher};

use crate::workspace::{Workspace, as_typed};

/// German for the detection of languages, without a compound in it.
const AROUND: &str = "Das ist nicht die Meinung, die der Minister und die anderen haben, aber es wird auch von";

fn news() -> Workspace {
    let text = |sentence: &str| format!("{AROUND} {sentence} gesprochen.");
    let articles = [
        ("services", "", text("dem Dienstleistungshandel")),
        ("fta", "", text("einem Freihandelsabkommen mit Korea")),
        ("apart", "", text("den Zöllen auf koreanischen Stahl")),
        ("steel", "", text("den Stahlzöllen")),
        ("pipes", "", text("Röhren aus Stahl")),
        ("caps", "", text("LÄNDERABKOMMEN und GROẞHANDEL")),
        ("decomposed", "", text("La\u{308}ndervertra\u{308}gen und Gro\u{df}ma\u{308}rkten")),
        ("wide", "", text("Ｗｅｌｔｍａｒｋｔｐｒｅｉｓｅｎ")),
        ("hyphen", "", text("den EU-Schutzmaßnahmen und der Chip-Produktion")),
        ("danube", "", text("der Donaudampfschifffahrtsgesellschaft")),
        ("whole", "", text("dem Ministerium, dem Bundestag und dem Halbleiter")),
        ("soft", "", text("der Liefer\u{ad}kette")),
    ];
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, title, body)| (*id, *title, body.as_str())).collect();
    Workspace::with_articles(&articles)
}

#[test]
fn a_word_finds_and_marks_what_it_is_a_part_of() {
    let news = news();
    for (query, expected) in [
        ("Handel", &["caps HANDEL", "fta handel", "services handel"][..]),
        ("HANDELS", &["caps HANDEL", "fta handel", "services handel"]),
        ("Abkommen", &["caps ABKOMMEN", "fta abkommen"]),
        ("Freihandel", &["fta Freihandel"]),
        ("Dienstleistung", &["services Dienstleistung"]),
        ("Dienstleistungen", &["services Dienstleistung"]),
        ("Land", &["caps LÄNDER", "decomposed La\u{308}nder"]),
        ("Laender", &["caps LÄNDER", "decomposed La\u{308}nder"]),
        ("Großmarkt", &["decomposed Gro\u{df}ma\u{308}rkten"]),
        ("gross", &["caps GROẞ", "decomposed Gro\u{df}"]),
        ("Markt", &["decomposed ma\u{308}rkten", "wide ｍａｒｋｔ"]),
        ("Weltmarkt", &["wide Ｗｅｌｔｍａｒｋｔ"]),
        ("Maßnahme", &["hyphen maßnahmen"]),
        ("Schutz", &["hyphen Schutz"]),
        ("Produktion", &["hyphen Produktion"]),
        ("Schifffahrt", &["danube schifffahrt"]),
        ("Gesellschaft", &["danube gesellschaft"]),
        ("Dampfschiff", &["danube dampfschiff"]),
        ("Kette", &["soft kette"]),
        ("Stahl", &["apart Stahl", "pipes Stahl", "steel Stahl"]),
        // None of these is a part.
        ("Leiter", &[]),
        ("Tag", &[]),
        ("Schaft", &[]),
        ("andel", &[]),
    ] {
        assert_eq!(news.marks(query), expected, "{query}");
    }
    // The longer stretch takes in the shorter ones.
    assert_eq!(
        news.marks("Handelsabkommen Korea"),
        ["caps ABKOMMEN", "caps HANDEL", "fta Korea", "fta handelsabkommen"]
    );
}

#[test]
fn a_compound_finds_all_its_parts_and_never_some() {
    let news = news();
    for query in ["Stahlzölle", "Stahlzoelle", "STAHLZÖLLE", "Stahlzo\u{308}lle", "Stahlzoll"] {
        assert_eq!(news.marks(query), ["apart Stahl", "apart Zöllen", "steel Stahlzöllen"], "{query}");
    }
    // The whole word comes first.
    let hits = news.search("Stahlzölle", &as_typed()).hits;
    assert_eq!(hits[0].document.id, "steel");
    // Parts of other words are as good as words.
    assert_eq!(news.marks("Länderhandel"), ["caps HANDEL", "caps LÄNDER"]);
    assert_eq!(news.documents("Stahlhandel"), Vec::<String>::new());
    // Of one part twice, one is not all.
    assert_eq!(news.documents("Stahlstahl"), Vec::<String>::new());
    assert_eq!(news.documents("Stahlhandel Röhren"), ["pipes"]);
}

#[test]
fn beside_an_operator_a_compound_is_one_term() {
    let news = news();
    for (query, expected) in [
        ("Handel", &["caps", "fta", "services"][..]),
        ("Handel AND Korea", &["fta"]),
        ("Handel NOT Korea", &["caps", "services"]),
        ("+Handelsabkommen", &["fta"]),
        ("+Stahlzölle", &["steel"]),
        ("Stahl NOT Stahlzölle", &["apart", "pipes"]),
        ("Stahl NOT Zoll", &["pipes"]),
        ("Stahlzölle OR Dienstleistungshandel", &["services", "steel"]),
        ("Stahl NEAR Korea", &[]),
        ("Handel NEAR/3 Korea", &["fta"]),
        // Only words as they stand.
        ("\"Handel\"", &[]),
        ("\"Handelsabkommen\"", &[]),
        ("=Handel", &[]),
        ("Handel*", &[]),
        ("Handl~", &[]),
        ("Frei*", &["fta"]),
        ("\"Handel Korea\"~9", &[]),
        ("title:Handel", &[]),
    ] {
        assert_eq!(news.documents(query), expected, "{query}");
    }
}

/// Alone a stop word makes hits, but not as a part: beside others it would find less than alone.
#[test]
fn a_stop_word_is_no_part() {
    let around = |sentence: &str| format!("{AROUND} {sentence} gesprochen.");
    let (measure, against) = (around("einer Gegenmaßnahme"), around("einem Schritt gegen Korea"));
    let news = Workspace::with_articles(&[("part", "", &measure), ("word", "", &against)]);
    for query in ["gegen", "gegen OR 2025", "gegen AND Minister", "gegen NOT 2025"] {
        assert_eq!(news.documents(query), ["word"], "{query}");
    }
}

#[test]
fn all_words_required_is_all_of_their_hits() {
    let news = news();
    let config = Config::builtin().unwrap();
    let index = NewsIndex::open(&news.index_dir(), &config).unwrap();
    let searcher = Searcher::new(Arc::new(index), &config.analysis, &config.ranking, &config.glossary);
    let query = QueryOptions { require_all: true, ..as_typed().query };
    let options = SearchOptions { query, ..as_typed() };
    for (query, expected) in
        [("Stahlzölle koreanischen", &["apart"][..]), ("Handel Korea", &["fta"]), ("Handel Röhren", &[])]
    {
        let results = searcher.answer(&parse_query(query).unwrap(), &options).unwrap().unwrap_or_default();
        let found: Vec<&str> = results.hits.iter().map(|hit| hit.document.id.as_str()).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn parts_stand_in_titles_too() {
    let body = format!("{AROUND} Kim gesprochen.");
    let workspace = Workspace::with_articles(&[("title", "Neue Strafzölle", &body), ("other", "Neue Straßen", &body)]);
    assert_eq!(workspace.documents("title:Zoll"), ["title"]);
    let hits = workspace.search("Zölle", &as_typed()).hits;
    let marked: Vec<&str> = hits[0].title_highlights.iter().map(|mark| mark.slice(&hits[0].document.title)).collect();
    assert_eq!(marked, ["zölle"]);
}

#[test]
fn only_german_passages_have_parts() {
    let english = "The ministers of both countries met again, and the Freihandelsabkommen was what they talked about.";
    let workspace = Workspace::with_articles(&[("en", "", english)]);
    assert_eq!(workspace.documents("Freihandelsabkommen"), ["en"]);
    assert_eq!(workspace.documents("Handel"), Vec::<String>::new());
}

#[test]
fn without_weight_parts_find_the_same() {
    let news = news();
    let mut config = Config::builtin().unwrap();
    config.ranking.compound_parts = 0.0;
    let index = NewsIndex::open(&news.index_dir(), &config).unwrap();
    let searcher = Searcher::new(Arc::new(index), &config.analysis, &config.ranking, &config.glossary);
    for query in ["Handel", "Stahlzölle", "Stahlhandel Röhren", "Handel NOT Korea"] {
        let options = SearchOptions { limit: 100, ..as_typed() };
        let results = searcher.answer(&parse_query(query).unwrap(), &options).unwrap().unwrap_or_default();
        let mut found: Vec<String> = results.hits.into_iter().map(|hit| hit.document.id).collect();
        found.sort();
        assert_eq!(found, news.documents(query), "{query}");
    }
}

#[test]
fn a_word_of_any_length_takes_no_time() {
    let long = "Handels".repeat(1_430);
    let body = format!("{AROUND} {long} und {long}abkommen gesprochen.");
    let workspace = Workspace::with_articles(&[("long", "", &body)]);
    assert_eq!(workspace.documents(&format!("Minister {long}")), ["long"]);
    assert_eq!(workspace.documents("Handel"), Vec::<String>::new());
}

#[test]
fn topics_about_compounds_find_what_was_judged() {
    let workspace = Workspace::with_seeds();
    for (query, document) in [
        ("Elektroautozölle", "de-005"),
        ("Handel Dienstleistungen China Korea", "de-002"),
        ("Präferenznachweis RCEP", "de-013"),
        ("Abkommen Währungstausch", "de-017"),
    ] {
        let hits = workspace.search(query, &as_typed()).hits;
        assert!(hits.iter().take(3).any(|hit| hit.document.id == document), "{query}");
    }
}

#[test]
fn a_suspended_compound_is_found_whole() {
    let workspace = Workspace::with_articles(&[
        ("duties", "", &format!("{AROUND} den Stahl- und Aluminiumzöllen gesprochen.")),
        ("three", "", &format!("{AROUND} den Kohle-, Stahl- und Zementexporten gesprochen.")),
        ("trade", "", &format!("{AROUND} den Im- und Exporten gesprochen.")),
        ("slash", "", &format!("{AROUND} der Ein-/Ausfuhr gesprochen.")),
        ("states", "", &format!("{AROUND} den EU- und US-Beamten gesprochen.")),
        ("after", "", &format!("{AROUND} den Exportfirmen und -verbänden gesprochen.")),
        ("apart", "", &format!("{AROUND} dem Stahl - und den Zöllen gesprochen.")),
    ]);
    for (query, expected) in [
        ("Stahlzölle AND Aluminiumzölle", &["duties Aluminiumzöllen", "duties Stahl"][..]),
        ("\"Stahlzoll\"", &["duties Stahl"]),
        ("+Kohleexporte +Zementexport", &["three Kohle", "three Zementexporten"]),
        ("Importe", &["trade Im"]),
        ("Einfuhr AND Ausfuhr", &["slash Ausfuhr", "slash Ein"]),
        ("EU-Beamte AND US-Beamte", &["states EU", "states US-Beamten"]),
        ("\"Exportverbände\"", &["after verbänden"]),
        ("=Stahlzölle", &[]),
    ] {
        let mut marks = workspace.marks(query);
        marks.sort();
        assert_eq!(marks, expected, "{query}");
    }
}

#[test]
fn a_stop_word_is_no_part_of_a_word_in_any_operator() {
    let news = Workspace::with_articles(&[(
        "a",
        "",
        "Im Gegenzug sinken die Zölle, heißt es in dem Bericht, den der Minister und die anderen haben.",
    )]);
    for query in [
        "gegen",
        "gegen AND gegen",
        "gegen NEAR/5 Zölle",
        "(gegen OR xyzzy) SENTENCE Zölle",
        "gegen NOT NEAR/9 xyzzy",
        "ATLEAST/1 gegen",
        "ATLEAST/1 (gegen OR xyzzy)",
        "lead:gegen",
        "FIRST/9 (gegen OR xyzzy)",
    ] {
        assert_eq!(news.documents(query), [""; 0], "{query}");
    }
    assert_eq!(news.documents("Zölle NOT NEAR/2 gegen"), ["a"]);
}
