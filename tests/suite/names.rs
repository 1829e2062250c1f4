//! Files whose name does not tell their format, and archives of tar: what is read by its content, and what is skipped by it.

use crate::formats::{gzip, zip};
use crate::reading::{Found, read, read_within};
use crate::workspace::Workspace;
use crate::wrappings::{brotli, bzip2, tar, xz};

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"de\"><head><title>Zölle</title></head><body><p>Die Zölle auf Stahl gelten ab April.</p></body></html>";
const FEED: &str = "<?xml version=\"1.0\"?><a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:id>x</a:id><a:title>관세</a:title></a:entry></a:feed>";
const LINES: &str = "{\"id\":\"a\",\"title\":\"Port\",\"body\":\"harbour\"}\n{\"id\":\"b\",\"body\":\"港口\"}\n";
const MAIL: &str =
    "Received: from a\nFrom: b@c.example\nSubject: Zoll\nDate: Tue, 4 Mar 2025 00:10:00 +0900\n\nText.\n";

fn titles(found: &Found) -> Vec<&str> {
    found.documents.iter().map(|document| document.title.as_str()).collect()
}

/// Reads files of a folder, as those are that the user did not name.
fn in_folder(files: &[(&str, &[u8])]) -> (Vec<String>, Vec<String>) {
    let workspace = Workspace::new();
    for (name, bytes) in files {
        workspace.write(&format!("news/{name}"), bytes);
    }
    let (documents, problems) = crate::wrappings::read(&[workspace.path().join("news")]);
    let said = problems.iter().map(|problem| {
        let place = problem.place.rsplit("news/").next().unwrap_or_default();
        format!("{:?} {place}: {}", problem.kind, problem.reason)
    });
    (documents.into_iter().map(|document| document.id).collect(), said.collect())
}

#[test]
fn a_name_that_does_not_tell_leaves_it_to_the_content() {
    for name in [
        "article",
        "article?id=5",
        "index.php",
        "a.shtml",
        "a.aspx",
        "a.htm.1",
        "a.html?x=1",
        "index.php?id=5",
        "2025.01.12",
        "x.xml",
        "a.txt",
        "a.rdf",
    ] {
        assert_eq!(titles(&read(name, PAGE.as_bytes())), ["Zölle"], "{name}");
        assert_eq!(in_folder(&[(name, PAGE.as_bytes())]), (vec![name.to_owned()], vec![]), "{name}");
    }
    for name in ["feed", "feed.php", "a.rdf", "a.xml", "a.html", "rss?format=2"] {
        assert_eq!(titles(&read(name, FEED.as_bytes())), ["관세"], "{name}");
    }
    for name in ["dump", "dump?page=2", "api.php"] {
        assert_eq!(in_folder(&[(name, LINES.as_bytes())]).0, ["a", "b"], "{name}");
        assert_eq!(in_folder(&[(name, b"[{\"id\":\"a\",\"body\":\"x\"}]")]).0, ["a"], "{name}");
        assert_eq!(titles(&read(name, MAIL.as_bytes())), ["Zoll"], "{name}");
        assert_eq!(titles(&read(name, format!("From a@b\n{MAIL}").as_bytes())), ["Zoll"], "{name}");
    }
    let utf16: Vec<u8> = [0xFEFF_u16].into_iter().chain(PAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(titles(&read("article", &utf16)), ["Zölle"]);
    for (name, bytes) in [
        ("a", gzip(PAGE.as_bytes())),
        ("a", bzip2(PAGE.as_bytes())),
        ("a", xz(PAGE.as_bytes())),
        ("a", tar("b", PAGE.as_bytes())),
        ("a", zip(&[("b", PAGE.as_bytes())])),
        ("a.php.br", brotli(PAGE.as_bytes())),
        ("a.html.br", PAGE.as_bytes().to_vec()),
    ] {
        assert_eq!(titles(&read(name, &bytes)), ["Zölle"], "{name}");
    }
}

#[test]
fn what_is_no_text_is_skipped_with_a_word() {
    let office = zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let (ids, said) = in_folder(&[
        (".hidden", PAGE.as_bytes()),
        ("a.docx", &office),
        ("b.pdf", b"%PDF-1.7\n"),
        ("c.txt", b"%PDF-1.7\n"),
        ("d", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("e.exe", b"MZ\x90\0\x03\0"),
        ("f.7z", b"7z\xbc\xaf\x27\x1c\0\x04"),
        ("g.py", b"import json\n"),
        ("h.conf", b"{\"id\": \"a\", \"body\": \"x\"}"),
        ("i", b"plain words, of which nothing tells what they are"),
        ("j.bin", &[0, 1, 2, 3, 4, 5, 6, 7].repeat(50)),
        ("k.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>x</title></svg>"),
        ("l", b""),
    ]);
    assert_eq!(ids, Vec::<String>::new());
    insta::assert_snapshot!("skipped_by_content", said.join("\n"));
    let found = read("b.pdf", b"%PDF-1.7\n");
    assert_eq!(found.lost(), 1, "{}", found.lines());
    // What the user names may be of any format that its content tells.
    assert_eq!(read("h.conf", b"{\"id\": \"a\", \"body\": \"x\"}").ids(), ["a"]);
}

/// A header of tar with this name, size and kind.
fn header(name: &str, size: u64, kind: tar::EntryType) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_mode(0o644);
    header.set_entry_type(kind);
    header.set_cksum();
    header.as_bytes().to_vec()
}

/// An entry with its content, filled up.
fn entry(name: &str, content: &[u8], kind: tar::EntryType) -> Vec<u8> {
    let mut bytes = header(name, content.len() as u64, kind);
    bytes.extend_from_slice(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

#[test]
fn entries_of_tar() {
    use tar::EntryType::{Block, Char, Directory, Fifo, Link, Regular, Symlink};
    let text = |title: &str| format!("{title}\n\nText.").into_bytes();
    let long = "길".repeat(80) + ".txt";
    let pax = |fields: &[(&str, &str)]| -> Vec<u8> {
        let lines = fields.iter().map(|(key, value)| {
            let rest = format!(" {key}={value}\n");
            let length = (1..).find(|length: &usize| length.to_string().len() + rest.len() == *length).unwrap();
            format!("{length}{rest}")
        });
        lines.collect::<String>().into_bytes()
    };
    let sparse_map = {
        let mut map = b"1\n0\n14\n".to_vec();
        map.resize(512, 0);
        [map, text("Löcher")].concat()
    };
    let archive = [
        entry("ordner/", b"", Directory),
        entry("a.txt", &text("Eins"), Regular),
        entry("././@LongLink", format!("{long}\0").as_bytes(), tar::EntryType::GNULongName),
        entry("short", &text("Zwei"), Regular),
        entry("PaxHeader", &pax(&[("path", "뉴스/drei.txt"), ("mtime", "1.5")]), tar::EntryType::XHeader),
        entry("short", &text("Drei"), Regular),
        entry("global", &pax(&[("comment", "x")]), tar::EntryType::XGlobalHeader),
        entry("link.txt", b"", Symlink),
        entry("hard.txt", b"", Link),
        entry("device", b"", Char),
        entry("disk", b"", Block),
        entry("pipe", b"", Fifo),
        entry("../../etc/up.txt", &text("Vier"), Regular),
        entry("a.txt", &text("Fünf"), Regular),
        entry(
            "PaxHeader",
            &pax(&[("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.name", "sparse.txt")]),
            tar::EntryType::XHeader,
        ),
        entry("GNUSparseFile.0/sparse.txt", &sparse_map, Regular),
        entry(".hidden.txt", &text("Nichts"), Regular),
        entry("b.tar", &tar("c.txt", &text("Innen")), Regular),
        vec![0; 1024],
        // Archives one after the other.
        entry("d.txt", &text("Danach"), Regular),
    ]
    .concat();
    for (name, bytes) in [
        ("n.tar", archive.clone()),
        ("n.tar.gz", gzip(&archive)),
        ("n.tar.bz2", bzip2(&archive)),
        ("n.tar.xz", xz(&archive)),
    ] {
        let found = read(name, &bytes);
        assert_eq!(
            titles(&found),
            ["Eins", "Zwei", "Drei", "Vier", "Fünf", "Löcher", "Innen", "Danach"],
            "{}",
            found.lines()
        );
        let ids = [
            "n.tar/a.txt",
            &format!("n.tar/{long}"),
            "n.tar/뉴스/drei.txt",
            "n.tar/etc/up.txt",
            "n.tar/a.txt#2",
            "n.tar/sparse.txt",
            "n.tar/b.tar/c.txt",
            "n.tar/d.txt",
        ];
        assert_eq!(found.ids(), ids);
        assert_eq!((found.lost(), found.problems.len(), found.skipped.len()), (0, 1, 5), "{}", found.lines());
    }
}

#[test]
fn a_damaged_archive_costs_no_other_entry() {
    let text =
        |title: &str| entry(&format!("{title}.txt"), format!("{title}\n\nText.").as_bytes(), tar::EntryType::Regular);
    let mut damaged = text("zwei");
    damaged[3] ^= 0x55;
    let archive = [text("eins"), damaged.clone(), text("drei")].concat();
    let cut = &archive[..archive.len() - 505];
    let first = [damaged, text("drei")].concat();
    let endless = header("groß.txt", 1 << 60, tar::EntryType::Regular);
    let said: Vec<String> = [&archive[..], cut, &first, &endless, &[0; 1024]]
        .into_iter()
        .map(|bytes| read("a.tar", bytes))
        .map(|found| format!("{:?}\n{}", titles(&found), found.lines()))
        .collect();
    insta::assert_snapshot!("damaged_tar", said.concat());
    let many: Vec<u8> = (0..20).flat_map(|number| text(&number.to_string())).collect();
    let found = read_within(&["archive_entries=5"], Default::default(), "a.tar", &many);
    assert_eq!(found.documents.len(), 5);
    assert!(found.lines().contains("archive_entries"), "{}", found.lines());
    let bomb = [entry("a.txt.gz", &gzip(&vec![b'a'; 4 << 20]), tar::EntryType::Regular), text("danach")].concat();
    let found = read_within(&["unpack_start=1MiB", "unpack_ratio=10"], Default::default(), "a.tar", &bomb);
    assert_eq!(titles(&found).last(), Some(&"danach"), "{}", found.lines());
    assert_eq!(found.lost(), 1, "{}", found.lines());
}

#[test]
fn a_cut_stream_keeps_its_beginning() {
    let text = format!("Hafen\n\n{}", "Der Hafen ist wieder offen. Die Fähre fährt. ".repeat(9000));
    for (name, bytes) in [
        ("a.txt.bz2", bzip2(text.as_bytes())),
        ("a.txt.xz", xz(text.as_bytes())),
        ("a.txt.br", brotli(text.as_bytes())),
    ] {
        let found = read(name, &bytes[..bytes.len() * 9 / 10]);
        assert_eq!((titles(&found), found.lost()), (vec!["Hafen"], 1), "{name}: {}", found.lines());
        let mut damaged = bytes.clone();
        let at = damaged.len() * 9 / 10;
        damaged[at..].iter_mut().for_each(|byte| *byte ^= 0x5A);
        let found = read(name, &damaged);
        assert!(found.documents.len() <= 1 && (found.lost() == 1 || name.ends_with("br")), "{name}: {}", found.lines());
    }
}

#[test]
fn the_pages_of_a_wacz_are_read_once() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Zölle</title><body>Text der Seite</body></html>";
    let warc = crate::wrappings::record("response", Some("https://a.example/1"), "application/http", page.as_bytes());
    let pages = b"{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All\"}\n{\"id\":\"1\",\"url\":\"https://a.example/1\",\"title\":\"Z\",\"text\":\"Text\"}\n";
    let archive =
        zip(&[("datapackage.json", b"{}"), ("archive/data.warc.gz", &gzip(&warc)), ("pages/pages.jsonl", pages)]);
    for name in ["a.wacz", "a.zip", "a"] {
        let found = read(name, &archive);
        assert_eq!(
            (found.ids(), found.problems.len(), found.skipped.len()),
            (vec!["https://a.example/1"], 0, 2),
            "{name}: {}",
            found.lines()
        );
    }
    let wat = crate::wrappings::record("metadata", Some("https://a.example/1"), "application/json", b"{}");
    let found = read("a.warc.wat", &wat);
    assert!(found.documents.is_empty() && found.lines().contains("as in a WAT file"), "{}", found.lines());
    let wet =
        crate::wrappings::record("conversion", Some("https://a.example/1"), "text/plain", "관세\n\n본문".as_bytes());
    assert_eq!(titles(&read("a.warc.wet.gz", &gzip(&wet))), ["관세"]);
    assert_eq!(titles(&read("crawl", &wet)), ["관세"]);
}
