//! JSON of any shape: what news services, extractors, corpora and search engines write is read whole, as a stream, and what is
//! not read is said.

mod languages;
mod relaxed;
mod tables;

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use serde_json::{Value, json};
use tradewire::internals::config::Config;
use tradewire::internals::document::Document;
use tradewire::internals::ingest::{DocumentReader, FieldMap, ReadEvent, ReadOptions};

use crate::reading::{Found, read, read_as, read_within};
use crate::workspace::{Workspace, project};

/// The parts of a document, for comparing.
fn parts(document: &Document) -> Value {
    let mut parts = json!({
        "id": document.id, "title": document.title, "body": document.body, "date": document.date, "source": document.source,
        "url": document.url,
    });
    if let Some(lang) = document.lang {
        parts["lang"] = lang.code().into();
    }
    parts
}

#[test]
fn every_shape_is_read_whole() {
    let folder = project().join("tests/data/json");
    let expected: Value = serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut wrong = String::new();
    for shape in expected.as_array().unwrap() {
        let name = shape["file"].as_str().unwrap();
        let found = read(name, &fs::read(folder.join(name)).unwrap());
        if found.lost() > 0 {
            wrong.push_str(&format!("{name}: {}\n", found.lines()));
        }
        let documents = shape["documents"].as_array().unwrap();
        assert_eq!(found.documents.len(), documents.len(), "{name}: {:?} {}", found.ids(), found.lines());
        for (expected, document) in documents.iter().zip(&found.documents) {
            let mut found = parts(document);
            // Not every shape says which language its texts are in, and what it says is not asked everywhere.
            if expected.get("lang").is_none() {
                found.as_object_mut().unwrap().remove("lang");
            }
            if *expected != found {
                wrong.push_str(&format!("{name}: expected {expected:#}, found {found:#}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_shape_depends_on_how_it_is_laid_out() {
    let folder = project().join("tests/data/json");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        if name == "expected.json" || text.matches("\"add\"").count() > 1 {
            continue;
        }
        let expected: Vec<Value> = read("a.json", text.as_bytes()).documents.iter().map(parts).collect();
        for other in [value.to_string(), format!("{value:#}").replace('\n', "\r\n"), format!("\u{FEFF} {value}\n\n")] {
            let mut found: Vec<Value> = read("a.json", other.as_bytes()).documents.iter().map(parts).collect();
            let mut expected = expected.clone();
            // serde has put the keys in another order.
            [&mut found, &mut expected]
                .into_iter()
                .for_each(|list| list.sort_by_key(|document| document["id"].to_string()));
            assert_eq!(found.len(), expected.len(), "{name}");
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!((&found["title"], &found["date"]), (&expected["title"], &expected["date"]), "{name}");
            }
        }
        let line = read("a.jsonl", format!("{value}\n{value}\n").as_bytes());
        assert_eq!(line.documents.len(), 2 * expected.len(), "{name}: {}", line.lines());
    }
}

/// An input that is made while it is read: an object around a list of any length.
struct Endless {
    head: Vec<u8>,
    records: usize,
    made: usize,
    left: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() {
            self.left = match self.made {
                0 => std::mem::take(&mut self.head),
                made if made <= self.records => {
                    let comma = if made > 1 { "," } else { "" };
                    format!(
                        "{comma}{{\"title\":\"Steel {made}\",\"content\":\"{}\",\"url\":\"https://x.example/{made}\"}}",
                        "duty ".repeat(50)
                    )
                    .into()
                }
                made if made == self.records + 1 => b"],\"more\":{\"total\":7}}".to_vec(),
                _ => return Ok(0),
            };
            self.made += 1;
        }
        let length = self.left.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.left[..length]);
        self.left.drain(..length);
        Ok(length)
    }
}

/// The list is two hundred times as long as a text may be: it is read in the memory of one record.
#[test]
fn a_list_inside_an_object_is_a_stream() {
    for head in [
        "{\"status\":\"ok\",\"articles\":[",
        "{\"response\":{\"numFound\":9,\"docs\":[",
        "{\"a\":{\"b\":[{\"c\":1},{\"d\":[{\"e\":null},",
    ] {
        let closers = if head.contains("numFound") {
            "}"
        } else if head.contains("\"a\"") {
            "]}]}"
        } else {
            ""
        };
        let mut text = Vec::new();
        Endless { head: head.into(), records: 2000, made: 0, left: Vec::new() }.read_to_end(&mut text).unwrap();
        let text = format!("{}{closers}", String::from_utf8(text).unwrap());
        let text = if head.contains("\"a\"") { text.replace("],\"more\":{\"total\":7}}]}]}", "]}]}}") } else { text };
        assert!(text.len() > 200 * 2048);
        for name in ["a.json", "a.jsonl"] {
            let found = read_within(&["document=2KiB"], ReadOptions::default(), name, text.as_bytes());
            assert_eq!((found.documents.len(), found.lost()), (2000, 0), "{name} {head}: {}", found.lines());
            assert_eq!(found.documents[1999].id, "https://x.example/2000");
        }
    }
}

/// Nothing is handed out only when all is read: the first article is there before the second is made.
#[test]
fn articles_are_handed_out_as_they_come() {
    let config = Config::builtin().unwrap();
    let reader = DocumentReader::new(&config.ingest, ReadOptions::default()).unwrap();
    let mut input =
        BufReader::new(Endless { head: b"{\"articles\":[".to_vec(), records: 100, made: 0, left: Vec::new() });
    let mut bytes = Vec::new();
    while bytes.len() < 2000 {
        let block = input.fill_buf().unwrap().to_vec();
        input.consume(block.len());
        bytes.extend(block);
    }
    let mut titles = Vec::new();
    let _ = reader.read_bytes("cut.json", &bytes, &mut |event: ReadEvent| {
        if let ReadEvent::Document(document) = event {
            titles.push(document.title);
        }
        ControlFlow::Continue(())
    });
    assert!(titles.len() >= 2 && titles[0] == "Steel 1", "what came before a cut is kept: {titles:?}");
}

fn with_map(map: &str, name: &str, text: &str) -> Found {
    let mut options = ReadOptions::default();
    options.map.add(map).unwrap();
    read_as(options, name, text.as_bytes())
}

#[test]
fn a_map_reads_anything() {
    let records = r#"{"results":[{"kop":"Staal","velden":{"inleiding":"Een heffing.","tekst":["<p>Vanaf maart.</p>","Tot april."]},"dag.van":"2026-01-12","a,b":"Blad"}]}"#;
    let map = "title=kop,body=velden.inleiding+velden.tekst,date=\"dag.van\",source=\"a,b\"";
    let found = with_map(map, "a.json", records);
    let document = &found.documents[0];
    assert_eq!(
        (document.title.as_str(), document.body.as_str()),
        ("Staal", "Een heffing.\n\nVanaf maart.\n\nTot april.")
    );
    assert_eq!((document.date.as_deref(), document.source.as_deref()), (Some("2026-01-12"), Some("Blad")));
    assert_eq!(found.lines(), "");
    // Case and separators make no difference, and the other parts are still found by their names.
    let other = with_map("title=KOP", "a.jsonl", "{\"kop\":\"철강\",\"본문\":\"추가 관세\",\"날짜\":\"2026.01.12.\"}");
    assert_eq!((other.documents[0].title.as_str(), other.documents[0].body.as_str()), ("철강", "추가 관세"));
    let missing = with_map("title=velden.titel,body=velden.tekst", "a.json", records);
    assert_eq!(missing.lost(), 1, "{}", missing.lines());
    insta::assert_snapshot!("mapped_paths", missing.lines());
}

#[test]
fn a_changed_map_reads_files_again() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", "{\"id\":\"a\",\"title\":\"Steel\",\"body\":\"harbour\",\"more\":\"quay\"}\n");
    workspace.write("b.txt", "Port\nharbour");
    let run = |more: &[&str]| workspace.run(&[&["index", "a.jsonl", "b.txt"], more].concat());
    assert_eq!(run(&[]).code, 0);
    assert!(run(&[]).stderr.contains("2 unchanged"));
    assert!(run(&["--map", "body=more"]).stderr.contains("1 document in"));
    assert_eq!(workspace.run(&["search", "quay"]).code, 0);
    let wrong = run(&["--map", "body=mor"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.stderr.contains("a.jsonl: no record has the path `mor`") && wrong.stderr.contains("`more`"),
        "{}",
        wrong.stderr
    );
    let refused = run(&["--map", "text=more"]);
    assert_eq!(refused.code, 2);
    insta::assert_snapshot!("refused_map", refused.stderr);
    assert!(FieldMap::default().add("title=a,title=b").is_err());
}

#[test]
fn what_is_not_read_is_said() {
    let long = "The ministry will charge a duty of ten percent on copper wire from May, and importers have until April to declare. ".repeat(3);
    let cases = [
        ("unknown.jsonl", format!("{}\n", json!({"id": "a", "title": "Steel", "storyline": {"prose": long}})).repeat(2)),
        ("other.jsonl", format!("{}\n", json!({"id": "a", "title": "Steel", "text": "Short.", "transcript": long}))),
        ("nothing.json", json!([{"kop": "Staal", "tekst": "Een heffing", "n": {"m": 1}}]).to_string()),
        ("empty.json", json!({"status": "ok", "totalResults": 0, "articles": []}).to_string()),
        ("titles.json", json!({"articles": [{"title": "Steel", "url": "https://x.example/1"}, {"title": "铜", "url": "https://x.example/2"}]}).to_string()),
        ("cut.json", json!({"articles": [{"title": "Steel", "url": "https://x.example/1", "content": "Duties on… [+1,234 chars]"}]}).to_string()),
        ("removed.json", json!({"articles": [{"title": "[Removed]", "content": "[Removed]", "url": "https://removed.example"}]}).to_string()),
        ("around.json", json!({"articles": [{"title": "Steel", "text": "Duties"}], "zzz": "x".repeat(3000)}).to_string()),
    ];
    let mut lines = String::new();
    for (name, text) in cases {
        let found = read_within(&["document=2KiB"], ReadOptions::default(), name, text.as_bytes());
        lines.push_str(&format!("{name}: {} documents\n{}", found.documents.len(), found.lines()));
    }
    insta::assert_snapshot!("what_is_not_read_of_json", lines);
}

#[test]
fn a_record_without_an_id_has_a_stable_one() {
    let record = |day: &str| json!({"제목": "철강", "본문": "추가 관세", "날짜": day}).to_string();
    let one = read("a.json", format!("[{},{}]", record("2026-01-12"), record("2026-01-13")).as_bytes());
    let other = read("a.json", format!("[{}]", record("2026-01-13")).as_bytes());
    assert_eq!(one.ids()[1], other.ids()[0], "whatever stands before it");
    assert_ne!(one.ids()[0], one.ids()[1]);
    assert!(one.ids()[0].starts_with("a.json#"), "{:?}", one.ids());
    let with_address = read("a.json", br#"[{"title":"Steel","link":"https://x.example/a"}]"#);
    assert_eq!(with_address.ids(), ["https://x.example/a"]);
}

/// Mistakes inside of lists inside of objects: each costs its record.
#[test]
fn a_bad_record_in_an_envelope_loses_no_other() {
    let good = |number: usize| format!("{{\"id\":\"{number}\",\"title\":\"Steel\",\"text\":\"Duties {number}\"}}");
    for bad in ["5", "null", "\"text\"", "[]", "{\"id\":}", "{\"title\":\"x\",,}", "{\"id\":\"no text\"}", "{\"a\" 1}"]
    {
        let text = format!("{{\"response\":{{\"docs\":[{},{bad},{}]}}}}", good(1), good(2));
        let found = read("a.json", text.as_bytes());
        assert_eq!(found.ids(), ["1", "2"], "{bad}: {}", found.lines());
        assert!(found.lost() <= 1, "{bad}: {}", found.lines());
    }
    // A string without its end takes no more than its line, and a file that is cut no more than its end.
    let text = format!("{{\"docs\":[\n{},\n{{\"id\":\"x\",\"title\":\"a}},\n{}\n]}}", good(1), good(2));
    let found = read("a.json", text.as_bytes());
    assert_eq!((found.ids(), found.lost()), (vec!["1", "2"], 1), "{}", found.lines());
    let whole = format!("{{\"hits\":{{\"hits\":[{},{}]}}}}", good(1), good(2));
    for end in 1..whole.len() {
        let found = read("a.json", &whole.as_bytes()[..end]);
        let expected = [good(1), good(2)].iter().filter(|record| whole[..end].contains(record.as_str())).count();
        assert_eq!(found.documents.len(), expected, "cut at {end}: {}", found.lines());
        assert!(found.lost() > 0, "cut at {end}");
    }
}
