//! How queries are read: what belongs to what, and that it prints back.

use std::fmt::Write as _;

use tradewire::internals::query::{QueryAst, parse_query};

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
