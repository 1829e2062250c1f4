//! Every output format over the same hits, read back the way its readers do, and law 10: nothing reaches a terminal
//! but text.
//!
//! Hits are made by hand, so that no snapshot depends on ranking.

mod any_hits;
mod read_back;

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde::{Deserialize, Serialize};
use tradewire::internals::country::CountryCode;
use tradewire::internals::document::ByteRange;
use tradewire::internals::language::Language;
use tradewire::internals::output::{OutputFormat, Page, QueryHead, is_unsafe, one_line};
use tradewire::internals::search::{Hit, HitDocument, HitPassage, SearchResults};
use unicode_width::UnicodeWidthStr;

use crate::terminal::formats;
use crate::workspace::{Workspace, as_typed};

const HOSTILE: &str = "a\u{1b}[31mb\u{1b}]0;title\u{7}c\u{9b}2Jd\u{202e}e\u{0}f\u{7f}g\tm\nn\r\no\u{2028}p\u{85}q";

/// The first record of the contract, which later versions only add keys to.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    version: u32,
    query_id: String,
    rank: usize,
    score: f64,
    document: DocumentRecord,
    passage: PassageRecord,
    title_highlights: Vec<RangeRecord>,
    highlights: Vec<RangeRecord>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentRecord {
    id: String,
    title: String,
    lang: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declared_lang: Option<String>,
    date: Option<String>,
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sections: Vec<String>,
    words: u64,
    url: Option<String>,
    path: String,
    countries: Vec<String>,
    concepts: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PassageRecord {
    number: u32,
    lang: String,
    byte_start: usize,
    byte_end: usize,
    text: String,
    countries: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeRecord {
    start: usize,
    end: usize,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    expanded: bool,
}

/// All of `--format json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    version: u32,
    results: Vec<QueryRecord>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QueryRecord {
    query_id: String,
    query: String,
    total: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expansions: Vec<ExpansionRecord>,
    hits: Vec<Record>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpansionRecord {
    typed: String,
    names: Vec<String>,
}

/// Reads JSON and makes sure that no key is missing, not even one that may be null.
fn read_json<T: for<'a> Deserialize<'a> + Serialize>(json: &str) -> T {
    let record: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"));
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_value(&record).unwrap(), value);
    record
}

/// A hit with every place of `marked` highlighted in its title and text.
fn hit(rank: usize, lang: Language, id: &str, title: &str, text: &str, marked: &str) -> Hit {
    let places = |text: &str| -> Vec<ByteRange> {
        text.match_indices(marked).map(|(at, found)| ByteRange::new(at, at + found.len())).collect()
    };
    let document = HitDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        lang,
        declared_lang: None,
        date: Some("2025-12-30".to_owned()),
        source: Some("Sample Wire".to_owned()),
        authors: vec!["Jane Doe".to_owned(), "김민수".to_owned()],
        sections: vec!["Economy".to_owned()],
        words: 312,
        concepts: vec!["free-trade-agreement".to_owned()],
        url: Some(format!("https://example.org/{rank}")),
        path: "news.jsonl".to_owned(),
        countries: ["cn", "kr", "us"].map(|code| code.parse().unwrap()).into(),
    };
    let passage = HitPassage {
        number: 2,
        lang,
        range: ByteRange::new(40, 40 + text.len()),
        countries: ["cn", "kr"].map(|code| code.parse().unwrap()).into(),
    };
    let score = 10.0 / rank as f64;
    Hit {
        rank,
        score,
        document,
        passage,
        text: text.to_owned(),
        title_highlights: places(title),
        highlights: places(text),
        title_expanded: Vec::new(),
        expanded: Vec::new(),
        score_parts: None,
        story: None,
    }
}

/// Long CJK text, wide and narrow; markup, quotes, white space; what a document can do to a terminal; nothing at all.
fn sample_hits() -> Vec<Hit> {
    let chinese =
        format!("前言不長。{}兩國簽署了自由貿易協定，「港口」重新開放。{}", "會談持續。".repeat(60), "完。".repeat(60));
    let mut hits = vec![
        hit(1, Language::Chinese, "zh-1", "中韓自由貿易協定簽署", &chinese, "自由貿易協定"),
        hit(
            2,
            Language::Korean,
            "ko-1",
            "무역협정 ‘재개’",
            "두 나라는 무역협정을 맺었다. 무역협정은 내년에 발효된다.",
            "무역협정",
        ),
        hit(3, Language::German, "de-1", "Straßenzölle", &"Über Zölle spricht man *leise*. ".repeat(20), "Zölle"),
        hit(
            4,
            Language::English,
            "a,b;c",
            "\"Quoted\", <b>tagged</b> & \\escaped\\",
            "He said: \"1,5\" <i>x</i> & 'y'",
            "x",
        ),
        hit(5, Language::English, HOSTILE, HOSTILE, HOSTILE, "b"),
        hit(6, Language::Undetermined, "und", " ", "Слово\n\nи дело", "дело"),
        hit(7, Language::Korean, "ko-2", "제목만 있다", "", "제목"),
    ];
    let hostile = &mut hits[4].document;
    (hostile.source, hostile.url, hostile.path) = (Some(HOSTILE.into()), Some(HOSTILE.into()), HOSTILE.into());
    let bare = &mut hits[5].document;
    (bare.date, bare.source, bare.url) = (None, None, None);
    bare.countries.clear();
    hits[5].passage.countries.clear();
    // Names that the glossary added, in a title and in a text.
    hits[1].title_expanded = hits[1].title_highlights.clone();
    hits[2].expanded = vec![hits[2].highlights[1]];
    hits
}

/// The format of that name.
fn named(name: &str) -> OutputFormat {
    formats().find(|format| format.name == name).unwrap()
}

/// Prints queries, each with its id and hits.
fn print(format: OutputFormat, colour: bool, width: usize, queries: &[(&str, &str, Vec<Hit>)]) -> String {
    let mut out = Vec::new();
    let mut writer = (format.writer)(&mut out, Page { colour, columns: width, hyperlinks: false });
    for (id, query, hits) in queries {
        let total = format.shows.total.then_some(9);
        let head = QueryHead { id, query, is_batch: queries.len() != 1, unit_name: "passages" };
        writer.write(&head, &SearchResults { total, hits: hits.clone(), ..SearchResults::default() }).unwrap();
    }
    writer.finish().unwrap();
    drop(writer);
    String::from_utf8(out).unwrap()
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        let (codes, rest) =
            part.strip_prefix('[').and_then(|part| part.split_once('m')).expect("an escape is a colour");
        assert!(codes.chars().all(|code| code.is_ascii_digit() || code == ';'), "an escape is a colour: {part:?}");
        plain + rest
    })
}

/// Law 10, for one output.
pub(crate) fn assert_safe(format: OutputFormat, colour: bool, output: &str) {
    let plain = if colour { without_colours(output) } else { output.to_owned() };
    let allowed = |character: char| character == '\n' || (character == '\t' && format == named("tsv"));
    let bad = plain.chars().find(|&character| is_unsafe(character) && !allowed(character));
    assert_eq!(bad, None, "{format:?} printed a control character: {plain:?}");
}

#[test]
fn every_format_of_the_same_hits() {
    let single = [("1", "자유무역 <협정>", sample_hits())];
    for format in formats() {
        let output = print(format, false, 60, &single);
        assert_safe(format, false, &output);
        insta::assert_snapshot!(format!("format_{}", format.name), output);
    }
    let coloured = print(named("terminal"), true, 60, &single);
    insta::assert_snapshot!("format_terminal_coloured", coloured.replace('\x1b', "␛"));
}

#[test]
fn every_format_of_a_batch_with_and_without_hits() {
    let hits = |count: usize| sample_hits().into_iter().skip(1).take(count).collect::<Vec<_>>();
    let batch = [("q 1", "무역협정", hits(2)), (HOSTILE, HOSTILE, Vec::new()), ("q3", "again", hits(1))];
    let all = formats().map(|format| {
        let output = print(format, false, 60, &batch);
        assert_safe(format, false, &output);
        format!("=== {}\n{output}", format.name)
    });
    insta::assert_snapshot!("formats_of_a_batch", all.collect::<String>());
}

#[test]
fn no_hits_and_no_queries() {
    let shown = |queries: &[(&str, &str, Vec<Hit>)]| -> BTreeMap<&str, String> {
        formats().map(|format| (format.name, print(format, false, 80, queries))).collect()
    };
    let header = "query_id,rank,score,id,passage,lang,date,source,title,text,url,path\n";
    for output in [shown(&[("1", "nothing", Vec::new())]), shown(&[])] {
        assert_eq!(output["csv"], header);
        assert_eq!(output["tsv"], header.replace(',', "\t"));
        for format in ["terminal", "jsonl", "trec", "paths"] {
            assert_eq!(output[format], "", "{format}");
        }
    }
    let whole: Whole = read_json(&shown(&[("1", "nothing", Vec::new())])["json"]);
    assert_eq!((whole.version, whole.results[0].total, whole.results[0].hits.len()), (1, Some(9), 0));
    assert_eq!(read_json::<Whole>(&shown(&[])["json"]).results.len(), 0);
}

fn assert_is(record: &Record, query_id: &str, hit: &Hit) {
    let (document, passage) = (&record.document, &record.passage);
    let (stored, of_passage) = (&hit.document, &hit.passage);
    assert_eq!((record.version, record.query_id.as_str(), record.rank), (1, query_id, hit.rank));
    assert!((record.score - hit.score).abs() < 1e-6);
    assert_eq!((&document.id, &document.title, &document.path), (&stored.id, &stored.title, &stored.path));
    assert_eq!((&document.date, &document.source, &document.url), (&stored.date, &stored.source, &stored.url));
    assert_eq!((document.lang.as_str(), passage.lang.as_str()), (stored.lang.code(), of_passage.lang.code()));
    assert_eq!((passage.number, &passage.text), (of_passage.number, &hit.text));
    assert_eq!((passage.byte_start, passage.byte_end), (of_passage.range.start, of_passage.range.end));
    let codes = |countries: &[CountryCode]| countries.iter().map(CountryCode::to_string).collect::<Vec<_>>();
    assert_eq!(document.countries, codes(&stored.countries));
    assert_eq!(passage.countries, codes(&of_passage.countries));
    for (records, ranges, expanded) in [
        (&record.title_highlights, &hit.title_highlights, &hit.title_expanded),
        (&record.highlights, &hit.highlights, &hit.expanded),
    ] {
        let read = |range: &RangeRecord| ByteRange::new(range.start, range.end);
        assert_eq!(&records.iter().map(read).collect::<Vec<_>>(), ranges);
        assert_eq!(&records.iter().filter(|range| range.expanded).map(read).collect::<Vec<_>>(), expanded);
    }
}

/// What a row of `tsv` or `csv` holds of a hit.
fn row(query_id: &str, hit: &Hit) -> Vec<String> {
    let (stored, passage) = (&hit.document, &hit.passage);
    let optional = |value: &Option<String>| one_line(value.as_deref().unwrap_or_default()).into_owned();
    let score = format!("{:.6}", hit.score);
    vec![
        one_line(query_id).into_owned(),
        hit.rank.to_string(),
        score.trim_end_matches('0').trim_end_matches('.').to_owned(),
        one_line(&stored.id).into_owned(),
        passage.number.to_string(),
        passage.lang.code().to_owned(),
        optional(&stored.date),
        optional(&stored.source),
        one_line(&stored.title).into_owned(),
        one_line(&hit.text).into_owned(),
        optional(&stored.url),
        one_line(&stored.path).into_owned(),
    ]
}

fn assert_rows_read_back(query_id: &str, hits: &[Hit]) {
    let expected: Vec<Vec<String>> = hits.iter().map(|hit| row(query_id, hit)).collect();
    let csv = print(named("csv"), false, 80, &[(query_id, "query", hits.to_vec())]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let read: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(read, expected);
    let tsv = print(named("tsv"), false, 80, &[(query_id, "query", hits.to_vec())]);
    let read: Vec<Vec<String>> =
        tsv.split_terminator('\n').skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    assert_eq!(read, expected);
}

#[test]
fn the_terminal_format_fits_the_terminal() {
    for (width, colour) in [20, 33, 60, 80, 110].into_iter().flat_map(|width| [(width, false), (width, true)]) {
        let queries = [("1", "query", sample_hits()), (HOSTILE, HOSTILE, Vec::new())];
        let output = without_colours(&print(named("terminal"), colour, width, &queries));
        for line in output.lines() {
            assert!(line.width() <= width, "{} columns on {width}: {line}", line.width());
        }
        assert!(output.contains("贸") || output.contains("貿"), "the match is not shown on {width}: {output}");
        let blank = output.lines().find(|line| line.ends_with(' '));
        assert_eq!(blank, None, "white space at the end of a line on {width}");
    }
}

/// Matches far apart in passages of each language, as they are shown on a narrow and on a wide terminal.
#[test]
fn fragments_of_long_passages() {
    let english = "The two ministers met on Monday. Nobody had expected much, and little came of it at first. The tariffs on \
        steel, which rose to 12.5% on Dec. 12, stay for now. \"We need more time,\" Mr. Kim said. The talks on services \
        went on until 10:30 p.m., officials said, and a joint committee is to meet in May. Among other things, it will \
        look at cars, ships and chips. In the end, both sides agreed that tariffs should fall by 10,000 won a ton.";
    let german = "Die Minister trafen sich am 3. Mai in Bonn, z. B. zu Gesprächen über Stahl. Viel kam dabei nicht heraus, \
        wie Dr. Wang sagte. Das Freihandelsabkommen soll aber bis Ende des Jahres unterschrieben werden – so jedenfalls \
        die Regierung in Seoul. Über Autos wurde nicht geredet; auch über Schiffe nicht. Ein Freihandelsabkommen ohne \
        Dienstleistungen sei wenig wert, hieß es dagegen in Peking, wo man 1,5 Milliarden Euro erwartet.";
    let korean = "한·중 통상장관은 12일 베이징에서 만나 자유무역협정(FTA) 서비스·투자 후속 협상을 서두르기로 했다. 회담은 오전 \
        10:30에 시작됐다. 양측은 수출 통제, 물류, 전자상거래 등 여러 현안을 폭넓게 논의했으나 구체적인 합의문은 내놓지 못했다. \
        김 장관은 “협정의 이익이 기업에 돌아가야 한다.”라고 말했다. 중국은 10,000톤의 철강 관세를 2027년까지 없애기로 했고, \
        한국은 농산물 관세를 유지한다. 다음 회담은 서울에서 열린다.";
    let chinese = "中韩两国商务部长12日在北京举行会谈。双方就服务贸易、投资和物流等议题交换了意见，但没有公布具体成果。\
        会谈从10:30开始，持续了两个小时。“企业应当从自由贸易协定中受益。”韩方部长说。中方表示，将在2027年之前取消对\
        １０，０００吨钢铁征收的关税；韩方则继续维持农产品关税。双方商定，下一轮自由贸易协定谈判在首尔举行。";
    let hits = |marks: [&[&str]; 4]| -> Vec<Hit> {
        let texts = [
            (Language::English, english),
            (Language::German, german),
            (Language::Korean, korean),
            (Language::Chinese, chinese),
        ];
        let hits = texts.into_iter().zip(marks).zip(1..).map(|(((lang, text), marks), rank)| {
            let mut hit = hit(rank, lang, lang.code(), "", text, marks[0]);
            hit.highlights = marks
                .iter()
                .flat_map(|mark| text.match_indices(mark))
                .map(|(at, found)| ByteRange::new(at, at + found.len()))
                .collect();
            hit.highlights.sort();
            hit
        });
        hits.collect()
    };
    let several = hits([
        &["tariffs", "committee"],
        &["Freihandelsabkommen", "Autos"],
        &["협정", "관세"],
        &["关税", "自由贸易协定"],
    ]);
    let one = hits([&["services"], &["Stahl"], &["전자상거래"], &["物流"]]);
    let shown = [40, 60, 110].map(|width| {
        let queries = [("several", "matches", several.clone()), ("one", "match", one.clone())];
        format!("=== {width}\n{}", print(named("terminal"), false, width, &queries))
    });
    insta::assert_snapshot!("fragments", shown.concat());
}

#[test]
fn a_hostile_document_is_harmless_in_every_format_of_the_command() {
    let workspace = Workspace::new();
    let record = serde_json::json!({
        "id": format!("id{HOSTILE}"), "title": format!("harbour {HOSTILE}"), "body": format!("harbour {HOSTILE}"),
        "source": HOSTILE, "url": HOSTILE, "date": HOSTILE, "lang": HOSTILE,
    });
    workspace.write("news/a.jsonl", record.to_string());
    if cfg!(unix) {
        let text = [&"harbour 港口, Häfen. ".repeat(20).into_bytes()[..], b"\xFF"].concat();
        workspace.write(&format!("news/{}.txt", HOSTILE.replace('\0', "")), text);
    }
    let run = workspace.run(&["index", "news"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr.contains("could not be read as UTF-8"), cfg!(unix), "{}", run.stderr);
    assert_safe(named("terminal"), false, &run.stderr);
    let batch = format!("id{HOSTILE}\tharbour\nq2\tharbour {HOSTILE}\nq3\t\"{HOSTILE}\n").replace("m\nn", "mn");
    for format in formats() {
        let line = ["search", &format!("harbour {HOSTILE}").replace('\0', ""), "--format", format.name];
        let run = workspace.run(&line);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_safe(format, false, &(run.stdout + &run.stderr));
        let run = workspace.run_with_input(&["search", "--queries", "-", "--format", format.name], &batch);
        assert_safe(format, false, &run.stdout);
        assert_safe(named("terminal"), false, &run.stderr);
        assert_eq!(run.code, 2, "the last query is none");
    }
}

/// Any text, with many of the characters that matter here.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        3 => any::<char>(),
        3 => prop::char::range('\0', '\u{a0}'),
        1 => prop::char::range('\u{2000}', '\u{206f}'),
        2 => prop::char::range('가', '힣'),
        2 => prop::char::range('一', '鿿'),
        1 => prop::sample::select(vec!['\u{61c}', '\u{301}', '"', ',', '*', '\\', ' ', '\u{feff}', '👩', '\u{200d}']),
    ];
    prop::collection::vec(character, 0..120).prop_map(|characters| characters.into_iter().collect())
}

/// The same cases in every run.
pub(crate) fn seeded(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_107),
        ..ProptestConfig::default()
    }
}
