//! The build script: writes the names of countries as a table of the glossary (`regions.rs`), and the index of all names by
//! their first characters (its code, part of the crate, is compiled here too). From `Cargo.lock` it takes the versions of the
//! crates that decide tokens and documents (`versions.rs`).

#[path = "src/text/glossary/digest.rs"]
mod digest;
#[path = "src/text/glossary/layout.rs"]
#[allow(dead_code, reason = "the crate uses the rest")]
mod layout;
#[path = "src/text/glossary/openings.rs"]
#[allow(dead_code, reason = "the crate uses the rest")]
mod openings;
#[path = "build/regions.rs"]
mod regions;
#[path = "src/text/analysis/script.rs"]
#[allow(dead_code, unreachable_pub, reason = "the crate uses the rest")]
mod script;
#[path = "build/versions.rs"]
mod versions;

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    // Where the crate of the dictionaries has them; its build script has checked that they are there.
    let built = PathBuf::from(std::env::var_os("DEP_TRADEWIRE_DICTIONARIES_BUILT").unwrap_or_default());
    if let Err(error) = pass_versions(&root) {
        println!("cargo::error={error}");
    }
    if let Err(error) = write_glossary(&root, &built) {
        println!("cargo::error=the glossary could not be written: {error}");
    }
}

/// Passes the versions of the crates that decide tokens and documents to the crate.
fn pass_versions(root: &str) -> Result<(), Box<dyn Error>> {
    let path = Path::new(root).join("Cargo.lock");
    println!("cargo::rerun-if-changed={}", path.display());
    let lock = std::fs::read_to_string(&path).map_err(|error| {
        format!(
            "reading {}, which has the versions of the crates that decide tokens: {error}; take it from the repository",
            path.display()
        )
    })?;
    println!("cargo::rustc-env=TRADEWIRE_TOKEN_CRATES={}", versions::locked(&lock, versions::TOKENS)?);
    println!("cargo::rustc-env=TRADEWIRE_DOCUMENT_CRATES={}", versions::locked(&lock, versions::DOCUMENTS)?);
    Ok(())
}

/// Writes the table of countries, and the openings of the names in all tables, in the order in which the crate has them.
fn write_glossary(root: &str, built: &Path) -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let folder = Path::new(root).join("index-config").join("glossary");
    println!("cargo::rerun-if-changed={}", folder.display());
    for source in [
        "src/text/glossary/digest.rs",
        "src/text/glossary/layout.rs",
        "src/text/glossary/openings.rs",
        "src/text/analysis/script.rs",
    ] {
        println!("cargo::rerun-if-changed={source}");
    }
    let mut names: Vec<_> =
        std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    names.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    names.sort_unstable();
    let table = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        format!("    ({name:?}, include_str!({path:?})),\n")
    };
    let tables: String = names.iter().map(table).collect();
    std::fs::write(out.join("tables.rs"), format!("const TABLES: &[(&str, &str)] = &[\n{tables}];\n"))?;
    let mut tables = names.iter().map(std::fs::read_to_string).collect::<Result<Vec<String>, _>>()?;
    let heading = tables.first().and_then(|table| layout::all_lines(table).next()).map(|line| line.text);
    let regions = regions::table(heading.ok_or("the glossary has no table")?)?;
    std::fs::write(out.join("regions.tsv"), &regions)?;
    tables.push(regions);
    let pairs = built.join("simplified.tsv");
    println!("cargo::rerun-if-changed={}", pairs.display());
    let japanese = Path::new(root).join("src/text/analysis/shinjitai.tsv");
    println!("cargo::rerun-if-changed={}", japanese.display());
    let pairs = std::fs::read_to_string(pairs)? + &std::fs::read_to_string(japanese)?;
    let simplified: HashMap<char, char> = pairs
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(traditional, simplified)| Some((traditional.chars().next()?, simplified.chars().next()?)))
        .collect();
    let fold = |character: char| {
        script::char_script(character).map(|_| simplified.get(&character).copied().unwrap_or(character))
    };
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    println!("cargo::rustc-env=TRADEWIRE_COUNTRIES={}", digest::countries_digest(&tables));
    println!("cargo::rustc-env=TRADEWIRE_CONCEPTS={}", digest::concepts_digest(&tables));
    std::fs::write(out.join("openings.bin"), openings::encode(&tables, &fold))?;
    Ok(())
}
