//! Countries as a field: what is stored of them, the filters by one and by two, in the query and as options.

use serde_json::{Value, json};
use tradewire::internals::query::{Filters, QueryOptions, parse_query};
use tradewire::internals::search::SearchOptions;

use crate::workspace::Workspace;

/// A long text that names a country only in its first paragraphs and another only in its last.
fn long_text() -> String {
    format!(
        "China sells steel. {}\n\nJapan buys steel. {}",
        "The mills are busy. ".repeat(60),
        "So is the port. ".repeat(60)
    )
}

fn articles() -> Workspace {
    let long = long_text();
    Workspace::with_articles(&[
        ("cn-kr", "China and Korea", "They trade steel."),
        ("kr", "한국", "한국의 철강 steel 수출이 늘었다."),
        ("kr-us", "Korea", "The USA put a tariff on steel."),
        ("cn-us", "美国和中国", "钢铁 steel 关税。"),
        ("none", "Ports", "The harbour ships steel."),
        ("long", "Steel", &long),
    ])
}

#[test]
fn each_filter_finds_what_names_its_countries() {
    let workspace = articles();
    for (query, expected) in [
        ("country:kr", "cn-kr kr kr-us"),
        ("country:KR,cn", "cn-kr cn-us kr kr-us long"),
        ("country:aq", ""),
        ("pair:kr-cn", "cn-kr"),
        ("pair:CN-kr,us-kr", "cn-kr kr-us"),
        ("pair:cn-jp", ""),
        ("steel country:us", "cn-us kr-us"),
        ("steel -country:us,cn", "kr long none"),
        ("steel NOT pair:kr-us", "cn-kr cn-us kr long none"),
        ("country:kr country:cn", "cn-kr"),
        ("country:jp OR pair:us-cn", "cn-us long"),
        ("ｃountry：ｊｐ", "long"),
        ("country:\"kr,us\" tariff", "kr-us"),
    ] {
        assert_eq!(workspace.documents(query).join(" "), expected, "{query}");
    }
    let filtered = |countries: &[&str], pairs: &[&str]| {
        let filters = Filters {
            countries: countries.iter().map(|code| code.parse().unwrap()).collect(),
            pairs: pairs.iter().map(|pair| pair.parse().unwrap()).collect(),
            ..Filters::default()
        };
        let query = QueryOptions { filters, ..QueryOptions::default() };
        let hits = workspace.search("steel", &SearchOptions { query, limit: 100, ..SearchOptions::default() }).hits;
        let mut ids: Vec<String> = hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        ids.dedup();
        ids.join(" ")
    };
    assert_eq!(filtered(&["kr", "jp"], &[]), "cn-kr kr kr-us long");
    assert_eq!(filtered(&[], &["us-cn", "us-kr"]), "cn-us kr-us");
    assert_eq!(filtered(&["kr"], &["us-cn", "us-kr"]), "kr-us");
}

#[test]
fn the_command_takes_the_same_as_options() {
    let workspace = articles();
    let ids = |arguments: &[&str]| {
        let line = [&["search", "--format", "jsonl", "--by", "document", "steel"], arguments].concat();
        let mut ids: Vec<String> = workspace.run(&line).stdout.lines().map(|line| id_of(&read(line))).collect();
        ids.sort();
        ids.join(" ")
    };
    assert_eq!(ids(&["--country", "KR,jp"]), "cn-kr kr kr-us long");
    assert_eq!(ids(&["--country", "kr", "--country", "jp"]), "cn-kr kr kr-us long");
    assert_eq!(ids(&["--pair", "us-kr,cn-kr"]), "cn-kr kr-us");
    assert_eq!(ids(&["--pair", "us-kr", "--country", "cn"]), "");
    let mut said = String::new();
    for line in [
        &["search", "--country", "xyz", "steel"][..],
        &["search", "--country", "kr,", "steel"],
        &["search", "--pair", "kr", "steel"],
        &["search", "--pair", "kr-kr", "steel"],
        &["search", "--pair", "kr-cn-us", "steel"],
        &["search", "--country", "zz", "steel"],
        &["search", "--pair", "cn-jp", "steel"],
        &["search", "steel pair:cn-jp"],
    ] {
        said += &format!("$ tradewire {}\n{}\n", line.join(" "), workspace.run(line).snapshot(&workspace));
    }
    insta::assert_snapshot!("messages_about_countries", said);
}

#[test]
fn hits_say_which_countries_passage_and_document_name() {
    let workspace = articles();
    let stdout = workspace.run(&["search", "id:long", "--format", "jsonl", "-n", "100"]).stdout;
    let named: Vec<(Value, Value)> = stdout
        .lines()
        .map(read)
        .map(|hit| (hit["passage"]["countries"].clone(), hit["document"]["countries"].clone()))
        .collect();
    assert!(named.len() > 1, "{stdout}");
    assert!(named.iter().all(|(_, document)| *document == json!(["cn", "jp"])), "{named:?}");
    let of_passages = |countries: Value| named.iter().any(|(passage, _)| *passage == countries);
    assert!(of_passages(json!(["cn"])) && of_passages(json!(["jp"])), "{named:?}");
    let none = read(&workspace.run(&["search", "harbour", "--format", "jsonl"]).stdout);
    assert_eq!((&none["passage"]["countries"], &none["document"]["countries"]), (&json!([]), &json!([])));
}

/// Beside an alternative that its filter does not admit, nothing is marked.
#[test]
fn a_filter_decides_what_is_marked() {
    let workspace = articles();
    assert_eq!(
        workspace.marks("(country:us tariff) OR (country:kr steel)"),
        ["cn-kr steel", "kr steel", "kr-us steel", "kr-us tariff"]
    );
    assert_eq!(workspace.marks("(pair:cn-kr steel) OR harbour"), ["cn-kr steel", "none harbour"]);
}

#[test]
fn a_filter_prints_back_in_one_spelling() {
    for (query, printed) in [
        ("country:KR,cn", "country:kr,cn"),
        ("pair:kr-CN,us-cn", "pair:cn-kr,cn-us"),
        ("steel country:eu", "country:eu steel"),
        ("page:3 part:two", "page:3 part:two"),
    ] {
        let ast = parse_query(query).unwrap();
        assert_eq!(ast.to_string(), printed);
        assert_eq!(parse_query(printed), Ok(ast));
    }
}

fn read(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

fn id_of(hit: &Value) -> String {
    hit["document"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn names_instead_of_codes_suggest_the_code() {
    for (query, suggestion) in [
        ("country:Deutschland", "country:de"),
        ("country:한국", "country:kr"),
        ("country:中国", "country:cn"),
        ("lang:kr", "lang:ko"),
        ("lang:CN", "lang:zh"),
        ("lang:deutsch", "lang:de"),
        ("lang:한국어", "lang:ko"),
        ("lang:English", "lang:en"),
    ] {
        let error = tradewire::internals::query::parse_query(query).unwrap_err();
        assert_eq!(error.suggestion.as_deref(), Some(suggestion), "{query}");
    }
}
