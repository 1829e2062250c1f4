//! Checks that the dictionaries which the binary embeds have been made, tells the compiler where they are, and writes the
//! names of countries as a table of the glossary (`regions.rs`).

mod regions;

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let built = Path::new(&root).join("dictionary").join("built");
    let versions = built.join("VERSIONS");
    println!("cargo::rerun-if-changed={}", versions.display());
    match std::fs::read_to_string(&versions) {
        Ok(text) => {
            // Two uses: lindera's macro reads the Korean dictionary from this folder, ours the rest; and the
            // versions are part of every index's fingerprint, since the dictionaries decide the tokens.
            println!("cargo::rustc-env=LINDERA_WORKDIR={}", built.display());
            let fingerprint = text.lines().collect::<Vec<_>>().join("; ");
            println!("cargo::rustc-env=TRADEWIRE_DICTIONARIES={fingerprint}");
        }
        Err(_) => println!(
            "cargo::error=the dictionaries are missing ({} not found): run `make dictionary` once in {root} (it needs Python with pip), then build again",
            versions.display()
        ),
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default());
    if let Err(error) = regions::table().and_then(|table| Ok(std::fs::write(out.join("regions.tsv"), table)?)) {
        println!("cargo::error=the names of countries could not be written: {error}");
    }
}
