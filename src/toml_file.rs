//! Files of the configuration in TOML, with errors that name the line.

use anyhow::{Result, anyhow};
use serde::de::DeserializeOwned;

/// Reads the text of a file of the configuration.
///
/// # Errors
///
/// When the text is no TOML, or not of that form; the message names file and line.
pub(crate) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        anyhow!("in {name} of the configuration, line {line}: {}", error.message())
    })
}
