//! Days in every convention of four languages and in any spelling are read back, and in a sentence are no date of publication.

use super::*;

const MONTHS: [[&str; 3]; 12] = [
    ["January", "Jan", "Januar"],
    ["February", "Feb", "Februar"],
    ["March", "Mar", "März"],
    ["April", "Apr", "April"],
    ["May", "May", "Mai"],
    ["June", "Jun", "Juni"],
    ["July", "Jul", "Juli"],
    ["August", "Aug", "August"],
    ["September", "Sept", "September"],
    ["October", "Oct", "Oktober"],
    ["November", "Nov", "November"],
    ["December", "Dec", "Dezember"],
];
const WEEKDAYS: [[&str; 4]; 7] = [
    ["Monday", "Montag", "월", "一"],
    ["Tuesday", "Dienstag", "화", "二"],
    ["Wednesday", "Mittwoch", "수", "三"],
    ["Thursday", "Donnerstag", "목", "四"],
    ["Friday", "Freitag", "금", "五"],
    ["Saturday", "Samstag", "토", "六"],
    ["Sunday", "Sonntag", "일", "日"],
];

fn chinese(number: i16) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let digit = |digit: i16| digits[usize::try_from(digit).unwrap()].to_string();
    match number {
        0..=9 => digit(number),
        10..=19 => format!("十{}", if number == 10 { String::new() } else { digit(number - 10) }),
        20..=99 if number % 10 == 0 => format!("{}十", digit(number / 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string().bytes().map(|byte| digit(i16::from(byte - b'0'))).collect(),
    }
}

/// A day in every convention.
fn printed(date: Date) -> Vec<String> {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let [month, short, monat] = MONTHS[usize::try_from(m - 1).unwrap()];
    let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap();
    let [friday, freitag, korean, week] = WEEKDAYS[weekday];
    let ordinal = match d {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    vec![
        format!("{y}-{m:02}-{d:02}"),
        format!("{y}/{m}/{d}"),
        format!("{y}.{m:02}.{d:02}."),
        format!("{y}. {m}. {d}. ({korean})"),
        format!("{d}. {monat} {y}"),
        format!("{d:02}.{m:02}.{y}, 10:15 Uhr"),
        format!("{d}.{m}.{y}"),
        format!("{freitag}, den {d}. {monat} {y}"),
        format!("{month} {d}, {y}"),
        format!("{short}. {d}, {y}"),
        format!("{d} {short} {y}"),
        format!("{friday}, {month} {d}, {y} 9:05 p.m."),
        format!("{}, {d:02} {} {y} 08:00:00 GMT", &friday[..3], &month[..3]),
        format!("the {d}{ordinal} of {month} {y}").replace("the ", ""),
        format!("{y}년 {m}월 {d}일"),
        format!("{y}년{m}월{d}일 {korean}요일 오전 9:00"),
        format!("{y}年{m}月{d}日"),
        format!("{y}年{m:02}月{d:02}日 星期{week} 10:15"),
        format!("{}年{}月{}日", chinese(y), chinese(i16::from(m)), chinese(i16::from(d))),
        format!("{y}年{m}月{d}號（週{week}）"),
    ]
}

/// The same text in another spelling.
fn respelled(text: &str, how: usize) -> String {
    let wide = |character: char| match character {
        '!'..='~' => char::from_u32(u32::from(character) + 0xFEE0).unwrap(),
        ' ' => '\u{3000}',
        other => other,
    };
    match how {
        0 => text.to_owned(),
        1 => text.nfd().collect(),
        2 => text.to_uppercase(),
        3 => text.chars().map(wide).collect(),
        4 => {
            text.chars().map(|character| if character.is_ascii_digit() { wide(character) } else { character }).collect()
        }
        _ => text.to_lowercase().nfd().map(|character| if character == ' ' { '\u{a0}' } else { character }).collect(),
    }
}

fn days() -> impl Strategy<Value = Date> {
    (1990_i16..2100, 1_i8..=12, 1_i8..=31).prop_filter_map("a valid day", |(y, m, d)| Date::new(y, m, d).ok())
}

const SENTENCES: [&str; 8] = [
    "The two ministers agreed on Friday that the talks published by the bank would go on.",
    "Ministers met by the sea and the source of the report was updated after views were read",
    "Die beiden Minister haben sich mit dem Stand der Gespräche von Herrn Muster befasst.",
    "Nach dem Treffen veröffentlicht die Regierung von Montag an neue Zahlen zum Handel",
    "두 나라 장관은 협정을 발행 하기로 하고 기자 회견에서 입력 자료를 배포 했다고 밝혔다.",
    "정부는 기사 등록 제도를 수정 하고 다음 달 협상을 다시 시작하기로 합의 했다",
    "两国 部长 同意 继续 就 服务 贸易 进行 谈判 并 发布 联合 声明。",
    "兩國 部長 在 北京 舉行 會談 記者 提問 後 更新 協定 來源 規則",
];

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_251_230), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_day_in_any_convention_and_spelling_reads_back(date in days(), how in 0..6_usize) {
        let reader = reader();
        let (y, m, d) = (date.year(), date.month(), date.day());
        for path in [
            format!("{y}/{m:02}/{d:02}/a"),
            format!("n1/{y}/{m:02}{d:02}/c1.html"),
            format!("{y}-{m:02}/{d:02}/c_1.htm"),
            format!("a-{y}-{m:02}-{d:02}.html"),
            format!("AEN{y}{m:02}{d:02}001234"),
            format!("a?date={y}{m:02}{d:02}"),
        ] {
            prop_assert_eq!(reader.in_address(&format!("https://example.org/{path}")), Some(date), "{}", path);
        }
        for text in printed(date) {
            let text = respelled(&text, how);
            prop_assert_eq!(reader.stated(&text), Some(date), "{}", text);
            prop_assert_eq!(reader.in_text("Title", &format!("\n{text}\n\nText.")), Some(date), "{}", text);
            for label in ["Published: ", "Veröffentlicht am ", "입력 ", "发布时间："] {
                let line = format!("Text.\n{}{text} | x\nText.", respelled(label, how));
                prop_assert_eq!(reader.in_text("Title", &line), Some(date), "{}", line);
            }
        }
    }

    #[test]
    fn days_in_sentences_are_none_of_publication(
        picked in prop::collection::vec((0..SENTENCES.len(), days(), 0..20_usize, 0..20_usize, any::<bool>()), 1..6),
        glue in prop::sample::select(vec![" ", "\n", "\n\n"]),
    ) {
        let sentences = picked.into_iter().map(|(sentence, date, convention, place, comma)| {
            let mut words: Vec<String> = SENTENCES[sentence].split(' ').map(str::to_owned).collect();
            let place = place % (words.len() + 1);
            words.insert(place, format!("{}{}", printed(date)[convention], if comma { "," } else { "" }));
            words.join(" ")
        });
        let text = sentences.collect::<Vec<_>>().join(glue);
        prop_assert_eq!(reader().in_text("Title", &text), None, "{}", text);
    }

    #[test]
    fn no_text_is_too_strange(
        text in "(\\PC|[0-9年月日.,:/ \n-]|12|2025|十|二〇|Published|입력|(dpa)|Dec|https?://|[\u{1100}\u{1161}\u{301}\u{200d}|]){0,40}",
    ) {
        let reader = reader();
        for text in [text.clone(), format!("https://example.org/{text}"), format!("Published {text}\n{text}")] {
            let _ = (reader.stated(&text), reader.in_text(&text, &text), reader.in_address(&text));
        }
    }
}
