//! The crates of this workspace: their versions, and the folders in which cargo keeps their sources.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// A crate, as `cargo metadata` describes it.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    name: String,
    /// The exact version of the crate.
    pub(crate) version: String,
    manifest_path: PathBuf,
}

impl Package {
    /// Returns the path of a file in the crate's folder.
    pub(crate) fn file(&self, relative: &str) -> PathBuf {
        self.manifest_path.with_file_name(relative)
    }
}

/// All crates that this machine builds the workspace from.
#[derive(Debug, Deserialize)]
pub(crate) struct Packages {
    packages: Vec<Package>,
}

impl Packages {
    /// Loads the list from cargo, offline if it has every crate, else online.
    ///
    /// # Errors
    ///
    /// Fails if cargo cannot be run, or neither way answers.
    pub(crate) fn load() -> Result<Self> {
        // Set by `cargo run`; the binary may also be started by hand inside the project.
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".into());
        let run = |arguments: &[&str]| {
            let mut command = Command::new(&cargo);
            command.args(arguments).current_dir(Path::new(&folder));
            command.output().with_context(|| format!("cannot run `{}`", cargo.display()))
        };

        let version = run(&["-vV"])?;
        let version = String::from_utf8_lossy(&version.stdout);
        let host = version.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.context("`cargo -vV` does not tell the host")?;
        // With the platform given, cargo does not need crates that only other systems use.
        let metadata = ["metadata", "--format-version", "1", "--filter-platform", host, "--locked"];
        let mut output = run(&[&metadata[..], &["--offline"]].concat())?;
        if !output.status.success() {
            output = run(&metadata)?;
        }
        ensure!(
            output.status.success(),
            "`cargo {}` fails: {}",
            metadata.join(" "),
            String::from_utf8_lossy(&output.stderr).trim().replace('\n', " ")
        );
        serde_json::from_slice(&output.stdout).context("cannot read the answer of `cargo metadata`")
    }

    /// Returns the crate of this name.
    ///
    /// # Errors
    ///
    /// Fails if there is none, or more than one version of it.
    pub(crate) fn find(&self, name: &str) -> Result<&Package> {
        let found: Vec<&Package> = self.packages.iter().filter(|package| package.name == name).collect();
        match found[..] {
            [package] => Ok(package),
            [] => bail!("the workspace does not use the crate `{name}`"),
            _ => bail!("the workspace uses {} versions of the crate `{name}`", found.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_exactly_one() {
        let answer = r#"{"packages": [
            {"name": "a", "version": "1.2.3", "manifest_path": "crates/a/Cargo.toml", "id": "ignored"},
            {"name": "b", "version": "1.0.0", "manifest_path": "x"},
            {"name": "b", "version": "2.0.0", "manifest_path": "y"}]}"#;
        let packages: Packages = serde_json::from_str(answer).unwrap();
        let package = packages.find("a").unwrap();
        assert_eq!(package.version, "1.2.3");
        assert_eq!(package.file("src/x.txt"), Path::new("crates/a/src/x.txt"));
        assert!(packages.find("b").is_err());
        assert!(packages.find("c").is_err());
    }
}
