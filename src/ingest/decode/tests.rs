//! Texts of four languages and more, in every encoding that can hold them: labelled and not, whole, cut, and byte by byte.

use std::io::{self, BufRead, Read};

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

use super::block::BlockDecoder;
use super::encoding::{Decoding, EncodingHints, TextEncoding};
use super::text_encoding::{CP850, HZ, ISO_2022_KR, Kind, UTF_32BE, UTF_32LE};

const ENGLISH: &str = "The duty is £40 a tonne, up from £25, the ministry said – “not much”, as the café’s owner put it.\nRates \
                       fell by ½ point.";
const GERMAN: &str = "Die Zölle für Maschinen und Fahrzeuge könnten nächstes Jahr gesenkt werden, heißt es.\nDie Händler \
                      begrüßen das, verlangen aber größere Übergangsfristen für ältere Verträge.";
const FRENCH: &str =
    "Le ministère a annoncé que les nouveaux droits entreront en vigueur à l'été; les réserves sont épuisées.";
const SPANISH: &str =
    "El ministerio anunció que los aranceles durarán dos años. ¿Por qué? Los señores no respondieron aún.";
const KOREAN: &str = "통상교섭본부장은 워싱턴에서 협의를 마치고 귀국했다.\n다음 회의는 삼월에 열린다. 배터리 소재 원산지 기준이 쟁점이며 \
                      업계는 유예 기간을 요구했다.";
const SIMPLIFIED: &str = "海关总署表示，前十一个月进出口总值同比增长。机电产品占比超过六成，\n半导体设备进口放缓，企业转向国内供应商。分析人士认为影响有限。";
const TRADITIONAL: &str = "財政部表示，前十一個月出口值創下新高。資通訊產品占比超過六成，\n半導體設備進口放緩，業者轉向國內供應商。分析師認為影響有限。";
const JAPANESE: &str = "経済産業省は鉄鋼への新しい関税を発表した。\n輸入業者は来年から負担が増えるという。";
const POLISH: &str =
    "Ministerstwo ogłosiło nowe cła na stal. Importerzy zapłacą więcej, a źródła twierdzą, że wejdą one w życie.";
const RUSSIAN: &str = "Министерство объявило, что новые пошлины на сталь вступят в силу в марте.";

/// Labels of encodings, the name that each is reported by, and texts that they can hold.
fn cases() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let western = vec![GERMAN, FRENCH, SPANISH];
    vec![
        ("latin1", "windows-1252", vec![ENGLISH, GERMAN, FRENCH, SPANISH]),
        ("x-mac-roman", "macintosh", western.clone()),
        ("ibm850", "IBM850", western),
        ("windows-1250", "windows-1250", vec![POLISH]),
        ("cp1251", "windows-1251", vec![RUSSIAN]),
        ("cp949", "EUC-KR", vec![KOREAN]),
        ("iso-2022-kr", "ISO-2022-KR", vec![KOREAN]),
        ("gb2312", "gb18030", vec![SIMPLIFIED]),
        ("hz-gb-2312", "HZ-GB-2312", vec![SIMPLIFIED]),
        ("big5", "Big5", vec![TRADITIONAL]),
        ("shift_jis", "Shift_JIS", vec![JAPANESE]),
        ("euc-jp", "EUC-JP", vec![JAPANESE]),
        ("iso-2022-jp", "ISO-2022-JP", vec![JAPANESE]),
        ("utf-8", "UTF-8", vec![ENGLISH, GERMAN, KOREAN, SIMPLIFIED, TRADITIONAL, JAPANESE, RUSSIAN]),
        ("utf-16le", "UTF-16LE", vec![ENGLISH, GERMAN, KOREAN]),
        ("utf-16be", "UTF-16BE", vec![ENGLISH, GERMAN, KOREAN]),
        ("utf-32le", "UTF-32LE", vec![ENGLISH, GERMAN, KOREAN, SIMPLIFIED]),
        ("utf-32be", "UTF-32BE", vec![ENGLISH, GERMAN, KOREAN, SIMPLIFIED]),
    ]
}

fn label(label: &str) -> TextEncoding {
    TextEncoding::for_label(label).unwrap()
}

/// Text in an encoding, by an encoder of another hand than the decoder where there is one.
fn encode(encoding: TextEncoding, text: &str) -> Vec<u8> {
    match encoding.0 {
        _ if encoding == UTF_32LE => text.chars().flat_map(|character| u32::from(character).to_le_bytes()).collect(),
        _ if encoding == UTF_32BE => text.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect(),
        Kind::Standard(standard) if standard == encoding_rs::UTF_16LE => {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        Kind::Standard(standard) if standard == encoding_rs::UTF_16BE => {
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        }
        Kind::Standard(standard) => standard_bytes(standard, text),
        Kind::Cp850 => {
            let table: Vec<u8> = (0..=255).collect();
            let (mut characters, mut bytes) = (Vec::new(), Vec::new());
            BlockDecoder::new(CP850).decode(&table, true, 0, &mut characters);
            let characters: Vec<char> = String::from_utf8(characters).unwrap().chars().collect();
            bytes.extend(
                text.chars().map(|character| characters.iter().position(|&other| other == character).unwrap() as u8),
            );
            bytes
        }
        Kind::Escaped(_) if encoding == HZ => shifted(GB18030, text, b"", b"~{", b"~}"),
        Kind::Escaped(_) => shifted(EUC_KR, text, b"\x1B$)C\n", b"\x0E", b"\x0F"),
        Kind::Utf32 { .. } => unreachable!(),
    }
}

fn standard_bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy, "{} cannot write {text}", encoding.name());
    bytes.into_owned()
}

/// Text whose double-byte characters have seven bits, between escapes.
fn shifted(encoding: &'static Encoding, text: &str, head: &[u8], out: &[u8], back: &[u8]) -> Vec<u8> {
    let mut bytes = head.to_vec();
    let mut is_out = false;
    for byte in standard_bytes(encoding, text) {
        if is_out == byte.is_ascii() {
            bytes.extend_from_slice(if is_out { back } else { out });
            is_out = !is_out;
        }
        bytes.push(byte & 0x7F);
    }
    if is_out {
        bytes.extend_from_slice(back);
    }
    bytes
}

/// An input that gives so many bytes at a time.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Slow<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(&self.0[..self.0.len().min(self.1)])
    }

    fn consume(&mut self, count: usize) {
        self.0 = &self.0[count..];
    }
}

fn decode_slowly(bytes: &[u8], step: usize, hints: EncodingHints) -> (String, &'static str, u64) {
    let mut decoding = Decoding::new(Slow(bytes, step), &bytes[..bytes.len().min(4096)], hints);
    let mut text = String::new();
    decoding.read_to_string(&mut text).unwrap();
    let decoded = decoding.decoded();
    (text, decoded.encoding.name(), decoded.undecodable)
}

fn decode(bytes: &[u8], hints: EncodingHints) -> (String, &'static str, u64) {
    decode_slowly(bytes, usize::MAX, hints)
}

fn declared(label_: &str) -> EncodingHints {
    EncodingHints { declared: Some(label(label_)), ..EncodingHints::default() }
}

/// Text as it is read from an encoding: ISO-2022-KR begins with a line of its own.
fn as_read(encoding: TextEncoding, text: &str) -> String {
    if encoding == ISO_2022_KR { format!("\n{text}") } else { text.to_owned() }
}

#[test]
fn text_is_read_by_any_statement_and_by_none() {
    for (name, reported, texts) in cases() {
        let encoding = label(name);
        for text in texts {
            let bytes = encode(encoding, text);
            let given = EncodingHints { given: Some(encoding), ..EncodingHints::default() };
            let transport = EncodingHints { transport: Some(encoding), ..EncodingHints::default() };
            for hints in [EncodingHints::default(), given, transport, declared(name)] {
                assert_eq!(decode(&bytes, hints), (as_read(encoding, text), reported, 0), "{name} {hints:?}");
            }
        }
    }
}

#[test]
fn where_a_block_ends_changes_nothing() {
    for (name, reported, texts) in cases() {
        let bytes = encode(label(name), texts[0]);
        let broken = [&bytes[..bytes.len() / 2], b"\xFF", &bytes[bytes.len() / 2 + 1..]].concat();
        for bytes in [bytes, broken] {
            let whole = decode(&bytes, declared(name));
            for step in 1..=9 {
                assert_eq!(
                    decode_slowly(&bytes, step, declared(name)),
                    whole,
                    "{name} in steps of {step} as {reported}"
                );
            }
        }
    }
}

#[test]
fn a_text_that_is_cut_anywhere_stays_in_its_encoding() {
    for (name, reported, texts) in cases() {
        let encoding = label(name);
        let (text, is_wide) = (texts[0], encoding.is_wide());
        let bytes = encode(encoding, text);
        for end in bytes.len() / 2..bytes.len() {
            let (read, found, bad) = decode(&bytes[..end], EncodingHints::default());
            assert_eq!(found, reported, "{name} cut at {end}: {read}");
            let read = read.trim_end_matches(['\u{FFFD}', '~', '\x1B', '$']);
            // What is left of a character may be another one, as of UTF-16.
            let kept = if is_wide { read } else { read.strip_suffix(|last: char| last.is_ascii()).unwrap_or(read) };
            assert!(as_read(encoding, text).starts_with(kept) && bad <= 2, "{name} cut at {end}: {read}");
        }
    }
}

/// The number of characters between what two texts begin and end with.
fn changed(before: &str, after: &str) -> usize {
    let same = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| {
        one.zip(other).take_while(|(one, other)| one == other).count()
    };
    let begin = same(&mut before.chars(), &mut after.chars());
    let end = same(&mut before.chars().rev(), &mut after.chars().rev());
    before.chars().count().saturating_sub(begin + end)
}

#[test]
fn a_lost_byte_costs_its_character() {
    let double =
        [(EUC_KR, KOREAN), (GB18030, SIMPLIFIED), (BIG5, TRADITIONAL), (EUC_JP, JAPANESE), (SHIFT_JIS, JAPANESE)];
    for (encoding, text) in double {
        let bytes = standard_bytes(encoding, text);
        let mut all = Vec::new();
        for at in 0..bytes.len() {
            let broken = [&bytes[..at], &bytes[at + 1..]].concat();
            for hints in [EncodingHints::default(), declared(encoding.name())] {
                let (read, found, bad) = decode(&broken, hints);
                assert_eq!(found, TextEncoding::from(encoding).name(), "without byte {at}: {read}");
                assert!(bad <= 2, "{read}");
                all.push(changed(text, &read));
            }
        }
        all.sort_unstable();
        assert!(all[all.len() / 2] <= 2 && all[all.len() - 1] <= 20, "{}: {all:?}", encoding.name());
    }
    // Between escapes it costs the rest of the line at most.
    for (encoding, text) in [(ISO_2022_KR, KOREAN), (HZ, SIMPLIFIED)] {
        let bytes = encode(encoding, text);
        let line = text.lines().map(|line| line.chars().count()).max().unwrap();
        for at in 8..bytes.len() {
            let (read, ..) = decode(&[&bytes[..at], &bytes[at + 1..]].concat(), declared(encoding.name()));
            assert!(
                changed(&as_read(encoding, text), &read) <= line + 1,
                "{} without byte {at}: {read}",
                encoding.name()
            );
        }
    }
}

#[test]
fn excerpts_that_are_cut_by_bytes_stay_in_their_encoding() {
    for (encoding, text) in [(EUC_KR, KOREAN), (GB18030, SIMPLIFIED), (BIG5, TRADITIONAL)] {
        // A page with a list of such excerpts, and one in a row of a table.
        let excerpts = format!("<li>{}</li>", text.lines().next().unwrap());
        let mut page = standard_bytes(encoding, &excerpts);
        for (end, _) in text.char_indices().filter(|(_, character)| !character.is_ascii()).skip(1).take(20) {
            let excerpt: String = text[..end].to_owned() + &text[end..].chars().take(1).collect::<String>();
            let bytes = standard_bytes(encoding, &excerpt);
            page.extend_from_slice(b"<li>");
            page.extend_from_slice(&bytes[..bytes.len() - 1]);
            page.extend_from_slice(b"...</li>\r\n");
        }
        page.extend_from_slice(&standard_bytes(encoding, &format!("<p>{text}</p>")));
        for hints in [EncodingHints::default(), declared(encoding.name())] {
            let (read, found, _) = decode(&page, hints);
            assert_eq!(found, TextEncoding::from(encoding).name());
            assert!(read.contains("\u{FFFD}...</li>") && read.ends_with(&format!("<p>{text}</p>")), "{read}");
        }
    }
    let (read, found, bad) =
        decode(b"Caf\xC3\xA9, na\xC3\xAFve, \xE2\x80\x9Cquoted\xE2\x80\x9D, \xE2\x80 cut", declared("utf-8"));
    assert_eq!((read.as_str(), found, bad), ("Café, naïve, “quoted”, \u{FFFD} cut", "UTF-8", 1));
}
