//! Damage: every changed byte is found, and no search panics, hangs or lies over it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

use crate::faults::tries;
use crate::workspace::{Run, Workspace};

/// An index with several languages, stories, and a second segment's worth of everything.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let texts: Vec<(String, String)> = (0..120)
        .map(|number| {
            let body =
                ["The harbour took freight.", "Der Hafen nahm Fracht.", "항구에서 협정을 맺었다.", "港口签署了协定。"];
            (
                format!("id {number}"),
                format!("{} harbour number{number}\n\n{}", body[number % 4], body[(number + 1) % 4].repeat(30)),
            )
        })
        .collect();
    let articles: Vec<(&str, &str, &str)> =
        texts.iter().map(|(id, text)| (id.as_str(), "Title", text.as_str())).collect();
    workspace.write_articles("news.jsonl", &articles);
    let run = workspace.run(&["index", "news.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    workspace
}

/// All files of an index that have a byte, without locks.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else if entry.metadata().unwrap().len() > 0 {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

const QUERIES: [&[&str]; 2] = [
    &["search", "harbour freight", "--format", "json", "--facets", "lang,month"],
    &["search", "\"항구에서\" OR 港口 OR haf*", "--format", "json", "--by", "story"],
];

fn answers(workspace: &Workspace) -> Vec<Run> {
    QUERIES.iter().map(|query| workspace.run(query)).collect()
}

fn time(path: &Path) -> SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

fn put(path: &Path, bytes: &[u8], modified: SystemTime) {
    fs::write(path, bytes).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

#[test]
fn a_whole_index_is_whole() {
    let workspace = workspace();
    let run = workspace.run(&["verify", "--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found["documents"], 120);
    assert_eq!(found["documents_doubled"], 0);
    assert_eq!(found["damaged"], Value::Array(Vec::new()));
    assert_eq!(found["noted"], Value::Array(Vec::new()));
    let run = workspace.run(&["verify"]);
    assert!(run.stdout.ends_with("nothing is damaged\n"), "{}", run.stdout);
    assert_eq!(Workspace::new().run(&["verify"]).code, 2);
}

#[test]
fn every_changed_byte_is_found_and_no_search_lies() {
    let workspace = workspace();
    let expected = answers(&workspace);
    let mut random = fastrand::Rng::with_seed(7);
    let files = files(&workspace.index_dir());
    assert!(files.len() >= 13, "{files:?}");
    for round in 0..tries("a file of the index with a changed bit, or cut short") {
        let path = &files[round % files.len()];
        let (whole, modified) = (fs::read(path).unwrap(), time(path));
        let mut damaged = whole.clone();
        let what = if round / files.len() % 3 == 2 {
            damaged.truncate(random.usize(..whole.len()));
            format!("{} cut to {} of {}", path.display(), damaged.len(), whole.len())
        } else {
            let (at, bit) = (random.usize(..whole.len()), random.u8(..8));
            damaged[at] ^= 1 << bit;
            format!("{} bit {bit} of byte {at} of {}", path.display(), whole.len())
        };
        // As damage comes, and with a time that hides it.
        for hidden in [false, true] {
            put(path, &damaged, if hidden { modified } else { SystemTime::now() });
            if hidden {
                let run = workspace.run(&["verify"]);
                assert_eq!(run.code, 2, "{what}: {}{}", run.stdout, run.stderr);
            }
            for (run, expected) in answers(&workspace).iter().zip(&expected) {
                let is_refused =
                    run.code == 2 && run.stderr.starts_with("tradewire: ") && run.stderr.lines().count() == 1;
                let is_right = run.code == expected.code && run.stdout == expected.stdout;
                let ends = (0..=2).contains(&run.code) && !run.stderr.contains("panicked");
                assert!(is_refused || is_right || (hidden && ends), "{what}, {hidden}: {} {}", run.code, run.stderr);
            }
        }
        put(path, &whole, modified);
    }
    assert_eq!(workspace.run(&["verify"]).code, 0);
}

#[test]
fn a_damaged_index_is_mended_by_the_command_that_is_named() {
    let workspace = workspace();
    let store =
        files(&workspace.index_dir()).into_iter().find(|path| path.extension().is_some_and(|end| end == "store"));
    let store = store.unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes.pop();
    fs::write(&store, bytes).unwrap();
    for command in [&["search", "harbour"][..], &["verify"]] {
        let run = workspace.run(command);
        assert_eq!(run.code, 2);
        let text = format!("{}{}", run.stdout, run.stderr);
        let name = store.file_name().unwrap().to_string_lossy();
        let rebuild = format!("tradewire index --rebuild --index {}", workspace.index_dir().display());
        assert!(text.contains(&*name) && text.contains(&rebuild), "{text}");
    }
    assert_eq!(workspace.run(&["index", "--rebuild", "news.jsonl"]).code, 0);
    assert_eq!(workspace.run(&["verify"]).code, 0);
}

#[test]
fn a_missing_file_is_found() {
    let workspace = workspace();
    for path in files(&workspace.index_dir()) {
        let (bytes, modified) = (fs::read(&path).unwrap(), time(&path));
        fs::remove_file(&path).unwrap();
        let run = workspace.run(&["verify"]);
        let is_record = path.ends_with("checksums.json");
        assert_eq!(run.code, if is_record { 0 } else { 2 }, "{}: {}{}", path.display(), run.stdout, run.stderr);
        assert!(!is_record || run.stdout.contains("checksums.json is missing"), "{}", run.stdout);
        put(&path, &bytes, modified);
    }
    assert_eq!(workspace.run(&["verify"]).code, 0);
}

#[test]
fn a_copied_index_is_as_good_as_the_first() {
    let workspace = workspace();
    let copy = Workspace::new();
    for path in files(&workspace.index_dir()) {
        let name = path.strip_prefix(workspace.index_dir()).unwrap();
        copy.write(&format!("index/{}", name.display()), fs::read(&path).unwrap());
    }
    for (one, other) in answers(&workspace).iter().zip(answers(&copy)) {
        assert_eq!((other.code, &other.stdout), (one.code, &one.stdout), "{}", other.stderr);
    }
    assert_eq!(copy.run(&["verify"]).code, 0);
    // Cut short while it was copied.
    let store = files(&copy.index_dir()).into_iter().find(|path| path.extension().is_some_and(|end| end == "term"));
    let bytes = fs::read(store.as_ref().unwrap()).unwrap();
    fs::write(store.unwrap(), &bytes[..bytes.len() - 4096.min(bytes.len() / 2)]).unwrap();
    assert_eq!(copy.run(&["search", "harbour"]).code, 2);
}

#[test]
fn what_a_killed_writer_left_is_no_damage() {
    let workspace = workspace();
    let mut child = workspace.command().args(["index", "-"]).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    child.kill().unwrap();
    child.wait().unwrap();
    let run = workspace.run(&["verify"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

/// An index with a large segment, which an update does not merge.
fn large() -> Workspace {
    let workspace = Workspace::new();
    let texts: Vec<(String, String)> =
        (0..21_000).map(|number| (format!("id {number}"), format!("harbour quay{}", number % 97))).collect();
    let articles: Vec<(&str, &str, &str)> = texts.iter().map(|(id, text)| (id.as_str(), "", text.as_str())).collect();
    workspace.write_articles("news.jsonl", &articles);
    workspace.write_articles("one.jsonl", &[("one", "", "harbour")]);
    assert_eq!(workspace.run(&["index", "news.jsonl", "--threads", "1"]).code, 0);
    workspace
}

#[test]
fn what_is_written_over_damage_does_not_hide_it() {
    let workspace = large();
    for ending in ["idx", "pos", "term", "fast", "fieldnorm", "store"] {
        let all = files(&workspace.index_dir());
        let path = all.iter().find(|path| path.extension().is_some_and(|end| end == ending)).unwrap();
        let (whole, modified) = (fs::read(path).unwrap(), time(path));
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 8;
        put(path, &damaged, SystemTime::now());
        for command in [&["index", "one.jsonl"][..], &["delete", "--id", "id 7"], &["optimize"]] {
            let run = workspace.run(command);
            assert!(
                run.code == 2 && run.stderr.contains("has changed since it was written"),
                "{command:?}: {}",
                run.stderr
            );
        }
        // With a time that hides it, it is found before it is merged into something new.
        put(path, &damaged, modified);
        workspace.run(&["index", "one.jsonl"]);
        assert_eq!(workspace.run(&["optimize"]).code, 2, "{ending}");
        assert_eq!(workspace.run(&["verify"]).code, 2, "{ending}");
        put(path, &whole, modified);
        assert_eq!(workspace.run(&["verify"]).code, 0, "{ending}");
    }
}

#[test]
fn what_is_beside_the_segments_is_found_again() {
    let workspace = workspace();
    for name in ["statistics.json", "stories", "files", "checksums.json"] {
        let path = workspace.index_dir().join(name);
        fs::remove_file(&path).unwrap();
        let verified = workspace.run(&["verify"]);
        if name != "checksums.json" {
            assert_eq!(verified.code, 2, "{name}");
            assert!(verified.stdout.contains("to repair it: tradewire optimize --index "), "{}", verified.stdout);
        }
        assert_eq!(workspace.run(&["index", "news.jsonl"]).code, 0, "{name}");
        assert_eq!(workspace.run(&["verify"]).code, 0, "{name}");
        fs::write(&path, "damage").unwrap();
        assert_eq!(workspace.run(&["verify"]).code, 2, "{name}");
        assert_eq!(workspace.run(&["optimize"]).code, 0, "{name}");
        assert_eq!(workspace.run(&["verify"]).code, 0, "{name}");
    }
}

#[test]
fn an_index_without_its_manifest_is_not_taken_for_none() {
    let workspace = workspace();
    fs::remove_file(workspace.index_dir().join("manifest.json")).unwrap();
    let run = workspace.run(&["index", "news.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("has lost its `manifest.json`; rebuild it: tradewire index --rebuild"),
        "{}",
        run.stderr
    );
    assert_eq!(workspace.run(&["index", "--rebuild", "news.jsonl"]).code, 0);
    assert_eq!(workspace.run(&["verify"]).code, 0);
}

#[test]
fn an_index_that_was_packed_and_unpacked_is_not_read_again() {
    let workspace = workspace();
    for path in files(&workspace.index_dir()) {
        let seconds = time(&path).duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let whole = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        put(&path, &fs::read(&path).unwrap(), whole);
    }
    // A changed byte would be found by reading alone.
    let store = files(&workspace.index_dir()).into_iter().find(|path| path.extension().is_some_and(|end| end == "pos"));
    let (store, mut bytes) = store.map(|path| (path.clone(), fs::read(path).unwrap())).unwrap();
    let modified = time(&store);
    bytes[0] ^= 1;
    put(&store, &bytes, modified);
    assert_eq!(workspace.run(&["search", "quay", "lang:ko"]).code, 1, "nothing was compared by its checksum");
    assert_eq!(workspace.run(&["verify"]).code, 2);
}

#[test]
fn several_may_check_an_index_at_once() {
    let workspace = large();
    let children: Vec<_> = (0..3).map(|_| workspace.command().arg("verify").spawn().unwrap()).collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
}

#[test]
#[cfg(unix)]
fn whoever_may_read_the_folder_may_read_every_file() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = workspace();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let expected = mode(&workspace.path().join("news.jsonl"));
    for path in files(&workspace.index_dir()) {
        assert_eq!(mode(&path), expected, "{}", path.display());
    }
}
