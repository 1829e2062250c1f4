//! The query language: how queries are read, what is refused, and what each operator finds.

mod by_document;
mod dialects;
mod filters;
mod whole_article;
mod wildcards;

use std::fmt::Write as _;

use tradewire::SearchOptions;
use tradewire::internals::query::{
    MAX_COUNTS, MAX_DEPTH, MAX_EXTENTS, MAX_FILTERS, MAX_FUZZY, MAX_PREFIXES, MAX_QUANTITIES, MAX_QUERY_BYTES,
    MAX_WILDCARDS, QUERY_REFERENCE, QueryAst, QueryOptions, parse_query,
};

use crate::workspace::{Workspace, as_typed};

/// As nested lists, to see what belongs to what.
fn tree(ast: &QueryAst) -> String {
    let list = |name: &str, items: &[QueryAst]| {
        let items: Vec<String> = items.iter().map(tree).collect();
        format!("({name} {})", items.join(" "))
    };
    match ast {
        QueryAst::Bag(items) => list("bag", items),
        QueryAst::And(items) => list("and", items),
        QueryAst::Or(items) => list("or", items),
        QueryAst::Not(inner) => format!("(not {})", tree(inner)),
        QueryAst::Near { operands, nearness } => list(&nearness.to_string().to_lowercase(), operands),
        QueryAst::Title(inner) => format!("(title {})", tree(inner)),
        QueryAst::Within { extent, inner } => {
            format!("({} {})", extent.to_string().trim_end_matches([' ', ':']), tree(inner))
        }
        QueryAst::AtLeast { times, operand } => format!("(at least {times} {})", tree(operand)),
        QueryAst::Restricted(restricted) => {
            let mut parts = String::new();
            for (sign, items) in
                [("+", &restricted.required), ("-", &restricted.excluded), ("filter ", &restricted.filters)]
            {
                for item in items {
                    write!(parts, " {sign}{}", tree(item)).unwrap();
                }
            }
            if let Some(rest) = &restricted.rest {
                write!(parts, " {}", tree(rest)).unwrap();
            }
            format!("(with{parts})")
        }
        leaf => leaf.to_string(),
    }
}

#[test]
fn what_belongs_to_what() {
    let mut read = String::new();
    for query in [
        "trade  deal",
        "\"capital flight\" 限韓令",
        "„freier Handel“「自由貿易」",
        "FTA\"x\"",
        "rare earths AND export controls",
        "a AND b OR c AND d",
        "a NOT b c",
        "a b NOT c d OR e",
        "a AND NOT b",
        "NOT a AND b",
        "a NOT NOT b",
        "b AND (NOT a)",
        "b AND -a",
        "(a b) (c OR (d))",
        "+a b -c",
        "+a -b",
        "a OR b -c",
        "pair lang:ko tariff OR Zoll",
        "lang:ko a OR lang:de b",
        "lang:ko OR lang:de tariff",
        "(lang:ko OR lang:de) tariff",
        "lang:ko date:2025",
        "lang:ko NOT 관세",
        "-lang:ko",
        "tariff country:KR,cn pair:us-KR,cn-kr",
        "page:3 part:two",
        "tariff date:>=2026 source:\"Pacific Wire\" id:en-0*",
        "\"tariff steel\"~5 a NEAR b NEAR/3",
        "a NEAR/5 b NEAR/5 (c OR \"d e\")",
        "a BEFORE/5 b BEFORE/5 (c OR \"d e\") a ＢＥＦＯＲＥ b",
        "a SENTENCE b SENTENCE \"c d\" e ＰＡＲＡＧＲＡＰＨ （f OR g）",
        "tariff /s steel /s Zoll 关税 ／ｐ 稀土",
        "a NOT NEAR/5 b NOT NEAR/5 c",
        "a NOT NEAR b c NOT BEFORE/3 d",
        "a NOT SENTENCE b (c NOT /p d) AND e",
        "(a NOT SENTENCE b) NEAR/3 c",
        "a NOT (SENTENCE b) AND NOT SENTENCE c",
        // Between two operands alone these are operators.
        "SENTENCE",
        "DEATH SENTENCE",
        "SENTENCE UPHELD AND PARAGRAPH",
        "LONG SENTENCE PARAGRAPH RULES",
        "a SENTENCE -b +c SENTENCE",
        "a SENTENCE lang:en b",
        "a NOT SENTENCE",
        "5 m/s km/h and/s sentence Sentence paragraph",
        "/s a /p",
        "title:a title:(b OR c) title:\"d e\"",
        "lead:a lead:(b AND c) lead:\"d e\" lead:=f title:lead:g",
        "FIRST/50 a b FIRST/5 (c NEAR/3 d) FIRST FIRST/x ＦＩＲＳＴ／５０ e",
        "ATLEAST/3 a b ATLEAST/2 (c OR d) +ATLEAST/2 \"e f\" lead:ATLEAST/2 g",
        "a NOT ATLEAST/3 (b NEAR/2 c) OR FIRST/9 ATLEAST/2 dd*",
        "caps:US caps:(IT OR \"Big Apple\") title:caps:AfD ｃaps：「ＷＨＯ」 caps:(US WHO) caps:US?",
        "halbleit* semiconducter~ steel~1 =tariffs =\"free trade\"",
        "（a ＯＲ b） ＡＮＤ －c ｔitle：d",
        "a　b",
        "10~20% 2025~2026 3월~5 a~b U.S.-China anti-dumping C++ 5G",
        "Korea - China = + x",
        "„Model C“-Schulen",
        "Privatpersonen und -organisationen",
        "https://example.org/a?b=1 EU: 10:30 Re:x",
        "FTA(자유무역협정)는",
        "무역*",
        "anti-dump*",
        "wom?n organi?ation *zoll st*l Z?lle?",
        "ＷＯＭ？Ｎ ＊협정 关？税 反??税 관\\?",
        "title:*zoll NOT (st*l NEAR/3 ?immer) wom\\? halbleit*? semiconducter~1?",
        "Exporteur*innen Exporteur*innen* \"wom?n *zoll\" https://example.org/a?b",
        "有先例吗？先例在哪里呢",
        "\"\"",
        "   ",
        "",
    ] {
        let line = match parse_query(query) {
            Ok(ast) => {
                let printed = ast.to_string();
                assert_eq!(parse_query(&printed).as_ref(), Ok(&ast), "{query} is printed as {printed}");
                tree(&ast)
            }
            Err(error) => format!("! {error}"),
        };
        writeln!(read, "{query}\n    {line}").unwrap();
    }
    insta::assert_snapshot!("what_belongs_to_what", read);
}

#[test]
fn what_is_refused() {
    let workspace = Workspace::new();
    let nested = "(".repeat(MAX_DEPTH + 5);
    let mut said = String::new();
    for query in [
        "(tariff AND steel",
        "tariff) steel",
        "()",
        "tariff AND",
        "OR tariff",
        "tariff AND OR steel",
        "AND",
        "NOT tariff",
        "-관세",
        "tariff OR NOT steel",
        "tariff (NOT steel)",
        "무역 \"협정",
        "「自由贸易",
        "*",
        "a*",
        "*e",
        "？ ＊",
        "x-*-steel",
        "wom?n~1",
        "=wom?n",
        "关*税",
        "관???세",
        "a?1b?2c?3d?4",
        "무역~",
        "自由贸易~1",
        "steel~3",
        "EU~",
        "anti-dumping~",
        "\"a b\"~",
        "\"a b\"~100",
        "a NEAR/100 b",
        "NEAR b",
        "a NEAR",
        "a NEAR/2 b NEAR/3 c",
        "관세 BEFORE/2 „b c“ NEAR/2 (d OR e) tariff",
        "a NEAR b NEAR c BEFORE d",
        "a BEFORE/100 b",
        "BEFORE b",
        "a BEFORE",
        "a BEFORE title:b",
        "a SENTENCE b PARAGRAPH c",
        "a SENTENCE b NOT SENTENCE c",
        "a NEAR/3 b SENTENCE c",
        "a SENTENCE title:b",
        "a SENTENCE (b NOT c)",
        "a SENTENCE/5 b",
        "NOT NEAR/5 b",
        "a NOT NEAR/5",
        "a NOT NEAR/5 (b AND c)",
        "a SENTENCE b SENTENCE c SENTENCE d SENTENCE e SENTENCE f SENTENCE g SENTENCE h SENTENCE i",
        "(((a SENTENCE b) NEAR c) PARAGRAPH d) NOT NEAR e",
        "lead:",
        "lead: tariff",
        "lead:lang:ko",
        "lead:a NEAR/3 b",
        "FIRST/0 a",
        "FIRST/10001 a",
        "FIRST/50",
        "FIRST/50 lang:ko",
        "FIRST/50 (NOT a)",
        "a NEAR/3 FIRST/50 b",
        "ATLEAST a",
        "ATLEAST/0 a",
        "ATLEAST/1001 a",
        "ATLEAST/3",
        "ATLEAST/3 (a AND b)",
        "ATLEAST/3 title:a",
        "ATLEAST/3 ATLEAST/2 a",
        "ATLEAST/3 lang:ko",
        "ATLEAST/3 tariff NEAR/5 steel",
        "leed:a",
        "a NEAR (b AND c)",
        "a NEAR lang:ko",
        "\"a b c d e f g h i\"~5",
        "titel:tariff",
        "title:",
        "caps:",
        "caps:US*",
        "caps:(US AND WHO)",
        "caps:title:US",
        "caps:…",
        "title:lang:ko",
        "lang:",
        "lang:fr",
        "lang:ko;zh",
        "country:",
        "country:xyz",
        "country:kr,",
        "counrty:kr",
        "pair:",
        "pair:kr",
        "pair:kr-kr",
        "pair:kr-cn,us-us",
        "pair:kr-cn,cn-us-kr",
        "pairs:kr-cn",
        "date:gestern",
        "date:2025-13",
        "date:2026..2025",
        "source:…",
        "id:*",
        "amount:",
        "amount:viel",
        "amount:\"5 foos\"",
        "amount:\"5 zillion USD\"",
        "amount:60bn..50bn",
        "amount:\"50..60bn USD\"",
        "amount:50bn..",
        "amount:\"5 EUR..6 USD\"",
        "amount:>1..2",
        "amount:5%",
        "amuont:5bn",
        "percent:x",
        "percent:5..3",
        "percent:\"5 USD\"",
        "==",
        "=steel*",
        "=\"free trade\"~2",
        nested.as_str(),
        "\u{1b}[31m AND",
    ] {
        let run = workspace.run(&["search", "--", query]);
        assert_eq!(run.code, 2, "{query}: {}", run.stdout);
        writeln!(said, "{}", run.stderr.replace(&nested, "((((…")).unwrap();
    }
    insta::assert_snapshot!("what_is_refused", said);
}

#[test]
fn a_query_is_refused_before_an_index_is_opened() {
    let run = Workspace::new().run(&["search", "tariff AND"]);
    assert!(run.stderr.contains("nothing after it") && !run.stderr.contains("index in"), "{}", run.stderr);
}

#[test]
fn a_query_that_is_too_long_is_refused() {
    assert!(parse_query(&"a ".repeat(MAX_QUERY_BYTES / 2)).is_ok());
    let error = parse_query(&"무".repeat(MAX_QUERY_BYTES)).unwrap_err();
    assert!(error.to_string().contains("at most 65536"), "{error}");
}

#[test]
fn too_many_costly_leaves_and_operators_are_refused_at_the_first_too_many() {
    for (part, most) in [
        ("steel~ ", MAX_FUZZY),
        ("steel* ", MAX_PREFIXES),
        ("st?el ", MAX_WILDCARDS),
        ("percent:5 ", MAX_QUANTITIES),
        ("lang:ko ", MAX_FILTERS),
        ("ATLEAST/2 관세 ", MAX_COUNTS),
        ("lead:关税 ", MAX_EXTENTS),
        ("FIRST/9 Zoll ", MAX_EXTENTS),
    ] {
        assert!(parse_query(&part.repeat(most)).is_ok(), "{part}");
        let error = parse_query(&part.repeat(most + 1)).unwrap_err();
        assert!(error.expected.starts_with(&format!("at most {most} ")), "{part}: {error}");
        assert_eq!(error.at.start, part.len() * most, "{part}");
    }
}

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

/// Articles in which each operator makes a difference.
fn articles() -> Workspace {
    let workspace = Workspace::new();
    let file = workspace.write_articles(
        "articles.jsonl",
        &[
            ("en-1", "Steel tariffs return", "Washington raised its tariff on steel. Free trade is over, traders say."),
            ("en-2", "A semiconductor pact", "Talks on semiconductors and freer trade; duties on chips fall."),
            (
                "en-3",
                "Trade talks",
                "Ministers want trade that is free and fair. The tariffs of 2018 were tariffs on aluminium.",
            ),
            (
                "de-1",
                "Zölle auf Stahl",
                "Die Halbleiterindustrie klagt über den Zoll. Der Freihandel mit Südkorea geht weiter, heißt es.",
            ),
            (
                "de-2",
                "Halbleiter aus Dresden",
                "Der Halbleiter ist knapp, die Zölle sind es nicht. Das Abkommen über den freien Handel ist da.",
            ),
            ("ko-1", "관세 협상", "한국은 미국과 무역협정을 다시 협상한다. 반도체 관세는 그대로다."),
            ("ko-2", "한중 FTA", "한중 FTA가 발효됐다. 자유로운 무역을 위한 협정이라고 정부는 말했다. 관세를 올렸다."),
            ("zh-1", "自由贸易协定", "中韩自由贸易协定第二阶段谈判重启，稀土出口限制放宽。"),
            ("zh-2", "關稅與自由", "貿易自由化談判中斷，稀土的出口再受限制。"),
        ],
    );
    workspace.index(&[file]);
    workspace
}

#[test]
fn what_each_operator_finds() {
    let workspace = articles();
    for (query, expected) in [
        ("tariff AND steel", "en-1"),
        ("tariff NOT steel", "en-3"),
        ("tariff -steel", "en-3"),
        ("+tariff steel", "en-1 en-3"),
        ("+tariff +steel", "en-1"),
        ("(tariff OR duty) AND (steel OR chips)", "en-1 en-2"),
        // Beside an operator a run is one term; alone it is a bag.
        ("自由贸易协定", "zh-1 zh-2"),
        ("+自由贸易协定", "zh-1"),
        ("谈判 NOT 自由贸易协定", "zh-2"),
        ("稀土 AND 自由贸易协定", "zh-1"),
        ("무역협정 AND 한국", "ko-1"),
        ("무역협정은 AND 한국이", "ko-1"),
        ("무역 AND 협정", "ko-1 ko-2"),
        ("FTA는 AND 관세는", "ko-2"),
        ("관세 NOT 올리다", "ko-1"),
        ("稀土 OR tariff OR Zoll", "de-1 de-2 en-1 en-3 zh-1 zh-2"),
        // Distance counts words, in Chinese and Korean characters.
        ("\"free trade\"", "en-1"),
        ("\"free trade\"~2", "en-1 en-3"),
        ("trade NEAR/1 free", "en-1"),
        ("free NEAR/2 trade", "en-1 en-3"),
        ("free BEFORE/2 trade", "en-1"),
        ("trade BEFORE/2 free", "en-3"),
        ("(Zoll OR Handel) BEFORE/9 (geht OR da)", "de-1 de-2"),
        ("Südkorea BEFORE/9 Freihandel", ""),
        ("무역 BEFORE/3 협정", "ko-1 ko-2"),
        ("협정 BEFORE/9 무역", ""),
        ("미국과 BEFORE/14 \"관세는\"", "ko-1"),
        ("稀土 BEFORE/1 出口", "zh-1 zh-2"),
        ("出口 BEFORE/9 稀土", ""),
        ("中韩 BEFORE/20 谈判 BEFORE/20 稀土", "zh-1"),
        ("FTA BEFORE/14 (협정 OR 政府)", "ko-2"),
        ("(duty OR tariff) NEAR/1 (steel OR chips)", "en-1 en-2"),
        ("tariff SENTENCE steel", "en-1"),
        ("tariff SENTENCE trade", ""),
        ("tariff PARAGRAPH trade", "en-1 en-3"),
        ("Zoll /s Halbleiterindustrie", "de-1"),
        ("FTA SENTENCE (발효 OR 政府)", "ko-2"),
        ("관세 SENTENCE 협정", ""),
        ("tariff NOT SENTENCE steel", "en-3"),
        ("free NOT NEAR/1 trade", "en-3"),
        ("稀土 NOT NEAR/0 出口", "zh-2"),
        ("稀土 NEAR/0 出口", "zh-1"),
        ("稀土 NEAR/1 出口", "zh-1 zh-2"),
        ("\"출口\"", ""),
        ("\"贸易自由\"~0", "zh-1 zh-2"),
        ("무역 NEAR/3 협정", "ko-1 ko-2"),
        // A title is never near its text.
        ("return NEAR/99 Washington", ""),
        ("halbleit*", "de-1 de-2"),
        ("Halbleiteri*", "de-1"),
        ("semicond*", "en-2"),
        ("zol*", "de-1 de-2"),
        ("zoe*", "de-1 de-2"),
        ("무역*", "ko-1 ko-2"),
        // Wildcards stand for letters of the written form, whatever its stem.
        ("tari?f", "en-1"),
        ("tari?fs", "en-1 en-3"),
        ("t*s", "en-1 en-2 en-3"),
        ("*conductor", "en-2"),
        ("*conductors", "en-2"),
        ("?teel", "en-1"),
        ("Z?lle", "de-1 de-2"),
        ("Zo\u{308}?le", "de-1 de-2"),
        ("S?dkorea", "de-1"),
        ("*leiter", "de-2"),
        ("*handel", "de-1 de-2"),
        ("*handel*", "de-1 de-2"),
        ("Ｈalb＊er", "de-2"),
        ("title:*leiter", "de-2"),
        ("title:*handel", ""),
        ("z*lle NOT *stahl", "de-2"),
        ("*industrie NEAR/3 Zol?", ""),
        ("*industrie NEAR/3 Zo?l", "de-1"),
        ("fre?r BEFORE/0 t?ade", "en-2"),
        ("关?税", ""),
        ("自由?易", "zh-1"),
        ("自??易", "zh-1"),
        ("贸?自由", "zh-2"),
        ("?阶段", "zh-1"),
        ("放\\?", "zh-1"),
        ("*阶段*", "zh-1"),
        ("*협정", "ko-1 ko-2"),
        ("무?협정", "ko-1"),
        ("한중 FT?", "ko-2"),
        ("F?A가", "ko-2"),
        ("20?8", "en-3"),
        ("2*8", "en-3"),
        ("semiconducter~", "en-2"),
        ("semicnductor~1", "en-2"),
        ("semicnducter~1", ""),
        ("Sudkorea~", "de-1"),
        ("=tariffs", "en-1 en-3"),
        ("=tariff", "en-1"),
        ("=Zoll", "de-1"),
        ("=Zölle", "de-1 de-2"),
        ("=ZOELLE", "de-1 de-2"),
        ("=\"free trade\"", "en-1"),
        ("=\"freer trade\"", "en-2"),
        ("=\"free trades\"", ""),
        ("=trade NOT =traders", "en-2 en-3"),
        ("caps:Washington", "en-1"),
        ("caps:washington", ""),
        ("caps:WASHINGTON", ""),
        ("caps:Stahl", "de-1"),
        ("caps:stahl", ""),
        ("caps:tariffs", "en-1 en-3"),
        ("caps:\"Free trade\"", "en-1"),
        ("caps:\"free trade\"", ""),
        ("caps:\"한중 FTA\"", "ko-2"),
        ("caps:ＦＴＡ", "ko-2"),
        ("caps:Fta", ""),
        ("caps:(Trade OR freer)", "en-2 en-3"),
        ("caps:Zo\u{308}lle", "de-1 de-2"),
        ("caps:Zölle NOT caps:Stahl", "de-2"),
        ("title:caps:Trade", "en-3"),
        ("title:caps:trade", ""),
        ("caps:Free NEAR/1 caps:traders", ""),
        ("caps:Free BEFORE/3 over", "en-1"),
        ("title:tariff", "en-1"),
        ("title:=tariffs", "en-1"),
        ("title:=tariff", ""),
        ("title:semicon*", "en-2"),
        ("title:(자유 OR 관세 OR 自由)", "ko-1 zh-1 zh-2"),
        ("title:(trade talks)", "en-3"),
        ("lang:ko 관세", "ko-1 ko-2"),
        ("lang:de,en tariff OR Zoll", "de-1 de-2 en-1 en-3"),
        ("id:zh-*", "zh-1 zh-2"),
        ("id:zh-* NOT 限制", ""),
        ("-id:en-* tariff", ""),
        ("id:de-1 OR id:ko-2", "de-1 ko-2"),
        ("tariff (lang:en NOT id:en-1)", "en-3"),
    ] {
        assert_eq!(workspace.documents(query).join(" "), expected, "{query}");
    }
}

#[test]
fn every_word_of_a_bag_can_be_required() {
    let workspace = articles();
    let options = |require_all| SearchOptions {
        query: QueryOptions { require_all, ..as_typed().query },
        limit: 100,
        ..as_typed()
    };
    for (query, expected) in [
        ("tariff steel", "en-1"),
        ("the tariff on steel", "en-1"),
        ("tariff \"free trade\"", "en-1"),
        ("自由贸易协定谈判", "zh-1"),
        ("자유무역협정", "ko-2"),
        ("무역협정", "ko-1 ko-2"),
        ("FTA 관세", "ko-2"),
        ("tariff Zoll", ""),
        ("tariff OR Zoll", "de-1 de-2 en-1 en-3"),
    ] {
        let results = workspace.search(query, &options(true));
        let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        assert_eq!(ids.join(" "), expected, "{query}");
        assert!(workspace.search(query, &options(false)).hits.len() >= ids.len(), "{query}");
    }
}

/// What is marked, in brackets.
fn marked(workspace: &Workspace, query: &str, id: &str) -> String {
    let hits = workspace.search(query, &SearchOptions { limit: 100, ..as_typed() }).hits;
    let hit =
        hits.into_iter().find(|hit| hit.document.id == id).unwrap_or_else(|| panic!("{query} does not find {id}"));
    let mark = |text: &str, ranges: &[tradewire::internals::document::ByteRange]| {
        let mut out = text.to_owned();
        for range in ranges.iter().rev() {
            out.insert(range.end, ']');
            out.insert(range.start, '[');
        }
        out
    };
    format!("{} | {}", mark(&hit.document.title, &hit.title_highlights), mark(&hit.text, &hit.highlights))
}

#[test]
fn what_each_operator_marks() {
    let workspace = articles();
    let mut shown = String::new();
    for (query, id) in [
        ("tariff AND steel", "en-1"),
        ("talks OR (free AND nowhere)", "en-3"),
        ("fair OR (tariffs NOT aluminium)", "en-3"),
        ("free NEAR/2 trade", "en-3"),
        ("(duties OR tariff) NEAR/1 chips", "en-2"),
        ("=tariffs", "en-1"),
        ("=\"free trade\"", "en-1"),
        ("semicon*", "en-2"),
        ("semiconducter~", "en-2"),
        ("*conductor\\?", "en-2"),
        ("贸?自由", "zh-2"),
        ("*Z?lle* 관?는", "de-2"),
        ("caps:tariffs", "en-3"),
        ("caps:(Trade OR tariffs)", "en-3"),
        ("title:tariff", "en-1"),
        ("zo*", "de-1"),
        ("\"Zoll\" OR 관세", "de-1"),
        ("무역협정은 AND 한국이", "ko-1"),
        ("FTA는 AND 관세는", "ko-2"),
        ("稀土 NEAR/1 出口", "zh-2"),
        ("tariff SENTENCE steel", "en-1"),
        ("tariffs NOT NEAR/2 aluminium", "en-3"),
        ("tariff NOT SENTENCE aluminium", "en-1"),
        ("谈判 NOT 自由贸易协定", "zh-2"),
        ("lang:zh id:zh-1", "zh-1"),
        ("(lang:de 稀土) OR 出口", "zh-1"),
    ] {
        writeln!(shown, "{query}\n    {}", marked(&workspace, query, id)).unwrap();
    }
    insta::assert_snapshot!("what_each_operator_marks", shown);
}

#[test]
fn why_nothing_was_found() {
    let workspace = articles();
    let mut said = String::new();
    for arguments in [
        &["xyzzy AND 稀土"][..],
        &["\u{1b}[31mxyzzy AND 稀土"],
        &["semiconducter"],
        &["hal?leitet"],
        &["稀土吗？出口呢"],
        &["\"steel on tariff\""],
        &["=tarif"],
        &["caps:Tariff"],
        &["title:aluminium"],
        &["tariff SENTENCE trade"],
        &["free NOT PARAGRAPH trade"],
        &["traders NOT NEAR/99 free"],
        &["lead:=tarif"],
        &["FIRST/2 traders"],
        &["ATLEAST/9 tariff"],
        &["lang:ko ATLEAST/9 tariff"],
        &["tariff lang:ko"],
        &["tariff -tariffs"],
        &["--lang", "ko", "tariff"],
        &["--require", "all", "tariff Zoll"],
        &["--since", "2030", "稀土"],
        &["lang:ko date:2030 tariff"],
        &["xyzzy"],
        &["date:2025"],
        &["--explain", "关税 NOT 稀土"],
    ] {
        let run = workspace.run(&[&["search", "--no-expand"], arguments].concat());
        assert_eq!(run.code, 1, "{arguments:?}");
        writeln!(said, "{arguments:?}\n{}{}", run.stdout, run.stderr).unwrap();
    }
    insta::assert_snapshot!("why_nothing_was_found", said);
}

#[test]
fn explanations() {
    let workspace = articles();
    let mut shown = String::new();
    for query in [
        "무역협정을 협상",
        "tariff AND (steel OR halbleit*) NOT 稀土",
        "semiconducter~ \"free trade\"~2",
        "title:=tariffs",
        "(tariff OR duty) SENTENCE steel",
        "tariff NOT NEAR/3 trade",
        "lead:(tariff OR 관세) NOT ATLEAST/3 (tariff NEAR/3 steel)",
        "FIRST/5 ATLEAST/1 =tariff",
        "*leiter 自由?易",
        "caps:tariffs OR caps:Free",
    ] {
        let run = workspace.run(&["search", "--explain", "-n", "1", query]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{query}");
        writeln!(shown, "$ {query}\n{}", run.stdout).unwrap();
    }
    insta::assert_snapshot!("explanations", shown);

    let run = workspace.run(&["search", "--explain", "--format", "jsonl", "-n", "1", "tariff"]);
    let hit: serde_json::Value = serde_json::from_str(run.stdout.trim()).unwrap();
    let parts = hit["score_parts"].as_array().unwrap();
    let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
    assert!((sum - hit["score"].as_f64().unwrap()).abs() < 1e-5, "{hit}");
    assert!(run.stderr.contains("text_en"), "{}", run.stderr);
    let run = workspace.run(&["search", "--explain", "--format", "json", "-n", "1", "tariff"]);
    let results: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(results["results"][0]["explanation"]["leaves"][0]["text"], "tariff");
}

#[test]
fn plain_words_have_no_operators() {
    let workspace = articles();
    for query in ["tariff AND (steel", "NOT tariff", "tariff* \"steel", "-tariff title:"] {
        let run = workspace.run(&["search", "--plain", "--format", "paths", "--", query]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{query}");
    }
}
