//! Words of Latin script that are written in more than one way: hyphens, American and British, plurals of acronyms.

use crate::workspace::Workspace;

const ENGLISH: [(&str, &str); 6] = [
    (
        "apart",
        "The anti-dumping duties on Korea-China trade were subsidised by two FTAs and the labour rules of this body.",
    ),
    (
        "joined",
        "The antidumping duties on the trade of both were subsidized by an FTA and by the labor rules of that body.",
    ),
    ("german", "Die Antidumping-Zölle und der E-Commerce sind nicht das, was die Minister mit der Re-Exporte wollten."),
    ("chinese", "中国对anti-dumping措施的立场没有变化，谈判仍在继续，双方都表示愿意继续对话。"),
    (
        "apostrophe",
        "The members' e\u{2011}commerce rules and China's centre for exports were the last to be analysed here.",
    ),
    ("other", "The dumping of waste was against the rules of this body, and there is no anti there."),
];

fn english() -> Workspace {
    Workspace::with_articles(&ENGLISH.map(|(id, body)| (id, "", body)))
}

#[test]
fn either_spelling_finds_both() {
    let workspace = english();
    for (query, expected) in [
        (
            "antidumping",
            &["apart anti-dumping", "chinese anti-dumping", "german Antidumping", "joined antidumping"][..],
        ),
        ("Anti-Dumping AND rules", &["apart anti-dumping", "apart rules", "joined antidumping", "joined rules"]),
        ("duties NOT antidumping", &[]),
        ("rules NOT anti-dumping", &["apostrophe rules", "other rules"]),
        ("+antidumping +trade", &["apart anti-dumping", "apart trade", "joined antidumping", "joined trade"]),
        ("antidumping NEAR/2 duties", &["apart anti-dumping", "apart duties", "joined antidumping", "joined duties"]),
        ("\"antidumping duties\"", &["joined antidumping duties"]),
        ("=antidumping", &["german Antidumping", "joined antidumping"]),
        ("ecommerce", &["apostrophe e\u{2011}commerce", "german E-Commerce"]),
        ("organised subsidized", &["apart subsidised", "joined subsidized"]),
        ("labor", &["apart labour", "joined labor"]),
        ("FTA", &["apart FTAs", "joined FTA"]),
        ("ftas", &["apart FTAs", "joined FTA"]),
        ("center", &["apostrophe centre"]),
        ("analyzes", &["apostrophe analysed"]),
        ("member", &["apostrophe members"]),
    ] {
        assert_eq!(workspace.marks(query), expected, "{query}");
    }
}

#[test]
fn all_words_required_takes_either_spelling() {
    let workspace = english();
    for query in ["antidumping duties", "anti-dumping duties"] {
        let run = workspace.run(&["search", "--require", "all", "--format", "paths", query]);
        assert_eq!(run.code, 0, "{query}: {}", run.stderr);
        let options = tradewire::internals::search::SearchOptions {
            query: tradewire::internals::query::QueryOptions { require_all: true, expand: false, ..Default::default() },
            ..Default::default()
        };
        let hits = workspace.search(query, &options).hits;
        let mut ids: Vec<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["apart", "joined"], "{query}");
    }
}

#[test]
fn words_in_one_in_two_and_with_a_hyphen() {
    let workspace = Workspace::with_articles(&[
        (
            "hyphen",
            "",
            "The start-ups and policy-makers spoke of the trade-off, and the bio-fuel was sold with know-how.",
        ),
        ("solid", "", "The startup and a policymaker spoke of the tradeoffs, and the biofuel was sold with knowhow."),
        (
            "apart",
            "",
            "The start up and the policy makers spoke of the trade off, and the bio fuel was sold with know how.",
        ),
        ("other", "", "The start of the policy was a trade, and off they went to know how it was made."),
    ]);
    for (query, marks) in [
        ("startup", &["apart start up", "hyphen start-ups", "solid startup"][..]),
        ("start-ups", &["apart start up", "hyphen start-ups", "solid startup"]),
        ("policymakers", &["apart policy makers", "hyphen policy-makers", "solid policymaker"]),
        ("trade-off", &["apart trade off", "hyphen trade-off", "solid tradeoffs"]),
        ("+tradeoff", &["apart trade off", "hyphen trade-off", "solid tradeoffs"]),
        ("biofuels", &["apart bio fuel", "hyphen bio-fuel", "solid biofuel"]),
    ] {
        assert_eq!(workspace.marks(&format!("({query}) NOT went")), marks, "{query}");
    }
}

#[test]
fn plurals_of_short_abbreviations_and_forms_of_two_words() {
    let workspace = Workspace::with_articles(&[
        (
            "many",
            "",
            "The NGOs and MNCs sold EVs, and the leaves of the tea were taxed on two axes and bases by this law.",
        ),
        (
            "one",
            "",
            "The NGO and an MNC sold an EV, and the leaf of the tea was taxed on one axis and basis by the law.",
        ),
    ]);
    for query in ["NGO", "NGOs", "MNC", "mncs", "EV", "EVs", "leaf", "leaves", "axis", "axes", "basis", "+bases"] {
        assert_eq!(workspace.documents(query), ["many", "one"], "{query}");
    }
    for query in ["=leaf", "thi", "leave"] {
        assert_ne!(workspace.documents(query), ["many", "one"], "{query}");
    }
}

#[test]
fn german_spellings_before_and_after_the_reform() {
    let workspace = Workspace::with_articles(&[
        (
            "old",
            "",
            "Das Exportpotential und die Numerierung der Photos aus München waren nicht das, was der Verband wollte.",
        ),
        (
            "new",
            "",
            "Das Exportpotenzial und die Nummerierung der Fotos vom Münchner Hafen waren nicht das, was der Verband wollte.",
        ),
    ]);
    for query in [
        "Exportpotential",
        "Exportpotenziale",
        "Potenzial",
        "Numerierung",
        "Nummerierungen",
        "Photo",
        "Foto",
        "München",
    ] {
        assert_eq!(workspace.documents(query), ["new", "old"], "{query}");
    }
}
