//! Formats and packing: what is known by name and what by content, tables, lists of records, archives, ids.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use tradewire::internals::ingest::{InputFormat, ReadOptions, TextEncoding};
use zip::write::SimpleFileOptions;

use crate::reading::{read, read_as};
use crate::workspace::Workspace;

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// A zip archive of entries, packed.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const ARTICLE: &str = "Port reopens\nThe harbour opened again.";
const LINES: &str = "{\"id\":\"a\",\"title\":\"Port\",\"body\":\"harbour\"}\n{\"id\":\"b\",\"body\":\"港口\"}\n";

#[test]
fn an_article_is_the_same_however_it_is_packed() {
    let plain = read("news/a.txt", ARTICLE.as_bytes());
    let expected = &plain.documents[0];
    for (name, bytes) in [
        ("news/a.txt.gz", gzip(ARTICLE.as_bytes())),
        ("news/a.txt.zst", zstd(ARTICLE.as_bytes())),
        ("news/a.txt.gz.zst", zstd(&gzip(ARTICLE.as_bytes()))),
        // The name does not say that it is packed.
        ("news/a.txt", gzip(ARTICLE.as_bytes())),
        // Members one after the other are one file.
        ("news/a.txt.gz", [gzip(&ARTICLE.as_bytes()[..7]), gzip(&ARTICLE.as_bytes()[7..])].concat()),
        ("news/a.txt.zst", [zstd(&ARTICLE.as_bytes()[..7]), zstd(&ARTICLE.as_bytes()[7..])].concat()),
    ] {
        let found = read(name, &bytes);
        assert_eq!(found.problems, [], "{name}");
        assert_eq!(found.documents.len(), 1, "{name}");
        let document = &found.documents[0];
        assert_eq!((&document.id, &document.body), (&expected.id, &expected.body), "{name}");
        assert_eq!(document.path, name);
    }
}

#[test]
fn the_entries_of_an_archive_are_read_like_files() {
    let inner = zip(&[("tief/c.md", b"# Hafen\n\nText")]);
    let archive = zip(&[
        ("a.txt", ARTICLE.as_bytes()),
        ("lines.jsonl", LINES.as_bytes()),
        ("sub/b.txt.gz", &gzip(ARTICLE.as_bytes())),
        ("more.zip", &inner),
        ("picture.png", b"no text"),
        ("__MACOSX/._a.txt", b"nothing"),
        ("\u{d55c}\u{ae00}.txt", "제목\n본문".as_bytes()),
    ]);
    for bytes in [archive.clone(), zstd(&archive)] {
        let found = read("news.zip", &bytes);
        assert_eq!(found.problems, []);
        let ids =
            ["news.zip/a.txt", "a", "b", "news.zip/sub/b.txt", "news.zip/more.zip/tief/c.md", "news.zip/한글.txt"];
        assert_eq!(found.ids(), ids);
        assert_eq!(found.documents[1].path, "news.zip/lines.jsonl");
        assert_eq!(found.documents[3].path, "news.zip/sub/b.txt.gz");
        assert_eq!(found.skipped.len(), 1, "{:?}", found.skipped);
    }
}

#[test]
fn a_packed_file_without_a_telling_name_has_that_of_its_content() {
    let mut encoder = flate2::GzBuilder::new().filename("a.jsonl").write(Vec::new(), Compression::default());
    encoder.write_all(LINES.as_bytes()).unwrap();
    assert_eq!(read("download.gz", &encoder.finish().unwrap()).ids(), ["a", "b"]);
    let unknown = read("download.gz", &gzip(ARTICLE.as_bytes()));
    assert_eq!((unknown.documents.len(), unknown.lost()), (0, 1));
    insta::assert_snapshot!("packed_without_a_format", unknown.lines());
}

#[test]
fn lists_of_records_are_read_one_by_one() {
    let pretty = "[\n  {\n    \"id\": \"a\",\n    \"body\": \"x [,] {\\\"} y\"\n  },\n  5,\n  {\"id\": \"no body\"},\n  \
                  {\"id\": [], \"body\": \"x\"},\n  {\"id\": \"b\",\n   \"body\": 7},\n  {\"id\": \"c\", \"body\": \"z\"}\n]\n";
    let found = read("a.json", pretty.as_bytes());
    // A record without an id that can be one has that of its content.
    assert_eq!(found.ids(), ["a", "a.json#e8b15189c3d0fce5", "c"]);
    assert_eq!(found.documents[0].body, "x [,] {\"} y");
    let cut = read("cut.json", b"[{\"id\":\"a\",\"body\":\"x\"},{\"id\":\"b\",\"bo");
    assert_eq!(cut.ids(), ["a"]);
    // A string without its end takes no more than its line.
    let quote = read(
        "quote.json",
        b"[{\"id\":\"a\",\"body\":\"x},\n{\"id\":\"b\",\"body\":\"y\"},\n{\"id\":\"c\",\"body\":\"z\"}]",
    );
    // A bracket that closes nothing is said once and passed.
    let closed = read("closed.json", b"[{\"id\":\"a\",\"body\":\"x\"}]]\n{\"id\":\"b\",\"body\":\"y\"}");
    assert_eq!(closed.ids(), ["a", "b"]);
    let found = [found, cut, quote, closed].map(|found| found.lines());
    insta::assert_snapshot!("problems_in_lists", found.concat());
    assert_eq!(read("one.json", b" {\"id\":\"a\",\"body\":\"x\"} ").ids(), ["a"]);
    assert_eq!(read("many.json", LINES.as_bytes()).ids(), ["a", "b"], "JSON Lines by another name");
    assert_eq!(
        read("list.jsonl", b"[{\"id\":\"a\",\"body\":\"x\"},\n{\"id\":\"b\",\"body\":\"x\"}]").ids(),
        ["a", "b"]
    );
    assert_eq!(read("empty.json", b"[]").lost(), 0);
    // What is no record in a line of its own loses no other line.
    let lines = read("bad.json", b"{\"id\":\"a\",\"body\":\"x\"}\n{\"id\":\n{\"id\":\"b\",\"body\":\"x\"}\n");
    assert_eq!((lines.ids(), lines.lost()), (vec!["a", "b"], 1));
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let rows = "Headline;Text;Datum;Quelle;Link;Ressort\r\n\
                \"Hafen; offen\";\"Erste Zeile\r\nzweite \"\"Zeile\"\"\";2025-12-30;Musterblatt;https://example.org/a;x\r\n\
                \r\n\
                Zölle;Text ohne Adresse;;;;\r\n\
                Kurz;nur zwei\r\n\
                Lang;a;2025-12-30;b;https://example.org/c;d;e\r\n\
                ;;;;https://example.org/leer;\r\n";
    for (rows, name) in [
        (rows.to_owned(), "a.csv"),
        (format!("sep=;\r\n{rows}"), "a.csv"),
        (rows.replace("; o", ", o").replace(';', "\t"), "a.tsv"),
    ] {
        let found = read(name, rows.as_bytes());
        assert_eq!(
            found.ids(),
            ["https://example.org/a", &format!("{name}#2"), &format!("{name}#3"), "https://example.org/c"]
        );
        let first = &found.documents[0];
        assert_eq!(first.body, "Erste Zeile\r\nzweite \"Zeile\"");
        assert_eq!((first.date.as_deref(), first.source.as_deref()), (Some("2025-12-30"), Some("Musterblatt")));
        assert_eq!(found.lost(), 0, "{}", found.lines());
        if rows.starts_with("Head") && name == "a.csv" {
            insta::assert_snapshot!("problems_in_a_table", found.lines());
        }
    }
    let headings = [
        "id,TITLE,body",
        "기사번호,제목,본문",
        "guid,新聞標題,新闻内容",
        "ID,ＴＩＴＥＬ,Inhalt",
        "guid,U\u{308}berschrift,Volltext",
    ];
    for heading in headings {
        let found = read("a.csv", format!("{heading}\n7,Titel,Text").as_bytes());
        assert_eq!(found.ids(), ["7"], "{heading}: {}", found.lines());
        assert_eq!(
            (found.documents[0].title.as_str(), found.documents[0].body.as_str()),
            ("Titel", "Text"),
            "{heading}"
        );
    }
    let wrong = read("a.csv", b"name,phone\nx,y\n");
    assert_eq!((wrong.documents.len(), wrong.lost()), (0, 1));
    insta::assert_snapshot!("a_table_without_text", wrong.lines());
    assert_eq!(read("a.csv", b"").lost() + read("a.tsv", b"\n\n").lost() + read("a.csv", b"title,body\n").lost(), 0);
}

#[test]
fn numbers_of_rows_are_no_ids() {
    for heading in ["번호,제목,본문", "编号,標題,正文", "Nr,Titel,Inhalt"] {
        let ids = |name: &str| read(name, format!("{heading}\n1,Hafen,Text\n").as_bytes()).ids().join(" ");
        assert_eq!([ids("2024.csv"), ids("2025.csv")], ["2024.csv#1", "2025.csv#1"], "{heading}");
    }
}

#[test]
fn a_lone_quotation_mark_costs_no_row() {
    let rows: String = (2..30).map(|row| format!("{row},Titel {row},\"Text, {row}\"\n")).collect();
    for (unclosed, body) in [("\"Hafen\n", "\"Hafen"), ("\"\"\"Hafen am Meer\n", "\"\"Hafen am Meer")] {
        for rows in [rows.clone(), rows.replace('"', "").replace("Text, ", "Text ")] {
            let found = read("a.csv", format!("id,title,body\n1,Titel,{unclosed}{rows}").as_bytes());
            assert_eq!(found.documents.len(), 29, "{unclosed}: {}", found.lines());
            assert_eq!(found.documents[0].body, body);
            assert!(found.documents[28].body.starts_with("Text") && found.documents[28].body.ends_with("29"));
        }
    }
    let found = read("a.csv", format!("id,title,body\n1,Titel,\"Hafen\n{rows}").as_bytes());
    let within = read("b.csv", "title;body\nHafen;\"Ein Absatz.\n\nNoch, einer, und\nnoch".as_bytes());
    assert_eq!(within.documents[0].body, "Ein Absatz.\n\nNoch, einer, und\nnoch");
    insta::assert_snapshot!("lone_quotation_marks", found.lines() + &within.lines());
}

#[test]
fn what_is_not_read_of_a_table_is_said() {
    let lines = [
        "id,title,body,body\na,Hafen,erster,zweiter\n",
        "id,标题,新闻全文稿,备注\na,港口,正文,无\n",
        "id,title\na,Hafen\n",
    ]
    .map(|table| read("a.csv", table.as_bytes()).lines());
    insta::assert_snapshot!("unread_columns", lines.concat());
}

#[test]
fn lines_may_end_with_carriage_returns_alone() {
    let table = "id;title;inhalt\ra;Hafen, Kai, Mole;Text, und, noch, mehr\rb;Tor;Text\r";
    let found = read("a.csv", table.as_bytes());
    assert_eq!((found.ids(), found.lost()), (vec!["a", "b"], 0));
    let wrong = read("a.csv", b"title;body\ra;b\rc;d;e\r");
    assert!(wrong.lines().starts_with("noted: a.csv:3:"), "{}", wrong.lines());
    let lines = read("a.jsonl", LINES.replace('\n', "\r").as_bytes());
    assert_eq!((lines.ids(), lines.lost()), (vec!["a", "b"], 0), "{}", lines.lines());
    let text = read("a.txt", "Hafen offen\r\rErster Absatz.\rZweiter Absatz.\r".as_bytes());
    assert_eq!(text.documents[0].title, "Hafen offen");
    let config = tradewire::internals::config::Config::builtin().unwrap();
    let body = format!("{0}\r{0}", "Der Hafen ist wieder offen. ".repeat(20));
    let document = tradewire::internals::document::Document { body, ..Default::default() };
    assert_eq!(tradewire::internals::ingest::split_passages(&document, &config.passages, &config.analysis).len(), 2);
}

#[test]
fn what_is_optional_loses_no_record() {
    let records = r#"[
  {"id": "a", "title": "Hafen", "source": {"id": null, "name": "Hafenblatt"}},
  {"id": "b", "title": 2025, "body": ["eins", "zwei"], "lang": ["de"]},
  {"url": "https://example.org/c", "title": "Hafen"},
  {"id": "d", "title": "Tor", "title": "Hafen", "source": [], "url": {}, "lang": 7},
  {"id": [], "url": "https://example.org/e", "body": "Hafen"},
  {"id": 3.5, "title": "Hafen"},
  {"title": "Hafen"}
]"#;
    let found = read("a.json", records.as_bytes());
    let of_content = "a.json#2bda13bcc2f80dae";
    let ids = ["a", "b", "https://example.org/c", "d", "https://example.org/e", of_content, of_content];
    assert_eq!(found.ids(), ids);
    assert_eq!(found.documents[0].source.as_deref(), Some("Hafenblatt"));
    assert_eq!((found.documents[1].title.as_str(), found.documents[1].body.as_str()), ("2025", "eins\n\nzwei"));
    assert_eq!(found.documents[1].lang, Some(tradewire::internals::language::Language::German));
    assert_eq!(found.documents[3].title, "Hafen");
    let inside = read("b.json", br#"{"status": "ok", "articles": [{"title": "Hafen"}]}"#);
    assert_eq!(inside.documents[0].title, "Hafen");
    insta::assert_snapshot!("optional_parts_of_records", found.lines() + &inside.lines());
}

#[test]
fn all_text_of_markdown_is_read() {
    let text = "---\ntitle: Hafen\ncover:\n  title: Bild\n  url: b.png\nurl: https://example.org/a\n---\n\
                30. Dezember: Die Mole wird gesperrt.\n\n15. Januar: Sie ist wieder offen.\n\n\
                2025. 12. 30. 항만이 열렸다.\n\n- ohne Zahl\n\n\
                <div class=\"q\">\nDas <b>sagte</b> der Kapit&auml;n.<br>Er ging.\n</div>\n\n\
                <style>p { color: red }</style>\n<p>Eins</p><p>Zwei</p>\n\nEnde.\n";
    let found = read("a.md", text.as_bytes());
    let document = &found.documents[0];
    assert_eq!((document.title.as_str(), document.url.as_deref()), ("Hafen", Some("https://example.org/a")));
    insta::assert_snapshot!("text_of_markdown", document.body);
}

#[test]
fn every_format_has_a_name_and_an_ending_of_its_own() {
    let mut endings: Vec<&str> =
        InputFormat::ALL.iter().flat_map(|format| format.extensions().iter().copied()).collect();
    let mut names: Vec<&str> = InputFormat::ALL.iter().map(|format| format.name()).collect();
    for list in [&mut endings, &mut names] {
        let count = list.len();
        list.sort_unstable();
        list.dedup();
        assert_eq!(list.len(), count);
    }
}

#[test]
fn a_format_that_is_named_goes_before_names_and_content() {
    let format = |format| ReadOptions { format: Some(format), ..ReadOptions::default() };
    assert_eq!(read_as(format(InputFormat::JsonLines), "dump", LINES.as_bytes()).ids(), ["a", "b"]);
    assert_eq!(read_as(format(InputFormat::JsonLines), "dump", &gzip(LINES.as_bytes())).ids(), ["a", "b"]);
    assert_eq!(read_as(format(InputFormat::Text), "a.jsonl", LINES.as_bytes()).ids(), ["a.jsonl"]);
    let both = ReadOptions {
        format: Some(InputFormat::Text),
        encoding: TextEncoding::for_label("utf-8"),
        ..ReadOptions::default()
    };
    assert_eq!(read_as(both, "x.bin", "항구".as_bytes()).documents[0].body, "항구");
}

#[test]
fn the_command_reads_what_it_is_told_as_what_it_is_told() {
    let workspace = Workspace::new();
    workspace.write("news/a.dat", LINES);
    workspace.write("news/b.tar.gz", gzip(b"no news"));
    workspace.write("news/c.jsonl.gz", gzip("{\"id\":\"c\",\"body\":\"harbour\"}\n".as_bytes()));
    assert_eq!(workspace.run(&["index", "news"]).code, 0);
    assert_eq!(workspace.documents("harbour"), ["c"]);
    // What the user names is read by its content, or as what it is said to be.
    workspace.write("news/b.dat", "harbour");
    assert_eq!(workspace.run(&["index", "news/b.dat"]).code, 2);
    assert_eq!(workspace.run(&["index", "news/a.dat"]).code, 0);
    assert_eq!(workspace.run(&["index", "news/a.dat", "--format", "jsonl"]).code, 0);
    assert_eq!(workspace.documents("harbour"), ["a", "c"]);
    let packed = workspace.write("x", gzip("[{\"id\":\"d\",\"body\":\"harbour\"}]".as_bytes()));
    let mut child = workspace.command().args(["index", "-"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(packed).unwrap()).unwrap();
    assert!(child.wait().unwrap().success(), "standard input may be packed, and a list");
    assert_eq!(workspace.documents("harbour"), ["a", "c", "d"]);
    for arguments in [
        ["index", "news", "--format", "pdf"],
        ["index", "news", "--limit", "line=5"],
        ["index", "news", "--limit", "document=0"],
    ] {
        let run = workspace.run(&arguments);
        assert_eq!(run.code, 2);
        insta::assert_snapshot!(format!("refused_{}", arguments[3].replace('=', "_")), run.stderr);
    }
}

#[test]
fn all_that_is_packed_counts_as_bytes_of_its_file() {
    let workspace = Workspace::new();
    let archive = workspace.write("a.zip", zip(&[("a.txt", ARTICLE.as_bytes()), ("b.jsonl", LINES.as_bytes())]));
    let lines = workspace.write("c.jsonl.gz", gzip(LINES.repeat(1000).as_bytes()));
    let sizes: u64 = [&archive, &lines].map(|path| std::fs::metadata(path).unwrap().len()).iter().sum();
    assert_eq!(workspace.index(&[archive, lines] as &[PathBuf]).bytes, sizes);
}
