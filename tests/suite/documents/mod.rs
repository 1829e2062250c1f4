//! The documents: README and the guide in `docs/src/` show what today's program prints, every link leads somewhere, and the
//! two documents that everybody reads stay short.

mod links;
mod transcripts;

use std::fs;
use std::path::PathBuf;

use crate::workspace::project;

/// Bytes that README may have: what the program is, and links to everything else.
const MAX_README_BYTES: usize = 10_000;
/// Bytes that ARCHITECTURE may have: flows, rules, laws and recipes; lists of files stand in `//!` comments.
const MAX_ARCHITECTURE_BYTES: usize = 16_000;

/// A document of the project, by its path from the project's folder.
pub(crate) fn document(path: &str) -> String {
    fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of the guide, sorted by name, with its table of contents among them.
fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(project().join("docs/src")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect();
    pages.sort();
    pages
}

#[test]
fn readme_and_architecture_stay_short() {
    for (path, most) in [("README.md", MAX_README_BYTES), ("ARCHITECTURE.md", MAX_ARCHITECTURE_BYTES)] {
        let bytes = document(path).len();
        assert!(bytes <= most, "{path} has {bytes} bytes, at most {most} are allowed: move details to docs/src/");
    }
}
