//! Options of passages: how long they are, and which lines are in none.

use std::sync::{Arc, OnceLock};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::text::passage::boilerplate::Boilerplate;

/// The options of passages: their sizes in terminal columns (`[passages]` of `default.toml`), and `boilerplate.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// A passage shorter than this takes in the next paragraph of the same language.
    pub join_below: usize,
    /// A paragraph longer than this is cut at sentence ends.
    pub cut_above: usize,
    #[serde(skip)]
    boilerplate: Arc<BoilerplateFile>,
}

impl Options {
    /// The same with the text of `boilerplate.toml`. It is made into patterns when the first text is cut.
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

    /// Checks the text of `boilerplate.toml`, which nobody may have asked for yet.
    ///
    /// # Errors
    ///
    /// When it is not as it must be; the message names line and key.
    pub(crate) fn check_boilerplate(&self) -> Result<()> {
        Boilerplate::parse(&self.boilerplate.text).map(drop)
    }

    /// What lines are in no passage, read when first asked for. `None` only for a file that is not as it must be, which none
    /// is that was checked.
    pub(crate) fn boilerplate(&self) -> Option<&Boilerplate> {
        let BoilerplateFile { text, read } = &*self.boilerplate;
        read.get_or_init(|| Boilerplate::parse(text).ok()).as_ref()
    }

    /// What decides where texts are cut, by values: the same for options that cut alike.
    pub fn described(&self) -> serde_json::Value {
        // As it stands: to make patterns of it would take longer than to open an index.
        let boilerplate = self.boilerplate.text.lines().map(str::trim);
        let boilerplate: Vec<&str> = boilerplate.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        serde_json::json!({ "sizes": self, "boilerplate": boilerplate })
    }
}

/// The text of `boilerplate.toml`, which only indexing reads beyond its fingerprint.
#[derive(Debug, Default)]
struct BoilerplateFile {
    text: String,
    read: OnceLock<Option<Boilerplate>>,
}

impl BoilerplateFile {
    /// The first one of a process is made into patterns once, however often the configuration is read.
    fn new(text: String) -> Arc<BoilerplateFile> {
        static FIRST: OnceLock<Arc<BoilerplateFile>> = OnceLock::new();
        let make = |text| Arc::new(BoilerplateFile { text, read: OnceLock::new() });
        let first = FIRST.get_or_init(|| make(text.clone()));
        if first.text == text { Arc::clone(first) } else { make(text) }
    }
}
