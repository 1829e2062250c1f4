//! Lines that are none of an article's text: which are known, which are left alone, and what becomes of them.

use tradewire::config::Config;
use tradewire::document::Document;
use tradewire::ingest::split_passages;

use crate::workspace::{Workspace, project};

/// The passages of a body.
fn passages(body: &str) -> Vec<String> {
    let document = Document { body: body.to_owned(), ..Document::default() };
    let passages = split_passages(&document, &Config::builtin().unwrap());
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
    assert_ne!(good.fingerprint(), Config::builtin().unwrap().fingerprint(), "it decides passages");
    for (old, new, expected) in [
        ("version = 1", "version = 2", "version 2, expected 1"),
        ("max_columns", "max_colums", "line 2: unknown field `max_colums`"),
        ("100", "0", "max_columns = 0"),
        ("50", "900", "entry_columns = 900"),
        ("© {any}", "{any}", "lines in boilerplate.toml: expected a pattern with a word"),
        ("© {any}", "© {all}", "expected no other placeholders than {any}, {name}, {mail} and {year}"),
        ("\"related\"", "3", "line 5: invalid type"),
    ] {
        let error = format!("{:#}", with(old, new).expect_err(expected));
        assert!(error.contains(expected) && error.contains("boilerplate.toml"), "{error}");
    }
}
