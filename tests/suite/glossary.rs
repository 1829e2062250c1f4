//! The glossary expands queries: which words, by what, how it is shown, and what is never expanded; and its tables are whole.

use std::collections::BTreeSet;
use std::fs;

use tradewire::internals::analysis::{Analyzer, Chain, Segmented};
use tradewire::internals::config::Config;
use tradewire::internals::glossary::{Column, Kind};
use tradewire::internals::query::QueryOptions;
use tradewire::internals::search::SearchOptions;

use crate::workspace::{Workspace, as_typed, project};

fn news() -> Workspace {
    Workspace::with_articles(&[
        (
            "de",
            "Streit",
            "China begrenzt die Ausfuhr Seltener Erden. Die Lieferkette leidet, ein Freihandelsabkommen hilft nicht.",
        ),
        (
            "en",
            "Dispute",
            "Beijing curbs rare earths, and supply chains suffer. The United States asks the WHO and us for help.",
        ),
        ("ko", "분쟁", "중국이 희토류 수출을 통제하자 공급망이 흔들린다. 미국은 자유 무역 협정을 말한다."),
        ("zh", "爭端", "中國管制稀土出口，供應鏈受影響。美国谈自由贸易协定。"),
    ])
}

fn ids(news: &Workspace, query: &str, options: &SearchOptions) -> Vec<String> {
    let hits = news.search(query, options).hits;
    hits.into_iter().map(|hit| hit.document.id).collect::<BTreeSet<_>>().into_iter().collect()
}

fn expanded(news: &Workspace, query: &str) -> Vec<String> {
    ids(news, query, &SearchOptions { limit: 100, ..SearchOptions::default() })
}

#[test]
fn a_concept_is_found_by_its_names_in_every_language() {
    let news = news();
    let all = ["de", "en", "ko", "zh"];
    for (query, expected) in [
        ("희토류", &all[..]),
        ("희토류는", &all),
        ("稀土", &all),
        ("Seltene Erden", &all),
        ("seltener erden", &all),
        ("rare earths", &all),
        ("rare-earth", &all),
        ("\"rare earths\"", &all),
        ("\"희토류\"", &all),
        ("공급망", &all),
        ("供應鏈", &all),
        ("Lieferketten", &all),
        ("자유무역협정", &["de", "ko", "zh"]),
        ("무역 협정", &["de", "ko", "zh"]),
        // Within a longer phrase nothing is a name.
        ("\"稀土出口\"", &["zh"]),
        ("\"rare earths, and supply\"", &["en"]),
        // Exact forms, beginnings, and what stands near are what they are.
        ("=\"rare earths\"", &["en"]),
        ("Lieferkett*", &["de"]),
        ("Lieferkette~", &["de"]),
        ("Seltener NEAR/2 Erden", &["de"]),
        ("\"Seltener Erden\"~2", &["de"]),
        // Beside an operator a word is a name only as a whole.
        ("희토류 AND 공급망", &all),
        ("희토류수출 AND 공급망", &["ko"]),
        ("lang:de 희토류", &["de"]),
        ("lang:de,ko +희토류 -自由贸易协定", &[]),
        ("稀土 NOT 자유무역협정", &["en"]),
        ("稀土 NOT \"free trade agreement\"", &["en"]),
        ("稀土 NOT 공급망", &[]),
        ("title:Dispute AND 稀土", &["en"]),
        ("title:稀土", &[]),
    ] {
        assert_eq!(expanded(&news, query), expected, "{query}");
    }
}

#[test]
fn every_word_of_a_bag_may_be_found_by_a_name() {
    let news = news();
    let query = QueryOptions { require_all: true, ..QueryOptions::default() };
    let options = SearchOptions { limit: 100, query, ..SearchOptions::default() };
    for (query, expected) in [
        ("rare earths supply chains", &["de", "en", "ko", "zh"][..]),
        ("rare earths Lieferkette", &["de", "en", "ko", "zh"]),
        ("rare earths begrenzt", &["de"]),
        ("희토류 curbs", &["en"]),
        // A stop word is not asked for, by whatever name.
        ("asks the WHO", &["en"]),
    ] {
        assert_eq!(ids(&news, query, &options), expected, "{query}");
    }
}

#[test]
fn what_is_another_word_in_lower_case_counts_as_it_is_written() {
    let news = news();
    assert_eq!(expanded(&news, "US"), ["en", "ko", "zh"]);
    assert_eq!(expanded(&news, "U.S."), ["en", "ko", "zh"]);
    assert_eq!(expanded(&news, "미국"), ["en", "ko", "zh"]);
    assert_eq!(expanded(&news, "us"), ["en"]);
    let marks = |query: &str| {
        let hits = news.search(query, &SearchOptions::default()).hits;
        let hit = hits.into_iter().find(|hit| hit.document.id == "en").unwrap();
        hit.highlights.iter().map(|mark| mark.slice(&hit.text).to_owned()).collect::<Vec<_>>()
    };
    // The pronoun is never looked up.
    assert_eq!(marks("미국"), ["United States"]);
}

#[test]
fn what_was_typed_comes_first_and_is_marked_exactly() {
    let news = news();
    for (query, id, added) in
        [("희토류", "ko", "Seltener Erden"), ("稀土", "zh", "rare earths"), ("Seltene Erden", "de", "희토류")]
    {
        let results = news.search(query, &SearchOptions::default());
        assert_eq!(results.hits[0].document.id, id, "{query}");
        assert!(results.hits[0].expanded.is_empty(), "{query}");
        let marked: Vec<&str> =
            results.hits[1..].iter().flat_map(|hit| hit.expanded.iter().map(|mark| mark.slice(&hit.text))).collect();
        assert!(marked.contains(&added), "{query}: {marked:?}");
        for hit in &results.hits {
            assert!(hit.expanded.iter().all(|mark| hit.highlights.contains(mark)), "{query}");
        }
        assert_eq!(results.expansions.len(), 1, "{query}: {:?}", results.expansions);
        let narrow = news.search(query, &as_typed());
        assert!(narrow.expansions.is_empty() && narrow.hits.iter().all(|hit| hit.expanded.is_empty()), "{query}");
        assert!(narrow.hits.iter().all(|hit| hit.document.id == id), "{query}");
    }
    // A name over a typed word gives way.
    let earth = &news.search("earth \"rare earth\"", &SearchOptions::default()).hits[0];
    assert!(earth.expanded.is_empty());
}

#[test]
fn what_many_operands_find_does_not_depend_on_their_order() {
    let config = Config::builtin().unwrap();
    let seeds = Workspace::with_seeds();
    let is_word = |text: &str| text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let concepts = config.glossary.concepts().unwrap();
    let words = concepts.iter().flat_map(|concept| &concept.names).filter(|name| name.column == Column::English);
    let words: Vec<&str> = words.map(|name| name.text.as_str()).filter(|text| is_word(text)).take(150).collect();
    let many = format!("({})", words.join(" OR "));
    let found = |query: &str| ids(&seeds, query, &SearchOptions { limit: 1000, ..SearchOptions::default() });
    for word in ["tariff", "semiconductor"] {
        let both: Vec<String> = found(&many).into_iter().filter(|id| found(word).contains(id)).collect();
        assert_eq!(found(&format!("{many} AND {word}")), found(&format!("{word} AND {many}")), "{word}");
        assert!(found(&format!("{many} AND {word}")).iter().all(|id| both.contains(id)), "{word}");
    }
}

#[test]
fn widening_loses_no_hit() {
    let seeds = Workspace::with_seeds();
    for query in ["Bank of Korea", "balance of trade", "Ministry of Commerce", "Handel und Zölle"] {
        let query_options = QueryOptions { require_all: true, ..QueryOptions::default() };
        let options = SearchOptions { limit: 1000, query: query_options, ..SearchOptions::default() };
        let narrow = QueryOptions { expand: false, ..options.query.clone() };
        let narrow = ids(&seeds, query, &SearchOptions { query: narrow, ..options.clone() });
        let expanded = ids(&seeds, query, &options);
        assert!(!narrow.is_empty() && narrow.iter().all(|id| expanded.contains(id)), "{query}");
    }
}

#[test]
fn what_was_added_is_shown() {
    let news = news();
    let mut shown = String::new();
    for arguments in [
        &["search", "-n", "4", "Lieferkette"][..],
        &["search", "-n", "1", "--explain", "희토류 공급망"],
        &["search", "-n", "2", "--format", "jsonl", "lang:en,de 稀土"],
        &["search", "-n", "1", "--format", "json", "稀土"],
        &["search", "--no-expand", "Lieferkette"],
    ] {
        shown.push_str(&news.run(arguments).snapshot(&news));
    }
    insta::assert_snapshot!("what_was_added", shown);
}

#[test]
fn the_tables_are_whole() {
    let config = Config::from_dir(&project().join("index-config")).unwrap();
    let concepts = config.glossary.concepts().unwrap();
    let own: Vec<_> = concepts.iter().filter(|concept| !concept.id.starts_with("cldr-")).collect();
    assert!(own.iter().filter(|concept| concept.kind.is_looked_up()).count() >= 500);
    // The build has every country's name in every language.
    assert!(concepts.len() - own.len() >= 249);
    for concept in concepts.iter().filter(|concept| concept.id.starts_with("cldr-")) {
        for column in Column::ALL {
            assert!(concept.names.iter().any(|name| name.column == column), "{} {}", concept.id, column.name());
        }
    }
    let analyzer = Analyzer::for_queries(&config.analysis);
    for concept in concepts.iter().filter(|concept| concept.kind.is_looked_up()) {
        for name in concept.names.iter().filter(|name| !name.is_as_written) {
            let units = Segmented::new(&name.text);
            let (column, text) = (name.column, &name.text);
            // What every text has would find everything.
            let chain = match column {
                Column::English => Chain::English,
                Column::German => Chain::German,
                _ => continue,
            };
            let is_function_word =
                units.units().iter().all(|unit| config.analysis.is_stopword(chain, units.form(unit)));
            assert!(!is_function_word, "{} in {}: {text} is made of stop words", concept.id, column.name());
            assert!(!analyzer.tokens(chain, text).unwrap().is_empty(), "{text}");
        }
    }
}

#[test]
fn every_kind_has_one_name() {
    let names: BTreeSet<&str> = Kind::ALL.iter().map(|&(_, name)| name).collect();
    assert_eq!(names.len(), Kind::ALL.len());
    for (kind, name) in Kind::ALL {
        assert_eq!(name.parse(), Ok(kind));
    }
}

#[test]
fn a_table_of_ones_own_is_read_and_checked() {
    let workspace = Workspace::new();
    let folder = workspace.path().join("config");
    for entry in walkdir::WalkDir::new(project().join("index-config")) {
        let entry = entry.unwrap();
        let relative = entry.path().strip_prefix(project().join("index-config")).unwrap();
        if entry.file_type().is_file() {
            workspace.write(folder.join(relative).to_str().unwrap(), fs::read(entry.path()).unwrap());
        }
    }
    let heading = "id\tkind\tcountry\ten\tde\tko\tzh-Hans\tzh-Hant";
    let own = |lines: &str| {
        fs::write(folder.join("glossary/own.tsv"), format!("# mine\n{heading}\n{lines}\n")).unwrap();
        Config::from_dir(&folder)
    };
    let config = own("gizmo\tgood\t\tgizmo | widget\tDingsbums\t거시기\t\t").unwrap();
    assert!(config.glossary.concepts().unwrap().iter().any(|concept| concept.id == "gizmo"));
    let index = workspace.write("news.jsonl", r#"{"id":"a","body":"Das Dingsbums ist teuer geworden."}"#);
    let arguments = ["--config", folder.to_str().unwrap()];
    let run = |command: &[&str]| workspace.run(&[command, &arguments[..]].concat());
    assert_eq!(run(&["index", index.to_str().unwrap()]).code, 0);
    assert!(run(&["search", "widget"]).stdout.contains("~Dingsbums~"));

    let mut messages = String::new();
    for lines in [
        "",
        "x\tgood\t\tx",
        "X y\tgood\t\tgizmo\t\t\t\t",
        "x\tthing\t\tgizmo\t\t\t\t",
        "x\tgood\tkor\tgizmo\t\t\t\t",
        "x\tcountry\t\tgizmo\t\t\t\t",
        "x\tgood\t\t\t\t\t\t",
        "x\tgood\t\t…\t\t\t\t",
        "x\tgood\t\t\t\t물\t\t",
        "x\tshort\tkr\t\t\t한국\t\t",
        "x\tgood\t\tgizmo\t\t\t\t\nx\tgood\t\tgadget\t\t\t\t",
        "wto\tbody\t\tWTO\t\t\t\t",
    ] {
        match own(lines) {
            Ok(_) => messages.push_str("read\n"),
            Err(error) => messages.push_str(&format!("{error:#}\n")),
        }
    }
    fs::write(folder.join("glossary/own.tsv"), "id,kind\n").unwrap();
    messages.push_str(&format!("{:#}\n", Config::from_dir(&folder).unwrap_err()));
    insta::assert_snapshot!("messages_about_tables", messages);
}

#[test]
fn ministries_agencies_and_balances_by_their_plain_names() {
    let plain = [
        ("labor ministry", &["노동부", "劳动部", "Arbeitsministerium", "Department of Labor"][..]),
        ("interior ministry", &["내무부", "内政部", "Innenministerium"]),
        ("justice ministry", &["법무부", "司法部", "Justizministerium"]),
        ("energy ministry", &["에너지부", "能源部", "Energieministerium", "Department of Energy"]),
        ("science ministry", &["과기정통부", "科技部", "Forschungsministerium"]),
        ("finance ministry", &["기재부", "財政部", "Finanzministerium"]),
        ("trade ministry", &["산업통상자원부"]),
        ("customs administration", &["관세청", "海关总署", "Zollbehörde"]),
        ("tax office", &["국세청", "税务局", "Finanzamt"]),
        ("competition regulator", &["공정위", "公平会", "Kartellamt"]),
        ("planning agency", &["발개위", "发改委"]),
        ("trade representative", &["무역대표부", "贸易代表"]),
        ("Supreme Court", &["대법원", "最高法院", "Oberstes Gericht"]),
        ("Senate", &["상원", "參議院", "Senat"]),
        ("current account surplus", &["경상수지 흑자", "经常账户顺差", "Leistungsbilanzüberschuss"]),
        ("budget deficit", &["재정적자", "财政赤字", "Haushaltsdefizit"]),
    ];
    let bodies: Vec<(String, String)> = plain
        .iter()
        .enumerate()
        .map(|(at, (name, _))| (format!("d{at:02}"), format!("Officials said the {name} was the matter of the day.")))
        .collect();
    let articles: Vec<(&str, &str, &str)> = bodies.iter().map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    for ((id, _), (name, others)) in bodies.iter().zip(plain) {
        for other in others {
            let found = ids(&workspace, other, &SearchOptions::default());
            assert!(found.contains(id), "{other} finds {found:?}, not the {name}");
        }
    }
}
