//! Operators of place that know sentences and paragraphs, and those that exclude: what they find and mark in all four languages. A phrase
//! never reaches from one paragraph into the next.

use crate::workspace::Workspace;

fn articles() -> Workspace {
    Workspace::with_articles(&[
        (
            "en",
            "Steel levy delayed. Ministers argue",
            "The U.S. delays its levy on steel. Dr. Park of the ministry calls that “a pause… no more.” Exporters in Ulsan wait.\n\n\
             Berlin wants talks on cars! Brussels, which pays for drum steel, does not.\nShippers hope for a deal",
        ),
        (
            "de",
            "Zölle auf Stahl",
            "Am 3. März treten Zölle von 2,5 Mrd. Euro in Kraft. „Das trifft die Werften!“, sagt Frau Vogt. Der Verband klagt.\r\n\
             Stahl- und Aluminiumzölle bleiben\nein Streitpunkt. Seoul schweigt",
        ),
        (
            "ko",
            "철강 관세 협상",
            "산업부는 철강 관세가 9월에 오른다고 밝혔다. 수출 기업은 “준비가 끝났다.”라고 답했다.\n\n조선 업계는 기다린다… 부산항의 물량은 줄었다.\n\
             전기차 배터리",
        ),
        (
            "zh",
            "钢铁关税",
            "商务部宣布提高钢铁关税。首尔回应！“谈判还在继续。”部长说……出口商等待。\n\n稀土出口下降\n配额不变。",
        ),
        ("awkward", "", "Ｄｕｔｉｅｓ on ﬂax. Zo\u{308}lle 🚢 ri\u{301}se！ 韓國의 關稅…\u{2029}稅率 up\n\n…\n\nend"),
        ("empty", "Only a title", ""),
    ])
}

#[track_caller]
fn check(workspace: &Workspace, cases: &[(&str, &str)]) {
    for &(query, expected) in cases {
        assert_eq!(workspace.documents(query).join(" "), expected, "{query}");
        // What the index finds, the highlighter marks.
        let marked = workspace.marks(query).len() + title_marks(workspace, query);
        assert_eq!(marked > 0, !expected.is_empty(), "{query}");
    }
}

fn title_marks(workspace: &Workspace, query: &str) -> usize {
    let hits = workspace.search(query, &crate::workspace::as_typed()).hits;
    hits.iter().map(|hit| hit.title_highlights.len()).sum()
}

#[test]
fn words_in_one_sentence() {
    let articles = articles();
    check(
        &articles,
        &[
            ("delays SENTENCE steel", "en"),
            ("steel /s U.S.", "en"),
            ("levy SENTENCE Park", ""),
            // Neither an abbreviation nor an ellipsis before a small letter ends a sentence.
            ("Park SENTENCE ministry", "en"),
            ("pause SENTENCE more", "en"),
            ("more SENTENCE Exporters", ""),
            ("talks SENTENCE Brussels", ""),
            ("cars SENTENCE steel", ""),
            // A line without a full stop is a sentence of its own.
            ("Brussels SENTENCE Shippers", ""),
            ("(Berlin OR Seoul) SENTENCE (cars OR ships)", "en"),
            ("\"drum steel\" SENTENCE Brussels SENTENCE pay*", "en"),
            ("März SENTENCE Kraft", "de"),
            ("Werften SENTENCE Vogt", "de"),
            ("Kraft SENTENCE Werften", ""),
            ("Stahlzölle SENTENCE Streitpunkt", "de"),
            ("Zölle SENTENCE Streitpunkt", "de"),
            ("Streitpunkt SENTENCE Seoul", ""),
            ("산업부 SENTENCE 관세", "ko"),
            ("기업 SENTENCE 준비", "ko"),
            ("준비 SENTENCE 답했다", "ko"),
            ("관세 SENTENCE 기업", ""),
            ("업계 SENTENCE 물량", ""),
            ("물량 SENTENCE 배터리", ""),
            ("商务部 SENTENCE 关税", "zh"),
            ("關稅 /s 商務部", "zh"),
            ("商务部 SENTENCE 首尔", ""),
            ("首尔 SENTENCE 谈判", ""),
            ("部长 SENTENCE 出口商", ""),
            ("Duties SENTENCE flax", "awkward"),
            ("flax SENTENCE Zölle", ""),
            ("Zoelle SENTENCE rise", "awkward"),
            ("rise SENTENCE 关税", ""),
            ("关税 SENTENCE 税率", ""),
            ("税率 SENTENCE up", "awkward"),
            // A word is not two, and the same one twice is.
            ("end SENTENCE end", ""),
            ("steel SENTENCE steel", ""),
        ],
    );
}

#[test]
fn words_in_one_paragraph() {
    let articles = articles();
    check(
        &articles,
        &[
            ("levy PARAGRAPH Ulsan", "en"),
            ("levy /p Berlin", ""),
            ("Berlin PARAGRAPH Brussels", "en"),
            ("Brussels PARAGRAPH Shippers", ""),
            ("März PARAGRAPH Verband", "de"),
            ("Verband PARAGRAPH Streitpunkt", ""),
            ("Stahlzölle PARAGRAPH Seoul", "de"),
            ("산업부 PARAGRAPH 준비", "ko"),
            ("산업부 PARAGRAPH 부산항", ""),
            ("부산항 PARAGRAPH 배터리", ""),
            ("商务部 PARAGRAPH 出口商", "zh"),
            ("商务部 PARAGRAPH 稀土", ""),
            ("稀土 PARAGRAPH 配额", ""),
            ("Zölle PARAGRAPH 关税", "awkward"),
            ("up PARAGRAPH end", ""),
        ],
    );
}

#[test]
fn a_title_is_one_sentence_and_one_paragraph() {
    let articles = articles();
    check(
        &articles,
        &[
            ("levy SENTENCE Ministers", "en"),
            ("Ministers SENTENCE delays", "en"),
            ("Ministers SENTENCE U.S.", ""),
            ("Ministers PARAGRAPH Ulsan", ""),
            ("title:(levy PARAGRAPH argue)", "en"),
            ("title:(levy NOT SENTENCE argue)", ""),
            ("title:(levy NOT SENTENCE Ulsan)", "en"),
            ("Only SENTENCE title", "empty"),
            ("철강 SENTENCE 협상", "ko"),
            ("협상 SENTENCE 산업부", ""),
        ],
    );
}

#[test]
fn no_phrase_across_paragraphs() {
    let articles = articles();
    check(
        &articles,
        &[
            ("\"wait Berlin\"", ""),
            ("\"not Shippers\"", ""),
            // Across a full stop a phrase matches, and a paragraph is a unit for NEAR.
            ("\"steel Dr. Park\"", "en"),
            ("\"steel Dr. Park\" SENTENCE calls", ""),
            ("wait NEAR/0 Berlin", ""),
            ("wait NEAR/1 Berlin", "en"),
            ("wait BEFORE/1 Berlin", "en"),
            ("\"klagt Stahl\"", ""),
            // The line goes on.
            ("\"bleiben ein Streitpunkt\"", "de"),
            ("\"답했다 조선\"", ""),
            ("\"다조\"", ""),
            ("\"다.조\"", ""),
            ("\"줄었다 전기차\"", ""),
            ("\"오른다고 밝혔다 수출\"", "ko"),
            ("\"等待稀土\"", ""),
            ("\"待稀\"", ""),
            ("等待 NEAR/0 稀土", ""),
            ("等待 NEAR/1 稀土", "zh"),
            ("\"下降配额\"", ""),
            ("\"关税首尔\"", "zh"),
            ("\"待\" AND \"稀\"", "zh"),
            ("\"税率 up\"", "awkward"),
            ("\"up end\"", ""),
            ("up NEAR/1 end", "awkward"),
        ],
    );
}

#[test]
fn words_without_others_near() {
    let articles = articles();
    check(
        &articles,
        &[
            ("steel NOT NEAR/0 drum", "en"),
            ("Brussels NOT NEAR/3 steel", "en"),
            ("Brussels NOT NEAR/4 steel", ""),
            ("Brussels NOT NEAR/9 Berlin", ""),
            ("Brussels NOT BEFORE/9 Berlin", "en"),
            ("Berlin NOT BEFORE/9 Brussels", ""),
            // What holds a word is near it.
            ("drum NOT NEAR \"drum steel\"", ""),
            ("steel NOT NEAR/0 \"drum steel\"", "en"),
            ("Ulsan NOT SENTENCE (wait OR levy)", ""),
            ("Ulsan NOT SENTENCE levy", "en"),
            ("Ulsan NOT PARAGRAPH levy", ""),
            ("Ulsan NOT PARAGRAPH levy NOT PARAGRAPH xyzzy", ""),
            ("Ulsan NOT PARAGRAPH xyzzy NOT PARAGRAPH Berlin", "en"),
            ("Werften NOT SENTENCE Kraft", "de"),
            ("Werften NOT PARAGRAPH Kraft", ""),
            ("관세 NOT SENTENCE 산업부", "awkward ko"),
            ("기업 NOT PARAGRAPH 관세", ""),
            ("기업 NOT SENTENCE 관세", "ko"),
            ("出口 NOT PARAGRAPH 关税", "zh"),
            // The end of a paragraph is between the two.
            ("配额 NOT NEAR/0 下降", "zh"),
            ("配额 NOT NEAR/1 下降", ""),
            ("配额 NOT NEAR/0 \"出口下降\"", "zh"),
            ("xyzzy NOT NEAR/3 steel", ""),
            // It is an expression of place itself, and no boolean one.
            ("(steel NOT NEAR/0 drum) BEFORE/9 Exporters", ""),
            ("(steel NOT NEAR/0 drum) BEFORE/20 Exporters", "en"),
            ("steel NOT drum", ""),
        ],
    );
    // By the words of every chain of a passage: this text is German, and has Chinese characters.
    let mixed = Workspace::with_articles(&[
        (
            "a",
            "",
            "Die Zölle auf Stahl steigen, heißt es. Der Verband der Werften nennt das 关税 und klagt über die Zölle.",
        ),
        (
            "b",
            "",
            "Die Zölle auf Stahl steigen, heißt es. Der Verband der Werften klagt über die Lage und will nicht zahlen.",
        ),
    ]);
    check(
        &mixed,
        &[
            ("Zölle NOT NEAR/3 Stähle", "a"),
            ("Verband NOT SENTENCE 关税", "b"),
            ("klagt NOT SENTENCE Zölle", "b"),
            ("关税 NOT NEAR/5 Zoll", ""),
            ("关税 NOT NEAR/5 Stahl", "a"),
        ],
    );
}

#[test]
fn what_is_marked() {
    let articles = articles();
    for (query, marks) in [
        ("steel SENTENCE delays", &["en delays", "en steel"][..]),
        ("steel NOT NEAR/0 drum", &["en steel"]),
        ("Zölle SENTENCE Euro", &["de Euro", "de Zölle"]),
        ("관세 NOT PARAGRAPH 부산항", &["awkward 關稅", "ko 관세"]),
        ("出口 NOT PARAGRAPH 关税", &["zh 出口"]),
        ("出口 SENTENCE (下降 OR 关税)", &["zh 下降", "zh 出口"]),
        ("(wait OR pause) PARAGRAPH (Ulsan OR Berlin)", &["en Ulsan", "en pause", "en wait"]),
    ] {
        assert_eq!(articles.marks(query), marks, "{query}");
    }
    // Of three, also one between two others.
    let three = Workspace::with_articles(&[("a", "", "Duty, quota, duty and levy. A duty alone.")]);
    assert_eq!(three.marks("duty SENTENCE quota SENTENCE levy"), ["a Duty", "a duty", "a levy", "a quota"]);
}

#[test]
fn headlines_in_capitals_are_words() {
    let court = Workspace::with_articles(&[(
        "a",
        "Death sentence upheld",
        "A court upheld the sentence, paragraph by paragraph.",
    )]);
    for query in
        ["DEATH SENTENCE", "SENTENCE UPHELD", "COURT UPHELD SENTENCE AND PARAGRAPH", "PARAGRAPH SENTENCE", "/s court"]
    {
        assert_eq!(court.documents(query), ["a"], "{query}");
    }
}

#[test]
fn operators_hold_by_document_too() {
    let articles = Workspace::with_articles(&[
        ("a", "", "Nickel prices rise in Jakarta. Cobalt falls."),
        ("b", "", "Nickel and cobalt prices rise."),
    ]);
    for (query, expected) in [
        ("nickel SENTENCE cobalt", "b"),
        ("nickel NOT SENTENCE cobalt", "a"),
        ("nickel NOT (nickel SENTENCE cobalt)", "a"),
        ("cobalt NOT NEAR/1 nickel", "a"),
    ] {
        for by in ["passage", "document"] {
            let run = articles.run(&["search", "--by", by, "--format", "trec", query]);
            let found: Vec<&str> = run.stdout.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
            assert_eq!(
                found.iter().map(|id| &id[..1]).collect::<String>(),
                expected,
                "{query} by {by}: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn values_that_have_nothing_near_them() {
    let articles = Workspace::with_articles(&[
        ("de", "", "Die Zölle steigen im Mai um mehr als 5 Prozent, sagte die Ministerin den Leuten am Hafen."),
        ("en", "", "Duties rise by more than 5 percent in May, the ministry of trade said to people at the port."),
        ("ko", "", "관세는 봄에 5% 넘게 오른다고 정부가 밝혔다."),
        ("zh", "", "关税今春将上调超过5%，商务部表示。"),
    ]);
    check(
        &articles,
        &[
            ("percent:5", "de en ko zh"),
            // Whichever chain reads a passage, its words are near the value.
            ("percent:5 NOT NEAR/1 more", "de ko zh"),
            ("percent:5 NOT NEAR/1 mehr", "en ko zh"),
            ("percent:5 NOT NEAR/0 넘게", "de en zh"),
            ("percent:5 NOT NEAR/0 超过", "de en ko"),
            ("percent:5 NOT BEFORE/0 넘게", "de en zh"),
            ("percent:5 NOT NEAR/1 (more OR mehr OR 넘게 OR 超过)", ""),
            ("(percent:5 OR xyzzy) NOT SENTENCE (ministry OR Ministerin OR 정부 OR 商务部)", ""),
            ("(percent:5 NOT NEAR/1 more) SENTENCE (ministry OR 商务部)", "zh"),
            ("percent:5 NOT PARAGRAPH xyzzy", "de en ko zh"),
            // What some chains cannot read is found by the others.
            ("(percent:9 OR 今春) NOT NEAR/0 percent:9", "zh"),
            ("(percent:9 OR 봄에) NOT NEAR/0 percent:9", "ko"),
            ("(percent:9 OR May) NOT NEAR/0 percent:9", "en"),
            ("(percent:9 OR Mai) NOT NEAR/0 percent:9", "de"),
            ("(percent:9 OR 관세) BEFORE/9 (percent:5 OR 今春)", "ko"),
        ],
    );
}

#[test]
fn operators_of_place_in_each_other() {
    let articles = Workspace::with_articles(&[
        ("de", "", "Zölle auf Stahl fallen, und die Werften kaufen wieder mehr Stahl, sagte die Ministerin am Hafen."),
        ("en", "", "Tariffs on steel drums fall, and the yards buy more steel, said the people of the ministry."),
        ("ko", "", "관세와 철강 수출이 줄고, 조선소는 철강 구매를 늘린다고 정부가 밝혔다."),
        ("zh", "", "关税和钢铁出口下降，船厂采购更多钢铁，商务部表示。"),
    ]);
    // The stretch up to the second steel is another one than the stretch up to the first.
    check(
        &articles,
        &[
            ("(tariffs NEAR/9 steel) NOT BEFORE/0 drums", "en"),
            ("(tariffs NEAR/1 steel) NOT BEFORE/0 drums", ""),
            ("(Zölle NEAR/9 Stahl) NOT BEFORE/0 fallen", "de"),
            ("(Zölle NEAR/1 Stahl) NOT BEFORE/0 fallen", ""),
            ("(관세 BEFORE/30 철강) NOT BEFORE/0 수출", "ko"),
            ("(관세 BEFORE/3 철강) NOT BEFORE/0 수출", ""),
            ("(关税 BEFORE/30 钢铁) NOT BEFORE/0 出口", "zh"),
            ("(关税 BEFORE/3 钢铁) NOT BEFORE/0 出口", ""),
        ],
    );
    assert_eq!(articles.marks("(tariffs NEAR/9 steel) NOT BEFORE/0 drums"), ["en Tariffs", "en steel"]);
    // A longer stretch around a shorter one does not count: quota to the first port has another quota in it.
    let ports = Workspace::with_articles(&[("a", "", "A quota and a quota for the port. No levy on the port.")]);
    assert_eq!(ports.documents("(quota BEFORE/10 port) NOT BEFORE/1 levy"), ["a"]);
    assert_eq!(ports.marks("(quota BEFORE/10 port) NOT BEFORE/1 levy"), ["a port", "a quota"]);
}
