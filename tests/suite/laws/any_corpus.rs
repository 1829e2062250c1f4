//! The laws over texts of your own: `TRADEWIRE_LAWS_CORPUS=FOLDER cargo test --release laws::any_corpus -- --ignored
//! --nocapture` indexes the folder and runs them, `TRADEWIRE_LAWS_CASES` times a language (1000 if not set), those of
//! the query language a quarter or less of that.

use std::path::PathBuf;

use tradewire::internals::language::Language;

use super::substring::{Place, check_cjk_of, check_words_of};
use super::{Corpus, algebra, articles, folding, grammar, highlights, marks, operators};

#[test]
#[ignore = "needs a folder in TRADEWIRE_LAWS_CORPUS"]
fn substrings_folding_and_highlights() {
    let (corpus, cases) = corpus_and_cases();
    for language in Language::ALL {
        for place in [Place::Title, Place::Text] {
            say(&format!("substrings of {language} passages: {place:?}"));
            check_cjk_of(&corpus, language, place, cases);
            if matches!(language, Language::English | Language::German | Language::Undetermined) {
                check_words_of(&corpus, language, place, cases);
            }
        }
    }
    for language in Language::ALL {
        say(&format!("folding of {language} queries"));
        folding::check_queries_of(&corpus, language, cases / 10);
    }
    say("highlights of bags");
    highlights::check_bags(&corpus, cases / 2);
}

#[test]
#[ignore = "needs a folder in TRADEWIRE_LAWS_CORPUS"]
fn set_algebra() {
    let (corpus, cases) = corpus_and_cases();
    // Each case is many queries over the whole corpus.
    say("set algebra");
    algebra::check_pairs(&corpus, cases / 4);
    algebra::check_trees(&corpus, cases / 20);
    algebra::check_required(&corpus, cases / 20);
    algebra::check_terms(&corpus, cases / 20);
    say("set algebra over documents");
    articles::check_queries(&corpus, cases / 100);
}

#[test]
#[ignore = "needs a folder in TRADEWIRE_LAWS_CORPUS"]
fn operators_marks_and_grammar() {
    let (corpus, cases) = corpus_and_cases();
    say("operators");
    operators::check_every_operator(&corpus, cases / 40);
    operators::check_nested(&corpus, cases / 40);
    say("marks of queries");
    marks::check_queries(&corpus, cases / 20);
    say("grammar");
    grammar::check_strings(&corpus, cases);
    grammar::check_widths(&corpus, cases);
    grammar::check_trees(&corpus, cases / 4);
}

fn corpus_and_cases() -> (Corpus, u32) {
    let folder = std::env::var_os("TRADEWIRE_LAWS_CORPUS").expect("TRADEWIRE_LAWS_CORPUS names a folder with texts");
    let cases = std::env::var("TRADEWIRE_LAWS_CASES").map_or(1000, |cases| cases.parse().expect("a number of cases"));
    let corpus = Corpus::of_paths(&[PathBuf::from(folder)]);
    assert!(!corpus.passages.is_empty(), "the folder holds no text");
    say(&format!("{} passages", corpus.passages.len()));
    (corpus, cases)
}

#[allow(clippy::print_stderr, reason = "run by hand, and long")]
fn say(what: &str) {
    eprintln!("{what}");
}
