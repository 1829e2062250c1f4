//! The laws over texts of your own: `TRADEWIRE_LAWS_CORPUS=FOLDER cargo test --release laws::any_corpus -- --ignored
//! --nocapture` indexes the folder and runs them, `TRADEWIRE_LAWS_CASES` times a language (1000 if not set), those of
//! the query language a quarter or less of that.

use std::path::PathBuf;

use tradewire::language::Language;

use super::substring::{Place, check_cjk_of, check_words_of};
use super::{Corpus, algebra, folding, grammar, highlights, marks, operators};

#[test]
#[ignore = "needs a folder in TRADEWIRE_LAWS_CORPUS"]
#[allow(clippy::print_stderr, reason = "run by hand, and long")]
fn the_laws_hold_for_the_texts_in_a_folder() {
    let folder = std::env::var_os("TRADEWIRE_LAWS_CORPUS").expect("TRADEWIRE_LAWS_CORPUS names a folder with texts");
    let cases = std::env::var("TRADEWIRE_LAWS_CASES").map_or(1000, |cases| cases.parse().expect("a number of cases"));
    let corpus = Corpus::of_paths(&[PathBuf::from(folder)]);
    assert!(!corpus.passages.is_empty(), "the folder holds no text");
    eprintln!("{} passages", corpus.passages.len());
    for language in Language::ALL {
        for place in [Place::Title, Place::Text] {
            eprintln!("substrings of {language} passages: {place:?}");
            check_cjk_of(&corpus, language, place, cases);
            if matches!(language, Language::English | Language::German) {
                check_words_of(&corpus, language, place, cases);
            }
        }
    }
    for language in [Language::English, Language::German, Language::Korean, Language::Chinese] {
        eprintln!("folding of {language} queries");
        folding::check_queries_of(&corpus, language, cases / 10);
    }
    eprintln!("highlights of bags");
    highlights::check_bags(&corpus, cases / 2);
    eprintln!("set algebra");
    // Each case is many queries over the whole corpus.
    algebra::check_pairs(&corpus, cases / 4);
    algebra::check_trees(&corpus, cases / 4);
    algebra::check_required(&corpus, cases / 20);
    algebra::check_terms(&corpus, cases / 20);
    eprintln!("operators");
    operators::check_leaves(&corpus, cases / 20);
    operators::check_nested_near(&corpus, cases / 100);
    eprintln!("marks of queries");
    marks::check_queries(&corpus, cases / 20);
    eprintln!("grammar");
    grammar::check_strings(&corpus, cases);
    grammar::check_widths(&corpus, cases);
    grammar::check_trees(&corpus, cases / 4);
}
