//! The arguments that nearly every command shares: the index and the configuration.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::builder::TypedValueParser;
use etcetera::BaseStrategy;
use tradewire::Config;

/// The index and its configuration.
#[derive(clap::Args)]
pub(super) struct Target {
    /// Folder of the index [default: tradewire/index in the user's data directory]
    #[arg(long, value_name = "DIR", env = "TRADEWIRE_INDEX", hide_env_values = true, value_parser = clap::builder::OsStringValueParser::new().map(PathBuf::from))]
    index: Option<PathBuf>,

    /// Folder with a configuration to use instead of the built-in one
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
}

/// The folder of the index that is used where none is named on the command line.
pub(super) fn usual_index_dir() -> Result<PathBuf> {
    match std::env::var_os("TRADEWIRE_INDEX").filter(|dir| !dir.is_empty()) {
        Some(dir) => Ok(dir.into()),
        None => data_dir_index(),
    }
}

fn data_dir_index() -> Result<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().context("finding the data directory; name an index with --index")?;
    Ok(base.data_dir().join("tradewire").join("index"))
}

impl Target {
    /// The folder of the index.
    pub(super) fn index_dir(&self) -> Result<PathBuf> {
        // An empty environment variable counts as not set.
        if let Some(dir) = self.index.as_ref().filter(|dir| !dir.as_os_str().is_empty()) {
            return Ok(dir.clone());
        }
        data_dir_index()
    }

    /// The folder with a configuration, if one is to be used.
    pub(super) fn config_dir(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// The configuration.
    pub(super) fn config(&self) -> Result<Config> {
        match &self.config {
            Some(dir) => Ok(Config::from_dir(dir)?),
            None => Config::builtin(),
        }
    }
}
