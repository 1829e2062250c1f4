//! Files that are damaged, or made to do harm: what is sound in them is read, the rest is said, and nothing takes for ever.

use std::fs;
use std::io::{Cursor, Read as _, Write};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tradewire::internals::config::Config;
use tradewire::internals::ingest::{DocumentReader, InputFormat, ReadEvent, ReadOptions};
use zip::write::SimpleFileOptions;

use crate::formats::{gzip, zip, zstd};
use crate::reading::{Found, read, read_by, read_within};
use crate::workspace::Workspace;

fn record(id: usize) -> String {
    format!("{{\"id\":\"{id}\",\"title\":\"Port {id}\",\"body\":\"harbour {}\"}}\n", id * 7919)
}

fn records(count: usize) -> Vec<u8> {
    (0..count).flat_map(|id| record(id).into_bytes()).collect()
}

fn within(limits: &[&str], name: &str, bytes: &[u8]) -> Found {
    read_within(limits, ReadOptions::default(), name, bytes)
}

#[test]
fn what_comes_before_the_damage_is_kept() {
    let whole = records(20_000);
    let mut lines = String::new();
    for (name, packed) in [("a.jsonl.gz", gzip(&whole)), ("a.jsonl.zst", zstd(&whole))] {
        let cut = read(name, &packed[..packed.len() / 2]);
        assert!(cut.documents.len() > 1000 && cut.documents.len() < 19_000, "{name}: {}", cut.documents.len());
        assert_eq!(cut.lost(), 1, "{name}: {}", cut.lines());
        lines += &cut.lines();
        // A byte that was changed on the way.
        let mut changed = packed.clone();
        let at = changed.len() * 3 / 4;
        changed[at] ^= 0x55;
        let changed = read(name, &changed);
        assert!(changed.documents.len() > 1000, "{name}: {}", changed.documents.len());
        assert!(changed.lost() >= 1, "{name}");
        for length in [1, 2, 5, 11, 20] {
            assert!(read(name, &packed[..length]).documents.is_empty(), "{name}, {length} bytes");
        }
    }
    let article = "Hafen\n".to_owned() + &"Die Reederei wartet. ".repeat(5000);
    let packed = gzip(article.as_bytes());
    let half = read("b.txt.gz", &packed[..packed.len() / 2]);
    assert!(half.documents.len() == 1 && half.documents[0].body.starts_with("Die Reederei"), "{}", half.lines());
    lines += &half.lines();
    let lines: Vec<String> = lines.lines().map(without_line_number).collect();
    insta::assert_snapshot!("problems_of_cut_files", lines.join("\n"));
}

/// The line where a file is cut depends on the packer.
fn without_line_number(line: &str) -> String {
    line.split(':').map(|part| if part.parse::<usize>().is_ok() { "N" } else { part }).collect::<Vec<_>>().join(":")
}

#[test]
fn a_file_that_is_not_whole_is_read_again_next_time() {
    let workspace = Workspace::new();
    let packed = gzip(&records(100));
    let ends = |bytes: &[u8]| {
        let path = workspace.write("a.jsonl.gz", bytes);
        let reader = DocumentReader::new(&Config::builtin().unwrap().ingest, ReadOptions::default()).unwrap();
        let mut ends = 0;
        let _ = reader.read(&[path], &mut |read: ReadEvent| {
            ends += usize::from(matches!(read, ReadEvent::FileEnded(Some(_))));
            std::ops::ControlFlow::Continue(())
        });
        ends
    };
    assert_eq!((ends(&packed), ends(&packed[..packed.len() - 9])), (1, 0));
}

#[test]
fn what_follows_the_last_member_is_passed_over() {
    let padded = [gzip(&records(3)), vec![0; 1000]].concat();
    let found = read("a.jsonl.gz", &padded);
    assert_eq!((found.documents.len(), found.problems.len()), (3, 0), "{}", found.lines());
    let garbage = read("a.jsonl.gz", &[gzip(&records(3)), b"garbage".to_vec()].concat());
    assert_eq!((garbage.documents.len(), garbage.lost()), (3, 0));
    insta::assert_snapshot!("garbage_behind_gzip", garbage.lines());
}

#[test]
fn bombs_are_stopped_and_what_follows_them_is_read() {
    let start = Instant::now();
    let zeros = vec![b'\n'; 400 << 20];
    let bomb = zstd(&zeros);
    drop(zeros);
    assert!(bomb.len() < 100_000);
    let alone = read("a.jsonl.zst", &bomb);
    assert_eq!((alone.documents.len(), alone.lost()), (0, 1), "{}", alone.lines());
    let inside = zip(&[("a.jsonl.zst", &bomb), ("b.jsonl", &records(2))]);
    let inside = read("n.zip", &inside);
    assert_eq!((inside.ids(), inside.lost()), (vec!["0", "1"], 1), "{}", inside.lines());
    insta::assert_snapshot!("bombs", format!("{}{}", alone.lines(), inside.lines()));
    // More of them than are put up with.
    let names: Vec<String> = (0..20).map(|number| format!("{number}.jsonl.zst")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &bomb[..])).collect();
    let many = within(&["unpack_start=1MiB"], "n.zip", &zip(&many));
    assert!(many.lost() < 12, "{}", many.lines());
    assert!(many.lines().contains("the rest of the archive is not read"), "{}", many.lines());
    // Packed more often than is put up with.
    let deep = gzip(&gzip(&gzip(&gzip(&records(1)))));
    assert_eq!(
        (
            read("a.jsonl.gz.gz.gz.gz", &deep).documents.len(),
            read("a.jsonl.gz.gz.gz", &gzip(&gzip(&gzip(&records(1))))).documents.len()
        ),
        (0, 1)
    );
    assert_eq!(within(&["archive_depth=4"], "a.jsonl.gz.gz.gz.gz", &deep).documents.len(), 1);
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
}

#[test]
fn what_is_too_long_is_passed_over_and_the_next_is_read() {
    let long = "x".repeat(100_000);
    let limits = ["document=50KB", "markup=60KiB"];
    let mut lines = String::new();
    let jsonl = format!("{}{{\"id\":\"l\",\"body\":\"{long}\"}}\n{}", record(1), record(2));
    let json = format!("[{},{{\"id\":\"l\",\"body\":\"{long}\"}},{}]", record(1), record(2));
    let csv = format!("id,title,body\n1,a,b\nl,a,\"{long}\"\n2,a,b\n{}\n3,a,b\n", ",".repeat(10_000));
    for (name, text, ids) in
        [("a.jsonl", &jsonl, vec!["1", "2"]), ("a.json", &json, vec!["1", "2"]), ("a.csv", &csv, vec!["1", "2", "3"])]
    {
        let found = within(&limits, name, text.as_bytes());
        assert_eq!(found.ids(), ids, "{name}: {}", found.lines());
        lines += &found.lines();
    }
    for name in ["a.txt", "a.md", "a.html", "a.xml"] {
        let found = within(&limits, name, long.as_bytes());
        assert_eq!((found.documents.len(), found.lost()), (0, 1), "{name}");
        lines += &found.lines();
    }
    insta::assert_snapshot!("problems_beyond_the_limits", lines);
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_a_gigabyte_takes_no_memory() {
    let workspace = Workspace::new();
    let first = record(1);
    let line = std::io::repeat(b'x').take(1 << 30);
    let content = first.as_bytes().chain(line).chain(&b"\n{\"id\":\"last\",\"body\":\"harbour\"}\n"[..]);
    let mut packed = Vec::new();
    zstd::stream::copy_encode(content, &mut packed, 1).unwrap();
    workspace.write("a.jsonl.zst", packed);
    // Less than the line has, in kilobytes.
    let script = "ulimit -v 900000; exec \"$0\" index a.jsonl.zst --threads 1 --limit unpack_ratio=1000000";
    let run = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_tradewire")])
        .env("TRADEWIRE_INDEX", workspace.index_dir())
        .current_dir(workspace.path())
        .output()
        .unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert!(stderr.contains("a.jsonl.zst:2: the line is longer"), "{stderr}");
    assert_eq!(workspace.documents("harbour"), ["1", "last"]);
}

#[test]
fn records_inside_each_other_without_end_lose_themselves_alone() {
    let deep = format!("{{\"id\":\"deep\",\"body\":\"x\",\"date\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    for (name, text) in [("a.jsonl", format!("{deep}\n{}", record(1))), ("a.json", format!("[{deep},\n{}]", record(1)))]
    {
        let found = read(name, text.as_bytes());
        assert_eq!((found.ids(), found.lost()), (vec!["1"], 1), "{name}");
    }
    assert_eq!(read("a.json", "[".repeat(1_000_000).as_bytes()).documents.len(), 0);
}

/// The positions of a signature in an archive.
fn find(archive: &[u8], signature: &[u8]) -> Vec<usize> {
    (0..archive.len() - 4).filter(|&at| archive[at..].starts_with(signature)).collect()
}

#[test]
fn names_in_an_archive_lead_nowhere_and_stay_apart() {
    let text = b"Port\nharbour";
    let mut archive = zip(&[
        ("../../up.txt", text),
        ("/abs.txt", text),
        ("a\\b.txt", text),
        ("x1.txt", text),
        ("x2.txt", text),
        ("..", text),
    ]);
    // Both are called the same: in the entries and in the directory.
    for at in find(&archive, b"x2.txt") {
        archive[at + 1] = b'1';
    }
    let found = read("n.zip", &archive);
    assert_eq!(found.ids(), ["n.zip/up.txt", "n.zip/abs.txt", "n.zip/a/b.txt", "n.zip/x1.txt", "n.zip/x1.txt#2"]);
    insta::assert_snapshot!("names_in_an_archive", found.lines());
}

#[test]
fn a_damaged_member_costs_no_other() {
    let members: Vec<Vec<u8>> = (0..8).map(|id| gzip(record(id).as_bytes())).collect();
    let ids = ["0", "1", "2", "3", "4", "5", "6", "7"];
    let mut lines = String::new();
    // The mark, the head, the packed text, and what says that it is sound.
    for at in [0, 1, 2, 14, 20, members[2].len() - 6] {
        let mut damaged = members.clone();
        damaged[2][at] ^= 0x55;
        let found = read("a.jsonl.gz", &damaged.concat());
        assert_eq!(found.ids(), [&ids[..2], &ids[3..]].concat(), "byte {at}: {}", found.lines());
        assert_eq!(found.lost(), 1, "byte {at}: {}", found.lines());
        // How long a member is depends on the packer.
        lines += &found.lines().replace(&format!(" {} bytes", members[2].len()), " N bytes");
    }
    insta::assert_snapshot!("damaged_members", lines);
    // What is made to look like the beginnings of many members ends.
    let started = Instant::now();
    let marks = [&members[0][..], &b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"[..].repeat(100_000)].concat();
    assert_eq!(read("a.jsonl.gz", &marks).ids(), ["0"]);
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn names_of_an_archive_are_judged_together() {
    let names = ["뉴스 모음/관세 협상.txt", "수출 통계 자료.txt", "표.txt"];
    let packed: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, ARTICLE)).collect();
    let mut archive = zip(&packed);
    for name in names {
        // Without the flag that says UTF-8, and as long as before.
        let (korean, _, _) = encoding_rs::EUC_KR.encode(name);
        let padded = [&korean[..korean.len() - 4], "_".repeat(name.len() - korean.len()).as_bytes(), b".txt"].concat();
        for at in find(&archive, name.as_bytes()) {
            archive[at..at + name.len()].copy_from_slice(&padded);
        }
    }
    let found = read("n.zip", &archive);
    let ids: Vec<String> = found.ids().iter().map(|id| id.replace('_', "")).collect();
    assert_eq!(ids, names.map(|name| format!("n.zip/{name}")), "{}", found.lines());
}

const ARTICLE: &[u8] = b"Port\nharbour";

#[test]
fn entries_that_cannot_be_read_lose_themselves_alone() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.add_symlink("link.txt", "/etc/passwd", options).unwrap();
    for name in ["first.txt", "secret.txt", "method.txt", "broken.txt", "last.txt"] {
        writer.start_file(name, options.compression_method(zip::CompressionMethod::Stored)).unwrap();
        writer.write_all(b"Port\nharbour of ").unwrap();
        writer.write_all(name.as_bytes()).unwrap();
    }
    let mut archive = writer.finish().unwrap().into_inner();
    let entries = find(&archive, b"PK\x01\x02");
    // In the order of writing; the flag of encryption, a method that nobody has, a byte of the text.
    archive[entries[2] + 8] |= 1;
    archive[entries[3] + 10] = 12;
    let text = find(&archive, b"of broken.txt")[0];
    archive[text] = b'O';
    let found = read("n.zip", &archive);
    assert!(
        found.ids().starts_with(&["n.zip/first.txt"]) && found.ids().ends_with(&["n.zip/last.txt"]),
        "{:?}",
        found.ids()
    );
    assert_eq!((found.lost(), found.skipped.len()), (3, 1), "{}", found.lines());
    insta::assert_snapshot!("entries_that_cannot_be_read", found.lines());
    // Without its directory, an archive is nothing.
    let cut = read("n.zip", &archive[..archive.len() / 2]);
    assert_eq!((cut.documents.len(), cut.lost()), (0, 1), "{}", cut.lines());
    let few = within(&["archive_entries=2"], "n.zip", &zip(&[("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")]));
    assert_eq!((few.documents.len(), few.lost()), (2, 1));
}

#[test]
fn entries_that_share_their_bytes_are_stopped() {
    // Each entry of the directory leads to the same bytes (Fifield 2019).
    let lines = vec![b'\n'; 1 << 20];
    let kernel = zip(&[("k.jsonl", &lines)]);
    let directory = find(&kernel, b"PK\x01\x02")[0];
    let end = find(&kernel, b"PK\x05\x06")[0];
    let (entry, count) = (&kernel[directory..end], 20_000_u16);
    let mut archive = kernel[..directory].to_vec();
    (0..count).for_each(|_| archive.extend_from_slice(entry));
    let mut trailer = kernel[end..].to_vec();
    trailer[8..10].copy_from_slice(&count.to_le_bytes());
    trailer[10..12].copy_from_slice(&count.to_le_bytes());
    trailer[12..16].copy_from_slice(&((entry.len() * usize::from(count)) as u32).to_le_bytes());
    archive.extend_from_slice(&trailer);
    let found = within(&["unpack_ratio=20"], "n.zip", &archive);
    assert!(found.lines().contains("the rest of the archive is not read"), "{}", found.lines().len());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_opened_and_odd_names_stay_apart() {
    use std::os::unix::ffi::OsStrExt;
    let workspace = Workspace::new();
    let folder = workspace.path().join("news");
    fs::create_dir_all(&folder).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.txt")).status();
    std::os::unix::fs::symlink(&folder, folder.join("loop")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", workspace.path().join("zero.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket.txt")).unwrap();
    for name in [&b"a\xFF.txt"[..], b"a\xFE.txt", b"a\\xFF.txt", b"line\nfeed.txt", b"\x1B[31m.txt"] {
        fs::write(folder.join(std::ffi::OsStr::from_bytes(name)), "Port\nharbour").unwrap();
    }
    let run = workspace.run(&["index", "news", "zero.txt"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("zero.txt: neither a file nor a folder"), "{}", run.stderr);
    let ids = ["\u{1B}[31m.txt", "a\\x5CxFF.txt", "a\\xFE.txt", "a\\xFF.txt", "line\nfeed.txt"];
    assert_eq!(workspace.documents("harbour"), ids);
    if made.is_ok_and(|made| made.success()) {
        let run = workspace.run(&["index", "news/pipe.txt"]);
        assert!(run.stderr.contains("news/pipe.txt: neither a file nor a folder"), "{}", run.stderr);
    }
}

/// One for each format.
static READERS: LazyLock<Vec<DocumentReader>> = LazyLock::new(|| {
    let config = Config::builtin().unwrap();
    let reader = |format| {
        DocumentReader::new(&config.ingest, ReadOptions { format: Some(format), ..ReadOptions::default() }).unwrap()
    };
    InputFormat::ALL.into_iter().map(reader).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_261_122), failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_as_any_format(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        text in "([\\[\\]{},\":;\\\\\n\r\t <>/!?=a-c0-9]|id|body|title|[가-각])*",
    ) {
        for reader in READERS.iter() {
            for content in [&bytes[..], text.as_bytes(), &gzip(&bytes), &zstd(text.as_bytes()), &zip(&[(&text, &bytes)])] {
                let found = read_by(reader, "x", content);
                prop_assert!(found.documents.iter().all(|document| !document.id.is_empty()));
                read_by(reader, "x", &content[..content.len() / 2]);
            }
        }
    }
}

/// The end of a directory as it stands at the end of an archive of two entries (APPNOTE.TXT of PKWARE, 4.3.16).
#[test]
fn the_end_of_an_archive_is_found_behind_what_looks_like_one() {
    let archive = zip(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    let with_comment = |comment: &[u8]| {
        let mut archive = archive.clone();
        let at = archive.len() - 2;
        archive.splice(at.., (comment.len() as u16).to_le_bytes());
        [&archive, comment].concat()
    };
    let false_end = [&b"PK\x05\x06\0\0\0\0"[..], &[0xFF; 12], &[9, 0]].concat();
    for comment in [&b"as sent by the editors"[..], &false_end, &false_end.repeat(9), b"PK\x05\x06"] {
        let found = read("n.zip", &with_comment(comment));
        assert_eq!(found.ids(), ["n.zip/a.txt", "n.zip/b.txt"], "{comment:?}: {}", found.lines());
        assert_eq!(found.problems, [], "{comment:?}");
    }
    // Nobody looks for it forever.
    assert_eq!(read("n.zip", &with_comment(&false_end.repeat(2000))).lost(), 1);
}

#[test]
fn a_directory_that_ends_too_early_is_said_to() {
    let archive = zip(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    let end = archive.len() - 22;
    let mut promised = archive.clone();
    promised[end + 8] = 5;
    promised[end + 10] = 5;
    let second = find(&archive, b"PK\x01\x02")[1];
    let mut broken = archive.clone();
    broken[second] = b'x';
    let mut lines = String::new();
    for archive in [promised, broken] {
        let found = read("n.zip", &archive);
        assert_eq!(found.ids().first(), Some(&"n.zip/a.txt"));
        lines += &found.lines();
    }
    insta::assert_snapshot!("directories_that_end_too_early", lines);
}

#[test]
fn an_entry_has_the_name_in_utf8_that_stands_beside_its_own() {
    let name = "표.txt";
    let field = |of: &[u8]| [&[1][..], &crc32fast::hash(of).to_le_bytes(), name.as_bytes()].concat();
    for (of, expected) in [(&b"old.txt"[..], name), (b"older.txt", "old.txt")] {
        let mut options = zip::write::FullFileOptions::default();
        options.add_extra_field(0x7075, field(of).into_boxed_slice(), true).unwrap();
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        // The writer keeps a name apart from the field, as older tools do.
        writer.start_file("old.txt", options).unwrap();
        writer.write_all(ARTICLE).unwrap();
        let found = read("n.zip", &writer.finish().unwrap().into_inner());
        assert_eq!(found.ids(), [format!("n.zip/{expected}")], "{}", found.lines());
    }
}
