//! Wildcards and capitals: awkward texts in every language, and words that more forms match than are searched.

use std::fmt::Write as _;

use tradewire::SearchOptions;
use tradewire::internals::query::{MAX_SURFACES, MAX_WILDCARDS, parse_query};

use crate::workspace::{Workspace, as_typed};

/// The ids of the documents that each query finds.
fn found(workspace: &Workspace, queries: &[&str]) -> String {
    let mut lines = String::new();
    for query in queries {
        writeln!(lines, "{query}: {}", workspace.documents(query).join(" ")).unwrap();
    }
    lines
}

#[test]
fn capitals_in_awkward_texts() {
    let workspace = Workspace::new();
    let file = workspace.write_articles(
        "articles.jsonl",
        &[
            ("en-1", "", "The US told us that it will not use IT for it, says the U.S. delegate."),
            ("en-2", "US steel", "Let us wait, the fed horses are from the Fed; the Big Apple is a big apple."),
            ("en-3", "", "WHO asks who helps; AIDS aids nobody. iPhones 📱, FTAs and an FTA."),
            ("de-1", "", "Die AfD, die e.V. und die Ärzte: A\u{308}RZTE und Ärztinnen sagen es der BA\u{308}RBEL."),
            ("ko-1", "", "ＵＳ와 미국의 FTA, 그리고 fta라는 말과 iPhone"),
            ("zh-1", "", "美国US和WHO的谈判，不是who"),
            ("und-1", "", "L’Oréal e d’Ivoire, İstanbul, ПРАВДА и правда и Правда."),
        ],
    );
    workspace.index(&[file]);
    insta::assert_snapshot!(
        "capitals_in_awkward_texts",
        found(
            &workspace,
            &[
                "caps:US",
                "caps:ＵＳ",
                "caps:U.S.",
                "caps:us",
                "caps:Us",
                "title:caps:US",
                "caps:IT",
                "caps:it",
                "caps:Fed",
                "caps:\"Big Apple\"",
                "caps:\"big apple\"",
                "caps:\"Big apple\"",
                "caps:(WHO OR AIDS)",
                "caps:who",
                "caps:FTAs",
                "caps:FTA",
                "caps:fta",
                "caps:AfD",
                "caps:AFD",
                "caps:afd",
                "caps:Ärzte",
                "caps:A\u{308}rzte",
                "caps:Aerzte",
                "caps:ÄRZTE",
                "caps:ärzte",
                "caps:BÄRBEL",
                "caps:iPhone",
                "caps:IPHONE",
                "caps:ПРАВДА",
                "caps:правда",
                "caps:Правда",
                "caps:L'Oréal",
                "caps:\"미국의 FTA\"",
                "caps:\"미국의 fta\"",
                "caps:美国US",
                "caps:美国us",
                "caps:US NEAR/3 caps:us",
                "caps:US NOT caps:us",
            ],
        )
    );
}

#[test]
fn a_part_that_a_hyphen_stands_for_is_no_written_form() {
    let workspace = Workspace::new();
    let text = "Die Stahl- und Aluminiumzölle bleiben, sagen Privatpersonen und -organisationen.";
    workspace.index(&[workspace.write_articles("articles.jsonl", &[("de-1", "", text)])]);
    for query in ["=Stahlzoll", "stahlzo*", "st?hlzoll", "stahlzoll~1", "pr*vatorganisation", "caps:stahlzoll"] {
        assert_eq!(workspace.documents(query), Vec::<String>::new(), "{query}");
    }
    for query in ["Stahlzölle", "Stahlzoll", "st?hl", "*zölle", "caps:Stahl", "=organisationen", "organi?ationen"] {
        let hits = workspace.search(query, &as_typed()).hits;
        assert!(hits.len() == 1 && !hits[0].highlights.is_empty(), "{query}: {hits:?}");
    }
}

/// Articles with more words in -zoll than are searched: the first articles have one each, and the last have the last of these words.
fn many_words() -> Workspace {
    let workspace = Workspace::new();
    let letters =
        |number: usize| [100, 10, 1].map(|by| char::from(b'a' + (number / by % 10) as u8)).iter().collect::<String>();
    let words = (0..=MAX_SURFACES).map(|at| format!("{}zoll", letters(at)));
    let words: Vec<String> = words.take(MAX_SURFACES).chain(["xyzoll".to_owned(), "yxzoll".to_owned()]).collect();
    let articles: Vec<(String, String)> = words
        .iter()
        .chain([&words[MAX_SURFACES - 1]])
        .enumerate()
        .map(|(at, word)| (format!("a{at}"), format!("Der {word} ist eine Abgabe auf die Einfuhr.")))
        .collect();
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, text)| (id.as_str(), "", text.as_str())).collect();
    workspace.index(&[workspace.write_articles("articles.jsonl", &articles)]);
    workspace
}

#[test]
fn what_the_limit_of_forms_cuts_is_said() {
    let workspace = many_words();
    let options = SearchOptions { limit: 2 * MAX_SURFACES, ..as_typed() };
    let results = workspace.search("*zoll", &options);
    assert_eq!(results.hits.len(), MAX_SURFACES + 1, "the most frequent form is in two articles");
    let [cut] = results.cuts.as_slice() else { panic!("{:?}", results.cuts) };
    assert_eq!((cut.typed.as_str(), cut.searched, cut.matching), ("*zoll", MAX_SURFACES, MAX_SURFACES + 2));
    assert!(workspace.search("?bczoll", &options).cuts.is_empty());
    let mut said = String::new();
    for arguments in [
        &["search", "-n", "0", "*zoll"][..],
        &["search", "-n", "0", "--format", "json", "*zoll NOT abczoll"],
        &["timeline", "--format", "csv", "*zoll"],
        &["delete", "--query", "*zoll"],
    ] {
        let run = workspace.run(arguments);
        writeln!(said, "{arguments:?}\n{}{}", run.stdout.lines().last().unwrap_or_default(), run.stderr).unwrap();
    }
    insta::assert_snapshot!("what_the_limit_of_forms_cuts_is_said", said);
}

#[test]
fn a_query_of_too_many_wildcards_is_refused() {
    assert!(parse_query(&"t?riff ".repeat(MAX_WILDCARDS)).is_ok());
    let error = parse_query(&"t?riff ".repeat(MAX_WILDCARDS + 1)).unwrap_err();
    assert!(error.to_string().contains("at most 50 words with wildcards"), "{error}");
    let error = parse_query(&format!("{}?b", "a".repeat(200))).unwrap_err();
    assert!(error.to_string().contains("at most 100 letters"), "{error}");
}
