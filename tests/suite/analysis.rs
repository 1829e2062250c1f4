//! What every chain makes of awkward text, as plain text to be read by people: one token a line, with its chain,
//! position, bytes, term and the text behind it. `INSTA_UPDATE=always cargo test --release analysis` renews the
//! snapshots; read what changed.

use tradewire::internals::analysis::{Analyzer, Chain, CharScript, Folded, Segmented, UnitKind};
use tradewire::internals::config::Config;

/// A text with the tokens of the chains that have any; `+readings` is the character evidence of Korean passages.
fn render(analyzer: &Analyzer, text: &str) -> String {
    let segmented = Segmented::new(text);
    let mut out = format!("# {}\n", text.escape_debug());
    let mut add = |chain: Chain, name: &str, readings: bool, unless: &[String]| {
        let mut lines = Vec::new();
        for token in analyzer.tokens_of(chain, &segmented, readings).unwrap() {
            let (start, end) = (token.range.start, token.range.end);
            let slice = token.range.slice(text).escape_debug();
            lines.push(format!("{}\t{start}..{end}\t{}\t{slice}", token.position, token.term.escape_debug()));
        }
        for line in lines.iter().filter(|line| !unless.contains(line)) {
            out.push_str(&format!("{name}\t{line}\n"));
        }
        lines
    };
    let has_words = segmented.units().iter().any(|unit| unit.kind == UnitKind::Word);
    let has_chars = segmented.has_chars();
    if has_words {
        let english = add(Chain::English, "en", false, &[]);
        // What the German chain has in common with the English one is not shown twice.
        add(Chain::German, "de", false, &english);
    }
    if segmented.has_script(CharScript::Hangul) {
        add(Chain::Korean, "ko", false, &[]);
    }
    if segmented.has_script(CharScript::Han) {
        add(Chain::Chinese, "zh", false, &[]);
    }
    if has_chars {
        let chars = add(Chain::Characters, "chars", false, &[]);
        add(Chain::Characters, "+readings", true, &chars);
    }
    out
}

fn golden(name: &str, texts: &[&str]) {
    let analyzer = Analyzer::for_queries(&Config::builtin().unwrap().analysis);
    let rendered: Vec<String> = texts.iter().map(|text| render(&analyzer, text)).collect();
    insta::assert_snapshot!(name, rendered.join("\n"));
}

#[test]
fn english() {
    golden(
        "english",
        &[
            "The ministers agreed on quicker negotiations.",
            "U.S. FTAs and MOUs, the U.S.-China deal (WTO's)",
            "anti-dumping, antidumping and anti dumping duties",
            "China's, China’s, the Koreans' and James’s",
            "can't don’t rock'n'roll O'Brien",
            "subsidies subsidised subsidized tariffs",
            "e-commerce K-pop 5G-ready half-year",
            "The talks ended.Then Mr.Kim left for the U.S. at 10:30, ratio 3:1",
            "Mr. Schröder, Goethe, the poet and Kõiv’s café in Łódź",
        ],
    );
}

#[test]
fn numbers_and_dates() {
    golden(
        "numbers_and_dates",
        &[
            "$10.4 billion, 10,4 Milliarden, 1 000 and 1.000.000",
            "35.3% on 2025-12-30, 30.12.2025 and 30/12/2025",
            "2025년 12월 30일, 3분기, 제13차, 15%",
            "2025年12月30日 第十三轮 4000億元 〇九",
            "１２３４ Nr. 5 No.7 v1.2.3 HS8507.60",
            "6½ m² CO₂ ① Ⅳ 10⁻³",
        ],
    );
}

#[test]
fn german() {
    golden(
        "german",
        &[
            "Südkoreanische Zölle, suedkoreanische Zoelle, SÜDKOREANISCHE ZÖLLE, sudkoreanische Zolle",
            "Straße Strasse STRASSE Maßnahmen",
            "Freihandelsabkommens Freihandelsabkommen Halbleiterexportkontrollen",
            "aktuelle Quelle der neuen Steuer, Israel, Poesie, Koexistenz",
            "die Bevölkerung, die Häuser, das Haus, ging, gegangen",
            "EU-Zusatzzölle US-Dollar E-Auto Nord- und Südkorea",
            "Handelsabkommen, DIENSTLEISTUNGSHANDEL, Lieferkettengesetz",
            "Donaudampfschifffahrtsgesellschaft, Bundestag, Halbleiter",
            "Überkapazitäten U\u{308}berkapazita\u{308}ten Zuübendes",
        ],
    );
}

#[test]
fn korean_nouns_and_compounds() {
    golden(
        "korean_nouns_and_compounds",
        &[
            "요소수는 반도체법과 한한령을 산업부문의",
            "무역협정 무역 협정",
            "자유무역협정공동위원회",
            "한국은 중국과의 협상에서",
            "한·중 FTA·RCEP 2단계 서비스·투자 협상",
            "요소수 대란 필리버스터 세종연구소",
            "왕원타오 상무부장, 여한구 통상교섭본부장",
            "SK하이닉스 K팝 5G망 CPTPP는",
            "쌀 밥 것 수",
        ],
    );
}

#[test]
fn korean_predicates() {
    golden(
        "korean_predicates",
        &[
            "올랐다 오른다 오르는 오를",
            "합의했다 합의하고 합의한",
            "나왔다 나온다 나와서",
            "줄어들었다 커졌다 어려워진다",
            "정상회담에서 공동성명이 나오지 않은 이유",
            "가격을 약속한 수출업체",
            "아름다운 도움을 그어 걸었다",
        ],
    );
}

#[test]
fn hanja() {
    golden(
        "hanja",
        &[
            "韓中 通商 協定",
            "한한령(限韓令)",
            "美·中 갈등, 日 規制, 獨 정부",
            "女性 勞動 理論 歷史",
            "金正官 長官",
            "車 關稅 便 樂",
            "半導體 素材 3個 品目",
        ],
    );
}

#[test]
fn chinese() {
    golden(
        "chinese",
        &[
            "中韩自由贸易协定第二阶段谈判",
            "中韓自由貿易協定第二階段談判",
            "限韓令 限韩令",
            "冰冻三尺，非一日之寒",
            "美国会通过对华法案",
            "王文涛、李成钢与吕翰九会谈",
            "稀土出口管制 臺灣 台灣 头发 發展 乾杯 干部 後面 皇后",
            "5G网络 K歌 HBM芯片",
            "的 果 是的",
        ],
    );
}

#[test]
fn mixed_scripts() {
    golden(
        "mixed_scripts",
        &[
            "Minister Yeo (여한구) met 李成钢 in 北京.",
            "THAAD 限韓令 사드",
            "カタカナ ひらがな 東京でのｶﾞｽ会議 ー",
            "торговля Торговли ещё её",
            "التجارة الحرة و الصين",
            "ㄅㄆㄇ 注音 ㄓㄨㄥ",
            "ελεύθερο εμπόριο Σίσυφος",
            "thương mại việt nam",
            "सीमा शुल्क ภาษีศุลกากร",
        ],
    );
}

#[test]
fn unicode() {
    golden(
        "unicode",
        &[
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8} 한국",
            "Cafe\u{301} Zo\u{308}lle ga\u{30a}",
            "ＦＴＡ　ＷＴＯ １５％ ｆｒｅｅ",
            "ﾊﾝｸﾞﾙ ｶﾞｽ ﾡﾱ ㄱㅎ ㅋㅋㅋ",
            "\u{1112}\u{119e}\u{11ab}글 훈민져\u{11bc}음",
            "ﬁnance oﬃce Ĳssel Ǆ ㎏ ㎜ ㈜한화 ㍿ ㋿",
            "Handel² Galaxy™ Note® H₂O x¹",
            "soft\u{ad}ware ab\u{200b}cd ef\u{200d}gh \u{feff}ij kl\u{2060}mn",
            "韓\u{fe00}國 葛\u{e0100} 가\u{302e} 中\u{301}",
            "👩‍🌾 farmers 🇰🇷 Korea 1️⃣ first ❤️",
            "\u{1b}[31mred\u{0}nul\u{7}bell\u{85}next",
            "_Handel_ snake_case __init__ a_b",
            "https://example.org/de-001?x=1&y=2 info@example.com #trade @user",
            "豈 更 ⼀ ⺀ 𠮷野家 々 〇 〆",
        ],
    );
}

#[test]
fn text_without_anything_to_look_up() {
    let analyzer = Analyzer::for_queries(&Config::builtin().unwrap().analysis);
    for text in ["", " ", "\n\t", "…!?", "「」、。", "👩‍🌾❤️", "\u{200d}\u{fe0f}", "\u{301}", "²™", "---", "___"]
    {
        for chain in Chain::ALL {
            assert_eq!(analyzer.tokens(chain, text).unwrap(), [], "{text:?} by {}", chain.name());
        }
    }
}

/// Pairs of spellings that a reader takes for the same.
#[test]
fn folding_makes_the_same_of_what_reads_the_same() {
    for (left, right) in [
        ("ＦＴＡ", "fta"),
        ("２０２５", "2025"),
        ("Straße", "STRASSE"),
        ("Café", "CAFE\u{301}"),
        ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ("ｶﾞｽ", "ガス"),
        ("ﾡﾱﾾ ￂￜ", "ㄱㅁㅎ ㅏㅣ"),
        ("臺灣", "台湾"),
        ("豈", "\u{f900}"),
        ("⼀", "一"),
        ("㎏", "KG"),
        ("㎏\u{200d}", "kg"),
        ("ﬁ", "fi"),
        ("ς", "Σ"),
        ("Ⅳ", "iv"),
        ("が", "か\u{3099}"),
        ("ab\u{200d}c", "abc"),
        ("1️⃣", "1"),
    ] {
        assert_eq!(Folded::new(left).text(), Folded::new(right).text(), "{left} and {right}");
    }
    for (left, right) in [("ä", "a"), ("한", "하"), ("ガ", "カ"), ("末", "未"), ("1", "l"), ("ㄱ", "ㄲ"), ("é", "f")]
    {
        assert_ne!(Folded::new(left).text(), Folded::new(right).text(), "{left} and {right}");
    }
}

/// The chains that are there for a language find that language's inflected forms by each other's terms.
#[test]
fn inflected_forms_share_a_term() {
    let analyzer = Analyzer::for_queries(&Config::builtin().unwrap().analysis);
    let terms = |chain: Chain, text: &str| -> Vec<String> {
        analyzer.tokens(chain, text).unwrap().into_iter().map(|token| token.term).collect()
    };
    for (chain, forms) in [
        (Chain::English, &["tariff", "tariffs", "Tariff's", "TARIFFS’"][..]),
        (Chain::English, &["negotiate", "negotiating", "negotiated", "negotiation"]),
        (Chain::English, &["U.S.", "US", "u.s", "Ｕ．Ｓ．"]),
        (Chain::English, &["FTA", "F.T.A.", "FTA's", "ＦＴＡ"]),
        (Chain::German, &["Handel", "Handels", "HANDEL"]),
        (Chain::German, &["Zoll", "Zölle", "Zöllen", "Zoelle", "zolle"]),
        (Chain::German, &["südkoreanisch", "Südkoreanischer", "suedkoreanische", "SUEDKOREANISCHEN"]),
        (Chain::German, &["groß", "GROSS", "grosse", "große"]),
        (Chain::Korean, &["올랐다", "오른다", "오르는"]),
        (Chain::Korean, &["협정", "협정을", "협정에서는"]),
        (Chain::Chinese, &["协定", "協定", "「協定」"]),
    ] {
        let expected = terms(chain, forms[0]);
        assert!(!expected.is_empty(), "{forms:?}");
        for form in forms {
            let found = terms(chain, form);
            assert!(expected.iter().any(|term| found.contains(term)), "{form}: {found:?}, expected {expected:?}");
        }
    }
}
