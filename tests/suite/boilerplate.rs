//! Lines that are none of an article's text: which are known, which are left alone, and what becomes of them.

use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::index::Settings;
use tradewire::internals::ingest::split_passages;

use crate::workspace::{Workspace, project};

/// The passages of a body.
fn passages(body: &str) -> Vec<String> {
    let document = Document { body: body.to_owned(), ..Document::default() };
    let passages =
        split_passages(&document, &Config::builtin().unwrap().passages, &Config::builtin().unwrap().analysis);
    passages.iter().map(|passage| passage.range.slice(body).to_owned()).collect()
}

const TEXT: &str = "The committee will meet in May, and both sides have said that they would bring a list of goods.";

#[test]
fn boilerplate_is_in_no_passage() {
    let lines = [
        "© Harbour Gazette (www.gazette.example). All rights reserved.",
        "Copyright 2019–2025 Harbour Gazette",
        "Read more: Ferry link cuts two days off the fruit route",
        "▶ SIGN UP for our daily newsletter here!",
        "Follow us on any platform",
        "Reporting by Marta Lindqvist; Editing by Tom Hale",
        "tom.hale@gazette.example",
        "Photo: Marta Lindqvist/Gazette",
        "Alle Rechte vorbehalten.",
        "Lesen Sie auch: Weinhandel streitet über Herkunftsangaben",
        "LESEN SIE AUCH:",
        "Jetzt kostenlosen Newsletter bestellen",
        "Foto: Jörg Weißenborn/Hafenblatt",
        "(© dpa-Bildfunk)",
        // Whatever signs are before the copyright sign, and whatever is behind it.
        "\"¥© The picture was taken on the quay.",
        ">†© Das Bild entstand am Kai.",
        "»ⓒ 사진은 부두에서 찍었다.",
        "`$©照片攝於碼頭。",
        "저작권자ⓒ 항만일보, 무단 전재 및 재배포 금지",
        "<저작권자(c) 연안통신. 무단전재-재배포금지>",
        "ⓒ 항만일보",
        "김가나 기자 gana@ilbo.example",
        "사진=항만일보 제공",
        "[사진=연안통신]",
        "네이버에서 항만일보 구독하기",
        "责任编辑：张三",
        "（责编：李四）",
        "版權所有，未經授權不得轉載",
        "未经授权，不得转载。",
        "图片来源：港口日报",
        "更多精彩内容，请关注我们",
        "相關閱讀：晶片業者憂心",
        "Ｒｅａｄ ｍｏｒｅ",
        "Vervielfa\u{308}ltigung nur mit Genehmigung",
    ];
    for line in &lines {
        assert_eq!(passages(&format!("{TEXT}\n\n{line}\n\n{TEXT}")), [TEXT, TEXT], "{line}");
        assert_eq!(passages(line), [*line], "an article of nothing else keeps it");
    }
}

#[test]
fn text_about_it_is_text() {
    let lines = [
        "Copyright law was the last chapter that the negotiators agreed on.",
        "The related articles of the treaty are left as they are.",
        "Readers may read more into this than the minister had meant to say.",
        "Das Urheberrecht und alle damit verbundenen Rechte bleiben unberührt.",
        "Der Newsletter des Verbandes nennt dafür drei Gründe.",
        "저작권자는 협정에 따라 보상을 받을 수 있다.",
        "무단 전재를 금지하는 조항이 새로 들어갔다.",
        "관련 기사가 나온 뒤 주가가 떨어졌다.",
        "未经授权的出口将被禁止，双方对此没有分歧。",
        "责任编辑制度是这次改革的重点之一。",
        "版权问题仍未解决。",
        "相关新闻发布会定于周五举行。",
        "She can be reached at the ministry, or by mail to press@ministry.example, she said.",
        "Share prices rose by three percent.",
        "Related party transactions must be reported.",
        "Die Anzeige wurde am Montag erstattet.",
    ];
    for line in lines {
        assert_eq!(passages(&format!("{line}\n\n© x")), [line], "{line}");
    }
    let long = format!("© {}", "and so on ".repeat(30));
    assert_eq!(
        passages(&format!("{TEXT}\n\n{long}")).concat().len(),
        TEXT.len() + 2 + long.trim().len(),
        "too long for a notice"
    );
}

#[test]
fn sentences_that_begin_or_end_like_notices_are_text() {
    let lines = [
        // English.
        "Read: the annex with all tariff lines was put online on Friday.",
        "Related: furniture from the same plants is charged 25 percent from March.",
        "Share this year of container exports, facebook marketplace figures suggest, was small.",
        "Subscribe now pay later plans are examined by the customs office.",
        "Our newsletter service will be taxed abroad, the publisher said.",
        "Join us on the quay at noon, the union told its members.",
        "The studio entered the market with all rights reserved.",
        "All rights reserved under the old treaty remain with the coastal states.",
        "Continue reading the clause and you find the exemption.",
        // German.
        "Mehr dazu: Der Satz für Aluminium sinkt im Juli auf zehn Prozent.",
        "Lesen Sie auch: Dieser Aufruf stand an jeder Wand des Hafens.",
        "Der Verband hat sich alle Rechte vorbehalten.",
        "Newsletter abonnieren nach der Umfrage vor allem kleine Exporteure.",
        "Artikel teilen sich die beiden Lager künftig nach Gewicht.",
        "Jetzt können Händler auch den Newsletter bestellen.",
        "Vervielfältigung nur mit Lizenz sieht der Entwurf vor.",
        "Weitere Artikel des Vertrags regeln die Herkunft.",
        // Korean.
        "유료 방송 업계는 상반기 안에 채널 추가 허가가 나올 것으로 본다.",
        "당국, 기사와 사진의 AI 학습 목적 수집 금지",
        "해외 사업자의 뉴스레터 구독 상품에도 부가세가 붙는다.",
        "뉴스레터 유료 구독 시장이 두 배로 커졌다.",
        "개정안은 뉴스 무단 전재 및 재배포 금지 조항을 담았다.",
        "페이스북 트위터 등 해외 플랫폼이 과세 대상이다.",
        "제보는 전화와 카카오톡 창구로 나뉘어 접수된다.",
        "위원회, 위성 자료 재배포 금지",
        // Chinese.
        "判决书写明，这套操作系统的版权归开发商所有。",
        "版权归谁所有仍是谈判的难点。",
        "法院认定该程序为原告版权所有。",
        "未经海关批准，不得转载保税货物。",
        "更多精彩展品将在下月的博览会上亮相。",
        "扫描二维码即可查询报关进度。",
        "著作权所有人要求平台赔偿损失。",
        "延伸阅读：这份附件列出了全部税号。",
        "欢迎订阅服务出口的企业申请退税。",
    ];
    for line in lines {
        assert_eq!(passages(&format!("{line}\n\n© x")), [line], "{line}");
    }
}

#[test]
fn notices_and_links_of_all_kinds_are_none() {
    let lines = [
        "Gazette Media Ltd. All rights reserved.",
        "Copyright 2025 Harbour Gazette.",
        "Related: Ferry link cuts two days off the fruit route",
        "Subscribe now to read the whole story.",
        "Follow us on Facebook.",
        "Hafenblatt GmbH. Alle Rechte vorbehalten.",
        "Nachdruck nur mit schriftlicher Genehmigung des Verlags.",
        "Mehr dazu: Weinhandel streitet über Herkunftsangaben",
        "Newsletter abonnieren!",
        "Folgen Sie uns auf Instagram.",
        "무단 전재 및 재배포 금지",
        "저작권자 항만일보, 무단 전재 및 복제 금지.",
        "무단전재, 재배포, AI 학습 및 활용 금지",
        "항만일보 뉴스레터 구독하기",
        "카카오톡: '항만일보' 검색, 채널 추가",
        "관련기사: 항만 파업 사흘째",
        "版权归本网所有，转载请注明出处。",
        "图片版权归原作者所有。",
        "未经本报书面授权，不得转载、摘编。",
        "更多精彩内容，请下载客户端。",
        "扫描二维码关注我们。",
        "延伸阅读：港口罢工进入第三天",
    ];
    for line in lines {
        assert_eq!(passages(&format!("{TEXT}\n\n{line}\n\n{TEXT}")), [TEXT, TEXT], "{line}");
    }
}

#[test]
fn the_list_under_a_heading_goes_with_it() {
    let list = "Strike halts container terminal\nBread prices keep rising\nFerry link cuts two days off the route";
    for heading in ["Related articles", "Mehr zum Thema:", "▶ 관련기사", "【相關新聞】"] {
        assert_eq!(passages(&format!("{TEXT}\n\n{heading}\n{list}")), [TEXT], "{heading}");
        // What stands right over the next paragraph may be its heading.
        let long = TEXT.repeat(2);
        let with_heading = passages(&format!("{TEXT}\n\n{heading}\n{list}\nWhat comes next\n{long}"));
        assert_eq!(with_heading, [TEXT, &format!("What comes next\n{long}")], "{heading}");
        assert_eq!(passages(&format!("{TEXT}\n\n{heading}\n\n{long}")), [TEXT, &long], "{heading}");
    }
}

#[test]
fn a_sentence_does_not_go_on_over_it() {
    assert_eq!(passages("The talks of\nAdvertisement\nthe two sides"), ["The talks of", "the two sides"]);
}

#[test]
fn mistakes_in_the_patterns_are_refused() {
    let workspace = Workspace::new();
    let shipped = project().join("index-config");
    for entry in walkdir::WalkDir::new(&shipped).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(&shipped).unwrap().to_str().unwrap().to_owned();
            workspace.write(&name, std::fs::read(entry.path()).unwrap());
        }
    }
    let file = "version = 1\nmax_columns = 100\nentry_columns = 50\nlines = [\"© {any}\"]\nheadings = [\"related\"]\n";
    let with = |old: &str, new: &str| {
        assert!(file.contains(old));
        workspace.write("boilerplate.toml", file.replace(old, new));
        Config::from_dir(workspace.path())
    };
    let good = with("100", "90").unwrap();
    assert_ne!(
        Settings::from(&good).fingerprint(),
        Settings::from(&Config::builtin().unwrap()).fingerprint(),
        "it decides passages"
    );
    for (old, new, expected) in [
        ("version = 1", "version = 2", "version 2, expected 1"),
        ("max_columns", "max_colums", "line 2: unknown field `max_colums`"),
        ("100", "0", "max_columns = 0"),
        ("50", "900", "entry_columns = 900"),
        ("© {any}", "{any}", "lines in boilerplate.toml: expected a pattern with a word"),
        ("© {any}", "© {all}", "expected no other placeholders than {any}, {title}, {name}, {mail} and {year}"),
        ("\"related\"", "3", "line 5: invalid type"),
    ] {
        let error = format!("{:#}", with(old, new).expect_err(expected));
        assert!(error.contains(expected) && error.contains("boilerplate.toml"), "{error}");
    }
}
