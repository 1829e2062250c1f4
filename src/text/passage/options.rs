//! Options of passages: their sizes, and the patterns of boilerplate lines, which are in no passage.

use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::text::passage::boilerplate::Boilerplate;

/// The options of passages: their sizes in terminal columns (`[passages]` of `default.toml`), and `boilerplate.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Width in columns below which a passage takes in the next paragraph of the same language.
    pub join_below: usize,
    /// Width in columns above which a paragraph is cut at sentence ends.
    pub cut_above: usize,
    #[serde(skip)]
    boilerplate: Arc<BoilerplateFile>,
}

impl Options {
    /// These options with the text of `boilerplate.toml`, which is read when the first text is cut.
    ///
    /// # Errors
    ///
    /// When a size is out of its bounds; the message names the keys.
    pub(crate) fn with_boilerplate(self, text: String) -> Result<Options> {
        let Options { join_below, cut_above, .. } = self;
        if cut_above < 80 || join_below > cut_above {
            bail!(
                "[passages] in default.toml: expected 80 <= cut_above and join_below <= cut_above, found join_below = {join_below}, cut_above = {cut_above}"
            );
        }
        Ok(Options { boilerplate: BoilerplateFile::new(text), ..self })
    }

    /// Checks the text of `boilerplate.toml`, whose patterns may not have been compiled yet.
    ///
    /// # Errors
    ///
    /// When it is invalid; the message names line and key.
    pub(crate) fn check_boilerplate(&self) -> Result<()> {
        Boilerplate::parse(&self.boilerplate.text)?.check()
    }

    /// The patterns of boilerplate lines, read on first use. `None` only for an invalid file, which
    /// [`Options::check_boilerplate`] refuses.
    pub(crate) fn boilerplate(&self) -> Option<&Boilerplate> {
        let BoilerplateFile { text, read } = &*self.boilerplate;
        read.get_or_init(|| Boilerplate::parse(text).ok()).as_ref()
    }

    /// The values that decide how texts are cut, for an index's fingerprint: equal for options that cut alike.
    pub fn described(&self) -> serde_json::Value {
        // The text itself, since compiling its patterns would take longer than opening an index.
        let boilerplate = self.boilerplate.text.lines().map(str::trim);
        let boilerplate: Vec<&str> = boilerplate.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        serde_json::json!({ "sizes": self, "boilerplate": boilerplate })
    }
}

/// The text of `boilerplate.toml` with its patterns, which only indexing needs; a search needs the text alone, for the fingerprint.
#[derive(Debug, Default)]
struct BoilerplateFile {
    text: String,
    read: OnceLock<Option<Boilerplate>>,
}

impl BoilerplateFile {
    /// The file with this text. The first one of a process is shared, so that its patterns are compiled once however often the
    /// configuration is loaded.
    fn new(text: String) -> Arc<BoilerplateFile> {
        static FIRST: OnceLock<Arc<BoilerplateFile>> = OnceLock::new();
        let make = |text| Arc::new(BoilerplateFile { text, read: OnceLock::new() });
        let first = FIRST.get_or_init(|| make(text.clone()));
        if first.text == text { Arc::clone(first) } else { make(text) }
    }
}
