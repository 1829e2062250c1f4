//! Checks that the dictionaries have been built, and passes their folder to the compiler and to the main crate's build script.

use std::path::PathBuf;

/// Environment variable with a folder of dictionaries that were built elsewhere, for a checkout that cannot build its own.
const FOLDER_VARIABLE: &str = "TRADEWIRE_DICTIONARIES_DIR";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={FOLDER_VARIABLE}");
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let built = std::env::var_os(FOLDER_VARIABLE).map_or_else(|| root.join("built"), PathBuf::from);
    // The builder writes this file last: where it exists, the folder is complete.
    let versions = built.join("VERSIONS");
    println!("cargo::rerun-if-changed={}", versions.display());
    match std::fs::read_to_string(&versions) {
        Ok(text) => {
            println!("cargo::rustc-env=LINDERA_WORKDIR={}", built.display()); // the name that lindera's macro asks for
            println!("cargo::rustc-env=TRADEWIRE_DICTIONARIES={}", text.lines().collect::<Vec<_>>().join("; "));
            println!("cargo::metadata=BUILT={}", built.display());
        }
        Err(error) => println!(
            "cargo::error=the dictionaries are missing (`{}`: {error}): run `make dictionary` once in the project's folder (it needs Python with pip), or set {FOLDER_VARIABLE} to a folder in which they were built; then build again",
            versions.display()
        ),
    }
}
