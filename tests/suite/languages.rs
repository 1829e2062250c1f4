//! What holds for each language alike, so that a further one is found from the start.

use tradewire::internals::analysis::Chain;
use tradewire::internals::language::Language;
use tradewire::internals::query::QueryOptions;
use tradewire::internals::search::SearchOptions;

use crate::workspace::{Workspace, as_typed};

/// An article of a few sentences, and what it is asked by.
struct Sample {
    body: &'static str,
    /// A word in another form than the text's.
    inflected: &'static str,
    /// Words as they stand in the text, the last with what is elided before it or an ending after it.
    phrase: &'static str,
    /// The beginning of a word; of characters, some of a run.
    prefix: &'static str,
    /// Words with a stop word among them.
    bag: &'static str,
}

fn sample(language: Language) -> Sample {
    match language {
        Language::English => Sample {
            body: "The ministry said on Monday that the smelters of the port had shipped less copper than a year ago, and \
                that its inspectors were still weighing the cargoes.",
            inflected: "shipping",
            phrase: "the smelters of the port",
            prefix: "smelt*",
            bag: "which inspectors were at the port",
        },
        Language::German => Sample {
            body: "Das Ministerium teilte am Montag mit, dass die Hütten des Hafens weniger Kupfer als im Vorjahr verschifft \
                haben und dass seine Prüfer die Frachtbriefe noch nicht gesehen haben.",
            inflected: "Prüfers",
            phrase: "die Hütten des Hafens",
            prefix: "Fracht*",
            bag: "welche Hütten hat der Hafen",
        },
        Language::Korean => Sample {
            body: "산업부는 월요일에 항만의 제련소들이 지난해보다 구리를 적게 선적했으며 검사관들이 아직 화물을 확인하고 있다고 밝혔다.",
            inflected: "제련소에서",
            phrase: "항만의 제련소들이",
            prefix: "제련*",
            bag: "항만에서 그 화물을",
        },
        Language::Chinese => Sample {
            body: "该部周一表示，港口的冶炼厂出口的铜比去年少，检查人员仍在核对货物的重量。",
            inflected: "冶煉廠",
            phrase: "港口的冶炼厂",
            prefix: "冶炼*",
            bag: "港口的货物",
        },
        Language::Undetermined => Sample {
            body: "Министерство сообщило в понедельник, что заводы порта отгрузили меньше меди, чем год назад.",
            inflected: "ПОРТА",
            phrase: "заводы порта",
            prefix: "министер*",
            bag: "меди порта",
        },
    }
}

#[test]
fn a_sentence_of_each_language_is_found() {
    let articles = Language::ALL.map(|language| (language.code(), "", sample(language).body));
    let workspace = Workspace::with_articles(&articles);
    let index = workspace.open();
    for language in Language::ALL {
        let Sample { inflected, phrase, prefix, bag, .. } = sample(language);
        let code = language.code();
        assert_eq!(workspace.documents(&format!("lang:{code}")), [code], "the text tells its language");
        for query in [inflected.to_owned(), format!("\"{phrase}\""), prefix.to_owned(), bag.to_owned()] {
            assert_eq!(workspace.documents(&query), [code], "{query}");
            assert!(workspace.marks(&query).iter().all(|mark| mark.starts_with(code)), "{query}");
            assert!(!workspace.marks(&query).is_empty(), "{query}");
        }
        let chain = Chain::of(language);
        assert!(index.statistics().text[chain].tokens > 0, "the chain of {code} has written its field");
    }
}

/// Articles that have POSCO, of each language one without and one with some words of English and German.
fn with_and_without(words: &str) -> Workspace {
    let bodies = [
        ("en", "Shares of POSCO fell again in Seoul when investors heard what its rivals had been asking for. "),
        ("de", "Der Konzern POSCO hat nach eigenen Angaben seine Ausfuhren nach Europa noch nicht gekürzt. "),
        ("ko", "포스코(POSCO)는 유럽으로 가는 수출을 아직 줄이지 않았다고 월요일에 밝혔다. "),
        ("zh", "浦项制铁（POSCO）周一表示，公司尚未减少对欧洲的出口，但将继续关注市场的变化。"),
    ];
    let articles: Vec<(String, String)> = bodies
        .iter()
        .flat_map(|(code, body)| {
            [((*code).to_owned(), (*body).to_owned()), (format!("{code}+"), format!("{body}{words}"))]
        })
        .collect();
    let articles: Vec<(&str, &str, &str)> =
        articles.iter().map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    Workspace::with_articles(&articles)
}

fn require_all(workspace: &Workspace, query: &str) -> String {
    let query_options = QueryOptions { require_all: true, ..as_typed().query };
    let options = SearchOptions { query: query_options, limit: 100, ..as_typed() };
    let mut ids: Vec<String> = workspace.search(query, &options).hits.into_iter().map(|hit| hit.document.id).collect();
    ids.sort();
    ids.join(" ")
}

#[test]
fn whether_a_word_is_required_is_decided_by_the_language_of_the_text() {
    let all = "de de+ en en+ ko ko+ zh zh+";
    for (words, query, expected) in [
        // A stop word of German alone: other texts must have it.
        ("die", "die POSCO", "de de+ en+ ko+ zh+"),
        ("war", "POSCO war", "de de+ en+ ko+ zh+"),
        ("man", "man POSCO", "de de+ en+ ko+ zh+"),
        // One of English, by which Korean and Chinese texts are read as well: German ones must have it.
        ("the", "the POSCO", "de+ en en+ ko ko+ zh zh+"),
        ("the", "POSCO the", "de+ en en+ ko ko+ zh zh+"),
        // Of both.
        ("so", "so POSCO", all),
        ("in", "in POSCO", all),
        // Each of another.
        ("the die", "the die POSCO", "de+ en+ ko+ zh+"),
        // Of none.
        ("tariff", "tariff POSCO", "de+ en+ ko+ zh+"),
        // Nothing else is asked for: each is required where it is one.
        ("die war", "die war", "de+ en+ ko+ zh+"),
        // Korean and Chinese words are cut by their own chains.
        ("", "POSCO 수출을", "ko ko+"),
        ("", "POSCO 的出口", "zh zh+"),
    ] {
        assert_eq!(require_all(&with_and_without(words), query), expected, "{query}");
    }
}

#[test]
fn a_required_word_is_marked_where_it_is_asked_for() {
    let workspace = with_and_without("die");
    let query_options = QueryOptions { require_all: true, ..as_typed().query };
    let options = SearchOptions { query: query_options, limit: 100, ..as_typed() };
    let hits = workspace.search("die POSCO", &options).hits;
    let marks = |id: &str| -> Vec<&str> {
        let hit = hits.iter().find(|hit| hit.document.id == id).unwrap();
        hit.highlights.iter().map(|mark| mark.slice(&hit.text)).collect()
    };
    assert_eq!(marks("en+"), ["POSCO", "die"]);
    assert_eq!(marks("de+"), ["POSCO"]);
    assert_eq!(marks("zh+"), ["POSCO", "die"]);
}
