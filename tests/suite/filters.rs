//! Filters by author, section, length, concept and relative dates: what every format states of authors and sections, what each
//! filter finds in the query and as an option, facets, and what is refused.

use serde_json::{Value, json};

use crate::reading::read;
use crate::workspace::Workspace;

/// Authors and sections of the documents that are read of a file, as `a | b / c`.
fn stated(name: &str, text: &str) -> Vec<String> {
    let found = read(name, text.as_bytes());
    assert!(!found.documents.is_empty(), "{name}: {}", found.lines());
    let stated = found
        .documents
        .iter()
        .map(|document| format!("{} / {}", document.authors.join(" | "), document.sections.join(" | ")));
    stated.collect()
}

const TEXT: &str = "Duties on flat steel start in March, the ministry of trade said on Monday in a long statement.";

#[test]
fn json_states_authors_and_sections_under_many_keys() {
    let mut wrong = Vec::new();
    for (extra, expected) in [
        (json!({"author": "By Jane Doe and Max Roe", "section": "Business"}), "Jane Doe | Max Roe / Business"),
        (
            json!({"authors": ["Jane Doe", "Max Roe"], "categories": ["Trade", "Steel"]}),
            "Jane Doe | Max Roe / Trade | Steel",
        ),
        (json!({"author": {"name": "Jane Doe", "@type": "Person"}, "articleSection": "World"}), "Jane Doe / World"),
        (json!({"author": [{"given": "Jane", "family": "Doe"}]}), "Jane Doe / "),
        (
            json!({"byline": {"original": "By Jane Doe", "person": []}, "section_name": "Foreign", "news_desk": "Desk"}),
            "Jane Doe / Foreign",
        ),
        (
            json!({"fields": {"byline": "Jane Doe in Seoul"}, "sectionName": "World news"}),
            "Jane Doe in Seoul / World news",
        ),
        (json!({"authorships": [{"author": {"display_name": "Jane Doe"}}]}), "Jane Doe / "),
        (json!({"creators": [{"firstName": "Jane", "lastName": "Doe"}]}), "Jane Doe / "),
        (json!({"autor": "Von Jana Muster", "ressort": "Wirtschaft"}), "Jana Muster / Wirtschaft"),
        (json!({"기자": "김민수 기자", "섹션": "경제"}), "김민수 / 경제"),
        (json!({"作者": "本报记者 张三", "栏目": "国际"}), "张三 / 国际"),
        (json!({"記者": "王小明", "欄目": "財經"}), "王小明 / 財經"),
        (json!({"author": null, "section": ""}), " / "),
        (json!({"author": "https://example.com/jane", "category": 12}), " / "),
        (json!({"author": "admin", "category": {"id": 3, "name": "Trade"}}), " / Trade"),
        (json!({}), " / "),
    ] {
        let mut record = json!({"id": "a", "title": "Duties on steel", "body": TEXT});
        record.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let found = stated("a.jsonl", &format!("{record}\n"));
        if found != [expected] {
            wrong.push(format!("{extra}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tables_state_them_in_columns() {
    for (heading, row, expected) in [
        ("id,title,body,author,section", "Jane Doe; Max Roe,Business", "Jane Doe | Max Roe / Business"),
        ("id,title,body,Autor,Ressort", "Von Jana Muster,Wirtschaft", "Jana Muster / Wirtschaft"),
        ("id,제목,본문,기자,통합 분류1", "김민수 기자,경제>무역", "김민수 / 경제>무역"),
        ("id,标题,正文,作者,栏目", "记者 张三,国际", "张三 / 国际"),
        (
            "id,title,body,authors,categories",
            "\"['Jane Doe', 'Max Roe']\",\"[\"\"Trade\"\"]\"",
            "Jane Doe | Max Roe / Trade",
        ),
    ] {
        let table = format!("{heading}\na,Duties on steel,\"{TEXT}\",{row}\n");
        assert_eq!(stated("a.csv", &table), [expected], "{heading}");
    }
}

#[test]
fn pages_feeds_and_news_of_agencies_state_them() {
    let page = |head: &str| {
        format!(
            "<html lang=en><head><title>Duties on steel</title>{head}</head><body><article><h1>Duties on steel</h1>\
             <p>{TEXT}</p></article></body></html>"
        )
    };
    // Links to the authors of other articles stand further below.
    let linked = |byline: &str| {
        format!(
            "<html lang=en><head><title>Duties on steel</title></head><body><article><h1>Duties on steel</h1><p>{byline}</p>\
             <p>{TEXT}</p></article><p>Quotas filled, by <a rel=author href=/se>Somebody Else</a></p></body></html>"
        )
    };
    let data = |author: &Value| {
        let article = json!({"@type": "NewsArticle", "headline": "Duties on steel", "author": author, "articleSection": ["World", "Trade"]});
        page(&format!(
            "<script type=\"application/ld+json\">{article}</script><meta name=author content=\"Somebody Else\">"
        ))
    };
    let graph = page(
        "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Duties on steel\",\"author\":{\"@id\":\"#p\"}},\
         {\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Jane Doe\"}]}</script>",
    );
    let rss = |inside: &str| {
        format!(
            "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">\
             <channel><title>Wire</title><item><guid>a</guid><title>Duties on steel</title><description>{TEXT}</description>{inside}</item></channel></rss>"
        )
    };
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><entry><id>a</id><title>Duties on steel</title><author><name>Jane Doe</name>\
         <email>jd@example.com</email></author><author><name>김민수 기자</name></author><category term=\"t\" label=\"Trade\"/><category term=\"Steel\"/>\
         <content>{TEXT}</content></entry></feed>"
    );
    // An entry without authors has those of its feed.
    let of_feed = |authors: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><author><name>Wire Desk</name><uri>https://example.com</uri></author>\
             <author><email>jm@example.com</email><name>Von Jana Muster</name></author><entry><id>a</id><title>Duties on steel</title>{authors}\
             <content>{TEXT}</content></entry></feed>"
        )
    };
    let nitf = format!(
        "<nitf><head><title>Duties on steel</title><pubdata position.section=\"Business\"/></head><body><body.head><hedline><hl1>Duties on steel</hl1>\
         </hedline><byline>By <person>Jane Doe</person><byttl>Staff</byttl></byline></body.head><body.content><p>{TEXT}</p></body.content></body></nitf>"
    );
    let g2 = format!(
        "<newsItem guid=\"a\"><contentMeta><creator><name>Jane Doe</name></creator><headline>Duties on steel</headline>\
         <subject type=\"cpnat:department\"><name>Wirtschaft</name></subject><subject type=\"cpnat:abstract\"><name>Steel</name></subject></contentMeta>\
         <contentSet><inlineXML><nitf><body><body.content><p>{TEXT}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"
    );
    let mail =
        format!("From: Jane Doe <jd@example.com>\nSubject: Duties on steel\nMessage-ID: <a@example.com>\n\n{TEXT}\n");
    let sgml = format!(
        "<DOC>\n<DOCNO>a</DOCNO>\n<HEADLINE>Duties on steel</HEADLINE>\n<BYLINE>By JANE DOE</BYLINE>\n<SECTION>Financial Desk</SECTION>\n<TEXT>\n{TEXT}\n</TEXT>\n</DOC>\n"
    );
    let markdown = |front: &str| format!("---\ntitle: Duties on steel\n{front}\n---\n\n{TEXT}\n");
    let mut wrong = Vec::new();
    for (name, text, expected) in [
        (
            "a.html",
            page("<meta name=author content=\"By Jane Doe\"><meta property=\"article:section\" content=Business>"),
            "Jane Doe / Business",
        ),
        (
            "a.html",
            page(
                "<meta property=\"article:author\" content=\"https://www.facebook.com/jd\"><meta name=\"parsely-author\" content=\"Jane Doe\">",
            ),
            "Jane Doe / ",
        ),
        (
            "a.html",
            page(
                "<meta name=\"citation_author\" content=\"Doe, Jane\"><meta name=\"citation_author\" content=\"Roe, Max\">",
            ),
            "Doe, Jane | Roe, Max / ",
        ),
        (
            "a.html",
            data(&json!([{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Max Roe"}])),
            "Jane Doe | Max Roe / World | Trade",
        ),
        ("a.html", data(&json!("김민수 기자")), "김민수 / World | Trade"),
        ("a.html", data(&json!([])), "Somebody Else / World | Trade"),
        ("a.html", graph, "Jane Doe / "),
        (
            "a.html",
            linked("By <a href=/jd rel=author>Jane <b>Doe</b></a> and <a rel=\"nofollow Author\" href=/mr>Max Roe</a>"),
            "Jane Doe | Max Roe / ",
        ),
        ("a.html", linked("<a rel=author href=/kms>김민수 기자</a>"), "김민수 / "),
        ("a.html", linked("<a rel=author href=/zs>记者 张三</a>"), "张三 / "),
        ("a.html", linked("<a rel=author href=/x> </a>"), " / "),
        ("a.html", page(""), " / "),
        (
            "a.rss",
            rss("<author>jd@example.com (Jane Doe)</author><category>Trade</category><category>Steel</category>"),
            "Jane Doe / Trade | Steel",
        ),
        (
            "a.rss",
            rss("<dc:creator>Jane Doe</dc:creator><dc:creator>Max Roe</dc:creator><author>desk@example.com</author>"),
            "Jane Doe | Max Roe / ",
        ),
        ("a.rss", rss("<itunes:author>Jane Doe</itunes:author>"), "Jane Doe / "),
        ("a.rss", rss("<author>desk@example.com</author>"), " / "),
        ("a.atom", atom, "Jane Doe | 김민수 / Trade | Steel"),
        ("a.atom", of_feed("<author><name>Max Roe</name></author>"), "Max Roe / "),
        ("a.atom", of_feed(""), "Wire Desk | Jana Muster / "),
        ("a.nitf", nitf, "Jane Doe / Business"),
        ("a.newsml", g2, "Jane Doe / Wirtschaft"),
        ("a.eml", mail, "Jane Doe / "),
        ("a.sgml", sgml, "JANE DOE / Financial Desk"),
        ("a.md", markdown("author: Jane Doe\nsection: Business"), "Jane Doe / Business"),
        (
            "a.md",
            markdown("authors: [Jane Doe, \"Max Roe\"]\ncategories:\n  - Trade\n  - Steel"),
            "Jane Doe | Max Roe / Trade | Steel",
        ),
        (
            "a.md",
            markdown("authors:\n- name: Jane Doe\n  url: https://example.com\n- name: 김민수"),
            "Jane Doe | 김민수 / ",
        ),
        ("a.txt", format!("Duties on steel\n\n{TEXT}\n"), " / "),
    ] {
        let found = stated(name, &text);
        if found != [expected] {
            wrong.push(format!("{name}: {found:?} for {expected}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn columns_and_fields_can_be_stated() {
    let workspace = Workspace::new();
    let file = workspace.write(
        "a.jsonl",
        json!({"id": "a", "title": "Duties", "body": TEXT, "w": {"n": "Jane Doe"}, "k": ["Trade"]}).to_string(),
    );
    let run = workspace.run(&["index".as_ref(), "--map".as_ref(), "author=w.n,section=k".as_ref(), file.as_os_str()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(workspace.documents("author:doe section:trade"), ["a"]);
    let table = workspace.write("b.csv", format!("b;Duties;\"{TEXT}\";Max Roe;Steel\n"));
    let run = workspace.run(&[
        "index".as_ref(),
        "--columns".as_ref(),
        "id,title,body,author,section".as_ref(),
        table.as_os_str(),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(workspace.documents("author:roe section:steel"), ["b"]);
}

/// Articles of several authors, sections, lengths and days in four languages.
fn articles() -> Workspace {
    let workspace = Workspace::new();
    let records = [
        json!({"id": "en", "title": "Rare earths", "body": format!("{TEXT} {}", "The mill rolls steel. ".repeat(100)), "author": "Jane Doe, Max Roe",
               "section": "Business", "date": "2026-01-02"}),
        json!({"id": "de", "title": "Zölle", "body": "Die Zölle auf Stahl und Seltene Erden steigen im März.", "autor": "Von Jörg Müller",
               "ressort": "Wirtschaft", "date": "2025-12-31"}),
        json!({"id": "ko", "title": "철강", "body": "중국산 희토류와 철강 steel 관세가 올랐다고 산업부가 밝혔다.", "기자": "김민수·이영희 기자", "섹션": "경제",
               "date": "2025-12-24"}),
        json!({"id": "zh", "title": "钢铁", "body": "中国稀土出口管制与钢铁 steel 关税。", "作者": "本报记者 张三", "栏目": "國際經濟", "date": "2025-11-30"}),
        json!({"id": "none", "title": "Ports", "body": "The harbour ships steel."}),
    ];
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    let file = workspace.write("articles.jsonl", lines.join("\n"));
    workspace.index(&[file]);
    workspace
}

#[test]
fn each_filter_finds_its_articles() {
    let workspace = articles();
    for (query, expected) in [
        ("author:doe", "en"),
        ("author:\"Max Roe\"", "en"),
        ("author:\"Doe Roe\"", ""),
        ("author:mueller", "de"),
        ("author:MÜLLER", "de"),
        ("author:김민수", "ko"),
        ("author:张三", "zh"),
        ("ａｕｔｈｏｒ：ｊａｎｅ", "en"),
        ("author:jane OR author:이영희", "en ko"),
        ("steel -author:doe", "ko none zh"),
        ("section:business", "en"),
        ("section:国际", "zh"),
        ("section:經濟", "zh"),
        ("section:경제", "ko"),
        ("steel NOT section:경제", "en none zh"),
        ("words:>300", "en"),
        ("words:4", "none"),
        ("words:..4", "none"),
        ("words:<4", ""),
        ("words:5..100", "de ko zh"),
        ("concept:rare-earths", "de en ko zh"),
        ("concept:RARE-EARTHS lang:ko", "ko"),
        ("concept:tariffs,semiconductors", "de en ko zh"),
        ("steel -concept:rare-earths", "none"),
        ("author:김민수 concept:rare-earths words:>10", "ko"),
    ] {
        assert_eq!(workspace.documents(query).join(" "), expected, "{query}");
    }
}

#[test]
fn the_command_takes_the_same_as_options() {
    let workspace = articles();
    let ids = |arguments: &[&str]| {
        let line = [&["search", "--format", "paths", "-n", "0"][..3], arguments].concat();
        let line = [&line[..], &["steel OR Stahl"]].concat();
        let run = workspace.run(&[&line[..1], &["--format", "jsonl", "--by", "document"], &line[3..]].concat());
        let id =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["document"]["id"].as_str().unwrap().to_owned();
        let mut ids: Vec<String> = run.stdout.lines().map(id).collect();
        ids.sort();
        if run.code > 1 { run.stderr } else { ids.join(" ") }
    };
    assert_eq!(ids(&["--author", "doe", "--author", "김민수"]), "en ko");
    assert_eq!(ids(&["--section", "wirtschaft"]), "de");
    assert_eq!(ids(&["--words", ">300"]), "en");
    assert_eq!(ids(&["--words", "5..100", "--section", "경제"]), "ko");
    assert_eq!(ids(&["--concept", "rare-earths,semiconductors"]), "de en ko zh");
    assert_eq!(ids(&["--today", "2026-01-02", "--since", "7d"]), "de en");
    assert_eq!(ids(&["--today", "2026-01-02", "--since", "last-month", "--until", "yesterday"]), "de ko");
    assert_eq!(ids(&["--today", "2026-01-02", "--until", "last-month"]), "de ko zh");
    assert_eq!(ids(&["--today", "2025-12-25", "--since", "last-year", "--until", "today"]), "ko zh");
}

#[test]
fn relative_dates_count_from_today() {
    let workspace = articles();
    let found = |query: &str, today: &str| {
        let run = workspace.run(&["search", "--format", "jsonl", "--by", "document", "--today", today, query]);
        assert!(run.code < 2, "{query}: {}", run.stderr);
        let id =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["document"]["id"].as_str().unwrap().to_owned();
        let mut ids: Vec<String> = run.stdout.lines().map(id).collect();
        ids.sort();
        ids.join(" ")
    };
    for (query, today, expected) in [
        ("date:today", "2026-01-02", "en"),
        ("date:yesterday", "2026-01-01", "de"),
        ("date:7d..", "2026-01-02", "de en"),
        ("date:last-month", "2026-01-02", "de ko"),
        ("date:last-week", "2026-01-02", "ko"),
        ("date:this-week", "2026-01-02", "de en"),
        ("date:this-year", "2026-06-30", "en"),
        ("date:last-year steel", "2026-06-30", "de ko zh"),
        ("date:..1m", "2026-01-02", "zh"),
        ("date:2w..today", "2026-01-02", "de en ko"),
        ("date:2025-12..yesterday", "2026-01-02", "de ko"),
        ("date:today..2025-12", "2026-01-02", ""),
        ("date:＜ｔｏｄａｙ", "2026-01-02", "de ko zh"),
        ("steel -date:7d..", "2026-01-02", "ko none zh"),
    ] {
        assert_eq!(found(query, today), expected, "{query} on {today}");
    }
    // Without a day given, it is the day of the query.
    assert_eq!(workspace.documents("date:..today").len(), 4);
    let run = workspace.run(&["delete", "date:..1m", "--today", "2026-01-02", "--yes"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "tradewire: 1 document removed\n"));
    let run =
        workspace.run(&["timeline", "steel", "--since", "last-month", "--today", "2026-01-02", "--format", "csv"]);
    insta::assert_snapshot!(run.snapshot(&workspace));
}

#[test]
fn what_is_known_is_shown_and_counted() {
    let workspace = articles();
    let run = workspace.run(&[
        "search",
        "concept:rare-earths",
        "--format",
        "jsonl",
        "-n",
        "1",
        "--by",
        "document",
        "--author",
        "doe",
    ]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    let document = &record["document"];
    assert_eq!(document["authors"], json!(["Jane Doe", "Max Roe"]));
    assert_eq!(document["sections"], json!(["Business"]));
    assert_eq!(document["words"], json!(418));
    assert!(document["concepts"].as_array().unwrap().contains(&json!("rare-earths")));
    let run = workspace.run(&[
        "search",
        "steel OR Stahl",
        "--facets",
        "author,section,concept",
        "--facet-limit",
        "3",
        "-n",
        "0",
    ]);
    insta::assert_snapshot!("facets", run.snapshot(&workspace));
}

#[test]
fn mistakes_are_named_with_what_was_meant() {
    let workspace = articles();
    let mut all = String::new();
    for arguments in [
        &["author:"][..],
        &["author:…"],
        &["section:()"],
        &["autor:kim"],
        &["word:>300"],
        &["words:800..300"],
        &["words:300-800"],
        &["words:long"],
        &["date:7d"],
        &["date:today..7d"],
        &["date:lastmonth"],
        &["date:whenever"],
        &["concept:rare-earth"],
        &["steel AND (concept:tariffs,rare-earht)"],
        &["concept:稀土"],
        &["concept:country-kr"],
        &["concept:xyzzy-plugh"],
        &["concept:\"rare earths\""],
        &["steel", "--words", "long"],
        &["steel", "--author", "…"],
        &["steel", "--since", "soon"],
        &["steel", "--today", "yesterday"],
        &["steel", "--concept", "rare-earth"],
        &["steel", "--since", "today", "--until", "7d", "--today", "2026-01-02"],
        &["steel", "--author", "nobody"],
        &["steel", "--section", "nothing"],
        &["steel", "--words", ">100000"],
        &["steel", "--concept", "wipo"],
        &["steel author:nobody"],
        &["harbour AND words:>300"],
    ] {
        let run = workspace.run(&[&["search"], arguments].concat());
        all.push_str(&format!("{}\n{}\n", arguments.join(" "), run.snapshot(&workspace)));
    }
    let run = workspace.run(&["delete", "concept:rare-earth"]);
    all.push_str(&format!("delete\n{}\n", run.snapshot(&workspace)));
    insta::assert_snapshot!(all);
}

#[test]
fn the_glossary_is_shown() {
    let workspace = Workspace::new();
    let mut all = String::new();
    for arguments in [
        &["rare-earths"][..],
        &["seltener", "Erden"],
        &["희토류", "--format", "json"],
        &["magnets"],
        &["country-kr"],
        &["raer-earths"],
        &["xyzzy"],
        &["  "],
        &[],
    ] {
        let run = workspace.run(&[&["glossary"], arguments].concat());
        all.push_str(&format!("glossary {}\n{}\n", arguments.join(" "), run.snapshot(&workspace)));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn an_index_of_another_glossary_is_refused() {
    let workspace = articles();
    let config = workspace.path().join("config");
    crate::workspace::copy_folder(&crate::workspace::project().join("index-config"), &config);
    let tables = config.join("glossary").join("goods.tsv");
    let text = std::fs::read_to_string(&tables).unwrap();
    let config = config.to_str().unwrap();
    let search = || workspace.run(&["search", "steel", "--config", config]);
    assert_eq!(search().code, 0, "{}", search().stderr);
    std::fs::write(&tables, format!("{text}widgets\tgood\t\twidgets\t\t\t\t\n")).unwrap();
    let run = search();
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("--rebuild"), "{}", run.stderr);
}
