//! Words as analysts type them: inflection that no stemmer sees through, names of short pieces, numbers with units, apostrophes,
//! invisible characters, spellings of loan words, Japanese forms; in all four languages.

use tradewire::internals::query::{QueryOptions, parse_query};
use tradewire::internals::search::SearchOptions;

use crate::workspace::{Workspace, as_typed};

/// The ids of the documents that a query finds as typed, in the order of the ranking.
fn ranked(workspace: &Workspace, query: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for hit in workspace.search(query, &as_typed()).hits {
        if !ids.contains(&hit.document.id) {
            ids.push(hit.document.id);
        }
    }
    ids
}

/// Each query finds exactly these documents, by itself, beside an operator and with all words required.
fn finds(workspace: &Workspace, queries: &[&str], expected: &[&str]) {
    let require_all = SearchOptions { query: QueryOptions { require_all: true, ..as_typed().query }, ..as_typed() };
    for query in queries {
        assert_eq!(workspace.documents(query), expected, "{query}");
        assert_eq!(workspace.documents(&format!("({query}) AND ({query})")), expected, "{query} AND itself");
        let mut ids: Vec<String> =
            workspace.search(query, &require_all).hits.into_iter().map(|hit| hit.document.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids, expected, "{query}, all required");
    }
}

#[test]
fn german_genitives_and_plurals_in_s() {
    let workspace = Workspace::with_articles(&[
        ("china", "", "Der Verband lobte Chinas Kurs in der Frage der Zölle, und die Händler waren einverstanden."),
        (
            "korea",
            "",
            "Die Regierung begrüßte Südkoreas Entscheidung, und der Minister war mit dem Ergebnis zufrieden.",
        ),
        (
            "auto",
            "",
            "Der Hersteller liefert weniger Autos und Lkws in die Vereinigten Staaten, teilte er am Montag mit.",
        ),
        ("gas", "", "Das Gas wird teurer, und der Preis für Mais steigt weiter, wie der Verband am Montag mitteilte."),
        (
            "mai",
            "",
            "Im Mai beginnt die nächste Runde, und das Ei ist noch nicht gelegt, wie der Minister am Montag sagte.",
        ),
    ]);
    finds(&workspace, &["China", "Chinas", "\"Chinas Kurs\"", "country:cn"], &["china"]);
    finds(&workspace, &["Südkorea", "Suedkorea", "Südkoreas", "country:kr"], &["korea"]);
    finds(&workspace, &["Auto", "Autos", "Lkw", "LKWs"], &["auto"]);
    finds(&workspace, &["Gases", "Preise", "Mais", "Maises"], &["gas"]);
    finds(&workspace, &["Mai", "Ei"], &["mai"]);
    finds(&workspace, &["=China"], &[]);
}

#[test]
fn irregular_plurals_and_verbs() {
    let workspace = Workspace::with_articles(&[
        ("firma", "", "Die Firma meldete mehr Aufträge und der Chef war zufrieden mit dem Ergebnis."),
        ("firmen", "", "Die Firmen meldeten mehr Aufträge und die Rechenzentren waren zufrieden mit dem Ergebnis."),
        (
            "crisis",
            "",
            "The crisis hit the supply of chips and traders sold their stock at the index level of the week.",
        ),
        (
            "crises",
            "",
            "The crises hit the supply of chips and traders sell their stock as the indices fall this week.",
        ),
        (
            "found",
            "",
            "The firm found its place and left the market, and the won fell after the talks of the ministers.",
        ),
    ]);
    finds(&workspace, &["Firma", "Firmen"], &["firma", "firmen"]);
    finds(&workspace, &["Rechenzentrum", "Rechenzentren"], &["firmen"]);
    finds(&workspace, &["crisis", "crises", "selling stock", "index", "indices"], &["crises", "crisis"]);
    finds(&workspace, &["falls"], &["crises", "found"]);
    finds(&workspace, &["find", "leave", "win"], &[]);
}

#[test]
fn feminine_forms_and_forms_for_all_genders() {
    let forms = [
        "Exporteure",
        "Exporteurinnen",
        "Exporteur:innen",
        "ExporteurInnen",
        "Exporteur*innen",
        "Exporteur_innen",
        "Exporteur·innen",
        "Exporteur/innen",
        "Exporteur/-innen",
    ];
    let bodies: Vec<String> = forms
        .iter()
        .map(|form| format!("Die {form} begrüßten das Abkommen, und der Verband war damit einverstanden."))
        .collect();
    let ids: Vec<String> = (0..forms.len()).map(|at| format!("d{at}")).collect();
    let articles: Vec<(&str, &str, &str)> =
        ids.iter().zip(&bodies).map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    let expected: Vec<&str> = ids.iter().map(String::as_str).collect();
    finds(&workspace, &forms, &expected);
    finds(
        &workspace,
        &["Exporteur", "Exporteurin", "\"Exporteur:innen begrüßten\"", "\"Exporteure begrüßten\""],
        &expected,
    );
    assert_eq!(workspace.marks("Exporteur")[2], "d2 Exporteur:innen");
    assert!(parse_query("Exp*innen").is_ok() && parse_query("a*").is_err());
}

#[test]
fn unknown_korean_words_stand_whole() {
    let workspace = Workspace::with_articles(&[
        ("nepal", "외교", "네팔 정부와 관세 협정을 논의했다고 외교부가 밝혔다."),
        ("sell", "유통", "회사는 관세 인상 전에 재고를 모두 팔았다고 밝혔다."),
        ("airbus", "항공", "에어버스 여객기 관세가 면제된다고 정부가 밝혔다."),
        ("bus", "교통", "버스 수입 관세가 오른다고 정부가 밝혔다."),
        ("unknown", "기업", "네쿠팔로 관세가 면제된다고 정부가 밝혔다."),
        ("rest", "기업", "팔로 관세가 오른다고 정부가 밝혔다."),
        ("ukraine", "외교", "우크라이나 곡물 관세가 면제된다고 정부가 밝혔다."),
        ("wang", "외교", "왕이 외교부장은 관세 문제를 논의했다고 전했다."),
        ("king", "외교", "사우디 왕은 관세 문제를 논의했다고 전했다."),
        ("yemen", "외교", "예멘 커피 관세가 면제된다고 정부가 밝혔다."),
        ("men", "의류", "멘 의류 관세가 오른다고 정부가 밝혔다."),
    ]);
    for (name, id) in [
        ("네팔", "nepal"),
        ("에어버스", "airbus"),
        ("우크라이나", "ukraine"),
        ("왕이", "wang"),
        ("예멘", "yemen"),
        ("네쿠팔로", "unknown"),
    ] {
        assert_eq!(workspace.documents(&format!("{name} AND 관세")), [id], "{name}");
        assert_eq!(workspace.documents(name), [id], "{name} by itself");
        assert_eq!(workspace.documents(&format!("관세 NOT {name}")).len(), 10, "NOT {name}");
    }
}

#[test]
fn names_of_short_pieces_come_first() {
    let workspace = Workspace::with_articles(&[
        ("att", "Telecoms", "Shares of AT&T rose after the tariff pause, traders said in the city."),
        ("shirts", "T-shirts", "T-shirt T-shirt makers shipped T shirts in lots at the port of the city."),
        ("rd", "Labs", "The firm will raise R&D spending by a third this year, it said."),
        ("initials", "R. and D.", "R. Smith, D. Miller, R. Jones and D. King signed the contract."),
        ("sp", "Index", "The S&P index fell as new duties were announced in the morning."),
        ("cpp", "Code", "The tool was written in C++ by a small team, the ministry said."),
        ("c", "C", "Vitamin C, C and again C, the ministry said in its note on C."),
        ("net", "Web", "The portal runs on .NET and was opened by the ministry of trade."),
        ("exports", "Net", "Net exports, net imports and a net loss, the ministry of trade said."),
        ("f16", "Jets", "The F-16 was sold to the kingdom, the ministry of trade said."),
        ("sixteen", "16", "Of 16 ships, 16 left the port by 16 June, the ministry of trade said."),
        ("eauto", "E-Mobilität", "Der Absatz von E-Autos steigt, teilte der Verband am Montag mit."),
        ("auto", "Auto", "Das Auto, ein Auto, viele Autos und das E im Namen, teilte der Verband am Montag mit."),
        ("kdef", "방산", "K-방산 수출이 늘었다고 방위사업청이 밝혔다."),
        ("def", "방산", "방산 업체 K사는 방산 수출, 방산 전시를 했다고 밝혔다."),
        ("ashare", "A股", "A股上涨，A股成交额增加，交易所表示。"),
        ("share", "股", "股东、股权、股份、股价、股市，股，交易所表示。"),
        ("opec", "Oil", "OPEC+ agreed on output, and the members were at odds, officials said."),
        ("opecs", "OPEC", "OPEC, OPEC and again OPEC, the members of OPEC said in a note."),
    ]);
    for (query, first) in [
        ("AT&T", "att"),
        ("R&D", "rd"),
        ("S&P", "sp"),
        ("C++", "cpp"),
        (".NET", "net"),
        ("F-16", "f16"),
        ("F16", "f16"),
        ("E-Auto", "eauto"),
        ("K-방산", "kdef"),
        ("A股", "ashare"),
        ("OPEC+", "opec"),
        ("Ａ股", "ashare"),
    ] {
        assert_eq!(ranked(&workspace, query).first().map(String::as_str), Some(first), "{query}");
    }
    finds(&workspace, &["AT&T", "at&t"], &["att"]);
    finds(&workspace, &["R&D"], &["rd"]);
    finds(&workspace, &["F-16", "F16", "\"F 16\""], &["f16"]);
}

#[test]
fn letters_and_digits_in_any_spelling() {
    let workspace = Workspace::with_articles(&[
        ("joined", "", "The G20 met as 7nm chips, 20bn dollars and 5GW of solar cells were on the table, it said."),
        ("hyphen", "", "The G-20 met as 7-nm chips, 20 bn dollars and 5 GW of solar cells were on the table, it said."),
        (
            "german",
            "",
            "Die G20 trafen sich, als es um 7-nm-Chips, 20bn Dollar und 5GW Leistung ging, teilten sie mit.",
        ),
        ("korean", "", "G20 회의에서 7nm 공정과 5GW 태양광, 20bn 투자를 논의했다고 밝혔다."),
        ("chinese", "", "G20会议讨论了7 nm工艺、5 GW太阳能和20bn投资，官员表示。"),
        ("other", "", "The group of 20 met 5 times, and the G in the name is for group, it said on the 7th."),
    ]);
    let all = ["chinese", "german", "hyphen", "joined", "korean"];
    finds(&workspace, &["G20", "G-20", "g20", "7nm", "7-nm", "5GW", "20bn", "\"7 nm\"", "\"5 GW\"", "\"20 bn\""], &all);
    assert_eq!(workspace.documents("5 GW").len(), 6, "a bag");
    finds(&workspace, &["G2", "20b", "5G"], &[]);
}

#[test]
fn every_apostrophe_and_elided_article() {
    let apostrophes = ["'", "’", "‘", "ʼ", "′", "＇", "`", "´", "‛"];
    let bodies: Vec<String> = apostrophes
        .iter()
        .map(|sign| {
            format!(
                "China{sign}s exports rose and O{sign}Neill of L{sign}Oréal spoke in Côte d{sign}Ivoire on the day."
            )
        })
        .collect();
    let ids: Vec<String> = (0..apostrophes.len()).map(|at| format!("d{at}")).collect();
    let articles: Vec<(&str, &str, &str)> =
        ids.iter().zip(&bodies).map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    let expected: Vec<&str> = ids.iter().map(String::as_str).collect();
    finds(&workspace, &["China", "Ivoire", "Oréal", "Oreal", "Neill", "ONeill", "country:cn", "country:ci"], &expected);
    for sign in apostrophes {
        let queries = [
            format!("China{sign}s"),
            format!("O{sign}Neill"),
            format!("L{sign}Oréal"),
            format!("\"Côte d{sign}Ivoire\""),
        ];
        for query in queries {
            finds(&workspace, &[&query], &expected);
        }
    }
}

#[test]
fn invisible_characters_inside_words() {
    let invisible = ["\u{ad}", "\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{200e}"];
    let bodies: Vec<String> = invisible
        .iter()
        .map(|sign| format!("The semi{sign}con{sign}ductor makers welcomed it. 반{sign}도{sign}체 업계. 半{sign}导{sign}体。 Export{sign}kontrolle."))
        .collect();
    let ids: Vec<String> = (0..invisible.len()).map(|at| format!("d{at}")).collect();
    let articles: Vec<(&str, &str, &str)> =
        ids.iter().zip(&bodies).map(|(id, body)| (id.as_str(), "", body.as_str())).collect();
    let workspace = Workspace::with_articles(&articles);
    let expected: Vec<&str> = ids.iter().map(String::as_str).collect();
    finds(&workspace, &["semiconductor", "semi\u{ad}conductor", "반도체", "半导体", "Exportkontrolle"], &expected);
}

#[test]
fn japanese_forms_of_shared_characters() {
    let workspace = Workspace::with_articles(&[
        ("ja", "", "経済産業省は対外貿易と関税について発表した。"),
        ("zh", "", "经济产业省就对外贸易和关税发表了声明。"),
        ("hant", "", "經濟產業省就對外貿易和關稅發表了聲明。"),
    ]);
    finds(&workspace, &["経済", "经济", "經濟", "対外貿易", "关税", "関税"], &["hant", "ja", "zh"]);
}

#[test]
fn spellings_of_korean_loan_words() {
    let workspace = Workspace::with_articles(&[
        ("standard", "", "정부는 콘텐츠 산업과 비즈니스 플랫폼 수출을 지원한다고 밝혔다."),
        ("other", "", "정부는 컨텐츠 산업과 비지니스 수출을 지원한다고 밝혔다."),
    ]);
    let widened = SearchOptions { limit: 10, ..SearchOptions::default() };
    for query in ["콘텐츠", "컨텐츠", "비즈니스", "비지니스", "컨텐츠를"] {
        assert_eq!(workspace.search(query, &widened).hits.len(), 2, "{query}");
    }
}

#[test]
fn other_codes_of_countries() {
    let workspace = Workspace::with_articles(&[
        ("gb", "", "Britain and Greece signed a treaty on steel, the ministers said on the day."),
        ("cn", "", "China signed nothing, the ministers of the province said on the day."),
    ]);
    for query in ["country:uk", "country:GB", "country:el", "country:gbr", "pair:uk-el", "pair:gr-gb"] {
        assert_eq!(workspace.documents(query), ["gb"], "{query}");
    }
    let error = |query: &str| parse_query(query).unwrap_err();
    let unknown = error("steel country:zz");
    assert_eq!(unknown.found, "`zz`");
    assert_eq!(unknown.at.slice("steel country:zz"), "zz");
    let china = error("country:china");
    assert_eq!(
        china.expected,
        "the code of a country (ISO 3166-1) or eu; the nearest: cn (China), hk (Hong Kong SAR China), mo (Macao SAR China)"
    );
    assert_eq!(china.suggestion.as_deref(), Some("country:cn"));
    assert_eq!(error("pair:kr-jap").suggestion.as_deref(), Some("pair:kr-jp"));
    let run = workspace.run(&["search", "steel", "--country", "uk", "--format", "paths"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(workspace.run(&["search", "steel", "--country", "zz"]).code, 2);
}

#[test]
fn ministries_and_deficits_by_their_plain_names() {
    let workspace = Workspace::with_articles(&[
        (
            "en",
            "",
            "The commerce ministry reported a trade deficit, and the Department of Commerce said nothing of it.",
        ),
        ("de", "", "Das Handelsministerium meldete ein höheres Handelsdefizit, wie es am Montag mitteilte."),
        ("ko", "", "상무부는 무역적자가 늘었다고 밝혔다."),
        ("zh", "", "商务部表示贸易逆差扩大。"),
    ]);
    let widened = SearchOptions { limit: 10, ..SearchOptions::default() };
    for query in [
        "상무부",
        "commerce ministry",
        "商務部",
        "Handelsministerium",
        "무역적자",
        "贸易逆差",
        "trade deficit",
        "Handelsdefizit",
    ] {
        assert_eq!(workspace.search(query, &widened).hits.len(), 4, "{query}");
    }
}

#[test]
fn a_name_is_shown_once_however_it_is_written() {
    let workspace = Workspace::with_articles(&[
        ("hans", "", "中国出口增长，官员表示。"),
        ("hant", "", "中國出口增長，官員表示。"),
        ("ko", "", "中國 수출이 늘었다고 정부가 밝혔다."),
    ]);
    let results = workspace.search("China", &SearchOptions { limit: 10, ..SearchOptions::default() });
    let names: Vec<&String> = results.expansions.iter().flat_map(|expansion| &expansion.names).collect();
    let of_china = names.iter().filter(|name| ["中國", "中国"].contains(&name.as_str())).count();
    assert_eq!(of_china, 1, "{names:?}");
}

#[test]
fn words_whose_term_begins_otherwise_are_found_by_their_beginning() {
    let around = "said the people of the port, who were there with all of their ships and with what they had";
    let text = |sentence: &str| format!("{sentence}, {around}.");
    let workspace = Workspace::with_articles(&[
        ("went", "", &text("The envoy went further")),
        ("go", "", &text("The envoys go on")),
        ("ate", "", &text("The crew ate early")),
        ("kerb", "", &text("The kerbs of Ulsan are high")),
        ("oestrogen", "", &text("The levy on oestrogens is low")),
        ("de", "", "Die Ärzte prüfen das Öl, heißt es in dem Bericht, den der Minister und die anderen haben."),
        ("ko", "", "의사들은 관세가 오른다고 정부에 갔다가 왔다."),
        ("zh", "", "医生们去过海关，谈到关税。"),
    ]);
    for (query, expected) in [
        ("wen*", "went"),
        ("w?nt", "went"),
        ("we?t", "went"),
        ("*ent", "went"),
        ("wnet~1", "went"),
        ("=went", "went"),
        ("went", "go went"),
        ("envoy NEAR/0 wen*", "went"),
        ("ATLEAST/1 wen*", "went"),
        ("lead:wen*", "went"),
        ("title:wen*", ""),
        // By its own beginning, go is no went.
        ("go*", "go"),
        ("crew BEFORE/0 at*", "ate"),
        ("?te", "ate"),
        ("kerb*", "kerb"),
        ("ker?s", "kerb"),
        ("kebrs~1", "kerb"),
        ("cur*", ""),
        ("oestro*", "oestrogen"),
        ("oestrogns~1", "oestrogen"),
        ("estro*", ""),
        // In the other languages a word begins as its term does.
        ("Ärzt*", "de"),
        ("Aerzt*", "de"),
        ("Arzt*", "de"),
        ("?rzte", "de"),
        ("Öl*", "de"),
        ("의사*", "ko"),
        ("관세*", "ko"),
        ("갔*", "ko"),
        ("医生*", "zh"),
    ] {
        assert_eq!(workspace.documents(query).join(" "), expected, "{query}");
    }
    assert_eq!(workspace.marks("wen* OR ker?s OR oestrogns~1"), ["kerb kerbs", "oestrogen oestrogens", "went went"]);
}
