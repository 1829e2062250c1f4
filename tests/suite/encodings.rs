//! Encodings: which one a text is in is found by its content, whatever the format, and what cannot be read is counted.

use tradewire::internals::ingest::{ReadOptions, TextEncoding};

use crate::reading::{read, read_as, worded};
use crate::workspace::Workspace;

/// Text in an encoding.
fn encode(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy, "{} cannot write {text}", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, is_little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

const KOREAN: [&str; 8] = [
    "정부, 철강 관세 대응책 발표",
    "한중 서비스 협상 재개",
    "수출 둔화",
    "반도체 장비 수출 규제가 강화됐다.",
    "통상교섭본부장은 워싱턴에서 협의를 마치고 귀국했다. 다음 회의는 삼월에 열린다.",
    "FTA 후속 협상 (서울) 12월 30일",
    "韓美 관세 합의, 國會 비준은 아직",
    "배터리 소재 원산지 기준이 쟁점이다. 업계는 유예 기간을 요구했다.",
];
const SIMPLIFIED: [&str; 8] = [
    "商务部公布稀土出口新规",
    "中韩自贸协定第二阶段谈判",
    "关税下调",
    "两国同意明年春天继续磋商。",
    "海关总署表示，前十一个月进出口总值同比增长。机电产品占比超过六成。",
    "RCEP 生效三周年 (北京)",
    "欧盟对电动汽车的反补贴调查",
    "半导体设备进口放缓，企业转向国内供应商。分析人士认为影响有限。",
];
const TRADITIONAL: [&str; 8] = [
    "經濟部公布出口管制清單",
    "兩岸貨品貿易談判",
    "關稅調降",
    "雙方同意明年春天再度會晤。",
    "財政部表示，前十一個月出口值創下新高。資通訊產品占比超過六成。",
    "臺美貿易倡議 (臺北)",
    "歐盟對電動車展開反補貼調查",
    "半導體設備進口放緩，業者轉向國內供應商。分析師認為影響有限。",
];
const GERMAN: [&str; 10] = [
    "Zölle auf Stahl bleiben",
    "Der Minister sprach von „schwierigen“ Verhandlungen",
    "Die Ausfuhr stieg um 3 % – mehr als erwartet",
    "Straße nach Süden",
    "Größere Häfen für mehr Schüttgut. Die Mittel dafür stehen im Haushalt.",
    "Überschuß",
    "Gebühr: 12 €",
    "Der Verband verlangt eine Übergangsfrist. Sonst drohten Engpässe bei Vorprodukten.",
    "FÜR UND WIDER DER ZÖLLE",
    "Ein Abkommen «mit Lücken»",
];

#[test]
fn short_texts_are_read_in_the_encoding_that_they_are_in() {
    let cases: [(&str, &'static encoding_rs::Encoding, &[&str]); 4] = [
        ("EUC-KR", encoding_rs::EUC_KR, &KOREAN),
        ("gb18030", encoding_rs::GBK, &SIMPLIFIED),
        ("Big5", encoding_rs::BIG5, &TRADITIONAL),
        ("windows-1252", encoding_rs::WINDOWS_1252, &GERMAN),
    ];
    let mut wrong = Vec::new();
    for (name, encoding, texts) in cases {
        for text in texts {
            let found = read("a.txt", &encode(encoding, text));
            if found.decoded != [(name, 0)] || found.documents[0].body != *text {
                wrong.push(format!("{text} in {name} was read as {:?}: {}", found.decoded, found.documents[0].body));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn columns_records_and_lines_are_decoded_alike() {
    let text = format!("{}\n{}", KOREAN[0], KOREAN[4]);
    let quoted = serde_json::to_string(&text).unwrap();
    let files = [
        ("a.txt", text.clone()),
        ("a.md", format!("# {}\n\n{}\n", KOREAN[0], KOREAN[4])),
        ("a.json", format!("[{{\"id\":\"a\",\"body\":{quoted}}}]")),
        ("a.jsonl", format!("{{\"id\":\"a\",\"body\":{quoted}}}\n")),
        ("a.csv", format!("id;제목;본문\r\na;{};{}\r\n", KOREAN[0], KOREAN[4])),
        ("a.tsv", format!("id\ttitle\tbody\na\t{}\t{}\n", KOREAN[0], KOREAN[4])),
    ];
    for (name, text) in files {
        let mut marked = b"\xEF\xBB\xBF".to_vec();
        marked.extend_from_slice(text.as_bytes());
        let cases = [
            ("UTF-8", text.clone().into_bytes()),
            ("UTF-8", marked),
            ("EUC-KR", encode(encoding_rs::EUC_KR, &text)),
            ("UTF-16LE", utf16(&format!("\u{feff}{text}"), true)),
            ("UTF-16BE", utf16(&format!("\u{feff}{text}"), false)),
            ("UTF-16LE", utf16(&text, true)),
            ("UTF-16BE", utf16(&text, false)),
        ];
        let expected = &read(name, text.as_bytes()).documents;
        assert_eq!(expected.len(), 1, "{name}");
        for (encoding, bytes) in cases {
            let found = read(name, &bytes);
            assert_eq!(found.problems, [], "{name} in {encoding}");
            assert_eq!(found.decoded, [(encoding, 0)], "{name}");
            assert_eq!(&found.documents, expected, "{name} in {encoding}");
        }
    }
}

#[test]
fn what_follows_a_long_beginning_in_ascii_is_decoded_too() {
    let line = "{\"id\":\"N\",\"title\":\"Plain words\",\"body\":\"and more of them\"}\n";
    let mut bytes: Vec<u8> = (0..5000).flat_map(|number| line.replace('N', &number.to_string()).into_bytes()).collect();
    bytes.extend(encode(encoding_rs::EUC_KR, &format!("{{\"id\":\"last\",\"body\":\"{}\"}}", KOREAN[4])));
    let found = read("a.jsonl", &bytes);
    assert_eq!(found.decoded, [("EUC-KR", 0)]);
    assert_eq!(found.documents.len(), 5001);
    assert_eq!(found.documents[5000].body, KOREAN[4]);
}

#[test]
fn a_few_bad_bytes_do_not_change_the_encoding_and_are_counted() {
    let mut bytes = GERMAN.join(". ").into_bytes();
    let at = bytes.len();
    bytes.extend_from_slice(b" \xFF und \xE4 ");
    let found = read("a.txt", &bytes);
    assert_eq!(found.decoded, [("UTF-8", 2)]);
    assert_eq!(found.documents[0].body.matches('\u{FFFD}').count(), 2);
    let mut korean = encode(encoding_rs::EUC_KR, &KOREAN.join(". "));
    korean.extend_from_slice(b"\xFF. end");
    let broken = read("b.txt", &korean);
    assert_eq!(broken.decoded, [("EUC-KR", 1)]);
    assert!(broken.documents[0].body.ends_with("\u{FFFD}. end"));
    let problems: Vec<String> = found
        .problems
        .iter()
        .chain(&broken.problems)
        .map(|problem| format!("{}: {}", problem.place, worded(&problem.reason)))
        .collect();
    assert!(problems[0].contains(&format!("byte {}", at + 1)), "{problems:?}");
    insta::assert_snapshot!("problems_of_decoding", problems.join("\n"));
}

#[test]
fn what_the_user_or_the_document_says_goes_before_a_guess() {
    let given = |label| ReadOptions { encoding: TextEncoding::for_label(label), ..ReadOptions::default() };
    // Reads as Korean, Chinese and German alike; only its writer knows.
    let bytes = encode(encoding_rs::EUC_KR, "무역");
    for (label, name) in [("CP949", "EUC-KR"), ("gbk", "gb18030"), ("big5", "Big5"), ("latin1", "windows-1252")] {
        assert_eq!(read_as(given(label), "a.txt", &bytes).decoded[0].0, name, "{label}");
    }
    assert_eq!(read_as(given("euc-kr"), "a.txt", &bytes).documents[0].body, "무역");
    let page = format!("<html><head><meta charset=\"big5\"><title>{}</title></head></html>", TRADITIONAL[2]);
    assert_eq!(read("a.html", &encode(encoding_rs::BIG5, &page)).decoded, [("Big5", 0)]);
    // One that is not so is not believed.
    let lying = page.replace("big5", "euc-kr");
    assert_eq!(read("a.html", lying.as_bytes()).decoded, [("UTF-8", 0)]);
    for label in ["utf-9", "", "iso-2022-cn", "replacement"] {
        assert_eq!(TextEncoding::for_label(label), None, "{label}");
    }
}

#[test]
fn a_mark_tells_the_order_of_a_utf16_that_is_given() {
    let given = ReadOptions { encoding: TextEncoding::for_label("utf-16"), ..ReadOptions::default() };
    for (is_little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
        let found = read_as(given.clone(), "a.txt", &utf16(&format!("\u{feff}{}", KOREAN[4]), is_little));
        assert_eq!((found.decoded[0], found.documents[0].body.as_str()), ((name, 0), KOREAN[4]));
    }
}

#[test]
fn chinese_in_utf16_is_known_without_a_mark() {
    let texts = SIMPLIFIED.iter().chain(&TRADITIONAL).filter(|text| text.chars().count() > 20);
    for text in texts {
        for (is_little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            let found = read("a.txt", &utf16(text, is_little));
            assert_eq!((found.decoded[0], found.documents[0].body.as_str()), ((name, 0), *text));
        }
    }
}

#[test]
fn what_a_server_says_is_not_believed_against_the_bytes() {
    let korean = format!("<html><head><meta charset=\"euc-kr\"><title>{}</title></head></html>", KOREAN[0]);
    let german = format!("<html><head><title>{}</title></head></html>", GERMAN[2]);
    let chinese = format!("<html><head><title>{}</title></head></html>", SIMPLIFIED[4]);
    for (charset, bytes, expected) in [
        ("utf-8", encode(encoding_rs::EUC_KR, &korean), "EUC-KR"),
        ("iso-8859-1", encode(encoding_rs::EUC_KR, &korean), "EUC-KR"),
        ("iso-8859-1", german.clone().into_bytes(), "UTF-8"),
        ("iso-8859-1", encode(encoding_rs::WINDOWS_1252, &german), "windows-1252"),
        ("utf-16le", utf16(&german, true), "UTF-16LE"),
        ("macintosh", encode(encoding_rs::MACINTOSH, &german), "macintosh"),
        ("hz-gb-2312", shifted(encoding_rs::GBK, &chinese, "", ["~{", "~}"]), "HZ-GB-2312"),
        ("iso-8859-1", shifted(encoding_rs::GBK, &chinese, "", ["~{", "~}"]), "HZ-GB-2312"),
    ] {
        let mut response =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n").into_bytes();
        response.extend_from_slice(&bytes);
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\nContent-Type: \
             application/http\r\nContent-Length: {}\r\n\r\n",
            response.len()
        );
        let found = read("a.warc", &[head.as_bytes(), &response, b"\r\n\r\n"].concat());
        assert_eq!(found.decoded, [(expected, 0)], "{charset}");
    }
}

/// Text whose double-byte characters have seven bits, between escapes.
fn shifted(encoding: &'static encoding_rs::Encoding, text: &str, head: &str, [out, back]: [&str; 2]) -> Vec<u8> {
    let mut bytes = head.as_bytes().to_vec();
    let mut is_out = false;
    for byte in encode(encoding, text) {
        if is_out == byte.is_ascii() {
            bytes.extend_from_slice(if is_out { back } else { out }.as_bytes());
            is_out = !is_out;
        }
        bytes.push(byte & 0x7F);
    }
    bytes.extend_from_slice(if is_out { back } else { "" }.as_bytes());
    bytes
}

#[test]
fn pages_feeds_tables_and_records_are_read_in_old_encodings() {
    type Encode = fn(&str) -> Vec<u8>;
    let korean = "통상교섭본부장은 협의를 마치고 귀국했다. 업계는 유예 기간을 요구했다.";
    let chinese = "海关总署表示，进出口总值同比增长。企业转向国内供应商。";
    let german = "Die Händler begrüßen größere Übergangsfristen für ältere Verträge.";
    let polish = "Importerzy zapłacą więcej, a źródła twierdzą, że cła wejdą w życie.";
    let cases: [(&str, &str, &str, Encode); 7] = [
        ("macintosh", "macintosh", german, |text| encode(encoding_rs::MACINTOSH, text)),
        ("ibm850", "IBM850", german, |text| {
            let bytes = |character: char| match character {
                'ä' => 0x84,
                'ö' => 0x94,
                'ü' => 0x81,
                'ß' => 0xE1,
                'Ü' => 0x9A,
                _ => u8::try_from(character).unwrap(),
            };
            text.chars().map(bytes).collect()
        }),
        ("windows-1250", "windows-1250", polish, |text| encode(encoding_rs::WINDOWS_1250, text)),
        ("euc-kr", "EUC-KR", korean, |text| encode(encoding_rs::EUC_KR, text)),
        ("iso-2022-kr", "ISO-2022-KR", korean, |text| {
            shifted(encoding_rs::EUC_KR, text, "\u{1b}$)C", ["\u{e}", "\u{f}"])
        }),
        ("gb2312", "gb18030", chinese, |text| encode(encoding_rs::GBK, text)),
        ("hz-gb-2312", "HZ-GB-2312", chinese, |text| shifted(encoding_rs::GBK, text, "", ["~{", "~}"])),
    ];
    for (label, name, text, encode) in cases {
        let mut files =
            vec![("a.html", format!("<html><head><title>{text}</title></head><body><p>{text}</p></body></html>"))];
        files.push((
            "a.html",
            format!(
                "<html><head><meta charset=\"{label}\"><title>{text}</title></head><body><p>{text}</p></body></html>"
            ),
        ));
        files.push(("a.html", format!(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\"><title>{text}</title></head>\
             <body><p>{text}</p></body></html>"
        )));
        files.push((
            "a.xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"{label}\"?><rss version=\"2.0\"><channel><item><title>{text}</title>\
             <description>{text}</description></item></channel></rss>"
            ),
        ));
        files.push(("a.csv", format!("id,title,body\na,\"{text}\",\"{text}\"\n")));
        files.push(("a.jsonl", format!("{{\"id\":\"a\",\"title\":\"{text}\",\"body\":\"{text}\"}}\n")));
        files.push(("a.txt", format!("{text}\n\n{text}\n")));
        for (file, content) in files {
            let bytes = encode(&content);
            let found = read(file, &bytes);
            assert_eq!(found.decoded, [(name, 0)], "{file} in {label}");
            let document = &found.documents[0];
            assert!(document.title.contains(text) || document.body.contains(text), "{file} in {label}: {document:?}");
            let given = ReadOptions { encoding: TextEncoding::for_label(label), ..ReadOptions::default() };
            assert_eq!(read_as(given, file, &bytes).documents, found.documents, "{file} given as {label}");
        }
    }
}

#[test]
fn one_cut_character_costs_itself_in_pages_tables_and_records() {
    let korean = KOREAN[4];
    let chinese = SIMPLIFIED[4];
    for (label, encoding, name, text) in [
        ("euc-kr", encoding_rs::EUC_KR, "EUC-KR", korean),
        ("gb2312", encoding_rs::GBK, "gb18030", chinese),
        ("big5", encoding_rs::BIG5, "Big5", TRADITIONAL[4]),
        ("utf-8", encoding_rs::UTF_8, "UTF-8", korean),
    ] {
        let whole = encode(encoding, text);
        let cut = &encode(encoding, &text.chars().take(7).collect::<String>());
        let cut = &cut[..cut.len() - 1];
        let join =
            |before: &str, after: &str| [&encode(encoding, before)[..], &whole, b" ", cut, after.as_bytes()].concat();
        let meta = format!("<html><head><meta charset=\"{label}\"><title>A</title></head><body><p>");
        for (file, bytes) in [
            ("a.html", join("<html><head><title>A</title></head><body><p>", "...</p></body></html>")),
            ("a.html", join(&meta, "...</p></body></html>")),
            ("a.csv", join("id,title,body\na,A,\"", "...\"\nb,B,C\n")),
            ("a.json", join("[{\"id\":\"a\",\"body\":\"", "...\"}]")),
            ("a.jsonl", join("{\"id\":\"a\",\"body\":\"", "...\"}\n{\"id\":\"b\",\"body\":\"B\"}\n")),
            ("a.txt", join("", "...")),
        ] {
            let found = read(file, &bytes);
            assert_eq!(found.decoded, [(name, 1)], "{file} in {label}");
            let body = &found.documents[0].body;
            assert!(body.contains(text) && body.contains("\u{FFFD}..."), "{file} in {label}: {body}");
        }
    }
}

#[test]
fn the_command_takes_an_encoding_by_its_label() {
    let workspace = Workspace::new();
    workspace.write("a.txt", encode(encoding_rs::BIG5, TRADITIONAL[4]));
    assert_eq!(workspace.run(&["index", "a.txt", "--encoding", "Big5"]).code, 0);
    assert_eq!(workspace.documents("出口值"), ["a.txt"]);
    let run = workspace.run(&["index", "a.txt", "--encoding", "klingon"]);
    insta::assert_snapshot!("unknown_encoding", run.snapshot(&workspace));
}

#[test]
fn a_label_that_cannot_be_read_is_said() {
    let page = |label: &str, text: &[u8]| {
        let head = format!("<html><head><meta charset=\"{label}\"><title>A</title></head><body><p>");
        [head.as_bytes(), text, b"</p></body></html>"].concat()
    };
    let letter = |label: &str, text: &[u8]| {
        let head = format!("From: a@b.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset={label}\n\n");
        [head.as_bytes(), text].concat()
    };
    // 관세 in Johab.
    let johab = b"\x89\xc5\xad\x41 \x89\xc5\xad\x41 of steel";
    let seven = b"Z+APY-lle auf Stahl";
    for (label, text) in [("johab", &johab[..]), ("utf-7", seven), ("x-foo", johab)] {
        for (file, bytes) in [("a.html", page(label, text)), ("a.eml", letter(label, text))] {
            let problems = read(file, &bytes).problems;
            let said = problems
                .iter()
                .filter(|problem| problem.reason.fault.contains(&format!("the encoding {label},")))
                .count();
            assert_eq!(said, 1, "{file} in {label}: {problems:?}");
        }
    }
    let utf8 = read("a.html", &page("utf8mb4", "관세".as_bytes()));
    assert!(utf8.problems.is_empty() && utf8.documents[0].body.contains("관세"), "{:?}", utf8.problems);
}
