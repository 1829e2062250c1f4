//! Checks that the dictionaries which the binary embeds have been made, and tells the compiler where they are.

use std::path::Path;

fn main() {
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
}
