//! The lead of an article: where it ends, and what before it does not end it.

use std::collections::BTreeMap;

use tradewire::internals::analysis::Segmented;
use tradewire::internals::engine::Engine;
use tradewire::internals::query::{Filters, QueryPlan};

use crate::workspace::Workspace;

/// The lead of each article of a workspace, by its id, as its passages have it: without boilerplate.
fn leads(workspace: &Workspace) -> BTreeMap<String, String> {
    let index = workspace.open();
    let keys = index.prepare(&QueryPlan::of_filters(&Filters::default())).unwrap().passages().unwrap();
    let mut passages = index.fetch(&keys).unwrap();
    passages.sort_by(|(one, _), (other, _)| (&one.id, one.number).cmp(&(&other.id, other.number)));
    let mut leads: BTreeMap<String, String> = BTreeMap::new();
    for (passage, text) in passages {
        let units = Segmented::of_paragraphs(&text);
        let within = (0..units.units().len()).rev().find(|&at| units.position(at) < passage.place.in_lead);
        let end = within.map_or(0, |last| units.original_range(units.units()[last].folded).end);
        let lead = leads.entry(passage.id).or_default();
        if end > 0 && !lead.is_empty() {
            lead.push_str(" | ");
        }
        lead.push_str(&text[..end].split_whitespace().collect::<Vec<_>>().join(" "));
    }
    leads
}

fn lead(body: &str) -> String {
    leads(&Workspace::with_articles(&[("a", "Title", body)])).remove("a").unwrap()
}

/// The first and the last words of a text.
fn ends(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    match letters.len() {
        0..=80 => text.to_owned(),
        length => format!("{} … {}", String::from_iter(&letters[..40]), String::from_iter(&letters[length - 30..])),
    }
}

/// A paragraph in each of four languages, long enough to be the lead, and one to go on with.
const PARAGRAPHS: [(&str, &str); 4] = [
    (
        "The two governments agreed on Monday to cut duties on steel pipes and cables by half before the end of the year, officials said.",
        "Neither side said what would happen to the quotas that have been in force since the spring of last year, nor when talks go on.",
    ),
    (
        "Die beiden Regierungen einigten sich am Montag darauf, die Abgaben auf Rohre und Kabel bis zum Jahresende zu halbieren, wie es aus Kreisen hieß.",
        "Was mit den Quoten geschieht, die seit dem Frühjahr des vergangenen Jahres gelten, blieb nach Angaben beider Seiten zunächst völlig offen.",
    ),
    (
        "양국 정부는 올해 말까지 강관과 전선에 부과하는 관세를 절반으로 낮추기로 월요일 합의했다고 관계자들이 밝혔다.",
        "지난해 봄부터 시행되고 있는 할당량이 어떻게 될지, 다음 회의가 언제 열릴지에 대해서는 양측 모두 언급하지 않았다.",
    ),
    (
        "两国政府周一同意在年底前将钢管和电缆的关税降低一半，有关官员表示，这是多年谈判以来取得的最大进展，双方都表示满意。",
        "至于去年春天以来一直实行的配额将如何处理，下一轮会谈何时举行，双方都没有作出说明，只表示将继续保持沟通和协商。",
    ),
];

/// The last words of a text, without the sign at its end.
fn ends_with(lead: &str, paragraph: &str) -> bool {
    let bare =
        |text: &str| text.trim_end_matches(['.', '。', '”', '"']).split_whitespace().collect::<Vec<_>>().join(" ");
    lead.ends_with(&bare(paragraph))
}

#[test]
fn the_first_long_paragraph_ends_the_lead() {
    for (first, second) in PARAGRAPHS {
        assert!(ends_with(&lead(&format!("{first}\n\n{second}")), first), "{first}");
        assert!(ends_with(&lead(&format!("{first}\n{second}")), first), "{first}");
        assert!(ends_with(&lead(first), first));
    }
    assert_eq!(lead(""), "");
    assert_eq!(lead("One line"), "One line");
    // Short paragraphs go on until there is a long one.
    let (first, second) = PARAGRAPHS[0];
    assert!(ends_with(&lead(&format!("Duties fall.\n\nIt was a surprise.\n\n{first}\n\n{second}")), first));
}

#[test]
fn what_stands_before_it_does_not_end_it() {
    let before: [&[&str]; 4] = [
        &[
            "By Jane Roe and John Doe, Specimen Trade Review",
            "Jan. 4, 2026, 10:15 a.m. | Updated Jan. 5, 2026, 9:40 a.m. | Views 1,204 | Comments 17 | Share | Print | Listen to this article 4 min",
            "GENEVA",
            "Half the duty on pipes and cables goes, the quotas stay, and nobody says for how long: what the deal means for ports",
            "Minister Jane Roe, left, shakes hands with her counterpart John Doe at the start of a meeting in a hotel on the lake in Geneva, Jan. 4. Specimen Images",
            "In this photo ministers of both countries meet at a hotel on the lake in Geneva on a cold morning in the first week of January 2026.",
            "The deal that nobody expected halves what importers of pipes and cables have to pay, and leaves open what happens next to the quotas.\nBy Jane Roe",
            "The duties on pipes and cables fall by half until the end of the year, under a deal that nobody had expected this week.\nThe short version",
        ],
        &[
            "Von Erika Muster, Genf",
            "Stand: 04.01.2026, 10:15 Uhr | Lesedauer: 4 Minuten | 1.204 Aufrufe | 17 Kommentare | Artikel merken, teilen, drucken und vorlesen lassen",
            "Ministerin Erika Muster begrüßt ihren Kollegen Max Beispiel zu Beginn eines Treffens in einem Hotel am See in Genf im Januar (Foto: Musterbild)",
            "Das Bild zeigt die Minister beider Länder bei einem Treffen in einem Hotel am See in Genf an einem kalten Morgen im Januar.",
            "Die Einigung kam überraschend: Importeure von Rohren und Kabeln zahlen nur noch die Hälfte, und was aus den Quoten wird, weiß noch niemand.\nVon Erika Muster",
        ],
        &[
            "제네바에서 홍길동 통상 담당 기자",
            "입력 2026.01.04 10:15 수정 2026.01.05 09:40 조회수 1,204 댓글 17 글자크기 설정 기사 저장 공유하기 인쇄하기 음성으로 듣기",
            "김영희 장관(왼쪽)이 4일 제네바의 한 호텔에서 열린 회담에 앞서 박철수 장관과 악수하고 있다. [사진=표본통신]",
            "김영희 장관(왼쪽)이 4일 제네바의 호수 옆 한 호텔에서 열린 통상 회담에 앞서 박철수 장관과 악수하고 있다.",
            "강관과 전선 관세 절반으로 인하… 할당량은 그대로 유지하기로 해 수입업계는 환영 속에 우려도 나타내",
        ],
        &[
            "本报记者 王某 发自日内瓦",
            "2026-01-04 10:15 来源：样本通讯社 阅读量 1204 评论 17 字号 大 中 小 分享到 微信 微博 打印本页 收藏本文 朗读",
            "图为一月四日两国部长在日内瓦湖畔一家酒店举行会谈之前握手致意，双方代表团成员也出席了当天上午的会谈活动。",
            "一月四日，两国部长在日内瓦湖畔一家酒店举行会谈之前握手致意，双方代表团的主要成员也出席了会谈。样本社记者 王某 摄",
        ],
    ];
    for ((first, second), lines) in PARAGRAPHS.into_iter().zip(before) {
        for line in lines {
            let found = lead(&format!("{line}\n\n{first}\n\n{second}"));
            assert!(ends_with(&found, first), "{line}\n{found}");
            assert!(found.starts_with(&line.chars().take(4).collect::<String>()), "{line}\n{found}");
        }
    }
}

#[test]
fn a_paragraph_above_a_heading_may_be_the_lead() {
    let (first, second) = PARAGRAPHS[0];
    let long = format!("{first} {second} {first}");
    // Too long for a standfirst.
    assert!(ends_with(&lead(&format!("{long}\n\nWhat comes next\n\n{second}")), first));
    // Only the first one can be a standfirst.
    assert!(ends_with(&lead(&format!("{first}\n\nWhat comes next\n\n{second}\n\nAnd then\n\n{first}")), second));
    // Nothing comes after it.
    assert!(ends_with(&lead(&format!("{first}\n\nBy Jane Roe\n\nSpecimen Trade Review")), first));
}

#[test]
fn a_lead_has_120_words_or_250_characters_at_most() {
    let words = |number: usize| "trade ".repeat(number);
    assert_eq!(lead(&words(300)).split(' ').count(), 120);
    let characters: String = "中国关税协定".chars().cycle().take(600).collect();
    assert_eq!(lead(&characters).chars().count(), 250);
    // Half of each.
    let mixed = format!("{}{characters}", words(60));
    assert_eq!(lead(&mixed).chars().filter(|character| "中国关税协定".contains(*character)).count(), 125);
}

#[test]
fn leads_of_the_samples() {
    let workspace = Workspace::with_seeds();
    let leads = leads(&workspace);
    let shown: Vec<String> = leads.iter().map(|(id, lead)| format!("{id}: {}", ends(lead))).collect();
    insta::assert_snapshot!("leads_of_the_samples", shown.join("\n"));
}

/// Prints the leads of texts of your own, to see where they end.
#[test]
#[ignore = "needs a folder in TRADEWIRE_LAWS_CORPUS"]
#[allow(clippy::print_stderr, reason = "run by hand")]
fn leads_of_a_folder() {
    let folder = std::env::var_os("TRADEWIRE_LAWS_CORPUS").expect("TRADEWIRE_LAWS_CORPUS names a folder with texts");
    let workspace = Workspace::new();
    workspace.index(&[folder.into()]);
    for (id, lead) in leads(&workspace) {
        eprintln!("{id}\n{lead}\n");
    }
}
