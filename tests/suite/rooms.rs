//! The rooms of the tree depend one way. The imports of `src/` are read from its text: a `use` or a path that begins with
//! `crate::` leads from one file to another, through the re-exports of `mod.rs` to the file that has the item. Test modules
//! do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The rooms from the lowest to the highest; each may import what stands above it in this list, and nothing else.
const ROOMS: [&str; 21] = [
    "toml_file",
    "versions",
    "text",
    "query/syntax",
    "ingest",
    "error",
    "guard",
    "query/plan",
    "index",
    "query/compile",
    "query",
    "engine",
    "highlight",
    "snippet",
    "search",
    "analytics",
    "config",
    "evaluation",
    "output",
    "facade",
    "cli",
];

/// A file below `src/`, by its module path: `query::plan::near`.
type Module = String;

struct Tree {
    /// By module, its path below `src/` and its text without comments and tests.
    files: BTreeMap<Module, (PathBuf, String)>,
    /// By module, where each name that it re-exports comes from.
    re_exports: BTreeMap<Module, BTreeMap<String, String>>,
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn spread(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        return vec![tree.to_owned()];
    };
    let (prefix, inner) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap()]);
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, character) in inner.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let filled = parts.into_iter().filter(|part| !part.trim().is_empty());
    filled.flat_map(|part| spread(part).into_iter().map(|path| format!("{prefix}{path}")).collect::<Vec<_>>()).collect()
}

impl Tree {
    fn read() -> Tree {
        let root = source_folder();
        let comment = Regex::new(r"//[^\n]*").unwrap();
        let mut paths = Vec::new();
        rust_files(&root, &mut paths);
        let test_module = Regex::new(r"#\[cfg\(test\)\]\s*(?:pub(?:\([a-z]+\))? )?mod ([a-z_]+);").unwrap();
        let of_tests: BTreeSet<PathBuf> = paths
            .iter()
            .flat_map(|path| {
                let folder =
                    if path.ends_with("mod.rs") { path.parent().unwrap().into() } else { path.with_extension("") };
                let text = fs::read_to_string(path).unwrap();
                let found = test_module.captures_iter(&text);
                found.map(|found| folder.join(format!("{}.rs", &found[1]))).collect::<Vec<PathBuf>>()
            })
            .collect();
        let mut files = BTreeMap::new();
        for path in paths.into_iter().filter(|path| !of_tests.contains(path)) {
            let below = path.strip_prefix(&root).unwrap().to_owned();
            let name = below.with_extension("").to_string_lossy().replace('/', "::");
            let name = name.strip_suffix("::mod").unwrap_or(&name).to_owned();
            if name == "lib" || name == "main" {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            files.insert(name, (below, comment.replace_all(text, "").into_owned()));
        }
        let export = Regex::new(r"(?m)^\s*pub(?:\([a-z]+\))?\s+use\s+crate::([^;]+);").unwrap();
        let mut re_exports: BTreeMap<Module, BTreeMap<String, String>> = BTreeMap::new();
        for (module, (_, text)) in &files {
            for found in export.captures_iter(text) {
                for path in spread(&found[1]) {
                    let (source, name) = path.split_once(" as ").unwrap_or((&path, path.rsplit("::").next().unwrap()));
                    let of_module = re_exports.entry(module.clone()).or_default();
                    of_module.insert(name.trim().to_owned(), source.trim().to_owned());
                }
            }
        }
        Tree { files, re_exports }
    }

    /// The file that has what a path names.
    fn resolve(&self, path: &str) -> Option<Module> {
        let parts: Vec<&str> = path.split("::").collect();
        for length in (1..=parts.len()).rev() {
            let module = parts[..length].join("::");
            if self.files.contains_key(&module) {
                let source = parts.get(length).and_then(|name| self.re_exports.get(&module)?.get(*name));
                return match source {
                    Some(source) if source != path => self.resolve(source),
                    _ => Some(module),
                };
            }
        }
        None
    }

    /// By file, the files that it imports from.
    fn imports(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let import = Regex::new(r"(?m)^\s*(pub(?:\([a-z]+\))?\s+)?use\s+crate::([^;]+);").unwrap();
        let inline = Regex::new(r"\bcrate::([A-Za-z_][A-Za-z_0-9:]*)").unwrap();
        let mut imports = BTreeMap::new();
        for (module, (_, text)) in &self.files {
            let mut paths: Vec<String> = Vec::new();
            for found in import.captures_iter(text).filter(|found| found.get(1).is_none()) {
                let names = spread(&found[2]);
                paths.extend(names.iter().map(|path| path.split(" as ").next().unwrap().trim().to_owned()));
            }
            let rest = import.replace_all(text, "");
            paths.extend(inline.captures_iter(&rest).map(|found| found[1].trim_end_matches(':').to_owned()));
            let targets = paths.iter().filter_map(|path| self.resolve(path)).filter(|target| target != module);
            imports.insert(module, targets.collect());
        }
        imports
    }
}

/// The groups of nodes that lead back to themselves.
fn circles(edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(node) = open.pop() {
            for next in edges.get(&node).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> = edges.keys().map(|node| (node, reach(node))).collect();
    let mut found: Vec<Vec<String>> = Vec::new();
    for (node, reaches) in reached.iter().filter(|(node, reaches)| reaches.contains(**node)) {
        let back = |other: &&String| reached.get(other).is_some_and(|reaches| reaches.contains(*node));
        let circle: Vec<String> = reaches.iter().filter(back).cloned().collect();
        if !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

fn folder_of(tree: &Tree, module: &str) -> String {
    tree.files[module].0.parent().unwrap().to_string_lossy().into_owned()
}

fn is_within(inner: &str, outer: &str, separator: &str) -> bool {
    outer.is_empty() || inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(separator))
}

#[test]
fn files_import_in_no_circle() {
    let tree = Tree::read();
    let imports = tree.imports().into_iter().map(|(module, targets)| {
        let others = targets.into_iter().filter(|other| {
            // A parent has its children's names, and children use what the parent defines.
            !is_within(other, module, "::") && !is_within(module, other, "::")
        });
        (module.clone(), others.collect())
    });
    let found = circles(&imports.collect());
    assert!(found.is_empty(), "these files import each other in a circle; move what they share below them: {found:#?}");
}

#[test]
fn folders_import_in_no_circle() {
    let tree = Tree::read();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, targets) in tree.imports() {
        let folder = folder_of(&tree, module);
        for other in targets {
            let other = folder_of(&tree, &other);
            if !is_within(&other, &folder, "/") && !is_within(&folder, &other, "/") {
                edges.entry(folder.clone()).or_default().insert(other);
            }
        }
    }
    let found = circles(&edges);
    assert!(found.is_empty(), "these folders import each other in a circle: {found:#?}");
}

/// The place of a file's room in [`ROOMS`].
fn room_of(path: &Path) -> Option<usize> {
    let path = path.with_extension("").to_string_lossy().into_owned();
    let within = |room: &&str| is_within(&path, room, "/");
    ROOMS.iter().enumerate().filter(|(_, room)| within(room)).max_by_key(|(_, room)| room.len()).map(|(at, _)| at)
}

#[test]
fn rooms_import_only_what_stands_below_them() {
    let tree = Tree::read();
    let mut wrong = Vec::new();
    for (module, targets) in tree.imports() {
        let path = &tree.files[module].0;
        let Some(room) = room_of(path) else {
            panic!("`src/{}` is in no room; name its room in ROOMS of this test", path.display());
        };
        for other in targets {
            let other = &tree.files[&other].0;
            if room_of(other).is_some_and(|below| below > room) {
                wrong.push(format!("src/{} imports src/{}", path.display(), other.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "a room imports only rooms before it in the list {ROOMS:?}:\n{}", wrong.join("\n"));
}

#[test]
fn what_answers_a_query_knows_the_index_by_the_engine_alone() {
    let tree = Tree::read();
    let answers = ["query/", "search/", "highlight/", "snippet/", "analytics/"];
    let below = ["index/", "engine/tantivy/"];
    let mut wrong = Vec::new();
    for (module, targets) in tree.imports() {
        let path = &tree.files[module].0;
        for other in targets.iter().map(|other| &tree.files[other].0) {
            let imports_below = below.iter().any(|room| other.starts_with(room));
            if imports_below && answers.iter().any(|room| path.starts_with(room)) {
                wrong.push(format!("src/{} imports src/{}", path.display(), other.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "move what both need to text/ or engine/mod.rs:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_index_and_its_engine_name_tantivy() {
    let word = Regex::new(r"\btantivy\b").unwrap();
    let mut paths = Vec::new();
    rust_files(&source_folder(), &mut paths);
    let mut wrong: Vec<String> = paths
        .iter()
        .filter(|path| word.is_match(&fs::read_to_string(path).unwrap()))
        .map(|path| path.strip_prefix(source_folder()).unwrap().to_string_lossy().into_owned())
        .filter(|path| !path.starts_with("index/") && !path.starts_with("engine/"))
        .collect();
    wrong.sort_unstable();
    assert!(wrong.is_empty(), "only src/index and src/engine/tantivy may name tantivy, found it in {wrong:#?}");
}

#[test]
fn import_trees_are_spread_and_circles_found() {
    assert_eq!(spread("a::{b, c::{d, e as f}}"), ["a::b", "a::c::d", "a::c::e as f"]);
    let edges = |pairs: &[(&str, &str)]| {
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in pairs {
            edges.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        edges
    };
    assert!(circles(&edges(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    assert_eq!(circles(&edges(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])), [["b", "c"]]);
}
