//! That an index knows every crate which decides what is in it (`build/versions.rs`).

#[path = "../../build/versions.rs"]
mod list;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use list::{DOCUMENTS, NOT_DOCUMENTS, NOT_TOKENS, TOKENS, locked, versions_of};
use tradewire::internals::versions;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn manifest() -> toml::Table {
    fs::read_to_string(project("Cargo.toml")).unwrap().parse().unwrap()
}

/// What `Cargo.toml` asks for of a crate, in each of its tables.
fn requirements(manifest: &toml::Table, name: &str) -> Vec<String> {
    let tables = ["dependencies", "build-dependencies", "dev-dependencies"];
    let wanted = tables.iter().filter_map(|table| manifest.get(*table)?.get(name));
    wanted.filter_map(|want| want.as_str().or_else(|| want.get("version")?.as_str())).map(str::to_owned).collect()
}

#[test]
fn what_decides_tokens_is_pinned_exactly() {
    let (lock, manifest) = (fs::read_to_string(project("Cargo.lock")).unwrap(), manifest());
    for name in TOKENS {
        let versions = versions_of(&lock, name);
        assert_eq!(versions.len(), 1, "{name}: one version decides tokens, Cargo.lock has {versions:?}");
        let wanted = requirements(&manifest, name);
        assert!(
            !wanted.is_empty(),
            "{name} decides tokens and is not in Cargo.toml; pin it there as `={}`",
            versions[0]
        );
        for want in wanted {
            assert_eq!(want, format!("={}", versions[0]), "{name} decides tokens, so Cargo.toml has to pin it exactly");
        }
    }
    let wanted = requirements(&manifest, "dom_smoothie");
    assert!(wanted[0].starts_with('='), "each release of dom_smoothie finds other articles");
}

#[test]
fn an_index_knows_the_locked_versions() {
    let lock = fs::read_to_string(project("Cargo.lock")).unwrap();
    assert_eq!(locked(&lock, TOKENS).unwrap(), versions::TOKENS.crates);
    assert_eq!(locked(&lock, DOCUMENTS).unwrap(), versions::DOCUMENTS.crates);
    let error = locked(&lock, &["frostem", "no-such-crate"]).unwrap_err();
    assert!(error.starts_with("no-such-crate is not in Cargo.lock"), "{error}");
}

/// Each crate that a folder names.
fn crates_of(folder: &str, crates: &BTreeSet<String>) -> BTreeSet<String> {
    let (mut folders, mut found) = (vec![project(folder)], BTreeSet::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let words: BTreeSet<&str> = text
                .match_indices("::")
                .filter_map(|(at, _)| {
                    let path = &text[..at];
                    let word = path.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap();
                    // A crate is the first part of a path; what follows may have the name of one.
                    (!path[..at - word.len()].ends_with("::")).then_some(word)
                })
                .collect();
            found.extend(crates.iter().filter(|name| words.contains(name.replace('-', "_").as_str())).cloned());
        }
    }
    found
}

#[test]
fn no_crate_that_decides_something_is_forgotten() {
    let dependencies: BTreeSet<String> = manifest()["dependencies"].as_table().unwrap().keys().cloned().collect();
    let rooms = [("src/text", TOKENS, NOT_TOKENS), ("src/ingest", DOCUMENTS, NOT_DOCUMENTS)];
    for (folder, decide, do_not) in rooms {
        let used = crates_of(folder, &dependencies);
        let decided: BTreeSet<&str> = decide.iter().copied().chain(do_not.iter().map(|(name, _)| *name)).collect();
        let open: Vec<&String> = used.iter().filter(|name| !decided.contains(name.as_str())).collect();
        assert!(
            open.is_empty(),
            "{folder} uses {open:?}: say in build/versions.rs whether it decides what is in an index"
        );
        let idle: Vec<&str> = do_not.iter().map(|(name, _)| *name).filter(|name| !used.contains(*name)).collect();
        assert!(idle.is_empty(), "{folder} does not use {idle:?} any more: remove it from build/versions.rs");
    }
}
