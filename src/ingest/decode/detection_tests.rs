//! What decides on an encoding: signs, statements that are wrong, escapes that are none, texts that only look like others.

use std::io::Read as _;

use encoding_rs::{EUC_KR, Encoding, GB18030, MACINTOSH, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

use super::encoding::{Decoding, EncodingHints, TextEncoding};

fn bytes_of(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy, "{} cannot write {text}", encoding.name());
    bytes.into_owned()
}

fn found(bytes: &[u8], transport: Option<&str>, declared: Option<&str>) -> (&'static str, String) {
    let hints = EncodingHints {
        given: None,
        transport: transport.and_then(TextEncoding::for_label),
        declared: declared.and_then(TextEncoding::for_label),
    };
    let mut decoding = Decoding::new(bytes, &bytes[..bytes.len().min(4096)], hints);
    let mut text = String::new();
    decoding.read_to_string(&mut text).unwrap();
    (decoding.decoded().encoding.name(), text)
}

#[test]
fn signs_do_not_change_the_encoding() {
    for text in [
        "Britain sold £5bn of whisky to Korea last year.",
        "It costs £40, not £25 (£3m in all), the £half-billion levy aside.",
        "Rates fell by ½ point",
        "films of 5 µm",
        "a £m deal",
        "at 20 °C ±2 %, 3½ times, x² × 3 ÷ 2",
        "© Reuters, Acme® and Co™ pay €5m",
        "§ 5 Abs. 2, 10 m³",
        "He said “no” – and left…",
        "It’s the ministry’s plan",
        "Škoda’s exports rose, Žižek wrote",
        "¿Por qué? ¡Ya!",
        "1ª y 2º",
        "STRASSE UND MAß",
        "·  one •two •three",
    ] {
        for text in [text.to_owned(), format!("Ministers met on Monday.\n\n{text}\n\n{text}\n")] {
            assert_eq!(found(&bytes_of(WINDOWS_1252, &text), None, None), ("windows-1252", text));
        }
    }
}

#[test]
fn a_statement_counts_unless_the_bytes_contradict_it_throughout() {
    let korean = bytes_of(EUC_KR, "정부, 철강 관세 대응책 발표. 통상교섭본부장은 협의를 마치고 귀국했다.");
    let german = bytes_of(WINDOWS_1252, "Zölle für Stähle: größere Übergangsfristen für ältere Verträge");
    let short = bytes_of(EUC_KR, "무역");
    let polish = bytes_of(WINDOWS_1250, "Rząd podniósł cła");
    let russian = bytes_of(WINDOWS_1251, "Пошлины на сталь вступят в силу");
    let utf8 = "Zölle für Stähle: größere Übergangsfristen".as_bytes();
    for (bytes, stated, expected) in [
        (&korean, "euc-kr", "EUC-KR"),
        (&korean, "iso-8859-1", "EUC-KR"),
        (&korean, "utf-8", "EUC-KR"),
        (&german, "euc-kr", "windows-1252"),
        (&german, "utf-8", "windows-1252"),
        (&german, "macintosh", "windows-1252"),
        (&german, "gb2312", "windows-1252"),
        (&german, "iso-2022-jp", "windows-1252"),
        (&short, "gbk", "gb18030"),
        (&short, "big5", "Big5"),
        (&polish, "windows-1250", "windows-1250"),
        (&polish, "iso-8859-2", "ISO-8859-2"),
        (&russian, "windows-1251", "windows-1251"),
        (&russian, "utf-8", "windows-1251"),
        (&utf8.to_vec(), "windows-1252", "UTF-8"),
        (&utf8.to_vec(), "euc-kr", "UTF-8"),
        (&bytes_of(MACINTOSH, "für"), "macintosh", "macintosh"),
    ] {
        assert_eq!(found(bytes, None, Some(stated)).0, expected, "stated {stated}");
        assert_eq!(found(bytes, Some(stated), None).0, expected, "stated by the server {stated}");
    }
    // A server states one for all; the page knows better.
    assert_eq!(found(&korean, Some("iso-8859-1"), Some("euc-kr")).0, "EUC-KR");
    assert_eq!(found(&polish, Some("iso-8859-1"), Some("windows-1250")).0, "windows-1250");
}

#[test]
fn macroman_and_code_page_850_are_known_where_1252_makes_nonsense() {
    let umlauts = "Die Händler begrüßen größere Übergangsfristen für ältere Verträge";
    assert_eq!(found(&bytes_of(MACINTOSH, umlauts), None, None), ("macintosh", umlauts.to_owned()));
    assert_eq!(found(&bytes_of(WINDOWS_1252, umlauts), None, None), ("windows-1252", umlauts.to_owned()));
    // ZÖLLE FÜR, Zölle für
    assert_eq!(found(b"Z\x99LLE F\x9AR", None, None), ("IBM850", "ZÖLLE FÜR".to_owned()));
    assert_eq!(found(b"Z\x94lle f\x81r", None, None), ("IBM850", "Zölle für".to_owned()));
    // One bad byte in a text of windows-1252 is none of it.
    let text = [&bytes_of(WINDOWS_1252, umlauts)[..], b" \x81 ", &bytes_of(WINDOWS_1252, umlauts)].concat();
    assert_eq!(found(&text, None, None).0, "windows-1252");
}

#[test]
fn escapes_that_are_none_decide_nothing() {
    for text in [
        "a~{b}~c and ~~ and ~{hello world~}",
        "{{~{x:1}~}}",
        "\u{1b}[31mred\u{1b}[0m \u{1b}(B\u{1b}[m plain",
        "\u{1b}$Bnot text",
        "\u{e}shifted\u{f}",
        "~",
        "\u{1b}",
        "\u{1b}$",
        "~{",
        "~~~~\ncode\n~~~~",
        "Überschuss ~{GB~} und Ausfuhr",
        "~{ and then 한국어",
        "\u{1b}$B 関税",
    ] {
        assert_eq!(found(text.as_bytes(), None, None), (UTF_8.name(), text.to_owned()));
    }
    // Behind much ASCII, with the signs of HZ in it.
    let hz = [&b"see ~user, ~/x\n".repeat(9000)[..], b"~{V\\P\\~} and ~~"].concat();
    let (encoding, text) = found(&hz, None, None);
    assert!(encoding == "HZ-GB-2312" && text.ends_with("\n主行 and ~") || text.ends_with(" and ~"), "{encoding}");
}

#[test]
fn wide_encodings_are_known_by_mark_and_form() {
    for text in
        ["Zölle auf Stahl", "정부는 관세를 낮췄다. 2026", "两国同意明年春天继续磋商。\n双方将再次会晤。", "A😀B 2026"]
    {
        for (is_little, name) in [(true, "UTF-32LE"), (false, "UTF-32BE")] {
            let write = |text: &str| -> Vec<u8> {
                let units = text.chars().map(u32::from);
                units.flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
            };
            for marked in [write(text), write(&format!("\u{feff}{text}"))] {
                assert_eq!(found(&marked, None, None), (name, text.to_owned()));
                // The bytes of a character that is cut.
                let (encoding, cut) = found(&marked[..marked.len() - 1], None, None);
                assert!(encoding == name && cut.ends_with('\u{FFFD}'), "{encoding} {cut}");
            }
        }
    }
    let mut lone = "a\u{1F600}b and more".encode_utf16().collect::<Vec<u16>>();
    lone.remove(2);
    let bytes: Vec<u8> = lone.into_iter().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found(&bytes, None, None), ("UTF-16LE", "a\u{FFFD}b and more".to_owned()));
}

#[test]
fn labels_are_known_as_programs_write_them() {
    for (label, name) in [
        ("x-mac-roman", "macintosh"),
        ("Macintosh", "macintosh"),
        ("mac_roman", "macintosh"),
        ("CP850", "IBM850"),
        ("ibm850", "IBM850"),
        ("ISO-2022-KR", "ISO-2022-KR"),
        ("iso2022_jp", "ISO-2022-JP"),
        ("HZ-GB-2312", "HZ-GB-2312"),
        ("windows-1250", "windows-1250"),
        ("cp1251", "windows-1251"),
        ("shift_jis", "Shift_JIS"),
        ("utf_8", "UTF-8"),
        ("utf-32", "UTF-32LE"),
        ("ms949", "EUC-KR"),
        ("gb2312", "gb18030"),
    ] {
        assert_eq!(TextEncoding::for_label(label).map(TextEncoding::name), Some(name), "{label}");
    }
    for label in ["utf-9", "", "replacement", "iso-2022-cn", "x-user"] {
        assert_eq!(TextEncoding::for_label(label), None, "{label}");
    }
    let (text, _) = GB18030.decode_without_bom_handling(b"\xd6\xf7\xd0\xd0");
    assert_eq!(text.len(), 6);
}
