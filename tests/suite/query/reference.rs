//! The reference of the query language and the page of the guide name every operator.

use tradewire::internals::query::{QUERY_REFERENCE, parse_query};

#[test]
fn the_reference_names_every_operator_and_its_examples_are_queries() {
    let examples: Vec<&str> = QUERY_REFERENCE
        .lines()
        .skip(2)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.trim().split("   ").next())
        .map(str::trim)
        .collect();
    assert!(examples.len() > 15, "{examples:?}");
    for example in examples {
        parse_query(example).unwrap_or_else(|error| panic!("{example}: {error}"));
    }
    for sign in ["country:", "pair:"] {
        assert!(QUERY_REFERENCE.contains(sign), "{sign} in the reference");
    }
    let page = crate::documents::document("docs/src/query.md");
    for sign in [
        "AND",
        "OR",
        "NOT",
        "NEAR/5",
        "BEFORE/5",
        "SENTENCE",
        "PARAGRAPH",
        "/s",
        "/p",
        "NOT NEAR/3",
        "ATLEAST/3",
        "FIRST/50",
        "lead:",
        "\"~5",
        "*`",
        "~`",
        "wom?n",
        "*zoll",
        "caps:US",
        "=tariffs",
        "title:",
        "lang:",
        "source:",
        "id:",
        "date:",
    ] {
        assert!(QUERY_REFERENCE.contains(sign.trim_end_matches('`')), "{sign} in the reference");
        assert!(page.contains(sign), "{sign} in docs/src/query.md");
    }
}
